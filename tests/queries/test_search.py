"""`search`, and what a NAME means to the other questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.errors import Ambiguous, NotFound
from southerly.graph.identity import Identity
from southerly.graph.lookup import find
from southerly.queries.search import search

BENCH = "Synthetic bench"


@pytest.fixture(scope="module")
def opened(graph_of: Any, say: Any, known: Callable[..., Identity]) -> Identity:
    """Return an opened graph of innovations with names that are alike."""
    return known(
        graph_of(
            [
                say.adoption(
                    BENCH, "KEN", "1990", site="Alpha Hospital", quote="Grandmothers sat under a synthetic tree."
                ),
                say.named(BENCH, "Elder seat"),
                say.named(BENCH, "QZX", "acronym"),
                say.adoption("Alpha cup", "UGA", "1990", "b"),
                say.adoption("Alpha band", "UGA", "1990", "b"),
                say.adoption("Elder seating", "UGA", "1990", "b"),
                say.named("Alpha cup", "ZZ9", "acronym"),
                say.adoption("Cooker", "UGA", innovation_kind="device"),
                say.named("Cooker", "CK1", "acronym"),
                say.adoption("Clinic kit", "UGA", innovation_kind="policy"),
                say.named("Clinic kit", "CK1", "acronym"),
                say.exchange("tour", ["IND"], ["KEN"], title="Synthetic study tour"),
            ],
            [{"report": "url:example.org/a", "title": "Synthetic report on seats"}],
        )
    )


@pytest.mark.parametrize(
    ("text", "label", "score"),
    [
        (BENCH, BENCH, 1.0),
        ("synthetic BENCH", BENCH, 1.0),
        ("elder seat", BENCH, 0.9),
        ("qzx", BENCH, 0.9),
        ("synthetic be", BENCH, 0.8),
        ("synthetic bnch", BENCH, round(0.7 * (1 - 1 / 15), 4)),
        ("synthetic bnech", BENCH, round(0.7 * (1 - 2 / 15), 4)),
        ("ZZ8", "Alpha cup", round(0.7 * (1 - 1 / 3), 4)),
        ("Kenya", "Kenya", 1.0),
        ("alpha hospital", "Alpha Hospital", 1.0),
        ("synthetic study tour", "Synthetic study tour", 1.0),
        ("synthetic report on seats", "Synthetic report on seats", 1.0),
    ],
)
def test_scores_are_southerlys_own(opened: Identity, text: str, label: str, score: float) -> None:
    first = search(opened, text).data[0]
    assert (first["label"], round(first["score"], 4)) == (label, score)


@pytest.mark.parametrize("text", ["ZY8", "synthetic bbbbench", "synthetic xxnch bench", "", "—"])
def test_what_is_too_far_is_not_found(opened: Identity, text: str) -> None:
    assert not any(hit["class"] == "innovation" and hit["label"] == BENCH for hit in search(opened, text).data)
    assert not any(hit["label"] == "Alpha cup" for hit in search(opened, text).data)


def test_words_of_a_report_lead_to_their_claim(opened: Identity) -> None:
    (hit,) = search(opened, "under a SYNTHETIC tree").data
    assert (hit["class"], hit["id"][:6]) == ("claim", "claim:")
    assert "synthetic tree" in hit["matched"]


def test_scores_fall_and_ties_are_ordered(opened: Identity) -> None:
    hits = search(opened, "alpha").data
    assert [h["score"] for h in hits] == sorted((h["score"] for h in hits), reverse=True)
    assert [h["label"] for h in hits if h["class"] == "innovation"] == ["Alpha band", "Alpha cup"]


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "a" * 5000, "\x00", "(((", "\\"])
def test_any_text_is_only_text(opened: Identity, text: str) -> None:
    assert search(opened, text).data == []


def test_a_name_is_an_id_else_a_name_else_a_prefix_else_near(opened: Identity) -> None:
    places = ("innovation",)
    assert find(opened, "innovation:alpha-cup", places)[0].label == "Alpha cup"
    assert find(opened, "Elder seat", places)[0].label == BENCH  # its alias, though "Elder seating" begins so
    assert find(opened, "Elder seati", places)[0].label == "Elder seating"
    hit, near = find(opened, "synthetic bnech", places)
    assert (hit.label, near) == (BENCH, True)
    for text in ("alpha", "CK1"):
        with pytest.raises(Ambiguous):
            find(opened, text, places)
    with pytest.raises(NotFound):
        find(opened, "nothing of the kind", places)


def test_ambiguity_names_the_candidates(opened: Identity) -> None:
    with pytest.raises(Ambiguous) as error:
        find(opened, "CK1", ("innovation",))
    assert {id_ for id_, _ in error.value.candidates} == {"innovation:cooker", "innovation:clinic-kit"}
    assert "innovation:cooker" in str(error.value)
