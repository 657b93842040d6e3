"""Checks RDF against the shapes of the model (SHACL, by pySHACL), some thousands of statements at a time.

pySHACL takes its time for each call and keeps all in memory. So small graphs are checked together, large ones in parts,
each with the nodes that it leads to; a result counts where its node was meant. Each is told at its report and at the
place in the file that the report was read from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, unquote

from ..ontology.ontology_files import ontology_text
from .errors import NotFound
from .ledger import Ledger
from .rdf_parse import line_of, loaded
from .rdf_terms import PREFIXES, REPORT_GRAPHS, full

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

    from .rdf_nodes import Nodes

TOGETHER = 5_000  # statements checked in one call
_WHOLE = 50_000  # of one graph; a larger one is checked in parts
_HOPS = 3  # from a claim's evidence to its target and on to the selectors
_SHOWN = 80  # characters of a value


@dataclass(frozen=True, slots=True)
class Violation:
    """What breaks a shape, in four parts: where, what was found, what was expected, what to do next."""

    severity: str  # violation | warning | info
    report: str | None  # key; null outside the graphs of reports
    node: str
    carrier: str | None  # the file that it was read from
    locator: str | None  # and where in it
    field: str | None  # label of the property
    found: str
    expected: str
    hint: str

    def to_dict(self) -> dict[str, str | None]:
        """Return the JSON shape."""
        return {name: getattr(self, name) for name in self.__slots__}

    def __str__(self) -> str:
        place = " ".join(part for part in (self.carrier, self.locator) if part) or self.node
        where = ": ".join(part for part in (self.report, place) if part)
        return (
            f"{self.severity}: {where}{f' ({self.field})' if self.field else ''}: found {self.found}\n"
            f"  expected: {self.expected} {self.hint}"
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """Statements to check in one call, and the graph of each node whose results count."""

    quads: list[ox.Quad]
    graphs: dict[str, str]


def check_ledger(
    ledger: Ledger, report: str | None = None, progress: Callable[[str], None] | None = None
) -> Iterator[Violation]:
    """Yield what breaks a shape in the graph of each report, or of one, then in what they come to.

    Raises:
        NoLedger: if there is none.
        NotFound: if there is no such report.

    """
    import pyoxigraph as ox

    from .rdf_nodes import Nodes
    from .rdf_store import Projection

    with closing(Projection(ledger)) as projection:
        store = projection.store()
    if report is not None:
        name = ox.NamedNode(REPORT_GRAPHS + quote(report, safe=":"))
        if not store.contains_named_graph(name):
            raise NotFound(f"There is no report “{report}” in this graph. `southerly search` finds keys of reports.")
        graphs: list[Any] = [name]
    else:
        found = [graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
        # Graphs of reports first, for theirs are the places where something can be mended.
        graphs = sorted(found, key=lambda graph: (not graph.value.startswith(REPORT_GRAPHS), graph.value))
    hint = "Correct it there and ingest it again."
    yield from _checked(Nodes(store), graphs, hint, progress)


def check_file(path: Path) -> Iterator[Violation]:
    """Yield what breaks a shape in a file of RDF, all its graphs together with what names no graph.

    Raises:
        NotRead: if the file is no RDF, is damaged, or goes beyond the limits.

    """
    import pyoxigraph as ox

    from .rdf_nodes import Nodes

    with loaded(path) as found:
        graphs = [ox.DefaultGraph(), *sorted(found.store.named_graphs(), key=str)]
        for each in _checked(Nodes(found.store), graphs, "Correct it there.", None):
            at = line_of(path, each.node)
            where = f"line {at} {each.node}" if at else each.node
            yield _moved(each, str(path), where)


def _moved(violation: Violation, carrier: str, locator: str) -> Violation:
    from dataclasses import replace

    return replace(violation, carrier=carrier, locator=locator)


def _checked(
    nodes: Nodes, graphs: Iterable[Any], hint: str, progress: Callable[[str], None] | None
) -> Iterator[Violation]:
    done = 0
    for part in _parts(nodes.store, graphs):
        done += len(part.quads)
        # Two constraints with one message, such as a pattern and a kind of node, are one thing to mend.
        yield from sorted(set(_results(nodes, part, hint)), key=lambda each: (each.report or "", each.node, str(each)))
        if progress:
            progress(f"checked {done:,} statements")


def _parts(store: ox.Store, graphs: Iterable[Any]) -> Iterator[_Part]:
    """Yield statements to check together: whole small graphs, and large ones node by node."""
    part = _Part([], {})
    for graph in graphs:
        for quads, focus in _pieces(store, graph):
            part.quads.extend(quads)
            part.graphs.update(dict.fromkeys(focus, getattr(graph, "value", "")))
            if len(part.quads) >= TOGETHER:
                yield part
                part = _Part([], {})
    if part.quads:
        yield part


def _pieces(store: ox.Store, graph: Any) -> Iterator[tuple[list[ox.Quad], set[str]]]:
    """Yield a graph's statements with the nodes that they are about; a large graph in several pieces."""
    quads: list[ox.Quad] = []
    large = False
    for _, group in groupby(store.quads_for_pattern(None, None, None, graph), key=lambda quad: quad.subject):
        quads.extend(group)
        if len(quads) >= (TOGETHER if large else _WHOLE):
            large = True
            yield _with_neighbours(store, graph, quads)
            quads = []
    if large:
        yield _with_neighbours(store, graph, quads)
    else:
        yield quads, {_text(quad.subject) for quad in quads}


