"""The words, marks and tags of a tagged sentence one by one, and what stands at each."""

from __future__ import annotations

import re
from functools import cached_property

from .clauses import Span, clause_at, clauses_of
from .discourse import Line

_TOKEN = re.compile(r"<[COIDVHFWN]\d+>|[^\W_]+(?:[-’'][^\W_]+)*|[.,;:()?!–—-]")
STEM = 5  # letters to which words are cut, so that "adopted" and "adopts" are one
PAIR = "W="  # at the head of a trait of two words
_BETWEEN = ("", ". ", ".. ")  # what is written for the words that stand between the two of a pair


class Tokens:
    """The tokens of a sentence, parted when they are first asked for."""

    def __init__(self, line: Line) -> None:
        self._line = line

    @cached_property
    def spans(self) -> list[tuple[str, int, int]]:
        """Each token with where it begins and ends in the tagged sentence."""
        return [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(self._line.tagged)]

    @cached_property
    def clauses(self) -> list[Span]:
        """The clauses of the tagged sentence."""
        return clauses_of(self._line.tagged)

    @cached_property
    def named(self) -> dict[int, tuple[str, ...]]:
        """The tokens that mean countries, with those."""
        each = ((i, self.means(token)) for i, (token, _, _) in enumerate(self.spans) if token[0] == "<")
        return {i: countries for i, countries in each if countries}

    @cached_property
    def words(self) -> list[str]:
        """Each token as traits have it: a word cut to its first letters, a tag by its kind."""
        return [token[:2] if token[0] == "<" else token.lower()[:STEM] for token, _, _ in self.spans]

    @cached_property
    def bag(self) -> list[str]:
        """The words of the sentence, each once, as traits: "S=adopt"."""
        each = zip(self.spans, self.words, strict=True)
        return [f"S={word}" for word in sorted({word for (token, _, _), word in each if token[0].isalnum()})]

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

    def clause(self, i: int) -> Span:
        """Return the clause that a token stands in."""
        return clause_at(self.clauses, self.spans[i][1])

    def word(self, i: int, country: str) -> str:
        """Return a word cut to its first letters; a tag by its kind, the country in question as itself."""
        if not 0 <= i < len(self.spans):
            return "^" if i < 0 else "$"
        token = self.spans[i][0]
        if token[0] == "<":
            means = self.means(token)
            return "<S>" if country in means else "<C>" if means else f"<{token[1]}>"
        return self.words[i]


def _pairs(words: list[str]) -> list[str]:
    return [
        f"{PAIR}{first} {between}{second}"
        for apart, between in enumerate(_BETWEEN, 1)
        for first, second in zip(words, words[apart:], strict=False)
    ]
