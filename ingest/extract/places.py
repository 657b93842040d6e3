"""Countries that a text names: by name, former name, demonym, abbreviation, or a city or state that lies in one alone.

A name that means more than one country, or that may be a person's, is left out unless the words beside it settle it:
no guess becomes a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ...ontology.normal import fold, listed, pairs
from .gazetteer import Entry, longest_name, people_names, place_names
from .persons import is_a_persons
from .tongues import is_tongue, is_tongue_of_others

_WORD = re.compile(r"[^\W_]+")
# Abbreviations that prose uses; codes such as IN or IT are words.
_SHORT = re.compile(
    r"(?<![\w.&])(?:(?P<GBR>UK|U\.K\.)|(?P<USA>USA|U\.S\.A\.|U\.S\.|US)|(?P<COD>DRC|DR Congo|D\.R\. Congo|RDC)"
    r"|(?P<ARE>UAE|U\.A\.E\.)|(?P<PNG>PNG)|(?P<LAO>Lao PDR|PDR Lao)|(?P<PRK>DPRK)|(?P<CAF>CAR(?= ))|(?P<SAU>KSA))(?![\w$])"
)
_MONEY = re.compile(r"[ \t]*(?:\$|dollars?\b|cents?\b|\d)")

#: What follows or precedes a word that makes it no country's: a disease, an ocean, a heritage.
_AFTER = {
    "spanish": {"flu"},
    "german": {"measles"},
    "japanese": {"encephalitis"},
    "guinea": {"worm", "pig", "pigs"},
    "indian": {"ocean"},
    "british": {"columbia", "medical", "council", "journal"},
    "american": {"journal", "samoa", "sign", "indian", "states"},
    "england": {"journal"},
    "niger": {"delta", "river", "state"},
    "turkey": {"tail"},
    "jordan": {"river", "valley"},
    "chinese": {"medicine"},
    "brazil": {"nut", "nuts"},
    "ireland": set(),
}
_BEFORE = {
    "american": {"latin", "south", "north", "central", "pan", "native", "inter", "african", "asian", "meso", "ibero"},
    "indian": {"american", "west"},
    "indies": {"west"},
    "mexico": {"new"},
    "london": {"east"},
    "wales": {"south"},
    "jersey": {"new"},
    "pakistan": set(),
    "virginia": {"west"},
    "york": {"new"},
    "danes": {"great"},
    "poles": {"north", "south"},
    "turks": {"young"},
    "amsterdam": {"new"},
    "azerbaijan": {"east", "west"},
}
_AMERICAN_GEORGIA = re.compile(
    r"\b(?:Atlanta|Augusta|Savannah|Athens|Alabama|Florida|Emory|Georgia (?:State|Tech)|U\.?S)"
)
_CAUCASIAN_GEORGIA = re.compile(r"\b(?:Tbilisi|Batumi|Kutaisi|Caucasus|Armenia|Azerbaijan|Georgians?\b(?= (?:team|del|gov|min|doc))"
                                r"|Republic of Georgia|Georgian)")  # fmt: skip
_NORTH_KOREA = re.compile(
    r"\b(?:North Korea|DPRK|Democratic People's|Pyongyang|Corée du Nord|Corea del Norte|Coreia do Norte)"
)
#: In French, Spanish and Portuguese: what goes before the name of a people that is a tongue's, a sickness's or a sea's.
_NO_PEOPLE_AFTER = frozenset(
    """
    lengua lingua langue oficial officielle encefalitis encefalite encephalite grippe gripe fiebre fievre hemorragica
    ocean oceano
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_OF_AN_ADJECTIVE = ("a", "as", "os", "es", "ne", "nes", "se", "ses")  # how no surname ends, or few
_KOREAS = ("KOR", "PRK")
_LIST_BEFORE = re.compile(r"([A-Z][a-z]+)(?:, (?:and |or )?| and | or )$")
_LIST_AFTER = re.compile(r"(?:, (?:and |or )?| and | or )([A-Z][a-z]+)")
_ACADEMIC = re.compile(
    r"\b(?:University|Université|Universidad|Universidade|College|Institute of Technology) (?:of |de |do )?(?:the )?$"
)
_WATERS = re.compile(r"\b(?:Gulf|Bight|Bay|Sea|Straits?) of (?:the )?$")  # those who live around them are not meant
_DISTRICT = "[Dd]istrict|[Pp]rovince|[Cc]ounty|[Rr]egion"
_STATE = re.compile(r"\bState of $")
_CHAINED = re.compile(r"(?<!\w)[A-ZÀ-Ý]\w*-$")  # "China-UK-Tanzania", but not "non-UK"
_LAST_WORD = re.compile(r"(?<![^\W_])([^\W_]+\.?)[ \-‐-―\n]*$")
_NEXT_WORD = re.compile(r"(?:['’]s)?[ \-‐-―\n]*([^\W_]+)")
_JOURNAL = re.compile(r"\b(?:Journal|Bulletin|Lancet|Review|Annals|Archives) (?:of (?:the )?)?$")


