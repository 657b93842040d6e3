"""Make `ontology/outlines.json`, the outlines of countries for small maps, from Natural Earth's 1:50m countries.

    python docs/build_outlines.py countries-50m.json

The file is that of world-atlas 2.0.2 (TopoJSON, Natural Earth, public domain). The same file gives the same bytes.
Borders are simplified as shared arcs, so neighbours still fit; rings that cross the antimeridian are cut there.
Antarctica is left out, for no health system is on it.
"""

from __future__ import annotations

import csv
import heapq
import json
import sys
from itertools import pairwise
from math import asin, cos, degrees, radians, sin, sqrt
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

ONTOLOGY = Path(__file__).parent.parent / "ontology"
PER_DEGREE = 50  # steps of the grid that points are rounded to: some 2 km, a tenth of a pixel on a map 1,000 wide
LEAST_TRIANGLE = 0.03  # square degrees that a point of a border has to matter
LEAST_ISLAND = 0.06  # square degrees below which a part of a country is left out, unless it is the greatest
# Without a code in the source. ISO 3166-1 counts them to these; Siachen is nobody's there and stays grey.
NAMED = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP", "Siachen Glacier": "", "Indian Ocean Ter.": "CXR"}
# Countries of their own in ISO 3166-1 that the source draws as a part of another, and how near to their point (in
# degrees of arc) a part has to lie to be theirs.
WITHIN = {
    "FRA": {"GUF": 4, "GLP": 1, "MTQ": 1, "REU": 2, "MYT": 1},
    "NOR": {"SJM": 6},
    "NLD": {"BES": 8},
    "CXR": {"CCK": 2},
}


