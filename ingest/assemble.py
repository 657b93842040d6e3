"""Rows into claims: fill the fields of one kind of claim from the cells of a table, whole columns at a time.

A cell that lists several countries yields one claim for each. Which of them a site belongs to is then not
said: the claims leave the site out and keep its words in `extra`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..graph.claims import CONTENT, claim_table
from ..graph.columns import map_distinct, map_pairs
from ..graph.names import name_key
from . import field_columns, fields
from .field_columns import Fault
from .rows import Cell, Mask, Rows

_FACTORS = ("mechanisms", "enablers", "barriers")
_NAMED = ("innovation", "innovation_kind", "theme")

#: The fields that each kind of claim takes from a table.
FIELDS: dict[str, tuple[str, ...]] = {
    "name": (*_NAMED, "name", "confidence"),
    "origin": (*_NAMED, "country", "site", "when", "left_censored", "status", "confidence", "quote"),
    "adoption": (
        *_NAMED,
        *("country", "site", "when", "left_censored", "end", "stage", "status", "domestic"),
        *(
            "source_country",
            "source_site",
            "source_adoption",
            "channel",
            "exchange",
            "partners",
            "adaptation",
        ),
        *("outcome", "outcome_level", *_FACTORS, "confidence", "quote"),
    ),
    "exchange": (
        *("exchange", "title", "exchange_type", "direction", "when", "end", "status"),
        *("host_countries", "host_organisations", "host_sites"),
        *("visiting_countries", "visiting_organisations", "visiting_sites"),
        *("funders", "facilitators", "shown", "participants", "cadre", "decision_power"),
        *("debrief", "mission", "learning_level", "confidence", "quote"),
    ),
    "outcome": (
        *_NAMED,
        *(
            "exchange",
            "countries",
            "site",
            "outcome",
            "outcome_level",
            "stage",
            "metric",
            "value",
            "unit",
            "when",
        ),
        *("left_censored", "adaptation", *_FACTORS, "status", "confidence", "quote"),
    ),
}

#: What each kind of claim cannot do without: any one of some fields, and what that is.
NEEDS: dict[str, dict[tuple[str, ...], str]] = {
    "name": {("innovation",): "the innovation's name"},
    "origin": {("innovation",): "the innovation's name"},
    "adoption": {("innovation",): "the innovation's name"},
    "exchange": {("exchange", "title"): "the exchange's key or title"},
    "outcome": {
        ("outcome",): "what the exchange led to",
        ("exchange", "innovation"): "the exchange or the innovation that it concerns",
    },
}

_TERMS = {
    "innovation_kind": "innovation-kind",
    "theme": "practice-area",
    "status": "claim-status",
    "stage": "adoption-stage",
    "channel": "channel",
    "exchange_type": "exchange-type",
    "direction": "direction",
    "outcome_level": "outcome-level",
    "cadre": "cadre",
}
#: Stages of an outcome that are at the same time stages of an adoption.
_TAKEN_UP = ("adopted", "scaled", "sustained")
_SITES = {"country": "site", "source_country": "source_site"}


def claims_of(
    rows: Rows, kind: str, cells: Mapping[str, Cell], extra: Sequence[str] = (), where: Mask | None = None
) -> list[pa.Table]:
    """Return the claims of one kind that the rows make, from the cells given by field (see FIELDS).

    `extra` are the columns that no field takes and that the claims carry along; `where` chooses rows.
    """
    if kind == "name":
        return [_names(rows, cells, where)]
    columns, words = _read(rows, kind, cells, where)
    _need(rows, kind, cells, columns, where)
    if kind == "outcome":
        return [_table(rows, kind, columns, words, extra, where), _adoptions(rows, cells, columns, where)]
    if kind == "origin":
        where = _and(where, _says_something(columns, rows.words(cells.get("country", Cell()))))
    places, where = _places(rows, cells, where)
    return [_table(rows, kind, columns, words, extra, where, places)]


def _read(
    rows: Rows, kind: str, cells: Mapping[str, Cell], where: Mask | None
) -> tuple[dict[str, pa.Array], dict[str, pa.Array]]:
    """Return the claim's columns in every row, and words to keep in `extra` by column name."""
    columns: dict[str, pa.Array] = {}
    words: dict[str, pa.Array] = {}
    observed = _one(rows, kind, "left_censored", cells["left_censored"], where) if "left_censored" in cells else None
    for field, cell in cells.items():
        label = rows.label(cell, field)
        if field in _SITES or field == "left_censored":
            continue  # a list of countries makes several claims: see `_places`
        if field in ("when", "end"):
            dates, faults = field_columns.when_column(rows.words(cell), observed if field == "when" else None)
            rows.check(faults, label, where)
            rows.note_unread(dates.unread, label)
            columns |= dates.arrays(field)
        elif field.endswith("countries"):
            keep = columns if field == "countries" else words
            at = "country_said" if field == "countries" else label
            columns[field], keep[at], faults = field_columns.country_list_column(rows.words(cell))
            rows.check(faults, label, where)
        else:
            columns[field] = _one(rows, kind, field, cell, where)
    if observed is not None:
        columns["left_censored"] = observed
    return columns, words


