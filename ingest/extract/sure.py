"""How sure it is that a passage tells of an uptake, weighed beside the others that it seems to tell of.

A sentence alone makes an uptake more or less likely. Whether it is one shows in what else the passage seems to say: the
same once more, another source for the same adopter, the opposite way, or nothing of a visit at all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from .passage import NOBODY, STATUSES, Passage
from .weights import Table

_STEPS = (0.03, 0.07, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
_FURTHEST = 8  # the logarithm of the odds of a direction beyond which it matters no more
_MOST = 8  # countries, of a sentence or a passage, that are told apart
_LONGEST, _PAIR = 14, 2  # sentences of a passage that are told apart, two by two


@dataclass(frozen=True, slots=True)
class Seeming:
    """An uptake that a sentence seems to tell of: who took it up, from whom if from anybody, and how likely that is."""

    country: str
    source: str | None
    status: str
    told: float  # how likely the sentence tells of an uptake of this status
    none: float  # how likely it tells of no uptake
    way: float  # how likely adopter and source are these, if it tells of one

    @property
    def chance(self) -> float:
        """How likely the sentence tells of this uptake, by itself."""
        return self.told * self.way

    @property
    def key(self) -> tuple[str, str | None, str]:
        """What it says: two sentences may say the same."""
        return self.country, self.source, self.status


class Beside:
    """The uptakes that a passage seems to tell of, each beside the others. Cost: linear in them."""

    def __init__(self, passage: Passage, seeming: Sequence[Sequence[Seeming]], direction: Table) -> None:
        self._passage, self._direction = passage, direction
        self._best: dict[Hashable, dict[Hashable, float]] = defaultdict(lambda: defaultdict(float))
        for number, each in enumerate(seeming):
            for one in each:
                for _, group, part in self._groups(number, one):
                    self._best[group][part] = max(self._best[group][part], one.chance)

    def traits(self, number: int, one: Seeming) -> Iterator[str]:
        """Yield the traits of an uptake that a sentence seems to tell of, by which the passage does tell of it."""
        passage, seen = self._passage, self._passage.seen[number]
        kind = "negated" if one.status == "negated" else "from nobody" if one.source is None else "from somebody"
        chance, way = f"chance{_step(one.chance)}", f"way{_step(one.way)}"
        here = f"adopter {one.country in seen.present}, source {one.source in seen.present}"
        tells = f"tells{_step(passage.tells)}"
        size = f"long{min(len(passage.seen), _LONGEST) // _PAIR}"
        yield from (one.status, kind, chance, way, here, tells, size)
        yield from (f"{one.status}&{kind}", f"{one.status}&{chance}", f"{here}&{way}")
        yield from (f"{kind}&{trait}" for trait in (chance, tells, size))
        yield from (f"told{_step(one.told)}", f"{kind}&{size}&told{_step(one.told)}", f"none{_step(one.none)}")
        yield f"elsewhere {passage.is_of_something_else}"
        named = {mention.known for mention in seen.line.innovations}
        yield f"{kind}&{'known' if True in named else 'new' if named else 'nothing'} named"
        for name, most in self._others(number, one):
            yield f"{name}{_step(most)}"
            yield f"{kind}&{name}{_step(most)}"
        yield f"in the sentence={min(len(seen.uptake), _MOST)}"
        yield f"in the passage={min(len(passage.belief), _MOST)}"
        mine = passage.belief.get(one.country, NOBODY)
        yield from (f"visitor{_step(mine.visitor)}", f"host{_step(mine.host)}")
        yield from self._by_the_whole(one, kind, chance)
        if one.source is not None:
            its = passage.belief.get(one.source, NOBODY)
            yield from (f"its visitor{_step(its.visitor)}", f"its host{_step(its.host)}")
            yield f"direction{self._towards(one.country, one.source)}"

    def _by_the_whole(self, one: Seeming, kind: str, chance: str) -> Iterator[str]:
        """Yield what the net that reads the whole passage makes of it."""
        told = self._passage.told_of(one.country)
        if told is None or self._passage.opinion is None:
            yield "whole unasked"
            return
        status = getattr(told, one.status)
        way = self._passage.opinion.sources[one.country].get(one.source, 0.0) if one.status != "negated" else 1.0
        whole = f"whole{_step(status * way)}"
        yield from (whole, f"{kind}&{whole}", f"{one.status}&{whole}", f"{whole}&{chance}")
        yield from (f"whole told{_step(status)}", f"whole way{_step(way)}", f"{kind}&whole told{_step(status)}")
        yield from (f"{kind}&whole way{_step(way)}", f"whole told{_step(status)}&told{_step(one.told)}")
        most = max((getattr(told, s) for s in STATUSES if s != one.status), default=0.0)
        yield f"whole other status{_step(most)}&told{_step(status)}"

    def _others(self, number: int, one: Seeming) -> Iterator[tuple[str, float]]:
        """Yield how likely the passage says the same elsewhere, or something that goes with it or against it."""
        for name, group, mine in self._groups(number, one):
            others = (chance for part, chance in self._best[group].items() if part != mine)
            yield name, max(others, default=0.0) if one.source or name != "same source" else 0.0
        back = self._best.get(("other status", one.source, one.country), {}) if one.source else {}
        yield "back", max(back.values(), default=0.0)

    @staticmethod
    def _groups(number: int, one: Seeming) -> Iterator[tuple[str, Hashable, Hashable]]:
        """Yield what an uptake has in common with others, by name, and in what it differs from them."""
        yield "again", ("again", one.key), number
        yield "another beside", ("another beside", number), one.country
        yield "other source", ("other source", one.country, one.status), one.source
        yield "other status", ("other status", one.country, one.source), one.status
        yield "same source", ("same source", one.source), one.country

    def _towards(self, adopter: str, source: str) -> int:
        """Return how far the whole passage says that the adopter learned from the source, and did not teach it."""
        ours, theirs = self._passage.ever(adopter), self._passage.ever(source)
        (more,), (less,) = self._direction.sums(ours - theirs), self._direction.sums(theirs - ours)
        return round(max(-_FURTHEST, min(more - less, _FURTHEST)))


def _step(chance: float) -> int:
    return bisect_right(_STEPS, chance)
