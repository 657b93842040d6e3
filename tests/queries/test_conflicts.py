"""`conflicts`: where reports disagree, who says what, and what was settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.judgements import settle
from southerly.graph.ledger import Ledger
from southerly.queries.conflicts import conflicts
from southerly.queries.stats import stats
from southerly.queries.why import why

CUP, SMOCK = "Synthetic cup", "Synthetic technology adoption"
WHO: dict[str, Any] = {"by": "synthetic analyst", "reason": "synthetic"}


@pytest.fixture
def graph(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph with a conflict of every field, and with much that is none."""
    return graph_of(
        [
            say.origin(CUP, "BRA", "1970", "a"),
            say.origin(CUP, "COL", "1978", "b"),
            say.origin(CUP, "COL", "1979", "c", site="Alpha Hospital"),
            say.origin(CUP, "COL", "1978~", "d"),
            say.origin(CUP, None, "1900", "d"),
            say.adoption(CUP, "KEN", "1990", "a", stage="pilot"),
            say.adoption(CUP, "KEN", "1995", "b", stage="pilot"),
            say.adoption(CUP, "KEN", "2000", "b", stage="scaled"),
            say.adoption(CUP, "KEN", None, "c", stage="pilot"),
            say.adoption(CUP, "UGA", "1990s", "a"),
            say.adoption(CUP, "UGA", "1995", "b"),
            say.adoption(CUP, "TZA", "1990", "a", site="Alpha Hospital"),
            say.adoption(CUP, "TZA", "2000", "b", site="Beta Hospital"),
            say.adoption(SMOCK, "ZMB", "1990", "a"),
            say.adoption(SMOCK, "ZMB", "2000", "b"),
        ],
        [
            {
                "report": "url:example.org/b",
                "title": "Synthetic report b",
                "url": "https://example.org/b",
                "year": "2001",
            }
        ],
    )


def by_field(answer: Any) -> dict[str, dict[str, Any]]:
    return {c["field"]: c for c in answer.data}


def test_every_field_that_can_disagree_and_nothing_else(graph: Ledger, known: Any) -> None:
    found = conflicts(known(graph), CUP)
    assert sorted(c["field"] for c in found.data) == ["adoption.when", "origin.country", "origin.when"]
    values = {f: {v["value"]: len(v["reports"]) for v in c["values"]} for f, c in by_field(found).items()}
    assert values == {
        "origin.country": {"BRA": 1, "COL": 3},
        "origin.when": {"1978": 2, "1979": 1},
        "adoption.when": {"1990": 1, "1995": 1},
    }
    assert all(c["settled"] is None for c in found.data)


def test_values_name_their_reports_and_claims(graph: Ledger, known: Any) -> None:
    opened = known(graph)
    conflict = by_field(conflicts(opened, CUP))["adoption.when"]
    (value,) = [v for v in conflict["values"] if v["value"] == "1995"]
    assert [(r["id"], r["title"], r["year"]) for r in value["reports"]] == [
        ("url:example.org/b", "Synthetic report b", "2001")
    ]
    assert why(opened, value["claims"][0]).data["claims"][0]["report"]["id"] == "url:example.org/b"


def test_every_conflict_can_be_asked_why_whatever_its_innovation_is_called(graph: Ledger, known: Any) -> None:
    opened = known(graph)
    found = conflicts(opened).data
    assert len(found) == 4
    for conflict in found:
        told = {c["id"] for c in why(opened, conflict["id"]).data["claims"]}
        assert {claim for v in conflict["values"] for claim in v["claims"]} <= told


def test_those_of_most_reports_come_first(graph: Ledger, known: Any) -> None:
    sizes = [sum(len(v["reports"]) for v in c["values"]) for c in conflicts(known(graph)).data]
    assert sizes == sorted(sizes, reverse=True)


def test_a_settled_conflict_stays_listed_with_what_settled_it(graph: Ledger, known: Any) -> None:
    before = conflicts(known(graph), CUP)
    for conflict in before.data:
        settle(graph, conflict["id"], conflict["values"][0]["claims"][0], **WHO)
    after = known(graph)
    assert {c["field"]: c["settled"] for c in conflicts(after, CUP).data} == {
        c["field"]: c["values"][0]["claims"][0] for c in before.data
    }
    for conflict in before.data:
        (own,) = [j for j in why(after, conflict["id"]).data["judgements"] if j["subject"] == conflict["id"]]
        assert (own["verdict"], own["by"], own["reason"]) == ("settle", "synthetic analyst", "synthetic")


def test_they_are_as_many_as_stats_counts(graph: Ledger, known: Any) -> None:
    assert stats(known(graph)).data["conflicts"] == len(conflicts(known(graph)).data)


def test_no_conflict_is_the_empty_list(graph_of: Any, say: Any, run: Any) -> None:
    result = run(graph_of([say.adoption(CUP, "KEN", "1990")]), "conflicts", "--format", "json")
    assert (result.exit_code, result.stdout.strip()) == (4, "[]")
