"""Rows of a table by column, as every table reader yields them, and the limits that all of them keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from ..graph.names import tidy
from .reading import Note, Problem

MAX_CELL = 1_000_000  # characters; a longer cell is a pasted file or an unclosed quote, and its row is set aside
MAX_COLUMNS = 16_384  # as wide as a spreadsheet can be
WHOLE = "whole file"  # the locator of a problem that concerns the carrier and no row of it


@dataclass(frozen=True, slots=True)
class TableBatch:
    """Some rows of a table.

    `header` holds every column of the file in order, "" where a column has no name, and is the same in all
    batches of a sheet. `columns` holds the named columns, and "column 7" for a nameless one that says
    something in this batch. Blank cells are null. Blank rows are in no batch: record numbers may have gaps.
    """

    header: tuple[str, ...]
    columns: dict[str, pa.Array]  # pa.string(), outer space cut, composed (NFC), otherwise as found
    records: pa.Array  # int64, from 0, unique across the sheets of a carrier
    locators: pa.Array  # pa.string(): "row=12" where the header is row 1 (RFC 7111), or "Sheet name!12"
    sheet: str | None = None
    problems: tuple[Problem, ...] = ()  # rows set aside: their records are not in `records`
    notes: tuple[Note, ...] = ()


def no_rows(
    header: Sequence[str] = (),
    *,
    sheet: str | None = None,
    problems: Iterable[Problem] = (),
    notes: Iterable[Note] = (),
) -> TableBatch:
    """Return a batch without rows: a table that only has a header, or a carrier that could not be read."""
    columns = {name: pa.array([], pa.string()) for name in header if name}
    none, nowhere = pa.array([], pa.int64()), pa.array([], pa.string())
    return TableBatch(tuple(header), columns, none, nowhere, sheet, tuple(problems), tuple(notes))


def unreadable(found: str, expected: str, hint: str, locator: str = WHOLE) -> Problem:
    """Return the problem of a carrier, or a sheet of it, that could not be read."""
    return Problem(locator, found, expected, hint)


def excerpt(text: str, length: int = 60) -> str:
    """Return the beginning of a text on one line, fit for a message."""
    line = " ".join(text[: length * 4].split())
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    return line if len(line) <= length and len(text) <= length * 4 else line[:length] + "…"


def header_names(cells: Iterable[str | None]) -> tuple[str, ...]:
    """Return the tidied names of a header row, "" for a column without one."""
    return tuple(tidy(cell or "") for cell in cells)


def header_problem(header: Sequence[str], locator: str) -> Problem | None:
    """Return why a header cannot be used: a name stands twice, columns are too many, a cell is no name."""
    if len(header) > MAX_COLUMNS:
        return unreadable(
            f"a header of {len(header):,} columns",
            f"at most {MAX_COLUMNS:,}",
            "check the delimiter, or give it with --delimiter",
            locator,
        )
    for name in header:
        if len(name) > MAX_CELL or "\0" in name or any("\ud800" <= c <= "\udfff" for c in name):
            return unreadable(
                f"a column name that is not text: “{excerpt(name)}”",
                "column names as text in the first row",
                "save the file again as CSV in UTF-8, or give --encoding (such as utf-16-le)",
                locator,
            )
    named = [name or nameless(place) for place, name in enumerate(header)]
    twice = sorted({name for name in named if named.count(name) > 1}) if len(set(named)) < len(named) else []
    if twice:
        return unreadable(
            "column names that stand more than once: " + ", ".join(excerpt(name) for name in twice[:5]),
            "each column name once",
            "rename or remove the columns, so that it is plain which one is meant",
            locator,
        )
    return None


def nameless(place: int) -> str:
    """Return what a column without a name is called, by its place from 0."""
    return f"column {place + 1}"


def tidied(column: pa.Array) -> pa.Array:
    """Return a text column with outer space cut, characters composed (NFC) and blank cells null."""
    if not pc.all(pc.string_is_ascii(column), min_count=0).as_py():
        column = pc.utf8_normalize(column, form="NFC")
    column = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(pc.binary_length(column), 0), pa.scalar(None, pa.string()), column)


def longest(column: pa.Array) -> int:
    """Return the length in characters of the longest cell of a column."""
    octets = pc.max(pc.binary_length(column)).as_py() or 0
    # Characters are counted only where they can matter: no text has more characters than octets.
    return int(octets if octets <= MAX_CELL else pc.max(pc.utf8_length(column)).as_py())


def filled(columns: Sequence[pa.Array]) -> pa.Array | None:
    """Return which rows of tidied columns hold anything, or null if all do."""
    if not columns or any(column.null_count == 0 for column in columns):
        return None
    mask = columns[0].is_valid()
    for column in columns[1:]:
        mask = pc.or_(mask, column.is_valid())
    return mask


def batches(
    header: tuple[str, ...],
    columns: Mapping[int, pa.Array],
    rows: pa.Array,
    *,
    first_row: int,
    first_record: int,
    prefix: str,
    sheet: str | None,
    size: int,
    problems: Iterable[Problem] = (),
    notes: Iterable[Note] = (),
) -> Iterator[TableBatch]:
    """Yield tidied columns, by place, as batches of at most `size` rows; problems and notes in the first.

    `rows` are the numbers that a spreadsheet shows; the record of row `first_row` is number `first_record`.
    """
    told, noted = tuple(problems), tuple(notes)
    if not len(rows):
        if told or noted:
            yield no_rows(header, sheet=sheet, problems=told, notes=noted)
        return
    records = pc.add(rows, first_record - first_row)
    locators = pc.binary_join_element_wise(prefix, rows.cast(pa.string()), "")
    for start in range(0, len(rows), size):
        named = {}
        for place, column in columns.items():
            cells = column.slice(start, size)
            name = header[place] if place < len(header) else ""
            if name or cells.null_count < len(cells):
                named[name or nameless(place)] = cells
        yield TableBatch(header, named, records.slice(start, size), locators.slice(start, size), sheet, told, noted)
        told, noted = (), ()
