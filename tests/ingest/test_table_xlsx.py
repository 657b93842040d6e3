"""Workbooks as analysts save them, and as nobody should: formulas, hidden sheets, traps in the zip."""

import datetime as dt
import zipfile

import openpyxl
import pytest
from southerly.ingest import table_zip
from southerly.ingest.reading import Carrier
from southerly.ingest.table import read_table, table_header


@pytest.fixture
def book(tmp_path):
    """Save synthetic sheets, {title: rows}, and return the carrier."""

    def saving(sheets, name="book.xlsx", hidden=()):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
            if title in hidden:
                sheet.sheet_state = "hidden"
        book.save(tmp_path / name)
        return Carrier(tmp_path / name, name)

    return saving


def _table(batch):
    return {name: column.to_pylist() for name, column in batch.columns.items()}


def _only_problem(carrier):
    (batch,) = read_table(carrier)
    (problem,) = batch.problems
    assert len(batch.records) == 0
    assert problem.record is None
    assert problem.locator
    assert problem.expected
    assert problem.hint
    return problem.found


def test_cells_come_as_an_analyst_would_type_them(book):
    day = dt.datetime(2020, 5, 1)
    rows = [
        ["year", "share", "when", "flag", "note"],
        [2006.0, 0.1 + 0.2, day, True, " NA "],
        [1995, 1e20, day.replace(hour=10), False, None],
    ]
    (batch,) = read_table(book({"Data": rows}))
    assert _table(batch) == {
        "year": ["2006", "1995"],
        "share": ["0.3", "1e+20"],
        "when": ["2020-05-01", "2020-05-01T10:00:00"],
        "flag": ["true", "false"],
        "note": ["NA", None],
    }
    assert batch.locators.to_pylist() == ["Data!2", "Data!3"]
    assert batch.records.to_pylist() == [0, 1]
    assert batch.sheet == "Data"


def test_every_sheet_has_its_own_header_and_its_own_records(book):
    carrier = book(
        {"One": [[], ["a"], ["1"], [], ["2"]], "Blank": [], "Two": [["b"], ["3"]], "Head": [["c"]]},
        hidden=["Two"],
    )
    one, two, head = read_table(carrier)
    assert (_table(one), one.locators.to_pylist()) == ({"a": ["1", "2"]}, ["One!3", "One!5"])
    assert (_table(two), two.locators.to_pylist()) == ({"b": ["3"]}, ["Two!2"])
    assert not set(one.records.to_pylist()) & set(two.records.to_pylist())
    assert [note.text for note in two.notes] == ["sheet “Two” is hidden; it was read"]
    assert [note.text for note in head.notes] == ["sheet “Head” has a header and no rows"]
    assert table_header(carrier) == [("One", ("a",)), ("Two", ("b",)), ("Head", ("c",))]
    (chosen,) = read_table(carrier, sheet="Two")
    assert chosen.records == two.records
    (missing,) = read_table(carrier, sheet="Three")
    assert "One, Blank, Two, Head" in missing.problems[0].expected


def test_a_formula_or_an_error_sets_aside_its_row(book):
    rows = [["a", "b"], ["1", "=A1+B1"], ["2", "x"], ["#REF!", "y"], ["3", "z"]]
    (batch,) = read_table(book({"S": rows}))
    assert _table(batch) == {"a": ["2", "3"], "b": ["x", "z"]}
    assert [(p.locator, p.field, p.record, p.found) for p in batch.problems] == [
        ("S!2", "b", 0, "a formula: =A1+B1"),
        ("S!4", "a", 2, "the error #REF!"),
    ]
    assert "paste it as values" in batch.problems[0].hint


def test_a_remark_beside_the_table_is_kept_under_its_place(book):
    (batch,) = read_table(book({"S": [["a"], ["1"], ["2", None, None, "check this"]]}))
    assert _table(batch) == {"a": ["1", "2"], "column 4": [None, "check this"]}
    assert batch.header == ("a",)


def test_merged_cells_are_read_once(book):
    carrier = book({"S": [["a", "b"], ["both", None], ["1", "2"]]})
    file = openpyxl.load_workbook(carrier.path)
    file["S"].merge_cells("A2:B2")
    file.save(carrier.path)
    (batch,) = read_table(carrier)
    assert _table(batch) == {"a": ["both", "1"], "b": [None, "2"]}


def test_batches_hold_no_more_than_asked(book):
    carrier = book({"S": [["n"], *([n] for n in range(10))]})
    batches = list(read_table(carrier, batch_rows=4))
    assert [len(batch.records) for batch in batches] == [4, 4, 2]
    assert batches[2].locators.to_pylist() == ["S!10", "S!11"]


def test_one_bad_sheet_does_not_keep_the_others_out(book):
    twice, formula, good = read_table(
        book({"Twice": [["a", "a"], ["1", "2"]], "F": [["=A1"], ["1"]], "G": [["a"], ["1"]]})
    )
    assert (twice.problems[0].locator, formula.problems[0].locator) == ("Twice!1", "F!1")
    assert _table(good) == {"a": ["1"]}


def test_a_workbook_is_known_by_its_content_and_not_its_name(book):
    (batch,) = read_table(book({"S": [["a"], ["1"]]}, name="really.csv"))
    assert _table(batch) == {"a": ["1"]}


def test_a_workbook_without_values_is_a_problem(book):
    assert "without any value" in _only_problem(book({"S": []}))


def test_a_workbook_cut_short_is_a_problem(book):
    carrier = book({"S": [["a"], ["1"]]})
    carrier.path.write_bytes(carrier.path.read_bytes()[:-200])
    assert "damaged" in _only_problem(carrier)


def test_a_workbook_with_broken_xml_is_a_problem(book):
    carrier = _with_part(book({"S": [["a"], ["1"]]}), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row")
    assert "cannot be read" in _only_problem(carrier)


def test_xml_that_declares_entities_is_refused(book):
    # Two bytes wide, so that no search for the plain word finds it.
    trap = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE s [<!ENTITY a "b">]><sst>&a;</sst>'.encode("utf-16")
    carrier = _with_part(book({"S": [["a"], ["1"]]}), "xl/sharedStrings.xml", trap)
    assert "document type" in _only_problem(carrier)


def test_a_zip_that_swells_is_refused_unopened(book, monkeypatch):
    monkeypatch.setattr(table_zip, "RATIO_FROM", 2**20)
    carrier = _with_part(book({"S": [["a"], ["1"]]}), "xl/worksheets/sheet1.xml", b" " * 8_000_000)
    assert "unpacks to" in _only_problem(carrier)


def test_a_row_number_from_beyond_any_sheet_ends_the_reading(book):
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2" t="str"><v>1</v></c></row>'
        b'<row r="999999999"><c r="A999999999" t="str"><v>2</v></c></row></sheetData></worksheet>'
    )
    batches = list(read_table(_with_part(book({"S": [["a"]]}), "xl/worksheets/sheet1.xml", far)))
    assert _table(batches[0]) == {"a": ["1"]}
    assert "more than 1,048,576 rows" in batches[-1].problems[0].found


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.bin", "content.xml"])
def test_other_zips_are_named_for_what_they_are_not(tmp_path, part):
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(part, b"<x/>")
    assert "workbook" in _only_problem(Carrier(path, "t.xlsx"))


def _with_part(carrier, name, content):
    """Write a workbook again with one part replaced."""
    with zipfile.ZipFile(carrier.path) as packed:
        parts = {part: packed.read(part) for part in packed.namelist()}
    with zipfile.ZipFile(carrier.path, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, octets in {**parts, name: content}.items():
            packed.writestr(part, octets)
    return carrier
