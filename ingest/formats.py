"""Which reader a file is for, by what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .mapping import Mapping, read_mapped
from .native import read_native
from .reading import Batch, Carrier
from .report_xlsx import is_report_workbook, read_report_xlsx
from .report_yaml import is_report_yaml, read_report_yaml
from .table import table_header

#: Endings that a folder is searched for.
READABLE = frozenset({".csv", ".tsv", ".gz", ".xlsx", ".xlsm", ".parquet", ".yaml", ".yml"})

Reader = Callable[[Carrier], Iterator[Batch]]


def reader_for(carrier: Carrier, mapping: Mapping | None = None, table: dict[str, str] | None = None) -> Reader:
    """Return the reader for a carrier: a mapping if one was given, else an exchange report, else a native table.

    `table` holds what a person said of a table that its content does not tell: encoding, delimiter, sheet.
    """
    told: dict[str, str] = table or {}
    if mapping is not None:
        return lambda c: read_mapped(c, mapping, **told)
    if carrier.path.suffix.lower() in {".yaml", ".yml"} or is_report_yaml(carrier.path):
        return read_report_yaml
    if _is_zip(carrier.path) and is_report_workbook(table_header(carrier)):
        return read_report_xlsx
    return lambda c: read_native(c, **told)


def _is_zip(path: Path) -> bool:
    """Say whether a file is packed as workbooks are (APPNOTE §4.3.7), whatever its name."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"
