"""What is counted over the whole graph, and by whom: the fused tables here, or a server that holds them.

Both must come to the same numbers; what is made of them, and shown, is the questions' own. `since` and `until` ask when
something began: bounds that lie within them match certainly, those that only reach into them possibly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from .reviewed import ACCEPTED


@dataclass(frozen=True, slots=True)
class Flow:
    """Transfers from one country, region or income group to another.

    A transfer is an adoption and one country that it learned from; several sites of that country count once.
    """

    source: str
    target: str
    transfers: int
    innovations: int
    stated: int


@dataclass(frozen=True, slots=True)
class Began:
    """An origin, as far as a discovery looks at it; the country is null where no report names one."""

    country: str | None
    earliest: date | None
    latest: date | None
    contested: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """An adoption learned from elsewhere and not only considered, as far as a discovery looks at it."""

    country: str
    earliest: date | None
    latest: date | None
    dated: bool


#: Whether an origin or adoption in a country, within such bounds, matches at all.
Fits = Callable[[str, date | None, date | None], bool]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a discovery asks of innovations; null asks nothing."""

    theme: str | None
    kind: str | None
    not_in: str | None
    origin: Fits | None  # an innovation whose origin nobody names fits
    adopter: Fits | None


@dataclass(frozen=True, slots=True)
class Found:
    """An innovation that certainly or possibly matches; claims and reports are those that name it."""

    innovation: str
    origins: list[Began]  # most reports first, an unnamed country last
    taken: list[Taken]  # those that fit
    claims: int
    reports: int


@dataclass(frozen=True, slots=True)
class Tallied:
    """Distinct outcomes of one group: how many, of how many exchanges, by level and by stage."""

    value: str | None  # null where nothing is stated
    outcomes: int
    exchanges: int
    levels: dict[str, int]
    stages: dict[str, int]
    review: str = ACCEPTED  # candidate, if all these outcomes are


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Outcomes by group, and all of them: an outcome with several values is in several groups."""

    groups: list[Tallied]
    outcomes: int
    exchanges: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Sorting:
    """By what outcomes are grouped: a dimension, and the term that a phrase means where a vocabulary holds it."""

    by: str | None = None
    term: Callable[[str], str] | None = None


class Aggregates(Protocol):
    """Who counts. What only possibly matches is included if `possible`, else counted apart as left out."""

    def flows(
        self, by: str, bases: tuple[str, ...], since: date | None, until: date | None, *, possible: bool
    ) -> tuple[list[Flow], int]:
        """Return flows in any order, and the number of transfers left out."""

    def found(self, sought: Sought) -> Iterator[Found]:
        """Yield the innovations that match certainly or possibly, in any order."""

    def outcomes(
        self,
        sorting: Sorting,
        innovation: str | None,
        country: str | None,
        since: date | None,
        until: date | None,
        *,
        possible: bool,
    ) -> Outcomes:
        """Return the numbers of outcomes, of one innovation and country or of all; groups in any order."""

    def conflicts(self) -> list[dict[str, Any]]:
        """Return one row a conflict and claim, ordered by both."""

    def stats(self) -> dict[str, Any]:
        """Return how much there is of everything."""
