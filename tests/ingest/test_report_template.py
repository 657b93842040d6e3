"""Blank reports: clear when handed in blank, and read back when filled in. All data is synthetic."""

import csv
from pathlib import Path

from openpyxl import load_workbook
from southerly.ingest.layouts import REVERSE_INNOVATIONS
from southerly.ingest.reading import Batch, Carrier
from southerly.ingest.report_template import blank_csv, blank_xlsx, blank_yaml
from southerly.ingest.report_xlsx import is_report_workbook, read_report_xlsx
from southerly.ingest.report_yaml import is_report_yaml, read_report_yaml
from southerly.ingest.table import table_header


def read_yaml(folder: Path, text: str) -> Batch:
    path = folder / "filled.yaml"
    path.write_text(text, encoding="utf-8")
    assert is_report_yaml(path)
    (batch,) = read_report_yaml(Carrier(path, "filled.yaml"))
    return batch


def test_a_blank_yaml_form_is_one_clear_problem(tmp_path: Path) -> None:
    batch = read_yaml(tmp_path, blank_yaml())
    assert batch.claims.num_rows == 0
    assert [p.found for p in batch.problems] == ["no citation"]


def test_a_blank_workbook_is_one_clear_problem(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    blank_xlsx(path)
    assert is_report_workbook(table_header(Carrier(path, "blank.xlsx")))
    (batch,) = read_report_xlsx(Carrier(path, "blank.xlsx"))
    assert batch.claims.num_rows == 0
    assert [p.found for p in batch.problems] == ["no citation"]
    assert batch.notes == ()


def test_a_source_alone_says_nothing(tmp_path: Path) -> None:
    batch = read_yaml(tmp_path, blank_yaml().replace("  title:", "  title: Synthetic", 1))
    assert [p.found for p in batch.problems] == ["a report that says nothing"]


def test_a_filled_yaml_form_makes_claims(tmp_path: Path) -> None:
    text = blank_yaml().replace("  title:", "  title: Synthetic", 1)
    origins = text.index("origins:")
    filled = text[origins:].replace("innovation:", "innovation: Synthetic bench", 1)
    filled = filled.replace("country:", "country: KEN", 1).replace("when:", "when: 1990s", 1)
    batch = read_yaml(tmp_path, text[:origins] + filled)
    (claim,) = batch.claims.to_pylist()
    assert (claim["kind"], claim["innovation"], claim["country"], claim["when"]) == (
        "origin",
        "Synthetic bench",
        "KEN",
        "199X",
    )
    assert batch.problems == ()


def test_a_filled_workbook_makes_claims(tmp_path: Path) -> None:
    path = tmp_path / "filled.xlsx"
    blank_xlsx(path)
    book = load_workbook(path)
    for sheet, cells in {
        "Source": {"title": "Synthetic"},
        "Exchange": {"title *": "Synthetic tour", "host_country": "Uganda", "start_date": "2008-02"},
        "Participants": {"role": "nurse", "count": "4"},
        "Outcomes": {"practice": "Alpha", "outcome": "in use", "stage": "sustained", "adopter_country": "KEN"},
        "Follow-up": {"date *": "2012", "practice *": "Alpha", "still_in_use": "yes", "adopter_country": "KEN"},
        "Action plan": {"practice *": "Beta", "adopter_country": "KEN", "due": "2009"},
    }.items():
        columns = {cell.value: number for number, cell in enumerate(book[sheet][1], start=1)}
        for name, value in cells.items():
            book[sheet].cell(2, columns[name], value)
    book.save(path)
    (batch,) = read_report_xlsx(Carrier(path, "filled.xlsx"))
    assert batch.problems == ()
    kinds = batch.claims["kind"].to_pylist()
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {"adoption": 3, "exchange": 1, "outcome": 2}
    (exchange,) = [row for row in batch.claims.to_pylist() if row["kind"] == "exchange"]
    assert (exchange["host_countries"], exchange["when"], exchange["participants"]) == (["UGA"], "2008-02", "4")


def test_pick_lists_of_the_workbook_hold_the_vocabulary(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    blank_xlsx(path)
    book = load_workbook(path)
    lists = {column[0].value: [c.value for c in column[1:] if c.value] for column in book["Lists"].iter_cols()}
    assert lists["adoption-stage"][:2] == ["considered", "pilot"]
    assert "Norway" in lists["country"]
    sheet = book["Adoptions"]
    stage = next(cell.column_letter for cell in sheet[1] if cell.value == "stage")
    (rule,) = [r for r in sheet.data_validations.dataValidation if f"{stage}2" in r.sqref]
    letter = chr(ord("A") + list(lists).index("adoption-stage"))
    assert rule.formula1 == f"Lists!${letter}$2:${letter}$8"


def test_the_table_is_of_a_native_layout() -> None:
    (header,) = csv.reader([blank_csv().strip()])
    assert REVERSE_INNOVATIONS.missing(header) == []
    assert header[0] == "innovation"
    assert len(header) == 22


def test_no_form_names_people() -> None:
    assert "focal_person" not in blank_yaml()
    assert "responsible" not in blank_yaml()
