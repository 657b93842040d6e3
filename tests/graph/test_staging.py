"""Staging: the identity of claims and the accounts of records, before anything is written."""

from contextlib import closing

import pyarrow as pa
import pytest
from southerly.graph.claims import claim_table, claims_from, report_table
from southerly.graph.staging import Staging
from southerly.ingest.reading import Batch, Problem

A = "url:synthetic.example/a"


def said(record=1, **content):
    return {"record": record, "kind": "adoption", "report": A, "innovation": "Synthetic practice A", **content}


def batch(rows=(), **more):
    rows = list(rows)
    more.setdefault("records", pa.array(sorted({row["record"] for row in rows}), pa.int64()))
    return Batch(ingester="synthetic/1", claims=claims_from(rows), **more)


def staged(*batches, columns="claim_id"):
    """Stage batches of one carrier; return columns of its claims in the order of records."""
    staging = Staging()
    with closing(staging):
        for one in batches:
            staging.add("one.csv", one)
        staging.finish()
        found = staging.con.execute(
            f"SELECT {columns} FROM claim_staged c JOIN staged s ON s.place = c.place ORDER BY c.record, claim_id"
        ).fetchall()
    return [row[0] if len(row) == 1 else row for row in found]


def test_an_id_is_the_same_whatever_stands_around_the_claim():
    alone = staged(batch([said(country="KEN")]))
    others = [
        said(1, country="IND"),
        said(2, country="GBR"),
        said(9, country="KEN", locator="x", quote="y", confidence="low"),
    ]
    assert staged(batch(others))[2:] == alone
    assert alone[0].startswith("claim:")


def test_how_a_carrier_is_cut_into_batches_does_not_matter():
    rows = [said(n, country=c) for n, c in enumerate(("KEN", "IND", "KEN", "KEN", "IND"), 1)]
    whole = staged(batch(rows))
    assert staged(*(batch([row]) for row in rows)) == whole
    assert staged(batch(rows[:2]), batch(rows[2:])) == whole
    assert len(set(whole)) == 5


def test_equals_within_one_record_are_counted_in_the_order_given():
    assert len(set(staged(batch([said(1), said(1)])))) == 2


def test_naming_and_beginning_are_said_once_however_many_rows_repeat_them():
    rows = [said(n, kind=kind, name="SPX" if kind == "name" else None) for n in (1, 2) for kind in ("origin", "name")]
    assert len(staged(batch(rows))) == 2
    assert len(staged(batch(rows[:2]), batch(rows[2:]))) == 2
    assert len(staged(batch([said(1, kind="origin", country="KEN"), said(2, country="KEN")]))) == 2


def test_names_get_normal_forms_and_generic_sites_none():
    rows = [
        said(
            country="KEN",
            site="tertiary hospitals",
            source_country="IND",
            source_site="Synthetic Clinic",
            partners=["Net  X", "Ünit"],
        )
    ]
    found = staged(batch(rows), columns="innovation_key, site_key, source_site_key, partner_keys, exchange_key")
    assert found == [("synthetic-practice-a", None, "synthetic-clinic", ["net-x", "unit"], None)]


def test_records_without_claims_are_counted_and_so_is_a_carrier_that_could_not_be_read():
    staging = Staging()
    with closing(staging):
        staging.add(
            "one.csv",
            batch(
                [said(1), said(2)],
                records=pa.array([1, 2, 3], pa.int64()),
                unplaced=pa.array([2], pa.int64()),
                problems=(Problem("row=4", "x", "y", "z", record=3), Problem("row=9", "x", "y", "z", record=8)),
            ),
        )
        staging.add("two.csv", batch(problems=(Problem("", "x", "y", "z"),)))
        staging.finish()
        found = staging.con.execute(
            "SELECT carrier, record, rejected, unplaced FROM record ORDER BY carrier, record"
        ).fetchall()
    assert found[:4] == [
        ("one.csv", 1, False, False),
        ("one.csv", 2, False, True),
        ("one.csv", 3, True, False),
        ("one.csv", 8, True, False),
    ]
    assert [(row[0], row[2]) for row in found[4:]] == [("two.csv", True)]


def test_a_report_said_twice_alike_by_a_carrier_is_one_saying():
    sayings = report_table({"record": [1, 2, 3], "report": [A, A, A], "title": ["Synthetic", "Synthetic", None]}, 3)
    staging = Staging()
    with closing(staging):
        staging.add("one.csv", batch(records=pa.array([1, 2, 3], pa.int64()), reports=sayings))
        staging.finish()
        titles = staging.con.execute("SELECT title FROM saying_staged ORDER BY ALL").fetchall()
    assert titles == [("Synthetic",), (None,)]


def test_a_column_that_no_claim_has_is_refused():
    with pytest.raises(KeyError, match="colour"):
        claim_table({"record": [1], "report": A, "kind": "origin", "colour": "green"}, 1)
