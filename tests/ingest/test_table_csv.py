"""Delimited text as it really arrives: each kind of damage sets aside its own row, and the rest goes in."""

import codecs
import csv
import gzip
import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.ingest import table_rows, table_text
from southerly.ingest.reading import Carrier
from southerly.ingest.table import TableBatch, locate, read_table, table_header
from southerly.ingest.table_csv import read_csv


@pytest.fixture
def read(tmp_path):
    """Write a synthetic file and read it: its batches, as one table of rows with their locators."""

    def reading(content: bytes, name: str = "t.csv", **options) -> "Whole":
        path = tmp_path / name
        path.write_bytes(content)
        return Whole(list(read_table(Carrier(path, name), **options)))

    return reading


class Whole:
    """All batches of a carrier together."""

    def __init__(self, batches: list[TableBatch]) -> None:
        self.header = batches[0].header
        self.rows = [row for batch in batches for row in _rows(batch)]
        self.records = [record for batch in batches for record in batch.records.to_pylist()]
        self.locators = [place for batch in batches for place in batch.locators.to_pylist()]
        self.problems = [problem for batch in batches for problem in batch.problems]
        self.notes = [note.text for batch in batches for note in batch.notes]


def _rows(batch: TableBatch) -> list[dict[str, str | None]]:
    columns = {name: cells.to_pylist() for name, cells in batch.columns.items()}
    return [{name: cells[at] for name, cells in columns.items()} for at in range(len(batch.records))]


def test_cells_are_trimmed_text_and_blanks_are_null(read):
    whole = read(b'name, place ,note\n  Kiosk A ,"Lusaka, ZM",\n007,NA,"two\nlines"\n , ,x\n')
    assert whole.header == ("name", "place", "note")
    assert whole.rows == [
        {"name": "Kiosk A", "place": "Lusaka, ZM", "note": None},
        {"name": "007", "place": "NA", "note": "two\nlines"},  # "NA" is Namibia, and leading zeros stay
        {"name": None, "place": None, "note": "x"},
    ]
    assert whole.locators == ["row=2", "row=3", "row=4"]
    assert whole.records == [0, 1, 2]
    assert not whole.problems


