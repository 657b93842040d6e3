"""`trace`: by which routes an innovation travelled, with the evidence of each hop."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.errors import WrongUse
from southerly.graph.ledger import Ledger
from southerly.ontology.countries import all_countries
from southerly.queries.filters import window
from southerly.queries.trace import trace
from southerly.queries.why import why

CUP = "Synthetic cup"


@pytest.fixture(scope="module")
def graph(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph of one innovation from Brazil to Norway, with a way through a site, and one against time."""
    return graph_of(
        [
            say.origin(CUP, "BRA", "1980"),
            say.adoption(CUP, "KEN", "1990s", site="Alpha Hospital", source_country="BRA", channel="exchange visit"),
            say.adoption(CUP, "KEN", "1995", "b", site="Beta Clinic", source_country="BRA", channel="training"),
            say.adoption(CUP, "UGA", "1996", "b", source_country="KEN", source_site="Beta Clinic"),
            say.adoption(CUP, "NOR", "2000", "c", source_country="UGA"),
            say.adoption(CUP, "ZAF", "2010", "c", source_country="BRA"),
            say.adoption(CUP, "IND", None, "c", source_country="ZAF"),
            say.adoption(CUP, "NPL", "1990", "c", source_country="IND"),
            say.adoption(CUP, "CHL", "2011-2012", "c"),
            say.adoption(CUP, "GBR", "2005", "c", stage="considered", source_country="BRA"),
        ]
    )


def ways(answer: Any) -> list[str]:
    return ["-".join(r["countries"]) for r in answer.data["routes"]]


def test_routes_go_from_the_origin_to_every_adopter_stated_first_then_short_then_early(
    graph: Ledger, known: Any
) -> None:
    assert ways(trace(known(graph), CUP)) == [
        "BRA-KEN",
        "BRA-ZAF",
        "BRA-KEN-UGA",
        "BRA-ZAF-IND",
        "BRA-KEN-UGA-NOR",
        "BRA-CHL",
    ]


def test_a_hop_pools_its_claims_but_only_those_of_the_site_that_taught(graph: Ledger, known: Any) -> None:
    (whole,) = trace(known(graph), CUP, target="Kenya").data["routes"]
    (hop,) = whole["hops"]
    assert hop["from"] == {"country": "BRA", "sites": []}
    assert hop["to"] == {"country": "KEN", "sites": ["Alpha Hospital", "Beta Clinic"]}
    assert (hop["when"], hop["earliest"], hop["latest"]) == ("[1990..1995]", "1990-01-01", "1995-12-31")
    assert (hop["basis"], hop["channels"], len(hop["claims"])) == ("stated", ["exchange visit", "training"], 2)
    (onward,) = trace(known(graph), CUP, target="UGA").data["routes"]
    assert onward["hops"][0]["to"]["sites"] == ["Beta Clinic"]
    assert onward["hops"][0]["when"] == "1995"
    assert onward["hops"][1]["from"]["sites"] == ["Beta Clinic"]


def test_years_run_from_the_first_arrival_to_the_last_and_are_null_where_one_is_open(graph: Ledger, known: Any) -> None:
    routes = {"-".join(r["countries"]): r["years"] for r in trace(known(graph), CUP).data["routes"]}
    assert routes["BRA-KEN-UGA-NOR"] == 5
    assert routes["BRA-KEN"] == 0
    assert routes["BRA-ZAF-IND"] is None


def test_time_travel_comes_only_when_time_is_ignored_and_is_marked(graph: Ledger, known: Any) -> None:
    assert trace(known(graph), CUP, target="Nepal").data["routes"] == []
    (against,) = trace(known(graph), CUP, target="Nepal", ignore_time=True).data["routes"]
    assert (against["countries"], against["time_respecting"]) == (["BRA", "ZAF", "IND", "NPL"], False)
    assert "BRA-ZAF" in ways(trace(known(graph), CUP, source="Brazil", ignore_time=True))


def test_a_route_may_start_in_the_middle(graph: Ledger, known: Any) -> None:
    assert ways(trace(known(graph), CUP, source="KEN", target="Norway")) == ["KEN-UGA-NOR"]
    assert ways(trace(known(graph), CUP, source="IND", target="NPL")) == ["IND-NPL"]


