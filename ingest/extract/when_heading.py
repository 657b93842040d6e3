"""What the date at the head of a text says of the dates below it: "today" in a news item, "last winter" in a letter.

A heading is a short line at the top that names a date, or the dateline of a news item. It is the day of writing or that
of the event that the text tells of; either way the months that it leaves behind are of its year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ...graph.dates import edtf_of_bounds, read_when
from .when_mention import DateMention

_TOP, _LINE = 200, 160  # characters within which a text is headed, and that a heading's line has at most
_REACH = 6000  # characters below a heading that it dates
_NEWS = 400  # characters after a dateline in which "today" is its day and not our age
_SEASONS = {"spring": (4, 5), "summer": (7, 8), "autumn": (10, 11), "fall": (10, 11), "winter": (1, 2)}
_AGO = re.compile(
    r"\b(?P<last>last (?:year|spring|summer|autumn|fall|winter)|l['’](?:an|année) derni(?:er|ère)|(?:el )?año pasado|"
    r"(?:o |no )?ano passado)\b|\b(?P<day>today|this (?:morning|afternoon)|aujourd['’]hui|ce matin|hoy|hoje|"
    r"yesterday|hier|ayer|ontem)(?![\w-])",
    re.IGNORECASE,
)
_YESTERDAY = frozenset({"yesterday", "hier", "ayer", "ontem"})
#: What stands before and after the day on which a news item was written: "KIGALI, 15 March 2012 - Seven nurses".
_PLACED = re.compile(
    r"[ \t*_#]*(?:[A-ZÀ-Ý][\w’'.-]*(?:[ ,/-]+(?:de|da|do|la|le|[A-ZÀ-Ý][\w’'.-]*)){0,4}(?:\s*\([^)\n]{2,40}\))?\s*[,|(.–—-]\s*)?(?:(?:le|el|on)\s+)?(?:\w+day,?\s+)?"
)
_GOES_ON = re.compile(
    r"\)?\s*(?:\([^)\n]{2,30}\)\s*|, [A-Z][\w-]+(?: [A-Z][\w-]+){0,2} (?=-|–|—))?(?:[-–—:|]|\.\s*[-–—])\s*(?!\d)\S"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The date at the head of a text."""

    mention: DateMention
    year: int
    month: int | None  # null if it names a year alone
    news: bool  # it is the dateline of a news item

    def year_of(self, month: int) -> int | None:
        """Return the year of a month without one, if it is over on the day that the heading names.

        A heading that lasts is that of the visit; what is told below it may have happened long after.
        """
        if self.month is None:
            return self.year
        first = self.mention.earliest
        over = month <= self.month and (not self.mention.spell or first is None or month >= first.month)
        return self.year if over else None


def heading_of(text: str, named: list[DateMention]) -> Heading | None:
    """Return the date that heads a text; null if none does or it is of more than one year."""
    for mention in named[:2]:
        first, last = mention.earliest, mention.latest
        if mention.start > _TOP or first is None or last is None or first.year != last.year:
            return None
        news = _opens_news(text, mention)
        if news or _heads(text, mention):
            return Heading(mention, first.year, _month(mention, last), news)
    return None


def told_from(text: str, heading: Heading) -> Iterator[DateMention]:
    """Yield the dates that are told from that of the heading: "today" of a news item, "last year"."""
    written = heading.mention
    for m in _AGO.finditer(text, written.end, written.end + _REACH):
        if m["day"] and heading.news and written.earliest == written.latest and m.start() - written.end < _NEWS:
            if written.earliest:
                day = written.earliest - timedelta(days=m["day"].lower() in _YESTERDAY)
                yield _mention(m, day.isoformat(), day, day)
        elif m["last"] and heading.month:
            yield from _last(m, heading.year, heading.month)


def _last(m: re.Match[str], year: int, month: int) -> Iterator[DateMention]:
    season = m["last"].lower().removeprefix("last ")
    if season not in _SEASONS:
        yield _mention(m, str(year - 1), date(year - 1, 1, 1), date(year - 1, 12, 31))
        return
    over = _SEASONS[season][1] < month
    when = read_when(f"{season} {year - (not over) - (season == 'winter')}")
    if when.edtf and when.earliest and when.latest:
        yield _mention(m, when.edtf, when.earliest, when.latest)


def _mention(m: re.Match[str], edtf: str, first: date, last: date) -> DateMention:
    return DateMention(m.start(), m.end(), m.group(), edtf, first, last, False, edtf)


def _heads(text: str, mention: DateMention) -> bool:
    """Say whether a date stands in a heading: a short line that ends no sentence of prose."""
    start, end = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
    return end > 0 and end - start <= _LINE


def _opens_news(text: str, mention: DateMention) -> bool:
    """Say whether a date stands where news items have the place and day of writing."""
    line = text.rfind("\n", 0, mention.start) + 1
    placed = _PLACED.fullmatch(text, line, mention.start)
    return bool(placed and _GOES_ON.match(text, mention.end)) and (line < mention.start or line == 0)


def _month(mention: DateMention, last: date) -> int | None:
    """Return the month by which a heading was written; null of a year alone."""
    for season, (month, _) in _SEASONS.items():
        if season in mention.said.lower():
            return month
    whole = edtf_of_bounds(mention.earliest, mention.latest)
    return None if whole and len(whole) == 4 else last.month