def test_blank_rows_are_passed_over_and_locators_stay_those_of_the_spreadsheet(read):
    whole = read(b"\na,b\n\n1,2\n,,,\n3,4\n\n")
    assert whole.rows == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
    assert whole.locators == ["row=4", "row=6"]
    assert not whole.problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_rows(read, delimiter):
    lines = [["site, town", "n"], ["A", "1,5"], ["B", "2,5"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    whole = read(text.getvalue().encode())
    assert whole.rows == [{"site, town": "A", "n": "1,5"}, {"site, town": "B", "n": "2,5"}]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_unicode_is_read_with_or_without_a_mark(read, encoding, mark):
    whole = read(mark + "pays,école\nCôte d’Ivoire,日本\n".encode(encoding))
    assert whole.header == ("pays", "école")
    assert whole.rows == [{"pays": "Côte d’Ivoire", "école": "日本"}]
    assert not whole.problems
    assert not whole.notes


def test_windows_1252_is_read_and_said(read):
    whole = read("name,n\nMéthode “K”,1\nplain,2\n".encode("cp1252"))
    assert [row["name"] for row in whole.rows] == ["Méthode “K”", "plain"]
    assert any("cp1252" in note for note in whole.notes)


def test_a_windows_1252_letter_at_the_very_end_is_read(read):
    assert read("a,b\n1,café".encode("cp1252")).rows == [{"a": "1", "b": "café"}]


def test_octets_that_no_encoding_has_set_aside_their_row_alone(read):
    whole = read("name\nMéthode\nbad ".encode("cp1252") + b"\x81\nlast\n")
    assert [row["name"] for row in whole.rows] == ["Méthode", "last"]
    assert [(p.locator, p.record, p.field) for p in whole.problems] == [("row=3", 1, "name")]
    assert "decoded" in whole.problems[0].found


def test_one_damaged_row_does_not_make_mojibake_of_a_utf8_file(read):
    whole = read("name\nécole\nnaïve\n".encode() + b"caf\xe9\n" + "Zoé\n".encode())
    assert [row["name"] for row in whole.rows] == ["école", "naïve", "Zoé"]
    assert [p.locator for p in whole.problems] == ["row=4"]
    assert not whole.notes


def test_an_encoding_given_is_used(read):
    assert read("имя\nМосква\n".encode("cp1251"), encoding="cp1251").rows == [{"имя": "Москва"}]
    (problem,) = read(b"a\n1\n", encoding="no-such").problems
    assert problem.record is None
    assert "no-such" in problem.found


def test_combining_letters_are_composed(read):
    assert read("name\ncafe\u0301\n".encode()).rows == [{"name": "café"}]


def test_a_nul_sets_aside_its_row(read):
    whole = read(b"a,b\n1,x\n2,y\0z\n3,w\n")
    assert [row["a"] for row in whole.rows] == ["1", "3"]
    (problem,) = whole.problems
    assert (problem.locator, problem.record, problem.field) == ("row=3", 1, "b")
    assert "NUL" in problem.found


def test_a_cell_of_ten_megabytes_sets_aside_its_row(read):
    whole = read(b'a,b\n1,x\n2,"' + b"z" * 10_000_000 + b'"\n3,w\n')
    assert [row["a"] for row in whole.rows] == ["1", "3"]
    (problem,) = whole.problems
    assert (problem.locator, problem.field, problem.found) == (
        "row=3",
        "b",
        "a cell of 10,000,000 characters",
    )


def test_a_row_without_end_is_passed_over_in_bounded_memory(read, monkeypatch):
    monkeypatch.setattr(table_rows, "MAX_RECORD", 200_000)
    monkeypatch.setattr("southerly.ingest.table_csv.MAX_RECORD", 200_000)
    monkeypatch.setattr(table_text, "BLOCK", 70_000)
    whole = read(b"a,b\n1,x\n2," + b"z" * 900_000 + b"\n3,w\n")
    assert [row["a"] for row in whole.rows] == ["1", "3"]
    assert [p.locator for p in whole.problems] == ["row=3"]


def test_an_unclosed_quote_sets_aside_the_row_that_it_opened_in(read):
    whole = read(b'a,b\n1,x\n2,"open\n3,y\n4,z\n')
    assert [row["a"] for row in whole.rows] == ["1", "3", "4"]
    assert whole.locators == ["row=2", "row=4", "row=5"]
    (problem,) = whole.problems
    assert (problem.locator, problem.record) == ("row=3", 1)
    assert "not closed" in problem.found


def test_an_unclosed_quote_does_not_swallow_later_quoted_rows(read):
    whole = read(b'a,b\n1,x\n2,"open\n3,"y"\n4,"z"\n')
    assert [row["a"] for row in whole.rows] == ["1", "3", "4"]
    assert [p.locator for p in whole.problems] == ["row=3"]


def test_quotes_that_cost_too_much_to_untangle_end_the_reading_and_say_so(read, monkeypatch):
    monkeypatch.setattr("southerly.ingest.table_csv.Quota", lambda: table_rows.Quota(5_000))
    whole = read(b"a,b\n1,x\n" + b'a","\n' * 2_000)
    assert whole.rows == [{"a": "1", "b": "x"}]
    assert whole.problems[-1].record is None
    assert "nothing after this row" in whole.problems[-1].found
    assert len(whole.problems) < 50


def test_ragged_rows_are_set_aside_but_blank_cells_at_the_end_are_none_of_them(read):
    whole = read(b"a,b\n1,x,\n2\n3,y,more\n4,z\n")
    assert [row["a"] for row in whole.rows] == ["1", "4"]
    assert [(p.locator, p.expected) for p in whole.problems] == [
        ("row=3", "2 cells, as in the header"),
        ("row=4", "2 cells, as in the header"),
    ]
    assert whole.problems[0].found.startswith("1 cells, beginning with “2”")


def test_a_stray_quote_inside_an_unquoted_cell_is_text(read):
    assert read(b'size,n\n5" pipe,1\n').rows == [{"size": '5" pipe', "n": "1"}]


def test_old_mac_line_ends_are_line_ends(read):
    assert read(b"a,b\r1,x\r2,y\r").rows == [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}]


def test_a_nameless_column_is_named_by_its_place_if_it_says_anything(read):
    assert read(b"a,,c,\n1,,x,\n").rows == [{"a": "1", "c": "x"}]
    assert read(b"a,,c\n1,hm,x\n").rows == [{"a": "1", "column 2": "hm", "c": "x"}]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty file"),
        (b"\n\n", "empty file"),
        (b"a,b,a\n1,2,3\n", "more than once: a"),
        (b'a,"b\n1,2\n', "header that is not closed"),
        ("a,b\n1,2\n".encode("utf-16-le"), "not text"),
        (b"a" * 1_000_001 + b",b\n1,2\n", "not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
        (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf\n<html><body></body></html>", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04 and no zip", "damaged"),
        (b"PAR1 and no parquet", "Parquet"),
    ],
)
def test_what_cannot_be_read_is_one_problem_in_four_parts(read, content, told):
    whole = read(content, "table.xls")
    (problem,) = whole.problems
    assert problem.record is None
    assert told in problem.found
    assert problem.locator
    assert problem.expected
    assert problem.hint
    assert not whole.rows


def test_a_missing_file_is_a_problem(tmp_path):
    (batch,) = read_table(Carrier(tmp_path / "none.csv", "none.csv"))
    assert "No such file" in batch.problems[0].found


def test_a_header_alone_is_no_problem(read):
    whole = read(b"a,b\n")
    assert (whole.header, whole.rows, whole.problems) == (("a", "b"), [], [])
    assert whole.notes == ["a header and no rows"]


