"""`show`: all that is known of one thing, each entry with its report and claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.ledger import Ledger
from southerly.queries.show import show

CUP = "Synthetic cup"


@pytest.fixture(scope="module")
def graph(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph of one innovation, an exchange that showed it and what that led to."""
    return graph_of(
        [
            say.origin(CUP, "IND", "1980", innovation_kind="device"),
            say.adoption(CUP, "KEN", "2001", "b", site="Alpha Hospital"),
            say.adoption(CUP, None, "2003", "b", country_said="Africa"),
            say.exchange("tour", ["IND"], ["KEN"], "2000", title="Synthetic tour", shown=[CUP], report="c"),
            say.outcome("tour", "Synthetic outcome", "d", innovation=CUP),
            say.named(CUP, "Synthetic beaker", report="e"),
        ]
    )


def test_an_innovation_has_every_section(graph: Ledger, known: Any) -> None:
    data = show(known(graph), CUP).data
    assert data["subject"] == {
        "id": "innovation:synthetic-cup",
        "class": "innovation",
        "label": CUP,
        "aliases": ["Synthetic beaker"],
    }
    assert data["kinds"] == ["device"]
    assert [o["country"] for o in data["origins"]] == ["IND"]
    assert data["countries"] == ["KEN"]
    assert [e["content"]["title"] for e in data["exchanges"]] == ["Synthetic tour"]
    assert [o["content"]["outcome"] for o in data["outcomes"]] == ["Synthetic outcome"]
    assert [r["id"][-1] for r in data["reports"]] == ["a", "b", "c", "d", "e"]


def test_an_adopter_kept_as_said_is_part_of_all_that_is_known(graph: Ledger, known: Any) -> None:
    assert "Africa" in str(show(known(graph), CUP).data)


@pytest.mark.parametrize(
    ("name", "cls", "said"),
    [
        ("Kenya", "country", {"adoptions": 1, "exchanges": 1, "origins": 0}),
        ("IND", "country", {"adoptions": 0, "exchanges": 1, "origins": 1}),
        ("Alpha Hospital", "site", {"adoptions": 1, "exchanges": 0}),
        ("Synthetic tour", "exchange", {"exchanges": 1, "outcomes": 1}),
    ],
)
def test_other_things_have_the_claims_that_speak_of_them(
    graph: Ledger, known: Any, name: str, cls: str, said: dict[str, int]
) -> None:
    data = show(known(graph), name).data
    assert data["subject"]["class"] == cls
    assert {section: len(data[section]) for section in said} == said


def test_every_entry_names_its_claim_and_report(graph: Ledger, known: Any) -> None:
    data = show(known(graph), "Kenya").data
    for section in ("adoptions", "exchanges"):
        for entry in data[section]:
            assert entry["claim"].startswith("claim:")
            assert entry["report"] in {r["id"] for r in data["reports"]}
