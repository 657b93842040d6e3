"""Text that breaks formats survives every one of them, or is changed as documented and in no other way."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS
from southerly.exports import write
from southerly.exports.cells import clean, safe_cell
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import View

from .dot_reader import parse_dot

HOSTILE = [
    'a|b\t"c"\r\nd',
    "a\rb\nc\u2028d",
    "🏥 e\u0301 \U0001f468\u200d\u2695\ufe0f",
    "مستشفى \u202eالأمل\u202c",
    "x]]>y<!--z",
    "&<>&amp;'\"",
    "=1+1",
    "@SUM(A1)",
    "-2",
    "\\ {unbalanced} } { % # _ $ ~ ^ @misc{x,",
    "nul\x00bell\x07end\x1f\ufffe",
    '"""<> "^^xsd:date . <a> <b> <c>',
    "ER  - \r\nTY  - JOUR",
    "long " + "wörter " * 14_000,
]


@pytest.fixture(scope="module")
def make(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Callable[[str], Ledger]:
    """Return the function that makes a graph in which a text is everything that may be text."""

    def graph_of(text: str) -> Ledger:
        ledger = new_ledger()
        said = {"kind": "adoption", "report": f"url:example.org/{text}", "innovation": f"I {text}", "channel": text}
        claim = said | {"country": "KEN", "site": f"S {text}", "source_country": "UGA", "source_site": f"T {text}"}
        report = dict.fromkeys(("title", "url", "year", "publisher", "licence", "authors"), text)
        commit(ledger, {"synthetic": [claim]}, sayings={"synthetic": [report | {"report": said["report"]}]})
        return ledger

    return graph_of


@pytest.fixture(scope="module", params=HOSTILE, ids=lambda text: repr(text[:20]))
def hostile(request: pytest.FixtureRequest, make: Callable[[str], Ledger]) -> tuple[str, Ledger]:
    """Return one hostile text and its graph."""
    return request.param, make(request.param)


def test_json(hostile: tuple[str, Ledger], exported: Any) -> None:
    text, ledger = hostile
    net = nx.node_link_graph(json.loads(exported(ledger, "json")[0].read_text("utf-8")), edges="edges")
    assert {data["label"] for _, data in net.nodes(data=True)} == {clean(f"S {text}"), clean(f"T {text}")}
    (edge,) = (data for _, _, data in net.edges(data=True))
    assert (edge["innovation_label"], edge["channels"]) == (clean(f"I {text}"), [clean(text)])
    cyjs = json.loads(exported(ledger, "cyjs")[0].read_text("utf-8"))
    assert cyjs["elements"]["edges"][0]["data"]["name"] == clean(f"I {text}")


def test_graphml(hostile: tuple[str, Ledger], exported: Any) -> None:
    text, ledger = hostile
    path = exported(ledger, "graphml")[0]
    net = nx.read_graphml(path)
    assert {data["label"] for _, data in net.nodes(data=True)} == {clean(f"S {text}"), clean(f"T {text}")}
    (edge,) = (data for _, _, data in net.edges(data=True))
    assert (edge["innovation_label"], json.loads(edge["channels"])) == (clean(f"I {text}"), [clean(text)])
    ET.parse(path)  # noqa: S314 - our own file


@pytest.fixture(scope="module")
def crowd(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    """Return a graph in which every hostile text names an innovation, two sites and a channel."""
    ledger = new_ledger()
    claims = [
        {"kind": "adoption", "report": "url:example.org/a", "innovation": f"I {n} {text}", "channel": text}
        | {"country": "KEN", "site": f"S {n} {text}", "source_country": "UGA", "source_site": f"T {n} {text}"}
        for n, text in enumerate(HOSTILE)  # some differ by punctuation alone, and so would be one name
    ]
    commit(ledger, {"synthetic": claims})
    return ledger


SITES = sorted(clean(f"{kind} {n} {text}") for kind in "ST" for n, text in enumerate(HOSTILE))
INNOVATIONS = sorted(clean(f"I {n} {text}") for n, text in enumerate(HOSTILE))
CHANNELS = sorted([clean(text)] for text in HOSTILE)


def test_gexf(crowd: Ledger, exported: Any) -> None:
    net = nx.read_gexf(exported(crowd, "gexf")[0])
    assert sorted(data["label"] for _, data in net.nodes(data=True)) == SITES
    edges = [data for _, _, data in net.edges(data=True)]
    assert sorted(edge["label"] for edge in edges) == INNOVATIONS
    assert sorted(json.loads(edge["channels"]) for edge in edges) == CHANNELS


def test_geojson(crowd: Ledger, exported: Any) -> None:
    features = json.loads(exported(crowd, "geojson")[0].read_text("utf-8"))["features"]
    told = [feature["properties"] for feature in features]
    assert sorted(row["label"] for row in told if row["feature"] == "place") == SITES
    assert sorted(row["channels"] for row in told if row["feature"] == "transfer") == CHANNELS


def test_kml(crowd: Ledger, exported: Any) -> None:
    marks = ET.parse(exported(crowd, "kml")[0]).iterfind(".//{*}Placemark")  # noqa: S314 - our own file
    assert sorted(mark.findtext("{*}name", "") for mark in marks) == sorted(INNOVATIONS + SITES)


def test_dot(crowd: Ledger, exported: Any) -> None:
    read = parse_dot(exported(crowd, "dot")[0].read_bytes().decode())
    assert sorted(data["label"] for data in read.nodes.values()) == SITES
    assert sorted(edge["label"] for _, _, edge in read.edges) == INNOVATIONS
    assert sorted(json.loads(edge["channels"]) for _, _, edge in read.edges) == CHANNELS


def test_pajek_changes_quotes_backslashes_and_white_space_alone(crowd: Ledger, exported: Any) -> None:
    def changed(texts: list[str]) -> list[str]:
        return sorted(" ".join(text.split()).replace('"', "'").replace("\\", "/") for text in texts)

    net = nx.read_pajek(exported(crowd, "pajek")[0])
    assert sorted(name.rpartition(" [site:")[0] for name in net) == changed(SITES)
    assert sorted(data["l"] for _, _, data in net.edges(data=True)) == changed(INNOVATIONS)


def test_csv(hostile: tuple[str, Ledger], exported: Any) -> None:
    text, ledger = hostile
    csv.field_size_limit(10_000_000)
    body = (exported(ledger, "csv")[0] / "edges.csv").read_bytes().decode()
    (row,) = csv.DictReader(StringIO(body, newline=""))
    assert row["innovation_label"] == clean(f"I {text}")
    assert json.loads(row["channels"]) == [clean(text)]


def test_turtle(hostile: tuple[str, Ledger], exported: Any) -> None:
    text, ledger = hostile
    rdf = Graph().parse(exported(ledger, "turtle")[0], format="turtle")
    sites = {label for place, label in rdf.subject_objects(RDFS.label) if "/site/" in str(place)}
    assert sites == {Literal(clean(f"S {text}")), Literal(clean(f"T {text}"))}
    (channel,) = set(rdf.objects(None, URIRef("https://w3id.org/southerly/ontology#channel")))
    assert channel == Literal(clean(text))
    assert (None, DCTERMS.title, Literal(clean(text))) in rdf


def test_bibtex_braces_balance_and_nothing_of_the_text_starts_an_entry(
    hostile: tuple[str, Ledger], exported: Any
) -> None:
    _, ledger = hostile
    body = exported(ledger, "bibtex")[0].read_text("utf-8")
    depth, tops = 0, []
    for at, character in enumerate(body):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "@" and depth == 0:
            tops.append(body[at : at + 5])
        assert depth >= 0
    assert (depth, tops) == (0, ["@misc", "@comm"])
    assert not re.search(r"(?<!\\)[%#_$]", re.search(r"title = (.*)", body)[1])  # type: ignore[index] # absent fails


def test_ris_keeps_every_value_on_its_line(hostile: tuple[str, Ledger], exported: Any) -> None:
    text, ledger = hostile
    lines = exported(ledger, "ris")[0].read_bytes().decode().split("\r\n")
    assert sum(line.startswith("TY  - ") for line in lines) == 1
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert f"TI  - {' '.join(clean(text).split())}" in lines


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@A1", "'@A1"), ("\tx", "'\tx"), ("\rx", "'\rx"), (-1.5, -1.5)],
)
def test_no_cell_is_a_formula(value: Any, cell: Any) -> None:
    assert safe_cell(value) == cell


def test_a_label_that_is_a_formula_is_quoted_in_csv_alone(new_ledger: Any, commit: Any, exported: Any) -> None:
    ledger = new_ledger()
    claim = {"kind": "adoption", "report": "url:example.org/a", "innovation": "=1+1", "country": "KEN"}
    commit(ledger, {"synthetic": [claim | {"source_country": "UGA"}]})
    (row,) = csv.DictReader(StringIO((exported(ledger, "csv")[0] / "edges.csv").read_text("utf-8"), newline=""))
    assert row["innovation_label"] == "'=1+1"
    document = json.loads(exported(ledger, "json")[0].read_text("utf-8"))
    assert document["edges"][0]["innovation_label"] == "=1+1"


@settings(max_examples=10, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_text_at_all_can_be_exported_and_read_back(make: Callable[[str], Ledger], text: str) -> None:
    with closing((view := View(make(text))).con), TemporaryDirectory() as folder:
        known = Identity(view)
        paths = {form: Path(folder) / form for form in ("json", "graphml", "turtle")}
        for form, path in paths.items():
            write(known, form, path)
        (edge,) = json.loads(paths["json"].read_text("utf-8"))["edges"]
        assert edge["channels"] == [clean(text)]
        (_, _, data), *_ = nx.read_graphml(paths["graphml"]).edges(data=True)
        assert json.loads(data["channels"]) == edge["channels"]
        assert len(Graph().parse(paths["turtle"], format="turtle")) > 0
