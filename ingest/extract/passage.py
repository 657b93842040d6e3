"""A passage of a text as the weights see it: its sentences with their traits, and what is believed of its countries.

What one sentence says of a country is weighed with what the others say of it and of the rest: of two countries that
"nurses", "visit" and "learned" stand beside, one hosted. So a passage is read twice: first the sentences alone, then
each country of it by what its sentences gave.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from ...ontology.income import is_rich
from .discourse import Line
from .innovations import InnovationMention
from .repeated import repeated_phrases
from .status import stage_of
from .tokens import Tokens
from .traits import Memory

_LEVELS = (0.03, 0.07, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_SURE = 6  # the level from which a belief is taken for a hint in other traits
_LIKELY = 0.6  # a belief that a country hosted or visited, from which it is counted among those that did
_DID = 0.5  # the same, from which the net is told of it
_CUT = 6  # letters of a word that the net reads
_COARSE = 4  # levels that are one where they stand beside other traits
_ALONE = ("under=", "since=", "number=")  # traits of a sentence that tell nothing more beside others
_AFTER_FIRST = 5
_BESIDE = ("a1=", "b1=", "does>", "<does", "part=")  # traits of a country that tell what its sentence is about
#: Verbs beside a country, and what it is, that tell its part in a passage wherever they stand in it.
_EVER = frozenset(
    """
    <teaches teaches> <learnt learnt> <comes comes> <does does> kind=Cp home we
    """.split()  # noqa: SIM905 - a list of words reads better as words
) | {"went to learn", "was taught"}
_WHOLE = len("S=") + 5  # letters of a word that was cut, or just not
_NEAR = 5  # tokens around a country in which pairs of words tell its part
_TOLD = 0.5  # the chance, of the sentence that tells most of a visit, below which the passage tells of none
PAGE = 12  # sentences
_SHOWN = 3  # sentences from the one that tells most of a visit, in which stands what was seen there
#: Words, cut to five letters, of which a text about exchanges is full, so that they show nothing when they come again.
_USUAL = frozenset(
    """
    after about their there which where would could these those other first visit nurse healt hospi minis count distr
    clini centr offic staff docto deleg train learn excha repor since befor years month weeks
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


@dataclass
class Seen:
    """A sentence with its traits by country, and what the rules found in it."""

    line: Line
    present: list[str]
    words: list[str]
    travel: dict[str, list[str]]  # traits of the countries present, before the sentence's own exchange is known
    uptake: dict[str, list[str]]  # traits by country, once it is
    manner: list[str]
    memory: Memory
    tokens: Tokens
    way: Callable[[str, str], Iterable[str]]  # traits of what stands between two countries
    before: list[tuple[int, InnovationMention]]  # things spoken of before, and how many sentences back
    hosts: set[str] = field(default_factory=set)
    visitors: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)


class Belief(NamedTuple):
    """How likely a country hosted or visited in a sentence or a passage, or something began there."""

    host: float
    visitor: float
    origin: float = 0.0


NOBODY = Belief(0.0, 0.0)


class Told(NamedTuple):
    """How likely a passage tells of a country's part in visits, of things begun there, and of uptakes of each status."""

    host: float
    visitor: float
    origin: float
    actual: float
    planned: float
    hypothetical: float
    negated: float


