"""Sentences of a text at their places, and the clauses of a sentence."""

from __future__ import annotations

import re

_END = re.compile(
    r"(?=\s)(?:(?:(?<=[.!?…])|(?<=[.!?…][”\"’')\]])|(?<=[.!?]\d)|(?<=[.!?]\d\d)|(?<=\.\d,\d\d))[ \t]*(?:\n(?!\n)[ \t]*|[ \t]+)(?=[“\"‘'(\[]?[A-ZÀ-ÖØ-Þ0-9¿¡•])|(?<!\s)\s*\n\s*\n\s*|\n(?=\s*(?:[-•*–]|\d{1,2}[.)])\s)|\n(?=[A-Z][\w ’'/()-]{2,40}:\s))"
)
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


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end, white space left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for m in _END.finditer(text):
        if _ABBREVIATED.search(text, max(start, m.start() - 8), m.start()) and "\n\n" not in m.group():
            continue
        _keep(text, start, m.start(), spans)
        start = m.end()
    _keep(text, start, len(text), spans)
    return spans


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
