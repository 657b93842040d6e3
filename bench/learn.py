"""Learn the weights by which extraction tells hosts, visitors and adopters, from labelled passages.

    python bench/learn.py [SET ...] [-o weights.csv]

Each table is a logistic regression over traits (ingest/extract/traits.py, passage.py) with a penalty on the squared
weights. A table that reads what another believes is learned from beliefs about passages that the other had not seen
(five folds, or a third), as it will meet them. A sentence counts as one that tells of a fact if it is in the label's
`quote`; other sentences that name the same country count less as examples against, for they may tell it too. Outcomes
and factors are learned from the sets whose labels tell of them (`factors-*`, `report-*`, `twins-*`, later `retold-*`).
Beside the tables are two nets: one of sentences (learn_net.py), in `weights.npz`, and one of passages as a whole
(learn_passages.py, with what words mean from word_vectors.py), in `passages.npz`; the one from which `sure` is learned
is kept too, in `passages-part.npz`. It takes an hour. Learn again when the traits, or the rules whose finds are among
them, have changed.

To ask how well text by somebody new is read, learn without a set and measure on it:

    python bench/learn.py bench/passages/long-0[2-9].yaml -o ingest/extract/weights.csv
    python bench/extraction.py --set long-01
"""

from __future__ import annotations

from collections.abc import Iterable

import examples
import learn_net
import learn_passages
from fitting import PENALTY, YES, Examples, fit, fit_one, matrix_of, telling, weights_of, write, yes
from labelled import LEARNED, Labelled, asked, folds, read_set, sets_of
from scipy.sparse import vstack
from sklearn.linear_model import LogisticRegression
from southerly.ingest.extract.effects import EFFECTS, FACTORS, OUTCOME, effect_traits
from southerly.ingest.extract.judge import believe, hear, seeming_uptakes
from southerly.ingest.extract.net import Net
from southerly.ingest.extract.passage_net import FILES, PassageNet
from southerly.ingest.extract.sure import Beside
from southerly.ingest.extract.weights import Table

_OF_EFFECTS = ("factors",)  # the sets whose labels tell, by sentence, of outcomes and factors and nothing else
_OF_ALL = ("retold", "report", "twins")  # the sets whose labels tell of those too, where they have them
_FOLDS, _THIRDS = 5, 3
_REVERSED = 4.0  # what an uptake weighs as an example of which the passage tells the opposite


def main() -> None:
    """Learn, and write the weights."""
    sets, out = asked(__doc__, "weights.csv")
    sets = sets or [*sets_of(LEARNED), *sets_of(_OF_EFFECTS)]
    read = {path.stem: list(read_set(path)) for path in sets}
    labelled = [one for name, each in read.items() if not name.startswith(_OF_EFFECTS) for one in each]
    by, part = learn(labelled)
    by |= learn_effects(
        [one for name, each in read.items() if name.startswith((*_OF_EFFECTS, *_OF_ALL)) for one in each]
    )
    write(by, out)
    learn_net.write(uptake_net(labelled), out.with_suffix(".npz"))
    for net, file in zip((learn_passages.train(labelled), part), FILES, strict=True):
        learn_passages.write(net, out.with_name(file))


def learn(labelled: list[Labelled]) -> tuple[dict[str, Table], PassageNet]:
    """Return the tables learned from passages, and the net of passages that `sure` was learned with."""
    by: dict[str, Table] = {}
    for rest, held in folds(labelled, _FOLDS):
        travel = fit("travel", {side: examples.travel(rest, side) for side in examples.SIDES})
        for one in held:
            hear(one.passage, travel)
    sides = {side: examples.travel(labelled, side) for side in examples.SIDES}
    by["travel"] = fit("travel", {**sides, "origin": examples.origins(labelled)})
    by["part"] = fit("part", {side: examples.countries(labelled, side) for side in examples.SIDES})
    for one in labelled:
        believe(one.passage, by["part"])
    by["kind"] = fit_one("kind", examples.kinds(labelled))
    by |= learn_uptakes(labelled)
    by |= {name: fit(name, {YES: examples.options(labelled, name)}) for name in examples.OPTIONS}
    by["stage"] = fit_one("stage", examples.stages(labelled))
    by["sure"], part = learn_sure(labelled)
    return by, part


