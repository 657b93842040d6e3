"""Countries, their subdivisions and regions: what a name, a code or a demonym in a report certainly means.

A region ("Africa", "LMICs") is kept as said and never becomes a country; a name that two countries share
means neither. Dissolved states keep their ISO 3166-3 code; former names of a state mean that state.

>>> find_place("Burkinabè").country, find_place("Zaire").country, find_place("Scotland").subdivision
('BFA', 'COD', 'GB-SCT')
>>> find_place("Congo"), ambiguous("Congo")
(None, ('COD', 'COG'))
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, lru_cache

from .normal import fold, listed, rows

_CODE = re.compile(r"[A-Z](?:\.? ?[A-Z]){1,2}\.?")
_BRACKETED = re.compile(r"(?P<head>.+?)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]")
_SAINT = re.compile(r"\bst\b")


@dataclass(frozen=True, slots=True)
class Place:
    """What a report's words for a place certainly mean: a country, perhaps a part of it, or a region."""

    country: str | None  # ISO 3166-1 or 3166-3 alpha-3
    subdivision: str | None  # ISO 3166-2
    region: str | None  # as said, where it is no country
    label: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country or a dissolved state."""

    iso3: str
    iso2: str | None
    m49: str | None  # UN M49, three digits
    label: str
    names: tuple[str, ...]  # other names and abbreviations that mean this country alone
    demonyms: tuple[str, ...]
    shared_names: tuple[str, ...]  # names that mean another country too
    region: str | None  # UN M49
    subregion: str | None  # UN M49, the narrowest
    who_region: str | None  # AFR | AMR | EMR | EUR | SEAR | WPR
    until: int | None  # year of its dissolution; null for a state of today
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class _Tables:
    names: dict[str, Place]
    codes: dict[str, Place]
    shared: dict[str, tuple[str, ...]]


@cache
def all_countries() -> tuple[Country, ...]:
    """Return every country and dissolved state, by alpha-3 code."""
    return tuple(_country(row) for row in rows("countries.csv"))


def find_place(text: str) -> Place | None:
    """Return what a name means; null if it is unknown, or shared by countries (see `ambiguous`).

    Codes and abbreviations of two or three letters count only in capitals: "NA" is Namibia, "in" is not
    India. A note in brackets at the end is dropped, unless it names another country, as in "Georgia (USA)".
    """
    return _find(" ".join(text.split()))


def ambiguous(text: str) -> tuple[str, ...]:
    """Return the alpha-3 codes of the countries that share a name; empty if it is not shared.

    A note in brackets that settles nothing is dropped, as in "Congo (the)".
    """
    parts = _BRACKETED.fullmatch(text.strip())
    if parts is None or find_place(text):
        return _shared(text)
    return _shared(text) or _shared(parts["head"])


def place_key(text: str) -> str:
    """Return the normal form of a place's name, the key of `name_table`: no leading "the", "St" spelt out."""
    key = fold(text).removeprefix("the ")
    return _SAINT.sub("saint", key) if "st" in key else key


def name_table() -> dict[str, Place]:
    """Return every name and demonym by `place_key`; a region stands under its listed name."""
    return dict(_tables().names)


def code_table() -> dict[str, Place]:
    """Return every code and abbreviation of two or three capitals."""
    return dict(_tables().codes)


def country_label(iso3: str) -> str:
    """Return the plain English name of a country. Raises KeyError for a code that is none."""
    return _by_code()[iso3].label


def region_of(iso3: str) -> str | None:
    """Return the UN M49 region of a country; null if it has none, or the code is unknown."""
    found = _by_code().get(iso3)
    return found.region if found else None


def subregion_of(iso3: str) -> str | None:
    """Return the narrowest UN M49 region of a country; null if it has none, or the code is unknown."""
    found = _by_code().get(iso3)
    return found.subregion if found else None


def who_region_of(iso3: str) -> str | None:
    """Return the WHO region of a country; null where WHO lists none, or the code is unknown."""
    found = _by_code().get(iso3)
    return found.who_region if found else None


def suggest(text: str, n: int = 3) -> list[str]:
    """Return the labels of up to `n` places with a name spelt nearly so, the likest first, for a hint."""
    if shared := ambiguous(text):
        return [country_label(code) for code in shared][:n]
    names = _tables().names
    near = get_close_matches(place_key(text), names, n * 4, 0.75)
    return list(dict.fromkeys(names[key].label for key in near))[:n]


@lru_cache(maxsize=65536)
def _find(said: str) -> Place | None:
    table = _tables()
    code = _abbreviation(said)
    found = (table.codes.get(code) if code else None) or table.names.get(place_key(said))
    if found is None and (parts := _BRACKETED.fullmatch(said)):
        found = _without_note(parts["head"], parts["inside"])
    return replace(found, region=said) if found and found.region else found


def _without_note(head: str, note: str) -> Place | None:
    place, noted = _find(head), _find(note)
    other = noted.country if noted else None
    if place is None:
        return noted if other in _shared(head) else None
    return place if other in {None, place.country} else None


def _abbreviation(text: str) -> str | None:
    """Return the letters of a code written in capitals, with or without stops ("U.S." is US); else null."""
    return text.replace(".", "").replace(" ", "") if _CODE.fullmatch(text) else None


def _shared(name: str) -> tuple[str, ...]:
    return _tables().shared.get(place_key(name), ())


@cache
def _by_code() -> dict[str, Country]:
    return {country.iso3: country for country in all_countries()}


@cache
def _tables() -> _Tables:
    table = _Tables({}, {}, {})
    for country in all_countries():
        place = Place(country.iso3, None, None, country.label)
        table.codes[country.iso3] = place
        if country.iso2:
            table.codes[country.iso2] = place
        _add(table, place, (country.label, *country.names, *country.demonyms))
        for name in country.shared_names:
            key = place_key(name)
            table.shared[key] = (*table.shared.get(key, ()), country.iso3)
    for row in rows("subdivisions.csv"):
        place = Place(row["country"], row["code"] or None, None, row["label"])
        _add(table, place, (row["label"], *listed(row["names"]), *listed(row["demonyms"])))
    for row in rows("regions.csv"):
        _add(table, Place(None, None, row["label"], row["label"]), (row["label"], *listed(row["names"])))
    return table


def _add(table: _Tables, place: Place, names: tuple[str, ...]) -> None:
    for name in names:
        if code := _abbreviation(name):
            table.codes[code] = place
        else:
            table.names[place_key(name)] = place


def _country(row: dict[str, str]) -> Country:
    return Country(
        iso3=row["iso3"],
        iso2=row["iso2"] or None,
        m49=row["m49"] or None,
        label=row["label"],
        names=listed(row["names"]),
        demonyms=listed(row["demonyms"]),
        shared_names=listed(row["shared_names"]),
        region=row["region"] or None,
        subregion=row["subregion"] or None,
        who_region=row["who_region"] or None,
        until=int(row["until"]) if row["until"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
    )
