"""The page of Cypher: each query runs on the bundled corpus, finds something, and answers as shown."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from southerly.corpus import reports
from southerly.graph.ledger import Ledger
from southerly.graph.neo4j_server import connect
from southerly.ingest.pipeline import ingest_corpus

from .conftest import address_of, pushed
from .server import Server

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_cypher", ROOT / "docs" / "build_cypher.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_query_answers_as_the_page_shows(builder: ModuleType, ledger: Ledger, empty: Server) -> None:
    ingest_corpus(ledger, reports())
    pushed(ledger, empty)
    text = builder.PAGE.read_text(encoding="utf-8")
    assert len(builder.EXAMPLE.findall(text)) >= 15
    with connect(address_of(empty)) as server:  # which only reads
        assert builder.filled(text, server.read) == text, "stale; run docs/build_cypher.py and read what changed"