def learn_uptakes(labelled: list[Labelled]) -> dict[str, Table]:
    """Return the tables by which sentences of passages, once believed, seem to tell of uptakes."""
    return {
        "uptake": fit_one("uptake", examples.uptakes(labelled)),
        "adopter": fit("adopter", {YES: examples.adopters(labelled)}),
        "source": fit("source", {YES: examples.sources(labelled)}),
        "direction": learn_direction(labelled),
    }


def learn_sure(labelled: list[Labelled]) -> tuple[Table, PassageNet]:
    """Return the table by which what a passage seems to tell is told from what it does not, and the net that helped.

    It is learned from what tables and nets that had seen the other two thirds of the passages make of one.
    """
    rest, held = next(iter(folds(labelled, _THIRDS)))
    part = learn_passages.train(rest)
    return fit("sure", {YES: sure_examples(held, learn_uptakes(rest), uptake_net(rest), part)}), part


def sure_examples(held: list[Labelled], by: dict[str, Table], net: Net, whole: PassageNet) -> Examples:
    """Return each uptake that passages seem to tell of, with whether they do."""
    found: Examples = []
    for one in held:
        told = {(a.get("country"), a.get("learned_from"), a.get("status", "actual")) for a in one.adoptions}
        ways = {(country, source) for country, source, _ in told}
        seeming = seeming_uptakes(one.passage, by, net, [whole])
        beside = Beside(one.passage, seeming, by["direction"])
        for number, each in enumerate(seeming):
            tells = any(one.tells(number, adoption) for adoption in one.adoptions)
            for uptake in each:
                weight = examples.PERHAPS if uptake.key in told and not tells else 1.0
                if (uptake.source, uptake.country) in ways and (uptake.country, uptake.source) not in ways:
                    weight = _REVERSED
                found.append((list(beside.traits(number, uptake)), yes(uptake.key in told), one.weighs * weight))
    return found


def learn_effects(labelled: list[Labelled]) -> dict[str, Table]:
    """Return the tables by which sentences tell of outcomes and factors."""
    telling = [one for one in labelled if one.effects]
    each = [(effect_traits(seen), one, number) for one in telling for number, seen in enumerate(one.passage.seen)]
    if not each:
        return {}
    told = {effect: [(traits, _names(one, number, effect)) for traits, one, number in each] for effect in EFFECTS}
    by = {"effect": fit("effect", {e: [(s, yes(bool(names)), 1.0) for s, names in told[e]] for e in EFFECTS})}
    by["level"] = fit_one("level", [(s, level, 1.0) for s, levels in told[OUTCOME] for level in sorted(levels)])
    for factor in FACTORS:
        known = sorted(set().union(*(names for _, names in told[factor])))
        questions = {term: [(s, yes(term in names), 1.0) for s, names in told[factor] if names] for term in known}
        by[factor] = fit(factor, questions)
    return by


def _names(one: Labelled, number: int, effect: str) -> set[str]:
    """Return the levels of the outcomes, or the terms of the factors of a kind, that a sentence tells of."""
    return {label.get("level") or label["term"] for label in one.effects[effect] if one.tells(number, label)}


def learn_direction(labelled: Iterable[Labelled]) -> Table:
    """Return the table by which, of two countries, the one that learned from the other is told from that one.

    It is learned from what the passage says of the one and not of the other, each pair taken both ways.
    """
    pairs = [
        (one.passage.ever(learner), one.passage.ever(teacher)) for one, learner, teacher in examples.transfers(labelled)
    ]
    _, column = matrix_of([ours ^ theirs for ours, theirs in pairs])
    forth, _ = matrix_of([ours - theirs for ours, theirs in pairs], column)
    back, _ = matrix_of([theirs - ours for ours, theirs in pairs], column)
    model = LogisticRegression(C=PENALTY["direction"], fit_intercept=False, max_iter=400)
    model.fit(vstack([forth - back, back - forth]), [YES] * len(pairs) + ["no"] * len(pairs))
    return Table((YES,), one=False, weights=telling(weights_of(model, column)))


def uptake_net(labelled: list[Labelled]) -> Net:
    """Return a net that tells the status of the adoption that a sentence tells of, once all believe what they do."""
    sentences = [
        (one.passage.read_words(number), one.passage.seen[number].manner, outcome, weight)
        for one, number, outcome, weight in examples.statuses(labelled)
    ]
    return learn_net.train(sentences, sorted({outcome for _, _, outcome, _ in sentences}))


if __name__ == "__main__":
    main()
