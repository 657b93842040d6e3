"""Organisations and sites that a text names: by the noun that says what they are, or by a name that is well known.

A phrase in capitals is an organisation where one of its words is such a noun ("Hospital", "Ministry", "Trust").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...ontology.normal import fold

_CAP = r"(?:(?:St|Dr|Mt|Ste)\.|[A-ZÀ-ÖØ-Þ](?:\.[A-Z])+\.?|[A-ZÀ-ÖØ-Þ][\w’'&‑-]*|(?<!\d)(?!(?:1[5-9]|20)\d\d)\d{1,4}(?=\s[A-Z]))"
_LINK = r"(?:of the|of|for the|for|and the|and|&|de la|de l[’']|de los|de las|del|des|de|do|da|dos|das|du|d[’']|et|y|e|on|in|und|für|the)"
_PHRASE = re.compile(rf"{_CAP}(?:(?:[ \t]+|\n(?!\n))(?:(?:{_LINK}[ \t\n]+){{1,2}}(?={_CAP}))?{_CAP})*")

#: What a thing that is an organisation or site is called.
_NOUNS = frozenset(
    """
    hospital hospitals university universities ministry ministries trust institute institution foundation
    council centre center centers centres clinic clinics association agency bureau department directorate
    authority board college society union federation confederation fund committee commission organisation
    organization organisations organizations bank school academy consortium alliance network initiative
    secretariat laboratory laboratories division district districts municipality polyclinic infirmary hospice
    dispensary post headquarters office embassy collaboration corporation company group partnership link service
    services administration command coalition taskforce hôpital université ministère institut fondation centre
    clinique association agence bureau direction conseil école faculté programme comité croix coopération
    ministerio universidad instituto fundación centro clínica asociación agencia consejo escuela facultad
    secretaría servicio cruz ministério universidade fundação clínica associação agência conselho escola
    faculdade secretaria serviço hospitalier caja seguro
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
#: Nouns that are as often no name ("Health Services", "Working Group"): they need a second sign.
_WEAK = frozenset(
    """
    centre center centers centres district districts network initiative service services group partnership link
    office department post alliance programme direction fund board school division collaboration bank union
    company
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_HEADS = frozenset(
    """
    ministry department directorate bureau university institute college school faculty hospital centre center
    council association society federation union foundation fund agency authority board commission committee
    network alliance government republic ministère université institut école faculté hôpital centre direction
    conseil association ministerio universidad instituto escuela hospital ministério universidade faculdade
    fundación fundação
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_KNOWN = re.compile(
    r"(?<![\w-])(?:UNICEF|UNFPA|UNAIDS|UNDP|UNHCR|UNOPS|UNDESA|UNOSSC|WHO|PAHO|USAID|DFID|DfID|FCDO|THET|NHS(?: (?:England|Scotland|Wales))?"
    r"|Norec|FK Norway|NORAD|Norad|JICA|KOICA|GIZ|SIDA|Sida|DANIDA|AusAID|CIDA|AfD|AFD|BRAC|PATH|FHI ?360|FHI|Jhpiego|Ipas"
    r"|Marie Stopes(?: International)?|Pathfinder(?: International)?|EngenderHealth|IntraHealth(?: International)?|INTRAH|MSH|Abt Associates|Palladium"
    r"|Gavi|GAVI|CEPI|PEPFAR|CDC|Africa CDC|World Bank|Global Fund|Rockefeller Foundation|Wellcome(?: Trust)?|Fiocruz|FIOCRUZ|icddr,b|ICDDR,B"
    r"|Partners In Health|Partners in Health|Médecins [Ss]ans [Ff]ronti[èe]res|MSF|Oxfam|CARE International|Save the Children|World Vision|Plan International"
    r"|Red Cross|Red Crescent|VSO|FP2020|FP2030|Ouagadougou Partnership|Joint Learning Network|JLN|NIHR|NIH|UKAid|UK Aid|Digital Square|HISP(?: [A-Z]\w+)?"
    r"|African Union|European Union|European Commission|United Nations|Commonwealth Secretariat|DREAMS|ELFT|QECH|KEMRI|AMREF|Amref(?: Health Africa)?|PopCom|BKKBN|PSI)"
    r"(?![\w])"
)
_GOVERNMENT = re.compile(
    r"\b(?:Royal |Federal |Norwegian |Brazilian |Cuban |[A-Z]\w+n )?Governments? of (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?"
)
_DEFINED = re.compile(r"\s*\((?P<acr>[A-Z][A-Za-z&.\d-]{1,11})\)")
_LEADING = frozenset(
    """
    the a an our their his her its in at on from with by for and but while when after before both all many most
    some several other another this that these those two three four five six seven eight nine ten each every le
    la les el los las o os as un une une des du de il elle and at during since under through between within via
    across as if
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_TRAILING = re.compile(rf"(?:[ \t\n]+(?:{_LINK}|The|In|At|On))+$")
_TITLES = frozenset(
    """
    dr mr mrs ms prof professor sir lord dame
    """.split()  # noqa: SIM905 - a list of words reads better as words
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
        for start, end in _parts(text, m.start(), m.end()):
            if not _is_organisation(text[start:end]):
                continue
            found.append((start, end))
            if defined := _DEFINED.match(text, end):
                acronyms[defined["acr"]] = " ".join(text[start:end].split())
    found += [m.span() for m in _KNOWN.finditer(text)] + [m.span() for m in _GOVERNMENT.finditer(text)]
    for acronym in acronyms:
        found += [m.span() for m in re.finditer(rf"(?<![\w(-]){re.escape(acronym)}(?![\w)-])", text)]
    mentions: list[OrganisationMention] = []
    for start, end in sorted(found, key=lambda s: (s[0], -s[1])):
        if mentions and start < mentions[-1].end:
            continue
        said = " ".join(text[start:end].split())
        mentions.append(OrganisationMention(start, end, acronyms.get(said, said)))
    return mentions


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a run of capitals where one name ends and another begins, and trim words that only lead to them."""
    cuts = [start]
    for m in re.finditer(r"(?<=[\w.’'])[ \t\n]+(and|et|y|e|in|und|with)[ \t\n]+(?:the[ \t\n]+)?", text[start:end]):
        left, right = text[cuts[-1] : start + m.start()], text[start + m.end() : end]
        if m.group(1) == "in" or (_is_organisation(left) and (_is_organisation(right) or _begins_name(right))):
            if m.group(1) == "in" and right.split(" ", 1)[0] in {"Health", "Need", "Africa"} and "Partners" in left:
                continue
            cuts += [start + m.start(), start + m.end()]
    cuts.append(end)
    return [_trimmed(text, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while True:
        first = re.match(r"[^\s]+[ \t\n]+", text[start:end])
        if first and first.group().strip().lower() in _LEADING:
            start += first.end()
            continue
        break
    tail = _TRAILING.search(text, start, end)
    end = tail.start() if tail else end
    while end > start and text[end - 1] in ".,;:'’-":
        end -= 1
    return start, end


def _begins_name(phrase: str) -> bool:
    return fold(phrase.split(" ", 1)[0]) in _HEADS


def _is_organisation(phrase: str) -> bool:
    words = [w.strip(".,'’").lower() for w in phrase.split()]
    capitals = [w for w in phrase.split() if w[:1].isupper()]
    nouns = [w for w in words if w in _NOUNS]
    if not nouns or len(capitals) < 2 or words[0] in _TITLES:
        return False
    if all(w in _WEAK for w in nouns):
        last = words[-1] in _WEAK or words[0] in _WEAK
        return last and len(capitals) >= 2 and not (set(words) <= _GENERIC)
    return not set(words) <= _GENERIC


_GENERIC = frozenset(
    """
    health community district districts regional national local international hospital hospitals centre center
    service services programme partnership partnerships link working group groups board care primary public
    clinic clinics office learning exchange global network scheme south north south-south association
    associations university universities institutions organisations organizations and of the for annual
    conference
    """.split()  # noqa: SIM905 - a list of words reads better as words
) - {"ministry"}
