"""Which reader a file is for, by what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .mapping import Mapping, read_mapped
from .native import read_native
from .reading import Batch, Carrier
from .report_xlsx import is_report_workbook, read_report_xlsx
from .report_yaml import is_report_yaml, read_report_yaml
from .table import table_header

#: Endings that a folder is searched for.
READABLE = frozenset({".csv", ".tsv", ".gz", ".xlsx", ".xlsm", ".parquet", ".yaml", ".yml"})

Reader = Callable[[Carrier], Iterator[Batch]]


def reader_for(carrier: Carrier, mapping: Mapping | None = None) -> Reader:
    """Return the reader for a carrier: a mapping if one was given, else an exchange report, else a native table."""
    if mapping is not None:
        return lambda c: read_mapped(c, mapping)
    if is_report_yaml(carrier.path):
        return read_report_yaml
    if carrier.path.suffix.lower() in {".xlsx", ".xlsm"} and is_report_workbook(table_header(carrier)):
        return read_report_xlsx
    return read_native
