"""Dates that a text names, as EDTF, each at its place: of events, not of publications, and no numbers of other things.

The words are found here and read by `graph.dates`, which knows what they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from ...graph.dates import ImpossibleDate, edtf_of_bounds, read_when
from ...ontology.countries import name_table, place_key

_MONTH = (
    r"(?:jan(?:uary|vier|eiro)?|ene(?:ro)?|feb(?:ruary|rero)?|f[ée]v(?:rier|ereiro)?|mar(?:ch|s|zo|[çc]o)?|apr(?:il)?|avril|"
    r"abr(?:il)?|ma[yi]o?|june?|juin|jun(?:io|ho)|july?|juillet|jul(?:io|ho)|aug(?:ust)?|ao[ûu]t|ago(?:sto)?|"
    r"sept?(?:ember|embre|iembre)?|setembro|septembre|oct(?:ober|obre|ubre)?|outubro|nov(?:ember|embre|iembre|embro)?|"
    r"dec(?:ember)?|d[ée]cembre|dic(?:iembre)?|dez(?:embro)?)\.?"
)
_DAY = r"(?:[0-3]?\d(?:st|nd|rd|th|er|º)?)"
_YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_DASH = r"\s*(?:-|‐|‑|–|—|to|and|through|until|till|al|au|a|à|y|et|e|/)\s*"
_OF = r"(?:\s*(?:of|de|del|do)?\s*)"
_C = r"\s*,?\s*"

#: Phrases from the fullest to the barest; the first that fits at a place wins.
_PHRASES = tuple(
    re.compile(rf"(?<![\w/.-]){phrase}(?![\w])", re.IGNORECASE)
    for phrase in (
        rf"{_DAY}{_OF}{_MONTH}{_C}{_OF}{_YEAR}{_DASH}{_DAY}{_OF}{_MONTH}{_C}{_OF}{_YEAR}",
        rf"{_MONTH}\s*{_DAY}{_C}{_YEAR}{_DASH}{_MONTH}\s*{_DAY}{_C}{_YEAR}",
        rf"{_DAY}{_OF}{_MONTH}{_DASH}{_DAY}{_OF}{_MONTH}{_C}{_OF}{_YEAR}",
        rf"{_MONTH}\s*{_DAY}{_DASH}{_MONTH}\s*{_DAY}{_C}{_YEAR}",
        rf"{_DAY}{_DASH}{_DAY}{_OF}{_MONTH}{_C}{_OF}{_YEAR}",
        rf"{_MONTH}\s*{_DAY}{_DASH}{_DAY}{_C}{_YEAR}",
        rf"{_MONTH}{_C}{_OF}{_YEAR}{_DASH}{_MONTH}{_C}{_OF}{_YEAR}",
        rf"{_MONTH}{_DASH}{_MONTH}{_C}{_OF}{_YEAR}",
        rf"{_DAY}{_OF}{_MONTH}{_C}{_OF}{_YEAR}",
        rf"{_MONTH}\s*{_DAY}{_C}{_YEAR}",
        rf"{_YEAR}-[01]\d-[0-3]\d(?:\s*(?:/|to|–|—)\s*{_YEAR}-[01]\d-[0-3]\d)?",
        rf"[0-3]?\d/[01]?\d/{_YEAR}",
        rf"{_MONTH}{_C}{_OF}{_YEAR}",
        rf"(?:(?:early|mid|late)[\s-]+)?{_MONTH}{_C}{_YEAR}",
        rf"(?:the\s+)?(?:(?:early|mid|late|the beginning of the|the end of the|the middle of the)[\s-]+)?(?:the\s+)?{_YEAR[:-1]}|(?!)",
        r"(?:(?:early|mid|late)[\s-]+)?(?:the\s+)?(?:1[6-9]\d|20\d)0['’]?s",
        rf"(?:spring|summer|autumn|fall|winter)\s+(?:of\s+)?{_YEAR}",
        rf"(?:between\s+)?{_YEAR}\s*(?:-|‐|‑|–|—|to|and|until|through|/)\s*(?:{_YEAR}|\d\d(?!\d))",
        rf"(?:(?:early|mid|late|by|before|after|since|until|about|around|circa|c\.|ca\.?)[\s-]*)?{_YEAR}(?:\s*[-–—]\s*(?:present|ongoing|now))?",
    )
    if not phrase.endswith("|(?!)")
)
_ANY_YEAR = re.compile(rf"(?<!\d)(?:{_YEAR}|(?:1[6-9]\d|20\d)0s)")
#: What makes four digits no date of an event: a citation, a journal's volume, an amount, an address.
_CITED_BEFORE = re.compile(
    r"(?:\bet al\.?,?\s*\(?|©\s*|copyright\s+|\bvol(?:ume)?\.?\s*\d*\s*|\bno\.\s*|\bpp?\.\s*[\d–-]*\s*|doi\S*|https?://\S*|"
    r"[$€£]\s*|\bUSD\s*|\b(?:accessed|published|retrieved|reprinted|posted|updated|received|submitted|revised)\b[^.;]{0,25}|\(\s*[A-Z][\w’'-]+(?:\s+(?:&|and)\s+[A-Z][\w’'-]+)?,?\s*|"
    r"[A-Z][\w’'-]+\s+(?:and|&)\s+[A-Z][\w’'-]+\s+\(|\breport (?:of|from) \(|\bin press\b\s*)$",
    re.IGNORECASE,
)
_CITED_NAME = re.compile(
    r"(?:\(|;\s*)[A-Z][\w’'-]+(?: et al\.?| (?:and|&) [A-Z][\w’'-]+)?,?\s*$|[A-Z][\w’'-]+(?: et al\.?)?\s\($"
)
_COUNTED_AFTER = re.compile(
    r"\s*(?:\)?\s*(?:participants|patients|people|women|men|children|babies|infants|health|nurses|doctors|km|metres|"
    r"hospitals|clinics|volunteers|villages|households|beds|births|deaths|cases|copies|USD|dollars|euros|%|percent|;\d|:\d|Annual (?:Report)\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words of a text that mean a date or a span of days."""

    start: int
    end: int
    said: str
    edtf: str
    earliest: date | None
    latest: date | None
    spell: bool  # it lasted from the first to the last day, rather than beginning on one of them

    @property
    def as_spell(self) -> str:
        """EDTF of the date; of a span, the interval that it lasted."""
        if not (self.spell and self.earliest and self.latest):
            return self.edtf
        size = 10
        if self.earliest.day == 1 and self.earliest.month == 1 and self.latest.month == 12 and self.latest.day == 31:
            size = 4
        elif self.earliest.day == 1 and (
            (self.latest.month == 12 and self.latest.day == 31) or _ends_month(self.latest)
        ):
            size = 7
        first, last = self.earliest.isoformat()[:size], self.latest.isoformat()[:size]
        return first if first == last else f"{first}/{last}"


