"""Who took an innovation up, from whom, and where it began: as a sentence says, role by role.

A direction needs a cue beside each end ("learned from", "taught", "inspired by", "from A to B"); a sentence that has
none gives an adoption without a source, or nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .adoption_cues import (
    ADOPTER_AFTER,
    ADOPTER_BEFORE,
    ANAPHORA,
    CHAIN,
    FROM,
    LINK,
    MOVES,
    ORIGIN_AFTER,
    ORIGIN_BEFORE,
    OWNER_AFTER,
    PASSIVE_AFTER,
    RETURN,
    SOURCE_AFTER,
    SOURCE_BEFORE,
    TAKES_UP,
)
from .exchanges import exchange_in
from .innovations import InnovationMention
from .scene import Scene
from .sentences import clause_spans
from .status import stage_of, status_of
from .when import DateMention

_PLACE = re.compile(r"<[CO]\d+>")


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


@dataclass
class _End:
    tag: str
    start: int
    end: int
    role: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """One country's visit to another, of which sentences before have told."""

    visitor: str
    host: str


def adoptions_in(
    scene: Scene, told: InnovationMention | None, visit: Visit | None = None
) -> tuple[list[AdoptionFound], list[OriginFound]]:
    """Return the adoptions and origins of a sentence.

    `told` is the innovation that sentences before it spoke of, `visit` the visit that they told of: "on return the
    method was introduced" is the visitors' doing, and they learned it from their hosts.
    """
    innovation = scene.innovations[0] if scene.innovations else None
    if innovation is None:
        if told is None or not ANAPHORA.search(scene.text):
            return [], []
        innovation = told
    ends = _ends(scene)
    origins = _origins(scene, ends, innovation)
    adopters = [e for e in ends if e.role == "adopter" and scene.country_of(e.tag)]
    sites = [e for e in ends if e.role == "adopter" and e.tag[1] == "O" and not scene.country_of(e.tag)]
    sources = [e for e in ends if e.role in {"source", "origin-source"} and scene.country_of(e.tag)]
    found: list[AdoptionFound] = []
    for place in _one_per_place(scene, adopters):
        country = scene.country_of(place.tag)
        if country is None:
            continue
        clause = _clause(scene, place)
        source = _source(scene, place, sources, ends)
        found.append(
            AdoptionFound(
                _nearest(scene, place) or innovation,
                country,
                scene.organisation_of(place.tag),
                scene.country_of(source.tag) if source else None,
                scene.organisation_of(source.tag) if source else None,
                status_of(clause),
                stage_of(clause),
                _date(scene, place, adopters),
            )
        )
    if not found and sites and not adopters:
        place = sites[0]
        clause = _clause(scene, place)
        source = _source(scene, place, sources, ends)
        found.append(
            AdoptionFound(
                innovation,
                None,
                scene.organisation_of(place.tag),
                scene.country_of(source.tag) if source else None,
                None,
                status_of(clause),
                stage_of(clause),
                _date(scene, place, sites),
            )
        )
    began = {o.country for o in origins}
    found = [a for a in found if a.source or a.country not in began]
    if visit and RETURN.search(scene.text):
        found = [replace(a, source=visit.host) if a.country == visit.visitor and not a.source else a for a in found]
        named = {scene.country_of(e.tag) for e in ends} - {None, visit.host, visit.visitor}
        if not found and not named and (verb := TAKES_UP.search(scene.tagged)):
            clause = _clause(scene, _End("", verb.start(), verb.end(), None))
            dates = scene.dates[0] if len(scene.dates) == 1 else None
            site = next((o for o in scene.organisations_in(scene.tagged)), None)
            found.append(
                AdoptionFound(
                    innovation, visit.visitor, site, visit.host, None, status_of(clause), stage_of(clause), dates
                )
            )
    return _distinct(found), origins


