"""A process that reads a file of RDF into an Oxigraph store on disk: a file that crashes a parser ends nothing else.

Run as a script of its own (`python -P rdf_loader.py`), so it imports nothing of ours. The request is a line of JSON on
standard input, the reply one on standard output. Nothing that the file names is fetched.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

_HEAD = 1 << 16
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


class _RefusedError(Exception):
    """The file is not read: what was found, what was expected, what to do."""


class _Source:
    """A file as octets to read from, unpacked within limits."""

    def __init__(self, request: dict[str, Any]) -> None:
        self._packed, self._limits = request["packing"], request
        self._raw = Path(request["path"]).open("rb")  # noqa: SIM115 - read to its end, then the process ends
        self._file: IO[bytes] = self._raw
        if self._packed:
            import pyarrow as pa

            self._file = pa.CompressedInputStream(pa.PythonFile(self._raw, mode="r"), self._packed)
        self._total, self._tail = 0, b""
        self._xml = request["format"] == "rdfxml"
        self._ahead = b""
        if request["format"] == "jsonld":
            self._ahead = _with_context(self._more(_HEAD), request["contexts"])

    def read(self, size: int = -1) -> bytes:
        """Return some octets, none at the end."""
        if self._ahead:
            size = len(self._ahead) if size < 0 else size
            octets, self._ahead = self._ahead[:size], self._ahead[size:]
            return octets
        return self._more(size)

    def _more(self, size: int) -> bytes:
        try:
            octets = self._file.read(size)
        except OSError as error:
            raise _RefusedError("a packed file that is damaged", "a whole one", f"copy it again ({error})") from None
        self._total += len(octets)
        most = self._limits["most"]
        if self._total > most:
            raise _RefusedError(
                f"more than {most >> 20:,} MB of text", "less", "split it, or import N-Quads a part at a time"
            )
        ratio, ratio_from = self._limits["ratio"], self._limits["ratio_from"]
        if self._packed and self._total > max(ratio_from, ratio * self._raw.tell()):
            raise _RefusedError(
                f"a packed file that unpacks to more than {ratio} times its size",
                "text, which packs 5 to 20 fold",
                "unpack it yourself, if you trust it",
            )
        if self._xml:
            if _DOCTYPE.search(self._tail + octets):
                raise _RefusedError(
                    "a document type or entities", "RDF/XML without them", "write every value out, or save it as Turtle"
                )
            self._tail = octets[-16:]
        return octets


def _with_context(head: bytes, contexts: dict[str, str]) -> bytes:
    """Return the beginning of JSON-LD with our own context in place of its address, which would have to be fetched."""
    for address, path in contexts.items():
        said = re.escape(json.dumps(address).encode())
        found = re.search(rb'("@context"\s*:\s*(?:\[\s*)?)' + said, head)
        if found:
            context = json.dumps(json.loads(Path(path).read_bytes())["@context"]).encode()
            return head[: found.end(1)] + context + head[found.end() :]
    return head


def _quads(request: dict[str, Any], count: list[int]) -> Iterator[ox.Quad]:
    most = request["quads"]
    source = cast("IO[bytes]", _Source(request))
    base = request["base"] if request["format"] in ("turtle", "trig", "rdfxml", "jsonld") else None
    for quad in ox.parse(source, _FORMATS[request["format"]], base_iri=base):
        if isinstance(quad.object, ox.Triple):
            raise _RefusedError("a triple that speaks of a triple", "RDF 1.1", "say it with a node of its own")
        count[0] += 1
        if count[0] > most:
            raise _RefusedError(f"more than {most:,} statements", "fewer", "split the file")
        yield quad


def main() -> None:
    """Read the file that standard input names."""
    request = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_DATA, (request["memory"], request["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    count = [0]
    reply: dict[str, Any]
    try:
        store = ox.Store(request["store"])
        store.bulk_extend(_quads(request, count))
        store.flush()
        reply = {"quads": count[0]}
    except _RefusedError as refused:
        reply = {"refused": list(refused.args)}
    except SyntaxError as error:
        reply = {"syntax": str(error.msg), "line": error.lineno}
    except (ValueError, OSError, RuntimeError) as error:
        reply = {"syntax": str(error), "line": None}
    sys.stdout.write(json.dumps(reply) + "\n")


if __name__ == "__main__":
    main()
