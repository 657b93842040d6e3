"""Small graphs to ask: claims in few words, a graph of them, its questions, and its command line.

All claims here are synthetic; their innovations, sites, exchanges and reports are called so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from click.testing import CliRunner, Result
from southerly.cli import main
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import Scope, View

Claim = dict[str, Any]


class Say:
    """Claims in few words; `report` is one letter or word."""

    @staticmethod
    def adoption(
        innovation: str, country: str | None, when: str | None = None, report: str = "a", **more: Any
    ) -> Claim:
        """Return the claim that a country, or a site in it, took an innovation up."""
        return _claim("adoption", report, more | {"innovation": innovation, "country": country, "when": when})

    @staticmethod
    def origin(innovation: str, country: str | None, when: str | None = None, report: str = "a", **more: Any) -> Claim:
        """Return the claim that an innovation began in a country."""
        return _claim("origin", report, more | {"innovation": innovation, "country": country, "when": when})

    @staticmethod
    def named(innovation: str, name: str, name_type: str = "alias", report: str = "a") -> Claim:
        """Return the claim that an innovation has another name."""
        return _claim("name", report, {"innovation": innovation, "name": name, "name_type": name_type})

    @staticmethod
    def exchange(key: str, hosts: list[str], visitors: list[str], when: str | None = None, **more: Any) -> Claim:
        """Return the claim that an exchange took place."""
        sides = {"host_countries": hosts, "visiting_countries": visitors}
        return _claim("exchange", more.pop("report", "a"), more | sides | {"exchange": key, "when": when})

    @staticmethod
    def outcome(exchange: str | None, text: str, report: str = "a", **more: Any) -> Claim:
        """Return the claim that an exchange led to something."""
        return _claim("outcome", report, more | {"exchange": exchange, "outcome": text})


def _claim(kind: str, report: str, said: Claim) -> Claim:
    return {"kind": kind, "report": f"url:example.org/{report}"} | said


@pytest.fixture(scope="session")
def say() -> type[Say]:
    """Return the words to make claims with."""
    return Say


@pytest.fixture(scope="session")
def graph_of(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Callable[..., Ledger]:
    """Return the function that makes a graph of some claims, and of what is said of their reports."""

    def make(claims: list[Claim], sayings: list[Claim] | None = None) -> Ledger:
        ledger = new_ledger()
        commit(ledger, {"synthetic.csv": claims}, sayings={"synthetic.csv": sayings or []})
        return ledger

    return make


@pytest.fixture(scope="session")
def known() -> Iterator[Callable[..., Identity]]:
    """Return the function that opens a graph to ask it questions from Python."""
    with ExitStack() as opened:

        def look(ledger: Ledger, **scope: Any) -> Identity:
            view = View(ledger, Scope(**scope))
            opened.callback(view.con.close)
            return Identity(view)

        yield look


@pytest.fixture(scope="session")
def run() -> Callable[..., Result]:
    """Return the function that runs the command line on a graph, on a terminal of some width."""

    def command(ledger: Ledger, *words: str, columns: int = 200) -> Result:
        return CliRunner().invoke(main, ["--graph", str(ledger.folder), *words], env={"COLUMNS": str(columns)})

    return command
