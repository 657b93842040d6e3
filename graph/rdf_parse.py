"""RDF that others wrote, read into a store beside the graph: any syntax, packed or not, within limits.

Another process parses (`rdf_loader`), since a file may be made to crash a parser. What is read lies on disk, so memory
is bounded whatever the file's order.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .errors import SoutherlyError

if TYPE_CHECKING:
    import pyoxigraph as ox

Syntax = Literal["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"]

#: Ending to syntax.
ENDINGS: dict[str, Syntax] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
}
#: Endings of packed files.
PACKED = (".gz", ".zst")

CONTEXT = "https://w3id.org/southerly/context.jsonld"
MAX_TEXT = 16 << 30  # octets
MAX_QUADS = 100_000_000
MAX_RATIO = 200  # text packs 5 to 20 fold
RATIO_FROM = 50 << 20  # octets; a small file may well pack better than text does
_MEMORY = 2 << 30
_BASE = "https://w3id.org/southerly/file/"  # of relative addresses: the file's own names, never fetched
_PACKINGS = ((b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))
_SNIFFED = 1 << 14
_LINES = 1_000_000


class NotRead(SoutherlyError):
    """A file of RDF that cannot be read: where, what was found, what was expected, what to do."""

    def __init__(self, path: Path, where: str, found: str, expected: str, hint: str) -> None:
        self.where, self.found, self.expected, self.hint = where, found, expected, hint
        super().__init__(f"{path}{', ' + where if where else ''}: found {found}; expected {expected}. To do: {hint}.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's statements, in a store that is gone when the block ends."""

    store: ox.Store
    quads: int


def syntax_of(path: Path) -> Syntax | None:
    """Return the syntax of a file, by its ending, else by how it begins; null if it is no RDF that we know."""
    endings = [ending.lower() for ending in path.suffixes]
    if endings and endings[-1] in PACKED:
        endings.pop()
    if endings and (known := ENDINGS.get(endings[-1])):
        return known
    return _sniffed(path) if not endings and path.is_file() else None


@contextmanager
def loaded(path: Path) -> Iterator[Loaded]:
    """Read a file of RDF for the block.

    Raises:
        NotRead: if it is no RDF, is damaged, or goes beyond the limits.

    """
    import pyoxigraph as ox

    syntax = syntax_of(path)
    if syntax is None:
        raise NotRead(path, "", "a file that is no RDF by its ending", f"one of {', '.join(ENDINGS)}", "rename it")
    with tempfile.TemporaryDirectory(prefix="southerly-") as folder:
        store = str(Path(folder) / "rdf")
        request = {
            "path": str(path.resolve()),
            "format": syntax,
            "packing": _packing(path),
            "base": _BASE,
            "contexts": {CONTEXT: str(files("southerly.ontology") / "context.jsonld")},
            "store": store,
            "most": MAX_TEXT,
            "quads": MAX_QUADS,
            "ratio": MAX_RATIO,
            "ratio_from": RATIO_FROM,
            "memory": _MEMORY,
        }
        script = str(Path(__file__).with_name("rdf_loader.py"))
        done = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-P", script],
            input=json.dumps(request).encode() + b"\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        reply: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 and done.stdout else {}
        if "quads" not in reply:
            raise _mistake(path, syntax, reply, done.returncode)
        yield Loaded(ox.Store.read_only(store), reply["quads"])


def _mistake(path: Path, syntax: Syntax, reply: dict[str, Any], code: int) -> NotRead:
    if "refused" in reply:
        return NotRead(path, "", *reply["refused"])
    if "syntax" in reply:
        told = reply["syntax"]
        where = f"line {reply['line']}" if reply["line"] else ""
        if "LoadDocumentCallback" in told:
            return NotRead(
                path,
                where,
                "a context at an address, which would have to be fetched",
                f"a context written out, or {CONTEXT}",
                "put the context into the file",
            )
        found = re.sub(r"^Parser error at line \d+ (between columns \d+ and \d+|column \d+): ", "", told)
        return NotRead(path, where, f"“{found[:200]}”", f"{syntax} that can be parsed", "mend it there, or just before")
    if code in (-signal.SIGSEGV, -signal.SIGABRT):
        return NotRead(
            path,
            "",
            "what takes too much memory to read, or is nested too deeply",
            "statements that can be read one after another",
            "save it as N-Quads or N-Triples",
        )
    return NotRead(path, "", f"an end of the reading process ({code})", "a whole reading", "try again")


def _packing(path: Path) -> str | None:
    with path.open("rb") as file:
        head = file.read(4)
    return next((name for mark, name in _PACKINGS if head.startswith(mark)), None)


def _sniffed(path: Path) -> Syntax | None:
    """Return the syntax of a file without an ending, such as standard input, if its beginning shows one."""
    with path.open("rb") as file:
        head = file.read(_SNIFFED).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"{", b"[")) and b'"@' in head:
        return "jsonld"
    if head.startswith(b"<") and b"<rdf:RDF" in head:
        return "rdfxml"
    first = next((line for line in head.splitlines() if line and not line.startswith(b"#")), b"")
    if re.match(rb"(<[^>]*>|_:\S+)\s+<[^>]*>\s+.*\s(<[^>]*>|_:\S+)\s*\.\s*$", first):
        return "nquads"
    if re.match(rb"(@prefix|@base|PREFIX|BASE)\s|<[a-z]+:[^>]*>\s+<|<[a-z]+:[^>]*>\s+a\s", first, re.IGNORECASE):
        return "trig"
    return None


def line_of(path: Path, name: str) -> int | None:
    """Return the line of a file that first names a node, in full or behind a prefix; null if it is not found so.

    Parsers tell no lines, so this is a help for people, not a promise. Packed files and labels of nodes have none.
    """
    local = re.split(r"[/#]", name)[-1]
    if name.startswith("_:") or not local or _packing(path):
        return None
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if number > _LINES or len(line) > _SNIFFED * 100:
                return None
            if name.encode() in line or re.search(rb"[:#]" + re.escape(local.encode()) + rb"(?![\w-])", line):
                return number
    return None
