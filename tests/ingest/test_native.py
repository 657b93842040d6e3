"""Native tables: from rows that analysts write to claims. All rows here are synthetic."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from southerly.graph.claims import CLAIM, REPORT
from southerly.ingest.native import read_native
from southerly.ingest.reading import Batch, Carrier

SOURCE = "https://synthetic.example.org/report"
ROW = {
    "innovation": "Village benches",
    "aliases": "VB; Talking benches; village  BENCHES",
    "kind": "service model",
    "origin_country": "ZWE",
    "origin_site": "Harare",
    "origin_year": "2006",
    "source_country": "ZWE",
    "adopter_country": "Malawi",
    "adopter_site": "Zomba Central Hospital",
    "adoption_year": "by 2016",
    "stage": "pilot",
    "channel": "unknown",
    "partners": "One Trust; Two Trust",
    "outcome": "fewer symptoms",
    "outcome_level": "individual",
    "enablers": "",
    "barriers": "stigma",
    "source_title": "A synthetic report",
    "source_url": SOURCE,
    "source_year": "2017",
    "confidence": "medium",
    "note": 'said "twice",\nin two lines',
}


def read(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str] | None = None) -> Batch:
    """Write rows as CSV and read them back as one batch."""
    listed = list(rows)
    names = list(columns or listed[0])
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(listed)
    (batch,) = read_native(Carrier(path, path.name))
    return batch


def claims(batch: Batch, kind: str) -> list[dict[str, Any]]:
    """Return the claims of a kind, each without what it does not say."""
    assert batch.claims.schema == CLAIM
    assert batch.reports.schema == REPORT
    batch.claims.validate(full=True)
    rows = batch.claims.to_pylist()
    return [{k: v for k, v in row.items() if v is not None} for row in rows if row["kind"] == kind]


def test_a_row_names_its_innovation_and_says_where_it_began_and_who_took_it_up(tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", [ROW])
    assert batch.ingester == "reverse-innovations/1"
    assert [(c["name"], c["name_type"]) for c in claims(batch, "name")] == [
        ("VB", "acronym"),
        ("Talking benches", "alias"),
    ]
    (origin,) = claims(batch, "origin")
    assert (origin["country"], origin["site"], origin["when"]) == ("ZWE", "Harare", "2006")
    (adoption,) = claims(batch, "adoption")
    extra = json.loads(adoption.pop("extra"))
    adoption.pop("latest")
    assert adoption == {
        "record": 0,
        "report": "url:synthetic.example.org/report",
        "kind": "adoption",
        "status": "actual",
        "review": "accepted",
        "method": "table",
        "locator": "row=2",
        "confidence": "medium",
        "innovation": "Village benches",
        "innovation_kind": "service model",
        "country": "MWI",
        "site": "Zomba Central Hospital",
        "when_said": "by 2016",
        "when": "[..2016]",
        "stage": "pilot",
        "source_country": "ZWE",
        "partners": ["One Trust", "Two Trust"],
        "outcome": "fewer symptoms",
        "outcome_level": "individual",
        "barriers": ["stigma"],
    }
    assert extra == {"note": ROW["note"]}
    assert batch.reports.to_pylist() == [
        {
            "record": 0,
            "report": "url:synthetic.example.org/report",
            "same_as": None,
            "title": "A synthetic report",
            "url": SOURCE,
            "doi": None,
            "year": "2017",
            "publisher": None,
            "licence": None,
            "authors": None,
            "note": None,
        }
    ]


def test_no_origin_is_claimed_where_none_is_said(tmp_path: Path) -> None:
    blank = ROW | {"origin_country": "unknown", "origin_site": "", "origin_year": ""}
    batch = read(tmp_path / "a.csv", [blank, blank | {"origin_year": "1990s"}])
    assert [(c["record"], c["when"]) for c in claims(batch, "origin")] == [(1, "199X")]


def test_several_adopters_are_one_claim_each_and_the_site_belongs_to_none(tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", [ROW | {"adopter_country": "KEN; Scotland", "source_country": "ZWE;ZAF"}])
    found = claims(batch, "adoption")
    assert [(c["country"], c.get("subdivision"), c["source_country"]) for c in found] == [
        ("KEN", None, "ZWE"),
        ("KEN", None, "ZAF"),
        ("GBR", "GB-SCT", "ZWE"),
        ("GBR", "GB-SCT", "ZAF"),
    ]
    assert not any("site" in c for c in found)
    assert {"Zomba Central Hospital"} <= set(json.loads(found[0]["extra"]).values())


def test_rows_without_an_adopting_country_are_claimed_and_unplaced(tmp_path: Path) -> None:
    countries = ["", "Africa", "unknown", "KEN", "Africa;KEN"]
    batch = read(tmp_path / "a.csv", [ROW | {"adopter_country": name} for name in countries])
    assert batch.unplaced.to_pylist() == [0, 1, 2]
    assert [(c["record"], c.get("country"), c.get("country_said")) for c in claims(batch, "adoption")] == [
        (0, None, None),
        (1, None, "Africa"),
        (2, None, None),
        (3, "KEN", None),
        (4, None, "Africa"),
        (4, "KEN", None),
    ]


def test_a_bad_record_is_set_aside_whole_with_all_that_is_wrong(tmp_path: Path) -> None:
    bad = ROW | {"adopter_country": "Zimbabbwe", "adoption_year": "2023-13-01", "stage": "adoptd"}
    batch = read(tmp_path / "a.csv", [ROW, bad, ROW])
    assert batch.records.to_pylist() == [0, 1, 2]
    assert set(batch.claims["record"].to_pylist()) == {0, 2}
    assert batch.reports["record"].to_pylist() == [0, 2]
    assert {(p.record, p.field, p.locator, p.found, p.report) for p in batch.problems} == {
        (1, "adopter_country", "cell=3,8", "Zimbabbwe", "url:synthetic.example.org/report"),
        (1, "adoption_year", "cell=3,10", "2023-13-01", "url:synthetic.example.org/report"),
        (1, "stage", "cell=3,11", "adoptd", "url:synthetic.example.org/report"),
    }
    assert any("Zimbabwe" in p.hint for p in batch.problems)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source_url": ""}, "source_url"),
        ({"source_url": "Annex 3"}, "source_url"),
        ({"innovation": " "}, "innovation"),
        ({"kind": "gadgetry"}, "kind"),
        ({"confidence": "sure"}, "confidence"),
        ({"source_country": "Zamunda"}, "source_country"),
    ],
)
def test_what_no_row_may_lack_or_say(change: dict[str, str], field: str, tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", [ROW | change])
    assert [(p.field, p.record) for p in batch.problems] == [(field, 0)]
    assert batch.claims.num_rows == 0


def test_a_row_cannot_blow_up_into_endless_pairs(tmp_path: Path) -> None:
    many = ";".join(f"region: {n}" for n in range(290))
    batch = read(tmp_path / "a.csv", [ROW | {"adopter_country": many, "source_country": many}, ROW])
    (problem,) = batch.problems
    assert (problem.record, problem.field, problem.found) == (0, "source_country", "84,100 pairs")
    assert set(batch.claims["record"].to_pylist()) == {1}


def test_dates_in_words_are_kept_and_told(tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", [ROW | {"adoption_year": "five years in"}] * 2)
    assert [(c["when_said"], c.get("when")) for c in claims(batch, "adoption")] == [("five years in", None)] * 2
    (note,) = batch.notes
    assert note.count == 2
    assert "five years in" in note.text


def test_first_observed_is_not_adopted(tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", [ROW | {"adoption_year": "1994", "left_censored": "yes"}])
    (adoption,) = claims(batch, "adoption")
    assert (adoption["when_said"], adoption["when"], adoption["left_censored"]) == ("1994", "[..1994]", True)
    assert "earliest" not in adoption


def test_columns_are_known_in_any_order_case_and_company(tmp_path: Path) -> None:
    row = {
        "Überraschung": "a \\ b\t“c”",
        "Source URL": SOURCE,
        "Adopter  Country": "KEN",
        "INNOVATION": "Village benches",
        "Source-DOI": "10.1000/Synthetic",
        "End year": "2019",
        "Mechanisms": "seeing; doing",
    }
    batch = read(tmp_path / "a.csv", [row])
    (adoption,) = claims(batch, "adoption")
    assert json.loads(adoption["extra"]) == {"Überraschung": "a \\ b\t“c”"}
    assert (adoption["country"], adoption["end"], adoption["mechanisms"]) == ("KEN", "2019", ["seeing", "doing"])
    (report,) = batch.reports.to_pylist()
    assert (report["report"], report["same_as"]) == ("url:synthetic.example.org/report", "doi:10.1000/synthetic")


def test_rows_that_the_table_reader_sets_aside_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"innovation,source_url,adopter_country\nA,{SOURCE},KEN\nB,{SOURCE},UGA,more,and more\n")
    (batch,) = read_native(Carrier(path, "a"))
    assert sorted(batch.records.to_pylist()) == [0, 1]
    assert [p.record for p in batch.problems] == [1]
    assert set(batch.claims["record"].to_pylist()) == {0}


def test_sources_say_who_published_and_that_address_and_doi_are_one_report(tmp_path: Path) -> None:
    row = {
        "source_url": SOURCE,
        "title": "A synthetic report",
        "year": "2017",
        "publisher_journal": "Synthetic Press",
        "doi": "https://doi.org/10.1000/S",
        "licence": "CC0",
        "covers": "benches",
    }
    batch = read(tmp_path / "a.csv", [row, row | {"source_url": "", "doi": ""}])
    assert batch.ingester == "reverse-innovation-sources/1"
    assert batch.claims.num_rows == 0
    assert [p.record for p in batch.problems] == [1]
    (said,) = batch.reports.to_pylist()
    assert said["report"] == "url:synthetic.example.org/report"
    assert said["same_as"] == "doi:10.1000/s"
    assert (said["publisher"], said["licence"], said["doi"]) == ("Synthetic Press", "CC0", "10.1000/s")
    assert said["note"] == "benches"


EXCHANGE = {
    "exchange_id": "zomba-visit",
    "title": "Synthetic visit to Zomba",
    "exchange_type": "SSLE",
    "start": "2010-02",
    "end": "2010-03",
    "host_countries": "MWI",
    "visiting_countries": "Wales;KEN",
    "host_sites": "online",
    "visiting_sites": "",
    "funder": "One Trust; Two Trust",
    "facilitator": "",
    "theme_practices": "village benches; talking",
    "participants_n": "100+",
    "participants_cadre": "unknown",
    "debrief": "unknown",
    "mission_statement": "yes",
    "direction": "south-north",
    "source_title": "A synthetic report",
    "source_url": SOURCE,
    "source_year": "",
    "confidence": "high",
}


def test_an_exchange_is_claimed_and_what_is_unknown_is_never_no(tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", [EXCHANGE, EXCHANGE | {"debrief": "No", "mission_statement": "unknown"}])
    first, second = claims(batch, "exchange")
    assert json.loads(first.pop("extra")) == {"visiting_countries": "Wales; KEN"}
    assert {k: first[k] for k in ("exchange", "exchange_type", "direction", "when", "end", "participants")} == {
        "exchange": "zomba-visit",
        "exchange_type": "south-south learning exchange",
        "direction": "reverse",
        "when": "2010-02",
        "end": "2010-03",
        "participants": "100+",
    }
    assert first["host_countries"] == ["MWI"]
    assert first["visiting_countries"] == ["GBR", "KEN"]
    assert first["shown"] == ["village benches", "talking"]
    assert first["funders"] == ["One Trust", "Two Trust"]
    assert first["mission"] == "yes"
    assert not {"debrief", "cadre", "facilitators"} & first.keys()
    assert second["debrief"] == "no"
    assert "mission" not in second


OUTCOME = {
    "exchange_id": "zomba-visit",
    "practice": "village benches",
    "adopter_country": "KEN",
    "adopter_site": "Nairobi",
    "outcome": "benches were set up",
    "outcome_level": "service",
    "outcome_stage": "adopted",
    "metric_value": "12",
    "year": "2011",
    "mechanism": "seeing; doing",
    "enabler": "",
    "barrier": "",
    "source_url": SOURCE,
    "confidence": "medium",
}


def test_outcomes_that_were_taken_up_are_adoptions_as_well(tmp_path: Path) -> None:
    rows = [
        OUTCOME,
        OUTCOME | {"outcome_stage": "rolled out", "adopter_country": "KEN;UGA"},
        OUTCOME | {"outcome_stage": "sustained", "adopter_country": ""},
        OUTCOME | {"outcome_stage": "intended"},
        OUTCOME | {"practice": ""},
    ]
    batch = read(tmp_path / "a.csv", rows)
    outcomes = claims(batch, "outcome")
    assert [c["record"] for c in outcomes] == [0, 1, 2, 3, 4]
    assert outcomes[1]["countries"] == ["KEN", "UGA"]
    assert (outcomes[0]["value"], outcomes[0]["mechanisms"]) == ("12", ["seeing", "doing"])
    adoptions = claims(batch, "adoption")
    assert [(c["record"], c["stage"], c.get("country"), c.get("site")) for c in adoptions] == [
        (0, "adopted", "KEN", "Nairobi"),
        (1, "scaled", "KEN", None),
        (1, "scaled", "UGA", None),
        (2, "sustained", None, "Nairobi"),
    ]
    assert all(c["exchange"] == "zomba-visit" and c["when"] == "2011" for c in adoptions)
    assert not any("outcome" in c for c in adoptions)
    assert batch.unplaced.to_pylist() == [2]


def test_an_unknown_table_is_told_the_nearest_and_what_it_lacks(tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", [{"innovation": "A", "adopter_country": "KEN", "year": "2001"}])
    (problem,) = batch.problems
    assert problem.record is None
    assert "innovation, adopter_country, year" in problem.found
    assert "reverse-innovations" in problem.expected
    assert "source_url" in problem.expected
    assert "southerly template csv" in problem.hint
    assert "--mapping" in problem.hint
    assert len(batch.records) == 0


def test_each_sheet_of_a_workbook_is_read_by_its_own_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, row in (("Exchanges", EXCHANGE), ("Outcomes", OUTCOME)):
        sheet = book.create_sheet(title)
        sheet.append(list(row))
        sheet.append(list(row.values()))
    path = tmp_path / "a.xlsx"
    book.save(path)
    batches = [b for b in read_native(Carrier(path, "a")) if b.claims.num_rows]
    assert [b.ingester for b in batches] == ["exchanges/1", "exchange-outcomes/1"]
    assert [b.claims["locator"][0].as_py() for b in batches] == ["Exchanges!2", "Outcomes!2"]
    assert len({r for b in batches for r in b.records.to_pylist()}) == 2


_CELLS = {
    "adopter_country": ["KEN", "Uganda; Scotland", "Africa", "", "Zamunda"],
    "adoption_year": ["2001", "by 1996", "some day", ""],
    "aliases": ["", "VB", "VB; Village benches; Bancs"],
    "innovation": ["Village benches", "Talking stones"],
    "origin_country": ["", "ZWE"],
    "stage": ["pilot", "unknown", "adoptd"],
    "note": ["", 'a "b"', "c; d"],
    "source_url": [SOURCE, "https://other.example.org/", ""],
}
_ROWS = st.lists(st.fixed_dictionaries({k: st.sampled_from(v) for k, v in _CELLS.items()}), min_size=1, max_size=8)


def _content(table: pa.Table) -> Counter[str]:
    rows = table.drop_columns(["record", "locator"]) if "locator" in table.column_names else table
    return Counter(json.dumps(row, default=str, sort_keys=True) for row in rows.to_pylist())


@given(rows=_ROWS, data=st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_rows_and_columns_changes_no_claim(
    rows: list[dict[str, str]], data: st.DataObject, tmp_path: Path
) -> None:
    columns = data.draw(st.permutations(sorted(_CELLS)))
    first = read(tmp_path / "a.csv", rows, sorted(_CELLS))
    second = read(tmp_path / "b.csv", data.draw(st.permutations(rows)), columns)
    assert _content(first.claims) == _content(second.claims)
    assert len(first.unplaced) == len(second.unplaced)
    assert Counter((p.field, p.found) for p in first.problems) == Counter((p.field, p.found) for p in second.problems)
    claimed, bad = set(first.claims["record"].to_pylist()), {p.record for p in first.problems}
    assert claimed | bad == set(first.records.to_pylist())
    assert not claimed & bad
