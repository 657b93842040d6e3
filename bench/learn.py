"""Learn the weights by which extraction tells hosts, visitors and adopters, from labelled passages.

    python bench/learn.py [SET ...] [-o weights.csv]

Each table is a logistic regression over traits (ingest/extract/traits.py, passage.py) with a penalty on the squared
weights. A table that reads what another believes is learned from beliefs about passages that the other had not seen
(five folds, or two), as it will meet them. A sentence counts as one that tells of a fact if it is in the label's
`quote`; other sentences that name the same country count less as examples against, for they may tell it too. Outcomes
and factors are learned from the sets whose labels tell of them (`factors-*` and later `retold-*`), and a net beside the
table of uptakes (learn_net.py), in `weights.npz`. It takes half an hour. Learn again when the traits, or the rules
whose finds are among them, have changed.

To ask how well text by somebody new is read, learn without a set and measure on it:

    python bench/learn.py bench/passages/long-0[2-9].yaml -o ingest/extract/weights.csv
    python bench/extraction.py --set long-01
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import learn_net
import numpy as np
import yaml
from extraction import known
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from southerly.ingest.extract import weights as shipped
from southerly.ingest.extract.candidates import readings
from southerly.ingest.extract.effects import EFFECTS, FACTORS, OUTCOME, effect_traits
from southerly.ingest.extract.innovations import InnovationMention
from southerly.ingest.extract.judge import NONE, believe, hear, seeming_uptakes
from southerly.ingest.extract.net import Net
from southerly.ingest.extract.passage import Passage, passages
from southerly.ingest.extract.sure import Beside
from southerly.ingest.extract.tokens import PAIR
from southerly.ingest.extract.uptakes import Options
from southerly.ingest.extract.weights import BIAS, EACH, ONE, PARTS, Table
from southerly.ingest.extract.when import DateMention
from southerly.ontology.income import is_rich
from southerly.ontology.normal import fold
from southerly.ontology.vocabulary import ADOPTION_STAGES, find_term

_UNTUNED = ("long", "short", "retold")  # the sets that nobody who mended the rules had read
_LEARNED = (*_UNTUNED, "plain", "told", "rules", "seen")
_OF_EFFECTS = ("factors",)  # the sets whose labels tell, by sentence, of outcomes and factors and nothing else
_OF_ALL = ("retold",)  # the sets whose labels tell of those too, where they have them
_REAL = {"retold": 4.0}  # what examples weigh that retell real pages, for reports are like those
_FOLDS, _HALVES, _SEED = 5, 2, 1
_LESS = 0.35  # the weight of an example against that may be one for
_AMID = 0.2  # the same of a sentence that names a country of which another tells that something began there
_PERHAPS = 0.5  # the same of a sentence that may tell of an adoption that another is quoted for
_REVERSED = 4.0  # the same of an uptake of which the passage tells the opposite
_FEWEST = 3  # examples in which a trait must be seen
_FEWEST_PAIRS = 6  # the same of two words that stand together, of which there are many
_FAINT = 3  # hundredths; weights nearer to nothing are left out
_PENALTY = {
    "travel": 0.05,
    "part": 0.3,
    "uptake": 0.06,
    "adopter": 0.1,
    "source": 0.1,
    "kind": 0.3,
    "thing": 0.1,
    "site": 0.1,
    "date": 0.1,
    "stage": 0.1,
    "direction": 0.005,
    "sure": 0.1,
    "effect": 1.0,
    "level": 1.0,
    "mechanism": 1.0,
    "enabler": 1.0,
    "barrier": 1.0,
}  # the less, the smaller weights
_YES = "yes"
_SIDES = {"host": "hosts", "visitor": "visitors"}

Examples = list[tuple[list[str], str, float]]  # traits, outcome, weight


@dataclass
class Labelled:
    """A passage of the reader's, with the labels of the text that it is from."""

    passage: Passage
    weighs: float  # what its examples count
    tuned: bool  # the rules were tuned on it, so that what they find there is no sign of what they find elsewhere
    exchanges: list[dict[str, Any]]
    adoptions: list[dict[str, Any]]
    origins: dict[str, set[str]] | None  # by country, words of the names of what began there; null where nobody told
    effects: dict[str, list[dict[str, Any]]]  # outcomes, and factors by kind; empty where nobody told

    def shown(self, traits: Iterable[str]) -> list[str]:
        """Return the traits to learn from."""
        return [t for t in traits if not t.startswith("rule ")] if self.tuned else list(traits)

    def tells(self, number: int, label: dict[str, Any]) -> bool:
        """Say whether a sentence is, or is in, the quote of a label."""
        quote, sentence = _flat(label.get("quote") or ""), _flat(self.passage.seen[number].line.text)
        return bool(quote) and (sentence in quote or quote in sentence or _overlap(quote, sentence))

    def speaks_of_an_adoption(self, number: int) -> bool:
        """Say whether a sentence names the thing or the country of an adoption of the passage."""
        seen = self.passage.seen[number]
        words = _words(seen.line.text)
        actual = (a for a in self.adoptions if a.get("status", "actual") == "actual")
        return any(a.get("country") in seen.present or words & _words(a.get("innovation") or "") for a in actual)


