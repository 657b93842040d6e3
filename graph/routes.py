"""Time-respecting routes of an innovation across countries.

A route is a sequence of transfers that join on country (and on site where both name one), no country twice, such that
non-decreasing arrival times exist: each hop's latest arrival is not before the greatest earliest arrival of all hops
before it. Routes are grouped by their sequence of countries; a group's hops pool the transfers that take part in at
least one such route.

Search is by iterative deepening over countries, pruned by the number of hops still needed to the target; the work is
bounded by `budget` prefixes, and a search that hits it says so. (Holme and Saramäki 2012, Temporal networks, §3.3.)
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from .network import BASES, Transfer, pooled_bounds
from .reviewed import pooled_review

_START, _END = date.min, date.max


@dataclass(frozen=True, slots=True)
class Hop:
    """The pooled transfers of one step of a route, all of its surest basis."""

    source: str
    target: str
    transfers: tuple[Transfer, ...]

    @property
    def basis(self) -> str:
        """The surest basis among the transfers."""
        return self.transfers[0].basis

    @property
    def review(self) -> str:
        """Candidate if all transfers rest on candidates alone, else accepted."""
        return pooled_review(t.review for t in self.transfers)

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        """Least earliest and least latest of the dated transfers."""
        return pooled_bounds([(t.earliest, t.latest) for t in self.transfers if t.dated])


@dataclass(frozen=True, slots=True)
class Route:
    """A sequence of countries with the evidence of each hop."""

    hops: tuple[Hop, ...]
    time_respecting: bool

    @property
    def countries(self) -> tuple[str, ...]:
        """All countries from first source to last adopter."""
        return (self.hops[0].source, *(hop.target for hop in self.hops))

    @property
    def years(self) -> int | None:
        """Years between the first and the last arrival's earliest day, null if either is open."""
        first, last = self.hops[0].bounds[0], self.hops[-1].bounds[0]
        return last.year - first.year if first and last else None

    def order(self) -> tuple[int, int, date, tuple[str, ...]]:
        """Sort key: surest first, then fewer hops, then earlier arrival, then countries."""
        worst = max(BASES.index(hop.basis) for hop in self.hops)
        return worst, len(self.hops), self.hops[-1].bounds[0] or _END, self.countries


@dataclass
class RouteSearch:
    """All routes between some sources and targets, as far as the budget reaches."""

    transfers: list[Transfer]
    ignore_time: bool = False
    budget: int = 100_000
    exhausted: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._strict = RouteSearch(self.transfers) if self.ignore_time else None
        self._between: dict[tuple[str, str], list[Transfer]] = defaultdict(list)
        self._next: dict[str, set[str]] = defaultdict(set)
        self._previous: dict[str, set[str]] = defaultdict(set)
        for t in self.transfers:
            self._between[t.from_country, t.to_country].append(t)
            self._next[t.from_country].add(t.to_country)
            self._previous[t.to_country].add(t.from_country)

    def routes(self, sources: set[str], targets: set[str]) -> list[Route]:
        """Return the routes found, in their order."""
        found: list[Route] = []
        for target in sorted(targets):
            distance = self._distances(target)
            for source in sorted(sources - {target}):
                sequences = self._sequences(source, target, distance)
                found += [route for countries in sequences if (route := self._route(countries))]
        return sorted(found, key=Route.order)

    def _distances(self, target: str) -> dict[str, int]:
        """Return the fewest hops from every country to the target (breadth first, backwards)."""
        distance, queue = {target: 0}, deque([target])
        while queue:
            country = queue.popleft()
            for before in sorted(self._previous[country] - distance.keys()):
                distance[before] = distance[country] + 1
                queue.append(before)
        return distance

    def _sequences(self, source: str, target: str, distance: dict[str, int]) -> Iterator[tuple[str, ...]]:
        """Yield the simple country sequences that some hop limit allows, shortest first, with feasible dates."""
        if source not in distance:
            return
        for length in range(distance[source], len(distance)):
            longer = yield from self._of_length((source,), [], target, length, distance)
            if self.exhausted or not longer:
                return

    def _of_length(
        self,
        prefix: tuple[str, ...],
        arrivals: list[tuple[Transfer, date]],
        target: str,
        length: int,
        distance: dict[str, int],
    ) -> Generator[tuple[str, ...], None, bool]:
        """Yield sequences of exactly `length` hops; return whether longer ones may exist."""
        here, left = prefix[-1], length - len(prefix) + 1
        if left == 0:
            if here == target:
                yield prefix
            return here != target
        cut = False
        for after in sorted(self._next[here] - set(prefix)):
            if after not in distance or (after == target and left > 1):
                continue
            if distance[after] > left - 1:
                cut = True
                continue
            self.budget -= 1
            if self.budget < 0:
                self.exhausted = True
                return False
            reached = self._arrive(arrivals, self._between[here, after], first=len(prefix) == 1)
            if reached:
                longer = yield from self._of_length((*prefix, after), reached, target, length, distance)
                cut = cut or longer
        return cut

    def _arrive(
        self, before: list[tuple[Transfer, date]], hops: list[Transfer], *, first: bool
    ) -> list[tuple[Transfer, date]]:
        """Return the transfers that can come next, each with the least greatest-earliest day of all routes to it."""
        reached = []
        for hop in hops:
            earliest, latest = self._window(hop)
            if first:
                reached.append((hop, earliest))
                continue
            floors = [floor for earlier, floor in before if _meet(earlier, hop) and floor <= latest]
            if floors:
                reached.append((hop, max(min(floors), earliest)))
        return reached

    def _window(self, hop: Transfer) -> tuple[date, date]:
        if self.ignore_time:
            return _START, _END
        return hop.earliest or _START, hop.latest or _END

    def _route(self, countries: tuple[str, ...]) -> Route | None:
        """Pool the transfers that take part in a feasible route over these countries, surest basis per hop."""
        if self._strict and (respecting := self._strict._route(countries)):
            return respecting
        steps = list(pairwise(countries))
        forward: list[list[tuple[Transfer, date]]] = []
        for index, step in enumerate(steps):
            before = forward[-1] if forward else []
            forward.append(self._arrive(before, self._between.get(step, []), first=index == 0))
        kept: list[tuple[Transfer, date]] = [(hop, _END) for hop, _ in forward[-1]]
        pooled = [[hop for hop, _ in kept]]
        for reached in reversed(forward[:-1]):
            # `ceiling`: the latest greatest-earliest day with which some continuation is still possible.
            nearer = []
            for hop, floor in reached:
                ceilings = [
                    min(self._window(after)[1], ceiling)
                    for after, ceiling in kept
                    if _meet(hop, after) and self._window(after)[0] <= ceiling
                ]
                if ceilings and floor <= max(ceilings):
                    nearer.append((hop, max(ceilings)))
            kept = nearer
            pooled.append([hop for hop, _ in kept])
        hops = []
        for (source, target), transfers in zip(steps, reversed(pooled), strict=True):
            if not transfers:
                return None
            surest = min(BASES.index(t.basis) for t in transfers)
            hops.append(Hop(source, target, tuple(t for t in transfers if t.basis == BASES[surest])))
        return Route(tuple(hops), not self.ignore_time)


def _meet(earlier: Transfer, later: Transfer) -> bool:
    """Say whether one hop arrives where the next one starts: same country, and same site where both name one."""
    if earlier.to_country != later.from_country:
        return False
    return not earlier.to_site_key or not later.from_site_key or earlier.to_site_key == later.from_site_key
