"""Reading from a server: the bundled corpus answers as from the ledger; what cannot be answered is refused clearly."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import pytest
import southerly
from click.testing import CliRunner
from southerly.cli import COMMANDS, READS, main
from southerly.corpus import reports
from southerly.graph.errors import SoutherlyError, WrongUse
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.neo4j_read import reading
from southerly.graph.neo4j_server import Address
from southerly.graph.view import Scope
from southerly.ingest.pipeline import ingest_corpus
from southerly.queries.origins import origins
from southerly.queries.search import search
from southerly.queries.show import show
from southerly.queries.why import why

from .conftest import address_of, claims_of, pushed
from .questions import Question, about_all, about_innovation, ask_ledger, ask_server
from .server import Server


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, neo4j: Server) -> tuple[Ledger, Address]:
    """Return the ledger of the bundled corpus, and a server that it was pushed to."""
    ledger = Ledger(tmp_path_factory.mktemp("corpus") / "graph")
    ingest_corpus(ledger, reports())
    neo4j.clear()
    pushed(ledger, neo4j)
    return ledger, address_of(neo4j)


def assert_same(corpus: tuple[Ledger, Address], questions: dict[str, Question], scope: Scope | None = None) -> None:
    ledger, address = corpus
    expected = ask_ledger(ledger, questions, scope)
    for name, found in ask_server(address, questions, scope).items():
        assert found == expected[name], name


def test_questions_about_the_whole_corpus(corpus: tuple[Ledger, Address]) -> None:
    assert_same(corpus, about_all([(None, None)]))


def test_questions_about_a_time(corpus: tuple[Ledger, Address]) -> None:
    asked = {name: q for name, q in about_all([("1990", "2005")]).items() if "1990" in name}
    assert_same(corpus, dict(list(asked.items())[::3]))
    assert_same(corpus, dict(list(asked.items())[::3]), Scope(possible=True))


def test_questions_about_one_innovation(corpus: tuple[Ledger, Address]) -> None:
    assert_same(corpus, about_innovation("Kangaroo mother care", [(None, None), ("1990", "2000")]))
    for name in ("Friendship Bench", "COPC", "DHIS2", "brigadas médicas", "mhGAP"):
        assert_same(corpus, dict(list(about_innovation(name).items())[::2]))


def test_names_and_words(corpus: tuple[Ledger, Address]) -> None:
    names = (
        "Zimbabwe",
        "GBR",
        "KMC",
        "kangaroo mothr care",
        "friend",
        "milk bank",
        "İ",
        "  ",
        "hospital",
        "no such thing",
    )
    asked: dict[str, Question] = {}
    for name in names:
        asked |= {
            f"search {name}": lambda k, name=name: search(k, name, limit=None),
            f"show {name}": lambda k, name=name: show(k, name),
            f"why {name}": lambda k, name=name: why(k, name),
        }
    assert_same(corpus, asked)


def test_ids_of_every_class(corpus: tuple[Ledger, Address]) -> None:
    ledger, _ = corpus
    ask = {"spread": about_innovation("Kangaroo mother care")["spread Kangaroo mother care (None, None) None"]}
    data, _ = json.JSONDecoder().raw_decode(ask_ledger(ledger, ask)["spread"])
    adoption = next(a for a in data["adoptions"] if a["site"])
    everything, _ = json.JSONDecoder().raw_decode(ask_ledger(ledger, {"c": about_all()["conflicts"]})["c"])
    ids = [
        adoption["id"],
        adoption["claims"][0],
        f"site:{adoption['id'].removeprefix('adoption:').split(':', 1)[1]}",
        *{c["field"]: c["id"] for c in everything}.values(),
        everything[0]["values"][0]["reports"][0]["id"],
        next(h["id"] for h in _found(ledger, "visit") if h["class"] == "exchange"),
        "claim:0",
        "adoption:nothing:KEN",
    ]
    assert_same(corpus, {f"why {id_}": lambda k, id_=id_: why(k, id_) for id_ in ids})
    assert_same(corpus, {f"show {id_}": lambda k, id_=id_: show(k, id_) for id_ in ids})


def _found(ledger: Ledger, text: str) -> list[dict[str, Any]]:
    answer = ask_ledger(ledger, {"s": lambda k: search(k, text, limit=None)})["s"]
    found: list[dict[str, Any]] = json.JSONDecoder().raw_decode(answer)[0]
    return found


@pytest.mark.parametrize(
    "scope",
    [
        Scope(min_confidence="high"),
        Scope(min_confidence="medium", possible=True),
        Scope(statuses=("planned", "hypothetical")),
        Scope(candidates=True),
    ],
    ids=str,
)
def test_other_scopes(corpus: tuple[Ledger, Address], scope: Scope) -> None:
    asked = about_innovation("Kangaroo mother care") | about_all()
    assert_same(corpus, dict(list(asked.items())[::7]), scope)


@pytest.fixture
def run(neo4j: Server, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return a function that runs the command line on the server."""
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)
    return lambda *args, uri=neo4j.uri: CliRunner().invoke(main, ["--graph", uri, *args])


