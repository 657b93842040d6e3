"""Who takes part in an activity and whom it is for: organisations, countries, regions, sectors.

IATI has roles of money and work, none of learning: nobody is ever a host or a visitor here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..ontology.countries import all_countries, find_place
from ..ontology.iati_codelists import find_code
from .iati_text import ActivityProblem, attribute, child, grandchildren, name_of
from .iati_xml import Element
from .table_batch import excerpt

_MAX_NAME = 200  # characters: longer words are prose and name no country
#: Who made an organisation's identifier: in most schemes the country of registration leads (org-id.guide).
_REGISTERED = re.compile(r"([A-Z]{2})(?:-.*)?", re.DOTALL)
_RECIPIENTS = ("recipient-country", "recipient-region")
_MULTILATERAL = "40"  # type of organisation
_ROLES = {"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"}
#: Vocabulary of sectors to its code list; versions 1.x name theirs.
_SECTORS = {"1": "Sector", "2": "SectorCategory", "7": "UNSDG-Goals", "DAC": "Sector", "DAC-3": "SectorCategory"}
_REGIONS = {"1": "Region", "DAC": "Region"}

#: Something to be told of an activity, said once a kind so that a thousand activities make one note.
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that takes part."""

    name: str
    ref: str | None
    type: str | None
    role: str | None  # code of the role, else its words
    activity: str | None

    @property
    def multilateral(self) -> bool:
        """Whether it is known to belong to no country."""
        return self.type == _MULTILATERAL or (self.ref or "").startswith(("XI-", "XM-", "XR-"))

    @property
    def country(self) -> str | None:
        """Its country, where its identifier or its name certainly says it."""
        registered = _REGISTERED.fullmatch(self.ref or "")
        if self.multilateral:
            return None
        if registered and (found := _alpha_2().get(registered[1])):
            return found
        place = find_place(self.name) if len(self.name) <= _MAX_NAME else None
        return place.country if place and place.subdivision is None else None

    def to_dict(self) -> dict[str, str]:
        """Return what was said of it, with the role and the type in words."""
        role = find_code("OrganisationRole", self.role or "")
        kind = find_code("OrganisationType", self.type or "")
        said = {
            "name": self.name,
            "ref": self.ref,
            "role": role.name.lower() if role else self.role,
            "type": kind.name if kind else self.type,
            "activity": self.activity,
        }
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Recipients:
    """Where an activity goes: countries with their shares, and regions, which are kept as said."""

    countries: tuple[str, ...]
    regions: tuple[str, ...]
    given: list[dict[str, str]]
    from_transactions: bool


def organisations(activity: Element) -> list[Organisation]:
    """Return the organisations that take part, each once in each role. Those with no name are called by their ref."""
    found = []
    for element in activity.iterchildren("participating-org"):
        ref = attribute(element, "ref")
        name = name_of(element) or ref
        if name:
            role = attribute(element, "role")
            code = _ROLES.get(role.casefold(), role) if role else None
            kind = attribute(element, "type")
            found.append(Organisation(name, ref, kind, code, attribute(element, "activity-id")))
    return list(dict.fromkeys(found))


def names_in(parties: Sequence[Organisation], role: str) -> list[str] | None:
    """Return the names of those in a role, by its code; null if there are none."""
    return list(dict.fromkeys(party.name for party in parties if party.role == role)) or None


def recipients(activity: Element, tell: Tell) -> Recipients:
    """Return the countries and regions of an activity; those of its transactions where it has none itself.

    Raises ActivityProblem for a country that neither its code nor its name makes known.
    """
    found = list(activity.iterchildren(*_RECIPIENTS))
    from_transactions = not found
    if from_transactions:
        found = list(grandchildren(activity, "transaction", *_RECIPIENTS))
    countries: dict[str, None] = {}
    regions: dict[str, None] = {}
    given: dict[tuple[str, ...], dict[str, str]] = {}
    for element in found:
        if said := _recipient(element, countries, regions, tell):
            given.setdefault(tuple(said.values()), said)
    return Recipients(tuple(countries), tuple(regions), list(given.values()), from_transactions and bool(given))


