"""The command line's contract: exit codes, formats, where output goes, how tables fit."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from southerly.cli import COMMANDS, main
from southerly.graph.ledger import Ledger

CUP = "Synthetic cup"


@pytest.fixture(scope="module")
def graph(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph with long names, wide letters, and names that begin like formulas."""
    return graph_of(
        [
            say.origin(CUP, "IND", "1980"),
            *(
                say.adoption(CUP, c, "2000", "b", stage="adopted", source_country="IND")
                for c in ("KEN", "UGA", "TZA", "ZMB")
            ),
            say.adoption(CUP, "MWI", None, site="=SUM(1+1) Clinic"),
            say.adoption(
                CUP,
                "JPN",
                "2001",
                site="Synthetic 東京都立総合保健医療センター附属病院 with a long name that fits nowhere",
            ),
            say.adoption("=HYPERLINK(1)", "KEN", "2000"),
            say.adoption("+1 synthetic", "KEN", "2000"),
            say.adoption("-2 synthetic", "KEN", "2000"),
            say.adoption("@synthetic", "KEN", "2000"),
            say.adoption("Synthetic cup holder", "KEN", "2000"),
            say.adoption("Synthetic\ttab\x1b[31m red", "KEN", "2000"),
        ]
    )


READING = [
    *(("search", "x"), ("show", "x"), ("why", "x"), ("origins", "x"), ("spread", "x"), ("trace", "x")),
    ("curve", "x"),
    *(
        ("discover",),
        ("flows",),
        ("reciprocity",),
        ("outcomes",),
        ("conflicts",),
        ("gaps", "Kenya"),
        ("stats",),
        ("log",),
        ("diff", "1", "2"),
    ),
]


