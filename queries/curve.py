"""`curve NAME`: how many countries had taken an innovation up by each year, certainly and possibly, and who was early.

A country counts once, by all its spells together; one that only considered it does not count. What is not known stays
so: a country counts as certain from the latest year in which it can have begun to the earliest in which it can have
stopped, and as possible from the earliest year to the latest. "First observed" may have begun at any time before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..graph.diffusion import Diffusion
from ..graph.identity import Identity
from ..graph.lookup import find
from ..graph.network import pooled_bounds
from ..ontology.countries import country_label
from .answer import Answer, read_as

_LEAST = 5  # countries with a known year, below which adopter categories would mean nothing
_EVER = date.max.year + 1


@dataclass(frozen=True, slots=True)
class _Spell:
    """When a country or a site in it had the innovation; an open bound is null."""

    dated: bool
    earliest: date | None
    latest: date | None
    end_earliest: date | None
    end_latest: date | None
    ended: bool

    def certain(self, year: int) -> bool:
        """Say whether it certainly had begun by the end of a year and not stopped before that year."""
        stops = (self.end_earliest.year if self.end_earliest else 0) if self.ended else _EVER
        return self.latest is not None and self.latest.year <= year <= stops

    def possible(self, year: int) -> bool:
        """Say whether it may have begun by the end of a year and not stopped before that year."""
        begins = self.earliest.year if self.earliest else 0
        return begins <= year <= (self.end_latest.year if self.ended and self.end_latest else _EVER)

    @property
    def years(self) -> list[int]:
        """Years of the stated bounds."""
        bounds = (self.earliest, self.latest, self.end_earliest, self.end_latest)
        return [day.year for day in bounds if day]


def curve(known: Identity, name: str) -> Answer:
    """Return the adoption curve of an innovation, every year from its first stated bound to its last.

    `certain` and `possible` bound the countries that have it. An undated country is possible in each year, never
    certain, and counted in `undated`. `new` are the countries that are certain for the first time, `returned` those
    that are so again, `ended` those that are certain for the last year running: so each year's `certain` is that of
    the year before, less its `ended`, plus this year's `new` and `returned`. An innovation that was abandoned in a year
    that no report states stays counted.
    """
    hit, near = find(known, name, ("innovation",))
    innovation = known.innovations[hit.id]
    countries = _spells(known, hit.id)
    dated = {country: spells for country, spells in countries.items() if any(s.dated for s in spells)}
    undated = sorted(set(countries) - set(dated))
    years = _years(dated, len(undated))
    categories = _categories(dated)
    notes = known.view.notes + read_as(name, innovation.label, near)
    if undated:
        labels = ", ".join(country_label(country) for country in undated)
        notes.append(f"Taken up in a year that no report states, so possible in each: {labels}.")
    never = sorted(set(dated) - {country for year in years for country in year["countries"]})
    if never:
        notes.append(f"Never certain in any one year: {', '.join(country_label(country) for country in never)}.")
    notes += [_in_words(categories)] if categories else []
    return Answer(
        {"innovation": innovation.brief(), "years": years, "undated": len(undated), "categories": categories},
        [y | {"countries": ", ".join(country_label(c) for c in y["countries"])} for y in years],
        ("year", "new", "certain", "possible", "ended", "returned", "countries"),
        notes,
        f"{innovation.label}: {len(countries)} countries, {len(undated)} of them undated",
    )


def _spells(known: Identity, innovation: str) -> dict[str, list[_Spell]]:
    """Return the spells of each country; undated ones only where none of its spells is dated."""
    Diffusion(known, innovation)
    rows = known.view.rows(
        """
        SELECT country, dated, ended,
            CASE WHEN NOT left_censored THEN nullif(earliest, '-infinity'::DATE) END AS earliest,
            nullif(latest, 'infinity'::DATE) AS latest,
            nullif(end_earliest, '-infinity'::DATE) AS end_earliest,
            nullif(end_latest, 'infinity'::DATE) AS end_latest
        FROM adoption WHERE NOT considered ORDER BY country, id
        """
    )
    found: dict[str, list[_Spell]] = defaultdict(list)
    for row in rows:
        found[row.pop("country")].append(_Spell(**row))
    return {country: [s for s in spells if s.dated] or spells for country, spells in found.items()}


def _years(dated: dict[str, list[_Spell]], undated: int) -> list[dict[str, Any]]:
    stated = [year for spells in dated.values() for spell in spells for year in spell.years]
    if not stated:
        return []
    found = []
    seen: set[str] = set()
    before: set[str] = set()
    now = _certain(dated, min(stated))
    for year in range(min(stated), max(stated) + 1):
        after = _certain(dated, year + 1)
        fresh = now - seen
        found.append(
            {
                "year": year,
                "new": len(fresh),
                "certain": len(now),
                "possible": undated + sum(any(s.possible(year) for s in spells) for spells in dated.values()),
                "ended": len(now - after),
                "returned": len(now - before - fresh),
                "countries": sorted(fresh),
            }
        )
        seen |= now
        before, now = now, after
    return found


def _certain(dated: dict[str, list[_Spell]], year: int) -> set[str]:
    return {country for country, spells in dated.items() if any(spell.certain(year) for spell in spells)}


def _categories(dated: dict[str, list[_Spell]]) -> list[dict[str, Any]]:
    """Return the adopter category of each country whose first year is known, earliest first.

    Categories are those of Rogers (2003, Diffusion of Innovations, 5th edition, chapter 7): by the mean and the
    (population) standard deviation of the years, innovators before mean - 2 sd, early adopters to mean - sd, early
    majority to the mean, late majority to mean + sd, laggards after. None where fewer than five years are known, or all
    are one. Only those who did adopt are compared, so the shares need not be Rogers's.
    """
    known = []
    for country, spells in dated.items():
        first, last = pooled_bounds([(s.earliest, s.latest) for s in spells])
        if first and last and first.year == last.year:
            known.append((first.year, country))
    total, n = sum(year for year, _ in known), len(known)
    variance = n * sum(year**2 for year, _ in known) - total**2  # times n squared, so that all stay whole numbers
    if n < _LEAST or not variance:
        return []
    return [
        {"country": country, "year": year, "category": _category(n * year - total, variance)}
        for year, country in sorted(known)
    ]


def _category(distance: int, variance: int) -> str:
    """Return the category of a distance from the mean."""
    if distance <= 0:
        if distance**2 > 4 * variance:
            return "innovator"
        return "early adopter" if distance**2 >= variance else "early majority"
    return "late majority" if distance**2 <= variance else "laggard"


def _in_words(categories: list[dict[str, Any]]) -> str:
    grouped: dict[str, list[str]] = {}
    for item in categories:
        grouped.setdefault(item["category"], []).append(country_label(item["country"]))
    told = "; ".join(f"{category}: {', '.join(countries)}" for category, countries in grouped.items())
    return f"By the years of those that adopted (Rogers 2003): {told}."
