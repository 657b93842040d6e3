"""The words of a text, and the spans of them that may name an organisation.

A run is words in capitals with the small words that link them ("of", "for the", "de la"), and with the noun in small
letters that says what they name ("Muhanga base", "hospital of Mongar"). A name may be all of a run or a part of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ...ontology.countries import Place, name_table, place_key
from ...ontology.normal import fold, rows
from .organisation_names import TITLES, word_lists
from .organisation_shapes import UP

BREAK = "¶"  # stands for the end of a paragraph or of a line of a form

_TOKEN = re.compile(
    rf"\n\s*\n\s*|\n(?=[^\n:]{{1,40}}:)|(?:St|Dr|Mt|Ste|Sto|Sta|Mr|Mrs|Ms|Prof|No|Nr)\.(?= ?[{UP}\d])"
    rf"|[{UP}](?:\.[A-Z])+\.?|[DdLl][’'](?=\w)|[’']s\b|(?<=s)[’'](?= )"
    r"|\w+(?:[‑–/+&.-]\w+|[’'](?!s\b)\w+)*|[^\w\s]"
)
LINKS = frozenset({
    "of", "for", "and", "in", "against", "on", "at", "with", "without", "to", "the", "&", "de", "del", "des", "du",
    "do", "da", "dos", "das", "la", "las", "los", "le", "les", "el", "o", "a", "et", "y", "e", "i", "pour", "para",
    "und", "für", "van", "von", "der", "ng", "sa", "wa", "ya", "na", "sou", "pou", "sans", "sin", "sem", "con",
    "com", "d'", "l'", "d’", "l’", "'", "’", "'s", "’s",
})  # fmt: skip
_OWN_SORT = frozenset({"of", "and", "for", "in"})
_OFS = frozenset({
    "of", "in", "at", "for", "de", "du", "des", "do", "da", "del", "d'", "d’", "l'", "l’", "la", "los", "las",
})  # fmt: skip
_MORE_KINDS = frozenset({
    "base", "jail", "site", "embassy", "sisters", "district", "distrito", "maternidad", "caja", "caisse",
})  # fmt: skip
_DISTRICTS = frozenset({
    "district", "districts", "region", "regions", "province", "county", "zone", "state", "states", "municipality",
    "township", "governorate", "distrito", "región",
})  # fmt: skip
_TIMES = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "enero", "febrero",
    "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
})  # fmt: skip
_SAINTS = frozenset({"st", "st.", "saint", "sant", "san"})
_ARTICLES = frozenset({"la", "el", "los", "las"})  # a name may begin with one: "La Paz Clinic"
_WRITTEN = frozenset({"journal", "annals", "bulletin", "lancet"})  # "Journal of the Example Society" is no society
_NEVER_ALONE = frozenset({
    "Land", "Nation", "City", "Time", "Title", "Role", "Leading", "Generic", "Noun", "Weak", "Ending", "District",
    "link",
})  # fmt: skip
_MOST_LINKS, _MOST_WORDS, _MOST_SMALL = 3, 14, 3


@dataclass(slots=True)
class Words:
    """The words and marks of a text, side by side: as said, where they are, in small letters, what they are."""

    said: list[str]
    start: list[int]
    end: list[int]
    low: list[str]
    sort: list[str]
    capital: list[bool]  # whether a word can begin or end a name

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words from one to another stand in the text."""
        return self.start[first], self.end[last]


def words_of(text: str) -> Words:
    """Return the words of a text, with marks for where its paragraphs begin and end."""
    spans = [m.span() for m in _TOKEN.finditer(text)]
    said = [BREAK, *(BREAK if text[a] == "\n" else text[a:b] for a, b in spans), BREAK, BREAK, BREAK]
    start = [0, *(a for a, _ in spans), *[len(text)] * 3]
    end = [0, *(b for _, b in spans), *[len(text)] * 3]
    low = list(map(str.lower, said))
    capital = [
        a != b and (b not in LINKS or (b in _ARTICLES and a[0].isupper())) for a, b in zip(said, low, strict=True)
    ]
    return Words(said, start, end, low, list(map(sort_of, said)), capital)


