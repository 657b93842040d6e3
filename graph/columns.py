"""Column helpers: apply a Python function to the distinct values of an Arrow column, once each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def map_distinct(column: pa.ChunkedArray | pa.Array, function: Callable[[Any], Any], kind: pa.DataType) -> pa.Array:
    """Return `function` of every value, called once a distinct value; null stays null."""
    encoded = _encoded(column)
    mapped = pa.array([function(value) for value in encoded.dictionary.to_pylist()], type=kind)
    return mapped.take(encoded.indices)


def map_list_items(column: pa.ChunkedArray | pa.Array, function: Callable[[str], str]) -> pa.Array:
    """Return a list column with `function` applied to every item, called once a distinct item."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):  # combine_chunks keeps an empty column chunked
        whole = pa.array([], type=column.type)
    items = map_distinct(whole.flatten(), function, pa.string())
    lengths = pc.fill_null(pc.list_value_length(whole), 0)
    ends = pc.cumulative_sum(lengths).to_numpy(zero_copy_only=False)
    offsets = pa.array([0, *ends.tolist()], type=pa.int32())
    return pa.ListArray.from_arrays(offsets, items, mask=pc.is_null(whole))


def map_pairs(first: pa.Array, second: pa.Array, function: Callable[[Any, Any], Any], kind: pa.DataType) -> pa.Array:
    """Return `function` of each pair of values, called once a distinct pair; nulls are handed over as None."""
    left, right = _encoded(first), _encoded(second)
    width = max(len(right.dictionary) + 1, 1)
    codes = pc.add(
        pc.multiply(pc.add(pc.fill_null(left.indices.cast(pa.int64()), -1), 1), width),
        pc.add(pc.fill_null(right.indices.cast(pa.int64()), -1), 1),
    )
    pairs = codes.dictionary_encode()
    lefts: Sequence[Any] = [None, *left.dictionary.to_pylist()]
    rights: Sequence[Any] = [None, *right.dictionary.to_pylist()]
    values = [function(lefts[code // width], rights[code % width]) for code in pairs.dictionary.to_pylist()]
    return pa.array(values, type=kind).take(pairs.indices)


def first_of_each(columns: Sequence[pa.Array]) -> pa.Array:
    """Return the row numbers, in order, at which a combination of values stands for the first time."""
    codes = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        encoded = _encoded(column)
        indices = pc.fill_null(encoded.indices.cast(pa.int64()), -1).to_numpy()
        # Codes are made dense again after every column, so that their product stays far from 64 bits.
        codes = np.unique(codes * (len(encoded.dictionary) + 1) + indices + 1, return_inverse=True)[1]
    return pa.array(np.sort(np.unique(codes, return_index=True)[1]))


def _encoded(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.array([], type=column.type)
    return whole.dictionary_encode()
