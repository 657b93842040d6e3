"""The outlines of countries: every country is on the map, at its place and within it."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest
from southerly.ontology.countries import all_countries
from southerly.ontology.outlines import NOBODYS, Point, Ring, outlines

#: Capitals that lie well inside their country, longitude first.
CAPITALS = {
    "KEN": (36.8, -1.3),
    "COL": (-74.1, 4.7),
    "IND": (77.2, 28.6),
    "FRA": (2.35, 48.86),
    "BRA": (-47.9, -15.8),
    "RUS": (37.6, 55.75),
    "ZAF": (28.2, -25.7),
    "LSO": (27.9, -29.6),  # a hole in South Africa
    "XKX": (21.0, 42.6),
    "SOM": (44.06, 9.56),  # Hargeisa, which the source draws apart
}


def inside(point: Point, ring: Ring) -> bool:
    """Say whether a point lies in a ring, by the number of edges that a ray to the east crosses."""
    x, y = point
    found = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            found = not found
    return found


def holds(code: str, point: Point) -> bool:
    """Say whether a point lies in a country: in a part of it, and in none of its holes."""
    return any(
        inside(point, part[0]) and not any(inside(point, hole) for hole in part[1:]) for part in outlines()[code]
    )


@pytest.mark.parametrize("country", CAPITALS)
def test_a_capital_lies_in_its_country_and_in_no_other(country: str) -> None:
    assert {code for code in outlines() if holds(code, CAPITALS[country])} == {country}


def test_every_country_with_a_point_or_an_outline_can_be_drawn() -> None:
    drawable = {c.iso3 for c in all_countries() if c.lat is not None} | outlines().keys()
    assert {c.iso3 for c in all_countries()} - drawable == {"UMI"}  # islands in two oceans
    assert outlines().keys() - {c.iso3 for c in all_countries()} == {NOBODYS}
    assert "ATA" not in outlines()


def test_the_point_of_a_country_lies_near_its_outline() -> None:
    far = {"KIR": 31}  # its capital and its greatest island are 30 degrees apart
    for country in all_countries():
        if country.iso3 in outlines() and country.lon is not None and country.lat is not None:
            near = min(
                abs((x - country.lon + 180) % 360 - 180) + abs(y - country.lat)
                for part in outlines()[country.iso3]
                for x, y in part[0]
            )
            at = (country.lon, country.lat)
            assert near < far.get(country.iso3, 3) or holds(country.iso3, at), country.iso3


@pytest.mark.parametrize("country", ["RUS", "FJI"])
def test_a_country_across_the_antimeridian_has_parts_on_both_sides_and_none_across(country: str) -> None:
    parts = outlines()[country]
    assert {x for part in parts for x, _ in part[0]} >= {180.0}
    assert all(-180 <= x <= 180 for part in parts for x, _ in part[0])
    assert all(abs(a - b) < 180 for part in parts for (a, _), (b, _) in pairwise(part[0]))
    assert country != "RUS" or any(x < -175 for part in parts for x, _ in part[0])


def test_overseas_parts_with_a_code_of_their_own_are_not_their_states() -> None:
    for code, state in {"GUF": "FRA", "REU": "FRA", "SJM": "NOR", "BES": "NLD"}.items():
        (x, y), *_ = outlines()[code][0][0]
        assert not any(abs(a - x) + abs(b - y) < 2 for part in outlines()[state] for a, b in part[0])


def test_rings_are_closed_and_the_file_is_small() -> None:
    for parts in outlines().values():
        assert all(len(ring) >= 4 and ring[0] == ring[-1] for part in parts for ring in part)
    assert len((files("southerly.ontology") / "outlines.json").read_bytes()) < 300_000
