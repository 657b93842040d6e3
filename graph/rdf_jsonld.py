"""N-Quads as JSON-LD with short names: our context stands in the file, statement by statement, no statement is kept.

An object is told as shortly as JSON-LD 1.1 lets it come back the same: where the term of its property says the type,
the bare value; else a value object, which overrides what the term says (§4.2.1 and §4.2.2).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, BinaryIO, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ..ontology.ontology_files import ontology_text
from .rdf_terms import PREFIXES, THINGS

_TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"
_BOOLEAN = PREFIXES["xsd"] + "boolean"
_INTEGER = PREFIXES["xsd"] + "integer"
#: Namespaces whose things are values of `@id` by the thousand.
_OURS = (THINGS, "https://w3id.org/southerly/scheme/")
_PLAIN_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what every reader of JSON keeps


def write_jsonld(quads: Iterable[Quad], out: BinaryIO) -> None:
    """Write statements, which lie together by graph and subject, as one document of JSON-LD 1.1."""
    context = json.loads(ontology_text("context.jsonld"))["@context"]
    names = _Names(context)
    out.write(b'{"@context": ' + _json(context) + b',\n"@graph": [')
    for at, node in enumerate(_graphs(quads, names)):
        out.write(b",\n" if at else b"\n")
        out.writelines(node)
    out.write(b"\n]}\n")


def _graphs(quads: Iterable[Quad], names: _Names) -> Iterator[Iterator[bytes]]:
    """Yield the pieces of each graph; of the default graph those of each node."""
    for graph, said in groupby(quads, key=attrgetter("graph_name")):
        nodes = _nodes(said, names)
        if isinstance(graph, DefaultGraph):
            yield from (iter((node,)) for node in nodes)
        else:
            yield _graph(names.address(graph.value), nodes)


def _graph(name: str, nodes: Iterator[bytes]) -> Iterator[bytes]:
    yield b'{"id": ' + _json(name) + b', "@graph": ['
    for at, node in enumerate(nodes):
        yield b",\n  " if at else b"\n  "
        yield node
    yield b"\n]}"


def _nodes(quads: Iterable[Quad], names: _Names) -> Iterator[bytes]:
    for subject, said in groupby(quads, key=attrgetter("subject")):
        node: dict[str, Any] = {"id": names.address(subject.value)}
        for quad in said:
            value = cast(NamedNode | Literal, quad.object)  # our statements have no other objects
            if quad.predicate.value == _TYPE:
                node.setdefault("type", []).append(names.name(value.value))
                continue
            name, told, many = names.told(quad.predicate.value, value)
            if name not in node:
                node[name] = [told] if many else told
            elif isinstance(node[name], list):
                node[name].append(told)
            else:
                node[name] = [node[name], told]
        yield _json(node)


class _Names:
    """What the context calls things."""

    def __init__(self, context: dict[str, Any]) -> None:
        told = {
            name: {"@id": term} if isinstance(term, str) else term for name, term in context.items() if name[0] != "@"
        }
        self._prefixes = {
            term["@id"]: name for name, term in told.items() if term["@id"].endswith(("/", "#")) and ":" in term["@id"]
        }
        self._full = {name: self._expanded(term["@id"], told) for name, term in told.items()}
        self._terms: dict[str, tuple[str, str | None, bool]] = {
            self._full[name]: (
                name,
                self._expanded(term["@type"], told) if "@type" in term else None,
                term.get("@container") == "@set",
            )
            for name, term in told.items()
            # Under a term of JSON a text would be read as JSON, and written anew: our statements keep its very text.
            if term["@id"][0] != "@" and term["@id"] not in self._prefixes and term.get("@type") != "@json"
        }
        self._known: dict[str, str] = {}

    def _expanded(self, name: str, told: dict[str, Any]) -> str:
        prefix, _, rest = name.partition(":")
        return told[prefix]["@id"] + rest if prefix in told and not rest.startswith("//") else name

    def address(self, iri: str) -> str:
        """Return an IRI with a prefix if it has one, as a value of `@id`."""
        for namespace in _OURS:
            rest = iri.removeprefix(namespace)
            if rest and rest != iri and not rest.startswith("//"):
                return f"{self._prefixes[namespace]}:{rest}"
        return iri

    def name(self, iri: str) -> str:
        """Return the name of a class or property."""
        if iri not in self._known:
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            prefix = self._prefixes.get(iri[:cut])
            short = f"{prefix}:{iri[cut:]}" if prefix else iri
            self._known[iri] = self._terms[iri][0] if iri in self._terms else short
        return self._known[iri]

    def told(self, predicate: str, value: NamedNode | Literal) -> tuple[str, Any, bool]:
        """Return a property's name, how an object of it is told, and whether it always has a list."""
        name, type_, many = self._terms.get(predicate, (self.name(predicate), None, False))
        if isinstance(value, NamedNode):
            address = self.address(value.value)
            return name, address if type_ == "@id" else {"id": address}, many
        return name, self._literal(value, type_), many

    def _literal(self, value: Literal, type_: str | None) -> Any:
        if value.language:
            return {"@value": value.value, "@language": value.language}
        kind = value.datatype.value
        if kind == _BOOLEAN and value.value in {"true", "false"} and type_ in {kind, None}:
            return value.value == "true"
        if kind == _INTEGER and type_ in {kind, None} and _PLAIN_INTEGER.fullmatch(value.value):
            return int(value.value)
        if kind == (type_ or _STRING):
            return value.value
        return {"@value": value.value} if kind == _STRING else {"@value": value.value, "@type": self.name(kind)}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
