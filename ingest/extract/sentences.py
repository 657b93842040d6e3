"""Sentences of a text at their places, and the clauses of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: The number or letter of an item of a list, in brackets or before one.
ITEM = r"(?:\d{1,2}|[ivx]{1,4}|[a-h])"
_END = re.compile(
    r"(?=\s)(?:(?:(?<=[.!?…])|(?<=[.!?…][”\"’')\]])|(?<=[.!?]\d)|(?<=[.!?]\d\d)|(?<=\.\d,\d\d))[ \t]*(?:\n(?!\n)[ \t]*|[ \t]+)(?=[“\"‘'(\[]?[A-ZÀ-ÖØ-Þ0-9¿¡•]|\("
    + ITEM
    + r"\)\s)|(?<!\s)\s*\n\s*\n\s*|\n(?=\s*(?:[-•*–]|\(?"
    + ITEM
    + r"[.)])\s)|\n(?=[A-Z][\w ’'/()-]{2,40}:\s)|(?P<line>\n)(?=[“\"‘'(\[]?[A-ZÀ-ÖØ-Þ0-9¿¡]))"
)
_NUMBER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})?|[IVX]{1,4}|[A-Ha-h])[.)]?")  # of an item or a heading, no sentence
#: What a line ends with that goes on in the next.
_OPEN = re.compile(r"(?:[,;&/–—-]|\b(?:[a-z]{1,3}|from|with|that|this|their|which))$")
_SHORT = 50  # letters of a line that is a heading even where the next is no longer
_ABBREVIATED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|Ste|No|Nos|vs|etc|al|approx|ca|cf|e\.g|i\.e|Fig|Figs|Vol|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|dept|Gov|Rev|Hon)\.|\b[A-Z]\.)$"
)
_CLAUSE = re.compile(
    r"\s*(?:;|—|–\s|:\s|,?\s+\b(?:but|although|though|however|whereas|while|yet|despite|because|so that|which has|mais|pero|mas)\b)\s*",
    re.IGNORECASE,
)


def lowered(text: str) -> str:
    """Return a text in small letters, each in its place: long lists of cues match these in a third of the time.

    A pattern that ignores case cannot pass over those of its words that begin with another letter.
    """
    return text.replace("İ", "i").lower()  # the one letter whose small form is two


def has_any(text: str, letters: Iterable[str]) -> bool:
    """Say whether a text has one of several runs of letters."""
    return any(map(text.__contains__, letters))


@dataclass(frozen=True, slots=True)
class Cues:
    """A pattern over small letters, and letters of which each of its matches has some: to look for them is sooner."""

    letters: tuple[str, ...]
    pattern: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match of the pattern in a text put in small letters."""
        low = lowered(text)
        return self.pattern.search(low) if has_any(low, self.letters) else None


def cues(letters: str, pattern: str) -> Cues:
    """Return the cues of a pattern and of the letters that it needs, parted by bars: "learn|taught"."""
    return Cues(tuple(letters.split("|")), re.compile(pattern))


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end, white space left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for m in _END.finditer(text):
        if "\n\n" not in m.group() and (
            _ABBREVIATED.search(text, max(start, m.start() - 8), m.start())
            or _NUMBER.fullmatch(text, start, m.start())
            or (m["line"] and not _is_heading(text, start, m.start()))
        ):
            continue
        _keep(text, start, m.start(), spans)
        start = m.end()
    _keep(text, start, len(text), spans)
    return spans


def _is_heading(text: str, start: int, end: int) -> bool:
    """Say whether a part that ends with its line is a heading, not the first line of a wrapped paragraph.

    A paragraph is wrapped where the next word has no room; a heading ends sooner than the line below it.
    """
    line = text[start:end]
    if "\n" in line or text[max(0, start - 1) : start].strip() or _OPEN.search(line):
        return False
    below = text[end + 1 : end + 1 + 4 * _SHORT].split("\n", 1)[0]
    return len(line) <= _SHORT or len(line) + 1 + len(below.split(" ", 1)[0]) < len(below)


def clause_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the clauses of a sentence, for what is said of one and not of another."""
    spans: list[tuple[int, int]] = []
    at = start
    for m in _CLAUSE.finditer(text, start, end):
        if m.start() > at:
            spans.append((at, m.start()))
        at = m.start() + (len(m.group()) - len(m.group().lstrip(" ,;:—–")))
    if at < end:
        spans.append((at, end))
    return spans


def _keep(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))
