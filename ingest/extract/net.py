"""A small neural net that reads words in their order, where tables of traits only know which words there are.

Filters look at runs of one to five words; of each filter only its strongest place in the sentence counts (Kim, 2014,
"Convolutional neural networks for sentence classification"). What is found so, and traits of the sentence as a whole,
go through one layer more to the chance of each outcome. `bench/learn.py` learns it; it needs nothing but NumPy.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.int64]

NOTHING, UNHEARD = 0, 1  # the rows of no word and of a word that was not learned
FIRST = 2  # the row of the first word
LONGEST = 48  # words of a sentence that are looked at
MARGIN = 2  # words of nothing on either side, into which filters reach
_REST = 5  # words of nothing behind the longest sentence too, so that each is read as if it were alone
_SCALED = " scale"  # at the end of the name of what parameters are scaled by
_SCALE = 127  # the parameters are held as whole numbers from minus this to this


@dataclass(frozen=True)
class Net:
    """The parameters: `embedding` (words, depth), `filters` for each length (words, depth, filters), and two layers."""

    words: dict[str, int]
    traits: dict[str, int]
    outcomes: tuple[str, ...]
    embedding: Floats
    filters: tuple[Floats, ...]
    bias: Floats  # of all filters
    found: Floats  # (all filters, hidden)
    shown: Floats  # (traits, hidden)
    hidden: Floats  # the bias of the hidden layer
    told: Floats  # (hidden, outcomes)
    out: Floats  # the bias of the outcomes

    def chances(self, sentences: Sequence[tuple[Sequence[str], Collection[str]]]) -> Floats:
        """Return the chance of each outcome for each sentence, given its words and its traits: (sentences, outcomes).

        Cost: linear in the words.
        """
        places = self.places([words for words, _ in sentences])
        strongest = strongest_of(convolve(places, self.embedding, self.filters))
        hidden = np.maximum(strongest + self.bias, 0) @ self.found + self.seen([t for _, t in sentences]) @ self.shown
        return softmax(np.maximum(hidden + self.hidden, 0) @ self.told + self.out)

    def places(self, sentences: Sequence[Sequence[str]]) -> Places:
        """Return the rows of the words of sentences, with nothing around them: (sentences, longest and more)."""
        longest = max(min(len(words), LONGEST) for words in sentences)
        found = np.full((len(sentences), longest + _REST + 2 * MARGIN), NOTHING, dtype=np.int64)
        for row, words in enumerate(sentences):
            rows = [self.words.get(word, UNHEARD) for word in words[:LONGEST]]
            found[row, MARGIN : MARGIN + len(rows)] = rows
        return found

    def seen(self, each: Sequence[Collection[str]]) -> Floats:
        """Return which sentences have which traits: (sentences, traits)."""
        found = np.zeros((len(each), len(self.traits)), dtype=np.float32)
        for row, traits in enumerate(each):
            found[row, [self.traits[t] for t in traits if t in self.traits]] = 1
        return found


def numbered(words: Collection[str], *, first: int = FIRST) -> dict[str, int]:
    """Return words with their rows."""
    return {word: row for row, word in enumerate(words, first)}


def convolve(places: Places, embedding: Floats, filters: Sequence[Floats]) -> list[Floats]:
    """Return, by length of filters, the answer of each to each place of a sentence: (sentences, places, filters).

    Each word of the sentences is multiplied with the filters once, wherever and however often it stands.
    """
    words, at = np.unique(places, return_inverse=True)
    at = at.reshape(places.shape)
    length = places.shape[1] - 2 * MARGIN
    found = []
    for each in filters:
        answers = np.matmul(embedding[words], each)  # (words of the filter, words, filters)
        begin = begin_of(each)
        sums = answers[0].take(at[:, begin : begin + length], axis=0)
        for step in range(1, len(each)):
            sums += answers[step].take(at[:, begin + step : begin + step + length], axis=0)
        found.append(sums)
    return found


def strongest_of(answers: Sequence[Floats]) -> Floats:
    """Return the strongest answer of each filter in each sentence: (sentences, filters)."""
    return np.concatenate([each.max(axis=1) for each in answers], axis=1)


def begin_of(filters: Floats) -> int:
    """Return where filters stand for the first word of a sentence: their middle is on it."""
    return MARGIN - (len(filters) - 1) // 2


def softmax(sums: Floats) -> Floats:
    """Return chances that go together, from the sums of each outcome."""
    chances: Floats = sums - sums.max(axis=-1, keepdims=True)
    np.exp(chances, out=chances)
    chances /= chances.sum(axis=-1, keepdims=True)
    return chances


def packed(net: Net) -> dict[str, NDArray[Any]]:
    """Return a net as arrays that `unpacked` reads, its parameters rounded to one byte each."""
    names = {"words": list(net.words), "traits": list(net.traits), "outcomes": list(net.outcomes)}
    numbers = {
        **{f"filters{length}": each for length, each in enumerate(net.filters)},
        **{name: getattr(net, name) for name in _NUMBERS},
    }
    return {**{name: np.array(each, dtype=np.str_) for name, each in names.items()}, **in_bytes(numbers)}


def in_bytes(numbers: Mapping[str, Floats]) -> dict[str, NDArray[Any]]:
    """Return parameters by name, rounded to one byte each, with what each is scaled by."""
    found: dict[str, NDArray[Any]] = {}
    for name, each in numbers.items():
        scale = float(np.abs(each).max() or 1.0) / _SCALE
        found[name] = np.round(each / scale).astype(np.int8)
        found[f"{name}{_SCALED}"] = np.array(scale, dtype=np.float32)
    return found


def from_bytes(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Return the parameters that `in_bytes` rounded."""
    scaled = {name: arrays[f"{name}{_SCALED}"] for name in arrays if f"{name}{_SCALED}" in arrays}
    return {name: arrays[name].astype(np.float32) * scale for name, scale in scaled.items()}


def unpacked(arrays: dict[str, NDArray[Any]]) -> Net:
    """Return the net of packed arrays."""
    numbers = from_bytes(arrays)
    return Net(
        numbered([str(word) for word in arrays["words"]]),
        numbered([str(trait) for trait in arrays["traits"]], first=0),
        tuple(str(outcome) for outcome in arrays["outcomes"]),
        filters=tuple(numbers[name] for name in sorted(numbers) if name.startswith("filters")),
        **{name: numbers[name] for name in _NUMBERS},
    )


_NUMBERS = ("embedding", "bias", "found", "shown", "hidden", "told", "out")


@cache
def shipped_net(file: str = "weights.npz") -> Net:
    """Return the net of a file that comes with Southerly."""
    return unpacked(shipped_arrays(file))


def shipped_arrays(file: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file that comes with Southerly."""
    held = resources.files(__package__ or "").joinpath(file).read_bytes()
    with np.load(BytesIO(held), allow_pickle=False) as arrays:
        return dict(arrays)
