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
from itertools import chain, islice, pairwise

from ...graph.dates import ImpossibleDate, edtf_of_bounds, read_when
from .sentences import lowered
from .when_heading import Heading
from .when_mention import DateMention
from .when_words import DAY, MONTH, WEEKDAY, plain_words

_IN_FOCUS = 320  # characters over which a date is still in focus
_DAYS = rf"{DAY}(?:\s*(?:of|de)\s+|\s+){MONTH}|{MONTH}\s+{DAY}(?![\d:%])"
_PREPOSITION = (
    r"(?:in|during|since|from|until|till|by|of|early|mid|late|throughout|and|again in|through|to|early in|late in|"
    r"before|after|for|around|that|en|em|depuis|desde|dès|de)"
)
_MEETING = (
    r"(?:calls?|sessions?|meetings?|visits?|workshops?|tours?|rounds?|courses?|trainings?|missions?|exchanges?|webinars?|"
    r"seminars?|reviews?|trips?|cohorts?|groups?)"
)
_TO = r"(?:-|–|—|to|au|al|a|à)"
#: A day or month without a year. A month alone needs a preposition, for may is a verb and march a walk.
_YEARLESS = re.compile(
    rf"(?<![\w/.-])(?:(?P<span>(?:{DAY}(?:\s*(?:of|de)\s+|\s+){MONTH}|{DAY})\s*{_TO}\s*(?:{_DAYS})|{DAY}\s(?:and|&|et|y|e)\s{DAY}(?:\s*(?:of|de)\s+|\s+){MONTH}|{MONTH}\s+{DAY}\s*{_TO}\s*{DAY})"
    rf"|(?P<day>{_DAYS})|(?P<prep>{_PREPOSITION})[\s-]+(?P<month>{MONTH})"
    rf"|(?:the|our|their|its)\s+(?P<called>{MONTH})(?=\s+{_MEETING}\b)|(?:(?<=[(,])\s?(?P<bracketed>{MONTH})(?=\))|(?<=:)[ ](?P<alone>{MONTH})(?=[.;\n])))(?!\w)"
    r"(?!\s*,?\s*(?:of\s+|de\s+|do\s+)?(?:1[6-9]|20)\d\d)"
)
#: A day without its month: "on the 25th", "Tue 24:", "el día 5", "retour le 18".
_MONTHLESS = re.compile(
    rf"(?<![\w/.-])(?:the (?=\d\d?(?:st|nd|rd|th)\b)|(?:{WEEKDAY}),?(?: the)? |(?:el |o |no |ao )?d[íi]a |(?:le|el) )"
    r"(?P<number>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?(?![\w/%]|[.,:-]\d|\s?[–-]\s?\d)(?!\s+[a-zà-ÿ]{4,}s\b)"
)
_SAME = r"(?:(?:the|this) same year|that (?:same )?year|la même année|del mismo año|do mesmo ano|ese (?:mismo )?año|nesse (?:mesmo )?ano)"
_NEXT = r"(?:the (?:following|next) year|the year after|l['’]année (?:suivante|d['’]après)|(?:d?el|al) año siguiente|(?:o|no|do) ano seguinte)"
_LAST = r"(?:the (?:previous|preceding) year|the year before|a year earlier|l['’]année précédente|d?el año anterior|(?:o|no|do) ano anterior)"
_OF_YEAR = re.compile(rf",?\s(?:of\s|in\s|de\s)?(?:{_SAME}|(?P<next>{_NEXT})|(?P<last>{_LAST}))", re.IGNORECASE)
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4, "dois": 2, "três": 3,
}  # fmt: skip
_LATER = (
    rf"(?P<n>{'|'.join(_NUMBERS)}|\d\d?) (?P<unit>years?|months?|ans?|mois|años?|anos?|meses) "
    r"(?P<way>later|after that|afterwards|thereafter|on(?=,)|earlier|before that|plus tard|después|más tarde|depois|mais tarde)"
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first months, north of the equator
_TURN = rf"the (?P<turn>following|next|preceding|previous) (?P<when>{MONTH}|{'|'.join(_SEASONS)})"
_RELATIVE = re.compile(rf"\b(?:(?P<same>{_SAME})|(?P<next>{_NEXT})|(?P<last>{_LAST})|{_TURN}|{_LATER})(?!\w)")
_PLANNED = re.compile(
    r"\b(?:will(?! (?:recall|remember|know|see|find))|shall|plan(?:s|ned)?|decided|intend\w*|budget|hopes?|expect\w*|scheduled|foreseen|due|is to|are to|to be|next|"
    r"prev[ée]\w*|prévoi\w*|planea\w*|plano|até|hasta|d['’]ici)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:(?:had|have) been (?:foreseen|planned|scheduled|due|set)|the first|earlier|before(?:hand)?|previous(?:ly)?|preceding|had (?:already |first )?\w+ed|had taken place|already)\b",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"en", "em", "depuis", "desde", "dès", "de"})  # languages that write months small
