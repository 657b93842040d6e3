"""The same graph in Neo4j: push, verify."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import FAILED, mending, print_answer, printing, tell
from .server import address_of

if TYPE_CHECKING:
    from ..graph.identity import Identity

_Command = Callable[..., Any]


def reaching(command: _Command) -> _Command:
    """Give a command the options that say which server, which database and who asks."""
    for option in (
        click.option("--user", metavar="NAME", help="Default: $NEO4J_USERNAME, else the config file's, else neo4j."),
        click.option("--database", metavar="NAME", help="Default: the server's own default database."),
        click.argument("uri", required=False),
    ):
        command = option(command)
    return command


@click.group()
def neo4j() -> None:
    """Keep the same graph in a Neo4j server.

    URI is an address such as neo4j://localhost:7687 or neo4j+s://host; default: $NEO4J_URI. The password is taken from
    $NEO4J_PASSWORD, else from the config file, else asked for on a terminal; it is never an argument.

    \b
    ~/.config/southerly/neo4j.toml, which only you may read (chmod 600):
      ["neo4j://localhost:7687"]
      user = "neo4j"
      password = "…"

    \b
    make neo4j                            # in Southerly's own folder: a server to try it with
    southerly neo4j push neo4j://localhost:7687
    southerly neo4j verify neo4j://localhost:7687
    """


@neo4j.command()
@reaching
@click.option(
    "--into-existing", is_flag=True, help="Although the database holds nodes of others; they stay as they are."
)
@click.option("--replace", is_flag=True, help="Although it holds the graph of another ledger, which then goes.")
@printing
@click.pass_obj
@mending
def push(
    folder: Path,
    uri: str | None,
    database: str | None,
    user: str | None,
    into_existing: bool,
    replace: bool,
    form: str,
    quiet: bool,
) -> None:
    """Bring a Neo4j database to the current revision; only what differs is sent.

    Pushing again is always safe, and finishes a push that was cut off. What others wrote is never touched.
    """
    from ..graph.neo4j_push import push as push_graph
    from ..graph.neo4j_server import connect
    from ..queries.answer import Answer

    address = address_of(uri, database, user)
    say = (lambda _: None) if quiet else tell
    with connect(address, say) as server, _progress(quiet) as progress:
        pushed = push_graph(
            _known(folder),
            server,
            into_existing=into_existing,
            replace=replace,
            on_wait=say,
            on_progress=progress,
        )
    rows = [change.to_dict() for change in pushed.changes]
    written, removed = (sum(row[what] for row in rows) for what in ("written", "removed"))
    note = (
        f"{address} holds revision {pushed.revision} already; nothing was written."
        if pushed.nothing
        else f"Pushed revision {pushed.revision} to {address}: {written} nodes written with what leaves them, "
        f"{removed + pushed.strays} removed."
    )
    data = {"revision": pushed.revision, "written": written, "removed": removed + pushed.strays, "labels": rows}
    print_answer(Answer(data, rows, ("label", "written", "removed", "unchanged"), [note], "Pushed"), form, quiet)


@neo4j.command()
@reaching
@printing
@click.pass_obj
@mending
def verify(folder: Path, uri: str | None, database: str | None, user: str | None, form: str, quiet: bool) -> None:
    """Compare a Neo4j database with the ledger: numbers, ids and hashes of every label and type.

    Ends with 1 if anything differs.
    """
    from ..graph.neo4j_server import connect
    from ..graph.neo4j_verify import verify as verify_graph
    from ..queries.answer import Answer

    address = address_of(uri, database, user)
    with connect(address, tell) as server:
        found = verify_graph(_known(folder), server)
    rows = [compared.to_dict() for compared in found.compared]
    told = [{**row, "same": "yes" if row["same"] else "NO"} for row in rows]
    for row in told:
        row["differs"] = "; ".join(
            f"{what}: {', '.join(row[key])}"
            for key, what in (("missing", "not as here"), ("extra", "only there"))
            if row[key]
        )
    if found.same:
        note = f"{address} holds revision {found.revision} as the ledger has it."
    elif not found.complete:
        there = "is not finished" if found.server_revision in (None, found.revision) else f"is {found.server_revision}"
        note = f"The ledger's revision is {found.revision}, the server's {there}. `southerly neo4j push` mends it."
    else:
        note = f"{address} differs from revision {found.revision}. `southerly neo4j push` mends it."
    data = {
        "revision": found.revision,
        "server_revision": found.server_revision,
        "complete": found.complete,
        "same": found.same,
        "compared": rows,
    }
    print_answer(Answer(data, told, ("name", "ledger", "server", "same", "differs"), [note], "Verified"), form, quiet)
    if not found.same:
        raise SystemExit(FAILED)


def _known(folder: Path) -> Identity:
    from ..graph.identity import Identity
    from ..graph.ledger import Ledger
    from ..graph.view import View

    return Identity(View(Ledger(folder)))


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """Show a progress bar on terminals; elsewhere nothing."""
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _total, _what: None
        return
    with click.progressbar(length=1, file=sys.stderr, item_show_func=lambda label: label or "") as bar:

        def step(done: int, total: int, what: str) -> None:
            bar.length = total
            bar.update(done - bar.pos, what)

        yield step
