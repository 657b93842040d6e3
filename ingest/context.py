"""The words around a quote: the sentences before and after it, where its file can still be found and read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from .extract.sentences import sentence_spans
from .prose.blocks import Prose, Refused, find, quote_at
from .prose.forms import form_of, parse

_CHARACTERS = re.compile(r"char=(\d+),(\d+)")
_HELD = 4  # reports that are kept in mind; a person reviews one after the other


@dataclass(frozen=True, slots=True)
class Context:
    """A quote between its neighbours. Where the file cannot tell them, `missing` says why."""

    before: str = ""
    quote: str = ""
    after: str = ""
    section: str | None = None  # the heading above
    page: int | None = None
    missing: str | None = None


@dataclass
class Contexts:
    """Finds quotes in their files, each of which is read once while it is asked for."""

    _read: dict[str, tuple[Prose, list[tuple[int, int]]] | str] = field(default_factory=dict)

    def of(self, carrier: str, locator: str | None, quote: str | None) -> Context:
        """Return a quote of a carrier in its context. A file that says something else by now tells nothing."""
        if not quote:
            return Context(missing="there is no quote: the claim is of a table or a form")
        found = self._file(carrier)
        if isinstance(found, str):
            return Context(quote=quote, missing=found)
        prose, sentences = found
        place = _place(prose, locator or "", quote)
        if place is None:
            return Context(quote=quote, missing="the file has changed: these words are no longer in it")
        start, end = place
        at = quote_at(prose, start, end)
        before = bisect_right(sentences, start, key=lambda span: span[1]) - 1
        after = bisect_left(sentences, end, key=lambda span: span[0])
        return Context(
            _sentence(prose, sentences, before), quote, _sentence(prose, sentences, after), at.section, at.page
        )

    def _file(self, name: str) -> tuple[Prose, list[tuple[int, int]]] | str:
        """Return a report and where its sentences are, or why it cannot be read."""
        if name not in self._read:
            while len(self._read) >= _HELD:
                del self._read[next(iter(self._read))]
            self._read[name] = _parsed(name)
        return self._read[name]


def _parsed(name: str) -> tuple[Prose, list[tuple[int, int]]] | str:
    path = Path(name)
    try:
        if not path.is_file():
            return "the file is not here any more"
        if form_of(path) is None:
            return "the file is no prose"
        prose = parse(path)
    except (Refused, OSError, ValueError):
        return "the file cannot be read any more"
    return prose, sentence_spans(prose.text)


def _place(prose: Prose, locator: str, quote: str) -> tuple[int, int] | None:
    """Return where a quote stands: where its locator says, else where its words are found."""
    if told := _CHARACTERS.search(locator):
        start, end = int(told.group(1)), int(told.group(2))
        if " ".join(prose.text[start:end].split()) == quote:
            return start, end
    place = find(prose, quote)
    return (place.start, place.end) if place else None


def _sentence(prose: Prose, sentences: list[tuple[int, int]], number: int) -> str:
    if not 0 <= number < len(sentences):
        return ""
    start, end = sentences[number]
    return " ".join(prose.text[start:end].split())