def _with_neighbours(store: ox.Store, graph: Any, quads: list[ox.Quad]) -> tuple[list[ox.Quad], set[str]]:
    """Return statements, with those of the nodes that they lead to, and the nodes that they are about."""
    about = {quad.subject for quad in quads}
    seen, edge, more = set(about), list(quads), []
    for _ in range(_HOPS):
        reached = {quad.object for quad in edge if not hasattr(quad.object, "datatype")} - seen
        seen |= reached
        edge = [quad for each in reached for quad in store.quads_for_pattern(each, None, None, graph)]
        more.extend(edge)
    return [*quads, *more], {_text(subject) for subject in about}


def _results(nodes: Nodes, part: _Part, hint: str) -> Iterator[Violation]:
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    data = rdflib.Graph()
    for quad in part.quads:
        data.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    _, told, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True)
    if not isinstance(told, rdflib.Graph):
        raise TypeError(f"pySHACL returned {told!r}")  # it does so only where a graph cannot be validated at all
    for result in told.objects(None, SH.result):  # not those inside others: their focus is a value
        focus = told.value(result, SH.focusNode)
        name = f"_:{focus}" if isinstance(focus, rdflib.BNode) else str(focus)
        if name not in part.graphs:
            continue  # a neighbour, which is checked where it belongs
        graph, path, value = part.graphs[name], told.value(result, SH.resultPath), told.value(result, SH.value)
        carrier, locator = _place(nodes, name)
        messages = sorted(str(message) for message in told.objects(result, SH.resultMessage))
        yield Violation(
            severity=str(told.value(result, SH.resultSeverity)).rpartition("#")[2].lower(),
            report=unquote(graph[len(REPORT_GRAPHS) :]) if graph.startswith(REPORT_GRAPHS) else None,
            node=name,
            carrier=carrier,
            locator=locator,
            field=_label(str(path)) if isinstance(path, rdflib.URIRef) else None,
            found="nothing" if value is None or str(value) == str(focus) else f"“{_excerpt(str(value))}”",
            expected=messages[0] if messages else "what the shapes say",
            hint=hint,
        )


def _place(nodes: Nodes, name: str) -> tuple[str | None, str | None]:
    """Return the carrier and the locator of a claim, or of a piece of its evidence."""
    node = nodes.node(name.partition("#")[0])
    if full("sou:Evidence") not in node.texts(full("rdf:type")):
        found = sorted(set(nodes.naming(full("oa:hasBody"), node.name)))
        if not found:
            return None, None
        node = nodes.node(found[0])
    sources = [
        source for at in node.texts(full("oa:hasTarget")) for source in nodes.node(at).texts(full("oa:hasSource"))
    ]
    titles = [title for source in sources for title in nodes.node(source).texts(full("dcterms:title"))]
    return next(iter(titles), None), node.text(full("sou:locator"))


@cache
def _shapes() -> rdflib.Graph:
    return _bundled("shapes.ttl")


@cache
def _labels() -> dict[str, str]:
    from rdflib.namespace import RDFS

    return {str(subject): str(label) for subject, label in _bundled("southerly.ttl").subject_objects(RDFS.label)}


def _bundled(name: Literal["shapes.ttl", "southerly.ttl"]) -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(data=ontology_text(name), format="turtle")


def _label(iri: str) -> str:
    """Return the label of a property of ours, else its short name."""
    if label := _labels().get(iri):
        return label
    return next((f"{p}:{iri[len(ns) :]}" for p, ns in PREFIXES.items() if iri.startswith(ns)), iri)


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _text(term: Any) -> str:
    return f"_:{term.value}" if str(term).startswith("_:") else str(term.value)


def _term(term: Any) -> rdflib.term.Node:
    """Return a term of the store as one of rdflib, literals in the very characters."""
    import rdflib

    if hasattr(term, "datatype"):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype.value == full("xsd:string")
        return rdflib.Literal(
            term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value), normalize=False
        )
    return rdflib.BNode(term.value) if str(term).startswith("_:") else rdflib.URIRef(term.value)
