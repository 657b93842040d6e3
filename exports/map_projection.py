"""The map's projection: Equal Earth, of equal areas, and what is drawn in it.

B. Šavrič, T. Patterson, B. Jenny (2018): The Equal Earth map projection. International Journal of Geographical
Information Science 33(3), 454-465.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, hypot, radians, sin, sqrt

from ..ontology.outlines import Polygon
from .picture import number
from .points import Point

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796  # table 1 of the paper
_NORTH, _SOUTH = 83.7, -56.0  # what a map of the world shows: Greenland and Cape Horn
_BEND = 0.18  # of the length of an arc
_STEPS = 40  # straight pieces of an arc


def equal_earth(lon: float, lat: float) -> Point:
    """Return where a point lies on the plane, y upwards (formulas 7 and 8).

    >>> x, y = equal_earth(180.0, 0.0)
    >>> round(x, 3), y
    (2.707, 0.0)
    """
    t = asin(sqrt(3) / 2 * sin(radians(lat)))
    slope = 9 * _A4 * t**8 + 7 * _A3 * t**6 + 3 * _A2 * t**2 + _A1
    return 2 * sqrt(3) * radians(lon) * cos(t) / (3 * slope), _A4 * t**9 + _A3 * t**7 + _A2 * t**3 + _A1 * t


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the picture that shows a part of the plane."""

    left: float
    top: float
    wide: float
    high: float
    scale: float
    x0: float  # of the plane, at the left
    y0: float  # of the plane, at the top

    def place(self, point: Point) -> Point:
        """Return where a point of the earth is drawn."""
        x, y = equal_earth(*point)
        return self.left + (x - self.x0) * self.scale, self.top + (self.y0 - y) * self.scale

    def holds(self, point: Point) -> bool:
        """Say whether a point of the picture is inside."""
        return self.left <= point[0] <= self.left + self.wide and self.top <= point[1] <= self.top + self.high


def frame_of(points: Iterable[Point], left: float, top: float, wide: float, high: float) -> Frame:
    """Return a frame around some points with room about them; of the whole world where they are far apart."""
    (west, _), (east, _) = equal_earth(-180, 0), equal_earth(180, 0)
    (_, north), (_, south) = equal_earth(0, _NORTH), equal_earth(0, _SOUTH)
    world = min(wide / (east - west), high / (north - south))
    placed = [equal_earth(*point) for point in points]
    if placed:
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        pad = 0.22 + 0.12 * (max(xs) - min(xs))
        fit = min(wide / (max(xs) - min(xs) + 2 * pad), high / (max(ys) - min(ys) + 2 * pad))
        scale = min(fit, 4 * world)
        if scale > 1.25 * world:
            x0 = (min(xs) + max(xs)) / 2 - wide / scale / 2
            y0 = (min(ys) + max(ys)) / 2 + high / scale / 2
            return Frame(left, top, wide, high, scale, x0, y0)
    return Frame(left, top, wide, high, world, -wide / world / 2, (north + south) / 2 + high / world / 2)


def outline_path(frame: Frame, parts: Iterable[Polygon]) -> str:
    """Return the outline of a country as the data of a path, to be filled by the even-odd rule."""
    found = []
    for part in parts:
        for ring in part:
            steps: list[str] = []
            for point in ring[:-1]:
                x, y = frame.place(point)
                step = f"{number(x)},{number(y)}"
                if not steps or step != steps[-1]:
                    steps.append(step)
            if len(steps) > 2:
                found.append(f"M{'L'.join(steps)}Z")
    return "".join(found)


def arc(frame: Frame, start: Point, end: Point, bend: float = 1.0) -> list[list[Point]]:
    """Return a bent line between two points, in the parts that lie on the map: two over the antimeridian, else one.

    It goes the shorter way round, over the antimeridian if need be, and bends to the left of its direction, so that
    there and back differ.
    """
    x0, y0 = start
    dx, dy = (end[0] - x0 + 180) % 360 - 180, end[1] - y0
    length = hypot(dx, dy)
    if not length:
        return []
    aside = max(_BEND, min(0.5, 2.0 / length)) * bend  # near neighbours need more, to be seen
    cx, cy = x0 + dx / 2 - dy * aside, max(-70.0, min(78.0, y0 + dy / 2 + dx * aside))
    parts: list[list[Point]] = [[]]
    before = start
    for step in range(_STEPS + 1):
        t = step / _STEPS
        x = (1 - t) ** 2 * x0 + 2 * t * (1 - t) * cx + t**2 * (x0 + dx)
        y = (1 - t) ** 2 * y0 + 2 * t * (1 - t) * cy + t**2 * end[1]
        if (turn := (x + 180) // 360) != (was := (before[0] + 180) // 360):
            edge = 360 * max(turn, was) - 180  # where it leaves the map, to come back at the other side
            lat = before[1] + (y - before[1]) * (edge - before[0]) / (x - before[0])
            side = 180.0 if turn > was else -180.0
            parts[-1].append(frame.place((side, lat)))
            parts.append([frame.place((-side, lat))])
        parts[-1].append(frame.place((x - 360 * turn, y)))
        before = (x, y)
    return parts


def pointed(line: list[Point], short: float, head: float) -> tuple[list[Point], Point, Point]:
    """Return a line that makes room for an arrow's head, the head's tip, and its direction.

    The tip stops some pixels short of the line's end. Of a line no longer than that and the head nothing is left.

    >>> pointed([(0.0, 0.0), (20.0, 0.0)], 5.0, 10.0)
    ([(0.0, 0.0), (7.0, 0.0)], (15.0, 0.0), (1.0, 0.0))
    """
    ex, ey = line[-1]
    far = [hypot(x - ex, y - ey) for x, y in line]
    tail = next((i for i in reversed(range(len(line))) if far[i] > short + head), 0)
    length = far[tail] or 1.0
    dx, dy = (ex - line[tail][0]) / length, (ey - line[tail][1]) / length
    reach = short + 0.8 * head
    kept = [point for point, distance in zip(line, far, strict=True) if distance > reach]
    joint = [(ex - dx * reach, ey - dy * reach)] if kept else []
    return [*kept, *joint], (ex - dx * short, ey - dy * short), (dx, dy)


def world_path(frame: Frame) -> str:
    """Return the edge of the world as the data of a path."""
    lats = range(-90, 91, 3)
    edge = [(180.0, float(lat)) for lat in lats] + [(-180.0, float(-lat)) for lat in lats]
    return f"M{'L'.join(f'{number(x)},{number(y)}' for x, y in map(frame.place, edge))}Z"
