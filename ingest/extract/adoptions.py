"""Who took an innovation up, from whom, and where it began: as a sentence says, read with what the text told before.

A direction needs a cue beside each end ("learned from", "taught", "inspired by", "from A to B") or a visit that the
text has told of; where there is none, an adoption has no source.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from .adoption_cues import ANAPHORA, CHAIN, CHANGED, DERIVED, GATE, LEARNED_THERE, OWNER_AFTER, RETURN
from .clause import BEING, DOING, NEAR, REMEMBERED, AdoptionFound, OriginFound, innovation_in, verb_status, words_of
from .discourse import Discourse, Line
from .ends import End, date_of, ends_of, nearest_innovation, strands_of
from .exchanges import ExchangeFound
from .homecoming import at_home, on_return
from .innovations import InnovationMention
from .sentences import lowered
from .status import stage_of, status_of
from .things import thing_begun, thing_spoken_of, thing_taken_up

_FRUIT = 12  # sentences after a visit in which what is planned may be its fruit
_SEVERAL = 3  # countries that "the visitors" may be of where all of them are adopters
_SAME = re.compile(
    r"^(?:it|they|this|the (?:idea|model|method|approach|practice|programme|scheme|technique|device))\b", re.IGNORECASE
)
_SEEN_THERE = re.compile(
    r"\b(?:having|after|had|who)\b[^.;]{0,40}\b(?:seen|seeing|saw|visit(?:ed|ing|s)?|tour(?:ed|s)?|trained|worked|trip|placements?|observ\w+|stay(?:ed)?) ",
    re.IGNORECASE,
)
_PLAN_LABEL = re.compile(
    r"(?:[\w ]{0,20}\b)?(?:next steps?|way forward|action plans?|plans?|commitments?|resolutions?|expected (?:results?|outcomes?|outputs?)|planned|targets?|objectives?|intended[\w ]{0,20}|future)\b[^.:]{0,20}:",
    re.IGNORECASE,
)
_LEARNERS = re.compile(
    r"(?:['’]s?)? (?:[\w-]+ )?(?:students|trainees|learners|fellows|delegates|delegation|participants|visitors|observers|interns)\b",
    re.IGNORECASE,
)
_HELPS_TO = re.compile(r"(?: (?:has|have|had|also|since|then))* (?:help|support|assist|fund|financ|sponsor)\w* ")
#: A question is no answer: "the aim was to learn whether".
_ASKED = re.compile(
    r"\b(?:purpose|aims?|objectives?|goal|question|to (?:learn|find out|see|assess|know|establish|determine|explore)|ask(?:s|ed)?)\b[^.;]{0,60}\b(?:whether|if)\b",
    re.IGNORECASE,
)
_FROM_ELSEWHERE = re.compile(r"\b(?:over|learn(?:ed|t)|copied|borrowed|adopted|taken|got|took \w+) from (?:the )?[A-Z]")
_BUT = re.compile(r"\b(?:but|although|though|yet)\b", re.IGNORECASE)
_TURNED = re.compile(r"\b(?:decided|reject\w*|declin\w+|voted|dropped|turned)\b", re.IGNORECASE)
_PASSED_ON = re.compile(
    r"\b(?:inspired|taught|trained|brought|exported|shared|transferred|learn(?:ed|t) from|modell?ed|based on|copied|cop(?:y|ies)|replicat\w+|borrowed|imported|adopted|spread|introduced|adapted|translated)\b",
    re.IGNORECASE,
)


def adoptions_in(line: Line, told: Discourse) -> tuple[list[AdoptionFound], list[OriginFound]]:
    """Return the adoptions and origins of a sentence, read with what the text has told before it."""
    if not GATE.search(lowered(line.tagged)) or _ASKED.search(line.tagged):
        return [], []
    strands = strands_of(line.tagged)
    ends = _seated(line, told, _each_country(line, ends_of(line, strands)))
    found: list[AdoptionFound] = []
    for place in _one_per_place(line, [e for e in ends if e.role == "adopter" and e.country]):
        here = found[-1].innovation if found else None
        found += _adoption(line, told, ends, place, line.tagged[slice(*strands[place.strand])], here)
    if not found and not any(e.role in {"adopter", "origin"} and e.country for e in ends):
        found = on_return(line, told, ends, strands) or at_home(line, told, ends, strands)
    found = _distinct(found + _passed_on(found, told))
    origins = _origins(line, told, ends, strands, {a.country for a in found})
    began = {o.country for o in origins}
    found = [a for a in found if a.source or a.country not in began]
    for a in found:
        if a.source and a.country and a.status == "actual":
            told.told[a.innovation.name, a.country] = a.source
        told.adopter, told.adopter_at = a.country, told.at
    return found, origins


def _seated(line: Line, told: Discourse, ends: list[End]) -> list[End]:
    """Give a site that took something up the country that its sentence has just named, or that the report is about."""
    elsewhere = {e.country for e in ends if e.role in {"source", "origin", "owner"}}
    for end in ends:
        helps = _HELPS_TO.match(line.tagged[end.end :])
        if end.role not in {"adopter", "place"} or end.country or end.tag[1] != "O" or helps:
            continue
        before = {e.country for e in ends if e.start < end.start and e.country} - elsewhere
        if not before and told.home not in elsewhere:
            end.country = told.home
        elif len(before) == 1 and not any(
            e.role == "adopter" and e.verb < 0 and e.strand == end.strand for e in ends if e is not end
        ):
            end.country = before.pop()
        elif (
            not before and told.visits and told.visited_lately(REMEMBERED) and (elsewhere or RETURN.search(line.tagged))
        ):
            end.country = told.visits[-1][1].other_than(elsewhere)
    return ends


def _passed_on(found: list[AdoptionFound], told: Discourse) -> list[AdoptionFound]:
    """Return what a source had itself got from another before the text named it: "Ghana gave what it had from Peru"."""
    if not told.lent or told.at - told.lent[2] > NEAR:
        return []
    adopter, source, _ = told.lent
    first = next((a for a in found if a.source == adopter and a.status == "actual"), None)
    return [AdoptionFound(first.innovation, adopter, None, source, None, "actual", None, None)] if first else []


def _each_country(line: Line, ends: list[End]) -> list[End]:
    """Return one end a country where "both countries" or "the visitors" are of several."""
    each: list[End] = []
    for end in ends:
        countries = line.countries_of(end.tag)
        several = end.tag in line.each and 1 < len(countries) <= _SEVERAL
        each += [replace(end, country=c) for c in countries] if several else [end]
    return each


def _adoption(
    line: Line, told: Discourse, ends: list[End], place: End, strand: str, here: InnovationMention | None
) -> list[AdoptionFound]:
    """Return what one adopter took up; once a source where it learned from several."""
    status = _status(line, ends, place, strand)
    sources = _sources(line, ends, place) if status != "negated" else []
    source, site = (sources[0].country, line.organisation_of(sources[0].tag)) if sources else (None, None)
    learned = bool(sources) or bool(told.host_of(place.country)) or bool(told.teacher_of(place.country))
    innovation = innovation_in(line, told, place, strand, here, learned=learned)
    there = told.hosts_at == told.at  # the sentence tells of the visit too
    lent = any(e.role == "source" and e.country for e in ends)
    if innovation is None and (lent or (there and place.country not in told.hosts)):
        innovation = thing_taken_up(line, _between_semicolons(line.tagged, place)) or thing_spoken_of(line)
    if innovation is None:
        # Whoever receives guests in this very sentence got nothing from them: "brought ten nurses from Peru to Ghana".
        if source and place.country and not (there and place.country in told.hosts):
            told.lent = (place.country, source, told.at)
        return []
    if _backwards(line, ends, place.country, told) and not innovation.known:
        return []
    date = date_of(line, place, [e for e in ends if e.role == "adopter"])
    before = bool(date and date.latest and told.visited_from and date.latest < told.visited_from)
    if source is None and status != "negated" and not before:  # what was there before the visit was not learned on it
        known = told.told.get((innovation.name, place.country or ""))
        source = _told_source(line, told, place.country) or (known if known != place.country else None)
    own = place.country in told.shown_by() and not date and status != "negated"  # what hosts do anyway
    news = status == "negated" or (status == "planned" and told.visited_lately(_FRUIT))
    unheard = not innovation.known and not news  # a new name and no word of learning
    visited = there and status != "negated" and place.country in told.hosts and not line.innovations
    if source is None and (own or unheard or visited or not _changes(line, strand, place, status)):
        return []
    first = AdoptionFound(
        innovation,
        place.country,
        line.organisation_of(place.tag),
        source,
        site,
        status,
        stage_of(words_of(strand)),
        date,
    )
    others = [replace(first, source=s.country, source_site=line.organisation_of(s.tag)) for s in sources[1:3]]
    return [first, *others]


def _between_semicolons(tagged: str, place: End) -> str:
    start = tagged.rfind(";", 0, place.start) + 1
    stop = tagged.find(";", place.end)
    return tagged[start : stop if stop >= 0 else len(tagged)]


def _backwards(line: Line, ends: list[End], adopter: str | None, told: Discourse) -> bool:
    """Say whether hosts would have learned from guests who, as the sentence says, came to learn: "ten Zambian students"."""
    guests = (e for e in ends if e.role == "source" and _LEARNERS.match(line.tagged[e.end :]))
    return told.hosts_at == told.at and adopter in told.hosts and any(True for _ in guests)


def seen_there(line: Line, adoptions: list[AdoptionFound], exchange: ExchangeFound | None) -> ExchangeFound | None:
    """Return the visit that an adoption's sentence tells by the way: "having seen it in Peru", "after a visit to Peru"."""
    if (exchange and exchange.hosts and exchange.visitors) or not _SEEN_THERE.search(line.text):
        return None
    pairs = [(a.country, a.source) for a in adoptions if a.country and a.source in line.countries_in(line.tagged)]
    hosts = list(dict.fromkeys(source for _, source in pairs if source))
    if len(hosts) != 1:
        return None
    return ExchangeFound(
        exchange.type if exchange else "study tour", hosts, list(dict.fromkeys(c for c, _ in pairs if c))
    )


