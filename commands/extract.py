"""From prose to a form to mend: extract."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..exports.target import new_file
from ..graph.errors import SoutherlyError, WrongUse
from .common import FAILED, NOTHING_FOUND, QUIET, SOME_REJECTED, mending, stop, tell

if TYPE_CHECKING:
    from ..ingest.model.run import Reading
    from ..ingest.report_extract import Extract, Report

_SHOWN = 20  # things told one by one; the file lists all


@click.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="The file to write, or for several reports the folder. Default: standard output.",
)
@click.option("--force", is_flag=True, help="Replace files that are there already.")
@click.option("--model", is_flag=True, help="Ask the language model that you configured, in place of the rules.")
@click.option("--yes", "-y", is_flag=True, help="Send the reports to the model without asking first.")
@click.option("--price-in", metavar="N", type=click.FloatRange(0), help="What a million tokens cost that are sent.")
@click.option("--price-out", metavar="N", type=click.FloatRange(0), help="What a million tokens cost that come back.")
@QUIET
@mending
def extract(
    reports: tuple[Path, ...],
    output: Path | None,
    force: bool,
    model: bool,
    yes: bool,
    price_in: float | None,
    price_out: float | None,
    quiet: bool,
) -> None:
    """Read reports in prose and fill in exchange reports to mend, each field beside its sentence.

    REPORT is a PDF, Word, HTML, JATS, Markdown or text file, or a folder of them. Nothing in the file counts until you
    have written `accepted` in it; then `southerly ingest` it in place of the report.

    --model asks any OpenAI-compatible server, if $SOUTHERLY_MODEL_URL and $SOUTHERLY_MODEL name one (its key in
    $SOUTHERLY_MODEL_KEY, or all three in ~/.config/southerly/model.toml). It says what is sent and what it may cost,
    and asks. What the model says is kept only where the report's own words bear it out.

    \b
    southerly extract visit.pdf -o visit.yaml
    southerly extract papers/ -o forms/
    southerly extract visit.docx --model --price-in 0.5 --price-out 1.5 -o visit.yaml
    """
    from ..ingest.report_extract import by_rules, read_report

    targets = _targets(_found(reports), output, reports, force=force)
    read: list[tuple[Report, Path | None]] = []
    failed, claims = 0, 0
    for path, target in targets:
        try:
            report = read_report(path)
            if model:
                read.append((report, target))
            else:
                claims += _write(by_rules(report), target, quiet=quiet)
        except SoutherlyError as error:
            failed += 1
            tell(f"southerly: {error}")
    if failed == len(targets):
        raise SystemExit(FAILED)
    missed = 0
    if read:
        claims, missed = _by_model(read, price_in, price_out, yes=yes, quiet=quiet)
    if failed or missed:
        raise SystemExit(SOME_REJECTED)
    if not claims:
        stop("Nothing was found in these words, so there is nothing to review.", NOTHING_FOUND)


def _by_model(
    reports: list[tuple[Report, Path | None]],
    price_in: float | None,
    price_out: float | None,
    *,
    yes: bool,
    quiet: bool,
) -> tuple[int, int]:
    """Have a model read the reports and write their forms; return how many claims, and parts without an answer."""
    from ..ingest.model.cache import Cache
    from ..ingest.model.endpoint import Client
    from ..ingest.model.run import Spent, plan, read
    from .model import agree, cache_folder, settings_of

    settings = settings_of(price_in, price_out)
    cache = Cache(cache_folder())
    planned = plan(settings.endpoint.model, [report for report, _ in reports], cache)
    agree(planned, settings, yes=yes)
    spent, missed, answered, claims = Spent(), 0, 0, 0
    watched = not quiet and sys.stderr.isatty()
    with closing(Client(settings.endpoint)) as client:
        for (report, parts), (_, target) in zip(planned.reports, reports, strict=True):
            total = len(parts)
            step = (lambda n, of=total, name=report.path.name: tell(f"  {name}: {n} of {of}")) if watched else None
            reading = read(report, parts, client, cache, spent, step)
            missed += len(reading.failed)
            answered += reading.answered
            _explain(report.path, reading)
            if reading.answered:
                claims += _write(reading.extract, target, quiet=quiet)
    if spent.questions and not quiet:
        tell(
            f"{spent.questions:,} answers; the server counted {spent.tokens_in:,} tokens in, {spent.tokens_out:,} out."
        )
    if cache.failed and not quiet:
        tell(f"note: {cache.failed}. Answers were not kept, so another run asks and pays again.")
    if not answered:
        stop("The model answered about no part, so nothing was written.", FAILED)
    return claims, missed


def _explain(path: Path, reading: Reading) -> None:
    """Tell what was refused, by reason, and which parts have no answer."""
    refused = sum(reading.refused.values())
    if refused:
        tell(f"{path.name}: {refused:,} proposals of the model failed the checks; the file lists them at its end:")
        for reason, count in reading.refused.most_common(_SHOWN):
            tell(f"  {count:,} {reason}")
    for place, reason in reading.failed[:_SHOWN]:
        tell(f"set aside: {path.name}, {place}: {reason}")
    if len(reading.failed) > _SHOWN:
        tell(f"… and {len(reading.failed) - _SHOWN} more parts.")
    if reading.failed:
        tell("  expected a list of claims as JSON; run it again: what was answered is kept and not asked again.")


def _write(extract: Extract, target: Path | None, *, quiet: bool) -> int:
    """Write a form, say what it holds, and return of how many claims."""
    if target is None:
        click.echo(extract.text, nl=False)
    else:
        with new_file(target) as out:
            out.write(extract.text)
    filled = extract.filled
    if quiet:
        return filled.claims
    for note in extract.notes:
        tell(f"note: {note}")
    where = f"Wrote {target}: " if target else ""
    aside = f"; {len(filled.aside):,} that the form has no place for are listed at its end" if filled.aside else ""
    tell(f"{where}{filled.claims:,} candidates in {len(filled.items):,} items{aside}.")
    if target and filled.claims:
        tell(f"Nobody has checked them. Mend the file, then: southerly ingest {target}")
    return filled.claims


def _found(reports: tuple[Path, ...]) -> list[Path]:
    """Return the files that were named, and those of prose in the folders that were."""
    from ..ingest.prose.forms import form_of

    found: dict[Path, None] = {}
    for given in reports:
        if given.is_dir():
            inner = [f for f in sorted(given.rglob("*")) if not _hidden(f, given) and form_of(f)]
            if not inner:
                raise SoutherlyError(
                    f"{given}: a folder without reports in prose; expected PDF, Word, HTML, JATS, Markdown or text. "
                    "Name the folder that holds them."
                )
            found |= dict.fromkeys(inner)
        else:
            found[given] = None
    return list(found)


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)


def _targets(
    files: list[Path], output: Path | None, given: tuple[Path, ...], *, force: bool
) -> list[tuple[Path, Path | None]]:
    """Return which file each report goes to. Nothing is read before it is certain that nothing gets lost.

    Raises:
        WrongUse: if several reports have one place to go to.
        SoutherlyError: if a file is there already.

    """
    several = len(files) > 1 or any(path.is_dir() for path in given)
    if several and (output is None or str(output) == "-"):
        raise WrongUse(f"{len(files)} reports and one output; expected a folder for their forms: -o forms/")
    if several and output and output.exists() and not output.is_dir():
        raise WrongUse(f"{output} is a file, and {len(files)} reports are given; expected a folder for their forms")
    if output is None or str(output) == "-":
        return [(files[0], None)]
    if several or output.is_dir():
        targets = list(zip(files, _names(files, output), strict=True))
    else:
        targets = [(files[0], output)]
    for path, target in targets:
        if target.exists() and path.exists() and target.samefile(path):
            raise WrongUse(f"{target} is the report itself; expected another file to write to")
        if target.exists() and not force:
            raise SoutherlyError(
                f"{target} is there already, and may hold your work; expected a new file. Name another with -o, or "
                "replace it with --force. Nothing was changed."
            )
    if several:
        output.mkdir(parents=True, exist_ok=True)
    return [*targets]


def _names(files: list[Path], folder: Path) -> Iterator[Path]:
    """Yield a file for each report: by its name without the ending, with it where two would have the same."""
    stems = [path.stem.lower() for path in files]
    taken: set[str] = set()
    for path in files:
        name = path.name if stems.count(path.stem.lower()) > 1 else path.stem
        number, unique = 1, f"{name}.yaml"
        while unique.lower() in taken:
            number += 1
            unique = f"{name}-{number}.yaml"
        taken.add(unique.lower())
        yield folder / unique
