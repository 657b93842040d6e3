"""The JSON-LD context: short names mean the terms of the ontology, with their datatypes, and nothing is fetched."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyld import jsonld
from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef
from rdflib.compare import to_isomorphic
from southerly.ontology.ontology_files import NAMESPACE, ontology_text

from .pitfalls import PROPERTY_TYPES, ours

CONTEXT: dict[str, Any] = json.loads(ontology_text("context.jsonld"))["@context"]

#: A claim, its evidence and what follows from it. Synthetic.
DOCUMENT: dict[str, Any] = {
    "@context": CONTEXT,
    "@graph": [
        {
            "id": "thing:claim/03",
            "type": ["AdoptionClaim", "Claim"],
            "status": "scheme:claim-status/actual",
            "wasDerivedFrom": "thing:report/url:example.org",
            "innovationSaid": "Synthetic cup",
            "kind": [{"id": "scheme:innovation-kind/device"}, "vessel"],
            "country": "thing:country/KEN",
            "when": "[..1996]",
            "latest": "1996-12-31",
            "domestic": False,
            "stage": {"id": "scheme:adoption-stage/pilot"},
            "partnerSaid": ["P", "Q"],
            "value": "12",
            "extra": {"note": "n"},
        },
        {
            "id": "thing:evidence/03-aa",
            "type": "Evidence",
            "record": 1,
            "hasTarget": {"type": "SpecificResource", "hasSelector": {"type": "CellSelector", "fragment": "Sheet!B2"}},
        },
        {
            "id": "thing:presence/cup:KEN",
            "type": "Presence",
            "learnedFrom": "thing:presence/cup:COL",
        },
        {"id": "thing:country/COL", "type": "Country", "label": "Colombia", "latitude": "4.0"},
    ],
}
MEANING = """
@prefix sou: <https://w3id.org/southerly/ontology#> . @prefix id: <https://w3id.org/southerly/id/> .
@prefix scheme: <https://w3id.org/southerly/scheme/> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:claim\\/03 a sou:AdoptionClaim , sou:Claim ; sou:status scheme:claim-status\\/actual ;
    prov:wasDerivedFrom id:report\\/url:example.org ; sou:innovationSaid "Synthetic cup" ;
    sou:kind scheme:innovation-kind\\/device , "vessel" ; sou:country id:country\\/KEN ;
    sou:when "[..1996]"^^edtf:EDTF ; sou:latest "1996-12-31"^^xsd:date ; sou:domestic false ;
    sou:stage scheme:adoption-stage\\/pilot ; sou:partnerSaid "P" , "Q" ; sou:value "12" ;
    sou:extra "{\\"note\\":\\"n\\"}"^^rdf:JSON .
id:evidence\\/03-aa a sou:Evidence ; sou:record 1 ; oa:hasTarget [ a oa:SpecificResource ;
    oa:hasSelector [ a sou:CellSelector ; rdf:value "Sheet!B2" ] ] .
id:presence\\/cup:KEN a sou:Presence ; sou:learnedFrom id:presence\\/cup:COL .
id:country\\/COL a sou:Country ; rdfs:label "Colombia" ; schema:latitude "4.0"^^xsd:decimal .
"""


def _refuse(url: str, options: dict[str, Any]) -> Any:
    pytest.fail(f"{url} would have been fetched")


def _same(one: Graph, other: Graph) -> bool:
    return bool(to_isomorphic(one) == to_isomorphic(other))


def test_short_names_mean_the_same_to_pyld_and_rdflib() -> None:
    meaning = Graph().parse(data=MEANING, format="turtle")
    quads = jsonld.to_rdf(DOCUMENT, {"format": "application/n-quads", "documentLoader": _refuse})
    by_pyld = Graph().parse(data=quads, format="nt")
    assert _same(by_pyld, meaning)
    assert _same(Graph().parse(data=json.dumps(DOCUMENT), format="json-ld"), meaning)


def test_expanding_and_compacting_give_the_short_names_back() -> None:
    options = {"documentLoader": _refuse}
    expanded = jsonld.expand(DOCUMENT, options)
    back = jsonld.compact(expanded, {"@context": CONTEXT}, options)
    (claim,) = (each for each in back["@graph"] if each["id"] == "thing:claim/03")
    assert claim["when"] == "[..1996]"
    assert claim["country"] == "thing:country/KEN"
    assert claim["partnerSaid"] == ["P", "Q"]
    assert claim["wasDerivedFrom"] == ["thing:report/url:example.org"]
    assert claim["extra"] == {"note": "n"}


def test_every_term_has_a_short_name_with_its_datatype() -> None:
    vocabulary = Graph().parse(data=ontology_text("southerly.ttl"), format="turtle")
    for term in ours(vocabulary, OWL.Class, *PROPERTY_TYPES):
        name = str(term).removeprefix(NAMESPACE)
        said = CONTEXT[name]
        address, type_ = (said, None) if isinstance(said, str) else (said["@id"], said.get("@type"))
        assert address == f"sou:{name}"
        range_ = vocabulary.value(term, RDFS.range)
        if (term, RDF.type, OWL.ObjectProperty) in vocabulary:
            assert type_ == "@id", name
        elif range_ == RDF.JSON:
            assert type_ == "@json", name
        elif (term, RDF.type, OWL.DatatypeProperty) in vocabulary and range_ != XSD.string:
            assert _full(str(type_)) == range_, name
        else:  # classes, words, and what may be a concept or words: which of them, each value says
            assert type_ is None, name


def test_the_other_short_names_are_terms_that_the_vocabulary_knows() -> None:
    vocabulary = Graph().parse(data=ontology_text("southerly.ttl"), format="turtle")
    for name, said in CONTEXT.items():
        address = said if isinstance(said, str) else said["@id"] if isinstance(said, dict) else ""
        if name.startswith("@") or address.startswith("@") or "://" in address:
            continue
        term = _full(address)
        assert (term, RDF.type, None) in vocabulary or str(term).startswith((str(RDF), str(RDFS))), name


def _full(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(CONTEXT[prefix] + local)
