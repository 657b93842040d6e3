"""Two ways to load the graph without us, the bulk importer and a Cypher script: both give what a push gives."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from southerly.exports import write
from southerly.exports.neo4j_csv import how_to_import
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import View

from .conftest import HOSTILE, claims_of, differences, everything, pushed
from .server import Server, run_admin

Commit = Callable[..., Any]


def filled(ledger: Ledger, commit: Commit) -> Ledger:
    commit(ledger, {name: claims_of(name, site=name) for name in ("Synthetic bench", *HOSTILE)})
    return ledger


def test_the_importer_makes_the_graph_that_a_push_makes(
    ledger: Ledger, commit: Commit, ours: Server, tmp_path: Path
) -> None:
    pushed(filled(ledger, commit), ours)
    folder = tmp_path / "a folder"
    written = write(Identity(View(ledger)), "neo4j-csv", folder)
    assert how_to_import(folder) in written.notes
    command = shlex.split(written.notes[-1].split(": ", 1)[1].rsplit(" Then start", 1)[0])
    assert command[0] == "neo4j-admin"
    other = Server(tmp_path / "home")
    other.home.joinpath("conf").mkdir(parents=True)
    imported = run_admin(other.home, *command[1:])
    assert imported.returncode == 0, imported.stdout + imported.stderr
    other.start()
    try:
        assert everything(other) == everything(ours)
        assert pushed(ledger, other).nothing  # it makes constraints and indexes alone
        assert differences(ledger, other) == []
    finally:
        other.kill()


def test_the_script_makes_the_graph_that_a_push_makes(
    ledger: Ledger, commit: Commit, empty: Server, tmp_path: Path
) -> None:
    pushed(filled(ledger, commit), empty)
    whole = everything(empty)
    empty.clear()
    script = tmp_path / "southerly.cypher"
    write(Identity(View(ledger)), "cypher", script)
    statements = script.read_text(encoding="utf-8").split(";\n")
    with empty.driver() as driver, driver.session() as session:
        for _ in range(2):  # twice is the same as once
            for statement in statements:
                if statement.strip():
                    session.run(statement).consume()
    assert everything(empty) == whole


def test_filters_are_refused_for_a_part_would_look_like_the_whole(
    ledger: Ledger, commit: Commit, tmp_path: Path
) -> None:
    filled(ledger, commit)
    southerly = [
        sys.executable,
        "-m",
        "southerly",
        "--graph",
        str(ledger.folder),
        "export",
        "cypher",
        "-o",
        str(tmp_path / "x"),
    ]
    found = subprocess.run([*southerly, "--innovation", "Synthetic bench"], capture_output=True, text=True, check=False)
    assert found.returncode == 2
    assert "leave filters out" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["graph"]
