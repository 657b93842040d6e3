"""Word documents as blocks, paragraphs and tables in their order; a zip of XML that nobody vouches for."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ..reading import Problem
from ..table_batch import WHOLE, excerpt
from ..table_zip import MAX_PARTS, MAX_RATIO, RATIO_FROM
from .blocks import Builder, Prose, Refused
from .known import doi_in, licence_in, year_in
from .sections import closes_references, is_reference, opens_references

MAX_UNPACKED = 512 << 20  # octets of all parts, pictures too
MAX_XML = 128 << 20  # octets of a part that is parsed
_HEAD = 6000
_EXPECTED = "a Word document (.docx)"
_AGAIN = "open it in a word processor, if you trust it, and save it as .docx"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)


def read_docx(path: Path) -> Prose:
    """Read a Word document. Raises Refused for what is damaged, locked, no document, or unpacks to too much."""
    with path.open("rb") as file:
        _check(file)
        document = _opened(file)
    built = Builder()
    number, within = 0, False
    title: str | None = None
    for item in _items(document):
        number += 1
        words, kind = item
        if opens_references(words):
            within = True
        elif within and (kind == "heading" or closes_references(words)):
            within = False
        if within or is_reference(words):
            built.drop("references")
            continue
        if kind == "title":
            title = title or words
        built.add(words, kind, f"paragraph={number}")
    kept = document.core_properties
    head = "\n".join(block.text for block in built.blocks)[:_HEAD]
    if not title and built.blocks and built.blocks[0].kind == "heading":
        title = built.blocks[0].text
    return built.finish(
        title=title or kept.title,
        authors=None if kept.author == "python-docx" else kept.author,
        doi=doi_in(head),
        year=year_in(head),
        licence=licence_in(head),
        language=(kept.language or "")[:2].lower(),
    )


def _check(file: BinaryIO) -> None:
    """Refuse a zip by what its directory declares, before anything is unpacked."""
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except _BROKEN as error:
        raise Refused(Problem(WHOLE, f"a damaged file ({excerpt(str(error))})", _EXPECTED, _AGAIN)) from None
    unpacked, stored = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
    largest = max((p.file_size for p in parts if p.filename.endswith((".xml", ".rels"))), default=0)
    expected = f"at most {MAX_UNPACKED >> 20} MB, {MAX_XML >> 20} MB a part, {MAX_RATIO} times the packed size"
    if len(parts) > MAX_PARTS:
        found, expected = f"a zip of {len(parts):,} parts", f"at most {MAX_PARTS:,}"
    elif unpacked > MAX_UNPACKED or largest > MAX_XML or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * stored):
        found = f"a zip of {stored:,} octets that unpacks to {unpacked:,}"
    elif any(p.flag_bits & 1 for p in parts):
        found, expected = "a zip with a password", _EXPECTED
    else:
        return
    raise Refused(Problem(WHOLE, found, expected, _AGAIN))


def _opened(file: BinaryIO) -> Any:
    from docx import Document

    try:
        file.seek(0)
        return Document(file)
    except Exception as error:  # the parser raises almost anything for what a file can hold
        told = excerpt(str(error) or type(error).__name__)
        raise Refused(Problem(WHOLE, f"a document that cannot be read ({told})", _EXPECTED, _AGAIN)) from None


def _items(document: Any) -> Iterator[tuple[str, str]]:
    """Yield the words of a document in its order with their kinds: paragraphs, and tables a line a row."""
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield "\n".join(_rows(item)), "table"
            continue
        style = (item.style.name or "").lower() if item.style is not None else ""
        if style.startswith("heading"):
            kind = "heading"
        elif style in ("title", "caption"):
            kind = style
        elif style.startswith("list") or (item._p.pPr is not None and item._p.pPr.numPr is not None):
            kind = "list"
        else:
            kind = "paragraph"
        yield item.text, kind


def _rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen:  # a merged cell comes once for every column that it spans
                seen.add(id(cell._tc))
                cells.append(" ".join(cell.text.split()))
        if any(cells):
            yield " | ".join(cells)
