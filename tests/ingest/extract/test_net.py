"""The net that reads words in their order: its sums worked by hand, what it can learn, and what it is held as."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.ingest.extract.candidates import readings
from southerly.ingest.extract.judge import believe, hear, seeming_uptakes
from southerly.ingest.extract.net import MARGIN, Net, convolve, numbered, packed, shipped_net, strongest_of, unpacked
from southerly.ingest.extract.passage import passages
from southerly.ingest.extract.weights import tables

WORDS = ["has", "not", "adopted", "unheard of"]
BENCH = Path(__file__).parents[3] / "bench"


def small(seed: int = 0) -> Net:
    draw = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return draw.standard_normal(shape).astype(np.float32)

    return Net(
        numbered(["has", "not", "adopted"]),
        numbered(["dated"], first=0),
        ("actual", "none"),
        embedding=some(5, 3),
        filters=(some(1, 3, 2), some(2, 3, 2)),
        bias=some(4),
        found=some(4, 3),
        shown=some(1, 3),
        hidden=some(3),
        told=some(3, 2),
        out=some(2),
    )


def test_a_filter_of_two_words_is_the_sum_of_what_each_gives_at_its_strongest_place() -> None:
    embedding = np.array([[0], [0], [1], [10]], dtype=np.float32)  # nothing, unheard of, "a", "b"
    two = np.array([[[1], [3]]], dtype=np.float32).reshape(2, 1, 1)  # the first word once, the second three times
    places = np.array([[0] * MARGIN + [2, 3, 2] + [0] * MARGIN])  # a b a
    answers = convolve(places, embedding, [two])
    assert strongest_of(answers).tolist() == [[1 + 3 * 10]]  # "a b", not "b a", which is 10 + 3
    assert [each.argmax(axis=1).tolist() for each in answers] == [[[0]]]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["has", "not", "adopted", "unheard of"]), max_size=60), st.sets(st.just("dated"))
        ),
        min_size=1,
        max_size=4,
    )
)
def test_chances_go_together_and_are_the_same_alone(each: list[tuple[list[str], set[str]]]) -> None:
    net = small()
    chances = net.chances(each)
    assert chances.sum(axis=1) == pytest.approx(1, abs=1e-5)
    alone = np.concatenate([net.chances([one]) for one in each])
    assert chances == pytest.approx(alone, abs=1e-5)


def test_a_net_is_held_in_bytes_and_read_nearly_as_it_was() -> None:
    net = small()
    again = unpacked(packed(net))
    assert (again.words, again.traits, again.outcomes) == (net.words, net.traits, net.outcomes)
    for one, other in zip(
        (net.embedding, *net.filters, net.told), (again.embedding, *again.filters, again.told), strict=True
    ):
        assert other == pytest.approx(one, abs=float(np.abs(one).max()) / 127)


def test_it_learns_what_only_the_order_of_words_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    monkeypatch.delitem(sys.modules, "learn_net", raising=False)
    import learn_net

    draw = np.random.default_rng(3)
    fill = [f"w{n}" for n in range(12)]

    def sentence(*pair: str) -> list[str]:
        around = list(draw.choice(fill, size=6))
        at = int(draw.integers(0, 6))
        return [*around[:at], *pair, *around[at:]]

    told = [(sentence("has", "not"), [], "no", 1.0) for _ in range(600)]
    told += [(sentence("not", "has"), [], "yes", 1.0) for _ in range(600)]
    net = learn_net.train(told, ["no", "yes"])
    chances = net.chances(
        [(sentence("has", "not"), []) for _ in range(50)] + [(sentence("not", "has"), []) for _ in range(50)]
    )
    assert (chances[:50, 0] > 0.5).sum() >= 45
    assert (chances[50:, 1] > 0.5).sum() >= 45


def test_the_net_that_comes_along_is_asked_about_uptakes() -> None:
    net = shipped_net()
    assert set(net.outcomes) == {"actual", "hypothetical", "negated", "none", "planned"}
    text = "Officials from Nepal saw the clubs in Sri Lanka in 2014. Nepal has not taken them up."
    (passage,) = passages(r.seen for r in readings(text))
    hear(passage, tables()["travel"])
    believe(passage, tables()["part"])
    with_net, without = seeming_uptakes(passage, tables(), net), seeming_uptakes(passage, tables())
    assert [[one.key for one in each] for each in with_net][1] == [("NPL", None, "negated")]
    assert [one.told for one in with_net[1]] != [one.told for one in without[1]]
