"""`flows` and `reciprocity`: who learns from whom, counted by adoption, in the income groups of the time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.ledger import Ledger
from southerly.queries.filters import window
from southerly.queries.flows import flows, reciprocity

CUP, BAND, BENCH = "Synthetic cup", "Synthetic band", "Synthetic bench"


@pytest.fixture(scope="module")
def graph(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph of three innovations between Kenya, Chile and the United States."""
    return graph_of(
        [
            say.origin(CUP, "KEN", "1990"),
            say.adoption(CUP, "KEN", "1990"),  # domestic
            say.adoption(CUP, "USA", "2000", source_country="KEN", source_site="Alpha Hospital"),
            say.adoption(CUP, "USA", "2000", "b", source_country="KEN", source_site="Beta Hospital"),
            say.adoption(CUP, "USA", "2005", site="Gamma Clinic", source_country="KEN"),
            say.adoption(CUP, "GBR", "2005", stage="considered", source_country="KEN"),
            say.adoption(CUP, "CHL", "2011"),
            say.adoption(BAND, "CHL", "2012", source_country="KEN"),
            say.adoption(BAND, "USA", None, source_country="CHL"),
            say.adoption(BENCH, "KEN", "2001", source_country="USA"),
        ]
    )


def counted(answer: Any) -> dict[tuple[str, str], tuple[int, int, int]]:
    return {(f["from"], f["to"]): (f["transfers"], f["innovations"], f["stated"]) for f in answer.data}


def test_a_transfer_is_an_adoption_and_a_country_that_taught_it(graph: Ledger, known: Any) -> None:
    assert counted(flows(known(graph))) == {
        ("KEN", "USA"): (2, 1, 2),
        ("KEN", "CHL"): (2, 2, 1),
        ("CHL", "USA"): (1, 1, 1),
        ("USA", "KEN"): (1, 1, 1),
    }
    assert flows(known(graph)).data[0]["transfers"] == 2


def test_by_income_each_end_has_the_group_of_the_time(graph: Ledger, known: Any) -> None:
    found = counted(flows(known(graph), by="income"))
    assert found["L", "H"] == (3, 2, 3)  # Kenya was low until 2013, Chile high from 2012
    assert found["L", "UM"] == (1, 1, 0)
    assert found["H", "L"] == (1, 1, 1)
    assert sum(n for n, _, _ in found.values()) == 6
    (undated,) = [pair for pair in found if pair not in {("L", "H"), ("L", "UM"), ("H", "L")}]
    assert undated[1] == "H"
    assert undated[0] not in {"L", "LM", "UM", "H"}  # Chile at an unknown time


def test_by_region(graph: Ledger, known: Any) -> None:
    assert counted(flows(known(graph), by="region")) == {
        ("Africa", "Americas"): (4, 2, 3),
        ("Americas", "Americas"): (1, 1, 1),
        ("Americas", "Africa"): (1, 1, 1),
    }


def test_bases_and_window(graph: Ledger, known: Any) -> None:
    assert counted(flows(known(graph), bases=("assumed",))) == {("KEN", "CHL"): (1, 1, 0)}
    late = flows(known(graph), window=window("2011", None))
    assert counted(late) == {("KEN", "CHL"): (2, 2, 1)}
    assert any(note.startswith("1 more transfers possibly match") for note in late.notes)


def test_one_transfer_that_possibly_matches_is_counted_once(graph_of: Any, say: Any, known: Any) -> None:
    rows = [
        say.adoption(CUP, "USA", None, r, source_country="KEN", source_site=s)
        for r, s in (("a", "Alpha Hospital"), ("b", "Beta Hospital"))
    ]
    answer = flows(known(graph_of(rows)), window=window("2000", None))
    assert answer.notes[0].startswith("1 more transfers possibly match")


def test_reciprocity_is_the_lesser_over_the_greater(graph: Ledger, known: Any) -> None:
    assert {(r["a"], r["b"]): (r["a_to_b"], r["b_to_a"], r["index"]) for r in reciprocity(known(graph)).data} == {
        ("KEN", "USA"): (2, 1, 0.5),
        ("CHL", "KEN"): (0, 2, 0.0),
        ("CHL", "USA"): (1, 0, 0.0),
    }
