"""How many people an exchange moved, and of what rank: as a sentence says. The patterns are of small letters."""

from __future__ import annotations

import re

from .exchange_cues import PEOPLE
from .sentences import lowered

SENIOR = re.compile(
    r"\b(?:ministers?|deputy ministers?|permanent secretar\w+|director[- ]generals?|directors?|commissioners?|senior|parliamentarians?|members of parliament|chief executives?|policy[- ]?makers?|decision[- ]?makers?|medical superintendents?|heads? of|governors?|mayors?|city managers?|matrons?|executives?|ministres?|directeurs?|ministros?|directores)\b"
)
MID = re.compile(
    r"\b(?:nurses?|midwives|midwife|registrars?|clinicians?|doctors?|physicians?|surgeons?|district health|focal points?|programme officers?|program officers?|nursing sisters?|managers?|pharmacists?|clinical officers?|consultants?|infirmi\w+|enfermer\w+)\b"
)
JUNIOR = re.compile(
    r"\b(?:trainees?|junior|early[- ]career|community health workers?|youth|peer educators?|health surveillance assistants?|village health)\b"
)
STUDENTS = re.compile(r"\b(?:students?|undergraduates?|étudiants?|estudiantes|estudantes)\b")
NUMBERS = {
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
HEADS = re.compile(
    r"\b(?P<more>more than |over |about |some |nearly |almost |approximately |up to )?(?P<n>\d{1,3}(?:,\d{3})*|"
    + "|".join(NUMBERS)
    + rf")\s+(?:[\w-]+ ){{0,3}}?{PEOPLE}\b"
)


def cadre_in(text: str) -> str | None:
    """Return how senior those are of whom a text speaks; mixed if it names several ranks, null if none."""
    low = lowered(text)
    ranks = [
        rank
        for rank, pattern in (("senior", SENIOR), ("mid", MID), ("junior", JUNIOR), ("students", STUDENTS))
        if pattern.search(low)
    ]
    if not ranks:
        return None
    return ranks[0] if len(ranks) == 1 else "mixed"


def heads_in(m: re.Match[str]) -> str:
    """Return how many people a match of HEADS counts, as a number."""
    said = m["n"].replace(",", "")
    number = str(NUMBERS.get(said, said))
    more = (m["more"] or "").strip()
    return number + ("+" if more in {"more than", "over"} else "")
