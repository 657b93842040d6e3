"""Parquet: a folder with nodes.parquet and edges.parquet, typed, for pandas, DuckDB, R and Spark.

Lists are lists, days are days. The metadata stand in the schema of each file under the key `southerly`, as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa

from .cells import json_text
from .columns import NODE, TRANSFER
from .content import Content, Stamp

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_GROUP = 10_000  # rows held at a time, and in a row group
_ARROW = {"string": pa.string(), "double": pa.float64(), "boolean": pa.bool_(), "int": pa.int32()}
_SQL = {"string": "VARCHAR", "double": "DOUBLE", "boolean": "BOOLEAN", "int": "INTEGER"}
_TEXTS = {"channels", "claims", "report_keys", "conflicts"}  # lists of texts
_DAYS = {"earliest", "latest"}
# What stands in a list of objects.
_ADOPTED = {
    **dict.fromkeys(("id", "innovation", "innovation_label", "when", "earliest", "latest", "end", "stage"), "string"),
    **dict.fromkeys(("domestic", "considered", "left_censored"), "boolean"),
    "income_group": "string",
    **dict.fromkeys(("extrapolated", "certain"), "boolean"),
    "review": "string",
    **dict.fromkeys(("reports", "publishers"), "int"),
    **dict.fromkeys(("claims", "conflicts"), "string"),
}
_ORIGINATED = {
    **dict.fromkeys(("innovation", "innovation_label", "site", "when", "earliest", "latest"), "string"),
    **{"contested": "boolean", "review": "string", "reports": "int", "claims": "string"},
}
_OBJECTS = {"adopted": _ADOPTED, "originated": _ORIGINATED}


def write_parquet(content: Content, outs: Mapping[str, BinaryIO], stamp: Stamp | None) -> None:
    """Write the tables of places and of transfers, some rows at a time."""
    with _writer(outs["nodes.parquet"], NODE) as nodes, _writer(outs["edges.parquet"], TRANSFER) as edges:
        for writer, kind, columns in ((nodes, "places", NODE), (edges, "transfers", TRANSFER)):
            for group in _groups(content.batches(kind, {name: _typed(name) for name in columns}), list(columns)):
                writer.write_table(group.cast(writer.schema))
        about = json_text(content.about(stamp))
        for writer in (nodes, edges):
            writer.add_key_value_metadata({"southerly": about})


@contextmanager
def _writer(out: BinaryIO, columns: Mapping[str, str]) -> Iterator[pq.ParquetWriter]:
    """Open a writer; after a failure it is left without a word, for the file will be thrown away."""
    import pyarrow.parquet as pq

    # Without Arrow's own copy of the schema, readers find the metadata there; no type here needs that copy.
    writer = pq.ParquetWriter(out, pa.schema(_fields(columns)), compression="zstd", store_schema=False)
    try:
        yield writer
        writer.close()
    except BaseException:
        with suppress(Exception):
            writer.close()
        writer.is_open = False  # else the garbage collector tries again, and complains
        raise


def _groups(batches: Iterator[pa.RecordBatch], names: list[str]) -> Iterator[pa.Table]:
    """Yield tables of equal length, however long the batches are: so that the same rows give the same bytes."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch.select(names))
        rows += batch.num_rows
        if rows >= _GROUP:
            table = pa.Table.from_batches(held).combine_chunks()
            whole = rows - rows % _GROUP
            for start in range(0, whole, _GROUP):
                yield table.slice(start, _GROUP)
            held, rows = table.slice(whole).to_batches(), rows - whole
    if rows:
        yield pa.Table.from_batches(held).combine_chunks()


def _fields(columns: Mapping[str, str]) -> list[pa.Field]:
    fields = []
    for name, type_ in columns.items():
        if name in _OBJECTS:
            kind = pa.list_(pa.struct(_fields(_OBJECTS[name])))
        elif name in _TEXTS:
            kind = pa.list_(pa.string())
        else:
            kind = pa.date32() if name in _DAYS else _ARROW[type_]
        fields.append(pa.field(name, kind))
    return fields


def _typed(name: str) -> str:
    """Return SQL for a column of the content with its type."""
    if name in _OBJECTS or name in _TEXTS:
        return f"from_json(\"{name}\", '{json.dumps(_structure(name))}')"
    return f'"{name}"'


def _structure(name: str) -> list[object]:
    """Return the type of a column of JSON, as DuckDB's `from_json` reads it."""
    if name in _TEXTS:
        return ["VARCHAR"]
    return [
        {
            inner: _structure(inner) if inner in _TEXTS else "DATE" if inner in _DAYS else _SQL[type_]
            for inner, type_ in _OBJECTS[name].items()
        }
    ]
