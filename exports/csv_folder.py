"""CSV (RFC 4180): a folder with nodes.csv, edges.csv and about.json, for spreadsheets, pandas and Gephi."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import BinaryIO

from .columns import NODE, TRANSFER
from .content import Content, Stamp
from .sql_text import csv_text


def write_csv(content: Content, outs: Mapping[str, BinaryIO], stamp: Stamp | None) -> None:
    """Write the tables. Texts are quoted, lists are JSON in one cell, null is an empty cell, no cell is a formula."""
    for name, kind, types in (("nodes.csv", "places", NODE), ("edges.csv", "transfers", TRANSFER)):
        outs[name].write(f"{','.join(types)}\r\n".encode())
        outs[name].writelines(content.texts(kind, _line(types)))
    outs["about.json"].write((json.dumps(content.about(stamp), ensure_ascii=False, indent=2) + "\n").encode())


def _line(types: Mapping[str, str]) -> str:
    """Return SQL for a row as a line."""
    cells = [csv_text(f'"{name}"::VARCHAR') if type_ == "string" else f'"{name}"' for name, type_ in types.items()]
    joined = ", ',', ".join(cells)
    return f"concat({joined}, chr(13), chr(10))"
