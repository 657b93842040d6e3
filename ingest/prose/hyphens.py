"""Words that were cut at the end of a line, made whole: with their hyphen where the report writes it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .pdf_lines import JOIN

_LONGEST = 40  # letters of a word
_LAST, _FIRST = re.compile(r"[^\W_]*\Z"), re.compile(r"\s*([^\W_]*)")
#: First parts of words that English joins by a hyphen; a syllable that a typesetter cuts off is seldom one.
_APART = frozenset(
    """
    low middle high long short self well evidence community health peer hands cross cost decision end face first
    second third north south east west full half half large small multi non post pre socio semi cluster facility
    home hospital population resource school task time user women world policy patient nurse
    """.split()  # noqa: SIM905 # words read better as words
)
#: Of these, the ones that are also written in one with what follows, so that only the report itself can tell.
_EITHER = frozenset(
    """
    multi non post pre socio semi home world health women
    """.split()  # noqa: SIM905 # words read better as words
)


class Hyphens:
    """The words of a report, to tell a hyphen that belongs to a word from one that the end of a line put in."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self._words: frozenset[str] | None = None  # made when the first cut word asks

    def mended(self, text: str) -> str:
        """Return a text with its cut words whole."""
        if JOIN not in text:  # most paragraphs
            return text
        mended, *others = text.split(JOIN)
        for rest in others:
            at = max(mended.rfind(" "), len(mended) - _LONGEST)
            first = _LAST.search(mended, at + 1)
            second = _FIRST.match(rest)
            if first is None or second is None:  # both match: at least nothing
                continue
            mended = mended[: first.start()] + self._whole(first.group(), second.group(1)) + rest[second.end() :]
        return mended

    def _whole(self, first: str, second: str) -> str:
        if not first or not second or not second[0].islower() or first[-1].isdigit():
            return f"{first}-{second}"
        if self._stands(f"{first}-{second}"):
            return f"{first}-{second}"
        if self._stands(f"{first}{second}"):
            return f"{first}{second}"
        apart = first.lower() in _APART and (first.lower() not in _EITHER or self._stands(second))
        return f"{first}-{second}" if apart and len(second) > 2 else f"{first}{second}"

    def _stands(self, word: str) -> bool:
        """Say whether a word stands in the report, also before a comma or a stop."""
        if self._words is None:
            self._words = frozenset(" ".join(self._lines).lower().split())
        word = word.lower()
        return word in self._words or f"{word}," in self._words or f"{word}." in self._words
