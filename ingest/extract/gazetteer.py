"""Names of countries, of peoples, and of cities and states that lie in one country alone; where a text has one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ...ontology.countries import all_countries, name_table, place_key
from ...ontology.normal import fold, listed, rows

_GAP = re.compile(r"(?:[ \t]|['’.\-‐-―]|\n(?!\n)|, |\. ){0,2}")
_OF_PEOPLES = ("an", "ese")  # endings of the names that two peoples share


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name means."""

    iso3: str
    subdivision: str | None  # ISO 3166-2
    city: bool  # or a state: meant is the country that it lies in
    key: str  # the name, folded
    demonym: bool = False
    shared: tuple[str, ...] = ()  # the countries that all have this name


#: Names by their first word: the words of each, and what it means.
Names = dict[str, list[tuple[tuple[str, ...], Entry]]]


@cache
def place_names() -> Names:
    """Return the names of places and, in English, of peoples, by their first word."""
    entries: dict[str, Entry] = {}
    peoples = {place_key(d) for country in all_countries() for d in country.demonyms}
    peoples |= {place_key(d) for row in rows("subdivisions.csv") for d in listed(row["demonyms"])}
    for row in rows("cities.csv"):
        entries[fold(row["name"])] = Entry(row["country"], None, True, fold(row["name"]))
    for key, place in name_table().items():
        if place.country:
            entries[key] = Entry(place.country, place.subdivision, False, key, key in peoples)
    shared: dict[str, tuple[str, ...]] = {}
    for country in all_countries():
        for name in country.shared_names:
            shared[place_key(name)] = (*shared.get(place_key(name), ()), country.iso3)
    entries |= {key: Entry("", None, False, key, key.endswith(_OF_PEOPLES), each) for key, each in shared.items()}
    entries |= {key.replace("saint ", "st ", 1): e for key, e in entries.items() if key.startswith("saint ")}
    return _by_first_word((key, entry) for key, entry in entries.items() if len(key) > 2)


@cache
def people_names(language: str) -> Names:
    """Return the names of peoples in a language that writes them small, by their first word; none for others."""
    return _by_first_word(
        (fold(form), Entry(row["country"], None, False, form, demonym=True))
        for row in rows("demonyms.csv")
        if row["language"] == language
        for form in listed(row["forms"])
    )


def _by_first_word(entries: Iterable[tuple[str, Entry]]) -> Names:
    """Return entries by the first of the words of their folded names, the longest name first."""
    tree: Names = {}
    for key, entry in entries:
        if parts := tuple(key.split()):
            tree.setdefault(parts[0], []).append((parts, entry))
    for names in tree.values():
        names.sort(key=lambda item: -len(item[0]))
    return tree


def longest_name(names: Names, text: str, words: list[tuple[int, int]], at: int) -> tuple[int, Entry] | None:
    """Return how many words the longest name has that begins with a word of a text, and what it means; null if none does."""
    word = text[slice(*words[at])]
    plural = word[:-1] if word.endswith("s") and len(word) > 5 else ""
    for spelt in (word, plural):
        for parts, entry in names.get(fold(spelt), ()) if spelt else ():
            if len(parts) == 1:
                return 1, entry
            if at + len(parts) <= len(words) and _continues(text, words, at, parts):
                return len(parts), entry
    return None


def _continues(text: str, words: list[tuple[int, int]], at: int, parts: tuple[str, ...]) -> bool:
    for step in range(1, len(parts)):
        before, (start, end) = words[at + step - 1], words[at + step]
        if not _GAP.fullmatch(text, before[1], start) or not _spells(text[start:end], parts[step]):
            return False
    return True


def _spells(word: str, part: str) -> bool:
    folded = fold(word)
    return folded == part or (folded.endswith("s") and len(part) > 4 and folded[:-1] == part)
