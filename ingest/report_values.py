"""Values of a filled report as columns of claims: places, dates, evidence, and what no column carries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..graph.dates import When
from .fields import NOWHERE, PlaceSaid, first_observed

#: Columns of one claim by name.
Row = dict[str, Any]


def where(place: PlaceSaid | None, site: str | None = None) -> Row:
    """Return the columns of one place."""
    country, said, subdivision = place or NOWHERE
    return {"country": country, "country_said": said, "subdivision": subdivision, "site": site}


def adopted_in(places: Sequence[PlaceSaid], site: str | None) -> Row:
    """Return the columns of the places where an outcome was found."""
    return {"countries": codes(places), "country_said": words(places), "site": site}


def learned_from(teacher: Row) -> Row:
    """Return the columns of the place that an adopter learned from."""
    country, said, _ = teacher.get("country") or NOWHERE
    return {"source_country": country, "source_country_said": said, "source_site": teacher.get("site")}


def codes(places: Sequence[PlaceSaid]) -> list[str] | None:
    """Return the countries of some places, each once; null if none of them is one."""
    return list(dict.fromkeys(place.country for place in places if place.country)) or None


def words(places: Sequence[PlaceSaid]) -> str | None:
    """Return the report's words for some places, where any says more than its country."""
    if not any(place.said for place in places):
        return None
    return "; ".join(place.said or place.country or "" for place in places)


def timed(when: When | None, name: str = "when", *, by: bool = False) -> Row:
    """Return the columns of a date; `by` means then or before."""
    if when is None:
        return {}
    meant = first_observed(when) if by else when
    before = "" if name == "when" else f"{name}_"
    return {
        f"{name}_said": when.said,
        name: meant.edtf,
        f"{before}earliest": meant.earliest,
        f"{before}latest": meant.latest,
    }


def evidence(values: Row) -> Row:
    """Return the columns that say how we know."""
    return {"quote": values.get("quote"), "confidence": values.get("confidence")}


def extra(values: Row, *names: str, **more: Any) -> str | None:
    """Return what no column carries as a JSON object: page, note and the fields named; null if blank."""
    kept = {name: _plain(values[name]) for name in ("page", "note", *names) if name in values}
    kept |= {name: _plain(value) for name, value in more.items() if value not in (None, "", [], {})}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else None


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: places and dates in the report's words."""
    if isinstance(value, PlaceSaid):
        return value.said or value.country
    if isinstance(value, When):
        return value.said
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value
