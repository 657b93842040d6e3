"""Candidate claims of a text: what its sentences say, as rows of the claim schema, each with its sentence's place.

Nothing here counts until somebody has reviewed it. A field that the sentence does not tell stays null.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ...graph.dates import parse_edtf
from .discourse import Discourse, Line
from .effects import effects_of
from .exchanges import ExchangeFound, exchange_type, exchanges_in
from .innovations import InnovationMention
from .judge import Uptake, Verdict, judged
from .origins import OriginFound, origins_in
from .passage import PAGE, Seen
from .scene import Scene, scenes
from .things import thing_seen, thing_spoken_of, thing_taken_up
from .tokens import Tokens
from .traits import Traits
from .weights import Table, tables
from .when import DateMention

_DEFINED = re.compile(r"\s*\((?:the\s+)?([A-Z][A-Za-z0-9&+/-]{1,9})\)")
_HEARD = 20  # sentences for which a text is about an exchange that it told of
_LONGEST = 1500  # characters; what is longer is a table or a list, not a sentence
#: A target's result, told after it: "Scorecards introduced in Guinea. Not achieved."
_NOT_DONE = re.compile(
    r"(?:result|status|achieved)?\s*:?\s*(?:not (?:achieved|met|done|started|begun)|no\b\.?$|nil\b)", re.IGNORECASE
)
#: Visitors who came to teach, not to learn.
_TO_TEACH = re.compile(
    r"(?<!learn )(?<!how )\bto (?:help |then )?(?:train|teach|coach|mentor|demonstrate|advise)\b(?! (?:their|its) (?:own )?(?:colleagues|peers|staff))"
    r"|\b(?:came|went|travell?ed|flew)\b[^.;]{0,60}\band (?:demonstrated|taught|trained|showed|coached)\b",
    re.IGNORECASE,
)
_CHANNELS = {"health partnership": "health partnership", "bidirectional staff exchange": "staff exchange", "study tour": "learning exchange", "south-south learning exchange": "learning exchange"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that a sentence seems to make: its kind, status and content, and where the sentence is in the text."""

    kind: str
    status: str
    content: dict[str, Any]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as it was read in its turn: what the rules found in it, and its traits for the weights."""

    line: Line
    exchanges: list[ExchangeFound]
    origins: list[OriginFound]
    undone: bool  # the next sentence says that it was not done
    about: bool  # it stands amid talk of people who learn from one another
    seen: Seen


def readings(text: str, language: str = "en") -> Iterator[Reading]:
    """Yield the sentences of a text, each read with what those before it told. Cost: linear in the text."""
    found = scenes(text, language)
    told = Discourse(found)
    for number, scene in enumerate(found):
        if scene.end - scene.start > _LONGEST:
            continue
        line = told.line(scene)
        exchanges = exchanges_in(line, told)
        for exchange in exchanges:
            if told.home and len(exchange.hosts) == 1 and not exchange.visitors and told.home not in exchange.hosts:
                exchange.visitors = [told.home]  # the heading says whose party it was
        tokens = Tokens(line)
        before = after = Traits(tokens, line, told, number)
        for exchange in exchanges:
            began = line.dates[0].earliest if len(line.dates) == 1 else None
            told.take(exchange, teaching=bool(_TO_TEACH.search(line.tagged)), began=began)
        if exchanges:
            after = Traits(tokens, line, told, number)
        travel = {country: before.of(country) for country in dict.fromkeys([*before.present, *before.scope])}
        uptake = {c: travel[c] if not exchanges and c in travel else after.of(c) for c in after.scope}
        origins = origins_in(line, told)
        actual = [e for e in exchanges if e.status != "negated"]
        seen = Seen(
            line,
            after.present,
            after.words,
            travel,
            uptake,
            after.manner,
            after.memory(),
            tokens,
            after.way,
            told.things_before(),
            hosts={c for e in actual for c in e.hosts},
            visitors={c for e in actual for c in e.visitors},
            kinds={e.type for e in exchanges if e.type},
            origins={o.country for o in origins},
        )
        undone = number + 1 < len(found) and bool(_NOT_DONE.match(found[number + 1].text))
        yield Reading(line, exchanges, origins, undone, told.about_exchange(), seen)
        told.doers = after.doers() or told.doers
        told.leave(line, _thing(line, told))


def candidates(text: str, language: str = "en") -> Iterator[Candidate]:
    """Yield the candidate claims of a text in its order. Cost: linear in the text.

    A known innovation of which no sentence says more is told by an origin claim without a country, which contests
    nothing: the report speaks of it.
    """
    read = list(readings(text, language))
    spoken: dict[str, Candidate] = {}
    claimed: set[str] = set()
    heard = 0 if len(read) < PAGE else -_HEARD  # when an exchange was last told of; a short text is all about one
    by = tables()
    for number, (reading, verdict) in enumerate(zip(read, judged([r.seen for r in read]), strict=True)):
        scene = reading.line.scene
        exchanges = _with_sides(reading, verdict)
        for exchange in exchanges:
            if _says_something(exchange, scene):
                yield _candidate(scene, "exchange", exchange.status, _exchange(exchange, scene))
        adoptions = [_undone(u) if reading.undone else u for u in verdict.uptakes if u.thing]
        claimed.update(a.thing.name for a in adoptions if a.thing)
        origins = list(_origins_of(reading, verdict))
        claimed.update(o.innovation.name for o in origins)
        for mention in scene.innovations:
            if mention.known and mention.name not in spoken:
                content = {"innovation": mention.name, "innovation_kind": mention.kind}
                spoken[mention.name] = _candidate(scene, "origin", "actual", content)
        for adoption in adoptions:
            yield _candidate(
                scene, "adoption", adoption.status, _adoption(adoption, exchanges[0] if exchanges else None)
            )
        for origin in origins:
            yield _candidate(scene, "origin", "actual", _origin(origin))
        if exchanges or adoptions:
            heard = number
        if reading.about or number - heard < _HEARD:
            yield from _effects(reading, adoptions, by)
        yield from _names(scene)
    yield from (candidate for name, candidate in spoken.items() if name not in claimed)


def _with_sides(reading: Reading, verdict: Verdict) -> list[ExchangeFound]:
    """Return the exchanges of a sentence with the sides that its passage makes likely."""
    exchanges = list(reading.exchanges)
    hosts, visitors = list(verdict.hosts), list(verdict.visitors)
    for exchange in exchanges:
        if exchange.status == "negated":
            continue
        if exchange.mutual and {*hosts, *visitors} & {*exchange.hosts, *exchange.visitors}:
            continue  # it takes two: of partners of whom one is likely, the other is too
        exchange.hosts = [c for c in exchange.hosts if c in hosts]
        exchange.visitors = [c for c in exchange.visitors if c in visitors]
    told = {c for e in exchanges for c in e.hosts}, {c for e in exchanges for c in e.visitors}
    more = [c for c in hosts if c not in told[0]], [c for c in visitors if c not in told[1]]
    actual = next((e for e in exchanges if e.status != "negated"), None)
    if (more[0] or more[1]) and (actual or not exchanges):  # where the only exchange did not take place, none did
        if actual is None:
            actual = ExchangeFound(exchange_type(reading.line.text))
            exchanges.append(actual)
        actual.hosts += more[0]
        actual.visitors += more[1]
    if actual and verdict.kind:
        actual.type = verdict.kind
    return exchanges


def _origins_of(reading: Reading, verdict: Verdict) -> Iterator[OriginFound]:
    """Yield where a sentence likely says that something began, as the rules read it where they do."""
    ruled = {origin.country: origin for origin in reading.origins}
    for begun in verdict.origins:
        if begun.country in ruled:
            yield ruled[begun.country]
        elif begun.thing:
            yield OriginFound(begun.thing, begun.country, None, None)


def _undone(uptake: Uptake) -> Uptake:
    """Return an uptake of which the text says that it was not done."""
    return replace(uptake, status="negated", source=None, stage=None)


def _thing(line: Line, told: Discourse) -> InnovationMention | None:
    """Return what a sentence amid talk of exchanges says was shown or taken up, for "it" in the sentences after it."""
    if line.innovations or not (told.about_exchange() or told.heard_at == told.at):
        return None
    return thing_seen(line) or thing_taken_up(line, line.tagged) or thing_spoken_of(line)


def _candidate(scene: Scene, kind: str, status: str, content: dict[str, Any]) -> Candidate:
    return Candidate(kind, status, {k: v for k, v in content.items() if v not in (None, [])}, scene.start, scene.end)


def _says_something(found: ExchangeFound, scene: Scene) -> bool:
    """Say whether a sentence tells more of an exchange than that there are such things."""
    sides = found.hosts or found.visitors or found.host_organisations or found.visiting_organisations
    return bool(
        sides
        or found.participants
        or found.debrief
        or found.funders
        or found.facilitators
        or (found.mission and "mission" in scene.text.lower())
        or (found.type and (scene.dates or scene.countries))
    )


def _exchange(found: ExchangeFound, scene: Scene) -> dict[str, Any]:
    return {
        "exchange_type": found.type,
        "host_countries": found.hosts,
        "host_organisations": found.host_organisations,
        "visiting_countries": found.visitors,
        "visiting_organisations": found.visiting_organisations,
        "direction": "bidirectional" if found.mutual else None,
        "funders": found.funders,
        "facilitators": found.facilitators,
        "shown": list(dict.fromkeys(m.name for m in scene.innovations)),
        "participants": found.participants,
        "cadre": found.cadre,
        "debrief": "yes" if found.debrief else None,
        "mission": "yes" if found.mission else None,
        **_spell(scene.dates[0] if scene.dates else None),
    }


def _adoption(found: Uptake, exchange: ExchangeFound | None) -> dict[str, Any]:
    return {
        "innovation": found.thing and found.thing.name,
        "innovation_kind": found.thing and found.thing.kind,
        "country": found.country,
        "site": found.site,
        "stage": found.stage,
        "source_country": found.source,
        "channel": _CHANNELS.get(exchange.type or "") if exchange and found.source else None,
        **_began(found.when),
    }


def _origin(found: OriginFound) -> dict[str, Any]:
    return {
        "innovation": found.innovation.name,
        "innovation_kind": found.innovation.kind,
        "country": found.country,
        "site": found.site,
        **_began(found.when),
    }


def _effects(reading: Reading, adoptions: list[Uptake], by: dict[str, Table]) -> Iterator[Candidate]:
    """Yield what a sentence says that an exchange or adoption led to, and what taught, helped or hindered."""
    scene = reading.line.scene
    effects = effects_of(reading.seen, by)
    if not effects:
        return
    innovation = scene.innovations[0] if scene.innovations else (adoptions[0].thing if adoptions else None)
    countries = list(dict.fromkeys(a.country for a in adoptions if a.country))
    if not countries and effects.level and len({m.iso3 for m in scene.countries}) == 1:
        countries = [scene.countries[0].iso3]
    yield _candidate(
        scene,
        "outcome",
        effects.measure.status,
        {
            "innovation": innovation.name if innovation and innovation.kind else None,
            "countries": countries,
            "outcome": " ".join(scene.text.split()) if effects.level else None,
            "outcome_level": effects.level,
            "metric": effects.measure.metric,
            "value": effects.measure.value,
            "mechanisms": effects.mechanisms,
            "enablers": effects.enablers,
            "barriers": effects.barriers,
            **(_began(scene.dates[0]) if effects.level and len(scene.dates) == 1 else {}),
        },
    )


def _names(scene: Scene) -> Iterator[Candidate]:
    """Yield the acronyms that a sentence defines for an innovation: "kangaroo mother care (KMC)"."""
    for mention in scene.innovations:
        at = mention.end - scene.start
        if defined := _DEFINED.match(scene.text, at):
            content = {"innovation": mention.name, "name": defined.group(1), "name_type": "acronym"}
            yield _candidate(scene, "name", "actual", content)


def _began(when: DateMention | None) -> dict[str, Any]:
    if when is None:
        return {}
    said = " ".join(when.said.split())
    return {"when_said": said, "when": when.edtf, "earliest": when.earliest, "latest": when.latest}


def _spell(when: DateMention | None) -> dict[str, Any]:
    """Return the begin and the end of an exchange that lasted."""
    if when is None or "/" not in when.as_spell:
        return _began(when)
    first, last = (parse_edtf(part) for part in when.as_spell.split("/"))
    said = " ".join(when.said.split())
    return {
        "when_said": said,
        "when": first.edtf,
        "earliest": first.earliest,
        "latest": first.latest,
        "end_said": said,
        "end": last.edtf,
        "end_earliest": last.earliest,
        "end_latest": last.latest,
    }
