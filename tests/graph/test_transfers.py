"""Transfers: who learned from whom and on what basis, worked by hand and against a plain-Python oracle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.graph.dates import read_when
from southerly.graph.diffusion import Diffusion
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.network import Transfer
from southerly.graph.view import View

Claim = dict[str, Any]
BAND = "Synthetic band"


def adoption(country: str, when: str | None = None, report: str = "report:a", **more: Any) -> Claim:
    return {"kind": "adoption", "innovation": BAND, "country": country, "when": when, "report": report, **more}


def origin(country: str | None, report: str = "report:a", **more: Any) -> Claim:
    return {"kind": "origin", "innovation": BAND, "country": country, "report": report, **more}


def exchange(
    when: str | None = "2000", hosts: tuple[str, ...] = ("BRA",), visitors: tuple[str, ...] = ("KEN",), **more: Any
) -> Claim:
    return {
        "kind": "exchange",
        "exchange": "synthetic tour",
        "when": when,
        "host_countries": list(hosts),
        "visiting_countries": list(visitors),
        "shown": [BAND],
        "report": "report:x",
        **more,
    }


@pytest.fixture
def learned(ledger: Ledger, commit: Any) -> Callable[..., list[tuple[str, str, str, str | None]]]:
    """Return a function: commit claims, return transfers as (from, to, basis, rule)."""

    def learn(*claims: Claim) -> list[tuple[str, str, str, str | None]]:
        commit(ledger, {"synthetic.csv": claims})
        return sorted((t.from_country, t.to_country, t.basis, t.rule) for t in transfers(ledger))

    return learn


def transfers(ledger: Ledger) -> list[Transfer]:
    view = View(ledger)
    with closing(view.con):
        return Diffusion(Identity(view)).transfers()


# The oracle: every country adopts an innovation once at most, so that fusion has nothing to do.


def bounds(when: str | None) -> tuple[date, date]:
    meant = read_when(when)
    return meant.earliest or date.min, meant.latest or date.max


def expected(claims: list[Claim]) -> set[tuple[str, str, str, str, str | None]]:
    """Return (innovation, from, to, basis, rule) of every transfer that the rules give."""
    origins: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    tours: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim["kind"] == "origin":
            origins[claim["innovation"]][claim["country"]].add(claim["report"])
        if claim["kind"] == "exchange":
            tours[claim["exchange"]].append(claim)
    adoptions = [c for c in claims if c["kind"] == "adoption"]
    found: set[tuple[str, str, str, str, str | None]] = set()
    for one in adoptions:
        name, country, source = one["innovation"], one["country"], one["source_country"]
        counts = {c: len(reports) for c, reports in origins[name].items()}
        domestic = country in counts and source in (None, country) and counts[country] == max(counts.values())
        if one["stage"] == "considered" or domestic:
            continue
        if source:
            if source != country:
                found.add((name, source, country, "stated", None))
            continue
        inferred = set()
        for key, said in tours.items():
            hosts = {h for c in said for h in c["host_countries"]}
            visitors = {v for c in said for v in c["visiting_countries"]}
            began = [bounds(c["when"])[0] for c in said if c["when"]]
            shown = any(name in c["shown"] for c in said) or one["exchange"] == key
            if (
                len(hosts) == 1
                and country in visitors - hosts
                and shown
                and began
                and min(began) <= bounds(one["when"])[1]
            ):
                inferred.add((name, *hosts, country, "inferred", "exchange"))
        for other in adoptions:
            if (
                other["innovation"] == name
                and other["country"] != country
                and other["stage"] != "considered"
                and set(other["partners"]) & set(one["partners"])
                and bounds(other["when"])[1] < bounds(one["when"])[0]
            ):
                inferred.add((name, other["country"], country, "inferred", "partner"))
        found |= inferred
        if not inferred and counts:
            top = [c for c, n in counts.items() if n == max(counts.values())]
            if len(top) == 1 and top[0] != country:
                found.add((name, top[0], country, "assumed", "origin"))
    return found


NAMES = ["Synthetic band", "Synthetic bench"]
COUNTRIES = ["BRA", "KEN", "UGA", "ZAF"]
WHEN = st.sampled_from([None, "1990", "1995", "1990s", "by 1992", "[1994..]", "2000", "1995-2001"])
SOME = st.lists(st.sampled_from(COUNTRIES), max_size=2, unique=True)
ADOPTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.just("adoption"),
            "innovation": st.sampled_from(NAMES),
            "country": st.sampled_from(COUNTRIES),
            "when": WHEN,
            "stage": st.sampled_from([None, "adopted", "pilot", "considered"]),
            "source_country": st.sampled_from([None, None, None, *COUNTRIES]),
            "partners": st.lists(st.sampled_from(["Synthetic Trust", "Synthetic Fund"]), max_size=1),
            "exchange": st.sampled_from([None, None, "tour 1", "tour 2"]),
            "report": st.just("report:a"),
        }
    ),
    max_size=8,
    unique_by=lambda c: (c["innovation"], c["country"]),
)
ORIGINS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.just("origin"),
            "innovation": st.sampled_from(NAMES),
            "country": st.sampled_from(["BRA", "KEN"]),
            "report": st.sampled_from(["report:a", "report:b", "report:c"]),
        }
    ),
    max_size=5,
)
EXCHANGES = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.just("exchange"),
            "exchange": st.sampled_from(["tour 1", "tour 2", "tour 3"]),
            "when": WHEN,
            "host_countries": st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=2, unique=True),
            "visiting_countries": SOME,
            "shown": st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
            "report": st.just("report:x"),
        }
    ),
    max_size=4,
)


@settings(max_examples=15, deadline=None)
@given(adoptions=ADOPTIONS, origins=ORIGINS, exchanges=EXCHANGES)
def test_random_claims_give_the_transfers_of_the_rules(
    new_ledger: Callable[[], Ledger],
    commit: Callable[..., Any],
    adoptions: list[Claim],
    origins: list[Claim],
    exchanges: list[Claim],
) -> None:
    claims = [*adoptions, *origins, *exchanges]
    ledger = new_ledger()
    commit(ledger, {"start": [adoption("USA", innovation="Synthetic other")], "synthetic.csv": claims})
    names = {f"innovation:{n.lower().replace(' ', '-')}": n for n in NAMES}
    found = [(names[t.innovation], t.from_country, t.to_country, t.basis, t.rule) for t in transfers(ledger)]
    assert set(found) == expected(claims)
    assert len(found) == len(set(found))


# Worked examples


def test_stated_suppresses_what_could_be_inferred_or_assumed(learned: Any) -> None:
    claims = [
        origin("BRA"),
        exchange(),
        adoption("KEN", "2001", source_country="ZAF"),
        adoption("KEN", "2001", "report:b"),
    ]
    assert learned(*claims) == [("ZAF", "KEN", "stated", None)]


def test_two_stated_sources_are_two_transfers(learned: Any) -> None:
    claims = [adoption("KEN", "2001", source_country="ZAF"), adoption("KEN", "2001", "report:b", source_country="BRA")]
    assert learned(*claims) == [("BRA", "KEN", "stated", None), ("ZAF", "KEN", "stated", None)]


def test_a_transfer_stands_on_the_claims_that_state_it(ledger: Ledger, commit: Any) -> None:
    commit(
        ledger,
        {
            "a": [
                adoption("KEN", "1999-2001", source_country="ZAF", channel="exchange visit"),
                adoption("KEN", "2000", "report:b"),
            ]
        },
    )
    (found,) = transfers(ledger)
    assert len(found.claims) == 1
    assert found.channels == ("exchange visit",)
    assert found.when == "2000"  # what both reports leave possible


def test_a_stated_source_within_the_country_is_no_crossing(learned: Any) -> None:
    assert learned(origin("BRA"), adoption("KEN", "2001", site="Alpha Hospital", source_country="KEN")) == []


def test_the_exchange_rule(learned: Any) -> None:
    assert learned(exchange(), adoption("KEN", "2001")) == [("BRA", "KEN", "inferred", "exchange")]


@pytest.mark.parametrize(
    ("tour", "adopted"),
    [
        (exchange(when=None), "2001"),  # an undated exchange infers nothing
        (exchange(when=None), None),
        (exchange(when="2002"), "2001"),  # it came after
        (exchange(when="2002-01-01"), "2001-12-31"),
        (exchange(hosts=("BRA", "ZAF")), "2001"),  # from which of the two?
        (exchange(hosts=()), "2001"),
        (exchange(hosts=("KEN",)), "2001"),
        (exchange(visitors=("UGA",)), "2001"),  # somebody else went
        (exchange(visitors=()), "2001"),
        (exchange(shown=["Synthetic bench"]), "2001"),  # something else was shown
        (exchange(shown=[]), "2001"),
        (exchange(status="planned"), "2001"),  # it never took place
    ],
)
def test_each_condition_of_the_exchange_rule(learned: Any, tour: Claim, adopted: str | None) -> None:
    assert learned(tour, adoption("KEN", adopted)) == []


@pytest.mark.parametrize(
    ("began", "adopted"),
    [
        ("2000", "2000"),
        ("2000", None),
        ("2000", "1990-2010"),
        ("2000-12-31", "2000"),
        ("by 2010", "2001"),
        ("2000", "[1990..]"),
    ],
)
def test_an_exchange_that_may_have_come_first_counts(learned: Any, began: str, adopted: str | None) -> None:
    assert learned(exchange(when=began), adoption("KEN", adopted)) == [("BRA", "KEN", "inferred", "exchange")]


def test_an_adoption_may_name_its_exchange_instead_of_the_exchange_the_innovation(learned: Any) -> None:
    linked = adoption("KEN", "2001", exchange="Synthetic Tour")
    assert learned(exchange(shown=[]), linked, adoption("UGA", "2001")) == [("BRA", "KEN", "inferred", "exchange")]


def test_a_second_report_of_an_exchange_may_add_the_host_that_leaves_it_open(learned: Any) -> None:
    assert learned(exchange(), exchange(hosts=("ZAF",), report="report:y"), adoption("KEN", "2001")) == []


def test_the_partner_rule(learned: Any) -> None:
    claims = [
        adoption("BRA", "1990", partners=["Synthetic Trust"]),
        adoption("KEN", "1995", partners=["synthetic trust", "Synthetic Fund"]),
        adoption("UGA", "1995", partners=["Synthetic Fund"]),
    ]
    assert learned(*claims) == [("BRA", "KEN", "inferred", "partner")]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("1990s", "1995"), ("1995", "1995"), (None, "1995"), ("1990", None), ("[1990..]", "1995"), ("1990", "by 1995")],
)
def test_a_partner_proves_nothing_where_the_order_is_not_certain(
    learned: Any, earlier: str | None, later: str | None
) -> None:
    trust: dict[str, Any] = {"partners": ["Synthetic Trust"]}
    assert learned(adoption("BRA", earlier, **trust), adoption("KEN", later, **trust)) == []


def test_a_partner_does_not_explain_within_a_country_or_from_what_was_only_considered(learned: Any) -> None:
    trust: dict[str, Any] = {"partners": ["Synthetic Trust"]}
    claims = [
        adoption("KEN", "1990", site="Alpha Hospital", **trust),
        adoption("KEN", "1995", site="Beta Hospital", **trust),
        adoption("BRA", "1980", stage="considered", **trust),
    ]
    assert learned(*claims) == []


def test_assumed_from_the_origin_of_most_reports(learned: Any) -> None:
    claims = [origin("BRA"), origin("BRA", "report:b"), origin("COL", "report:c"), adoption("KEN"), adoption("COL")]
    assert learned(*claims) == [("BRA", "COL", "assumed", "origin"), ("BRA", "KEN", "assumed", "origin")]


def test_a_tie_of_origins_assumes_nothing(learned: Any) -> None:
    assert learned(origin("BRA"), origin("BRA"), origin("COL", "report:b"), adoption("KEN")) == []


def test_an_unnamed_origin_neither_ties_nor_teaches(learned: Any) -> None:
    claims = [origin("BRA"), origin(None, "report:b"), origin(None, "report:c"), adoption("KEN")]
    assert learned(*claims) == [("BRA", "KEN", "assumed", "origin")]


def test_inference_comes_before_assumption(learned: Any) -> None:
    claims = [origin("COL"), exchange(), adoption("KEN", "2001"), adoption("UGA", "2001")]
    assert learned(*claims) == [("BRA", "KEN", "inferred", "exchange"), ("COL", "UGA", "assumed", "origin")]


def test_the_considered_and_the_domestic_learned_nothing_abroad(learned: Any) -> None:
    claims = [
        origin("BRA"),
        exchange(visitors=("KEN", "BRA")),
        exchange(exchange="synthetic tour 2", hosts=("ZAF",), visitors=("BRA",)),
        adoption("KEN", "2001", stage="considered"),
        adoption("UGA", "2001", stage="considered", source_country="BRA"),
        adoption("BRA", "2001"),
    ]
    assert learned(*claims) == []
