"""Find what a name means: an id, else a label or alias, else a unique prefix, else a unique near spelling."""

from __future__ import annotations

from dataclasses import dataclass

from ..ontology.countries import all_countries, find_place
from .errors import Ambiguous, NotFound
from .identity import Identity
from .names import name_key

_PARTNER = 0.6  # how well a thing matches by an organisation that took part in it
_WORD = 5  # letters that a word needs to be compared with single words

CLASSES = ("innovation", "country", "site", "exchange", "report")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something whose name matches, with how well (1 label, .9 other name, .8 prefix, less for near spellings)."""

    id: str
    cls: str
    label: str
    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one thing."""

    id: str
    cls: str
    label: str
    name: str
    partner: bool = False  # the name of an organisation that took part, by which a thing is found but not called


def names_of(known: Identity, classes: tuple[str, ...] = CLASSES) -> list[Name]:
    """Return every name of everything of some classes."""
    names: list[Name] = []
    if "innovation" in classes:
        for innovation in known.innovations.values():
            names += [
                Name(innovation.id, "innovation", innovation.label, text)
                for text in (innovation.label, *innovation.aliases)
            ]
    reach = known.view.reach
    if "country" in classes:
        used = reach.countries()
        for country in all_countries():
            if country.iso3 in used:
                spellings = dict.fromkeys((country.label, country.iso3, *country.names))
                names += [Name(f"country:{country.iso3}", "country", country.label, n) for n in spellings]
    if "site" in classes:
        names += [Name(f"site:{country}:{key}", "site", label, label) for country, key, label in reach.sites()]
    if "exchange" in classes:
        for key, title, said, others in reach.exchanges():
            names += [Name(f"exchange:{key}", "exchange", title, n) for n in dict.fromkeys((title, said)) if n]
            names += [Name(f"exchange:{key}", "exchange", title, n, partner=True) for n in others]
    if "report" in classes:
        names += [Name(report, "report", title, title) for report, title in reach.reports()]
    return names


def search(known: Identity, text: str, classes: tuple[str, ...] = CLASSES) -> list[Hit]:
    """Return what matches a text, best first. Cost: one pass over all names."""
    return _matches(names_of(known, classes), text)


def _matches(names: list[Name], text: str, *, near: bool = True) -> list[Hit]:
    """Return what matches; without `near` only by the name itself or the beginning of a word in it."""
    wanted = name_key(text)
    best: dict[str, Hit] = {}
    for name in names:
        key = name_key(name.name)
        score = _score(wanted, key, name.name == name.label) or (_nearness(wanted, key) if near else 0.0)
        score = min(score, _PARTNER) if name.partner else score
        if score and (name.id not in best or (score, name.name) > (best[name.id].score, best[name.id].matched)):
            best[name.id] = Hit(name.id, name.cls, name.label, name.name, round(score, 4))
    return sorted(best.values(), key=lambda hit: (-hit.score, CLASSES.index(hit.cls), hit.label, hit.id))


def find(known: Identity, name: str, classes: tuple[str, ...] = CLASSES) -> tuple[Hit, bool]:
    """Return the one thing that a name means, and whether the name was only near to it.

    Raises:
        NotFound: if nothing is near.
        Ambiguous: if several things fit equally.

    """
    names = names_of(known, classes)
    for one in names:
        if one.id == name:
            return Hit(one.id, one.cls, one.label, name, 1.0), False
    # Several reports call different exchanges so: which is meant?
    apart = sorted({(one.id, one.label) for one in names if one.id.startswith(f"{name}@") and one.cls == "exchange"})
    if apart:
        raise Ambiguous(name, apart)
    # Spellings are compared, at some cost for each name, only where no name has or begins with these words.
    hits = [hit for hit in _matches(names, name, near=False) if hit.score != _PARTNER]
    if "country" in classes and not any(h.score >= 0.9 for h in hits):
        place = find_place(name)
        if place and place.country and f"country:{place.country}" in {n.id for n in names}:
            return Hit(f"country:{place.country}", "country", place.label, name, 0.9), False
    hits = hits or [hit for hit in _matches(names, name) if hit.score != _PARTNER]
    for low, near in ((1.0, False), (0.9, False), (0.8, False), (0.0, True)):
        fitting = [h for h in hits if h.score >= low]
        # A name shared by an innovation and, say, a report about it means the innovation.
        fitting = [h for h in fitting if h.cls == min((f.cls for f in fitting), key=CLASSES.index)]
        if len(fitting) == 1:
            return fitting[0], near
        if fitting:
            raise Ambiguous(name, [(h.id, h.label) for h in fitting])
    kinds = " or ".join(classes) if len(classes) < len(CLASSES) else "thing"
    raise NotFound(f"No {kinds} here is called “{name}”. Try `southerly search` with a part of the name.")


def _score(wanted: str, key: str, is_label: bool) -> float:
    if not wanted:
        return 0.0
    if key == wanted:
        return 1.0 if is_label else 0.9
    if key.startswith(wanted) or f"-{wanted}" in key:
        return 0.8
    return 0.0


def _nearness(wanted: str, key: str) -> float:
    if not wanted:
        return 0.0
    allowed = 1 if len(wanted) < 6 else 2
    best = 0.0
    # A single word may also be near to one word of a name; shorter ones are near to too many.
    words = key.split("-") if "-" not in wanted and len(wanted) >= _WORD else ()
    for part in (key, *words):
        length = max(len(part), len(wanted))
        if abs(len(part) - len(wanted)) <= allowed:
            distance = _edits(wanted, part, allowed)
            if distance <= allowed and distance < length:
                best = max(best, 0.7 * (1 - distance / length))
    return best


def _edits(a: str, b: str, limit: int) -> int:
    """Return the Levenshtein distance of two words, or more than `limit` as soon as it must be (Levenshtein 1966)."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != other))
        if min(row) > limit:
            return limit + 1
    return row[-1]
