"""`trace NAME [--from] [--to]`: by which routes an innovation travelled, hop by hop, with the claims of each hop."""

from __future__ import annotations

from typing import Any

from ..graph.dates import edtf_of_bounds
from ..graph.diffusion import Diffusion, iso
from ..graph.errors import WrongUse
from ..graph.identity import Identity
from ..graph.lookup import find
from ..graph.network import BASES, direction_of, to_networkx
from ..graph.reviewed import marks_of
from ..graph.routes import Hop, Route, RouteSearch
from ..ontology.countries import country_label, find_place
from ..ontology.countries import suggest as suggest_country
from .answer import Answer, cut, read_as
from .filters import CERTAIN, Tally, Window


def trace(
    known: Identity,
    name: str,
    *,
    source: str | None = None,
    target: str | None = None,
    window: Window | None = None,
    bases: tuple[str, ...] = BASES,
    ignore_time: bool = False,
    limit: int = 20,
) -> Answer:
    """Return the routes of an innovation: from a country (else its origins) to a country (else each adopter)."""
    hit, near = find(known, name, ("innovation",))
    innovation = known.innovations[hit.id]
    diffusion = Diffusion(known, hit.id)
    window, tally = window or Window(), Tally(known.view.scope.possible)
    matches = [(t, window.match(t.earliest, t.latest)) for t in diffusion.transfers(bases)]
    transfers = [t for t, match in matches if tally.keep(match)]
    doubtful = {t.adoption for t, match in matches if match != CERTAIN}
    search = RouteSearch(transfers, ignore_time=ignore_time)
    reached = {t.to_country for t in transfers}
    began = {o.country for o in diffusion.origins() if o.country} or ({t.from_country for t in transfers} - reached)
    starts = {country_code(source)} if source else began
    ends = {country_code(target)} if target else reached
    routes = search.routes(starts, ends)
    shown, hidden, cutting = cut(routes, limit, "routes")
    notes = known.view.notes + read_as(name, innovation.label, near)
    notes += tally.note("transfers")
    notes += cutting
    if routes and all(hop.basis != "stated" for route in routes for hop in route.hops):
        notes.append(
            "No report states these hops; how each is known stands under “basis” (--basis stated shows no other)."
        )
    if search.exhausted:
        notes.append("The search stopped at its limit, so there may be more routes than counted; name --from and --to.")
    used = {id(t) for route in routes for hop in route.hops for t in hop.transfers}
    return Answer(
        {"innovation": innovation.brief(), "routes": [_shape(r) for r in shown], "more": hidden},
        [row for number, route in enumerate(shown, 1) for row in _rows(number, route, doubtful)],
        ("route", "from", "to", "when", "basis", "direction", "sites", "claims"),
        notes,
        f"Routes of {innovation.label}",
        hidden,
        lambda: to_networkx([t for t in transfers if id(t) in used]),
    )


def country_code(text: str) -> str:
    """Return the code of a country that a person typed.

    Raises:
        WrongUse: if it is none, with near spellings.

    """
    place = find_place(text.removeprefix("country:"))
    if place and place.country:
        return place.country
    near = suggest_country(text)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise WrongUse(f"“{text}” is no country. Give a name or an ISO 3166 code, e.g. Kenya or KEN.{hint}")


def _shape(route: Route) -> dict[str, Any]:
    return {
        "hops": [_hop(hop) for hop in route.hops],
        "countries": list(route.countries),
        "years": route.years,
        "time_respecting": route.time_respecting,
    }


def _hop(hop: Hop) -> dict[str, Any]:
    earliest, latest = hop.bounds
    return {
        "from": {"country": hop.source, "sites": _sites(hop, "from_site")},
        "to": {"country": hop.target, "sites": _sites(hop, "to_site")},
        "when": edtf_of_bounds(earliest, latest),
        "earliest": iso(earliest),
        "latest": iso(latest),
        "basis": hop.basis,
        "rules": sorted({t.rule for t in hop.transfers if t.rule}),
        "direction": direction_of(hop.source, hop.target, earliest, latest),
        "channels": sorted({c for t in hop.transfers for c in t.channels}),
        "claims": sorted({c for t in hop.transfers for c in t.claims}),
        "review": hop.review,
    }


def _sites(hop: Hop, end: str) -> list[str]:
    return sorted({site for t in hop.transfers if getattr(t, f"{end}_key") and (site := getattr(t, end))})


def _rows(number: int, route: Route, doubtful: set[str]) -> list[dict[str, Any]]:
    rows = []
    for hop in route.hops:
        shape = _hop(hop)
        marks = [*marks_of(hop.review), *([] if route.time_respecting else ["against time"])]
        marks += ["possible"] if all(t.adoption in doubtful for t in hop.transfers) else []
        rows.append(
            {
                "route": number,
                "from": country_label(hop.source),
                "to": country_label(hop.target),
                "when": shape["when"],
                "basis": " ".join([hop.basis, *(f"({mark})" for mark in marks)]),
                "direction": shape["direction"],
                "sites": "; ".join(shape["to"]["sites"]),
                "claims": " ".join(shape["claims"]),
            }
        )
    return rows
