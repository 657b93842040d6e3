"""What commands share: options of reading commands, how answers are printed, and which exit code an error gets."""

from __future__ import annotations

import csv
import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..exports.cells import safe_cell
from ..graph.errors import Ambiguous, NotFound, SoutherlyError, WrongUse

if TYPE_CHECKING:
    from ..graph.identity import Identity
    from ..queries.answer import Answer

FAILED, WRONG_USE, SOME_REJECTED, NOTHING_FOUND = 1, 2, 3, 4
STOPPED = 130  # 128 + SIGINT

_Command = Callable[..., Any]

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "jsonl"]),
    default="table",
    help="How to print it.",
)
QUIET = click.option("--quiet", "-q", is_flag=True, help="No notes on standard error.")
_LIMIT = click.option("--limit", type=click.IntRange(0), help="At most this many.")
_SCOPE = (
    click.option("--as-of", metavar="REVISION|DATE", help="What was known then (see `southerly log`)."),
    click.option(
        "--min-confidence",
        type=click.Choice(["low", "medium", "high"]),
        help="Only claims at least this sure.",
    ),
    click.option(
        "--status",
        "statuses",
        multiple=True,
        type=click.Choice(["actual", "planned", "hypothetical", "negated"]),
        help="Claims of this status, instead of actual ones. May be given again.",
    ),
    click.option("--include-candidates", is_flag=True, help="Also claims that nobody has reviewed yet, marked."),
    click.option("--possible", is_flag=True, help="Also what only possibly matches, marked."),
)
_WINDOW = (
    click.option("--since", metavar="DATE", help="Only what began then or later."),
    click.option("--until", metavar="DATE", help="Only what began then or earlier."),
)
_BASIS = click.option(
    "--basis", type=click.Choice(["stated", "inferred", "assumed"]), help="Only transfers known in this way."
)


def printing(command: _Command) -> _Command:
    """Give a command the options of everything that prints an answer."""
    return _FORMAT(QUIET(command))


def choosing(*, window: bool = False, basis: bool = False, limit: bool = False) -> Callable[[_Command], _Command]:
    """Give a command the options that say which claims count, and what of them is wanted."""
    options = [
        *_SCOPE,
        *(_WINDOW if window else ()),
        *([_BASIS] if basis else []),
        *([_LIMIT] if limit else []),
    ]

    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def reading(*, window: bool = False, basis: bool = False, limit: bool = True) -> Callable[[_Command], _Command]:
    """Give a command the options that reading commands share."""
    choose = choosing(window=window, basis=basis, limit=limit)
    return lambda command: printing(choose(command))


def mending(command: _Command) -> _Command:
    """Turn what can go wrong into a message on standard error and the exit code of the contract."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except (Ambiguous, WrongUse) as error:
            stop(str(error), WRONG_USE)
        except NotFound as error:
            stop(str(error), NOTHING_FOUND)
        except SoutherlyError as error:
            stop(str(error), FAILED)
        except RuntimeError as error:
            if "interrupted" not in str(error).lower():  # so DuckDB says that Ctrl-C came in the midst of a query
                raise
            stop("Stopped.", STOPPED)
        except BrokenPipeError:  # the reader of our output (head, less) has seen enough
            sys.stderr.close()
            raise SystemExit(0) from None
        except OSError as error:
            stop(f"{error.filename or 'the graph'}: {error.strerror or error}. Nothing was changed.", FAILED)

    return run


def tell(text: str) -> None:
    """Print a line on standard error; what a file says, or is called, never moves the reader's terminal."""
    click.echo("".join(c if c.isprintable() else "\ufffd" for c in text), err=True)


def stop(message: str, code: int) -> NoReturn:
    """Print an error and leave with an exit code."""
    tell(f"southerly: {message}")
    raise SystemExit(code)


def know(place: Path | str, options: dict[str, Any]) -> Identity:
    """Open a graph for reading under the scope that the options name; takes those options out.

    A graph on a server stays connected until the command ends.
    """
    from ..graph.identity import Identity
    from ..graph.view import Scope, View

    scope = Scope(
        as_of=options.pop("as_of"),
        statuses=options.pop("statuses") or ("actual",),
        candidates=options.pop("include_candidates"),
        min_confidence=options.pop("min_confidence"),
        possible=options.pop("possible"),
    )
    if isinstance(place, str):
        from ..graph.neo4j_read import parted
        from ..graph.neo4j_read import reading as reading_server
        from .server import address_of

        address = address_of(*parted(place), user=None)
        return Identity(click.get_current_context().with_resource(reading_server(address, scope)))
    from ..graph.ledger import Ledger

    return Identity(View(Ledger(place), scope))


def answering(empty: Any) -> Callable[[_Command], _Command]:
    """Print the answer that a command returns; on nothing found print its empty shape and exit with 4."""

    def decorate(command: _Command) -> _Command:
        @functools.wraps(command)
        def run(*args: Any, form: str, quiet: bool, **options: Any) -> None:
            from ..queries.answer import Answer

            try:
                answer = command(*args, **options)
            except NotFound as error:
                print_answer(Answer(empty, [], ()), form, quiet=True)
                stop(str(error), NOTHING_FOUND)
            print_answer(answer, form, quiet)
            if not answer.found:
                raise SystemExit(NOTHING_FOUND)

        return mending(run)

    return decorate


def print_answer(answer: Answer, form: str, quiet: bool) -> None:
    """Print an answer to standard output in one of the formats, and its notes to standard error."""
    notes = list(answer.notes)
    if form == "json":
        click.echo(json.dumps(answer.data, ensure_ascii=False, indent=2))
    elif form == "jsonl":
        for item in answer.data if isinstance(answer.data, list) else answer.rows:
            click.echo(json.dumps(item, ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows([safe_cell(row.get(c)) for c in answer.columns] for row in answer.rows)
    elif answer.rows:
        from .table import print_table

        left_out = print_table(answer.rows, answer.columns)
        if left_out:
            notes.append(f"No room for: {', '.join(left_out)}. A wider terminal or --format csv shows all.")
    if not answer.found:
        notes.insert(0, "Nothing found.")
    if not quiet:
        for note in notes:
            tell(note)
