"""What travellers took up at home, and what a text that speaks of one country says without naming it again."""

from __future__ import annotations

import re

from .adoption_cues import CHANGED, DERIVED, RETURN, TAKES_UP
from .clause import BEING, DOING, NEAR, REMEMBERED, AdoptionFound, innovation_in, verb_status, words_of
from .discourse import Discourse, Line
from .ends import End
from .sentences import lowered
from .status import stage_of, status_of

_RECENT = 12  # sentences after a visit in which what is planned or refused may be its fruit
_NAMED_SUBJECT = re.compile(
    r"(?:In |At )?(?!It|This|They|These|Nothing|Nobody|None|Phase|We)[A-Z][\w’-]+ (?:has|had|have|is|was|will|would|did|does|plans|intends)\b"
)
_BEFORE_DOING = re.compile(r"\b(?:before|instead of|without|rather than) \w+ing\b", re.IGNORECASE)
_EXTENDS = re.compile(r"\b(?:extend|expand|scale|roll)(?:ed|s|ing)?\b[^.;]{0,60}\bto\b", re.IGNORECASE)
_NEWS = re.compile(r"\b(?:now|since|under way|already|later|soon afterwards)\b", re.IGNORECASE)


def on_return(line: Line, told: Discourse, ends: list[End], strands: list[tuple[int, int]]) -> list[AdoptionFound]:
    """Return what travellers took up, of whom the text told before, where the sentence speaks of their return."""
    home = told.party[0] if len(told.party) == 1 else None
    source = told.host_of(home)
    there = any(e.role == "source" and e.country == source for e in ends) or (
        not ends and bool(_NEWS.search(line.text)) and told.visited_lately(NEAR)
    )
    if not home or not source or (told.at - told.party_at) > REMEMBERED or not (there or RETURN.search(line.tagged)):
        return []
    if {e.country for e in ends} - {None, source, home} or any(e.role == "source" and e.country == home for e in ends):
        return []
    for start, stop in strands:
        strand = line.tagged[start:stop]
        back = bool(RETURN.search(line.tagged))
        if not (
            DOING.search(strand)
            or (BEING.search(strand) and (back or CHANGED.search(strand)))
            or (ends and DERIVED.search(strand))
            or (back and TAKES_UP.search(lowered(strand)))
        ):
            continue
        place = End("<X0>", start, stop, "adopter", home)
        innovation = innovation_in(line, told, place, strand, None, learned=True)
        status = status_of(words_of(strand))
        if innovation is None:
            continue
        site = next(iter(line.organisations_in(strand)), None)
        date = line.dates[0] if len(line.dates) == 1 else None
        return [
            AdoptionFound(
                innovation,
                home,
                site,
                source if status != "negated" else None,
                None,
                status,
                stage_of(words_of(strand)),
                date,
            )
        ]
    return []


def at_home(line: Line, told: Discourse, ends: list[End], strands: list[tuple[int, int]]) -> list[AdoptionFound]:
    """Return what a sentence that names no adopter says is planned, refused, or taken over where the text is about.

    That is the country of the report's heading, that of the last adoption, or that of the only travellers.
    """
    party = told.party[0] if len(told.party) == 1 and told.at - told.party_at <= REMEMBERED else None
    lately = told.adopter if told.at - told.adopter_at <= NEAR else None
    home = told.home if told.home and told.home not in told.hosts else lately or party
    sources = {e.country for e in ends if e.role == "source" and e.country}
    partner = told.partner_of(*sources) if len(sources) == 1 else None
    home = partner or home
    if home is None or home in sources or {e.country for e in ends} - sources - {None, home}:
        return []
    for start, stop in strands:
        strand = line.tagged[start:stop]
        verb = DOING.search(strand) or (_EXTENDS.search(strand) if not sources else None)
        if not verb or (not partner and _NAMED_SUBJECT.match(line.text)) or _BEFORE_DOING.search(strand):
            continue
        words = words_of(strand)
        status = (
            status_of(words) if _EXTENDS.search(strand) else verb_status(End("<X0>", start, stop, None, home), strand)
        )
        open_ = status in {"planned", "negated"} and told.visited_lately(_RECENT)
        if not open_ and not (status == "actual" and sources and (told.home or partner)):
            continue
        place = End("<X0>", start, stop, "adopter", home)
        innovation = innovation_in(line, told, place, strand, None, learned=True)
        if innovation is None:
            continue
        source = sources.pop() if len(sources) == 1 else told.host_of(home)
        return [
            AdoptionFound(
                innovation, home, None, source if status != "negated" else None, None, status, stage_of(words), None
            )
        ]
    return []
