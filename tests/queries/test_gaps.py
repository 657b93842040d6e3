"""`gaps`: what countries alike have taken up and this one has not, how much that weighs, and whom to ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.errors import WrongUse
from southerly.graph.ledger import Ledger
from southerly.queries.gaps import gaps

CUP, BAND, BENCH, NET = "Synthetic cup", "Synthetic band", "Synthetic bench", "Synthetic net"
# In 2024 Kenya, Tanzania, Zambia, Ghana and India are lower middle income, Uganda and Rwanda low, Chile and the United
# States high. Kenya, Tanzania, Zambia, Uganda and Rwanda lie in Eastern Africa, Ghana in Western Africa.


@pytest.fixture(scope="module")
def asked(graph_of: Callable[..., Ledger], known: Any) -> Callable[..., Any]:
    """Return the function that asks for Kenya's gaps in a graph of some claims."""
    return lambda *claims, **more: gaps(known(graph_of(list(claims))), "Kenya", **more)


def scores(answer: Any) -> dict[str, tuple[list[str], int]]:
    return {g["innovation"]["label"]: (g["adopters_alike"], g["score"]) for g in answer.data}


def test_alike_by_subregion_and_income_counts_twice_by_one_of_them_once(asked: Any, say: Any) -> None:
    answer = asked(
        say.adoption(CUP, "TZA", "2000"),  # both: 2
        say.adoption(CUP, "TZA", "2001", site="Alpha Hospital"),  # the same country again
        say.adoption(CUP, "UGA", "2000"),  # subregion: 1
        say.adoption(CUP, "IND", "2000"),  # income: 1
        say.adoption(CUP, "USA", "2000"),  # neither
        say.adoption(BAND, "ZMB"),  # both, at an unknown time: 2
        say.adoption(BENCH, "USA", "2000"),
        say.adoption(BENCH, "CHL", "2000"),
    )
    assert scores(answer) == {CUP: (["IND", "TZA", "UGA"], 4), BAND: (["ZMB"], 2)}
    assert [g["innovation"]["label"] for g in answer.data] == [CUP, BAND]
    assert "Countries like Kenya: income group LM in 2024 or Eastern Africa." in answer.notes
    assert "1 more innovations were taken up only by countries that are not alike." in answer.notes


def test_income_is_that_of_now_not_of_the_adoption(asked: Any, say: Any) -> None:
    """Chile was lower middle income in 1990, as Kenya is now."""
    assert asked(say.adoption(CUP, "CHL", "1990")).data == []


def test_what_the_country_has_or_began_is_no_gap(asked: Any, say: Any) -> None:
    answer = asked(
        *(say.adoption(innovation, "UGA", "2000") for innovation in (CUP, BAND, BENCH, NET)),
        say.adoption(CUP, "KEN", "2000", site="Alpha Hospital"),  # one site is enough
        say.adoption(CUP, "KEN", "2001", site="Beta Hospital", stage="abandoned"),
        say.origin(BAND, "KEN", "1990"),
        say.origin(BAND, "GHA", "1990", "b"),  # contested, but claimed
        say.origin(NET, "GHA", "1990"),
    )
    assert list(scores(answer)) == [BENCH, NET]
    assert "1 innovations that began in Kenya are no gaps and left out." in answer.notes


def test_considered_and_abandoned_here_are_listed_with_a_mark(asked: Any, say: Any) -> None:
    answer = asked(
        *(say.adoption(innovation, "UGA", "2000") for innovation in (CUP, BAND, BENCH, NET)),
        say.adoption(CUP, "KEN", "2000", stage="considered"),
        say.adoption(BAND, "KEN", "2000", stage="abandoned"),
        say.adoption(BENCH, "KEN", "2000", stage="abandoned"),
        say.adoption(BENCH, "KEN", "2000", stage="considered", site="Alpha Hospital"),
    )
    marks = {g["innovation"]["label"]: g["here"] for g in answer.data}
    assert marks == {CUP: "considered", BAND: "abandoned", BENCH: "abandoned", NET: None}


def test_countries_that_considered_or_abandoned_it_weigh_nothing(asked: Any, say: Any) -> None:
    answer = asked(
        say.adoption(CUP, "UGA", "2000", stage="considered"),
        say.adoption(BAND, "UGA", "2000", stage="pilot"),
        say.adoption(BAND, "UGA", "2005", stage="abandoned"),
        say.adoption(BENCH, "UGA", "2000", stage="abandoned"),
        say.adoption(BENCH, "TZA", "2000", stage="pilot"),
    )
    assert scores(answer) == {BENCH: (["TZA"], 2)}


def test_ask_those_that_went_furthest_and_where_an_exchange_showed_it(asked: Any, say: Any) -> None:
    (gap,) = asked(
        say.adoption(CUP, "UGA", "2000", stage="pilot"),
        say.adoption(CUP, "GHA", "2000", stage="scaled"),
        say.adoption(CUP, "USA", "2000", stage="scaled", site="Alpha Hospital"),  # its site stands for it
        say.adoption(CUP, "USA", "2000", stage="sustained"),
        say.adoption(CUP, "TZA", "2000", stage="scaled", site="Beta Hospital"),
        say.adoption(CUP, "RWA", "2000"),
        say.adoption(CUP, "ZMB", "2000", stage="adopted"),
        say.exchange("tour", ["GHA"], ["ZMB"], "2005", shown=[CUP]),
        say.exchange("later tour", ["GHA"], ["ZMB"], "2010", shown=[CUP]),
        say.exchange("undated tour", ["GHA"], ["ZMB"], shown=[CUP]),
        say.exchange("other tour", ["UGA"], ["ZMB"], "2010", shown=[BAND]),
    ).data
    assert [(a["site"], a["country"]) for a in gap["ask"]] == [
        ("Beta Hospital", "TZA"),  # alike twice over
        (None, "GHA"),
        ("Alpha Hospital", "USA"),
        (None, "ZMB"),
        (None, "UGA"),  # Rwanda's stage nobody states, and five are enough
    ]
    assert [a["exchange"] for a in gap["ask"]] == [None, "exchange:later-tour", None, None, None]


def test_a_limit_says_what_it_left_out(asked: Any, say: Any) -> None:
    answer = asked(say.adoption(CUP, "UGA"), say.adoption(BAND, "UGA"), limit=1)
    assert [g["innovation"]["label"] for g in answer.data] == [BAND]
    assert any(note.startswith("1 more innovations;") for note in answer.notes)


def test_a_country_without_income_or_subregion_has_none_alike(graph_of: Any, known: Any, say: Any) -> None:
    answer = gaps(known(graph_of([say.adoption(CUP, "UGA")])), "Antarctica")
    assert answer.data == []
    assert "Antarctica has no income group and no subregion, so no country is like it." in answer.notes


def test_what_is_no_country_is_wrong_use(graph_of: Any, known: Any, say: Any) -> None:
    with pytest.raises(WrongUse, match="Give a name or an ISO 3166 code"):
        gaps(known(graph_of([say.adoption(CUP, "UGA")])), "Atlantis")