def sectors(activity: Element, tell: Tell) -> tuple[list[dict[str, Any]], bool]:
    """Return the sectors of an activity, else those of its transactions, and whether it was these."""
    found = list(activity.iterchildren("sector"))
    from_transactions = not found
    if from_transactions:
        found = list(grandchildren(activity, "transaction", "sector"))
    given: dict[tuple[str, ...], dict[str, Any]] = {}
    for element in found:
        vocabulary = attribute(element, "vocabulary", "vocab", "type") or "1"
        code = attribute(element, "code", "ref")
        name = name_of(element)
        listed = find_code(_SECTORS.get(vocabulary, ""), code) if code else None
        if listed and listed.withdrawn:
            tell(f"sector {code} was withdrawn from its code list and was kept")
        elif code and not listed and vocabulary in _SECTORS:
            tell(f"sector {code} is not in the code list of its vocabulary ({vocabulary}) and was kept as said")
        said = _said(code=code, vocabulary=vocabulary, name=name or (listed.name if listed else None))
        if code or name:
            share = {} if from_transactions else _said(percentage=attribute(element, "percentage"))
            given.setdefault(tuple((said | share).values()), said | share)
    return list(given.values()), from_transactions and bool(given)


def coded(activity: Element, tag: str, codelist: str, tell: Tell) -> dict[str, str] | None:
    """Return a coded element as its code and name; null if the activity has none."""
    element = child(activity, tag)
    if element is None:
        return None
    code, name = attribute(element, "code"), name_of(element)
    listed = find_code(codelist, code) if code else None
    if code and not listed:
        tell(f"{tag} {code} is not in the code list and was kept as said")
    return _said(code=code, name=listed.name if listed else name) or None


def related(activity: Element) -> Iterator[dict[str, str]]:
    """Yield the activities that one is related to, with the kind of relation."""
    for element in activity.iterchildren("related-activity"):
        if ref := attribute(element, "ref"):
            kind = attribute(element, "type")
            listed = find_code("RelatedActivityType", kind or "")
            yield _said(ref=ref, type=listed.name.lower() if listed else kind)


def _recipient(element: Element, countries: dict[str, None], regions: dict[str, None], tell: Tell) -> dict[str, str]:
    """Add a country or region to those found, and return what was said of it."""
    code, name = attribute(element, "code"), name_of(element)
    share = _said(percentage=attribute(element, "percentage"))
    if element.tag == "recipient-country":
        if code is None and name is None:
            return {}
        iso3 = _country(element, code, name)
        countries[iso3] = None
        if iso3 in _dissolved():
            tell(f"country {code or name} is a state that is no more, and was kept")
        return _said(country=iso3, code=code, name=name) | share
    vocabulary = attribute(element, "vocabulary") or "1"
    listed = find_code(_REGIONS.get(vocabulary, ""), code) if code else None
    words = name or (listed.name if listed else code and f"region {code}")
    if listed and listed.withdrawn:
        tell(f"region {code} was withdrawn from its code list and was kept")
    if words:
        regions[words] = None
    return _said(region=words, code=code, vocabulary=vocabulary if code else None) | share


def _country(element: Element, code: str | None, name: str | None) -> str:
    """Return the alpha-3 code of a recipient: by its code, else by its name."""
    if code and (found := _alpha_2().get(code.upper())):
        return found
    for words in (code, name):
        place = find_place(words) if words and len(words) <= _MAX_NAME else None
        if place and place.country:
            return place.country
    found_words = excerpt(" ".join(words for words in (code, name) if words))
    hint = "correct the code; a region belongs in <recipient-region>"
    raise ActivityProblem(element, found_words, "an ISO 3166-1 alpha-2 code or a country's name", hint, "country")


@cache
def _alpha_2() -> dict[str, str]:
    """Return the alpha-3 code of every alpha-2 code, those of dissolved states included."""
    return {country.iso2: country.iso3 for country in all_countries() if country.iso2}


@cache
def _dissolved() -> frozenset[str]:
    return frozenset(country.iso3 for country in all_countries() if country.until)


def _said(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
