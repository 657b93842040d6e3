"""The lines of a PDF's pages with where they stand, as PDFium finds them.

PDFium gives a page's text in the order in which it was drawn, line by line, which in reports is the order of reading,
also in columns. Two calls a line tell where it begins and ends: a call for every character would cost ten times more.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double
from typing import Any, NamedTuple

JOIN = "\ufffe"  # PDFium's mark where a word was hyphenated at the end of a line that it joined with the next
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_LEAST_GAP = 1.5  # times the size of the type: a gap between columns; words stand a quarter of it apart
_SAMPLE = 5  # lines of a page that are looked at first


class Line(NamedTuple):
    """One line of type, in points from the left and the bottom of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float


class Page(NamedTuple):
    """A page: its number from one, its size in points, its lines in the order of reading."""

    number: int
    width: float
    height: float
    lines: list[Line]
    pictures: bool  # whether it shows pictures: a page without a word that does was scanned


def pages_of(document: Any) -> Iterator[Page]:
    """Yield the pages of an open document, one in memory at a time."""
    import pypdfium2.raw as raw

    for number in range(len(document)):
        page = document[number]
        try:
            width, height = page.get_size()
            words = page.get_textpage()
            try:
                lines = _lines(words, raw, width)
            finally:
                words.close()
            pictures = not lines and any(True for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        finally:
            page.close()
        yield Page(number + 1, width, height, lines, pictures)


def _lines(words: Any, raw: Any, width: float) -> list[Line]:
    text = words.get_text_range()
    box = raw.FS_RECTF()
    at_char, loose, handle, to_box = (
        raw.FPDFText_GetCharIndexFromTextIndex,
        raw.FPDFText_GetLooseCharBox,
        words.raw,
        byref(box),
    )
    found: list[Line] = []
    spans: list[tuple[int, int]] = []
    at = 0
    same = words.count_chars() == len(text)  # then a character's number in the text is its number on the page
    beyond = not same and any(char > "\uffff" for char in text)  # characters that PDFium counts as two (UTF-16)
    joins = any(char in text for char in _LIGATURES)
    for line in text.split("\r\n"):
        length = len(line.encode("utf-16-le", "surrogatepass")) // 2 if beyond else len(line)
        stripped = line.strip()
        begin, end = at, at + len(line.rstrip()) - len(line) + length
        at += length + 2
        if not stripped:
            continue
        first, last = (begin, end - 1) if same else (max(at_char(handle, begin), 0), at_char(handle, end - 1))
        loose(handle, first, to_box)
        left, base, top = box.left, box.bottom, box.top
        if last > first:
            loose(handle, last, to_box)
        if joins:
            for char, plain in _LIGATURES.items():
                stripped = stripped.replace(char, plain)
        found.append(Line(stripped, left, box.right, base, abs(top - base)))
        spans.append((first, last))
    return _columns(words, raw, found, spans, width)


def _columns(words: Any, raw: Any, lines: list[Line], spans: list[tuple[int, int]], width: float) -> list[Line]:
    """Part lines that run across two columns, which happens where a program drew both line by line."""
    wide = [n for n, line in enumerate(lines) if line.right - line.left > 0.6 * width and spans[n][1] > spans[n][0]]
    sample = wide[:: len(wide) // _SAMPLE + 1]
    if len(wide) < 4 or sum(_gap(raw, words, lines[n], spans[n]) is not None for n in sample) * 3 < 2 * len(sample):
        return lines
    ordered: list[Line] = []
    other: list[Line] = []
    for line, span in zip(lines, spans, strict=True):
        gap = _gap(raw, words, line, span) if line.right - line.left > 0.4 * width else None
        if gap is None:
            if line.left > 0.5 * width:
                other.append(line)
                continue
            if line.right - line.left > 0.6 * width:  # a line across the page: what stands above it comes first
                ordered += other
                other = []
            ordered.append(line)
            continue
        begin, end = gap
        ordered.append(
            line._replace(
                text=words.get_text_bounded(0, line.base, begin + 1, line.base + line.size).strip(), right=begin
            )
        )
        other.append(
            line._replace(
                text=words.get_text_bounded(end - 1, line.base, width, line.base + line.size).strip(), left=end
            )
        )
    return [line for line in (*ordered, *other) if line.text]


def _gap(raw: Any, words: Any, line: Line, span: tuple[int, int]) -> tuple[float, float] | None:
    """Return where a line has a gap as wide as between columns; null if it has none, or several, as tables have."""
    count = raw.FPDFText_CountRects(words.raw, span[0], span[1] - span[0] + 1)
    if not 1 < count < 40:
        return None
    left, top, right, bottom = c_double(), c_double(), c_double(), c_double()
    edges = []
    for number in range(count):
        raw.FPDFText_GetRect(words.raw, number, left, top, right, bottom)
        edges.append((left.value, right.value))
    edges.sort()
    gaps, reach = [], edges[0][1]
    for begin, end in edges[1:]:
        if begin - reach > _LEAST_GAP * max(line.size, 4):
            gaps.append((reach, begin))
        reach = max(reach, end)
    return gaps[0] if len(gaps) == 1 else None
