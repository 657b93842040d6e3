"""The spread tree: a row an adopter, below the one it learned from, at the time when it took the innovation up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from .cells import xml_text
from .content import Content, Row, Stamp
from .held import held
from .picture import (
    DASHES,
    FAINT,
    MARGIN,
    MEANING,
    ORIGIN,
    RULE,
    SHADES,
    WIDE,
    arrow_head,
    counted,
    document,
    fitted,
    footer,
    heading,
    number,
    span_in_words,
    star,
    text,
    text_width,
)
from .tree_rows import Edge, Node, TreeRows, tree_rows
from .tree_scale import Scale, scale_of

_ROW = 26.0
_TOP = 112.0
_NAMES, _BEFORE, _AXIS, _AFTER, _WORDS = MARGIN, 340.0, 400.0, 880.0, 975.0  # left edges of the columns
_INDENT = 16.0
_BAR = SHADES[1]
_BESIDE = {"stated": 0.0, "inferred": 5.0, "assumed": 10.0}  # so that lines down from one source tell themselves apart


def write_svg_tree(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write the spread tree as SVG; errors are those of `held.the_one`."""
    rows = tree_rows(held(content))
    out.write(draw_tree(rows, content.about(stamp)))


def draw_tree(rows: TreeRows, about: Row, *, part: str = "") -> str:
    """Return the tree as SVG; `part` is that of `picture.document`."""
    days = [day for node in rows.nodes for day in (node.earliest, node.latest)]
    scale = scale_of(days, _AXIS + 24, _AFTER - 24)
    spots = {node.id: _Spot(node, _TOP + (i + 0.5) * _ROW, scale) for i, node in enumerate(rows.nodes)}
    bottom = _TOP + len(rows.nodes) * _ROW
    title = f"{rows.label}: who learned it from whom, and when"
    shown = f" ({rows.adopters - rows.more_adopters} shown)" if rows.more_adopters else ""
    below = f"{counted(rows.adopters, 'adopter')}{shown}, {counted(rows.transfers, 'transfer')}, as reports claim"
    legend, y = _legend(rows, bottom + 34)
    notes, y = footer(y + 10, _notes(rows), about)
    inside = (
        heading(title, below)
        + _columns(rows, scale, bottom, spots)
        + "".join(_edge(edge, spots[edge.source], spots[edge.target]) for edge in reversed(rows.edges))
        + "".join(_line(node, spots[node.id]) for node in rows.nodes)
        + legend
        + notes
    )
    return document(inside, y + 4, title, f"A tree by year. {below}. {_in_words(rows)}", about, part=part)


class _Spot:
    """Where a row stands: from `left` to `right`, which are one where a year is all there is to say."""

    def __init__(self, node: Node, y: float, scale: Scale | None) -> None:
        self.y = y
        self.open_left = node.dated and node.earliest is None
        self.open_right = node.dated and node.latest is None
        self.dated = node.dated and scale is not None
        self.sure = False
        if scale is None or not node.dated:
            self.left = self.right = (_BEFORE + _AXIS) / 2 if node.kind != "adoption" else (_AFTER + _WORDS) / 2 - 6
            return
        self.left = scale.x(node.earliest) if node.earliest else scale.left - 16
        self.right = scale.x(node.latest) if node.latest else scale.right + 16
        if node.earliest and node.latest and node.earliest.year == node.latest.year:
            self.sure = True
            self.left = self.right = (self.left + self.right) / 2