def scalar_of(kind: str, field: str) -> Callable[[str], Any]:
    """Return the reader of one cell for a field of a kind of claim."""
    if field in _SITES or field.endswith("countries"):
        return fields.read_places
    if field in ("when", "end"):
        return fields.read_when
    if field == "confidence":
        return partial(fields.read_choice, fields.CONFIDENCE)
    if field == "debrief":
        return fields.read_yes_no
    if (kind, field) == ("outcome", "stage"):
        return partial(fields.read_term, "outcome-stage")
    if field in _TERMS:
        return partial(fields.read_term, _TERMS[field])
    column_type = CONTENT.get(field, pa.string())
    if pa.types.is_boolean(column_type):
        return fields.read_flag
    return fields.read_list if field == "name" or pa.types.is_list(column_type) else fields.known


def _one(rows: Rows, kind: str, field: str, cell: Cell, where: Mask | None) -> pa.Array:
    """Return a field that is one column of a claim."""
    column_type = CONTENT.get(field, pa.string())
    column, faults = field_columns.value_column(rows.words(cell), scalar_of(kind, field), column_type)
    rows.check(faults, rows.label(cell, field), where)
    return column.fill_null("actual") if field == "status" else column


def _need(
    rows: Rows, kind: str, cells: Mapping[str, Cell], columns: Mapping[str, pa.Array], where: Mask | None
) -> None:
    """Set aside the rows without what a claim of their kind cannot do without."""
    none = pa.nulls(rows.count, pa.string())
    for any_of, expected in NEEDS[kind].items():
        filled = pc.coalesce(*(columns.get(field, none) for field in any_of)).is_valid()
        label = next((rows.label(cells[field], field) for field in any_of if field in cells), any_of[0])
        rows.require(filled, label, expected, where)


def _places(
    rows: Rows, cells: Mapping[str, Cell], where: Mask | None
) -> tuple[dict[str, field_columns.PlacesColumn], Mask | None]:
    """Return the places of each row by field, and the rows chosen without those that pair too many of them."""
    found = {}
    pairs = np.ones(rows.count, dtype=np.int64)
    label = ""
    for field in _SITES:
        if field in cells:
            label = rows.label(cells[field], field)
            found[field], faults = field_columns.places_column(rows.words(cells[field]))
            rows.check(faults, label, where)
            pairs *= found[field].counts[found[field].codes]
    many = pairs > fields.MAX_PLACES
    if many.any():
        hint = "Write a row for each adopter, with those that it learned from."
        expected = f"at most {fields.MAX_PLACES} pairs of an adopter and whom it learned from in a row"
        told = (Fault(int(row), f"{pairs[row]:,} pairs", expected, hint) for row in np.flatnonzero(many))
        rows.check(told, label, where)
        where = _and(where, ~many)
    return found, where


