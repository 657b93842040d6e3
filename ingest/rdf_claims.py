"""A node of RDF as a claim: the columns of its content, or why it cannot be one.

What Southerly itself wrote comes back as it was. Of what others wrote, words become countries, dates and terms as they
do in a table, by `fields`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa

from ..graph.claims import CONTENT
from ..graph.dates import parse_edtf
from ..graph.rdf_nodes import Node, Value, rest_of, term_of
from ..graph.rdf_terms import CLAIM_CLASSES, PROPERTIES, Property, full
from ..ontology.countries import all_countries
from .fields import FieldProblem, read_flag, read_place, read_term, read_when
from .table_batch import MAX_CELL, excerpt

_OURS = re.compile(r"[0-9a-f]{20}")
_ORDER = full("sou:listOrder")
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_COMPUTED = {"when": ("earliest", "latest"), "end": ("end_earliest", "end_latest")}
_COUNTRIES = ("country", "source_country")


class Unfit(Exception):
    """A node cannot be the claim that it means to be: the property, what was found, what was expected, what to do."""

    def __init__(self, name: str, found: str, expected: str, hint: str) -> None:
        super().__init__(name, found, expected, hint)
        self.name, self.found, self.expected, self.hint = name, found, expected, hint


def kind_of(node: Node) -> str:
    """Return which kind of claim a node is.

    Raises Unfit if it is none, or several.
    """
    classes = node.texts(full("rdf:type"))
    kinds = [kind for kind, name in CLAIM_CLASSES.items() if full(f"sou:{name}") in classes]
    if len(kinds) != 1:
        found = " and ".join(f"sou:{CLAIM_CLASSES[kind]}" for kind in kinds) or "a claim of no kind"
        expected = f"one of {', '.join(f'sou:{name}' for name in CLAIM_CLASSES.values())}"
        raise Unfit("rdf:type", found, expected, "say which kind of claim it is, once")
    return kinds[0]


def content_of(node: Node, kind: str, notes: list[str]) -> dict[str, Any]:
    """Return the columns of a claim's content; what is left out of it is added to `notes`.

    Raises Unfit if a value is none that its column can have.
    """
    as_written = _OURS.fullmatch(rest_of(node.name, "claim") or "") is not None
    content: dict[str, Any] = {}
    for column, said in PROPERTIES.items():
        values = node.said.get(said.iri)
        if values:
            scheme = f"{'outcome' if kind == 'outcome' else 'adoption'}-stage" if said.kind == "stage" else said.scheme
            read = _reader(said, scheme, as_written, notes)
            found = [item for value in values if (item := _read(value, said, read)) is not None]
            if found:
                content[column] = sorted(set(found)) if _is_list(column) else _only(found, said)
    content |= _ordered(node, content)
    if not as_written:
        for column in _COUNTRIES:
            _place(content, node, column)
        for column, bounds in _COMPUTED.items():
            _date(content, column, bounds)
    for column, bounds in _COMPUTED.items():
        _check_bounds(content, column, bounds)
    return content


def _is_list(column: str) -> bool:
    return bool(pa.types.is_list(CONTENT[column]))


def _only(values: list[Any], said: Property) -> Any:
    if len(set(values)) > 1:
        found = " and ".join(f"“{excerpt(str(value), 40)}”" for value in values[:3])
        raise Unfit(said.name, f"{len(values)} values: {found}", "one", "keep one, or make a claim of each")
    return values[0]


def _read(value: Value, said: Property, read: Callable[[Value], Any]) -> Any:
    if "\0" in value.text:
        raise Unfit(said.name, "a NUL character", "text", "remove it; it comes of a damaged copy")
    if len(value.text) > MAX_CELL:
        raise Unfit(said.name, f"{len(value.text):,} characters", f"at most {MAX_CELL:,}", "shorten it")
    try:
        return read(value)
    except FieldProblem as problem:
        raise Unfit(said.name, problem.found, problem.expected, problem.hint) from None


def _reader(said: Property, scheme: str, as_written: bool, notes: list[str]) -> Callable[[Value], Any]:
    """Return the function that reads a value of a property, null for one to leave out."""

    def concept(value: Value) -> str | None:
        if value.is_node:
            found = term_of(value.text, scheme)
            if found is None:
                notes.append(f"{said.name}: <{excerpt(value.text, 120)}> is no term of the scheme {scheme}; left out")
            return found
        return value.text if as_written else _known_term(scheme, value.text)

    def country(value: Value) -> str:
        code = rest_of(value.text, "country") if value.is_node else None
        if code is not None and code in _codes():
            return code
        if value.is_node:
            expected = "a country: https://w3id.org/southerly/id/country/ and an ISO 3166-1 alpha-3 code"
            raise Unfit(said.name, f"<{value.text}>", expected, "correct it, or write the country's name as text")
        if as_written:
            return value.text
        place = read_place(value.text)
        if place.country is None:
            raise Unfit(said.name, f"“{excerpt(value.text)}”", "a country", "say it with sou:countrySaid instead")
        return place.country

    def day(value: Value) -> date:
        try:
            return date.fromisoformat(value.text)
        except ValueError:
            found = f"“{excerpt(value.text)}”"
            raise Unfit(said.name, found, "a day such as 1995-01-31", "correct it, or leave it open") from None

    def flag(value: Value) -> bool:
        found = _FLAGS.get(value.text) if as_written else read_flag(value.text)
        if found is None:
            raise Unfit(said.name, f"“{excerpt(value.text)}”", "true or false", "leave it out if nobody knows")
        return found

    def jsons(value: Value) -> str:
        try:
            told = json.loads(value.text)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise Unfit(said.name, f"“{excerpt(value.text)}”", "a JSON object", "correct it, or leave it out")
        return value.text

    def words(value: Value) -> str:
        return value.text

    return {
        "concept": concept,
        "stage": concept,
        "country": country,
        "date": day,
        "flag": flag,
        "json": jsons,
    }.get(said.kind, words)


def _known_term(scheme: str, text: str) -> str:
    try:
        return read_term(scheme, text) or text
    except FieldProblem:
        return text  # words that no term stands for are kept as said


def _ordered(node: Node, content: dict[str, Any]) -> dict[str, Any]:
    """Return the lists whose order, repeats or emptiness the node tells, as long as they hold what it says."""
    told = node.text(_ORDER)
    if told is None:
        return {}
    try:
        lists = json.loads(told)
        order = {name: [str(item) for item in items] for name, items in lists.items() if _is_list(name)}
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise Unfit(
            "sou:listOrder", f"“{excerpt(told)}”", "a JSON object of lists", "leave it out; then lists are sorted"
        ) from None
    return {name: items for name, items in order.items() if set(items) == set(content.get(name, []))}


def _place(content: dict[str, Any], node: Node, column: str) -> None:
    """Keep the words of a place that say more than its country, as a table's reader does."""
    said = PROPERTIES[column]
    words = next((v.text for v in node.said.get(said.iri, []) if not v.is_node), None)
    more = content.get(f"{column}_said") or words
    if more is None:
        return
    try:
        place = read_place(more)
    except FieldProblem:
        return  # kept as said
    if place.said:
        content.setdefault(f"{column}_said", place.said)
    if column == "country" and place.subdivision:
        content.setdefault("subdivision", place.subdivision)


