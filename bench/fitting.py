"""How a table is learned from examples: a logistic regression over traits, its weights in whole hundredths."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from southerly.ingest.extract.tokens import PAIR
from southerly.ingest.extract.weights import BIAS, EACH, ONE, PARTS, Table

_FEWEST = 3  # examples in which a trait must be seen
_FEWEST_PAIRS = 6  # the same of two words that stand together, of which there are many
_FAINT = 3  # hundredths; weights nearer to nothing are left out
PENALTY = {
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
YES = "yes"

Examples = list[tuple[list[str], str, float]]  # traits, outcome, weight


def yes(so: bool) -> str:
    """Return the outcome of a question that is answered by yes or no."""
    return YES if so else "no"


def fit(name: str, questions: dict[str, Examples]) -> Table:
    """Return the weights that tell each of some outcomes, yes or no, by the traits of its examples."""
    columns: list[dict[str, tuple[int, ...]]] = []
    for examples in questions.values():
        model, column = _regression(name, examples)
        sign = 1.0 if model.classes_[1] == YES else -1.0
        columns.append(weights_of(model, column, sign=sign))
    traits = set().union(*columns)
    rows = {trait: tuple(column.get(trait, (0,))[0] for column in columns) for trait in traits}
    return Table(tuple(questions), one=False, weights=telling(rows))


def fit_one(name: str, examples: Examples) -> Table:
    """Return the weights that tell which of several outcomes is so."""
    model, column = _regression(name, examples)
    return Table(tuple(model.classes_), one=True, weights=telling(weights_of(model, column)))


def fit_alike(examples: Sequence[tuple[Collection[str], bool, float]], penalty: float, least: float) -> Table:
    """Return the weights that tell yes from no, those nearer to nothing left out.

    They are alike to the last digit where NumPy has as many threads; else a few differ by a hundredth.
    """
    matrix, column = matrix_of([traits for traits, _, _ in examples])
    model = LogisticRegression(C=penalty, solver="liblinear", random_state=1, max_iter=400)
    model.fit(matrix, [so for _, so, _ in examples], sample_weight=[weight for _, _, weight in examples])
    weights = {BIAS: model.intercept_[0], **dict(zip(column, model.coef_[0], strict=True))}
    kept = {trait: (round(w * PARTS),) for trait, w in weights.items() if trait == BIAS or abs(w) >= least}
    return Table((YES,), one=False, weights=kept)


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
    model = LogisticRegression(C=PENALTY[name], max_iter=400)
    model.fit(matrix, [outcome for _, outcome, _ in examples], sample_weight=[weight for _, _, weight in examples])
    return model, column


def weights_of(model: LogisticRegression, column: dict[str, int], *, sign: float = 1.0) -> dict[str, tuple[int, ...]]:
    """Return a model's weights by trait in hundredths."""
    each = {BIAS: model.intercept_, **dict(zip(column, model.coef_.T, strict=True))}
    return {trait: tuple(round(sign * w * PARTS) for w in weights.tolist()) for trait, weights in each.items()}


def telling(rows: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return the rows of a table that tell anything: not those of which all weights are near to nothing."""
    return {trait: row for trait, row in rows.items() if trait == BIAS or max(map(abs, row)) >= _FAINT}


def write(by: dict[str, Table], path: Path) -> None:
    """Write tables as rows of table, trait and weights; the first row of a table names its outcomes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        for name, table in by.items():
            out.writerow([name, ONE if table.one else EACH, *table.outcomes])
            for trait, weights in sorted(table.weights.items()):
                out.writerow([name, trait, *(f"{weight / PARTS:.2f}" for weight in weights)])
