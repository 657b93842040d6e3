"""Exchanges in a sentence: what kind, who hosted, who travelled, when, how many and how senior.

Host and visitors need a cue each ("visited", "hosted by", "delegation from"); without one a side stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .cadre import HEADS, cadre_in, heads_in
from .discourse import Discourse, Line
from .exchange_cues import (
    AT,
    BEFORE,
    BEING_THERE,
    BETWEEN,
    CONTRAST,
    COUNTED,
    DEBRIEF,
    FACILITATED,
    FROM_PEOPLE,
    FUNDED,
    GOES_ON,
    HOME_TO,
    HYPOTHETICAL,
    IDEA_MOVES,
    IN,
    IN_BRACKETS,
    JOURNEY,
    LABELLED,
    LED_BY_PLACE,
    LINKED,
    LINKED_LIST,
    LIST_GOES_ON,
    MISSION,
    MUTUAL,
    NEGATED,
    NEXT_TRAVELLERS,
    OF_PEOPLE,
    OF_PEOPLE_OR_WE,
    OTHER_TAG,
    PAIRED,
    PARTNER_LABEL,
    PARTNERS,
    PEOPLE_OF_COUNTRY,
    PLAIN_VISIT,
    PLANNED,
    RETURNED,
    SOMEWHERE,
    STAY,
    STRONG_AFTER,
    THEIR_PLACE,
    THEIR_VISIT,
    THEN_PEOPLE,
    TITLE,
    TOOK_PLACE,
    TOPONYM,
    TOPONYM_IN,
    TWO_PEOPLES,
    TYPE,
    TYPES,
    VISIT,
    VISIT_THERE,
    VISITING,
    WEAK_AFTER,
)
from .sentences import lowered

_NEAR = 4  # sentences
_PARTS = 6  # clauses of a sentence that may each tell of a visit; more are a table
_COUNTRY_LABEL = re.compile(r"(?:partner |project )?countr(?:y|ies)\s*:", re.IGNORECASE)
_ITS_PARTNER = re.compile(r"\b(?:its|their) (?:[\w-]+ )?partner,? ")
_LED_FROM = re.compile(r"(?:^|[.;] )from (?:the )?$", re.IGNORECASE)


@dataclass
class ExchangeFound:
    """An exchange that a sentence speaks of; a side that it does not tell is empty."""

    type: str | None
    hosts: list[str] = field(default_factory=list)
    visitors: list[str] = field(default_factory=list)
    host_organisations: list[str] = field(default_factory=list)
    visiting_organisations: list[str] = field(default_factory=list)
    cadre: str | None = None
    participants: str | None = None
    funders: list[str] = field(default_factory=list)
    facilitators: list[str] = field(default_factory=list)
    debrief: bool = False
    mission: bool = False
    mutual: bool = False
    status: str = "actual"


def exchange_type(text: str) -> str | None:
    """Return the term for the kind of exchange that a text names first; null if it names none."""
    m = TYPE.search(lowered(text))
    return TYPES[int((m.lastgroup or "t0")[1:])][0] if m else None


def exchanges_in(line: Line, told: Discourse) -> list[ExchangeFound]:
    """Return the exchanges that a sentence speaks of: one, or one a clause where its clauses have travellers of their own."""
    if PARTNER_LABEL.search(line.tagged) or (told.partners and _COUNTRY_LABEL.match(line.tagged)):
        told.partners += [c for c in line.countries_in(line.tagged) if c not in told.partners]
        if len(told.partners) > 1:
            both, told.partners = told.partners, []
            return [ExchangeFound("health partnership", both, list(both), mutual=True)]
        return []
    if _COUNTRY_LABEL.match(line.tagged):
        told.partners = line.countries_in(line.tagged)
        return []
    parts = NEXT_TRAVELLERS.split(line.tagged)
    if 1 < len(parts) <= _PARTS:
        found: list[ExchangeFound] = []
        for part in parts:
            leg = exchange_in(line, told, part)
            if leg and found and leg.visitors and not leg.hosts and set(leg.visitors) <= set(found[-1].hosts):
                leg.hosts = list(
                    found[-1].visitors
                )  # "the second leg took Kenyans to Ghana; in the first Ghanaians came"
            if leg and leg.hosts and leg.visitors:
                found.append(leg)
        if len(found) > 1:
            return found
    whole = exchange_in(line, told)
    return [whole] if whole else []


def exchange_in(scene: Line, told: Discourse | None = None, part: str | None = None) -> ExchangeFound | None:
    """Return the exchange that a sentence or a part of it speaks of; null if none. `told`: what the text said before."""
    tagged = part or scene.tagged
    if contrast := CONTRAST.search(tagged):
        tagged = tagged[: contrast.start()]
    low = lowered(scene.text)
    partner = "partner" in low and (PARTNERS.search(tagged) or _ITS_PARTNER.search(tagged))
    kind = exchange_type(scene.text) or ("health partnership" if partner else None)
    debrief, mission = bool(DEBRIEF.search(low)), bool(MISSION.search(low))
    labelled = (":" in tagged or " (" in tagged) and any(p.search(tagged) for _, p in (*LABELLED, *IN_BRACKETS))
    if told and told.half and not kind and (later := _other_side(scene, told)):
        return later
    if not kind and not debrief and not labelled and not (AT.search(tagged) and VISIT.search(lowered(tagged))):
        return ExchangeFound(None, mission=True) if mission and "mission statement" in low else None
    if not kind and not labelled and IDEA_MOVES.search(tagged):
        return None
    found = ExchangeFound(kind, debrief=debrief, mission=mission)
    found.mutual = bool(MUTUAL.search(low)) or kind == "bidirectional staff exchange"
    _sides(scene, tagged, found)
    if told and not found.mutual:
        _complete(scene, found, told)
    if told and RETURNED.search(low):
        _return(found, told)
    elif told and not found.visitors and set(found.hosts) <= set(told.party):
        found.hosts, found.host_organisations = [], []  # home again, or the visitors' own place
    if not kind and not debrief and not labelled:
        plain = PLAIN_VISIT.search(lowered(tagged)) or (told and told.about_exchange())
        if not (found.hosts and found.visitors) and not (found.hosts + found.visitors and plain):
            return None
        if found.hosts and found.visitors:
            found.type = "volunteer placement" if STAY.search(low) else "study tour"
    found.cadre = cadre_in(scene.text)
    if kind and (m := COUNTED.search(scene.text)):
        found.participants = " ".join(m.group().split())
    elif m := HEADS.search(lowered(tagged)):
        found.participants = heads_in(m)
    if kind and not (found.hosts or found.visitors) and (m := TITLE.search(tagged)):
        _add(scene, m["h"], found.hosts, found.host_organisations)
    if kind in {"community of practice", "other"} and not (found.hosts or found.visitors) and (m := IN.search(tagged)):
        _add(scene, m["h"], found.hosts, found.host_organisations)
    for pattern, listed in ((FUNDED, found.funders), (FACILITATED, found.facilitators)):
        if m := pattern.search(tagged):
            listed += scene.organisations_in(m["f"])
    found.status = _status(scene.text)
    return found


def _status(text: str) -> str:
    low = lowered(text)
    if NEGATED.search(low):
        return "negated"
    if HYPOTHETICAL.search(low) and not TOOK_PLACE.search(text):
        return "planned" if PLANNED.search(text) else "hypothetical"
    return "actual"


def _complete(scene: Line, found: ExchangeFound, told: Discourse) -> None:
    """Give an exchange of which a sentence tells one side the people or hosts of whom the text has just told."""
    if (
        found.hosts
        and not found.visitors
        and told.at - told.party_at <= _NEAR
        and not set(told.party) & set(found.hosts)
    ):
        found.visitors = list(told.party)
    elif found.visitors and not found.hosts and told.half and told.half.hosts:
        found.hosts = [c for c in told.half.hosts if c not in found.visitors]


def _other_side(scene: Line, told: Discourse) -> ExchangeFound | None:
    """Return the exchange that a sentence before told half of, where this one tells who else took part."""
    half = told.half
    if half is None:
        return None
    if half.hosts:
        home = HOME_TO.search(scene.tagged)
        groups = [m.group("c") for m in PEOPLE_OF_COUNTRY.finditer(scene.tagged)] or ([home["c"]] if home else [])
        visitors = [c for c in scene.countries_in(" ".join(groups)) if c not in half.hosts]
        return ExchangeFound(half.type, list(half.hosts), visitors, cadre=cadre_in(scene.text)) if visitors else None
    if BEING_THERE.search(lowered(scene.tagged)):
        places = [
            m.group()
            for m in AT.finditer(scene.tagged)
            if not scene.people(m.group()) and SOMEWHERE.search(scene.tagged[max(0, m.start() - 60) : m.start()])
        ]
        hosts = [c for c in scene.countries_in(" ".join(places)) if c not in half.visitors]
        return ExchangeFound(half.type, hosts, list(half.visitors)) if len(hosts) == 1 else None
    return None


def _return(found: ExchangeFound, told: Discourse) -> None:
    """Give a return visit the side that the first visit tells."""
    if found.visitors and not found.hosts:
        found.hosts = [c for c in told.party if c not in found.visitors] or [
            c for c in told.hosts if c not in found.visitors
        ]
    elif found.hosts and not found.visitors:
        found.visitors = [c for c in told.hosts if c not in found.hosts]


def _sides(scene: Line, tagged: str, found: ExchangeFound) -> None:
    pair = _pair(_plain(tagged)) if found.type or found.mutual else None
    if pair:
        a, b = scene.countries_in(pair[0]), scene.countries_in(pair[1])
        both = list(dict.fromkeys(a + b))
        if a and b:
            found.hosts, found.visitors, found.mutual = both, list(both), found.mutual or len(both) > 1
        organisations = list(dict.fromkeys(scene.organisations_in(pair[0]) + scene.organisations_in(pair[1])))
        found.host_organisations, found.visiting_organisations = organisations, list(organisations)
        if a and b:
            return
    journeys = JOURNEY.findall(TOPONYM_IN.sub("", tagged))
    if len(journeys) > 1 or (
        journeys and BEING_THERE.search(lowered(tagged)) and OF_PEOPLE_OR_WE.search(tagged)
    ):  # "two went from Norway to Malawi, two from Malawi to Norway"
        found.visitors = scene.countries_in(" ".join(a for a, _ in journeys))
        found.hosts = scene.countries_in(" ".join(b for _, b in journeys))
        found.mutual = set(found.hosts) == set(found.visitors)
        if found.hosts and found.visitors:
            return
    for tag, role in _roles(tagged, scene):
        if role == "host":
            _add(scene, tag, found.hosts, found.host_organisations)
        elif role == "visitor":
            _add(scene, tag, found.visitors, found.visiting_organisations)
    if found.type and (partners := PARTNERS.search(tagged)) and len(scene.countries_in(partners["x"])) > 1:
        found.hosts = scene.countries_in(partners["x"])
        found.visitors = list(found.hosts)
        return
    named = scene.countries_in(tagged)
    if found.type in {"health partnership", "twinning", "bidirectional staff exchange"} and len(named) == 2:
        found.hosts, found.visitors, found.mutual = named, list(named), True
        return
    if found.type in {"health partnership", "twinning"} and (found.hosts or found.visitors):
        both = list(dict.fromkeys([*found.hosts, *found.visitors, *scene.we]))
        found.hosts, found.visitors, found.mutual = both, list(both), len(both) > 1
    for role, pattern in (*LABELLED, *IN_BRACKETS):
        for m in pattern.finditer(tagged):
            said = next(g for g in m.groups() if g is not None)
            if role == "host":
                _add(scene, said, found.hosts, found.host_organisations)
            else:
                _add(scene, said, found.visitors, found.visiting_organisations)
    if not found.mutual:
        found.visitors = [c for c in found.visitors if c not in found.hosts]
        _by_being_there(scene, tagged, found)
    elif not (found.hosts or found.visitors):
        found.hosts = [c for c in scene.countries_in(tagged) if c not in scene.we]
        found.visitors = list(found.hosts)
    if found.mutual and len(set(found.hosts + found.visitors)) > 1:
        both = list(dict.fromkeys(found.hosts + found.visitors))
        found.hosts, found.visitors = both, list(both)


def _by_being_there(scene: Line, tagged: str, found: ExchangeFound) -> None:
    """Fill an open side from people of one country who, the sentence says, were in another to learn or to work."""
    if (found.hosts and found.visitors) or not BEING_THERE.search(lowered(tagged)):
        return
    people: list[str] = []
    places: list[str] = []
    for m in AT.finditer(tagged):
        tag, before = m.group(), TOPONYM.sub("", _plain(tagged[max(0, m.start() - 80) : m.start()]))
        if (
            (scene.people(tag) and OF_PEOPLE.match(_plain(tagged[m.end() : m.end() + 60])))
            or tag[1] in "VW"
            or FROM_PEOPLE.search(before)
        ):
            people += scene.countries_of(tag)
        elif (scene.people(tag) and THEIR_PLACE.match(tagged[m.end() :])) or (
            not scene.people(tag) and SOMEWHERE.search(before)
        ):
            places += scene.countries_of(tag)
    hosts = found.hosts or [c for c in dict.fromkeys(places) if c not in found.visitors]
    visitors = found.visitors or [c for c in dict.fromkeys(people) if c not in hosts]
    hosts = [c for c in hosts if c not in visitors]
    if len(hosts) == 1 and visitors:
        found.hosts, found.visitors = hosts, visitors


def _pair(tagged: str) -> tuple[str, str] | None:
    """Return the two partners that a sentence joins, as parts of it."""
    if m := BETWEEN.search(tagged) or LINKED.search(tagged):
        return m["a"], m["b"]
    if m := PAIRED.search(tagged):
        return next(((m[a], m[b]) for a, b in (("a", "b"), ("c", "d"), ("e", "f"), ("g", "h")) if m[a]), None)
    return None


def _roles(tagged: str, scene: Line) -> list[tuple[str, str]]:
    """Return each country and organisation of a tagged sentence with the role that the words beside it give it."""
    places = list(AT.finditer(tagged))
    roles: list[str | None] = []
    for number, place in enumerate(places):
        floor = places[number - 1].end() if number else 0
        ceiling = places[number + 1].start() if number + 1 < len(places) else len(tagged)
        before, after = _plain(tagged[floor : place.start()]), _plain(tagged[place.end() : ceiling])
        before = TOPONYM.sub("", before)
        people = scene.people(place.group())
        linked = bool(number) and bool(LINKED_LIST.match(before))
        if linked and before in {", ", ", the "} and not LIST_GOES_ON.match(tagged[place.end() :]):
            linked = False  # "after a visit to Malaysia, Cambodian hospitals"
        role = None
        if linked:
            role = roles[-1]
        if role is None:
            role = "visitor" if people and VISITING.search(before) else _role(before, after)
            if role == "visitor" and not people and _LED_FROM.search(before) and not OF_PEOPLE_OR_WE.search(after):
                role = None  # "From Mozambique the device went on to Angola"
            if THEIR_VISIT.match(after):
                role = "visitor"
            elif not people and VISIT_THERE.match(after):
                role = "host"
            if role is None and LED_BY_PLACE.search(before) and THEN_PEOPLE.match(tagged[place.end() :]):
                role = "host"  # "In Kerala they saw how"
        elif linked and (own := next((r for r, p in STRONG_AFTER if p.search(lowered(after))), None)):
            role = own
        if (
            role is None
            and number
            and roles[-1] == "visitor"
            and (
                re.fullmatch(r"(?:['’]s?)?(?: [\w-]+){0,2} (?:to|into)(?: the)? ", before) or GOES_ON.fullmatch(before)
            )
            and VISIT.search(lowered(tagged[: place.start()]))
            and scene.country_of(place.group()) != scene.country_of(places[number - 1].group())
        ):
            role = "host"  # "took nurses from Ghana to Nepal", "a placement of Rwandan nurses at Kitui Hospital"
        roles.append(role)
    for number in range(len(places) - 2, -1, -1):  # "Ghana and Togo hosted": the verb stands after the last of a list
        between = tagged[places[number].end() : places[number + 1].start()]
        two = (
            scene.people(places[number].group())
            and scene.people(places[number + 1].group())
            and TWO_PEOPLES.fullmatch(between)
        )
        if roles[number] is None and (LINKED_LIST.match(between) or two):
            roles[number] = roles[number + 1]
    return [(place.group(), role) for place, role in zip(places, roles, strict=True) if role in ("host", "visitor")]


def _plain(part: str) -> str:
    """Return a part of a tagged sentence with innovations and dates as words, for they part no cue from its place."""
    return OTHER_TAG.sub("it", part)


def _role(before: str, after: str) -> str | None:
    before, after = lowered(before), lowered(after)
    strong = next((role for role, pattern in STRONG_AFTER if pattern.search(after)), None)
    if strong:
        return strong
    led = next((role for role, pattern in BEFORE if pattern.search(before)), None)
    return led or next((role for role, pattern in WEAK_AFTER if pattern.search(after)), None)


def _add(scene: Line, tagged: str, countries: list[str], organisations: list[str]) -> None:
    countries += [c for c in scene.countries_in(tagged) if c not in countries]
    organisations += [o for o in scene.organisations_in(tagged) if o not in organisations]
