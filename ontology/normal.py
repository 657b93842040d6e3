"""The normal form that names and terms are compared in, and the reading of the reference tables."""

from __future__ import annotations

import csv
import re
import unicodedata
from importlib.resources import files
from io import StringIO

_BOUNDARY = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the normal form: casefolded, marks stripped (NFKD), `&` as "and", all other runs one space.

    >>> fold("  São Tomé & Príncipe ")
    'sao tome and principe'
    """
    spelt = text.replace("&", " and ").casefold()
    if not spelt.isascii():
        spelt = "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
    return _BOUNDARY.sub(" ", spelt).strip()


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a reference table of this folder; an empty cell is "", and "NA" stays "NA"."""
    return list(csv.DictReader(StringIO((files(__package__) / name).read_text("utf-8"), newline="")))


def pairs(name: str) -> dict[str, str]:
    """Return a reference table of two columns by the first: for long ones, in a fraction of the time of `rows`."""
    table = csv.reader(StringIO((files(__package__) / name).read_text("utf-8"), newline=""))
    next(table)
    return {key: value for key, value in table}  # noqa: C416 - dict() of the reader's lists would not be typed


def listed(cell: str) -> tuple[str, ...]:
    """Return the values of a semicolon list."""
    return tuple(value for part in cell.split(";") if (value := part.strip()))
