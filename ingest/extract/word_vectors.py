"""What words mean, as a language model that has read far more than Southerly's passages has it.

Words that stand in like company have vectors near each other, so that what a net learns of "visited" serves for "toured",
which its passages seldom have. `bench/word_vectors.py` takes them from a model; what it reads and whose it is stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .net import Floats, Places, from_bytes, in_bytes, numbered, shipped_arrays

FILE = "words.npz"


@dataclass(frozen=True)
class WordVectors:
    """The rows of words, and a vector for each: (words and one, size); the first is nothing, for words that have none."""

    rows: dict[str, int]
    at: Floats

    def rows_of(self, tokens: Sequence[str]) -> Places:
        """Return the rows of tokens."""
        return np.array([self.rows.get(token, 0) for token in tokens], dtype=np.int64)


def packed(vectors: WordVectors) -> dict[str, NDArray[Any]]:
    """Return vectors as arrays that `unpacked` reads, rounded to one byte each number."""
    return {"words": np.array(list(vectors.rows), dtype=np.str_), **in_bytes({"at": vectors.at})}


def unpacked(arrays: dict[str, NDArray[Any]]) -> WordVectors:
    """Return the vectors of packed arrays."""
    return WordVectors(numbered([str(word) for word in arrays["words"]], first=1), from_bytes(arrays)["at"])


@cache
def shipped_word_vectors() -> WordVectors:
    """Return the vectors that come with Southerly."""
    return unpacked(shipped_arrays(FILE))
