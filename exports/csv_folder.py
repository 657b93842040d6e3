"""CSV (RFC 4180): a folder with nodes.csv, edges.csv and about.json, for spreadsheets, pandas and Gephi."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import BinaryIO

from .columns import FREE, JSON, NODE, TRANSFER
from .content import Content, Stamp
from .sql_text import Text, csv_json, csv_text, plain, row


def write_csv(content: Content, outs: Mapping[str, BinaryIO], stamp: Stamp | None) -> None:
    """Write the tables. Texts are quoted, lists are JSON in one cell, null is an empty cell, no cell is a formula."""
    for name, kind, types in (("nodes.csv", "places", NODE), ("edges.csv", "transfers", TRANSFER)):
        outs[name].write(f"{','.join(types)}\r\n".encode())
        outs[name].writelines(content.texts(kind, _line(types)))
    outs["about.json"].write((json.dumps(content.about(stamp), ensure_ascii=False, indent=2) + "\n").encode())


def _line(types: Mapping[str, str]) -> str:
    """Return SQL for a row as a line."""
    cells: list[Text | str] = []
    for name, type_ in types.items():
        cells += ["," if cells else "", _cell(name, type_)]
    return row([*cells, "\r\n"])


def _cell(name: str, type_: str) -> Text:
    column = f'"{name}"'
    if type_ != "string":
        return Text(column, column)
    if name in JSON:
        return csv_json(column)
    # Dates of EDTF may begin with a minus.
    free = name in FREE or name == "when"
    return csv_text(column) if free else plain(column)