def _distinct(found: list[AdoptionFound]) -> list[AdoptionFound]:
    """Drop an adoption that another of the same innovation, country and site says more fully."""
    kept: dict[tuple[str, str | None, str | None], AdoptionFound] = {}
    for adoption in found:
        key = (adoption.innovation.name, adoption.country, adoption.site)
        if key not in kept or (adoption.source and not kept[key].source):
            kept[key] = adoption
    return list(kept.values())


def _ends(scene: Scene) -> list[_End]:
    """Return the countries and organisations of a tagged sentence with their roles."""
    tagged = scene.tagged
    places = list(_PLACE.finditer(tagged))
    ends: list[_End] = []
    for number, place in enumerate(places):
        floor = places[number - 1].end() if number else 0
        ceiling = places[number + 1].start() if number + 1 < len(places) else len(tagged)
        before, after = tagged[floor : place.start()], tagged[place.end() : ceiling]
        before, after = _bare(before), _bare(after, keep_innovations=True)
        linked = bool(number) and bool(LINK.match(tagged[floor : place.start()]))
        people = place.group()[1] == "C" and scene.countries[int(place.group()[2:-1])].demonym
        role = _role(before, after, owner=people or tagged[place.end() : place.end() + 2] in {"'s", "’s"})
        if linked and role is None:
            role = ends[-1].role
        elif (
            role is None
            and number
            and ends[-1].role == "source"
            and re.search(r"(?:^| )(?:to|into)(?: the| rural)? ?$", before)
            and MOVES.search(tagged[:floor])
        ) or (
            role is None
            and number
            and ends[-1].role == "adopter"
            and CHAIN.search(before)
            and re.search(r"\b(?:to|in|into|by)(?: the)? ?$", before)
        ):
            role = "adopter"
        if role is None and FROM.search(before) and MOVES.search(tagged[: place.start()]):
            role = "source"
        ends.append(_End(place.group(), place.start(), place.end(), role))
    for number in range(len(ends) - 2, -1, -1):
        between = tagged[ends[number].end : ends[number + 1].start]
        if (
            ends[number].role is None
            and LINK.match(between)
            and ends[number + 1].role == "adopter"
            and ADOPTER_AFTER.match(_bare(tagged[ends[number + 1].end :]))
        ):
            ends[number].role = "adopter"
    return ends


def _role(before: str, after: str, *, owner: bool) -> str | None:
    if PASSIVE_AFTER.match(after):
        return "adopter"
    if SOURCE_BEFORE.search(before):
        return "source"
    if ORIGIN_BEFORE.search(before) or ORIGIN_AFTER.match(after):
        return "origin"
    told = _bare(after)
    if SOURCE_AFTER.match(told) and not ADOPTER_AFTER.match(told):
        return "source"
    if ADOPTER_AFTER.match(after):
        return "adopter"
    if SOURCE_AFTER.match(after):
        return "source"
    if owner and OWNER_AFTER.match(after):
        return "owner"
    if ADOPTER_BEFORE.search(before):
        return "adopter"
    return None


def _bare(part: str, *, keep_innovations: bool = False) -> str:
    """Return a part of a tagged sentence with the innovations and dates in it as plain words."""
    part = re.sub(r"<D\d+>", "then", part)
    return part if keep_innovations else re.sub(r"<I\d+>", "it", part)


def _origins(scene: Scene, ends: list[_End], innovation: InnovationMention) -> list[OriginFound]:
    found = []
    for end in ends:
        country = scene.country_of(end.tag)
        if end.role == "origin" and country:
            if status_of(_clause(scene, end)) != "actual":
                continue
            found.append(
                OriginFound(
                    _nearest(scene, end) or innovation,
                    country,
                    scene.organisation_of(end.tag),
                    _date(scene, end, [end]),
                )
            )
        elif end.role == "owner" and country and scene.innovations:
            found.append(OriginFound(_nearest(scene, end) or innovation, country, None, None))
    seen: set[str] = set()
    return [o for o in found if not (o.country in seen or seen.add(o.country))]  # type: ignore[func-returns-value]  # add returns none, which is false


