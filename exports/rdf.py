"""RDF in its syntaxes, with everything that claims say: N-Quads from the graph's projection, the others from those."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import BinaryIO

from ..graph.rdf_write import CHOSEN, nquads
from .content import Content, Stamp


def write_nquads(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write a named graph a report, the fused view, provenance; then the data set."""
    with closing(_nquads(content, stamp)) as chunks:
        for chunk in chunks:
            out.write(chunk)


def write_trig(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write the same as TriG."""
    _write(content, out, stamp, "trig")


def write_jsonld(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write the same as JSON-LD with short names, its context inside."""
    _write(content, out, stamp, "jsonld")


def write_turtle(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write the union of the graphs as Turtle."""
    _write(content, out, stamp, "turtle")


def write_ntriples(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write the union of the graphs as N-Triples."""
    _write(content, out, stamp, "ntriples")


def write_rdfxml(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write the union of the graphs as RDF/XML."""
    _write(content, out, stamp, "rdfxml")


def _write(content: Content, out: BinaryIO, stamp: Stamp | None, syntax: str) -> None:
    from ..graph.rdf_syntax import write_syntax

    with closing(_nquads(content, stamp)) as chunks:
        write_syntax(chunks, out, syntax)


def _nquads(content: Content, stamp: Stamp | None) -> Generator[bytes | memoryview]:
    return nquads(content.known, relations=CHOSEN, dataset=lambda: content.about(stamp))
