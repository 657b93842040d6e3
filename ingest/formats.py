"""Which reader a file is for, by what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ..graph.rdf_parse import ENDINGS as RDF_ENDINGS
from ..graph.rdf_parse import syntax_of
from .iati import is_iati, read_iati
from .mapping import Mapping, read_mapped
from .native import read_native
from .prose.forms import ENDINGS as PROSE_ENDINGS
from .prose.forms import form_of
from .reading import Batch, Carrier
from .report_xlsx import is_report_workbook, read_report_xlsx
from .report_yaml import is_report_yaml, read_report_yaml
from .table import table_header

#: Endings that a folder is searched for.
READABLE = frozenset(
    {".csv", ".tsv", ".gz", ".xlsx", ".xlsm", ".parquet", ".yaml", ".yml", ".xml", ".zst", *RDF_ENDINGS, *PROSE_ENDINGS}
)

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
    if is_iati(carrier.path):
        return read_iati
    if syntax_of(carrier.path):
        from .rdf import read_rdf  # loads the store's library

        return read_rdf
    if form_of(carrier.path):
        from .prose.reader import read_prose  # loads the rules of extraction

        return read_prose
    if _is_zip(carrier.path) and is_report_workbook(table_header(carrier)):
        return read_report_xlsx
    if carrier.path.suffix.lower() == ".xml":
        return read_iati  # which says what is wrong with it, or what else it is
    return lambda c: read_native(c, **told)


def _is_zip(path: Path) -> bool:
    """Say whether a file is packed as workbooks are (APPNOTE §4.3.7), whatever its name."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"
