"""Network exports, opened by programs that are not ours: networkx, pandas, the csv module."""

from __future__ import annotations

import csv
import json
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from southerly.graph.diffusion import Diffusion
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import Scope
from southerly.queries.filters import window
from southerly.queries.stats import stats

# Alpha Hospital stated from Colombia (two reports); Uganda assumed from there, the one origin.
CUP, NET = "Synthetic cup", "Synthetic net"
STATED = "transfer:synthetic-cup:KEN:alpha-hospital:from:COL:stated"
ASSUMED = "transfer:synthetic-cup:UGA:from:COL:origin"
PLACES = ["country:COL", "country:GBR", "country:IND", "site:KEN:alpha-hospital", "country:UGA"]


def test_node_link_json_opens_in_networkx_with_everything_that_an_edge_stands_on(
    graph: Ledger, known: Identity, exported: Any
) -> None:
    path, written = exported(graph, "json")
    net = nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="edges")
    assert isinstance(net, nx.MultiDiGraph)
    assert list(net) == PLACES
    assert sorted(key for _, _, key in net.edges) == sorted([STATED, ASSUMED])
    edge = net.edges["country:COL", "site:KEN:alpha-hospital", STATED]
    assert {k: edge[k] for k in edge if k not in {"claims"}} == {
        "innovation": "innovation:synthetic-cup",
        "innovation_label": "Synthetic cup",
        "when": "1995",
        "earliest": "1995-01-01",
        "latest": "1995-12-31",
        "basis": "stated",
        "direction": "south-south",
        "from_income": "LM",
        "to_income": "L",
        "stage": "pilot",
        "channels": ["learning exchange"],
        "certain": True,
        "review": "accepted",
        "reports": 2,
        "publishers": 2,
        "adoption": "adoption:synthetic-cup:KEN:alpha-hospital",
        "report_keys": ["doi:10.9999/b", "url:example.org/a"],
    }
    (transfer,) = Diffusion(known).transfers(("stated",))
    assert edge["claims"] == list(transfer.claims)
    assert len(edge["claims"]) == 2
    assert written.counts == {"places": 5, "transfers": 2}


def test_what_never_crossed_a_border_stands_at_its_place(graph: Ledger, exported: Any) -> None:
    path, _ = exported(graph, "json")
    nodes = {n["id"]: n for n in json.loads(path.read_text("utf-8"))["nodes"]}
    (home,) = nodes["country:IND"]["adopted"]
    assert (home["innovation_label"], home["when"], home["stage"]) == ("Synthetic net", "2010-05", "scaled")
    assert (home["domestic"], home["considered"], home["income_group"]) == (True, False, "LM")
    (looked,) = nodes["country:GBR"]["adopted"]
    assert looked["considered"] is True
    assert "income_group" not in nodes["country:GBR"]  # nothing was adopted there
    (began,) = nodes["country:COL"]["originated"]
    assert (began["innovation"], began["when"], began["contested"]) == ("innovation:synthetic-cup", "1978", False)
    assert nodes["country:COL"]["adopted"] == []
    assert (nodes["country:COL"]["lat"], nodes["site:KEN:alpha-hospital"]["label"]) == (3.9, "Alpha Hospital")


def test_counts_are_those_of_stats(graph: Ledger, known: Identity, exported: Any) -> None:
    path, _ = exported(graph, "json")
    document = json.loads(path.read_text("utf-8"))
    numbers = stats(known).data
    of_basis = [e["basis"] for e in document["edges"]]
    assert {basis: of_basis.count(basis) for basis in numbers["transfers"]} == numbers["transfers"]
    assert sum(len(n["adopted"]) for n in document["nodes"]) == numbers["adoptions"]
    assert sum(n["class"] == "site" for n in document["nodes"]) == numbers["sites"]


def test_graphml_says_the_same_as_json_with_typed_attributes(graph: Ledger, exported: Any) -> None:
    path, _ = exported(graph, "graphml")
    net = nx.read_graphml(path)
    other = nx.node_link_graph(json.loads(exported(graph, "json")[0].read_text("utf-8")), edges="edges")
    for node, said in other.nodes(data=True):
        assert _unpacked(net.nodes[node]) == said
    edges = {data["id"]: (source, target, data) for source, target, data in net.edges(data=True)}
    for source, target, key, said in other.edges(keys=True, data=True):
        assert edges[key][:2] == (source, target)
        assert _unpacked({k: v for k, v in edges[key][2].items() if k != "id"}) == said
    assert json.loads(net.graph["metadata"]) == other.graph["metadata"]