def _status(line: Line, ends: list[End], place: End, strand: str) -> str:
    """Return the status of what an adopter's clause says; a "but" clause without a doer of its own may undo it."""
    status = verb_status(place, strand)
    if status == "actual" and _PLAN_LABEL.match(line.text):
        return "negated" if "not achieved" in line.text.lower() else "planned"
    rest = line.tagged[place.end :]
    turn = _BUT.search(rest)
    if status != "negated" and turn and not any(e.start > place.end + turn.start() for e in ends):
        return (
            "negated"
            if status_of(words_of(rest[turn.start() :])) == "negated" and _TURNED.search(rest[turn.start() :])
            else status
        )
    return status


def _told_source(line: Line, told: Discourse, country: str | None) -> str | None:
    """Return whom a country learned from by what the text told before: its hosts, or visitors who came to teach."""
    host = told.host_of(country)
    if host is None and told.hosts_at == told.at and len(told.hosts) == 1 and country not in told.hosts:
        return told.hosts[0]  # the sentence tells of the visit too
    if host is None and _FROM_ELSEWHERE.search(line.tagged):
        return None
    cue = LEARNED_THERE.search(line.text) or RETURN.search(line.tagged)
    if host is None and (only := told.only_host()) and only != country and (cue or ANAPHORA.search(line.text)):
        return only
    if host is None or (told.mutual(country) and not cue):
        return told.teacher_of(country) or _lent(told, country)
    return host


