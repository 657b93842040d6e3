"""Seconds of the processor that several readers take for the same things, turn by turn, for all to meet one load."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def rounds(
    things: Sequence[Thing], readers: Mapping[str, Callable[[Thing], object]], times: int
) -> dict[str, list[float]]:
    """Return the seconds of each round by reader; a round reads every thing once with each reader."""
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(times):
        for name, read in readers.items():
            start = time.process_time()
            for thing in things:
                read(thing)
            seconds[name].append(time.process_time() - start)
    return seconds