def main() -> None:
    """Learn, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "sets", nargs="*", type=Path, help="files of passages; all that are there to learn from if none"
    )
    parser.add_argument(
        "-o", dest="path", type=Path, help="where the weights go; where Southerly reads them if not given"
    )
    asked = parser.parse_args()
    sets = asked.sets or [*sets_of(_LEARNED), *sets_of(_OF_EFFECTS)]
    read = {path.stem: list(read_set(path)) for path in sets}
    labelled = [one for name, each in read.items() if not name.startswith(_OF_EFFECTS) for one in each]
    by = learn(labelled)
    by |= learn_effects(
        [one for name, each in read.items() if name.startswith((*_OF_EFFECTS, *_OF_ALL)) for one in each]
    )
    path = asked.path or Path(str(shipped.__file__)).with_name("weights.csv")
    write(by, path)
    learn_net.write(uptake_net(labelled), path.with_suffix(".npz"))


def sets_of(kinds: Iterable[str]) -> list[Path]:
    """Return the files of passages whose names begin with one of some words."""
    folder = Path(__file__).parent / "passages"
    return [path for kind in kinds for path in sorted(folder.glob(f"{kind}*.yaml"))]


def read_set(path: Path) -> Iterable[Labelled]:
    """Yield the passages of a file of labelled texts."""
    tuned = not path.stem.startswith(_UNTUNED)
    weighs = _REAL.get(path.stem.split("-")[0], 1.0)
    for told in yaml.load_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
        labels = told["labels"]
        seen = [reading.seen for reading in readings(told["text"], told.get("language", "en"))]
        exchanges, adoptions = labels.get("exchanges") or [], labels.get("adoptions") or []
        origins = origins_told(labels)
        effects = {e: labels[f"{e}s"] or [] for e in EFFECTS} if f"{OUTCOME}s" in labels else {}
        for passage in passages(seen):
            yield Labelled(passage, weighs, tuned, exchanges, adoptions, origins, effects)


def origins_told(labels: dict[str, Any]) -> dict[str, set[str]] | None:
    """Return the countries in which labels say that things began, with words of their names; null if nobody told."""
    if labels.get("innovations") is None:
        return None
    found: dict[str, set[str]] = defaultdict(set)
    for label in labels["innovations"]:
        if label.get("origin"):
            found[label["origin"]] |= _words(label["name"])
    return found


def learn(labelled: list[Labelled]) -> dict[str, Table]:
    """Return the tables learned from passages."""
    by: dict[str, Table] = {}
    for rest, held in _folds(labelled, _FOLDS):
        travel = _fit("travel", {side: _travel(rest, side) for side in _SIDES})
        for one in held:
            hear(one.passage, travel)
    sides = {side: _travel(labelled, side) for side in _SIDES}
    by["travel"] = _fit("travel", {**sides, "origin": _origins(labelled)})
    by["part"] = _fit("part", {side: _countries(labelled, side) for side in _SIDES})
    for one in labelled:
        believe(one.passage, by["part"])
    by["kind"] = _fit_one("kind", _kinds(labelled))
    by |= learn_uptakes(labelled)
    by |= {name: _fit(name, {_YES: _options(labelled, name)}) for name in _OPTIONS}
    by["stage"] = _fit_one("stage", _stages(labelled))
    by["sure"] = learn_sure(labelled)
    return by


def learn_uptakes(labelled: list[Labelled]) -> dict[str, Table]:
    """Return the tables by which sentences of passages, once believed, seem to tell of uptakes."""
    return {
        "uptake": _fit_one("uptake", _uptakes(labelled)),
        "adopter": _fit("adopter", {_YES: _adopters(labelled)}),
        "source": _fit("source", {_YES: _sources(labelled)}),
        "direction": learn_direction(labelled),
    }


def learn_sure(labelled: list[Labelled]) -> Table:
    """Return the table by which what a passage seems to tell is told from what it does not.

    It is learned from what tables and nets that had not seen the passages make of them.
    """
    found: Examples = []
    for rest, held in _folds(labelled, _HALVES):
        found += sure_examples(held, learn_uptakes(rest), uptake_net(rest))
    return _fit("sure", {_YES: found})


def sure_examples(held: list[Labelled], by: dict[str, Table], net: Net) -> Examples:
    """Return each uptake that passages seem to tell of, with whether they do."""
    found: Examples = []
    for one in held:
        told = {(a.get("country"), a.get("learned_from"), a.get("status", "actual")) for a in one.adoptions}
        ways = {(country, source) for country, source, _ in told}
        seeming = seeming_uptakes(one.passage, by, net)
        beside = Beside(one.passage, seeming, by["direction"])
        for number, each in enumerate(seeming):
            tells = any(one.tells(number, adoption) for adoption in one.adoptions)
            for uptake in each:
                weight = _PERHAPS if uptake.key in told and not tells else 1.0
                if (uptake.source, uptake.country) in ways and (uptake.country, uptake.source) not in ways:
                    weight = _REVERSED
                found.append((list(beside.traits(number, uptake)), _yes(uptake.key in told), one.weighs * weight))
    return found


def learn_effects(labelled: list[Labelled]) -> dict[str, Table]:
    """Return the tables by which sentences tell of outcomes and factors."""
    telling = [one for one in labelled if one.effects]
    each = [(effect_traits(seen), one, number) for one in telling for number, seen in enumerate(one.passage.seen)]
    if not each:
        return {}
    told = {effect: [(traits, _names(one, number, effect)) for traits, one, number in each] for effect in EFFECTS}
    by = {"effect": _fit("effect", {e: [(s, _yes(bool(names)), 1.0) for s, names in told[e]] for e in EFFECTS})}
    by["level"] = _fit_one("level", [(s, level, 1.0) for s, levels in told[OUTCOME] for level in sorted(levels)])
    for factor in FACTORS:
        known = sorted(set().union(*(names for _, names in told[factor])))
        questions = {term: [(s, _yes(term in names), 1.0) for s, names in told[factor] if names] for term in known}
        by[factor] = _fit(factor, questions)
    return by


def _names(one: Labelled, number: int, effect: str) -> set[str]:
    """Return the levels of the outcomes, or the terms of the factors of a kind, that a sentence tells of."""
    return {label.get("level") or label["term"] for label in one.effects[effect] if one.tells(number, label)}


def learn_direction(labelled: Iterable[Labelled]) -> Table:
    """Return the table by which, of two countries, the one that learned from the other is told from that one.

    It is learned from what the passage says of the one and not of the other, each pair taken both ways.
    """
    pairs = [(one.passage.ever(learner), one.passage.ever(teacher)) for one, learner, teacher in _transfers(labelled)]
    _, column = matrix_of([ours ^ theirs for ours, theirs in pairs])
    forth, _ = matrix_of([ours - theirs for ours, theirs in pairs], column)
    back, _ = matrix_of([theirs - ours for ours, theirs in pairs], column)
    model = LogisticRegression(C=_PENALTY["direction"], fit_intercept=False, max_iter=400)
    model.fit(vstack([forth - back, back - forth]), [_YES] * len(pairs) + ["no"] * len(pairs))
    return Table((_YES,), one=False, weights=_weights(model, column))


def _origins(labelled: Iterable[Labelled]) -> Examples:
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
                found.append((traits, _yes(number in tells), one.weighs * tells.get(number, against)))
    return found


def _telling(one: Labelled, country: str, numbers: list[int]) -> dict[int, float]:
    """Return which of some sentences tell that something began in a country, and how sure that is of each."""
    seen, began = one.passage.seen, (one.origins or {})[country]
    ruled = [n for n in numbers if country in seen[n].origins]
    if ruled:
        return dict.fromkeys(ruled, 1.0)
    about = [n for n in numbers if _words(seen[n].line.text) & began] or numbers
    return dict.fromkeys(about, 1 / len(about))


def _transfers(labelled: Iterable[Labelled]) -> Iterable[tuple[Labelled, str, str]]:
    """Yield each pair of countries that a passage names of which one learned from the other, and not that from it."""
    for one in labelled:
        told = {(a.get("country") or "", a.get("learned_from") or "") for a in one.adoptions}
        for learner, teacher in sorted(told):
            if one.passage.ever(learner) and one.passage.ever(teacher) and (teacher, learner) not in told:
                yield one, learner, teacher


def _travel(labelled: Iterable[Labelled], side: str) -> Examples:
    """Return each country that a sentence names, with whether the sentence tells that it hosted or visited."""
    found: Examples = []
    for one in labelled:
        ever = {c for e in one.exchanges for c in e.get(_SIDES[side]) or ()}
        for number, seen in enumerate(one.passage.seen):
            told = {c for e in one.exchanges if one.tells(number, e) for c in e.get(_SIDES[side]) or ()}
            for country in seen.travel:
                weight = one.weighs * (_LESS if country in ever - told else 1.0)
                found.append((one.shown(one.passage.travel_traits(number, country)), _yes(country in told), weight))
    return found


def _countries(labelled: Iterable[Labelled], side: str) -> Examples:
    """Return each country of each passage, with whether it hosted or visited."""
    found: Examples = []
    for one in labelled:
        ever = {c for e in one.exchanges for c in e.get(_SIDES[side]) or ()}
        found += [(one.passage.country_traits(c), _yes(c in ever), one.weighs) for c in one.passage.first]
    return found


def _kinds(labelled: Iterable[Labelled]) -> Examples:
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


def uptake_net(labelled: list[Labelled]) -> Net:
    """Return a net that tells the status of the adoption that a sentence tells of, once all believe what they do."""
    sentences = [
        (one.passage.read_words(number), one.passage.seen[number].manner, outcome, weight)
        for one, number, outcome, weight in _statuses(labelled)
    ]
    return learn_net.train(sentences, sorted({outcome for _, _, outcome, _ in sentences}))


def _uptakes(labelled: Iterable[Labelled]) -> Examples:
    """Return each sentence, with the status of the adoption that it tells of."""
    return [
        (one.shown(one.passage.sentence_traits(number)), outcome, one.weighs * weight)
        for one, number, outcome, weight in _statuses(labelled)
    ]


def _statuses(labelled: Iterable[Labelled]) -> Iterable[tuple[Labelled, int, str, float]]:
    """Yield each sentence with the status of the adoption that it tells of, and what it weighs as an example."""
    for one in labelled:
        for number, seen in enumerate(one.passage.seen):
            if not seen.uptake:  # it is about nobody, and is not asked
                continue
            told = Counter(a.get("status", "actual") for a in one.adoptions if one.tells(number, a))
            outcome = told.most_common(1)[0][0] if told else NONE
            weight = _PERHAPS if not told and one.speaks_of_an_adoption(number) else 1.0
            yield one, number, outcome, weight


def _adopters(labelled: Iterable[Labelled]) -> Examples:
    """Return each country of each sentence that tells of an adoption, with whether it adopted."""
    found: Examples = []
    for one in labelled:
        for number, seen in enumerate(one.passage.seen):
            adopted = {a.get("country") for a in one.adoptions if one.tells(number, a)}
            if adopted:
                found += [
                    (one.shown(one.passage.adopter_traits(number, c)), _yes(c in adopted), one.weighs)
                    for c in seen.uptake
                ]
    return found


def _sources(labelled: Iterable[Labelled]) -> Examples:
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
                        found.append((traits, _yes(other in told[adopter]), one.weighs))
    return found


def _options(labelled: Iterable[Labelled], name: str) -> Examples:
    """Return each thing, site or date that a told adoption may mean, with whether it does."""
    found: Examples = []
    for one, number, adoption in _told(labelled):
        key, meant, options_of = _OPTIONS[name]
        if key in adoption:
            options = options_of(Options(one.passage, number, adoption.get("country") or ""))
            found += [(option.traits, _yes(meant(option.meant, adoption[key])), one.weighs) for option in options]
    return found


def _stages(labelled: Iterable[Labelled]) -> Examples:
    """Return each sentence that tells of an adoption, with how far that has come."""
    return [
        (list(one.passage.stage_traits(number)), adoption["stage"], one.weighs)
        for one, number, adoption in _told(labelled)
        if adoption.get("stage") in ADOPTION_STAGES and adoption.get("status", "actual") == "actual"
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
    words, others = _words(mention.name), _words(label)
    shared = 2 * len(words & others) >= min(len(words), len(others)) > 0
    return shared or mention.name == known(label)


def _words(name: str) -> set[str]:
    return {word[:6] for word in fold(name).split() if len(word) > 2}


def _same_site(site: str, label: str | None) -> bool:
    return fold(site) == fold(label or "")


def _same_date(date: DateMention, label: object) -> bool:
    """Say whether a date is the one that a label gives, or names the same year."""
    return (
        bool(label) and str(date.named)[:4] == str(label).strip("[].")[:4] and len(str(date.named)) >= len(str(label))
    )


#: The questions of which option is meant: the label's key, how they are compared, and where the options come from.
_OPTIONS: dict[str, tuple[str, Callable[[Any, Any], bool], Callable[[Options], list[Any]]]] = {
    "thing": ("innovation", _same_thing, Options.things),
    "site": ("site", _same_site, Options.sites),
    "date": ("when", _same_date, Options.dates),
}


def _yes(so: bool) -> str:
    return _YES if so else "no"


def _fit(name: str, questions: dict[str, Examples]) -> Table:
    """Return the weights that tell each of some outcomes, yes or no, by the traits of its examples."""
    table = Table(tuple(questions), one=False)
    columns: list[dict[str, tuple[int, ...]]] = []
    for examples in questions.values():
        model, column = _regression(name, examples)
        sign = 1.0 if model.classes_[1] == _YES else -1.0
        columns.append(_weights(model, column, sign=sign))
    for trait in set().union(*columns):
        table.weights[trait] = tuple(column.get(trait, (0,))[0] for column in columns)
    return table


def _fit_one(name: str, examples: Examples) -> Table:
    """Return the weights that tell which of several outcomes is so."""
    model, column = _regression(name, examples)
    return Table(tuple(model.classes_), one=True, weights=_weights(model, column))


def matrix_of(
    each: Sequence[Collection[str]], column: dict[str, int] | None = None
) -> tuple[csr_matrix, dict[str, int]]:
    """Return which examples have which traits, a row an example, and the column of each trait; rare ones left out."""
    if column is None:
        seen = Counter(trait for traits in each for trait in traits)
        column = {trait: i for i, trait in enumerate(sorted(t for t, n in seen.items() if n >= _fewest(t)))}
    places = [(row, column[t]) for row, traits in enumerate(each) for t in traits if t in column]
    rows, columns = zip(*places, strict=True)
    return csr_matrix((np.ones(len(places)), (rows, columns)), shape=(len(each), len(column))), column


def _fewest(trait: str) -> int:
    return _FEWEST_PAIRS if trait.startswith(PAIR) else _FEWEST


def _regression(name: str, examples: Examples) -> tuple[LogisticRegression, dict[str, int]]:
    """Return a model of the outcomes of examples, and which column of it is which trait."""
    matrix, column = matrix_of([set(traits) for traits, _, _ in examples])
    model = LogisticRegression(C=_PENALTY[name], max_iter=400)
    model.fit(matrix, [outcome for _, outcome, _ in examples], sample_weight=[weight for _, _, weight in examples])
    return model, column


def _weights(model: LogisticRegression, column: dict[str, int], *, sign: float = 1.0) -> dict[str, tuple[int, ...]]:
    """Return a model's weights by trait in hundredths, those near to nothing left out."""
    each = {BIAS: model.intercept_, **dict(zip(column, model.coef_.T, strict=True))}
    found = {trait: tuple(round(sign * w * PARTS) for w in weights.tolist()) for trait, weights in each.items()}
    return {trait: weights for trait, weights in found.items() if trait == BIAS or max(map(abs, weights)) >= _FAINT}


def write(by: dict[str, Table], path: Path) -> None:
    """Write tables as rows of table, trait and weights; the first row of a table names its outcomes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        for name, table in by.items():
            out.writerow([name, ONE if table.one else EACH, *table.outcomes])
            for trait, weights in sorted(table.weights.items()):
                out.writerow([name, trait, *(f"{weight / PARTS:.2f}" for weight in weights)])


def _folds(labelled: Sequence[Labelled], parts: int) -> Iterable[tuple[list[Labelled], list[Labelled]]]:
    """Yield the passages parted in two so many times, so that each is held once."""
    places = list(range(len(labelled)))
    random.Random(_SEED).shuffle(places)  # noqa: S311 - a fixed seed, so that learning can be repeated
    for part in range(parts):
        held = set(places[part::parts])
        yield [one for i, one in enumerate(labelled) if i not in held], [labelled[i] for i in held]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _overlap(quote: str, sentence: str, *, run: int = 30) -> bool:
    """Say whether a quote and a sentence share a run of characters."""
    return any(quote[at : at + run] in sentence for at in range(0, max(1, len(quote) - run), 10))


if __name__ == "__main__":
    main()
