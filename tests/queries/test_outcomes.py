"""`outcomes`: what exchanges led to, by each dimension, with what nobody stated kept apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.ledger import Ledger
from southerly.queries.filters import window
from southerly.queries.outcomes import DIMENSIONS, UNMAPPED, outcomes

CUP = "Synthetic cup"


@pytest.fixture(scope="module")
def graph(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph of two exchanges and six outcomes, one of them of no exchange."""
    return graph_of(
        [
            say.exchange(
                "tour", ["IND"], ["KEN"], "2000", exchange_type="study tour", direction="south-south", cadre="nurses"
            ),
            say.exchange("twins", ["GBR"], ["UGA"], "2005", exchange_type="twinning"),
            say.outcome(
                "tour",
                "Synthetic outcome 1",
                innovation=CUP,
                theme="mental health",
                outcome_level="system",
                stage="adopted",
                countries=["KEN", "UGA"],
                mechanisms=[
                    "peer-to-peer mind change",
                    "Mind change",
                    "hands-on learning",
                    "a synthetic phrase",
                    "another one",
                ],
                enablers=["local champions"],
                barriers=["a synthetic barrier"],
                when="2001",
            ),
            say.outcome(
                "tour",
                "Synthetic outcome 2",
                outcome_level="system",
                countries=["KEN"],
                mechanisms=["learning by doing"],
            ),
            say.outcome("twins", "Synthetic outcome 3", outcome_level="individual", stage="output", when="2005-2006"),
            say.outcome("twins", "Synthetic outcome 4", mechanisms=["a third phrase"], when="2006"),
            say.outcome(None, "Synthetic outcome 5", innovation=CUP, countries=["KEN", "KEN"]),
            say.outcome("lost tour", "Synthetic outcome 6", when="2001"),
            say.outcome("tour", "Synthetic outcome 7", status="planned"),
            # An adoption's own outcome text is no outcome claim.
            say.adoption(CUP, "KEN", "2000", outcome="Synthetic outcome of an adoption"),
        ]
    )


def counted(answer: Any) -> dict[str | None, tuple[int, int]]:
    return {
        None if g["group"] is None else "; ".join(g["group"].values()): (g["outcomes"], g["exchanges"])
        for g in answer.data
    }


BY_HAND: dict[str, dict[str | None, tuple[int, int]]] = {
    "exchange_type": {"study tour": (2, 1), "twinning": (2, 1), None: (2, 1)},
    "direction": {"south-south": (2, 1), None: (4, 2)},
    "level": {"system": (2, 1), "individual": (1, 1), None: (3, 2)},
    "stage": {"adopted": (1, 1), "output": (1, 1), None: (4, 3)},
    "mechanism": {"peer-to-peer mind change": (1, 1), "hands-on learning": (2, 1), UNMAPPED: (2, 2), None: (3, 2)},
    "enabler": {"local champions": (1, 1), None: (5, 3)},
    "barrier": {UNMAPPED: (1, 1), None: (5, 3)},
    "country": {"KEN": (3, 1), "UGA": (1, 1), None: (3, 2)},
    "innovation": {"innovation:synthetic-cup": (2, 1), None: (4, 3)},
    "exchange": {"tour": (2, 1), "twins": (2, 1), "lost-tour": (1, 1), None: (1, 0)},
    "year": {"2001": (2, 2), "2006": (1, 1), None: (3, 2)},
}


@pytest.mark.parametrize("by", sorted(BY_HAND))
def test_by_each_dimension(graph: Ledger, known: Any, by: str) -> None:
    assert counted(outcomes(known(graph), by=by)) == BY_HAND[by]


@pytest.mark.parametrize("by", [None, *DIMENSIONS])
def test_totals_are_of_distinct_outcomes(graph: Ledger, known: Any, by: str | None) -> None:
    answer = outcomes(known(graph), by=by)
    total = next(m for note in answer.notes if (m := re.search(r"(\d+) distinct outcomes of (\d+) exchanges", note)))
    assert total.groups() == ("6", "3")
    for group in answer.data:
        assert sum(group["levels"].values()) == sum(group["stages"].values()) == group["outcomes"] <= 6
    assert sum(g["outcomes"] for g in answer.data) >= 6  # nothing is lost, the multi-valued come again


def test_all_together(graph: Ledger, known: Any) -> None:
    (whole,) = outcomes(known(graph)).data
    assert (whole["outcomes"], whole["exchanges"]) == (6, 3)
    assert whole["levels"] == {"individual": 1, "system": 2, "unstated": 3}
    assert whole["stages"] == {"adopted": 1, "output": 1, "unstated": 4}


def test_the_row_of_what_nobody_stated_comes_last(graph: Ledger, known: Any) -> None:
    assert outcomes(known(graph), by="mechanism").data[-1]["group"] is None


def test_a_theme_and_a_cadre_are_terms(graph: Ledger, known: Any) -> None:
    themes = counted(outcomes(known(graph), by="theme"))
    assert themes[None] == (4, 3)
    assert sum(n for n, _ in themes.values()) == 6
    assert counted(outcomes(known(graph), by="cadre"))[None] == (4, 2)


def test_one_report_that_states_an_outcome_twice_and_two_that_agree(graph_of: Any, say: Any, known: Any) -> None:
    rows = [say.outcome("tour", "Synthetic outcome", r, outcome_level="system") for r in ("a", "b")]
    assert counted(outcomes(known(graph_of(rows)), by="level")) == {"system": (2, 1)}  # an outcome is a report's claim


def test_filters(graph: Ledger, known: Any) -> None:
    opened = known(graph)
    assert counted(outcomes(opened, country="Kenya")) == {"": (3, 1)}
    assert counted(outcomes(opened, innovation=CUP)) == {"": (2, 1)}
    dated = outcomes(opened, window=window("2001", "2005"))
    assert counted(dated) == {"": (2, 2)}
    assert dated.notes[0].startswith("3 more outcomes possibly match")


def test_nothing_of_a_kind_is_the_empty_list(graph_of: Any, say: Any, run: Any) -> None:
    result = run(graph_of([say.adoption(CUP, "KEN")]), "outcomes", "--by", "mechanism", "--format", "json")
    assert (result.exit_code, result.stdout.strip()) == (4, "[]")
