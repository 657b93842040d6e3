"""Excel workbooks as columns: every sheet with its own header; cells as an analyst would type them."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .reading import Carrier, Note, Problem
from .table_batch import (
    MAX_CELL,
    TableBatch,
    batches,
    excerpt,
    header_names,
    header_problem,
    nameless,
    no_rows,
    tidied,
    unreadable,
)
from .table_zip import open_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_ROWS = 2**20  # rows of a sheet; record numbers of the next sheet start that much later
MAX_CELLS = 300_000_000  # cells of a sheet, blank ones between the filled too
_CHUNK = 16_384  # rows held as Python objects at a time


class _UnusableError(Exception):
    """A cell that is no plain value: what was found, what to do."""


class _Sheet:
    """The rows of a sheet as they are drawn, and where reading them has come to."""

    def __init__(self, sheet: Any, place: int) -> None:
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        self.name: str = sheet.title
        self.hidden = sheet.sheet_state != "visible"
        self.first_record = place * MAX_ROWS
        self.number = self.header_row = 0
        self.header: tuple[str, ...] = ()
        self._rows = sheet.iter_rows()
        self._cells = 0

    def read_header(self) -> Problem | None:
        """Read the first row that is not blank into `header`; return why it cannot be one."""
        for row in self._drawn():
            try:
                names = [_text(cell) for cell in row]
            except _UnusableError as fault:
                found, hint = fault.args
                return unreadable(found, "column names as plain text", hint, self._locator())
            filled = [place for place, name in enumerate(names) if name and name.strip()]
            if filled:
                self.header_row, self.header = self.number, header_names(names[: filled[-1] + 1])
                return header_problem(self.header, self._locator())
        return None

    def read_rows(self, size: int) -> tuple[dict[int, list[str | None]], list[int], list[Problem]] | None:
        """Read up to `size` rows: cells by column place, row numbers, rows set aside; null at the end."""
        columns: dict[int, list[str | None]] = {place: [] for place in range(len(self.header))}
        numbers: list[int] = []
        problems: list[Problem] = []
        drawn = 0
        for row in islice(self._drawn(), size):
            drawn += 1
            cells: dict[int, str] = {}
            problem = None
            for place, cell in enumerate(row):
                try:
                    text = _text(cell)
                except _UnusableError as fault:
                    problem = problem or self._row_problem(place, *fault.args)
                    continue
                if text and not text.isspace():
                    cells[place] = text
            if problem:
                problems.append(problem)
            elif cells:
                for place in cells.keys() - columns.keys():  # a remark beside the table
                    columns[place] = [None] * len(numbers)
                numbers.append(self.number)
                for place, column in columns.items():
                    column.append(cells.get(place))
        return (columns, numbers, problems) if drawn else None

    def _drawn(self) -> Iterator[Any]:
        for row in self._rows:
            self.number += 1
            self._cells += len(row)
            if self.number > MAX_ROWS or self._cells > MAX_CELLS:
                raise ValueError(f"more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells in a sheet")
            yield row

    def _locator(self) -> str:
        return f"{self.name}!{self.number}"

    def _row_problem(self, place: int, found: str, hint: str) -> Problem:
        name = self.header[place] if place < len(self.header) else ""
        return Problem(
            self._locator(),
            found,
            "a value, as text, number or date",
            hint,
            field=name or nameless(place),
            record=self.first_record + self.number - self.header_row - 1,
        )


def xlsx_headers(carrier: Carrier, *, sheet: str | None = None) -> list[tuple[str | None, tuple[str, ...]]]:
    """Return the name and column names of each sheet that has a header to use."""
    with open_workbook(carrier.path) as book:
        sheets = [] if isinstance(book, Problem) else _chosen(book, sheet)
        return [(one.name, one.header) for one in sheets if not _guarded(one.read_header, one) and one.header]


def read_xlsx(carrier: Carrier, *, batch_rows: int, sheet: str | None = None) -> Iterator[TableBatch]:
    """Yield the sheets of a workbook, or the one named, in batches; sheets without values are passed over."""
    with open_workbook(carrier.path) as book:
        if isinstance(book, Problem):
            yield no_rows(problems=[book])
            return
        sheets = _chosen(book, sheet)
        if sheet is not None and not sheets:
            listed = ", ".join(excerpt(one.name) for one in _chosen(book, None))
            missing = unreadable(f"no sheet “{excerpt(sheet)}”", f"one of: {listed}", "correct --sheet")
            yield no_rows(problems=[missing])
            return
        found = False
        for one in sheets:
            for batch in _batches(one, batch_rows):
                found = True
                yield batch
        if not found:
            blank = unreadable("a workbook without any value", "a header row and rows", "check the file")
            yield no_rows(problems=[blank])


def _chosen(book: Workbook, name: str | None) -> list[_Sheet]:
    return [_Sheet(sheet, place) for place, sheet in enumerate(book.worksheets) if name in (None, sheet.title)]


def _batches(one: _Sheet, batch_rows: int) -> Iterator[TableBatch]:
    if problem := _guarded(one.read_header, one):
        yield no_rows(sheet=one.name, problems=[problem])
        return
    if not one.header:
        return
    notes = [Note(f"sheet “{one.name}” is hidden; it was read")] if one.hidden else []
    found = False
    while rows := _guarded(lambda: one.read_rows(min(batch_rows, _CHUNK)), one):
        if isinstance(rows, Problem):
            yield no_rows(one.header, sheet=one.name, problems=[rows], notes=notes)
            return
        columns, numbers, problems = rows
        for batch in batches(
            one.header,
            {place: tidied(pa.array(columns[place], pa.string())) for place in sorted(columns)},
            pa.array(numbers, pa.int64()),
            first_row=one.header_row + 1,
            first_record=one.first_record,
            prefix=f"{one.name}!",
            sheet=one.name,
            size=batch_rows,
            problems=problems,
            notes=notes,
        ):
            found, notes = True, []
            yield batch
    if not found:
        notes.append(Note(f"sheet “{one.name}” has a header and no rows"))
        yield no_rows(one.header, sheet=one.name, notes=notes)


def _guarded(read: Any, one: _Sheet) -> Any:
    """Call a reader of a sheet; whatever a damaged sheet makes of it becomes a problem."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that do not concern the cells
        try:
            return read()
        except Exception as error:  # the parser raises almost anything for what a file can hold
            return unreadable(
                f"a sheet that cannot be read ({excerpt(str(error) or type(error).__name__)})",
                "a whole sheet of at most a million rows",
                "open the workbook in a spreadsheet and save it again; rows before this one were read",
                f"{one.name}!{one.number}",
            )


def _text(cell: Any) -> str | None:
    """Return a cell as the text that an analyst would type; null if it is blank."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        shown = excerpt(str(getattr(value, "text", value)))
        raise _UnusableError(f"a formula: {shown}", "copy the column and paste it as values")
    if cell.data_type == "e":
        raise _UnusableError(f"the error {excerpt(str(value))}", "correct the cell, or clear it")
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            raise _UnusableError(f"a cell of {len(value):,} characters", f"shorten it to {MAX_CELL:,} at most")
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        # A spreadsheet keeps 15 digits and does not tell 2006 from 2006.0.
        return format(value, ".15g") if abs(value) < 1e15 else str(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)
