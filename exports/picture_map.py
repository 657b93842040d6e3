"""The map: who took an innovation up and by when, where it began, and an arc for each way that it travelled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TextIO

from ..graph.reviewed import CANDIDATE
from ..ontology.countries import country_label
from ..ontology.outlines import outlines
from .cells import xml_text
from .content import Content, Row, Stamp
from .held import label_of
from .map_legend import Classes, classes_of, legend, stroke_width
from .map_projection import Frame, arc, frame_of, outline_path, pointed, world_path
from .map_rows import MapRows, OnMap, map_rows
from .picture import (
    DASHES,
    LAND,
    MARGIN,
    RULE,
    SEA,
    WIDE,
    arrow_head,
    counted,
    document,
    footer,
    heading,
    number,
    span_in_words,
    star,
    text,
    text_width,
)
from .points import Point, point_of

MOST_ARCS = 120  # more would hide one another; the rest is counted
_MOST_NAMES = 45
_TOP, _HIGH = 78.0, 560.0
_SMALL = 7.0  # pixels; a country whose greatest part is smaller gets a dot
_SHORT = 4.0  # pixels that an arc stops before its adopter


def write_svg_map(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write the map as SVG."""
    rows = map_rows(content, label_of(content))
    out.write(draw_map(rows, content.about(stamp)))


def draw_map(rows: MapRows, about: Row, *, part: str = "") -> str:
    """Return the map as SVG; `part` is that of `picture.document`."""
    known = {code: point for code in rows.countries if (point := point_of(f"country:{code}"))}
    frame = frame_of(known.values(), MARGIN, _TOP, WIDE - 2 * MARGIN, _HIGH)
    placed = {code: point for code, point in known.items() if frame.holds(frame.place(point))}
    classes = classes_of(rows)
    arcs, undrawn = _arcs(rows, placed, frame)
    names, unnamed = _names(rows, placed, frame)
    inside = (
        heading(*_titles(rows))
        + _defs(part)
        + f'<g clip-path="url(#{part}frame)">\n<path d="{world_path(frame)}" fill="{SEA}"/>\n'
        f'<g fill="{LAND}" stroke="#ffffff" stroke-width="0.6" fill-rule="evenodd">\n'
        f"{''.join(_countries(rows, frame, classes, part))}</g>\n"
        f"{''.join(_dots(rows, placed, frame, classes, part))}{arcs}"
        f"{''.join(_stars(rows, placed, frame))}{names}</g>\n"
        f'<rect x="{MARGIN}" y="{number(_TOP)}" width="{WIDE - 2 * MARGIN}" height="{number(_HIGH)}" fill="none" '
        f'stroke="{RULE}"/>\n'
    )
    drawn, y = legend(rows, classes, _TOP + _HIGH + 26, part)
    notes, y = footer(y + 8, _notes(rows, placed, undrawn, unnamed), about)
    desc = f"A map of the world, or of a part of it. {rows.summary}. {_in_words(rows)}"
    return document(inside + drawn + notes, y + 4, _titles(rows)[0], desc, about, part=part)


def _titles(rows: MapRows) -> tuple[str, str]:
    if rows.label is None:
        return "Who learned health innovations from whom, as reports claim", rows.summary
    return f"{rows.label}: where it spread, as reports claim", rows.summary


def _defs(part: str) -> str:
    return (
        f'<defs><clipPath id="{part}frame"><rect x="{MARGIN}" y="{number(_TOP)}" width="{WIDE - 2 * MARGIN}" '
        f'height="{number(_HIGH)}"/></clipPath>\n'
        f'<pattern id="{part}undated" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="5" height="5" fill="#e3edf5"/>'
        '<rect width="2" height="5" fill="#2f7fbf"/></pattern></defs>\n'
    )


def _countries(rows: MapRows, frame: Frame, classes: Classes, part: str) -> Iterator[str]:
    for code, parts in outlines().items():
        path = outline_path(frame, parts)
        country = rows.countries.get(code)
        if country is None or not country.adoptions:
            yield f'<path d="{path}"/>\n'
        else:
            told = xml_text(_told(country, rows))
            yield (
                f'<path class="adopter" data-country="{code}" d="{path}" {classes.paint(country, part)}>'
                f"<title>{told}</title></path>\n"
            )


def _dots(rows: MapRows, placed: dict[str, Point], frame: Frame, classes: Classes, part: str) -> Iterator[str]:
    """Yield a dot for each adopter that is too small to be seen, or has no outline."""
    for code, country in rows.countries.items():
        if code in placed and country.adoptions and _size(code, frame) < _SMALL:
            x, y = frame.place(placed[code])
            yield (
                f'<circle class="small" data-country="{code}" cx="{number(x)}" cy="{number(y)}" r="4.5" '
                f"{classes.paint(country, part, edge=True)}>"
                f"<title>{xml_text(_told(country, rows))}</title></circle>\n"
            )


def _size(code: str, frame: Frame) -> float:
    parts = outlines().get(code)
    if not parts:
        return 0.0
    placed = [frame.place(point) for point in parts[0][0]]
    xs, ys = [x for x, _ in placed], [y for _, y in placed]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _told(country: OnMap, rows: MapRows) -> str:
    if rows.label is None:
        told = f"{counted(len(country.innovations), 'innovation')} taken up"
    elif country.innovations:
        told = f"taken up, first {span_in_words(*(country.first or (None, None)))}"
    else:
        told = "only considered"
    return f"{country.label}: {told}{f', {CANDIDATE}' if country.candidate else ''}"


