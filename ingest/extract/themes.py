"""Mechanisms, enablers and barriers that a sentence names, as terms of the vocabulary.

The vocabulary's own phrases count, and the cues of `ontology/cues.csv` for the words that reports use instead. A cue
that `needs` a sign counts only in a sentence that says that something helped or hindered (`ontology/signs.csv`); a
mechanism always needs one, for to mention coaching is not to say that it taught anybody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from ...ontology.normal import fold, rows
from ...ontology.vocabulary import terms
from .cues import Cue, cue, first_words

#: Single words of the vocabulary that name a theme wherever they stand; its other single words are too common.
_TELLING = frozenset(
    """
    twinning empowerment backfill pilotitis mentorship coaching benchmarking co-creation coproduction
    co-production co-development reciprocity paternalism debriefing stigma networking bureaucracy fragmentation
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_TOO_COMMON = frozenset(
    """
    link course workshop training story contacts framework facilitation resources grant equipment monitoring
    supervision alignment mentor accreditation champion scalable trust ownership interpretation retention
    security flights visas transferability adaptation tailoring observation adoption teamwork agency adaptation
    advocacy study visit study visits site visit field visit exchange visit staff exchange twinning country
    exchange shared learning mental health
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_SCHEMES = ("mechanism", "enabler", "barrier")
_LONGEST = 2000  # characters; what is longer is no sentence
_LACKING = re.compile(
    r" (?:lack|lacks|lacked|lacking|absence|no|without|limited|poor|weak|insufficient|inadequate|little|never|nor|neither) (?:of )?(?:\w+ ){0,2}$"
)


@dataclass
class Themes:
    """The terms that a sentence names, each once, in the order of the sentence."""

    mechanisms: list[str] = field(default_factory=list)
    enablers: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)


def themes_in(text: str) -> Themes:
    """Return the mechanisms, enablers and barriers of a sentence."""
    if len(text) > _LONGEST:
        return Themes()
    folded = f" {fold(text)} "
    hits: dict[tuple[str, str], int] = {}
    signs: dict[str, bool] = {}
    at = 0
    words = [*folded.split(), ""]
    for word, following in pairwise(words):
        begun = _beginning(word)
        for found in (*begun.get(following, ()), *begun.get(None, ())):
            if (found.scheme, found.term) in hits or not found.stands_at(folded, at):
                continue
            if found.scheme != "barrier" and _LACKING.search(folded, max(0, at - 40), at + 1):
                continue
            if (found.needs or found.scheme == "mechanism") and not _signed(found.scheme, folded, signs):
                continue
            hits[(found.scheme, found.term)] = at
        at += len(word) + 1
    listed = sorted(hits, key=lambda hit: (hits[hit], hit))
    return Themes(*([term for scheme, term in listed if scheme == wanted] for wanted in _SCHEMES))


def _signed(scheme: str, folded: str, known: dict[str, bool]) -> bool:
    """Say whether a sentence has a sign that what it names helped, hindered or taught."""
    if scheme not in known:
        at = 0
        known[scheme] = False
        for word in folded.split():
            if any(sign.scheme == scheme and sign.stands_at(folded, at) for sign in _signs(word)):
                known[scheme] = True
                break
            at += len(word) + 1
    return known[scheme]


@lru_cache(maxsize=20_000)
def _beginning(word: str) -> dict[str | None, list[Cue]]:
    """Return the cues that can begin with a word by the word that must follow it, null where others may."""
    found: dict[str | None, list[Cue]] = {}
    for each in _under(word, _cues()):
        for second in each.second or (None,):
            found.setdefault(second, []).append(each)
    return found


@lru_cache(maxsize=20_000)
def _signs(word: str) -> tuple[Cue, ...]:
    return _under(word, _all_signs())


def _under(word: str, index: dict[str, list[Cue]]) -> tuple[Cue, ...]:
    longer = (c for n in range(2, len(word) + 1) for c in index.get(f"{word[:n]}*", ()))
    return (*index.get(word, ()), *longer)


@cache
def _cues() -> dict[str, list[Cue]]:
    """Return the cues by the words that they can begin with; a word that may go on ends in a star."""
    found: list[Cue] = []
    for scheme in _SCHEMES:
        found += [cue(scheme, term, phrase, needs=True) for phrase, term in _terms_of(scheme).items()]
    for row in rows("cues.csv"):
        found += [
            cue(row["scheme"], row["term"], phrase, needs=bool(row["needs"]))
            for phrase in row["phrases"].split(";")
            if phrase.strip()
        ]
    return _indexed(found)


@cache
def _all_signs() -> dict[str, list[Cue]]:
    return _indexed(
        [
            cue(row["scheme"], "", phrase, needs=False)
            for row in rows("signs.csv")
            for phrase in row["phrases"].split(";")
            if phrase.strip()
        ]
    )


def _indexed(cues: list[Cue]) -> dict[str, list[Cue]]:
    index: dict[str, list[Cue]] = {}
    for one in cues:
        for word in first_words(one.phrase):
            index.setdefault(word, []).append(one)
    return index


def _terms_of(scheme: str) -> dict[str, str]:
    """Return the vocabulary's own phrases that are telling enough, folded, with their terms."""
    found: dict[str, str] = {}
    for term in terms(scheme):
        if "(" in term.label and any(x in term.label for x in ("CFIR", "NASSS", "Rogers", "ExpandNet")):
            continue
        for phrase in (term.label, *term.alternatives):
            key = fold(phrase)
            if key in _TELLING or (" " in key and key not in _TOO_COMMON and phrase not in _TOO_COMMON):
                found.setdefault(key, term.broader or term.label)
    return found
