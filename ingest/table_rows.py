"""Delimited text row by row: where the header is, which delimiter it uses, and what is wrong with a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from .reading import Problem
from .table_batch import MAX_CELL, excerpt, header_names, nameless, unreadable

DELIMITERS = "\t|;,"  # the less likely to stand in a name first, which decides where two fit as well
SAMPLE = 2**16  # octets that the delimiter is judged on
SAMPLE_ROWS = 20
MAX_RECORD = 64 * 2**20  # octets; a quoted cell that runs on past this was never closed
_RESCAN = 256 * 2**20  # characters read again after unclosed quotes, before a file is given up

_LONE = re.compile("[\ud800-\udfff]")  # octets that are not UTF-8, as `surrogateescape` decodes them
_HIDDEN = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a delimited file, and the octets after it that have been read already."""

    names: tuple[str, ...]
    delimiter: str
    row: int  # the number that a spreadsheet shows beside it: 1, but for blank rows above
    rest: bytes


@dataclass(slots=True)
class Rows:
    """What a stretch of a file holds."""

    columns: list[list[str]]
    numbers: Sequence[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    used: int = 0  # octets that were read to the end of a row
    next_number: int = 0
    given_up: bool = False


@dataclass(slots=True)
class Quota:
    """How much may be read a second time. Without a bound, crafted quotes cost the square of the file."""

    left: int = _RESCAN


def read_head(blocks: Iterator[bytes], delimiter: str | None) -> Head | Problem:
    """Return the header, the first row that is not blank, or why there is none."""
    csv.field_size_limit(2**31 - 1)  # the limits here are our own, and can say which row is too long
    data, final = b"", False
    while not final:
        while not final and len(data) < SAMPLE:
            block = next(blocks, None)
            data, final = data + (block or b""), block is None
        end = len(data) if final else line_end(data)
        text = data[:end].decode("utf-8", "surrogateescape")
        mark = delimiter or _sniffed(text, whole=final)
        lines = list(io.StringIO(text, newline=""))
        at = 0
        for number, count, cells in _records(lines, mark):
            at += count
            if cells is None and not final and at >= len(lines):
                break  # the header itself goes on in the next block
            if cells is None:
                return unreadable(
                    f"a quote in the header that is not closed: “{excerpt(lines[at - count])}”",
                    "column names, quoted in pairs",
                    "close the quote, or double the quotes that belong to a name",
                    f"row={number}",
                )
            if any(cell.strip() for cell in cells):
                rest = "".join(lines[at:]).encode("utf-8", "surrogateescape") + data[end:]
                return Head(header_names(cells), mark, number, rest)
        if len(data) > MAX_RECORD:
            return unreadable(
                "no header in the first 64 MB",
                "a first row of column names",
                "check that this is a delimited text file",
            )
        if not final:
            block = next(blocks, None)
            data, final = data + (block or b""), block is None
    return unreadable("an empty file", "a header row and at least one row", "check that the file was saved whole")


def _records(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, int, list[str] | None]]:
    """Yield each record's number, its count of lines, its cells; null, and no more, where quotes fail."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    before = number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, reader.line_num - before, None
            return
        yield number, reader.line_num - before, cells
        before = reader.line_num


def _sniffed(text: str, *, whole: bool) -> str:
    """Return the delimiter that cuts the first rows as it cuts the header, into more cells if several do."""
    best, found = (0.0, 1), ","
    for mark in DELIMITERS:
        # Not strict: a stray quote must not hide what the other rows say.
        reader = csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=mark)
        widths = [len(row) for row in islice(reader, SAMPLE_ROWS + 1) if any(cell.strip() for cell in row)]
        if len(widths) > 1 and not (whole and len(text) <= SAMPLE):
            widths.pop()  # it may have been cut short
        if widths and widths[0] > 1:
            fit = (widths.count(widths[0]) / len(widths), widths[0])
            if fit > best:
                best, found = fit, mark
    return found


def line_end(data: bytes) -> int:
    """Return where the last whole line ends. A CR at the very end may be half of a CR LF."""
    return max(data.rfind(b"\n"), data.rfind(b"\r", 0, max(len(data) - 1, 0))) + 1


def careful_rows(data: bytes, head: Head, number: int, quota: Quota, *, final: bool) -> Rows:
    """Read rows from `data`, the first of which has this number, and set aside those that break a rule.

    A row whose quotes fail is set aside alone, and reading starts again on the line after it. Unless the data
    are `final`, an unfinished last row is left for the next time (see `used`).
    """
    end = len(data) if final else line_end(data)
    text = data[:end].decode("utf-8", "surrogateescape")
    hidden = _HIDDEN.search(text) is not None
    lines = list(io.StringIO(text, newline=""))
    at = 0

    def feed() -> Iterator[str]:
        nonlocal at
        while at < len(lines):
            at += 1
            yield lines[at - 1]

    width = len(head.names)
    out = Rows([[] for _ in range(width)], used=end)
    flat: list[str] = []
    numbers: list[int] = []
    reader = csv.reader(feed(), delimiter=head.delimiter, strict=True)
    while True:
        start = at
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            size = sum(map(len, lines[start:at]))
            if at == len(lines) and not final and size <= MAX_RECORD:
                out.used -= len("".join(lines[start:]).encode("utf-8", "surrogateescape"))
                break
            out.problems.append(_bad_quotes(lines[start], at - start, number, head))
            quota.left -= size
            if quota.left < 0:
                out.given_up = True
                out.problems.append(_given_up(number))
                break
            number += 1
            at = start + 1
            reader = csv.reader(feed(), delimiter=head.delimiter, strict=True)
            continue
        problem = None
        if len(cells) != width:
            if not any(cell.strip() for cell in cells):
                number += 1
                continue
            if any(cell.strip() for cell in cells[width:]) or len(cells) < width:
                problem = _ragged(cells, number, head)
            del cells[width:]
        if hidden and (fault := next((c for c in cells if _HIDDEN.search(c)), None)) is not None:
            problem = _not_text(fault, cells.index(fault), number, head)
        elif not problem and max(map(len, cells)) > MAX_CELL:
            problem = _too_long(cells, number, head)
        if problem:
            out.problems.append(problem)
        else:
            flat += cells
            numbers.append(number)
        number += 1
    out.numbers = numbers
    out.columns = [flat[place::width] for place in range(width)]
    out.next_number = number
    return out


def row_problem(found: str, expected: str, hint: str, number: int, head: Head, *, place: int | None = None) -> Problem:
    """Return the problem of one row; `place` is that of the cell that shows it."""
    name = None if place is None else head.names[place] or nameless(place)
    return Problem(f"row={number}", found, expected, hint, field=name, record=number - head.row - 1)


def too_long(size: int, number: int, head: Head, place: int | None) -> Problem:
    """Return the problem of a row with a cell of `size` characters."""
    return row_problem(
        f"a cell of {size:,} characters",
        f"at most {MAX_CELL:,}",
        "shorten the cell; if it swallowed other rows, close the quote that it began with",
        number,
        head,
        place=place,
    )


def _too_long(cells: Sequence[str], number: int, head: Head) -> Problem:
    place = max(range(len(cells)), key=lambda at: len(cells[at]))
    return too_long(len(cells[place]), number, head, place)


def _ragged(cells: Sequence[str], number: int, head: Head) -> Problem:
    shown = {"\t": "tab"}.get(head.delimiter, head.delimiter)
    return row_problem(
        f"{len(cells)} cells, beginning with “{excerpt(next(c for c in cells if c.strip()))}”",
        f"{len(head.names)} cells, as in the header",
        f"quote cells that hold the delimiter ({shown}) or a line break; keep the delimiters of blank cells",
        number,
        head,
    )


def _bad_quotes(line: str, lines: int, number: int, head: Head) -> Problem:
    found = "a quote that opens in this row and is not closed" if lines > 1 else "quotes that do not pair up"
    return row_problem(
        f"{found}: “{excerpt(line)}”",
        "quotes around whole cells, in pairs",
        "close the quote, or double the quotes that belong to the text",
        number,
        head,
    )


def _given_up(number: int) -> Problem:
    return unreadable(
        "too many quotes that are not closed; nothing after this row was read",
        "quotes around whole cells, in pairs",
        "save the table again from a spreadsheet",
        f"row={number}",
    )


def _not_text(cell: str, place: int, number: int, head: Head) -> Problem:
    if _LONE.search(cell):
        found, hint = "characters that cannot be decoded", "save the file as UTF-8, or give its --encoding"
    else:
        found, hint = (
            "a NUL character",
            "remove it; the file may be damaged, or UTF-16 (--encoding utf-16-le)",
        )
    return row_problem(f"{found}: “{excerpt(cell)}”", "text", hint, number, head, place=place)