_JOINED = re.compile(r"[^.;\d]{0,40}?\b(?:and|then|again|to|y|et|e)\b[^.;\d]{0,20}[\d\s–-]*")
_STOP = re.compile(r"[.!?][”\"’')\]]?\s+(?=[A-ZÀ-Ý“\"‘'(])|\n\s*\n")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|St|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No|vs)\.$")
_HABITUAL = re.compile(r"\b(?:every|each|next|last|this|annual(?:ly)?|chaque|cada|todo)\s+(?:\w+ )?$", re.IGNORECASE)


def leaning(
    text: str, events: list[DateMention], named: list[DateMention], heading: Heading | None
) -> list[DateMention]:
    """Return the dates that lean on those of `events`, or on the heading where none of them is in focus.

    `named`: every date with a year, also those of no event.
    """
    taken = sorted((m.start, m.end) for m in [*named, *events])
    around = _Around(_only_year(text, events), _days(text, events), heading)
    behind = _behind(events)
    found: list[DateMention] = []
    low = lowered(text)
    at = done = 0
    for m in sorted(
        [*_YEARLESS.finditer(low), *_RELATIVE.finditer(low), *_MONTHLESS.finditer(low)],
        key=lambda m: (m.start(), -m.end()),
    ):
        while at < len(taken) and taken[at][1] <= m.start():
            at += 1
        if m.start() < done or (at < len(taken) and taken[at][0] < m.end()):
            continue
        near = _near(m.start(), m.end(), events, found, behind)
        if m.re is _MONTHLESS:
            mention = _with_month(text, m, near)
        elif m.re is _RELATIVE:
            mention = _turned(text, m, near.last) if m["turn"] else _relative(text, m, near)
        else:
            mention = _with_year(text, m, near, around)
        if mention:
            found.append(mention)
            done = mention.end
    return found


@dataclass(frozen=True, slots=True)
class _Near:
    """The dates on either side of a place: the one before it, the last before it that is no bound, the one after.

    What is told by the way ("it had opened in 2009") is not taken for the one before: the text does not go on from it.
    """

    before: DateMention | None
    last: DateMention | None
    after: DateMention | None


@dataclass(frozen=True, slots=True)
class _Days:
    """Where the days and months that a text names begin, if all are of one year that no other year follows."""

    start: int
    year: int
    month: int


@dataclass(frozen=True, slots=True)
class _Around:
    """What a text says of its dates as a whole: their only year, the one of its days, the date at its head."""

    only: int | None
    days: _Days | None
    heading: Heading | None


def _behind(events: list[DateMention]) -> set[int]:
    """Return where years stand that lie before the date told before them."""
    return {
        this.start
        for before, this in pairwise(events)
        if this.latest and before.earliest and this.latest < before.earliest and not _months_known(this)
    }


def _near(start: int, end: int, events: list[DateMention], found: list[DateMention], behind: set[int]) -> _Near:
    split = bisect_right(events, start, key=lambda e: e.end)
    before = max([*events[max(0, split - 1) : split], *found[-1:]], key=lambda e: e.end, default=None)
    if before and before.start in behind:
        before = None
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
    number = _NUMBERS.get(m["n"]) or int(m["n"])
    step = -number if m["way"] in {"earlier", "before that"} else number
    if m["unit"][0] == "m":
        return _months_on(text, m, anchor, step)
    return _year(text, m, anchor.earliest.year + step)


