"""The controlled vocabularies: which term of a scheme a phrase in a report means.

`terms.csv` and `schemes.ttl` (SKOS) say the same; the first is read because rdflib is slow to import. A
phrase that several terms could claim is listed once, where analysts filed it.

>>> find_term("mechanism", "Mind change"), find_term("mechanism", "telepathy")
('peer-to-peer mind change', None)
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from .normal import fold, listed, rows

#: Where the concepts of `schemes.ttl` live: this, the scheme, the term in hyphens.
NAMESPACE = "https://w3id.org/southerly/scheme/"

#: From the first look to the end; a later stage is further on.
ADOPTION_STAGES = ("considered", "pilot", "adopted", "adapted", "scaled", "sustained", "abandoned")

SCHEMES = (
    "innovation-kind",
    "adoption-stage",
    "claim-status",
    "review-state",
    "basis",
    "exchange-type",
    "direction",
    "channel",
    "outcome-level",
    "outcome-stage",
    "mechanism",
    "enabler",
    "barrier",
    "cadre",
    "practice-area",
    "strength",
    "weakness",
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a scheme."""

    label: str
    alternatives: tuple[str, ...]
    broader: str | None  # the term that it is counted under
    definition: str
    source: str | None  # a page that the definition rests on; null if it is Southerly's own


def terms(scheme: str) -> tuple[Term, ...]:
    """Return the terms of a scheme, in its order. Raises KeyError for a scheme that is none."""
    return _terms()[scheme]


def find_term(scheme: str, phrase: str) -> str | None:
    """Return the label of the term that a phrase means, or of its broader term; null if unmapped.

    Raises KeyError for a scheme that is none.
    """
    return _phrases()[scheme].get(fold(phrase))


def concept_iri(scheme: str, label: str) -> str:
    """Return the address of a term in `schemes.ttl`."""
    return f"{NAMESPACE}{scheme}/{fold(label).replace(' ', '-')}"


def suggest(scheme: str, phrase: str, n: int = 3) -> list[str]:
    """Return up to `n` terms with a label spelt nearly so, the likest first, for an error's hint."""
    known = _phrases()[scheme]
    near = get_close_matches(fold(phrase), known, n * 3, 0.7)
    return list(dict.fromkeys(known[key] for key in near))[:n]


@cache
def _terms() -> dict[str, tuple[Term, ...]]:
    found: dict[str, list[Term]] = {scheme: [] for scheme in SCHEMES}
    for row in rows("terms.csv"):
        found[row["scheme"]].append(
            Term(
                label=row["term"],
                alternatives=listed(row["alternatives"]),
                broader=row["broader"] or None,
                definition=row["definition"],
                source=row["source"] or None,
            )
        )
    return {scheme: tuple(those) for scheme, those in found.items()}


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return {
        scheme: {
            fold(phrase): term.broader or term.label for term in those for phrase in (term.label, *term.alternatives)
        }
        for scheme, those in _terms().items()
    }
