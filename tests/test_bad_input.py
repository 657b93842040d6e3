"""Hostile and awkward input through the command line: what is bad is told in four parts, the rest goes in.

Every input here is synthetic.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from southerly.cli import main

from .bad_input_files import (
    BAD,
    COLUMNS,
    GOOD,
    OLE,
    PAGE,
    ROWS,
    TABLE_COLUMNS,
    URL,
    WHOLE,
    adoption_yaml,
    bad_cell_workbooks,
    bad_row,
    csv_text,
    good_row,
    held,
    report_yaml,
    table_row,
    table_workbook,
    workbook,
)

Run = Callable[..., Result]
RECORDS = ("claimed", "unchanged", "rejected", "unplaced", "retracted")
BAD_CELLS = bad_cell_workbooks()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command line on a graph of its own, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def running(*words: str, **more: Any) -> Result:
        result = CliRunner().invoke(main, ["--graph", "graph", *words], **more)
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        assert "Traceback" not in result.stderr
        return result

    return running


def summary(result: Result) -> dict[str, Any]:
    """Return the summary of an ingest, whose records must add up."""
    told: dict[str, Any] = json.loads(result.stdout)
    assert told["records"]["read"] == sum(told["records"][part] for part in RECORDS)
    return told


def ingest(run: Run, *words: str, code: int = 0, **more: Any) -> dict[str, Any]:
    """Ingest, check the exit code, and return the summary."""
    result = run("ingest", *words, "--format", "json", **more)
    assert result.exit_code == code, result.output
    return summary(result)


def spread(run: Run, name: str = GOOD, *words: str) -> dict[str, Any]:
    """Return who took an innovation up; the empty shape if nobody did."""
    result = run("spread", name, *words, "--format", "json")
    told: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == (0 if told["adoptions"] else 4)
    return told


def words_of(problem: dict[str, Any]) -> str:
    """Return what a person reads of a problem."""
    return " ".join(problem[part] or "" for part in ("locator", "field", "found", "expected", "hint"))


def assert_whole(problem: dict[str, Any]) -> None:
    """Check that a problem has its four parts."""
    for part in ("carrier", "locator", "found", "expected", "hint"):
        assert problem[part], f"{part} is missing in {problem}"


def assert_told(problem: dict[str, Any], carrier: str, stderr: str) -> None:
    """Check that a problem has its four parts, and that standard error told them all."""
    assert problem["carrier"] == carrier
    assert_whole(problem)
    for part in ("locator", "found", "expected", "hint"):
        assert problem[part] in stderr
    assert carrier in stderr


def assert_only_good(run: Run, *countries: str) -> None:
    """Check that the good claims answer, and that nothing of the bad ones is in the graph."""
    assert spread(run)["countries"] == sorted(countries)
    assert_clean(held(Path("graph")))


def assert_clean(content: str) -> None:
    """Check that a graph holds the good claims and nothing of the bad records."""
    assert GOOD.casefold() in content
    for trace in (BAD, BAD.replace(" ", "-"), f"{URL}bad"):
        assert trace.casefold() not in content


@dataclass(frozen=True)
class Ingested:
    """What one ingest of many files told, and what the graph holds then."""

    summary: dict[str, Any]
    stderr: str
    content: str
    adopters: dict[str, list[str]]  # countries by innovation

    def problems(self, carrier: str) -> list[dict[str, Any]]:
        """Return what was told of a file, each with its four parts."""
        found = [problem for problem in self.summary["rejected"] if problem["carrier"] == carrier]
        for problem in found:
            assert_whole(problem)
        return found


def ingest_all(folder: Path, files: Iterable[tuple[str, bytes]]) -> Ingested:
    """Write files and ingest them at once, as named: many small cases cost one run."""
    names = []
    for name, content in files:
        (folder / name).write_bytes(content)
        names.append(str(folder / name))
    asked = [["ingest", *names, "--format", "json"], ["discover", "--format", "json", "--limit", "1000"]]
    results = [CliRunner().invoke(main, ["--graph", str(folder / "graph"), *words]) for words in asked]
    assert [result.exit_code for result in results] == [3, 0], results[0].output
    told = summary(results[0])
    for problem in told["rejected"]:
        problem["carrier"] = Path(problem["carrier"]).name
    found = json.loads(results[1].stdout)
    adopters = {row["innovation"]["label"]: sorted(a["country"] for a in row["adopters"]) for row in found}
    return Ingested(told, results[0].stderr, held(folder / "graph"), adopters)


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


# Wrong use


MAPPING = """\
southerly-mapping: 1
report: {url: {column: link}}
claims:
  - kind: adoption
    innovation: {column: what}
    country: {column: where}
