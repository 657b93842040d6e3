"""What a report's first words tell of itself: its DOI, the year that it came out, its licence."""

from __future__ import annotations

import re

from ...graph.reports import normal_doi

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>“”]+")
_YEARS = (
    re.compile(
        r"\bpublished(?: online)?:?\s+(?:on\s+)?(?:\d{1,2}\s+)?[A-Z][a-z]+\.?\s+(?:\d{1,2},\s+)?((?:19|20)\d\d)",
        re.IGNORECASE,
    ),
    re.compile(r"\"publicationDate\":\s*\"((?:19|20)\d\d)"),
    re.compile(r"\((\d{4})\)\s+\d+(?:\(\d+\))?:\s?\w?\d+"),  # Trials (2021) 22:94
    re.compile(r"\b((?:19|20)\d\d)(?:\s+[A-Z][a-z]{2}(?:\s+\d{1,2})?)?;\s?\d+"),  # 2017 Jun 21;110(8):316
    re.compile(r"(?:©|\(c\)|copyright)[^.\n]{0,60}?\b((?:19|20)\d\d)\b", re.IGNORECASE),
)
_LICENCE = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)/[a-z-]+/\d\.\d|\bCC[ -]BY(?:-[A-Z]{2})*(?: \d\.\d)?\b"
)


def doi_in(text: str) -> str | None:
    """Return the first DOI of a text in its bare form; null if there is none."""
    found = _DOI.search(text)
    return normal_doi(found.group().rstrip(",;")) if found else None


def year_in(text: str) -> str | None:
    """Return the year of publication that a text states of itself. A year in its prose is none."""
    return next((found.group(1) for pattern in _YEARS if (found := pattern.search(text))), None)


def licence_in(text: str) -> str | None:
    """Return the licence that a text names, by its address or short name."""
    found = _LICENCE.search(text)
    if not found:
        return None
    return f"https://{found.group()}/" if "/" in found.group() else found.group()
