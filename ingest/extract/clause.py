"""What one clause claims of an adoption: what was taken up, and whether it was, will be, might be or was not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .adoption_cues import ANAPHORA, DOES, IS, REFUSES, RETURN
from .discourse import Discourse, Line
from .ends import End, nearest_innovation
from .innovations import InnovationMention
from .status import status_at, status_of
from .things import thing_seen, thing_taken_up
from .when import DateMention

NEAR = 3  # sentences after a visit in which what was taken up is the visitors' doing, where nobody else is named
DOING = re.compile(rf"(?<![\w-]){DOES}(?![\w-])", re.IGNORECASE)
BEING = re.compile(rf"(?<![\w-]){IS}(?![\w-])", re.IGNORECASE)
REFUSING = re.compile(rf"(?<![\w-]){REFUSES}(?![\w-])", re.IGNORECASE)
REMEMBERED = 6  # sentences for which "the model" still means the innovation named before
_ASIDES = re.compile(r", (?:which|who|whose) [^,;]{1,80},")
_LEARNED_FROM = re.compile(
    r"(?:(?:['’]s?)? (?:[\w-]+ ){0,3}?)(?:learn(?:ed|t)|got|borrowed|copied|took)\b[^<;]{0,40}\bfrom\b"
)


@dataclass(frozen=True, slots=True)
class AdoptionFound:
    """An adoption that a sentence claims."""

    innovation: InnovationMention
    country: str | None
    site: str | None
    source: str | None  # country that it was learned from
    source_site: str | None
    status: str
    stage: str | None
    when: DateMention | None


@dataclass(frozen=True, slots=True)
class OriginFound:
    """Where a sentence says that an innovation began."""

    innovation: InnovationMention
    country: str
    site: str | None
    when: DateMention | None


def innovation_in(
    line: Line, told: Discourse, place: End, strand: str, here: InnovationMention | None, *, learned: bool
) -> InnovationMention | None:
    """Return what was taken up: named nearest in the sentence, meant by "the model", or in the sentence's own words."""
    if near := nearest_innovation(line, place):
        return near
    recent = here or (told.innovation if told.at - told.innovation_at <= REMEMBERED else None)
    if recent and (_means(strand, recent) or (REFUSING.search(strand) and not DOING.search(strand))):
        return recent
    thing = thing_taken_up(line, strand) if learned or told.learning() else None
    if thing := thing or (thing_seen(line) if learned else None):
        return thing
    lately = told.at - told.innovation_at <= NEAR
    return recent if recent and (lately or (learned and RETURN.search(line.tagged))) else None


def _means(strand: str, recent: InnovationMention) -> bool:
    """Say whether a clause speaks of an innovation named before: "it", "the model", "the corners"."""
    noun = recent.name.rsplit(" ", 1)[-1].lower().removesuffix("s")
    return bool(ANAPHORA.search(strand)) or (len(noun) > 3 and noun in strand.lower())


def verb_status(place: End, strand: str) -> str:
    """Return the status of a clause's verb of uptake, the first behind the adopter."""
    words = words_of(strand)
    if place.tag in strand and (m := _LEARNED_FROM.match(strand.split(place.tag, 1)[1])):
        start = len(words_of(strand.split(place.tag, 1)[0])) + 1
        return status_of(words[max(0, start - 40) : start + len(m.group())])
    verbs = list(DOING.finditer(words)) or list(REFUSING.finditer(words)) or list(BEING.finditer(words))
    if not verbs:
        return status_of(words)
    before = strand.split(place.tag, 1)[0] if place.tag in strand else ""
    behind = [m for m in verbs if m.start() > len(words_of(before))]
    verb = behind[0] if behind else verbs[-1]
    return status_at(words, verb.start(), verb.end())


def words_of(part: str) -> str:
    """Return a part of the tagged sentence with a neutral word for each tag."""
    return re.sub(r"<\w\d+>", "X", _ASIDES.sub(" ", part))
