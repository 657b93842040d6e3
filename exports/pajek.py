"""Pajek's .net, for Pajek, VOSviewer, igraph and networkx: places are vertices, transfers are arcs."""

from __future__ import annotations

import shutil
from tempfile import TemporaryFile
from typing import TextIO

from ..graph.reviewed import marks_of
from .cells import json_text
from .content import Content, Row, Stamp

# Pajek has no escapes: a quote would end a label, and its readers disagree about a backslash.
_UNSAYABLE = str.maketrans({'"': "'", "\\": "/"})


def write_pajek(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write a directed network; an arc weighs the number of its reports and is labelled with its innovation.

    A label ends in "(candidate)" if nobody has reviewed what the arc rests on.

    Labels are on one line, a double quote is a single one and a backslash a slash; a site's label ends in its id, so
    that no two are equal. The metadata are a comment, and must come first, for many readers know none among the arcs.
    So the rows wait in a temporary file.
    """
    numbers: dict[str, int] = {}
    with TemporaryFile("w+", encoding="utf-8", newline="") as rows:
        for number, row in enumerate(content.places(), 1):
            numbers[row["id"]] = number
            rows.write(f"{number} {_quoted(_label(row))}\n")
        rows.write("*Arcs\n")
        for row in content.transfers():
            ends = f"{numbers[row['from']]} {numbers[row['to']]}"
            rows.write(f"{ends} {row['reports']} l {_quoted(_said(row))}\n")
        out.write(f"% {json_text(content.about(stamp))}\n*Vertices {len(numbers)}\n")
        rows.seek(0)
        shutil.copyfileobj(rows, out)


def _label(row: Row) -> str:
    label: str = row["label"]
    return f"{label} [{row['id']}]" if row["class"] == "site" else label


def _said(row: Row) -> str:
    marks = marks_of(row["review"])
    return f"{row['innovation_label']} ({', '.join(marks)})" if marks else str(row["innovation_label"])


def _quoted(text: str) -> str:
    return f'"{" ".join(text.split()).translate(_UNSAYABLE)}"'
