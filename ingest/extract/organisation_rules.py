"""Rules for what names an organisation: the noun that says what it is, the words beside it, or a well-known name.

A phrase in capitals is an organisation where one of its words is such a noun ("Hospital", "Ministry", "Trust"). The
nouns are rows of `ontology/organisation_words.csv`, the well-known names those of `ontology/organisations.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from ...ontology.countries import name_table, place_key
from ...ontology.normal import fold, listed, rows
from .organisation_names import TITLES, all_places, begins_name, is_branch, is_organisation, is_own, word_lists
from .organisation_shapes import (
    APPOSED,
    AT,
    DIRECTED,
    GOVERNMENT,
    IN_COUNTRY,
    LISTED,
    MINISTRY,
    OFFICE,
    OWNER,
    PHRASE,
    REPUBLIC,
    SAINT,
    SMALL,
    SPLIT,
    TITLED,
    TRAILING,
    UP,
    WHEN,
)

_SEATS = frozenset({"regional", "country", "collaborating", "liaison", "office"})  # "WHO Regional Office"
_ARTICLES = frozenset({"Al", "El", "La", "Los", "Las", "Le"})
_SITES = frozenset({"hospital", "clinic", "university", "hospice", "centre", "center", "college", "institute", "trust", "hôpital", "clínica"})  # fmt: skip


def ruled_spans(text: str) -> list[tuple[int, int]]:
    """Return where the rules find a name, in the order of the text; of two that overlap the first, or the longer."""
    found: list[tuple[int, int]] = []
    for m in PHRASE.finditer(text):
        if not _may_name(m.group()):
            continue
        for start, end in _parts(text, m.start(), m.end()):
            if is_organisation(text[start:end]) and not TITLED.search(text, max(0, start - 20), start):
                found.append(_whole(text, start, end))
            elif is_branch(text[start:end]) and AT.search(text, max(0, start - 6), start):
                found.append((start, end))
    if _ROMANCE.search(text):
        found += [_whole(text, *m.span()) for m in _opened().finditer(text)]
    found += [_trimmed(text, *m.span()) for m in GOVERNMENT.finditer(text)]
    found += [span for m in APPOSED.finditer(text) if (span := _apposed(text, m))]
    found += [(m.end() - len(name), m.end()) for m in SMALL.finditer(text) if (name := _small_site(m))]
    found += [m.span() for m in OFFICE.finditer(text)]
    found += [m.span() for m in _known().finditer(text)]
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda s: (s[0], -s[1])):
        if start < end and (not apart or start >= apart[-1][1]):
            apart.append((start, end))
    return apart


def _apposed(text: str, m: re.Match[str]) -> tuple[int, int] | None:
    """Return the name that the words before it make an organisation's; null if it is none."""
    start, end = _trimmed(text, *m.span(m.lastgroup or 0))
    enough = m.lastgroup == "called" or " " in text[start:end]
    return (start, end) if enough and is_own(text[start:end]) else None


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a run of capitals where one name ends and another begins, and trim words that only lead to them."""
    cuts = [start]
    for m in SPLIT.finditer(text[start:end]):
        left, right = text[cuts[-1] : start + m.start()], text[start + m.end() : end]
        apart = bool(m["article"]) or left.rsplit(" ", 1)[-1].isupper()
        both = is_organisation(right) and (apart or is_organisation(left) or place_key(left) in all_places())
        ended = _words_end(left) and m.group(1) != "in"
        if m.group(1) == "in" or both or ended or (is_organisation(left) and begins_name(right)):
            if m.group(1) == "in" and right.split(" ", 1)[0] in {"Health", "Need", "Africa"} and "Partners" in left:
                continue
            cuts += [start + m.start(), start + m.end()]
    cuts.append(end)
    return [_trimmed(text, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]


def _words_end(left: str) -> bool:
    """Say whether a name is whole with the noun that it ends in: "Komfo Hospital" of "Komfo Hospital and Korle Bu"."""
    words = left.lower().split()
    return len(words) > 1 and words[-1] in _SITES and words[0] not in _SITES and is_organisation(left)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a name without the words that lead to it, its owner's name and the marks around it."""
    words = word_lists()
    if (part := _PART_OF.match(text, start, end)) and is_organisation(text[part.end() : end]):
        start = part.end()
    while first := re.match(r"(?:[dl][’']|[^\s]+?)(?:[ \n]+|(?<=[’']))", text[start:end]):
        word = first.group().strip().strip("’'").lower()
        after = start + first.end()
        of = _OF.match(text, after, end) if word in words["role"] else None
        if of is None and word in TITLES:
            of = _OF.search(text, after, end)
        if of:
            start = of.end()
        elif _leads(first.group().strip(), text[after:end]):
            start = after
        else:
            break
    for trailing in (WHEN, TRAILING):
        tail = trailing.search(text, start, end)
        end = tail.start() if tail else end
    while end > start and text[end - 1] in ".,;:'’-–":
        end -= 1
    owning = re.search(r"(\w+)['’]s$", text[start:end])
    if owning and (owning[1].lower() in words["noun"] | words["weak"] or begins_name(text[start:end])):
        end -= 2
    for owner in OWNER.finditer(text, start, end):
        rest = text[owner.end() : end]
        if owner.start() == start and len(rest.split()) >= 2 and is_organisation(rest) and _owns(owner["owner"], rest):
            return owner.end(), end
    return start, end


