"""Organisations and sites that a text names.

Rules propose names (`organisation_rules`), and so do all words in capitals (`organisation_spans`); weights learned from
labelled passages (`organisation_weights.csv`) say which of them are names, by the words that they hold and those beside
them. Of names that overlap the likelier is taken.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from ...ontology.countries import name_table, place_key
from ...ontology.normal import listed, rows
from .organisation_rules import ruled_spans
from .organisation_shapes import DEFINED, DEFINES, LETTERED
from .organisation_traits import candidates_of
from .weights import Table, tables

LIKELY = -1.0  # the sum of weights from which a span is taken for a name: a chance of 0.27
_RECALLED = 50  # names that a short form can stand for: the last so many


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """Words of a text that name an organisation or a site."""

    start: int
    end: int
    name: str


def organisation_mentions(text: str) -> list[OrganisationMention]:
    """Return the organisations that a text names, in its order; an acronym that it defines counts as the name."""
    found = likely_spans(text, tables("organisation_weights.csv")["organisation"])
    short: dict[str, str] = {}
    for start, end in sorted(found):
        name = " ".join(text[start:end].split())
        for form in (_acronym(text, start, end), _saints(name)):
            if form:
                short.setdefault(form, name)
    if short:
        pattern = re.compile(rf"(?<![\w(-])(?:{'|'.join(map(re.escape, short))})(?![\w)-])")
        found += [m.span() for m in pattern.finditer(text)]
    mentions: list[OrganisationMention] = []
    for start, end in sorted(found, key=lambda s: (s[0], -s[1])):
        if mentions and start < mentions[-1].end:
            continue
        said = " ".join(text[start:end].split())
        if said in short and text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            continue  # where an acronym is defined, its name has just been said
        mentions.append(OrganisationMention(start, end, short.get(said) or _full(said, mentions)))
    return mentions


def likely_spans(text: str, table: Table, least: float = LIKELY) -> list[tuple[int, int]]:
    """Return where a text likely names an organisation; of spans that overlap the likeliest."""
    candidates = candidates_of(text, ruled_spans(text))
    weighed = [
        (math.inf if span in candidates.certain else table.sums(candidates.traits(*span))[0], *span)
        for span in candidates.spans
    ]
    taken = [False] * len(candidates.words.said)
    found: list[tuple[int, int]] = []
    for weight, first, last in sorted(weighed, key=lambda w: (-w[0], w[1], -w[2])):
        if weight < least:
            break
        if not any(taken[first : last + 1]):
            taken[first : last + 1] = [True] * (last + 1 - first)
            found.append(candidates.words.span(first, last))
    return found


def _full(said: str, told: list[OrganisationMention]) -> str:
    """Return the name that words in small letters stand for: "centre de Mbachilé" after "Centre Exemple de Mbachilé"."""
    tail = re.search(r" (?:de|du|del|do|da) \S+$", said) if said[0].islower() else None
    if tail is None:
        return said
    return next((m.name for m in told[-_RECALLED:] if m.name.endswith(tail.group())), said)


def _saints(name: str) -> str | None:
    """Return the short form of a saint's house: "St Anne's" of "St Anne's Hospital"."""
    short = re.match(r"St\.? \w+['’]s(?= )", name)
    return short.group() if short else None


@cache
def seats() -> dict[str, str]:
    """Return the countries of the organisations that everybody knows to be of one."""
    return {
        name: row["country"]
        for row in rows("organisations.csv")
        if row["country"]
        for name in (row["name"], *listed(row["alternatives"]))
    }


def _acronym(text: str, start: int, end: int) -> str | None:
    """Return the acronym that a text defines beside a name: "Rural Health Trust (RHT)", "RHT (Rural Health Trust)"."""
    if defined := DEFINED.match(text, end):
        acronym = defined["acr"]
        return acronym if len(LETTERED.findall(acronym)) >= 2 and place_key(acronym) not in name_table() else None
    defines = DEFINES.search(text[max(0, start - 24) : start])
    if defines and text[end : end + 1] == ")" and len(LETTERED.findall(defines["acr"])) >= 2:
        return defines["acr"]
    return None