@lru_cache(maxsize=50_000)  # the words of a text come again and again
def sort_of(word: str) -> str:
    """Return the sort of a word: what the lists say that it is, else its shape."""
    low = word.lower()
    if low in LINKS:
        return low if low in _OWN_SORT else "'s" if low[0] in "'’" else "link"
    if not word[0].isalpha():
        return BREAK if word == BREAK else "number" if word[0].isdigit() else "mark"
    lists = word_lists()
    if word == low:
        return "kind" if low in lists["noun"] | lists["weak"] | lists["ending"] | _MORE_KINDS else "small"
    if place := _places().get(place_key(word)):
        return "Land" if fold(place.label).startswith(fold(word)) else "Nation"
    if place_key(word) in _cities():
        return "City"
    if low in _TIMES:
        return "Time"
    if low.rstrip(".") in TITLES:
        return "Title"
    if word.isupper() and len(word) > 1:
        return "ABC"
    for sort in ("noun", "weak", "ending", "role", "leading", "generic"):
        if low in lists[sort]:
            return sort.capitalize()
    if low in _DISTRICTS:
        return "District"
    mixed = word[0].islower() or ("-" not in word and any(c.isupper() for c in word[1:]))
    return "aB" if mixed else "Own"


@cache
def _places() -> dict[str, Place]:
    return name_table()


@cache
def _cities() -> frozenset[str]:
    return frozenset(place_key(row["name"]) for row in rows("cities.csv"))


def spans_of(words: Words) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each span that may be a name."""
    end = 0
    for at, is_capital in enumerate(words.capital):
        if is_capital and at > end:
            end = _run_end(words, at)
            if words.low[at] not in _WRITTEN:
                yield from _parts(words, at, end)


def _run_end(words: Words, first: int) -> int:
    """Return the last word in capitals, or number after one, of a run."""
    end, links = first, 0
    for at in range(first + 1, len(words.said)):
        if words.capital[at] or (words.sort[at] == "number" and at == end + 1):
            end, links = at, 0
        elif words.low[at] in LINKS and links < _MOST_LINKS:
            links += 1
        else:
            break
    return end


def _parts(words: Words, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a run that begin and end as a name does."""
    capitals = [at for at in range(first, end + 1) if words.capital[at]]
    inside = range(first, end + 2)
    lasts = [at for at in inside if words.capital[at] or words.sort[at] == "number" or _is_saints(words, at)]
    lasts += _kinds_after(words, end)
    for begin in (*_kinds_before(words, first), *capitals):
        for last in lasts[bisect_left(lasts, begin) : bisect_left(lasts, begin + _MOST_WORDS)]:
            if begin < last or words.sort[begin] not in _NEVER_ALONE:
                yield begin, last


def _is_saints(words: Words, at: int) -> bool:
    """Say whether a genitive ends the name of a place: "St Luke's"."""
    return words.sort[at] == "'s" and words.low[at - 2] in _SAINTS


def _kinds_after(words: Words, end: int) -> list[int]:
    """Return the nouns in small letters behind a run: "base" of "the Muhanga base"."""
    found = []
    for at in range(end + 1, min(end + 1 + _MOST_SMALL, len(words.said))):
        if words.sort[at] == "kind":
            found.append(at)
        elif words.sort[at] != "small":
            break
    return found


def _kinds_before(words: Words, first: int) -> list[int]:
    """Return the words from which small letters lead to a run: "district" of "district hospital of Mongar"."""
    noun = first - 1
    while words.low[noun] in _OFS and noun > first - 1 - _MOST_LINKS:
        noun -= 1
    found, kind = [], False
    for at in range(noun, max(noun - _MOST_SMALL, 0), -1):
        if words.sort[at] not in {"kind", "small"}:
            break
        kind = kind or words.sort[at] == "kind"
        if kind:
            found.append(at)
    return found
