"""Tables for people: they fit the terminal, most telling column first, and say what was left out."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence
from typing import Any

import click

_LEAST, _EASY, _GAP = 8, 20, 2


def print_table(rows: Sequence[dict[str, Any]], columns: Sequence[str], width: int | None = None) -> list[str]:
    """Print rows as a table; return the columns that found no room."""
    width = width or shutil.get_terminal_size((120, 40)).columns
    text = [{c: _words(row.get(c)) for c in columns} for row in rows]
    used = [c for c in columns if any(line[c] for line in text)]
    wanted = {c: max(_wide(c), *(_wide(line[c]) for line in text)) for c in used}
    # A cut id is of no use, so ids keep their width, or go where the others would have to be cut short for them.
    least = {c: wanted[c] if c == "id" else min(wanted[c], max(_LEAST, _wide(c))) for c in used}
    easy = sum(least[c] if c == "id" else min(wanted[c], _EASY) for c in used) + _GAP * (len(used) - 1)
    kept = [c for c in used if c != "id" or easy <= width]
    while len(kept) > 1 and sum(least[c] + _GAP for c in kept) - _GAP > width:
        kept.pop()
    widths = _share({c: wanted[c] for c in kept}, least, width - _GAP * (len(kept) - 1))
    numeric = {c for c in kept if all(isinstance(row.get(c), int | float) for row in rows)}
    click.secho("  ".join(_pad(c, widths[c], c in numeric) for c in kept).rstrip(), bold=True)
    for line in text:
        click.echo("  ".join(_pad(line[c], widths[c], c in numeric) for c in kept).rstrip())
    return [c for c in used if c not in kept]


def _share(wanted: dict[str, int], least: dict[str, int], width: int) -> dict[str, int]:
    """Give columns their width, the widest that can still give way first, until all fit."""
    widths = dict(wanted)
    while (excess := sum(widths.values()) - width) > 0:
        giving = [c for c in widths if widths[c] > least[c]]
        if not giving:
            break
        widest = max(giving, key=lambda c: widths[c])
        next_widest = max((widths[c] for c in giving if c != widest), default=0)
        widths[widest] -= max(1, min(excess, widths[widest] - max(next_widest, least[widest])))
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
