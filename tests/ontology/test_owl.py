"""The vocabulary is one that others can use: it loads anywhere, explains every term and contradicts nothing."""

from __future__ import annotations

import owlrl
import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from southerly.ontology.ontology_files import NAMESPACE, Name, ontology_text
from southerly.ontology.vocabulary import NAMESPACE as SCHEME_NAMESPACE
from southerly.ontology.vocabulary import SCHEMES

from .pitfalls import ours, pitfalls

TURTLE: tuple[Name, ...] = ("southerly.ttl", "schemes.ttl", "shapes.ttl")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")  # how owlrl says that something contradicts

PREFIXES = """
@prefix sou: <https://w3id.org/southerly/ontology#> . @prefix scheme: <https://w3id.org/southerly/scheme/> .
@prefix ex: <https://example.org/> . @prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> .
"""

#: A thing of each kind. Synthetic.
SOUND = """
ex:report a sou:Report ; schema:sameAs ex:report2 .
ex:origin a sou:OriginClaim , sou:Claim ; prov:wasDerivedFrom ex:report ; sou:country ex:colombia ; sou:about ex:cup .
ex:took a sou:AdoptionClaim ; sou:stage scheme:adoption-stage\\/pilot ; sou:channel "by boat" ; sou:about ex:cup ;
    sou:when "[..1996]"^^edtf:EDTF ; sou:latest "1996-12-31"^^xsd:date ; sou:domestic false ;
    sou:mechanism "hearsay" .
ex:met a sou:ExchangeClaim ; sou:hostCountry ex:colombia ; sou:aboutExchange ex:tour ;
    sou:extra "{}"^^rdf:JSON .
ex:led a sou:OutcomeClaim ; sou:adopterCountry ex:kenya ; sou:value "12" .
ex:named a sou:NameClaim ; sou:nameSaid "S-cup" .
ex:evidence a sou:Evidence ; oa:hasBody ex:origin ; oa:hasTarget ex:target ; prov:wasGeneratedBy ex:reading ;
    sou:record 1 .
ex:target a oa:SpecificResource ; oa:hasSource ex:carrier ; oa:hasSelector ex:cell .
ex:cell a sou:CellSelector ; rdf:value "Sheet!B2" .
ex:reading a sou:Reading ; prov:used ex:carrier ; prov:wasAssociatedWith ex:ingester .
ex:carrier a sou:Carrier . ex:ingester a sou:Ingester .
ex:cup a sou:Innovation ; skos:prefLabel "Synthetic cup" ; sou:kind scheme:innovation-kind\\/device .
ex:colombia a sou:Country ; geo:hasGeometry ex:point . ex:point geo:asWKT "POINT(-74 4)"^^geo:wktLiteral .
ex:kenya a sou:Country . ex:alpha a sou:Site ; schema:containedInPlace ex:kenya . ex:tour a sou:Exchange .
ex:cup-col a sou:Presence ; sou:innovation ex:cup ; sou:country ex:colombia .
ex:cup-ken a sou:Presence ; sou:innovation ex:cup ; sou:country ex:kenya ; sou:learnedFrom ex:cup-col .
ex:begun a sou:Origin ; sou:presence ex:cup-col ; sou:place ex:colombia ; sou:contested true .
ex:adopted a sou:Adoption ; sou:presence ex:cup-ken ; sou:place ex:alpha ; prov:wasDerivedFrom ex:took .
ex:hop a sou:Transfer ; sou:from ex:colombia ; sou:to ex:alpha ; sou:adoption ex:adopted ;
    sou:basis scheme:basis\\/stated .
"""

#: What cannot be so, by the thing that it cannot be so of. Synthetic.
BROKEN = {
    "country-and-adoption": "a sou:Country , sou:Adoption",
    "claim-of-two-kinds": "a sou:OriginClaim , sou:NameClaim",
    "activity-and-entity": "a sou:Reading ; prov:wasDerivedFrom ex:report",
    "report-as-innovation": "a sou:Report . ex:about1 a sou:OriginClaim ; sou:about ex:report-as-innovation",
    "site-with-what-a-claim-says": 'a sou:Site ; sou:nameSaid "x"',
    "concept-as-scheme": "a sou:Innovation , skos:ConceptScheme",
    "country-as-its-point": "a sou:Country ; geo:hasGeometry ex:country-as-its-point",
    "country-and-site": "a sou:Country , sou:Site",
    "exchange-as-adoption": "a sou:Exchange . ex:hop1 a sou:Transfer ; sou:adoption ex:exchange-as-adoption",
    "presence-learned-from-a-country": "a sou:Country . ex:there sou:learnedFrom ex:presence-learned-from-a-country",
}


def vocabulary() -> Graph:
    return Graph().parse(data=ontology_text("southerly.ttl"), format="turtle")


@pytest.fixture(scope="module")
def told() -> Graph:
    """Return the vocabulary with its schemes."""
    return vocabulary().parse(data=ontology_text("schemes.ttl"), format="turtle")