def _turned(text: str, m: re.Match[str], anchor: DateMention | None) -> DateMention | None:
    """Return the month or season that "the following March" means after a date, or "the preceding summer" before it."""
    if anchor is None or anchor.earliest is None or anchor.latest is None or m.start() - anchor.end > _IN_FOCUS:
        return None
    on = m["turn"] in {"following", "next"}
    month = _SEASONS.get(m["when"])
    named = _meant(m["when"], 2000) if month is None else None
    month = month or (named[0].month if named else None)
    if month is None or not (_months_known(anchor) or _one_year(anchor)):
        return None
    if not _months_known(anchor) or anchor.edtf[5:7] > "20":  # a year or a season alone
        year = anchor.latest.year + (1 if on else -1)
    elif on:
        year = anchor.latest.year + (month <= anchor.latest.month)
    else:
        year = anchor.earliest.year - (month >= anchor.earliest.month)
    when = read_when(f"{m['when']} {year}")
    if when.edtf is None:
        return None
    said = text[m.start() : m.end()]
    return DateMention(m.start(), m.end(), said, when.edtf, when.earliest, when.latest, False, when.edtf)


def _year(text: str, m: re.Match[str], year: int) -> DateMention | None:
    return _mention(text, m.start(), m.end(), date(year, 1, 1), date(year, 12, 31))


def _months_on(text: str, m: re.Match[str], anchor: DateMention, step: int) -> DateMention | None:
    first, last = anchor.earliest, anchor.latest
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return None
    year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
    last_day = monthrange(year, month + 1)[1]
    return _mention(text, m.start(), m.end(), date(year, month + 1, 1), date(year, month + 1, last_day))


def _with_month(text: str, m: re.Match[str], near: _Near) -> DateMention | None:
    """Return a day without its month in that of the date before it, or in the next: "on the 25th", "Tue 24:"."""
    last = near.last
    if last is None or last.earliest is None or not _month_known(last) or m.start() - last.end > _IN_FOCUS:
        return None
    day, (month, year) = int(m["number"]), (last.earliest.month, last.earliest.year)
    if day < last.earliest.day:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if day > monthrange(year, month)[1]:
        return None
    return _mention(text, m.start("number"), m.end("number"), date(year, month, day), date(year, month, day))


def _with_year(text: str, m: re.Match[str], near: _Near, around: _Around) -> DateMention | None:
    """Return a day or month in the only year that it can have by the dates beside it."""
    group = next((name for name in ("month", "called", "bracketed", "alone") if m[name]), 0)
    start, words = m.start(group), text[m.start(group) : m.end(group)]
    if group and not words[0].isupper() and (m["prep"] or "").lower() not in _ELSEWHERE:
        return None
    if _HABITUAL.search(text[max(0, start - 24) : start]):
        return None
    same = _OF_YEAR.match(text, m.end())
    some = _meant(words, 2000)  # a leap year, which has every day
    if some is None:
        return None
    if same or (m["prep"] or "").lower() == "that":
        year = _of_same(near, start, same)
    else:
        year = _year_of(text, start, m.end(), some[0].month, near, around)
    meant = _meant(words, year) if year else None
    if meant is None:
        return None
    return _mention(text, start, same.end() if same else m.end(group), *meant, spell=bool(m["span"]))


def _meant(words: str, year: int) -> tuple[date, date] | None:
    """Return the days that words without a year mean in a year; null if it has none such."""
    try:
        when = read_when(f"{plain_words(words, None)} {year}")
    except ImpossibleDate:
        return None
    return (when.earliest, when.latest) if when.earliest and when.latest else None


def _of_same(near: _Near, start: int, same: re.Match[str] | None) -> int | None:
    """Return the year of "in October of the same year", "that October"."""
    if near.last is None or near.last.latest is None:
        return None
    if same is None:
        return _one_year(near.last) if start - near.last.end < _IN_FOCUS else None
    return near.last.latest.year + (1 if same["next"] else -1 if same["last"] else 0)


