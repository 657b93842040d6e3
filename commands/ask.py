"""Questions about one thing: search, show, why, origins, spread, trace, curve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import answering, know, reading

if TYPE_CHECKING:
    from ..queries.answer import Answer

_NOTHING: dict[str, Any] = {"id": None, "label": None, "aliases": []}


@click.command()
@click.argument("text")
@reading()
@click.pass_obj
@answering([])
def search(folder: Path | str, text: str, limit: int | None, **options: Any) -> Answer:
    """Find innovations, countries, sites, exchanges and reports by name, and claims by their words.

    \b
    southerly search "milk bank"
    """
    from ..queries.search import search as ask

    return ask(know(folder, options), text, limit=20 if limit is None else limit)


@click.command()
@click.argument("name")
@reading(limit=False)
@click.pass_obj
@answering({"subject": _NOTHING | {"class": None}})
def show(folder: Path | str, name: str, **options: Any) -> Answer:
    """Show all that is known of an innovation, country, site, exchange or report.

    \b
    southerly show "Friendship Bench"
    southerly show Zimbabwe
    """
    from ..queries.show import show as ask

    return ask(know(folder, options), name)


@click.command()
@click.argument("id_", metavar="ID|NAME")
@reading(limit=False)
@click.pass_obj
@answering({"subject": {"id": None, "class": None, "label": None}, "claims": [], "judgements": []})
def why(folder: Path | str, id_: str, **options: Any) -> Answer:
    """Show the claims behind anything: which report says it, where, in which words.

    Takes a name, or an id from another answer (--format json or csv shows all of them in full).
    """
    from ..queries.why import why as ask

    return ask(know(folder, options), id_)


@click.command()
@click.argument("name")
@reading(limit=False)
@click.pass_obj
@answering({"innovation": _NOTHING, "origins": [], "contested": False})
def origins(folder: Path | str, name: str, **options: Any) -> Answer:
    """Show where an innovation began, and how many reports say so."""
    from ..queries.origins import origins as ask

    return ask(know(folder, options), name)


@click.command()
@click.argument("name")
@reading(window=True, basis=True)
@click.pass_obj
@answering({"innovation": _NOTHING, "origins": [], "adoptions": [], "countries": []})
def spread(
    folder: Path | str,
    name: str,
    since: str | None,
    until: str | None,
    basis: str | None,
    limit: int | None,
    **options: Any,
) -> Answer:
    """Show who took an innovation up, where, when, at what stage and from whom.

    \b
    southerly spread "kangaroo care" --since 1990
    """
    from ..queries.filters import bases_of, window
    from ..queries.spread import spread as ask

    return ask(know(folder, options), name, window=window(since, until), bases=bases_of(basis), limit=limit)


@click.command()
@click.argument("name")
@click.option("--from", "source", metavar="COUNTRY", help="Start here, instead of where it began.")
@click.option("--to", "target", metavar="COUNTRY", help="End here, instead of at every adopter.")
@click.option("--ignore-time", is_flag=True, help="Also routes that would need time travel, marked.")
@reading(window=True, basis=True)
@click.pass_obj
@answering({"innovation": _NOTHING, "routes": [], "more": 0})
def trace(
    folder: Path | str,
    name: str,
    source: str | None,
    target: str | None,
    ignore_time: bool,
    since: str | None,
    until: str | None,
    basis: str | None,
    limit: int | None,
    **options: Any,
) -> Answer:
    """Show by which routes an innovation travelled, hop by hop, with the claims of each hop.

    \b
    southerly trace "Community-oriented primary care" --from China --to USA
    """
    from ..queries.filters import bases_of, window
    from ..queries.trace import trace as ask

    return ask(
        know(folder, options),
        name,
        source=source,
        target=target,
        window=window(since, until),
        bases=bases_of(basis),
        ignore_time=ignore_time,
        limit=20 if limit is None else limit,
    )


@click.command()
@click.argument("name")
@reading(limit=False)
@click.pass_obj
@answering({"innovation": _NOTHING, "years": [], "undated": 0, "categories": []})
def curve(folder: Path | str, name: str, **options: Any) -> Answer:
    """Count the countries that had taken an innovation up by each year, certainly and possibly.

    \b
    southerly curve "kangaroo care" --format csv
    """
    from ..queries.curve import curve as ask

    return ask(know(folder, options), name)
