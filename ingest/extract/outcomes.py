"""What a sentence says that an exchange or adoption led to: its level, and a number where one is given.

A host's own figures are background, not outcomes: a sentence needs a change, and the text words that tie it to
learning. What was measured to change is an outcome of the service unless its words tell of people, policy or system.
The cues are matched against the sentence in small letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .scene import Scene
from .sentences import clause_spans, lowered
from .status import status_of

_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_NUMBER = (
    rf"(?:\d[\d.,]*|nil|zero|none|{_ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]{_ONES})?|(?:a|one|two|three) hundred|a dozen|half)"
)
_UNIT = r"(?:\s?(?:%|percent|per cent|percentage points|per [\d,]+|days?|weeks?|months?|minutes?|hours?|points?))?"
_SHARE = r"(?:\s?(?:%|percent|per cent|percentage points|per [\d,]+))?"
_FRACTION = r"(?:half|(?:a|one|two|three|four) (?:third|quarter|fifth|sixth|tenth)s?|two[- ]thirds|three[- ]quarters|a factor of \w+|nearly all|almost all|all but \w+|every|most)"
_TURN = (
    r"(?:increas\w+|decreas\w+|reduc(?:ed|es|ing|tions?)|fell|fallen|falls|rose|risen|rises|dropp\w+|drops?|improv\w+|declin\w+|grew|grown|"
    r"cut|lower(?:ed|s)?|rais\w+|short(?:er|ened|en)|lengthen\w+|climb\w+|jump\w+|plunge\w*|plummet\w*|soar\w*|shrank|"
    r"shrunk|went|gone|goes|came|come|(?:is|are|was|were|been) (?:now )?(?:up|down)|reach\w+|mov(?:ed|es))"
)
_MULTIPLIED = r"(?:doubl(?:ed|es|ing)|halv(?:ed|es|ing)|trebl(?:ed|es)|tripl(?:ed|es|ing)|quadrupl(?:ed|es)|(?:two|three|four|five|ten)-?fold)"
#: "Waiting time fell from 52 to 31 minutes", "baseline 21% | target 60% | result 54%"
_FROM_TO = re.compile(
    rf"\b(?:{_TURN}(?: \w+){{0,3}}? from|from|of|baseline:?)\s+(?:[\w-]+ ){{0,4}}?(?P<base>{_NUMBER}{_UNIT}|{_FRACTION})"
    rf"[^.;]{{0,50}}?\s(?:to|result:?|actual:?|achieved:?|endline:?)\s+(?:[\w-]+ ){{0,4}}?(?P<value>{_NUMBER}{_SHARE}|{_FRACTION})(?!\w)|"
    rf"\bbaseline:?\s+(?P<base2>{_NUMBER}{_UNIT})\b[^.\n]{{0,60}}?\b(?:result|actual|achieved|endline):?\s+(?P<value2>{_NUMBER}{_SHARE})"
)
_TURNING = re.compile(rf"\b(?:{_TURN}|{_MULTIPLIED})\b")
#: Numbers from one to another that tell of no change: ages, days, spans.
_RANGE = re.compile(
    r"\b(?:rang\w+|aged?|ages|var(?:y|ies|ied|ying)|between|lasted|years? old|open|spent|stay(?:ed|ing)?|ran|runs|visit\w*|travel\w*|held|took place|(?:1[6-9]|20)\d\d to|"
    r"to \d\d? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|to (?:1[6-9]|20)\d\d)\b"
)
_BY = re.compile(
    rf"\b{_TURN}\b(?: [\w’'%-]+){{0,6}}? (?:by|to) (?:about |nearly |almost |more than |over |just |around |only |as much as )?(?!(?:19|20)\d\d(?!\d))(?P<value>{_NUMBER}{_SHARE}|{_FRACTION})(?!\w)"
    rf"|\b(?P<value2>{_MULTIPLIED})(?!\w)"
)
_SINCE = re.compile(
    rf"\b(?:compared (?:with|to)|against|up from|down from|as against|instead of)\s+(?P<base>{_NUMBER}{_UNIT}|{_FRACTION})"
)
#: "12% before, 5% after", "31 a week before, are now nine"
_BEFORE = re.compile(
    rf"\b{_NUMBER}{_UNIT}[^.;]{{0,40}}?\b(?:before|beforehand|previously|earlier|at baseline)\b[^.;]{{0,60}}?\b(?P<value>{_NUMBER}{_SHARE})(?!\w)"
    rf"|\bonly (?P<value2>{_NUMBER}{_SHARE}) (?:[\w-]+ ){{0,4}}?now\b"
)
_CARED = r"(?:patients?|women|mothers|bab(?:y|ies)|newborns|infants|children|clients|people|families|births|deliveries|operations|procedures|consultations|calls|tests|referrals|cases|households|users|girls|boys|couples|adolescents)"
_WITHIN = r"(?:has|have|had|since|so far|to date|in (?:its|the) (?:first|second|last)|by the end|within|now|in the \w+ (?:months?|years?|weeks?)|that year|(?:a|each|per) (?:day|week|month|year))"
#: "In its first year the clinic saw 212 women", where nobody is told to have travelled.
_SERVED = re.compile(
    rf"^(?!.*\b(?:visit\w*|travel\w*|delegat\w+|participants?|attend\w*|took part|respond\w+|interview\w*|survey\w*|beds)\b)(?:.*\b{_WITHIN}\b[^.;]{{0,80}}\b(?P<value>{_NUMBER})\b[^.;]{{0,40}}\b(?P<metric>{_CARED})\b|"
    rf".*?\b(?P<value2>{_NUMBER})\b[^.;]{{0,40}}\b(?P<metric2>{_CARED})\b[^.;]{{0,80}}\b{_WITHIN}\b)",
    re.DOTALL,
)
_FEWER = re.compile(
    r"\b(?:fewer|less|more|shorter|longer|quicker|faster|better|safer|no) (?:[\w-]+ ){0,3}(?:infections?|deaths?|complaints?|referrals?|admissions?|transfers?|attendances?|mothers|women|patients|clients|babies|children|births?|stays?|waits?|waiting|time|stillbirths?|errors?|falls|ulcers|defaulters|visits)\b"
)
#: "a 30% reduction in infections", "led to a fall in waiting time"
_NOUN = re.compile(
    rf"\b(?P<value>{_NUMBER}{_SHARE}|{_FRACTION})[ -](?:reduction|increase|drop|rise|fall|decline|improvement|decrease|gain|cut|saving) in (?P<metric>[\w \-’'/]{{2,60}})"
    r"|\b(?:led to|brought|saw|seen|resulted in|reported|produced|noted|showed|contributed to|credited with) (?:a|an|the|some|marked|big|clear|sharp)(?: [\w-]+){0,2} (?:reduction|increase|drop|rise|fall|decline|improvement|decrease)s? in (?P<metric2>[\w \-’'/]{2,60})"
)
_CARE = r"(?:mortality|deaths?|infections?|waiting|waits?|queues?|time|stays?|attendance|care|triage|referrals?|coverage|births?|uptake|complaints?|hygiene|adherence|admissions?|satisfaction|stillbirths?|haemorrhage|sepsis|bleeding|errors?|stock-?outs?|breastfeeding|visits|screening|vaccination|defaulting|default|survival|complications?|wounds?|falls|ulcers|follow-?up|diagnos[ei]s|treatment)"
#: "Complaints have stopped", "care has improved"
_TURNED = re.compile(
    rf"\b(?P<metric>{_CARE}(?: [\w’'-]+){{0,4}}?) (?:has|have|had|are|is|was|were) (?:since |greatly |markedly |also |now |all but |almost |virtually |clearly |much |become |been ){{0,3}}"
    r"(?:improved|fallen|risen|dropped|declined|increased|decreased|shortened|shorter|longer|stopped|disappeared|vanished|ceased|ended|rare|rarer|eliminated|gone|better|safer|quicker|faster|higher|lower|fewer)\b"
    rf"|\b(?:improv|reduc|shorten|speed|strengthen|increas|cut)(?:ed|es|d) (?:[\w’'-]+ ){{0,3}}{_CARE}\b"
    rf"|\bno (?:[\w-]+ ){{0,3}}(?:has|have) (?:died|been lost|been turned away|bled|been missed)\b"
)
_SO_FAR = re.compile(
    rf"\b(?:has|have|had) (?:since |so far |already |now |together )?(?:treated|served|seen|screened|reached|delivered|performed|removed|discharged|counselled|tested|vaccinated|trained|operated on|enrolled|saved) (?:about |some |over |more than |nearly |almost )?(?P<value>{_NUMBER}) (?P<metric>(?:[\w-]+ ){{0,2}}[a-z]+s|people|children|women|men)\b"
)
_COUNT = re.compile(
    rf"(?P<value>(?:more than |over |nearly |about |some )?{_NUMBER})\s+(?P<metric>(?:[\w-]+ ){{0,3}}?(?:nurses|doctors|midwives|workers|staff|volunteers|clinicians|patients|women|men|mothers|children|babies|newborns|infants|facilities|hospitals|clinics|districts|trainers|coaches|mentors|users|participants|people|clients|students|trainees|villages|households|families|cataracts|operations|procedures|consultations|births|deliveries|lives))\b"
    r"(?: (?:\w+ ){0,4}?(?:have been|had been|has been|were|was|have|had|has)? ?(?:since |now |already )?(?P<done>trained|treated|served|seen|screened|operated on|removed|performed|reached|delivered|counselled|vaccinated|immunised|immunized|referred|saved|discharged|certified|graduated|qualified|supported|benefited|gone to|enrolled|tested|cured))?"
)
_PEOPLE = r"(?:participants?|visitors?|volunteers?|trainees?|nurses?|doctors?|midwi(?:fe|ves)|staff|delegates?|teams?|respondents?|interviewees|returnees|clinicians?|students?|managers?|members?|professionals?|fellows?|graduates?|alumni|learners?|mentees?|officers?|workers?|counsellors?|surgeons?|registrars?|residents?|interns?|coaches|teachers?|returners?|travellers?|colleagues|matrons?|they|we|i|he|she|most|all|many|several|half|two[- ]thirds|those|everyone|everybody|\d+)"
_OWN = r"(?:confiden\w+|skills?|skilled|knowledge|leadership|resilien\w+|communicat\w+|understand\w*|humility|patience|morale|motivat\w+|teamwork|careers?|promot\w+|judg?ement|adaptab\w+|self-reliance|competen\w+|attitudes?|awareness|perspective|horizons?|empath\w+|learn(?:ed|t|ing)?|able to|empower\w*|networks?|job satisfaction|humility|humble\w*|courage|assertive\w*|improvis\w+|listen\w*|speak up|manage without|managing without|creativ\w+|burn-?out|enthusiasm|pride|sense of (?:purpose|agency|perspective)|clearer|curio\w+|problem-solving|cultural|better (?:nurse|doctor|clinician|leader|listener|teacher)s?|more (?:confident|patient|aware|resourceful|independent|assertive|motivated))"
_INDIVIDUAL = re.compile(
    rf"\b{_PEOPLE}\b[^.;]{{0,80}}?\b(?:said|say|reported|report|felt|feel|described|describe|spoke of|speak of|gain\w*|learn(?:ed|t)|became|become|return(?:ed)?|came back|came home|grew|developed|acquired|improved|had (?:grown|gained|learn\w+)|rated|credit\w*|noted|are now|were now|was now|is now|now|found|mention\w*)\b[^.;]{{0,90}}?\b{_OWN}"
    rf"|\b{_PEOPLE} (?:\w+ ){{0,4}}?(?:learn(?:ed|t) (?:to|how|that|much|more|a)|discovered|felt (?:able|valued|stronger|part))|\b(?:skills?|confidence|knowledge|morale|leadership|teamwork) (?:had |has |have )?(?:improved|grew|grown|increased|rose|risen|developed)"
    r"|\b(?:readier|surer|bolder|calmer)\b|\bspeak up\b|\bpassed (?:the|their|an|all)\b[^.;]{0,30}\bexam\w*|\b(?:have|has|had|were|was) (?:since |later |then )?(?:been )?appointed\b|\bwent on to (?:lead|head|study|run|manage)\b"
    r"|\b(?:less|more) (?:afraid|anxious|sure|certain|willing|patient|tolerant|ready|reflective|resourceful|assertive|at ease|independent|flexible|open)\b|\bfeel(?:s|ing)? (?:more|less|able|better|stronger|surer)\b|\bfelt (?:more|less|surer)\b"
    r"|\bgains? in (?:\w+ ){0,2}(?:confidence|skills?|knowledge|understanding|competence)|\b(?:knowledge|confidence|test|skills?|competenc[ey]) scores?\b|\bpersonal (?:growth|development|gain)\b|\bprofessional development\b"
    r"|\b(?:was|were|been) (?:later |since |then )?promoted\b|\bmore confident\b|\bchanged (?:me|him|her|them|the way (?:i|they|we|she|he))\b|\bimproved (?:the )?(?:skills|confidence|knowledge|morale)\b"
)
_OWN_METRIC = re.compile(r"\b(?:confidence|knowledge|skills?|competenc\w+|morale|job satisfaction)\b")
_TRAINED = re.compile(
    rf"\b(?:{_NUMBER}) (?:[\w-]+ ){{0,3}}?(?:nurses|doctors|midwives|workers|staff|volunteers|clinicians|trainers|coaches|mentors|students|trainees|officers|managers|supervisors|surgeons|technicians|counsellors|teachers|agents|champions|people)\s(?:(?:have|had|has) been |were |was )?(?:newly |fully |since )?(?:trained|certified|graduated|qualified|retrained)\b"
)
_RULE = r"(?:polic(?:y|ies)|guidelines?|guidance|ordinances?|laws?|acts?|decrees?|strateg(?:y|ies)|regulations?|circulars?|directives?|(?:national |clinical )?standards?|bills?|budget lines?|legislation|national plan|national protocols?|national programme|by-?laws?|statutes?|essential medicines list|formulary)"
_POLICY = re.compile(
    rf"\b(?:wrote|written|incorporated|included|adopted|put|built|enshrined|codified|entered|taken up|anchored|embedded|made (?:it )?part of)\b[^.;]{{0,60}}?\b(?:into|in|part of) (?:its |the |their |a |an |[\w’']+ ){{0,4}}?{_RULE}\b"
    rf"|\b(?:issued|passed|signed|approved|revised|amended|enacted|gazetted|drafted|endorsed|rewrote|rewritten|changed|adopted|published|promulgated|repealed|brought in) (?:a |an |the |its |their |new |first |[\w’'-]+ ){{0,4}}?{_RULE}\b(?! of conduct)"
    rf"|\b{_RULE} (?:[\w’'-]+ ){{0,5}}?(?:was|were|has been|have been|had been|now|came) (?:since |then |duly |formally )?(?:revised|changed|amended|adopted|approved|passed|signed|issued|enacted|rewritten|updated|gazetted|require\w*|allow\w*|includ\w+|into force|permit\w*)\b"
    r"|\bmade (?:it )?(?:national |official |ministry )?policy\b|\bbecame (?:national |official |state |county )?(?:policy|law)\b"
)
_SYSTEM = re.compile(
    r"\b(?:curricul(?:um|a)|registr(?:y|ies)|new cadre|health (?:management )?information system|referral system|supply chain|posts? (?:was|were|has been|have been) created|created (?:\w+ ){0,3}posts?|career (?:ladder|path|structure)|accreditation|directorate|coordinating (?:unit|body)|national network|professional association|quality (?:unit|department|council)|salary scale|pay ?roll|diploma|pre-?service|workforce plan|health budget|post of)\b"
)
#: Changes of how the whole works, counted like those of a service.
_OF_SYSTEM = re.compile(
    r"\b(?:stock-?outs?|staff retention|retention of (?:staff|nurses|midwives)|vacanc\w+|staff turnover|reporting (?:rates?|completeness)|completeness of|(?:funded|established) posts?|number of (?:districts|facilities|clinics|hospitals|sites|specialists|posts)|share of (?:districts|facilities|the (?:health )?budget)|health budget|procurement|lead times?|districts (?:with|that|now|have|had)|(?:villages|facilities|clinics|health posts) (?:with|reporting|offering|that have))\b"
)
_MADE = re.compile(
    r"\b(?:put|hired|set up|established|created|formed|founded|launched|revised|introduced|opened|built|now (?:has|have|includes?|teaches|runs)|added|integrated|reorgani[sz]ed|restructured|baseline|has since|have since)\b"
)
#: Letters without which a pattern cannot match: looking for them is much cheaper than the pattern.
_TURNS = (
    "increas", "decreas", "reduc", "fell", "fall", "rose", "rise", "drop", "improv", "declin", "grew", "grow", "cut",
    "lower", "rais", "short", "length", "climb", "jump", "plunge", "plummet", "soar", "shr", "went", "gone", "goes",
    "come", "came", "up", "down", "reach", "move", "doubl", "halv", "trebl", "tripl", "fold",
)  # fmt: skip
_DONE = (
    "trained", "treated", "served", "seen", "screened", "operated", "removed", "performed", "reached", "delivered",
    "counselled", "vaccinated", "immunised", "immunized", "referred", "saved", "discharged", "certified", "graduated",
    "qualified", "supported", "benefited", "gone to", "enrolled", "tested", "cured",
)  # fmt: skip
_SIDES = ("compared", "against", "from", "instead of")
_RECEIVERS = ("patient", "women", "mother", "bab", "newborn", "infant", "child", "client", "people", "famil", "birth", "deliver", "operation", "procedure", "consult", "call", "test", "refer", "case", "household", "user", "girl", "boy", "couple", "adolesc")  # fmt: skip
_THAN = ("fewer", "less", "more", "shorter", "longer", "quicker", "faster", "better", "safer", "no ")
_ENDED = (
    "has",
    "have",
    "had",
    " are",
    " is",
    "was",
    "were",
    "improv",
    "reduc",
    "shorten",
    "speed",
    "strengthen",
    "increas",
    "cut",
)
_RULED = ("polic", "guid", "ordinance", "law", "act", "decree", "strateg", "regulation", "circular", "directive", "standard", "bill", "budget", "legislation", "national", "statute", "list", "formulary")  # fmt: skip
_OWNED = (
    "confiden", "skill", "knowledge", "leader", "resilien", "communicat", "understand", "humility", "patien", "morale",
    "motivat", "teamwork", "career", "promot", "judg", "adaptab", "reliance", "competen", "attitude", "aware",
    "perspective", "horizon", "empath", "learn", "able", "empower", "network", "satisfaction", "gain", "score",
    "personal", "professional", "changed", "discover", "felt", "feel", "readier", "surer", "bolder", "calmer", "speak",
    "humbl", "courage", "assertive", "improvis", "listen", "manag", "creativ", "burn", "enthusias", "pride",
    "purpose", "agency", "clearer", "curio", "problem", "cultural", "exam", "appointed", "went on", "better", "more ", "less ",
)  # fmt: skip
_LEARNING = re.compile(
    r"\b(?:exchange|visit(?:ed|s|ing)?|partnership|placement|training|trained|study tour|return(?:ed|ing)?|learn\w*|twin\w*|link|mentor\w*|"
    r"as a result|result(?:ed|ing) in|led to|following|since (?:the|their|its|introduc\w+|adopt\w+)|after (?:the|their|introduc\w+|adopt\w+)|credit\w*|"
    r"thanks to|inspired by|back home|on (?:their )?return|outcomes?|indicator|pilot|introduc\w+|adopt\w+|programme|project|scheme)\b"
)
_NATIONAL = re.compile(
    r"\b(?:maternal|infant|neonatal|under-?(?:five|5)s?|child(?:hood)?) (?:mortality|deaths?)|\b(?:fertility|contraceptive prevalence|stunting|hiv prevalence|life expectancy|poverty|literacy|gdp|population)\b"
)
_LOCAL = re.compile(
    r"\b(?:at the|in the|on the|its|their|our|here) (?:[\w’'-]+ ){0,2}(?:hospital|ward|unit|clinic|centre|center|district|facility|facilities|sites?|villages?|county|province|trust|service|health (?:post|zone|centre)s?)|\bamong (?:those|clients|patients|the)|\bon the ward|\bin the (?:three|two|four|five|six|pilot|first)"
)
_BACKGROUND = re.compile(
    r"\b(?:has one of the|the country has|nationally|nationwide|population of|according to (?:the )?(?:census|who|dhs|survey|world bank|ministry)|census|dhs|currently has|is home to|"
    r"worldwide|globally|target (?:is|was)|response rate|\(response|sample|questionnaires?|confidence interval|inflation|budget of)\b"
)


@dataclass(frozen=True, slots=True)
class OutcomeFound:
    """An outcome that a sentence claims."""

    level: str | None
    metric: str | None
    value: str | None
    status: str


def outcome_in(scene: Scene, *, learning: bool) -> OutcomeFound | None:
    """Return the outcome that a sentence claims. `learning`: the text has told of an exchange or adoption before it."""
    text, low = scene.text, lowered(scene.text)
    if not learning and not _LEARNING.search(low):
        return None
    measured = _measured(low)
    level = _level(low, changed=measured is not None)
    if measured and level == "service" and _OWN_METRIC.search(measured.group()):
        level = "individual"
    if level is None or (measured is not None and _is_background(scene, low)):
        return None
    at = measured.start() if measured else 0
    status = status_of(_clause(text, at) if measured else text)
    if status in {"planned", "hypothetical"} or (status == "negated" and measured is None):
        return None
    spans = {name: measured.span(name) for name in measured.groupdict()} if measured else {}
    groups = {name.rstrip("2"): text[start:end] for name, (start, end) in spans.items() if end > start}
    metric = groups.get("metric") or (text[:at] if measured and measured.re in _LED else "")
    return OutcomeFound(level, _metric(metric), (groups.get("value") or "").strip(" ,.") or None, status)


def _measured(low: str) -> re.Match[str] | None:
    """Return where a sentence in small letters measures a change; null if it measures none."""
    if "from" in low or "baseline" in low:
        found = _FROM_TO.search(low)
        if found and (
            found["base2"] or _TURNING.search(low, 0, found.end()) or not _RANGE.search(low, max(0, found.start() - 25))
        ):
            return found
    turns = _any(_TURNS, low)
    if turns and (found := _BY.search(low)):
        return found
    if _any(_DONE, low) or _any(_SIDES, low):
        found = _COUNT.search(low)
        if found and (found["done"] or _SINCE.search(low)):
            return found
    for letters, pattern in (
        (turns, _NOUN),
        (_any(_DONE, low), _SO_FAR),
        (_any(_SIDES, low), _SINCE),
        ("before" in low or "earlier" in low or "previously" in low or "baseline" in low or "only" in low, _BEFORE),
        (_any(_THAN, low), _FEWER),
        (_any(_ENDED, low), _TURNED),
        (_any(_RECEIVERS, low), _SERVED),
    ):
        if letters and (found := pattern.search(low)):
            return found
    return None


def _any(letters: tuple[str, ...], low: str) -> bool:
    return any(word in low for word in letters)


def _level(low: str, *, changed: bool) -> str | None:
    """Return the level of what a sentence tells; of a bare change that of the service; null if nothing is told."""
    if _any(_RULED, low) and _POLICY.search(low):
        return "policy"
    if (_any(_DONE, low) and _TRAINED.search(low)) or (_any(_OWNED, low) and _INDIVIDUAL.search(low)):
        return "individual"
    if (_SYSTEM.search(low) and (changed or _MADE.search(low))) or (changed and _OF_SYSTEM.search(low)):
        return "system"
    return "service" if changed else None


def _is_background(scene: Scene, low: str) -> bool:
    """Say whether a change is one of a whole country, which no exchange is told to have made."""
    if _BACKGROUND.search(low):
        return True
    return bool(_NATIONAL.search(low)) and not scene.organisations and not _LOCAL.search(low)


def _clause(text: str, at: int) -> str:
    return next((text[a:b] for a, b in clause_spans(text, 0, len(text)) if a <= at < b), text)


_LED = (_FROM_TO, _BY)  # what was measured stands before these
_BREAK = re.compile(r"[,;:|.(]\s| and | that | which | where ")
_AROUND = re.compile(
    r"^(?:(?:after|since|following|within|during|in|by)\s+(?:(?:the|a|its|their|this|that|first|one|two|three|six|twelve)\s+)*"
    r"(?:visit|training|exchange|return|years?|months?|weeks?|change|introduction|\d{4})\s+)?(?:(?:the|a|an|its|their|our|in|so|then|by)\s+)*|(?:\s+(?:has|have|had|was|were|is|are|also|since|now|more|than|nearly|almost|about))+$",
    re.IGNORECASE,
)


def _metric(words: str) -> str | None:
    """Return what was measured, without the words around it."""
    last = _BREAK.split(" ".join(words.split()))[-1].strip(" |,(")
    return _AROUND.sub("", last)[:90] or None