@dataclass(frozen=True, slots=True)
class CountryMention:
    """Words of a text that mean one country."""

    start: int
    end: int
    iso3: str
    subdivision: str | None = None  # ISO 3166-2, where a nation of the United Kingdom or the like is named
    city: bool = False  # meant through a city or state in it
    demonym: bool = False  # named by its people or as an adjective: "Kenyan"


def country_mentions(text: str, language: str = "en") -> list[CountryMention]:
    """Return the countries that a text names, in its order, without overlaps. Cost: linear in the words."""
    places, peoples = place_names(), people_names(language)
    words = [m.span() for m in _WORD.finditer(text)]
    found = _abbreviated(text)
    shared: list[tuple[int, int, Entry]] = []
    done = 0
    for at, (start, _) in enumerate(words):
        if at < done:
            continue
        hit = longest_name(places, text, words, at) if text[start].isupper() else None
        if hit is None and peoples and (people := longest_name(peoples, text, words, at)):
            end = words[at + people[0] - 1][1]
            hit = people if _are_people(text, start, end, people[1], found) else None
        if hit is None:
            continue
        length, entry = hit
        done = at + length
        end = words[done - 1][1]
        if entry.shared:
            shared.append((start, end, entry))
        elif mention := _settled(text, start, end, entry, language):
            found.append(mention)
    found += _settled_by_the_rest(text, shared, {m.iso3 for m in found})
    found.sort(key=lambda m: (m.start, -m.end))
    return _moved(text, _without_overlaps(found))


def _settled_by_the_rest(text: str, shared: list[tuple[int, int, Entry]], named: set[str]) -> Iterator[CountryMention]:
    """Yield names of two countries that mean the one that the text names otherwise too; Korea alone is the South."""
    for start, end, entry in shared:
        meant = named.intersection(entry.shared)
        if not meant and entry.shared == _KOREAS and not _NORTH_KOREA.search(text):
            meant = {_KOREAS[0]}
        if len(meant) == 1:
            yield CountryMention(start, end, min(meant), demonym=entry.demonym)


def countries_with(name: str) -> tuple[str, ...]:
    """Return the countries that have a town, district or region of a name (GeoNames)."""
    return listed(_localities().get(fold(name), ""))


@cache
def _localities() -> dict[str, str]:
    return pairs("localities.csv")


def _moved(text: str, found: list[CountryMention]) -> list[CountryMention]:
    """Return mentions, those of districts in the country that the text names and that has one called like a city abroad.

    "Mwanza District" is Malawi's where the text names Malawi and not Tanzania; elsewhere a city is the well known one.
    """
    named = {m.iso3 for m in found if not m.city}
    kept = []
    for mention in found:
        name = text[mention.start : mention.end]
        others = named.intersection(countries_with(name)) if mention.city and mention.iso3 not in named else ()
        if len(others) == 1 and re.search(rf"\b{re.escape(name)} (?:{_DISTRICT})", text):
            kept.append(replace(mention, iso3=min(others)))
        else:
            kept.append(mention)
    return kept


def _are_people(text: str, start: int, end: int, entry: Entry, found: list[CountryMention]) -> bool:
    """Say whether a word of French, Spanish or Portuguese means a people: no tongue, no sickness, nobody's surname."""
    said, before = text[start:end].lower(), _word_before(text, start)
    if "-" not in entry.key and said != entry.key:
        return False  # "reuniones" are meetings, and "reunionés" is who lives on Réunion
    if text[start - 1 : start] == "-" and not (found and found[-1].end == start - 1):
        return False  # "latino-américain", but not "cubano-venezolana"
    if text[start].isupper() and before[:1].isupper() and not said.endswith(_OF_AN_ADJECTIVE):
        return False
    return fold(before) not in _NO_PEOPLE_AFTER and not is_tongue_of_others(text, start, end)