def _columns(rows: TreeRows, scale: Scale | None, bottom: float, spots: dict[str, _Spot]) -> str:
    """Return the bands of the rows, the years, and the heads of the columns."""
    bands = [
        f'<rect x="{MARGIN}" y="{number(_TOP + i * _ROW)}" width="{WIDE - 2 * MARGIN}" height="{number(_ROW)}" '
        'fill="#f4f6f8"/>\n'
        for i in range(0, len(rows.nodes), 2)
    ]
    years = []
    for year in scale.ticks if scale else ():
        x = number(scale.year(year)) if scale else "0"
        years.append(f'<path d="M{x},{number(_TOP)}V{number(bottom)}" stroke="{RULE}" stroke-width="1"/>\n')
        years.append(text(float(x), _TOP - 8, str(year), 12, fill=FAINT, anchor="middle"))
        years.append(text(float(x), bottom + 15, str(year), 12, fill=FAINT, anchor="middle"))
    heads = [
        text(_NAMES, _TOP - 8, "Place", 12, bold=True),
        text(_WORDS, _TOP - 8, "Began, stage", 12, bold=True),
        text((_AXIS + _AFTER) / 2, _TOP - 26, "Year in which it began there", 12, fill=FAINT, anchor="middle"),
    ]
    for left, right, kinds in ((_BEFORE, _AXIS, {"origin", "source"}), (_AFTER, _WORDS - 12, {"adoption"})):
        if any(node.kind in kinds and not spots[node.id].dated for node in rows.nodes):
            middle = (left + right) / 2
            years.append(
                f'<rect x="{number(left)}" y="{number(_TOP)}" width="{number(right - left)}" '
                f'height="{number(bottom - _TOP)}" fill="{RULE}" fill-opacity="0.35"/>\n'
            )
            heads += [text(middle, _TOP - 22, "year not", 11, fill=FAINT, anchor="middle")]
            heads += [text(middle, _TOP - 8, "stated", 11, fill=FAINT, anchor="middle")]
    return "".join([*bands, *years, *heads])


def _line(node: Node, spot: _Spot) -> str:
    """Return the name, the mark and the words of a row."""
    x = _NAMES + node.depth * _INDENT if node.depth <= 8 else _NAMES + 8 * _INDENT
    said = node.label
    if node.kind != "adoption":
        country, _, site = node.label.partition(": ")
        said = f"{country} ({node.kind}){site and f': {site}'}"
    name = text(x, spot.y + 4, fitted(said, 12.5, _BEFORE - x - 4), 12.5, bold=node.kind == "origin")
    began = span_in_words(node.earliest, node.latest)
    stage = None if "only considered" in node.marks else node.stage
    words = ", ".join(w for w in (began, stage, *node.marks, *(["contested"] if node.contested else [])) if w)
    if node.kind == "source":
        words = "adoption not reported"
    told = xml_text(f"{said}: {words}; {counted(node.reports, 'report')}")
    return (
        f'<g class="{node.kind}" data-id="{xml_attribute(node.id)}"><title>{told}</title>\n{name}{_mark(node, spot)}\n'
        f"{text(_WORDS, spot.y + 4, fitted(words, 12, WIDE - MARGIN - _WORDS), 12)}</g>\n"
    )


