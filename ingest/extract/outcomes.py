"""What a sentence says that an exchange or adoption led to: its level, and a number where one is given.

A host's own figures are background, not outcomes: a sentence needs words that tie the change to the learning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .scene import Scene
from .status import status_of

_TIED = re.compile(
    r"\b(?:as a result|result(?:ed|s|ing) in|led to|leading to|following (?:the|their|this|a|its) |after (?:the|their|this|a|returning|visiting|its|introduc\w+|adopt\w+|training) |since (?:the|their|its|introduc\w+|adopt\w+)|"
    r"credited|contribut\w+ to|thanks to|enabled|within (?:\w+ ){1,2}(?:months?|years?|weeks?) of|on (?:their )?return|once (?:back )?home|back (?:home|in <)|inspired by|because of (?:the|what)|"
    r"participants? (?:reported|said|felt|described|learned|learnt|gained|were|became|returned|now)|(?:visitors?|volunteers?|trainees?|nurses|staff|delegates|teams?) (?:reported|said|felt|gained|returned|brought back|took home)|"
    r"evaluation (?:found|showed)|outcomes?|impact|benefit\w*|improv\w+|gained|changed|strengthen\w+|were (?:also )?trained|was trained|have been trained|graduated)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:increas\w+|decreas\w+|reduc\w+|fell|fallen|rose|risen|dropp\w+|improv\w+|doubl\w+|halv\w+|tripl\w+|declin\w+|grew|cut|lower\w*|rais\w+|shorten\w*|from \d[\d.,]*%? to \d)\b",
    re.IGNORECASE,
)
_LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("policy", re.compile(r"\b(?:polic(?:y|ies)|law|legislation|act of parliament|national (?:strategy|plan|guidelines?|standard|programme|protocol)|guidelines?|regulation|cabinet|decree|budget line|parliament)\b", re.IGNORECASE)),
    ("service", re.compile(r"\b(?:hospitals?|clinics?|wards?|services?|patients?|mortality|deaths?|coverage|waiting|triage|births?|deliver(?:y|ies)|unit|infection|admissions?|attendance|referrals?|stay|screened|treated|babies|newborns?|mothers|consultations?|uptake|users|vaccinat\w+)\b", re.IGNORECASE)),
    ("system", re.compile(r"\b(?:health system|systems?|organi[sz]ation(?:s|al)?|districts|network|institution(?:s|al)?|nationwide|curriculum|workforce|association|department|financing|supply chain|management)\b", re.IGNORECASE)),
    ("individual", re.compile(r"\b(?:confidence|confident|skills?|knowledge|attitudes?|understanding|personal|leadership|resilien\w+|morale|motivat\w+|learn(?:ed|t|ing)|empower\w*|professional development|career|awareness|mind|trained|graduated|teamwork|communication)\b", re.IGNORECASE)),
)  # fmt: skip
_FROM_TO = re.compile(
    r"(?P<metric>[\w][\w \-’'/]{2,60}?)\s+(?:\w+\s+){0,2}?(?:from|of)\s+(?P<base>\d[\d.,]*\s?(?:%|percent|per cent)?)\s+(?:\w+ ){0,3}?to\s+(?P<value>\d[\d.,]*\s?(?:%|percent|per cent|per [\d,]+)?)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:by|a)\s+(?:about |nearly |almost |more than |over )?(?P<value>\d[\d.,]*\s?(?:%|percent|per cent|percentage points|days|minutes|hours))",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?P<value>(?:more than |over |nearly |about )?\d[\d,]*|\d+)\s+(?:\w+ ){0,2}?(?P<metric>nurses|doctors|midwives|health workers|staff|volunteers|clinicians|patients|women|children|facilities|hospitals|clinics|districts|trainers|workers|users|participants|people|babies|students|beds|villages|households)\b",
    re.IGNORECASE,
)
_LEARNING = re.compile(
    r"\b(?:exchange|visit|partnership|placement|training|study tour|returned|learn\w*)\b", re.IGNORECASE
)
_BACKGROUND = re.compile(
    r"\b(?:has one of the|country's|the country has|nationally|population of|according to|census|DHS|currently has|is home to|ratio (?:is|was|of)|prevalence (?:is|was|of)|rate (?:is|was) )\b",
    re.IGNORECASE,
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
    text = scene.text
    if not learning and not _LEARNING.search(text):
        return None
    number = any(c.isdigit() for c in text)
    change = _CHANGE.search(text)
    if not (change or number or _LEVELS[-1][1].search(text)):
        return None
    tied = _TIED.search(text)
    if not tied:
        return None
    measured = (_FROM_TO.search(text) or _BY.search(text) or _COUNT.search(text)) if number else None
    if not (change or measured or _level(text) == "individual"):
        return None
    if _BACKGROUND.search(text) and not re.search(
        r"\b(?:after|following|result|led to|credited)\b", text, re.IGNORECASE
    ):
        return None
    status = status_of(text)
    if status in {"planned", "hypothetical"}:
        return None
    groups = measured.groupdict() if measured else {}
    metric = " ".join((groups.get("metric") or "").split()) or None
    return OutcomeFound(_level(text), metric, (groups.get("value") or "").strip() or None, status)


def _level(text: str) -> str | None:
    return next((level for level, pattern in _LEVELS if pattern.search(text)), None)
