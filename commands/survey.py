"""Questions across the whole graph: discover, flows, reciprocity, outcomes, conflicts, gaps, stats, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import FAILED, answering, know, mending, print_answer, printing, reading

if TYPE_CHECKING:
    from ..queries.answer import Answer


@click.command()
@click.option("--origin-income", metavar="GROUPS", help="Began in L, LM, UM, H or LMIC, by the group of that time.")
@click.option("--adopted-income", metavar="GROUPS", help="Adopted in such a country, by the group of that time.")
@click.option("--origin", metavar="COUNTRY", help="Began here.")
@click.option("--adopter", metavar="COUNTRY", help="Adopted here.")
@click.option("--not-in", metavar="COUNTRY", help="Not adopted here.")
@click.option("--theme", metavar="TERM", help="Practice area, e.g. “mental health”.")
@click.option("--kind", metavar="TERM", help="Kind of innovation, e.g. device.")
@reading(window=True)
@click.pass_obj
@answering([])
def discover(folder: Path | str, since: str | None, until: str | None, limit: int | None, **options: Any) -> Answer:
    """Find innovations by where they began and who took them up.

    Income groups are those of each country in the year concerned. What certainly matches is shown; --possible adds what
    may match.

    \b
    southerly discover --origin-income LMIC --adopted-income H --since 2000
    """
    from ..queries.discover import Wanted
    from ..queries.discover import discover as ask
    from ..queries.filters import window

    known = know(folder, options)
    return ask(known, Wanted(window=window(since, until), **options), limit=limit)


@click.command()
@click.option("--by", type=click.Choice(["country", "region", "income"]), default="country", help="Count between what.")
@reading(window=True, basis=True)
@click.pass_obj
@answering([])
def flows(
    folder: Path | str,
    by: str,
    since: str | None,
    until: str | None,
    basis: str | None,
    limit: int | None,
    **options: Any,
) -> Answer:
    """Count who learns from whom, between countries, regions or income groups."""
    from ..queries.filters import bases_of, window
    from ..queries.flows import flows as ask

    return ask(know(folder, options), by=by, window=window(since, until), bases=bases_of(basis), limit=limit)


@click.command()
@reading(basis=True)
@click.pass_obj
@answering([])
def reciprocity(folder: Path | str, basis: str | None, limit: int | None, **options: Any) -> Answer:
    """Show how far learning goes both ways between two countries (1 fully, 0 one way)."""
    from ..queries.filters import bases_of
    from ..queries.flows import reciprocity as ask

    return ask(know(folder, options), bases=bases_of(basis), limit=limit)


@click.command()
@click.option(
    "--by",
    type=click.Choice(
        [
            "exchange_type", "direction", "cadre", "level", "stage", "mechanism", "enabler", "barrier", "country",
            "innovation", "theme", "exchange", "year",
        ]
    ),
    help="Group by this. Default: all together.",
)  # fmt: skip
@click.option("--innovation", metavar="NAME", help="Only outcomes of this innovation.")
@click.option("--country", metavar="COUNTRY", help="Only outcomes in this country.")
@reading(window=True)
@click.pass_obj
@answering([])
def outcomes(folder: Path | str, since: str | None, until: str | None, limit: int | None, **options: Any) -> Answer:
    """Count what exchanges led to, by mechanism, enabler, barrier, type of exchange and more.

    \b
    southerly outcomes --by mechanism
    """
    from ..queries.filters import window
    from ..queries.outcomes import outcomes as ask

    known = know(folder, options)
    return ask(known, window=window(since, until), limit=limit, **options)


@click.command()
@click.argument("name", required=False)
@reading()
@click.pass_obj
@answering([])
def conflicts(folder: Path | str, name: str | None, limit: int | None, **options: Any) -> Answer:
    """List where reports disagree on dates and origins, and who says what."""
    from ..queries.conflicts import conflicts as ask

    return ask(know(folder, options), name, limit=limit)


@click.command()
@click.argument("country")
@reading()
@click.pass_obj
@answering([])
def gaps(folder: Path | str, country: str, limit: int | None, **options: Any) -> Answer:
    """List what a country has not yet taken up and countries alike have, and whom to ask.

    Alike are countries of the same income group now, or of the same UN subregion; those that are both count twice in
    the score. What the country only considered, or abandoned, is listed with that mark.

    \b
    southerly gaps Kenya
    """
    from ..queries.gaps import gaps as ask

    return ask(know(folder, options), country, limit=limit)


@click.command()
@reading(limit=False)
@click.pass_obj
@answering({})
def stats(folder: Path | str, **options: Any) -> Answer:
    """Count reports, claims, innovations, adoptions, transfers, places and conflicts."""
    from ..queries.stats import stats as ask

    return ask(know(folder, options))


@click.command()
@printing
@click.pass_obj
@mending
def verify(folder: Path, form: str, quiet: bool) -> None:
    """Compare what is kept beside the ledger with the same computed from it now; exit code 1 if anything differs.

    What differs can be deleted: it is computed again when it is next asked for.
    """
    from ..graph.ledger import Ledger
    from ..queries.verify import verify as ask

    answer = ask(Ledger(folder))
    print_answer(answer, form, quiet)
    if answer.to_dict()["differences"]:
        raise SystemExit(FAILED)
