"""`discover`: innovations by where they began and who took them up, by the income groups of the time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..graph.dates import edtf_of_bounds
from ..graph.diffusion import Adoption, Diffusion, Origin, iso
from ..graph.errors import WrongUse
from ..graph.identity import Identity, Innovation
from ..graph.network import pooled_bounds
from ..ontology.countries import country_label
from ..ontology.income import group_filter, income
from ..ontology.vocabulary import find_term, suggest, terms
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
    diffusion = Diffusion(known)
    origins: dict[str, list[Origin]] = {}
    for origin in diffusion.origins():
        origins.setdefault(origin.innovation, []).append(origin)
    adoptions: dict[str, list[Adoption]] = {}
    for adoption in diffusion.adoptions():
        adoptions.setdefault(adoption.innovation, []).append(adoption)
    tally = Tally(known.view.scope.possible)
    reports = _reports(known)
    found = []
    for id_, innovation in known.innovations.items():
        if not asked.tagged(innovation) or id_ not in reports:
            continue
        begun, taken = origins.get(id_, []), adoptions.get(id_, [])
        matching = [(a, asked.adoption(a)) for a in taken if not a.considered and not a.domestic]
        matching = [(a, m) for a, m in matching if m != NO]
        match = worse(asked.origins(begun), asked.absent(taken), asked.adopted([m for _, m in matching]))
        if tally.keep(match):
            kept = matching if known.view.scope.possible else [(a, m) for a, m in matching if m == CERTAIN]
            found.append(_shape(innovation, begun, kept, match, *reports[id_]))
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

    def tagged(self, innovation: Innovation) -> bool:
        return (self.theme is None or self.theme in innovation.themes) and (
            self.kind is None or self.kind in innovation.kinds
        )

    def origins(self, found: list[Origin]) -> str:
        if self.origin is None and self.origin_groups is None:
            return CERTAIN
        named = [o for o in found if o.country]
        if not named:  # nobody says where it began, so it may have begun here
            return POSSIBLE
        matches = [
            worse(
                CERTAIN if self.origin is None or o.country == self.origin else NO,
                match_income(o.country, o.earliest, o.latest, self.origin_groups) if self.origin_groups else CERTAIN,
            )
            for o in named
        ]
        return _best(matches)

    def adoption(self, a: Adoption) -> str:
        return worse(
            CERTAIN if self.adopter is None or a.country == self.adopter else NO,
            match_income(a.country, a.earliest, a.latest, self.adopted_groups) if self.adopted_groups else CERTAIN,
            self.window.match(a.earliest, a.latest),
        )

    def adopted(self, matches: list[str]) -> str:
        asked = self.adopter or self.adopted_groups or self.window != Window()
        return _best(matches) if asked else CERTAIN

    def absent(self, taken: list[Adoption]) -> str:
        return NO if self.not_in and any(a.country == self.not_in and not a.considered for a in taken) else CERTAIN


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


def _reports(known: Identity) -> dict[str, tuple[int, int]]:
    """Return the numbers of claims and reports by innovation."""
    rows = known.view.con.execute(
        "SELECT i.id, count(DISTINCT v.claim_id), count(DISTINCT v.report) FROM visible v "
        "JOIN innov i ON i.key = v.innovation_key GROUP BY i.id"
    ).fetchall()
    return {id_: (claims, reports) for id_, claims, reports in rows}


def _shape(
    innovation: Innovation,
    origins: list[Origin],
    kept: list[tuple[Adoption, str]],
    match: str,
    claims: int,
    reports: int,
) -> dict[str, Any]:
    by_country: dict[str, list[tuple[Adoption, str]]] = {}
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
        "origins": [_origin(o) for o in origins if o.country],
        "contested": any(o.contested for o in origins),
        "adopters": adopters,
        "first_crossing": first[1] if first else None,
        "claims": claims,
        "reports": reports,
        "certain": match == CERTAIN,
    }


def _origin(o: Origin) -> dict[str, Any]:
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