def date_mentions(text: str) -> list[DateMention]:
    """Return the dates that a text names, in its order. Only the surroundings of a year are looked at."""
    found: list[DateMention] = []
    done = 0
    for year in _ANY_YEAR.finditer(text):
        if year.start() < done:
            continue
        mention = _around(text, year.start(), max(done, year.start() - 48))
        if mention:
            found.append(mention)
            done = mention.end
    return found


_SPAN = re.compile(
    r"[\da-zé.º]\s*(?:[-‐‑–—/]|\b(?:to|and|through|until|till|al|au|a|à|y|et|e)\b)\s*(?:\d|[a-zéû]{3})", re.IGNORECASE
)


def _around(text: str, year: int, floor: int) -> DateMention | None:
    """Return the fullest phrase that holds the year at a place and no calendar contradicts."""
    for phrase in _PHRASES:
        for m in phrase.finditer(text, floor, min(len(text), year + 60)):
            if not m.start() <= year < m.end():
                continue
            if _no_event(text, m.start(), m.end()):
                return None
            said = " ".join(m.group().split())
            try:
                when = read_when(said.replace("‑", "-").replace("‐", "-"))
            except ImpossibleDate:
                break
            if when.edtf is None:
                break
            spell = bool(_SPAN.search(said)) and when.earliest != when.latest
            return DateMention(m.start(), m.end(), m.group(), when.edtf, when.earliest, when.latest, spell)
    return None


def _no_event(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 60) : start]
    if _CITED_BEFORE.search(before) or _COUNTED_AFTER.match(text, end):
        return bool(text[start:end].strip()[:4].isdigit()) or bool(
            re.search(r"(?:published|accessed|posted|updated|received|retrieved)\b[^.;]{0,25}$", before, re.IGNORECASE)
        )
    cited = _CITED_NAME.search(before)
    if cited is None or not text[start:end].strip().isdigit():
        return False
    return place_key(cited.group().rstrip("( ").lstrip("(; ")) not in _places()  # "Botswana (2009)" cites nobody


@cache
def _places() -> frozenset[str]:
    return frozenset(name_table())


def _ends_month(day: date) -> bool:
    return (
        edtf_of_bounds(day.replace(day=1), day) is not None and len(edtf_of_bounds(day.replace(day=1), day) or "") == 7
    )
