"""Countries that a text names: by name, former name, demonym, abbreviation, or a city or state that lies in one alone.

A name that means more than one country, or that may be a person's, is left out unless the words beside it settle it:
no guess becomes a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from ...ontology.countries import all_countries, name_table, place_key
from ...ontology.normal import fold, listed, pairs, rows
from .tongues import is_tongue, is_tongue_of_others

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"(?:[ \t]|['’.\-‐-―]|\n(?!\n)|, |\. ){0,2}")
# Abbreviations that prose uses; codes such as IN or IT are words.
_SHORT = re.compile(
    r"(?<![\w.&])(?:(?P<GBR>UK|U\.K\.)|(?P<USA>USA|U\.S\.A\.|U\.S\.|US)|(?P<COD>DRC|DR Congo|D\.R\. Congo|RDC)"
    r"|(?P<ARE>UAE|U\.A\.E\.)|(?P<PNG>PNG)|(?P<LAO>Lao PDR|PDR Lao)|(?P<PRK>DPRK)|(?P<CAF>CAR(?= ))|(?P<SAU>KSA))(?![\w$])"
)
_MONEY = re.compile(r"[ \t]*(?:\$|dollars?\b|cents?\b|\d)")

#: Names that are people's too.
_PERSONAL = frozenset(
    """
    chad jordan georgia israel kenya india cuba jersey sydney adelaide virginia carolina florida victoria
    houston denver boston phoenix paris london milan bali lima dominique maurice guinea ireland england holland
    france german brazil turkey cyprus danes poles turks devon
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
#: Words that begin with a capital beside a country's name without making it a person's.
_NOT_A_PERSON = frozenset(
    """
    a an the in on at of from to for and or by with as but when while after before since where both all many
    most some north south east west northern southern eastern western central upper lower greater rural urban
    new old republic kingdom government ministry department ministries hospital hospitals university college
    school national federal state states health care medical nursing nurses doctors team teams delegation
    partnership partnerships programme program project minister ministers president district districts province
    region city county red cross council institute institution foundation trust association society service
    services centre center agency bureau office embassy commission committee network women children community
    communities teachers experts officials participants staff visitors colleagues partners delegates model
    strategy policy plan act mission january february march april may june july august september october
    november december this that these those its their our his her in
    neither nor either not unlike like only even also again besides beyond outside inside across around within through
    throughout under over between among against despite although though because if unless until once yet still thus
    hence therefore so moreover furthermore however meanwhile instead later earlier soon now then today here there
    elsewhere thereafter afterwards subsequently eventually finally first second third last recently currently previously
    originally initially one two three four five six seven eight nine ten eleven twelve
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
#: What follows or precedes a word that makes it no country's: a language, a disease, an ocean, a heritage.
_AFTER = {
    "english": {"language", "speaking", "version", "translation", "teacher", "lessons", "proficiency"},
    "french": {"language", "speaking", "version", "translation"},
    "spanish": {"language", "speaking", "version", "translation", "flu"},
    "portuguese": {"language", "speaking", "version", "translation"},
    "arabic": {"language"},
    "german": {"language", "speaking", "measles"},
    "japanese": {"encephalitis", "language"},
    "guinea": {"worm", "pig", "pigs"},
    "indian": {"ocean"},
    "british": {"columbia", "medical", "council", "journal"},
    "american": {"journal", "samoa", "sign", "indian", "states"},
    "england": {"journal"},
    "niger": {"delta", "river", "state"},
    "turkey": {"tail"},
    "jordan": {"river", "valley"},
    "chinese": {"medicine", "language"},
    "brazil": {"nut", "nuts"},
    "ireland": set(),
}
_BEFORE = {
    "american": {"latin", "south", "north", "central", "pan", "native", "inter", "african", "asian", "meso", "ibero"},
    "english": {"in", "into", "speak", "speaks", "written"},
    "french": {"in", "into", "speak", "speaks", "written"},
    "spanish": {"in", "into", "speak", "speaks", "written"},
    "portuguese": {"in", "into", "speak", "speaks"},
    "german": {"in", "into"},
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
_OF_PEOPLES = ("an", "ese")  # endings of the names that two peoples share
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
    tree, peoples = _tree(), _peoples(language)
    words = [m.span() for m in _WORD.finditer(text)]
    found = _abbreviated(text)
    shared: list[tuple[int, int, _Entry]] = []
    done = 0
    for at, (start, _) in enumerate(words):
        if at < done:
            continue
        hit = _longest(tree, text, words, at) if text[start].isupper() else None
        if hit is None and peoples and (people := _longest(peoples, text, words, at)):
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


def _settled_by_the_rest(text: str, shared: list[tuple[int, int, _Entry]], named: set[str]) -> Iterator[CountryMention]:
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


@dataclass(frozen=True, slots=True)
class _Entry:
    iso3: str
    subdivision: str | None
    city: bool
    key: str
    demonym: bool = False
    shared: tuple[str, ...] = ()  # the countries that all have this name


_Tree = dict[str, list[tuple[tuple[str, ...], _Entry]]]


@cache
def _tree() -> _Tree:
    """Return the names of places and, in English, of peoples, by `_by_first_word`."""
    entries: dict[str, _Entry] = {}
    peoples = {place_key(d) for country in all_countries() for d in country.demonyms}
    peoples |= {place_key(d) for row in rows("subdivisions.csv") for d in listed(row["demonyms"])}
    for row in rows("cities.csv"):
        entries[fold(row["name"])] = _Entry(row["country"], None, True, fold(row["name"]))
    for key, place in name_table().items():
        if place.country:
            entries[key] = _Entry(place.country, place.subdivision, False, key, key in peoples)
    shared: dict[str, tuple[str, ...]] = {}
    for country in all_countries():
        for name in country.shared_names:
            shared[place_key(name)] = (*shared.get(place_key(name), ()), country.iso3)
    entries |= {key: _Entry("", None, False, key, key.endswith(_OF_PEOPLES), each) for key, each in shared.items()}
    entries |= {key.replace("saint ", "st ", 1): e for key, e in entries.items() if key.startswith("saint ")}
    return _by_first_word((key, entry) for key, entry in entries.items() if len(key) > 2)


@cache
def _peoples(language: str) -> _Tree:
    """Return the names of peoples in a language that writes them small, by `_by_first_word`; none for others."""
    return _by_first_word(
        (fold(form), _Entry(row["country"], None, False, form, demonym=True))
        for row in rows("demonyms.csv")
        if row["language"] == language
        for form in listed(row["forms"])
    )


def _by_first_word(entries: Iterable[tuple[str, _Entry]]) -> _Tree:
    """Return entries by the first of the words of their folded names, the longest name first."""
    tree: _Tree = {}
    for key, entry in entries:
        if parts := tuple(key.split()):
            tree.setdefault(parts[0], []).append((parts, entry))
    for names in tree.values():
        names.sort(key=lambda item: -len(item[0]))
    return tree


def _are_people(text: str, start: int, end: int, entry: _Entry, found: list[CountryMention]) -> bool:
    """Say whether a word of French, Spanish or Portuguese means a people: no tongue, no sickness, nobody's surname."""
    said, before = text[start:end].lower(), _word_before(text, start)
    if "-" not in entry.key and said != entry.key:
        return False  # "reuniones" are meetings, and "reunionés" is who lives on Réunion
    if text[start - 1 : start] == "-" and not (found and found[-1].end == start - 1):
        return False  # "latino-américain", but not "cubano-venezolana"
    if text[start].isupper() and before[:1].isupper() and not said.endswith(_OF_AN_ADJECTIVE):
        return False
    return fold(before) not in _NO_PEOPLE_AFTER and not is_tongue_of_others(text, start, end)


def _longest(tree: _Tree, text: str, words: list[tuple[int, int]], at: int) -> tuple[int, _Entry] | None:
    word = text[slice(*words[at])]
    plural = word[:-1] if word.endswith("s") and len(word) > 5 else ""
    for spelt in (word, plural):
        for parts, entry in tree.get(fold(spelt), ()) if spelt else ():
            if len(parts) == 1:
                return 1, entry
            if at + len(parts) <= len(words) and _continues(text, words, at, parts):
                return len(parts), entry
    return None


def _continues(text: str, words: list[tuple[int, int]], at: int, parts: tuple[str, ...]) -> bool:
    for step in range(1, len(parts)):
        before, (start, end) = words[at + step - 1], words[at + step]
        if not _GAP.fullmatch(text, before[1], start) or not _spells(text[start:end], parts[step]):
            return False
    return True


def _spells(word: str, part: str) -> bool:
    folded = fold(word)
    return folded == part or (folded.endswith("s") and len(part) > 4 and folded[:-1] == part)


def _settled(text: str, start: int, end: int, entry: _Entry, language: str) -> CountryMention | None:
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
    if name in _PERSONAL and _looks_personal(text, start, end, before, after):
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
    entries = [entry for word in words for parts, entry in _tree().get(word, ()) if parts == (word,)]
    return any(not (entry.city or entry.subdivision or entry.iso3 == "USA") for entry in entries)


def _looks_personal(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Say whether a capitalised neighbour makes the name a person's: "Michael Jordan", "Chad Brown"."""
    beside = text[end : end + 1] == " " and after[:1].isupper() and after.lower() not in _NOT_A_PERSON
    led = (
        text[start - 1 : start] == " "
        and before[:1].isupper()
        and not before.endswith(".")
        and not before[-1:].isupper()  # "FIOCRUZ Brazil": a body's acronym, and no first name
        and before.lower() not in _NOT_A_PERSON
    )
    titled = before.rstrip(".") in {"Mr", "Mrs", "Ms", "Dr", "Prof", "Professor", "Sir", "Lord", "Dame"}
    tree = _tree()
    known = {fold(before), fold(after)} & tree.keys()
    return titled or ((beside or led) and not known)


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
