"""A claim's fields as a person mends them: each a line of words, read back as the cells of a table are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from ..graph.claims import CONTENT
from ..graph.dates import When
from ..ontology.countries import country_label
from .assemble import FIELDS, scalar_of
from .fields import FieldProblem, PlaceSaid

#: Fields that fill several columns of a claim; all others are one column of the same name.
_COLUMNS = {
    "country": ("country", "country_said", "subdivision"),
    "source_country": ("source_country", "source_country_said"),
    "countries": ("countries", "country_said"),
    "when": ("when_said", "when", "earliest", "latest"),
    "end": ("end_said", "end", "end_earliest", "end_latest"),
}
_UNMENDED = {"quote"}  # a claim stays the claim of its words


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the fields that a claim of some kind has, its status first."""
    return ("status", *(f for f in FIELDS[kind] if f not in _UNMENDED and f != "status"))


def words_of(claim: Mapping[str, Any], field: str) -> str:
    """Return what a claim says in a field, as a person would write it; nothing is an empty text.

    A claim here is its content with `status` and `confidence`.
    """
    if field in ("when", "end"):
        return str(claim.get(f"{field}_said") or claim.get(field) or "")
    if field in ("country", "source_country"):
        said, code = claim.get(f"{field}_said"), claim.get(field)
        return str(said if said and code else f"region: {said}" if said else country_label(code) if code else "")
    value = claim.get(field)
    if field.endswith("countries"):
        return "; ".join(country_label(code) for code in value or [])
    if isinstance(value, list):
        return "; ".join(value)
    return "yes" if value is True else "no" if value is False else str(value or "")


def mended(
    kind: str, claim: Mapping[str, Any], written: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, FieldProblem]]:
    """Return a claim with the fields that were written otherwise, and what is wrong by field.

    Fields whose words are unchanged, or not written at all, keep what they hold to the last bound of a date.
    """
    result = dict(claim)
    wrong: dict[str, FieldProblem] = {}
    for field, words in written.items():
        if field not in fields_of(kind):
            near = f"Its fields are: {', '.join(fields_of(kind))}."
            wrong[field] = FieldProblem(f"the field {field}", f"a field of a claim of kind {kind}", near)
        elif words.strip() != words_of(claim, field).strip():
            try:
                values = _read(kind, field, words)
            except FieldProblem as problem:
                wrong[field] = problem
            else:
                for column in _COLUMNS.get(field, (field,)):
                    result.pop(column, None)
                result |= {column: value for column, value in values.items() if value not in (None, [], "")}
    result.setdefault("status", "actual")
    if "innovation" in FIELDS[kind] and kind != "outcome" and not result.get("innovation"):
        advice = "Write it, or refuse the claim."
        wrong["innovation"] = FieldProblem("(blank)", "the innovation's name", advice)
    return result, wrong


def _read(kind: str, field: str, words: str) -> dict[str, Any]:
    value = scalar_of(kind, field)(words)
    if isinstance(value, When):
        return dict(zip(_COLUMNS[field], (value.said, value.edtf, value.earliest, value.latest), strict=True))
    if isinstance(value, list) and any(isinstance(item, PlaceSaid) for item in value):
        return _places(field, words, value)
    if isinstance(value, list) and not pa.types.is_list(CONTENT.get(field, pa.string())):
        value = "; ".join(value)
    return {field: value}


def _places(field: str, words: str, places: list[PlaceSaid]) -> dict[str, Any]:
    if field.endswith("countries"):
        if any(place.country is None for place in places):
            raise FieldProblem(words, "countries alone", "Leave regions out; the quote keeps them.")
        return {field: list(dict.fromkeys(place.country for place in places))}
    if len(places) > 1:
        advice = "Keep one here; what the sentence says of another is a claim of its own."
        raise FieldProblem(words, "one country", advice)
    return dict(zip(_COLUMNS[field], places[0], strict=False))
