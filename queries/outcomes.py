"""`outcomes [--by …]`: what exchanges led to, counted by a dimension, with what nobody stated as a row of its own."""

from __future__ import annotations

from typing import Any

from ..graph.identity import Identity
from ..graph.lookup import find
from ..ontology.countries import country_label
from ..ontology.vocabulary import find_term
from .answer import Answer, cut
from .filters import CERTAIN, Tally, Window
from .trace import country_code

#: Dimension to (column of the outcome or its exchange, scheme of its terms).
DIMENSIONS: dict[str, tuple[str, str | None]] = {
    "exchange_type": ("exchange_types", "exchange-type"),
    "direction": ("directions", "direction"),
    "cadre": ("cadres", "cadre"),
    "level": ("outcome_level", None),
    "stage": ("stage", None),
    "mechanism": ("mechanisms", "mechanism"),
    "enabler": ("enablers", "enabler"),
    "barrier": ("barriers", "barrier"),
    "country": ("countries", None),
    "innovation": ("innovation_id", None),
    "theme": ("themes", "practice-area"),
    "exchange": ("exchange_key", None),
    "year": ("year", None),
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
    rows, tally = _rows(known, innovation, country, window or Window())
    grouped: dict[str | None, list[dict[str, Any]]] = {}
    for row in rows:
        for value in _values(row, by):
            grouped.setdefault(value, []).append(row)
    found = [_count(by, value, members) for value, members in grouped.items()]
    found.sort(key=lambda g: (g["group"] is None, -g["outcomes"], str(g["group"])))
    shown, hidden, cutting = cut(found, limit, "groups")
    exchanges = len({r["exchange_key"] for r in rows if r["exchange_key"]})
    notes = known.view.notes + tally.note("outcomes")
    notes.append(f"In all {len(rows)} distinct outcomes of {exchanges} exchanges.")
    notes += cutting
    return Answer(
        shown,
        [_line(known, by, g) for g in shown],
        (by or "outcomes of", "outcomes", "exchanges", "levels", "stages"),
        notes,
        "What exchanges led to" + (f", by {by}" if by else ""),
        hidden,
    )


def _rows(
    known: Identity, innovation: str | None, country: str | None, window: Window
) -> tuple[list[dict[str, Any]], Tally]:
    """Return one row a distinct outcome, with what is known of its exchange."""
    known.make_table(find(known, innovation, ("innovation",))[0].id if innovation else None)
    code = country_code(country) if country else None
    found = known.view.rows(
        f"""
        WITH exchange AS (
            SELECT exchange_key,
                list(DISTINCT exchange_type ORDER BY exchange_type) FILTER (exchange_type IS NOT NULL) AS types,
                list(DISTINCT direction ORDER BY direction) FILTER (direction IS NOT NULL) AS directions,
                list(DISTINCT cadre ORDER BY cadre) FILTER (cadre IS NOT NULL) AS cadres
            FROM visible WHERE kind = 'exchange' AND exchange_key IS NOT NULL GROUP BY exchange_key
        )
        SELECT v.claim_id, v.exchange_key, v.outcome_level, v.stage, v.mechanisms, v.enablers, v.barriers, v.countries,
            v.earliest, v.latest, i.id AS innovation_id, x.types AS exchange_types, x.directions, x.cadres,
            v.theme AS said_theme
        FROM visible v LEFT JOIN exchange x USING (exchange_key) LEFT JOIN innov i ON i.key = v.innovation_key
        WHERE v.kind = 'outcome' {"AND i.id IS NOT NULL" if innovation else ""}
            {"AND list_contains(v.countries, $1)" if code else ""}
        ORDER BY v.claim_id
        """,
        [code] if code else [],
    )
    tally = Tally(known.view.scope.possible)
    kept = [r for r in found if tally.keep(window.match(r["earliest"], r["latest"]) if window != Window() else CERTAIN)]
    for row in kept:
        one_year = row["earliest"] and row["latest"] and row["earliest"].year == row["latest"].year
        row["year"] = str(row["earliest"].year) if one_year else None
        known_themes = known.innovations[row["innovation_id"]].themes if row["innovation_id"] else ()
        row["themes"] = [row["said_theme"]] if row["said_theme"] else list(known_themes)
    return kept, tally


def _values(row: dict[str, Any], by: str | None) -> list[str | None]:
    """Return the distinct groups that an outcome belongs to; null alone where nothing is stated."""
    if by is None:
        return [""]
    column, scheme = DIMENSIONS[by]
    said = row[column] if isinstance(row[column], list) else [row[column]] if row[column] else []
    if scheme:
        said = [find_term(scheme, phrase) or UNMAPPED for phrase in said]
    return list(dict.fromkeys(said)) or [None]


def _count(by: str | None, value: str | None, members: list[dict[str, Any]]) -> dict[str, Any]:
    group: dict[str, str] | None = {} if by is None else None if value is None else {by: value}
    return {
        "group": group,
        "outcomes": len(members),
        "exchanges": len({m["exchange_key"] for m in members if m["exchange_key"]}),
        "levels": _tallied(members, "outcome_level"),
        "stages": _tallied(members, "stage"),
    }


def _tallied(members: list[dict[str, Any]], column: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for member in members:
        value = member[column] or "unstated"
        counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items()))


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
    }