def _one_per_place(scene: Scene, ends: list[_End]) -> list[_End]:
    """Drop a country that only says where the organisation beside it is."""
    kept: list[_End] = []
    for end in ends:
        if (
            kept
            and kept[-1].tag[1] == "O"
            and end.tag[1] == "C"
            and scene.country_of(kept[-1].tag) == scene.country_of(end.tag)
        ):
            continue
        if (
            kept
            and kept[-1].tag[1] == "C"
            and end.tag[1] == "O"
            and scene.country_of(kept[-1].tag) == scene.country_of(end.tag)
        ):
            kept[-1] = end
            continue
        kept.append(end)
    return kept


def _source(scene: Scene, adopter: _End, sources: list[_End], ends: list[_End]) -> _End | None:
    """Return whom the adopter learned from: the one other country with a cue; in a chain the stop before it."""
    here = scene.country_of(adopter.tag)
    others = [s for s in sources if scene.country_of(s.tag) != here]
    between = [
        e
        for e in ends
        if e.role == "adopter"
        and e.start < adopter.start
        and scene.country_of(e.tag) != here
        and scene.country_of(e.tag)
    ]
    if (
        between
        and CHAIN.search(scene.tagged[between[-1].end : adopter.start])
        and (others or re.search(r"\bfrom there\b|\bin turn\b", scene.text))
    ):
        return between[-1]
    if len({scene.country_of(s.tag) for s in others}) == 1:
        return others[0]
    owners = [e for e in ends if e.role in {"owner", "origin"} and scene.country_of(e.tag) not in {None, here}]
    if (
        not others
        and len(owners) == 1
        and re.search(
            r"\b(?:inspired|taught|trained|brought|exported|shared|transferred|learn(?:ed|t) from|modell?ed on|based on|copied|replicat\w+|borrowed|imported)\b",
            scene.text,
            re.IGNORECASE,
        )
    ):
        return owners[0]
    visit = exchange_in(scene) if not others else None
    if visit and len(visit.hosts) == 1 and here in visit.visitors and here not in visit.hosts:
        return next((e for e in ends if scene.country_of(e.tag) == visit.hosts[0]), None)
    return None


def _nearest(scene: Scene, end: _End) -> InnovationMention | None:
    """Return the innovation named nearest to a place of the sentence."""
    places = [(abs(m.start() - end.start), int(m.group(1))) for m in re.finditer(r"<I(\d+)>", scene.tagged)]
    return scene.innovations[min(places)[1]] if places else None


def _date(scene: Scene, end: _End, peers: list[_End]) -> DateMention | None:
    """Return when: the date right behind the place, else the sentence's only date; with several, none but its own."""
    dates = [(m.start(), int(m.group(1))) for m in re.finditer(r"<D(\d+)>", scene.tagged)]
    if not dates:
        return None
    behind = re.match(
        r"(?:['’]s)?(?: [\w-]+){0,2}?,?\s*(?:\(|in |since |from |by |during )*<D(\d+)>", scene.tagged[end.end :]
    )
    if behind:
        return scene.dates[int(behind.group(1))]
    if len(dates) == 1:
        at = dates[0][0]
        places = list(_PLACE.finditer(scene.tagged))
        nearest = min(places, key=lambda m: abs(m.start() - at)) if places else None
        leads = at < 12 or all(m.start() < at for m in places) or all(m.start() > at for m in places)
        return scene.dates[dates[0][1]] if leads or (nearest and nearest.start() == end.start) else None
    if len(dates) == len(peers) and "respectively" in scene.text:
        return scene.dates[dates[peers.index(end)][1]]
    after = [d for d in dates if d[0] > end.start]
    return scene.dates[after[0][1]] if after and len(peers) == 1 else None


def _clause(scene: Scene, end: _End) -> str:
    """Return the clause of the tagged sentence that a place stands in, with the words of its verb."""
    for start, stop in clause_spans(scene.tagged, 0, len(scene.tagged)):
        if start <= end.start < stop:
            return re.sub(r"<\w\d+>", "X", scene.tagged[start:stop])
    return re.sub(r"<\w\d+>", "X", scene.tagged)
