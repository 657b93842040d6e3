"""Parquet columns become the text that the same values are in a spreadsheet."""

import datetime as dt
import decimal

import pyarrow as pa
import pyarrow.parquet as pq
from southerly.ingest.reading import Carrier
from southerly.ingest.table import read_table, table_header


def _saved(tmp_path, columns):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table(columns), path)
    return Carrier(path, "t.parquet")


def test_values_come_as_text(tmp_path):
    carrier = _saved(
        tmp_path,
        {
            "name": pa.array([" Kiosk ", None]),
            "year": pa.array([2006.0, float("nan")]),
            "flag": pa.array([True, None]),
            "day": pa.array([dt.date(2020, 5, 1), None]),
            "moment": pa.array([dt.datetime(2020, 5, 1), dt.datetime(2020, 5, 1, 10)]),
            "cost": pa.array([decimal.Decimal("1.50"), None]),
            "shown": pa.array([["a", None, "b"], []]),
            "code": pa.array(["ZMB", "ZMB"]).dictionary_encode(),
            "raw": pa.array(["é".encode(), None]),
            "nothing": pa.array([None, None]),
        },
    )
    (batch,) = read_table(carrier)
    assert {name: column.to_pylist() for name, column in batch.columns.items()} == {
        "name": ["Kiosk", None],
        "year": ["2006", None],
        "flag": ["true", None],
        "day": ["2020-05-01", None],
        "moment": ["2020-05-01", "2020-05-01T10:00:00"],
        "cost": ["1.50", None],
        "shown": ["a; ; b", None],
        "code": ["ZMB", "ZMB"],
        "raw": ["é", None],
        "nothing": [None, None],
    }
    assert all(column.type == pa.string() for column in batch.columns.values())
    assert batch.locators.to_pylist() == ["row=1", "row=2"]
    assert batch.records.to_pylist() == [0, 1]
    assert table_header(carrier) == [(None, batch.header)]


def test_values_that_are_no_text_set_aside_their_rows(tmp_path):
    carrier = _saved(
        tmp_path,
        {
            "a": pa.array([b"x", b"\xff", b"z", b"w", None, b"v"]),
            "b": pa.array(["1", "2", "n\0l", "y" * 1_000_001, None, "6"]),
        },
    )
    (batch,) = read_table(carrier)
    assert batch.columns["a"].to_pylist() == ["x", "v"]
    assert batch.records.to_pylist() == [0, 5]
    assert [(p.locator, p.field, p.record) for p in batch.problems] == [
        ("row=2", "a", 1),
        ("row=3", "b", 2),
        ("row=4", "b", 3),
    ]


def test_a_column_that_has_no_text_form_is_said(tmp_path):
    (batch,) = read_table(_saved(tmp_path, {"a": ["1"], "s": [{"x": 1}]}))
    assert list(batch.columns) == ["a"]
    assert "“s”" in batch.notes[0].text


def test_lists_of_a_later_batch_keep_to_their_rows(tmp_path):
    lists = [[str(n)] * (n % 3) for n in range(10)]
    batches = list(read_table(_saved(tmp_path, {"n": list(range(10)), "l": lists}), batch_rows=4))
    assert [len(batch.records) for batch in batches] == [4, 4, 2]
    told = [cell for batch in batches for cell in batch.columns["l"].to_pylist()]
    assert told == ["; ".join(one) or None for one in lists]


def test_a_damaged_file_gives_the_rows_before_the_damage(tmp_path):
    carrier = _saved(tmp_path, {"a": [f"value {n}" for n in range(5000)]})
    octets = bytearray(carrier.path.read_bytes())
    octets[4:400] = b"\xff" * 396
    carrier.path.write_bytes(octets)
    batches = list(read_table(carrier))
    assert batches[-1].problems[-1].record is None
    assert "cannot be read" in batches[-1].problems[-1].found
