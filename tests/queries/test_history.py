"""`log` and `diff`: what was done to the graph, and what two revisions say differently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from southerly.graph.errors import WrongUse
from southerly.graph.judgements import retract, undo
from southerly.graph.ledger import Ledger
from southerly.queries.history import diff, log

CUP = "Synthetic cup"
WHO: dict[str, Any] = {"by": "synthetic analyst", "reason": "synthetic reason"}


@pytest.fixture
def graph(new_ledger: Callable[[], Ledger], commit: Any, say: Any) -> Ledger:
    """Return a graph of four revisions: two readings, a retraction, its undoing."""
    ledger = new_ledger()
    kenya, uganda = say.adoption(CUP, "KEN", "1990"), say.adoption(CUP, "UGA", "1990", "b")
    commit(ledger, {"x": [kenya, uganda]}, now=datetime(2026, 1, 1, 12))
    commit(
        ledger, {"x": [kenya | {"when": "1991"}, say.adoption(CUP, "TZA", "1990", "c")]}, now=datetime(2026, 1, 2, 12)
    )
    retract(ledger, "url:example.org/c", **WHO, now=datetime(2026, 1, 3, 12))
    undo(ledger, 3, **WHO, now=datetime(2026, 1, 4, 12))
    return ledger


def test_the_log_says_what_when_who_and_why_newest_first(graph: Ledger) -> None:
    found = log(graph).data
    assert [(r["revision"], r["by"], r["reason"], r["undoes"]) for r in found] == [
        (4, WHO["by"], WHO["reason"], 3),
        (3, WHO["by"], WHO["reason"], None),
        (2, None, None, None),
        (1, None, None, None),
    ]
    assert found[0]["at"].startswith("2026-01-04")
    assert "url:example.org/c" in found[1]["what"]
    assert [r["revision"] for r in log(graph, limit=1).data] == [4]


def countries(claims: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return sorted((c["content"]["country"], c["content"]["when"]) for c in claims)


def test_the_differences_of_two_revisions(graph: Ledger) -> None:
    found = diff(graph, "1", "2").data
    assert countries(found["added"]) == [("TZA", "1990")]
    assert countries(found["withdrawn"]) == [("UGA", "1990")]
    assert [(c["from"]["content"]["when"], c["to"]["content"]["when"]) for c in found["changed"]] == [("1990", "1991")]


def test_backwards_is_the_mirror(graph: Ledger) -> None:
    there, back = diff(graph, "1", "2").data, diff(graph, "2", "1").data
    assert (there["added"], there["withdrawn"]) == (back["withdrawn"], back["added"])
    assert there["changed"] == [{"from": c["to"], "to": c["from"]} for c in back["changed"]]


def test_a_retraction_withdraws_and_its_undoing_restores(graph: Ledger) -> None:
    assert countries(diff(graph, "2", "3").data["withdrawn"]) == [("TZA", "1990")]
    assert diff(graph, "2", "4").data == {"added": [], "withdrawn": [], "changed": []}


def test_dates_name_the_last_revision_of_their_day(graph: Ledger) -> None:
    assert diff(graph, "2026-01-01", "2026-01-02").data == diff(graph, "1", "2").data
    assert len(diff(graph, "2025-12-31", "2026-01-01").data["added"]) == 2  # before the first, nothing was known


def test_a_revision_that_there_is_not_is_wrong_use(graph: Ledger) -> None:
    for wrong in ("9", "yesterday", "2026-13-01"):
        with pytest.raises(WrongUse):
            diff(graph, "1", wrong)
