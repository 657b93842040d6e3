"""Readers of RDF that we did not write, for tests: the same statements as the same plain tuples."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

#: subject, property, object as (kind, text, datatype), graph ("" is the default graph)
Quad = tuple[str, str, tuple[str, str, str], str]

STRING = "http://www.w3.org/2001/XMLSchema#string"
FORMS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_RDFLIB = {"jsonld": "json-ld", "ntriples": "nt", "rdfxml": "xml"}


def by_oxigraph(data: bytes, form: str = "nquads") -> list[Quad]:
    """Read strictly."""
    return [
        (
            quad.subject.value,
            quad.predicate.value,
            ("iri", quad.object.value, "")
            if isinstance(quad.object, ox.NamedNode)
            else ("text", quad.object.value, quad.object.datatype.value),
            quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else "",
        )
        for quad in ox.parse(data, format=FORMS[form])
    ]


def by_rdflib(data: bytes, form: str = "nquads") -> list[Quad]:
    """Read with every literal as it stands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        dataset = rdflib.Dataset()
        dataset.parse(data=data, format=_RDFLIB.get(form, form))
        return [quad_of(quad) for quad in dataset.quads()]


def quad_of(quad: Any) -> Quad:
    """Return a statement of an rdflib Dataset."""
    subject, predicate, value, graph = quad
    told = ("iri", str(value), "")
    if isinstance(value, rdflib.Literal):
        told = ("text", str(value), str(value.datatype or STRING))
    name = "" if graph is None else str(getattr(graph, "identifier", graph))
    return str(subject), str(predicate), told, "" if name == str(DATASET_DEFAULT_GRAPH_ID) else name


def triples(quads: list[Quad]) -> set[tuple[Any, ...]]:
    """Return the union of the graphs."""
    return {quad[:3] for quad in quads}
