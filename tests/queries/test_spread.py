"""`spread`: who took an innovation up, where, when, from whom, and how surely."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.judgements import retract
from southerly.graph.ledger import Ledger
from southerly.queries.filters import window
from southerly.queries.spread import spread
from southerly.queries.why import why

CUP = "Synthetic cup"


@pytest.fixture(scope="module")
def graph(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph of one innovation with every kind of adoption."""
    return graph_of(
        [
            say.origin(CUP, "COL", "1978"),
            say.origin(CUP, "COL", "1979", "b"),
            say.adoption(CUP, "COL", "1978", site="Alpha Hospital"),
            say.adoption(CUP, "KEN", "1990s", "a", stage="pilot", source_country="COL", source_site="Alpha Hospital"),
            say.adoption(CUP, "KEN", "1995", "b", stage="pilot", site="hospitals"),
            say.adoption(CUP, "GBR", "2000", stage="considered"),
            say.adoption(CUP, "GBR", "2001", "b", stage="considered", site="Beta Clinic"),
            say.adoption(CUP, "CHL", "2011-2012", stage="adopted"),
            say.adoption(CUP, "UGA", None),
            say.adoption(CUP, "TZA", "2005", status="planned"),
            say.adoption(CUP, "ZMB", "2005", review="candidate"),
            say.adoption(CUP, "VNM", "2003", confidence="low"),
            say.adoption(CUP, "ETH", "2003", confidence="high"),
            say.adoption(CUP, None, "2003", country_said="Africa"),
        ]
    )


def of(answer: Any, country: str) -> list[dict[str, Any]]:
    return [a for a in answer.data["adoptions"] if a["country"] == country]


def test_countries_are_those_that_adopted_the_domestic_included_and_the_considered_not(
    graph: Ledger, known: Any
) -> None:
    answer = spread(known(graph), CUP)
    assert answer.data["countries"] == ["CHL", "COL", "ETH", "KEN", "UGA", "VNM"]
    assert [a["domestic"] for a in of(answer, "COL")] == [True]
    assert of(answer, "COL")[0]["learned_from"] == []
    assert [a["stage"] for a in of(answer, "GBR")] == ["considered", "considered"]


def test_an_adoption_says_when_where_from_and_on_what(graph: Ledger, known: Any) -> None:
    (kenya,) = of(spread(known(graph), CUP), "KEN")
    assert (kenya["when"], kenya["earliest"], kenya["latest"]) == ("1995", "1995-01-01", "1995-12-31")
    assert (kenya["site"], kenya["stage"], kenya["reports"], len(kenya["claims"])) == (None, "pilot", 2, 2)
    assert kenya["income_group"] == "L"
    assert [(s["country"], s["site"], s["basis"]) for s in kenya["learned_from"]] == [
        ("COL", "Alpha Hospital", "stated")
    ]


def test_unknown_stays_unknown(graph: Ledger, known: Any) -> None:
    answer = spread(known(graph), CUP)
    (uganda,) = of(answer, "UGA")
    assert [uganda[k] for k in ("when", "earliest", "latest", "end", "stage", "site")] == [None] * 6
    (chile,) = of(answer, "CHL")
    assert (chile["when"], chile["income_group"], chile["extrapolated"]) == ("[2011..2012]", None, False)


def test_every_claim_of_an_adoption_leads_to_its_report(graph: Ledger, known: Any) -> None:
    for adoption in spread(known(graph), CUP).data["adoptions"]:
        told = why(known(graph), adoption["id"]).data["claims"]
        assert set(adoption["claims"]) <= {c["id"] for c in told}
        own = {c["report"]["id"] for c in told if c["id"] in adoption["claims"]}
        assert len(own) == adoption["reports"]


def test_a_window_keeps_what_is_certain_and_counts_the_rest(graph: Ledger, known: Any) -> None:
    asked = window("2000", "2011")
    answer = spread(known(graph), CUP, window=asked)
    assert answer.data["countries"] == ["ETH", "VNM"]
    assert any(note.startswith("2 more adoptions possibly match") for note in answer.notes)  # Chile, Uganda
    more = spread(known(graph, possible=True), CUP, window=asked)
    assert more.data["countries"] == ["CHL", "ETH", "UGA", "VNM"]
    assert {a["country"]: a["certain"] for a in more.data["adoptions"] if a["stage"] != "considered"} == {
        "CHL": False,
        "ETH": True,
        "UGA": False,
        "VNM": True,
    }


def test_the_ends_of_a_window_count(graph: Ledger, known: Any) -> None:
    assert "ETH" in spread(known(graph), CUP, window=window("2003", "2003")).data["countries"]
    assert "ETH" not in spread(known(graph), CUP, window=window("2003-01-02", None)).data["countries"]


def test_status_review_and_confidence_let_through_what_was_asked_for(graph: Ledger, known: Any) -> None:
    assert spread(known(graph, statuses=("planned",)), CUP).data["countries"] == ["TZA"]
    assert "ZMB" in spread(known(graph, candidates=True), CUP).data["countries"]
    sure = spread(known(graph, min_confidence="medium"), CUP)
    assert sure.data["countries"] == ["ETH"]
    assert any("possibl" in note for note in sure.notes), "claims without a confidence were left out in silence"
    assert "VNM" not in spread(known(graph, min_confidence="medium", possible=True), CUP).data["countries"]
    assert "KEN" in spread(known(graph, min_confidence="medium", possible=True), CUP).data["countries"]


def test_a_basis_shows_nothing_else(graph: Ledger, known: Any) -> None:
    bases = {
        basis: {a["country"] for a in spread(known(graph), CUP, bases=(basis,)).data["adoptions"] if a["learned_from"]}
        for basis in ("stated", "inferred", "assumed")
    }
    assert bases == {"stated": {"KEN"}, "inferred": set(), "assumed": {"CHL", "UGA", "VNM", "ETH"}}


def test_an_adopter_that_is_no_country_is_not_lost_in_silence(graph: Ledger, known: Any, run: Any) -> None:
    answer = spread(known(graph), CUP)
    shown = run(graph, "show", CUP, "--format", "json").stdout
    assert (
        any("Africa" in note or "no country" in note or "unplaced" in note for note in answer.notes)
        or "Africa" in shown
    )


def test_limit_cuts_the_list_and_not_the_countries(graph: Ledger, run: Any) -> None:
    result = run(graph, "spread", CUP, "--limit", "2", "--format", "json")
    whole = run(graph, "spread", CUP, "--format", "json")
    few, all_ = json.loads(result.stdout), json.loads(whole.stdout)
    assert few["adoptions"] == all_["adoptions"][:2]
    assert few["countries"] == all_["countries"]
    assert f"{len(all_['adoptions']) - 2} more" in result.stderr


def test_retracting_a_report_takes_only_what_it_alone_supports(graph_of: Any, say: Any, known: Any) -> None:
    rows = [say.adoption(CUP, "KEN", "1990"), say.adoption(CUP, "KEN", "1990", "b"), say.adoption(CUP, "UGA", "1990")]
    ledger = graph_of(rows)
    retract(ledger, "url:example.org/a", by="synthetic analyst", reason="synthetic")
    (kenya,) = spread(known(ledger), CUP).data["adoptions"]
    assert (kenya["country"], kenya["reports"]) == ("KEN", 1)
    assert spread(known(ledger, as_of="1"), CUP).data["countries"] == ["KEN", "UGA"]
