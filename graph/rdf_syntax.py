"""The syntaxes of RDF other than our own N-Quads: read and written again by Oxigraph, statement by statement."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import Literal, NamedNode, RdfFormat, parse, serialize

from .rdf_jsonld import write_jsonld
from .rdf_terms import PREFIXES
from .rdf_write import nquads

if TYPE_CHECKING:
    import rdflib
    from typing_extensions import Buffer

    from .identity import Identity

#: Name to syntax, of those that Oxigraph writes. Those without named graphs hold the union of all.
SYNTAXES = {
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}
_PREFIX = re.compile(rb'^@prefix [^\n]*\n| xmlns:\w+="[^"]*"', re.MULTILINE)
_PULLED = 1 << 18  # bytes read at a time
_HEAD = 1 << 14  # bytes in which all prefixes stand


def write_syntax(chunks: Iterable[bytes | memoryview], out: BinaryIO, syntax: str) -> None:
    """Write N-Quads in another syntax. Memory is constant: no statement is kept."""
    # Not looked through again: they are our own, and tests read them strictly.
    quads = parse(input=io.BufferedReader(_Pulled(chunks), _PULLED), format=RdfFormat.N_QUADS, lenient=True)
    if syntax == "jsonld":
        write_jsonld(quads, out)
        return
    form = SYNTAXES[syntax]
    said = quads if form.supports_datasets else (quad.triple for quad in quads)
    ours = _Mended(out, xml=syntax == "rdfxml")
    serialize(said, ours, form, prefixes=PREFIXES)  # type: ignore[arg-type] # it asks for no more than write and flush
    ours.finish()


def dataset_of(known: Identity) -> rdflib.Dataset:
    """Return the whole graph of a view as an rdflib Dataset whose default graph is the union of all.

    Oxigraph reads it, for rdflib's own reader takes many times as long.
    """
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    iri = cache(lambda address: rdflib.URIRef(address))
    graph = cache(lambda name: dataset.default_graph if name is None else dataset.graph(iri(name)))

    def term(each: NamedNode | Literal) -> rdflib.URIRef | rdflib.Literal:
        if isinstance(each, NamedNode):
            return iri(each.value)
        kind = None if each.datatype.value == PREFIXES["xsd"] + "string" else iri(each.datatype.value)
        return rdflib.Literal(each.value, datatype=kind, normalize=False)

    for quad in parse(input=io.BufferedReader(_Pulled(nquads(known)), _PULLED), format=RdfFormat.N_QUADS, lenient=True):
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else None
        graph(name).add((iri(quad.subject.value), iri(quad.predicate.value), term(quad.object)))
    return dataset


class _Pulled(io.RawIOBase):
    """Chunks of bytes as a file to read from."""

    def __init__(self, chunks: Iterable[bytes | memoryview]) -> None:
        super().__init__()
        self._chunks = iter(chunks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fill a buffer as far as a chunk goes; with nothing at the end."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk).cast("B")
        room = memoryview(buffer).cast("B")
        size = min(len(room), len(self._rest))
        room[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


class _Mended:
    """A file to write to, through which the same statements always give the same bytes, and XML keeps its text.

    Oxigraph gives prefixes in another order each time, and a carriage return as it is, which a reader of XML turns into
    a line feed (XML 1.0 §2.11).
    """

    def __init__(self, out: BinaryIO, *, xml: bool) -> None:
        self._out = out
        self._xml = xml
        self._head: bytes | None = b""  # what is kept back until all prefixes are there; null when they are written

    def write(self, data: bytes) -> int:
        """Write, or keep back."""
        told = data.replace(b"\r", b"&#13;") if self._xml else data
        if self._head is None:
            self._out.write(told)
        else:
            self._head += told
            if len(self._head) > _HEAD:
                self.finish()
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is kept back has its time."""

    def finish(self) -> None:
        """Write what was kept back, its prefixes in order."""
        if self._head is not None:
            ordered = iter(sorted(_PREFIX.findall(self._head)))
            self._out.write(_PREFIX.sub(lambda _: next(ordered), self._head))
            self._head = None