def _year_of(text: str, start: int, end: int, month: int, near: _Near, around: _Around) -> int | None:
    """Return the one year that a day or month without a year can have by the dates beside it."""
    after = near.after
    if after and after.earliest and after.start - end < 60 and not _STOP.search(text, end, after.start):
        dated = len(after.edtf.strip("[].")) > 4
        if dated and month <= after.earliest.month and _JOINED.fullmatch(text, end, after.start):
            return after.earliest.year
    anchor = _focus(text, start, near)
    if anchor is None or anchor.earliest is None:
        return _plain_year(start, month, around)
    year = _one_year(anchor)
    if year is None:
        return _year_within(anchor, month)
    if not _months_known(anchor):
        if _is_planned(text, anchor.start, anchor.end):
            return _plain_year(start, month, around)
        return None if _is_planned(text, start, end) else year
    if month >= anchor.earliest.month:
        return year
    if not _BACK.search(text[anchor.end : end]):
        return None
    return year if not _STOP.search(text, anchor.end, start) else _plain_year(start, month, around)


def _plain_year(start: int, month: int, around: _Around) -> int | None:
    """Return the year that is plain from the text as a whole: the only one that it names, or that of its heading."""
    heading, days = around.heading, around.days
    if around.only and (heading is None or heading.year == around.only):
        return around.only
    if heading and (year := heading.year_of(month)):
        return year
    return days.year if days and days.start < start and month >= days.month else None


def _is_planned(text: str, start: int, end: int) -> bool:
    """Say whether what is told beside a date is to come, so that it lends its year to nothing and borrows none."""
    beside = text[max(0, start - 40) : start].rpartition(". ")[2] + text[start : end + 20].partition(". ")[0]
    return _PLANNED.search(beside) is not None


def _one_year(mention: DateMention) -> int | None:
    first, last = mention.earliest, mention.latest
    return first.year if first and last and first.year == last.year else None


def _only_year(text: str, events: list[DateMention]) -> int | None:
    """Return the year of all the dates that a text names, if they are of one year and not all of them to come."""
    years: set[int] = set()
    for event in events:
        years |= {day.year for day in (event.earliest, event.latest) if day}
        if len(years) > 1:
            return None
    return years.pop() if years and not all(_is_planned(text, e.start, e.end) for e in events) else None


def _days(text: str, events: list[DateMention]) -> _Days | None:
    told = [e for e in events if not _is_planned(text, e.start, e.end)]
    exact = [e for e in told if _months_known(e)]
    years = {_one_year(e) for e in exact}
    year = years.pop() if len(years) == 1 else None
    if year is None or any((e.latest or e.earliest or date.max).year > year for e in told):
        return None
    return _Days(exact[0].start, year, min(e.earliest.month for e in exact if e.earliest))


def _year_within(spell: DateMention, month: int) -> int | None:
    """Return the year of the only such month in a spell: 2014 of November in September 2014 to February 2015."""
    first, last = spell.earliest, spell.latest
    if first is None or last is None or last.year > first.year + 2:
        return None
    bounds = (first.year, first.month), (last.year, last.month)
    years = [year for year in range(first.year, last.year + 1) if bounds[0] <= (year, month) <= bounds[1]]
    return years[0] if len(years) == 1 else None


def _focus(text: str, start: int, near: _Near) -> DateMention | None:
    """Return the last date before a place if it is still in focus: in its sentence or the one before."""
    last = near.before
    if last is None or start - last.end > _IN_FOCUS or last.edtf.startswith("[.."):
        return None
    stops = 0
    for stop in _STOP.finditer(text, last.end, start):
        stops += not _ABBREVIATION.search(text[max(0, stop.start() - 5) : stop.start() + 1])
    return last if stops <= 1 else None


def _month_known(mention: DateMention) -> bool:
    first, last = mention.earliest, mention.latest
    return bool(first and last and (last - first).days < 31)


def _months_known(mention: DateMention) -> bool:
    first, last = mention.earliest, mention.latest
    return bool(first and last and (last - first).days < 200)


def _mention(text: str, start: int, end: int, first: date, last: date, *, spell: bool = False) -> DateMention | None:
    edtf = edtf_of_bounds(first, last)
    if edtf is None:
        return None
    return DateMention(start, end, text[start:end], edtf, first, last, spell and first != last, edtf)
