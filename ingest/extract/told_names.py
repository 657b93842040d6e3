"""Where the sites and places of a text are, as any of its sentences tells.

"Kitui Hospital, Kenya" and "the Kisumu region of Kenya" hold for the whole text. A short name ("Kitui") stands for the
one site that it begins. Of places that no sentence explains a gazetteer tells the country (`localities`).
"""

from __future__ import annotations

import re

from .localities import told_localities
from .scene import Scene

_MOST_NAMES = 400
_ORG_TAIL = re.compile(
    r"\b(?:Hospitals?|Clinics?|Centres?|Centers?|University|Referral|General|District|Regional|Provincial|Central|Teaching|Health|Medical|Royal|"
    r"Infirmary|Institute|Trust|NHS|Mission|Psychiatric|Primary|Care|Network|Board|Ministry|National|Foundation|Hospice|"
    r"College|School|Department|Treatment|Unit|Training|Birth|Mothers['’]?|Community|International|Maternity|Palliative)\b"
)
_STRUCTURE = r"(?:region|district|province|county|state|city|governorate|department|municipality|islands?|prefecture)"
_IN_COUNTRY = re.compile(
    rf"\b(?:(?:in|at|of|from|near|to|around|visited) (?P<x>[A-Z][\w’-]{{3,40}})(?:,| in)|(?P<z>[A-Z][\w’-]{{3,40}})(?: {_STRUCTURE} (?:of|in)| {_STRUCTURE},| \()) ?(?:the )?(?P<c><C\d+>)"
    rf"|(?P<d><C\d+>)['’]s? (?P<y>[A-Z][\w’-]{{3,40}}) {_STRUCTURE}\b"
)
_LABELLED_SITE = re.compile(r"(?P<c><C\d+>) partner(?: institution)?\s*:\s*<O(?P<o>\d+)>")
_SITE_IN = re.compile(r"<O(?P<o>\d+)>, (?P<x>[A-Z][\w’-]{3,40})(?=[.;,)]| and\b|$)")
_THEIR_SITE = re.compile(
    r"(?P<c><C\d+>)(?:['’]s?)? (?:[\w-]+ )?(?P<noun>hospital|centre|center|clinic|trust|university|institute|board)\b"
)
_NO_NAME = frozenset(
    """
    Ministry Government Republic January February March April June July August September October November December Monday
    Tuesday Wednesday Thursday Friday Saturday Sunday Health Saint Northern Southern Eastern Western Central North South
    East West When While After Since Both Back From Participants Partner Partners Host Hosts Visitors Country Title Where
    Travellers Travelers Purpose They Here There This That These Those Their Then Last First Earlier Later Officials
    Nurses Doctors Teams Delegates Midwives Inspired Replication Objective Indicator Activity Project Programme Global Asia Africa
    Europe America Latin Caribbean Pacific Mobile Birth Good Great United National International General Regional
    State Province County Region District Royal World Human Milk Mother Child Women Primary Family Community Rural Urban Public People Holy Sacred
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


def _by_noun(scenes: list[Scene], found: dict[str, set[str]]) -> None:
    """Learn where the one site of a kind is from "the Ethiopian centre"."""
    sites = {o.name for scene in scenes for o in scene.organisations}
    for scene in scenes:
        for m in _THEIR_SITE.finditer(scene.tagged) if scene.countries else ():
            country = scene.country_of(m["c"])
            named = [s for s in sites if m["noun"] in s.lower()]
            loose = [s for s in named if s not in found]
            if country and len(loose) == 1 and not any(country in found.get(s, ()) for s in named):
                found.setdefault(loose[0], set()).add(country)


def told_names(scenes: list[Scene]) -> tuple[dict[str, str], dict[str, str], re.Pattern[str] | None]:
    """Return the countries of named sites and places as any sentence tells them, short names of sites, and a pattern."""
    found: dict[str, set[str]] = {}
    heads: dict[str, set[str]] = {}
    for scene in scenes:
        for number, organisation in enumerate(scene.organisations):
            if country := scene.seats.get(number):
                found.setdefault(organisation.name, set()).add(country)
            head = _ORG_TAIL.split(organisation.name, maxsplit=1)[0].strip(" -'’")
            if len(head) > 4 and head.split(" ")[0] not in _NO_NAME and head != organisation.name:
                heads.setdefault(head, set()).add(organisation.name)
        if scene.organisations:
            for m in _LABELLED_SITE.finditer(scene.tagged):
                scene.seats.setdefault(int(m["o"]), scene.country_of(m["c"]) or "")
            for m in _SITE_IN.finditer(scene.tagged):
                if (country := scene.seats.get(int(m["o"]))) and m["x"] not in _NO_NAME:
                    found.setdefault(m["x"], set()).add(country)
        for m in _IN_COUNTRY.finditer(scene.tagged) if scene.countries else ():
            name = m["x"] or m["y"] or m["z"]
            if name not in _NO_NAME:
                found.setdefault(name, set()).add(scene.country_of(m["c"] or m["d"]) or "")
    local = told_localities(scenes)
    for name, country in local.items():
        if name not in _NO_NAME:
            found.setdefault(name, {country})
    _by_noun(scenes, found)
    names = {name: next(iter(countries)) for name, countries in found.items() if len(countries) == 1 and name}
    short = {head: next(iter(sites)) for head, sites in heads.items() if len(sites) == 1}
    words = sorted({*short, *(n for n in names if " " not in n or n in local)}, key=len, reverse=True)[:_MOST_NAMES]
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b(?!['’]?\w)") if words else None
    return names, short, pattern