def main(source: Path) -> None:
    """Write the outlines and say how many there are."""
    topology = json.loads(source.read_text("utf-8"))
    arcs = [_simplified(arc) for arc in _arcs(topology)]
    with (ONTOLOGY / "countries.csv").open(encoding="utf-8", newline="") as table:
        known = list(csv.DictReader(table))
    codes = {row["m49"]: row["iso3"] for row in known}
    points = {row["iso3"]: (float(row["lon"]), float(row["lat"])) for row in known if row["lon"]}
    found: dict[str, list[list[Ring]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = codes[shape["id"]] if "id" in shape else NAMED[shape["properties"]["name"]]
        if code == "ATA":
            continue
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            rings = [_ring(arcs, numbers) for numbers in polygon]
            for part in _cut(rings):
                found.setdefault(_owner(code, part[0], points), []).append(part)
    shapes = {code: _kept(parts) for code, parts in sorted(found.items())}
    told: dict[str, Any] = {
        "per_degree": PER_DEGREE,
        "countries": {code: parts for code, parts in shapes.items() if parts},
    }
    path = ONTOLOGY / "outlines.json"
    path.write_text(json.dumps(told, separators=(",", ":")).replace('],"', '],\n"') + "\n", "utf-8")
    print(f"{path}: {len(told['countries'])} countries, {path.stat().st_size:,} bytes")


def _arcs(topology: Any) -> list[Ring]:
    """Return the arcs in degrees (TopoJSON specification, §2.1.2 and §2.1.3)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append(line)
    return found


def _simplified(line: Ring) -> Ring:
    """Return an arc without the points that matter least (Visvalingam and Whyatt 1993), its ends kept.

    A point matters by the triangle that it makes with its neighbours, here in square degrees at the equator. A
    closed arc keeps four points, the last of them its first.
    """
    least = 4 if line[0] == line[-1] else 2
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    alive = [True] * len(line)
    heap = [(_triangle(line[i - 1], line[i], line[i + 1]), i) for i in range(1, len(line) - 1)]
    heapq.heapify(heap)
    area = {i: a for a, i in heap}
    left = len(line)
    while heap and left > least:
        size, i = heapq.heappop(heap)
        if not alive[i] or size != area[i]:
            continue
        if size >= LEAST_TRIANGLE:
            break
        alive[i], left = False, left - 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if 0 < j < len(line) - 1:
                area[j] = max(size, _triangle(line[before[j]], line[j], line[after[j]]))
                heapq.heappush(heap, (area[j], j))
    return [point for point, kept in zip(line, alive, strict=True) if kept]


def _triangle(a: Point, b: Point, c: Point) -> float:
    if max(abs(a[0] - b[0]), abs(b[0] - c[0])) > 180:
        return float("inf")  # across the antimeridian
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * cos(radians(b[1]))


def _ring(arcs: list[Ring], numbers: list[int]) -> Ring:
    """Join arcs to a closed ring, with longitudes that run on over the antimeridian."""
    line: Ring = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += part[1:] if line else part
    turn = 0.0
    found = [line[0]]
    for (a, _), (b, lat) in pairwise(line):
        turn -= 360 * round((b - a) / 360)
        found.append((b + turn, lat))
    return found


def _cut(rings: list[Ring]) -> list[list[Ring]]:
    """Return the parts of a polygon on this side of the antimeridian and beyond, brought back onto the map."""
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        clipped = [_clipped(_clipped([(x + turn, y) for x, y in ring], -180.0, 1), 180.0, -1) for ring in rings]
        if len(clipped[0]) > 3:
            parts.append([clipped[0], *(hole for hole in clipped[1:] if len(hole) > 3)])
    return parts


def _clipped(ring: Ring, edge: float, side: int) -> Ring:
    """Return the part of a closed ring on one side of a meridian (Sutherland and Hodgman 1974)."""
    found: Ring = []
    for (ax, ay), (bx, by) in pairwise(ring):
        inside, comes_in = side * (ax - edge) >= 0, side * (bx - edge) >= 0
        if inside:
            found.append((ax, ay))
        if inside != comes_in:
            found.append((edge, ay + (edge - ax) / (bx - ax) * (by - ay)))
    return [*found, found[0]] if found else []


def _owner(code: str, ring: Ring, points: dict[str, Point]) -> str:
    x, y = sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    near = ((_arc_between((x, y), points[part]), part) for part, most in WITHIN.get(code, {}).items())
    _, part = min(((d, p) for d, p in near if d <= WITHIN[code][p]), default=(0.0, code))
    return part


def _arc_between(a: Point, b: Point) -> float:
    """Return the angle between two points in degrees (haversine)."""
    dx, dy, y1, y2 = radians(b[0] - a[0]), radians(b[1] - a[1]), radians(a[1]), radians(b[1])
    return degrees(2 * asin(sqrt(sin(dy / 2) ** 2 + cos(y1) * cos(y2) * sin(dx / 2) ** 2)))


def _kept(parts: list[list[Ring]]) -> list[list[list[int]]]:
    """Return the parts worth drawing, on the grid, the greatest first; a ring is its first point, then steps."""
    sized = sorted(((_area(part[0]), part) for part in parts), key=lambda item: -item[0])
    kept = [part for number, (area, part) in enumerate(sized) if not number or area >= LEAST_ISLAND]
    drawn = [[_steps(ring) for ring in part] for part in kept]
    return [[ring for ring in part if len(ring) >= 6] for part in drawn if len(part[0]) >= 6]


def _area(ring: Ring) -> float:
    """Return the area of a closed ring in square degrees at the equator."""
    middle = sum(y for _, y in ring) / len(ring)
    twice = sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))
    return abs(twice) / 2 * cos(radians(middle))


def _steps(ring: Ring) -> list[int]:
    """Return a closed ring on the grid as x, y of its first point and the steps to each of the others but the last."""
    grid: list[tuple[int, int]] = []
    for x, y in ring[:-1]:
        point = (round(x * PER_DEGREE), round(y * PER_DEGREE))
        if not grid or point != grid[-1]:
            grid.append(point)
    steps = list(grid[0])
    for (ax, ay), (bx, by) in pairwise(grid):
        steps += (bx - ax, by - ay)
    return steps


if __name__ == "__main__":
    main(Path(sys.argv[1]))
