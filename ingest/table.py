"""Tables by column, whatever file they stand in: delimited text, Excel workbooks, Parquet.

What a file is, is told by its content; its name only helps people. Nothing is raised for what a file says:
a carrier that cannot be read yields one batch without rows and one problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .reading import Carrier, Problem
from .table_batch import MAX_CELL, WHOLE, TableBatch, nameless, no_rows, unreadable

__all__ = ["MAX_CELL", "WHOLE", "TableBatch", "locate", "read_table", "table_header"]

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"\s*<(!doctype\s+html|html|head|body|table|\?xml)\b", re.IGNORECASE)
_ROW = re.compile(r"row=(\d+)")


def read_table(
    carrier: Carrier,
    *,
    batch_rows: int = 131_072,
    delimiter: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Iterator[TableBatch]:
    """Yield the rows of a table file in batches, sheet by sheet; a problem for each row that cannot be used.

    `delimiter` and `encoding` of delimited text are found out unless given; `sheet` chooses one.
    """
    form = _form(carrier)
    if isinstance(form, Problem):
        yield no_rows(problems=[form])
    elif form == "xlsx":
        from .table_xlsx import read_xlsx

        yield from read_xlsx(carrier, batch_rows=batch_rows, sheet=sheet)
    elif form == "parquet":
        from .table_parquet import read_parquet

        yield from read_parquet(carrier, batch_rows=batch_rows)
    else:
        from .table_csv import read_csv

        yield from read_csv(carrier, batch_rows=batch_rows, delimiter=delimiter, encoding=encoding)


def table_header(
    carrier: Carrier, *, delimiter: str | None = None, sheet: str | None = None, encoding: str | None = None
) -> list[tuple[str | None, tuple[str, ...]]]:
    """Return each sheet's name (null but in workbooks) and column names, from its first rows alone.

    A carrier or sheet whose header cannot be used is left out; `read_table` says what is wrong with it.
    """
    form = _form(carrier)
    if isinstance(form, Problem):
        return []
    if form == "xlsx":
        from .table_xlsx import xlsx_headers

        return xlsx_headers(carrier, sheet=sheet)
    if form == "parquet":
        from .table_parquet import parquet_header

        names = parquet_header(carrier)
    else:
        from .table_csv import csv_header

        names = csv_header(carrier, delimiter=delimiter, encoding=encoding)
    return [] if names is None else [(None, names)]


def locate(locator: str, field: str, header: Sequence[str]) -> str:
    """Return the place of one cell, from its row's locator and its column.

    >>> locate("row=12", "country", ["innovation", "", "country"])
    'cell=12,3'
    >>> locate("Adoptions!12", "country", ["innovation", "", "country"])
    'Adoptions!C12'
    """
    names = [name or nameless(place) for place, name in enumerate(header)]
    if field not in names:
        return locator
    column = names.index(field) + 1
    if row := _ROW.fullmatch(locator):
        return f"cell={row[1]},{column}"
    sheet, mark, number = locator.rpartition("!")
    return f"{sheet}!{_letters(column)}{number}" if mark and number.isdigit() else locator


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def _form(carrier: Carrier) -> str | Problem:
    """Return what a file is (xlsx, parquet, text) by its first octets, or what it is instead of a table."""
    try:
        with carrier.path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        return unreadable(
            f"no access to the file ({error.strerror or error})",
            "a file that can be read",
            "check the path and its permissions",
        )
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(b"PAR1"):
        return "parquet"
    expected = "a table as CSV, .xlsx or Parquet"
    if head.startswith(_OLE):
        return unreadable(
            "a workbook that is encrypted, or of the old .xls kind",
            expected,
            "open it in a spreadsheet and save it without a password as .xlsx or CSV",
        )
    if head.startswith(b"%PDF"):
        return unreadable("a PDF", expected, "ask for the table as a spreadsheet, or copy it into one")
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return unreadable(
            "a web page or XML, whatever its name says",
            expected,
            "open it in a spreadsheet and save it as .xlsx or CSV",
        )
    return "text"
