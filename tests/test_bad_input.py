"""Hostile and awkward input through the command line: what is bad is told in four parts, the rest goes in.

Every input here is synthetic.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from southerly.cli import main

from .bad_input_files import (
    BAD,
    COLUMNS,
    GOOD,
    OLE,
    ROWS,
    TABLE_COLUMNS,
    URL,
    WHOLE,
    adoption_yaml,
    bad_cell_workbooks,
    bad_row,
    csv_text,
    good_row,
    report_yaml,
    table_workbook,
)
from .bad_input_run import (
    Ingested,
    Run,
    assert_clean,
    assert_only_good,
    assert_told,
    ingest,
    ingest_all,
    running,
    spread,
    summary,
    words_of,
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command line on a graph of its own, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return running


BAD_CELLS = bad_cell_workbooks()


# Files that cannot be read at all


WHOLE_NAMES = {case: f"{number:02}-{name}" for number, (case, (name, _, _)) in enumerate(WHOLE.items())}


@pytest.fixture(scope="module")
def unreadable(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    """Ingest a good table, every file that cannot be read, and another good table."""
    bad = [(WHOLE_NAMES[case], content) for case, (_, content, _) in WHOLE.items()]
    first, last = csv_text([good_row()]).encode(), csv_text([good_row(adopter_country="TZA")]).encode()
    return ingest_all(tmp_path_factory.mktemp("files"), [("first.csv", first), *bad, ("last.csv", last)])


@pytest.mark.parametrize("case", WHOLE)
def test_an_unreadable_file_is_told(unreadable: Ingested, case: str) -> None:
    problems = unreadable.problems(WHOLE_NAMES[case])
    assert problems
    told = " ".join(map(words_of, problems))
    assert [word for word in WHOLE[case][2] if word not in told] == []
    assert len(told) < 1500


def test_unreadable_files_leave_no_trace_and_their_neighbours_go_in(unreadable: Ingested) -> None:
    records = unreadable.summary["records"]
    assert records["claimed"] == 2
    assert records["rejected"] >= len(WHOLE)
    assert unreadable.adopters == {GOOD: ["KEN", "TZA"]}
    assert_clean(unreadable.content)


def test_the_table_form_tells_the_same(run: Run) -> None:
    Path("x.xlsx").write_bytes(OLE)
    Path("rows.csv").write_text(csv_text([good_row(), bad_row(adopter_country="Zamunda")]))
    problems = ingest(run, "x.xlsx", "rows.csv", "--dry-run", code=3)["rejected"]
    result = run("ingest", "x.xlsx", "rows.csv")
    assert result.exit_code == 3
    for problem in problems:
        assert_told(problem, problem["carrier"], result.stderr)
        assert problem["found"] not in result.stdout
    assert "(adopter_country)" in result.stderr
    assert "3 read = 1 claimed + 0 unchanged + 2 rejected + 0 unplaced + 0 retracted" in result.stdout
    assert_only_good(run, "KEN")


def test_hundreds_of_problems_are_counted_not_poured_out(run: Run) -> None:
    rows = [bad_row(adopter_country=f"Zamunda {number}") for number in range(300)]
    Path("rows.csv").write_text(csv_text([good_row(), *rows]))
    result = run("ingest", "rows.csv")
    assert (result.exit_code, len(result.stderr.splitlines()) < 60) == (3, True)
    assert re.search(r"\b280 more\b.*--format json", result.stderr)
    assert len(ingest(run, "rows.csv", code=3)["rejected"]) == 300


@pytest.mark.parametrize(
    "given",
    ["nothing.csv", "no/such/folder", "*.csv", "empty", "x.csv", "file:///nowhere/at/all.csv", "dangling.csv"],
)
def test_a_path_that_leads_to_no_report_is_told(run: Run, given: str) -> None:
    for folder in ("empty", "x.csv"):
        Path(folder).mkdir()
    Path("dangling.csv").symlink_to("gone.csv")
    Path("good").mkdir()
    Path("good/good.csv").write_text(csv_text([good_row()]))
    if given == "*.csv":
        Path("x.csv").rmdir()
        Path("dangling.csv").unlink()
    result = run("ingest", given, "good", "--format", "json")
    assert result.exit_code == 3
    told = summary(result)
    (problem,) = told["rejected"]
    assert problem["carrier"] == given  # the place is the path itself
    for part in ("found", "expected", "hint"):
        assert problem[part]
        assert problem[part] in result.stderr
    assert given in result.stderr
    assert_only_good(run, "KEN")


def test_a_file_that_may_not_be_read_is_told(run: Run) -> None:
    locked = Path("locked.csv")
    locked.write_text(csv_text([bad_row()]))
    locked.chmod(0)
    if os.access(locked, os.R_OK):  # as root everything can be read; but no folder is a table
        locked.unlink()
        locked.mkdir()
    Path("good.csv").write_text(csv_text([good_row()]))
    told = ingest(run, "locked.csv", "good.csv", code=3)
    (problem,) = told["rejected"]
    assert problem["carrier"] == "locked.csv"
    assert_only_good(run, "KEN")


def test_only_unreadable_files_make_no_claims(run: Run) -> None:
    Path("x.csv").write_bytes(b"")
    told = ingest(run, "x.csv", code=3)
    assert (told["records"]["read"], told["records"]["rejected"], told["claims"]["new"]) == (1, 1, 0)


def test_a_header_without_rows_is_told_but_is_no_mistake(run: Run) -> None:
    Path("head.csv").write_text(csv_text([]))
    result = run("ingest", "head.csv", "--format", "json")
    assert result.exit_code == 0
    assert summary(result)["records"]["read"] == 0
    assert re.search("head.csv.*a header and no rows", result.stderr)


# Awkward, but readable: read right, and the place of a bad row is still right


ACCENTED = "M\u00e9todo sint\u00e9tico"
ENCODED = {
    "cp1252": (",", "cp1252"),
    "UTF-16 LE": (",", "utf-16"),
    "UTF-16 BE": (",", "utf-16-be"),
    "BOM": (",", "utf-8-sig"),
    "semicolons": (";", "utf-8"),
    "semicolons, cp1252": (";", "cp1252"),
    "tabs": ("\t", "utf-8"),
    "tabs, UTF-16": ("\t", "utf-16"),
}


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    """Ingest a table in each encoding, with an innovation of its own and a bad row."""
    files = []
    for number, (delimiter, encoding) in enumerate(ENCODED.values()):
        names = (f"{ACCENTED} {number}", f"{GOOD} {number}")
        table = [good_row(innovation=names[0]), bad_row(adopter_country="Zamunda"), good_row(innovation=names[1])]
        mark = "\ufeff" if encoding == "utf-16-be" else ""
        text = (mark + csv_text(table, delimiter)).replace("\n", "\r\n")
        files.append((f"{number}.csv", text.encode(encoding)))
    return ingest_all(tmp_path_factory.mktemp("encoded"), files)


@pytest.mark.parametrize("case", ENCODED)
def test_encodings_and_delimiters_are_found_out(encoded: Ingested, case: str) -> None:
    number = list(ENCODED).index(case)
    (problem,) = encoded.problems(f"{number}.csv")
    assert (problem["locator"], problem["field"], problem["found"]) == ("cell=3,3", "adopter_country", "Zamunda")
    assert encoded.adopters[f"{ACCENTED} {number}"] == encoded.adopters[f"{GOOD} {number}"] == ["KEN"]
    told = re.search(rf"/{number}\.csv: read as Windows-1252", encoded.stderr)
    assert bool(told) == ("cp1252" in case)
    assert_clean(encoded.content)


def test_octets_that_are_no_text_set_aside_their_row_alone(run: Run) -> None:
    accented = [good_row(innovation=ACCENTED, adopter_country=country) for country in ("KEN", "TZA", "MWI")]
    Path("x.csv").write_bytes(
        csv_text([*accented, good_row(), bad_row(stage="STAGE")]).encode().replace(b"STAGE", b"\xe9")
    )
    (problem,) = ingest(run, "x.csv", code=3)["rejected"]
    assert (problem["locator"], problem["field"]) == ("row=6", "stage")
    assert ("cannot be decoded" in problem["found"], "UTF-8" in problem["hint"]) == (True, True)
    assert spread(run, ACCENTED)["innovation"]["label"] == ACCENTED
    assert_only_good(run, "KEN")


# Bad rows among good ones


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    """Ingest a table for each bad row, which stands between two good ones."""
    files = []
    for number, (changed, _, _) in enumerate(ROWS.values()):
        name = f"{GOOD} {number}"
        table = [good_row(innovation=name), bad_row(**changed), good_row(innovation=name, adopter_country="TZA")]
        files.append((f"{number}.csv", csv_text(table).encode()))
    return ingest_all(tmp_path_factory.mktemp("rows"), files)


@pytest.mark.parametrize(
    ("number", "field", "words"),
    [pytest.param(n, field, words, id=case) for n, (case, (_, field, words)) in enumerate(ROWS.items())],
)
def test_a_bad_row_is_told_and_the_others_go_in(
    rows: Ingested, number: int, field: str | None, words: tuple[str, ...]
) -> None:
    (problem,) = rows.problems(f"{number}.csv")
    assert re.fullmatch(r"row=3|cell=3,\d", problem["locator"])
    assert problem["field"] == field
    assert [word for word in words if word not in words_of(problem)] == []
    assert rows.adopters[f"{GOOD} {number}"] == ["KEN", "TZA"]


def test_bad_rows_are_counted_and_leave_no_trace(rows: Ingested) -> None:
    bad = len(ROWS)
    parts = {"read": 3 * bad, "claimed": 2 * bad, "rejected": bad}
    assert rows.summary["records"] == dict.fromkeys(rows.summary["records"], 0) | parts
    assert len(rows.stderr) < 20_000
    assert_clean(rows.content)


def test_a_row_with_several_faults_is_one_record(run: Run) -> None:
    Path("x.csv").write_text(csv_text([good_row(), bad_row(adopter_country="Zamunda", adoption_year="2012-02-30")]))
    told = ingest(run, "x.csv", code=3)
    assert {problem["field"] for problem in told["rejected"]} == {"adopter_country", "adoption_year"}
    assert (told["records"]["read"], told["records"]["rejected"]) == (2, 1)


def test_too_few_cells_in_the_last_row(run: Run) -> None:
    Path("x.csv").write_text(csv_text([good_row()]) + f"{BAD},IND,UGA\n")
    (problem,) = ingest(run, "x.csv", code=3)["rejected"]
    assert problem["locator"] == "row=3"
    assert ("3 cells" in problem["found"], "7 cells" in problem["expected"]) == (True, True)
    assert_only_good(run, "KEN")


@pytest.mark.parametrize(("content", "words"), BAD_CELLS.values(), ids=BAD_CELLS.keys())
def test_a_bad_cell_of_a_workbook_is_named(run: Run, content: bytes, words: tuple[str, ...]) -> None:
    Path("x.xlsx").write_bytes(content)
    result = run("ingest", "x.xlsx", "--format", "json")
    assert result.exit_code == 3
    (problem,) = summary(result)["rejected"]
    assert_told(problem, "x.xlsx", result.stderr)
    assert problem["locator"] in ("Data!3", "Data!D3")
    assert problem["field"] == "adoption_year"
    assert [word for word in words if word not in words_of(problem)] == []
    assert_only_good(run, "KEN", "TZA")


def test_a_bad_value_in_a_workbook_has_its_cell(run: Run) -> None:
    Path("x.xlsx").write_bytes(table_workbook([good_row(), bad_row(adopter_country="Zamunda")]))
    (problem,) = ingest(run, "x.xlsx", code=3)["rejected"]
    assert problem["locator"] == "Data!C3"
    assert_only_good(run, "KEN")


def test_a_region_goes_in_as_the_hint_says(run: Run) -> None:
    Path("x.csv").write_text(csv_text([good_row(adopter_country="region: Zamunda")]))
    told = ingest(run, "x.csv")
    assert (told["records"]["unplaced"], told["claims"]["new"] > 0) == (1, True)
    assert spread(run)["countries"] == []


REPORT_ROWS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "unknown key": ("UGA", "    adopter_cuntry: KEN\n", "adopter_cuntry", ("adopter_cuntry", "country")),
    "near miss": ("UGA", "    learned_form: {country: IND}\n", "learned_form", ("did you mean `learned_from`",)),
    "unknown country": ("Zamunda", "", "country", ("Zamunda", "region: Zamunda")),
    "31 September": ("UGA", "    when: 31 September 2012\n", "when", ("31 September 2012", "1 to 30")),
    "30 February": ("UGA", "    when: 2012-02-30\n", "when", ("2012-02-30", "1 to 29")),
    "stage": ("UGA", "    stage: adopptd\n", "stage", ("Did you mean", "adopted")),
    "lists in lists": ("UGA", "    learned_from: [[[IND]]]\n", "learned_from", ("a list",)),
    "a list for a value": ("[UGA]", "", "country", ("one value",)),
}


@pytest.fixture(scope="module")
def report_rows(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    """Ingest a report for each bad row, which stands after a good one."""
    files = []
    for number, (country, more, _, _) in enumerate(REPORT_ROWS.values()):
        body = adoption_yaml(f"{GOOD} {number}", "KEN") + adoption_yaml(BAD, country, more)
        files.append((f"{number}.yaml", report_yaml("adoptions:\n" + body, url=f"{URL}good{number}").encode()))
    return ingest_all(tmp_path_factory.mktemp("reports"), files)


@pytest.mark.parametrize("case", REPORT_ROWS)
def test_a_bad_row_of_a_report_is_told_with_its_line(report_rows: Ingested, case: str) -> None:
    number = list(REPORT_ROWS).index(case)
    _, _, field, words = REPORT_ROWS[case]
    problem = report_rows.problems(f"{number}.yaml")[0]
    assert re.match(r"line (8|9|10)\b.*/adoptions/1", problem["locator"])
    assert problem["field"] == field or f"/{field}" in problem["locator"]
    assert [word for word in words if word not in words_of(problem)] == []
    assert report_rows.adopters[f"{GOOD} {number}"] == ["KEN"]


def test_bad_rows_of_reports_are_counted_and_leave_no_trace(report_rows: Ingested) -> None:
    bad = len(REPORT_ROWS)
    parts = {"read": 2 * bad, "claimed": bad, "rejected": bad}
    assert report_rows.summary["records"] == dict.fromkeys(report_rows.summary["records"], 0) | parts
    assert_clean(report_rows.content)


def test_one_bad_report_of_a_file_leaves_the_others(run: Run) -> None:
    good = report_yaml("adoptions:\n" + adoption_yaml(GOOD, "KEN"), url=f"{URL}good")
    Path("x.yaml").write_text("---\n".join([good, "southerly-report: 1\nadoptions:\n" + adoption_yaml()]))
    told = ingest(run, "x.yaml", code=3)
    assert (told["records"]["claimed"], told["records"]["rejected"]) == (1, 1)
    assert all("2#" in problem["locator"] for problem in told["rejected"])
    assert_only_good(run, "KEN")


def test_hints_name_only_options_that_there_are(unreadable: Ingested, rows: Ingested) -> None:
    told = " ".join(words_of(p) for ingested in (unreadable, rows) for p in ingested.summary["rejected"])
    named = set(re.findall(r"(?<!\S)\(?(--[a-z][a-z-]+)", told + unreadable.stderr + rows.stderr))
    help_text = CliRunner().invoke(main, ["ingest", "--help"]).stdout
    assert "--mapping" in named
    assert {option for option in named if option not in help_text} == set()


CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
OWNED = "\x1b]0;owned\x07"


def test_what_a_file_says_never_reaches_the_terminal_raw(run: Run) -> None:
    rows = [good_row(adoption_year=f"soon {OWNED}"), bad_row(adopter_country=f"Zamunda {OWNED}")]
    rows.append(bad_row(stage=f"adopted {OWNED}"))
    Path("x.csv").write_text(csv_text([good_row(), *rows]))
    Path(f"a{OWNED}.csv").write_bytes(b"")
    body = "adoptions:\n" + adoption_yaml(BAD, more='    "c\\e]0;owned\\a": x\n')
    Path("x.yaml").write_text(report_yaml(body))
    for form in ("table", "json"):
        result = run("ingest", "x.csv", "x.yaml", f"a{OWNED}.csv", "--format", form)
        assert result.exit_code == 3
        assert "owned" in result.stderr
        assert CONTROL.findall(result.output) == []


def test_a_file_name_that_is_no_text_stops_nothing(run: Run) -> None:
    name = os.fsdecode(b"caf\xe9.csv")
    Path("folder").mkdir()
    Path(f"folder/{name}").write_text(csv_text([good_row(adopter_country="TZA"), bad_row(adopter_country="Zamunda")]))
    Path("folder/good.csv").write_text(csv_text([good_row()]))
    told = ingest(run, "folder", code=3)
    assert told["records"]["claimed"] >= 1
    assert any("caf" in problem["carrier"] for problem in told["rejected"])
    assert "KEN" in spread(run)["countries"]


@pytest.mark.parametrize("form", ["csv", "yaml"])
def test_nul_is_set_aside_in_every_format(run: Run, form: str) -> None:
    Path("good.csv").write_text(csv_text([good_row()]))
    content = {
        "csv": csv_text([bad_row(innovation=f"{BAD} \0")]).encode(),
        "yaml": report_yaml("adoptions:\n" + adoption_yaml(f'"{BAD} \\0"')).encode(),
    }[form]
    Path(f"x.{form}").write_bytes(content)
    (problem,) = ingest(run, "good.csv", f"x.{form}", code=3)["rejected"]
    assert "NUL" in problem["found"]
    assert_only_good(run, "KEN")


def test_the_columns_of_these_tables_are_those_of_the_blank_table(run: Run) -> None:
    told = run("template", "csv").stdout.strip().split(",")
    assert sorted(told) == sorted(TABLE_COLUMNS)
    assert set(COLUMNS) <= set(told)
