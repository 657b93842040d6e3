"""The endpoint as its clients see it: a running server, the rules of the protocol, and two libraries that speak it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from southerly.graph.ledger import Ledger
from southerly.web.accept import best
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

ASK, LABELS = "ASK { ?s ?p ?o }", "SELECT ?label { ?s a sou:Innovation ; skos:prefLabel ?label }"
DESCRIBE = "DESCRIBE innovation:synthetic-cup"
QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
PATH = "/sparql"
SOU = "https://w3id.org/southerly/ontology#"


def adoption(innovation: str) -> dict[str, Any]:
    return {"kind": "adoption", "report": "url:example.org/a", "innovation": innovation, "country": "KEN"}


def start(ledger: Ledger, *options: str) -> tuple[subprocess.Popen[str], str]:
    """Start a server on a free port; return it with the address that it tells."""
    command = [sys.executable, "-m", "southerly", "--graph", str(ledger.folder), "serve", "--port", "0", *options]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    for line in server.stderr:
        if line.startswith("Serving "):
            return server, line.split()[1]
    raise AssertionError("the server ended before it served")


@pytest.fixture(scope="module")
def ledger(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    made = new_ledger()
    commit(made, {"a.csv": [adoption("Synthetic cup")]})
    return made


@pytest.fixture(scope="module")
def address(ledger: Ledger) -> Iterator[str]:
    server, address = start(ledger, "--timeout", "5", "--cors", "https://example.org")
    yield address
    server.send_signal(signal.SIGINT)
    _, told = server.communicate()
    assert server.returncode == 0  # Ctrl-C is no error
    assert told.endswith("Stopped.\n")


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address.removesuffix(PATH), trust_env=False, timeout=60) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "sent", "status"),
    [
        # SPARQL 1.1 Protocol §2.1: the three ways to ask
        ("GET", {"params": {"query": ASK}}, 200),
        ("HEAD", {"params": {"query": ASK}}, 200),
        ("POST", {"data": {"query": ASK}}, 200),
        ("POST", {"content": ASK, "headers": {"content-type": QUERY}}, 200),
        ("POST", {"content": ASK, "headers": {"content-type": f"{QUERY}; charset=UTF-8"}}, 200),
        # and those that are none
        ("GET", {"params": [("query", ASK), ("query", ASK)]}, 400),
        ("GET", {"params": {"quarry": ASK}}, 400),
        ("GET", {"params": {"query": "SELECT"}}, 400),
        ("GET", {"params": {"query": ""}}, 400),
        ("POST", {"data": {"default-graph-uri": "urn:g"}}, 400),
        ("POST", {"content": b"query=%FF", "headers": {"content-type": FORM}}, 400),
        ("POST", {"content": b"\xff", "headers": {"content-type": QUERY}}, 400),
        ("POST", {"content": ASK, "params": {"query": ASK}, "headers": {"content-type": QUERY}}, 400),
        ("GET", {"params": {"query": ASK, "default-graph-uri": "no address"}}, 400),
        ("POST", {"content": ASK, "headers": {"content-type": f"{QUERY}; charset=latin-1"}}, 415),
        ("POST", {"content": ASK, "headers": {"content-type": "text/plain"}}, 415),
        ("POST", {"content": ASK}, 415),
        ("POST", {"content": b"x" * (5 << 20), "headers": {"content-type": QUERY}}, 413),
        ("PUT", {"content": ASK}, 405),
        ("DELETE", {}, 405),
        ("PATCH", {"content": ASK}, 405),
        # no update, no other server
        ("GET", {"params": {"update": "DROP ALL"}}, 403),
        ("POST", {"data": {"update": "DROP ALL"}}, 403),
        ("POST", {"content": "DROP ALL", "headers": {"content-type": "application/sparql-update"}}, 403),
        ("GET", {"params": {"query": "DROP ALL"}}, 400),
        ("GET", {"params": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}, 400),
        # formats
        ("GET", {"params": {"query": ASK}, "headers": {"accept": "image/png"}}, 406),
        ("GET", {"params": {"query": DESCRIBE}, "headers": {"accept": "text/csv"}}, 406),
        ("GET", {"params": {"query": LABELS}, "headers": {"accept": "text/turtle"}}, 406),
        ("GET", {"headers": {"accept": "image/png"}}, 406),
        # who is spoken to: a page whose name was made to lead here is not answered
        ("GET", {"params": {"query": ASK}, "headers": {"host": "rebound.example"}}, 421),
        ("GET", {"params": {"query": ASK}, "headers": {"host": "127.0.0.1.rebound.example:80"}}, 421),
        ("GET", {"params": {"query": ASK}, "headers": {"host": "localhost:1"}}, 200),
    ],
)
def test_the_rules_of_the_protocol(client: httpx.Client, method: str, sent: dict[str, Any], status: int) -> None:
    answer = client.request(method, PATH, **sent)
    assert answer.status_code == status, answer.text
    if status == 405:
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    elif status >= 400:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert len(answer.text) > 20  # says why


RESULTS = "application/sparql-results+"


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (LABELS, None, f"{RESULTS}json"),
        (LABELS, "*/*", f"{RESULTS}json"),
        (LABELS, f"{RESULTS}xml", f"{RESULTS}xml"),
        (LABELS, f"{RESULTS}xml;q=0.2, text/csv;q=0.8", "text/csv; charset=utf-8"),
        (LABELS, "text/*, application/json;q=0.1", "text/csv; charset=utf-8"),
        (LABELS, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (LABELS, "application/json", f"{RESULTS}json"),
        (ASK, "application/xml", f"{RESULTS}xml"),
        (DESCRIBE, None, "text/turtle; charset=utf-8"),
        (DESCRIBE, "application/rdf+xml", "application/rdf+xml"),
        (DESCRIBE, "application/n-triples", "application/n-triples"),
        (DESCRIBE, "application/ld+json, */*;q=0.1", "application/ld+json"),
        (DESCRIBE, "application/trig", "application/trig"),
        (DESCRIBE, "application/n-quads", "application/n-quads"),
    ],
)
def test_an_answer_comes_in_the_format_liked_best(
    client: httpx.Client, query: str, accept: str | None, media: str
) -> None:
    client.headers.pop("accept", None)
    answer = client.get(PATH, params={"query": query}, headers={"accept": accept} if accept else {})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.headers["vary"].startswith("Accept")
    body = answer.text
    if query == LABELS:
        assert "Synthetic cup" in body
    if media.endswith("json") and "ld+" not in media:
        assert set(json.loads(body)) == {"head", "results"}
    elif media.endswith("results+xml"):
        assert ElementTree.fromstring(body).tag == "{http://www.w3.org/2005/sparql-results#}sparql"  # noqa: S314 - ours
    elif query == DESCRIBE:
        dataset = rdflib.Dataset().parse(data=body, format=media.split(";")[0])
        assert len(dataset) >= 4


def test_graphs_may_be_named_beside_the_query(client: httpx.Client) -> None:
    for graph, known in (("graph/fused", True), ("graph/provenance", False)):
        for how in ("get", "post"):
            fields = {"query": LABELS, "default-graph-uri": f"https://w3id.org/southerly/{graph}"}
            answer = client.get(PATH, params=fields) if how == "get" else client.post(PATH, data=fields)
            assert bool(answer.json()["results"]["bindings"]) == known
    named = client.get(PATH, params={"query": LABELS, "named-graph-uri": "https://w3id.org/southerly/graph/fused"})
    assert named.json()["results"]["bindings"] == []


def test_a_query_that_costs_too_much_is_ended_and_others_are_answered(client: httpx.Client) -> None:
    costly = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    answer = client.get(PATH, params={"query": costly})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert "longer than 5 seconds" in answer.text
    assert client.get(PATH, params={"query": ASK}).json()["boolean"] is True


def test_only_pages_of_the_origin_named_may_read(client: httpx.Client) -> None:
    for origin, allowed in (("https://example.org", "https://example.org"), ("https://other.example", None)):
        answer = client.get(PATH, params={"query": ASK}, headers={"origin": origin})
        assert answer.headers.get("access-control-allow-origin") == allowed


def test_the_service_describes_itself(client: httpx.Client, address: str) -> None:
    for accept in ("text/turtle", "application/rdf+xml", "application/n-triples"):
        answer = client.get(PATH, headers={"accept": accept})
        graph = rdflib.Graph().parse(data=answer.text, format=accept)
        sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
        assert (
            str(graph.value(None, sd.endpoint)) == f"{address}" or (None, sd.endpoint, rdflib.URIRef(address)) in graph
        )
        assert (None, sd.supportedLanguage, sd.SPARQL11Query) in graph


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_is_answered(address: str, method: str) -> None:
    endpoint = SPARQLWrapper(address)
    endpoint.setMethod(method)
    endpoint.setQuery(LABELS)
    endpoint.setReturnFormat(JSON)
    rows: Any = endpoint.queryAndConvert()
    assert [row["label"]["value"] for row in rows["results"]["bindings"]] == ["Synthetic cup"]
    endpoint.setReturnFormat(XML)
    assert "Synthetic cup" in str(endpoint.queryAndConvert().toxml())  # type: ignore[union-attr] # a DOM for XML
    endpoint.setReturnFormat(CSV)
    assert endpoint.queryAndConvert() == b"label\r\nSynthetic cup\r\n"
    endpoint.setReturnFormat(TURTLE)
    endpoint.setQuery(DESCRIBE)
    assert b"Synthetic cup" in endpoint.queryAndConvert()  # type: ignore[operator] # bytes for Turtle
    endpoint.setQuery("SELECT")
    with pytest.raises(QueryBadFormed):
        endpoint.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_store_is_answered(address: str, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(address, method=method))
    assert [str(row[0]) for row in graph.query(LABELS)] == ["Synthetic cup"]  # type: ignore[index] # a row
    cup = rdflib.URIRef("https://w3id.org/southerly/id/innovation/synthetic-cup")
    assert (cup, rdflib.RDF.type, rdflib.URIRef(f"{SOU}Innovation")) in graph


def test_a_new_revision_is_seen(client: httpx.Client, ledger: Ledger, commit: Callable[..., Any]) -> None:
    commit(ledger, {"b.csv": [adoption("Synthetic net")]})
    answer = client.get(PATH, params={"query": LABELS})
    labels = {row["label"]["value"] for row in answer.json()["results"]["bindings"]}
    assert labels == {"Synthetic cup", "Synthetic net"}


def test_a_port_that_is_taken_and_a_missing_extra_are_told(address: str, ledger: Ledger, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "southerly", "--graph", str(ledger.folder), "serve", "--port"]
    port = address.rpartition(":")[2].partition("/")[0]
    taken = subprocess.run([*command, port], capture_output=True, text=True, check=False)
    assert taken.returncode == 1
    assert f"127.0.0.1:{port}: Address already in use. Give another --port" in taken.stderr
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError('no module', name='uvicorn')")
    paths = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    without = {**os.environ, "PYTHONPATH": paths}
    missing = subprocess.run([*command, "0"], capture_output=True, text=True, check=False, env=without)
    assert missing.returncode == 1
    assert 'pip install "southerly[serve]"' in missing.stderr


@pytest.mark.parametrize(
    ("accept", "liked"),
    [
        (None, "a"),
        ("", "a"),
        ("text/b", "b"),
        ("text/a;q=0.5, text/b;q=0.6", "b"),
        ("text/*;q=0.5, text/a;q=0", "b"),
        ("*/*;q=0.1, text/b", "b"),
        ("text/a;q=0, text/b;q=0", None),
        ("application/*", None),
        ("text/b;q=odd", None),
        ("TEXT/B ; Q=1.0", "b"),
        ("text/b;level=1;q=0.4, text/a;q=0.3", "b"),
    ],
)
def test_what_is_liked_best(accept: str | None, liked: str | None) -> None:
    """By the rules of RFC 9110 §12.5.1."""
    assert best(accept, {"text/a": "a", "text/b": "b"}) == liked
