"""The RDF exports in every syntax, opened by readers that we did not write."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyld.jsonld
import pytest
from rdflib import Graph
from southerly.exports import write_stream
from southerly.exports.cells import clean
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.rdf_terms import FUSED, THINGS, full
from southerly.queries.stats import stats

from ..graph.rdf_readers import FORMS, Quad, by_oxigraph, by_rdflib, triples
from .test_hostile import HOSTILE

STATED = f"{THINGS}transfer/synthetic-cup:KEN:alpha-hospital:from:COL:stated"
NAMED = ("nquads", "trig", "jsonld")


@pytest.fixture(scope="module")
def quads(graph: Ledger, exported: Any) -> list[Quad]:
    return by_oxigraph(exported(graph, "nquads")[0].read_bytes())


@pytest.fixture(scope="module")
def crowd(new_ledger: Any, commit: Any) -> Ledger:
    """Return a graph in which every hostile text is an outcome, a channel, a partner and the words of a report."""
    ledger = new_ledger()
    claims = [
        {"kind": "adoption", "report": "url:example.org/a", "innovation": f"Synthetic {n}", "country": "KEN"}
        | {"outcome": text, "channel": text, "partners": [text, "x"], "quote": text}
        for n, text in enumerate(HOSTILE)
    ]
    commit(ledger, {"synthetic": claims}, sayings={"synthetic": [{"report": "url:example.org/a", "note": HOSTILE[0]}]})
    return ledger


def test_counts_are_those_of_stats(quads: list[Quad], known: Identity) -> None:
    numbers = stats(known).data
    found = {
        name: len({q[0] for q in quads if q[1:3] == (full("rdf:type"), ("iri", full(f"sou:{cls}"), ""))})
        for name, cls in {
            "innovations": "Innovation",
            "adoptions": "Adoption",
            "transfers": "Transfer",
            "sites": "Site",
            "claims": "Claim",
            "reports": "Report",
        }.items()
    }
    assert found == {
        **{name: numbers[name] for name in ("innovations", "adoptions", "sites", "reports")},
        "transfers": sum(numbers["transfers"].values()),
        "claims": sum(numbers["claims"].values()),
    }


@pytest.mark.parametrize("form", FORMS)
def test_every_syntax_says_the_same_to_two_readers_and_in_the_same_bytes(
    crowd: Ledger, exported: Any, form: str
) -> None:
    data = exported(crowd, form)[0].read_bytes()
    whole = by_oxigraph(exported(crowd, "nquads")[0].read_bytes())
    for reader in (by_oxigraph, by_rdflib):
        found = reader(data, form)
        if form in NAMED:
            assert set(found) == set(whole)
        else:
            assert triples(found) == triples(whole)
    assert exported(crowd, form)[0].read_bytes() == data
    said = {quad[2][1] for quad in whole if quad[1] == full("sou:outcomeText")}
    assert said == {clean(text) for text in HOSTILE}


def test_json_ld_expands_to_the_same_graphs(graph: Ledger, exported: Any, quads: list[Quad]) -> None:
    document = json.loads(exported(graph, "jsonld")[0].read_bytes())
    dataset = pyld.jsonld.to_rdf(document)
    assert sum(map(len, dataset.values())) == len(quads)
    assert len(dataset[FUSED]) == sum(quad[3] == FUSED for quad in quads)


def test_no_more_is_written_than_the_filters_let_through(graph: Ledger, exported: Any) -> None:
    path, written = exported(graph, "nquads", innovation="Synthetic net")
    quads = by_oxigraph(path.read_bytes())
    assert {q[2][1] for q in quads if q[1] == full("sou:innovationSaid")} == {"Synthetic net"}
    assert {q[0] for q in quads if q[1:3] == (full("rdf:type"), ("iri", full("sou:Innovation"), ""))} == {
        f"{THINGS}innovation/synthetic-net"
    }
    assert written.counts["claims"] == 2


def test_the_data_set_says_its_digest_filters_and_licences_in_the_default_graph(
    graph: Ledger, exported: Any, quads: list[Quad]
) -> None:
    _, written = exported(graph, "nquads")
    dataset = THINGS + written.digest.replace("sha256:", "dataset/")
    told = {(q[1], q[2][1]) for q in quads if q[0] == dataset and q[3] == ""}
    assert (full("sou:digest"), written.digest) in told
    assert {text for name, text in told if name == full("dc:rights")} == {
        "1 reports: CC BY 4.0",
        "2 reports: not stated",
    }
    (about,) = (json.loads(text) for name, text in told if name == full("sou:metadata"))
    assert about["filters"]["basis"] == ["stated", "inferred", "assumed"]
    assert exported(graph, "turtle")[1].digest == written.digest


def test_an_undated_transfer_has_no_date_at_all(quads: list[Quad]) -> None:
    assumed = f"{THINGS}transfer/synthetic-cup:UGA:from:COL:origin"
    told = {q[1] for q in quads if q[0] == assumed}
    assert full("sou:rule") in told
    assert not told & {full(f"sou:{name}") for name in ("when", "earliest", "latest")}
    assert full("sou:earliest") in {q[1] for q in quads if q[0] == STATED}


@pytest.mark.parametrize(("ending", "form"), [("nq.gz", "nquads"), ("ttl.zst", "turtle")])
def test_a_file_is_compressed_as_its_name_ends(
    graph: Ledger, exported: Any, run: Any, tmp_path: Path, ending: str, form: str
) -> None:
    path, again = tmp_path / f"out.{ending}", tmp_path / f"again.{ending}"
    for each in (path, again):
        assert run(graph, "export", form, "-o", str(each)).exit_code == 0
    plain = exported(graph, form)[0].read_bytes()
    if ending.endswith("gz"):
        assert gzip.decompress(path.read_bytes()) == plain
    else:
        with pa.input_stream(str(path), compression="zstd") as opened:
            assert opened.read() == plain
    assert path.read_bytes() == again.read_bytes()


def test_turtle_is_read_by_people_too(graph: Ledger, exported: Any) -> None:
    text = exported(graph, "turtle")[0].read_text("utf-8")
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert "a sou:Transfer , prov:Entity ;" in text
    assert len(Graph().parse(data=text, format="turtle")) > 0


class Full:
    """A disk on which there is no room after some bytes."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, data: bytes) -> int:
        """Write as long as there is room."""
        self.room -= len(data)
        if self.room < 0:
            raise OSError(28, "No space left on device")
        return len(data)

    def flush(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize("form", ["nquads", "turtle"])
def test_a_full_disk_is_said_and_the_graph_can_be_asked_again(known: Identity, form: str) -> None:
    with pytest.raises(OSError, match="No space"):
        write_stream(known, form, Full(5_000))  # type: ignore[arg-type] # all that a stream needs
    assert write_stream(known, form, Full(10_000_000)).counts["claims"] == 9  # type: ignore[arg-type] # as above
