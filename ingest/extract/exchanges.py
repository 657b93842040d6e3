"""Exchanges in a sentence: what kind, who hosted, who travelled, when, how many and how senior.

Host and visitors need a cue each ("visited", "hosted by", "delegation from"); without one a side stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .scene import Scene

#: Words for an exchange and the term of the exchange-type scheme that they mean, the most telling first.
_TYPES: tuple[tuple[str, str], ...] = (
    ("south-south learning exchange", r"south[- ]to?[- ]?south (?:learning )?(?:exchanges?|visits?|cooperation|learning)|south[- ]south (?:learning )?exchanges?|\bSSLEs?\b|learning exchanges?|learning routes?"),
    ("triangular cooperation", r"triangular (?:co-?operation|project|partnership)|trilateral (?:co-?operation|south[- ]south)"),
    ("bidirectional staff exchange", r"(?:bi-?directional|two-way|reciprocal|mutual) (?:flow of human capital|(?:staff |volunteer |clinical |professional )?exchanges?)|staff exchanges?|exchange of (?:staff|personnel|health workers|nurses)|reciprocal exchanges?|human capital between"),
    ("volunteer placement", r"volunteer(?:ing)? (?:placements?|scheme|programme)|overseas (?:placements?|volunteering)|(?:clinical )?placements? (?:abroad|overseas|in <C)|international volunteering|(?:six|three|nine|twelve|\d+)[- ]months? placements?|returned volunteers?|fellowships?|electives?|secondments?|seconded"),
    ("twinning", r"twinn(?:ing|ed)|sister hospitals?|institutional pairing|country pairings?"),
    ("community of practice", r"communit(?:y|ies) of practice|\bCoPs?\b|learning (?:network|circle|collaborative)s?|practitioner network|joint learning network"),
    ("study tour", r"(?:study|observation(?:al)?|educational|learning|benchmarking|exposure|familiari[sz]ation) (?:tours?|visits?|trips?|missions?)|exchange visits?|experience[- ]sharing visits?|benchmarking|site visits?|learning visits?|visites? d['’](?:étude|échange)s?|voyages? d['’]études?|visitas? de (?:estudio|intercambio)|visitas? de estudo|pasant[ií]as?|giras? de aprendizaje|observational internship|internships?|caravans?"),
    ("online exchange", r"(?:online|virtual|webinar|video) (?:learning )?(?:exchanges?|study tours?|series|visits?|sessions?|meetings?)|webinars?|tele-?mentoring"),
    ("health partnership", r"(?:health|hospital|institutional|international|health[- ]link|academic|clinical|long[- ]term) (?:health )?partnerships?|health links?|hospital links?|partnership (?:between|with)|\bLink\b|partenariats? (?:hospitalier|entre)|cooperación entre hospitales|partnerships between"),
    ("other", r"knowledge exchanges?|(?:the|an|this|each|first|second) exchange\b|exchange programmes?|exchange programs?|experience sharing|échanges? d['’]expériences?|intercambios? de experiencias?|intercâmbios?"),
)  # fmt: skip
_TYPE = re.compile("|".join(f"(?P<t{i}>{pattern})" for i, (_, pattern) in enumerate(_TYPES)), re.IGNORECASE)
_VISIT = re.compile(
    r"\b(?:visit(?:ed|s|ing)?|travel(?:l?ed|s|l?ing)? to|trip to|went to|flew to|came to|were hosted|was hosted|hosted|hosts|toured|delegations?|receiv(?:ed|es) (?:[\w-]+ ){0,3}(?:team|delegation|group|visitors|nurses|doctors|staff|officials|students)|participants (?:from|saw)|(?:saw|observed) how|brought together|spent|spend|touring|(?:were|was|been) sent|sent to|returned (?:to|from)|home from|back from|stayed|guests of|seconded|brought [^<.;]{0,40}from)\b|(?:se rendi\w*|viajaron|viajou|viajaram|visitaron|visitaram|ont visité|a visité|a accueilli|accueillie?s?)\b",
    re.IGNORECASE,
)

_E = r"(?:the |a |an |its |their |d'|l['’])?<[CO]\d+>"
_LIST = rf"{_E}(?:(?:['’]s)?(?:\s*\([^)<]*\))?(?:, and |, | and | & |; | et | y | e | as well as | to | or |, as well as )(?:from |of |in )?{_E})*"
_G = r"[^<.;]{0,60}?"
_PEOPLE = (
    r"(?:teams?|delegations?|delegates?|participants?|officials?|visitors?|staff|nurses?|midwives|doctors?|physicians?|health workers?|"
    r"leaders?|managers?|policy[- ]?makers?|decision[- ]?makers?|representatives?|members?|practitioners?|clinicians?|volunteers?|"
    r"ministers?|professionals?|experts?|trainees?|students?|groups?|colleagues|counterparts?|surgeons?|pharmacists?|"
    r"parliamentarians?|advocates?|trainers?|workers|educators?|administrators?|planners?|people|équipes?|délégations?|"
    r"equipos?|delegación|delegação|equipe|funcionarios|fellows?|pairs?|teachers?|researchers?|champions?)"
)
#: What stands before or after a country or organisation and makes it the host or the visitor, the surest first.
_BEFORE = tuple(
    (
        role,
        re.compile(
            rf"(?:{pattern})\s*(?:the |both |its |their |de la |des |du |de |a |an )?(?:[\w’'-]+ ){{0,2}}$",
            re.IGNORECASE,
        ),
    )
    for role, pattern in (
        (
            "visitor",
            r"\b(?:visited|hosted for|toured|travel(?:l)?ed to|paid) by\b[^<;]{0,40}?|\b(?:tours?|visits?|trips?|exchange) (?:by|for)|\bpar une (?:délégation|équipe) d[ue]",
        ),
        ("host", r"\b(?:hosted|organi[sz]ed and hosted|received|welcomed|accueilli\w*|shown round|led) (?:by|par)"),
        ("visitor", rf"\b{_PEOPLE}\b[^<;]{{0,30}}?\b(?:from|of|représentant|du|de|des|d|do|da|dos)"),
        (
            "visitor",
            r"\b(?:hosted|hosts|hosting|welcom(?:ed|es)|receiv(?:ed|es)|took|brought|brought together|sent|accueill\w*|recebeu|acogió|for)\b[^<;]{0,40}?\bfrom",
        ),
        (
            "visitor",
            r"\b(?:hosted|hosts|hosting|welcom(?:ed|es)|receiv(?:ed|es))\s+(?:a |an |the )?(?:\w+ ){0,3}?(?:of )?",
        ),
        (
            "host",
            r"\b(?:visit(?:ed|s|ing)?(?: to)?|tour(?:ed|s)?(?: of| to)?|travel(?:l?ed|s|l?ing)? (?:to|through)|trips? to|went to|flew to|came to|journeyed to|flown to|welcomed to|exposure to|rendu\w* (?:au|aux|en|à)|viaj\w+ (?:a|ao|à|para|al)|visit[aéó]\w*(?: (?:a|al|à|ao))?|ont visité|a visité|internships? (?:at|in)|hosted (?:in|at)|touring|home from|back from|returned from|sent to|guests of|(?:spent|spend|spending|stay(?:ed)?)\b[^<;]{0,60}?\b(?:in|at|with))",
        ),
        (
            "host",
            r"\b(?:tours?|visits?|trips?|exchanges?|missions?|routes?|pasant[ií]as?|voyages?|intercambios?|visitas?)\b[^<;]{0,50}?\b(?:to|in|at|held in|au|aux|en|à|al|para o)",
        ),
        ("host", r"\b(?:took|brought|sent|flew|seconded|deployed|posted)\b[^<;]{0,60}\b(?:to|at)"),
        (
            "host",
            r"\b(?:placements?|fellowships?|electives?|secondments?|seconded|posted|volunteer(?:ed|ing)|work(?:ed|ing)|spent|stayed|trained|attachments?|observ\w+|weeks|months|days)\b[^<;]{0,40}?\b(?:in|at|to|with)",
        ),
        (
            "host",
            r"\b(?:held|took place|convened|conducted|gathered|met|meeting|workshop|exchange|saw|learn(?:ed|t) (?:from|in))\b[^<;]{0,40}?\b(?:in|at|from)",
        ),
        ("visitor", r"\bto (?:receive|host|welcome)\b[^<;]{0,40}"),
    )
)
_AFTER = tuple(
    (role, re.compile(rf"^(?:['’]s?)?(?:\s*\([^)<]*\))?,?\s+{pattern}", re.IGNORECASE))
    for role, pattern in (
        (
            "host",
            r"(?:was|were|has been|had been|is|being|will be) (?:visited|toured|chosen as (?:the )?host|selected as (?:the )?host|host)\b",
        ),
        (
            "host",
            r"(?:which |who |that |has |have |had |will |also |then |first |in turn )*(?:host(?:ed|s|ing)?|welcom(?:ed|es)|receiv(?:ed|es)|showed|demonstrated|opened its|accueill\w*|acogió|recebeu|sediou)\b(?! by)",
        ),
        (
            "visitor",
            r"(?:which |who |has |have |had |then |also )*(?:sent|dispatched|seconded|visit(?:ed|s)|travel(?:l?ed|s)|toured|went to|came to|flew|s['’]est rendu\w*|viajó|viajaron|viajou)\b",
        ),
        ("visitor", rf"(?:[\w-]+ ){{0,3}}?{_PEOPLE}\b(?!['’]s? (?:in|at) <)"),
        ("host", r"exchange visit\b|study tour\b"),
    )
)
_LINKED_LIST = re.compile(
    r"^(?:['’]s?)?(?:\s*\([^)<]*\))?(?:, and|, as well as|,| and| &| et| y| e| or)(?: from| of| in| the)?\s*$",
    re.IGNORECASE,
)
_AT = re.compile(r"<[CO]\d+>")
_PARTNERS = re.compile(r"\bPartners?\s*:\s*(?P<x>[^.;\n]*)", re.IGNORECASE)
_OTHER_TAG = re.compile(r"<[ID]\d+>")
_LABELLED = (
    (
        "host",
        re.compile(
            r"\b(?:Country|Countries|Place|Sites?)(?: to be)? Visited\s*:\s*(?P<x>[^.;\n]*)|\bHost(?:s|ed by| country| countries| institution)?\s*:\s*(?P<y>[^.;\n]*)",
            re.IGNORECASE,
        ),
    ),
    (
        "visitor",
        re.compile(
            r"\b(?:Travell?ers|Visitors?|Visiting (?:country|countries|team)|Delegations?)\s*:\s*(?P<x>[^.;\n]*)",
            re.IGNORECASE,
        ),
    ),
)
_BETWEEN = re.compile(
    rf"\b(?:between|linking|links|joins?|pair(?:s|ed|ing)?|twinn(?:ed|ing|s)|entre|partnered)\s+(?:of )?(?:the )?{_G}(?P<a>{_E}(?:(?:, | in | of |, in ){_E})*){_G}\b(?:and|with|to|et|y|e)\b\s+(?:the )?{_G}(?P<b>{_E}(?:(?:, and |, | and | in |, in ){_E})*)",
    re.IGNORECASE,
)
_LINKED = re.compile(
    rf"(?P<a>{_E})\s*(?:-|–|—|/)\s*(?P<b>{_E})\s+(?:[\w-]+ ){{0,3}}(?:partnership|link|exchange|twinning|programme|program|cooperation|collaboration)",
    re.IGNORECASE,
)
_MUTUAL = re.compile(
    r"\b(?:bi-?directional|two-way|reciprocal|mutual(?:ly)?|both (?:ways|sides|countries|directions)|in both directions|swap(?:ped)?|exchanged)\b",
    re.IGNORECASE,
)

_SENIOR = re.compile(
    r"\b(?:ministers?|deputy ministers?|permanent secretar\w+|director[- ]generals?|directors?|commissioners?|senior|parliamentarians?|members of parliament|chief executives?|policy[- ]?makers?|decision[- ]?makers?|medical superintendents?|heads? of|governors?|mayors?|city managers?|matrons?|executives?|ministres?|directeurs?|ministros?|directores)\b",
    re.IGNORECASE,
)
_MID = re.compile(
    r"\b(?:nurses?|midwives|midwife|registrars?|clinicians?|doctors?|physicians?|surgeons?|district health|focal points?|programme officers?|program officers?|nursing sisters?|managers?|pharmacists?|clinical officers?|consultants?|infirmi\w+|enfermer\w+)\b",
    re.IGNORECASE,
)
_JUNIOR = re.compile(
    r"\b(?:trainees?|junior|early[- ]career|community health workers?|youth|peer educators?|health surveillance assistants?|village health)\b",
    re.IGNORECASE,
)
_STUDENTS = re.compile(r"\b(?:students?|undergraduates?|étudiants?|estudiantes|estudantes)\b", re.IGNORECASE)
_NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
_HEADS = re.compile(
    r"\b(?P<more>more than |over |about |some |nearly |almost |approximately |up to )?(?P<n>\d{1,3}(?:,\d{3})*|"
    + "|".join(_NUMBERS)
    + rf")\s+(?:[\w-]+ ){{0,3}}?{_PEOPLE}\b",
    re.IGNORECASE,
)
_FUNDED = re.compile(
    rf"\b(?:funded|financed|sponsored|paid for|supported financially)\s+(?:in part )?by\s+(?:the )?(?P<f>{_LIST})",
    re.IGNORECASE,
)
_FACILITATED = re.compile(
    rf"\b(?:facilitated|coordinated|co-ordinated|brokered|organi[sz]ed|convened|supported|arranged)\s+by\s+(?:the )?(?P<f>{_LIST})",
    re.IGNORECASE,
)
_DEBRIEF = re.compile(
    r"\bde-?brief(?:ing|ings|ed|s)?\b|\breport(?:ed)?[- ]back\b|\breflection sessions?\b|\bmeeting to reflect\b",
    re.IGNORECASE,
)
_MISSION = re.compile(
    r"\bmission statements?\b|\b(?:the |its |their )?(?:aim|goal|purpose|objective|objetivo|objectif)s?\s+(?:of the (?:visit|tour|exchange|partnership|programme)[^.]{0,20}?\s)?(?:was|were|is|are|était)\b|^(?:Purpose|Aim|Goal|Objectives?|Objectifs?)\s*:",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:recommend\w*|should|would|could|propos\w+|plans? to|planned|intend\w*|hopes? to|will (?:visit|host|travel|send|receive)|next year|is to host|are to visit)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:did not|was not|were not|never|cancelled|canceled|no (?:exchange|visit|study tour)|not (?:yet )?(?:visited|hosted)|postponed)\b",
    re.IGNORECASE,
)


_CONTRAST = re.compile(r",? (?:(?:a|in) contrast|unlike|whereas|compared (?:to|with)|rather than)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:more than |over |about |some |nearly )?\d[\d,]* (?:[\w-]+ ){0,2}(?:partnerships?|exchanges?|links?|placements?|study tours?|visits?)\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|across)\s+(?:the |rural )?(?P<h><C\d+>(?:(?:, and |, | and )<C\d+>)*)", re.IGNORECASE)


@dataclass
class ExchangeFound:
    """An exchange that a sentence speaks of; a side that it does not tell is empty."""

    type: str | None
    hosts: list[str] = field(default_factory=list)
    visitors: list[str] = field(default_factory=list)
    host_organisations: list[str] = field(default_factory=list)
    visiting_organisations: list[str] = field(default_factory=list)
    cadre: str | None = None
    participants: str | None = None
    funders: list[str] = field(default_factory=list)
    facilitators: list[str] = field(default_factory=list)
    debrief: bool = False
    mission: bool = False
    mutual: bool = False
    status: str = "actual"


def exchange_type(text: str) -> str | None:
    """Return the term for the kind of exchange that a text names first; null if it names none."""
    m = _TYPE.search(text)
    return _TYPES[int((m.lastgroup or "t0")[1:])][0] if m else None


def exchange_in(scene: Scene) -> ExchangeFound | None:
    """Return the exchange that a sentence speaks of; null if it speaks of none."""
    tagged = _CONTRAST.split(scene.tagged, maxsplit=1)[0]
    kind = exchange_type(scene.text) or ("health partnership" if _PARTNERS.search(tagged) else None)
    debrief, mission = bool(_DEBRIEF.search(scene.text)), bool(_MISSION.search(scene.text))
    moved = bool(_VISIT.search(tagged))
    labelled = any(pattern.search(tagged) for _, pattern in _LABELLED)
    if (
        not kind
        and not debrief
        and not labelled
        and not (moved and len(scene.countries) + len(scene.organisations) > 0)
    ):
        return ExchangeFound(None, mission=True) if mission and "mission statement" in scene.text.lower() else None
    found = ExchangeFound(kind, debrief=debrief, mission=mission)
    found.mutual = bool(_MUTUAL.search(scene.text)) or kind == "bidirectional staff exchange"
    _sides(scene, tagged, found)
    if not kind and not debrief and not (found.hosts if labelled else found.hosts and found.visitors):
        return None
    found.cadre = cadre_in(scene.text)
    if kind and (m := _COUNTED.search(scene.text)):
        found.participants = " ".join(m.group().split())
    elif m := _HEADS.search(tagged):
        found.participants = _heads(m)
    if kind in {"community of practice", "other"} and not (found.hosts or found.visitors) and (m := _IN.search(tagged)):
        _add(scene, m["h"], found.hosts, found.host_organisations)
    for pattern, listed in ((_FUNDED, found.funders), (_FACILITATED, found.facilitators)):
        if m := pattern.search(tagged):
            listed += scene.organisations_in(m["f"])
    if _NEGATED.search(scene.text):
        found.status = "negated"
    elif _HYPOTHETICAL.search(scene.text) and not re.search(
        r"\b(?:visited|hosted|travelled|took part|was held|were held)\b", scene.text
    ):
        found.status = (
            "planned"
            if re.search(r"\b(?:plan|will|next year|is to|are to|intend|hope)", scene.text)
            else "hypothetical"
        )
    return found


def _sides(scene: Scene, tagged: str, found: ExchangeFound) -> None:
    pair = _BETWEEN.search(tagged) or _LINKED.search(tagged)
    if pair and found.type:
        a, b = scene.countries_in(pair["a"]), scene.countries_in(pair["b"])
        both = list(dict.fromkeys(a + b))
        if a and b:
            found.hosts, found.visitors = both, list(both)
        organisations = list(dict.fromkeys(scene.organisations_in(pair["a"]) + scene.organisations_in(pair["b"])))
        found.host_organisations, found.visiting_organisations = organisations, list(organisations)
        if a and b:
            return
    for tag, role in _roles(tagged):
        if role == "host":
            _add(scene, tag, found.hosts, found.host_organisations)
        elif role == "visitor":
            _add(scene, tag, found.visitors, found.visiting_organisations)
    if found.type and (partners := _PARTNERS.search(tagged)) and len(scene.countries_in(partners["x"])) > 1:
        found.hosts = scene.countries_in(partners["x"])
        found.visitors = list(found.hosts)
        return
    for role, pattern in _LABELLED:
        for m in pattern.finditer(tagged):
            said = next(g for g in m.groups() if g is not None)
            if role == "host":
                _add(scene, said, found.hosts, found.host_organisations)
            else:
                _add(scene, said, found.visitors, found.visiting_organisations)
    if not found.mutual:
        found.visitors = [c for c in found.visitors if c not in found.hosts]
    elif not (found.hosts or found.visitors):
        found.hosts = scene.countries_in(tagged)
        found.visitors = list(found.hosts)
    if found.mutual and len(set(found.hosts + found.visitors)) > 1:
        both = list(dict.fromkeys(found.hosts + found.visitors))
        found.hosts, found.visitors = both, list(both)


def _roles(tagged: str) -> list[tuple[str, str]]:
    """Return each country and organisation of a tagged sentence with the role that the words beside it give it."""
    places = list(_AT.finditer(tagged))
    roles: list[str | None] = []
    for number, place in enumerate(places):
        floor = places[number - 1].end() if number else 0
        ceiling = places[number + 1].start() if number + 1 < len(places) else len(tagged)
        before, after = _plain(tagged[floor : place.start()]), _plain(tagged[place.end() : ceiling])
        linked = bool(number) and bool(_LINKED_LIST.match(before))
        role = None
        if linked:
            role = roles[-1]
        if role is None:
            role = _role(before, after)
        elif linked and (own := next((r for r, p in _AFTER[:3] if p.search(after)), None)):
            role = own
        if (
            role is None
            and number
            and roles[-1] == "visitor"
            and re.fullmatch(r"(?:['’]s?)?(?: [\w-]+){0,2} (?:to|into)(?: the)? ", before)
        ):
            role = "host"  # "took nurses from Ghana to Nepal"
        roles.append(role)
    for number in range(len(places) - 2, -1, -1):  # "Ghana and Togo hosted": the verb stands after the last of a list
        between = tagged[places[number].end() : places[number + 1].start()]
        if roles[number] is None and _LINKED_LIST.match(between):
            roles[number] = roles[number + 1]
    return [(place.group(), role) for place, role in zip(places, roles, strict=True) if role]


def _plain(part: str) -> str:
    """Return a part of a tagged sentence with innovations and dates as words, for they part no cue from its place."""
    return _OTHER_TAG.sub("it", part)


def _role(before: str, after: str) -> str | None:
    strong = next((role for role, pattern in _AFTER[:3] if pattern.search(after)), None)
    if strong:
        return strong
    led = next((role for role, pattern in _BEFORE if pattern.search(before)), None)
    return led or next((role for role, pattern in _AFTER[3:] if pattern.search(after)), None)


def _add(scene: Scene, tagged: str, countries: list[str], organisations: list[str]) -> None:
    countries += [c for c in scene.countries_in(tagged) if c not in countries]
    organisations += [o for o in scene.organisations_in(tagged) if o not in organisations]


def cadre_in(text: str) -> str | None:
    """Return how senior those are of whom a text speaks; mixed if it names several ranks, null if none."""
    ranks = [
        rank
        for rank, pattern in (("senior", _SENIOR), ("mid", _MID), ("junior", _JUNIOR), ("students", _STUDENTS))
        if pattern.search(text)
    ]
    if not ranks:
        return None
    return ranks[0] if len(ranks) == 1 else "mixed"


def _heads(m: re.Match[str]) -> str:
    said = m["n"].lower().replace(",", "")
    number = str(_NUMBERS.get(said, said))
    more = (m["more"] or "").strip().lower()
    return number + ("+" if more in {"more than", "over"} else "")