def _lent(told: Discourse, country: str | None) -> str | None:
    """Return from whom a country got what the text had yet to name: "X taught Y. The checklist was started there"."""
    if told.lent and told.at - told.lent[2] <= NEAR and told.lent[0] == country:
        return told.lent[1]
    return None


def _changes(line: Line, strand: str, place: End, status: str) -> bool:
    """Say whether a clause tells of a change, rather than of what a place does anyway."""
    words = words_of(strand)
    if status != "actual":
        return True
    if DOING.search(words) or (place.verb >= 0 and not BEING.search(words)):
        return True
    return bool(CHANGED.search(words) or date_of(line, place, [place]) or not BEING.search(words))


def _distinct(found: list[AdoptionFound]) -> list[AdoptionFound]:
    """Drop an adoption that another of the same innovation and country says more fully."""
    kept: list[AdoptionFound] = []
    for adoption in sorted(found, key=lambda a: (a.source is None, a.site is None)):
        same = [
            k
            for k in kept
            if (k.innovation.name, k.country, k.status) == (adoption.innovation.name, adoption.country, adoption.status)
        ]
        if not any(adoption.source in (None, k.source) and adoption.site in (None, k.site) for k in same):
            kept.append(adoption)
    return sorted(kept, key=found.index)


def _origins(
    line: Line, told: Discourse, ends: list[End], strands: list[tuple[int, int]], adopters: set[str | None]
) -> list[OriginFound]:
    found: list[OriginFound] = []
    for end in ends:
        if not end.country or end.country in {o.country for o in found}:
            continue
        owned = (
            end.owner
            and bool(OWNER_AFTER.match(line.tagged[end.end : end.end + 80]))
            and bool(adopters - {None, end.country})
            and bool(_PASSED_ON.search(line.text))
        )
        if end.role != "origin" and not owned:
            continue
        so_far = line.tagged[strands[end.strand][0] : end.end]
        if end.role == "origin" and status_of(words_of(so_far)) != "actual":
            continue
        recent = told.innovation if told.at - told.innovation_at <= REMEMBERED and ANAPHORA.search(line.text) else None
        innovation = (
            nearest_innovation(line, end)
            or (recent if recent and _SAME.search(line.text) else thing_begun(line))
            or recent
        )
        if innovation:
            date = date_of(line, end, [end]) if end.role == "origin" else None
            found.append(OriginFound(innovation, end.country, line.organisation_of(end.tag), date))
    return found


