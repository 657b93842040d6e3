"""Cues for exchanges: words that say what kind of exchange it is, and make a place its host or its visitor.

The longest lists, which do not ignore case, are matched against small letters (`sentences.lowered`).
"""

from __future__ import annotations

import re

from .discourse import PLACE, PLACE_LOWERED
from .sentences import cues

#: Words for an exchange and the term of the exchange-type scheme that they mean, the most telling first.
TYPES: tuple[tuple[str, str], ...] = (
    ("south-south learning exchange", r"south[- ]to?[- ]?south (?:learning )?(?:exchanges?|visits?|cooperation|learning)|south[- ](?:to-)?south (?:learning )?(?:exchanges?|projects?|programmes?|programs?)|\bssles?\b|learning exchanges?"),
    ("triangular cooperation", r"triangular (?:co-?operation|project|partnership)|trilateral (?:co-?operation|south[- ]south)"),
    ("bidirectional staff exchange", r"(?:bi-?directional|two-way|reciprocal|mutual) (?:flow of human capital|(?:staff |volunteer |clinical |professional )?exchanges?)|staff exchanges?|exchange of (?:staff|personnel|health workers|nurses)|reciprocal exchanges?|human capital between|(?:staff |nurse )?swaps? (?:between|of)"),
    ("volunteer placement", r"volunteer(?:ing)? (?:placements?|scheme|programme)|overseas (?:placements?|volunteering)|(?:clinical )?placements? (?:abroad|overseas|in <c)|international volunteering|(?:six|three|nine|twelve|\d+)[- ]months? placements?|returned volunteers?|fellowships?|electives?|secondments?|seconded|(?:clinical )?attachments?|volunteered (?:in|at|for)|returned (?:\w+ )?volunteers?|volunteers? (?:from|were placed|placed)|\bplacements?"),
    ("twinning", r"twinn(?:ing|ed)|sister hospitals?|institutional pairings?|country pairings?|paired with|pairing (?:of|between)|linked (?:hospitals?|with)|\btwin\b"),
    ("community of practice", r"communit(?:y|ies) of practice|\bcops?\b|learning (?:network|circle|collaborative)s?|practitioner network|joint learning network"),
    ("study tour", r"(?:study|observation(?:al)?|educational|learning|benchmarking|exposure|familiari[sz]ation) (?:tours?|visits?|trips?|missions?)|exchange visits?|learning routes?|experience[- ]sharing visits?|benchmarking|site visits?|learning visits?|visites? d['’](?:étude|échange)s?|voyages? d['’]études?|visitas? de (?:estudio|intercambio)|visitas? de estudo|pasant[ií]as?|giras? de aprendizaje|observational internship|internships?|caravans?|exposure (?:visits?|trips?|tours?)|(?:return|day|week-long|fact-finding|first|second|third) visits?|learning trips?"),
    ("online exchange", r"(?:online|virtual|webinar|video) (?:learning )?(?:exchanges?|study tours?|series|visits?|sessions?|meetings?)|webinars?|tele-?mentoring"),
    ("health partnership", r"(?:health|hospital|institutional|international|health[- ]link|academic|clinical|long[- ]term) (?:health )?partnerships?|health links?|hospital links?|partnership (?:between|with)|\blink\b|partenariats? (?:hospitalier|entre)|cooperación entre hospitales|partnerships between"),
    ("other", r"knowledge exchanges?|(?:the|an|this|each|first|second|technical|peer) exchange\b|exchange programmes?|exchange programs?|experience sharing|échanges? d['’]expériences?|intercambios? de experiencias?|intercâmbios?"),
)  # fmt: skip
TYPE = re.compile(rf"\b(?=\w)(?:{'|'.join(f'(?P<t{i}>{pattern})' for i, (_, pattern) in enumerate(TYPES))})")
VISIT = re.compile(
    r"\b(?:visit(?:ed|s|ing|ors?)?|travel(?:l?ed|s|l?ing)?|trips?|went|gone|flew|flown|came|come|coming|host(?:ed|s|ing)?|tour(?:ed|s|ing)?|delegations?|"
    r"receiv(?:ed|es)|welcom(?:ed|es)|participa(?:nts?|ted)|saw|see|seen|observed|brought together|spen[dt]|sent|sends|return(?:ed|ing)|home from|back from|stay(?:ed)?|guests?|seconded|"
    r"br(?:ought|ing)|took|take|taken to|been to|intern(?:ed|ing)|opened|placed|posted|deployed|served|attended|attach(?:ed|ments?)|mission|invited|exchange[ds]?|shown|took part|joined|volunteer\w*|worked|trained|learn(?:ed|t|ing)?|studied|study(?:ing)?|met|shadow(?:ed|ing)|watched|drove|rode|sailed|crossed|walked|set off|set out|left for|headed|arrived|landed|called on|lived|held|ran|gave|lent|sat|based|attended)\b|"
    r"(?:se rendi\w*|viajaron|viajou|viajaram|visitaron|visitaram|ont visité|a visité|a accueilli|accueillie?s?)\b"
)
#: Verbs that make a journey plain even where only one of its sides is told.
PLAIN_VISIT = re.compile(
    r"\b(?:visited|toured|travell?ed to|flew to|were (?:the )?guests|were hosted|was hosted|hosted by|received by|delegation|welcomed|study visit|trip to|visit to|tour of|sent (?:[\w-]+ ){0,5}to|home from|back from|returned from|was host to|with us|sent|guests of|(?:participants|delegates|visitors|travell?ers|fellows|guests|team) (?:all )?(?:came|were|hailed|were drawn) from|opened its doors|invitation)\b"
)

