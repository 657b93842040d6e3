"""Wrong use of ingest, the options that decide what is committed, and where input may come from.

Every input here is synthetic.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from southerly.cli import main

from .bad_input_files import (
    BAD,
    GOOD,
    OLE,
    PAGE,
    URL,
    adoption_yaml,
    bad_row,
    csv_text,
    good_row,
    held,
    report_yaml,
    table_workbook,
    workbook,
)
from .bad_input_run import Run, assert_only_good, ingest, running, spread, summary


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command line on a graph of its own, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return running


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


def test_an_empty_path_is_no_folder(run: Run) -> None:
    Path("x.csv").write_text(csv_text([good_row()]))
    assert run("ingest", "").exit_code in (2, 3)
    assert run("spread", GOOD).exit_code != 0
