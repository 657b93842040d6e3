"""PDF reports: lines into paragraphs, across columns and pages; headers, footers and references are set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from ..reading import Problem
from ..table_batch import WHOLE, excerpt
from .blocks import Builder, Prose, Refused
from .hyphens import Hyphens
from .known import doi_in, licence_in, year_in
from .pdf_lines import JOIN, Line, Page, pages_of
from .pdf_paragraphs import Paragraph, joined, paragraphs
from .sections import closes_references, is_reference, opens_references

MAX_PAGES = 5_000
_HEAD = 8_000  # characters in which a report tells of itself
_MARGIN = 0.1  # of the height of a page, above and below, where headers and footers stand
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?:page |p\. ?|seite )?[-–|\s]*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|de|sur)\s*\d{1,4})?[-–|\s]*", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r".*\.(?:dvi|docx?|pdf|indd|qxd|tex|rtf|pptx?|xlsx?)|microsoft word.*|untitled.*|slide \d+|powerpoint.*",
    re.IGNORECASE,
)
_RUBRIC = re.compile(
    r"(?:research|original|review|clinical|short)?\s*(?:article|paper|study|report|communication)s?"
    r"|open access|(?:study|trial) protocol",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|full list of author information", re.IGNORECASE)
_CAPTION = re.compile(r"(?:fig(?:ure)?\.?|table|box|tableau|tabla|cuadro|figura|tabela|quadro)\s+\d+", re.IGNORECASE)
_NARROW = 40.0  # points: no line of text across a page or column is
_LONG = 15  # characters: what is shorter may stand in a longer line by chance
_EXPECTED = "a PDF with a text layer"


def read_pdf(path: Path) -> Prose:
    """Read a PDF. Raises Refused for what is encrypted, damaged, scanned or too long."""
    with _opened(path) as document:
        pages = list(pages_of(document))
        title = document.get_metadata_value("Title")
    _check_words(pages)
    head = "\n".join(line.text for page in pages[:2] for line in page.lines)[:_HEAD]
    built = Builder(pages=len(pages))
    _drop_margins(pages, built)
    words = Hyphens(line.text for page in pages for line in page.lines)
    whole = joined([paragraphs(page) for page in pages])
    usual = median([p.size for p in whole for _ in range(len(p.text) // 40 + 1)]) if whole else 0.0
    named = _title(title, whole, usual)
    within = False
    for part in whole:
        text = words.mended(part.text)
        kind = _kind(part, text, usual)
        if opens_references(text):
            within = True
        elif within and closes_references(text):
            within = False
        if within or is_reference(text):
            built.drop("references")
        elif part.first <= 2 and len(text) < 600 and _ADDRESS.search(text):
            built.drop("affiliations")
        else:
            if named and kind == "heading" and part.first <= 2 and text in named:
                kind = "title"
            page = f"page={part.first}" if part.first == part.last else f"page={part.first}-{part.last}"
            built.add(text, kind, page, part.first)
    return built.finish(title=named, doi=doi_in(head), year=year_in(head), licence=licence_in(head))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused(_closed(path, str(error))) from None
    try:
        if len(document) > MAX_PAGES:
            found = f"a PDF of {len(document):,} pages"
            raise Refused(Problem(WHOLE, found, f"at most {MAX_PAGES:,}", "split it into the reports that it is of"))
        if len(document) == 0:
            raise Refused(Problem(WHOLE, "a PDF without pages", _EXPECTED, "export or download it again"))
        yield document
    except pypdfium2.PdfiumError as error:
        found = f"a PDF that is damaged inside ({excerpt(str(error))})"
        raise Refused(Problem(WHOLE, found, "a whole PDF", "download or export it again")) from None
    finally:
        document.close()


def _closed(path: Path, error: str) -> Problem:
    if "password" in error.lower() or "security" in error.lower():
        found, hint = "an encrypted PDF, which asks for a password", "save a copy without the password, and ingest that"
        return Problem(WHOLE, found, "a PDF that opens without one", hint)
    with path.open("rb") as file:
        marked = b"%PDF-" in file.read(1024)
    found = "a PDF that is damaged or cut off" if marked else "a file that is no PDF, whatever its name says"
    return Problem(WHOLE, f"{found} ({excerpt(error)})", "a whole PDF", "download or export it again")


def _check_words(pages: list[Page]) -> None:
    if any(page.lines for page in pages):
        return
    if any(page.pictures for page in pages):
        found = f"{len(pages):,} pages that are pictures, without a text layer: a scan"
        hint = "run text recognition (OCR) over it first, for instance with OCRmyPDF"
    else:
        found, hint = f"{len(pages):,} pages without a word", "check that it is the right file"
    raise Refused(Problem(WHOLE, found, _EXPECTED, hint))


def _drop_margins(pages: list[Page], built: Builder) -> None:
    """Take away what stands in the margin of most pages, numbers of pages, and stamps that run up the side."""
    margins = [[(line, _key(line.text)) for line in _in_margin(page)] for page in pages]
    seen = Counter(key for margin in margins for key in {key for _, key in margin})
    repeated = {key for key, count in seen.items() if count >= max(2, len(pages) / 2)}
    longer = [key for key in repeated if len(key) > _LONG]
    for page, margin in zip(pages, margins, strict=True):
        away = {
            id(line)
            for line, key in margin
            if key in repeated
            or _NUMBER.fullmatch(line.text)
            or (len(key) > _LONG and any(key in other or other in key for other in longer))
        }
        # Asked of narrow lines alone: most are not, and a call for each would cost as much as to find the paragraphs.
        stamps = {id(line) for line in page.lines if line.right - line.left < _NARROW and _is_stamp(line)} - away
        built.drop("headers and footers", len(away))
        built.drop("stamps along the margin", len(stamps))
        page.lines[:] = [line for line in page.lines if id(line) not in away | stamps]


def _in_margin(page: Page) -> list[Line]:
    low, high = _MARGIN * page.height, (1 - _MARGIN) * page.height
    return [line for line in page.lines if line.base < low or line.base > high]


def _key(text: str) -> str:
    """Return what a header is on every page: its words, the numbers left out."""
    return " ".join(_DIGITS.sub("#", text).split()).casefold()


def _is_stamp(line: Line) -> bool:
    """Say whether a line runs up the page: far more words than its width could hold."""
    upright = JOIN in line.text or line.right - line.left >= min(_NARROW, 1.2 * len(line.text))
    return len(line.text) > 20 and not upright


def _title(said: str, whole: list[Paragraph], usual: float) -> str | None:
    """Return the title of a report: the largest type on its first page, else what the file says of itself."""
    said = " ".join(said.split())
    if len(said.split()) > 2 and not _NO_TITLE.fullmatch(said):
        first = " ".join(" ".join(p.text.split()) for p in whole[:30] if p.first <= 2)
        if said.casefold()[:40] in first.casefold():
            return said
    front = [
        p for p in whole[:30] if p.first == 1 and any(c.isalpha() for c in p.text) and not _RUBRIC.fullmatch(p.text)
    ]
    if not front:
        return said or None
    largest = max(p.size for p in front)
    words = " ".join(p.text for p in front if p.size > 0.93 * largest)
    return words if largest > 1.1 * usual and 3 <= len(words.split()) <= 40 and words[-1] != "." else None


def _kind(part: Paragraph, text: str, usual: float) -> str:
    """Return what a paragraph is, by its words and by the size of its type beside the usual one."""
    if part.bullet:
        return "list"
    if _CAPTION.match(text):
        return "caption"
    short = (
        len(text) < 120 and part.lines <= 3 and text[-1:] not in ".,;:!?" and (text[:1].isupper() or text[:1].isdigit())
    )
    if (
        short
        and any(c.isalpha() for c in text)
        and (part.size > 1.08 * usual or (part.lines == 1 and part.alone and len(text.split()) <= 10))
    ):
        return "heading"
    return "paragraph"
