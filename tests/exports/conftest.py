"""A graph to export, its view, and the command line.

All claims here are synthetic; their innovations, sites and reports are called so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from southerly.cli import main
from southerly.exports import Written, write
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import Scope, View

CUP, NET = "Synthetic cup", "Synthetic net"

#: Two carriers: one innovation that crossed borders in every way, one that stayed at home.
CARRIERS: dict[str, list[dict[str, Any]]] = {
    "first.csv": [
        {"kind": "origin", "report": "url:example.org/a", "innovation": CUP, "country": "COL", "when": "1978"},
        {
            "kind": "adoption",
            "report": "url:example.org/a",
            "innovation": CUP,
            "country": "KEN",
            "site": "Alpha Hospital",
            "when": "1995",
            "stage": "pilot",
            "source_country": "COL",
            "channel": "learning exchange",
        },
        {"kind": "adoption", "report": "url:example.org/a", "innovation": CUP, "country": "UGA", "when": None},
        {"kind": "name", "report": "url:example.org/a", "innovation": CUP, "name": "S-cup", "name_type": "alias"},
        {
            "kind": "adoption",
            "report": "url:example.org/a",
            "innovation": CUP,
            "country": "GBR",
            "when": "2001",
            "stage": "considered",
        },
    ],
    "second.csv": [
        {
            "kind": "adoption",
            "report": "doi:10.9999/b",
            "innovation": CUP,
            "country": "KEN",
            "site": "Alpha Hospital",
            "when": "1995-2000",
            "stage": "pilot",
            "source_country": "COL",
        },
        {"kind": "origin", "report": "doi:10.9999/b", "innovation": NET, "country": "IND", "when": "1990"},
        {
            "kind": "adoption",
            "report": "doi:10.9999/b",
            "innovation": NET,
            "country": "IND",
            "when": "2010-05",
            "stage": "scaled",
        },
        {"kind": "outcome", "report": "doi:10.9999/c", "outcome": "a synthetic outcome", "when": "2003"},
    ],
}
SAYINGS: dict[str, list[dict[str, Any]]] = {
    "first.csv": [{"report": "url:example.org/a", "title": "Synthetic report A", "url": "https://example.org/a"}],
    "second.csv": [
        {
            "report": "doi:10.9999/b",
            "title": "Synthetic report B",
            "doi": "10.9999/b",
            "year": "2004",
            "publisher": "Synthetic Press",
            "licence": "CC BY 4.0",
            "authors": "Alpha, A.; Synthetic Ministry",
        }
    ],
}


@pytest.fixture(scope="module")
def graph(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    """Return the graph of the two carriers."""
    ledger = new_ledger()
    commit(ledger, CARRIERS, sayings=SAYINGS)
    return ledger


@pytest.fixture(scope="module")
def turned(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    """Return the same graph, fed in the other order and in two revisions."""
    ledger = new_ledger()
    for name in reversed(CARRIERS):
        commit(ledger, {name: CARRIERS[name][::-1]}, sayings={name: SAYINGS[name]})
    return ledger


@pytest.fixture(scope="session")
def rejoined(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    """Return the same graph, its carriers fed in the other order and in two revisions, each as it is."""
    ledger = new_ledger()
    for name in reversed(CARRIERS):
        commit(ledger, {name: CARRIERS[name]}, sayings={name: SAYINGS[name]})
    return ledger


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Path, Written]]:
    """Return the function that exports a graph into a new folder; it gives the path and what was written."""

    def export(ledger: Ledger, form: str, scope: Scope | None = None, **wanted: Any) -> tuple[Path, Written]:
        path = tmp_path_factory.mktemp("export") / f"out-{form}"
        with closing((view := View(ledger, scope)).con):
            return path, write(Identity(view), form, path, **wanted)

    return export


@pytest.fixture
def known(graph: Ledger) -> Iterator[Identity]:
    """Return the graph, open for questions."""
    with closing((view := View(graph)).con):
        yield Identity(view)


@pytest.fixture(scope="session")
def run() -> Callable[..., Result]:
    """Return the function that runs the command line on a graph."""

    def command(ledger: Ledger, *words: str) -> Result:
        return CliRunner().invoke(main, ["--graph", str(ledger.folder), *words])

    return command
