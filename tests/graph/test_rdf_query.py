"""SPARQL over a store: which graphs are asked, what is refused, what a query may cost."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from southerly.graph.errors import WrongUse
from southerly.graph.rdf_query import Asker, Busy, Limits, Question, Refused, TooCostly, Unacceptable
from southerly.graph.rdf_tokens import keywords

LINES = b"""
<urn:a> <urn:p> "in one" <urn:g1> .
<urn:a> <urn:p> "in two" <urn:g2> .
<urn:a> <urn:p> "in none" .
<https://w3id.org/southerly/id/country/KEN> <urn:p> "Kenya" <urn:g1> .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "rdf"
    made = ox.Store(str(path))
    made.bulk_load(LINES, ox.RdfFormat.N_QUADS)
    made.extend(
        ox.Quad(ox.NamedNode(f"urn:x{n}"), ox.NamedNode("urn:q"), ox.Literal(str(n)), ox.NamedNode("urn:many"))
        for n in range(3000)
    )
    made.flush()
    return path


@pytest.fixture(scope="module")
def asker() -> Iterator[Asker]:
    with Asker(Limits(processes=1)) as asker:
        yield asker


def values(asker: Asker, store: Path, query: str, **graphs: tuple[str, ...]) -> set[str]:
    told = json.loads(b"".join(asker.ask(store, Question(query, **graphs)).blocks))
    return {term["value"] for row in told["results"]["bindings"] for term in row.values()}


ALL = {"in one", "in two", "in none"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT ?o { <urn:a> ?p ?o }", ALL),
        ("SELECT ?o FROM <urn:g1> { <urn:a> ?p ?o }", {"in one"}),
        ("select ?o from<urn:g1>from<urn:g2> { <urn:a> ?p ?o }", {"in one", "in two"}),
        ("SELECT ?o FROM NAMED <urn:g1> { <urn:a> ?p ?o }", set()),
        ("SELECT ?o FROM NAMED <urn:g1> { GRAPH ?g { <urn:a> ?p ?o } }", {"in one"}),
        ("SELECT ?o { GRAPH ?g { <urn:a> ?p ?o } }", {"in one", "in two"}),
        ("SELECT ?o { GRAPH <urn:g2> { <urn:a> ?p ?o } }", {"in two"}),
        ("SELECT ?o { <urn:a> ?p ?o . FILTER(?o != 'FROM') }", ALL),
    ],
)
def test_without_from_all_graphs_are_asked_at_once(asker: Asker, store: Path, query: str, found: set[str]) -> None:
    assert values(asker, store, query) == found


def test_graphs_named_beside_the_query_go_before_its_own(asker: Asker, store: Path) -> None:
    query = "SELECT ?o FROM <urn:g2> { <urn:a> ?p ?o }"
    assert values(asker, store, query, default_graphs=("urn:g1",)) == {"in one"}
    assert values(asker, store, "SELECT ?o { <urn:a> ?p ?o }", named_graphs=("urn:g1",)) == set()


