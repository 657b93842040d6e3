"""The clauses of a tagged sentence: the parts in which one doer acts."""

from __future__ import annotations

import re

from .discourse import PLACE_LOWERED
from .sentences import lowered
from .uptake_cues import DOES

_TAG = re.compile(r"<\w\d+>")
_ASIDES = re.compile(r", (?:which|who|whose) [^,;]{1,80},")
#: Where one doer's part of a sentence ends and another's begins, in small letters.
_END = re.compile(
    rf"(?=[\s;—–:.,])\s*(?:;|—|–\s|:\s|\.\s|,? (?=(?:but|although|though|however|whereas|while|despite|because)\b)|, (?=yet\b)|,? (?=and (?:then |later |so |in |its |the |<d\d+>,? ){{0,2}}{PLACE_LOWERED}(?!,| and| in turn)(?:['’]s?)? (?:[\w-]+ ){{0,3}}?(?:has|have|had|was|were|is|are|did|will|{DOES})\b)|,? (?=and (?:a|an|the|such|by|now|[\w-]+ [\w-]+ (?:was|were|has|have|is|are))\b))"
)

Span = tuple[int, int]


def clauses_of(tagged: str) -> list[Span]:
    """Return the clauses of a tagged sentence, as places in it."""
    cuts = [0]
    cuts += [m.start() for m in _END.finditer(lowered(tagged)) if m.start() > cuts[-1]]
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(tagged)], strict=True) if b > a]


def clause_at(clauses: list[Span], at: int) -> Span:
    """Return the clause that a place of the sentence is in."""
    return next((span for span in clauses if span[0] <= at < span[1]), (0, clauses[-1][1] if clauses else 0))


def words_of(part: str) -> str:
    """Return a part of the tagged sentence without its asides, and with a neutral word for each tag."""
    return _TAG.sub("X", _ASIDES.sub(" ", part))
