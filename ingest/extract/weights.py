"""Weights of traits, learned from labelled passages: how likely something is, given the traits that are seen.

Each table is a logistic regression (of two outcomes, or of several: softmax) over traits that are there or not; a trait
that no table knows counts nothing. `bench/learn.py` learns them; `weights.csv` holds them, a trait a row, so that
anybody can read why a sentence was proposed.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from itertools import chain
from typing import TypeAlias

BIAS = ""  # the trait that is always there
ONE, EACH = "one of", "each of"  # how the outcomes of a table go together
PARTS = 100  # a weight is held in whole hundredths: sums are then exact in any order, and sooner made
AND = "&"  # between two traits that stand together, which are a trait of their own
_MOST = 30.0  # sums beyond which a chance is all or nothing

Row: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Many traits: some alone, and others by those beside which they stand, so that their names need not be made."""

    alone: list[str]
    together: list[tuple[Sequence[str], str]]

    def __iter__(self) -> Iterator[str]:
        yield from self.alone
        yield from (f"{one}{AND}{other}" for ones, other in self.together for one in ones)


@dataclass
class Table:
    """The weights by which a question is answered: its outcomes, and for each trait a weight an outcome, in hundredths.

    Of several outcomes `one` is so, as of the statuses of an adoption; else each may be, as host and visitor.
    """

    outcomes: tuple[str, ...]
    one: bool
    weights: dict[str, Row] = field(default_factory=dict)

    def chances(self, traits: Iterable[str], *more: Row) -> tuple[float, ...]:
        """Return the chance of each outcome, given traits and the weights of more. A trait counts once."""
        sums = self.sums(traits, *more)
        if not self.one:
            return tuple(map(logistic, sums))
        top = max(sums)
        powers = [math.exp(s - top) for s in sums]
        return tuple(p / sum(powers) for p in powers)

    def sums(self, traits: Iterable[str], *more: Row) -> list[float]:
        """Return the sum of the weights of each outcome: of yes or no, the logarithm of the odds. A trait counts once."""
        weighed = filter(None, map(self.weights.get, {BIAS, *traits}))
        return [sum(column) / PARTS for column in zip(*weighed, *more)]  # noqa: B905 - a table's rows are of one length

    def chances_of(self, shown: Shown) -> tuple[float, ...]:
        """Return the chance of each outcome, given many traits that are all different."""
        together = (map(self._beside[other].get, ones) for ones, other in shown.together if other in self._beside)
        return self.chances(shown.alone, *filter(None, chain.from_iterable(together)))

    @cached_property
    def _beside(self) -> dict[str, dict[str, Row]]:
        """The weights of traits that stand together, by the second one and then the first."""
        found: dict[str, dict[str, Row]] = defaultdict(dict)
        for trait, row in self.weights.items():
            one, _, other = trait.rpartition(AND)
            found[other][one] = row
        return found

    def likeliest(self, traits: Iterable[str]) -> tuple[str, float]:
        """Return the likeliest outcome, the first of several, and its chance."""
        chances = self.chances(traits)
        most = max(chances)
        return self.outcomes[chances.index(most)], most

    def chance(self, traits: Iterable[str]) -> float:
        """Return the chance of the only outcome that a table has."""
        (chance,) = self.chances(traits)
        return chance


def logistic(odds: float) -> float:
    """Return the chance that has these odds, given as their logarithm."""
    return 1 / (1 + math.exp(-max(-_MOST, min(odds, _MOST))))


@cache
def tables(file: str = "weights.csv") -> dict[str, Table]:
    """Return the tables of a file by name, as they come with Southerly."""
    text = resources.files(__package__ or "").joinpath(file).read_text(encoding="utf-8")
    return read_tables(text.split("\n"))


def read_tables(lines: Iterable[str]) -> dict[str, Table]:
    """Return the tables of rows of table, trait and weights; the first row of a table names its outcomes."""
    found: dict[str, Table] = {}
    for name, trait, *numbers in _rows(lines):
        if name not in found:
            found[name] = Table(tuple(numbers), trait == ONE)
        else:
            found[name].weights[trait] = tuple(map(_parts, numbers))
    return found


def _rows(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the cells of each row; few have marks that need more than to be parted at commas."""
    for line in lines:
        if '"' in line:
            yield from csv.reader([line])
        elif line:
            yield line.split(",")


@cache  # there are a hundred thousand weights, and some hundreds of values
def _parts(number: str) -> int:
    return round(float(number) * PARTS)
