"""One activity as claims: an exchange, with the outcomes that its results are.

Every activity is an exchange claim of no stated type, for IATI has no code that tells learning exchanges from other
aid; docs/decisions/0008-iati.md says why they are kept so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..graph.reports import report_key
from ..ontology.income import LMIC, income
from .iati_dates import Spell, spell, status
from .iati_outcomes import outcome_claims
from .iati_parties import Organisation, Recipients, coded, names_in, organisations, recipients, related, sectors
from .iati_text import (
    ActivityProblem,
    Said,
    attribute,
    carried,
    child,
    name_of,
    one,
    preferred,
    spoken,
    translations,
    words_of,
)
from .iati_xml import Element, locator_of
from .report_values import Row, timed

_MAX_IDENTIFIER = 500
_TRIANGULAR = "8"  # kind of collaboration: bilateral, triangular co-operation
_FUNDING, _IMPLEMENTING = "1", "4"
_OBJECTIVES = ("2", "objectives")  # types of a description
_RULE = "every funder and every recipient is certainly of a low- or middle-income country, and not of one alone"


@dataclass(slots=True)
class ActivityClaims:
    """What an activity says: its claims, what it says of itself as a report, and what is to be told of it."""

    report: Row
    claims: list[Row]
    placed: bool
    told: list[str] = field(default_factory=list)


def claims_of(activity: Element, number: int) -> ActivityClaims:
    """Return the claims of an activity by its number in the file, from one.

    Raises ActivityProblem if it cannot be used.
    """
    at = locator_of(number)
    told: list[str] = []
    titles, described = spoken(activity.iterchildren("title")), list(activity.iterchildren("description"))
    title = preferred(titles)
    key, identifier = identity(activity)
    if identifier is None and title is None and not described:
        hint = "give it an <iati-identifier>"
        raise ActivityProblem(activity, "an activity that does not say what it is", "an identifier or title", hint)
    if identifier is None:
        told.append("activities without an iati-identifier are known by a hash of their content")
    dates, parties = spell(activity), organisations(activity)
    going, (areas, areas_from_transactions) = recipients(activity, told.append), sectors(activity, told.append)
    claim_status, activity_status, more = status(activity, dates)
    told += more
    collaboration = coded(activity, "collaboration-type", "CollaborationType", told.append)
    triangular = collaboration is not None and collaboration.get("code") == _TRIANGULAR
    inferred = None if triangular else south_south(parties, going, dates)
    exchange = identifier or key
    first = {
        "kind": "exchange",
        "status": claim_status,
        "locator": at,
        "exchange": exchange,
        "title": title.words if title else None,
        **timed(dates.start),
        **timed(dates.end, "end"),
        "countries": list(going.countries) or None,
        "country_said": "; ".join(going.regions) or None,
        "funders": names_in(parties, _FUNDING),
        "facilitators": names_in(parties, _IMPLEMENTING),
        "exchange_type": "triangular cooperation" if triangular else None,
        "direction": "triangular" if triangular else "south-south" if inferred else None,
        "mission": _described(described, objectives=True),
        "quote": _described(described, objectives=False),
        "extra": carried(
            activity_status=activity_status,
            collaboration_type=collaboration,
            dates=dates.given,
            direction=inferred,
            end_is=dates.end_is if dates.end_is != "actual" else None,
            start_is=dates.start_is if dates.start_is != "actual" else None,
            language=title.lang if title else None,
            organisations=[party.to_dict() for party in parties],
            other_identifiers=list(_other_identifiers(activity)),
            recipients=going.given,
            related=list(related(activity)),
            scope=coded(activity, "activity-scope", "ActivityScope", told.append),
            sectors=areas,
            stands_on_transactions=[
                name
                for name, on in (("recipients", going.from_transactions), ("sectors", areas_from_transactions))
                if on
            ],
            title_in_other_languages=translations(titles),
        ),
    }
    claims = [first]
    for outcome in outcome_claims(activity, at, claim_status != "actual", told.append):
        if outcome["outcome"] is None:
            told.append("results and indicators that have no words make no outcome")
            continue
        outcome |= {"exchange": exchange, "countries": first["countries"], "country_said": first["country_said"]}
        claims.append(outcome)
    for claim in claims:
        claim["report"] = key
    return ActivityClaims(_report(activity, key, title), claims, bool(going.countries), told)


def identity(activity: Element) -> tuple[str, str | None]:
    """Return the report key of an activity, and its identifier; without one the key is a hash of its content.

    Canonical XML (Exclusive C14N) makes the hash the same however the file was written.
    Raises ActivityProblem for an identifier that is too long to be one.
    """
    element = child(activity, "iati-identifier")
    identifier = words_of(element) if element is not None else None
    if element is not None and identifier and len(identifier) > _MAX_IDENTIFIER:
        found = f"an identifier of {len(identifier):,} characters"
        raise ActivityProblem(element, found, f"at most {_MAX_IDENTIFIER}", "correct it", "iati-identifier")
    if identifier and (key := report_key(iati=identifier)):
        return key, identifier
    from lxml import etree

    canonical = etree.tostring(activity, method="c14n", exclusive=True, with_tail=False)
    return f"sha256:{hashlib.sha256(canonical).hexdigest()}", None


def south_south(parties: list[Organisation], going: Recipients, dates: Spell) -> dict[str, Any] | None:
    """Return the countries by which an activity is between countries of the South; null if that is not certain.

    IATI has no code for it. Organisations that belong to no country, or to a rich one, leave the direction unknown,
    and so does a region among the recipients.
    """
    funders = [party for party in parties if party.role == _FUNDING]
    from_, to = {party.country for party in funders}, set(going.countries)
    if not from_ or None in from_ or not to or going.regions or any(party.multilateral for party in parties):
        return None
    known = from_ | to | {party.country for party in parties}
    bounds = (dates.start.earliest, dates.start.latest) if dates.start else (None, None)
    if len(from_ | to) < 2 or not all(_southern(income(country, *bounds).possible) for country in known if country):
        return None
    return {"basis": "inferred", "rule": _RULE, "funders": sorted(filter(None, from_)), "recipients": sorted(to)}


def _southern(possible: frozenset[str]) -> bool:
    return bool(possible) and possible <= LMIC


def _described(elements: list[Element], *, objectives: bool) -> str | None:
    """Return the activity's objectives, or else its description in general."""
    wanted = [e for e in elements if ((e.get("type") or "").casefold() in _OBJECTIVES) == objectives]
    for element in wanted:
        if best := preferred(spoken([element])):
            return best.words
    return None


def _other_identifiers(activity: Element) -> Iterator[str]:
    """Yield what else the activity is known by, in the attribute of 2.x or the text of 1.x."""
    for element in activity.iterchildren("other-identifier"):
        if said := attribute(element, "ref") or (name_of(element) if len(element) == 0 else None):
            yield said


def _report(activity: Element, key: str, title: Said | None) -> Row:
    publisher = child(activity, "reporting-org")
    parent = activity.getparent()
    written = attribute(activity, "last-updated-datetime") or (
        attribute(parent, "generated-datetime") if parent is not None else None
    )
    year = (written or "")[:4]
    return {
        "report": key,
        "title": title.words if title else None,
        "publisher": None if publisher is None else one(activity, "reporting-org") or attribute(publisher, "ref"),
        "year": year if year.isascii() and year.isdecimal() and len(year) == 4 else None,
        "note": "IATI activity",
    }
