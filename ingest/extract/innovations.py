"""Innovations that a text names: those with a listed name, and likely new names.

A short name or acronym that means other things too counts only where the text also gives the full name. Not all that has
a listed name is known by it. Some names are everyday words ("mobile clinic", "oxygen plant") and claim nothing; others
("community health workers") are what a text is about where it names nothing else nearby, and beside another innovation
are those who did it, or a part of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, pairwise

from ...ontology.countries import name_table, place_key
from ...ontology.normal import fold, rows
from .sentences import lowered

_WORD = re.compile(r"[^\W_]+(?:[+!](?=\W|$))?")
_KIND = (
    r"(?:approach|model|method|programme|program|system|scheme|strategy|intervention|technique|device|tool|app|platform|"
    r"checklist|protocol|package|initiative|kit|register|curriculum|clinics?|clubs?|groups?)"
)
#: "the Happy Lungs programme", "a model known as Door-to-Door Nurses": named by capitals before a kind of innovation.
_NAMED = re.compile(
    rf"(?:\b(?:the|a|an|its|their|our|this|called|named|known as)\s+)[“\"‘']?(?P<name>[A-Z][\w’'-]+(?:[ -](?:of|for|and|the|[A-Z0-9][\w’'-]*)){{0,9}}(?:[ -][A-Z0-9][\w’'-]*)?)[”\"’']?\s+(?P<kind>{_KIND})\b"
)
_CALLED = re.compile(
    rf"\b(?:{_KIND}|practice|innovation|service)\s*,?\s*(?:is\s+|was\s+)?(?:called|named|known as|dubbed)\s+[“\"‘']?(?P<name>[A-Z][\w’'-]+(?:[ -][A-Z0-9]?[\w’'-]+){{0,4}}?)[”\"’',.;]"
)
#: What is done to fees makes it a policy: "Burundi abolished fees for mothers", "fees were removed". In small letters.
_FREE_OF_FEES = re.compile(
    r"\b(?:abolish\w*|remov(?:ed|ing|al of)|scrapp\w+|waiv\w+|lift(?:ed|ing)|dropp\w+) (?:all |its |their |the )?(?P<a>(?:user |maternity |health |consultation |clinic )?fees)\b"
    r"|\b(?P<b>(?:user |maternity |health |consultation |clinic )?fees)\b[^.;]{0,30}? (?:was|were|been) (?:abolished|removed|scrapped|waived|lifted|dropped)\b"
)
_LONGEST = 120  # characters of a name as a text writes it
_NEAR = 300  # characters within which innovations are spoken of together
_PEOPLE = "workforce"  # the kind of innovations that are people
_SHORT = 3  # letters of words that are not plurals, such as "gas"
_ORGANISED = re.compile(
    r"\b(?:Hospital|University|Ministry|Trust|Institute|Foundation|Council|Exchange|Partnership|Scheme|Network|Department|"
    r"District|Annual|Volunteer|Fellowship|Learning|Health Services|National|Government|Joint|Health Partnership|"
    r"Community of Practice|Sustainable|Strategic|Action|Country|Work)\b"
)


@dataclass(frozen=True, slots=True)
class InnovationMention:
    """Words of a text that name an innovation."""

    start: int
    end: int
    said: str
    name: str  # the known name; of a new one the words themselves
    kind: str | None  # term of the innovation-kind scheme
    known: bool  # that the innovation is spoken of, and has a name that people know
    alone: bool = False  # that its words mean it only where nothing else is named nearby


def innovation_mentions(text: str) -> list[InnovationMention]:
    """Return the innovations that a text names, in its order, the longest name at each place. Cost: linear in the text.

    What is known by one of its mentions is known by all: who names Lifebox means it by "pulse oximeters" too.
    """
    kept = named_innovations(text)
    meant = {m.name for m in kept if m.known and not (m.alone and is_beside_another(m, kept))}
    return [m if m.known == (m.name in meant) else replace(m, known=not m.known) for m in kept]


def named_innovations(text: str) -> list[InnovationMention]:
    """Return the innovations that a text names, each known if its name alone says so, whatever is named beside it."""
    found = _known(text) + _fees(text)
    found += _new(text, {m.start for m in found})
    found.sort(key=lambda m: (m.start, -(m.end - m.start)))
    kept: list[InnovationMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def is_beside_another(mention: InnovationMention, mentions: list[InnovationMention]) -> bool:
    """Say whether something else is named near everyday words: by a name of its own or, if they mean people, anyhow."""
    first = bisect_left(mentions, mention.start - _NEAR, key=lambda m: m.end)
    for at in range(first, len(mentions)):
        other = mentions[at]
        if other.start > mention.end + _NEAR:
            return False
        if other.name != mention.name and (mention.kind == _PEOPLE or (other.known and not other.alone)):
            return True
    return False


def _fees(text: str) -> list[InnovationMention]:
    low = lowered(text)
    if "fees" not in low:
        return []  # sooner said than by the pattern
    spans = (m.span("a") if m["a"] else m.span("b") for m in _FREE_OF_FEES.finditer(low))
    return [InnovationMention(a, b, text[a:b], "user fee removal", "policy", True) for a, b in spans]


@dataclass(frozen=True, slots=True)
class _Name:
    innovation: str
    kind: str
    short: bool
    known: str  # whether who says it speaks of the innovation: empty if so, "alone" if nothing else is near, or "no"
    capitals: str  # of an acronym, as it is written: "sats" is none


_Stems = tuple[str, ...]


@cache
def _names() -> dict[_Stems, list[tuple[_Stems, _Name]]]:
    """Return names by the first two of their stems, or by the only one; the longest first."""
    tree: dict[_Stems, list[tuple[_Stems, _Name]]] = {}
    for row in rows("innovations.csv"):
        parts = stems_of(row["name"])
        if parts:
            tree.setdefault(parts[:2], []).append(
                (
                    parts,
                    _Name(row["innovation"], row["kind"], bool(row["short"]), row["known"], _acronym(row["name"])),
                )
            )
    for listed in tree.values():
        listed.sort(key=lambda item: -len(item[0]))
    return tree


@lru_cache(maxsize=50_000)  # the words of a text come again and again
def fold_words(text: str) -> str:
    """Return a name folded but for the marks that belong to names such as PM+ and SASA!."""
    marks = {"+": "plusmark", "!": "callmark"}
    for mark, word in marks.items():
        text = text.replace(mark, word)
    folded = fold(text)
    for mark, word in marks.items():
        folded = folded.replace(word, mark)
    return folded


def stems_of(name: str) -> _Stems:
    """Return the words of a name without their endings; two spellings that mean the same have the same."""
    return tuple(_stem(m.group()) for m in _WORD.finditer(fold_words(name)))


def _acronym(name: str) -> str:
    """Return the capitals by which an acronym is known, none of another name: HEW of "HEWs", PREP of "PrEP"."""
    word = name.removesuffix("s")
    capitals = sum(map(str.isupper, word))
    return word.upper() if capitals > 1 and capitals > sum(map(str.islower, word)) and " " not in word else ""


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Return a word folded and without the ending of a plural: hogar of "hogares", delegacao of "delegações"."""
    word = fold_words(word)
    if word.endswith("oes"):
        return word[:-3] + "ao"
    if word.endswith("aux"):
        return word[:-3] + "al"
    if word.endswith("s") and len(word) > _SHORT:
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > _SHORT + 1 else word


