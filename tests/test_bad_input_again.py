"""Reading a carrier again: what is unchanged, what a correction changes, and what an unreadable file leaves.

Every input here is synthetic.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .bad_input_files import OLE, TABLE_COLUMNS, csv_text, good_row, table_row
from .bad_input_run import RECORDS, Run, ingest, running, spread, summary


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command line on a graph of its own, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return running


# Reading again


@pytest.mark.parametrize("became", ["encrypted", "empty", "other columns", "gone", "half a file"])
def test_a_carrier_that_became_unreadable_withdraws_nothing(run: Run, became: str) -> None:
    path = Path("x.csv")
    path.write_text(csv_text([good_row(), good_row(adopter_country="TZA")]))
    ingest(run, "x.csv")
    whole = path.read_bytes()
    if became == "gone":
        path.unlink()
    else:
        content = {"encrypted": OLE, "empty": b"", "other columns": b"a,b\n1,2\n", "half a file": None}[became]
        path.write_bytes(
            whole[: whole.index(b"stage")].replace(b"adoption", b'"adoption') if content is None else content
        )
    result = run("ingest", "x.csv", "--format", "json")
    assert result.exit_code == 3
    told = summary(result)
    assert told["claims"]["withdrawn"] == 0
    assert "x.csv" in result.stderr
    assert spread(run)["countries"] == ["KEN", "TZA"]
    path.write_bytes(whole)
    told = ingest(run, "x.csv")
    assert (told["claims"]["new"], told["claims"]["withdrawn"]) == (0, 0)


def analyst_rows() -> list[dict[str, str]]:
    """Return four rows with a report each: an alias, an origin and an adoption, so three claims, a row."""
    return [
        table_row("a", "ZWE", "1995"),
        table_row("b", "VNM", "1999"),
        table_row("c", "", "1990s", adopter_site="several ministries"),  # no single adopter
        table_row("d", "PHL", "by 2001"),
    ]


def test_reading_the_same_table_again_is_no_news(run: Run) -> None:
    path = Path("table.csv")
    path.write_text(csv_text(analyst_rows(), header=TABLE_COLUMNS))
    first = ingest(run, "table.csv")
    none = dict.fromkeys(RECORDS, 0)
    assert first["records"] == none | {"read": 4, "claimed": 3, "unplaced": 1}
    assert first["claims"] == {"new": 12, "unchanged": 0, "withdrawn": 0}
    again = ingest(run, "table.csv")
    assert again["records"] == none | {"read": 4, "unchanged": 3, "unplaced": 1}
    assert again["claims"] == {"new": 0, "unchanged": 12, "withdrawn": 0}
    assert again["revision"] == first["revision"]
    path.write_text(csv_text(analyst_rows()[::-1], header=TABLE_COLUMNS[::-1]))
    turned = ingest(run, "table.csv")
    assert turned["claims"] == {"new": 0, "unchanged": 12, "withdrawn": 0}
    path.write_bytes(csv_text(analyst_rows(), ";", TABLE_COLUMNS).encode("utf-16"))
    assert ingest(run, "table.csv")["claims"] == {"new": 0, "unchanged": 12, "withdrawn": 0}


def test_a_row_at_the_top_and_a_corrected_cell_change_just_those_claims(run: Run) -> None:
    path = Path("table.csv")
    rows = analyst_rows()
    path.write_text(csv_text(rows, header=TABLE_COLUMNS))
    ingest(run, "table.csv")
    before = {a["country"]: a["claims"] for a in spread(run, "Synthetic kettle")["adoptions"]}
    rows[1]["adoption_year"] = "1998"
    rows.insert(0, table_row("e", "IDN", "1996"))
    path.write_text(csv_text(rows, header=TABLE_COLUMNS))
    told = ingest(run, "table.csv")
    # New: the inserted row's three claims and the corrected adoption. Withdrawn: the adoption as it was.
    assert told["claims"] == {"new": 4, "unchanged": 11, "withdrawn": 1}
    assert told["records"] == dict.fromkeys(RECORDS, 0) | {"read": 5, "claimed": 2, "unchanged": 2, "unplaced": 1}
    assert told["reports"] == {"new": 1, "known": 4, "retracted": 0}
    after = {a["country"]: a for a in spread(run, "Synthetic kettle")["adoptions"]}
    assert set(after) - {None} == {"ZWE", "VNM", "PHL", "IDN"}
    assert after["VNM"]["when"] == "1998"
    assert {c for c in before if before[c] != after[c]["claims"]} == {"VNM"}
    difference = json.loads(run("diff", "1", "2", "--format", "json").stdout)
    assert sum(len(difference[part]) for part in ("added", "withdrawn", "changed")) in (4, 5)


def test_a_row_at_the_top_of_a_report_that_has_others_is_one_more(run: Run) -> None:
    path = Path("table.csv")
    rows = [table_row("a", "ZWE", "1995"), table_row("a", "VNM", "1999")]
    path.write_text(csv_text(rows, header=TABLE_COLUMNS))
    ingest(run, "table.csv")
    before = {a["country"]: a["id"] for a in spread(run, "Synthetic kettle")["adoptions"]}
    path.write_text(csv_text([table_row("a", "IDN", "1996"), *rows], header=TABLE_COLUMNS))
    told = ingest(run, "table.csv")
    assert told["claims"]["withdrawn"] == 0
    assert told["records"] == dict.fromkeys(RECORDS, 0) | {"read": 3, "claimed": 1, "unchanged": 2}
    after = {a["country"]: a["id"] for a in spread(run, "Synthetic kettle")["adoptions"]}
    assert after.items() >= before.items()
    assert ingest(run, "table.csv")["claims"]["new"] == 0
