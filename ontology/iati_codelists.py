"""Code lists of the IATI Standard: what a code of an activity stands for, and whether it was withdrawn.

Names are English. IATI takes sectors, regions and kinds of collaboration from the OECD's Development Assistance
Committee; `attribution.json` says where the lists come from.

>>> find_code("Sector", "12261")
Code(name='Health education', withdrawn=False)
>>> find_code("CollaborationType", "5") is None
True
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from .normal import fold, rows


class Code(NamedTuple):
    """A code's meaning. A withdrawn code is one that reports before the withdrawal may well have used."""

    name: str
    withdrawn: bool


def find_code(codelist: str, code: str) -> Code | None:
    """Return what a code of a list stands for; null if the list has no such code, or is not among ours."""
    return _codes().get((codelist, code))


def code_named(codelist: str, name: str) -> str | None:
    """Return the code that has a name, as the files of IATI 1 spell some of them out; null if none has."""
    return _names().get((codelist, fold(name)))


@cache
def _codes() -> dict[tuple[str, str], Code]:
    return {(row["list"], row["code"]): Code(row["name"], bool(row["withdrawn"])) for row in rows("iati_codelists.csv")}


@cache
def _names() -> dict[tuple[str, str], str]:
    return {(row["list"], fold(row["name"])): row["code"] for row in rows("iati_codelists.csv")}