def _arcs(rows: MapRows, placed: dict[str, Point], frame: Frame) -> tuple[str, dict[str, int]]:
    """Return the arcs, and how many transfers are not drawn, by the reason."""
    drawn: list[str] = []
    undrawn = {"no point": 0, "no room": 0}
    most = max(rows.arcs.values(), default=1)
    beside: dict[tuple[str, str], int] = {}
    for (source, target, basis), transfers in rows.arcs.items():
        if source not in placed or target not in placed:
            undrawn["no point"] += transfers
        elif len(drawn) >= MOST_ARCS:
            undrawn["no room"] += transfers
        else:
            number_beside = beside[source, target] = beside.get((source, target), 0) + 1
            lines = arc(frame, placed[source], placed[target], 0.6 + 0.5 * number_beside)
            told = f"{rows.countries[source].label} to {rows.countries[target].label}: "
            told += f"{counted(transfers, 'transfer')}, {basis}"
            if unreviewed := rows.candidates[source, target, basis]:
                told += f", {CANDIDATE}" if unreviewed == transfers else f", {unreviewed} of them {CANDIDATE}"
            width = stroke_width(transfers, most, one=rows.label is not None)
            drawn.append(_arc(lines, basis, width, f"{source} {target}", transfers, told))
    return "".join(reversed(drawn)), undrawn  # the heaviest on top


def _arc(lines: list[list[Point]], basis: str, width: float, ends: str, transfers: int, told: str) -> str:
    source, target = ends.split()
    size = 6 + width
    last, tip, way = pointed(lines[-1], _SHORT, size)
    head = arrow_head(*tip, *way, size)
    drawn = [line for line in (*lines[:-1], last) if line]
    path = "".join(f"M{'L'.join(f'{number(x)},{number(y)}' for x, y in line)}" for line in drawn)
    return (
        f'<g class="arc" data-from="{source}" data-to="{target}" data-basis="{basis}" data-transfers="{transfers}">'
        f'<title>{xml_text(told)}</title><path d="{path}" fill="none" stroke="#ffffff" stroke-opacity="0.6" '
        f'stroke-width="{number(width + 1.6)}"/><path d="{path}" fill="none" {DASHES[basis]} '
        f'stroke-width="{number(width)}"/>{head}</g>\n'
    )


def _stars(rows: MapRows, placed: dict[str, Point], frame: Frame) -> Iterator[str]:
    if rows.label is None:
        return
    for code, country in rows.countries.items():
        if country.origins and code in placed:
            x, y = frame.place(placed[code])
            told = f"{country.label}: {'contested origin' if country.contested else 'origin'}"
            yield (
                f'<g class="origin" data-country="{code}"><title>{xml_text(told)}</title>'
                f"{star(x, y, 10, contested=country.contested)}</g>\n"
            )


def _names(rows: MapRows, placed: dict[str, Point], frame: Frame) -> tuple[str, int]:
    """Return names where they fit without touching one another, the weightiest first, and how many do not."""
    weight = dict.fromkeys(placed, 0)
    for (source, target, _), transfers in rows.arcs.items():
        for code in {source, target} & weight.keys():
            weight[code] += transfers
    order = sorted(placed, key=lambda code: (-bool(rows.countries[code].origins), -weight[code], code))
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in map(frame.place, placed.values())]
    drawn = []
    for code in order[:_MOST_NAMES]:
        label = rows.countries[code].label
        x, y = frame.place(placed[code])
        wide = text_width(label, 11.5)
        for dx, dy, anchor in ((10, 4, 0.0), (-10, 4, 1.0), (0, -12, 0.5), (0, 21, 0.5), (9, -9, 0.0), (-9, 16, 1.0)):
            left = x + dx - anchor * wide
            box = (left, y + dy - 10, left + wide, y + dy + 3)
            if frame.holds(box[:2]) and frame.holds(box[2:]) and not any(_meet(box, other) for other in taken):
                taken.append(box)
                drawn.append(text(left, y + dy, label, 11.5, halo=True))
                break
    return "".join(drawn), len(placed) - len(drawn)


_Box = tuple[float, float, float, float]


def _meet(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _notes(rows: MapRows, placed: dict[str, Point], undrawn: dict[str, int], unnamed: int) -> list[str]:
    notes = ["Sites stand at the point of their country. An arc shows who learned from whom, not the way taken."]
    if lost := sorted(set(rows.countries) - set(placed)):
        notes.append(f"Not on this map: {', '.join(country_label(code) for code in lost)}.")
    if undrawn["no point"]:
        notes.append(f"{counted(undrawn['no point'], 'transfer')} from or to there not drawn.")
    if undrawn["no room"]:
        notes.append(f"And {counted(undrawn['no room'], 'more transfer')} on lighter arcs than the {MOST_ARCS} drawn.")
    if unreviewed := rows.candidates.total():
        rest = "rests" if unreviewed == 1 else "rest"
        notes.append(f"{counted(unreviewed, 'transfer')} {rest} on candidates alone, which nobody has reviewed.")
    if unnamed:
        notes.append(f"{counted(unnamed, 'name')} left out for want of room.")
    notes.append(
        "Outlines: Natural Earth (public domain); Equal Earth projection. Borders are no opinion on their status."
    )
    return [" ".join(notes)]


def _in_words(rows: MapRows) -> str:
    """Return who learned from whom as text, for those who do not see the picture."""
    told = []
    for source, group in groupby(sorted(rows.arcs)[:MOST_ARCS], key=lambda item: item[0]):
        targets = ", ".join(f"{rows.countries[target].label} ({basis})" for _, target, basis in group)
        told.append(f"From {rows.countries[source].label} to {targets}.")
    return " ".join(told)
