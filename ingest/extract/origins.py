"""Where a sentence says that an innovation began: "developed in Bogotá", "a Zimbabwean invention".

A beginning needs a word for it beside a place. Whose a thing is called ("Brazil's health agents") says where it began
only in a sentence that tells how it came to another country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .clauses import clause_at, clauses_of, words_of
from .discourse import PLACE, Discourse, Line
from .innovations import InnovationMention
from .sentences import lowered
from .status import status_of
from .things import thing_begun
from .when import DateMention

_REMEMBERED = 6  # sentences for which "the model" still means the innovation named before
_REACH = 160  # characters beside a place in which its cue stands
_PLACE = re.compile(PLACE)
_DATE, _THING = re.compile(r"<D(\d+)>"), re.compile(r"<I(\d+)>")
_BEFORE = re.compile(
    r"\b(?:originat\w+|worked out|thought up|dream(?:ed|t) up|put together|first (?:seen|reported|conceived|made|run|offered)|developed|development|invent(?:ed|ion)|pioneer(?:ed|s)|devised|created|conceived|born|designed|founded|(?:was |were |is |are )?first (?:used|developed|introduced|described|established|tried|tested|set up|launched|started|practised|opened|implemented|piloted|tried out)|began life|beginnings|roots|origins?|birthplace|home-?grown|grew up|grew out of|innovation|which (?:began|started)|brainchild|, (?:begun|started)|(?:it|that|and) (?:began|begun|started))\b[^<;.]{0,60}?\b(?:in|by|at|from|of)(?: [a-z][\w’'-]*){0,6} ?$"
)
_AFTER = re.compile(
    r"^(?:['’]s?)?(?: [\w’'-]+){0,4}? (?:pioneered|invented|developed|devised|originated|conceived|came up with)\b|^ ?-(?:born|invented|designed|made|developed)\b|^, where (?:the )?[\w-]+(?: [\w-]+)? (?:had been|was|were|has been) (?:first )?(?:designed|developed|invented|devised|pioneered|created)\b|^ (?:invention|innovation)\b",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"^(?:['’]s?|['’])?(?: (?!and |or |has |have |had |in |to |from |with |was |were |is |are |which |that |where |adopt|introduc|implement|learn|us|plan|visit|team|deleg|offic|nurs|doct|govern|minis|hospital)[\w’'-]+){0,3} <I\d+>",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"\b(?:inspired|taught|trained|brought|exported|shared|transferred|learn(?:ed|t) from|modell?ed|based on|copied|cop(?:y|ies)|replicat\w+|borrowed|imported|adopted|spread|introduced|adapted|translated)\b"
)
_SAME = re.compile(
    r"^(?:it|they|this|the (?:idea|model|method|approach|practice|programme|scheme|technique|device))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class OriginFound:
    """Where a sentence says that an innovation began."""

    innovation: InnovationMention
    country: str
    site: str | None
    when: DateMention | None


def origins_in(line: Line, told: Discourse) -> list[OriginFound]:
    """Return where a sentence says that innovations began, one origin a country."""
    if "<" not in line.tagged:
        return []
    found: dict[str, OriginFound] = {}
    places = list(_PLACE.finditer(line.tagged))
    passed_on = len(line.countries_in(line.tagged)) > 1 and bool(_PASSED_ON.search(lowered(line.text)))
    for number, place in enumerate(places):
        country = line.country_of(place.group())
        if not country or country in found:
            continue
        floor = places[number - 1].end() if number else 0
        ceiling = places[number + 1].start() if number + 1 < len(places) else len(line.tagged)
        before, after = line.tagged[max(floor, place.start() - _REACH) : place.start()], line.tagged[place.end() :]
        begun = _BEFORE.search(lowered(_plain(before))) or _AFTER.match(_plain(after[: ceiling - place.end()]))
        if begun and not _happened(line.tagged[: place.end()]):
            continue
        whose = passed_on and (line.people(place.group()) or after[:1] in {"'", "’"}) and _OWNED.match(after)
        if (begun or whose) and (innovation := _what(line, told, place)):
            date = _when(line, place, line.tagged[:ceiling]) if begun else None
            found[country] = OriginFound(innovation, country, line.organisation_of(place.group()), date)
    return list(found.values())


def _plain(part: str) -> str:
    """Return a part of a tagged sentence with the innovations and dates in it as words."""
    return _THING.sub("it", _DATE.sub("then", part)) if "<" in part else part


def _happened(so_far: str) -> bool:
    """Say whether the clause up to a place tells what was, not what may be or was not."""
    start, end = clause_at(clauses_of(so_far), len(so_far) - 1)
    return status_of(words_of(so_far[start:end])) == "actual"


def _what(line: Line, told: Discourse, place: re.Match[str]) -> InnovationMention | None:
    """Return what began there: the innovation named nearest, "it", or the sentence's own words."""
    named = [(abs(m.start() - place.start()), int(m[1])) for m in _THING.finditer(line.tagged)]
    if named:
        return line.innovations[min(named)[1]]
    recent = told.innovation if told.at - told.innovation_at <= _REMEMBERED else None
    return (recent if recent and _SAME.search(line.text) else thing_begun(line)) or recent


def _when(line: Line, place: re.Match[str], until: str) -> DateMention | None:
    """Return when it began: the only date between the place and the next one, or before the first of a sentence."""
    behind = [m[1] for m in _DATE.finditer(until, place.end())]
    before = (
        [m[1] for m in _DATE.finditer(until, 0, place.start())] if not _PLACE.search(until[: place.start()]) else []
    )
    dates = behind or before
    return line.dates[int(dates[0])] if len(dates) == 1 else None
