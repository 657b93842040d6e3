"""The traits by which a span of words is told to be the name of an organisation: its words, and those beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from ...ontology.normal import fold
from .organisation_names import word_lists
from .organisation_spans import BREAK, LINKS, Words, spans_of, words_of

_OFS = frozenset({"of", "for", "de", "du", "des", "del", "do", "da"})
_BEFORE_SENTENCES = frozenset({BREAK, ".", "!", "?", ":", "“", '"', "•", "-", ";"})
_FUNCTION = frozenset({"of", "and", "for", "in", "link", "'s"})  # sorts of words that tell nothing by themselves
_STEM = 6  # letters of a word that are compared
_MANY = 3  # words after the first, from which common words may be a name: "Global Network of Milk Banks"
_LONGEST = 6  # words that are counted, and whose sorts are told


@dataclass(slots=True)
class Candidates:
    """The spans of a text that may be names, and what the rules made of it."""

    words: Words
    spans: list[tuple[int, int]]
    small: frozenset[str]  # the words that the text has in small letters
    beside: list[str]  # each word as those beside it see it: itself if in small letters, else its sort
    ruled: frozenset[tuple[int, int]]  # the spans that the rules found
    covered: list[bool]  # of each word, whether it is in a span of the rules'
    certain: frozenset[tuple[int, int]]  # the spans with a comma in them, which rules alone can read

    def traits(self, first: int, last: int) -> set[str]:
        """Return the traits of a span."""
        return {*self._of_words(first, last), *self._of_place(first, last), *self._of_rules(first, last)}

    def _of_words(self, first: int, last: int) -> list[str]:
        """Return what the words of a span are."""
        low, sort = self.words.low[first : last + 1], self.words.sort[first : last + 1]
        head = next((at - 1 for at in range(1, len(low)) if low[at] in _OFS), len(low) - 1)
        found = [
            f"n={min(len(low), _LONGEST)}", f"sorts={'-'.join(sort[:_LONGEST])}", f"ends={sort[0]}-{sort[-1]}",
            f"first={low[0]}", f"last={low[-1]}", f"head={stem(low[head])}", f"head is {sort[head]}",
        ]  # fmt: skip
        found += [f"has={stem(word)}" for word, is_a in zip(low, sort, strict=True) if is_a not in _FUNCTION]
        found += [f"has {is_a}" for is_a in sort]
        if len(low) > 1:
            found += [f"opening={sort[0]} {sort[1]}", f"tail={low[-2]} {sort[-1]} {stem(low[head])}"]
        else:
            found.append(f"alone {_shape(self.words.said[first])} {len(low[0]) < 4}")
            if low[0] in self.small:
                found.append("alone, small elsewhere")
        return found

    def _of_place(self, first: int, last: int) -> list[str]:
        """Return what stands beside a span."""
        low, sort, beside = self.words.low, self.words.sort, self.beside
        alone = "alone " if first == last else ""
        before, after, behind = beside[first - 1], beside[last + 1], beside[last + 2]
        led = beside[first - 2] if first > 1 else BREAK
        found = [
            f"{alone}before={before}", f"{alone}after={after}", f"before={led} {before}", f"after={after} {behind}",
            f"{alone}led={led}", f"begins={sort[first - 1]} {sort[first]}", f"begins={led} {before} {sort[first]}",
            f"stops={sort[last]} {sort[last + 1]}", f"stops={sort[last]} {low[last + 1]}",
            f"stops={sort[last]} {after} {behind}",
        ]  # fmt: skip
        if low[first - 1] in _BEFORE_SENTENCES:
            found.append(f"{alone}opens with {sort[first]}")
        return found

    def _of_rules(self, first: int, last: int) -> list[str]:
        """Return what the rules say of a span, and of what stands beside it."""
        sort, covered = self.words.sort, self.covered
        length = last - first + 1
        found = []
        if first > 1 and covered[first - 2] and not covered[first - 1]:
            found.append(f"rule before {self.beside[first - 1]}")
        if covered[last + 2] and not covered[last + 1]:
            found.append(f"rule behind {self.beside[last + 1]}")
        if (first, last) in self.ruled:
            found += ["rule", f"rule n={min(length, _LONGEST)}", f"rule ends={sort[first]}-{sort[last]}"]
            found.append(f"rule after {self.beside[first - 1]}")
            return found
        inside = sum(covered[first : last + 1])
        how = "none" if not inside else "all" if inside == length else "some"
        before = " from before" if covered[first - 1] and covered[first] else ""
        behind = " to behind" if covered[last + 1] and covered[last] else ""
        found.append(f"unruled {how}{before}{behind}")
        if not inside:
            found.append(f"unruled ends={sort[first]}-{sort[last]}")
        return found


def candidates_of(text: str, ruled: Iterable[tuple[int, int]]) -> Candidates:
    """Return the spans of a text that may be names, given where the rules found one."""
    words = words_of(text)
    said = [at for at, word in enumerate(words.said) if word != BREAK]
    starts = {words.start[at]: at for at in said}
    ends = {words.end[at]: at for at in said}
    found = frozenset((starts[a], ends[b]) for a, b in ruled if a in starts and b in ends)
    covered = [False] * len(words.said)
    for first, last in found:
        covered[first : last + 1] = [True] * (last + 1 - first)
    small = frozenset(word for word, low in zip(words.said, words.low, strict=True) if word == low)
    beside = [word if word == low else sort for word, low, sort in zip(words.said, words.low, words.sort, strict=True)]
    certain = frozenset((first, last) for first, last in found if "," in words.said[first:last])
    spans = [(a, b) for a, b in spans_of(words) if _may_name(words, a, b)]
    return Candidates(words, sorted({*spans, *found}), small, beside, found, covered, certain)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the letters that a word has in common with its like in other languages: "minist", "hospit"."""
    return fold(word)[:_STEM]


def _may_name(words: Words, first: int, last: int) -> bool:
    """Say whether words may be a name: those that have nothing of a name's own ("Labour Ward") only if they are many."""
    sorts = words.sort[first : last + 1]
    if sorts[-1] == "Noun" or not _common().issuperset(words.low[first : last + 1]):
        return True
    return last - first >= _MANY and not {"Noun", "Weak"}.isdisjoint(sorts)


@cache
def _common() -> frozenset[str]:
    lists = word_lists()
    return lists["generic"] | lists["leading"] | lists["role"] | LINKS


def _shape(word: str) -> str:
    """Return how a word has its capitals."""
    if word.isupper():
        return "ABC"
    return "aB" if any(c.isupper() for c in word[1:]) else "Ab" if word[0].isupper() else "ab"
