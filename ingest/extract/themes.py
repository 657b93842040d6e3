"""Mechanisms, enablers and barriers that a sentence names, as terms of the vocabulary.

The vocabulary's own phrases count, and cues for the words that reports use instead. A phrase that could be either is an
enabler or a barrier by the side of the sentence that it stands on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from ...ontology.normal import fold
from ...ontology.vocabulary import terms

#: Single words of the vocabulary that name a theme wherever they stand; its other single words are too common.
_TELLING = frozenset(
    """
    twinning empowerment backfill pilotitis mentorship coaching benchmarking co-creation coproduction
    co-production co-development reciprocity paternalism debriefing stigma networking bureaucracy fragmentation
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_TOO_COMMON = frozenset(
    """
    link course workshop training story contacts framework facilitation resources grant equipment monitoring
    supervision alignment mentor accreditation champion scalable trust ownership interpretation retention
    security flights visas transferability adaptation tailoring observation adoption teamwork agency adaptation
    advocacy study visit study visits site visit field visit exchange visit staff exchange twinning country
    exchange shared learning mental health
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_CUES: dict[str, tuple[tuple[str, str], ...]] = {
    "mechanism": (
        ("peer-to-peer mind change", r"mind[- ]?(?:set)? ?chang\w+|chang\w+ (?:their |the |people['’]s )?minds?|(?:shift|chang)\w* (?:in |their |of )?(?:attitudes?|mind-?sets?|perceptions?)|convinced by (?:peers|their peers|seeing|colleagues)|peer voices?|won over|persuaded (?:by|the)"),
        ("peer-to-peer exchange", r"peer[- ]to[- ]peer|learn(?:ing|ed|t)? from (?:their |one'?s )?(?:peers|each other|one another|counterparts)|peer (?:learning|exchange|support visits?|sharing)|among peers|between peers"),
        ("hands-on learning", r"hands[- ]on|learn(?:ing|ed|t)? by doing|on[- ]the[- ]job|side[- ]by[- ]side|worked alongside|working alongside|practi[sc]ed? (?:under|on|with)|practical (?:sessions?|training|experience)|shadow(?:ed|ing)|job[- ]shadowing|immers\w+"),
        ("empowerment", r"empower\w*|(?:gave|gain\w*|new|more|greater) confidence to|felt able to|sense of ownership"),
        ("seeing is believing (observation)", r"see(?:ing)? (?:it |the \w+ )?(?:is believing|for themselves|at first hand|first-?hand|in action|in practice|at work|with their own eyes)|saw (?:it |the \w+ )?(?:for themselves|at first hand|first-?hand|in action|working|how)|first-?hand (?:view|observation|experience)|observ(?:ed|ing) (?:the |how )|witness(?:ed|ing)"),
        ("comparison with own practice", r"compar(?:ed|ing|ison) (?:it |their |with |to |of )?[^.;]{0,30}(?:own|home|practice)|benchmark\w*|fresh eyes|unfamiliar setting"),
        ("co-creation and joint problem solving", r"co-?creat\w+|co-?design\w*|co-?develop\w*|jointly (?:designed|developed|solved|planned)|joint problem[- ]solving|problem[- ]solving together|brainstorm\w*"),
        ("reciprocal (mutual) learning", r"mutual(?:ly)? (?:learn\w+|benefi\w+)|two-way learning|bi-?directional (?:learning|flow of ideas)|both (?:sides|partners) (?:learn\w*|benefit\w*)|reciprocal learning|learning in both directions|shared learning|learned from each other"),
        ("reflection and debriefing", r"de-?brief\w*|reflection (?:sessions?|week|time|meeting)|report(?:ed|ing)?[- ]back|after[- ]action review|reflect(?:ed|ing)? (?:on|together)|encourag\w+ reflection"),
        ("mentorship and coaching", r"mentor\w*|coach(?:ed|ing|es)\b|supportive supervision|role model\w*"),
        ("train-the-trainer and cascade", r"train(?:ing|ed)?[- ](?:of[- ])?(?:the[- ])?trainers?|cascad\w+|\bToT\b|master trainers?|step-?down training"),
        ("training and capacity building", r"capacity[- ](?:building|strengthening|development)|skills? transfer|built capacity"),
        ("technical assistance and technology transfer", r"technical assistance|technology transfer|transfer of technology|technical support"),
        ("institutional twinning", r"twinn\w+|sister hospitals?|hospital-to-hospital"),
        ("action planning", r"action plans?|country (?:action )?plans?|work-?plans?|innovation plans?"),
        ("relationship building and networks", r"(?:built|building|new|lasting|personal|developed) (?:\w+ )?(?:relationships?|networks?|friendships?|contacts)|stayed in touch|WhatsApp group|alumni network"),
        ("case and story sharing", r"shar(?:ed|ing) (?:their |of )?(?:stories|experiences?|cases|case studies|testimon\w+)|experience[- ]sharing|storytelling|testimon(?:y|ies)"),
        ("contextual adaptation", r"adapt(?:ed|ing|ation)? (?:it |them |the \w+ |of the \w+ )?(?:to|for) (?:the |its |their |our )?(?:local|own|context|needs|setting|national|culture)|local adaptation|context(?:ual)?(?:ly)? (?:adapt\w+|tailor\w+)|tailored to (?:the )?local"),
        ("demonstration of results", r"demonstrat\w+ (?:of )?results|results? (?:convinced|persuaded|spoke)|proof of concept"),
        ("greater responsibility", r"greater responsibility|more responsibility|out of (?:their|the) comfort zone|stretch(?:ed)? role"),
        ("matching learners with exemplars", r"paired with|matched with|pairings? of|country pairing"),
    ),
    "enabler": (
        ("senior leadership and political commitment", r"(?:political|senior|high[- ]level|strong|government|ministerial|executive|management|ministry) (?:\w+ )?(?:leadership|commitment|support|will|backing|buy-in)|political will|leadership (?:support|commitment|of the|from the)|support (?:of|from) (?:the )?(?:senior|ministry|minister|management|leadership|chief)|(?:involv\w+|inclusion|participation|presence) of (?:senior|decision[- ]makers)|senior (?:staff|officials) (?:were |was )?(?:involve\w+|included)|senior staff involvement"),
        ("right participants and team mix", r"right (?:people|participants|mix)|decision[- ]makers? (?:in|on|were|with|travell)|careful(?:ly)? select\w+|selection of participants|mix of (?:cadres|participants|skills|clinical)|mixed teams?|teams? (?:that )?mixed"),
        ("needs assessment and joint planning", r"needs assessment|joint(?:ly)? plann\w+|situation(?:al)? analysis|gap analysis|preparat(?:ion|ory) (?:visit|work|meetings?)|pre-visit"),
        ("structured methodology", r"structured (?:method\w*|approach|programme|agenda)|clear (?:method\w*|steps)|step-by-step|systematic approach"),
        ("action plan and follow-up", r"follow[- ]?up (?:visits?|support|calls?|mentoring|supervision|was|meetings?)|action plans? (?:and|with|that|were|was)|post-visit (?:support|follow)|regular follow-up"),
        ("structured debriefing and reflection", r"(?:structured|formal|regular|scheduled|planned) (?:de-?brief\w*|reflection)|de-?brief(?:ing)? sessions?|time (?:for|to) reflect\w*|reflection time"),
        ("clear shared goal or mission", r"(?:shared|common|clear|joint|agreed) (?:\w+ )?(?:goals?|vision|purpose|aims?|objectives?|mission)|mission statements? (?:must|should|that)|actionable mission|clear(?:ly)? (?:defined|stated) (?:goals?|roles?|objectives?|vision)|terms of reference"),
        ("equality, trust and reciprocity", r"mutual(?:ly)? (?:respect|trust|benefi\w+)|(?:equal|supportive|trusting|trusted|respectful) (?:\w+ )?(?:partners?(?:hips?)?|relationships?)|trust (?:between|among|built)|reciprocity|equality between"),
        ("long-term relationship and continuity", r"long[- ](?:term|standing|lasting) (?:\w+ )?(?:relationships?|partnerships?|links?|commitment|support|presence)|decades? of (?:partnership|collaboration)|continuity of|repeat(?:ed)? visits"),
        ("communication and coordination", r"(?:regular|good|open|frequent|efficient|effective|clear|strong|close|constant) (?:communication|coordination|co-ordination|calls|meetings|contact)|coordinat(?:ion|ing) (?:unit|team|office|committee)|(?:dedicated|full-time) coordinator|steering committee"),
        ("funding, equipment and supplies", r"(?:seed|start-?up|catalytic|core|adequate|dedicated|secure|sufficient|government|donor|flexible) (?:funding|funds|grants?|money|budget)|(?:provision|supply|donation|availability) of (?:equipment|supplies|drugs|funds)|equipment (?:was|were) (?:provided|donated|supplied)|funding (?:from|was secured|made it)"),
        ("formal agreement (MoU)", r"memorand(?:um|a) of understanding|\bMoUs?\b|formal agreements?|signed (?:an )?agreements?|bilateral agreement|letter of (?:intent|interest|agreement)"),
        ("credible exemplar host", r"(?:well[- ]established|credible|experienced|exemplar|model|mature|leading|expert) (?:host|site|programme|learning site|centre)s?|centres? of excellence|learning sites?|model sites?"),
        ("fit with local system and context", r"(?:fit(?:s|ted)?|align(?:ed|s|ment)?|compatible|harmoni[sz]ed) (?:well )?(?:with|into|to) (?:the |its |their |existing |national |local )|tailored to (?:local|the)|similar (?:contexts?|settings?|health systems?|challenges)|existing (?:structures?|system|cadre)"),
        ("local champions", r"(?:local |clinical |committed |national |strong |individual )?champions?\b|change agents?|focal (?:person|point)s?|enthusias(?:tic|m) (?:of|from|local|staff|leaders?|nurses)"),
        ("simple, affordable practice", r"low[- ]cost|inexpensive|affordable|simple (?:to|and|enough|design|tool)|easy to (?:use|learn|copy|teach)|cheap"),
        ("user, community and diaspora involvement", r"(?:community|patient|user|diaspora|service[- ]user|family|village) (?:\w+ )?(?:involvement|engagement|participation|ownership|leaders|support)|involv\w+ (?:of )?(?:communities|patients|users|families|the diaspora)|lived experience|diaspora"),
        ("trained staff and induction", r"(?:induction|pre-?departure|orientation|language) (?:training|course|week|session)s?|well[- ]trained staff|trained (?:staff|nurses|mentors)|ongoing training|refresher training"),
    ),
    "barrier": (
        ("cost and resource intensity", r"resource[- ](?:heavy|intensive|intensity|constraint\w*|demands?)|(?:high|prohibitive|running|travel|financial) costs?|cost(?:s|ly)?\b (?:of|were|was|remain|to|and)|expensive|(?:lack|shortage|absence|limited|insufficient|inadequate|scarce|short) (?:of )?(?:\w+ )?(?:funding|funds|money|resources?|budgets?|finance)|funding (?:gaps?|ended|ran out|cuts?|shortfall|constraints)|under-?funded|time and resource (?:constraints?|limits?)|managing time and resource"),
        ("limited commitment or reluctance", r"reluctan\w+|hesitan\w+|resistan(?:ce|t)\b|lack of (?:\w+ )?(?:buy-in|commitment|interest|ownership|engagement)|limited (?:commitment|buy-in|interest|engagement)|(?:low|poor) (?:uptake|motivation|engagement|attendance)|unwilling\w*|scepticis\w+|skeptic\w+|doubts? about|securing (?:\w+ )?(?:participation|buy-in)"),
        ("no validated method or standard evaluation", r"(?:absence|lack) of (?:a |any )?(?:\w+ )?(?:validated|standard\w*|agreed) (?:\w+ )?(?:method\w*|tool|evaluation|approach|framework)|no (?:validated|standard|agreed) (?:method\w*|tool|evaluation)|weak (?:monitoring|M&E|evaluation)|without (?:a )?(?:baseline|evaluation)|no baseline"),
        ("weak evidence of impact", r"(?:weak|limited|little|scarce|poor|thin|insufficient|low[- ]quality|anecdotal) evidence|evidence (?:is|was|remains) (?:weak|limited|scarce|thin)|hard to (?:attribute|measure|evaluate)|self-?report\w*|lack of (?:\w+ )?evidence"),
        ("lessons not documented or shared", r"(?:not|never|poorly|rarely|seldom|hardly) (?:been )?(?:documented|written up|shared|recorded|published|fed back)|(?:lack|absence|poor) (?:of )?(?:documentation|dissemination|debriefing|feedback)|no (?:formal )?(?:de-?brief\w*|record|report-back)|lessons (?:were |are )?(?:lost|not)|limited opportunit\w+ to share"),
        ("workload and staff release", r"(?:heavy|high|increased|competing|excessive|clinical) (?:\w+ )?workloads?|workloads?\b|staff (?:release|shortages? at home|turnover|time)|(?:releas\w+|freeing|free) (?:of )?staff|time (?:pressures?|constraints?)|lack of time|overburden\w*|overstretch\w*|backfill|busy (?:clinical )?schedules?|turnover of"),
        ("unsuitable participant mix (often junior)", r"(?:too |mostly |mainly |often |predominantly |only )(?:junior|young)|junior (?:staff|doctors|volunteers|members|clinicians|professionals|health)|(?:wrong|unsuitable|inappropriate) participants|without (?:the )?(?:authority|power|seniority)|lack(?:ed|ing|s)? (?:the )?(?:authority|seniority|decision[- ]making power)|low seniority"),
        ("learning goals unclear or generic mission", r"generic (?:mission|goals?|statements?)|unclear (?:goals?|roles?|objectives?|aims?|expectations|purpose)|(?:no|without) (?:clear|stated|agreed) (?:\w+ )?(?:goals?|objectives?|aims?|purpose)|poorly defined|ill-defined|vague (?:goals?|objectives?|terms?)"),
        ("power imbalance and preconceptions", r"power (?:imbalance|differen\w+|dynamics|relations|asymmetr\w+)|preconce\w+|prejudic\w+|paternalis\w+|unequal (?:power|partner\w*|relationship)|hierarch(?:y|ies)|top-down|assum(?:ed|ption)s? that (?:\w+ ){0,4}(?:nothing|superior|inferior)|superiority|colonial"),
        ("language and cultural barriers", r"language (?:\w+ )?(?:barriers?|differences|problems?|difficult\w+|was)|(?:cultural|culture) (?:\w+ )?(?:barriers?|differences?|shock|misunderstand\w+)|interpretation (?:was|slowed)|interpreters?|translation (?:slowed|problems?|was)"),
        ("context differs between settings", r"differen(?:t|ces?) (?:\w+ )?(?:contexts?|settings?|health systems?|between (?:the )?(?:settings|systems|countries))|(?:not|hardly|difficult to be|hard to) (?:easily )?(?:transferable|transfer\w*|replicat\w+|applicable)|contexts? differ\w*|context[- ]specific"),
        ("poor coordination and bureaucracy", r"bureaucra\w+|red tape|(?:poor|weak|lack of|limited|inadequate) (?:co-?ordination|communication)|differ(?:ing|ent) (?:organi[sz]ational |institutional )?mandates|fragment(?:ed|ation)|administrative (?:delays?|hurdles?|burden)|delays? in (?:approv\w+|procure\w+|customs|visas?|sign\w+|disburse\w+)|slow (?:approval|procurement)"),
        ("not sustained or integrated", r"(?:not|never|poorly|rarely|hard to) (?:be )?(?:sustain\w+|integrated|institutionali[sz]ed)|long[- ]term sustainability|sustainab\w+ (?:\w+ )?(?:concerns?|questions?|unresolved|in doubt|was a challenge|remains)|(?:ended|stopped|stalled|collapsed|lapsed) (?:when|after|once)|no exit (?:plan|strategy)|ad hoc|brain drain|parallel (?:system|project)s?|questions about"),
        ("political and policy environment", r"(?:political|policy|civil) (?:instability|uncertainty|change|turmoil|barriers?|unrest|opposition)|change of government|insecurity|sanctions|elections? (?:delayed|interrupted)|unsupportive polic\w+|conflict (?:interrupted|delayed|halted)"),
        ("travel or pandemic disruption", r"covid(?:-?19)?(?: pandemic)?|pandemic|travel (?:ban|restrictions?|disruption)s?|visa (?:problems?|refusals?|delays?|restrictions?)|visas? (?:were|was) (?:refused|delayed)|flights? (?:were |was )?(?:cancel\w+|suspend\w+)|lockdowns?"),
        ("social norms and stigma", r"stigma\w*|gender norms|social norms|taboos?|mistrust|cultural resistance|religious opposition"),
        ("scarce staff, supplies or infrastructure", r"(?:shortages?|lack|scarcity|absence) of (?:\w+ )?(?:staff|nurses|midwives|doctors|equipment|supplies|drugs|medicines|electricity|water|space|beds|specialists|transport|infrastructure|trained)|stock-?outs?|understaff\w*|staff shortages?|(?:poor|weak|inadequate|unreliable) (?:infrastructure|electricity|internet|connectivity|power|equipment|roads)|power cuts|broken equipment"),
        ("safety and reputational risk", r"(?:safety|security|reputational|legal|indemnity) (?:\w+ )?(?:concerns?|risks?|worries)|indemnity"),
    ),
}  # fmt: skip
_HELPS = re.compile(
    r"\b(?:enabl\w+|facilitat\w+|help(?:ed|s|ful)?|key to|success\w*|thanks to|because of|due to|essential|critical|crucial|vital|valued|contribut\w+|support(?:ed|ive|s)|made (?:it )?possible|allow(?:ed|s)|drove|driven by|foster\w+|strength\w*|worked well|underpinn\w+|depends? on|attribut\w+|credited|owed|important|encourag\w+|ensur\w+|sustained by|secured|factors?|stress\w*|need(?:ed)? for|requires?|should|must)\b",
    re.IGNORECASE,
)
_HINDERS = re.compile(
    r"\b(?:constrain\w+|hinder\w*|barriers?|challeng\w+|despite|however|although|but|lack\w*|limit(?:ed|s|ing|ation\w*)|difficult\w*|obstacles?|imped\w+|hamper\w*|weakness\w*|problems?|slow(?:ed|ing)?|delay\w*|stall\w*|prevent\w*|fail\w*|undermin\w+|struggl\w+|reluctan\w+|did not work|setbacks?|disrupt\w*|drawbacks?|concerns?|complain\w*|cost|heavy|poor|weak|shortage\w*|insufficient|absence|unable|never|without|held back|threaten\w*|yet)\b",
    re.IGNORECASE,
)
_LACKING = re.compile(
    r"\b(?:lack(?:ed|ing|s)? (?:of )?|absence of |no |without |limited |poor |weak |insufficient |inadequate |little )(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)


@dataclass
class Themes:
    """The terms that a sentence names, each once, in the order of the sentence."""

    mechanisms: list[str] = field(default_factory=list)
    enablers: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.mechanisms or self.enablers or self.barriers)


def themes_in(text: str) -> Themes:
    """Return the mechanisms, enablers and barriers of a sentence."""
    found = Themes()
    if len(text) > 2000:
        return found
    helps, hinders = bool(_HELPS.search(text)), bool(_HINDERS.search(text))
    folded = f" {fold(text)} "
    for scheme, into in (("mechanism", found.mechanisms), ("enabler", found.enablers), ("barrier", found.barriers)):
        if (scheme == "enabler" and not helps) or (scheme == "barrier" and not hinders):
            continue
        hits: dict[str, int] = {}
        cues = _CUES[scheme]
        for m in _patterns()[scheme].finditer(text):
            if scheme != "barrier" and _LACKING.search(text[max(0, m.start() - 40) : m.start()]):
                continue
            hits.setdefault(cues[int((m.lastgroup or "t0")[1:])][0], m.start())
        if phrases := _phrases()[scheme]:
            for m in phrases.finditer(folded):
                hits.setdefault(_terms_of()[scheme][m.group(1)], m.start())
        into += sorted(hits, key=lambda term: (hits[term], term))
    return found


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return one pattern a scheme; the group that matches is the number of the cue."""
    return {
        scheme: re.compile(
            r"\b(?:" + "|".join(f"(?P<t{n}>{pattern})" for n, (_, pattern) in enumerate(cues)) + ")", re.IGNORECASE
        )
        for scheme, cues in _CUES.items()
    }


@cache
def _terms_of() -> dict[str, dict[str, str]]:
    """Return the vocabulary's own phrases that are telling enough, folded, with their terms."""
    found: dict[str, dict[str, str]] = {}
    for scheme in _CUES:
        found[scheme] = {}
        for term in terms(scheme):
            if "(" in term.label and any(x in term.label for x in ("CFIR", "NASSS", "Rogers", "ExpandNet")):
                continue
            for phrase in (term.label, *term.alternatives):
                key = fold(phrase)
                if key in _TELLING or (" " in key and key not in _TOO_COMMON and phrase not in _TOO_COMMON):
                    found[scheme].setdefault(key, term.broader or term.label)
    return found


@cache
def _phrases() -> dict[str, re.Pattern[str] | None]:
    return {
        scheme: re.compile(r" (" + "|".join(sorted(map(re.escape, keys), key=len, reverse=True)) + r")(?= )")
        if keys
        else None
        for scheme, keys in _terms_of().items()
    }
