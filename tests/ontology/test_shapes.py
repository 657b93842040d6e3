"""The shapes let through what follows the ontology, and say of everything else what was expected, and where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pytest
from pyshacl import validate
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SH, Graph, Literal, Node, URIRef
from rdflib.collection import Collection
from southerly.ontology.ontology_files import NAMESPACE, ontology_text
from southerly.ontology.vocabulary import SCHEMES, concept_iri, terms

from .pitfalls import PROPERTY_TYPES, members, ours
from .shape_examples import BROKEN, PREFIXES, SOUND, Broken

SHAPES = "https://w3id.org/southerly/shapes#"
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True, slots=True)
class Result:
    """A line of a report of validation."""

    path: str | None
    message: str
    severity: str


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(data=ontology_text("shapes.ttl"), format="turtle")


@pytest.fixture(scope="module")
def found(shapes: Graph) -> dict[str, list[Result]]:
    """Validate all the examples at once, since each run reads the shapes anew; return the results by thing."""
    data = Graph().parse(data=PREFIXES + SOUND, format="turtle")
    for each in BROKEN:
        data.parse(data=f"{PREFIXES}{each.thing} {each.said} .", format="turtle")
    _, report, _ = validate(data, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    return _results(report, data)


def _results(report: Graph, data: Graph) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = defaultdict(list)
    for node in report.objects(None, SH.result):  # not the results within results
        path, message, severity = (
            report.value(node, each) for each in (SH.resultPath, SH.resultMessage, SH.resultSeverity)
        )
        name = data.namespace_manager.curie(path) if isinstance(path, URIRef) else None
        result = Result(name, str(message), str(severity).rpartition("#")[2])
        found[str(report.value(node, SH.focusNode))].append(result)
    return found


def _address(turtle: str) -> str:
    prefix, _, local = turtle.replace("\\", "").partition(":")
    return {"id": "https://w3id.org/southerly/id/", "ex": "https://example.org/"}[prefix] + local


def test_what_follows_the_ontology_conforms(found: dict[str, list[Result]]) -> None:
    assert set(found) <= {_address(each.thing) for each in BROKEN}


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: f"{each.shape} {each.thing} {each.path}")
def test_what_does_not_is_told_what_was_expected(broken: Broken, found: dict[str, list[Result]]) -> None:
    results = found[_address(broken.thing)]
    assert {(each.path, each.severity) for each in results} == {(broken.path, broken.severity)}
    assert all(each.message.startswith(broken.message) for each in results), results


def test_every_shape_has_an_example_that_breaks_it(shapes: Graph) -> None:
    named = {str(each).removeprefix(SHAPES) for each in shapes.subjects(RDF.type, SH.NodeShape)}
    assert named == {each.shape for each in BROKEN}


def test_the_shapes_are_shacl_core_and_well_formed(shapes: Graph) -> None:
    assert not [each for each in shapes.objects(None, None) if each in (SH.SPARQLTarget, SH.SPARQLConstraint)]
    assert not list(shapes.subject_objects(SH.sparql)) + list(shapes.subject_objects(SH.js))
    conforms, _, text = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_every_shape_says_what_was_expected(shapes: Graph) -> None:
    """So does every property shape but those that an alternative is made of: there the shape around it says it."""
    parts = {each for nodes in (SH["or"], SH.xone) for each in shapes.objects(None, nodes)}
    alternatives = {each for node in parts for each in Collection(shapes, node)}
    within = {each for node in alternatives for each in shapes.objects(node, SH.property)}
    for shape in set(shapes.objects(None, SH.property)) - within:
        messages = list(shapes.objects(shape, SH.message))
        assert len(messages) == 1, shapes.value(shape, SH.path)
        assert str(messages[0]).endswith((".", "…")), messages


def test_the_shapes_speak_of_the_vocabulary(shapes: Graph) -> None:
    vocabulary = Graph().parse(data=ontology_text("southerly.ttl"), format="turtle")
    used = {each for each in shapes.all_nodes() if str(each).startswith(NAMESPACE)}
    assert used <= set(ours(vocabulary, OWL.Class, *PROPERTY_TYPES))
    reused = {each for each in shapes.objects(None, SH.path) if isinstance(each, URIRef)} - used
    assert {each for each in reused if (each, RDF.type, None) not in vocabulary} == {
        RDFS.label,
        RDFS.comment,
        RDF.value,
    }


def test_every_class_of_the_vocabulary_has_a_shape(shapes: Graph) -> None:
    vocabulary = Graph().parse(data=ontology_text("southerly.ttl"), format="turtle")
    shaped = {each for each in shapes.objects(None, SH.targetClass) if str(each).startswith(NAMESPACE)}
    assert set(ours(vocabulary, OWL.Class)) - shaped == {
        URIRef(NAMESPACE + "Place")
    }  # a country or a site, each shaped


def test_values_of_schemes_are_the_concepts_of_the_schemes(shapes: Graph) -> None:
    held = {scheme: [URIRef(concept_iri(scheme, term.label)) for term in terms(scheme)] for scheme in SCHEMES}
    listed = []
    for shape, concepts in shapes.subject_objects(SH["in"]):
        if isinstance(shape, URIRef):
            listed.append(list(Collection(shapes, concepts)))
    wanted = [concepts for scheme, concepts in held.items() if scheme not in {"strength", "weakness"}]
    assert sorted(listed) == sorted(wanted), "a scheme and the list of its concepts in shapes.ttl differ"


def test_no_property_of_claims_is_called_unknown(shapes: Graph) -> None:
    vocabulary = Graph().parse(data=ontology_text("southerly.ttl"), format="turtle")
    (node,) = shapes.objects(URIRef(SHAPES + "ClaimVocabulary"), SH.ignoredProperties)
    claim = URIRef(NAMESPACE + "Claim")
    of_claims: set[Node] = {
        each
        for each in ours(vocabulary, *PROPERTY_TYPES)
        if claim in members(vocabulary, next(vocabulary.objects(each, RDFS.domain)))
    }
    above: set[Node] = {URIRef(NAMESPACE + "factor")}  # what mechanisms, enablers and barriers are; nobody writes it
    assert set(Collection(shapes, node)) == of_claims - above | {
        RDF.type,
        DCTERMS.subject,
        DCTERMS.title,
        PROV.wasDerivedFrom,
    }


def test_a_claim_is_checked_without_the_rest_of_the_graph(shapes: Graph) -> None:
    """So that each report can be checked alone: what a claim points to need not be there."""
    start, end = SOUND.index("id:claim\\/03"), SOUND.index("id:claim\\/04")
    alone = Graph().parse(data=PREFIXES + SOUND[start:end], format="turtle")
    conforms, _, text = validate(alone, shacl_graph=shapes)
    assert conforms, text


def test_deprecated_or_not_every_target_is_named(shapes: Graph) -> None:
    for shape in shapes.subjects(SH.property, None):
        if isinstance(shape, URIRef):
            assert any((shape, target, None) in shapes for target in TARGETS), shape
    assert (None, SH.deactivated, Literal(True)) not in shapes
