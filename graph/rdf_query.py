"""A SPARQL query as it is asked: checked before it runs, run by a process that may be killed, its answer streamed.

The default graph is the union of all graphs, unless the query or whoever asks names others (SPARQL 1.1 §13.2). Only
the graph is asked: SERVICE is refused, for Oxigraph would reach out to the network. Updates are no queries.
"""

from __future__ import annotations

import contextlib
import json
import queue
import re
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ..ontology.vocabulary import NAMESPACE as SCHEMES_AT
from ..ontology.vocabulary import SCHEMES
from .errors import SoutherlyError, WrongUse
from .rdf_terms import GRAPHS, PREFIXES, THINGS
from .rdf_tokens import keywords

#: What may be written without being declared: the namespaces of the model, and a prefix for each class of things and
#: each scheme, so that an id such as `country:KEN` and a term such as `direction:reverse` are names in SPARQL.
KNOWN_PREFIXES = {
    **PREFIXES,
    "graph": GRAPHS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "org": "http://www.w3.org/ns/org#",
    "time": "http://www.w3.org/2006/time#",
    **{
        cls: f"{THINGS}{cls}/"
        for cls in (
            *("innovation", "country", "site", "exchange", "adoption", "origin", "transfer", "presence"),
            *("claim", "evidence", "report", "carrier", "reading", "ingester"),
        )
    },
    **{scheme: f"{SCHEMES_AT}{scheme}/" for scheme in SCHEMES},
}

MAX_QUERY = 1 << 20  # characters; the longest that people write have some thousands

