"""The adoption curve: between how many countries certainly, and possibly, had an innovation by each year."""

from __future__ import annotations

from datetime import date
from typing import Any

from .content import Row
from .picture import (
    FAINT,
    INK,
    MARGIN,
    RULE,
    SHADES,
    WIDE,
    counted,
    document,
    heading,
    number,
    text,
)
from .tree_scale import scale_of

_TOP, _BOTTOM, _LEFT, _RIGHT = 90.0, 360.0, 70.0, WIDE - MARGIN - 20.0


def draw_curve(label: str, years: list[dict[str, Any]], about: Row, *, part: str) -> str:
    """Return the curve as SVG, from the years of `queries.curve`; empty if there are none."""
    scale = scale_of([date(row["year"], 1, 1) for row in years], _LEFT, _RIGHT)
    if scale is None:
        return ""
    most = max(row["possible"] for row in years) or 1
    step = max(1, -(-most // 6))
    drawn = []
    for n in range(0, most + step, step):
        y = _y(n, most)
        if y >= _TOP - 12:
            drawn.append(f'<path d="M{_LEFT},{number(y)}H{_RIGHT}" stroke="{RULE}"/>\n')
            drawn.append(text(_LEFT - 8, y + 4, str(n), 12, fill=FAINT, anchor="end"))
    drawn += [text(scale.year(y), _BOTTOM + 18, str(y), 12, fill=FAINT, anchor="middle") for y in scale.ticks]
    certain = [(scale.year(r["year"]), scale.year(r["year"] + 1), _y(r["certain"], most)) for r in years]
    possible = [(scale.year(r["year"]), scale.year(r["year"] + 1), _y(r["possible"], most)) for r in years]
    band = _steps(possible) + "L" + _steps([(b, a, y) for a, b, y in reversed(certain)])[1:]
    drawn.append(f'<path d="{band}Z" fill="{SHADES[3]}" fill-opacity="0.75"/>\n')
    dashed = f'fill="none" stroke="{SHADES[1]}" stroke-width="1.5" stroke-dasharray="5 3"'
    drawn.append(f'<path d="{_steps(possible)}" {dashed}/>\n')
    drawn.append(f'<path d="{_steps(certain)}" fill="none" stroke="{SHADES[0]}" stroke-width="2.5"/>\n')
    y = _BOTTOM + 46
    drawn.append(f'<path d="M{_LEFT},{y - 4}h34" fill="none" stroke="{SHADES[0]}" stroke-width="2.5"/>')
    drawn.append(text(_LEFT + 42, y, "certainly had it", 12.5))
    drawn.append(f'<path d="M{_LEFT + 190},{y - 4}h34" {dashed}/>')
    drawn.append(
        text(_LEFT + 232, y, "possibly had it: the year is uncertain, or no report states one", 12.5, fill=INK)
    )
    last = years[-1]
    below = f"At the end of {last['year']}: certainly {counted(last['certain'], 'country', 'countries')}, possibly "
    below += str(last["possible"])
    title = f"{label}: countries that had it, by year"
    return document(heading(title, below) + "".join(drawn), y + 24, title, f"A curve. {below}.", about, part=part)


def _y(n: int, most: int) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * n / most


def _steps(levels: list[tuple[float, float, float]]) -> str:
    """Return a line of level pieces, each from one x to another at a height, as the data of a path."""
    return "M" + "L".join(f"{number(a)},{number(y)}L{number(b)},{number(y)}" for a, b, y in levels)
