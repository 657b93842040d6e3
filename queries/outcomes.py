"""`outcomes [--by …]`: what exchanges led to, counted by a dimension, with what nobody stated as a row of its own."""

from __future__ import annotations

from typing import Any

from ..graph.aggregates import Sorting, Tallied
from ..graph.identity import Identity
from ..graph.lookup import find
from ..graph.reviewed import marks_of
from ..ontology.countries import country_label
from ..ontology.vocabulary import find_term
from .aggregates import aggregates_of
from .answer import Answer, cut
from .filters import Tally, Window
from .trace import country_code

#: Dimension to the scheme that its phrases are terms of.
DIMENSIONS: dict[str, str | None] = {
    "exchange_type": "exchange-type",
    "direction": "direction",
    "cadre": "cadre",
    "level": None,
    "stage": None,
    "mechanism": "mechanism",
    "enabler": "enabler",
    "barrier": "barrier",
    "country": None,
    "innovation": None,
    "theme": "practice-area",
    "exchange": None,
    "year": None,
}
UNMAPPED = "(not in the vocabulary)"


def outcomes(
    known: Identity,
    *,
    by: str | None = None,
    innovation: str | None = None,
    country: str | None = None,
    window: Window | None = None,
    limit: int | None = None,
) -> Answer:
    """Return the numbers of distinct outcomes and exchanges by group, with their levels and stages.

    An outcome with several values counts once in each group; a group's own count is of distinct outcomes. Phrases that
    no vocabulary holds are one group; outcomes that state nothing are a row whose group is null.
    """
    window, tally = window or Window(), Tally(known.view.scope.possible)
    counted = aggregates_of(known).outcomes(
        _sorting(by),
        find(known, innovation, ("innovation",))[0].id if innovation else None,
        country_code(country) if country else None,
        window.since,
        window.until,
        possible=tally.include_possible,
    )
    tally.left_out = counted.left_out
    found = [_shape(by, group) for group in counted.groups]
    found.sort(key=lambda g: (g["group"] is None, -g["outcomes"], str(g["group"])))
    shown, hidden, cutting = cut(found, limit, "groups")
    notes = known.view.notes + tally.note("outcomes")
    notes.append(f"In all {counted.outcomes} distinct outcomes of {counted.exchanges} exchanges.")
    notes += cutting
    return Answer(
        shown,
        [_line(known, by, g) for g in shown],
        (by or "outcomes of", "outcomes", "exchanges", "levels", "stages", "marks"),
        notes,
        "What exchanges led to" + (f", by {by}" if by else ""),
        hidden,
    )


def _sorting(by: str | None) -> Sorting:
    scheme = DIMENSIONS[by] if by else None
    if scheme is None:
        return Sorting(by)
    return Sorting(by, lambda phrase: find_term(scheme, phrase) or UNMAPPED)


def _shape(by: str | None, group: Tallied) -> dict[str, Any]:
    return {
        "group": {} if by is None else None if group.value is None else {by: group.value},
        "outcomes": group.outcomes,
        "exchanges": group.exchanges,
        "levels": dict(sorted(group.levels.items())),
        "stages": dict(sorted(group.stages.items())),
        "review": group.review,
    }


def _line(known: Identity, by: str | None, group: dict[str, Any]) -> dict[str, Any]:
    value = None if group["group"] is None else group["group"].get(by or "", "all exchanges")
    if value and by == "country":
        value = country_label(value)
    if value and by == "innovation":
        value = known.innovations[value].label
    return {
        by or "outcomes of": "(not stated)" if value is None else value,
        "outcomes": group["outcomes"],
        "exchanges": group["exchanges"],
        "levels": ", ".join(f"{k} {n}" for k, n in group["levels"].items()),
        "stages": ", ".join(f"{k} {n}" for k, n in group["stages"].items()),
        "marks": ", ".join(marks_of(group["review"])),
    }
