"""Outlines of countries for small maps: rings of longitude and latitude, from Natural Earth (public domain).

`outlines.json` is made by `docs/build_outlines.py`. Antarctica is left out; what is too small to be drawn, and states
that are no more, have a point in `countries.csv` alone. Where borders are disputed the map follows its source and
ISO 3166-1, and takes no side.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from itertools import accumulate

Point = tuple[float, float]  # longitude, latitude
Ring = tuple[Point, ...]  # closed, the last point its first
Polygon = tuple[Ring, ...]  # its border, then its holes

NOBODYS = ""  # land that ISO 3166-1 counts to no country


@cache
def outlines() -> dict[str, tuple[Polygon, ...]]:
    """Return the parts of every country that has an outline, by alpha-3 code, the greatest part first.

    No part reaches over the antimeridian: a country that lies across it has parts on both sides.
    """
    told = json.loads((files(__package__) / "outlines.json").read_text("utf-8"))
    scale = told["per_degree"]
    return {
        code: tuple(tuple(_ring(steps, scale) for steps in part) for part in parts)
        for code, parts in told["countries"].items()
    }


def _ring(steps: list[int], scale: int) -> Ring:
    """Return a ring from its first point and the steps between the others."""
    line = [(x / scale, y / scale) for x, y in zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)]
    return (*line, line[0])
