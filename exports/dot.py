"""DOT (graphviz.org/doc/info/lang.html) for Graphviz: every id and value in double quotes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

from .cells import cell, json_text
from .columns import NODE, TRANSFER
from .content import Content, Row, Stamp

_NODE = tuple(name for name in NODE if name not in {"id", "label"})
_EDGE = tuple(name for name in TRANSFER if name not in {"id", "from", "to"})


def write_dot(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write a directed graph; lists are JSON in a text, the metadata are the graph's `comment`.

    Graphviz keeps attributes that it does not know, so that its other tools can choose by them.
    """
    out.write("digraph southerly {\n")
    for row in content.places():
        out.write(f"{quoted(row['id'])} [{_attributes({'label': _label(row['label'])}, row, _NODE)}];\n")
    for row in content.transfers():
        shown = {"id": row["id"], "label": _label(row["innovation_label"])}
        out.write(f"{quoted(row['from'])} -> {quoted(row['to'])} [{_attributes(shown, row, _EDGE)}];\n")
    out.write(f"comment={quoted(json_text(content.about(stamp)))};\n}}\n")


def quoted(value: Any) -> str:
    r"""Return a value in double quotes.

    A backslash is doubled, in labels lest it begin an escape such as \N, and everywhere lest it eat the quote.

    >>> print(quoted('a "b" \\'))
    "a \"b\" \\"
    """
    return '"' + str(cell(value)).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _label(text: str) -> str:
    return text.replace("&", "&amp;")  # Graphviz reads HTML entities in labels, and there alone


def _attributes(shown: Mapping[str, str], row: Row, names: tuple[str, ...]) -> str:
    values = {**shown, **{name: row[name] for name in names if name in row}}
    return ", ".join(f"{name}={quoted(value)}" for name, value in values.items())
