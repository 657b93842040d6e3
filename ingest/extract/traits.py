"""What a sentence shows of a country's part in it: the traits by which weights tell hosts, visitors and adopters.

A trait is a word: `b1=in` (the word before the country), `does>` (a verb of uptake stands behind it), `visitor` (the
text has told that its people travelled). Words are cut to their first letters, so that "adopted" and "adopts" are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .clauses import clause_at
from .discourse import RECENT, Discourse, Line
from .heading import is_item, is_labelled
from .sentences import lowered
from .status import status_of
from .tokens import STEM, Tokens
from .uptake_cues import RETURN

_TAG = re.compile(r"<\w\d+>")
_NEAR, _FAR = 3, 8  # words beside a country
_LEADS = 3  # words at a sentence's head
_MOST_MENTIONS, _MOST_COUNTRIES, _MOST_PRESENT = 3, 8, 24
_STOPS = frozenset(";.:?!^$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_HEADED = 3  # words of a heading


@dataclass(frozen=True, slots=True)
class Memory:
    """Who visited whom, as a text has told up to a sentence."""

    visitors: tuple[str, ...]
    hosts: tuple[str, ...]
    only_host: str | None
    went: dict[str, tuple[str | None, str | None]]  # country to whom it went to see, and who came to teach it

    def relations(self, adopter: str, other: str) -> list[str]:
        """Return how the text has related another country to an adopter."""
        host, teacher = self.went.get(adopter, (None, None))
        each = {
            "went there": host == other,
            "taught by": teacher == other,
            "among hosts": other in self.hosts,
            "only host": self.only_host == other,
            "among visitors": other in self.visitors,
            "visited": adopter in self.visitors,
        }
        return [name for name, so in each.items() if so]


class Traits:
    """The traits of a sentence, made once for all its countries."""

    def __init__(self, tokens: Tokens, line: Line, told: Discourse, number: int) -> None:
        self._line, self._told, self.tokens = line, told, tokens
        self.present = line.countries_in(line.tagged)
        self._named = told.named_before()
        self.scope = self._scope()
        self._went = {c: (told.host_of(c), told.teacher_of(c)) for c in {*self.present, *self.scope}}
        asked = bool(self.scope)  # else it is about nobody, and is not asked
        self.words = tokens.bag if asked else []
        self.manner = list(self._manner(number)) if asked else []

    def of(self, country: str) -> list[str]:
        """Return the traits of a country in the sentence, the sentence's manner among them but not its words."""
        told = list(self._remembered(country))
        at = self.tokens.places(country)
        if not at:
            return [*told, "absent", *(f"absent&{t}" for t in [*told, *self.manner])]
        beside = (trait for i in at[:_MOST_MENTIONS] for trait in self._beside(i, country))
        return [*told, *beside, *self.manner]

    def _scope(self) -> list[str]:
        """Return the countries that the sentence may be about: those it means, and those the text speaks of."""
        told = self._told
        remembered = [*told.party, *told.hosts, told.home, *told.we, *told.subject, *told.doers, *self._named]
        here = self.present[:_MOST_PRESENT]
        return [c for c in dict.fromkeys([*here, *remembered]) if c][: max(len(here), _MOST_COUNTRIES)]

    def way(self, first: str, second: str) -> Iterator[str]:
        """Yield the traits of the way from one country to another, where a sentence names both: what stands between."""
        pairs = [(i, j) for i in self.tokens.places(first) for j in self.tokens.places(second)]
        if not pairs:
            return
        i, j = min(pairs, key=lambda pair: abs(pair[0] - pair[1]))
        if i == j:
            yield "way none"
            return
        order, a, b = ("on", i, j) if i < j else ("back", j, i)
        words = self.tokens.seen_by(first)[a + 1 : b]
        places = sum(word == "<C>" for word in words)
        same = self.tokens.clause(i) == self.tokens.clause(j)
        yield f"way {order}&{'same' if same else 'other'} clause&places={min(places, 2)}"
        yield from (f"way {order} {word}" for word in dict.fromkeys(words[:_FAR] + words[-_FAR:]))
        last = words[-1] if words else ""
        yield f"way {order} last={last}"
        begin, end = self.tokens.spans[a][1], self.tokens.spans[b][0]
        for verb in sorted({name for name, at in self.tokens.verbs if begin <= at < end}):
            yield from (f"way {order} {verb}", f"way {order} {verb}&last={last}")

    def doers(self) -> tuple[str, ...]:
        """Return the countries that the sentence names last before a verb of uptake, in the same clause."""
        tokens = self.tokens
        found: list[str] = []
        for name, at in tokens.verbs if tokens.named else ():
            if name == "does":
                start, _ = clause_at(tokens.clauses, at)
                places = [countries for i, countries in tokens.named.items() if start <= tokens.spans[i][0] < at]
                found += places[-1] if places else ()
        return tuple(dict.fromkeys(found))

    def memory(self) -> Memory:
        """Return what the text has told of the countries in scope, for the traits of two of them together."""
        told = self._told
        return Memory(tuple(told.party), tuple(told.hosts), told.only_host(), self._went)

    def _beside(self, i: int, country: str) -> Iterator[str]:
        """Yield the traits of one mention: the words and verbs on either side of it."""
        tokens = self.tokens
        tag, (start, end) = tokens.said[i], tokens.spans[i]
        kind = tag[1] + ("p" if self._line.people(tag) else "")
        before, after = tokens.beside(i, country, _FAR)
        yield f"kind={kind}"
        yield from (f"b{n}={w}" for n, w in enumerate(before[:_NEAR], 1))
        yield from (f"a{n}={w}" for n, w in enumerate(after[:_NEAR], 1))
        yield f"b21={before[1]} {before[0]}"
        yield f"a12={after[0]} {after[1]}"
        yield f"b1={before[0]}&kind={kind}"
        yield f"ba={before[0]}_{after[0]}"
        left, right = _up_to_a_stop(before), _up_to_a_stop(after)
        yield from (f"B={word}" for word in left)
        yield from (f"A={word}" for word in right)
        (first, _), (_, last) = tokens.spans[i - len(left)], tokens.spans[i + len(right)]
        verbs = {f"<{name}" for name, at in tokens.verbs if first <= at < start}
        verbs |= {f"{name}>" for name, at in tokens.verbs if end <= at < last}
        yield from sorted(verbs)
        yield from (f"{verb}&b1={before[0]}" for verb in sorted(verbs))
        yield f"part={status_of(self._part(start))}"
        places = list(tokens.named)
        yield "first" if i == places[0] else "last" if i == places[-1] else "middle"
        if i < _LEADS:
            yield "leads"

    def _part(self, at: int) -> str:
        """Return the clause that a place of the tagged sentence is in, with a neutral word for each tag."""
        start, end = clause_at(self.tokens.clauses, at)
        return _TAG.sub("X", self._line.tagged[start:end])

    def _remembered(self, country: str) -> Iterator[str]:
        """Yield what the text has told of a country before."""
        told = self._told
        if country in told.party and told.at - told.party_at <= RECENT:
            yield "visitor" if len(told.party) == 1 else "one of the visitors"
        if country in told.hosts and told.at - told.hosts_at <= RECENT:
            yield "host" if len(told.hosts) == 1 else "one of the hosts"
        each = {
            "home": country == told.home,
            "we": country in told.we,
            "subject before": country in told.subject,
            "doer before": country in told.doers,
            "went to learn": bool(self._went[country][0]),
            "was taught": bool(self._went[country][1]),
            "mutual": told.mutual(country),
        }
        yield from (name for name, so in each.items() if so)
        if country in self._named:
            yield f"named before{self._named.index(country)}"

    def _manner(self, number: int) -> Iterator[str]:
        """Yield what the whole sentence shows beside its words: status, dates, verbs, its place in the text."""
        line, told = self._line, self._told
        yield f"countries={min(len(self.present), 4)}"
        yield f"status={self.tokens.status}"
        if line.dates:
            yield "dated"
            first = line.dates[0].earliest
            if told.visited_from and first:
                yield "dated later" if first >= told.visited_from else "dated before"
        if line.innovations:
            yield "innovation"
        elif told.innovation and told.innovation.name.rsplit(" ", 1)[-1].lower()[:6] in line.text.lower():
            yield "innovation before"
        yield from sorted({f"S~{name}" for name, _ in self.tokens.verbs})
        if RETURN.search(self.tokens.small):
            yield "return"
        if is_labelled(line.tagged):
            yield "label"
        if is_item(line.tagged):
            yield "item"
        yield from (f"under={w[:STEM]}" for w in _WORD.findall(lowered(told.heading))[:_HEADED])
        if told.visits:
            since = told.at - told.visits[-1][0]
            yield f"since={next((n for n in (0, 1, 3, 8) if since <= n), 99)}"
        yield f"number={min(number, 2)}"


def _up_to_a_stop(words: list[str]) -> list[str]:
    """Return the first of some words, up to where a part of the sentence ends."""
    return words[: next((n for n, word in enumerate(words) if word in _STOPS), None)]