@pytest.fixture(scope="module")
def closure() -> Graph:
    """Return what OWL 2 RL makes of the vocabulary, sound data and data that cannot be so; made once, since it is slow.

    Of the schemes, only what a reasoner can contradict goes in.
    """
    graph = vocabulary()
    schemes = Graph().parse(data=ontology_text("schemes.ttl"), format="turtle")
    for told in (RDF.type, SKOS.inScheme, SKOS.topConceptOf, SKOS.hasTopConcept, SKOS.broader):
        for triple in schemes.triples((None, told, None)):
            graph.add(triple)
    broken = "".join(f"ex:{name} {said} .\n" for name, said in BROKEN.items())
    graph.parse(data=PREFIXES + SOUND + broken, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


@pytest.mark.parametrize("name", TURTLE)
def test_rdflib_and_oxigraph_read_the_same(name: Name) -> None:
    by_rdflib = Graph().parse(data=ontology_text(name), format="turtle")
    store = pyoxigraph.Store()
    store.load(ontology_text(name).encode(), format=pyoxigraph.RdfFormat.TURTLE)
    assert len(by_rdflib) == len(store) > 100


@pytest.mark.parametrize("name", TURTLE)
def test_each_file_has_a_version(name: Name) -> None:
    graph = Graph().parse(data=ontology_text(name), format="turtle")
    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    version = str(graph.value(ontology, OWL.versionInfo))
    assert version.count(".") == 2
    assert graph.value(ontology, OWL.versionIRI) == URIRef(f"{str(ontology).removesuffix('/')}/{version}")
    assert (ontology, OWL.imports, None) not in graph  # nothing is loaded over a network


def test_the_vocabulary_falls_into_no_pitfall(told: Graph) -> None:
    assert pitfalls(told) == []


@pytest.mark.parametrize(
    ("said", "pitfall"),
    [
        ("sou:Adoption rdfs:label 'another'@en", "Adoption has no one English label"),
        ("sou:new a owl:ObjectProperty ; rdfs:label 'new'@en", "new has no one English definition"),
        ("sou:place rdfs:range sou:Nowhere", "https://w3id.org/southerly/ontology#Nowhere is used and not declared"),
        ("sou:Cup ex:likes sou:Site", "https://example.org/likes is used and not declared"),
        ("sou:New_class a owl:Class", "New_class is not in PascalCase"),
        ("sou:adoptION a owl:ObjectProperty", "adoption is 2 terms that differ in case alone"),
        ("sou:when a owl:ObjectProperty", f"{NAMESPACE}when is at once ObjectProperty and DatatypeProperty"),
        ("sou:new a owl:DatatypeProperty", "new has no one domain"),
        ("sou:new a owl:DatatypeProperty ; rdfs:range sou:Site", "new has values of another sort than its range"),
        ("sou:kind rdfs:range xsd:string", "kind does not say that its values are concepts or literals"),
        ("sou:place owl:inverseOf sou:place", "place is the inverse of itself"),
        ("sou:taught owl:inverseOf sou:learnedFrom", "learnedFrom has its inverse declared twice"),
        ("sou:adoption owl:inverseOf sou:place", "adoption and place are no inverses by domain and range"),
        ("prov:Entity rdfs:subClassOf sou:OriginClaim", "Claim is above itself by subClassOf"),
        ("scheme:basis\\/stated skos:broader scheme:basis\\/stated", "stated is above itself by broader"),
        ("sou:Cup a owl:Class", "Cup is a class that no property uses, or wrongly listed as one"),
        ("sou:rule owl:deprecated true", "rule is deprecated and does not say since when and why"),
    ],
)
def test_a_pitfall_would_be_noticed(told: Graph, said: str, pitfall: str) -> None:
    broken = Graph() + told
    assert pitfall in pitfalls(broken.parse(data=f"{PREFIXES}{said} .", format="turtle"))


def test_every_scheme_says_what_it_is_for_and_who_has_its_values(told: Graph) -> None:
    properties = set(ours(told, OWL.ObjectProperty, RDF.Property))
    for name in SCHEMES:
        scheme = URIRef(SCHEME_NAMESPACE + name)
        assert told.value(scheme, URIRef("http://purl.org/dc/terms/description")), name
        assert told.value(scheme, OWL.versionInfo), name
        users = {each for each in properties if (each, RDFS.seeAlso, scheme) in told}
        assert users == {each for each in told.objects(scheme, RDFS.seeAlso) if str(each).startswith(NAMESPACE)}, name
        assert users or name in {"practice-area", "strength", "weakness"}  # of dcterms:subject, and of no property


def test_owl_rl_finds_just_what_cannot_be_so(closure: Graph) -> None:
    errors = [str(each) for each in closure.objects(None, ERROR)]
    for name in BROKEN:
        assert any(f"https://example.org/{name}" in error for error in errors), name
    unexplained = [each for each in errors if not any(f"https://example.org/{name}" in each for name in BROKEN)]
    assert unexplained == []


def test_owl_rl_infers_what_the_vocabulary_means(closure: Graph) -> None:
    prov, ex = "http://www.w3.org/ns/prov#", "https://example.org/"
    for subject, predicate, object_ in (
        ("cup-col", NAMESPACE + "taught", ex + "cup-ken"),
        ("cup-ken", prov + "wasInfluencedBy", ex + "cup-col"),
        ("alpha", str(RDF.type), NAMESPACE + "Place"),
        ("colombia", str(RDF.type), prov + "Location"),
        ("adopted", prov + "atLocation", ex + "alpha"),
        ("origin", str(RDF.type), prov + "Entity"),
        ("tour", str(RDF.type), prov + "Activity"),
        ("cup", str(RDFS.label), None),
        ("took", NAMESPACE + "factor", None),
    ):
        wanted = URIRef(object_) if object_ else None
        assert (URIRef(ex + subject), URIRef(predicate), wanted) in closure, f"{subject} {predicate} {object_}"
    assert (URIRef(ex + "begun"), RDF.type, URIRef(NAMESPACE + "Adoption")) not in closure
    assert (URIRef(ex + "origin"), RDF.type, URIRef(NAMESPACE + "Adoption")) not in closure
