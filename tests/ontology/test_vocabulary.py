"""Terms of the vocabularies: phrases find them, and the SKOS file says what the table says."""

from importlib.resources import files

import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef
from southerly.ontology import vocabulary
from southerly.ontology.normal import fold
from southerly.ontology.vocabulary import ADOPTION_STAGES, NAMESPACE, SCHEMES, concept_iri, find_term, terms


@pytest.fixture(scope="module")
def skos() -> Graph:
    return Graph().parse(data=(files("southerly.ontology") / "schemes.ttl").read_text("utf-8"), format="turtle")


@pytest.mark.parametrize(
    ("scheme", "phrase", "term"),
    [
        ("direction", "south-north", "reverse"),
        ("direction", "South–South", "south-south"),
        ("adoption-stage", "piloted", "pilot"),
        ("adoption-stage", "Scaled-up", "scaled"),
        ("adoption-stage", "discontinued", "abandoned"),
        ("innovation-kind", "software", "digital"),
        ("innovation-kind", "workforce model", "workforce"),
        ("channel", "study tour", "learning exchange"),
        ("channel", "ngo replication", "NGO replication"),
        ("exchange-type", "SSLE", "south-south learning exchange"),
        ("outcome-stage", "rolled out", "scaled"),
        ("mechanism", "mind change", "peer-to-peer mind change"),
        ("enabler", "shared vision", "clear shared goal or mission"),
        ("barrier", "varied understanding", "learning goals unclear or generic mission"),
        ("barrier", "opportunity cost", "cost and resource intensity"),
        ("claim-status", "denied", "negated"),
        ("cadre", "Decision-maker", "senior"),
        ("practice-area", "KMC", "newborn care and kangaroo mother care"),
    ],
)
def test_phrases_mean_terms(scheme: str, phrase: str, term: str) -> None:
    assert find_term(scheme, phrase) == term


def test_an_unmapped_phrase_means_none() -> None:
    assert find_term("mechanism", "telepathy") is None
    assert find_term("mechanism", "") is None
    with pytest.raises(KeyError):
        find_term("colour", "red")


def test_near_spellings_are_suggested() -> None:
    assert vocabulary.suggest("adoption-stage", "sustaned") == ["sustained"]
    assert vocabulary.suggest("adoption-stage", "xyzzy") == []


def test_a_phrase_stands_under_one_term_of_its_scheme() -> None:
    for scheme in SCHEMES:
        held = [fold(p) for term in terms(scheme) for p in (term.label, *term.alternatives)]
        assert len(held) == len(set(held)), scheme
        assert all(held), scheme


def test_every_term_is_found_by_its_own_label() -> None:
    for scheme in SCHEMES:
        for term in terms(scheme):
            assert find_term(scheme, term.label) == (term.broader or term.label)
            assert term.definition


def test_stages_are_the_scheme_in_order() -> None:
    assert tuple(term.label for term in terms("adoption-stage")) == ADOPTION_STAGES


def test_the_skos_file_says_what_the_table_says(skos: Graph) -> None:
    told = set()
    for scheme in SCHEMES:
        for term in terms(scheme):
            concept = URIRef(concept_iri(scheme, term.label))
            broader = URIRef(concept_iri(scheme, term.broader)) if term.broader else None
            assert list(skos.objects(concept, SKOS.prefLabel)) == [Literal(term.label, "en")]
            assert set(skos.objects(concept, SKOS.altLabel)) == {Literal(alt, "en") for alt in term.alternatives}
            assert list(skos.objects(concept, SKOS.definition)) == [Literal(term.definition, "en")]
            assert skos.value(concept, DCTERMS.source) == (URIRef(term.source) if term.source else None)
            assert skos.value(concept, SKOS.broader) == broader
            told.add(concept)
    assert set(skos.subjects(RDF.type, SKOS.Concept)) == told


def test_the_skos_file_keeps_the_rules_of_skos(skos: Graph) -> None:
    schemes = {URIRef(NAMESPACE + scheme) for scheme in SCHEMES}
    assert set(skos.subjects(RDF.type, SKOS.ConceptScheme)) == schemes
    for concept in skos.subjects(RDF.type, SKOS.Concept):
        assert len(list(skos.objects(concept, SKOS.prefLabel))) == 1  # S14
        labels = set(skos.objects(concept, SKOS.prefLabel)), set(skos.objects(concept, SKOS.altLabel))
        assert labels[0].isdisjoint(labels[1])  # S13
        (scheme,) = skos.objects(concept, SKOS.inScheme)
        assert scheme in schemes
        top = (concept, SKOS.topConceptOf, scheme) in skos
        assert top == ((scheme, SKOS.hasTopConcept, concept) in skos)  # S8
        assert top != ((concept, SKOS.broader, None) in skos)
