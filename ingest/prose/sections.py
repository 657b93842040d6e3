"""Headings that say what follows is no prose of the report: lists of references; and what ends such a list."""

from __future__ import annotations

import re

_NUMBER = r"(?:(?:\d+|[IVX]+)(?:\.\d+)*[.)]?\s+)?"
REFERENCES = re.compile(
    _NUMBER + r"(?:references?(?: cited| and notes)?|bibliography|literature cited|works cited|reference list"
    r"|r[ée]f[ée]rences(?: bibliographiques)?|bibliographie|referencias(?: bibliogr[áa]ficas)?|bibliograf[íi]a"
    r"|refer[êe]ncias(?: bibliogr[áa]ficas)?|bibliografia)\s*:?",
    re.IGNORECASE,
)
AFTER = re.compile(
    _NUMBER + r"(?:appendi(?:x|ces)|annex(?:e|es|o|os)?|supplement(?:ary|al)|acknowledge?ments?|conclusions?|abstract"
    r"|publisher[’']?s note|about the authors?|figures? legends?|glossary)\b.*",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"[•*\-\s]*\[?\d{1,3}[.)\]]\s*\S.*|.*\[(?:DOI|PubMed|Google Scholar|Crossref|CrossRef)\].*", re.DOTALL
)
_DIGIT = re.compile(r"\d")
_CITES = re.compile(r"\b(?:19|20)\d\d\b|\bdoi\b|https?://|\bet al\b", re.IGNORECASE)


def opens_references(line: str) -> bool:
    """Say whether a line is the heading of a list of references."""
    return len(line) < 60 and REFERENCES.fullmatch(line.strip()) is not None


def closes_references(line: str) -> bool:
    """Say whether a line is a heading that can follow the references."""
    return len(line) < 90 and AFTER.fullmatch(line.strip()) is not None


def is_reference(line: str) -> bool:
    """Say whether a line is an entry of a numbered list of references."""
    if "[" not in line and not _DIGIT.search(line, 0, 8):  # most lines; the patterns below cost more
        return False
    return _ENTRY.fullmatch(line) is not None and _CITES.search(line) is not None
