"""World Bank income groups by country and year, and what they say of a date that is only partly known.

Groups: L low, LM lower middle, UM upper middle, H high. A year in which the Bank did not classify the economy
has no group; unclassified is never a group of its own.

>>> from datetime import date
>>> income("IND", date(2007, 1, 1), date(2007, 12, 31)).group
'LM'
>>> income("IND", date(2006, 1, 1), date(2007, 12, 31)).group is None  # low until 2006
True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from .normal import fold, rows

FIRST_YEAR, LAST_YEAR = 1987, 2024  # data years that the World Bank has published
GROUPS = ("L", "LM", "UM", "H")
LMIC = frozenset({"L", "LM", "UM"})

_WORDS = {
    "L": "L; LIC; low; low income",
    "LM": "LM; LMC; lower middle; lower middle income",
    "UM": "UM; UMC; UMIC; upper middle; upper middle income",
    "H": "H; HIC; high; high income",
}


@dataclass(frozen=True, slots=True)
class Income:
    """The income group of a country over the years in which something can have begun."""

    group: str | None  # the one group possible; null if there are several or none
    possible: frozenset[str]
    extrapolated: bool  # a stated bound lies outside the published years


def group_in_year(iso3: str, year: int) -> str | None:
    """Return the group published for a data year; null if unclassified, unpublished or an unknown country."""
    return _by_year().get(iso3, _UNKNOWN)[year - FIRST_YEAR] if FIRST_YEAR <= year <= LAST_YEAR else None


def is_rich(iso3: str) -> bool:
    """Say whether a country is of high income in the last published year."""
    return group_in_year(iso3, LAST_YEAR) == "H"


@lru_cache(maxsize=65536)
def income(iso3: str, earliest: date | None, latest: date | None) -> Income:
    """Return the group of a country between two days; an open bound ranges to the end of the published years.

    Years before the first published one count as it, years after the last as that one. Unclassified years are
    ignored where the others agree.
    """
    first, last = _bound(earliest, FIRST_YEAR), _bound(latest, LAST_YEAR)
    years = _by_year().get(iso3, _UNKNOWN)[first - FIRST_YEAR : last - FIRST_YEAR + 1]
    possible = frozenset(group for group in years if group)
    outside = any(bound and not FIRST_YEAR <= bound.year <= LAST_YEAR for bound in (earliest, latest))
    return Income(next(iter(possible)) if len(possible) == 1 else None, possible, outside)


def group_filter(text: str) -> frozenset[str]:
    """Return the groups that a filter asks for: "LMIC", "H", "upper middle", or a list with commas.

    Raises ValueError for a word that is no group.
    """
    wanted: frozenset[str] = frozenset()
    for part in text.split(","):
        groups = _filters().get(fold(part))
        if groups is None:
            raise ValueError(
                f"income group {part.strip()!r} is unknown: expected LMIC, L, LM, UM, H (or HIC, low, "
                "lower middle, upper middle, high), or several with commas between them, such as L,LM"
            )
        wanted |= groups
    return wanted


_UNKNOWN: tuple[str | None, ...] = (None,) * (LAST_YEAR - FIRST_YEAR + 1)


def _bound(day: date | None, unstated: int) -> int:
    return min(max(day.year, FIRST_YEAR), LAST_YEAR) if day else unstated


@cache
def _by_year() -> dict[str, tuple[str | None, ...]]:
    years: dict[str, list[str | None]] = {}
    for run in rows("income_groups.csv"):
        first, last = int(run["first_year"]), int(run["last_year"])
        groups = years.setdefault(run["iso3"], list(_UNKNOWN))
        groups[first - FIRST_YEAR : last - FIRST_YEAR + 1] = [run["group"]] * (last - first + 1)
    return {iso3: tuple(groups) for iso3, groups in years.items()}


@cache
def _filters() -> dict[str, frozenset[str]]:
    words = {fold(word): frozenset({group}) for group, said in _WORDS.items() for word in said.split(";")}
    lmic = (
        "LMIC",
        "LMICs",
        "low and middle income",
        "low or middle income",
        "low- and middle-income countries",
    )
    return words | dict.fromkeys(map(fold, lmic), LMIC)
