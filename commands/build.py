"""Getting reports in: demo, ingest, template."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import SOME_REJECTED, mending, print_answer, stop, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..ingest.pipeline import Summary
    from ..queries.answer import Answer

_SHOWN = 20  # rejected records printed one by one; --format json lists all


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="How to read any other table.",
)
@click.option("--carrier", metavar="NAME", help="Know this file by a name that stays when it moves.")
@click.option("--as", "review", type=click.Choice(["candidate", "accepted"]), default="accepted", help="Review state.")
@click.option("--strict", is_flag=True, help="If any record is bad, commit nothing (exit code 1).")
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Read files in that many processes.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of tables, if they do not tell, e.g. cp1252.")
@click.option("--delimiter", metavar="CHAR", help="What parts the cells of text tables, if they do not tell.")
@click.option("--sheet", metavar="NAME", help="Read this sheet of a workbook alone.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print the summary.",
)
@click.option("--quiet", "-q", is_flag=True, help="No notes on standard error.")
@click.pass_obj
@mending
def ingest(
    folder: Path,
    paths: tuple[str, ...],
    mapping: Path | None,
    carrier: str | None,
    review: str,
    strict: bool,
    dry_run: bool,
    workers: int,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    form: str,
    quiet: bool,
) -> None:
    """Read reports and commit their claims: all of a run or, if it is interrupted, none.

    PATH is a file, a folder, a pattern, a file: address, or - for standard input. Reads Southerly's tables, exchange
    reports (`southerly template`) and IATI activities as they stand, and any CSV, TSV, XLSX or Parquet with --mapping.
    Of reports in prose (PDF, Word, HTML, JATS, Markdown, text) it makes candidates, which count once you accept them
    (`southerly review`).

    Good records go in, bad ones are listed with what was expected (exit code 3).

    \b
    southerly ingest reports/ exchanges.xlsx
    southerly ingest schedule.csv --mapping schedule.yaml
    """
    from ..graph.ledger import Ledger
    from ..ingest.pipeline import Options
    from ..ingest.pipeline import ingest as read

    table = {k: v for k, v in (("encoding", encoding), ("delimiter", delimiter), ("sheet", sheet)) if v}
    options = Options(mapping, carrier, review == "candidate", strict, dry_run, workers, table)
    summary = read(
        Ledger(folder),
        paths,
        options,
        stdin=sys.stdin.buffer,
        now=datetime.now(UTC),
        progress=None if quiet or not sys.stderr.isatty() else lambda name: tell(f"  read {name}"),
        on_wait=None if quiet else lambda: tell("Waiting for another process to finish writing…"),
    )
    if form == "json":
        click.echo(json.dumps(summary.to_dict(), ensure_ascii=False, indent=2))
    else:
        _print(summary)
    if not quiet:
        _explain(summary)
    if summary.rejected:
        if strict:
            stop("--strict: some records are bad, so nothing was committed.", 1)
        raise SystemExit(SOME_REJECTED)


def _print(summary: Summary) -> None:
    for name, parts in (
        ("records", summary.records),
        ("claims", summary.claims),
        ("reports", summary.reports),
    ):
        counts = [f"{n:,} {part}" for part, n in parts.items() if part != "read"]
        total = f"{parts['read']:,} read = " if "read" in parts else ""
        click.echo(f"{name:<8} {total}{(' + ' if total else ', ').join(counts)}")
    state = f"revision {summary.revision}" if summary.committed else "nothing was committed"
    click.echo(f"{'graph':<8} {state}")


def _explain(summary: Summary) -> None:
    for note in summary.notes:
        tell(f"note: {note}")
    for key in summary.retracted:
        tell(f"note: {key} is retracted, so nothing of it was added; `southerly log` says since when.")
    for bad in summary.rejected[:_SHOWN]:
        where = " ".join(x for x in (bad["carrier"], bad["locator"], bad["field"] and f"({bad['field']})") if x)
        tell(f"set aside: {where}: {bad['found']}")
        tell(f"  expected {bad['expected']}; {bad['hint']}")
    if len(summary.rejected) > _SHOWN:
        tell(f"… and {len(summary.rejected) - _SHOWN} more; --format json lists them all.")


@click.command()
@click.option("--quiet", "-q", is_flag=True, help="No notes on standard error.")
@click.pass_obj
@mending
def demo(folder: Path, quiet: bool) -> None:
    """Build the bundled corpus of real reports and show the first answers.

    Adds to the graph's folder; running it again changes nothing.
    """
    from ..corpus import reports
    from ..graph.identity import Identity
    from ..graph.ledger import Ledger
    from ..graph.view import View
    from ..ingest.pipeline import ingest_corpus
    from ..queries import discover, spread, stats, trace

    ledger = Ledger(folder)
    summary = ingest_corpus(ledger, reports(), now=datetime.now(UTC))
    _print(summary)
    if not quiet:
        _explain(summary)
    known = Identity(View(ledger))
    questions: tuple[tuple[str, Callable[[], Answer]], ...] = (
        ("southerly stats", lambda: stats.stats(known)),
        ('southerly spread "kangaroo care"', lambda: spread.spread(known, "kangaroo care")),
        (
            'southerly trace "Community-oriented primary care" --from China --to USA',
            lambda: trace.trace(known, "Community-oriented primary care", source="China", target="USA"),
        ),
        (
            "southerly discover --origin-income LMIC --adopted-income H --limit 10",
            lambda: discover.discover(known, discover.Wanted("LMIC", "H"), limit=10),
        ),
    )
    for command, ask in questions:
        click.echo()
        click.secho(f"$ {command}", bold=True)
        print_answer(ask(), "table", quiet)
    click.echo()
    if str(folder) != "southerly-graph":
        tell(f"The graph is in {folder}; add --graph {folder} to ask it more.")
    tell("Next: `southerly why ID` for the reports behind any line; `southerly --help` for everything.")


@click.command()
@click.argument("kind", type=click.Choice(["yaml", "xlsx", "csv"]))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to save it.")
@mending
def template(kind: str, output: Path | None) -> None:
    """Print or save an empty exchange report to fill in, then `southerly ingest` it.

    yaml and xlsx hold one exchange report each; csv is a table with one adoption a row.
    """
    from ..ingest.report_template import blank_csv, blank_xlsx, blank_yaml

    if kind == "xlsx":
        target = output or Path("exchange-report.xlsx")
        if target.exists():
            stop(f"{target} is there already; name another file with -o.", 1)
        blank_xlsx(target)
        tell(f"Saved {target}.")
        return
    text = blank_yaml() if kind == "yaml" else blank_csv()
    if output is None:
        click.echo(text, nl=False)
    elif output.exists():
        stop(f"{output} is there already; name another file with -o.", 1)
    else:
        output.write_text(text, encoding="utf-8")
        tell(f"Saved {output}.")
