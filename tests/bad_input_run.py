"""The command line run on files made by a test, and what must hold of every ingest.

Every input here is synthetic.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from southerly.cli import main

from .bad_input_files import BAD, GOOD, URL, held

Run = Callable[..., Result]
RECORDS = ("claimed", "unchanged", "rejected", "unplaced", "retracted")


def running(*words: str, **more: Any) -> Result:
    """Run the command line on the graph in the current folder."""
    result = CliRunner().invoke(main, ["--graph", "graph", *words], **more)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.stderr
    return result


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