def _date(content: dict[str, Any], column: str, bounds: tuple[str, str]) -> None:
    """Work out EDTF and bounds of a date from what is given of it: EDTF, a year or a day, or words."""
    words = content.get(column) or content.get(f"{column}_said")
    if words is None:
        return
    name = PROPERTIES[column].name
    try:
        when = read_when(words)
    except FieldProblem as problem:
        raise Unfit(name, problem.found, problem.expected, problem.hint) from None
    if when is None:
        return
    content.setdefault(f"{column}_said", when.said)
    for key, value in zip((column, *bounds), (when.edtf, when.earliest, when.latest), strict=True):
        content.pop(key, None)
        if value is not None:
            content[key] = value


def _check_bounds(content: dict[str, Any], column: str, bounds: tuple[str, str]) -> None:
    earliest, latest = (content.get(name) for name in bounds)
    name = PROPERTIES[column].name
    if earliest and latest and earliest > latest:
        raise Unfit(name, f"a first day, {earliest}, after the last, {latest}", "the first first", "swap them")
    if content.get(column) is not None:
        try:
            parse_edtf(content[column])
        except ValueError as error:
            hint = "write it as in https://www.loc.gov/standards/datetime/, or as words with sou:whenSaid"
            raise Unfit(name, f"“{excerpt(content[column])}”", f"a date in EDTF ({error})", hint) from None


def _codes() -> frozenset[str]:
    return frozenset(country.iso3 for country in all_countries())