E = rf"(?:the |a |an |its |their |d'|l['’])?{PLACE}"
LIST = rf"{E}(?:(?:['’]s)?(?:\s*\([^)<]*\))?(?:, and |, | and | & |; | et | y | e | as well as | to | or |, as well as )(?:from |of |in )?{E})*"
G = r"[^<.;]{0,60}?"
PEOPLE = (
    r"(?:teams?|delegations?|delegates?|participants?|officials?|visitors?|staff|nurses?|midwives|doctors?|physicians?|health workers?|"
    r"leaders?|managers?|policy[- ]?makers?|decision[- ]?makers?|representatives?|members?|practitioners?|clinicians?|volunteers?|"
    r"ministers?|professionals?|experts?|trainees?|students?|groups?|colleagues|counterparts?|surgeons?|pharmacists?|"
    r"parliamentarians?|advocates?|trainers?|workers|educators?|administrators?|planners?|people|équipes?|délégations?|"
    r"equipos?|delegación|delegação|equipe|funcionarios|fellows?|pairs?|teachers?|researchers?|champions?|responders?|paramedics?|tutors?|commissioners?|users|carers|elders|imams|priests|mothers|technicians?|engineers?|scientists?|economists?|inspectors?|therapists?|psychologists?|councillors?|mayors?|matrons?|registrars?|paediatricians?)"
)
#: What stands before or after a country or organisation and makes it the host or the visitor, the surest first.
BEFORE = tuple(
    (
        role,
        re.compile(rf"(?:{pattern})\s*(?:the |both |its |their |de la |des |du |de |a |an )?(?:[\w’'-]+ ){{0,2}}$"),
    )
    for role, pattern in (
        (
            "visitor",
            r"\b(?:visits?|tours?|trips?|missions?|exchange|programme|project|journey)\b[^<;]{0,20}? (?:took|brought|sent)(?: [\w-]+){0,3}",
        ),
        (
            "visitor",
            r"\b(?:visited|hosted for|toured|travel(?:l)?ed to|paid|undertaken|made|attended|joined|carried out) by\b[^<;]{0,40}?|\b(?:tours?|visits?|trips?|exchange) (?:by|for)|\bpar une (?:délégation|équipe) d[ue]",
        ),
        (
            "host",
            r"\b(?:hosted|organi[sz]ed and hosted|received|welcomed|accueilli\w*|shown round|shown around|looked after) (?:by|par)|(?:was|were|been|being) (?:hosted|received|welcomed|accommodated) (?:in|at)|\bshown [^<;]{0,40}? by",
        ),
        ("visitor", r"\b(?:was|were|is|plays?|played|acted as) hosts? to\b[^<;]{0,40}?"),
        ("visitor", r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) from"),
        (
            "visitor",
            r"\b(?:opened (?:its|their) doors to|laid on [^<;]{0,40} for|put up|took in|guests? from|visitors? from|visitors,? (?:all |both |mostly )?from|(?:visits? of|(?:trips?|tours?|mission) by)(?: (?:a|the))?(?: [\w-]+){0,3}(?: from)?|(?:participants|delegates|visitors|travell?ers|fellows|members|they|team) (?:all |both )?(?:came|were drawn|were|hailed) from)",
        ),
        ("visitor", r"\b(?:lent|seconded|sent|dispatched|deployed) by"),
        ("visitor", r"\b(?:flew|flown|travell?ed|drove|driven|set (?:out|off)|came over|arrived) from"),
        ("host", r"\b(?:to see|to study|to look at|to observe|to inspect|studied|looked at)"),
        ("host", r"\b(?:invitation (?:of|from)|invited (?:by|to)|hospitality of|hosted at)"),
        ("host", r"\b(?:guests of|home from|back from|returned from|(?:our|their|the) hosts? (?:in|at|from))"),
        ("visitor", r"\b(?:train(?:ed|s)|invited|taught|shown)\b[^<;]{0,40}?\bfrom"),
        ("visitor", rf"\b{PEOPLE}\b[^<;]{{0,30}}?\b(?:from|of|représentant|du|de|des|d|do|da|dos)"),
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
            r"\b(?:visit(?:ed|s|ing)?(?: to)?|tour(?:ed|s)?(?: of| to)?|travel(?:l?ed|s|l?ing)? (?:to|through)|trips? to|went to|flew to|came to|journeyed to|flown to|drove to|rode to|driven to|head(?:ed|ing) (?:to|for)|set (?:off|out) for|left for|arriv(?:ed|ing) (?:in|at)|sat (?:with|beside|in with)|went to see|landed (?:in|at)|went (?:over|across|down|up) to|call(?:ed)? on|shadowed|attached to|based (?:in|at)|studied|studying|welcomed to|taken to|assigned to|exposure to|(?:was|were|is|been|being) (?:in|at)|been to|shown (?:to )?(?:[\w-]+ ){0,4}(?:in|at)|rendu\w* (?:au|aux|en|à)|viaj\w+ (?:a|ao|à|para|al)|visit[aéó]\w*(?: (?:a|al|à|ao))?|ont visité|a visité|internships? (?:at|in)|hosted (?:in|at)|touring|home from|back from|returned from|sent to|guests of|(?:spent|spend|spending|stay(?:ed)?)\b[^<;]{0,60}?\b(?:in|at|with))",
        ),
        (
            "host",
            r"\b(?:tours?|visits?|trips?|exchanges?|missions?|routes?|pasant[ií]as?|voyages?|intercambios?|visitas?)\b[^<;]{0,50}?\b(?:to|in|at|with|held in|au|aux|en|à|al|para o)",
        ),
        (
            "host",
            r"\b(?:took|brought|sent|flew|seconded|deployed|posted)\b[^<;]{0,60}\b(?:to|at)|\b(?:has|have|had) been to|\b(?:was|were|been|being) taken(?: [\w-]+){0,2}? to",
        ),
        (
            "host",
            r"\b(?:placements?|fellowships?|electives?|secondments?|seconded|posted|volunteer(?:ed|ing)|work(?:ed|ing)|spent|stayed|trained|attachments?|observ\w+|weeks|months|days|years?|placed|volunteers?|served|studied|attended|joined|took part|participat\w+|intern(?:ed|ing|s)|course|training|residency|observership)\b[^<;]{0,60}?\b(?:in|at|to|with)",
        ),
        (
            "host",
            r"\b(?:held|took place|convened|conducted|gathered|met|meeting|workshop|exchange|saw|see|seen|seeing|watched|learn(?:ed|t) (?:from|in)|studied|sat in|watched|lived)\b[^<;]{0,40}?\b(?:in|at|from)",
        ),
        ("host", r"\b(?:saw|studied|toured|looked at) (?:the|how|a|an|its)\b[^<;]{0,40}\bof"),
        ("visitor", r"\bto (?:receive|host|welcome)\b[^<;]{0,40}"),
    )
)
_AFTER_PLACE = r"^(?:['’]s?)?\)?(?:\s*\([^)<]*\))?,?\s+"
_SOON = r"(?:which |who |that |has |have |had |will |also |then |first |later |again |in turn |recently |subsequently |each |both |all )*"
#: "Togo's visit to Benin", "the Benin visit".
THEIR_VISIT = re.compile(
    r"^(?:['’]s?)? (?:[\w-]+ ){0,2}?(?:visit|trip|tour|mission|journey) (?:to|of)\b", re.IGNORECASE
)
VISIT_THERE = re.compile(
    r"^ (?:study |exchange |learning |exposure )?(?:visit|trip|tour|leg|programme|placement)s?\b(?! (?:to|of|by))",
    re.IGNORECASE,
)
STRONG_AFTER = tuple(
    (role, re.compile(_AFTER_PLACE + pattern))
    for role, pattern in (
        (
            "host",
            r"(?:[\w-]+ ){0,2}?(?:was|were|has been|had been|is|being|will be) (?:visited|toured|chosen as (?:the )?host|selected as (?:the )?host|(?:the )?host(?! to)\b)",
        ),
        ("host", r"(?:[\w-]+ ){0,3}?(?:was|were|is|are) hosts? to\b"),
        (
            "host",
            r"(?:[\w-]+ ){0,3}?(?:(?:has |have )?train(?:ed|s) (?:[\w-]+ ){0,3}from$|(?:taught|showed|trained|told) (?:the |their )?(?:visitors|visiting|guests|delegation)\b)",
        ),
        (
            "visitor",
            rf"(?:[\w’'-]+ ){{0,4}}?{_SOON}(?:was|were|are|being|been) (?:also |then |first |warmly |the |our |its )*(?:received|hosted|welcomed|guests|sent|flown|placed|seconded|taken (?:to|round|through)|shown|driven|posted|deployed|with (?:us|<w\d+>))\b",
        ),
        (
            "host",
            rf"(?:[\w’'-]+ ){{0,4}}?{_SOON}(?:host(?:ed|s|ing)?|welcom(?:ed|es)|receiv(?:ed|es)|showed|demonstrated|opened (?:its|their)|was host to|played host|accueill\w*|acogió|recebeu|sediou)\b(?! by)",
        ),
        (
            "visitor",
            rf"(?:[\w’'-]+ ){{0,3}}?{_SOON}(?:sent|sends|dispatched|seconded|visit(?:ed|s)|travel(?:l?ed|s)|toured|went (?:to|on|for|over|across|down|up)|(?:held|ran|gave) [\w ]{0, 20}(?:workshops?|courses?|training|lectures|clinics)|(?:had )?sat (?:with|in|beside)|shadowed|trained (?:in|at|with|under)|worked (?:in|at|alongside|for)|served|sat in|called on|drove|rode|set (?:off|out)|left for|headed (?:to|for)|came (?:to|for|on)|came|(?:just )?(?:come|got|been) (?:home|back) from|returned from|flew|spent|undertook|paid an?|made an? [\w -]{{0,20}}(?:visit|tour|trip)|took part in|arrived|stayed|s['’]est rendu\w*|viajó|viajaron|viajou)\b",
        ),
    )
)
WEAK_AFTER = tuple(
    (role, re.compile(_AFTER_PLACE + pattern))
    for role, pattern in (
        ("host", r"(?:[\w-]+ ){0,1}?hosts?\b"),
        ("neither", r"(?:[\w-]+ ){0,2}?(?:counterparts?|peers?|partners?|friends)\b"),
        ("visitor", rf"(?:[\w-]+ ){{0,3}}?{PEOPLE}\b(?!['’]s? (?:in|at) <)"),
        ("host", r"exchange visit\b|study tour\b"),
    )
)
LINKED_LIST = re.compile(
    r"^(?:['’]s?)?(?:\s*\([^)<]*\))?(?:, and|, as well as|,| and| &| et| y| e| or)(?: from| of| in| the)?\s*$",
    re.IGNORECASE,
)
AT = re.compile(PLACE)
PARTNERS = re.compile(r"\bPartners?\s*:\s*(?P<x>[^.;\n]*)", re.IGNORECASE)
OTHER_TAG = re.compile(r"<[ID]\d+>")
LABELLED = (
    (
        "host",
        re.compile(
            r"\b(?:(?:Country|Countries|Place|Sites?)(?: to be)? Visited|Resource country|Provider(?: country)?|Receiving (?:country|institution|partner)|To)\s*:\s*(?P<x>[^.;\n]*)|\b(?:Host(?:s|ed by| country| countries| institution)?|Venue|Destination|Location|Where)\s*:\s*(?P<y>[^.;\n]*)",
            re.IGNORECASE,
        ),
    ),
    (
        "visitor",
        re.compile(
            r"\b(?:Trave\w{1,4}s|Visitors?|Visiting (?:country|countries|team)|Delegations?|Delegates|Participants|Participating countries|Guests?|Fellows|Learners?|Learner countr(?:y|ies)|Learning countr(?:y|ies)|Sending (?:country|institution|partner)|Requesting country|From|Who)\s*:\s*(?P<x>(?:\b[A-Z]\.|[^.;\n])*)",
            re.IGNORECASE,
        ),
    ),
)
_AT_PLACE = rf"(?:(?:, | in | of |, in | \(){E}\)?)*"
TITLE = re.compile(r", (?P<h><C\d+>)(?:[,:]? \(?<D\d+>|\.?$)")
BETWEEN = re.compile(
    rf"\b(?:between|linking|links?|linked|joins?|pair(?:s|ed|ing)?|twinn(?:ed|ing|s)|entre|partnered|partnership of|twinning of)\s+(?:of )?(?:the )?{G}(?P<a>{E}{_AT_PLACE}){G}\b(?:and|with|to|et|y|e)\b\s+(?:the )?{G}(?P<b>{E}(?:(?:, and |, | and | in |, in | \(){E}\)?)*)",
    re.IGNORECASE,
)
LINKED = re.compile(
    rf"(?P<a>{E})\s*(?:-|–|—|/)\s*(?P<b>{E})\s+(?:[\w-]+ ){{0,3}}(?:partnership|link|exchange|twinning|programme|program|project|cooperation|collaboration)",
    re.IGNORECASE,
)
PAIRED = re.compile(
    rf"(?P<a>{E}{_AT_PLACE}),?\s(?:[\w-]+ ){{0,4}}?(?:paired|twinned|linked|partnered|partners|in partnership|twinning)(?: up)? with {G}(?P<b>{E}{_AT_PLACE})|\b(?:paired|twinned|linked|partnered) with {G}(?P<c>{E}{_AT_PLACE})[^<.;]{{0,40}}, {G}(?P<d>{E}{_AT_PLACE})|\b(?P<e>{E})(?:['’]s)? (?P<f>{E}) twin\b|(?P<g>{E}{_AT_PLACE}) and (?:its|their) (?:[\w-]+ )?partner,? (?P<h>{E}{_AT_PLACE})",
    re.IGNORECASE,
)
PARTNER_LABEL = cues(
    "partner",
    rf"(?:{PLACE_LOWERED}|\b(?:lead|northern|southern|international|overseas|lmic|developing[- ]country|local|first|second))(?: [\w-]+){{0,2}} partner(?:s| institution)?\s*:\s*[^.;\n]*",
)
MUTUAL = re.compile(
    r"\b(?:bi-?directional|two-way|reciprocal|mutual(?:ly)? (?=visits?|exchanges?|learning|benefi|support|partnership|placements?|agreement|twinning|flow)|both (?:ways|sides|directions)|in both (?:directions|countries)|swap(?:ped)?|exchanged (?:visits|staff|nurses|teams)|visited each other|sends [^<.;]{0,30} and receives|each way)\b"
)
RETURNED = re.compile(
    r"\b(?:return (?:visits?|leg)|in return|in exchange|reciproca\w+|(?:came|went|hosted|received|welcomed|visited|invited) in turn|turn to visit|(?:first|second) leg|in which the <c\d+> were|who went\b(?! to| on| out))\b(?! for\b)"
)
STAY = re.compile(
    r"\b(?:placements?|placed|volunteer\w*|seconded|worked|served|months|elective|fellowship|attachment|posted|deployed|in residence)\b"
)

