"""How countries are shaded on the map, how thick an arc is, and the legend that says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .map_rows import MapRows, OnMap
from .picture import (
    DASHES,
    FAINT,
    INK,
    MARGIN,
    MEANING,
    SHADES,
    WIDE,
    arrow_head,
    counted,
    number,
    star,
    text,
    text_width,
)

_BOX = 18
_EDGE = f' stroke="{FAINT}" stroke-width="0.8"'


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of a shading: each reaches to a number, and has a colour and a name; by year or by count."""

    by_year: bool
    upto: tuple[int, ...]
    colours: tuple[str, ...]
    names: tuple[str, ...]

    def paint(self, country: OnMap, part: str, *, edge: bool = False) -> str:
        """Return the attributes that paint an adopter, with an edge where it has no neighbours to tell it from."""
        if not country.innovations:
            return f'fill="#ffffff" stroke="{INK}" stroke-dasharray="2 2" stroke-width="0.9"'
        value = _value(country, by_year=self.by_year)
        colours = zip(self.upto, self.colours, strict=True)
        fill = f"url(#{part}undated)" if value is None else next(c for most, c in colours if value <= most)
        return f'fill="{fill}"' + (f' stroke="{INK}" stroke-width="0.8"' if edge else "")


def classes_of(rows: MapRows) -> Classes:
    """Return up to four classes, each of about as many values: latest years of a first adoption, or innovations."""
    by_year = rows.label is not None
    values = sorted({v for country in rows.adopters if (v := _value(country, by_year=by_year)) is not None})
    n = min(len(SHADES), len(values))
    upto = [values[-(-len(values) * k // n) - 1] for k in range(1, n + 1)]
    begins = [values[values.index(most) + 1] for most in upto[:-1]]
    names = tuple(str(b) if a == b else f"{b}–{a}" for a, b in zip(upto, [*values[:1], *begins], strict=True))
    return Classes(by_year, tuple(upto), SHADES[:n] if by_year else SHADES[len(SHADES) - n :][::-1], names)


def _value(country: OnMap, *, by_year: bool) -> int | None:
    if not by_year:
        return len(country.innovations)
    return country.first[1].year if country.first and country.first[1] else None


def stroke_width(transfers: int, most: int, *, one: bool) -> float:
    """Return how thick an arc is: by the root of its share, for a map of all innovations."""
    return 1.8 if one else 0.8 + 3.4 * (transfers / most) ** 0.5


def legend(rows: MapRows, classes: Classes, y: float, part: str) -> tuple[str, float]:
    """Return the legend's two lines, and where they end."""
    line = _Line(y)
    if rows.adopters:
        line.say("Taken up by (latest possible year)" if classes.by_year else "Innovations taken up")
    for colour, name in zip(classes.colours, classes.names, strict=True):
        line.box(f'fill="{colour}"{_EDGE}', name)
    known = [country for country in rows.adopters if _value(country, by_year=classes.by_year) is None]
    if known:
        line.box(f'fill="url(#{part}undated)"{_EDGE}', f"in a year not stated, or open ({len(known)})")
    if considered := sum(1 for c in rows.countries.values() if c.adoptions and not c.innovations):
        line.box(f'fill="#ffffff" stroke-dasharray="2 2"{_EDGE}', f"only considered ({considered})")
    if rows.label is not None:
        for contested, name in ((False, "origin"), (True, "contested origin: reports disagree")):
            if any(c.origins and c.contested == contested for c in rows.countries.values()):
                line.mark(partial(_star, contested), name, 22)
    line.end()
    if rows.arcs:
        line.say("Learned from")
        for basis in (b for b in DASHES if any(arc[2] == b for arc in rows.arcs)):
            line.mark(partial(_arrow, basis), f"{basis}: {MEANING[basis]}", 50)
        if rows.label is None:
            line.mark(lambda _x, _y: "", f"The thickest arc is {counted(max(rows.arcs.values()), 'transfer')}.", 0)
        line.end()
    return "".join(line.drawn), line.y


def _star(contested: bool, x: float, y: float) -> str:
    return star(x + 9, y - 4, 9, contested=contested)


def _arrow(basis: str, x: float, y: float) -> str:
    line = f'<path d="M{number(x)},{number(y - 4)}h36" fill="none" {DASHES[basis]} stroke-width="1.8"/>'
    return line + arrow_head(x + 44, y - 4, 1, 0)


class _Line:
    """A line of marks with their names, which goes on below where it is full."""

    def __init__(self, y: float) -> None:
        self.drawn: list[str] = []
        self.x, self.y = float(MARGIN), y

    def say(self, said: str) -> None:
        """Begin with what the line is about."""
        self.drawn.append(text(self.x, self.y, said, 12.5, bold=True))
        self.x += text_width(said, 13.5) + 12

    def mark(self, draw: Callable[[float, float], str], name: str, room: float) -> None:
        """Add a mark, drawn at an x and a base line, and its name after some room."""
        wide = room + text_width(name, 12.5)
        if self.x + wide > WIDE - MARGIN:
            self.end()
        self.drawn += [draw(self.x, self.y), text(self.x + room, self.y, name, 12.5)]
        self.x += wide + 14

    def box(self, paint: str, name: str) -> None:
        """Add a box of a colour."""

        def draw(x: float, y: float) -> str:
            return f'<rect x="{number(x)}" y="{number(y - 11)}" width="{_BOX}" height="13" {paint}/>'

        self.mark(draw, name, _BOX + 6)

    def end(self) -> None:
        """Go on below."""
        if self.x > MARGIN:
            self.x, self.y = float(MARGIN), self.y + 24