def _leads(word: str, rest: str) -> bool:
    """Say whether a word leads to a name and is no part of it as in "Al Wadi Clinic" or "WHO Regional Office"."""
    words = word_lists()
    if word.lower() not in words["leading"]:
        return word.lower().endswith("-based")
    following = rest.split(maxsplit=1)[0] if rest.split() else ""
    if word.isupper() and len(word) > 1:
        return word not in _acronyms() or following.lower() not in _SEATS
    return word not in _ARTICLES or fold(following) in _led()


#: what a text has that names an organisation in Spanish, French or Portuguese
_ROMANCE = re.compile(
    r"\b(?:d(?:e|el|es|u|a|o|os|as)|[Hh]ôpital|[Cc]linique|[Mm]aternité|[Dd]ispensaire|[Cc]línica|[Mm]aternidade?) |\bd[’']"
)
#: "the Maternity Unit of Example Hospital"
_PART_OF = re.compile(r"(?:[Tt]he )?(?:(?:Maternity|Labour|Paediatric|Pediatric|Surgical|Medical|Neonatal|Emergency) )?"
                      r"(?:Unit|Ward|Team|Wing|Department) (?:of|at) (?:the )?(?=[A-Z])")  # fmt: skip
_OF = re.compile(
    r"\b(?:(?:of|at|from|for)[ \n]+(?:the[ \n]+)?|(?:de la|de los|de las|del|de|do|da|dos|das|du|des)[ \n]+|de l[’']|d[’'])",
    re.IGNORECASE,
)