def _settled(text: str, start: int, end: int, entry: Entry, language: str) -> CountryMention | None:
    before, after = _word_before(text, start), _word_after(text, end)
    name = entry.key
    last = name.rsplit(" ", 1)[-1]
    if after.lower() in _AFTER.get(last, ()) or before.lower() in _BEFORE.get(name, ()):
        return None
    if is_tongue(text, start, end, before) or (not after and name in {"english", "french", "spanish", "portuguese"}):
        return None
    if before.lower() in {"of", "the"} and _WATERS.search(text, max(0, start - 16), start):
        return None
    if name == "mexico" and before.lower() == "of" and _STATE.search(text, max(0, start - 12), start):
        return None
    if name == "paris" and text[max(0, start - 11) : start].lower() == "plaster of ":
        return None
    if _JOURNAL.search(text, max(0, start - 30), start) or (
        (entry.city or entry.subdivision) and _ACADEMIC.search(text[max(0, start - 40) : start])
    ):
        return None
    if name == "poles" and (not before or before.endswith(".")):
        return None  # at the head of a sentence they may carry a net
    if name in {"dominique", "maurice"} and language != "fr":
        return None
    if name in {"georgia", "georgian", "georgians"}:
        return _georgia(text, start, end)
    if is_a_persons(text, start, end, name, before, after):
        return None
    return CountryMention(start, end, entry.iso3, entry.subdivision, entry.city, entry.demonym)


def _georgia(text: str, start: int, end: int) -> CountryMention | None:
    """Return which Georgia is meant, by what else the text around it names; null if that settles nothing."""
    around = text[max(0, start - 300) : end + 300]
    caucasian = bool(_CAUCASIAN_GEORGIA.search(around)) or text[start:end].lower().startswith("georgian")
    american = bool(_AMERICAN_GEORGIA.search(around)) or _ACADEMIC.search(text[max(0, start - 40) : start]) is not None
    if not (caucasian or american):
        caucasian = _is_among_countries(text, start, end)
    if caucasian == american:
        return None
    return CountryMention(start, end, "GEO" if caucasian else "USA", None, not caucasian)


def _is_among_countries(text: str, start: int, end: int) -> bool:
    """Say whether a name stands beside a country's in a list: "Ukraine, Georgia and Kyrgyzstan"."""
    beside = (_LIST_BEFORE.search(text, max(0, start - 40), start), _LIST_AFTER.match(text, end))
    words = {fold(m.group(1)) for m in beside if m}
    entries = [entry for word in words for parts, entry in place_names().get(word, ()) if parts == (word,)]
    return any(not (entry.city or entry.subdivision or entry.iso3 == "USA") for entry in entries)


def _abbreviated(text: str) -> list[CountryMention]:
    found = []
    for m in _SHORT.finditer(text):
        iso3 = m.lastgroup or ""
        if text[m.start() - 1 : m.start()] == "-" and not _CHAINED.search(text, max(0, m.start() - 30), m.start()):
            continue
        if iso3 == "USA" and m.group() == "US" and (_MONEY.match(text, m.end()) or _shouted(text, m.start(), m.end())):
            continue
        if iso3 == "CAF" and "Central African" not in text:
            continue
        found.append(CountryMention(m.start(), m.end(), iso3))
    return found


def _shouted(text: str, start: int, end: int) -> bool:
    """Say whether the words on either side are in capitals too: "CONTACT US NOW" names no country."""
    sides = [w for w in (_word_before(text, start), _word_after(text, end)) if len(w) > 2]
    return bool(sides) and all(w.isupper() for w in sides)


def _word_before(text: str, start: int) -> str:
    m = _LAST_WORD.search(text[max(0, start - 40) : start])
    return m.group(1) if m else ""


def _word_after(text: str, end: int) -> str:
    m = _NEXT_WORD.match(text[end : end + 40])
    return m.group(1) if m else ""


def _without_overlaps(found: list[CountryMention]) -> list[CountryMention]:
    kept: list[CountryMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
