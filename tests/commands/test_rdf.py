"""`southerly sparql` and `validate` as they are typed: what is printed, and which exit code says what."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from southerly.cli import main
from southerly.graph.ledger import Ledger


@pytest.fixture(scope="module")
def graph(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    ledger = new_ledger()
    claim = {"kind": "adoption", "report": "url:example.org/a", "innovation": "Synthetic “cup”, x", "country": "KEN"}
    commit(ledger, {"a.csv": [claim]}, sayings={"a.csv": [{"report": "url:example.org/a", "title": "Synthetic A"}]})
    return ledger


@pytest.fixture(scope="module")
def run(graph: Ledger) -> Callable[..., Result]:
    def command(*words: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, ["--graph", str(graph.folder), *words], input=stdin)

    return command


LABEL = "SELECT ?thing ?label { ?thing a sou:Innovation ; skos:prefLabel ?label }"
NOTHING = "SELECT ?x { ?x a sou:Nothing }"
COUNTRY = "CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x a sou:Country ; rdfs:label ?l . FILTER(?x = country:KEN) }"


def test_a_table_names_things_as_they_may_be_asked_for(run: Callable[..., Result]) -> None:
    done = run("sparql", LABEL)
    assert (done.exit_code, done.stdout.splitlines()[1].split()[0]) == (0, "innovation:synthetic-cup-x")


def test_a_query_may_be_in_a_file_or_on_standard_input(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "query.rq").write_text(f"\ufeff{LABEL}", encoding="utf-8")
    expected = run("sparql", LABEL).stdout
    assert run("sparql", f"@{tmp_path / 'query.rq'}").stdout == expected
    assert run("sparql", "-", stdin=LABEL).stdout == expected
    (tmp_path / "query.rq").write_bytes(b"\xff")
    assert run("sparql", f"@{tmp_path / 'query.rq'}").exit_code == 2
    assert run("sparql", f"@{tmp_path / 'none.rq'}").exit_code == 1


def test_results_come_in_the_formats_of_the_w3c(run: Callable[..., Result]) -> None:
    told = json.loads(run("sparql", LABEL, "--format", "json").stdout)
    assert told["results"]["bindings"][0]["label"]["value"] == "Synthetic “cup”, x"
    rows = list(csv.reader(io.StringIO(run("sparql", LABEL, "--format", "csv").stdout)))
    assert [row[-1] for row in sorted(rows)] == ["Synthetic “cup”, x", "label"] or "Synthetic “cup”, x" in rows[1]
    assert "?label" in run("sparql", LABEL, "--format", "tsv").stdout
    assert "<literal>Synthetic “cup”, x</literal>" in run("sparql", LABEL, "--format", "xml").stdout


@pytest.mark.parametrize("form", ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"])
def test_a_graph_comes_in_every_syntax(run: Callable[..., Result], form: str) -> None:
    done = run("sparql", COUNTRY, "--format", form)
    syntax = {
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "nquads": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }[form]
    (quad,) = ox.parse(done.stdout.encode(), syntax)
    assert (done.exit_code, quad.object.value) == (0, "Kenya")
    empty = COUNTRY.replace("country:KEN", "country:FRA")
    assert run("sparql", empty, "--format", form).exit_code == 4


@pytest.mark.parametrize(
    ("query", "form", "code"),
    [
        ("ASK { ?s ?p ?o }", "table", 0),
        ("ASK { ?s a sou:Nothing }", "table", 4),
        ("ASK { ?s a sou:Nothing }", "json", 4),
        ("ASK { ?s a sou:Nothing }", "csv", 4),
        *((NOTHING, form, 4) for form in ("table", "json", "xml", "csv", "tsv")),
        (LABEL, "turtle", 2),
        (COUNTRY, "csv", 2),
        ("SELEKT", "table", 2),
        ("DROP ALL", "table", 2),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "table", 2),
    ],
)
def test_the_exit_code_says_how_it_went(run: Callable[..., Result], query: str, form: str, code: int) -> None:
    done = run("sparql", query, "--format", form)
    assert done.exit_code == code
    assert len(done.stderr.splitlines()) <= 1
    if code == 2:
        assert done.stderr.startswith("southerly: ")
    elif form != "table":
        assert done.stdout  # the empty shape


def test_validate_says_that_all_conforms_or_what_does_not(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("validate")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "All conforms.\n")
    (tmp_path / "odd.ttl").write_text("<urn:a> a <https://w3id.org/southerly/ontology#AdoptionClaim> .")
    done = run("validate", str(tmp_path / "odd.ttl"), "--format", "json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert {"severity", "report", "carrier", "locator", "field", "found", "expected", "hint"} <= told[0].keys()
    assert run("validate", "--report", "url:example.org/none").exit_code == 4
    assert run("validate", "--report", "x", str(tmp_path / "odd.ttl")).exit_code == 2
