"""The Turtle export, opened by rdflib."""

from __future__ import annotations

from datetime import date
from typing import Any

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, SKOS, VOID
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.ontology.vocabulary import concept_iri
from southerly.queries.stats import stats

OURS = Namespace("https://w3id.org/southerly/ontology#")
THINGS = Namespace("https://w3id.org/southerly/id/")
STATED = THINGS["transfer/synthetic-cup:KEN:alpha-hospital:from:COL:stated"]


def test_counts_are_those_of_stats(graph: Ledger, known: Identity, exported: Any) -> None:
    rdf = Graph().parse(exported(graph, "turtle")[0], format="turtle")
    numbers = stats(known).data
    found = {
        name: len(set(rdf.subjects(RDF.type, cls)))
        for name, cls in {
            "innovations": OURS.Innovation,
            "adoptions": OURS.Adoption,
            "transfers": OURS.Transfer,
            "sites": OURS.Site,
            "claims": OURS.Claim,
            "reports": DCTERMS.BibliographicResource,
        }.items()
    }
    assert found == {
        **{name: numbers[name] for name in ("innovations", "adoptions", "sites", "reports")},
        "transfers": sum(numbers["transfers"].values()),
        "claims": sum(numbers["claims"].values()),
    }


def test_a_transfer_leads_to_its_places_terms_claims_and_reports(graph: Ledger, exported: Any) -> None:
    rdf = Graph().parse(exported(graph, "turtle")[0], format="turtle")
    assert rdf.value(STATED, OURS["from"]) == THINGS["country/COL"]
    assert rdf.value(STATED, OURS["to"]) == THINGS["site/KEN:alpha-hospital"]
    assert rdf.value(STATED, OURS.basis) == URIRef(concept_iri("basis", "stated"))
    assert rdf.value(STATED, OURS.direction) == URIRef(concept_iri("direction", "south-south"))
    assert rdf.value(STATED, OURS.earliest) == Literal(date(1995, 1, 1))
    when = rdf.value(STATED, OURS.when)
    assert (str(when), getattr(when, "datatype", None)) == ("1995", URIRef("http://id.loc.gov/datatypes/edtf/EDTF"))
    claims = set(rdf.objects(STATED, PROV.wasDerivedFrom))
    reports = {report for claim in claims for report in rdf.objects(claim, PROV.wasDerivedFrom)}
    assert len(claims) == 2
    assert {str(rdf.value(report, DCTERMS.title)) for report in reports} == {"Synthetic report A", "Synthetic report B"}
    cup = THINGS["innovation/synthetic-cup"]
    assert rdf.value(cup, SKOS.prefLabel) == Literal("Synthetic cup")
    assert rdf.value(cup, SKOS.altLabel) == Literal("S-cup")


def test_an_undated_transfer_has_no_date_at_all(graph: Ledger, exported: Any) -> None:
    rdf = Graph().parse(exported(graph, "turtle")[0], format="turtle")
    assumed = THINGS["transfer/synthetic-cup:UGA:from:COL:origin"]
    assert rdf.value(assumed, OURS.rule) == Literal("origin")
    assert not [p for p in (OURS.when, OURS.earliest, OURS.latest) if rdf.value(assumed, p)]


def test_the_dataset_says_its_digest_and_licences(graph: Ledger, exported: Any) -> None:
    path, written = exported(graph, "turtle")
    rdf = Graph().parse(path, format="turtle")
    (dataset,) = rdf.subjects(RDF.type, VOID.Dataset)
    assert rdf.value(dataset, OURS.digest) == Literal(written.digest)
    rights = {str(o) for o in rdf.objects(dataset, URIRef("http://purl.org/dc/elements/1.1/rights"))}
    assert rights == {"1 reports: CC BY 4.0", "2 reports: not stated"}