_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_PLACE = re.compile(r"^error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)


class Refused(WrongUse):
    """A query that cannot be run; says where in it, what was found, what was expected, what to do."""


class Unacceptable(WrongUse):
    """No format that was asked for can hold the kind of answer that a query has; `kind` is graph, or results."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(f"this query's answer is {kind}, which none of the formats asked for can hold")


class TooCostly(SoutherlyError):
    """A query took more time or memory than it was given."""


class Damaged(SoutherlyError):
    """A store cannot be read."""


class Busy(SoutherlyError):
    """All processes that answer queries are at work."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs that it is asked of (null is what it says itself), and the media types of the answer."""

    query: str
    results: str | None = "application/sparql-results+json"  # of SELECT and ASK; null refuses them
    graph: str | None = "text/turtle"  # of CONSTRUCT and DESCRIBE
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a query. Read `blocks` to the end, or close it: a process waits for it."""

    kind: str  # solutions | boolean | graph
    media: str
    blocks: Iterator[bytes]
    empty: bool = False  # of a graph: whether it says nothing


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may cost."""

    seconds: float = 60.0
    memory: int = 2 << 30  # octets
    processes: int = 2  # queries that run at once


class Asker:
    """Processes that answer queries. Safe to share between threads; `close` ends them."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._idle: queue.LifoQueue[subprocess.Popen[bytes] | None] = queue.LifoQueue()
        for _ in range(self.limits.processes):
            self._idle.put(None)  # started when needed

    def __enter__(self) -> Asker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that are idle; those at work end with their answer."""
        with contextlib.suppress(queue.Empty):
            while True:
                _end(self._idle.get_nowait())

    def ask(self, store: Path, question: Question) -> Reply:
        """Ask a query of a store on disk.

        Raises:
            Refused: if it is no query, uses SERVICE, or is too long.
            Unacceptable: if no format fits its answer.
            TooCostly: if it took too much time or memory before the answer began.
            Busy: if no process was free in time.

        """
        request = _request(store, question, self.limits)
        try:
            process = self._idle.get(timeout=self.limits.seconds)
        except queue.Empty:
            raise Busy("Too many queries are being answered; ask again later.") from None
        if process is None or process.poll() is not None:
            process = self._start()
        try:
            stdin, stdout = _pipes(process)
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
            head = self._line(process, stdout)
        except BaseException:
            self._replace(process)
            raise
        if "error" in head:
            self._idle.put(process)
            raise _mistake(head, question.query)
        return Reply(head["kind"], head["media"], self._blocks(process, stdout), head["empty"])

    def _start(self) -> subprocess.Popen[bytes]:
        script = str(Path(__file__).with_name("rdf_worker.py"))
        return subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, "-P", script, str(self.limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where Rust tells of an allocation that failed
        )

    def _replace(self, process: subprocess.Popen[bytes]) -> None:
        _end(process)
        self._idle.put(None)

    def _blocks(self, process: subprocess.Popen[bytes], stdout: IO[bytes]) -> Iterator[bytes]:
        whole = False
        try:
            while True:
                length = self._length(process, stdout)
                if length < 0:
                    whole = True
                    raise _mistake(self._line(process, stdout), "")
                if length == 0:
                    whole = True
                    return
                block = stdout.read(length)
                if len(block) < length:
                    raise self._death(process)
                yield block
        finally:
            if whole:
                self._idle.put(process)
            else:
                self._replace(process)

    def _length(self, process: subprocess.Popen[bytes], stdout: IO[bytes]) -> int:
        octets = stdout.read(4)
        if len(octets) < 4:
            raise self._death(process)
        return int(struct.unpack(">i", octets)[0])

    def _line(self, process: subprocess.Popen[bytes], stdout: IO[bytes]) -> dict[str, Any]:
        line = stdout.readline()
        if not line.endswith(b"\n"):
            raise self._death(process)
        told: dict[str, Any] = json.loads(line)
        return told

    def _death(self, process: subprocess.Popen[bytes]) -> SoutherlyError:
        """Return what it means that a process ended before its answer did."""
        code = process.wait()
        if code == -signal.SIGALRM:
            return TooCostly(
                f"The query took longer than {self.limits.seconds:g} seconds. Name more of what you look for, "
                "add a LIMIT, or allow more with --timeout."
            )
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return TooCostly(
                f"The query needed more than {self.limits.memory >> 20:,} MB of memory. Name more of what you look "
                "for, or leave out ORDER BY, DISTINCT or a join of two things that share nothing."
            )
        if code == -signal.SIGSEGV:
            return Refused("The query is nested too deeply. Take out braces or brackets that group nothing.")
        return SoutherlyError(f"The process that answers queries ended ({code}). Ask again.")


def _request(store: Path, question: Question, limits: Limits) -> dict[str, Any]:
    if len(question.query) > MAX_QUERY:
        raise Refused(f"The query has {len(question.query):,} characters; expected at most {MAX_QUERY:,}. Split it.")
    words = keywords(question.query)
    if any("SERVICE" in word for word in words):
        raise Refused(
            "The query has a SERVICE clause, which would ask another server; expected a query of this graph alone. "
            "Take the clause out and ask that server itself."
        )
    given = bool(question.default_graphs or question.named_graphs)
    return {
        "store": str(store),
        "query": question.query,
        "prefixes": KNOWN_PREFIXES,
        "shown": {prefix: iri for prefix, iri in KNOWN_PREFIXES.items() if f"{prefix}:" in question.query},
        "union": not given and "FROM" not in words,
        # A dataset that was named holds nothing else (SPARQL 1.1 Protocol §2.1.4).
        "default": list(question.default_graphs) if given else None,
        "named": list(question.named_graphs) if given else None,
        "results": question.results,
        "graph": question.graph,
        "seconds": limits.seconds,
    }


def _mistake(told: dict[str, str], query: str) -> SoutherlyError:
    if told["why"] == "format":
        return Unacceptable(told["error"])
    if told["why"] == "store":
        return Damaged(
            f"The store cannot be read: {told['error']}. Remove the folder rdf-… in the graph and ask again."
        )
    words = keywords(query)
    first = next((word for word in words if word in _UPDATES or word in _FORMS), "")
    if first in _UPDATES:
        return Refused(
            f"The query begins with {first}, which would change the graph; expected SELECT, ASK, CONSTRUCT or "
            "DESCRIBE. What the graph says changes by `southerly ingest`, `judge` and `retract`."
        )
    if found := _PLACE.match(told["error"]):
        line, column = int(found[1]), int(found[2])
        rest = "".join(query.splitlines()[line - 1 : line])[column - 1 :][:40]
        shown = f"“{rest}”" if rest.strip() else "the end of the line"
        return Refused(
            f"The query is not SPARQL 1.1 at line {line}, column {column}: found {shown}; {_expected(found[3])}. "
            "Mend it there or just before."
        )
    return Refused(f"The query cannot be read: {told['error']}. Mend it and ask again.")


def _expected(told: str) -> str:
    """Return in words what the parser expected, without the classes of characters that may go on with a name."""
    items = [
        item.strip() for item in re.sub(r"\[[^\]]*\]", "", told).removeprefix("one of ").split(",") if item.strip()
    ]
    if reason := next((item for item in items if re.search("[a-z] [a-z]", item)), None):
        return reason[0].lower() + reason[1:]
    signs = [item for item in items if not re.search("[a-z|]", item)][:8]
    return f"expected {' or '.join(signs)}" if signs else "expected something else"


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("a process without pipes")
    return process.stdin, process.stdout


def _end(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None:
        process.kill()
        process.wait()
        for pipe in _pipes(process):
            with contextlib.suppress(OSError):
                pipe.close()
