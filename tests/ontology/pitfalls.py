"""What can be wrong with a vocabulary: pitfalls that ontology engineers look for, each said in a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, Node, URIRef
from rdflib.collection import Collection
from southerly.ontology.ontology_files import NAMESPACE

ONTOLOGY = URIRef(NAMESPACE.removesuffix("#"))
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
_BUILT_IN = (str(RDF), str(RDFS), str(OWL), str(XSD))
_LINKS = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith, OWL.members)


def ours(graph: Graph, *types: Node) -> list[URIRef]:
    """Return the terms of our namespace that have one of these types."""
    found = {each for kind in types for each in graph.subjects(RDF.type, kind) if str(each).startswith(NAMESPACE)}
    return sorted(each for each in found if isinstance(each, URIRef))


def members(graph: Graph, node: Node) -> list[Node]:
    """Return the classes of a union or list; a class by itself."""
    union = graph.value(node, OWL.unionOf) or (node if (node, RDF.first, None) in graph else None)
    return list(Collection(graph, union)) if union is not None else [node]


def pitfalls(graph: Graph) -> list[str]:
    """Return what is wrong with a vocabulary, one line each; nothing if nothing is."""
    checks = (_unexplained, _undeclared, _misnamed, _of_two_sorts, _misused, _inverses, _cycles, _unused, _deprecated)
    return [line for check in checks for line in check(graph)]


def _unexplained(graph: Graph) -> Iterator[str]:
    for term in ours(graph, OWL.Class, *PROPERTY_TYPES):
        for told in (RDFS.label, SKOS.definition):
            texts = list(graph.objects(term, told))
            if (
                len(texts) != 1
                or not isinstance(texts[0], Literal)
                or texts[0].language != "en"
                or not texts[0].strip()
            ):
                yield f"{_local(term)} has no one English {_local(told)}"
        if not list(graph.objects(term, SKOS.example)):
            yield f"{_local(term)} has no example"
        if (term, RDFS.isDefinedBy, ONTOLOGY) not in graph:
            yield f"{_local(term)} does not say where it is defined"


def _undeclared(graph: Graph) -> Iterator[str]:
    used = {each for link in _LINKS for node in graph.objects(None, link) for each in members(graph, node)}
    used |= set(graph.objects(None, SDO.rangeIncludes)) | set(graph.predicates())
    used |= set(graph.objects(None, RDF.type))
    for term in sorted(str(each) for each in used if isinstance(each, URIRef)):
        if not term.startswith(_BUILT_IN) and (URIRef(term), RDF.type, None) not in graph:
            yield f"{term} is used and not declared"
    for term in sorted({str(s) for s in graph.subjects() if str(s).startswith(NAMESPACE)}):
        if (URIRef(term), RDF.type, None) not in graph:
            yield f"{term} has no type"


def _misnamed(graph: Graph) -> Iterator[str]:
    for terms, form, what in (
        (ours(graph, OWL.Class), r"[A-Z][a-zA-Z]*", "PascalCase"),
        (ours(graph, *PROPERTY_TYPES), r"[a-z][a-zA-Z]*", "camelCase"),
    ):
        for term in terms:
            if not re.fullmatch(form, _local(term)):
                yield f"{_local(term)} is not in {what}"
        for name, count in Counter(_local(term).lower() for term in terms).items():
            if count > 1:
                yield f"{name} is {count} terms that differ in case alone"


def _of_two_sorts(graph: Graph) -> Iterator[str]:
    for term in sorted(str(each) for each in set(graph.subjects(RDF.type, None)) if isinstance(each, URIRef)):
        sorts = [sort for sort in (OWL.Class, *PROPERTY_TYPES) if (URIRef(term), RDF.type, sort) in graph]
        if len(sorts) > 1:
            yield f"{term} is at once {' and '.join(_local(sort) for sort in sorts)}"


def _misused(graph: Graph) -> Iterator[str]:
    """Each property has one domain, and one range or, where values are of two sorts, says which."""
    for term in ours(graph, *PROPERTY_TYPES):
        if len(list(graph.objects(term, RDFS.domain))) != 1:
            yield f"{_local(term)} has no one domain"
        ranges = list(graph.objects(term, RDFS.range))
        if (term, RDF.type, RDF.Property) in graph:
            if ranges or set(graph.objects(term, SDO.rangeIncludes)) != {SKOS.Concept, RDFS.Literal}:
                yield f"{_local(term)} does not say that its values are concepts or literals"
        elif len(ranges) != 1:
            yield f"{_local(term)} has no one range"
        elif ((term, RDF.type, OWL.DatatypeProperty) in graph) != _is_datatype(graph, ranges[0]):
            yield f"{_local(term)} has values of another sort than its range"


def _is_datatype(graph: Graph, node: Node) -> bool:
    return str(node).startswith(str(XSD)) or node == RDF.JSON or (node, RDF.type, RDFS.Datatype) in graph


def _inverses(graph: Graph) -> Iterator[str]:
    for one, other in graph.subject_objects(OWL.inverseOf):
        if one == other:
            yield f"{_local(one)} is the inverse of itself"
        if (other, OWL.inverseOf, one) in graph or len(list(graph.objects(one, OWL.inverseOf))) > 1:
            yield f"{_local(one)} has its inverse declared twice"
        domain, range_ = (graph.value(one, each) for each in (RDFS.domain, RDFS.range))
        if domain and range_ and (graph.value(other, RDFS.domain), graph.value(other, RDFS.range)) != (range_, domain):
            yield f"{_local(one)} and {_local(other)} are no inverses by domain and range"


def _cycles(graph: Graph) -> Iterator[str]:
    for link in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader):
        for term in set(graph.subjects(link, None)):
            above = graph.transitive_objects(term, link)
            next(above)  # itself
            if any((each, link, term) in graph for each in above) or (term, link, term) in graph:
                yield f"{_local(term)} is above itself by {_local(link)}"


#: Classes that no property of ours has as domain or range: what they have is said in terms of others.
SPOKEN_OF_BY_OTHERS = {
    "Carrier": "dcterms:title, prov:used",
    "CellSelector": "rdf:value",
    "Ingester": "rdfs:label, prov:wasAssociatedWith",
    "Reading": "prov:used, prov:wasGeneratedBy",
    "Site": "schema:containedInPlace; sou:place has it as a sou:Place",
}


def _unused(graph: Graph) -> Iterator[str]:
    used = {
        each
        for term in ours(graph, *PROPERTY_TYPES)
        for link in (RDFS.domain, RDFS.range)
        for node in graph.objects(term, link)
        for each in members(graph, node)
    }
    for term in ours(graph, OWL.Class):
        if used.isdisjoint(graph.transitive_objects(term, RDFS.subClassOf)) != (_local(term) in SPOKEN_OF_BY_OTHERS):
            yield f"{_local(term)} is a class that no property uses, or wrongly listed as one"


def _deprecated(graph: Graph) -> Iterator[str]:
    for term in graph.subjects(OWL.deprecated, Literal(True)):
        if not list(graph.objects(term, SKOS.changeNote)):
            yield f"{_local(term)} is deprecated and does not say since when and why"


def _local(term: Node) -> str:
    return re.split(r"[#/]", str(term))[-1]