STATUSES = Told._fields[3:]  # of uptakes


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a net that reads a passage as a whole makes of its countries (`passage_net.py`)."""

    told: dict[str, Told]
    sources: dict[str, dict[str | None, float]]  # by adopter, how likely it learned from each other country, or nobody


class Passage:
    """Sentences that belong together, and what is believed of the countries in them."""

    def __init__(self, seen: list[Seen]) -> None:
        self.seen = seen
        self.told: list[dict[str, Belief]] = []  # by sentence, from its own traits
        self.first: dict[str, list[Belief]] = {}  # by country, the beliefs of its sentences
        self.belief: dict[str, Belief] = {}  # by country, from all of them
        self.opinion: Opinion | None = None  # of a net that reads the whole
        self._pairs: dict[tuple[str, str], float] = {}
        self._ever: dict[str, frozenset[str]] = {}
        self._told_at = 0  # the sentence that tells most of a visit
        self._shown: set[str] = set()  # words that it and the next ones use
        self._tells: list[float] = []  # by sentence, how likely it tells of a visit
        self.tells = 0.0  # how likely it tells of a visit, by the sentence that tells most of one
        self.mentions = Counter(c for s in seen for c in s.present)
        self.order = list(dict.fromkeys(c for s in seen for c in s.present))
        self._visits = {(v, h) for s in seen for v in s.visitors for h in s.hosts}
        self._hosts = {h for s in seen for h in s.hosts}

    @cached_property
    def repeated(self) -> list[tuple[str, int]]:
        """The phrases that several of its sentences use, with how many do."""
        return repeated_phrases(s.line.tagged for s in self.seen)

    def hear(self, told: list[dict[str, Belief]]) -> None:
        """Take in what each sentence alone says of its countries."""
        self.told, self.first, self._pairs = told, {}, {}
        self._tells = [max((max(b.host, b.visitor) for b in each.values()), default=0.0) for each in told]
        self.tells = max(self._tells)
        self._told_at = self._tells.index(self.tells)
        shown = self.seen[self._told_at : self._told_at + _SHOWN]
        self._shown = {w for s in shown for w in s.words if len(w) >= _WHOLE and w[2:] not in _USUAL}
        for beliefs in told:
            for country, belief in beliefs.items():
                self.first.setdefault(country, []).append(belief)
            for visitor, b in beliefs.items():
                for host, a in beliefs.items():
                    if visitor != host:
                        both = b.visitor * a.host
                        self._pairs[visitor, host] = max(self._pairs.get((visitor, host), 0.0), both)

    def told_of(self, country: str) -> Told | None:
        """Return what the net that reads the whole makes of a country; null where it has not been asked, or about it."""
        return self.opinion.told.get(country) if self.opinion else None

    @property
    def tells_of_a_visit(self) -> bool:
        """Whether a sentence of it likely tells of a visit."""
        return self.tells >= _TOLD

    @property
    def is_of_something_else(self) -> bool:
        """Whether it is a page of prose that tells of no visit, where little that looks like an uptake is one."""
        return not self.tells_of_a_visit and len(self.seen) >= PAGE

    def believe(self, country: str, host: float, visitor: float) -> None:
        """Take in what all its sentences together make of a country."""
        self.belief[country] = Belief(host, visitor)

    def travel_traits(self, number: int, country: str) -> list[str]:
        """Return the traits of a country in a sentence, by which it hosted or visited."""
        seen = self.seen[number]
        if country in seen.present:
            words = [*seen.words, *seen.tokens.pairs_near(country, _NEAR)]
        else:
            words = [f"absent&{w}" for w in seen.words]
        return [*seen.travel[country], *words, *_of_rules(seen, country)]

    def country_traits(self, country: str) -> list[str]:
        """Return the traits of a country in the passage, by which it hosted or visited."""
        mine = self.first[country]
        hosts, visits = sorted(b.host for b in mine), sorted(b.visitor for b in mine)
        other = _most(b for c, beliefs in self.first.items() if c != country for b in beliefs)
        h, v, oh, ov = (_level(x) for x in (hosts[-1], visits[-1], other.host, other.visitor))
        again_h, again_v = (_level(x[-2]) if len(x) > 1 else 0 for x in (hosts, visits))
        return [
            f"host{h}",
            f"visitor{v}",
            f"again host{again_h}",
            f"again visitor{again_v}",
            f"other host{oh}",
            f"other visitor{ov}",
            f"host{h}, other visitor {ov >= _SURE}",
            f"visitor{v}, other host {oh >= _SURE}",
            f"host{h // 2}-visitor{v // 2}",
            "top host" if hosts[-1] >= other.host else "no top host",
            "top visitor" if visits[-1] >= other.visitor else "no top visitor",
            f"host-visitor={max(-4, min(h - v, 4))}",
            f"countries={min(len(self.first), 5)}",
            f"mentions={min(self.mentions[country], 4)}",
            "in the first" if self.seen and country in self.seen[0].present else "not in the first",
            *sorted({f"ever {t}" for s in self.seen for t in s.travel.get(country, ()) if t in _EVER}),
        ]

    def ever(self, country: str) -> frozenset[str]:
        """Return the traits of a country in all sentences that name it, by which it learned from another or taught it."""
        if country not in self._ever:
            named = [s for s in self.seen if country in s.present and country in s.travel]
            alone = (t for s in named for t in s.travel[country] if "&" not in t)
            pairs = (pair for s in named for pair in s.tokens.pairs_near(country, _NEAR))
            self._ever[country] = frozenset([*alone, *pairs])
        return self._ever[country]

    def sentence_traits(self, number: int) -> Iterator[str]:
        """Yield the traits of a sentence, by which it tells of an adoption and of which status."""
        seen = self.seen[number]
        here = _most(self.belief.get(c, NOBODY) for c in seen.present)
        away = _most(b for c, b in self.belief.items() if c not in seen.present)
        levels = {
            "visitor here": _level(here.visitor),
            "host here": _level(here.host),
            "visitor away": _level(away.visitor),
            "host away": _level(away.host),
            "tells a visit": _level(self._tells[number]),
        }
        again = min(len(self._shown & set(seen.words)), 3) if number > self._told_at else 0
        place = [f"seen again{again}", f"near the end={len(self.seen) - 1 - number < 2}"]
        if self.tells > _LEVELS[4]:
            place.append(f"from the visit={max(-2, min(number - self._told_at, 4))}")
        coarse = [f"{name}{level // _COARSE}" for name, level in levels.items()]
        yield from seen.words
        yield from seen.tokens.pairs
        yield from (f"{word}&{coarse[0]}" for word in seen.words)
        yield from seen.manner
        yield from (f"{name}{level}" for name, level in levels.items())
        yield from place
        whole = [*(t for t in seen.manner if not t.startswith(_ALONE)), *coarse, *place]
        yield from (f"{one}&{other}" for one, other in combinations(whole, 2))
        yield from (f"a country's {t}" for c in seen.present for t in seen.uptake.get(c, ()) if t.startswith(_BESIDE))

    def read_words(self, number: int) -> list[str]:
        """Return the words of a sentence as the net reads them; a place by its kind and by what its country did."""
        seen = self.seen[number]
        return [
            f"{token[:2]}{self._did(seen.tokens.means(token))}" if token[0] == "<" else token.lower()[:_CUT]
            for token in seen.tokens.said
        ]

    def _did(self, countries: Sequence[str]) -> str:
        """Return V of countries that more likely visited than hosted, H of those that hosted, - of others."""
        if not countries:
            return ""
        most = _most(self.belief.get(c, NOBODY) for c in countries)
        if max(most.visitor, most.host) < _DID:
            return "-"
        return "V" if most.visitor >= most.host else "H"

    def kind_traits(self, number: int) -> Iterator[str]:
        """Yield the traits of a sentence that tells of an exchange, by which it tells what kind of exchange it was."""
        seen = self.seen[number]
        yield from seen.words
        yield from (f"rule kind={kind}" for kind in sorted(seen.kinds) or ["none"])
        hosts = {c for c, belief in self.belief.items() if belief.host >= _LIKELY}
        visitors = {c for c, belief in self.belief.items() if belief.visitor >= _LIKELY}
        sides = f"hosts={min(len(hosts), 3)}", f"visitors={min(len(visitors), 3)}", f"same={hosts == visitors}"
        rich = f"rich={any(map(is_rich, hosts))}, {any(map(is_rich, visitors))}"
        yield from (*sides, "&".join(sides), rich)

    def stage_traits(self, number: int) -> Iterator[str]:
        """Yield the traits of a sentence that tells of an adoption, by which it tells how far that has come."""
        seen = self.seen[number]
        yield from seen.words
        yield f"stage said={stage_of(seen.line.text)}"

    def adopter_traits(self, number: int, country: str) -> Iterator[str]:
        """Yield the traits of a country in a sentence that tells of an adoption, by which it adopted."""
        seen = self.seen[number]
        yield from seen.uptake[country]
        where = "here" if country in seen.present else "absent"
        for trait in self._part(country):
            yield from (trait, f"{where}&{trait}")
        yield f"others={min(len(set(seen.present) - {country}), 3)}&{where}"
        yield f"scope={min(len(seen.uptake), 4)}&{where}"
        yield from _of_rules(seen, country)

    def source_traits(self, number: int, adopter: str, other: str) -> Iterator[str]:
        """Yield the traits of another country in a sentence that tells of an adoption, by which it was the source."""
        seen = self.seen[number]
        yield from (f"its {t}" for t in seen.uptake.get(other, ["elsewhere"]) if not t.startswith("absent&"))
        where = "here" if other in seen.present else "absent"
        for trait in seen.memory.relations(adopter, other):
            yield from (trait, f"{trait}&{where}")
        yield from (where, "adopter here" if adopter in seen.present else "adopter absent")
        yield from seen.way(adopter, other)
        yield from self._source_by_rules(number, adopter, other)
        theirs, ours = self.belief.get(other, NOBODY), self.belief.get(adopter, NOBODY)
        oh, ov, ah, av = (_level(x) for x in (theirs.host, theirs.visitor, ours.host, ours.visitor))
        yield from (f"its host{oh}", f"its visitor{ov}", f"our host{ah}", f"our visitor{av}")
        yield from (f"host and visitor{min(oh, av)}", f"visitor and host{min(ov, ah)}")
        yield from (f"{where} host{oh}", f"{where} host and visitor{min(oh, av)}")
        rival = _most(b for c, b in self.belief.items() if c not in (adopter, other))
        yield "top host" if theirs.host >= rival.host else "no top host"
        pair = self._pairs.get((adopter, other), 0.0)
        best = max((p for (v, h), p in self._pairs.items() if v == adopter and h != other), default=0.0)
        yield from (f"pair{_level(pair)}", f"pair{_level(pair)}&{where}")
        yield f"pair back{_level(self._pairs.get((other, adopter), 0.0))}"
        yield "top pair" if pair >= best and pair > _LEVELS[1] else "no top pair"
        yield f"order={min(self.order.index(other), _AFTER_FIRST) if other in self.order else 'none'}"
        yield f"mentions={min(self.mentions[other], 4)}"
        yield f"countries={min(len(self.belief), 5)}"
        yield f"others={min(len(set(seen.present) - {adopter, other}), 3)}"
        before = (c for s in self.seen[:number][::-1] for c in s.present[::-1] if c != adopter)
        yield "named last" if next(before, None) == other else "not named last"

    def sources_for(self, number: int, adopter: str) -> list[str]:
        """Return the countries from which an adopter may have learned: those of the sentence and of the passage."""
        return [c for c in dict.fromkeys([*self.seen[number].uptake, *self.belief]) if c != adopter]

    def _part(self, country: str) -> Iterator[str]:
        """Yield what is believed of a country in the passage, beside the others."""
        if country not in self.belief:
            yield "no belief"
            return
        mine = self.belief[country]
        other = _most(b for c, b in self.belief.items() if c != country)
        h, v, oh, ov = (_level(x) for x in (mine.host, mine.visitor, other.host, other.visitor))
        yield from (f"P host{h}", f"P visitor{v}", f"P other host{oh}", f"P other visitor{ov}")
        yield f"P visitor {v >= _SURE}, other host {oh >= _SURE}"
        yield "P top visitor" if mine.visitor >= other.visitor and v > 2 else "P no top visitor"
        yield "P top host" if mine.host >= other.host and h > 2 else "P no top host"

    def _source_by_rules(self, number: int, adopter: str, other: str) -> Iterator[str]:
        seen = self.seen[number]
        each = {
            "rule origin": other in seen.origins,
            "rule host here": other in seen.hosts,
            "rule visitor here": other in seen.visitors,
            "rule visit": (adopter, other) in self._visits,
            "rule host": other in self._hosts,
        }
        yield from (name for name, so in each.items() if so)


def passages(seen: Iterable[Seen], *, most: int = 20) -> Iterator[Passage]:
    """Yield the passages of a text: its sentences, so many at most together."""
    held: list[Seen] = []
    for sentence in seen:
        held.append(sentence)
        if len(held) == most:
            yield Passage(held)
            held = []
    if held:
        yield Passage(held)


def _most(beliefs: Iterable[Belief]) -> Belief:
    """Return the likeliest host and the likeliest visitor among some countries; nobody if there are none."""
    held = list(beliefs)
    return Belief(max([b.host for b in held], default=0.0), max([b.visitor for b in held], default=0.0))


def _level(chance: float) -> int:
    return bisect_right(_LEVELS, chance)


def _of_rules(seen: Seen, country: str) -> Iterator[str]:
    """Yield what the rules found of a country in a sentence, and of the others."""
    each = {
        "rule host": country in seen.hosts,
        "rule visitor": country in seen.visitors,
        "rule other host": bool(seen.hosts - {country}),
        "rule other visitor": bool(seen.visitors - {country}),
        "rule origin": country in seen.origins,
    }
    yield from (name for name, so in each.items() if so)
    yield from (f"rule kind={kind}" for kind in sorted(seen.kinds))
