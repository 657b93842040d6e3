"""GeoJSON (RFC 7946) for QGIS, Leaflet and kepler.gl: places are points, transfers are lines between them."""

from __future__ import annotations

from itertools import chain
from math import copysign
from typing import TextIO

from .cells import json_text
from .content import Content, Row, Stamp
from .points import Point, line_between, point_of

_DIGITS = 6  # of a degree: about 10 cm


def write_geojson(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write a FeatureCollection; the metadata are a foreign member (§6.1).

    Sites stand at the point of their country, which `located_at` says. What has no point is a feature all the same,
    without geometry (§3.2).
    """
    out.write('{"type": "FeatureCollection", "features": [')
    places = (_feature(row, "place", _place(row)) for row in content.places())
    transfers = (_feature(row, "transfer", _line(row)) for row in content.transfers())
    for number, feature in enumerate(chain(places, transfers)):
        out.write(f"{',' if number else ''}\n{json_text(feature)}")
    out.write(f'], "metadata": {json_text(content.about(stamp))}}}\n')


def cut(start: Point, end: Point) -> list[list[Point]]:
    """Return the parts of the shorter line between two points, cut where it crosses the antimeridian (§3.1.9).

    >>> cut((170.0, 0.0), (-170.0, 10.0))
    [[(170.0, 0.0), (180.0, 5.0)], [(-180.0, 5.0), (-170.0, 10.0)]]
    """
    east = end[0] - start[0]
    if abs(east) <= 180:
        return [[start, end]]
    side = copysign(180.0, start[0])  # the line leaves the map here and comes back at the other edge
    share = (side - start[0]) / (east + 2 * side)
    lat = round(start[1] + share * (end[1] - start[1]), _DIGITS)
    return [[start, (side, lat)], [(-side, lat), end]]


def _place(row: Row) -> Row | None:
    point = point_of(row["id"])
    return {"type": "Point", "coordinates": point} if point else None


def _line(row: Row) -> Row | None:
    ends = line_between(row["from"], row["to"])
    if ends is None:
        return None
    parts = cut(*ends)
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def _feature(row: Row, kind: str, geometry: Row | None) -> Row:
    others = {name: value for name, value in row.items() if name not in {"id", "lat", "lon"}}
    located = {"located_at": "country"} if geometry else {}
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": geometry,
        "properties": {"feature": kind, **located, **others},
    }
