"""What an exchange led to, and what taught, helped or hindered: what the weights make of a sentence.

They say whether a sentence tells of an outcome, a mechanism, an enabler or a barrier; of what it tells, at which level
that is, or which terms. What the phrases of the vocabulary and of `ontology/cues.csv` name (themes.py) is a witness among
its words, and needs less. Only sentences amid talk of exchanges are asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from .outcomes import UNMEASURED, Measure, is_background, measure_in
from .passage import Seen
from .themes import themes_in
from .weights import Table

FACTORS = ("mechanism", "enabler", "barrier")
OUTCOME = "outcome"
EFFECTS = (OUTCOME, *FACTORS)
_LIKELY_OUTCOME = 0.25  # a chance from which an outcome is proposed
_LIKELY_TERM = 0.15  # a chance that a sentence tells of a factor, and of this one, from which it is proposed
_LIKELY_TOLD = 0.4  # a chance that it tells of one of its kind, from which the terms that the lists name stand
_NOT_YET = ("planned", "hypothetical")


@dataclass(frozen=True, slots=True)
class Effects:
    """The outcome that a sentence tells of, its level null if of none, and the terms of each kind of factor."""

    level: str | None
    measure: Measure
    mechanisms: list[str]
    enablers: list[str]
    barriers: list[str]

    def __bool__(self) -> bool:
        return bool(self.level or self.mechanisms or self.enablers or self.barriers)


def effects_of(seen: Seen, by: dict[str, Table]) -> Effects:
    """Return what a sentence tells of outcomes and factors."""
    named, measure = _named(seen), measure_in(seen.line.text)
    traits = _traits(seen, named, measure)
    told = dict(zip(by["effect"].outcomes, by["effect"].chances(traits), strict=True))
    came = told[OUTCOME] >= _LIKELY_OUTCOME and not (measure and _is_none(seen, measure))
    level = by["level"].likeliest(traits)[0] if came else None
    return Effects(
        level,
        measure if level and measure else UNMEASURED,
        *(_terms(by[factor], traits, told[factor], named[factor]) for factor in FACTORS),
    )


def _is_none(seen: Seen, measure: Measure) -> bool:
    """Say whether what a sentence measures is no outcome: a hope, or a figure of a whole country."""
    return measure.status in _NOT_YET or is_background(seen.line.scene)


def effect_traits(seen: Seen) -> list[str]:
    """Return the traits of a sentence by which it tells of outcomes and factors."""
    return _traits(seen, _named(seen), measure_in(seen.line.text))


def _named(seen: Seen) -> dict[str, list[str]]:
    """Return the terms of each kind of factor that the phrases of the lists name in a sentence."""
    found = themes_in(seen.line.scene.unnamed)
    return {"mechanism": found.mechanisms, "enabler": found.enablers, "barrier": found.barriers}


def _traits(seen: Seen, named: dict[str, list[str]], measure: Measure | None) -> list[str]:
    return [
        *seen.tokens.bag,
        *seen.tokens.pairs,
        f"status={seen.tokens.status}",
        *(["measured"] if measure else []),
        *(["valued"] if measure and measure.value else []),
        *(f"rule {factor}" for factor in FACTORS if named[factor]),
        *(f"rule {factor}={term}" for factor in FACTORS for term in named[factor]),
    ]


def _terms(table: Table, traits: list[str], told: float, named: list[str]) -> list[str]:
    """Return the terms of a kind of factor that a sentence tells of, the likeliest first."""
    if told < _LIKELY_TERM:
        return []
    likely = [(told * chance, term) for chance, term in zip(table.chances(traits), table.outcomes, strict=True)]
    stands = named if told >= _LIKELY_TOLD else ()
    return [term for chance, term in sorted(likely, reverse=True) if chance >= _LIKELY_TERM or term in stands]
