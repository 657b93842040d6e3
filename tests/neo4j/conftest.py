"""A real Neo4j, started once for all tests here; without one they are skipped in one line, and fail in CI."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.neo4j_push import Pushed, push
from southerly.graph.neo4j_server import Address, connect
from southerly.graph.neo4j_verify import verify
from southerly.graph.view import View

from .server import Running, Server, missing

_HERE = Path(__file__).parent
Rows = Iterable[Mapping[str, Any]]


@pytest.hookimpl(tryfirst=True)  # before pytest picks tests by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker("neo4j")
    lack = missing()
    if lack and not os.environ.get("CI"):
        for item in items:
            if _HERE in item.path.parents and "neo4j" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason=lack))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if (lack := missing()) and not os.environ.get("CI") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line(f"Neo4j: its tests were skipped: {lack}.")


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a running server: that of $NEO4J_URI, else one of our own."""
    if lack := missing():
        pytest.fail(f"Neo4j cannot be tested: {lack}")  # in CI; elsewhere these tests were skipped
    kind = Running if os.environ.get("NEO4J_URI") else Server
    server = kind(tmp_path_factory.mktemp("neo4j"))
    server.start()
    yield server
    server.clear()
    server.kill()


@pytest.fixture
def empty(neo4j: Server) -> Server:
    """Return the server with an empty database."""
    neo4j.clear()
    return neo4j


@pytest.fixture
def ours(empty: Server) -> Server:
    """Return one of our own, for tests that kill it; it is up again after each."""
    if isinstance(empty, Running):
        pytest.skip("this needs a Neo4j that it may kill: unset $NEO4J_URI")
    return empty


def address_of(server: Server) -> Address:
    """Return the address of a server under test."""
    return Address(server.uri, *server.auth)


def pushed(ledger: Ledger, server: Server, **options: Any) -> Pushed:
    """Push a ledger."""
    view = View(ledger)
    with closing(view.con), connect(address_of(server)) as there:
        return push(Identity(view), there, **options)


def differences(ledger: Ledger, server: Server) -> list[str]:
    """Return what `verify` finds to differ; of a push that is not complete also that."""
    view = View(ledger)
    with closing(view.con), connect(address_of(server)) as there:
        found = verify(Identity(view), there)
    return [c.name for c in found.compared if not c.same] + ([] if found.complete else ["not complete"])


def everything(server: Server) -> tuple[list[Any], list[Any]]:
    """Return all nodes and relationships of a database in a total order, but for the state of pushing."""
    with server.driver() as driver, driver.session() as session:
        nodes = session.run(
            "MATCH (n) WHERE NOT n:SoutherlyGraph RETURN labels(n) AS labels, properties(n) AS properties"
        ).data()
        links = session.run(
            "MATCH (a)-[r]->(b) "
            "RETURN labels(a) AS la, a.id AS a, type(r) AS type, properties(r) AS properties, b.id AS b"
        ).data()
    return sorted(map(_told, nodes)), sorted(map(_told, links))


def _told(row: dict[str, Any]) -> str:
    return repr({k: sorted(v) if k in {"labels", "la"} else _sorted(v) for k, v in row.items()})


def _sorted(value: Any) -> Any:
    return sorted((k, str(v)) for k, v in value.items()) if isinstance(value, dict) else value


#: Names that would do harm in any language that took them for its own. They are only names.
HOSTILE = (
    "Robert'); MATCH (n) DETACH DELETE n //",
    "`; DROP CONSTRAINT southerly_claim_id; //",
    "synthetic \\u0027}) DETACH DELETE n //",
    "synthetic \\' quote \" and \\\\u0027 too",
    'synthetic "quoted", comma;semicolon|bar\ttab',
    "synthetic line\nend $rows {rows} ${x} /* */",
    "=HYPERLINK(1) 合成 ܐ 🧪 \u202e",
)


def claims_of(name: str, site: str = "Synthetic Hospital") -> list[dict[str, Any]]:
    """Return claims of every kind about one innovation, in two synthetic reports that disagree."""
    one, two = "https://synthetic.example/1", "https://synthetic.example/2"
    return [
        {"kind": "origin", "report": one, "innovation": name, "country": "KEN", "when": "1990"},
        {"kind": "origin", "report": two, "innovation": name, "country": "UGA", "when": "by 1996"},
        {
            **{"kind": "adoption", "report": one, "innovation": name, "country": "GBR", "site": site, "when": "1999"},
            **{"stage": "pilot", "source_country": "KEN", "source_site": "Synthetic clinic", "partners": [site, "P"]},
            **{"quote": f"“{name}” was adopted", "confidence": "high"},
        },
        {
            **{"kind": "adoption", "report": two, "innovation": name, "country": "GBR", "site": site, "when": "2003"},
            **{"stage": "pilot", "confidence": "low"},
        },
        {"kind": "adoption", "report": two, "innovation": name, "country": "USA", "when": "2005", "exchange": "visit"},
        {"kind": "adoption", "report": two, "innovation": name, "country": "KEN", "when": "1992", "domestic": True},
        {"kind": "adoption", "report": two, "innovation": name, "country": "FRA", "status": "planned"},
        {"kind": "adoption", "report": two, "innovation": name, "country": "BRA", "review": "candidate"},
        {
            **{"kind": "exchange", "report": two, "exchange": "visit", "title": f"Synthetic visit for {name}"},
            **{"when": "2001", "host_countries": ["UGA"], "visiting_countries": ["USA", "USA"], "shown": [name]},
        },
        {
            **{"kind": "outcome", "report": two, "exchange": "visit", "innovation": name, "countries": ["USA", "GBR"]},
            **{"outcome": f"synthetic outcome of {name}", "stage": "adopted"},
        },
        {"kind": "name", "report": one, "innovation": name, "name": f"Alias of {name}", "name_type": "alias"},
    ]
