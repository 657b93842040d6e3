"""Delimited text as columns: whole blocks by Arrow's parser, and row by row only where a block is irregular.

Rows are cut as RFC 4180 says. A block goes through the fast parser if every quote in it stands at the edge of
a cell, it is UTF-8 without NUL, and every row is as wide as the header; otherwise `careful_rows` takes it and
tells what is wrong with which row. Both give the same cells.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from .reading import Carrier, Note, Problem
from .table_batch import (
    MAX_CELL,
    TableBatch,
    batches,
    filled,
    header_problem,
    longest,
    no_rows,
    tidied,
)
from .table_rows import MAX_RECORD, Head, Quota, Rows, careful_rows, read_head, too_long
from .table_text import Text

_QUOTE, _LF, _CR = ord('"'), ord("\n"), ord("\r")


@dataclass(frozen=True, slots=True)
class _Rows:
    """Tidied columns with the row number of each, and the rows set aside among them."""

    columns: list[pa.Array]
    rows: pa.Array
    problems: list[Problem]


def csv_header(
    carrier: Carrier, *, delimiter: str | None = None, encoding: str | None = None
) -> tuple[str, ...] | None:
    """Return the column names of a delimited file from its first rows, or null if there are none to use."""
    text = Text(carrier.path, encoding, 2**16)
    head = read_head(text.blocks(), delimiter)
    if isinstance(head, Problem) or text.problem or header_problem(head.names, "row=1"):
        return None
    return head.names


def read_csv(
    carrier: Carrier,
    *,
    batch_rows: int,
    delimiter: str | None = None,
    encoding: str | None = None,
    block: int | None = None,
    careful: bool = False,
) -> Iterator[TableBatch]:
    """Yield a delimited file in batches. `careful` reads every row by the slow path, with the same result."""
    text = Text(carrier.path, encoding, block)
    blocks = text.blocks()
    head = read_head(blocks, delimiter)
    if isinstance(head, Problem):
        yield no_rows(problems=[text.problem or head], notes=text.notes)
        return
    if wrong := header_problem(head.names, f"row={head.row}"):
        yield no_rows(problems=[wrong], notes=text.notes)
        return
    found = False
    noted = 0
    for part in _gathered(_parts(blocks, head, careful), batch_rows):
        notes = text.notes[noted:]
        noted += len(notes)
        for batch in batches(
            head.names,
            dict(enumerate(part.columns)),
            part.rows,
            first_row=head.row + 1,
            first_record=0,
            prefix="row=",
            sheet=None,
            size=batch_rows,
            problems=part.problems,
            notes=notes,
        ):
            found = True
            yield batch
    notes = text.notes[noted:]
    if text.problem:
        yield no_rows(head.names, problems=[text.problem], notes=notes)
    elif not found:
        yield no_rows(head.names, notes=[*notes, Note("a header and no rows")])


def _gathered(parts: Iterator[_Rows], size: int) -> Iterator[_Rows]:
    """Join parts until they fill a batch, so that what comes after works on few large arrays."""
    held: list[_Rows] = []
    for part in parts:
        held.append(part)
        if sum(len(one.rows) + len(one.problems) for one in held) >= size:
            yield _joined(held)
            held = []
    if held:
        yield _joined(held)


def _joined(parts: list[_Rows]) -> _Rows:
    if len(parts) == 1:
        return parts[0]
    columns = [pa.concat_arrays(list(cells)) for cells in zip(*(part.columns for part in parts), strict=True)]
    rows = pa.concat_arrays([part.rows for part in parts])
    return _Rows(columns, rows, [problem for part in parts for problem in part.problems])


def _parts(blocks: Iterator[bytes], head: Head, careful: bool) -> Iterator[_Rows]:
    """Yield the rows after the header, block by block; an unfinished row at a block's end joins the next."""
    carry, number, quota, skipping = head.rest, head.row + 1, Quota(), False
    for block in chain(blocks, [None]):
        final = block is None
        data = carry + (block or b"")
        if skipping:
            end = data.find(b"\n") + 1
            data, skipping = data[end:] if end else b"", not end
        rows = None if careful else _fast(data, head, number, final=final)
        if rows is None or (not rows.used and len(data) > MAX_RECORD):
            rows = careful_rows(data, head, number, quota, final=final)
        if not rows.used and len(data) > MAX_RECORD and not final:
            rows.problems.append(too_long(len(data), number, head, None))
            rows.next_number, rows.used, skipping = number + 1, len(data), True
        carry, number = data[rows.used :], rows.next_number
        yield _tidy(rows)
        if rows.given_up:
            return


def _tidy(rows: Rows) -> _Rows:
    columns = [tidied(pa.array(column, pa.string())) for column in rows.columns]
    numbers = pa.array(rows.numbers, pa.int64())
    mask = filled(columns)
    if mask is not None:
        columns, numbers = [column.filter(mask) for column in columns], numbers.filter(mask)
    return _Rows(columns, numbers, rows.problems)


def _fast(data: bytes, head: Head, number: int, *, final: bool) -> Rows | None:
    """Read the whole rows of `data` at once, or return null if anything in them is irregular."""
    octets = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(octets == _QUOTE)
    end = _row_end(octets, quotes, final=final)
    if final and end < len(data):  # a quote was never closed
        return None
    if end == 0:
        return Rows([[] for _ in head.names], next_number=number)
    if (
        b"\0" in data
        or data.startswith(codecs.BOM_UTF8)  # Arrow would take it for the mark of a file's beginning
        or (b"\r" in data and data.count(b"\r", 0, end) != data.count(b"\r\n", 0, end))
        or not _at_edges(octets[:end], quotes[quotes < end], head.delimiter)
    ):
        return None
    names = [str(place) for place in range(len(head.names))]
    try:
        table = pacsv.read_csv(
            pa.py_buffer(data).slice(0, end),
            pacsv.ReadOptions(column_names=names, block_size=end + 1),
            pacsv.ParseOptions(delimiter=head.delimiter, newlines_in_values=True, ignore_empty_lines=False),
            pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=True
            ),
        )
    except pa.ArrowInvalid:  # a ragged row, or octets that are not UTF-8
        return None
    columns = [column.combine_chunks() for column in table.columns]
    if any(longest(column) > MAX_CELL for column in columns):
        return None
    stop = number + table.num_rows
    return Rows(columns, range(number, stop), used=end, next_number=stop)


def _row_end(octets: np.ndarray, quotes: np.ndarray, *, final: bool) -> int:
    """Return where the last whole row ends: the last line break with an even number of quotes before it."""
    if final and len(quotes) % 2 == 0:
        return len(octets)
    breaks = np.flatnonzero(octets == _LF)
    outside = breaks[np.searchsorted(quotes, breaks) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0


def _at_edges(octets: np.ndarray, quotes: np.ndarray, delimiter: str) -> bool:
    """Return whether every quote opens or closes a cell, or is one of a pair inside it."""
    before = octets[quotes[::2] - 1]
    if len(quotes) and quotes[0] == 0:
        before = before[1:]
    after = octets[quotes[1::2][quotes[1::2] + 1 < len(octets)] + 1]
    edges = [ord(delimiter), _LF, _QUOTE]
    return bool(np.isin(before, edges).all() and np.isin(after, [*edges, _CR]).all())
