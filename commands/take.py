"""Taking things out: export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ..exports import FORMATS, Wanted, write, write_stream
from .common import NOTHING_FOUND, QUIET, STOPPED, choosing, know, mending, stop, tell

_FORMATS_HELP = "\n".join(f"    {name:8}  {form.what}" for name, form in FORMATS.items())


@click.command(
    help=f"""Write diffusion networks and their sources for other tools.

    \b
{_FORMATS_HELP}

    Places are nodes with all that was adopted there; each transfer is an edge with its innovation, dates, basis,
    direction and claims. The same claims, judgements and filters give the same bytes: a digest and the filters stand
    inside, revision and date in FILE.provenance.json beside it. An earlier FILE is replaced as a whole, and stays as it
    was if anything fails.

    \b
    southerly export graphml -o spread.graphml --innovation "kangaroo care" --basis stated
    southerly export csv --country Kenya --country UGA --min-reports 2
    southerly export bibtex
    """
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to; - is standard output. Default: southerly with the format's ending, here.",
)
@click.option("--innovation", metavar="NAME", multiple=True, help="Only this one. May be given again.")
@click.option(
    "--country",
    metavar="COUNTRY",
    multiple=True,
    help="Only adoptions there, and transfers from or to there: a name or an ISO code. May be given again.",
)
@click.option("--origin-income", metavar="GROUP", help="Only what began in such countries, e.g. LMIC, L, LM, UM, H.")
@click.option("--adopted-income", metavar="GROUP", help="Only adoptions in such countries, by the group of that time.")
@click.option(
    "--min-reports",
    metavar="N",
    type=click.IntRange(1),
    help="Only adoptions, and transfers, that at least N reports support.",
)
@click.option("--stamp", is_flag=True, help="Also write revision, date and version inside.")
@choosing(window=True, basis=True)
@QUIET
@click.pass_obj
@mending
def export(
    folder: Path,
    form: str,
    output: Path | None,
    innovation: tuple[str, ...],
    country: tuple[str, ...],
    origin_income: str | None,
    adopted_income: str | None,
    min_reports: int | None,
    stamp: bool,
    since: str | None,
    until: str | None,
    basis: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Write an export and say on standard error what it holds."""
    from ..queries.filters import bases_of, window

    path = output or Path(FORMATS[form].name)
    wanted: Wanted = {
        "innovation": innovation,
        "window": window(since, until),
        "bases": bases_of(basis),
        "countries": country,
        "origin_income": origin_income,
        "adopted_income": adopted_income,
        "min_reports": min_reports,
    }
    known = know(folder, options)
    with _stoppable("What was written is not whole." if str(path) == "-" else f"An earlier {path} is as it was."):
        if str(path) == "-":
            written = write_stream(known, form, sys.stdout.buffer, stamp=stamp, **wanted)
        else:
            written = write(known, form, path, stamp=stamp, **wanted)
    if not quiet:
        held = ", ".join(f"{count} {kind}" for kind, count in written.counts.items())
        instead = ", in place of an earlier one" if written.replaced else ""
        for note in (f"Wrote {path}: {held or 'nothing'}{instead}.", *written.notes):
            tell(note)
    if not written.counts:
        stop("Nothing fits; what was written is empty.", NOTHING_FOUND)


@contextmanager
def _stoppable(left: str) -> Iterator[None]:
    """Say after Ctrl-C what is left, and exit as a process that the signal ended."""
    try:
        yield
    except KeyboardInterrupt:
        stop(f"Stopped. {left}", STOPPED)
    except RuntimeError as error:
        if "interrupted" not in str(error).lower():  # so DuckDB says it in the midst of a query
            raise
        stop(f"Stopped. {left}", STOPPED)
