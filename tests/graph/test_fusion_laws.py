"""Fusion of random claims into origins and adoptions, against a plain-Python oracle of the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.graph.dates import read_when
from southerly.graph.diffusion import Adoption, Diffusion, Origin
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import View

Claim = dict[str, Any]


def fused(ledger: Ledger) -> tuple[list[Adoption], list[Origin]]:
    view = View(ledger)
    with closing(view.con):
        diffusion = Diffusion(Identity(view))
        return diffusion.adoptions(), diffusion.origins()


def narrowed(dates: list[tuple[date, date]]) -> tuple[date, date, bool]:
    """Return what dates share, or all that they span, and whether they share nothing."""
    low, high = max(first for first, _ in dates), min(last for _, last in dates)
    if low <= high:
        return low, high, False
    return min(first for first, _ in dates), max(last for _, last in dates), True


def bounds(claim: Claim) -> tuple[date, date] | None:
    meant = read_when(claim["when"])
    return (meant.earliest or date.min, meant.latest or date.max) if meant.edtf else None


STAGES = ("considered", "pilot", "adopted", "adapted", "scaled", "sustained", "abandoned")


def expected_origins(claims: list[Claim]) -> dict[tuple[str, str | None], dict[str, Any]]:
    groups = defaultdict(list)
    for claim in claims:
        if claim["kind"] == "origin":
            groups[claim["innovation"], claim["country"]].append(claim)
    named = defaultdict(set)
    for innovation, country in groups:
        if country:
            named[innovation].add(country)
    return {
        (innovation, country): {
            "dates": narrowed(dates)[:2] if (dates := [b for c in said if (b := bounds(c))]) else None,
            "conflict": bool(dates) and narrowed(dates)[2],
            "reports": len({c["report"] for c in said}),
            "contested": len(named[innovation]) > 1,
        }
        for (innovation, country), said in groups.items()
    }


def expected_adoptions(claims: list[Claim]) -> dict[tuple[str, str, str | None], dict[str, Any]]:
    origins = expected_origins(claims)
    groups = defaultdict(list)
    for claim in claims:
        if claim["kind"] == "adoption":
            site = claim.get("site") if claim.get("site") in NAMED_SITES else None
            groups[claim["innovation"], claim["country"], site].append(claim)
    found = {}
    for (innovation, country, site), said in groups.items():
        spells: dict[str | None, tuple[date, date, bool] | None] = {}
        for stage in {c["stage"] for c in said}:
            dates = [b for c in said if c["stage"] == stage and (b := bounds(c))]
            spells[stage] = narrowed(dates) if dates else None
        considered = set(spells) == {"considered"}
        counted = {s: spell for s, spell in spells.items() if considered or s != "considered"}
        dated = [spell for spell in counted.values() if spell]
        stages = sorted(
            (spell is not None, spell[1] if spell else date.min, spell[0] if spell else date.min, STAGES.index(s), s)
            for s, spell in counted.items()
            if s
        )
        claimed = {c: o["reports"] for (i, c), o in origins.items() if i == innovation and c}
        found[innovation, country, site] = {
            "dates": (min(s[0] for s in dated), min(s[1] for s in dated)) if dated else None,
            "stage": stages[-1][-1] if stages else None,
            "considered": considered,
            "conflicts": sum(bool(spell and spell[2]) for spell in spells.values()),
            "reports": len({c["report"] for c in said}),
            "publishers": len({PUBLISHERS[c["report"]] for c in said}),
            "domestic": country in claimed
            and all(c["source_country"] in (None, country) for c in said)
            and claimed[country] == max(claimed.values()),
        }
    return found


NAMED_SITES = ("Alpha Hospital", "Beta Clinic")
PUBLISHERS = {
    "report:a": "Synthetic Press",
    "report:b": "Synthetic Press",
    "report:c": "example.org",
    "report:d": "report:d",
}
SAYINGS = [
    {"report": "report:a", "publisher": "Synthetic Press", "url": "https://example.com/a"},
    {"report": "report:b", "publisher": "Synthetic Press", "url": "https://example.net/b"},
    {"report": "report:c", "url": "https://www.example.org/c/d.html"},
    {"report": "report:d", "title": "Synthetic report without publisher or address"},
]
INNOVATIONS = st.sampled_from(["Synthetic band", "Synthetic bench", "Synthetic cup"])
WHEN = st.sampled_from([None, None, "1990", "1990s", "1995", "by 1995", "1995-06", "[1992..]", "[1994..2003]", "2001"])
REPORTS = st.sampled_from(sorted(PUBLISHERS))
COUNTRIES = st.sampled_from(["BRA", "KEN", "USA"])
CLAIMS = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {
                "kind": st.just("adoption"),
                "innovation": INNOVATIONS,
                "country": COUNTRIES,
                "site": st.sampled_from([None, "hospitals", "tertiary hospitals", *NAMED_SITES]),
                "when": WHEN,
                "stage": st.sampled_from([None, *STAGES]),
                "source_country": st.sampled_from([None, None, None, "BRA", "KEN"]),
                "report": REPORTS,
            }
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("origin"),
                "innovation": INNOVATIONS,
                "country": st.sampled_from([None, "BRA", "KEN"]),
                "site": st.sampled_from([None, *NAMED_SITES]),
                "when": WHEN,
                "report": REPORTS,
            }
        ),
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=15, deadline=None)
@given(claims=CLAIMS)
def test_random_claims_fuse_as_the_rules_say(
    new_ledger: Callable[[], Ledger], commit: Callable[..., Any], claims: list[Claim]
) -> None:
    ledger = new_ledger()
    commit(ledger, {"synthetic.csv": claims}, sayings={"synthetic.csv": SAYINGS})
    adoptions, origins = fused(ledger)

    def dates(thing: Adoption | Origin) -> tuple[date, date] | None:
        return (thing.earliest or date.min, thing.latest or date.max) if thing.dated else None

    labels = {f"innovation:{c['innovation'].lower().replace(' ', '-')}": c["innovation"] for c in claims}
    assert {
        (labels[a.innovation], a.country, a.site): {
            "dates": dates(a) if a.earliest or a.latest else None,
            "stage": a.stage,
            "considered": a.considered,
            "conflicts": len(a.conflicts),
            "reports": a.reports,
            "publishers": a.publishers,
            "domestic": a.domestic,
        }
        for a in adoptions
    } == expected_adoptions(claims)
    assert sum(len(a.claims) for a in adoptions) == sum(c["kind"] == "adoption" for c in claims)
    for o in origins:
        wanted = expected_origins(claims)[labels[o.innovation], o.country]
        assert (dates(o), o.reports, o.contested) == (wanted["dates"], wanted["reports"], wanted["contested"])
        assert bool(o.conflict) == (wanted["conflict"] and o.country is not None)
    assert len(origins) == len(expected_origins(claims))
