"""What a map shows, gathered from an export's rows country by country, in memory that does not grow with claims."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from ..graph.network import BASES, pooled_bounds
from ..graph.reviewed import CANDIDATE
from ..ontology.countries import country_label
from .content import Content, Row
from .held import Held
from .picture import counted


@dataclass
class OnMap:
    """A country with what was taken up or began there."""

    code: str
    adoptions: int = 0
    considered: int = 0  # of the adoptions, those that were only considered
    innovations: set[str] = field(default_factory=set)  # taken up, not only considered
    origins: int = 0
    contested: bool = False
    accepted: bool = False  # something taken up there rests on a claim that counts unasked
    first: tuple[date | None, date | None] | None = None  # pooled bounds of what is dated; null if nothing is

    @property
    def label(self) -> str:
        """Plain English name."""
        return country_label(self.code)

    @property
    def candidate(self) -> bool:
        """Whether all that was taken up there rests on claims that nobody has reviewed."""
        return bool(self.innovations) and not self.accepted


@dataclass
class MapRows:
    """Countries by code, and how many transfers went from one to another on each basis."""

    innovations: int = 0
    label: str | None = None  # of the innovation, where there is one
    countries: dict[str, OnMap] = field(default_factory=dict)
    arcs: dict[tuple[str, str, str], int] = field(default_factory=dict)
    candidates: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # of those transfers

    @property
    def transfers(self) -> int:
        """How many transfers there are."""
        return sum(self.arcs.values())

    @property
    def adopters(self) -> list[OnMap]:
        """Countries that took something up, not those that only considered it."""
        return [country for country in self.countries.values() if country.innovations]

    @property
    def summary(self) -> str:
        """What there is, in numbers."""
        began = counted(
            sum(1 for c in self.countries.values() if c.origins), "country of origin", "countries of origin"
        )
        innovations = [] if self.label is not None else [counted(self.innovations, "innovation")]
        adopters = counted(len(self.adopters), "adopting country", "adopting countries")
        return ", ".join([*innovations, adopters, counted(self.transfers, "transfer"), began])


def map_rows(content: Content | Held, label: str | None) -> MapRows:
    """Read an export's places and transfers into what a map shows; `label` is that of its innovation, if it is one."""
    found = MapRows(label=label)
    seen: set[str] = set()
    for place in content.places():
        country = found.countries.setdefault(place["country"], OnMap(place["country"]))
        _add(country, place)
        seen.update(row["innovation"] for part in ("adopted", "originated") for row in place[part])
    found.innovations = len(seen)
    arcs: Counter[tuple[str, str, str]] = Counter()
    for row in content.transfers():
        arc = row["from"].split(":", 2)[1], row["to"].split(":", 2)[1], row["basis"]
        arcs[arc] += 1
        found.candidates[arc] += row["review"] == CANDIDATE
    found.arcs = dict(sorted(arcs.items(), key=lambda arc: (-arc[1], BASES.index(arc[0][2]), arc[0])))
    return found


def _add(country: OnMap, place: Row) -> None:
    spells = [country.first] if country.first else []
    for row in place["adopted"]:
        country.adoptions += 1
        if row.get("considered"):
            country.considered += 1
            continue
        country.innovations.add(row["innovation"])
        country.accepted |= row["review"] != CANDIDATE
        if row.get("earliest") or row.get("latest"):
            spells.append((_day(row.get("earliest")), _day(row.get("latest"))))
    country.first = pooled_bounds(spells) if spells else None
    country.origins += len(place["originated"])
    country.contested |= any(row["contested"] for row in place["originated"])


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
