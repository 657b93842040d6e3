"""What was taken up, at which site and when: which of the things, sites and dates that a text names an uptake means.

Each is an option with traits, and weights say how likely it is meant. Options are what the sentence names, what it says
in its own words, and the innovations that the text spoke of before; there may be none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from .innovations import InnovationMention
from .passage import Passage
from .sentences import lowered
from .things import thing_of_another, thing_seen, thing_spoken_of, thing_subject, thing_taken_up
from .uptake_cues import ANAPHORA
from .when import DateMention

_DISTANCES = (2, 4, 7, 12, 20)  # words between an option and the adopter, by which traits tell near from far
_PHRASES = 3  # phrases of a sentence that come again
_VISITED = 0.7  # a chance that the text tells of a visit, from which a phrase that comes again may be what was seen
_HEAD = 6  # letters of an option's last word

Meant = TypeVar("Meant")


@dataclass(frozen=True, slots=True)
class Option(Generic[Meant]):
    """Something that an uptake may mean, with the traits by which it does."""

    meant: Meant
    traits: list[str]


class Options:
    """The options of one sentence for what one country took up, where and when."""

    def __init__(self, passage: Passage, number: int, country: str) -> None:
        self._seen, self._country = passage.seen[number], country
        self._of_exchanges = not passage.is_of_something_else
        self._repeated = passage.repeated if passage.tells >= _VISITED else []
        self._line = self._seen.line
        self._tokens = self._seen.tokens
        self._at = self._tokens.places(country)
        self._names = f"named={min(len(self._line.innovations), 2)}"  # how many innovations the sentence names

    def things(self) -> list[Option[InnovationMention]]:
        """Return what may have been taken up, the likeliest kinds of option first."""
        found = [*self._named(), *self._said(), *self._before(), *self._again()]
        one: dict[str, Option[InnovationMention]] = {}
        for option in found:
            one.setdefault(option.meant.name, option)
        return list(one.values())

    def dates(self) -> list[Option[DateMention]]:
        """Return the dates of the sentence."""
        each = [(n, int(t[2:-1])) for n, t in enumerate(self._tokens.said) if t.startswith("<D")]
        count = f"dates={min(len(each), 3)}"
        return [
            Option(self._line.dates[d], [count, f"{count}&nth={min(i, 3)}", *self._place("date", n)])
            for i, (n, d) in enumerate(each)
        ]

    def sites(self) -> list[Option[str]]:
        """Return the organisations of the sentence and the sites that it means without naming them."""
        found: list[Option[str]] = []
        for n, tag in enumerate(self._tokens.said):
            site = self._line.organisation_of(tag) if tag[0] == "<" else None
            if site:
                countries = self._line.countries_of(tag)
                seat = "own" if self._country in countries else "other" if countries else "unknown"
                words = site.lower().split()
                traits = [f"site seat={seat}", f"site head={words[-1][:_HEAD]}", f"site kind={tag[1]}"]
                traits += [f"site word={w[:_HEAD]}" for w in words]
                found.append(Option(site, [*traits, *(f"{seat}&{t}" for t in self._place("site", n))]))
        return found

    def _named(self) -> Iterator[Option[InnovationMention]]:
        each = [(n, int(t[2:-1])) for n, t in enumerate(self._tokens.said) if t.startswith("<I")]
        for i, (n, number) in enumerate(each):
            mention = self._line.innovations[number]
            owner = self._tokens.means(self._tokens.said[n - 1]) if n else ()
            whose = "adopter's" if self._country in owner else "another's" if owner else "nobody's"
            nth = "only" if len(each) == 1 else "first" if i == 0 else "last" if i == len(each) - 1 else "middle"
            yield Option(
                mention, ["via named", f"named {nth}", f"named {whose}", *_nature(mention), *self._place("thing", n)]
            )

    def _said(self) -> Iterator[Option[InnovationMention]]:
        """Yield what the sentence says in its own words, by its clause about the country or by all of it."""
        line = self._line
        start, end = self._tokens.clause(self._at[0]) if self._at else (0, 0)
        ways = (
            ("clause", thing_taken_up(line, line.tagged[start:end]) if end else None),
            ("taken", thing_taken_up(line, line.tagged)),
            ("another's", thing_of_another(line, self._country)),
            ("seen", thing_seen(line)),
            ("spoken of", thing_spoken_of(line)),
            ("subject", thing_subject(line) if self._of_exchanges else None),
        )
        for way, mention in ways:
            if mention:
                again = mention.name.rsplit(" ", 1)[-1].lower()
                told = "told before" if any(again in m.name.lower() for _, m in self._seen.before) else "new"
                yield Option(mention, [f"via {way}", f"{way}&{self._names}", f"said {told}", *_nature(mention)])

    def _before(self) -> Iterator[Option[InnovationMention]]:
        """Yield what the text spoke of before this sentence, the last first."""
        line, text = self._line, self._line.text.lower()
        refers = "refers" if ANAPHORA.search(line.text) else "refers not"
        for nth, (distance, mention) in enumerate(self._seen.before):
            head = mention.name.rsplit(" ", 1)[-1].lower().removesuffix("s")
            again = "said again" if len(head) > 3 and head in text else "not said"
            far = f"back{next((d for d in (1, 2, 3, 6, 12) if distance <= d), 99)}"
            yield Option(
                mention,
                ["via before", f"before&{self._names}", f"before nth{nth}", far, f"{far}&{refers}", f"before {refers}", f"before {again}", f"before {refers}&{again}", *_nature(mention)],
            )  # fmt: skip

    def _again(self) -> Iterator[Option[InnovationMention]]:
        """Yield the phrases that the sentence shares with others, and the one that the passage uses most."""
        line, low = self._line, lowered(self._line.text)
        here = [(phrase, n) for phrase, n in self._repeated if phrase in low]
        ways = [("again", here[:_PHRASES]), ("most", [] if here else self._repeated[:1])]
        for way, phrases in ways:
            for nth, (phrase, n) in enumerate(phrases):
                at = low.find(phrase)
                start = line.scene.start + max(0, at)
                said = phrase if at < 0 else line.text[at : at + len(phrase)]
                mention = InnovationMention(start, start + len(phrase), said, said, None, known=False)
                traits = [f"via {way}", f"{way}&{self._names}", f"{way} nth{nth}", f"{way} times{min(n, 4)}"]
                yield Option(mention, [*traits, *_nature(mention)])

    def _place(self, what: str, n: int) -> Iterator[str]:
        """Yield the traits of where an option stands in the sentence: its words, and its way to the adopter."""
        before, after = self._tokens.beside(n, self._country, 2)
        yield from (f"{what} b{far}={word}" for far, word in enumerate(before, 1))
        yield from (f"{what} a{far}={word}" for far, word in enumerate(after, 1))
        if not self._at:
            yield f"{what} adopter absent"
            return
        nearest = min(self._at, key=lambda at: abs(at - n))
        far = next((d for d in _DISTANCES if abs(nearest - n) <= d), 99)
        side = "before" if n < nearest else "behind"
        same = "same clause" if self._tokens.clause(n) == self._tokens.clause(nearest) else "other clause"
        yield from (f"{what} {side}{far}", f"{what} {same}", f"{what} {side}&{same}")
        between = sum(min(n, nearest) < at < max(n, nearest) for at in self._tokens.named)
        yield f"{what} places between={min(between, 2)}"


def _nature(mention: InnovationMention) -> Iterator[str]:
    """Yield what a thing is, whatever the sentence says of it."""
    words = mention.name.lower().split()
    yield "known" if mention.known else "listed" if mention.kind else f"new, {min(len(words), 4)} words"
    yield f"kind={mention.kind}"
    yield f"head={words[-1][:_HEAD]}"
    if not mention.kind:
        yield f"first={words[0][:_HEAD]}"
