"""The store of a revision: built once, whole or not at all, renewed with the ledger, equal to it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from southerly.graph.errors import NoLedger
from southerly.graph.ledger import Ledger
from southerly.graph.rdf_query import Question
from southerly.graph.rdf_store import Projection, verify

COUNT = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a sou:Claim }"


def adoption(country: str, report: str = "url:example.org/a") -> dict[str, Any]:
    return {"kind": "adoption", "report": report, "innovation": "Synthetic cup", "country": country, "when": "1995"}


@pytest.fixture
def projection(ledger: Ledger, commit: Callable[..., Any]) -> Iterator[Projection]:
    commit(ledger, {"a.csv": [adoption("KEN"), adoption("UGA")]})
    with closing(Projection(ledger)) as projection:
        yield projection


def claims(projection: Projection) -> int:
    told = json.loads(b"".join(projection.ask(Question(COUNT)).blocks))
    return int(told["results"]["bindings"][0]["n"]["value"])


def test_a_store_shows_the_published_revision(projection: Projection, commit: Callable[..., Any]) -> None:
    assert claims(projection) == 2
    first = projection.path()
    assert projection.path() == first
    for number, code in enumerate(("TZA", "MWI"), 3):
        commit(projection.ledger, {f"{code}.csv": [adoption(code)]})
        assert claims(projection) == number
    folders = sorted(path.name for path in projection.ledger.folder.glob("rdf-*"))
    assert folders == ["rdf-000002", "rdf-000003"]  # the one before stays for those who have just asked for it


def test_a_damaged_store_or_one_of_another_format_is_built_again(projection: Projection) -> None:
    for damage in ("CURRENT", "FORMAT"):
        path = projection.path()
        (path / damage).write_text("damaged")
        with closing(Projection(projection.ledger)) as again:
            assert claims(again) == 2


def test_a_store_that_could_not_be_finished_leaves_nothing(
    projection: Projection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Iterator[bytes]:
        yield b"<urn:a> <urn:b> <urn:c> .\n"
        raise KeyboardInterrupt

    monkeypatch.setattr("southerly.graph.rdf_store.nquads", fail)
    with pytest.raises(KeyboardInterrupt):
        projection.path()
    assert not list(projection.ledger.folder.glob("rdf-*"))
    monkeypatch.undo()
    assert claims(projection) == 2


def test_a_store_agrees_with_its_ledger_and_a_difference_is_told(
    projection: Projection, commit: Callable[..., Any]
) -> None:
    ledger = projection.ledger
    assert verify(ledger) == []
    old = projection.path()
    commit(ledger, {"b.csv": [adoption("TZA", "url:example.org/b")]})
    new = projection.path()
    shutil.rmtree(new)
    shutil.copytree(old, new)
    told = {row["class"]: (row["ledger"], row["rdf"]) for row in verify(ledger)}
    assert told["Claim"] == told["AdoptionClaim"] == (3, 2)
    assert told["Adoption"] == (3, 2)


def test_without_a_graph_there_is_nothing_to_ask(ledger: Ledger) -> None:
    with closing(Projection(ledger)) as projection, pytest.raises(NoLedger):
        projection.ask(Question("ASK {}"))
    assert not ledger.folder.exists()
