"""`spread NAME`: who took an innovation up, where, when, from whom, and how many reports say so."""

from __future__ import annotations

from typing import Any

from ..graph.diffusion import Adoption, Diffusion, Source, iso
from ..graph.identity import Identity
from ..graph.lookup import find
from ..graph.network import BASES, to_networkx
from ..graph.reviewed import ACCEPTED, CANDIDATE, marks_of, review_of
from ..ontology.countries import country_label
from ..ontology.income import income
from .answer import Answer, cut, read_as
from .filters import CERTAIN, Tally, Window


def spread(
    known: Identity,
    name: str,
    *,
    window: Window | None = None,
    bases: tuple[str, ...] = BASES,
    limit: int | None = None,
) -> Answer:
    """Return the adoptions of an innovation, earliest first; `countries` lists who adopted, not who only considered."""
    hit, near = find(known, name, ("innovation",))
    innovation = known.innovations[hit.id]
    diffusion = Diffusion(known, hit.id)
    window = window or Window()
    tally = Tally(known.view.scope.possible)
    sources = diffusion.sources()
    kept = []
    for adoption in diffusion.adoptions():
        match = window.match(adoption.earliest, adoption.latest)
        if tally.keep(match):
            kept.append((adoption, match == CERTAIN, [s for s in sources.get(adoption.id, []) if s.basis in bases]))
    countries = sorted({a.country for a, _, _ in kept if not a.considered})
    shown, hidden, cutting = cut(kept, limit, "adoptions")
    notes = known.view.notes + read_as(name, innovation.label, near)
    notes += tally.note("adoptions")
    notes += cutting
    ids = {a.id for a, _, _ in kept}
    unplaced = _unplaced(known)
    if unplaced:
        notes.append(
            f"{len(unplaced)} claims name no single country, e.g. “{unplaced[0]['said']}”; "
            f'`southerly show "{innovation.label}"` lists them.'
        )
    return Answer(
        {
            "innovation": innovation.brief(),
            "origins": [o.to_dict() for o in diffusion.origins()],
            "adoptions": [_shape(*item) for item in shown],
            "countries": countries,
            "unplaced": unplaced,
        },
        [_row(*item) for item in shown],
        ("country", "site", "when", "stage", "learned from", "basis", "reports", "income", "marks", "id"),
        notes,
        f"{innovation.label}: {len(countries)} countries, {len(kept)} adoptions",
        hidden,
        lambda: to_networkx([t for t in diffusion.transfers(bases) if t.adoption in ids]),
    )


def _unplaced(known: Identity) -> list[dict[str, Any]]:
    """Return the adoption claims that no country could be read from, in the report's own words."""
    return known.view.rows(
        "SELECT v.claim_id AS claim, coalesce(v.country_said, v.site, '(nowhere named)') AS said, v.stage, "
        f'v."when", v.report, {review_of(known.view, "v.claim_id")} AS review '
        "FROM visible v JOIN innov i ON i.key = v.innovation_key "
        "WHERE v.kind = 'adoption' AND v.country IS NULL ORDER BY v.claim_id"
    )


def _shape(a: Adoption, certain: bool, sources: list[Source]) -> dict[str, Any]:
    group = income(a.country, a.earliest, a.latest)
    return {
        "id": a.id,
        "country": a.country,
        "site": a.site,
        "when": a.when,
        "earliest": iso(a.earliest),
        "latest": iso(a.latest),
        "end": a.end,
        "stage": a.stage,
        "domestic": a.domestic,
        "left_censored": a.left_censored,
        "income_group": group.group,
        "extrapolated": group.extrapolated,
        "learned_from": [
            {
                "country": s.country,
                "site": s.site,
                "basis": s.basis,
                "rule": s.rule,
                "claims": list(s.claims),
                "review": s.review,
            }
            for s in sources
        ],
        "claims": list(a.claims),
        "reports": a.reports,
        "publishers": a.publishers,
        "conflicts": list(a.conflicts),
        "certain": certain,
        "review": a.review,
    }


def _row(a: Adoption, certain: bool, sources: list[Source]) -> dict[str, Any]:
    marks = [
        *marks_of(a.review),
        *(["domestic"] if a.domestic else []),
        *(["only considered"] if a.considered else []),
        *(["dates disagree"] if a.conflicts else []),
        *(["first observed"] if a.left_censored else []),
        *([] if certain else ["possible"]),
    ]
    group = income(a.country, a.earliest, a.latest)
    return {
        "country": country_label(a.country),
        "site": a.site,
        "when": a.when,
        "stage": a.stage,
        "learned from": "; ".join(_learned_from(a, sources)) or None,
        "basis": sources[0].basis if sources else None,
        "reports": a.reports,
        "income": group.group and group.group + ("*" if group.extrapolated else ""),
        "marks": ", ".join(marks),
        "id": a.id,
    }


def _learned_from(a: Adoption, sources: list[Source]) -> list[str]:
    """Return the countries, those marked that an accepted adoption is said to have learned from by candidates alone."""
    reviews: dict[str, set[str]] = {}
    for source in sources:
        reviews.setdefault(source.country, set()).add(source.review)
    return [
        country_label(country) + (f" ({CANDIDATE})" if a.review == ACCEPTED and said == {CANDIDATE} else "")
        for country, said in reviews.items()
    ]