def _known(text: str) -> list[InnovationMention]:
    words = [m.span() for m in _WORD.finditer(text)]
    stems = tuple(_stem(text[a:b]) for a, b in words)
    found: list[InnovationMention] = []
    waiting: list[InnovationMention] = []
    defined: set[str] = set()
    done = 0
    for at, last, name in _hits(text, words, stems):
        if at < done:
            continue
        done = last + 1
        start, end = words[at][0], words[last][1]
        known, alone = name.known != "no", name.known == "alone"
        mention = InnovationMention(start, end, text[start:end], name.innovation, name.kind, known, alone)
        if not name.short:
            found.append(mention)
            defined.add(name.innovation)
        elif text[start:end].upper() == text[start:end] or text[start : start + 1].isupper():
            waiting.append(mention)
    return found + [m for m in waiting if m.name in defined]


def _hits(text: str, words: list[tuple[int, int]], stems: _Stems) -> Iterator[tuple[int, int, _Name]]:
    """Yield each name that the words at a place may be, the longest first, with its first and last word."""
    tree = _names()
    for at, pair in enumerate(pairwise((*stems, ""))):
        for parts, name in chain(tree.get(pair, ()), tree.get(pair[:1], ())):
            last = at + len(parts) - 1
            if stems[at : last + 1] == parts and _says(text[words[at][0] : words[last][1]], name):
                yield at, last, name


def _says(said: str, name: _Name) -> bool:
    """Say whether words with the stems of a name are that name: in its capitals, and not of two sentences."""
    if name.capitals and _acronym(said) != name.capitals:
        return False
    return len(said) <= _LONGEST and "." not in said.replace("Qure.ai", "")


@cache
def _is_people(name: str) -> bool:
    """Say whether a name is only a country's or its people's: "the Zimbabwean model" names no innovation."""
    return place_key(name.removesuffix("'s").removesuffix("’s")) in name_table()


def _new(text: str, taken: set[int]) -> list[InnovationMention]:
    """Return likely names of innovations that nobody has listed: suggestions, never taken for known ones."""
    found = []
    for pattern in (_NAMED, _CALLED):
        for m in pattern.finditer(text):
            start, end = m.span("name")
            name = " ".join(m["name"].split())
            if _is_people(name):
                continue
            if start in taken or _ORGANISED.search(name) or len(name) < 4 or (name.isupper() and len(name) < 3):
                continue
            kind_end = m.end("kind") if "kind" in m.re.groupindex else end
            found.append(
                InnovationMention(
                    start,
                    kind_end if pattern is _NAMED else end,
                    text[start:end],
                    text[start : kind_end if pattern is _NAMED else end],
                    None,
                    False,
                )
            )
    return found
