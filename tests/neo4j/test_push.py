"""Pushing to a real server: what it then holds, what a second push does, and whose nodes stay as they are."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.errors import SoutherlyError
from southerly.graph.judgements import retract
from southerly.graph.ledger import Ledger
from southerly.graph.neo4j_server import connect
from southerly.graph.neo4j_state import Lock
from southerly.graph.view import Scope
from southerly.queries.outcomes import outcomes
from southerly.queries.show import show

from .conftest import HOSTILE, address_of, claims_of, differences, everything, pushed
from .questions import Question, ask_ledger, ask_server
from .server import Server

Commit = Callable[..., Any]


@pytest.fixture
def filled(ledger: Ledger, commit: Commit) -> Ledger:
    """Return a ledger with two carriers."""
    commit(
        ledger, {"synthetic-1.csv": claims_of("Synthetic bench"), "synthetic-2.csv": claims_of("Synthetic cup", "B")}
    )
    return ledger


def test_a_push_brings_all_and_a_second_one_writes_nothing(
    filled: Ledger, empty: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pushed(filled, empty)
    assert not first.nothing
    assert differences(filled, empty) == []

    def written(*_: Any) -> None:
        pytest.fail("a second push of the same revision wrote something")

    monkeypatch.setattr("southerly.graph.neo4j_server.Server.write", written)
    monkeypatch.setattr("southerly.graph.neo4j_server.Server.arrange", written)
    assert pushed(filled, empty).nothing


def test_dates_lists_and_shortcuts_are_of_neo4j_s_own_types(filled: Ledger, empty: Server) -> None:
    pushed(filled, empty)
    with empty.driver() as driver:
        (row,), _, _ = driver.execute_query(
            "MATCH (a:Adoption {country: 'USA'})-[:INNOVATION]->(i {label: 'Synthetic bench'}) "
            "RETURN a.earliest.year AS year, a.latest IS :: DATE AS dated, size(a.claims) AS claims"
        )
        assert row.values() == [2005, True, 1]
        rows, _, _ = driver.execute_query(
            "MATCH (:Country {iso3: 'GBR'})-[r:LEARNED_FROM {innovation_label: 'Synthetic bench'}]->(c:Country) "
            "RETURN c.iso3 AS source, r.basis AS basis, r.reports AS reports"
        )
        assert [r.values() for r in rows] == [["KEN", "stated", 1]]
        rows, _, _ = driver.execute_query(
            "CALL db.index.fulltext.queryNodes('southerly_quotes', 'adopted') YIELD node RETURN node.quote AS quote"
        )
        assert "“Synthetic bench” was adopted" in {r["quote"] for r in rows}


def test_exchanges_that_another_report_tells_apart_are_pushed_anew(
    ledger: Ledger, commit: Commit, empty: Server
) -> None:
    for letter, host in (("a", "KEN"), ("b", "BRA")):
        claims: list[dict[str, Any]] = [
            {"kind": "exchange", "exchange": "E1", "title": f"Synthetic visit {letter}", "host_countries": [host]},
            {"kind": "outcome", "exchange": "E1", "outcome": f"synthetic outcome {letter}"},
        ]
        report = f"url:synthetic.example/{letter}"
        commit(ledger, {f"synthetic-{letter}.yaml": [{**claim, "report": report} for claim in claims]})
        pushed(ledger, empty)
    assert differences(ledger, empty) == []
    asked: dict[str, Question] = {
        name: lambda k, name=name: show(k, name)
        for name in ("E1", "exchange:e1", "exchange:e1@url:synthetic.example/a", "Synthetic visit b")
    }
    asked |= {"outcomes": lambda k: outcomes(k, by="exchange")}
    for scope in (Scope(), Scope(candidates=True)):
        expected = ask_ledger(ledger, asked, scope)
        assert ask_server(address_of(empty), asked, scope) == expected
        assert all(f"e1@url:synthetic.example/{letter}" in expected["outcomes"] for letter in "ab")
        assert "synthetic outcome a" not in expected["Synthetic visit b"]


def test_a_retraction_removes_what_only_that_report_supports(filled: Ledger, empty: Server) -> None:
    pushed(filled, empty)
    retract(filled, "https://synthetic.example/2", by="Synthetic analyst", reason="synthetic")
    after = pushed(filled, empty)
    assert any(change.remove for change in after.changes)
    assert differences(filled, empty) == []
    step_by_step = everything(empty)
    empty.clear()
    pushed(filled, empty)
    assert everything(empty) == step_by_step


def test_hostile_names_are_only_names(ledger: Ledger, commit: Commit, empty: Server) -> None:
    commit(ledger, {name: claims_of(name, site=name) for name in HOSTILE})
    pushed(ledger, empty)
    assert differences(ledger, empty) == []
    with empty.driver() as driver:
        rows, _, _ = driver.execute_query("MATCH (c:OriginClaim) RETURN DISTINCT c.innovation AS name")
    assert {row["name"] for row in rows} == set(HOSTILE)


def test_what_others_wrote_is_never_touched(filled: Ledger, empty: Server) -> None:
    with empty.driver() as driver:
        driver.execute_query("CREATE (:Theirs {id: 'country:KEN'})-[:KNOWS]->(:Theirs {id: 2})")
        with pytest.raises(SoutherlyError, match=r"holds 2 nodes that Southerly did not write.*--into-existing"):
            pushed(filled, empty)
        pushed(filled, empty, into_existing=True)
        assert differences(filled, empty) == []
        pushed(filled, empty)  # known by now
        rows, _, _ = driver.execute_query("MATCH (a:Theirs)-[r]->(b) RETURN properties(a) AS a, type(r) AS r")
        assert [row.values() for row in rows] == [[{"id": "country:KEN"}, "KNOWS"]]
        driver.execute_query("CREATE (:Report {id: 'theirs'})")
        with pytest.raises(SoutherlyError, match="label Report"):
            pushed(filled, empty)


def test_the_graph_of_another_ledger_is_replaced_only_when_told(
    filled: Ledger, new_ledger: Callable[[], Ledger], commit: Commit, empty: Server
) -> None:
    pushed(filled, empty)
    other = new_ledger()
    commit(other, {"synthetic-3.csv": claims_of("Synthetic kit")})
    with pytest.raises(SoutherlyError, match="graph of another ledger"):
        pushed(other, empty)
    pushed(other, empty, replace=True)
    assert differences(other, empty) == []


def test_verify_says_what_differs_and_the_next_push_mends_it(filled: Ledger, empty: Server) -> None:
    pushed(filled, empty)
    whole = everything(empty)
    harms = {
        "Origin": "MATCH (n:Origin) WITH n LIMIT 1 DETACH DELETE n",
        "Transfer": "MATCH (n:Transfer) WITH n LIMIT 1 SET n.hash = 1",
        "(Evidence)-[HAS_BODY]->(Claim)": "MATCH (:Evidence)-[r:HAS_BODY]->() WITH r LIMIT 1 DELETE r",
        "(Country)-[LEARNED_FROM]->(Country)": "MATCH (:Country)-[r:LEARNED_FROM]->() WITH r LIMIT 1 DELETE r",
        "Site": "CREATE (:Southerly:Site {id: 'site:KEN:synthetic', hash: 3})",
        "all nodes marked Southerly": "CREATE (:Southerly:Unheard {id: 'x'}), (:Southerly:Unheard)",
    }
    with empty.driver() as driver:
        for harm in harms.values():
            driver.execute_query(harm)
    assert set(harms) <= set(differences(filled, empty))
    pushed(filled, empty)
    assert differences(filled, empty) == []
    assert everything(empty) == whole


def test_of_two_pushes_at_once_one_refuses(filled: Ledger, empty: Server) -> None:
    pushed(filled, empty)
    with connect(address_of(empty)) as one, connect(address_of(empty)) as two:
        at_work, other, told = Lock(one), Lock(two, lease=1), []
        at_work.take(told.append)
        with pytest.raises(SoutherlyError, match=r"another push .* is writing to this graph"):
            other.take(told.append)
        assert len(told) == 1
        at_work.release()
        other.take(told.append)
        with pytest.raises(SoutherlyError, match="taken over"):
            one.write(at_work.renew)


def test_a_push_whose_process_is_gone_is_not_waited_for(filled: Ledger, empty: Server) -> None:
    pushed(filled, empty)
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    with connect(address_of(empty)) as server:
        Lock(server, lease=600, holder=f"{socket.gethostname()}:{gone.pid}:x").take(pytest.fail)
        Lock(server).take(pytest.fail)


def test_a_killed_client_is_finished_by_the_next_push(filled: Ledger, empty: Server) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from southerly.graph.identity import Identity\n"
        "from southerly.graph.ledger import Ledger\n"
        "from southerly.graph.neo4j_push import push\n"
        "from southerly.graph.neo4j_server import Address, connect\n"
        "from southerly.graph.view import View\n"
        "import os\n"
        "say = lambda done, total, what: print(done, flush=True)\n"
        "with connect(Address(sys.argv[1], 'neo4j', os.environ['NEO4J_PASSWORD'])) as server:\n"
        "    push(Identity(View(Ledger(Path(sys.argv[2])))), server, batch=3, on_progress=say)\n"
    )
    command = [sys.executable, "-c", script, empty.uri, str(filled.folder)]
    env = {**os.environ, "NEO4J_PASSWORD": empty.auth[1]}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as client:
        assert client.stdout
        for line in client.stdout:
            if int(line) > 20:
                client.send_signal(signal.SIGKILL)
                break
    assert "not complete" in differences(filled, empty)
    pushed(filled, empty)
    assert differences(filled, empty) == []