FUNDED = re.compile(
    rf"\b(?:funded|financed|sponsored|paid for|supported financially)\s+(?:in part )?by\s+(?:the )?(?P<f>{LIST})",
    re.IGNORECASE,
)
FACILITATED = re.compile(
    rf"\b(?:facilitated|coordinated|co-ordinated|brokered|organi[sz]ed|convened|supported|arranged)\s+by\s+(?:the )?(?P<f>{LIST})",
    re.IGNORECASE,
)
DEBRIEF = cues(
    "brief|report|reflect",
    r"\bde-?brief(?:ing|ings|ed|s)?\b|\breport(?:ed)?[- ]back\b|\breflection sessions?\b|\bmeeting to reflect\b",
)
MISSION = cues(
    "mission statement|aim|goal|purpose|objective|objetivo|objectif",
    r"\b(?:mission statements?|(?:aim|goal|purpose|objective|objetivo|objectif)s?\s+(?:of the (?:visit|tour|exchange|partnership|programme)[^.]{0,20}?\s)?(?:was|were|is|are|était))\b|^(?:purpose|aim|goal|objectives?|objectifs?)\s*:",
)
_GO = r"(?:\w+ ){0,3}?(?:visit|host|travel|go|come|send|receive|spend|take part|tour|be (?:sent|hosted|received|trained|placed|seconded))"
HYPOTHETICAL = re.compile(
    rf"\b(?:(?:should|would|could|might|may) {_GO}|(?:recommend|propos|suggest)\w*\b[^.;]{{0,40}}\b(?:visits?|tours?|exchanges?|placements?|hosts?|travel)|(?:plan(?:s|ned|ning)?|intend\w*|hop(?:es|ed|ing)|will|is|are|wants?|asked|agreed) (?:to )?{_GO}|planned an? (?:\w+ ){{0,2}}(?:visit|tour|exchange|trip)|next year)\b"
)
NEGATED = re.compile(
    r"\b(?:did not (?:\w+ )?(?:visit|travel|take place|go|come|host|attend|happen|receive)|(?:was|were) not (?:held|hosted|visited|received|invited|made)|never (?:\w+ )?(?:visited|took place|travelled|went|came|hosted|happened)|cancelled|canceled|called off|no (?:exchange|visit|study tour)|not (?:yet )?(?:visited|hosted)|postponed)\b"
)


