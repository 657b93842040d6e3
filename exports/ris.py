"""RIS: the reports behind a graph, for EndNote, Mendeley, RefWorks and Zotero."""

from __future__ import annotations

import re
from typing import TextIO

from .content import Content, Stamp

_YEAR = re.compile(r"\d{4}", re.ASCII)


def write_ris(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write a record a report: JOUR with a DOI, else ELEC. RIS has no place for metadata or a stamp."""
    del stamp
    for row in content.reports():
        year = row.get("year", "")
        tags = [
            ("TY", "JOUR" if "doi" in row else "ELEC"),
            ("ID", row["id"]),
            ("TI", row.get("title")),
            *(("AU", name) for name in row.get("authors", "").split(";")),
            ("PY", year if _YEAR.fullmatch(year) else None),
            ("N1", f"Year: {year}" if year and not _YEAR.fullmatch(year) else None),
            ("PB", row.get("publisher")),
            ("DO", row.get("doi")),
            ("UR", row.get("url")),
            ("N1", f"Licence: {row['licence']}" if "licence" in row else None),
        ]
        for tag, value in tags:
            line = " ".join((value or "").split())  # a line break would begin a new tag
            if line:
                out.write(f"{tag}  - {line}\r\n")
        out.write("ER  - \r\n\r\n")
