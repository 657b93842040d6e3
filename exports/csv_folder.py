"""CSV (RFC 4180): a folder with nodes.csv, edges.csv and about.json, for spreadsheets, pandas and Gephi."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from typing import TextIO

from .cells import cell, safe_cell
from .columns import NODE, TRANSFER
from .content import Content, Row, Stamp

NAMES = ("nodes.csv", "edges.csv", "about.json")


def write_csv(content: Content, outs: Mapping[str, TextIO], stamp: Stamp | None) -> None:
    """Write the tables. Lists are JSON in one cell, null is an empty cell, and no cell is a formula."""
    _write(outs["nodes.csv"], tuple(NODE), content.places())
    _write(outs["edges.csv"], tuple(TRANSFER), content.transfers())
    outs["about.json"].write(json.dumps(content.about(stamp), ensure_ascii=False, indent=2) + "\n")


def _write(out: TextIO, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    # The writer of Python 3.11 quotes a lone CR only where CR is in the line terminator.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(cell(row.get(column))) for column in columns] for row in rows)
