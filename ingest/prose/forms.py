"""Which kind of prose a file holds, by what is in it, else by its ending; and how to read it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from ..reading import Problem
from ..table_batch import WHOLE
from .blocks import Prose, Refused

#: Endings of files that are read as prose. JATS has one in common with IATI, and is told by its root element.
ENDINGS = frozenset({".pdf", ".docx", ".doc", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".nxml"})

#: What is called a table and is none is not prose for that: the readers of tables say what it is instead.
_TABLES = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".parquet"})
_PLAIN = frozenset({".txt", ".md", ".markdown"})
_WEB = frozenset({".html", ".htm", ".xhtml"})
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def form_of(path: Path) -> str | None:
    """Return `pdf`, `docx`, `doc`, `html`, `jats`, `markdown` or `text`; null for what is no prose."""
    if not path.is_file():
        return None
    ending = path.suffix.lower()
    if ending in _TABLES:
        return None
    with path.open("rb") as file:
        head = file.read(1024)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%PDF-" in head and (head.startswith(b"%PDF-") or ending not in _PLAIN):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if ending == ".docx" or _is_word(path) else None
    if head.startswith(_OLD_OFFICE) and ending in ENDINGS:
        return "doc"
    if start.startswith((b"<!doctype html", b"<html")) or ending in _WEB:
        return "html"
    if start.startswith(b"<"):
        from .jats import is_jats

        if is_jats(path) or ending == ".nxml":
            return "jats"
    if ending in _PLAIN:
        return "text" if ending == ".txt" else "markdown"
    return ending[1:] if ending in (".pdf", ".docx", ".doc") else "jats" if ending == ".nxml" else None


def _is_word(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return "word/document.xml" in packed.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return False


def parse(path: Path) -> Prose:
    """Read a file of prose into blocks.

    Raises Refused for one that cannot be read, or whose reader's package is not installed.
    """
    form = form_of(path)
    if form == "doc":
        hint = "open it in a word processor, save it as .docx or PDF, and ingest that"
        raise Refused(Problem(WHOLE, "an old Word document (.doc, before 2007)", "a .docx, PDF or text file", hint))
    try:
        prose = _reader(form)(path)
    except ModuleNotFoundError as error:
        package = {"docx": "python-docx"}.get(error.name or "", error.name or "a package")
        found = f"a file whose reader needs {package}, which is not installed"
        hint = "run: pip install 'southerly[prose]'"
        raise Refused(Problem(WHOLE, found, "the extra `prose`", hint)) from None
    if not prose.blocks:
        aside = ", ".join(f"{count:,} {reason}" for reason, count in prose.account.dropped.items())
        found = "no words" if not aside else f"no words but what is set aside: {aside}"
        raise Refused(Problem(WHOLE, found, "a report of prose", "check that it is the right file, and whole"))
    return prose


def _reader(form: str | None) -> Callable[[Path], Prose]:
    if form == "pdf":
        from .pdf import read_pdf

        return read_pdf
    if form == "docx":
        from .docx import read_docx

        return read_docx
    if form == "html":
        from .html import read_html

        return read_html
    if form == "jats":
        from .jats import read_jats

        return read_jats
    from .text import read_markdown, read_text

    return read_markdown if form == "markdown" else read_text
