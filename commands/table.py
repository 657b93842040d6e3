"""Tables for people: they fit the terminal, most telling column first, and say what was left out."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence
from typing import Any

import click

_LEAST, _GAP = 8, 2


def print_table(rows: Sequence[dict[str, Any]], columns: Sequence[str], width: int | None = None) -> list[str]:
    """Print rows as a table; return the columns that found no room."""
    width = width or shutil.get_terminal_size((120, 40)).columns
    text = [{c: _words(row.get(c)) for c in columns} for row in rows]
    used = [c for c in columns if any(line[c] for line in text)]
    wanted = {c: max(_wide(c), *(_wide(line[c]) for line in text)) for c in used}
    kept = list(used)
    while len(kept) > 1 and sum(min(wanted[c], max(_LEAST, _wide(c))) + _GAP for c in kept) - _GAP > width:
        kept.pop()
    widths = _share({c: wanted[c] for c in kept}, width - _GAP * (len(kept) - 1))
    numeric = {c for c in kept if all(isinstance(row.get(c), int | float) for row in rows)}
    click.secho("  ".join(_pad(c, widths[c], c in numeric) for c in kept).rstrip(), bold=True)
    for line in text:
        click.echo("  ".join(_pad(line[c], widths[c], c in numeric) for c in kept).rstrip())
    return [c for c in used if c not in kept]


def _share(wanted: dict[str, int], width: int) -> dict[str, int]:
    """Give columns their width, the widest giving way first until all fit."""
    widths = dict(wanted)
    while sum(widths.values()) > width:
        widest = max(widths, key=lambda c: widths[c])
        if widths[widest] <= min(_LEAST, wanted[widest]):
            break
        others = [w for c, w in widths.items() if c != widest]
        excess = sum(widths.values()) - width
        step = max(1, min(excess, widths[widest] - max([_LEAST, *others], default=_LEAST)))
        widths[widest] -= step
    return widths


def _words(value: Any) -> str:
    if value is None:
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())


def _wide(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int, right: bool) -> str:
    if _wide(text) > width:
        cut = ""
        for c in text:
            if _wide(cut + c) > width - 1:
                break
            cut += c
        text = cut + "…"
    space = " " * (width - _wide(text))
    return space + text if right else text + space
