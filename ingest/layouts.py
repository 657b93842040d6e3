"""The tables that Southerly knows by their column names, and which claims their rows make of which columns.

A header is of a layout if it has the columns that the layout needs, in any order and among any others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .reading import Problem
from .rows import column_key


@dataclass(frozen=True, slots=True)
class Layout:
    """A native table. Columns that stand for one another are joined by `|`; the first there counts."""

    name: str
    needs: tuple[str, ...]
    report: Mapping[str, str]  # column of the report schema, to column of the table
    claims: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # kind, claim field, column
    version: int = 1

    def missing(self, header: Sequence[str]) -> list[str]:
        """Return the needed columns that a header lacks."""
        keys = {column_key(name) for name in header if name}
        return [need for need in self.needs if keys.isdisjoint(need.split("|"))]


_SOURCE = {"url": "source_url", "doi": "source_doi", "title": "source_title", "year": "source_year"}
_NAMED = {
    "innovation": "innovation",
    "innovation_kind": "kind",
    "theme": "theme|practice_area",
    "confidence": "confidence",
}
_MECHANISMS = {
    "mechanisms": "mechanism|mechanisms",
    "enablers": "enabler|enablers",
    "barriers": "barrier|barriers",
}

REVERSE_INNOVATIONS = Layout(
    "reverse-innovations",
    ("innovation", "source_url|source_doi", "adopter_country|adopter_site"),
    report=_SOURCE,
    claims={
        "name": _NAMED | {"name": "aliases"},
        "origin": _NAMED | {"country": "origin_country", "site": "origin_site", "when": "origin_year"},
        "adoption": _NAMED
        | _MECHANISMS
        | {
            "country": "adopter_country",
            "site": "adopter_site",
            "when": "adoption_year",
            "left_censored": "left_censored",
            "end": "end_year",
            "stage": "stage",
            "status": "status",
            "domestic": "domestic",
            "source_country": "source_country",
            "source_site": "source_site",
            "channel": "channel",
            "exchange": "exchange|exchange_id",
            "partners": "partners",
            "adaptation": "adaptation",
            "outcome": "outcome",
            "outcome_level": "outcome_level",
        },
    },
)

SOURCES = Layout(
    "reverse-innovation-sources",
    ("source_url|doi", "title", "publisher_journal|licence"),
    report={
        "url": "source_url",
        "doi": "doi",
        "title": "title",
        "year": "year",
        "publisher": "publisher_journal",
        "licence": "licence",
        "authors": "authors",
        "note": "covers|note",
    },
)

EXCHANGES = Layout(
    "exchanges",
    ("exchange_id", "title", "exchange_type", "source_url|source_doi"),
    report=_SOURCE,
    claims={
        "exchange": {
            "exchange": "exchange_id",
            "title": "title",
            "exchange_type": "exchange_type",
            "direction": "direction",
            "when": "start",
            "end": "end",
            "status": "status",
            "host_countries": "host_countries",
            "host_organisations": "host_organisations",
            "host_sites": "host_sites",
            "visiting_countries": "visiting_countries",
            "visiting_organisations": "visiting_organisations",
            "visiting_sites": "visiting_sites",
            "funders": "funder",
            "facilitators": "facilitator",
            "shown": "theme_practices",
            "participants": "participants_n",
            "cadre": "participants_cadre",
            "decision_power": "decision_power",
            "debrief": "debrief",
            "mission": "mission_statement",
            "learning_level": "learning_level",
            "confidence": "confidence",
        }
    },
)

OUTCOMES = Layout(
    "exchange-outcomes",
    ("exchange_id", "outcome", "outcome_stage", "source_url|source_doi"),
    report=_SOURCE,
    claims={
        "outcome": _MECHANISMS
        | {
            "exchange": "exchange_id",
            "innovation": "practice",
            "countries": "adopter_country",
            "site": "adopter_site",
            "outcome": "outcome",
            "outcome_level": "outcome_level",
            "stage": "outcome_stage",
            "metric": "metric",
            "value": "metric_value",
            "unit": "unit",
            "when": "year",
            "adaptation": "adaptation",
            "status": "status",
            "confidence": "confidence",
        }
    },
)

#: In the order in which a header is compared with them.
LAYOUTS = (EXCHANGES, OUTCOMES, REVERSE_INNOVATIONS, SOURCES)


def layout_of(header: Sequence[str]) -> Layout | None:
    """Return the layout that a header is of, or null."""
    return next((layout for layout in LAYOUTS if not layout.missing(header)), None)


def unknown_layout(header: Sequence[str], sheet: str | None) -> Problem:
    """Return what to tell of a table that is of no layout: which is nearest, and what the table lacks."""
    nearest = min(LAYOUTS, key=lambda layout: len(layout.missing(header)) / len(layout.needs))
    missing = ", ".join(need.replace("|", " or ") for need in nearest.missing(header))
    names = [name for name in header if name]
    found = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return Problem(
        f"{sheet}!1" if sheet else "row=1",
        f"the columns {found}" if names else "no column names",
        f"the columns of a table that is known; the nearest, {nearest.name}, also needs {missing}",
        "rename the columns after `southerly template csv`, or write a mapping file (--mapping)",
    )
