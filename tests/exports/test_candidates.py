"""Exports with candidates: what rests on unreviewed claims alone carries it into every format that tells a basis."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pytest
from lxml import etree
from rdflib import RDF, Graph, Namespace
from southerly.graph.ledger import Ledger
from southerly.graph.view import Scope

CUP = "Synthetic cup"
#: What each adopter's transfer, and adoption, comes to.
EXPECTED = {"KEN": "accepted", "UGA": "candidate", "TZA": "candidate"}
ADOPTED = EXPECTED | {"UGA": "accepted"}


@pytest.fixture(scope="module")
def mixed(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    """Return a graph in which Kenya's source is accepted, Uganda's is not, and nothing of Tanzania's is."""
    accepted, proposed = ({"report": "url:example.org/a"}, {"report": "url:example.org/b", "review": "candidate"})
    adoption = {"kind": "adoption", "innovation": CUP, "when": "2000"}
    ledger = new_ledger()
    commit(
        ledger,
        {
            "synthetic.csv": [
                accepted | {"kind": "origin", "innovation": CUP, "country": "IND", "when": "1990"},
                proposed | {"kind": "origin", "innovation": CUP, "country": "BGD", "when": "1990"},
                accepted | adoption | {"country": "KEN", "source_country": "IND"},
                proposed | adoption | {"country": "KEN", "source_country": "IND"},
                accepted | adoption | {"country": "UGA"},
                proposed | adoption | {"country": "UGA", "source_country": "KEN"},
                proposed | adoption | {"country": "TZA", "source_country": "KEN"},
            ]
        },
    )
    return ledger


@pytest.fixture(scope="module")
def export(mixed: Ledger, exported: Any) -> Callable[..., Path]:
    """Return the function that exports the graph with candidates."""

    def make(form: str, **wanted: Any) -> Path:
        path: Path = exported(mixed, form, Scope(candidates=True), **wanted)[0]
        return path

    return make


def by_adopter(rows: Any) -> dict[str, str]:
    """Return the reviews of transfers by the country that learned."""
    return {row["to"].split(":")[1]: row["review"] for row in rows}


def test_the_command_line_says_how_many_unreviewed_claims_count(mixed: Ledger, run: Any, tmp_path: Path) -> None:
    result = run(mixed, "export", "json", "-o", str(tmp_path / "out.json"), "--include-candidates")
    assert result.stderr.count("nobody has reviewed them: 4.") == 1


def test_csv_carries_it_on_transfers_and_inside_places(export: Any) -> None:
    folder = export("csv")
    with (folder / "edges.csv").open(newline="", encoding="utf-8") as file:
        assert by_adopter(csv.DictReader(file)) == EXPECTED
    with (folder / "nodes.csv").open(newline="", encoding="utf-8") as file:
        places = {row["country"]: row for row in csv.DictReader(file)}
    adopted = {code: [a["review"] for a in json.loads(row["adopted"])] for code, row in places.items()}
    assert {code: reviews[0] for code, reviews in adopted.items() if reviews} == ADOPTED
    begun = {code: [o["review"] for o in json.loads(row["originated"])] for code, row in places.items()}
    assert (begun["IND"], begun["BGD"]) == (["accepted"], ["candidate"])


def test_networks_carry_it_on_edges(export: Any) -> None:
    net = nx.node_link_graph(json.loads(export("json").read_text("utf-8")), edges="edges")
    assert {to.split(":")[1]: said["review"] for _, to, said in net.edges(data=True)} == EXPECTED
    net = nx.read_graphml(export("graphml"))
    assert {to.split(":")[1]: said["review"] for _, to, said in net.edges(data=True)} == EXPECTED
    space = "{http://gexf.net/1.3}"
    found = {
        edge.get("target", "").split(":")[1]: value.get("value")
        for edge in etree.fromstring(export("gexf").read_bytes()).iter(f"{space}edge")
        for value in edge.iter(f"{space}attvalue")
        if value.get("for") == "edge.review"
    }
    assert found == EXPECTED


