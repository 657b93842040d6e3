"""The time axis of a picture: which years it spans, where a day stands on it, and which years it is marked with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class Scale:
    """Years from the first of January of one to the end of another, drawn between two x."""

    first: int
    last: int
    left: float
    right: float

    def x(self, day: date) -> float:
        """Return where a day stands."""
        starts, ends = self.year(day.year), self.year(day.year + 1)
        return starts + (ends - starts) * (day.timetuple().tm_yday - 1) / 366

    def year(self, year: int) -> float:
        """Return where a year begins."""
        return self.left + (self.right - self.left) * (year - self.first) / (self.last + 1 - self.first)

    @property
    def ticks(self) -> list[int]:
        """Round years to mark, at most a dozen."""
        step = next(s for s in _STEPS if (self.last - self.first) / s < _MOST_TICKS or s == _STEPS[-1])
        return [y for y in range(self.first, self.last + 1) if y % step == 0]


def scale_of(days: Iterable[date | None], left: float, right: float) -> Scale | None:
    """Return a scale that holds some days, with a year to spare at either end; null if there are none."""
    years = [day.year for day in days if day]
    if not years:
        return None
    return Scale(max(1, min(years) - 1), min(9998, max(years) + 1), left, right)
