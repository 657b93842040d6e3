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

_UP = "A-ZÀ-ÖØ-Þ"
_CAP = rf"(?:(?:St|Dr|Mt|Ste|Sto|Sta)\.|[{_UP}](?:\.[A-Z])+\.?|[{_UP}][\w’'&‑-]{{0,60}}|(?<!\d)(?!(?:1[5-9]|20)\d\d)\d{{1,4}}(?= [A-Z]))"
_LINK = (
    r"(?:(?:of|for|and|on|in|against) the|of|for|against|and|&|de la|de l[’']|de los|de las|del|des|de|do|da|dos|das|du|d[’']|et|y|e|"
    r"on|in|und|für|van|von|la)"
)
_SPACE = r"(?: |\n(?!\n|[^\n:]{1,40}:))"  # no name reaches into the next line of a form
_PHRASE = re.compile(rf"{_CAP}(?:{_SPACE}(?:(?:{_LINK}[ \n]+){{1,2}}(?={_CAP})|d[’'](?={_CAP}))?{_CAP}){{0,24}}")
#: "Ministry of Health, Labour and Welfare"
_LISTED = re.compile(rf"(?:(?:,{_SPACE}[{_UP}]\w+){{1,3}},?{_SPACE}(?:and|&|et|y|e){_SPACE}(?:the )?[{_UP}]\w+)")
_GOVERNMENT = re.compile(
    rf"\b(?:Royal |Federal |[A-Z]\w+n )?Governments? of (?:the )?[{_UP}][\w’'-]+(?: [{_UP}][\w’'-]+)?|\b(?:[A-Z]\w+(?:an|ese|ish|ian)) Government\b"
)
_DEFINED = re.compile(
    r"\s*\((?:the |hereafter |henceforth )?[“\"‘']?(?P<acr>[A-Z][A-Za-z&.\d/-]{1,13})[”\"’']?(?:[,;][^()]{0,30})?\)"
)
_DEFINES = re.compile(r"\b(?P<acr>[A-Z][A-Za-z&.\d-]{1,11})\s*\((?:the )?$")
_LETTERED = re.compile(r"[A-Z]")
_TRAILING = re.compile(rf"(?:[ \n]+(?:{_LINK}|The|In|At|On))+$")
_SPLIT = re.compile(
    r"(?<=[\w.’'])[ \n]+(and|et|y|e|in|und|with)[ \n]+(?P<article>(?:de )?(?:the|l[’']|la|le|el|o|a)\b[ \n]*|the[ \n]+)?"
)
_OWNER = re.compile(rf"(?P<owner>[{_UP}][\w-]+(?: [{_UP}][\w-]+)?)['’]s? (?=[{_UP}])")
_IN_COUNTRY = re.compile(rf"[ \n]+(?:of the|of|del|de la|de|du|des|do|da|d[’'])[ \n]*(?=(?P<place>[{_UP}][^,;()]*)$)")
_MINISTRY = re.compile(r"^(?:minist|secretar[íi]a de (?:estado|salud))", re.IGNORECASE)
#: "Hope for Busia, a Kenyan charity", "the charity Hope for Busia"
_APPOSED = re.compile(
    rf"(?P<name>[{_UP}][\w’'&-]{{1,40}}(?: (?:(?:of|for|in|the|and|with|de|du|del) )?[{_UP}][\w’'&-]{{1,40}}){{0,4}}),? (?:an?|the) (?:[\w-]+ ){{0,3}}(?:charity|NGO|non-?governmental organi[sz]ation|non-?profit|faith-based organi[sz]ation|civil society organi[sz]ation|social enterprise|foundation|hospital|clinic|hospice|think tank|start-?up|company|consultancy|firm|umbrella body|trade union)\b"
    rf"|(?:charity|NGO|non-profit|social enterprise|start-?up|association|organi[sz]ation|network|hospice|fundación|asociación|ONG) (?:(?:called|named|known as) )?[“\"‘']?(?P<called>[{_UP}][\w’'&-]{{1,40}}(?: (?:(?:of|for|in|the|and|with|de|du|del) )?[{_UP}][\w’'&-]{{1,40}}){{0,4}})"
)


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
    for m in _PHRASE.finditer(text):
        if not _may_name(m.group()):
            continue
        for start, end in _parts(text, m.start(), m.end()):
            if _is_organisation(text[start:end]):
                found.append(_whole(text, start, end))
    found += [_whole(text, *m.span()) for m in _opened().finditer(text)]
    found += [_trimmed(text, *m.span()) for m in _GOVERNMENT.finditer(text)]
    found += [m.span(m.lastgroup or 0) for m in _APPOSED.finditer(text) if _is_own(m[m.lastgroup or 0])]
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
        mentions.append(OrganisationMention(start, end, acronyms.get(said, said)))
    return mentions


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
    for m in _SPLIT.finditer(text[start:end]):
        left, right = text[cuts[-1] : start + m.start()], text[start + m.end() : end]
        apart = bool(m["article"]) or left.rsplit(" ", 1)[-1].isupper()
        both = _is_organisation(right) and (apart or _is_organisation(left))
        ended = _words_end(left) and m.group(1) != "in"
        if m.group(1) == "in" or both or ended or (_is_organisation(left) and _begins_name(right)):
            if m.group(1) == "in" and right.split(" ", 1)[0] in {"Health", "Need", "Africa"} and "Partners" in left:
                continue
            cuts += [start + m.start(), start + m.end()]
    cuts.append(end)
    return [_trimmed(text, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]


def _words_end(left: str) -> bool:
    """Say whether a name is whole with the noun that it ends in: "Komfo Hospital" of "Komfo Hospital and Korle Bu"."""
    words = left.lower().split()
    return len(words) > 1 and words[-1] in _SITES and words[0] not in _SITES and _is_organisation(left)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a name without the words that lead to it, its owner's name and the marks around it."""
    words = _words()
    while first := re.match(r"(?:[dl][’']|[^\s]+?)(?:[ \n]+|(?<=[’']))", text[start:end]):
        word = first.group().strip().strip("’'").lower()
        after = start + first.end()
        of = _OF.match(text, after, end) if word in words["role"] else None
        if of is None and word in _TITLES:
            of = _OF.search(text, after, end)
        if of:
            start = of.end()
        elif word in words["leading"] or word.endswith("-based"):
            start = after
        else:
            break
    tail = _TRAILING.search(text, start, end)
    end = tail.start() if tail else end
    while end > start and text[end - 1] in ".,;:'’-":
        end -= 1
    owning = re.search(r"(\w+)['’]s$", text[start:end])
    if owning and (owning[1].lower() in words["noun"] | words["weak"] or _begins_name(text[start:end])):
        end -= 2
    for owner in _OWNER.finditer(text, start, end):
        rest = text[owner.end() : end]
        if owner.start() == start and len(rest.split()) >= 2 and _is_organisation(rest) and _owns(owner["owner"], rest):
            return owner.end(), end
    return start, end


_OF = re.compile(r"\b(?:of|at|from|for)[ \n]+(?:the[ \n]+)?", re.IGNORECASE)


def _owns(owner: str, rest: str) -> bool:
    """Say whether a genitive names the place of what follows and is no part of its name: "Kenya's Kitui Hospital"."""
    if place_key(owner) in _places():
        return True
    first = rest.split(" ", 1)[0].strip(".,").lower()
    words = _words()
    return not owner.startswith("St") and first not in words["generic"] and first not in words["noun"] | words["weak"]


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a name with the list that belongs to it and without the country that a ministry is of."""
    if not _MINISTRY.match(text[start:end]):
        return start, end
    if listed_names := _LISTED.match(text, end):
        places = name_table()
        if not any(place_key(w) in places for w in re.findall(rf"[{_UP}]\w+", listed_names.group())):
            return start, listed_names.end()
    for m in _IN_COUNTRY.finditer(text[start:end]):
        if place_key(m["place"]) in name_table():
            return start, start + m.start()
    return start, end


def _may_name(phrase: str) -> bool:
    """Say quickly whether a run of capitals can hold a name."""
    return " " in phrase or "\n" in phrase


def _begins_name(phrase: str) -> bool:
    return fold(phrase.split(" ", 1)[0]) in _words()["head"]


def _is_own(name: str) -> bool:
    """Say whether a name is more than words that anything is called."""
    words = _words()
    parts = [w.strip(".,'’").lower() for w in name.split()]
    return not set(parts) <= words["generic"] | words["leading"] | words["role"] and place_key(name) not in name_table()


def _is_organisation(phrase: str) -> bool:
    lists = _words()
    words = [w.strip(".,'’").lower() for w in phrase.split()]
    capitals = [w for w in phrase.split() if w[:1].isupper()]
    if len(capitals) < 2 or words[0] in _TITLES or words[-1] in _POSTS or not _FORM.isdisjoint(words):
        return False
    if words[0] in _BODIES and words[1] in {"of", "for"}:
        return True
    if words[0] in {"journal", "annals", "bulletin", "lancet"} or (
        "of" in words and words[words.index("of") - 1] in _PLACES
    ):
        return False
    if any(w in lists["noun"] for w in words):
        return not set(words) <= lists["generic"] - {"ministry"}
    weak = [n for n, w in enumerate(words) if w in lists["weak"]]
    if not weak or set(words) <= lists["generic"]:
        return False
    if words[-1] in _PLACES or place_key(phrase) in name_table():
        return False
    linked = any(words[n + 1 : n + 2] and words[n + 1] in {"for", "of", "on", "against", "de", "des"} for n in weak)
    return linked or words[-1] in lists["weak"] or words[0] in lists["weak"] - {"order", "mission", "home", "house"}


_TITLES = frozenset(
    {
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "professor",
        "sir",
        "lord",
        "dame",
        "sister",
        "father",
        "brother",
        "bishop",
        "rev",
    }
)
_POSTS = frozenset({"director", "officer", "manager", "coordinator", "minister", "secretary", "president", "chair", "dean", "report", "code", "title", "name", "number"})  # fmt: skip
_FORM = frozenset({"id", "yes", "document", "closing", "date"})  # words of forms, not of names
_PLACES = frozenset({"district", "districts", "region", "regions", "province", "county", "zone", "state", "states"})
_SITES = frozenset(
    {
        "hospital",
        "clinic",
        "university",
        "hospice",
        "centre",
        "center",
        "college",
        "institute",
        "trust",
        "hôpital",
        "clínica",
    }
)
_BODIES = frozenset({"department", "directorate", "bureau", "office", "secretariat"})


def _acronym(text: str, start: int, end: int) -> str | None:
    """Return the acronym that a text defines beside a name: "Rural Health Trust (RHT)", "RHT (Rural Health Trust)"."""
    if defined := _DEFINED.match(text, end):
        acronym = defined["acr"]
        return acronym if len(_LETTERED.findall(acronym)) >= 2 and place_key(acronym) not in name_table() else None
    defines = _DEFINES.search(text[max(0, start - 24) : start])
    if defines and text[end : end + 1] == ")" and len(_LETTERED.findall(defines["acr"])) >= 2:
        return defines["acr"]
    return None


@cache
def _places() -> frozenset[str]:
    return frozenset(name_table()) | {place_key(row["name"]) for row in rows("cities.csv")}


@cache
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("organisation_words.csv"):
        found.setdefault(row["sort"], set()).add(row["word"])
    return {sort: frozenset(words) for sort, words in found.items()}


@cache
def _known() -> re.Pattern[str]:
    names = {name for row in rows("organisations.csv") for name in (row["name"], *listed(row["alternatives"]))}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, ordered))})(?!\w|-[A-Z])")


@cache
def _opened() -> re.Pattern[str]:
    """Return the pattern of names that go on in small letters: "ministère de la Santé", "Institut de santé publique"."""
    lists = _words()
    openers = "|".join(sorted((rf"[{w[0]}{w[0].upper()}]{w[1:]}" for w in lists["opener"]), key=len, reverse=True))
    adjectives = "|".join(sorted(lists["trailing"]))
    link = r"(?:de la |de los |de las |de |du |des |del |da |do |dos |das |de l[’']|d[’'])"
    after = rf"(?:(?: et (?:de la |du |de l[’'])?| y (?:la |el )?| e (?:da |do )?)[{_UP}][\w’'-]+| (?:{adjectives})\b| {link}?[{_UP}][\w’'-]+)"
    return re.compile(
        rf"\b(?:{openers})(?: [a-zà-ÿ-]{{5,16}}){{0,2}}(?: {link}(?:[{_UP}][\w’'-]+){after}{{0,5}}|(?<=[a-zà-ÿ]{{3}}) {link}[a-zà-ÿ]{{4,14}} (?:{adjectives})\b)"
        rf"|\b(?:{openers})(?: [a-zà-ÿ-]{{5,16}}) {link}[a-zà-ÿ]{{4,14}}(?: (?:{adjectives})\b)?"
    )
