"""Opening an Excel workbook that nobody vouches for.

It is a zip of XML. Its sizes are checked before anything is unpacked, and a part with a DOCTYPE is refused,
so that no entity is ever declared, let alone expanded.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from xml.parsers import expat

from .reading import Problem
from .table_batch import excerpt, unreadable

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_PARTS = 10_000
MAX_UNPACKED = 2**30  # octets
MAX_RATIO, RATIO_FROM = 200, 50 * 2**20  # sheets pack 5-40 fold; a zip past this, once it is big, is a trap

_EXPECTED = "an Excel workbook (.xlsx)"


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook | Problem]:
    """Open a workbook whose zip is within limits, or say what is wrong with it."""
    with path.open("rb") as file:
        book = _loaded(file)
        try:
            yield book
        finally:
            if not isinstance(book, Problem):
                book.close()


def _loaded(file: BinaryIO) -> Workbook | Problem:
    from openpyxl import load_workbook

    damaged = "copy or download it again, or open it in a spreadsheet and save it as .xlsx"
    try:
        with zipfile.ZipFile(file) as packed:
            if problem := _zip_problem(packed):
                return problem
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        return unreadable(f"a damaged file ({excerpt(str(error))})", _EXPECTED, damaged)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that do not concern the cells
        try:
            # The open file, since from a path the parser would judge by the name.
            return load_workbook(file, read_only=True, data_only=False, keep_links=False)
        except Exception as error:  # the parser raises almost anything for what a file can hold
            told = excerpt(str(error) or type(error).__name__)
            return unreadable(f"a workbook that cannot be read ({told})", _EXPECTED, damaged)


def _zip_problem(packed: zipfile.ZipFile) -> Problem | None:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    # The zip reader stops at the size that the directory declares, so these sums bound what is ever unpacked.
    unpacked, stored = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MAX_PARTS:
        found, expected = f"a zip of {len(parts):,} parts", f"at most {MAX_PARTS:,}"
    elif unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * stored):
        found = f"a zip of {stored:,} octets that unpacks to {unpacked:,}"
        expected = f"at most {MAX_UNPACKED:,}, and at most {MAX_RATIO} times the packed size"
    elif "xl/workbook.bin" in names:
        found, expected = "a binary workbook (.xlsb)", _EXPECTED
    elif "[Content_Types].xml" not in names or any(name.startswith(("word/", "ppt/")) for name in names):
        found, expected = "a zip that holds no Excel workbook", _EXPECTED
    elif any(part.flag_bits & 1 for part in parts):
        found, expected = "a zip with a password", _EXPECTED
    elif typed := next((part.filename for part in parts if _has_doctype(packed, part)), None):
        found, expected = (
            f"a document type declaration in {excerpt(typed)}",
            "XML without one, as Excel writes",
        )
    else:
        return None
    return unreadable(found, expected, "open it in a spreadsheet, if you trust it, and save it as .xlsx or CSV")


def _has_doctype(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Return whether a part declares a document type; it is read up to its first element alone."""
    seen: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: seen.append(True)
    parser.StartElementHandler = lambda *_: seen.append(False)
    with packed.open(part) as file:
        while not seen and (block := file.read(4096)):
            try:
                parser.Parse(block)
            except expat.ExpatError:  # no XML, such as a picture; as a sheet it could not be parsed either
                break
    return bool(seen) and seen[0]
