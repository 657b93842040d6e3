"""CSV for the bulk importer of Neo4j 5: a file for each class of nodes and for each way in which they are linked.

The graph is that of `southerly neo4j push`, property by property; a push afterwards makes the constraints and indexes
and finds nothing else to do. Text is quoted always, so that an empty text differs from none; what a text holds
(quotes, line ends, tabs, bars) is only text. Items of a list are parted by the unit separator, U+001F.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

import pyarrow as pa

from ..graph.neo4j_model import CLASSES, MARKER, SHORTCUT, SHORTCUT_PROPERTIES
from ..graph.neo4j_tables import make_tables
from .content import Content, Stamp
from .neo4j_files import SHORTCUTS_FILE, links_file, nodes_file
from .whole import take_all

_BATCH = 10_000
_PART = "\x1f"
_TYPES = {
    pa.string(): "string",
    pa.int64(): "long",
    pa.int32(): "int",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}


def write_neo4j_csv(content: Content, outs: Mapping[str, TextIO], _stamp: Stamp | None) -> None:
    """Write the whole graph of a view.

    Raises:
        WrongUse: if the filters leave anything out.

    """
    take_all(content, "neo4j-csv")
    make_tables(content.known)
    for cls in CLASSES:
        _write(content, outs[nodes_file(cls)], f"SELECT * FROM {cls.table} ORDER BY id", {"id": f"id:ID({cls.keyed})"})
        for link in cls.links:
            target = f"unnest(list_distinct({link.sql}))" if link.many else link.sql
            _write(
                content,
                outs[links_file(cls, link)],
                f'SELECT "from", "to" FROM (SELECT t.id AS "from", {target} AS "to" FROM {cls.table} t) '
                'WHERE "to" IS NOT NULL ORDER BY ALL',
                {"from": f":START_ID({cls.keyed})", "to": f":END_ID({link.target})"},
            )
    said = ", ".join(f'"{name}"' for name in SHORTCUT_PROPERTIES)
    _write(
        content,
        outs[SHORTCUTS_FILE],
        f"SELECT 'country:' || to_country AS \"to\", 'country:' || from_country AS \"from\", id AS transfer, {said} "
        "FROM neo_transfer ORDER BY id",
        {"to": ":START_ID(Country)", "from": ":END_ID(Country)"},
    )


def import_arguments(folder: Path) -> list[str]:
    """Return the arguments of `neo4j-admin` that import a folder into the database `neo4j`, which has to be new."""
    nodes = [f"--nodes={':'.join((MARKER, *cls.labels))}={folder / nodes_file(cls)}" for cls in CLASSES]
    links = [f"--relationships={k.type}={folder / links_file(cls, k)}" for cls in CLASSES for k in cls.links]
    return [
        *("database", "import", "full", "neo4j", "--array-delimiter=U+001F", "--multiline-fields=true"),
        *("--input-encoding=UTF-8", *nodes, *links, f"--relationships={SHORTCUT}={folder / SHORTCUTS_FILE}"),
    ]


def how_to_import(folder: Path) -> str:
    """Return the command that imports a folder, ready for a shell, and what comes after it."""
    command = " ".join(shlex.quote(part) for part in ("neo4j-admin", *import_arguments(folder.resolve())))
    return (
        f"With the server stopped: {command} "
        "Then start it, and `southerly neo4j push` makes the constraints and indexes."
    )


def _write(content: Content, out: TextIO, sql: str, ids: dict[str, str]) -> None:
    reader = content.known.view.con.sql(sql).to_arrow_reader(_BATCH)
    out.write(",".join(ids.get(f.name) or f"{f.name}:{_type(f.type)}" for f in reader.schema) + "\n")
    for part in reader:
        columns = [_cells(column) for column in part.columns]
        out.writelines(",".join(cells) + "\n" for cells in zip(*columns, strict=True))


def _type(kind: pa.DataType) -> str:
    return f"{_TYPES[kind.value_type]}[]" if pa.types.is_list(kind) else _TYPES[kind]


def _cells(column: pa.Array) -> Iterator[str]:
    if pa.types.is_list(column.type):
        return (
            "" if not v else _quoted(_PART.join(item.replace(_PART, "\ufffd") for item in v))
            for v in column.to_pylist()
        )
    if pa.types.is_string(column.type):
        return ("" if v is None else _quoted(v) for v in column.to_pylist())
    return ("" if v is None else str(v).lower() if v is True or v is False else str(v) for v in column.to_pylist())


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
