"""`discover`: innovations by where they began and who took them up, by the income groups of the time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..graph.aggregates import Began, Found, Sought, Taken
from ..graph.dates import edtf_of_bounds
from ..graph.diffusion import iso
from ..graph.errors import WrongUse
from ..graph.identity import Identity, Innovation
from ..graph.network import pooled_bounds
from ..ontology.countries import country_label
from ..ontology.income import group_filter, income
from ..ontology.vocabulary import find_term, suggest, terms
from .aggregates import aggregates_of
from .answer import Answer, cut
from .filters import CERTAIN, NO, POSSIBLE, Tally, Window, match_income, worse
from .trace import country_code


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a discovery asks for; null asks nothing."""

    origin_income: str | None = None
    adopted_income: str | None = None
    origin: str | None = None
    adopter: str | None = None
    not_in: str | None = None
    theme: str | None = None
    kind: str | None = None
    window: Window = field(default_factory=Window)


def discover(known: Identity, wanted: Wanted, *, limit: int | None = None) -> Answer:
    """Return the innovations that certainly match, each with its origins and its matching adopters.

    An origin matches by the income group of its own time, an adopter by that of its own. A contested origin matches by
    any claimed country.

    Raises:
        WrongUse: if a filter names no term or income group.

    """
    asked = _Asked(wanted)
    tally = Tally(known.view.scope.possible)
    found = []
    for one in aggregates_of(known).found(asked.sought()):
        matching = [(a, asked.adoption(a.country, a.earliest, a.latest)) for a in one.taken]
        match = worse(asked.origins(one.origins), asked.adopted([m for _, m in matching]))
        if tally.keep(match):
            kept = matching if tally.include_possible else [(a, m) for a, m in matching if m == CERTAIN]
            found.append(_shape(known.innovations[one.innovation], one, kept, match))
    found.sort(key=lambda d: (-len(d["adopters"]), d["innovation"]["label"], d["innovation"]["id"]))
    shown, hidden, cutting = cut(found, limit, "innovations")
    notes = known.view.notes + tally.note("innovations") + cutting
    return Answer(
        shown,
        [_row(d) for d in shown],
        ("innovation", "began in", "adopters", "first crossing", "reports", "contested", "certain", "id"),
        notes,
        "Innovations found",
        hidden,
    )


class _Asked:
    """The filters of a discovery, read and checked once."""

    def __init__(self, wanted: Wanted) -> None:
        try:
            self.origin_groups = group_filter(wanted.origin_income) if wanted.origin_income else None
            self.adopted_groups = group_filter(wanted.adopted_income) if wanted.adopted_income else None
        except ValueError as error:
            raise WrongUse(str(error)) from error
        self.origin = country_code(wanted.origin) if wanted.origin else None
        self.adopter = country_code(wanted.adopter) if wanted.adopter else None
        self.not_in = country_code(wanted.not_in) if wanted.not_in else None
        self.theme = _term("practice-area", "--theme", wanted.theme)
        self.kind = _term("innovation-kind", "--kind", wanted.kind)
        self.window = wanted.window

    def sought(self) -> Sought:
        asks_origin = self.origin is not None or self.origin_groups is not None
        return Sought(
            self.theme,
            self.kind,
            self.not_in,
            (lambda *span: self.origin_of(*span) != NO) if asks_origin else None,
            (lambda *span: self.adoption(*span) != NO) if self.asks_adopter else None,
        )

    @property
    def asks_adopter(self) -> bool:
        return self.adopter is not None or self.adopted_groups is not None or self.window != Window()

    def origins(self, found: list[Began]) -> str:
        if self.origin is None and self.origin_groups is None:
            return CERTAIN
        named = [o for o in found if o.country]
        if not named:  # nobody says where it began, so it may have begun here
            return POSSIBLE
        return _best([self.origin_of(o.country or "", o.earliest, o.latest) for o in named])

    def origin_of(self, country: str, earliest: date | None, latest: date | None) -> str:
        return worse(
            CERTAIN if self.origin is None or country == self.origin else NO,
            match_income(country, earliest, latest, self.origin_groups) if self.origin_groups else CERTAIN,
        )

    def adoption(self, country: str, earliest: date | None, latest: date | None) -> str:
        return worse(
            CERTAIN if self.adopter is None or country == self.adopter else NO,
            match_income(country, earliest, latest, self.adopted_groups) if self.adopted_groups else CERTAIN,
            self.window.match(earliest, latest),
        )

    def adopted(self, matches: list[str]) -> str:
        return _best(matches) if self.asks_adopter else CERTAIN


def _best(matches: list[str]) -> str:
    order = (CERTAIN, POSSIBLE, NO)
    return min(matches, key=order.index, default=NO)


def _term(scheme: str, option: str, text: str | None) -> str | None:
    if text is None:
        return None
    if term := find_term(scheme, text):
        return term
    near = suggest(scheme, text) or [t.label for t in terms(scheme)]
    raise WrongUse(f"{option} {text!r} is no term of {scheme}. Expected e.g. {'; '.join(near[:12])}.")


def _shape(innovation: Innovation, found: Found, kept: list[tuple[Taken, str]], match: str) -> dict[str, Any]:
    by_country: dict[str, list[tuple[Taken, str]]] = {}
    for adoption, certainty in kept:
        by_country.setdefault(adoption.country, []).append((adoption, certainty))
    adopters = []
    first: tuple[tuple[date, date, str], dict[str, Any]] | None = None
    for country in sorted(by_country):
        spells = [(a.earliest, a.latest) for a, _ in by_country[country] if a.dated]
        earliest, latest = pooled_bounds(spells)
        certain = any(m == CERTAIN for _, m in by_country[country])
        adopters.append(
            {
                "country": country,
                "income_group": income(country, earliest, latest).group,
                "first": edtf_of_bounds(earliest, latest),
                "certain": certain,
            }
        )
        crossing = {"country": country, "earliest": iso(earliest), "latest": iso(latest)}
        order = (latest or date.max, earliest or date.max, country)
        if certain and (first is None or order < first[0]):
            first = (order, crossing)
    return {
        "innovation": innovation.brief(),
        "origins": [_origin(o) for o in found.origins if o.country],
        "contested": any(o.contested for o in found.origins),
        "adopters": adopters,
        "first_crossing": first[1] if first else None,
        "claims": found.claims,
        "reports": found.reports,
        "certain": match == CERTAIN,
    }


def _origin(o: Began) -> dict[str, Any]:
    group = income(o.country or "", o.earliest, o.latest)
    same_year = o.earliest and o.latest and o.earliest.year == o.latest.year
    return {
        "country": o.country,
        "income_group": group.group,
        "year": o.earliest.year if same_year and o.earliest else None,
        "extrapolated": group.extrapolated,
    }


def _row(d: dict[str, Any]) -> dict[str, Any]:
    crossing = d["first_crossing"]
    # The first crossing's date as it is known, in EDTF: a bound is not a year.
    when = {a["country"]: a["first"] or "" for a in d["adopters"]}
    return {
        "innovation": d["innovation"]["label"],
        "began in": "; ".join(country_label(o["country"]) for o in d["origins"]),
        "adopters": ", ".join(country_label(a["country"]) + ("" if a["certain"] else "?") for a in d["adopters"]),
        "first crossing": f"{country_label(crossing['country'])} {when[crossing['country']]}".strip()
        if crossing
        else None,
        "reports": d["reports"],
        "contested": "yes" if d["contested"] else "",
        "certain": "yes" if d["certain"] else "possible",
        "id": d["innovation"]["id"],
    }