def _owns(owner: str, rest: str) -> bool:
    """Say whether a genitive names the place of what follows and is no part of its name: "Kenya's Kitui Hospital"."""
    if place_key(owner) in all_places():
        return True
    first = rest.split(" ", 1)[0].strip(".,").lower()
    words = word_lists()
    return not owner.startswith("St") and first not in words["generic"] and first not in words["noun"] | words["weak"]


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a name with the list that belongs to it and without the country that a ministry is of."""
    said = text[start:end]
    if (saint := SAINT.search(said)) and place_key(saint["city"]) in all_places():
        return start, start + saint.start(1)
    if (directed := DIRECTED.match(said)) and place_key(directed["place"]) in all_places():
        return start, start + directed.end("name")
    if not MINISTRY.match(said):
        return start, end
    if listed_names := LISTED.match(text, end):
        places = name_table()
        if not any(place_key(w) in places for w in re.findall(rf"[{UP}]\w+", listed_names.group())):
            return start, listed_names.end()
    if republic := REPUBLIC.search(text, start, end):
        return start, republic.start()
    for m in IN_COUNTRY.finditer(text[start:end]):
        if place_key(m["place"]) in name_table():
            return start, start + m.start()
    return start, end


def _may_name(phrase: str) -> bool:
    """Say quickly whether a run of capitals can hold a name."""
    return " " in phrase or "\n" in phrase


def _small_site(m: re.Match[str]) -> str | None:
    """Return the name of a site whose kind is in small letters; null if it has no name of its own."""
    if m["people"]:
        return m.group() if place_key(m["people"]) in name_table() else None
    if m["site"] is None:
        return m.group()
    name = " ".join(m["site"].split())
    words = word_lists()
    parts = name.split(" ")
    while parts and parts[0].lower() in words["leading"]:
        del parts[0]
    common = words["generic"] | words["role"] | words["noun"]
    if not parts or parts[-1].endswith(("'s", "’s")) or all(w.lower() in common for w in parts):
        return None
    of_people = m["kind"] == "hospital" and place_key(parts[-1]) in name_table()
    if of_people or (place_key(" ".join(parts)) in all_places() and not m["kind"].endswith("department")):
        return None  # "the French hospital", "a Lima hospital"
    return m.group()[len(name) - len(" ".join(parts)) :]


@cache
def _led() -> frozenset[str]:
    """Return the words that an article stands before when it is no part of a name: "La Fundación", not "La Paz"."""
    words = word_lists()
    return frozenset(fold(w) for sort in ("noun", "weak", "head", "opener", "role", "leading") for w in words[sort])


@cache
def _acronyms() -> frozenset[str]:
    """Return the well-known names that are written in capitals."""
    names = (n for row in rows("organisations.csv") for n in (row["name"], *listed(row["alternatives"])))
    return frozenset(name for name in names if name.isupper())


@cache
def _known() -> re.Pattern[str]:
    """Return the pattern of the well-known names."""
    names = {name for row in rows("organisations.csv") for name in (row["name"], *listed(row["alternatives"]))}
    parts = "|".join(rf"{re.escape(first)}(?:{rest})" for first, rest in _by_first_letter(names).items())
    return re.compile(rf"(?<![\w/-])(?:{parts})(?!\w|-[A-Z])")


def _by_first_letter(names: Collection[str]) -> dict[str, str]:
    """Return what follows the first letters of names, as a pattern, the longest first: parted so, they match much sooner."""
    by: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        by.setdefault(name[0], []).append(re.escape(name[1:]))
    return {first: "|".join(rest) for first, rest in by.items()}


@cache
def _opened() -> re.Pattern[str]:
    """Return the pattern of names that go on in small letters: "ministère de la Santé", "Institut de santé publique"."""
    lists = word_lists()
    places_of_care = (
        r"(?:(?:[Pp]oste|[Pp]uesto|[Pp]osto|[Mm]utuelle|[Uu]nida(?:d|de)|[Cc]ase|[Rr]ed|[Cc]entr[eo]) (?:de |des )?(?:santé|salud|saúde)|"
        r"[Hh]ôpital|[Cc]linique|[Mm]aternité|[Dd]ispensaire|[Cc]línica|[Mm]aternidade?|(?:(?<=\bel )|(?<=\bdel )|(?<=\bal )|(?<=\bdo )|(?<=\bno )|(?<=\bao ))hospital)"
    )
    openers = "|".join(rf"[{a}{a.upper()}](?:{rest})" for a, rest in _by_first_letter(lists["opener"]).items())
    adjectives = "|".join(sorted(lists["trailing"]))
    link = r"(?:de la |de los |de las |de |du |des |del |da |do |dos |das |de l[’']|d[’'])"
    after = rf"(?:(?: et (?:de la |du |de l[’'])?| y (?:la |el )?| e (?:da |do )?)[{UP}][\w’'-]+| (?:{adjectives})\b| {link}?[{UP}][\w’'-]+| (?:pour|para) (?:la |le |les |l[’']|el |las |los |a |o )?[\wà-ÿ’'-]{{3,16}})"
    small = r"[a-zà-ÿ-]{4,16}"
    return re.compile(
        rf"\b(?=\w)(?:(?:{openers})(?:(?: [a-zà-ÿ-]{{5,16}}){{0,2}} {link}[{UP}][\w’'-]+{after}{{0,5}}"
        rf"| {link}{small}(?: (?:{adjectives}))? {link}?[{UP}][\w’'-]+{after}{{0,3}}"
        rf"|(?: [a-zà-ÿ-]{{5,16}}){{0,2}}(?<=[a-zà-ÿ]{{3}}) {link}{small} (?:{adjectives})\b"
        rf"| [a-zà-ÿ-]{{5,16}} {link}{small}(?: (?:{adjectives})\b)?)"
        rf"|{places_of_care} {link}?[{UP}][\w’'-]+{after}{{0,3}})"
    )
