"""The notation of the cue lists, in which somebody who writes no code can add the words that reports use.

Words stand as they are said, without marks or capitals. `*` ends a word that may go on (`refus*`), `/` parts words of
which any will do (`no/little`), brackets hold what may be absent (`(of)`), and `...` stands for up to three words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_GAP = r"(?:\w+ ){0,3}?"


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that tells of a term, as a pattern over folded words that each end in a space."""

    scheme: str
    term: str
    phrase: str
    source: str  # the pattern, compiled when a sentence first has its first word
    needs: bool  # it counts only beside a sign
    second: frozenset[str] | None  # the words of which one must follow the first; null if others may

    def stands_at(self, folded: str, at: int = 0) -> bool:
        """Say whether the phrase begins at a place of a folded text: at the space before a word."""
        return _compiled(self.source).match(folded, at) is not None


def cue(scheme: str, term: str, phrase: str, *, needs: bool) -> Cue:
    """Return the cue of a phrase. Raises ValueError if the phrase is none of the notation."""
    parts = phrase.split()
    if not parts or not first_words(phrase):
        raise ValueError(f"“{phrase}” has no word that must be there")
    return Cue(scheme, term, phrase.strip(), " " + "".join(map(_pattern, parts)), needs, _second(parts))


def first_words(phrase: str) -> list[str]:
    """Return the words that a match of a phrase can begin with, those that may go on with their star."""
    found: list[str] = []
    for part in phrase.split():
        inner = part.strip("()")
        if inner == "...":
            if not found:
                raise ValueError(f"“{phrase.strip()}” begins with a gap")
            continue
        found += inner.split("/")
        if not part.startswith("("):
            return found
    return []


def _second(parts: list[str]) -> frozenset[str] | None:
    """Return the words of which one must stand second in a phrase; null if what stands there may be left out or go on."""
    if len(parts) < 2 or parts[0].startswith("(") or any(sign in parts[1] for sign in "(*."):
        return None
    return frozenset(parts[1].split("/"))


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _pattern(part: str) -> str:
    inner = part.strip("()")
    if inner == "...":
        return _GAP
    words = "|".join(re.escape(w.removesuffix("*")) + (r"\w*" if w.endswith("*") else "") for w in inner.split("/"))
    return f"(?:(?:{words}) ){'?' if part.startswith('(') else ''}"
