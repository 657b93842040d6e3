"""The traits by which a date that a text names is told to be of an event: not of a publication, nor a number.

What stands beside it, the line that it stands in, and what kind of date it is: "KIGALI, 14 May 2021 –" is when a news
item was put up, "in 2014 Togo" when something happened, "2000 nurses" no date at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from .when_mention import DateMention

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|\d+|\n+|[^\w\s]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d")
_STEM = 6  # letters of a word that are compared
_REACH, _NEAR, _BESIDE = 90, 6, 3  # characters on either side, words of these that count, those whose place counts
_SENTENCE = 250  # characters on either side within which a sentence is looked at
_LINE = 2000  # the same within which a line is
_BREAK = re.compile(r"\n")
_ENDED = re.compile(r"[.!?][”\"’)]?\s*\Z")
_LINES, _WORDS, _DATES, _GAPS = 4, 6, 3, 8  # the most lines above, fours of words, dates before, fives of years


class Dated:
    """A text with the dates that it may name, each to be asked whether it is of an event."""

    def __init__(self, text: str, named: Sequence[DateMention]) -> None:
        self._text, self._starts = text, [mention.start for mention in named]
        years = [int(year) for mention in named for year in _YEAR.findall(mention.named)]
        self._first, self._last = min(years, default=0), max(years, default=0)
        self._breaks = [m.start() for m in islice(_BREAK.finditer(text), _LINES)]

    def traits(self, mention: DateMention, way: str) -> set[str]:
        """Return the traits of a date, given the way in which it is told: by name, or by another beside it."""
        kind = _kind(mention)
        return {
            f"way={way}",
            f"kind={kind}",
            f"way={way}&kind={kind}",
            *self._of_words(mention, kind),
            *self._of_line(mention, kind),
            *self._of_others(mention),
        }

    def _of_words(self, mention: DateMention, kind: str) -> Iterator[str]:
        """Yield what stands beside a date and in its sentence."""
        text, start, end = self._text, mention.start, mention.end
        before = [_plain(t) for t in _TOKEN.findall(text, max(0, start - _REACH), start)][: -_NEAR - 1 : -1]
        after = [_plain(t) for t in _TOKEN.findall(text, end, end + _REACH)][:_NEAR]
        before += ["^"] * (_BESIDE - len(before))
        after += ["$"] * (_BESIDE - len(after))
        low_before, low_after = [_low(t) for t in before], [_low(t) for t in after]
        for side, words, low in (("b", before, low_before), ("a", after, low_after)):
            for n in range(_BESIDE):
                yield f"{side}{n}={low[n]}"
                yield f"{side}{n} is {_sort(words[n])}"
            yield f"{side}01={low[0]} {low[1]}"
            yield f"{side}0={low[0]}&kind={kind}"
            yield from (f"{side}={word}" for word in low)
        counts, is_round = after[0].islower() and after[0][3:].endswith("s"), mention.named.endswith(("00", "50"))
        if counts or is_round:  # "2000 nurses", "1950 kits"
            yield f"counts={counts}, round={is_round}, kind={kind}"
            yield f"counts={counts}, kind={kind}, b0={low_before[0]}"
        yield f"b12={low_before[1]} {low_before[2]}"
        yield f"ba={low_before[0]} {low_after[0]}"
        yield f"b are {' '.join(map(_sort, before[:_BESIDE]))}"
        yield f"ba are {_sort(before[0])} {_sort(after[0])}&kind={kind}"
        yield from (f"said={word[:_STEM].lower()}" for word in _WORD.findall(mention.said))
        floor = max(start - _SENTENCE, 0)
        first = max(text.rfind(". ", floor, start), text.rfind("\n", floor, start), floor - 1) + 1
        last = text.find(". ", end, end + _SENTENCE)
        yield from (f"S={w[:_STEM].lower()}" for w in _WORD.findall(text, first, last if last > 0 else end + _SENTENCE))

    def _of_line(self, mention: DateMention, kind: str) -> Iterator[str]:
        """Yield what the line is that a date stands in: a title, a heading, a paragraph."""
        text = self._text
        floor, ceiling = max(mention.start - _LINE, 0), mention.end + _LINE
        first = max(text.rfind("\n", floor, mention.start) + 1, floor)
        last = text.find("\n", mention.end, ceiling)
        line = text[first : last if last > 0 else ceiling]
        words, above = min(len(line.split()) // 4, _WORDS), bisect_left(self._breaks, first)
        yield f"words={words}"
        yield f"words={words}&kind={kind}"
        yield f"above={above}"
        yield f"above={above}&words={words}&kind={kind}"
        yield "opens" if mention.start == first else "closes" if mention.end >= first + len(line) - 1 else "within"
        yield "a sentence ends" if _ENDED.search(line) else "no sentence ends"
        yield f"in brackets={text.rfind('(', first, mention.start) > text.rfind(')', first, mention.start)}"

    def _of_others(self, mention: DateMention) -> Iterator[str]:
        """Yield how a date stands among the others of its text."""
        before = bisect_left(self._starts, mention.start)
        yield f"dates before={min(before, _DATES)}"
        yield f"first={before == 0}, last={before >= len(self._starts) - 1}"
        if year := _YEAR.search(mention.named):
            at = int(year.group())
            yield f"decade={at // 10}"
            yield f"latest={at >= self._last}"
            yield f"earliest={at <= self._first}"
            yield f"older by={min((self._last - at) // 5, _GAPS)}"


def _kind(mention: DateMention) -> str:
    """Return what a date is: a day, a month, a year, a decade, a span."""
    if mention.spell:
        return "spell"
    if re.fullmatch(r"[\d-]+", mention.named):
        return {4: "year", 7: "month", 10: "day"}.get(len(mention.named), "other")
    return "other"


def _plain(token: str) -> str:
    """Return a token as traits have it: a number by its length, line breaks as one."""
    if token[0] == "\n":
        return "¶"
    if token.isdigit():
        return "Y" if len(token) == 4 and token[0] in "12" else "9" * min(len(token), 3)
    return token


def _low(token: str) -> str:
    return token.lower()[:_STEM] if token[0].isalpha() else token


def _sort(token: str) -> str:
    """Return how a word has its capitals; a number or mark itself."""
    if not token.isalpha():
        return token
    return "Ab" if token[0].isupper() and token[1:].islower() else "AB" if token.isupper() else "ab"
