"""When the words in a site column name a site, and when they only say "somewhere in the country".

A blank or generic site ("tertiary hospitals", "nationwide", "rural Uganda") means the country level.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..ontology.countries import country_label, find_place, name_table, place_key
from .names import name_key

_GENERIC = frozenset(
    """
    ambulance ambulances camp camps center centers centre centres cities city clinic clinics communities
    community continent continents countries country countrywide delegations department departments district
    districts doctors facilities facility health-centre health-centres hospital hospitals insurers localities
    many ministries ministry multicenter multicentre municipalities national nationwide nurses organisations
    organizations other partner partners patients people physicians place places posts practices practitioners
    programme programmes programs province provinces public refugees region regional regions rural schools
    service services several site sites staff state states surgeons teaching tertiary trust trusts unit units
    urban urologists various village villages ward wards workers workforce workforces world worldwide
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_SHORT = 5  # letters; codes, "the" and abbreviations are shorter, and looked up whole
_BRACKETED = re.compile(r"\([^)]*\)")
_FIRST = re.compile(r"\w+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def site_key(site: str | None, country: str | None) -> str | None:
    """Return the normal form of a site's name, or null where it names none and the country is meant.

    A text is generic when no word of it is a name (capital letters, other than names of countries and peoples) and at
    least one is a general noun such as "hospitals"; what stands in brackets only explains such words. Lower-case names
    without such a noun stay sites.

    >>> site_key("tertiary hospitals", "IDN") is None
    True
    >>> site_key("Western Cape", "ZAF")
    'western-cape'
    """
    if not site or not site.strip():
        return None
    outside = site
    if "(" in site:
        if place_key(site) in name_table() and _country_of(site) == country:
            return None  # "Bolivia (Plurinational State of)"
        outside = _BRACKETED.sub(" ", site)
    only_country = country is not None and _may_name_a_country(outside) and _country_of(outside) == country
    if only_country and outside == site:
        return None
    told = " ".join(_BRACKETED.findall(site)) if only_country else outside
    return None if _is_generic(told) else name_key(site)


def _is_generic(text: str) -> bool:
    words = _WORD.findall(text)
    if any(word != word.lower() and _country_of(word) is None for word in words):
        return False
    return any(word.lower() in _GENERIC for word in words)


def _may_name_a_country(text: str) -> bool:
    """Say whether a country's name may begin as a text does; nearly all names of sites are told apart by that."""
    found = _FIRST.search(text)
    first = found.group() if found else ""
    return len(first) < _SHORT or not first.isascii() or first.lower() in _first_words()


@cache
def _first_words() -> frozenset[str]:
    return frozenset(key.split(None, 1)[0] for key in name_table() if key)


@lru_cache(maxsize=1 << 16)  # the same few words stand in most names of sites
def _country_of(text: str) -> str | None:
    """Return the country that a text is a name of, not one that it only lies in."""
    place = find_place(text)
    if place and place.country and not place.subdivision and place.label == country_label(place.country):
        return place.country
    return None
