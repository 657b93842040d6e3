"""Innovations that a text names: those with a known name, those it defines as "Name (ACR)", and likely new names.

A short name or acronym that means other things too counts only where the text also gives the full name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ...ontology.countries import name_table, place_key
from ...ontology.normal import fold, rows

_WORD = re.compile(r"[^\W_]+(?:[+!](?=\W|$))?")
_DEFINED = re.compile(r"\s*\((?:the\s+)?(?P<acr>[A-Z][A-Za-z0-9&+/-]{1,9})(?:\s*[;,][^)]{0,40})?\)")
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
#: What is done to fees makes it a policy: "Burundi abolished fees for mothers", "fees were removed".
_FREE_OF_FEES = re.compile(
    r"\b(?:abolish\w*|remov(?:ed|ing|al of)|scrapp\w+|waiv\w+|lift(?:ed|ing)|dropp\w+) (?:all |its |their |the )?(?P<a>(?:user |maternity |health |consultation |clinic )?fees)\b"
    r"|\b(?P<b>(?:user |maternity |health |consultation |clinic )?fees)\b[^.;]{0,30}? (?:was|were|been) (?:abolished|removed|scrapped|waived|lifted|dropped)\b",
    re.IGNORECASE,
)
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
    known: bool


def innovation_mentions(text: str) -> list[InnovationMention]:
    """Return the innovations that a text names, in its order, the longest name at each place."""
    found = _known(text) + _fees(text)
    found += _new(text, {m.start for m in found})
    found.sort(key=lambda m: (m.start, -(m.end - m.start)))
    kept: list[InnovationMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _fees(text: str) -> list[InnovationMention]:
    spans = (m.span("a") if m["a"] else m.span("b") for m in _FREE_OF_FEES.finditer(text))
    return [InnovationMention(a, b, text[a:b], "user fee removal", "policy", True) for a, b in spans]


@dataclass(frozen=True, slots=True)
class _Name:
    innovation: str
    kind: str
    short: bool


@cache
def _names() -> dict[str, list[tuple[tuple[str, ...], _Name]]]:
    tree: dict[str, list[tuple[tuple[str, ...], _Name]]] = {}
    for row in rows("innovations.csv"):
        parts = tuple(m.group() for m in _WORD.finditer(fold_words(row["name"])))
        if parts:
            tree.setdefault(parts[0], []).append((parts, _Name(row["innovation"], row["kind"], bool(row["short"]))))
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


def _known(text: str) -> list[InnovationMention]:
    tree = _names()
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    folded = [fold_words(text[a:b]) for a, b in words]
    found: list[InnovationMention] = []
    waiting: list[InnovationMention] = []
    defined: set[str] = set()
    at = 0
    while at < len(words):
        hit = _match(tree, text, words, folded, at)
        if hit is None:
            at += 1
            continue
        length, name = hit
        start, end = words[at][0], words[at + length - 1][1]
        mention = InnovationMention(start, end, text[start:end], name.innovation, name.kind, True)
        if not name.short:
            found.append(mention)
            defined.add(name.innovation)
        elif text[start:end].upper() == text[start:end] or text[start : start + 1].isupper():
            waiting.append(mention)
        at += length
    return found + [m for m in waiting if m.name in defined]


def _match(
    tree: dict[str, list[tuple[tuple[str, ...], _Name]]],
    text: str,
    words: list[tuple[int, int]],
    folded: list[str],
    at: int,
) -> tuple[int, _Name] | None:
    word = folded[at]
    for first in (word, word[:-1] if word.endswith("s") and len(word) > 4 else ""):
        for parts, name in tree.get(first, ()) if first else ():
            n = len(parts)
            if at + n > len(words) or words[at + n - 1][1] - words[at][0] > 120:
                continue
            rest = folded[at + 1 : at + n]
            if all(_same(have, want) for have, want in zip(rest, parts[1:], strict=True)) and "." not in text[
                words[at][0] : words[at + n - 1][1]
            ].replace("Qure.ai", ""):
                return n, name
    return None


def _same(have: str, want: str) -> bool:
    return have == want or (have.endswith("s") and have[:-1] == want) or (want.endswith("s") and want[:-1] == have)


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
