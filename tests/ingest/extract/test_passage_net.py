"""The net that reads a passage as a whole: its sums beside JAX's, what it can learn, and what it is held as."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import yaml
from southerly.ingest.extract.candidates import readings
from southerly.ingest.extract.judge import verdicts_on
from southerly.ingest.extract.passage import Passage, passages
from southerly.ingest.extract.passage_net import MOST, opinion_of, packed, read, shipped_passage_nets, unpacked
from southerly.ingest.extract.weights import tables

BENCH = Path(__file__).parents[3] / "bench"
COUNTRIES = ["Togo", "Ghana", "Nepal", "Peru", "Chad", "Cuba", "Fiji", "Laos", "Mali", "Oman", "Iran", "Iraq"]
PLAIN = "Nurses from Kenya visited Uganda in 2014. Kenya has since adopted the Friendship Bench from Zimbabwe."


def passage_of(text: str) -> Passage:
    (passage,) = passages(reading.seen for reading in readings(text))
    return passage


@pytest.fixture
def learner(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the learner, which fills all passages up to one small size, so that little has to be compiled."""
    monkeypatch.syspath_prepend(str(BENCH))
    for name in ("learn_passages", "labelled"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import learn_passages

    monkeypatch.setattr(learn_passages, "_LENGTHS", (64,))
    monkeypatch.setattr(learn_passages, "_COUNTRIES", (4,))
    return learn_passages


def sentences(number: int) -> list[tuple[str, str, str]]:
    """Return texts that tell who visited whom in two orders of words, with the visitor and the host."""
    draw = np.random.default_rng(7)
    codes = dict(zip(COUNTRIES, "TGO GHA NPL PER TCD CUB FJI LAO MLI OMN IRN IRQ".split(), strict=True))  # noqa: SIM905 - a list of words reads better as words
    found = []
    for _ in range(number):
        one, other = draw.choice(COUNTRIES, size=2, replace=False)
        if draw.random() < 0.5:
            found.append((f"Staff of {one} went to see the wards of {other}.", codes[one], codes[other]))
        else:
            found.append((f"Wards in {one} were seen by staff of {other}.", codes[other], codes[one]))
    return found


def test_it_learns_who_visited_from_words_in_their_order_and_numpy_gives_what_jax_gives(
    learner: ModuleType, tmp_path: Path
) -> None:
    told = sentences(400)
    path = tmp_path / "long-x.yaml"
    path.write_text(
        yaml.safe_dump_all(
            {
                "id": f"x-{n}",
                "text": text,
                "labels": {"exchanges": [{"hosts": [host], "visitors": [visitor], "quote": text}]},
            }
            for n, (text, visitor, host) in enumerate(told)
        )
    )
    from labelled import read_set

    labelled = list(read_set(path))
    net = learner.train(labelled, rounds=25)
    right = 0
    for text, visitor, host in sentences(40):
        opinion = net.opinion(read(passage_of(text)))
        right += opinion.told[visitor].visitor > opinion.told[host].visitor
        right += opinion.told[host].host > opinion.told[visitor].host
    assert right >= 76

    examples = [learner.example(one) for one in labelled[:20]]
    depth, hidden = net.at["heads"].shape[1], net.at["pair bias"].shape[0]
    aside = {"aside in": np.zeros((depth, hidden)), "aside out": np.zeros((hidden, 6))}
    at = net.at | aside | {"aside in bias": np.zeros(hidden), "aside out bias": np.zeros(6)}
    told_by_jax, sources, _, _ = learner.forward(at, learner.filled(net, (64, 4, 20, examples)))
    for row, one in enumerate(labelled[:20]):
        opinion = net.opinion(read(one.passage))
        for place, (country, ours) in enumerate(opinion.told.items()):
            assert ours == pytest.approx(1 / (1 + np.exp(-np.asarray(told_by_jax[row, place]))), abs=1e-5)
            theirs = np.exp(np.asarray(sources[row, place]))
            assert list(opinion.sources[country].values()) == pytest.approx([*theirs[:2], theirs[-1]], abs=1e-5)


def test_it_is_held_in_bytes_and_read_nearly_as_it_was() -> None:
    for net in shipped_passage_nets():
        again = unpacked(packed(net), net.words)
        assert (again.heads, again.tails, again.at.keys()) == (net.heads, net.tails, net.at.keys())
        for name, each in net.at.items():
            assert np.abs(again.at[name] - each).max() <= np.abs(each).max() / 127


def test_a_passage_is_read_with_its_countries_where_they_stand() -> None:
    it = read(passage_of("Kenya saw Uganda. Then Kenya left."))
    assert it.tokens == ["<s>", "<C", "saw", "<C", ".", "<s>", "then", "<C", "left", "."]
    assert {country: places.tolist() for country, places in it.places.items()} == {"KEN": [1, 7], "UGA": [3]}
    assert it.sentence.tolist() == [0] * 5 + [1] * 5
    # two tokens apart, in one sentence, behind; and the same the other way round
    assert it.stands.tolist() == [[0, 1 + 2 + 1], [1 + 2, 0]]
    far = read(passage_of("Kenya saw it all, day after day after day. Uganda did not."))
    assert far.stands.tolist() == [[0, 1 + 4 * 2 + 1], [1 + 4 * 2, 0]]  # 12 tokens apart, in two sentences


def test_chances_of_sources_go_together_and_nobody_is_its_own() -> None:
    opinion = opinion_of(shipped_passage_nets(), passage_of(PLAIN))
    assert opinion is not None
    assert list(opinion.told) == ["KEN", "UGA", "ZWE"]
    for adopter, chances in opinion.sources.items():
        assert set(chances) == {"KEN", "UGA", "ZWE", None}
        assert sum(chances.values()) == pytest.approx(1, abs=1e-4)
        assert chances[adopter] == pytest.approx(0, abs=1e-6)


def test_the_net_that_comes_along_reads_a_plain_passage() -> None:
    opinion = opinion_of(shipped_passage_nets(), passage_of(PLAIN))
    assert opinion is not None
    kenya, uganda = opinion.told["KEN"], opinion.told["UGA"]
    assert kenya.visitor > 0.5 > uganda.visitor
    assert uganda.host > 0.5 > kenya.host
    assert kenya.actual > 0.5 > max(uganda.actual, opinion.told["ZWE"].actual)
    assert opinion.sources["KEN"][None] < 0.1
    told = verdicts_on(passage_of(PLAIN), tables(), wholes=shipped_passage_nets())
    assert [(u.country, u.source) for verdict in told for u in verdict.uptakes] == [("KEN", "ZWE")]


@pytest.mark.parametrize("text", ["", "Nobody went anywhere.", "The ward is full. Mothers wait outside."])
def test_of_a_passage_without_countries_it_has_no_opinion(text: str) -> None:
    nets = shipped_passage_nets()
    assert all(opinion_of(nets, each) is None for each in passages(r.seen for r in readings(text)))


def test_a_crowd_of_countries_and_a_long_sentence_are_read_as_far_as_it_can() -> None:
    crowd = passage_of(f"{', '.join(COUNTRIES)}, Kenya, Uganda, Rwanda, Angola, Benin and Gabon took part.")
    opinion = opinion_of(shipped_passage_nets(), crowd)
    assert opinion is not None
    assert len(opinion.told) == MOST
    slow = f"It was, as they say, {'very, ' * 25}late. "
    long = passage_of(f"Kenya adopted it. {slow * 18}Uganda did not.")
    opinion = opinion_of(shipped_passage_nets(), long)
    assert opinion is not None
    assert list(opinion.told) == ["KEN"]  # Uganda stands beyond what it reads
    assert verdicts_on(long, tables(), wholes=shipped_passage_nets())
    assert verdicts_on(crowd, tables(), wholes=shipped_passage_nets())
