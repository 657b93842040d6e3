"""What the cells of a column mean: the readers of `fields`, each distinct value read once.

A cell that cannot be read is null, with a `Fault` for each row that has it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..graph.columns import map_distinct
from . import fields

T = TypeVar("T")

_SUGGESTED = 20  # values of a batch for which nearer words are looked up: a column of prose has no end of them


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that could not be read, by its row in the column."""

    row: int
    found: str
    expected: str
    hint: str


def text_column(column: pa.Array) -> pa.Array:
    """Return `known` of a column."""
    return map_distinct(column, fields.known, pa.string())


def value_column(column: pa.Array, read: Callable[[str], Any], kind: pa.DataType) -> tuple[pa.Array, list[Fault]]:
    """Return a column of `kind` by a scalar that gives one value a cell, such as `read_flag`."""
    values, codes, faults = distinct(column, read)
    return pa.array(values, type=kind).take(codes), faults


@dataclass(frozen=True, slots=True)
class WhenColumn:
    """Dates of a column, in the four columns that a claim has for them."""

    said: pa.Array
    edtf: pa.Array
    earliest: pa.Array
    latest: pa.Array
    unread: dict[str, int]  # words that no time could be read from, with the number of rows

    def arrays(self, name: str) -> dict[str, pa.Array]:
        """Return the columns under the names that they have in a claim for `when` or `end`."""
        before = "" if name == "when" else f"{name}_"
        return {
            f"{name}_said": self.said,
            name: self.edtf,
            f"{before}earliest": self.earliest,
            f"{before}latest": self.latest,
        }


def when_column(column: pa.Array, observed: pa.Array | None = None) -> tuple[WhenColumn, list[Fault]]:
    """Return `read_when` of a column; where `observed` is true the date is the `first_observed`."""
    values, codes, faults = distinct(column, fields.read_when)
    rows = np.bincount(codes, minlength=len(values))
    unread = {w.said: int(n) for w, n in zip(values, rows, strict=True) if w and w.said and not w.edtf and n}
    flag = None if observed is None else pc.fill_null(observed, False)

    def array(name: str, kind: pa.DataType) -> pa.Array:
        found = pa.array([w and getattr(w, name) for w in values], kind).take(codes)
        if flag is None:
            return found
        before = pa.array([w and getattr(fields.first_observed(w), name) for w in values], kind).take(codes)
        return pc.if_else(flag, before, found)

    said, edtf = array("said", pa.string()), array("edtf", pa.string())
    return WhenColumn(said, edtf, array("earliest", pa.date32()), array("latest", pa.date32()), unread), faults


@dataclass(frozen=True, slots=True)
class PlacesColumn:
    """The countries of a column whose cells may name several each; a blank cell has one place: nowhere."""

    codes: np.ndarray[Any, np.dtype[np.int64]]  # row to distinct cell
    counts: np.ndarray[Any, np.dtype[np.int64]]  # places of a distinct cell
    starts: np.ndarray[Any, np.dtype[np.int64]]  # its first in the arrays below
    country: pa.Array
    said: pa.Array
    subdivision: pa.Array

    def several(self) -> pa.Array:
        """Tell which rows name more than one place."""
        return pa.array(self.counts[self.codes] > 1)

    def spread(self, rows: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], dict[str, pa.Array]]:
        """Return a line for each place of some rows: its index into `rows`, and the place by claim column."""
        codes = self.codes[rows]
        counts = self.counts[codes]
        parents = np.repeat(np.arange(len(rows)), counts)
        within = np.arange(len(parents)) - np.repeat(np.cumsum(counts) - counts, counts)
        at = pa.array(self.starts[codes][parents] + within)
        columns = {"country": self.country, "country_said": self.said, "subdivision": self.subdivision}
        return parents, {name: array.take(at) for name, array in columns.items()}


def places_column(column: pa.Array) -> tuple[PlacesColumn, list[Fault]]:
    """Return `read_places` of a column."""
    values, codes, faults = distinct(column, fields.read_places)
    places = [value or [fields.NOWHERE] for value in values]
    counts = np.array([len(place) for place in places], dtype=np.int64)
    flat = [place for some in places for place in some]
    arrays = [pa.array([place[i] for place in flat], pa.string()) for i in range(3)]
    return PlacesColumn(codes, counts, np.cumsum(counts) - counts, *arrays), faults


def country_list_column(column: pa.Array) -> tuple[pa.Array, pa.Array, list[Fault]]:
    """Return the codes of a column's countries, and the words of those cells that say more than the codes."""
    values, codes, faults = distinct(column, fields.read_places)
    lists = [list(dict.fromkeys(place.country for place in some or [] if place.country)) or None for some in values]
    words = [
        "; ".join(place.said or place.country or "" for place in some) if any(place.said for place in some) else None
        for some in (value or [] for value in values)
    ]
    return (
        pa.array(lists, pa.list_(pa.string())).take(codes),
        pa.array(words, pa.string()).take(codes),
        faults,
    )


def distinct(
    column: pa.Array, read: Callable[[str], T | None]
) -> tuple[list[T | None], np.ndarray[Any, np.dtype[np.int64]], list[Fault]]:
    """Read each distinct value once. Return the values read, each row's index among them, and the faults.

    The last value is always null; blank and unreadable cells point at a null.
    """
    encoded = column.dictionary_encode()
    words = encoded.dictionary.to_pylist()
    values: list[T | None] = []
    errors: dict[int, fields.FieldProblem] = {}
    for word in words:
        try:
            values.append(read(word))
        except fields.FieldProblem as error:
            errors[len(values)] = error
            values.append(None)
    codes = pc.fill_null(encoded.indices.cast(pa.int64()), len(words)).to_numpy(zero_copy_only=False)
    bad = np.flatnonzero(np.isin(codes, list(errors))) if errors else ()
    told = {
        code: (error.found, error.expected, error.hint if place < _SUGGESTED else error.advice)
        for place, (code, error) in enumerate(errors.items())
    }
    return [*values, None], codes, [Fault(int(row), *told[int(codes[row])]) for row in bad]
