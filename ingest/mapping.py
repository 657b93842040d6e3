"""Reads somebody else's table by a mapping file, which says what claims its rows make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .assemble import claims_of
from .field_columns import text_column
from .mapping_file import Condition, Mapping, MappingError, load_mapping
from .reading import Batch, Carrier, Problem
from .rows import BATCH_ROWS, Cell, Mask, Rows, column_key, names_people, set_aside
from .table import TableBatch, read_table

__all__ = ["Mapping", "MappingError", "load_mapping", "read_mapped"]


def read_mapped(carrier: Carrier, mapping: Mapping, **table_options: Any) -> Iterator[Batch]:
    """Read a table by a mapping. A sheet without the columns that the mapping names is one problem.

    The options are those of `read_table`.
    """
    met: set[str | None] = set()
    for batch in read_table(carrier, **({"batch_rows": BATCH_ROWS, "sheet": mapping.sheet} | table_options)):
        new = batch.sheet not in met
        met.add(batch.sheet)
        headers = {column_key(name): name for name in batch.header if name}
        missing = sorted(name for name in mapping.columns() if column_key(name) not in headers)
        if missing:
            yield set_aside(mapping.ingester, batch, [_lacks(missing, batch)] if new and batch.header else [])
        elif not len(batch.records):
            yield set_aside(mapping.ingester, batch)
        else:
            spare = headers.keys() - {column_key(name) for name in mapping.columns()}
            yield _mapped(mapping, batch, sorted(headers[key] for key in spare) if new else [])


def _mapped(mapping: Mapping, batch: TableBatch, spare: Sequence[str]) -> Batch:
    rows = Rows(batch)
    rows.cite(mapping.report)
    if spare:
        rows.note(f"the mapping uses no such columns as {', '.join(spare)}")
    claims = []
    for claim in mapping.claims:
        people = [column for column in claim.keep if names_people(column)]
        if people:
            rows.note(f"people are not stored, so these columns were left out: {', '.join(people)}", rows.count)
        keep = [n for column in claim.keep if column not in people and (n := rows.column_of(Cell(column)))]
        claims += claims_of(rows, claim.kind, claim.cells, keep, _chosen(rows, claim.where))
    return rows.finish(mapping.ingester, claims)


def _chosen(rows: Rows, conditions: Sequence[Condition]) -> Mask | None:
    """Return the rows in which all conditions hold; null is every row."""
    masks = []
    for condition in conditions:
        words = text_column(rows.words(Cell(condition.column)))
        if condition.equals:
            holds = pc.is_in(words, pa.array(condition.equals, pa.string()))
        else:
            holds = pc.equal(words.is_valid(), condition.filled)
        masks.append(holds.to_numpy(zero_copy_only=False))
    return np.logical_and.reduce(masks) if masks else None


def _lacks(missing: Sequence[str], batch: TableBatch) -> Problem:
    names = [name for name in batch.header if name]
    near = get_close_matches(missing[0], names, 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return Problem(
        f"{batch.sheet}!1" if batch.sheet else "row=1",
        f"the columns {', '.join(names[:20])}",
        f"the columns that the mapping names; {', '.join(missing)} is not there",
        f"{hint}Correct the mapping, or choose the sheet with `sheet:` if the file has several.",
    )
