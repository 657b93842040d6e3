"""Dates that lean on another: "in May and again in November 2012", "two years later", "by 9 May".

A month or day without its year takes that of a date beside it, where the order of months leaves one year alone; what
could as well be another year names none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from ...graph.dates import ImpossibleDate, edtf_of_bounds, read_when
from .when_mention import DateMention
from .when_words import DAY, MONTH, plain_words

_IN_FOCUS = 320  # characters over which a date is still in focus
_DAYS = rf"{DAY}(?:\s*(?:of|de)\s+|\s+){MONTH}|{MONTH}\s+{DAY}(?![\d:%])"
_PREPOSITION = (
    r"(?:in|during|since|from|until|till|by|of|early|mid|late|throughout|and|again in|through|to|early in|late in|"
    r"en|em|depuis|desde|dès|de)"
)
_TO = r"(?:-|–|—|to|au|al|a|à)"
#: A day or month without a year. A month alone needs a preposition, for may is a verb and march a walk.
_YEARLESS = re.compile(
    rf"(?<![\w/.-])(?:(?P<span>(?:{DAY}(?:\s*(?:of|de)\s+|\s+){MONTH}|{DAY})\s*{_TO}\s*(?:{_DAYS})|{MONTH}\s+{DAY}\s*{_TO}\s*{DAY})"
    rf"|(?P<day>{_DAYS})|(?P<prep>{_PREPOSITION})[\s-]+(?P<month>{MONTH}))(?!\w)"
    r"(?!\s*,?\s*(?:of\s+|de\s+|do\s+)?(?:1[6-9]|20)\d\d)",
    re.IGNORECASE,
)
_SAME = r"(?:(?:the|this) same year|that (?:same )?year|la même année|del mismo año|do mesmo ano|ese (?:mismo )?año|nesse (?:mesmo )?ano)"
_NEXT = (
    r"(?:the (?:following|next) year|the year after|l['’]année suivante|(?:el|al) año siguiente|(?:o|no) ano seguinte)"
)
_LAST = r"(?:the (?:previous|preceding) year|the year before|a year earlier|l['’]année précédente|el año anterior|(?:o|no) ano anterior)"
_OF_YEAR = re.compile(rf",?\s(?:of\s|in\s|de\s)?(?:{_SAME}|(?P<next>{_NEXT})|(?P<last>{_LAST}))", re.IGNORECASE)
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4, "dois": 2, "três": 3,
}  # fmt: skip
_LATER = (
    rf"(?P<n>{'|'.join(_NUMBERS)}|\d\d?) (?P<unit>years?|months?|ans?|mois|años?|anos?|meses) "
    r"(?P<way>later|after that|afterwards|thereafter|on(?=,)|earlier|before that|plus tard|después|más tarde|depois|mais tarde)"
)
_RELATIVE = re.compile(rf"\b(?:(?P<same>{_SAME})|(?P<next>{_NEXT})|(?P<last>{_LAST})|{_LATER})(?!\w)", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:the first|earlier|before(?:hand)?|previous(?:ly)?|preceding|had (?:already |first )?\w+ed|had taken place|already)\b",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"en", "em", "depuis", "desde", "dès", "de"})  # languages that write months small
_JOINED = re.compile(r"[^.;\d]{0,40}?\b(?:and|then|again|to|y|et|e)\b[^.;\d]{0,20}[\d\s–-]*")
_STOP = re.compile(r"[.!?][”\"’')\]]?\s+(?=[A-ZÀ-Ý“\"‘'(])|\n\s*\n")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|St|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No|vs)\.$")
_HABITUAL = re.compile(r"\b(?:every|each|next|last|this|annual(?:ly)?|chaque|cada|todo)\s+(?:\w+ )?$", re.IGNORECASE)


def leaning(text: str, events: list[DateMention], named: list[DateMention]) -> list[DateMention]:
    """Return the dates that lean on those of `events`. `named`: every date with a year, also those of no event."""
    taken = sorted((m.start, m.end) for m in [*named, *events])
    found: list[DateMention] = []
    at = done = 0
    for m in sorted([*_YEARLESS.finditer(text), *_RELATIVE.finditer(text)], key=lambda m: (m.start(), -m.end())):
        while at < len(taken) and taken[at][1] <= m.start():
            at += 1
        if m.start() < done or (at < len(taken) and taken[at][0] < m.end()):
            continue
        near = _near(m.start(), m.end(), events, found)
        mention = _relative(text, m, near) if m.re is _RELATIVE else _with_year(text, m, near, events)
        if mention:
            found.append(mention)
            done = mention.end
    return found


@dataclass(frozen=True, slots=True)
class _Near:
    """The dates on either side of a place: the one before it, the last before it that is no bound, the one after."""

    before: DateMention | None
    last: DateMention | None
    after: DateMention | None


def _near(start: int, end: int, events: list[DateMention], found: list[DateMention]) -> _Near:
    split = bisect_right(events, start, key=lambda e: e.end)
    before = max([*events[max(0, split - 1) : split], *found[-1:]], key=lambda e: e.end, default=None)
    told = (e for e in chain(reversed(found), reversed(events[:split])) if e.latest and not e.edtf.startswith("[.."))
    last = max(islice(told, 2), key=lambda e: e.end, default=None)
    after = next((e for e in events[split : split + 3] if e.start >= end), None)
    return _Near(before, last, after)


def _relative(text: str, m: re.Match[str], near: _Near) -> DateMention | None:
    anchor = _focus(text, m.start(), near)
    if anchor is None or anchor.earliest is None or _one_year(anchor) is None:
        return None
    if m["same"] or m["next"] or m["last"]:
        return _year(text, m, anchor.earliest.year + (1 if m["next"] else -1 if m["last"] else 0))
    number = _NUMBERS.get(m["n"].lower()) or int(m["n"])
    step = -number if m["way"].lower() in {"earlier", "before that"} else number
    if m["unit"][0].lower() == "m":
        return _months_on(text, m, anchor, step)
    return _year(text, m, anchor.earliest.year + step)


def _year(text: str, m: re.Match[str], year: int) -> DateMention | None:
    return _mention(text, m.start(), m.end(), date(year, 1, 1), date(year, 12, 31))


def _months_on(text: str, m: re.Match[str], anchor: DateMention, step: int) -> DateMention | None:
    first, last = anchor.earliest, anchor.latest
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return None
    year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
    last_day = monthrange(year, month + 1)[1]
    return _mention(text, m.start(), m.end(), date(year, month + 1, 1), date(year, month + 1, last_day))


def _with_year(text: str, m: re.Match[str], near: _Near, events: list[DateMention]) -> DateMention | None:
    start = m.start("month") if m["month"] else m.start()
    words = m["month"] or m.group()
    if m["month"] and not words[0].isupper() and m["prep"].lower() not in _ELSEWHERE:
        return None
    if _HABITUAL.search(text[max(0, start - 24) : start]):
        return None
    same = _OF_YEAR.match(text, m.end())
    some = _meant(words, 2000)  # a leap year, which has every day
    if some is None:
        return None
    year = _of_same(near, same) if same else _year_of(text, start, m.end(), some[0].month, near, events)
    meant = _meant(words, year) if year else None
    if meant is None:
        return None
    return _mention(text, start, same.end() if same else m.end(), *meant, spell=bool(m["span"]))


def _meant(words: str, year: int) -> tuple[date, date] | None:
    """Return the days that words without a year mean in a year; null if it has none such."""
    try:
        when = read_when(f"{plain_words(words, None)} {year}")
    except ImpossibleDate:
        return None
    return (when.earliest, when.latest) if when.earliest and when.latest else None


def _of_same(near: _Near, same: re.Match[str]) -> int | None:
    """Return the year of "in October of the same year"."""
    if near.last is None or near.last.latest is None:
        return None
    return near.last.latest.year + (1 if same["next"] else -1 if same["last"] else 0)


def _year_of(text: str, start: int, end: int, month: int, near: _Near, events: list[DateMention]) -> int | None:
    """Return the one year that a day or month without a year can have by the dates beside it."""
    after = near.after
    if after and after.earliest and after.start - end < 60 and not _STOP.search(text, end, after.start):
        dated = len(after.edtf.strip("[].")) > 4
        if dated and month <= after.earliest.month and _JOINED.fullmatch(text, end, after.start):
            return after.earliest.year
    anchor = _focus(text, start, near)
    if anchor is None or anchor.earliest is None:
        return _only_year(events)
    year = _one_year(anchor)
    if year is None or not _months_known(anchor) or month >= anchor.earliest.month:
        return year
    return year if _BACK.search(text[anchor.end : end]) and not _STOP.search(text, anchor.end, start) else None


def _one_year(mention: DateMention) -> int | None:
    first, last = mention.earliest, mention.latest
    return first.year if first and last and first.year == last.year else None


def _only_year(events: list[DateMention]) -> int | None:
    """Return the year of all the dates that a text names, if they are of one year."""
    years: set[int] = set()
    for event in events:
        years |= {day.year for day in (event.earliest, event.latest) if day}
        if len(years) > 1:
            return None
    return years.pop() if years else None


def _focus(text: str, start: int, near: _Near) -> DateMention | None:
    """Return the last date before a place if it is still in focus: in its sentence or the one before."""
    last = near.before
    if last is None or start - last.end > _IN_FOCUS or last.edtf.startswith("[.."):
        return None
    stops = 0
    for stop in _STOP.finditer(text, last.end, start):
        stops += not _ABBREVIATION.search(text[max(0, stop.start() - 5) : stop.start() + 1])
    return last if stops <= 1 else None


def _months_known(mention: DateMention) -> bool:
    first, last = mention.earliest, mention.latest
    return bool(first and last and (last - first).days < 200)


def _mention(text: str, start: int, end: int, first: date, last: date, *, spell: bool = False) -> DateMention | None:
    edtf = edtf_of_bounds(first, last)
    if edtf is None:
        return None
    return DateMention(start, end, text[start:end], edtf, first, last, spell and first != last, edtf)
