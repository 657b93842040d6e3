"""Taking things out: export."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import click

from ..exports import FORMATS, write, write_stream
from .common import NOTHING_FOUND, QUIET, choosing, know, mending, stop, tell

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
@click.option("--innovation", metavar="NAME", help="Only this one.")
@click.option("--stamp", is_flag=True, help="Also write revision, date and version inside.")
@choosing(window=True, basis=True)
@QUIET
@click.pass_obj
@mending
def export(
    folder: Path,
    form: str,
    output: Path | None,
    innovation: str | None,
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
    wanted: dict[str, Any] = {
        "innovation": innovation,
        "window": window(since, until),
        "bases": bases_of(basis),
        "stamp": stamp,
    }
    known = know(folder, options)
    if str(path) == "-":
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
        try:
            written = write_stream(known, form, out, **wanted)
        finally:
            out.detach()
    else:
        written = write(known, form, path, **wanted)
    if not quiet:
        held = ", ".join(f"{count} {kind}" for kind, count in written.counts.items())
        instead = ", in place of an earlier one" if written.replaced else ""
        for note in (f"Wrote {path}: {held or 'nothing'}{instead}.", *written.notes):
            tell(note)
    if not written.counts:
        stop("Nothing fits; what was written is empty.", NOTHING_FOUND)
