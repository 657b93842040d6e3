"""What an outcome measures: which quantity changed, and to what, where a sentence gives a number.

The patterns are matched against the sentence in small letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .scene import Scene
from .sentences import clause_spans, has_any, lowered
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
class Measure:
    """What a sentence says was measured, its value, and the status of the change."""

    metric: str | None
    value: str | None
    status: str


UNMEASURED = Measure(None, None, "actual")


def measure_in(text: str) -> Measure | None:
    """Return what a sentence that tells of an outcome says was measured; null if it measures no change."""
    low = lowered(text)
    measured = _measured(low)
    if measured is None:
        return None
    at = measured.start()
    spans = {name: measured.span(name) for name in measured.groupdict()}
    groups = {name.rstrip("2"): text[start:end] for name, (start, end) in spans.items() if end > start}
    metric = groups.get("metric") or (text[:at] if measured.re in _LED else "")
    value = (groups.get("value") or "").strip(" ,.") or None
    return Measure(_metric(metric), value, status_of(_clause(text, at)))


def is_background(scene: Scene) -> bool:
    """Say whether a change is one of a whole country, which no exchange is told to have made."""
    low = lowered(scene.text)
    if _BACKGROUND.search(low):
        return True
    return bool(_NATIONAL.search(low)) and not scene.organisations and not _LOCAL.search(low)


def _measured(low: str) -> re.Match[str] | None:
    """Return where a sentence in small letters measures a change; null if it measures none."""
    if "from" in low or "baseline" in low:
        found = _FROM_TO.search(low)
        if found and (
            found["base2"] or _TURNING.search(low, 0, found.end()) or not _RANGE.search(low, max(0, found.start() - 25))
        ):
            return found
    turns = has_any(low, _TURNS)
    if turns and (found := _BY.search(low)):
        return found
    if has_any(low, _DONE) or has_any(low, _SIDES):
        found = _COUNT.search(low)
        if found and (found["done"] or _SINCE.search(low)):
            return found
    for letters, pattern in (
        (turns, _NOUN),
        (has_any(low, _DONE), _SO_FAR),
        (has_any(low, _SIDES), _SINCE),
        ("before" in low or "earlier" in low or "previously" in low or "baseline" in low or "only" in low, _BEFORE),
        (has_any(low, _THAN), _FEWER),
        (has_any(low, _ENDED), _TURNED),
        (has_any(low, _RECEIVERS), _SERVED),
    ):
        if letters and (found := pattern.search(low)):
            return found
    return None


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