def test_csv_opens_in_pandas_and_says_the_same_as_json(graph: Ledger, exported: Any) -> None:
    path, _ = exported(graph, "csv")
    assert sorted(p.name for p in path.iterdir()) == ["about.json", "edges.csv", "nodes.csv"]
    document = json.loads(exported(graph, "json")[0].read_text("utf-8"))
    nodes, edges = (pd.read_csv(path / name, keep_default_na=False) for name in ("nodes.csv", "edges.csv"))
    assert list(nodes["id"]) == [n["id"] for n in document["nodes"]]
    assert [json.loads(cell) for cell in nodes["adopted"]] == [n["adopted"] for n in document["nodes"]]
    assert list(edges["id"]) == [e["key"] for e in document["edges"]]
    assert [json.loads(cell) for cell in edges["claims"]] == [e["claims"] for e in document["edges"]]
    with (path / "edges.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["id"] == ASSUMED)
    assert (row["when"], row["earliest"], row["rule"], row["certain"]) == ("", "", "origin", "true")
    assert json.loads((path / "about.json").read_text("utf-8")) == document["graph"]["metadata"]


def test_cytoscape_json_has_the_elements_that_cytoscape_documents(graph: Ledger, exported: Any) -> None:
    document = json.loads(exported(graph, "cyjs")[0].read_text("utf-8"))
    nodes, edges = document["elements"]["nodes"], document["elements"]["edges"]
    ids = [e["data"]["id"] for e in [*nodes, *edges]]
    assert len(ids) == len(set(ids))
    assert [n["data"]["id"] for n in nodes] == PLACES
    assert all(isinstance(e["data"]["id"], str) and set(e) == {"data"} for e in [*nodes, *edges])
    assert all({e["data"]["source"], e["data"]["target"]} <= set(PLACES) for e in edges)
    # Its tables take texts, numbers, flags, and lists of texts: no null, no object.
    for element in [*nodes, *edges]:
        for value in element["data"].values():
            assert isinstance(value, (str, int, float, bool)) or all(isinstance(v, str) for v in value)
    assert json.loads(document["data"]["metadata"])["digest"] == document["data"]["digest"]


@pytest.mark.parametrize(
    ("wanted", "edges", "places"),
    [
        ({"innovation": "S-cup"}, [STATED, ASSUMED], ["COL", "GBR", "KEN", "UGA"]),
        ({"innovation": "Synthetic net"}, [], ["IND"]),
        ({"bases": ("stated",)}, [STATED], ["COL", "GBR", "IND", "KEN", "UGA"]),
        # Uganda is undated, so it only possibly fits; the cup's origin stays, since the cup is shown.
        ({"window": window("1990", "2001")}, [STATED], ["COL", "GBR", "KEN"]),
        # Of the cup nothing is left, so neither is its origin.
        ({"window": window("2005", None)}, [], ["IND"]),
    ],
)
def test_filters_choose_edges_and_places(
    graph: Ledger, exported: Any, wanted: dict[str, Any], edges: list[str], places: list[str]
) -> None:
    document = json.loads(exported(graph, "json", **wanted)[0].read_text("utf-8"))
    assert [e["key"] for e in document["edges"]] == edges
    assert [n["country"] for n in document["nodes"]] == places


def test_what_possibly_fits_is_counted_and_with_possible_marked(graph: Ledger, exported: Any) -> None:
    years = window("1990", "2001")
    _, written = exported(graph, "json", window=years)
    assert [note.split()[:3] for note in written.notes] == [["1", "more", "adoptions"], ["1", "more", "transfers"]]
    path, written = exported(graph, "json", Scope(possible=True), window=years)
    marks = {e["key"]: e["certain"] for e in json.loads(path.read_text("utf-8"))["edges"]}
    assert marks == {STATED: True, ASSUMED: False}
    assert written.notes == []


def test_a_site_is_labelled_as_most_reports_spell_it(new_ledger: Any, commit: Any, exported: Any) -> None:
    ledger = new_ledger()
    kenya = {"kind": "adoption", "country": "KEN"}
    commit(
        ledger,
        {
            "synthetic": [
                kenya | {"report": "url:a", "innovation": CUP, "site": "ALPHA HOSPITAL"},
                kenya | {"report": "url:b", "innovation": NET, "site": "Alpha Hospital"},
                kenya | {"report": "url:c", "innovation": NET, "site": "Alpha Hospital"},
            ]
        },
    )
    document = json.loads(exported(ledger, "json", innovation=CUP)[0].read_text("utf-8"))
    assert [n["label"] for n in document["nodes"]] == ["Alpha Hospital"]


def _unpacked(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return attributes with their JSON arrays read."""
    return {
        name: json.loads(value) if isinstance(value, str) and value.startswith("[") and name != "when" else value
        for name, value in attributes.items()
    }
