"""What every picture is drawn with: SVG 1.1 written by hand, its head and foot, colours, and how wide a text is.

Pictures hold nothing from outside and no script; every text is escaped. Colours are those of Okabe and Ito (2008,
"Color Universal Design") and shades of one blue, and nothing is told by colour alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from .cells import json_text, xml_text
from .content import Row

WIDE = 1200
MARGIN = 24
INK, FAINT, RULE, LAND, SEA = "#1a1a1a", "#595959", "#d0d0d0", "#e4e1da", "#f5f8fa"
ORIGIN = "#d55e00"  # vermilion
SHADES = ("#08418c", "#2f7fbf", "#79b4dd", "#c3dcef")  # the earliest is the darkest
#: How a transfer is drawn, by its basis.
DASHES = {
    "stated": 'stroke="#1a1a1a"',
    "inferred": 'stroke="#1a1a1a" stroke-dasharray="7 4"',
    "assumed": 'stroke="#4d4d4d" stroke-dasharray="0.1 4.5" stroke-linecap="round"',
}
#: What a basis means.
MEANING = {
    "stated": "a report names the source",
    "inferred": "an exchange or shared partner explains it",
    "assumed": "only the origin is known",
}
# Families that are on most computers; the program that draws takes the first that it has.
FONTS = "Noto Sans, DejaVu Sans, Liberation Sans, Helvetica, Arial, sans-serif"


def number(value: float) -> str:
    """Return a coordinate to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is drawn; rather too much, for fonts differ."""
    return size * sum(map(_em, text))


def _em(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if char in "iljtfrI.,:;'|!()[] ":
        return 0.38
    if unicodedata.east_asian_width(char) in "WF" or char in "mwMW@%—":
        return 1.0
    return 0.7 if char.isupper() or char.isdigit() else 0.62


def fitted(text: str, size: float, room: float) -> str:
    """Return a text on one line, cut with an ellipsis where it would be wider than its room."""
    line = " ".join(text[:400].split())
    if len(text) <= 400 and text_width(line, size) <= room:
        return line
    while line and text_width(line, size) > room - size:
        line = line[:-1]
    return line.rstrip(" ,;:") + "…"


def text(
    x: float,
    y: float,
    said: str,
    size: float = 12,
    *,
    fill: str = INK,
    anchor: str = "start",
    bold: bool = False,
    halo: bool = False,
) -> str:
    """Return a line of text at a point; `halo` keeps it legible on a map."""
    weight = ' font-weight="bold"' if bold else ""
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    around = ' stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}"{at}{weight}{around}>'
        f"{xml_text(said)}</text>\n"
    )


def star(x: float, y: float, r: float, *, contested: bool) -> str:
    """Return the star of an origin, hollow where reports disagree on it."""
    steps = (
        (0, -1), (0.24, -0.32), (0.95, -0.31), (0.38, 0.12), (0.59, 0.81),
        (0, 0.4), (-0.59, 0.81), (-0.38, 0.12), (-0.95, -0.31), (-0.24, -0.32),
    )  # fmt: skip
    points = " ".join(f"{number(x + dx * r)},{number(y + dy * r)}" for dx, dy in steps)
    fill = "#ffffff" if contested else ORIGIN
    return (
        f'<polygon points="{points}" fill="{fill}" stroke="{ORIGIN if contested else "#ffffff"}" stroke-width="1.5"/>'
    )


def arrow_head(x: float, y: float, dx: float, dy: float, size: float = 7) -> str:
    """Return an arrow's head whose tip is at a point; (dx, dy) is the direction, of length one."""
    bx, by = x - dx * size, y - dy * size
    half = size * 0.45
    ends = ((x, y), (bx - dy * half, by + dx * half), (bx + dy * half, by - dx * half))
    return f'<polygon points="{" ".join(f"{number(a)},{number(b)}" for a, b in ends)}" fill="{INK}"/>'


def wrapped(said: str, size: float, room: float) -> list[str]:
    """Return a text as lines that fit their room, broken at spaces."""
    lines = [""]
    for word in said.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > room:
            lines.append(fitted(word, size, room))
        else:
            lines[-1] = longer if lines[-1] else fitted(word, size, room)
    return lines


def footer(y: float, notes: Iterable[str], about: Row) -> tuple[str, float]:
    """Return the lines at the foot of a picture, and where they end: what is not shown, filters, digest, outlines."""
    said = [*notes, filters_in_words(about), f"Digest of the rows: {about['digest']}"]
    found = []
    for line in (line for note in said for line in wrapped(note, 11.5, WIDE - 2 * MARGIN)):
        found.append(text(MARGIN, y, line, 11.5, fill=FAINT))
        y += 17
    return "".join(found), y


def filters_in_words(about: Row) -> str:
    """Return which claims and which times an export holds, in a sentence."""
    parts = []
    for name, value in about["filters"].items():
        if value is True:
            parts.append(f"{name} included")
        elif value and name != "innovation":
            parts.append(f"{name.replace('_', ' ')} {', '.join(value) if isinstance(value, list) else value}")
    return f"Filters: {'; '.join(parts)}."


def document(inside: str, high: float, title: str, desc: str, about: Row, *, part: str = "") -> str:
    """Return a whole picture. `part` prefixes its ids and leaves out the metadata, where it stands inside a page."""
    standing = "" if part else f"<metadata>{xml_text(json_text(about))}</metadata>\n"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {number(high)}" width="{WIDE}" '
        f'height="{number(high)}" role="img" aria-labelledby="{part}title {part}desc" font-family="{FONTS}">\n'
        f'<title id="{part}title">{xml_text(title)}</title>\n<desc id="{part}desc">{xml_text(desc)}</desc>\n{standing}'
        f'<rect width="{WIDE}" height="{number(high)}" fill="#ffffff"/>\n{inside}</svg>\n'
    )


def heading(title: str, below: str) -> str:
    """Return the two lines at the top of a picture."""
    room = WIDE - 2 * MARGIN
    return text(MARGIN, 40, fitted(title, 22, room), 22, bold=True) + text(
        MARGIN, 63, fitted(below, 13.5, room), 13.5, fill=FAINT
    )


def span_in_words(earliest: str | date | None, latest: str | date | None) -> str:
    """Return when something began, in words, from the first and last day that it can have been.

    >>> span_in_words("1990-01-01", "1999-12-31"), span_in_words(None, "1996-12-31"), span_in_words(None, None)
    ('1990s', 'by 1996', 'not stated')
    """
    first, last = (str(day) if day else None for day in (earliest, latest))
    if first and last:
        if first == last:
            return first
        begins, ends = first[:4], last[:4]
        if first[:7] == last[:7]:
            return first[:7]
        if begins == ends:
            return begins
        if begins[:3] == ends[:3] and (begins[3], ends[3]) == ("0", "9"):
            return f"{begins}s"
        return f"{begins}–{ends}"
    if last:
        return f"by {last[:4]}"
    return f"{first[:4]} or later" if first else "not stated"


def counted(n: int, one: str, many: str | None = None) -> str:
    """Return a number with its word in the singular or plural.

    >>> counted(1, "country", "countries"), counted(2, "transfer")
    ('1 country', '2 transfers')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"