@pytest.mark.parametrize("question", READING, ids=" ".join)
def test_no_graph_is_exit_1_and_says_what_to_do(tmp_path: Path, question: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, ["--graph", str(tmp_path / "none"), *question])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "southerly ingest" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("spread", "synthetic c"), "innovation:synthetic-cup-holder"),  # two begin so
        (("trace", CUP, "--from", "Kenyaa"), "Kenya"),
        (("trace", CUP, "--to", "Atlantis"), "Atlantis"),
        (("discover", "--origin", "Ugandaa"), "Uganda"),
        (("discover", "--origin-income", "rich"), "LMIC"),
        (("discover", "--theme", "mental helth"), "mental health"),
        (("gaps", "Kenyaa"), "Kenya"),
        (("spread", CUP, "--since", "soon"), "--since"),
        (("spread", CUP, "--since", "2001-02-30"), "--since"),
        (("spread", CUP, "--as-of", "99"), "log"),
        (("spread", CUP, "--bassis", "stated"), "--basis"),
        (("spread", CUP, "--basis", "said"), "stated"),
        (("spread",), "NAME"),
        (("spred", CUP), "spread"),
        (("flows", "--by", "planet"), "region"),
        (("spread", CUP, "--limit", "-1"), "--limit"),
    ],
)
def test_wrong_use_is_exit_2_with_a_hint(graph: Ledger, run: Any, words: tuple[str, ...], hint: str) -> None:
    result = run(graph, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr
    assert "Traceback" not in result.stderr


def test_every_ambiguous_candidate_is_named(graph: Ledger, run: Any) -> None:
    result = run(graph, "spread", "synthetic c")
    assert "innovation:synthetic-cup)" in result.stderr
    assert "innovation:synthetic-cup-holder)" in result.stderr


def test_done_is_exit_0_and_a_near_name_is_told(graph: Ledger, run: Any) -> None:
    exact, near = run(graph, "spread", CUP), run(graph, "spread", "synthetik cup")
    assert exact.exit_code == near.exit_code == 0
    assert exact.stdout == near.stdout
    assert "was read as Synthetic cup" in near.stderr
    assert "was read as" not in exact.stderr


def test_quiet_says_nothing_beside_the_result(graph: Ledger, run: Any) -> None:
    loud = run(graph, "spread", CUP, "--limit", "1")
    quiet = run(graph, "spread", CUP, "--limit", "1", "--quiet")
    assert loud.stderr
    assert quiet.stderr == ""
    assert quiet.stdout == loud.stdout


@pytest.mark.parametrize("form", ["table", "json", "csv", "jsonl"])
def test_results_go_to_stdout_and_notes_to_stderr(graph: Ledger, run: Any, form: str) -> None:
    result = run(graph, "spread", CUP, "--limit", "1", "--format", form)
    assert "5 more adoptions" in result.stderr
    assert "more adoptions" not in result.stdout
    assert result.stdout


def test_formats_hold_the_same(graph: Ledger, run: Any) -> None:
    whole = json.loads(run(graph, "spread", CUP, "--format", "json").stdout)
    table = list(csv.DictReader(io.StringIO(run(graph, "spread", CUP, "--format", "csv").stdout)))
    lines = [json.loads(line) for line in run(graph, "spread", CUP, "--format", "jsonl").stdout.splitlines()]
    assert [row["id"] for row in table] == [a["id"] for a in whole["adoptions"]] == [line["id"] for line in lines]


def test_jsonl_of_a_list_is_its_items(graph: Ledger, run: Any) -> None:
    lines = run(graph, "flows", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(run(graph, "flows", "--format", "json").stdout)


@pytest.mark.parametrize("form", ["csv", "jsonl", "table"])
def test_nothing_found_is_exit_4_in_every_format(graph: Ledger, run: Any, form: str) -> None:
    for words in (("spread", "qqqqqqqq"), ("trace", CUP, "--to", "Norway"), ("discover", "--adopter", "Norway")):
        result = run(graph, *words, "--format", form)
        assert result.exit_code == 4
        assert result.stderr
        if form == "csv":
            assert result.stdout.count("\n") == 1, f"{words}: the empty shape of CSV is its header"


def test_no_csv_cell_is_a_formula(graph: Ledger, run: Any) -> None:
    for words in (("discover",), ("search", "synthetic"), ("spread", CUP), ("why", "Kenya"), ("stats",)):
        for row in csv.reader(io.StringIO(run(graph, *words, "--format", "csv").stdout)):
            assert not [cell for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    labels = {
        row["innovation"] for row in csv.DictReader(io.StringIO(run(graph, "discover", "--format", "csv").stdout))
    }
    assert {"'=HYPERLINK(1)", "'+1 synthetic", "'-2 synthetic", "'@synthetic"} <= labels


def wide(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@pytest.mark.parametrize("columns", [60, 80, 200])
@pytest.mark.parametrize(
    "words",
    [
        ("spread", CUP),
        ("trace", CUP),
        ("discover",),
        ("search", "synthetic"),
        ("why", "Kenya"),
        ("show", "Kenya"),
        ("log",),
        ("flows",),
    ],
    ids=" ".join,
)
def test_tables_fit_and_say_what_found_no_room(graph: Ledger, run: Any, words: tuple[str, ...], columns: int) -> None:
    result = run(graph, *words, columns=columns)
    assert result.exit_code == 0
    assert max(map(wide, result.stdout.splitlines())) <= columns
    assert "\x1b" not in result.stdout
    asked = run(graph, *words, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(asked)))
    shown = result.stdout.splitlines()[0]
    filled = [c for c in rows[0] if any(row[c] for row in rows)]
    missing = [c for c in filled if c not in shown]
    for column in missing:
        cut = any(
            word.endswith("…") and column.startswith(word[:-1]) for word in shown.split("  ") for word in [word.strip()]
        )
        assert cut or column in result.stderr, f"column {column} went without a word"


def test_a_wider_terminal_shows_more(graph: Ledger, run: Any) -> None:
    narrow, broad = run(graph, "spread", CUP, columns=60), run(graph, "spread", CUP, columns=200)
    assert "No room for" in narrow.stderr
    assert "No room for" not in broad.stderr
    assert len(broad.stdout) > len(narrow.stdout)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_a_limit_of_nothing_does_not_say_that_nothing_was_found(graph: Ledger, run: Any) -> None:
    result = run(graph, "spread", CUP, "--limit", "0")
    assert "6 more adoptions" in result.stderr
    assert "Nothing found" not in result.stderr
