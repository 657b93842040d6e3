"""When the words in a site column name a site, and when they only say "somewhere in the country".

A blank or generic site ("tertiary hospitals", "nationwide", "rural Uganda") means the country level.
"""

from __future__ import annotations

import re

from ..ontology.countries import find_place
from .names import name_key

_GENERIC = frozenset(
    [
        "ambulance",
        "ambulances",
        "camp",
        "camps",
        "center",
        "centers",
        "centre",
        "centres",
        "cities",
        "city",
        "clinic",
        "clinics",
        "communities",
        "community",
        "continent",
        "continents",
        "countries",
        "country",
        "countrywide",
        "delegations",
        "department",
        "departments",
        "district",
        "districts",
        "facilities",
        "facility",
        "health-centre",
        "health-centres",
        "hospital",
        "hospitals",
        "insurers",
        "localities",
        "many",
        "ministries",
        "ministry",
        "multicentre",
        "multicenter",
        "municipalities",
        "national",
        "nationwide",
        "organisations",
        "organizations",
        "other",
        "partner",
        "partners",
        "place",
        "places",
        "posts",
        "practices",
        "programme",
        "programmes",
        "programs",
        "province",
        "provinces",
        "public",
        "region",
        "regional",
        "regions",
        "rural",
        "schools",
        "service",
        "services",
        "several",
        "site",
        "sites",
        "staff",
        "state",
        "states",
        "teaching",
        "tertiary",
        "trust",
        "trusts",
        "unit",
        "units",
        "urban",
        "various",
        "village",
        "villages",
        "wards",
        "ward",
        "workforce",
        "workforces",
        "worldwide",
        "world",
    ]
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def site_key(site: str | None, country: str | None) -> str | None:
    """Return the normal form of a site's name, or null where it names none and the country is meant.

    A text is generic when no word of it is a name (capital letters, other than the country's own name) and at least
    one is a general noun such as "hospitals". Lower-case names without such a noun stay sites.

    >>> site_key("tertiary hospitals", "IDN") is None
    True
    >>> site_key("Western Cape", "ZAF")
    'western-cape'
    """
    if not site or not name_key(site):
        return None
    place = find_place(site)
    if place and place.country and place.country == country and not place.subdivision:
        return None
    words = _WORD.findall(site)
    proper = [w for w in words if w != w.lower() and not _names_country(w, country)]
    general = {name_key(w) for w in words} & _GENERIC
    if not proper and (general or all(_names_country(w, country) or (w == w.lower() and w.isdigit()) for w in words)):
        return None
    return name_key(site)


def _names_country(word: str, country: str | None) -> bool:
    place = find_place(word)
    return bool(place and country and place.country == country)
