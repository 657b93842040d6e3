"""A small neural net that reads a passage as a whole, where tables and `net.py` read it sentence by sentence.

Words become numbers, each by its first letters, its last and what it means (`word_vectors.py`); gated convolutions
(Dauphin and others, 2017) that reach ever further let each see those around it, and attention (Vaswani and others, 2017)
those anywhere. What stands at the mentions of a country, and what its mentions attend to, tells whether it hosted,
visited, began or took up something; what stands at two, and what both attend to (Zhou and others, 2021, "Document-level
relation extraction with adaptive thresholding and localized context pooling"), whether one learned from the other.
`bench/learn_passages.py` learns it; it needs nothing but NumPy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .net import UNHEARD, Floats, Places, from_bytes, in_bytes, numbered, shipped_arrays, softmax
from .passage import Opinion, Passage, Told
from .pooling import pooled, pooled_among
from .word_vectors import WordVectors, shipped_word_vectors

FILES = "passages.npz", "passages-part.npz"
LONGEST, MOST = 768, 16  # tokens and countries of a passage that are looked at
SENTENCE = "<s>"  # the token at the head of each sentence
NEARNESS = (3, 6, 12, 25, 60)  # tokens between two countries, from which they are further apart
STANDS = 2 + 4 * len(NEARNESS) + 3  # how two countries may stand to each other
REACHES = (1, 2, 4)  # tokens on either side that convolutions reach to, one after the other
_HEAD, _TAIL, _SHORT = 6, 3, 6  # letters by which a word is known: its first, and its last if it is longer than that
_NEVER = np.float32(-1e9)


@dataclass(frozen=True)
class Read:
    """The tokens of a passage and where its countries stand in them."""

    tokens: list[str]
    sentence: Places  # of each token
    places: dict[str, Places]  # by country, in the order in which they are named

    @cached_property
    def stands(self) -> Places:
        """How each country stands to each other: how far, in one sentence or not, before or behind; 0 to itself."""
        each = list(self.places.values())
        every, first = np.concatenate(each), np.cumsum([0, *map(len, each[:-1])])
        found = np.zeros((len(each), len(each)), dtype=np.int64)
        for row, ours in enumerate(each):
            apart = every[None] - ours[:, None]
            # twice the distance, and one more behind: of two as near, the one before
            nearest = np.minimum.reduceat((2 * np.abs(apart) + (apart > 0)).min(axis=0), first)
            together = np.maximum.reduceat(np.isin(self.sentence[every], self.sentence[ours]), first)
            found[row] = 1 + 4 * np.searchsorted(NEARNESS, nearest // 2) + 2 * together + nearest % 2
        np.fill_diagonal(found, 0)
        return found


def read(passage: Passage) -> Read:
    """Return a passage as the net reads it."""
    tokens: list[str] = []
    sentence: list[int] = []
    places: dict[str, list[int]] = {}
    for number, seen in enumerate(passage.seen):
        for i, token in enumerate([SENTENCE, *seen.tokens.said], -1):
            for country in seen.tokens.named.get(i, ()):
                if len(tokens) < LONGEST and (country in places or len(places) < MOST):
                    places.setdefault(country, []).append(len(tokens))
            tokens.append(token[:2] if token[0] == "<" and token != SENTENCE else token.lower())
            sentence.append(number)
    held = {country: np.array(at) for country, at in places.items()}
    return Read(tokens[:LONGEST], np.array(sentence[:LONGEST]), held)


def head_of(word: str) -> str:
    """Return the first letters of a word."""
    return word[:_HEAD]


def tail_of(word: str) -> str:
    """Return the last letters of a long word, nothing of a short one."""
    return word[-_TAIL:] if len(word) > _SHORT else ""


@dataclass(frozen=True)
class PassageNet:
    """The parameters by name (see `opinion`), the rows of heads and tails of words, and what words mean."""

    heads: dict[str, int]
    tails: dict[str, int]
    words: WordVectors
    at: dict[str, Floats]

    @cached_property
    def meant(self) -> Floats:
        """What the net makes of each word's meaning: (words and one, depth)."""
        found: Floats = self.words.at @ self.at["meant"]
        return found

    def rows(self, tokens: Sequence[str]) -> tuple[Places, Places]:
        """Return the rows of the heads and of the tails of tokens."""
        heads = [self.heads.get(head_of(token), UNHEARD) for token in tokens]
        tails = [self.tails.get(tail_of(token), 0) for token in tokens]
        return np.array(heads), np.array(tails)

    def opinion(self, it: Read) -> Opinion:
        """Return what it makes of a passage that names a country. Cost: tokens, and pairs of countries."""
        at, states = self.at, self._states(it.tokens)
        named = np.stack([states[places].max(axis=0) for places in it.places.values()])  # (countries, depth)
        whole = states.max(axis=0)
        heed = heeding(named @ at["country ask"], states @ at["country key"])
        each = np.concatenate([named, heed @ states, np.broadcast_to(whole, named.shape)], axis=1)
        told = logistic(gelu(each @ at["told in"] + at["told in bias"]) @ at["told out"] + at["told out bias"])
        nobody = gelu(each @ at["nobody in"]) @ at["nobody out"]  # (countries, 1)
        pairs = np.where(np.eye(len(named), dtype=bool), _NEVER, self._pairs(it, states, named, whole))
        sources = softmax(np.concatenate([pairs, nobody], axis=1))
        names = list(it.places)
        return Opinion(
            {name: Told(*row) for name, row in zip(names, told.tolist(), strict=True)},
            {
                name: dict(zip([*names, None], row, strict=True))
                for name, row in zip(names, sources.tolist(), strict=True)
            },
        )

    def _states(self, tokens: Sequence[str]) -> Floats:
        """Return what stands at each token once it has seen those around it: (tokens, depth)."""
        at = self.at
        heads, tails = self.rows(tokens)
        states = at["heads"][heads] + at["tails"][tails] + self.meant[self.words.rows_of(tokens)]
        for layer, reach in enumerate(REACHES):
            normal: Floats = np.multiply(normed(states), at[f"scale{layer}"])
            padded = np.pad(normal, ((reach, reach), (0, 0)))
            before, here, behind = at[f"wide{layer}"]
            sums = (
                padded[: -2 * reach] @ before + normal @ here + padded[2 * reach :] @ behind + at[f"wide bias{layer}"]
            )
            value, gate = np.split(sums, 2, axis=1)
            states = states + value * logistic(gate)
        normal = np.multiply(normed(states), at["scale"])
        heed = heeding(normal @ at["ask"], normal @ at["key"])
        return normed(np.add(states, heed @ (normal @ at["value"]) @ at["back"]))

    def _pairs(self, it: Read, states: Floats, named: Floats, whole: Floats) -> Floats:
        """Return how likely the first of two countries learned from the second, before they are set against each other."""
        at, many = self.at, len(named)
        asked = (named @ at["learner ask"])[:, None] + (named @ at["teacher ask"])[None]
        asked = asked.reshape(many * many, -1)
        heed = heeding(asked, states @ at["pair key"])
        seen = (heed @ (states @ at["pair seen"])).reshape(many, many, -1)
        sums = (named @ at["learner"])[:, None] + (named @ at["teacher"])[None] + seen
        sums = sums + at["between"][it.stands] + whole @ at["pair whole"] + at["pair bias"]
        found: Floats = (gelu(sums) @ at["pair out"])[..., 0]
        return found