def _one_per_place(line: Line, ends: list[End]) -> list[End]:
    """Drop a country that only says where the organisation beside it is."""
    kept: list[End] = []
    for end in ends:
        beside = kept and kept[-1].country == end.country and end.start - kept[-1].end < 40
        if beside and end.tag[1] != "O":
            continue
        if beside and kept[-1].tag[1] != "O":
            kept[-1] = replace(end, strand=kept[-1].strand)
            continue
        kept.append(end)
    return kept


def _sources(line: Line, ends: list[End], adopter: End) -> list[End]:
    """Return whom the adopter learned from: the other country with a cue; in a chain the stop before it."""
    here = adopter.country
    others = [e for e in ends if e.role == "source" and e.country and e.country != here]
    near = [e for e in others if e.strand == adopter.strand] or [
        e for e in others if ";" not in line.tagged[min(e.start, adopter.start) : max(e.start, adopter.start)]
    ]
    before = [e for e in ends if e.role == "adopter" and e.start < adopter.start and e.country and e.country != here]
    if (
        before
        and CHAIN.search(line.tagged[before[-1].end : adopter.start])
        and (others or re.search(r"\bfrom there\b|\bin turn\b", line.text))
    ):
        return [before[-1]]
    one: dict[str | None, End] = {}
    for end in near:
        if end.country not in one or line.organisation_of(end.tag):
            one[end.country] = end
    if len(one) == 1 or (len(one) > 1 and _listed(line, list(one.values()))):
        return list(one.values())
    behind = {e.country: e for e in near if e.start > adopter.start}
    if len(behind) == 1:  # "A learned it from B, and C in turn from A"
        return list(behind.values())
    owners = {e.country: e for e in ends if e.role == "owner" and e.country not in {None, here}}
    began = {e.country: e for e in ends if e.role == "origin" and e.country not in {None, here}}
    if not others and len(owners) == 1 and _PASSED_ON.search(line.text):
        return list(owners.values())
    return list(began.values()) if not others and len(began) == 1 and DERIVED.search(line.text) else []


def _listed(line: Line, ends: list[End]) -> bool:
    ordered = sorted(ends, key=lambda e: e.start)
    return all(
        re.fullmatch(r"(?:['’]s)?(?:,| and|, and) (?:from )?(?:the )?", line.tagged[a.end : b.start])
        for a, b in pairwise(ordered)
    )
