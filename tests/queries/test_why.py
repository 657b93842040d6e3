"""`why`: the claims behind anything, with their reports, places and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.errors import NotFound
from southerly.graph.ledger import Ledger
from southerly.queries.spread import spread
from southerly.queries.why import why

CUP = "Synthetic cup"


@pytest.fixture(scope="module")
def graph(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph of one innovation that an exchange explains."""
    return graph_of(
        [
            say.origin(CUP, "IND", "1980"),
            say.adoption(CUP, "KEN", "2001", "b", site="Alpha Hospital", quote="A synthetic quote.", confidence="high"),
            say.exchange("tour", ["IND"], ["KEN"], "2000", shown=[CUP], report="c"),
            say.outcome("tour", "Synthetic outcome", "d", innovation=CUP),
            say.named(CUP, "Synthetic beaker", report="e"),
            say.adoption("Synthetic band", "UGA", "2001", "f"),
        ],
        [
            {
                "report": "url:example.org/b",
                "title": "Synthetic report b",
                "url": "https://example.org/b",
                "year": "2002",
            }
        ],
    )


def reports(answer: Any) -> set[str]:
    return {c["report"]["id"].rsplit("/")[-1] for c in answer.data["claims"]}


def test_a_claim_has_its_report_place_and_words(graph: Ledger, known: Any) -> None:
    opened = known(graph)
    (adoption,) = spread(opened, CUP).data["adoptions"]
    (claim,) = why(opened, adoption["claims"][0]).data["claims"]
    assert claim["report"]["title"] == "Synthetic report b"
    assert (claim["report"]["url"], claim["report"]["year"]) == ("https://example.org/b", "2002")
    assert (claim["carrier"], claim["locator"]) == ("synthetic.csv", "row=3")
    assert (claim["quote"], claim["confidence"], claim["method"]) == ("A synthetic quote.", "high", "curated")
    assert (claim["status"], claim["review"], claim["kind"]) == ("actual", "accepted", "adoption")
    assert claim["content"]["country"] == "KEN"
    assert "stage" not in claim["content"]  # what was not said is not there


def test_an_inferred_hop_shows_the_exchange_that_explains_it(graph: Ledger, known: Any) -> None:
    opened = known(graph)
    (adoption,) = spread(opened, CUP).data["adoptions"]
    assert [(s["country"], s["basis"]) for s in adoption["learned_from"]] == [("IND", "inferred")]
    assert reports(why(opened, adoption["id"])) == {"b", "c"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (CUP, set("abcde")),
        ("synthetic beaker", set("abcde")),
        ("Kenya", set("bc")),
        ("country:IND", set("ac")),
        ("Alpha Hospital", set("b")),
        ("exchange:tour", set("cd")),
        ("url:example.org/b", set("b")),
        ("Synthetic report b", set("b")),
        ("url:example.org/f", set("f")),  # nobody says what it is called
    ],
)
def test_anything_leads_to_its_claims(graph: Ledger, known: Any, name: str, expected: set[str]) -> None:
    assert reports(why(known(graph), name)) == expected


def test_the_same_claim_in_two_carriers_is_one_claim_with_two_places(
    new_ledger: Any, commit: Any, say: Any, known: Any
) -> None:
    ledger = new_ledger()
    commit(
        ledger,
        {
            "x.csv": [say.adoption(CUP, "KEN")],
            "y.csv": [say.adoption("Synthetic band", "KEN"), say.adoption(CUP, "KEN")],
        },
    )
    (claim,) = why(known(ledger), CUP).data["claims"]
    assert [(p["carrier"], p["locator"]) for p in claim["places"]] == [("x.csv", "row=2"), ("y.csv", "row=3")]


@pytest.mark.parametrize(
    "name", ["claim:none", "adoption:none:KEN", "conflict:adoption.when:none:KEN", "conflict", "adoption:", "none"]
)
def test_what_is_not_there_is_not_found(graph: Ledger, known: Any, name: str) -> None:
    with pytest.raises(NotFound):
        why(known(graph), name)