TOOK_PLACE = re.compile(r"\b(?:visited|hosted|travelled|took part|was held|were held|came to|went to|spent|returned)\b")
PLANNED = re.compile(r"\b(?:plan|will|would|next year|is to|are to|intend|hop|want|agreed)")

JOURNEY = re.compile(rf"from ({PLACE}) to ({PLACE})")
#: "Six Filipino paediatricians and a Vietnamese nurse".
TWO_PEOPLES = re.compile(r"['’]?(?: [\w-]+){1,3}(?:,| and|, and)(?: [\w-]+){0,2} ")
LED_BY_PLACE = re.compile(r"(?:^|[.;:,] ?|\band )(?:in|at) (?:the )?$", re.IGNORECASE)
THEN_PEOPLE = re.compile(
    r",? (?:<D\d+>,? )?<[VW]\d+> (?:also |then )?(?:saw|met|were|was|visited|watched|sat|spent|heard|learn\w+|spoke|found|toured|worked|observed|joined|stayed)\b"
)
#: Words that make it plain that people were somewhere to learn or to work.
BEING_THERE = re.compile(
    r"\b(?:visit\w*|tour(?:ed|s|ing)?|trips?|travel\w*|went (?!on\b)|came (?:to|from|over|back|for)|spen[dt]|stay\w*|days|weeks?|months|exchange|placements?|sent|shown|saw|seen|host\w*|guests?|trained|training|worked|delegations?|journey\w*|arrived|returned|fellowship|secondment|seconded|attachment|posted|volunteer\w*|observ\w+|watched|shadow\w*|invited|received|welcomed|sat|learn(?:ed|t|ing)?(?! (?:of|from|about)\b)|met|meeting|listen\w*|talked|compared|took part|taking part|participat\w+|attend\w*|gathered|joined|twinn\w+|paired|pairing|link\w*|partner\w*|swap\w*|shar(?:ed|ing)|peers?|counterparts?|mentor\w*|colleagues|workshops?|courses?|lent)\b"
)
SOMEWHERE = re.compile(
    r"\b(?:in|at|to|around|near|across|through|into)(?: (?:the|a|an|its|two|three|four|both|rural|northern|southern|eastern|western|central|hospitals?|clinics?|districts?|sites?|villages|in|of|at|town|city|capital|province|neighbouring))* $",
    re.IGNORECASE,
)
OF_PEOPLE = re.compile(rf"(?:['’]s?)? (?:[\w-]+ ){{0,2}}?{PEOPLE}\b", re.IGNORECASE)
FROM_PEOPLE = re.compile(rf"\b{PEOPLE}\b[\w ,-]{{0,30}}?\b(?:from|representing) (?:the )?$", re.IGNORECASE)
PEOPLE_OF_COUNTRY = re.compile(
    r"(?P<c><C\d+>)(?:['’]s?)? (?:[\w-]+ ){0,2}?(?:teams?|delegations?|delegates|visitors|participants|party|nurses|midwives|doctors|officials|managers|group|representatives|side)\b",
    re.IGNORECASE,
)
HOME_TO = re.compile(
    r"\b(?:back|home|return(?:ed|ing)?|return)(?: home)?,? (?:in|to|at) (?:the )?(?P<c><[CON]\d+>)", re.IGNORECASE
)
OF_PEOPLE_OR_WE = re.compile(rf"\b(?:{PEOPLE}|we|our|two|three|four|five|six|\d+)\b|<[VW]\d+>", re.IGNORECASE)
TOPONYM_IN = re.compile(r"(?<=\bto )[A-Z][\w’'-]+(?:, (?:in )?| in )(?=<C)")
NEXT_TRAVELLERS = re.compile(
    r"; |, (?=(?:and|while|whereas) (?:[\w-]+ ){0,3}<[CV]\d+> (?:[\w-]+ ){0,3}?(?:went|came|come|visited|paid|spent|travell?ed|were|worked|stayed|returned|spend|saw)\b)",
    re.IGNORECASE,
)
#: "Lesotho (learner), Uganda (resource country)".
IN_BRACKETS = (
    (
        "visitor",
        re.compile(
            r"(?P<c><[CO]\d+>) \((?:as )?(?:learner|learning|visit\w*|request\w*|recipient|guests?)\b[^)]*\)",
            re.IGNORECASE,
        ),
    ),
    (
        "host",
        re.compile(
            r"(?P<c><[CO]\d+>) \((?:as )?(?:the )?(?:host\w*|provider|resource|mentor|teach\w*|expert\w*|showcas\w*)\b[^)]*\)",
            re.IGNORECASE,
        ),
    ),
)
THEIR_PLACE = re.compile(
    r"(?:['’]s?)? (?:[\w-]+ )?(?:hospital|clinic|centre|center|ministry|ward|unit|university|health post|district|capital|maternity|village)s?\b",
    re.IGNORECASE,
)
#: "the visiting Rwandans", "the tour enabled the Nigerian participants".
VISITING = re.compile(r"\b(?:visiting|(?:enabled|allowed|let|gave)(?: (?:the|all|both|\w+))?) $", re.IGNORECASE)
GOES_ON = re.compile(r"(?:['’]s?)?(?: [\w-]+){1,6} (?:to|in|at|with)(?: the)? ")
#: A place that no gazetteer knows, right before the country that it is in.
TOPONYM = re.compile(r"(?<=\s)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?:, (?:in )?|,? in )$")
LIST_GOES_ON = re.compile(r"(?:, (?:the )?<[CO]\d+>)*,? (?:and|or|&) (?:the )?<", re.IGNORECASE)
#: An idea that travels is no visitor.
IDEA_MOVES = cues(
    "took|brought|carried|travel|spread|came|went|crossed|moved|reached|taken|exported",
    r"\b(?:took|brought|carried) (?:it|them|the (?:idea|method|model|technique|practice|approach)) (?:to|into|back to|over to)\b|(?:\bit|<i\d+>|\b(?:idea|model|method|approach|practice|programme|program|technique|scheme|innovation|concept|story)) (?:has |have |had |then |later |soon |was |were |also )*(?:travell?ed|spread|came|went|crossed|moved|reached|brought|taken|exported|carried)\b",
)

CONTRAST = cues(
    "contrast|unlike|whereas|compared|rather than",
    r",? (?:(?:a|in) contrast|unlike|whereas|compared (?:to|with)|rather than)\b",
)
COUNTED = re.compile(
    r"\b(?:more than |over |about |some |nearly )?\d[\d,]* (?:[\w-]+ ){0,2}(?:partnerships?|exchanges?|links?|placements?|study tours?|visits?)\b",
    re.IGNORECASE,
)
IN = re.compile(r"\b(?:in|across)\s+(?:the |rural )?(?P<h><C\d+>(?:(?:, and |, | and )<C\d+>)*)", re.IGNORECASE)
