"""A process that answers SPARQL queries, one after another, and may be killed: Oxigraph cannot stop a query itself.

Run as a script of its own (`python -P rdf_worker.py MEMORY`), so it imports nothing of ours. A request is a line of
JSON on standard input. The reply is a line of JSON, and after a good one blocks of octets, each behind its length; a
block of length 0 ends it, and -1 stands before a line with an error that came in the middle. The kernel ends a query
that takes too long (SIGALRM) or too much memory (an allocation that fails aborts).
"""

from __future__ import annotations

import itertools
import json
import resource
import signal
import struct
import sys
from typing import IO, Any

import pyoxigraph as ox

_BLOCK = 1 << 16
_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


class _Blocks:
    """A file that is written to another in blocks, the first of them after a line that says what follows."""

    def __init__(self, out: IO[bytes], head: dict[str, Any]) -> None:
        self.out, self.head, self.begun = out, head, False
        self.waiting = bytearray()

    def write(self, octets: bytes) -> int:
        """Take octets, and pass a block on when there is one."""
        self.waiting += octets
        if len(self.waiting) >= _BLOCK:
            self._pass_on()
        return len(octets)

    def flush(self) -> None:
        """Do nothing: blocks are passed on when they are full."""

    def close(self) -> None:
        """Pass on what is left, and the end."""
        if self.waiting or not self.begun:
            self._pass_on()
        self.out.write(struct.pack(">i", 0))
        self.out.flush()

    def _pass_on(self) -> None:
        if not self.begun:
            _say(self.out, self.head)
            self.begun = True
        if self.waiting:
            self.out.write(struct.pack(">i", len(self.waiting)) + self.waiting)
            self.waiting.clear()


def main(memory: int) -> None:
    """Answer requests until there are no more."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked; the end of our input ends us
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    path, store = None, ox.Store()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        try:
            if request["store"] != path:
                path, store = None, ox.Store.read_only(request["store"])
                path = request["store"]
        except (OSError, RuntimeError) as error:  # damage, too, is a RuntimeError
            _say(sys.stdout.buffer, {"error": str(error), "why": "store"})
        else:
            _answer(store, request, sys.stdout.buffer)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(store: ox.Store, request: dict[str, Any], out: IO[bytes]) -> None:
    blocks = None
    try:
        found = store.query(
            request["query"],
            prefixes=request["prefixes"],
            use_default_graph_as_union=request["union"],
            default_graph=_names(request["default"]),
            named_graphs=_names(request["named"]),
        )
        kind = _kind(found)
        media = request["graph" if kind == "graph" else "results"]
        triples = iter(found) if isinstance(found, ox.QueryTriples) else iter(())
        first = list(itertools.islice(triples, 1))
        blocks = _Blocks(out, {"kind": kind, "media": media, "empty": kind == "graph" and not first})
        if media is None:
            _say(out, {"error": kind, "why": "format"})
            return
        if isinstance(found, ox.QueryTriples):
            ox.serialize(itertools.chain(first, triples), blocks, _GRAPHS[media], prefixes=request["shown"])  # type: ignore[arg-type] # a writer
        else:
            found.serialize(blocks, _RESULTS[media])  # type: ignore[arg-type] # all that it needs is `write`
        blocks.close()
    except MemoryError:
        raise SystemExit(-signal.SIGABRT) from None
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        if blocks and blocks.begun:
            out.write(struct.pack(">i", -1))
        why = "syntax" if isinstance(error, SyntaxError | ValueError) else "store"
        _say(out, {"error": str(error), "why": why})


def _kind(found: object) -> str:
    if isinstance(found, ox.QueryTriples):
        return "graph"
    return "boolean" if isinstance(found, ox.QueryBoolean) else "solutions"


def _names(iris: list[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def _say(out: IO[bytes], line: dict[str, Any]) -> None:
    out.write(json.dumps(line).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
