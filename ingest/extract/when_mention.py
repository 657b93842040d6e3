"""What the finders of dates return."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words of a text that mean a date or a span of days."""

    start: int
    end: int
    said: str
    edtf: str
    earliest: date | None
    latest: date | None
    spell: bool  # it lasted from the first to the last day, rather than beginning on one of them
    named: str  # EDTF of the date that the words name, whatever they say of it: 2010 of "before 2010"

    @property
    def as_spell(self) -> str:
        """EDTF of the date; of a span, the interval that it lasted."""
        if not (self.spell and self.earliest and self.latest):
            return self.edtf
        size = 10
        if self.earliest.day == 1 and self.latest.day == monthrange(self.latest.year, self.latest.month)[1]:
            size = 4 if self.earliest.month == 1 and self.latest.month == 12 else 7
        first, last = self.earliest.isoformat()[:size], self.latest.isoformat()[:size]
        return first if first == last else f"{first}/{last}"