def test_direction_is_that_of_the_time(graph_of: Any, say: Any, known: Any) -> None:
    pairs = [
        ("KEN", "USA", "2000", "reverse"),
        ("KEN", "UGA", "2000", "south-south"),
        ("USA", "KEN", "2000", "north-south"),
        ("USA", "GBR", "2000", "north-north"),
        ("KEN", "CHL", "2011", "south-south"),
        ("KEN", "CHL", "2012", "reverse"),
        ("KEN", "CHL", "2011-2012", "unknown"),
        ("KEN", "CHL", None, "unknown"),
        ("KEN", "VEN", "2021", "unknown"),
        ("KOR", "USA", "1990", "reverse"),
        ("KOR", "USA", "1996", "north-north"),
    ]
    rows = [
        say.adoption(f"Synthetic {i:02d}", to, when, source_country=of) for i, (of, to, when, _) in enumerate(pairs)
    ]
    opened = known(graph_of(rows))
    for i, (of, to, when, direction) in enumerate(pairs):
        (route,) = trace(opened, f"Synthetic {i:02d}", source=of, target=to).data["routes"]
        assert route["hops"][0]["direction"] == direction, (of, to, when)


def test_a_basis_shows_nothing_else(graph: Ledger, known: Any) -> None:
    assert "BRA-CHL" not in ways(trace(known(graph), CUP, bases=("stated",)))
    assert ways(trace(known(graph), CUP, bases=("assumed",))) == ["BRA-CHL"]


def test_a_window_keeps_what_certainly_began_in_it(graph: Ledger, known: Any) -> None:
    answer = trace(known(graph), CUP, window=window("1995", "2000"), source="BRA")
    assert ways(answer) == ["BRA-KEN", "BRA-KEN-UGA", "BRA-KEN-UGA-NOR"]
    assert answer.data["routes"][0]["hops"][0]["to"]["sites"] == ["Beta Clinic"]
    assert any("2 more transfers possibly match" in note for note in answer.notes)  # Alpha Hospital, India


def test_the_limit_counts_the_remainder(graph: Ledger, run: Any) -> None:
    result = run(graph, "trace", CUP, "--limit", "2", "--format", "json")
    data = json.loads(result.stdout)
    assert (len(data["routes"]), data["more"]) == (2, 4)
    assert "4 more routes" in result.stderr


def test_twenty_routes_are_shown_unless_more_are_asked_for(graph_of: Any, say: Any, run: Any) -> None:
    adopters = [c.iso3 for c in all_countries() if c.who_region == "AFR" and c.iso3 != "KEN"][:22]
    ledger = graph_of([say.origin(CUP, "KEN"), *(say.adoption(CUP, c, "2000") for c in adopters)])
    assert json.loads(run(ledger, "trace", CUP, "--format", "json").stdout)["more"] == 2
    whole = json.loads(run(ledger, "trace", CUP, "--format", "json", "--limit", "50").stdout)
    assert (len(whole["routes"]), whole["more"]) == (22, 0)


def test_a_chain_of_any_length_is_found_or_said_to_be_cut(graph_of: Any, say: Any, known: Any) -> None:
    chain = ["KEN", "UGA", "TZA", "RWA", "BDI", "MWI", "ZMB", "ZWE", "ZAF", "NAM", "BWA", "AGO"]
    rows = [say.adoption(CUP, b, str(2000 + i), source_country=a) for i, (a, b) in enumerate(itertools.pairwise(chain))]
    answer = trace(known(graph_of(rows)), CUP, source="KEN", target="AGO")
    assert ways(answer) == ["-".join(chain)] or any("more routes" in note for note in answer.notes)


def test_hops_lead_to_claims(graph: Ledger, known: Any) -> None:
    opened = known(graph)
    for route in trace(opened, CUP).data["routes"]:
        for hop in route["hops"]:
            assert hop["claims"]
            for claim in hop["claims"]:
                assert why(opened, claim).data["claims"][0]["id"] == claim


def test_an_unknown_country_is_wrong_use_with_a_near_spelling(graph: Ledger, known: Any) -> None:
    with pytest.raises(WrongUse, match="Kenya"):
        trace(known(graph), CUP, source="Kenyaa")
