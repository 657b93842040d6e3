"""Lines of a page into paragraphs, by the space between them, their indents and how they end; and across pages."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from statistics import median

from .pdf_lines import JOIN, Line, Page

_BULLET = re.compile(r"[•●▪■◦○–‣❖➢✓*\uf0b7]\s*(?=\S)|(?:\(?\d{1,2}[.)]|\(?[a-z]\)|[a-z]\.|\([ivx]+\))\s+(?=\S)")
_ENDS = '.!?:;”"…'
_BESIDE = 4  # lines of a page's end and of the next one's beginning among which a paragraph may go on


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines that belong together: from page `first` to `last`."""

    text: str
    first: int
    last: int
    size: float
    lines: int
    bullet: bool
    alone: bool  # whether there is space above it


def paragraphs(page: Page) -> list[Paragraph]:
    """Return the paragraphs of a page in the order of its lines."""
    lines = page.lines
    if not lines:
        return []
    steps = [a.base - b.base for a, b in itertools.pairwise(lines)]
    usual = [s for s in steps if 2 < s < 40]
    leading = median(usual) if usual else 12.0
    rights: dict[int, float] = {}
    for line in lines:
        bucket = int(line.left // 30)
        if line.right > rights.get(bucket, 0.0):
            rights[bucket] = line.right
    found: list[Paragraph] = []
    held = [lines[0]]
    body: float | None = None  # the left edge of the paragraph, its first line apart
    alone = True
    for line, step in zip(lines[1:], steps, strict=True):
        last = held[-1]
        # Most lines go on in small letters right below; asked first, since all else costs more.
        plain = 0.5 * line.size < step < 1.3 * leading and abs(line.size - last.size) < 0.5 and line.text[:2].islower()
        if plain or _goes_on(held, line, step, leading, rights, body):
            held.append(line)
            body = line.left if body is None else min(body, line.left)
        else:
            found.append(_paragraph(held, page.number, alone=alone))
            alone = step > 1.3 * leading * (1 + last.text.count(JOIN)) or step < 0
            held, body = [line], None
    found.append(_paragraph(held, page.number, alone=alone))
    return found


def joined(pages: list[list[Paragraph]]) -> list[Paragraph]:
    """Return the paragraphs of all pages, those that run over the end of a page made one."""
    whole: list[Paragraph] = []
    for page in pages:
        page = list(page)
        pair = _open_pair(whole, page)
        if pair:
            at, then = pair
            rest = page.pop(then)
            before = whole[at]
            whole[at] = replace(
                before, text=_put(before.text, rest.text), last=rest.last, lines=before.lines + rest.lines
            )
        whole += page
    return whole


def _open_pair(whole: list[Paragraph], page: list[Paragraph]) -> tuple[int, int] | None:
    """Return which paragraph breaks off at the end of a page, and which goes on with it on the next."""
    if not whole or not page:
        return None
    number = whole[-1].last
    for at in range(len(whole) - 1, max(-1, len(whole) - 1 - _BESIDE), -1):
        before = whole[at]
        if before.last != number or len(before.text) < 40 or not _is_open(before.text):
            continue
        for then, after in enumerate(page[:_BESIDE]):
            alike = not after.bullet and abs(after.size - before.size) < 0.15 * before.size
            lines = min(before.lines, after.lines) if then == 0 else 1
            if alike and _runs_on(before.text, after.text, lines=lines):
                return at, then
    return None


def _goes_on(
    held: list[Line], line: Line, step: float, leading: float, rights: dict[int, float], body: float | None
) -> bool:
    """Say whether a line belongs to the paragraph that is open."""
    last = held[-1]
    if abs(step) < 0.5 * last.size:
        return line.left > last.left - 2  # on the same line: what was drawn apart, such as a superscript
    if abs(line.size - last.size) > 0.15 * max(last.size, 1.0):
        return False
    expected = max(leading, 1.2 * line.size) * (1 + last.text.count(JOIN))
    if step < 0 or step > 4 * expected:  # another column
        return _runs_on(last.text, line.text, lines=len(held))
    if step > 1.35 * expected or _is_item(line.text):
        return False
    ended = last.text[-1] in _ENDS
    bucket = int(last.left // 30)
    right = max(rights.get(bucket, 0.0), rights.get(bucket - 1, 0.0))
    full = last.right > right - 0.12 * (right - last.left)
    if body is not None and line.left > body + 0.6 * line.size and (ended or not full):
        return False
    if len(held) == 1 and line.left > last.left + 0.6 * line.size and not _BULLET.match(last.text) and ended:
        return False
    return full or not (ended or line.text[0].isupper() or line.text[0].isdigit())


def _is_item(text: str) -> bool:
    """Say whether a line begins an item of a list; most lines begin with a word, which costs next to nothing."""
    return (not text[0].isalpha() or text[1:2] in (".", ")")) and _BULLET.match(text) is not None


def _runs_on(text: str, rest: str, *, lines: int) -> bool:
    """Say whether a paragraph of some lines that breaks off goes on elsewhere: in small letters, or in mid-sentence."""
    if text[-1] in _ENDS:
        return False
    return rest[0].islower() or text[-1] == JOIN or (lines > 1 and (text[-1].islower() or text[-1] == ","))


def _is_open(text: str) -> bool:
    return text[-1] not in _ENDS


def _put(text: str, line: str) -> str:
    """Return a text with the next line behind it; a hyphen at its end is marked, to be decided on later."""
    if text.endswith(JOIN):
        return text + line
    if text[-1] in "-‐\u00ad" and text[-2:-1].isalpha() and line[0].islower():
        return text[:-1] + JOIN + line
    return f"{text} {line}"


def _paragraph(held: list[Line], page: int, *, alone: bool) -> Paragraph:
    text = held[0].text
    for line in held[1:]:
        text = _put(text, line.text)
    bullet = _BULLET.match(text)
    marked = bullet is not None and not (
        len(held) == 1 and text[0].isdigit() and len(text) < 80 and text[-1] not in _ENDS
    )
    if marked and bullet and not text[0].isalnum() and text[0] != "(":
        text = text[bullet.end() :]
    return Paragraph(text, page, page, max(line.size for line in held[:2]), len(held), marked, alone)