def test_sheets_and_parquet_carry_it(export: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx").read_bytes()), read_only=True)
    for sheet, column, expected in (("Transfers", "to", EXPECTED), ("Adoptions", "place", ADOPTED)):
        head, *rows = book[sheet].iter_rows(values_only=True)
        told = [dict(zip(head, row, strict=True)) for row in rows]
        assert {str(row[column]).split(":")[1]: row["review"] for row in told} == expected
    folder = export("parquet")
    edges = pq.read_table(folder / "edges.parquet").to_pylist()
    assert by_adopter(edges) == EXPECTED
    nodes = pq.read_table(folder / "nodes.parquet").to_pylist()
    assert {row["country"]: row["adopted"][0]["review"] for row in nodes if row["adopted"]} == ADOPTED


def test_tables_for_netdiffuser_and_neo4j_carry_it(export: Any) -> None:
    with (export("netdiffuser") / "edges.csv").open(newline="", encoding="utf-8") as file:
        assert {row["ego"].split(":")[1]: row["review"] for row in csv.DictReader(file)} == EXPECTED
    script = export("cypher").read_text("utf-8")
    lines = [line for line in script.splitlines() if "`id`: 'adoption:" in line]
    reviews = {code: "`review`: 'candidate'" in line for code in ADOPTED for line in lines if f":{code}'" in line}
    assert reviews == {code: review == "candidate" for code, review in ADOPTED.items()}


def test_the_page_and_the_tree_say_so(export: Any) -> None:
    page = export("html", innovation=CUP).read_text("utf-8")
    assert "stated, candidate" in page
    assert "nobody has reviewed them: 4." in page
    tree = etree.fromstring(export("svg-tree", innovation=CUP).read_bytes())
    titles = [node.text or "" for node in tree.iter("{http://www.w3.org/2000/svg}title")]
    assert {t.split(":")[0] for t in titles if "candidate" in t} == {"Tanzania", "Bangladesh (origin)"}


def test_rdf_marks_what_rests_on_candidates_alone(export: Any) -> None:
    graph = Graph().parse(export("turtle"), format="turtle")
    sou = Namespace("https://w3id.org/southerly/ontology#")
    marked: dict[str, set[str]] = {}
    for kind in ("Adoption", "Origin", "Transfer"):
        told = {s: graph.value(s, sou.review) for s in graph.subjects(RDF.type, sou[kind])}
        assert {str(r).rsplit("/", 1)[1] for r in told.values() if r} == {"candidate"}
        marked[kind] = {str(s).rsplit("/", 1)[1] for s, r in told.items() if r}
    assert {name.split(":")[1] for name in marked["Adoption"]} == {"TZA"}
    assert {name.split(":")[1] for name in marked["Origin"]} == {"BGD"}
    assert {name.split(":")[1] for name in marked["Transfer"]} == {"UGA", "TZA"}


def test_pajek_and_the_map_say_so(export: Any) -> None:
    arcs = export("pajek").read_text("utf-8").split("*Arcs\n")[1].splitlines()
    assert sum(f'"{CUP} (candidate)"' in arc for arc in arcs) == 2
    assert sum(f'"{CUP}"' in arc for arc in arcs) == 1
    drawn = etree.fromstring(export("svg-map", innovation=CUP).read_bytes())
    titles = [node.text or "" for node in drawn.iter("{http://www.w3.org/2000/svg}title")]
    said = {t.split(":")[0] for t in titles if "candidate" in t}
    assert said == {"Kenya to Uganda", "Kenya to Tanzania", "Tanzania"}
    assert "2 transfers rest on candidates alone, which nobody has reviewed." in "".join(drawn.itertext())


def test_without_candidates_all_is_accepted(mixed: Ledger, exported: Any) -> None:
    with (exported(mixed, "csv")[0] / "edges.csv").open(newline="", encoding="utf-8") as file:
        assert {row["review"] for row in csv.DictReader(file)} == {"accepted"}
