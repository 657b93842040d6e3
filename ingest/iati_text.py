"""The words of an IATI element: narratives in any language (2.x) or the element's own text (1.x), never trusted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from .fields import known
from .iati_xml import Element
from .table_batch import MAX_CELL, excerpt

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_MAX_CODE = 500  # characters of an attribute: identifiers and codes are short


class ActivityProblem(ValueError):
    """What makes an activity unusable: the element, what was found, what was expected, what to do."""

    def __init__(self, element: Element, found: str, expected: str, hint: str, field: str | None = None) -> None:
        super().__init__(found, expected, hint)
        self.element, self.found, self.expected, self.hint, self.field = element, found, expected, hint, field


class Said(NamedTuple):
    """Words in a language."""

    lang: str | None  # BCP 47, lower case; null if neither the words nor anything around them tell
    words: str
    element: Element


def attribute(element: Element, *names: str) -> str | None:
    """Return the first of some attributes that says anything.

    Raises ActivityProblem for one that is longer than any code.
    """
    for name in names:
        value = element.get(name)
        if value is None:
            continue
        if len(value) > _MAX_CODE:
            found = f"{len(value):,} characters in the attribute {name}: “{excerpt(value)}”"
            raise ActivityProblem(element, found, f"at most {_MAX_CODE}", "correct it, or leave it out", name)
        if said := _code(value):
            return said
    return None


@lru_cache(maxsize=1 << 15)
def _code(value: str) -> str | None:
    """Return the words of an attribute; the same few codes stand in a file thousands of times."""
    return known(value)


def child(element: Element, tag: str) -> Element | None:
    """Return the first child of a name; null if there is none."""
    return next(element.iterchildren(tag), None)


def grandchildren(element: Element, tag: str, *tags: str) -> Iterator[Element]:
    """Yield what stands under the children of a name, and has one of some names."""
    for at in element.iterchildren(tag):
        yield from at.iterchildren(*tags)


def words_of(element: Element) -> str | None:
    """Return the text of an element, tidied; null if it says nothing. Raises ActivityProblem for a pasted file."""
    text = element.text if len(element) == 0 else "".join(element.itertext())
    if text and len(text) > MAX_CELL:
        found = f"a text of {len(text):,} characters"
        raise ActivityProblem(element, found, f"at most {MAX_CELL:,}", "shorten it, or leave it out")
    return known(text)


def spoken(elements: Iterable[Element]) -> list[Said]:
    """Return what some elements say, each language as it comes: their narratives, else their own text.

    The version of the file does not matter: there are files that claim 2.x and write 1.x, and the reverse.
    """
    found = []
    for element in elements:
        narratives = element.iterchildren("narrative") if len(element) else (element,)
        found += [Said(language(n), words, n) for n in narratives if (words := words_of(n))]
    return found


def language(element: Element) -> str | None:
    """Return the language in force at an element (XML 1.0 §2.12): its own, else that of the nearest around it."""
    at: Element | None = element
    while at is not None:
        said = at.get(_LANG)
        if said is not None:  # xml:lang="" says that the language is unknown
            return said.strip().lower()[:35] or None
        at = at.getparent()
    return None


def preferred(said: list[Said]) -> Said | None:
    """Return the words in English, else the first ones; null if there are none."""
    return next((s for s in said if s.lang and s.lang.split("-")[0] == "en"), said[0] if said else None)


def one(element: Element, *names: str) -> str | None:
    """Return the preferred words of the children that have the first of some names that says anything."""
    for name in names:
        if best := preferred(spoken(element.iterchildren(name))):
            return best.words
    return None


def name_of(element: Element) -> str | None:
    """Return the preferred words of an element itself."""
    best = preferred(spoken([element]))
    return best.words if best else None


def translations(said: list[Said]) -> dict[str, str]:
    """Return the words by language, without those preferred; the first of each language."""
    best = preferred(said)
    found: dict[str, str] = {}
    for one_said in said:
        if best and one_said.words != best.words:
            found.setdefault(one_said.lang or "und", one_said.words)
    return found


def carried(**values: Any) -> str | None:
    """Return what no column of a claim carries as a JSON object, blanks left out; null if nothing is."""
    kept = {name: value for name, value in values.items() if value}
    return _JSON.encode(kept) if kept else None


def xpath(element: Element, within: str) -> str:
    """Return the XPath of an element of an activity whose own XPath is `within`."""
    return within + "".join(f"/{step}" for step in reversed(list(_steps(element))))


def _steps(element: Element) -> Iterator[str]:
    at = element
    while (parent := at.getparent()) is not None and parent.getparent() is not None:
        number = 1 + sum(1 for _ in at.itersiblings(at.tag, preceding=True))
        yield f"{at.tag}[{number}]"
        at = parent
