"""Learn a small neural net (ingest/extract/net.py) from labelled sentences, by gradients worked out by hand in NumPy.

Adam (Kingma and Ba, 2015) over a few rounds of all sentences in random batches. So that it does not learn them by
heart, words, traits and places of each layer are left out at random (dropout, Srivastava and others, 2014). The seed is
fixed, but another processor may add numbers up in another order, and then the parameters differ a little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from southerly.ingest.extract.net import (
    FIRST,
    NOTHING,
    Floats,
    Net,
    Places,
    begin_of,
    convolve,
    numbered,
    packed,
    softmax,
    strongest_of,
)

Sentence = tuple[Sequence[str], Collection[str], str, float]  # words, traits, outcome, weight
_DEPTH, _FILTERS, _HIDDEN = 64, 128, 128
_LENGTHS = (1, 2, 3, 5)  # words that filters look at
_FEWEST_WORDS, _FEWEST_TRAITS = 3, 20  # sentences in which a word or trait must be seen
_ROUNDS, _BATCH, _RATE = 8, 128, 1e-3
_DECAY = 1e-4  # by which parameters shrink at each step, as a share of the rate
_MEMORY, _SPREAD = 0.9, 0.999  # of Adam
_KEPT = {"words": 0.85, "traits": 0.7, "found": 0.5, "hidden": 0.7}
_SEED = 1


@dataclass
class _Learner:
    """A net's parameters while they are learned, with what Adam remembers of each."""

    at: dict[str, Floats]
    random: np.random.Generator
    mean: dict[str, Floats] = field(default_factory=dict)
    spread: dict[str, Floats] = field(default_factory=dict)
    steps: int = 0

    def filters(self) -> list[Floats]:
        return [self.at[f"filters{n}"] for n in range(len(_LENGTHS))]

    def kept(self, what: str, shape: tuple[int, ...]) -> Floats:
        """Return which places of a layer are kept, made larger for those that are not."""
        return (self.random.random(shape) < _KEPT[what]).astype(np.float32) / np.float32(_KEPT[what])

    def step(self, places: Places, traits: Floats, outcome: Places, weight: Floats) -> None:
        """Learn from one batch."""
        at = self.at
        left_out = self.random.random(places.shape) >= _KEPT["words"]
        places = np.where(left_out, NOTHING, places)
        traits = traits * self.kept("traits", traits.shape)
        answers = convolve(places, at["embedding"], self.filters())
        where = [each.argmax(axis=1) for each in answers]
        sums = strongest_of(answers) + at["bias"]
        keep_found = self.kept("found", sums.shape)
        found = np.maximum(sums, 0) * keep_found
        before = found @ at["found"] + traits @ at["shown"] + at["hidden"]
        keep_hidden = self.kept("hidden", before.shape)
        hidden = np.maximum(before, 0) * keep_hidden
        error = softmax(hidden @ at["told"] + at["out"])
        error[np.arange(len(outcome)), outcome] -= 1
        error *= (weight / len(outcome))[:, None]
        slope = {"told": hidden.T @ error, "out": error.sum(axis=0)}
        error = error @ at["told"].T * keep_hidden * (before > 0)
        slope |= {"found": found.T @ error, "shown": traits.T @ error, "hidden": error.sum(axis=0)}
        error = error @ at["found"].T * keep_found * (sums > 0)
        slope["bias"] = error.sum(axis=0)
        slope |= self._of_filters(places, where, error)
        self._adam(slope)

    def _of_filters(self, places: Places, where: list[Places], error: Floats) -> dict[str, Floats]:
        """Return the slopes of filters and embedding: only the strongest place of each filter has any."""
        at = self.at
        embedding = np.zeros_like(at["embedding"])
        slope = {"embedding": embedding}
        rows, columns = np.arange(len(places))[:, None], np.arange(_FILTERS)[None, :]
        for n, (each, strongest) in enumerate(zip(self.filters(), where, strict=True)):
            part = error[:, n * _FILTERS : (n + 1) * _FILTERS]
            slope[f"filters{n}"] = np.empty_like(each)
            begin = begin_of(each)
            for step in range(len(each)):
                words, which = np.unique(places[rows, strongest + begin + step], return_inverse=True)
                by_word = np.zeros((len(words), _FILTERS), dtype=np.float32)
                np.add.at(by_word, (which.reshape(part.shape), columns), part)
                slope[f"filters{n}"][step] = at["embedding"][words].T @ by_word
                embedding[words] += by_word @ each[step].T
        embedding[NOTHING] = 0
        return slope

    def _adam(self, slope: dict[str, Floats]) -> None:
        self.steps += 1
        for name, each in slope.items():
            mean = self.mean.setdefault(name, np.zeros_like(each))
            spread = self.spread.setdefault(name, np.zeros_like(each))
            mean += (1 - _MEMORY) * (each - mean)
            spread += (1 - _SPREAD) * (each**2 - spread)
            move = mean / (1 - _MEMORY**self.steps) / (np.sqrt(spread / (1 - _SPREAD**self.steps)) + 1e-8)
            self.at[name] -= np.float32(_RATE) * (move + np.float32(_DECAY) * self.at[name])