"""


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        ("southerly-mapping: 1", "southerly-mapping: 9", ("line 1", "9", "southerly-mapping: 1")),
        ("kind: adoption", "kind: adopton", ("line 4", "adopton", "adoption")),
        ("    country:", "    cuntry:", ("line 6", "cuntry", "country")),
        ("{column: where}", "Zamunda", ("line 6", "Zamunda")),
        ("    innovation: {column: what}\n", "", ("innovation", "Say which column")),
        ("{column: what}", "[unclosed", ("line", "YAML")),
        ("{column: what}", "!!python/name:os.system x", ()),
        ("report: {url: {column: link}}", "report: {title: no address}", ("url", "doi")),
        (MAPPING, "", ("empty", "southerly-mapping")),
        (MAPPING, "a: &a [x, x]\nb: [*a, *a]\n", ()),
    ],
)
def test_a_mapping_with_a_mistake_is_wrong_use(run: Run, wrong: str, right: str, words: tuple[str, ...]) -> None:
    Path("x.csv").write_text(f"what,where,link\n{BAD},UGA,{URL}bad\n")
    assert wrong in MAPPING
    Path("map.yaml").write_text(MAPPING.replace(wrong, right))
    result = run("ingest", "x.csv", "--mapping", "map.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "map.yaml" in result.stderr
    assert [word for word in words if word not in result.stderr] == []
    assert not Path("graph").exists()


def test_a_mapping_for_another_table_sets_that_table_aside(run: Run) -> None:
    Path("map.yaml").write_text(MAPPING)
    Path("x.csv").write_text(f"what,wher,link\n{BAD},UGA,{URL}bad\n")
    Path("good.csv").write_text(f"what,where,link\n{GOOD},KEN,{URL}good\n")
    (problem,) = ingest(run, "x.csv", "good.csv", "--mapping", "map.yaml", code=3)["rejected"]
    assert (problem["carrier"], "where" in problem["expected"], "wher" in problem["hint"]) == ("x.csv", True, True)
    assert_only_good(run, "KEN")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("ingest", "good.csv", "--strct"), "--strict"),
        (("ingest", "good.csv", "--mappings", "x"), "--mapping"),
        (("ingest", "good.csv", "--mapping", "none.yaml"), "none.yaml"),
        (("ingest", "good.csv", "--workers", "0"), "--workers"),
        (("ingest", "good.csv", "--workers", "many"), "--workers"),
        (("ingest", "good.csv", "--as", "maybe"), "candidate"),
        (("ingest", "good.csv", "--format", "xml"), "json"),
        (("ingest",), "PATH"),
        (("ingst", "good.csv"), "ingest"),
        (("ingest", "good.csv", "other.csv", "--carrier", "one"), "--carrier"),
        (("template", "docx"), "xlsx"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_use_is_exit_2_with_a_hint_and_changes_nothing(run: Run, words: tuple[str, ...], hint: str) -> None:
    for name in ("good.csv", "other.csv"):
        Path(name).write_text(csv_text([good_row()]))
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr
    assert not Path("graph").exists()


# Options that decide what is committed


def test_strict_commits_nothing_if_a_record_is_bad(run: Run) -> None:
    Path("first.csv").write_text(csv_text([good_row()]))
    ingest(run, "first.csv")
    before = held(Path("graph"))
    Path("x.csv").write_text(csv_text([good_row(adopter_country="TZA"), bad_row(adopter_country="Zamunda")]))
    result = run("ingest", "x.csv", "--strict", "--format", "json")
    assert result.exit_code == 1
    told = summary(result)
    assert ([p["found"] for p in told["rejected"]], told["revision"]) == (["Zamunda"], 1)
    assert "Zamunda" in result.stderr
    assert "nothing was committed" in result.stderr
    assert held(Path("graph")) == before
    assert_only_good(run, "KEN")


def test_strict_with_good_records_alone_commits(run: Run) -> None:
    Path("x.csv").write_text(csv_text([good_row(), good_row(adopter_country="region: Africa")]))
    assert ingest(run, "x.csv", "--strict")["records"]["unplaced"] == 1
    assert_only_good(run, "KEN")


def test_a_dry_run_tells_what_the_run_does_and_changes_nothing(run: Run) -> None:
    Path("x.csv").write_text(csv_text([good_row(), bad_row(adopter_country="Zamunda")]))
    dry = ingest(run, "x.csv", "--dry-run", code=3)
    assert run("spread", GOOD).exit_code == 1  # there is no graph
    wet = ingest(run, "x.csv", code=3)
    for part in ("records", "claims", "reports", "rejected"):
        assert dry[part] == wet[part]
    before = held(Path("graph"))
    Path("x.csv").write_text(csv_text([good_row(adopter_country="TZA")]))
    told = ingest(run, "x.csv", "--dry-run")
    assert (told["claims"]["new"], told["claims"]["withdrawn"]) == (1, 1)
    assert held(Path("graph")) == before
    assert "nothing was committed" in run("ingest", "x.csv", "--dry-run").stdout


def test_a_dry_run_makes_no_folder(run: Run) -> None:
    Path("x.csv").write_text(csv_text([good_row()]))
    ingest(run, "x.csv", "--dry-run")
    assert not Path("graph").exists()


def test_a_named_carrier_may_move(run: Run) -> None:
    Path("old.csv").write_text(csv_text([good_row(), good_row(adopter_country="TZA")]))
    ingest(run, "old.csv", "--carrier", "the table")
    Path("new.csv").write_text(csv_text([good_row()]))
    told = ingest(run, "new.csv", "--carrier", "the table")
    # Two rows say the same of the origin: one claim of it, and Tanzania's adoption, are no longer said.
    assert (told["claims"]["new"], spread(run)["countries"]) == (0, ["KEN"])
    Path("new.csv").write_text(csv_text([bad_row(adopter_country="Zamunda")]))
    (problem,) = ingest(run, "new.csv", "--carrier", "the table", code=3)["rejected"]
    assert problem["carrier"] == "the table"


def test_candidates_stay_hidden_until_accepted(run: Run) -> None:
    Path("x.csv").write_text(csv_text([good_row()]))
    ingest(run, "x.csv", "--as", "candidate")
    assert spread(run)["adoptions"] == []
    (adoption,) = spread(run, GOOD, "--include-candidates")["adoptions"]
    for claim in adoption["claims"]:
        accepted = run("judge", "accept", claim, "--by", "synthetic analyst", "--reason", "synthetic")
        assert accepted.exit_code == 0, accepted.output
    assert spread(run)["countries"] == ["KEN"]


# Where input comes from


def test_standard_input_may_be_a_table(run: Run) -> None:
    rows = [good_row(), bad_row(adopter_country="Zamunda")]
    told = ingest(run, "-", code=3, input=csv_text(rows).encode())
    (problem,) = told["rejected"]
    assert problem["carrier"].startswith("sha256:")
    assert_only_good(run, "KEN")
    assert ingest(run, "-", code=3, input=csv_text(rows).encode())["claims"]["new"] == 0


def test_standard_input_may_be_a_report(run: Run) -> None:
    body = "adoptions:\n" + adoption_yaml(GOOD, "KEN") + adoption_yaml(BAD, "Zamunda")
    (problem,) = ingest(run, "-", code=3, input=report_yaml(body, url=f"{URL}good").encode())["rejected"]
    assert problem["found"] == "Zamunda"
    assert_only_good(run, "KEN")


def test_standard_input_may_be_a_workbook_report_or_nothing(run: Run) -> None:
    (problem,) = ingest(run, "-", code=3, input=b"")["rejected"]
    assert "empty" in problem["found"]
    sheets = {"Source": [["title", "url"], ["Synthetic", f"{URL}good"]]}
    sheets |= {"Adoptions": [["innovation", "country"], [GOOD, "KEN"]]}
    ingest(run, "-", input=workbook(sheets))
    assert_only_good(run, "KEN")


def test_file_addresses_and_patterns(run: Run, tmp_path: Path) -> None:
    Path("a folder").mkdir()
    Path("a folder/a b.csv").write_text(csv_text([good_row()]))
    Path("c1.csv").write_text(csv_text([good_row(adopter_country="TZA")]))
    Path("c2.csv").write_text(csv_text([good_row(adopter_country="MWI"), bad_row(adopter_country="Zamunda")]))
    told = ingest(run, (tmp_path / "a folder" / "a b.csv").as_uri(), "c*.csv", code=3)
    assert [problem["carrier"] for problem in told["rejected"]] == ["c2.csv"]
    assert_only_good(run, "KEN", "MWI", "TZA")


def mixed_folder() -> None:
    """Make a folder of good and bad files."""
    Path("mixed/deep").mkdir(parents=True)
    Path("mixed/good.csv").write_text(csv_text([good_row()]))
    Path("mixed/deep/good.yaml").write_text(report_yaml("adoptions:\n" + adoption_yaml(GOOD, "TZA"), url=f"{URL}good2"))
    Path("mixed/good.xlsx").write_bytes(table_workbook([good_row(adopter_country="MWI")]))
    Path("mixed/bad.xlsx").write_bytes(PAGE)
    Path("mixed/bad.yaml").write_text("southerly-report: 1\nx: &a [1]\n")
    Path("mixed/rows.csv").write_text(csv_text([good_row(adopter_country="ZMB"), bad_row(adopter_country="Zamunda")]))
    Path("mixed/.hidden.csv").write_text(csv_text([bad_row()]))
    Path("mixed/~$good.xlsx").write_bytes(b"lock")


def test_a_folder_gives_what_is_good_in_it(run: Run) -> None:
    mixed_folder()
    told = ingest(run, "mixed", code=3)
    carriers = [problem["carrier"] for problem in told["rejected"]]
    assert sorted(carriers) == ["mixed/bad.xlsx", "mixed/bad.yaml", "mixed/rows.csv"]
    assert told["records"]["read"] == 7
    assert_only_good(run, "KEN", "MWI", "TZA", "ZMB")


def test_a_folder_says_which_files_it_left(run: Run) -> None:
    mixed_folder()
    Path("mixed/old.xls").write_bytes(OLE)
    result = run("ingest", "mixed")
    assert "old.xls" in result.stderr


def test_a_file_named_twice_is_read_once(run: Run) -> None:
    Path("x.csv").write_text(csv_text([good_row()]))
    assert ingest(run, "x.csv", "x.csv", "*.csv")["records"]["read"] == 1


def southerly(*words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "southerly", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **more)


def test_two_workers_give_the_answers_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mixed_folder()
    one = CliRunner().invoke(main, ["--graph", "one", "ingest", "mixed", "--format", "json"])
    two = southerly("--graph", "two", "ingest", "mixed", "--format", "json", "--workers", "2")
    assert (one.exit_code, two.returncode) == (3, 3)
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)
    answers = [CliRunner().invoke(main, ["--graph", g, "export", "turtle", "-o", "-"]) for g in ("one", "two")]
    assert [answer.exit_code for answer in answers] == [0, 0]
    bodies = [answer.stdout for answer in answers]
    assert bodies[0] == bodies[1]
    assert GOOD in bodies[0]


def test_a_real_process_keeps_the_contract(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(csv_text([good_row(), bad_row(adopter_country="Zamunda")]))
    table = southerly("ingest", "x.csv", cwd=tmp_path)
    assert table.returncode == 3
    assert "Zamunda" in table.stderr
    assert "Zamunda" not in table.stdout
    assert "\x1b" not in table.stdout + table.stderr
    quiet = CliRunner().invoke(main, ["--graph", "new", "ingest", str(tmp_path / "x.csv"), "--quiet", "--dry-run"])
    assert (quiet.exit_code, quiet.stderr) == (3, "")
    wrong = southerly("ingest", "x.csv", "--strct", cwd=tmp_path)
    assert (wrong.returncode, wrong.stdout, "--strict" in wrong.stderr) == (2, "", True)


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


# People


PEOPLE = ("Xanthia Synthetica", "Quillon Synthetic", "Zebulina Synthetic", "Wolfrun Synthetic", "Yorrick Synthetic")
_VISIT = f"""\
  completed_by: {PEOPLE[0]}
