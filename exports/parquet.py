"""Parquet: a folder with nodes.parquet and edges.parquet, typed, for pandas, DuckDB, R and Spark.

Lists are lists, days are days. The metadata stand in the schema of each file under the key `southerly`, as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

from .cells import json_text
from .columns import NODE, TRANSFER
from .content import Content, Row, Stamp

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

NAMES = ("nodes.parquet", "edges.parquet")

_BATCH = 10_000  # rows held at a time, and in a row group
_TYPES = {"string": "string", "double": "double", "boolean": "bool", "int": "int32"}
_TEXTS = {"channels", "claims", "report_keys", "conflicts"}  # lists of texts
_DAYS = {"earliest", "latest"}
# What stands in a list of objects.
_ADOPTED = {
    **dict.fromkeys(("id", "innovation", "innovation_label", "when", "earliest", "latest", "end", "stage"), "string"),
    **dict.fromkeys(("domestic", "considered", "left_censored"), "boolean"),
    "income_group": "string",
    **dict.fromkeys(("extrapolated", "certain"), "boolean"),
    **dict.fromkeys(("reports", "publishers"), "int"),
    **dict.fromkeys(("claims", "conflicts"), "string"),
}
_ORIGINATED = {
    **dict.fromkeys(("innovation", "innovation_label", "site", "when", "earliest", "latest"), "string"),
    **{"contested": "boolean", "reports": "int", "claims": "string"},
}
_OBJECTS = {"adopted": _ADOPTED, "originated": _ORIGINATED}


def write_parquet(content: Content, outs: Mapping[str, TextIO], stamp: Stamp | None) -> None:
    """Write the tables of places and of transfers, some rows at a time."""
    nodes = _write(outs["nodes.parquet"], NODE, content.places())
    edges = _write(outs["edges.parquet"], TRANSFER, content.transfers())
    about = json_text(content.about(stamp))
    for writer in (nodes, edges):
        writer.add_key_value_metadata({"southerly": about})
        writer.close()


def _write(out: TextIO, columns: Mapping[str, str], rows: Iterable[Row]) -> pq.ParquetWriter:
    """Write the rows and return the writer, open for the metadata, which are known when all is read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(_fields(columns))
    # Without Arrow's own copy of the schema, readers find the metadata there; no type here needs that copy.
    writer = pq.ParquetWriter(out.buffer, schema, compression="zstd", store_schema=False)
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        writer.write_table(pa.Table.from_pylist([_typed(row) for row in batch], schema=schema))
    return writer


def _fields(columns: Mapping[str, str]) -> list[pa.Field]:
    import pyarrow as pa

    fields = []
    for name, type_ in columns.items():
        if name in _OBJECTS:
            kind = pa.list_(pa.struct(_fields(_OBJECTS[name])))
        elif name in _TEXTS:
            kind = pa.list_(pa.string())
        else:
            kind = pa.date32() if name in _DAYS else pa.type_for_alias(_TYPES[type_])
        fields.append(pa.field(name, kind))
    return fields


def _typed(row: Row) -> dict[str, Any]:
    """Return a row with its days as dates, in its objects too."""
    days = {name: date.fromisoformat(row[name]) for name in _DAYS if name in row}
    objects = {name: [_typed(item) for item in row[name]] for name in _OBJECTS if name in row}
    return row | days | objects