def normed(states: Floats) -> Floats:
    """Return states of one size each (root mean square, Zhang and Sennrich, 2019)."""
    found: Floats = states / np.sqrt((states * states).mean(axis=-1, keepdims=True) + np.float32(1e-5))
    return found


def gelu(sums: Floats) -> Floats:
    """Return sums of which those below nothing are nearly nothing (Hendrycks and Gimpel, 2016, the approximation)."""
    bent: Floats = np.tanh(np.multiply(sums + 0.044715 * sums**3, math.sqrt(2 / math.pi)), dtype=np.float32)
    found: Floats = np.multiply(sums, (1 + bent) / 2, dtype=np.float32)
    return found


def logistic(sums: Floats) -> Floats:
    """Return chances from the logarithms of their odds."""
    found: Floats = np.reciprocal(1 + np.exp(-np.clip(sums, -30, 30)))
    return found


def heeding(asked: Floats, keys: Floats) -> Floats:
    """Return how much each that asks heeds each token: (asking, tokens)."""
    # divided, so that the products of questions and keys stay small however long these are
    near: Floats = np.divide(asked @ keys.T, math.sqrt(keys.shape[1]), dtype=np.float32)
    return softmax(near)


def packed(net: PassageNet) -> dict[str, NDArray[Any]]:
    """Return a net as arrays that `unpacked` reads, its parameters rounded to one byte each."""
    words = {"heads of words": list(net.heads), "tails of words": list(net.tails)}
    return {**{name: np.array(each, dtype=np.str_) for name, each in words.items()}, **in_bytes(net.at)}


def unpacked(arrays: dict[str, NDArray[Any]], words: WordVectors) -> PassageNet:
    """Return the net of packed arrays, which knows what words mean from some vectors."""
    heads, tails = ([str(word) for word in arrays[f"{name} of words"]] for name in ("heads", "tails"))
    return PassageNet(numbered(heads, first=UNHEARD + 1), numbered(tails, first=1), words, from_bytes(arrays))


def opinion_of(nets: Sequence[PassageNet], passage: Passage) -> Opinion | None:
    """Return what several nets together make of a passage; null if it names no country, or there are none."""
    it = read(passage)
    if not nets or not it.places:
        return None
    each = [net.opinion(it) for net in nets]
    names = each[0].told
    return Opinion(
        {name: Told(*map(pooled, zip(*(one.told[name] for one in each), strict=True))) for name in names},
        {name: pooled_among([one.sources[name] for one in each]) for name in names},
    )


@cache
def shipped_passage_nets() -> tuple[PassageNet, ...]:
    """Return the nets that come with Southerly: one was taught with all passages, one with two thirds of them."""
    return tuple(unpacked(shipped_arrays(file), shipped_word_vectors()) for file in FILES)
