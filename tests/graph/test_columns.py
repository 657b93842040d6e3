"""Functions over columns give what plain Python gives, and run once a distinct value."""

from collections import Counter
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from southerly.graph.columns import first_of_each, map_distinct, map_list_items, map_pairs

words = st.one_of(st.none(), st.sampled_from(("a", "B", "", "é", "北")))
columns = st.lists(words, max_size=12)
lists = st.lists(st.one_of(st.none(), st.lists(words, max_size=4)), max_size=8)


def chunked(values, kind, cuts):
    """Split values into a chunked array at some places, empty chunks included."""
    edges = [0, *sorted(min(cut, len(values)) for cut in cuts), len(values)]
    return pa.chunked_array([pa.array(values[a:b], kind) for a, b in pairwise(edges)], type=kind)


cuts = st.lists(st.integers(0, 8), max_size=3)


@given(columns, cuts)
def test_map_distinct(values, cuts):
    expected = [None if v is None else v + "!" for v in values]
    seen = Counter()

    def shout(value):
        seen[value] += 1
        return value + "!"

    assert map_distinct(pa.array(values, pa.string()), shout, pa.string()).to_pylist() == expected
    assert all(n == 1 for n in seen.values())
    assert map_distinct(chunked(values, pa.string(), cuts), shout, pa.string()).to_pylist() == expected


@given(columns)
def test_map_distinct_to_another_type_and_to_null(values):
    found = map_distinct(pa.array(values, pa.string()), lambda v: len(v) or None, pa.int64())
    assert found.type == pa.int64()
    assert found.to_pylist() == [(len(v) or None) if v is not None else None for v in values]


@given(lists, cuts)
def test_map_list_items(values, cuts):
    expected = [None if v is None else [None if i is None else i.upper() for i in v] for v in values]
    kind = pa.list_(pa.string())
    assert map_list_items(pa.array(values, kind), str.upper).to_pylist() == expected
    assert map_list_items(chunked(values, kind, cuts), str.upper).to_pylist() == expected


@given(lists, st.integers(0, 8), st.integers(0, 8))
def test_map_list_items_of_a_slice(values, start, length):
    column = pa.array(values, pa.list_(pa.string())).slice(min(start, len(values)), length)
    expected = [None if v is None else [None if i is None else i.upper() for i in v] for v in column.to_pylist()]
    assert map_list_items(column, str.upper).to_pylist() == expected


@given(st.lists(st.tuples(words, words), max_size=12))
def test_map_pairs(pairs):
    seen = Counter()

    def both(a, b):
        seen[a, b] += 1
        return None if a is None and b is None else f"{a}|{b}"

    left, right = (pa.array([pair[side] for pair in pairs], pa.string()) for side in (0, 1))
    found = map_pairs(left, right, both, pa.string())
    assert found.to_pylist() == [None if pair == (None, None) else f"{pair[0]}|{pair[1]}" for pair in pairs]
    assert all(n == 1 for n in seen.values())


@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=12))
def test_first_of_each(rows):
    columns = [pa.array([row[side] for row in rows], pa.string()) for side in range(3)]
    expected = [n for n, row in enumerate(rows) if row not in rows[:n]]
    assert first_of_each(columns).to_pylist() == expected


@pytest.mark.parametrize("column", [pa.array([], pa.string()), pa.chunked_array([], type=pa.string())])
def test_empty_columns_stay_empty_and_typed(column):
    assert map_distinct(column, len, pa.int64()).equals(pa.array([], pa.int64()))
    lists = pa.chunked_array([], type=pa.list_(pa.string()))
    assert map_list_items(lists, str.upper).to_pylist() == []
    assert map_pairs(pa.array([], pa.string()), pa.array([], pa.string()), str, pa.string()).to_pylist() == []
