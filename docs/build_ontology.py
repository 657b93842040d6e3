"""Writes the reference of the ontology from its own files: classes, properties and schemes, each with what it means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SKOS, Graph, Literal, Node, URIRef
from rdflib.collection import Collection
from southerly.ontology.ontology_files import NAMESPACE, Name, ontology_text
from southerly.ontology.vocabulary import NAMESPACE as SCHEMES

_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
_HOME = "https://w3id.org/southerly/"  # left out of the addresses of examples


@cache
def _graph(*names: Name) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(data=ontology_text(name), format="turtle")
    graph.bind("schema", SDO)
    return graph


def version() -> str:
    """Return a line on each file: what it is, its address and version."""
    lines = ["| file | what | address of this version |", "|---|---|---|"]
    names: tuple[Name, ...] = ("southerly.ttl", "schemes.ttl", "shapes.ttl")
    for name in names:
        graph = _graph(name)
        ontology = graph.value(None, RDF.type, OWL.Ontology)
        what, address = (graph.value(ontology, p) for p in (DCTERMS.description, OWL.versionIRI))
        lines.append(f"| [`{name}`](../../ontology/{name}) | {what} | `{address}` |")
    return "\n".join(lines) + "\n"


def classes() -> str:
    """Return the classes: what each means, what it is a kind of, an example."""
    graph = _graph("southerly.ttl")
    lines = ["| class | means | is a | example |", "|---|---|---|---|"]
    for term in _ours(graph, OWL.Class):
        above = ", ".join(_name(graph, each) for each in sorted(graph.objects(term, RDFS.subClassOf), key=str))
        lines.append(_row(_marked(graph, term), graph.value(term, SKOS.definition), above, _example(graph, term)))
    return "\n".join(lines) + "\n"


def properties() -> str:
    """Return the properties: what each means, whose it is, what values it has, an example."""
    graph = _graph("southerly.ttl")
    lines = ["| property | means | of | value | example |", "|---|---|---|---|---|"]
    for term in sorted(each for kind in _KINDS for each in _ours(graph, kind)):
        meaning = [str(graph.value(term, SKOS.definition))]
        above = sorted(graph.objects(term, RDFS.subPropertyOf), key=str)
        if above:
            meaning.append(f"A kind of {', '.join(_name(graph, each) for each in above)}.")
        inverse = graph.value(term, OWL.inverseOf) or graph.value(None, OWL.inverseOf, term)
        if inverse is not None:
            meaning.append(f"The inverse of {_name(graph, inverse)}.")
        of = ", ".join(_name(graph, each) for each in _members(graph, graph.value(term, RDFS.domain)))
        lines.append(_row(_marked(graph, term), " ".join(meaning), of, _value(graph, term), _example(graph, term)))
    return "\n".join(lines) + "\n"


def reused() -> str:
    """Return the terms of other vocabularies that a graph uses, by vocabulary."""
    graph = _graph("southerly.ttl")
    found: dict[str, list[str]] = {}
    for term, home in sorted(graph.subject_objects(RDFS.isDefinedBy), key=str):
        if isinstance(term, URIRef) and not str(term).startswith((NAMESPACE, SCHEMES)):
            found.setdefault(str(home), []).append(_name(graph, term))
    lines = ["| vocabulary | terms |", "|---|---|"]
    lines += [f"| <{home}> | {', '.join(names)} |" for home, names in sorted(found.items())]
    return "\n".join(lines) + "\n"


def schemes() -> str:
    """Return the schemes: what each is for, and its concepts with their addresses and sources."""
    graph = _graph("schemes.ttl")
    parts = []
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        used = ", ".join(_name(graph, each) for each in sorted(graph.objects(scheme, RDFS.seeAlso), key=str))
        parts += [
            f"### {graph.value(scheme, DCTERMS.title)}\n",
            f"{graph.value(scheme, DCTERMS.description)} Version {graph.value(scheme, OWL.versionInfo)}, "
            f"`{scheme}`{', of ' + used if used else ''}.\n",
            "| concept | means | source |",
            "|---|---|---|",
        ]
        for concept in sorted(graph.subjects(SKOS.inScheme, scheme), key=str):
            source = graph.value(concept, DCTERMS.source)
            name = f"`{str(concept).removeprefix(f'{scheme}/')}`"
            broader = graph.value(concept, SKOS.broader)
            meaning = f"{graph.value(concept, SKOS.prefLabel)}: {graph.value(concept, SKOS.definition)}"
            if broader is not None:
                meaning += f" (counted as {graph.value(broader, SKOS.prefLabel)})"
            parts.append(_row(name, meaning, f"<{source}>" if source else ""))
        parts.append("")
    return "\n".join(parts)


def _ours(graph: Graph, kind: Node) -> Iterator[URIRef]:
    """Yield our own terms of a kind in the order of their names; a deprecated one too."""
    found = (each for each in graph.subjects(RDF.type, kind) if isinstance(each, URIRef))
    yield from sorted(each for each in found if each.startswith(NAMESPACE))


def _marked(graph: Graph, term: URIRef) -> str:
    old = Literal(True) in graph.objects(term, OWL.deprecated)
    return f"{_name(graph, term)}{' (deprecated)' if old else ''}"


def _value(graph: Graph, term: URIRef) -> str:
    """Return what values a property has; those of schemes name the scheme."""
    told = sorted(str(each).removeprefix(SCHEMES) for each in graph.objects(term, RDFS.seeAlso))
    ours = " or ".join(f"`{each}`" for each in told if ":" not in each)
    if (term, RDF.type, RDF.Property) in graph:
        return f"concept{' of ' + ours if ours else ''}, or words"
    kind = ", ".join(_name(graph, each) for each in _members(graph, graph.value(term, RDFS.range)))
    return f"{kind} of {ours}" if ours else kind


def _members(graph: Graph, node: Node | None) -> list[Node]:
    """Return the classes of a union; a class by itself."""
    if node is None:
        return []
    union = graph.value(node, OWL.unionOf)
    return list(Collection(graph, union)) if union is not None else [node]


def _example(graph: Graph, term: URIRef) -> str:
    found = graph.value(term, SKOS.example)
    if found is None:
        return ""
    return str(found) if (term, RDF.type, OWL.Class) in graph else f"`{str(found).removeprefix(_HOME)}`"


def _name(graph: Graph, term: Node) -> str:
    return f"`{term.n3(graph.namespace_manager)}`" if isinstance(term, URIRef) else str(term)


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
