"""The graph as RDF: ask it SPARQL, check it against the shapes, serve it to other programs."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from ..graph.errors import SoutherlyError, WrongUse
from .common import NOTHING_FOUND, QUIET, mending, stop, tell

if TYPE_CHECKING:
    from ..graph.rdf_query import Reply
    from ..graph.rdf_shapes import Violation

_RESULTS = {
    "table": "application/sparql-results+json",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
_GRAPHS = {
    "table": "text/turtle",
    "turtle": "text/turtle",
    "trig": "application/trig",
    "ntriples": "application/n-triples",
    "nquads": "application/n-quads",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
_NO_ROWS = re.compile(rb'"bindings":\[\]|<results></results>|<results ?/>')
_TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds a query may take.",
)
_MEMORY = click.option(
    "--memory", type=click.IntRange(256), default=2048, show_default=True, help="Megabytes a query may take."
)


@click.command()
@click.argument("query", metavar="QUERY|@FILE|-")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(dict.fromkeys([*_RESULTS, *_GRAPHS]))),
    default="table",
    help="How to print it; a table is Turtle where the answer is a graph.",
)
@_TIMEOUT
@_MEMORY
@QUIET
@click.pass_obj
@mending
def sparql(folder: Path, query: str, form: str, timeout: float, memory: int, quiet: bool) -> None:
    """Ask the graph in SPARQL 1.1.

    QUERY is the query itself, @FILE a file with it, or - for standard input. Without FROM it is asked of all graphs at
    once; each report has a graph of its own, graph:fused what they come to, graph:provenance whence it was read. The
    usual prefixes need no PREFIX, and an id is its own name: innovation:friendship-bench, country:KEN.

    Nothing is changed and no other server is asked (no update, no SERVICE). The first query after a change builds the
    store. Exit code 4: no solutions, an empty graph, or the answer no.

    \b
    southerly sparql "SELECT ?to { presence:friendship-bench:ZWE ^sou:learnedFrom+/sou:country ?to }"
    southerly sparql @query.rq --format csv
    southerly sparql "DESCRIBE country:KEN"
    """
    from ..graph.ledger import Ledger
    from ..graph.rdf_query import Limits, Question, Unacceptable
    from ..graph.rdf_store import Projection

    said = None if quiet else lambda: tell("Building the RDF store of this revision…")
    projection = Projection(Ledger(folder), Limits(timeout, memory << 20, 1), said)
    try:
        reply = projection.ask(Question(_text_of(query), _RESULTS.get(form), _GRAPHS.get(form)))
        found = _print_table(reply, quiet) if form == "table" and reply.kind != "graph" else _copy(reply)
    except Unacceptable as error:
        fitting = _GRAPHS if error.kind == "graph" else _RESULTS
        raise WrongUse(f"--format {form}: {error}; expected one of {', '.join(fitting)}.") from None
    finally:
        projection.close()
    if not found:
        if not quiet and reply.kind != "boolean":
            tell("Nothing found.")
        raise SystemExit(NOTHING_FOUND)


def _text_of(query: str) -> str:
    """Return a query that was typed, is in a file, or comes on standard input."""
    from ..graph.rdf_query import MAX_QUERY

    if query != "-" and not query.startswith("@"):
        return query
    limit = 4 * MAX_QUERY
    name = "standard input" if query == "-" else query[1:]
    if query == "-":
        octets = sys.stdin.buffer.read(limit + 1)
    else:
        with Path(query[1:]).open("rb") as file:
            octets = file.read(limit + 1)
    if len(octets) > limit:
        raise WrongUse(f"{name}: found more than {limit:,} octets; expected a query. Split it.")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUse(f"{name}: octet {error.start} is not UTF-8; expected a query in UTF-8. Save it so.") from None


def _copy(reply: Reply) -> bool:
    """Pass an answer on as it comes; return whether it says anything."""
    out: IO[bytes] = sys.stdout.buffer
    head, whole = b"", True
    for number, block in enumerate(reply.blocks):
        head, whole = (block, True) if number == 0 else (head, False)
        out.write(block)
    out.flush()
    if reply.kind == "boolean":
        return b"true" in head
    if reply.kind == "graph":
        return not reply.empty
    one_line = reply.media.startswith("text/") and head.count(b"\n") == 1
    return not (whole and (one_line or _NO_ROWS.search(head)))


def _print_table(reply: Reply, quiet: bool) -> bool:
    from .table import print_table

    told = json.loads(b"".join(reply.blocks))
    if reply.kind == "boolean":
        click.echo("yes" if told["boolean"] else "no")
        return bool(told["boolean"])
    names: list[str] = told["head"]["vars"]
    rows = [{name: _short(row[name]) for name in names if name in row} for row in told["results"]["bindings"]]
    if rows:
        left_out = print_table(rows, names)
        if left_out and not quiet:
            tell(f"No room for: {', '.join(left_out)}. A wider terminal or --format csv shows all.")
    return bool(rows)


def _short(term: dict[str, Any]) -> str:
    """Return a term for people: an address by its prefix, a literal by its words."""
    from ..graph.rdf_query import KNOWN_PREFIXES

    value: str = term["value"]
    if term["type"] == "bnode":
        return f"_:{value}"
    if term["type"] != "uri":
        return value
    fitting = [(iri, prefix) for prefix, iri in KNOWN_PREFIXES.items() if value.startswith(iri)]
    iri, prefix = max(fitting, default=("", ""))
    return f"{prefix}:{value.removeprefix(iri)}" if iri else value


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 is any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address; 0.0.0.0 lets other machines ask too.")
@click.option("--cors", "origins", metavar="ORIGIN", multiple=True, help="Let pages of this origin read the answers.")
@_TIMEOUT
@_MEMORY
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Queries answered at once.")
@QUIET
@click.pass_obj
@mending
def serve(
    folder: Path,
    port: int,
    host: str,
    origins: tuple[str, ...],
    timeout: float,
    memory: int,
    workers: int,
    quiet: bool,
) -> None:
    """Serve the graph to other programs by the SPARQL 1.1 Protocol, until Ctrl-C.

    Answers queries at /sparql; changes nothing. New revisions are seen as they come. Only this machine can ask, unless
    --host says otherwise. Needs the extra: pip install "southerly[serve]".

    \b
    southerly serve
    curl http://127.0.0.1:8765/sparql --data-urlencode "query=SELECT * { ?s a sou:Innovation } LIMIT 3"
    """
    from ..graph.ledger import Ledger
    from ..graph.rdf_query import Limits
    from ..graph.rdf_store import Projection

    try:
        from ..web.server import run
    except ImportError as error:
        raise SoutherlyError(
            f"serve: the package {error.name} is not there; expected the extra “serve”. "
            'Install it with: pip install "southerly[serve]"'
        ) from None
    ledger = Ledger(folder)
    said = None if quiet else lambda: tell("Building the RDF store of this revision…")
    projection = Projection(ledger, Limits(timeout, memory << 20, workers), said)
    projection.path()  # so that the first question need not wait, and a missing graph is told at once
    try:
        run(projection, host, port, origins=origins, ready=lambda address: tell(f"Serving {address} until Ctrl-C."))
    except KeyboardInterrupt:
        tell("Stopped.")
    except OSError as error:
        stop(f"{host}:{port}: {os.strerror(error.errno) if error.errno else error}. Give another --port or --host.", 1)


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE…]", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--report", metavar="KEY", help="Only this report.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to print it.")
@QUIET
@click.pass_obj
@mending
def validate(folder: Path, files: tuple[Path, ...], report: str | None, form: str, quiet: bool) -> None:
    """Check the graph, or somebody else's RDF, against the shapes of the model (SHACL).

    Without FILE, every report's graph is checked, then what they come to; each violation is told with its report and
    its place in the file that it was read from. With FILE (Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML; gzip or
    zstd too), that is checked and the graph left alone.

    Exit code 0: nothing but warnings, if any. 1: there are violations, or a FILE cannot be read. 4: no such report.

    \b
    southerly validate
    southerly validate --report doi:10.1177/0141076817712251
    southerly validate theirs.ttl
    """
    from ..graph.ledger import Ledger
    from ..graph.rdf_shapes import check_file, check_ledger

    found: Iterator[Violation]
    if files:
        if report:
            raise WrongUse("--report names a report of the graph, and FILEs were given; leave one of them out.")
        found = (violation for file in files for violation in check_file(file))
    else:
        progress = (lambda text: tell(f"  {text}")) if sys.stderr.isatty() and not quiet else None
        found = check_ledger(Ledger(folder), report, progress)
    severities: Counter[str] = Counter()
    if form == "json":
        violations = [violation.to_dict() for violation in found]
        click.echo(json.dumps(violations, ensure_ascii=False, indent=2))
        severities.update(str(each["severity"]) for each in violations)
    else:
        for violation in found:
            severities[violation.severity] += 1
            click.echo("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in str(violation)))
    if not quiet:
        counts = ", ".join(f"{n} {severity}{'s' if n > 1 else ''}" for severity, n in sorted(severities.items()))
        tell(f"{counts}." if counts else "All conforms.")
    if severities["violation"]:
        raise SystemExit(1)
