"""Who hosted, who visited, and who took what up from whom: what the weights make of a text's sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from .innovations import InnovationMention
from .net import Net, shipped_net
from .passage import NOBODY, Belief, Passage, Seen, passages
from .passage_net import PassageNet, opinion_of, shipped_passage_nets
from .pooling import pooled, pooled_among
from .status import stage_of
from .sure import Beside, Seeming
from .uptakes import Option, Options
from .weights import Table, tables
from .when import DateMention

NONE = "none"
Meant = TypeVar("Meant")
LIKELY_SIDE, LIKELY_SOURCE, LIKELY_UPTAKE = 0.6, 0.3, 0.48  # chances from which something is proposed
_SOURCELESS = 0.45  # the same of an uptake of which no source is told, in a passage that tells of a visit
_ELSEWHERE = 0.62  # the same where no visit is told of, and the text is a page of prose or tells of no source
_OTHER_WAY, _RATHER = 0.3, 2.0  # a chance that a visit went the other way, and how much likelier that is
_AS_CLEARLY = 0.5  # the share of the clearest sentence's chance from which another sentence tells an uptake too
_SHORT = 3  # sentences of a text that somebody cut out for what it tells
_LIKELY_SIDE_IN_SHORT, _LIKELY_IN_SHORT = 0.5, 0.36  # the same chances in such a text, of a side and of an uptake
_WORTH_ASKING = 0.2  # a chance that a sentence tells of a visit or an uptake, from which nets read the whole passage
_DOUBTFUL = 0.02  # a chance that a sentence tells of an uptake, by the table alone, from which the net is asked
_LIKELY_TOLD = 0.03  # a chance that a sentence tells of an uptake, below which no more is asked
LIKELY_KIND = 0.5  # a chance from which an exchange is said to be of a kind
_OF_NO_KIND = "other"  # what an exchange is called that is of none of the kinds
_SOMEBODY = 0.7  # the chance that one of the countries in question took up what a sentence tells of
_NEAR = 3  # sentences in which the other side of a visit may follow
_UNTOLD = 0.02  # the chance of a source of which the net that reads passages has not heard
_FAINT = 0.02  # a chance of uptake below which its country is not asked for
_LIKELY_ORIGIN = 0.33  # a chance that a sentence says that something began in a country
_LIKELY_RULED = 0.23  # the same where a rule says so
LIKELY_THING, LIKELY_SITE, LIKELY_DATE = 0.1, 0.4, 0.4  # chances from which one of several options is meant


@dataclass(frozen=True, slots=True)
class Uptake:
    """That a country took something up, or will, might or did not; from whom, if from anybody."""

    country: str
    source: str | None
    status: str
    thing: InnovationMention | None = None
    site: str | None = None
    when: DateMention | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """That something began in a country: a thing, null where only a rule can say which."""

    country: str
    thing: InnovationMention | None


@dataclass
class Verdict:
    """What the weights make of a sentence."""

    hosts: list[str] = field(default_factory=list)
    visitors: list[str] = field(default_factory=list)
    kind: str | None = None  # of the exchange that it tells of, where the weights can say
    uptakes: list[Uptake] = field(default_factory=list)
    origins: list[Begun] = field(default_factory=list)


def judged(seen: list[Seen]) -> list[Verdict]:
    """Return a verdict a sentence. Cost: linear in the sentences, and in the countries that each speaks of."""
    by, net, wholes = tables(), shipped_net(), shipped_passage_nets()
    return [verdict for passage in passages(seen) for verdict in verdicts_on(passage, by, net, wholes)]


def hear(passage: Passage, travel: Table) -> None:
    """Give a passage what each sentence alone says of its countries: who hosted, who visited, where things began."""
    passage.hear(
        [
            {c: Belief(*travel.chances(passage.travel_traits(number, c))) for c in seen.travel}
            for number, seen in enumerate(passage.seen)
        ]
    )


def believe(passage: Passage, part: Table) -> None:
    """Give a passage what all its sentences together, once heard, make of each country."""
    for country in passage.first:
        passage.believe(country, *part.chances(passage.country_traits(country)))


def verdicts_on(
    passage: Passage, by: dict[str, Table], net: Net | None = None, wholes: Sequence[PassageNet] = ()
) -> list[Verdict]:
    """Return what weights make of each sentence of a passage, together with a net of sentences and nets of passages."""
    hear(passage, by["travel"])
    believe(passage, by["part"])
    seeming = seeming_uptakes(passage, by, net, wholes)
    verdicts = [Verdict() for _ in passage.seen]
    _place_visits(passage, verdicts)
    for number, (verdict, seen) in enumerate(zip(verdicts, passage.seen, strict=True)):
        if verdict.hosts or verdict.visitors or seen.kinds:
            verdict.kind = _kind(passage, number, by["kind"])
    _place_origins(passage, verdicts, by)
    for verdict, uptakes in zip(verdicts, _clearly_told(passage, seeming, by), strict=True):
        verdict.uptakes = uptakes
    return verdicts


def _clearly_told(passage: Passage, seeming: list[list[Seeming]], by: dict[str, Table]) -> list[list[Uptake]]:
    """Return the uptakes that a passage likely tells of, by the sentences that tell them most clearly, or nearly so."""
    beside = Beside(passage, seeming, by["direction"])
    likely = [
        [
            (one, told_more(Uptake(one.country, one.source, one.status), passage, number, by))
            for one in each
            if by["sure"].chance(beside.traits(number, one)) >= _least(one, passage)
            and not _went_the_other_way(one, passage)
        ]
        for number, each in enumerate(seeming)
    ]
    clearest: dict[Hashable, float] = defaultdict(float)
    for one, uptake in (told for each in likely for told in each):
        if uptake.thing:
            clearest[one.key] = max(one.chance, clearest[one.key])
    return [[uptake for one, uptake in each if one.chance >= _AS_CLEARLY * clearest[one.key]] for each in likely]


def _least(one: Seeming, passage: Passage) -> float:
    """Return the chance from which an uptake is proposed."""
    sourceless = one.source is None and one.status != "negated"
    if passage.is_of_something_else or (sourceless and not passage.tells_of_a_visit):
        return _ELSEWHERE
    if sourceless:
        return _SOURCELESS
    return _LIKELY_IN_SHORT if len(passage.seen) <= _SHORT else LIKELY_UPTAKE


def _went_the_other_way(one: Seeming, passage: Passage) -> bool:
    """Say whether, to the nets that read the whole, the adopter hosted and its source visited rather than they the reverse."""
    ours, theirs = passage.told_of(one.country), passage.told_of(one.source or "")
    if ours is None or theirs is None:
        return False
    other_way = ours.host * theirs.visitor
    return other_way > _OTHER_WAY and other_way > _RATHER * ours.visitor * theirs.host


def seeming_uptakes(
    passage: Passage, by: dict[str, Table], net: Net | None = None, wholes: Sequence[PassageNet] = ()
) -> list[list[Seeming]]:
    """Return what each sentence of a passage, once believed, seems to say was taken up, will be, might be or was not.

    The nets that read it as a whole are asked if a sentence may tell of a visit or an uptake.
    """
    told = _statuses(passage, by, net)
    if max([passage.tells, *(1 - statuses[NONE] for statuses in told)]) >= _WORTH_ASKING:
        passage.opinion = opinion_of(wholes, passage)
    return [list(_seeming(passage, number, statuses, by)) for number, statuses in enumerate(told)]


def _place_visits(passage: Passage, verdicts: list[Verdict]) -> None:
    """Give each side of the visits to the sentences that tell most of it; two halves near each other are one visit."""
    least = _LIKELY_SIDE_IN_SHORT if len(passage.seen) <= _SHORT else LIKELY_SIDE
    for country in passage.belief:
        hosted = [b[country].host if country in b else 0.0 for b in passage.told]
        visited = [b[country].visitor if country in b else 0.0 for b in passage.told]
        likely = _sides(passage, country)
        for chance, told, side in ((likely.host, hosted, "hosts"), (likely.visitor, visited, "visitors")):
            if chance >= least:
                getattr(verdicts[told.index(max(told))], side).append(country)
    for number, verdict in enumerate(verdicts):
        for later in verdicts[number + 1 : number + 1 + _NEAR]:
            if verdict.hosts and not verdict.visitors and later.visitors and not later.hosts:
                verdict.visitors, later.visitors = later.visitors, []
            elif verdict.visitors and not verdict.hosts and later.hosts and not later.visitors:
                verdict.hosts, later.hosts = later.hosts, []


def _sides(passage: Passage, country: str) -> Belief:
    """Return how likely a country hosted and visited, as the tables and the net of passages have it together."""
    mine, told = passage.belief[country], passage.told_of(country)
    return Belief(pooled([mine.host, told.host]), pooled([mine.visitor, told.visitor])) if told else mine


def _place_origins(passage: Passage, verdicts: list[Verdict], by: dict[str, Table]) -> None:
    """Give each country in which something likely began to the sentence that says so most clearly."""
    clearest: dict[str, tuple[float, int]] = {}
    for number, seen in enumerate(passage.seen):
        for country in seen.present:
            chance, told = passage.told[number].get(country, NOBODY).origin, passage.told_of(country)
            chance = pooled([chance, told.origin]) if told else chance
            least = _LIKELY_RULED if country in seen.origins else _LIKELY_ORIGIN
            if chance >= max(least, clearest.get(country, (0.0, 0))[0]):
                clearest[country] = chance, number
    for country, (_, number) in clearest.items():
        things = [] if country in passage.seen[number].origins else Options(passage, number, country).things()
        verdicts[number].origins.append(Begun(country, _meant(things, by["thing"], LIKELY_THING)))


def _kind(passage: Passage, number: int, table: Table) -> str | None:
    """Return what kind of exchange a sentence tells of; null where no kind is likely."""
    kind, chance = table.likeliest(passage.kind_traits(number))
    return kind if chance >= LIKELY_KIND and kind != _OF_NO_KIND else None


def _statuses(passage: Passage, by: dict[str, Table], net: Net | None) -> list[dict[str, float]]:
    """Return how likely each sentence tells of an uptake of each status, as the table and the net have it together."""
    table = by["uptake"]
    found = [
        dict(zip(table.outcomes, table.chances(passage.sentence_traits(number)), strict=True))
        if seen.uptake
        else {NONE: 1.0}
        for number, seen in enumerate(passage.seen)
    ]
    doubtful = [number for number, chances in enumerate(found) if 1 - chances[NONE] >= _DOUBTFUL]
    if net and doubtful:
        read = net.chances([(passage.read_words(number), passage.seen[number].manner) for number in doubtful])
        for number, chances in zip(doubtful, read.tolist(), strict=True):
            found[number] = pooled_among([found[number], dict(zip(net.outcomes, chances, strict=True))])
    return found


def _seeming(passage: Passage, number: int, statuses: dict[str, float], by: dict[str, Table]) -> Iterator[Seeming]:
    """Yield what a sentence seems to say was taken up, will be, might be or was not."""
    none = statuses[NONE]
    if 1 - none < _LIKELY_TOLD:
        return
    for country, here in _adopters(passage, number, by["adopter"]).items():
        likely = {s: chance for s, chance in statuses.items() if s != NONE and chance * here >= _FAINT}
        source, sure = _source(passage, number, country, by) if likely.keys() - {"negated"} else (None, 1.0)
        for status, chance in likely.items():
            if status == "negated":
                yield Seeming(country, None, status, chance, none, here)
            else:
                yield Seeming(country, source, status, chance, none, here * sure)


def _adopters(passage: Passage, number: int, table: Table) -> dict[str, float]:
    """Return how likely each country is the one that took up what a sentence tells of.

    Somebody did: where the chances come to little together, each is more than it is alone.
    """
    alone = {c: table.chance(passage.adopter_traits(number, c)) for c in passage.seen[number].uptake}
    together = min(1.0, max(sum(alone.values()), _SOMEBODY))
    return {country: min(1.0, chance / together) for country, chance in alone.items()}


def _source(passage: Passage, number: int, adopter: str, by: dict[str, Table]) -> tuple[str | None, float]:
    """Return the likeliest source, null where none is likely, and how likely that answer is."""
    tokens = passage.seen[number].tokens
    each: dict[str | None, float] = {
        other: by["source"].chance(passage.source_traits(number, adopter, other))
        for other in passage.sources_for(number, adopter)
        if passage.tells_of_a_visit or not tokens.lists(adopter, other)  # "used in Kenya and in Ghana"
    }
    most = max(each.values(), default=0.0)
    told = passage.opinion.sources.get(adopter) if passage.opinion else None
    if told is None:
        likeliest = max(each, key=lambda other: each[other]) if most >= LIKELY_SOURCE else None
        return likeliest, most if likeliest else 1 - most
    # one of them at most is the source: that it is this one and no other goes as the odds of this one
    odds: dict[str | None, float] = {None: 1.0, **{other: chance / (1 - chance) for other, chance in each.items()}}
    chances = pooled_among([odds, {other: told.get(other, _UNTOLD) for other in odds}])
    likeliest = max(chances, key=lambda other: chances[other])
    return likeliest, chances[likeliest]


def told_more(uptake: Uptake, passage: Passage, number: int, by: dict[str, Table]) -> Uptake:
    """Return an uptake with what its sentence says of it: what was taken up, at which site, when, and how far."""
    options = Options(passage, number, uptake.country)
    return replace(
        uptake,
        thing=_meant(options.things(), by["thing"], LIKELY_THING),
        site=_meant(options.sites(), by["site"], LIKELY_SITE),
        when=_meant(options.dates(), by["date"], LIKELY_DATE),
        stage=_stage(passage, number, uptake, by["stage"]),
    )


def _meant(options: list[Option[Meant]], table: Table, least: float) -> Meant | None:
    """Return the likeliest of some options; null where none is likely."""
    chances = [table.chance(option.traits) for option in options]
    best = max(chances, default=0.0)
    return options[chances.index(best)].meant if best >= least else None


def _stage(passage: Passage, number: int, uptake: Uptake, table: Table) -> str | None:
    """Return how far an adoption has come: what has not happened has come nowhere, but may be considered."""
    if uptake.status != "actual":
        return "considered" if stage_of(passage.seen[number].line.text) == "considered" else None
    return table.likeliest(passage.stage_traits(number))[0]
