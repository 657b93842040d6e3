"""When something began: a report's words as EDTF (ISO 8601-2:2019), with a first and a last possible day.

>>> read_when("by 1996")
When(said='by 1996', edtf='[..1996]', earliest=None, latest=datetime.date(1996, 12, 31))
>>> read_when("five years (dates not in excerpt)").edtf is None
True
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from .date_words import (
    FIRST_YEAR,
    LAST_YEAR,
    ImpossibleDate,
    Span,
    between,
    folded,
    has_odd_year,
    read_words,
    season,
    span,
    years,
)
from .names import tidy

__all__ = ["ImpossibleDate", "When", "edtf_of_bounds", "parse_edtf", "read_when"]

_LONGEST = 200  # characters: longer texts are prose, not a date

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_LEVEL_1 = re.compile(
    r"(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|(\d\d\d?)(XX?)|(\d{4})(?:-(\d\d))?-XX(-XX)?)[?~%]?", re.ASCII
)
_TIMED = re.compile(
    r"(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3])(?::[0-5]\d)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class When:
    """When something began, as said and as meant."""

    said: str | None  # the report's words, tidied; null if there are none
    edtf: str | None  # null when unknown
    earliest: date | None  # first day on which it can have begun; null is open
    latest: date | None  # last such day; null is open


def read_when(text: str | None) -> When:
    """Return when something began by the words of a report; words that name no time are kept as said.

    A range says that it began somewhere within. An interval in EDTF (1964/2008) is a spell that began at its
    start, as is "2020 - present". "By" and "to" include what they name, "before" and "after" do not.
    "About" and "?" become EDTF qualifiers and never widen the bounds; on a range or open end, where level 1 has
    no place for them, they go. Early (0-3), mid (4-6) and late (7-9) in a decade are our convention; in a
    year or a century they say only which one. 03/04/2012 spans both its readings. A season spans its year,
    since hemispheres differ; 2019-21, two years to most writers but spring in EDTF, spans both. Years outside
    1500-2100 are taken for other numbers.

    Raises ImpossibleDate if the text is shaped like a date that no calendar has.
    """
    said = tidy(text) if text else ""
    if not said:
        return When(None, None, None, None)
    if len(said) > _LONGEST:
        return When(said, None, None, None)
    try:
        found = _meant(said)
    except ValueError as error:
        raise ImpossibleDate(said, str(error)) from None
    if found is None or not _plausible(found):
        return When(said, None, None, None)
    edtf = found.edtf or edtf_of_bounds(found.earliest, found.latest)
    if edtf and not edtf.startswith("["):
        edtf += found.qualifier
    return When(said, edtf, found.earliest, found.latest)


def parse_edtf(text: str) -> When:
    """Return the bounds of an EDTF text: levels 0 and 1 in the years 1-9999, and the sets `[…]` of level 2.

    Of an interval they are those of its start; a start that is open or unknown is no later than the end.
    Raises ValueError if the text is no such EDTF, ImpossibleDate if it is but no calendar has the date.
    """
    try:
        found = _edtf(text)
    except ValueError as error:
        raise ImpossibleDate(text, str(error)) from None
    if found is None:
        raise ValueError(f"“{text[:_LONGEST]}” is not EDTF of level 0 or 1, nor a one-of set such as [1995..2000]")
    return When(text, text, found.earliest, found.latest)


def edtf_of_bounds(earliest: date | None, latest: date | None) -> str | None:
    """Return the shortest EDTF of these bounds, both ends at the coarsest precision that is exact for both.

    Null if both are open. Raises ValueError if the last day is before the first.
    """
    if earliest and latest and earliest > latest:
        raise ValueError(f"the last day, {latest}, is before the first, {earliest}")
    size = 4 if earliest or latest else 0
    if earliest:
        size = 10 if earliest.day > 1 else 7 if earliest.month > 1 else 4
    if latest:
        whole = latest.day == monthrange(latest.year, latest.month)[1]
        size = max(size, 10 if not whole else 7 if latest.month < 12 else 4)
    first = earliest.isoformat()[:size] if earliest else ""
    last = latest.isoformat()[:size] if latest else ""
    if first == last:
        return first or None
    if earliest and latest and size == 4 and earliest.year % 10 == 0:
        if earliest.year % 100 == 0 and latest.year == earliest.year + 99:
            return f"{first[:2]}XX"
        if latest.year == earliest.year + 9:
            return f"{first[:3]}X"
    return f"[{first}..{last}]"


def _meant(said: str) -> Span | None:
    plain = _PLAIN.fullmatch(said)
    if plain and (plain[2] is None or plain[3] or "01" <= plain[2] <= "12"):  # most dates; 2013-14 is for the words
        return span(*(int(number) for number in plain.groups() if number))
    if has_odd_year(said):
        return None
    found = None if plain else _edtf(said)
    if found is None:
        words = folded(said)
        return None if has_odd_year(words) else read_words(words)
    if "/" not in said and "T" not in said:
        return found._replace(edtf=said)
    return found._replace(edtf=said.partition("/")[0].partition("T")[0]) if found.earliest else found


def _plausible(found: Span) -> bool:
    return (found.earliest is None or found.earliest.year >= FIRST_YEAR) and (
        found.latest is None or found.latest.year <= LAST_YEAR
    )


def _edtf(text: str) -> Span | None:
    """Return the span of an EDTF text; null if it is none. Raises ValueError if no calendar has it."""
    if text.startswith("["):
        return _one_of(text)
    if "/" in text:
        return _interval(text)
    timed = _TIMED.fullmatch(text)
    return _date(timed[1] if timed else text)


def _date(text: str) -> Span | None:
    found = _LEVEL_1.fullmatch(text)
    if found is None:
        return None
    year, month, number, head, some, of_year, of_month, no_day = found.groups()
    if head:
        if len(head) + len(some) != 4:
            return None
        first = int(head) * 10 ** len(some)
        return years(first, first + 10 ** len(some) - 1)
    if of_year:
        if of_month and no_day:
            return None
        return span(int(of_year), int(of_month) if of_month else None)
    if month and number is None and 21 <= int(month) <= 24:
        return season(int(year), int(month))
    return span(*(int(part) for part in (year, month, number) if part))


def _interval(text: str) -> Span | None:
    start, _, end = text.partition("/")
    ends = [None if side in ("", "..") else _date(side) for side in (start, end)]
    missing = [side not in ("", "..") and found is None for side, found in zip((start, end), ends, strict=True)]
    first, last = ends
    if any(missing) or not (first or last):
        return None
    if first and last:
        between(first, last)
    return first or (Span(None, last.latest) if last else None)


def _one_of(text: str) -> Span | None:
    if not text.endswith("]"):
        return None
    items = text[1:-1].split(",")
    spans = []
    for at, item in enumerate(items):
        first, dots, last = item.partition("..")
        if not (first or (dots and at == 0)) or not (last or not dots or at == len(items) - 1) or item == "..":
            return None
        ends = [span(*(int(n) for n in m.groups() if n)) if (m := _PLAIN.fullmatch(e)) else None for e in (first, last)]
        if (first and ends[0] is None) or (last and ends[1] is None):
            return None
        open_end = Span(None, None)
        spans.append(between(ends[0] or open_end, ends[1] or (open_end if dots else ends[0] or open_end)))
    firsts, lasts = [found.earliest for found in spans], [found.latest for found in spans]
    return Span(
        None if None in firsts else min(day for day in firsts if day),
        None if None in lasts else max(day for day in lasts if day),
    )
