"""Organisations and sites that a text names: by the noun that says what they are, or by a name that is well known.

A phrase in capitals is an organisation where one of its words is such a noun ("Hospital", "Ministry", "Trust"). The
nouns are rows of `ontology/organisation_words.csv`, the well-known names those of `ontology/organisations.csv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ...ontology.countries import name_table, place_key
from ...ontology.normal import fold, listed, rows
from .organisation_names import TITLES, all_places, begins_name, is_branch, is_organisation, is_own, word_lists
from .organisation_shapes import (
    APPOSED,
    AT,
    DEFINED,
    DEFINES,
    DIRECTED,
    GOVERNMENT,
    IN_COUNTRY,
    LETTERED,
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

_RECALLED = 50  # names that a short form can stand for: the last so many
_SEATS = frozenset({"regional", "country", "collaborating", "liaison", "office"})  # "WHO Regional Office"
_ARTICLES = frozenset({"Al", "El", "La", "Los", "Las", "Le"})
_SITES = frozenset({"hospital", "clinic", "university", "hospice", "centre", "center", "college", "institute", "trust", "hôpital", "clínica"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """Words of a text that name an organisation or a site."""

    start: int
    end: int
    name: str


def organisation_mentions(text: str) -> list[OrganisationMention]:
    """Return the organisations that a text names, in its order; an acronym that it defines counts as the name."""
    found: list[tuple[int, int]] = []
    acronyms: dict[str, str] = {}
    for m in PHRASE.finditer(text):
        if not _may_name(m.group()):
            continue
        for start, end in _parts(text, m.start(), m.end()):
            if is_organisation(text[start:end]) and not TITLED.search(text, max(0, start - 20), start):
                found.append(_whole(text, start, end))
            elif is_branch(text[start:end]) and AT.search(text, max(0, start - 6), start):
                found.append((start, end))
    found += [_whole(text, *m.span()) for m in _opened().finditer(text)]
    found += [_trimmed(text, *m.span()) for m in GOVERNMENT.finditer(text)]
    found += _appositions(text)
    found += [(m.end() - len(name), m.end()) for m in SMALL.finditer(text) if (name := _small_site(m))]
    found += [m.span() for m in OFFICE.finditer(text)]
    for start, end in found:
        if acronym := _acronym(text, start, end):
            acronyms.setdefault(acronym, " ".join(text[start:end].split()))
    found += [m.span() for m in _known().finditer(text)]
    if acronyms:
        short = re.compile(rf"(?<![\w(-])(?:{'|'.join(map(re.escape, acronyms))})(?![\w)-])")
        found += [m.span() for m in short.finditer(text)]
    mentions: list[OrganisationMention] = []
    for start, end in sorted(found, key=lambda s: (s[0], -s[1])):
        if mentions and start < mentions[-1].end:
            continue
        said = " ".join(text[start:end].split())
        mentions.append(OrganisationMention(start, end, acronyms.get(said) or _full(said, mentions)))
    return mentions


def _full(said: str, told: list[OrganisationMention]) -> str:
    """Return the name that a short form stands for: of "St Anne's" after "St Anne's Hospital"."""
    saint = said.startswith("St") and said.endswith(("'s", "’s"))
    tail = re.search(r" (?:de|du|del|do|da) \S+$", said) if said[0].islower() else None
    for mention in told[-_RECALLED:] if saint or tail else ():
        if mention.name.startswith(f"{said} ") or (tail and mention.name.endswith(tail.group())):
            return mention.name
    return said


def _appositions(text: str) -> list[tuple[int, int]]:
    """Return names that the words beside them make an organisation's."""
    spans = []
    for m in APPOSED.finditer(text):
        start, end = _trimmed(text, *m.span(m.lastgroup or 0))
        enough = m.lastgroup in {"name", "called"} or " " in text[start:end]
        if enough and is_own(text[start:end]):
            spans.append((start, end))
    return spans


@cache
def seats() -> dict[str, str]:
    """Return the countries of the organisations that everybody knows to be of one."""
    return {
        name: row["country"]
        for row in rows("organisations.csv")
        if row["country"]
        for name in (row["name"], *listed(row["alternatives"]))
    }


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


def _acronym(text: str, start: int, end: int) -> str | None:
    """Return the acronym that a text defines beside a name: "Rural Health Trust (RHT)", "RHT (Rural Health Trust)"."""
    if defined := DEFINED.match(text, end):
        acronym = defined["acr"]
        return acronym if len(LETTERED.findall(acronym)) >= 2 and place_key(acronym) not in name_table() else None
    defines = DEFINES.search(text[max(0, start - 24) : start])
    if defines and text[end : end + 1] == ")" and len(LETTERED.findall(defines["acr"])) >= 2:
        return defines["acr"]
    return None


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
    names = {name for row in rows("organisations.csv") for name in (row["name"], *listed(row["alternatives"]))}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, ordered))})(?!\w|-[A-Z])")


@cache
def _opened() -> re.Pattern[str]:
    """Return the pattern of names that go on in small letters: "ministère de la Santé", "Institut de santé publique"."""
    lists = word_lists()
    places_of_care = (
        r"(?:(?:[Pp]oste|[Pp]uesto|[Pp]osto|[Mm]utuelle|[Uu]nida(?:d|de)|[Cc]ase|[Rr]ed|[Cc]entr[eo]) (?:de |des )?(?:santé|salud|saúde)|"
        r"[Hh]ôpital|[Cc]linique|[Mm]aternité|[Dd]ispensaire|[Cc]línica|[Mm]aternidade?|(?:(?<=\bel )|(?<=\bdel )|(?<=\bal )|(?<=\bdo )|(?<=\bno )|(?<=\bao ))hospital)"
    )
    openers = "|".join(sorted((rf"[{w[0]}{w[0].upper()}]{w[1:]}" for w in lists["opener"]), key=len, reverse=True))
    adjectives = "|".join(sorted(lists["trailing"]))
    link = r"(?:de la |de los |de las |de |du |des |del |da |do |dos |das |de l[’']|d[’'])"
    after = rf"(?:(?: et (?:de la |du |de l[’'])?| y (?:la |el )?| e (?:da |do )?)[{UP}][\w’'-]+| (?:{adjectives})\b| {link}?[{UP}][\w’'-]+| (?:pour|para) (?:la |le |les |l[’']|el |las |los |a |o )?[\wà-ÿ’'-]{{3,16}})"
    small = r"[a-zà-ÿ-]{4,16}"
    return re.compile(
        rf"\b(?:(?:{openers})(?:(?: [a-zà-ÿ-]{{5,16}}){{0,2}} {link}[{UP}][\w’'-]+{after}{{0,5}}"
        rf"| {link}{small}(?: (?:{adjectives}))? {link}?[{UP}][\w’'-]+{after}{{0,3}}"
        rf"|(?: [a-zà-ÿ-]{{5,16}}){{0,2}}(?<=[a-zà-ÿ]{{3}}) {link}{small} (?:{adjectives})\b"
        rf"| [a-zà-ÿ-]{{5,16}} {link}{small}(?: (?:{adjectives})\b)?)"
        rf"|{places_of_care} {link}?[{UP}][\w’'-]+{after}{{0,3}})"
    )