def test_the_command_line_prints_the_same(
    corpus: tuple[Ledger, Address], run: Callable[..., Any], neo4j: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(corpus[0].folder)
    for words in (
        ["spread", "kangaroo care", "--since", "1990", "--format", "json"],
        ["discover", "--origin-income", "LMIC", "--possible"],
        ["origins", "no such thing", "--format", "json"],
        ["flows", "--by", "income", "--format", "csv"],
    ):
        here, there = CliRunner().invoke(main, ["--graph", folder, *words]), run(*words, uri=f"{neo4j.uri}/neo4j")
        assert (here.output, here.exit_code) == (there.output, there.exit_code)
    monkeypatch.setenv("SOUTHERLY_GRAPH", neo4j.uri)
    assert CliRunner().invoke(main, ["stats"]).exit_code == 0


def test_python_answers_from_a_server(
    corpus: tuple[Ledger, Address], neo4j: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)
    here, there = southerly.open(corpus[0].folder), southerly.open(neo4j.uri, possible=True)
    assert there.spread("KMC").to_dict() == here.spread("KMC").to_dict()
    there.refresh()
    assert there.revision == here.revision
    with pytest.raises(WrongUse, match="this needs the ledger"):
        there.log()


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in READS])
def test_what_writes_or_needs_the_history_is_refused(command: str, run: Callable[..., Any]) -> None:
    result = run(command)
    assert result.exit_code == 2
    assert f"`{command}` does not run on a server" in " ".join(result.output.split())


def test_an_earlier_revision_is_refused(corpus: tuple[Ledger, Address], run: Callable[..., Any]) -> None:
    result = run("stats", "--as-of", "1")
    assert result.exit_code == 2
    assert "without its history" in result.output


def test_what_cannot_be_read_is_said(
    ledger: Ledger, commit: Callable[..., Any], empty: Server, run: Callable[..., Any]
) -> None:
    result = run("stats")
    assert result.exit_code == 1
    assert "Southerly has written nothing here" in result.output
    commit(ledger, {"synthetic.csv": claims_of("Synthetic bench")})
    pushed(ledger, empty)
    assert run("stats").exit_code == 0
    for told, message in (("g.state = 'pushing'", "a push is under way"), ("g.model = 0", "the graph is of model 0")):
        with empty.driver() as driver:
            driver.execute_query(f"MATCH (g:SoutherlyGraph) SET {told}")
        result = run("spread", "Synthetic bench")
        assert result.exit_code == 1
        assert message in result.output


def test_a_push_in_the_middle_of_a_question_is_noticed(
    ledger: Ledger, commit: Callable[..., Any], empty: Server
) -> None:
    commit(ledger, {"synthetic.csv": claims_of("Synthetic bench")})
    pushed(ledger, empty)
    with reading(address_of(empty)) as view:
        known = Identity(view)
        assert origins(known, "Synthetic bench").found
        commit(ledger, {"synthetic-2.csv": claims_of("Synthetic cup")})
        pushed(ledger, empty)
        with pytest.raises(SoutherlyError, match="another revision was pushed meanwhile"):
            show(known, "Synthetic bench")


def test_a_wrong_password_or_database_is_said(neo4j: Server, run: Callable[..., Any], monkeypatch: Any) -> None:
    result = run("stats", uri=f"{neo4j.uri}/synthetic")
    assert result.exit_code == 1
    assert "no database “synthetic”" in result.output
    monkeypatch.setenv("NEO4J_PASSWORD", "synthetic")
    result = run("stats")
    assert result.exit_code == 1
    assert "was not let in" in result.output
    assert "synthetic" not in result.output


def test_nothing_is_loaded_for_a_folder(ledger: Ledger, commit: Callable[..., Any]) -> None:
    import subprocess
    import sys

    commit(ledger, {"synthetic.csv": claims_of("Synthetic bench")})
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom southerly.cli import main\n"
        f"result = CliRunner().invoke(main, ['--graph', {str(ledger.folder)!r}, 'stats'])\n"
        "assert result.exit_code == 0, result.output\nassert 'neo4j' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env={**os.environ})
    assert done.returncode == 0, done.stderr
