"""Reads the tables that Southerly knows by their columns, in any order and among any others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .assemble import claims_of
from .layouts import Layout, layout_of, unknown_layout
from .reading import Batch, Carrier
from .rows import BATCH_ROWS, Cell, Rows, column_key, names_people, set_aside
from .table import TableBatch, read_table

_UNKNOWN = "table/1"


def read_native(carrier: Carrier, **table_options: Any) -> Iterator[Batch]:
    """Read a table, each sheet by the layout of its columns. The options are those of `read_table`."""
    refused: set[str | None] = set()
    options = {"batch_rows": BATCH_ROWS} | table_options
    for batch in read_table(carrier, **options):
        layout = layout_of(batch.header)
        if layout is not None:
            yield read_layout(layout, batch)
        elif not batch.header:
            yield set_aside(_UNKNOWN, batch)
        elif batch.sheet not in refused:
            refused.add(batch.sheet)
            yield set_aside(_UNKNOWN, batch, [unknown_layout(batch.header, batch.sheet)])


def read_layout(layout: Layout, batch: TableBatch) -> Batch:
    """Read rows whose columns are those of a layout. What no field takes is carried along in `extra`."""
    ingester = f"{layout.name}/{layout.version}"
    if not len(batch.records):
        return set_aside(ingester, batch)
    rows = Rows(batch)
    keys = {column_key(name): name for name in reversed(list(batch.columns))}

    def cells(columns: dict[str, str]) -> dict[str, Cell]:
        """Return where each field comes from, those left out that the table has no column for."""
        found = {f: next((n for n in c.split("|") if n in keys), None) for f, c in columns.items()}
        return {field: Cell(name) for field, name in found.items() if name}

    rows.cite(cells(dict(layout.report)))
    used = {keys[name] for c in (layout.report, *layout.claims.values()) for name in _columns(cells(dict(c)))}
    people = [name for name in batch.columns if name not in used and names_people(name)]
    if people:
        rows.note(f"people are not stored, so these columns were left out: {', '.join(people)}", rows.count)
    spare = [name for name in batch.columns if name not in used and name not in people]
    if spare and not layout.claims:
        rows.note(f"no field keeps these columns: {', '.join(spare)}", rows.count)
    claims = []
    for kind, columns in layout.claims.items():
        found = cells(dict(columns))
        carried = spare if kind not in ("name", "origin") else []
        if kind != "name" or "name" in found:
            claims += claims_of(rows, kind, found, carried)
    return rows.finish(ingester, claims)


def _columns(cells: dict[str, Cell]) -> list[str]:
    return [cell.column for cell in cells.values() if cell.column]