def test_a_compressed_table_is_read(read):
    assert read(gzip.compress(b"a,b\n1,x\n"), "t.csv.gz").rows == [{"a": "1", "b": "x"}]


def test_a_compressed_file_that_swells_is_refused(read, monkeypatch):
    monkeypatch.setattr(table_text, "RATIO_FROM", 2**20)
    monkeypatch.setattr(table_text, "BLOCK", 2**18)
    whole = read(gzip.compress(b"a\n" + b"x\n" * 2_000_000), "t.csv.gz")
    assert "unpacks to more than" in whole.problems[-1].found
    assert len(whole.rows) < 600_000


def test_a_compressed_file_cut_short_gives_its_rows_and_a_problem(read, monkeypatch):
    monkeypatch.setattr(table_text, "BLOCK", 2**12)
    lines = b"".join(b"%d,%d\n" % (n, n * n) for n in range(20_000))
    whole = read(gzip.compress(b"a,b\n" + lines)[:-5000], "t.csv.gz")
    assert whole.rows[0] == {"a": "0", "b": "0"}
    assert whole.problems[-1].record is None
    assert "damaged" in whole.problems[-1].found


def test_batches_hold_no_more_than_asked_and_miss_nothing(read):
    whole = read(b"n\n" + b"".join(b"%d\n" % n for n in range(1000)), batch_rows=64)
    assert [row["n"] for row in whole.rows] == [str(n) for n in range(1000)]
    assert whole.records == list(range(1000))
    assert whole.locators[-1] == "row=1001"


def test_the_header_alone_can_be_asked_for(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"\na;b;\n1;2;3\n")
    assert table_header(Carrier(path, "t")) == [(None, ("a", "b", ""))]
    path.write_bytes(b"a,a\n")
    assert table_header(Carrier(path, "t")) == []


def test_a_cell_is_located_as_its_kind_of_file_does():
    header = ["innovation", "", "country"]
    assert locate("row=12", "country", header) == "cell=12,3"  # RFC 7111
    assert locate("row=12", "column 2", header) == "cell=12,2"
    assert locate("Odd!name!12", "country", header) == "Odd!name!C12"
    assert locate("S!3", "z", [str(n) for n in range(27)] + ["z"]) == "S!AB3"
    assert locate("row=12", "unknown", header) == "row=12"


TAME = st.text(st.sampled_from('ab"\n,; é日'), max_size=6)  # what the fast path can take
WILD = st.text(st.sampled_from('ab"\n\r,; \té\u0301日\u2028\x1c\x85\xa0\ufeff'), max_size=6)
DIRT = st.tuples(st.floats(0, 1), st.sampled_from([b'"', b"\n", b"\0", b"\xff", b","]))


@settings(deadline=None, max_examples=300)
@given(
    rows=st.one_of(st.lists(st.lists(cell, min_size=3, max_size=3), max_size=12) for cell in (TAME, WILD)),
    ragged=st.lists(st.lists(WILD, max_size=5), max_size=2),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    block=st.integers(1, 60),
    dirt=st.lists(DIRT, max_size=2),
)
def test_the_fast_and_the_careful_path_give_the_same(tmp_path_factory, rows, ragged, end, quoting, block, dirt):
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end, quoting=quoting)
    writer.writerows([["x", "é", "z"], *rows[:6], *ragged, *rows[6:]])
    content = text.getvalue().encode()
    for share, octet in dirt:
        at = 10 + int(share * (len(content) - 10))
        content = content[:at] + octet + content[at:]
    path = Path(tmp_path_factory.mktemp("paths")) / "t.csv"
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_rows, "SAMPLE", 1)
        ways = [
            Whole(list(read_csv(Carrier(path, "t"), batch_rows=7, delimiter=",", encoding="utf-8", **way)))
            for way in ({"careful": True}, {}, {"block": block}, {"block": block, "careful": True})
        ]
    for way in ways[1:]:
        assert way.header == ways[0].header
        assert way.rows == ways[0].rows
        assert way.records == ways[0].records
        assert way.locators == ways[0].locators
        assert way.problems == ways[0].problems


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.one_of(TAME, WILD), min_size=3, max_size=3), max_size=20), st.integers(1, 80))
def test_every_row_that_a_csv_writer_writes_comes_back(tmp_path_factory, rows, block):
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["x", "y", "z"], *rows])
    path = Path(tmp_path_factory.mktemp("back")) / "t.csv"
    path.write_bytes(text.getvalue().encode())
    whole = Whole(list(read_csv(Carrier(path, "t"), batch_rows=9, delimiter=",", block=block)))
    told = [[unicodedata.normalize("NFC", cell).strip() or None for cell in row] for row in rows]
    assert [list(row.values()) for row in whole.rows] == [row for row in told if any(row)]
    assert not whole.problems
