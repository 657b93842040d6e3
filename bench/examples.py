"""The examples of each question that the weights answer: traits, whether it is so, and what the example weighs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from extraction import known
from fitting import Examples, yes
from labelled import Labelled, words_of
from southerly.ingest.extract.innovations import InnovationMention
from southerly.ingest.extract.judge import NONE
from southerly.ingest.extract.uptakes import Options
from southerly.ingest.extract.when import DateMention
from southerly.ontology.income import is_rich
from southerly.ontology.normal import fold
from southerly.ontology.vocabulary import ADOPTION_STAGES, find_term

_LESS = 0.35  # the weight of an example against that may be one for
_AMID = 0.2  # the same of a sentence that names a country of which another tells that something began there
PERHAPS = 0.5  # the same of a sentence that may tell of an adoption that another is quoted for
_STAGES = frozenset(ADOPTION_STAGES) - {"considered"}  # of what has happened
SIDES = {"host": "hosts", "visitor": "visitors"}


def travel(labelled: Iterable[Labelled], side: str) -> Examples:
    """Return each country that a sentence names, with whether the sentence tells that it hosted or visited."""
    found: Examples = []
    for one in labelled:
        ever = {c for e in one.exchanges for c in e.get(SIDES[side]) or ()}
        for number, seen in enumerate(one.passage.seen):
            told = {c for e in one.exchanges if one.tells(number, e) for c in e.get(SIDES[side]) or ()}
            for country in seen.travel:
                weight = one.weighs * (_LESS if country in ever - told else 1.0)
                found.append((one.shown(one.passage.travel_traits(number, country)), yes(country in told), weight))
    return found


def countries(labelled: Iterable[Labelled], side: str) -> Examples:
    """Return each country of each passage, with whether it hosted or visited."""
    found: Examples = []
    for one in labelled:
        ever = {c for e in one.exchanges for c in e.get(SIDES[side]) or ()}
        found += [(one.passage.country_traits(c), yes(c in ever), one.weighs) for c in one.passage.first]
    return found


def kinds(labelled: Iterable[Labelled]) -> Examples:
    """Return each sentence that tells of an exchange, with the kind of it."""
    found: Examples = []
    for one in labelled:
        for number in range(len(one.passage.seen)):
            kinds = dict.fromkeys(_kind(e) for e in one.exchanges if one.tells(number, e))
            found += [(one.shown(one.passage.kind_traits(number)), kind, one.weighs) for kind in kinds if kind]
    return found


def _kind(exchange: dict[str, Any]) -> str | None:
    """Return the term for the kind of an exchange; a learning exchange is South-South where no side is rich."""
    kind = exchange.get("type") or ""
    if kind == "learning exchange" and not any(map(is_rich, [*exchange["hosts"], *exchange["visitors"]])):
        return "south-south learning exchange"
    return find_term("exchange-type", kind)


def origins(labelled: Iterable[Labelled]) -> Examples:
    """Return each country that a sentence names, with whether the sentence tells that something began there.

    Labels do not say which sentence tells it: of those that name the country it is those in which a rule finds it, else
    those that name the thing, else any; the others may be meant too, and count little as examples against.
    """
    found: Examples = []
    for one in labelled:
        if one.origins is None:
            continue
        named: dict[str, list[int]] = defaultdict(list)
        for number, seen in enumerate(one.passage.seen):
            for country in seen.present:
                named[country].append(number)
        for country, numbers in named.items():
            tells = _telling(one, country, numbers) if country in one.origins else {}
            against = _AMID if tells else 1.0
            for number in numbers:
                traits = one.shown(one.passage.travel_traits(number, country))
                found.append((traits, yes(number in tells), one.weighs * tells.get(number, against)))
    return found


def _telling(one: Labelled, country: str, numbers: list[int]) -> dict[int, float]:
    """Return which of some sentences tell that something began in a country, and how sure that is of each."""
    seen, began = one.passage.seen, (one.origins or {})[country]
    ruled = [n for n in numbers if country in seen[n].origins]
    if ruled:
        return dict.fromkeys(ruled, 1.0)
    about = [n for n in numbers if words_of(seen[n].line.text) & began] or numbers
    return dict.fromkeys(about, 1 / len(about))


def transfers(labelled: Iterable[Labelled]) -> Iterable[tuple[Labelled, str, str]]:
    """Yield each pair of countries that a passage names of which one learned from the other, and not that from it."""
    for one in labelled:
        told = {(a.get("country") or "", a.get("learned_from") or "") for a in one.adoptions}
        for learner, teacher in sorted(told):
            if one.passage.ever(learner) and one.passage.ever(teacher) and (teacher, learner) not in told:
                yield one, learner, teacher


def uptakes(labelled: Iterable[Labelled]) -> Examples:
    """Return each sentence, with the status of the adoption that it tells of."""
    return [
        (one.shown(one.passage.sentence_traits(number)), outcome, one.weighs * weight)
        for one, number, outcome, weight in statuses(labelled)
    ]


def statuses(labelled: Iterable[Labelled]) -> Iterable[tuple[Labelled, int, str, float]]:
    """Yield each sentence with the status of the adoption that it tells of, and what it weighs as an example."""
    for one in labelled:
        for number, seen in enumerate(one.passage.seen):
            if not seen.uptake:  # it is about nobody, and is not asked
                continue
            told = Counter(a.get("status", "actual") for a in one.adoptions if one.tells(number, a))
            outcome = told.most_common(1)[0][0] if told else NONE
            weight = PERHAPS if not told and one.speaks_of_an_adoption(number) else 1.0
            yield one, number, outcome, weight


def adopters(labelled: Iterable[Labelled]) -> Examples:
    """Return each country of each sentence that tells of an adoption, with whether it adopted."""
    found: Examples = []
    for one in labelled:
        for number, seen in enumerate(one.passage.seen):
            adopted = {a.get("country") for a in one.adoptions if one.tells(number, a)}
            if adopted:
                found += [
                    (one.shown(one.passage.adopter_traits(number, c)), yes(c in adopted), one.weighs)
                    for c in seen.uptake
                ]
    return found


def sources(labelled: Iterable[Labelled]) -> Examples:
    """Return each country beside each adopter, with whether it learned from that."""
    found: Examples = []
    for one in labelled:
        for number, seen in enumerate(one.passage.seen):
            told: dict[str, set[str]] = defaultdict(set)
            for adoption in one.adoptions:
                if adoption.get("status") != "negated" and one.tells(number, adoption):
                    told[adoption.get("country") or ""].add(adoption.get("learned_from") or "")
            for adopter in seen.uptake:
                if adopter in told:
                    for other in one.passage.sources_for(number, adopter):
                        traits = one.shown(one.passage.source_traits(number, adopter, other))
                        found.append((traits, yes(other in told[adopter]), one.weighs))
    return found


def options(labelled: Iterable[Labelled], name: str) -> Examples:
    """Return each thing, site or date that a told adoption may mean, with whether it does."""
    found: Examples = []
    for one, number, adoption in _told(labelled):
        key, meant, options_of = OPTIONS[name]
        if key in adoption:
            options = options_of(Options(one.passage, number, adoption.get("country") or ""))
            found += [(option.traits, yes(meant(option.meant, adoption[key])), one.weighs) for option in options]
    return found


def stages(labelled: Iterable[Labelled]) -> Examples:
    """Return each sentence that tells of an adoption, with how far that has come."""
    return [
        (list(one.passage.stage_traits(number)), adoption["stage"], one.weighs)
        for one, number, adoption in _told(labelled)
        if adoption.get("stage") in _STAGES and adoption.get("status", "actual") == "actual"
    ]


def _told(labelled: Iterable[Labelled]) -> Iterable[tuple[Labelled, int, dict[str, Any]]]:
    """Yield each adoption with each sentence that tells of it."""
    for one in labelled:
        for number in range(len(one.passage.seen)):
            yield from ((one, number, adoption) for adoption in one.adoptions if one.tells(number, adoption))


def _same_thing(mention: InnovationMention, label: str | None) -> bool:
    """Say whether an innovation is what a label names: the same known one, or half of the shorter name's words."""
    if not label:
        return False
    words, others = words_of(mention.name), words_of(label)
    shared = 2 * len(words & others) >= min(len(words), len(others)) > 0
    return shared or mention.name == known(label)


def _same_site(site: str, label: str | None) -> bool:
    return fold(site) == fold(label or "")


def _same_date(date: DateMention, label: object) -> bool:
    """Say whether a date is the one that a label gives, or names the same year."""
    return (
        bool(label) and str(date.named)[:4] == str(label).strip("[].")[:4] and len(str(date.named)) >= len(str(label))
    )


#: The questions of which option is meant: the label's key, how they are compared, and where the options come from.
OPTIONS: dict[str, tuple[str, Callable[[Any, Any], bool], Callable[[Options], list[Any]]]] = {
    "thing": ("innovation", _same_thing, Options.things),
    "site": ("site", _same_site, Options.sites),
    "date": ("when", _same_date, Options.dates),
}