def _table(
    rows: Rows,
    kind: str,
    columns: Mapping[str, pa.Array],
    words: Mapping[str, pa.Array],
    extra: Sequence[str],
    where: Mask | None,
    places: Mapping[str, field_columns.PlacesColumn] | None = None,
) -> pa.Table:
    """Return one claim for each chosen row and each of its countries."""
    whole, more = dict(columns), dict(words)
    blank = pa.scalar(None, pa.string())
    for field, place in (places or {}).items():
        site = whole.get(_SITES[field])
        if site is not None:
            several = place.several()
            more[f"{_SITES[field]} (country not said)"] = pc.if_else(several, site, blank)
            whole[_SITES[field]] = pc.if_else(several, blank, site)
    whole |= {
        "record": rows.batch.records,
        "report": rows.report,
        "locator": rows.batch.locators,
        "extra": rows.carried(extra, more),
    }
    lines = np.arange(rows.count) if where is None else np.flatnonzero(where)
    spread: dict[str, pa.Array] = {}
    for field, place in (places or {}).items():
        parents, found = place.spread(lines)
        if len(parents) != len(lines):
            spread = {name: array.take(pa.array(parents)) for name, array in spread.items()}
        lines = lines[parents]
        before = field.removesuffix("country")
        spread |= {f"{before}{name}": array for name, array in found.items() if f"{before}{name}" in CONTENT}
    if len(lines) != rows.count or (lines != np.arange(rows.count)).any():
        at = pa.array(lines)
        whole = {name: array.take(at) for name, array in whole.items()}
    return claim_table(whole | spread | {"kind": kind}, len(lines))


def _names(rows: Rows, cells: Mapping[str, Cell], where: Mask | None) -> pa.Table:
    """Return a claim for each other name of an innovation in a semicolon list."""
    columns, _ = _read(rows, "name", {field: cell for field, cell in cells.items() if field != "name"}, where)
    _need(rows, "name", cells, columns, where)
    lists = map_pairs(columns["innovation"], rows.words(cells["name"]), _other_names, pa.list_(pa.string()))
    lines = pc.list_parent_indices(lists).to_numpy()
    names = pc.list_flatten(lists)
    if where is not None:
        chosen = where[lines]
        lines, names = lines[chosen], names.filter(pa.array(chosen))
    at = pa.array(lines)
    columns |= {"record": rows.batch.records, "report": rows.report, "locator": rows.batch.locators}
    whole = {name: array.take(at) for name, array in columns.items()}
    whole |= {"name": names, "name_type": map_distinct(names, _name_type, pa.string())}
    return claim_table(whole | {"kind": "name"}, len(names))


def _other_names(innovation: str | None, names: str | None) -> list[str]:
    own = name_key(innovation or "")
    return [name for name in fields.read_list(names) or [] if name_key(name) != own]


def _name_type(name: str) -> str:
    """Return acronym for a short name in capitals, else alias."""
    return "acronym" if len(name) <= 8 and name.upper() == name and name.lower() != name else "alias"


def _adoptions(rows: Rows, cells: Mapping[str, Cell], outcome: Mapping[str, pa.Array], where: Mask | None) -> pa.Table:
    """Return the adoptions that outcomes amount to: those that were taken up, one for each country."""
    none = pa.nulls(rows.count, pa.string())
    taken_up = pc.is_in(outcome.get("stage", none), pa.array(_TAKEN_UP, pa.string()))
    named = outcome.get("innovation", none).is_valid()
    where = _and(where, pc.and_(taken_up, named).to_numpy(zero_copy_only=False))
    own = {"outcome", "outcome_level", "countries", "country_said", "metric", "value", "unit"}
    columns = {name: column for name, column in outcome.items() if name not in own}
    adopters = {"country": cells["countries"]} if "countries" in cells else {}
    places, where = _places(rows, adopters, where)
    return _table(rows, "adoption", columns, {}, (), where, places)


def _says_something(columns: Mapping[str, pa.Array], country: pa.Array) -> Mask:
    """Tell in which rows an origin says more than that there is one."""
    says = field_columns.text_column(country).is_valid()
    for name in ("site", "when_said"):
        if name in columns:
            says = pc.or_(says, columns[name].is_valid())
    return says.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return] # pyarrow has no types


def _and(where: Mask | None, also: Mask) -> Mask:
    return also if where is None else where & also
