"""The words, marks and tags of a tagged sentence one by one, what stands at each, and the verbs among them."""

from __future__ import annotations

import re
from functools import cached_property

from .clauses import Span, clause_at, clauses_of
from .discourse import Line
from .sentences import lowered
from .status import status_of
from .uptake_cues import COMES, DOES, IS, LEARNT, REFUSES, TEACHES

_TOKEN = re.compile(r"<[COIDVHFWN]\d+>|[^\W_]+(?:[-’'][^\W_]+)*|[.,;:()?!–—-]")
STEM = 5  # letters to which words are cut, so that "adopted" and "adopts" are one
PAIR = "W="  # at the head of a trait of two words
_VERBS = {
    name: re.compile(rf"(?:{words})(?![\w-])")  # matched in small letters, which is sooner
    for name, words in (
        ("does", DOES),
        ("is", IS),
        ("comes", COMES),
        ("refuses", REFUSES),
        ("learnt", LEARNT),
        ("teaches", TEACHES),
    )
}
#: Where any of them begins, so that each need not look through the whole sentence.
_VERB = re.compile(rf"\b(?=\w)(?<![\w-])(?=(?:{'|'.join(f'(?:{verb.pattern})' for verb in _VERBS.values())}))")
#: The words between the places of a list, cut as traits are, one of the first among them.
_AND = frozenset({"and", "or", "y", "e", "o", "u", "et", "ou"})
_OF_A_LIST = _AND | {",", "the", "in", "of", "as", "well", "en", "em", "au"}
_BETWEEN = ("", ". ", ".. ")  # what is written for the words that stand between the two of a pair


class Tokens:
    """The tokens of a sentence, parted when they are first asked for."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._seen_by: dict[str, list[str]] = {}

    @cached_property
    def said(self) -> list[str]:
        """Each token as it stands in the tagged sentence."""
        return _TOKEN.findall(self._line.tagged)

    @cached_property
    def spans(self) -> list[Span]:
        """Where each token begins and ends in the tagged sentence."""
        return [m.span() for m in _TOKEN.finditer(self._line.tagged)]

    @cached_property
    def small(self) -> str:
        """The tagged sentence in small letters."""
        return lowered(self._line.tagged)

    @cached_property
    def status(self) -> str:
        """What the sentence claims of what it speaks of: actual, planned, hypothetical or negated."""
        return status_of(self._line.text)

    @cached_property
    def verbs(self) -> list[tuple[str, int]]:
        """The verbs that tell of uptakes, by kind, with where each begins in the tagged sentence."""
        found = []
        end = dict.fromkeys(_VERBS, 0)  # of the last of its kind
        for at in (m.start() for m in _VERB.finditer(self.small)):
            for name, pattern in _VERBS.items():
                if end[name] <= at and (verb := pattern.match(self.small, at)):
                    found.append((name, at))
                    end[name] = verb.end()
        return found

    @cached_property
    def clauses(self) -> list[Span]:
        """The clauses of the tagged sentence."""
        return clauses_of(self._line.tagged)

    @cached_property
    def named(self) -> dict[int, tuple[str, ...]]:
        """The tokens that mean countries, with those."""
        each = ((i, self.means(token)) for i, token in enumerate(self.said) if token[0] == "<")
        return {i: countries for i, countries in each if countries}

    @cached_property
    def words(self) -> list[str]:
        """Each token as traits have it: a word cut to its first letters, a tag by its kind."""
        return [token[:2] if token[0] == "<" else token.lower()[:STEM] for token in self.said]

    @cached_property
    def bag(self) -> list[str]:
        """The words of the sentence, each once, as traits: "S=adopt"."""
        return [f"S={word}" for word in dict.fromkeys(self.words) if word[0].isalnum()]

    @cached_property
    def pairs(self) -> list[str]:
        """The words that stand together or nearly so: "W=has not", "W=has . print" of "has been printed"."""
        return _pairs(["^", *self.words, "$"])

    def pairs_near(self, country: str, far: int) -> list[str]:
        """Return the same of the words so many tokens around each mention of a country, which is `<S`."""
        at = self.places(country)
        words = self.words.copy()
        for i in at:
            words[i] = "<S"
        return [pair for i in at for pair in _pairs(words[max(i - far, 0) : i + far + 1])]

    def means(self, token: str) -> tuple[str, ...]:
        """Return the countries that a token means."""
        return self._line.countries_of(token) if token[0] == "<" else ()

    def places(self, country: str) -> list[int]:
        """Return which tokens mean a country."""
        return [i for i, countries in self.named.items() if country in countries]

    def lists(self, one: str, other: str) -> bool:
        """Say whether two countries stand in one list, as in "in Kenya, Uganda and in Ghana"."""
        for i in self.places(one):
            for j in self.places(other):
                between = {"<" if n in self.named else self.words[n] for n in range(min(i, j) + 1, max(i, j))}
                if between & _AND and between - {"<"} <= _OF_A_LIST:
                    return True
        return False

    def clause(self, i: int) -> Span:
        """Return the clause that a token stands in."""
        return clause_at(self.clauses, self.spans[i][0])

    def seen_by(self, country: str) -> list[str]:
        """Return the words as a country sees them: a tag that means it is `<S>`, of another country `<C>`."""
        if country not in self._seen_by:
            words = [f"{word}>" if word[0] == "<" else word for word in self.words]
            for i, countries in self.named.items():
                words[i] = "<S>" if country in countries else "<C>"
            self._seen_by[country] = words
        return self._seen_by[country]

    def beside(self, i: int, country: str, far: int) -> tuple[list[str], list[str]]:
        """Return so many words before a token, the nearest first, and behind it; beyond the sentence are `^` and `$`."""
        words = self.seen_by(country)
        before, after = words[max(i - far, 0) : i], words[i + 1 : i + 1 + far]
        return before[::-1] + ["^"] * (far - len(before)), after + ["$"] * (far - len(after))


def _pairs(words: list[str]) -> list[str]:
    return [
        f"{PAIR}{first} {between}{second}"
        for apart, between in enumerate(_BETWEEN, 1)
        for first, second in zip(words, words[apart:], strict=False)
    ]
