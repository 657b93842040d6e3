"""XLSX (ISO/IEC 29500): sheets for people, with what they are and what their columns mean on the first.

Every text is an inline string, so that no cell is a formula, an error or a date by accident. Dates stay texts, for
Excel knows none before 1900. Neither the clock nor the file system leaves a trace in the bytes.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..graph.errors import SoutherlyError
from .cells import cell
from .content import Content, Row, Stamp
from .sheet_columns import SHEETS

if TYPE_CHECKING:
    from openpyxl import Workbook

LONGEST = 32_767  # characters of a cell, in UTF-16 as Excel counts them (its "specifications and limits")
MOST_ROWS = 1_048_576  # of a sheet, its heading among them
CUT = "… [cut]"
_LONG_AGO = datetime(1980, 1, 1)  # the first time that ZIP knows; neither it nor openpyxl takes a zone


def write_xlsx(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write the workbook: About, Places, Transfers, Adoptions, Reports. Lists are JSON in one cell.

    Raises:
        SoutherlyError: if a sheet would get more rows than Excel can open.

    """
    with _workbook() as book:
        about = _Sheet(book, "About", ("what", "which", "value"))
        places, transfers, adoptions, reports = (_Sheet(book, name, tuple(columns)) for name, columns in SHEETS.items())
        for place in content.places():
            adopted = place["adopted"]
            places.add(place | {"adopted": len(adopted)})
            where = {"place": place["id"], "place_label": place["label"], "country": place["country"]}
            for adoption in adopted:
                adoptions.add(adoption | where)
        for row in content.transfers():
            transfers.add(row)
        for row in content.reports():
            reports.add(row)
        cut = sum(sheet.cut for sheet in (places, transfers, adoptions, reports))
        for line in _about(content.about(stamp), cut):
            about.add(dict(zip(about.columns, line, strict=True)))
        _save(book, out)


@contextmanager
def _workbook() -> Iterator[Workbook]:
    """Open a workbook whose rows go to files of their own; after a failure these are closed and gone."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    with _disk_errors():
        try:
            yield book
        finally:
            sheets: list[Any] = book.worksheets
            for sheet in sheets:
                if not sheet.closed:
                    sheet.close()
                    sheet._writer.cleanup()


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Raise OSError for what lxml makes of a full disk; openpyxl writes by it where it is installed."""
    try:
        yield
    except Exception as error:
        number = getattr(errno, str(error).removeprefix("IO_"), None)
        if type(error).__name__ == "SerialisationError" and number:
            raise OSError(number, os.strerror(number)) from error
        raise


@dataclass
class _Sheet:
    """A sheet that is written row by row."""

    book: Workbook
    name: str
    columns: tuple[str, ...]
    rows: int = 0
    cut: int = 0  # cells that were too long

    def __post_init__(self) -> None:
        self._sheet: Any = self.book.create_sheet(self.name)
        self._sheet.freeze_panes = "A2"
        self.add({column: column for column in self.columns})

    def add(self, row: Row) -> None:
        if self.rows == MOST_ROWS:
            raise SoutherlyError(
                f"The sheet {self.name} would get more than {MOST_ROWS:,} rows, which is all that Excel can open. "
                "Narrow it with --innovation, --since or --until, or export csv or parquet. Nothing was written."
            )
        self.rows += 1
        self._sheet.append([self._cell(row.get(column)) for column in self.columns])

    def _cell(self, value: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if value is None or isinstance(value, (bool, int, float)):
            return value
        text = _short(cell(value).replace("\r\n", "\n").replace("\r", "\n"))  # XML keeps no lone CR
        self.cut += text.endswith(CUT)
        made = WriteOnlyCell(self._sheet, text)
        made.data_type = "s"  # whatever it looks like
        return made


def _short(text: str) -> str:
    if len(text) <= LONGEST // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _about(about: Row, cut: int) -> Iterable[tuple[str, str | None, Any]]:
    """Yield the lines of the first sheet."""
    yield "title", None, about["title"]
    yield "digest", None, about["digest"]
    for name in ("revision", "written", "software"):
        if name in about:
            yield name, None, about[name]
    for name, value in about["filters"].items():
        yield "filter", name, "none" if value is None else value
    for name, value in about["counts"].items():
        yield "count", name, value
    yield "cells cut", f"at {LONGEST:,} characters, the most that Excel holds; such a cell ends in “{CUT}”", cut
    for entry in about["source_licences"]:
        yield "licence of reports", entry["licence"], entry["reports"]
    for entry in about["reference_data"]:
        yield "licence of reference data", entry["origin"], entry["licence"]
    for sheet, columns in SHEETS.items():
        for column, meaning in columns.items():
            yield f"column of {sheet}", column, meaning


def _save(book: Workbook, out: BinaryIO) -> None:
    """Write the workbook as `Workbook.save` does, without the time of writing."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.writer.excel import ExcelWriter

    book.properties = DocumentProperties(creator="southerly", created=_LONG_AGO, modified=_LONG_AGO)
    # In a file of its own first: a pipe cannot be sought in, and the bytes would not be the same.
    with TemporaryFile() as body:
        with _Timeless(body, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).write_data()
        body.seek(0)
        shutil.copyfileobj(body, out)


class _Timeless(ZipFile):
    """A ZIP file whose entries all bear the first day that the format knows, on every system."""

    def writestr(self, name: Any, data: Any, *_: Any) -> None:
        super().writestr(_entry(name), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        entry = _entry(arcname)
        entry.file_size = Path(filename).stat().st_size  # says whether ZIP64 is needed
        with Path(filename).open("rb") as source, self.open(entry, "w") as target:
            shutil.copyfileobj(source, target)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _LONG_AGO.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
