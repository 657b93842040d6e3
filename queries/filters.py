"""Filters that know what they do not know: a thing matches certainly, possibly, or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..graph.dates import ImpossibleDate, read_when
from ..graph.errors import WrongUse
from ..graph.network import BASES
from ..ontology.income import income

CERTAIN, POSSIBLE, NO = "certain", "possible", "no"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days in which something is asked to have begun; either end may be open."""

    since: date | None = None
    until: date | None = None

    def match(self, earliest: date | None, latest: date | None) -> str:
        """Say whether bounds lie within the window certainly, possibly, or not. Open bounds reach for ever."""
        if (self.since and latest and latest < self.since) or (self.until and earliest and earliest > self.until):
            return NO
        inside = (not self.since or bool(earliest and earliest >= self.since)) and (
            not self.until or bool(latest and latest <= self.until)
        )
        return CERTAIN if inside else POSSIBLE


def window(since: str | None, until: str | None) -> Window:
    """Read the two ends of a window: a year, a month or a day.

    Raises:
        WrongUse: if one of them is no date.

    """
    return Window(_bound("--since", since, 0), _bound("--until", until, 1))


def _bound(option: str, text: str | None, side: int) -> date | None:
    if text is None:
        return None
    try:
        when = read_when(text)
    except ImpossibleDate as error:
        raise WrongUse(f"{option} {text!r}: {error}") from error
    found = (when.earliest, when.latest)[side]
    if found is None:
        raise WrongUse(f"{option} {text!r} is not a date. Expected e.g. 2000, 2000-05 or 2000-05-31.")
    return found


def match_income(country: str | None, earliest: date | None, latest: date | None, groups: frozenset[str]) -> str:
    """Say whether a country was in one of some income groups at a time that is only known within bounds.

    A country that was unclassified throughout, or that nobody names, possibly was.
    """
    possible = income(country, earliest, latest).possible if country else frozenset[str]()
    if not possible:
        return POSSIBLE
    if possible <= groups:
        return CERTAIN
    return POSSIBLE if possible & groups else NO


def worse(*matches: str) -> str:
    """Return the weakest of several matches that all have to hold."""
    order = (CERTAIN, POSSIBLE, NO)
    return max(matches, key=order.index, default=CERTAIN)


@dataclass
class Tally:
    """Keeps certain matches, and possible ones where they were asked for; counts the rest for the reader."""

    include_possible: bool
    left_out: int = 0
    marked: int = field(default=0)

    def keep(self, match: str) -> bool:
        """Say whether something stays in the answer."""
        if match == POSSIBLE:
            if self.include_possible:
                self.marked += 1
                return True
            self.left_out += 1
        return match == CERTAIN

    def note(self, things: str) -> list[str]:
        """Return the line for stderr, if anything possible was left out."""
        if not self.left_out:
            return []
        return [f"{self.left_out} more {things} possibly match; --possible shows them, marked."]


def bases_of(basis: str | None) -> tuple[str, ...]:
    """Return the bases that `--basis` lets through: the named one, or all."""
    return (basis,) if basis else BASES