def train(sentences: Sequence[Sentence], outcomes: Sequence[str]) -> Net:
    """Return a net that tells the outcome of sentences like these."""
    words = _often((set(words) for words, _, _, _ in sentences), _FEWEST_WORDS)
    traits = _often((set(traits) for _, traits, _, _ in sentences), _FEWEST_TRAITS)
    random = np.random.default_rng(_SEED)
    start = _start(len(words) + FIRST, len(traits), len(outcomes), random)
    learner = _Learner(start, random)
    net = _net(learner, words, traits, outcomes)
    places = net.places([words for words, _, _, _ in sentences])
    seen = net.seen([traits for _, traits, _, _ in sentences])
    outcome = np.array([outcomes.index(each) for _, _, each, _ in sentences])
    weight = np.array([each for _, _, _, each in sentences], dtype=np.float32)
    for _ in range(_ROUNDS):
        for batch in np.array_split(random.permutation(len(sentences)), max(1, len(sentences) // _BATCH)):
            learner.step(places[batch], seen[batch], outcome[batch], weight[batch])
    return _net(learner, words, traits, outcomes)


def write(net: Net, path: Path) -> None:
    """Write a net where Southerly reads it."""
    np.savez_compressed(path, **packed(net))


def _often(each: Iterable[Iterable[str]], least: int) -> list[str]:
    seen = Counter(word for words in each for word in words)
    return sorted(word for word, times in seen.items() if times >= least)


def _start(words: int, traits: int, outcomes: int, random: np.random.Generator) -> dict[str, Floats]:
    """Return parameters to begin from: small at random, so that filters come to differ."""

    def normal(*shape: int, size: float) -> NDArray[np.float32]:
        return (random.standard_normal(shape) * size).astype(np.float32)

    filters = len(_LENGTHS) * _FILTERS
    at = {
        "embedding": normal(words, _DEPTH, size=0.1),
        "bias": np.zeros(filters, dtype=np.float32),
        "found": normal(filters, _HIDDEN, size=filters**-0.5),
        "shown": normal(traits, _HIDDEN, size=0.05),
        "hidden": np.zeros(_HIDDEN, dtype=np.float32),
        "told": normal(_HIDDEN, outcomes, size=0.1),
        "out": np.zeros(outcomes, dtype=np.float32),
    }
    at |= {f"filters{n}": normal(k, _DEPTH, _FILTERS, size=(k * _DEPTH) ** -0.5) for n, k in enumerate(_LENGTHS)}
    at["embedding"][NOTHING] = 0
    return at


def _net(learner: _Learner, words: list[str], traits: list[str], outcomes: Sequence[str]) -> Net:
    at = {name: each for name, each in learner.at.items() if not name.startswith("filters")}
    return Net(numbered(words), numbered(traits, first=0), tuple(outcomes), filters=tuple(learner.filters()), **at)
