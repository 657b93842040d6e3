"""Nodes of a store of RDF by name, whatever graphs they are spoken of in: what is said of each, and who names it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from ..ontology.vocabulary import SCHEMES, concept_iri, terms
from .rdf_terms import THINGS

if TYPE_CHECKING:
    from typing import TypeAlias

    Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_BLANK = "_:"


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """An object of a statement: the name of a node, or the text of a literal."""

    text: str
    is_node: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A subject with what is said of it, by property; values by code point."""

    name: str  # address, or a label behind `_:`
    said: dict[str, list[Value]] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether it has no address, so that its label is another next time."""
        return self.name.startswith(_BLANK)

    def texts(self, iri: str) -> list[str]:
        """Return the values of a property as text."""
        return [value.text for value in self.said.get(iri, [])]

    def text(self, iri: str) -> str | None:
        """Return the least value of a property as text; null if it has none."""
        return next(iter(self.texts(iri)), None)


class Nodes:
    """The nodes of a store."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def node(self, name: str) -> Node:
        """Return a node; nothing is said of one that the store does not know."""
        said: dict[str, set[Value]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(_subject(name), None, None, None):
            said[quad.predicate.value].add(value_of(quad.object))
        return Node(name, {iri: sorted(values) for iri, values in said.items()})

    def naming(self, iri: str, name: str) -> Iterator[str]:
        """Yield the names of the nodes of which a property says this node; one may come again."""
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(iri), _subject(name), None):
            yield name_of(quad.subject)

    def graphs(self, name: str, iri: str) -> set[str]:
        """Return the named graphs in which a property is said of a node."""
        quads = self.store.quads_for_pattern(_subject(name), ox.NamedNode(iri), None, None)
        return {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}


def value_of(term: Term) -> Value:
    """Return a term as a value."""
    if isinstance(term, ox.Literal):
        return Value(term.value, is_node=False)
    return Value(name_of(term), is_node=True)


def name_of(term: Term) -> str:
    """Return the name of a node."""
    return f"{_BLANK}{term.value}" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def rest_of(iri: str, cls: str) -> str | None:
    """Return the id of a thing behind the name of its class; null if the address is of no such thing.

    >>> rest_of("https://w3id.org/southerly/id/country/KEN", "country")
    'KEN'
    """
    start = f"{THINGS}{cls}/"
    return unquote(iri[len(start) :]) if iri.startswith(start) else None


def term_of(iri: str, scheme: str) -> str | None:
    """Return the label of the term that an address means; null if the scheme has no such term."""
    return _labels(scheme).get(iri)


def _subject(name: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(name[len(_BLANK) :]) if name.startswith(_BLANK) else ox.NamedNode(name)


@cache
def _labels(scheme: str) -> dict[str, str]:
    return {concept_iri(scheme, term.label): term.label for term in terms(scheme)} if scheme in SCHEMES else {}