def test_an_id_is_its_own_name_and_a_prefix_may_be_declared_anew(asker: Asker, store: Path) -> None:
    assert values(asker, store, "SELECT ?o { country:KEN ?p ?o }") == {"Kenya"}
    assert values(asker, store, "PREFIX country: <urn:> SELECT ?o { country:a ?p ?o }") == ALL


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?o {\n  ?s ?p ?o .\n  OPTIONAL ?o }", "line 3, column 12: found “?o }”; expected"),
        ("SELECT ?o { ?s odd:p ?o }", "prefix not found"),
        ("SELECT ?o { ?s ?p ?o", "line 1, column 21: found the end of the line"),
        ("", "line 1, column 1"),
        ("INSERT DATA { <urn:a> <urn:p> <urn:b> }", "begins with INSERT, which would change the graph"),
        ("PREFIX x: <urn:> DROP ALL", "begins with DROP"),
        ("SELECT * " + "{" * 100_000 + "}" * 100_000, "nested too deeply"),
        ("SELECT * { " + " " * (1 << 20) + "}", "at most 1,048,576"),
    ],
)
def test_what_is_no_query_is_refused_with_its_place(asker: Asker, store: Path, query: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        asker.ask(store, Question(query))
    assert told in str(refused.value)
    assert values(asker, store, "SELECT ?o { <urn:a> ?p ?o }") == ALL  # and the next one is answered


@pytest.mark.parametrize(
    "clause",
    [
        "SERVICE <{}> {{ ?x ?y ?z }}",
        "service silent<{}>{{ ?x ?y ?z }}",
        "# a comment\nSERVICE # another\n <{}> {{ ?x ?y ?z }}",
        "BIND(<{}> AS ?w) SERVICE ?w {{ ?x ?y ?z }}",
        "?s ?p 1SERVICE <{}> {{ ?x ?y ?z }}",
        "?s ?p trueSERVICESILENT<{}> {{ ?x ?y ?z }}",
        "FILTER(1<2)SERVICE#>\n<{}> {{ ?x ?y ?z }}",
        "FILTER(?s<?o#>'''\n)SERVICE <{}> {{ ?x ?y ?z }} #'''",
        'FILTER(?s<a:b#>"\n)SERVICE <{}> {{ ?x ?y ?z }} #"',
        "FILTER('\\'' != ?o) SERVICE <{}> {{ ?x ?y ?z }} #'",
        "{{ SELECT * {{ OPTIONAL {{ SERVICE <{}> {{ ?x ?y ?z }} }} }} }}",
    ],
)
def test_no_query_reaches_another_server(asker: Asker, store: Path, clause: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(WrongUse):
            asker.ask(store, Question(f"PREFIX a: <urn:> SELECT * {{ ?s ?p ?o . {clause.format(address)} }}"))
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?o { <urn:a> ?p ?o } # SERVICE <http://example.org/>",
        'SELECT ?o { <urn:a> ?p ?o . FILTER(?o != "SERVICE <x>") }',
        "SELECT ?o { <urn:a> ?p ?o . FILTER(?o != '''a ' service''') }",
        "SELECT ?o { <urn:a> ?p ?o . OPTIONAL { ?o <http://example.org/service#x> ?service } }",
        "SELECT ?o { <urn:a> ?p ?o . FILTER(STRLEN(?o) < 100 && 1 > 0) }",
    ],
)
def test_the_word_service_may_stand_in_words(asker: Asker, store: Path, query: str) -> None:
    assert values(asker, store, query) >= ALL


def test_words_of_a_query_are_told_from_what_only_looks_like_words() -> None:
    assert keywords('SELECT ?from { ?s <FROM> "FROM", \'FROM\'@fr, """x"FROM""" } # FROM') == ["SELECT"]
    assert keywords("ASK{a:from ?x _:from}") == ["ASK", "A", "_"]


def test_a_query_that_takes_too_long_is_ended_and_the_next_is_answered(store: Path) -> None:
    with Asker(Limits(seconds=1, processes=1)) as asker:
        with pytest.raises(TooCostly, match="longer than 1 seconds"):
            asker.ask(store, Question("SELECT (COUNT(*) AS ?n) { ?a <urn:q> ?b . ?c <urn:q> ?d . ?e <urn:q> ?f }"))
        assert values(asker, store, "SELECT ?o { country:KEN ?p ?o }") == {"Kenya"}


def test_a_query_that_takes_too_much_memory_is_ended_and_the_next_is_answered(store: Path) -> None:
    with Asker(Limits(memory=400 << 20, processes=1)) as asker:
        query = "SELECT * { ?a <urn:q> ?b . ?c <urn:q> ?d . ?e <urn:q> ?f } ORDER BY ?a"
        with pytest.raises(TooCostly, match="more than 400 MB"):
            asker.ask(store, Question(query))
        assert values(asker, store, "SELECT ?o { country:KEN ?p ?o }") == {"Kenya"}


def test_no_more_queries_run_at_once_than_allowed_and_an_answer_may_be_left_unread(store: Path) -> None:
    with Asker(Limits(seconds=1, processes=1)) as asker:
        reply = asker.ask(store, Question("SELECT * { ?a <urn:q> ?b . ?c <urn:q> ?d }"))
        first = next(reply.blocks)
        assert first.startswith(b'{"head"')
        with pytest.raises(Busy):
            asker.ask(store, Question("ASK {}"))
        reply.blocks.close()  # type: ignore[attr-defined] # a generator
        assert asker.ask(store, Question("ASK {}")).kind == "boolean"


def test_an_answer_comes_in_the_format_asked_for_its_kind(asker: Asker, store: Path) -> None:
    with pytest.raises(Unacceptable) as refused:
        asker.ask(store, Question("CONSTRUCT WHERE { ?s ?p ?o }", graph=None))
    assert refused.value.kind == "graph"
    reply = asker.ask(store, Question("CONSTRUCT WHERE { country:KEN ?p ?o }", graph="application/n-triples"))
    assert (reply.kind, reply.media) == ("graph", "application/n-triples")
    assert b"".join(reply.blocks) == b'<https://w3id.org/southerly/id/country/KEN> <urn:p> "Kenya" .\n'
