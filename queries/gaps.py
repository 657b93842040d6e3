"""`gaps COUNTRY`: what countries alike have taken up and this one has not, and whom to ask about it.

Countries are alike if they are in the same income group now (the last published year) or in the same UN M49 subregion.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ..graph.diffusion import Adoption, Diffusion
from ..graph.identity import Identity
from ..ontology.countries import country_label, subregion_of
from ..ontology.income import LAST_YEAR, group_in_year
from ..ontology.vocabulary import ADOPTION_STAGES
from .answer import Answer, cut
from .trace import country_code

_ASK = 5  # places to ask


def gaps(known: Identity, country: str, *, limit: int | None = None) -> Answer:
    """Return the innovations that a country has not taken up, most widely used by countries alike first.

    The score is the number of countries alike that took it up and are not only known to have abandoned it; one that is
    alike both by subregion and by income counts twice. What countries unlike did weighs nothing, so that an innovation
    known all over the world loses nothing by it. `here` says what is known of the country itself: that it considered
    or abandoned the innovation, or null. What began there, by any claim, is no gap. `ask` names places that went
    furthest, those alike before others of the same stage, with the last exchange in that country that showed it.

    Raises:
        WrongUse: if it is no country.

    """
    here = country_code(country)
    diffusion = Diffusion(known)
    begun = {origin.innovation for origin in diffusion.origins() if origin.country == here}
    taken: dict[str, list[Adoption]] = defaultdict(list)
    for adoption in diffusion.adoptions():
        taken[adoption.innovation].append(adoption)
    exchanges = _exchanges(known)
    found: list[dict[str, Any]] = []
    began_here = unlike = 0
    for id_, adoptions in taken.items():
        own = {_standing(a) for a in adoptions if a.country == here}
        if "adopted" in own:
            continue
        if id_ in begun:
            began_here += 1
            continue
        active = [a for a in adoptions if _standing(a) == "adopted"]
        alike = {c: weight for c in sorted({a.country for a in active}) if (weight := _likeness(here, c))}
        if not alike:
            unlike += bool(active)
            continue
        found.append(
            {
                "innovation": known.innovations[id_].brief(),
                "adopters_alike": list(alike),
                "score": sum(alike.values()),
                "ask": _ask(active, alike, exchanges),
                "here": min(own, default=None),  # abandoned tells more than considered
            }
        )
    found.sort(key=lambda g: (-g["score"], g["innovation"]["label"], g["innovation"]["id"]))
    shown, hidden, cutting = cut(found, limit, "innovations")
    notes = known.view.notes + _alike_in_words(here) + cutting
    if began_here:
        notes.append(f"{began_here} innovations that began in {country_label(here)} are no gaps and left out.")
    if unlike:
        notes.append(f"{unlike} more innovations were taken up only by countries that are not alike.")
    return Answer(
        shown,
        [_row(g) for g in shown],
        ("innovation", "score", "adopters alike", "ask", "here", "id"),
        notes,
        f"What {country_label(here)} has not yet taken up",
        hidden,
    )


def _standing(adoption: Adoption) -> str:
    """Return abandoned, adopted or considered: the least of them tells most where a country has no adoption."""
    if adoption.considered:
        return "considered"
    return "abandoned" if adoption.stage == "abandoned" else "adopted"


def _likeness(here: str, other: str) -> int:
    """Return how much two countries have in common: income group now, subregion, both or nothing."""
    if here == other:
        return 0
    ours, theirs = _now(here), _now(other)
    return sum(a is not None and a == b for a, b in zip(ours, theirs, strict=True))


def _now(country: str) -> tuple[str | None, str | None]:
    return group_in_year(country, LAST_YEAR), subregion_of(country)


def _exchanges(known: Identity) -> dict[tuple[str, str], str]:
    """Return the last exchange by innovation and host country that showed it, undated ones before all others."""
    rows = known.view.rows(
        """
        SELECT s.innovation, x.exchange_key, unnest(x.hosts) AS host
        FROM exchange_shown s JOIN exchange_seen x USING (exchange_key)
        ORDER BY x.began NULLS FIRST, x.exchange_key DESC
        """
    )
    return {(row["innovation"], row["host"]): f"exchange:{row['exchange_key']}" for row in rows}


def _ask(active: list[Adoption], alike: dict[str, int], exchanges: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    """Return the places that went furthest; of a country whose sites are named, the sites."""
    sited = {a.country for a in active if a.site_key}

    def furthest(a: Adoption) -> tuple[int, int, str, str]:
        stage = ADOPTION_STAGES.index(a.stage) if a.stage in ADOPTION_STAGES else -1
        return -stage, -alike.get(a.country, 0), a.country, a.id

    places = sorted((a for a in active if a.site_key or a.country not in sited), key=furthest)
    return [
        {"site": a.site, "country": a.country, "exchange": exchanges.get((a.innovation, a.country))}
        for a in places[:_ASK]
    ]


def _alike_in_words(here: str) -> list[str]:
    group, region = _now(here)
    ways = [f"income group {group} in {LAST_YEAR}"] if group else []
    ways += [region] if region else []
    label = country_label(here)
    if not ways:
        return [f"{label} has no income group and no subregion, so no country is like it."]
    return [f"Countries like {label}: {' or '.join(ways)}."]


def _row(gap: dict[str, Any]) -> dict[str, Any]:
    ask = [f"{a['site']} ({a['country']})" if a["site"] else country_label(a["country"]) for a in gap["ask"]]
    return {
        "innovation": gap["innovation"]["label"],
        "score": gap["score"],
        "adopters alike": ", ".join(country_label(c) for c in gap["adopters_alike"]),
        "ask": "; ".join(ask),
        "here": gap["here"],
        "id": gap["innovation"]["id"],
    }
