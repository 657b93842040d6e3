"""What makes words in capitals the name of an organisation or a site: the nouns in them, and what they are not.

The nouns are rows of `ontology/organisation_words.csv`: `noun` makes a name wherever it stands, `weak` where it links,
begins or ends one, `ending` at the end alone; a name of `generic` words alone is nobody's.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from ...ontology.countries import name_table, place_key
from ...ontology.normal import fold, rows

TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "professor", "sir", "lord", "dame", "sister", "father", "brother", "bishop", "rev"})  # fmt: skip
_POSTS = frozenset({"director", "officer", "manager", "coordinator", "minister", "secretary", "president", "chair", "dean", "report", "code", "title", "name", "number"})  # fmt: skip
_GENERALS = frozenset({"attorney", "director", "secretary", "surgeon", "inspector", "consul", "auditor", "governor", "major", "brigadier", "registrar", "controller", "lieutenant", "in", "of", "the", "and"})  # fmt: skip
_DOING = frozenset({"strengthening", "building", "improving", "scaling", "reducing", "expanding", "supporting", "promoting", "bringing", "making", "saving", "sharing", "linking"})  # fmt: skip
_NATIONAL = frozenset({"service", "services", "institute", "centre", "center", "bank", "fund", "laboratory", "agency", "authority", "council"})  # fmt: skip
_DIRECTIONS = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "new", "saint", "st", "republic", "papua", "upper", "lower"})  # fmt: skip
_FORM = frozenset({"id", "yes", "document", "closing", "date"})  # words of forms, not of names
_PLACES = frozenset({"district", "districts", "region", "regions", "province", "county", "zone", "state", "states"})
_WRITTEN = frozenset({"journal", "annals", "bulletin", "lancet", "relatório", "informe", "rapport"})
_SENT = frozenset({"mission", "missão", "misión", "team", "office"})
_BODIES = frozenset({"department", "directorate", "bureau", "office", "secretariat"})


def is_organisation(phrase: str) -> bool:
    """Say whether words in capitals name an organisation or a site by the nouns in them."""
    lists = word_lists()
    words = [w.strip(".,'’").lower() for w in phrase.split()]
    capitals = [w for w in phrase.split() if w[:1].isupper()]
    if len(capitals) < 2 or words[-1] in _POSTS or not _FORM.isdisjoint(words):
        return False
    if words[0] in TITLES and (len(words) < 3 or words[-1] not in lists["noun"]):
        return False  # a person; but "Bishop Tutu Hospital"
    if _is_office(words):
        return True
    if words[0] in _WRITTEN or ("of" in words and words[words.index("of") - 1] in _PLACES):
        return False
    nouns = [n for n, w in enumerate(words) if w in lists["noun"]]
    if nouns:
        if words[-2:-1] == ["the"] and nouns[0] == len(words) - 1:
            return False  # "Options for the Ministry"
        return not set(words) <= lists["generic"] - {"ministry"}
    if set(words) <= lists["generic"] or words[0] in _DOING:
        return False
    if words[-1] in lists["ending"] or words[-2:] == ["home", "care"]:
        return words[0] not in lists["leading"] and words[-2] not in {"and", "of", "in", "for", "the", "with"}
    if words[-1] in {"general", "referral", "regional"}:
        return words[-2] not in _GENERALS
    return _is_weakly_named(phrase, words)


def _is_office(words: list[str]) -> bool:
    """Say whether a name is that of an office that any country or district has: "National Department of Health"."""
    of = words[1:] if words[0] in {"national", "federal", "provincial", "state"} else words
    if of[0] in _BODIES and of[1:2] and of[1] in {"of", "for"}:
        return True
    if words[0] in {"región", "distrito", "district", "red", "área"} and words[1][:8] in {"sanitari", "sanitair"}:
        return True
    return words[0] == "national" and len(words) > 2 and words[-1] in _NATIONAL


def _is_weakly_named(phrase: str, words: list[str]) -> bool:
    """Say whether a noun that also means other things makes a name where it stands: "Hope Network", not "Network Day"."""
    weak = word_lists()["weak"]
    if weak.isdisjoint(words) or words[-1] in _PLACES or place_key(phrase) in name_table():
        return False
    if words[0] in _SENT and place_key(" ".join(words[2:])) in name_table():
        return False  # "Mission of Chad"
    links = {"for", "of", "on", "against", "de", "des"}
    linked = any(word in weak and after in links for word, after in pairwise(words))
    return linked or words[-1] in weak or words[0] in weak - _SENT - {"order", "home", "house"}


def is_own(name: str) -> bool:
    """Say whether a name is more than words that anything is called."""
    words = word_lists()
    parts = [w.strip(".,'’").lower() for w in name.split()]
    return (
        not set(parts) <= words["generic"] | words["leading"] | words["role"]
        and parts[0] not in TITLES
        and place_key(name) not in all_places()
    )


def is_branch(phrase: str) -> bool:
    """Say whether a name ends in the country that its bearer works in: "Health Links Austria"."""
    words = phrase.split()
    place = name_table().get(place_key(words[-1])) if len(words) > 2 else None
    if place is None or place_key(phrase) in name_table() or words[-1].endswith(("an", "ese", "ish")):
        return False
    lists = word_lists()
    rest = [w.lower() for w in words[:-1]]
    return (
        all(w[:1].isupper() and place_key(w) not in all_places() for w in words[:-1])
        and not set(rest) <= lists["generic"]
        and lists["role"].isdisjoint(rest)
        and rest[-1] not in _DIRECTIONS
    )


def begins_name(phrase: str) -> bool:
    """Say whether words begin with the noun that heads a name: "Ministry of", "Hospital San"."""
    return fold(phrase.split(" ", 1)[0]) in word_lists()["head"]


@cache
def all_places() -> frozenset[str]:
    """Return the keys of all names of countries, their parts, their peoples and their cities."""
    return frozenset(name_table()) | {place_key(row["name"]) for row in rows("cities.csv")}


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """Return the words that names of organisations have, by sort."""
    found: dict[str, set[str]] = {}
    for row in rows("organisation_words.csv"):
        found.setdefault(row["sort"], set()).add(row["word"])
    return {sort: frozenset(words) for sort, words in found.items()}