exchange:
  exchange_id: synthetic-visit
  title: A synthetic visit
  exchange_type: study tour
  start_date: 2019-05
  host:
    - {{country: IND, organisation: [Synthetic host], focal_person: {PEOPLE[1]}}}
  visitors:
    - {{country: KEN, organisation: [Synthetic visitor]}}
  practices: [{GOOD}]
participants:
  - {{name: {PEOPLE[2]}, role: nurse, country: KEN, count: 1}}
programme:
  - {{date: 2019-05-02, activity: a synthetic tour, met_with: {PEOPLE[3]}}}
action_plan:
  - {{practice: {GOOD}, action: take it up, responsible: {PEOPLE[4]}}}
adoptions:
  - {{innovation: {GOOD}, country: KEN, when: 2020, exchange: synthetic-visit}}
outcomes:
  - {{practice: {GOOD}, exchange: synthetic-visit, adopter_country: [KEN], outcome: a synthetic change}}
"""
QUESTIONS = (
    ("search", "synthetic"),
    ("show", GOOD),
    ("show", "Kenya"),
    ("show", "A synthetic visit"),
    ("why", GOOD),
    ("why", "A synthetic visit"),
    ("origins", GOOD),
    ("spread", GOOD),
    ("trace", GOOD),
    ("discover",),
    ("flows",),
    ("reciprocity",),
    ("outcomes",),
    ("conflicts",),
    ("stats",),
    ("log",),
    ("diff", "1", "2"),
)


def assert_nobody_is_named(content: str) -> None:
    """Check that no name is in a text, nor the key that a name would have."""
    for person in PEOPLE:
        for name in (person, person.replace(" ", "-"), person.split()[0]):
            assert name.casefold() not in content.casefold()


def test_participants_are_not_stored_from_a_report(run: Run) -> None:
    Path("visit.yaml").write_text(report_yaml(_VISIT, url=f"{URL}visit"))
    Path("good.csv").write_text(csv_text([good_row()]))
    ingest(run, "good.csv")
    told = ingest(run, "visit.yaml")
    assert told["claims"]["new"] >= 4
    content = held(Path("graph"))
    for question in QUESTIONS:
        answer = run(*question, "--format", "json")
        assert answer.exit_code in (0, 4), answer.output
        content += answer.output
    for form in ("turtle", "json", "bibtex"):
        content += run("export", form, "-o", "-").output
    assert content.casefold().count("a synthetic visit") > 5
    assert_nobody_is_named(content)


def test_participants_are_not_stored_from_a_workbook(run: Run) -> None:
    sheets = {
        "Source": [["title", "url", "completed_by"], ["Synthetic", f"{URL}visit", PEOPLE[0]]],
        "Exchange": [
            [
                "exchange_id",
                "title",
                "exchange_type",
                "host_country",
                "host_focal_person",
                "visitors_country",
                "practice",
            ],
            ["synthetic-visit", "A synthetic visit", "study tour", "IND", PEOPLE[1], "KEN", GOOD],
        ],
        "Participants": [["name", "role", "country", "count"], [PEOPLE[2], "nurse", "KEN", 1]],
        "Programme": [["activity", "met_with"], ["a synthetic tour", PEOPLE[3]]],
        "Action plan": [["practice", "action", "responsible"], [GOOD, "take it up", PEOPLE[4]]],
    }
    Path("visit.xlsx").write_bytes(workbook(sheets))
    told = ingest(run, "visit.xlsx")
    assert told["claims"]["new"] >= 1
    content = held(Path("graph")) + run("why", "A synthetic visit", "--format", "json").output
    assert content.casefold().count("a synthetic visit") > 1
    assert_nobody_is_named(content)


def test_participants_are_not_stored_from_a_bad_report(run: Run) -> None:
    body = _VISIT.replace("role: nurse, country: KEN", "role: nurse, country: Zamunda")
    Path("visit.yaml").write_text(report_yaml(body, url=f"{URL}visit"))
    ingest(run, "visit.yaml", code=3)
    assert_nobody_is_named(held(Path("graph")))


def test_participants_are_not_stored_from_a_table(run: Run) -> None:
    header = ("exchange_id", "title", "exchange_type", "host_countries", "visiting_countries", "source_url")
    people = ("participant_names", "participants", "focal_person", "completed_by", "responsible")
    cells = ("synthetic-visit", "A synthetic visit", "study tour", "IND", "KEN", f"{URL}visit")
    row = dict(zip((*header, *people), (*cells, *PEOPLE), strict=True))
    Path("exchanges.csv").write_text(csv_text([row], header=(*header, *people)))
    ingest(run, "exchanges.csv")
    content = held(Path("graph"))
    assert "a synthetic visit" in content
    assert_nobody_is_named(content)


def test_the_columns_of_these_tables_are_those_of_the_blank_table(run: Run) -> None:
    told = run("template", "csv").stdout.strip().split(",")
    assert sorted(told) == sorted(TABLE_COLUMNS)
    assert set(COLUMNS) <= set(told)
