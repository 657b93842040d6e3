"""What several opinions make together: their geometric mean (Genest and Zidek, 1986, "Combining probability distributions")."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Outcome = TypeVar("Outcome", bound=Hashable)


def pooled(chances: Sequence[float]) -> float:
    """Return the chance that several together make of one thing: the mean of the logarithms of their odds."""
    yes, no = math.prod(chances) ** (1 / len(chances)), math.prod(1 - c for c in chances) ** (1 / len(chances))
    return yes / (yes + no) if yes + no else 0.5


def pooled_among(each: Sequence[Mapping[Outcome, float]]) -> dict[Outcome, float]:
    """Return the chances that several together make of outcomes of which one is so; all tell of the same outcomes."""
    means = {outcome: math.prod(one[outcome] for one in each) ** (1 / len(each)) for outcome in each[0]}
    whole = sum(means.values()) or 1.0
    return {outcome: mean / whole for outcome, mean in means.items()}
