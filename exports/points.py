"""Where places lie on a map: at the point of their country, since no report gives the coordinates of a site."""

from __future__ import annotations

from functools import cache

from ..ontology.countries import all_countries

Point = tuple[float, float]  # longitude, latitude


def point_of(place: str) -> Point | None:
    """Return where the country of a place, given by id, lies; null if nothing is known."""
    return _points().get(place.split(":", 2)[1])


def line_between(source: str, target: str) -> tuple[Point, Point] | None:
    """Return the ends of a line between two places, given by id; null if either has no point."""
    start, end = point_of(source), point_of(target)
    return (start, end) if start and end else None


@cache
def _points() -> dict[str, Point]:
    return {c.iso3: (c.lon, c.lat) for c in all_countries() if c.lon is not None and c.lat is not None}
