"""An uptake that a sentence seems to tell of is weighed beside what else its passage seems to say."""

from __future__ import annotations

import pytest
from southerly.ingest.extract.candidates import readings
from southerly.ingest.extract.judge import believe, hear, judged
from southerly.ingest.extract.passage import Passage, passages
from southerly.ingest.extract.sure import Beside, Seeming
from southerly.ingest.extract.weights import tables

TEXT = "Togo adopted the Friendship Bench from Zimbabwe. Togo has it in ten clinics. Ghana saw it too."
TOGO = Seeming("TGO", "ZWE", "actual", told=0.9, none=0.1, way=0.8)


@pytest.fixture
def passage() -> Passage:
    (one,) = passages(r.seen for r in readings(TEXT))
    hear(one, tables()["travel"])
    believe(one, tables()["part"])
    return one


def traits(passage: Passage, *seeming: list[Seeming]) -> set[str]:
    """Return the traits of the first uptake of the first sentence."""
    each = [*seeming, *([] for _ in passage.seen[len(seeming) :])]
    return set(Beside(passage, each, tables()["direction"]).traits(0, each[0][0]))


def test_its_chance_is_that_of_the_sentence_and_of_the_way_together(passage: Passage) -> None:
    assert TOGO.chance == pytest.approx(0.72)
    assert {"chance9", "told11", "none2", "way10"} <= traits(passage, [TOGO])


@pytest.mark.parametrize(
    ("other", "shows"),
    [
        (TOGO, "again9"),
        (Seeming("TGO", "GHA", "actual", 0.9, 0.1, 0.5), "other source6"),
        (Seeming("TGO", "ZWE", "planned", 0.5, 0.5, 0.5), "other status4"),
        (Seeming("ZWE", "TGO", "actual", 0.5, 0.5, 0.1), "back1"),
        (Seeming("GHA", "ZWE", "planned", 0.5, 0.1, 1.0), "same source7"),
    ],
)
def test_what_another_sentence_says_shows(passage: Passage, other: Seeming, shows: str) -> None:
    name = shows.rstrip("0123456789")
    assert shows in traits(passage, [TOGO], [other])
    assert f"{name}0" in traits(passage, [TOGO], [])


def test_others_of_its_own_sentence_show_and_it_is_not_its_own_witness(passage: Passage) -> None:
    assert {"another beside8", "again0"} <= traits(passage, [TOGO, Seeming("GHA", "ZWE", "actual", 0.7, 0.3, 0.9)])


def test_a_way_has_a_direction_and_what_has_no_source_has_none(passage: Passage) -> None:
    lone = Seeming("TGO", None, "actual", 0.9, 0.1, 0.8)
    assert any(t.startswith("direction") for t in traits(passage, [TOGO]))
    assert not any(t.startswith(("direction", "its ")) for t in traits(passage, [lone]))
    assert "from nobody" in traits(passage, [lone])


def test_an_uptake_is_proposed_by_the_sentence_that_tells_it_and_not_again_by_others() -> None:
    text = (
        "From 7 to 14 May 2018 six nurses from Nkhata Bay District Hospital in Malawi visited Butaro Hospital in "
        "Rwanda. The ward had opened in 2009. On the 9th they saw the ward and its mothers' groups. In June 2019 the "
        "district opened four mothers' groups of its own, on the Rwandan model. Kangaroo care is used in Kenya and in "
        "Ghana."
    )
    seen = [reading.seen for reading in readings(text)]
    by_sentence = [
        (seen[number].line.text.split()[0], uptake.country, uptake.source, uptake.status)
        for number, verdict in enumerate(judged(seen))
        for uptake in verdict.uptakes
        if uptake.country == "MWI"
    ]
    assert by_sentence == [("In", "MWI", "RWA", "actual")]


def test_an_uptake_of_two_things_is_proposed_by_both_sentences() -> None:
    text = (
        "Nurses from Kenya visited Uganda in 2014. In 2015 Kenya adopted kangaroo mother care from Uganda. "
        "In 2017 Kenya adopted the partograph from Uganda."
    )
    seen = [reading.seen for reading in readings(text)]
    assert [[u.country for u in verdict.uptakes] for verdict in judged(seen)] == [[], ["KEN"], ["KEN"]]
