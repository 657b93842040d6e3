"""BibTeX: the reports behind a graph, for LaTeX, Zotero and other reference managers."""

from __future__ import annotations

import hashlib
import re
from typing import TextIO
from urllib.parse import quote

from .cells import json_text
from .content import Content, Row, Stamp

# Braces have to balance even where they are escaped, so they become commands.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "%&#_$"},
}
_ESCAPES = str.maketrans(_SPECIAL)
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def write_bibtex(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write an @article for each report with a DOI, a @misc for each other, and the metadata as a @comment."""
    for row in content.reports():
        fields = {
            "title": f"{{{_text(row['title'])}}}" if "title" in row else None,  # in its own capitals
            "author": _authors(row.get("authors")),
            "year": _text(row.get("year")),
            "journal" if "doi" in row else "howpublished": _text(row.get("publisher")),
            "doi": _address(row.get("doi")),
            "url": _address(row.get("url")),
            "note": f"Licence: {_text(row['licence'])}" if "licence" in row else None,
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        kind = "article" if "doi" in row else "misc"
        out.write(",\n".join([f"@{kind}{{{citation_key(row['id'])}", *lines]) + "\n}\n\n")
    out.write(f"@comment{{southerly {_inert(content.about(stamp))}}}\n")


def citation_key(report: str) -> str:
    """Return a key that depends on the report alone, so that a manuscript's citations outlive the next export."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", report)[:40].strip("-")
    return f"{words}-{hashlib.sha256(report.encode()).hexdigest()[:8]}"


def _text(value: str | None) -> str | None:
    return " ".join(value.split()).translate(_ESCAPES) if value else None


def _authors(value: str | None) -> str | None:
    """Return authors as BibTeX lists them; a name without a comma may be an organisation and stays whole."""
    names = [name for part in (value or "").split(";") if (name := _text(part))]
    return " and ".join(f"{{{name}}}" if "," not in name or len(names) == 1 else name for name in names) or None


def _address(value: str | None) -> str | None:
    # Styles print these verbatim (biblatex, url.sty): percent-encode what would break the entry, escape nothing.
    return quote(value, safe="%/:?#[]@!$&'()*+,;=-._~<>") if value else None


def _inert(about: Row) -> str:
    """Return JSON whose texts hold no brace and no @, which some parsers heed even in a comment."""
    return _JSON_STRING.sub(
        lambda found: re.sub(r"[{}@]", lambda mark: f"\\u{ord(mark[0]):04x}", found[0]), json_text(about)
    )