def xml_attribute(value: str) -> str:
    """Return a value as the text of an attribute in double quotes."""
    return xml_text(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _mark(node: Node, spot: _Spot) -> str:
    y = spot.y
    if node.kind == "origin" and (spot.sure or not spot.dated):
        return star(spot.left, y, 9, contested=node.contested)
    if not spot.dated:
        x, top = number(spot.left - 5), number(y - 5)
        return f'<rect x="{x}" y="{top}" width="10" height="10" fill="#ffffff" stroke="{_BAR}" stroke-width="1.8"/>'
    if spot.sure:
        hollow = "only considered" in node.marks
        paint = f'fill="{"#ffffff" if hollow else _BAR}" stroke="{_BAR if hollow else "#ffffff"}"'
        return f'<circle cx="{number(spot.left)}" cy="{number(y)}" r="6" {paint} stroke-width="1.5"/>'
    return _whisker(node, spot)


def _whisker(node: Node, spot: _Spot) -> str:
    """Return a bar from the earliest to the latest day, capped at a known end, pointed at an open one."""
    colour = ORIGIN if node.kind == "origin" else _BAR
    left, right, y = spot.left, max(spot.right, spot.left + 3), spot.y
    ends = ""
    for x, is_open, way in ((left, spot.open_left, -1), (right, spot.open_right, 1)):
        a, b = number(y - 6), number(y + 6)
        ends += (
            f"M{number(x - way * 6)},{a}L{number(x)},{number(y)}L{number(x - way * 6)},{b}"
            if is_open
            else f"M{number(x)},{a}V{b}"
        )
    bar = (
        f'<rect x="{number(left)}" y="{number(y - 3)}" width="{number(right - left)}" height="6" fill="{colour}" '
        f'fill-opacity="0.45"/><path d="{ends}" fill="none" stroke="{colour}" stroke-width="2"/>'
    )
    return bar + (star(left - 12, y, 8, contested=node.contested) if node.kind == "origin" else "")


def _edge(edge: Edge, source: _Spot, target: _Spot) -> str:
    """Return a line down (or up) from a source and along to its learner, with a head where it arrives."""
    x, y, to = source.right + _BESIDE[edge.basis], source.y, target.y
    side = 7.0 if target.sure or not target.dated else 1.0
    if target.left - side <= x <= target.right + side:
        way = 1 if to > y else -1
        tip = (x, to - way * 7)
        path, head = f"M{number(source.right)},{number(y)}H{number(x)}V{number(tip[1])}", arrow_head(*tip, 0, way)
    else:
        way = 1 if x < target.left else -1
        tip = (target.left - side if way > 0 else target.right + side, to)
        path, head = (
            f"M{number(source.right)},{number(y)}H{number(x)}V{number(to)}H{number(tip[0])}",
            arrow_head(*tip, way, 0),
        )
    return (
        f'<g class="edge" data-from="{xml_attribute(edge.source)}" data-to="{xml_attribute(edge.target)}" '
        f'data-basis="{edge.basis}"><path d="{path}" fill="none" {DASHES[edge.basis]} stroke-width="1.5"/>{head}</g>\n'
    )


def _legend(rows: TreeRows, y: float) -> tuple[str, float]:
    x = float(MARGIN)
    drawn = []
    middle = y - 4
    for basis in (b for b in DASHES if any(edge.basis == b for edge in rows.edges)):
        said = f"{basis}: {MEANING[basis]}"
        drawn.append(
            f'<path d="M{number(x)},{number(middle)}h34" fill="none" {DASHES[basis]} stroke-width="1.5"/>'
            f"{arrow_head(x + 42, middle, 1, 0)}{text(x + 48, y, said, 12)}"
        )
        x += 48 + text_width(said, 12) + 16
    if drawn:
        x, y = float(MARGIN), y + 22
        middle = y - 4
    marks = (
        (f'<circle cx="{{0}}" cy="{number(middle)}" r="6" fill="{_BAR}"/>', "began in that year"),
        (
            f'<rect x="{{1}}" y="{number(middle - 3)}" width="24" height="6" fill="{_BAR}" fill-opacity="0.45"/>'
            f'<path d="M{{1}},{number(middle - 6)}v12m24,-12v12" fill="none" stroke="{_BAR}" stroke-width="2"/>',
            "began at some time from here to there; a point is an end that no report gives",
        ),
        (
            f'<rect x="{{2}}" y="{number(middle - 5)}" width="10" height="10" fill="#ffffff" stroke="{_BAR}" '
            'stroke-width="1.8"/>',
            "year not stated",
        ),
    )
    for mark, said in marks:
        drawn.append(mark.format(number(x + 12), number(x), number(x + 7)) + text(x + 32, y, said, 12))
        x += 32 + text_width(said, 12) + 16
    for contested, said in ((False, "origin"), (True, "contested origin")):
        if any(node.kind == "origin" and node.contested == contested for node in rows.nodes):
            drawn.append(star(x + 10, middle, 8, contested=contested) + text(x + 24, y, said, 12))
            x += 24 + text_width(said, 12) + 16
    return "".join(drawn), y + 16


def _notes(rows: TreeRows) -> list[str]:
    said = ["A source that reports name only as a country is drawn as the first adopter there."]
    if rows.more_adopters:
        said.insert(0, f"And {rows.more_adopters} more adopters, the latest or undated, not drawn for want of room.")
    if rows.more_transfers:
        said.insert(1, f"So are {counted(rows.more_transfers, 'transfer')} to them.")
    return [" ".join(said)]


def _in_words(rows: TreeRows) -> str:
    """Return the tree as text, for those who do not see it."""
    return " ".join(_told(rows))


def _told(rows: TreeRows) -> Iterator[str]:
    labels = {node.id: node.label for node in rows.nodes}
    for node in rows.nodes:
        learned = [f"{labels[e.source]} ({e.basis})" for e in rows.edges if e.target == node.id]
        source = f", learned from {', '.join(learned)}" if learned else ""
        yield f"{node.label}: {node.kind}, {span_in_words(node.earliest, node.latest)}{source}."
