"""Dates that a text names, as EDTF, each at its place: of events, not of publications, and no numbers of other things.

The words are found here and read by `graph.dates`, which knows what they mean; `when_told` reads those that lean on a
date beside them ("two years later", "again in June"). Weights learned from labelled passages (`date_weights.csv`) say
which of them are an event's, by the traits of `when_traits`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...graph.dates import ImpossibleDate, When, read_when
from .sentences import lowered
from .weights import tables
from .when_heading import heading_of, told_from
from .when_mention import DateMention
from .when_told import leaning
from .when_traits import Dated
from .when_words import ANY_YEAR, NUMERIC, PHRASE, RANGE, SINGLE, plain_words

__all__ = ["DateMention", "date_mentions"]

NAMED, LEANT, HEADED = "named", "leant", "headed"  # the ways in which a date is told
_LIKELY = 0.5  # a chance that a date is an event's, from which it is taken for one
_LIKELY_TOLD = 0.1  # the same of one that leans on another, for many writers leave these out of their labels

_BEHIND, _AHEAD = 64, 64  # characters around a year that its phrase can reach over
_DAY_AND_MONTH = 6  # characters before the year of a date in figures
_OPERATOR = re.compile(
    r"(?:by|before|after|since|until|till|up to|prior to|about|around|circa|c\.|ca\.?|avant|apr[èe]s|depuis|desde|hasta|"
    r"at[ée]|d['’]ici(?: à)?|jusqu['’](?:en|à)|antes de|despu[ée]s de|depois de|from|a partir de|à partir de)[\s-]+",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:early|mid|late|(?:the )?(?:beginning|start|middle|end) of)[ -]+(?=[a-z]{3,9}\.? )", re.IGNORECASE
)
#: A part of a decade, as EDTF has it, and the words that mean one: "the late 1980s" names the 1980s.
_OF_A_DECADE = (
    re.compile(r"\[(\d{3})\d\.\.\1\d\]"),
    re.compile(r"0\s?['’]?s\b|ties\b|\b(?:a[ñn]os|ann[ée]es|d[ée]cada)\b", re.IGNORECASE),
)
_BEGINS = re.compile(
    r"\b(?:start(?:ed|s|ing)?|beg[ia]n\w*|commence\w*|inception|opening|opened|effective|arriv\w+|depart\w+|set out|flew|came|"
    r"first day|d[ée]but|inicio|início|arriv[ée]e|llegada|chegada)\b[^.;|\n\d]{0,24}$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:end(?:ed|s|ing)?|clos\w+|complet\w+|finish\w*|expir\w+|left|leaving|depart\w+|return\w*|went home|flew (?:home|back)|"
    r"last day|fin|t[ée]rmino|fim|retour|d[ée]part|regreso|regresso)\b[^.;|\n\d]{0,24}$",
    re.IGNORECASE,
)


def date_mentions(text: str) -> list[DateMention]:
    """Return the dates of events that a text names, in its order. Cost: linear in the text."""
    named = named_dates(text)
    if not named:
        return []
    table, dated = tables("date_weights.csv")["date"], Dated(text, named)

    def likely(mention: DateMention, way: str, least: float) -> bool:
        return table.chance(dated.traits(mention, way)) >= least

    events = [mention for mention in named if likely(mention, NAMED, _LIKELY)]
    told = [mention for mention, way in told_dates(text, events, named) if likely(mention, way, _LIKELY_TOLD)]
    return _joined(text, _apart([*events, *told]))


def named_dates(text: str) -> list[DateMention]:
    """Return the dates that a text names with their years, be they of events or not."""
    low, years = lowered(text), list(ANY_YEAR.finditer(text))
    day_first = _day_first(text, years)
    named: list[DateMention] = []
    done = 0
    for year in years:
        if year.start() < done:
            continue
        mention = _around(text, low, year.start(), max(done, year.start() - _BEHIND), day_first)
        if mention:
            named.append(mention)
            done = mention.end
    return named


def told_dates(text: str, events: list[DateMention], named: list[DateMention]) -> Iterator[tuple[DateMention, str]]:
    """Yield the dates that lean on those of events, or on the one at the head of the text, each with how."""
    heading = heading_of(text, named)
    if heading and not heading.mention.spell and text[heading.mention.end : heading.mention.end + 1] == "\n":
        events = [event for event in events if event is not heading.mention]  # it may be the day of writing
    for mention in leaning(text, events, named, heading):
        yield mention, LEANT
    for mention in told_from(text, heading) if heading else ():
        yield mention, HEADED


def _apart(found: list[DateMention]) -> list[DateMention]:
    """Return dates in the order of the text, and of two that share words the longer."""
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _around(text: str, low: str, year: int, floor: int, day_first: bool | None) -> DateMention | None:
    """Return the fullest phrase that holds the year at a place and no calendar contradicts."""
    end = min(len(text), year + _AHEAD)
    for pattern in (RANGE, PHRASE):
        for m in pattern.finditer(low, floor, end):
            if m.start() > year:
                break
            if m.end() <= year:
                continue
            if mention := _read(text, m.start(), m.end(), day_first, spell=pattern is RANGE):
                return mention
    single = SINGLE.match(text, year)
    return _read(text, *single.span(), day_first, spell=False) if single else None


def _read(text: str, start: int, end: int, day_first: bool | None, *, spell: bool) -> DateMention | None:
    """Return what a phrase means; null if it means no date."""
    said = text[start:end]
    words = plain_words(said, day_first)
    when = _when(words)
    if spell and (when is None or when.edtf is None):
        when = _when(_PART.sub("", words))  # "early April to late June 2013" lasted from April to June
    if when is None or when.edtf is None:
        return None
    bare = _OPERATOR.match(said)
    named = _when(plain_words(said[bare.end() :], day_first)) if bare else when
    spell = (
        spell
        and not NUMERIC.fullmatch(words)
        and when.earliest is not None
        and when.latest is not None
        and when.earliest != when.latest
    )
    name = (named.edtf if named else None) or when.edtf
    decade = None if spell else _OF_A_DECADE[0].fullmatch(name)
    if decade and _OF_A_DECADE[1].search(said):
        name = f"{decade[1]}X"
    return DateMention(start, end, said, when.edtf, when.earliest, when.latest, spell, name)


def _when(words: str) -> When | None:
    try:
        return read_when(words)
    except ImpossibleDate:
        return None


def _joined(text: str, found: list[DateMention]) -> list[DateMention]:
    """Make one spell of a start and an end side by side: "Start: 1 May 2014. End: 30 April 2016", "came … and left"."""
    kept: list[DateMention] = []
    for mention in found:
        before = kept[-1] if kept else None
        if (
            before
            and before.earliest
            and mention.latest
            and not before.spell
            and not mention.spell
            and mention.start - before.end <= 90
            and _ENDS.search(text, before.end, mention.start)
            and _BEGINS.search(text, max(0, before.start - 40), before.start)
            and before.earliest <= mention.latest
        ):
            spell = replace(
                before,
                end=mention.end,
                said=text[before.start : mention.end],
                latest=mention.latest,
                spell=True,
            )
            kept[-1] = replace(spell, edtf=spell.as_spell, named=spell.as_spell)
        else:
            kept.append(mention)
    return kept


def _day_first(text: str, years: list[re.Match[str]]) -> bool | None:
    """Return whether a text writes the day before the month in figures, by the dates that allow one reading alone."""
    firsts = seconds = False
    for year in years:
        if m := NUMERIC.search(text, max(0, year.start() - _DAY_AND_MONTH), year.end() + 1):
            firsts = firsts or int(m[1]) > 12
            seconds = seconds or int(m[2]) > 12
    return None if firsts == seconds else firsts
