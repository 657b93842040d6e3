"""What a JATS article says of itself: title, journal, DOI, year, licence, authors, language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...graph.reports import normal_doi
from .jats_words import Element, name, words_of

_HREF = "{http://www.w3.org/1999/xlink}href"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_YEAR = re.compile(r"(?:19|20)\d\d")
#: Days on which an article appeared, as against those on which an archive put it up.
_ARCHIVED = frozenset({"pmc-release", "nihms-submitted", "received", "accepted", "retracted", "corrected", "preprint"})
_MOST_AUTHORS = 10


def front_of(root: Element) -> dict[str, str | None]:
    """Return what is known of an article, null where it does not say. The year is that of its first publication."""
    meta = next(_found(root, "article-meta"), root)
    years = sorted(
        year.group()
        for date in _found(meta, "pub-date", own="article-meta")
        if (date.get("pub-type") or date.get("date-type")) not in _ARCHIVED
        for element in _found(date, "year")
        if (year := _YEAR.search(words_of(element)))
    )
    doi = next(
        (words_of(e) for e in meta.iterchildren() if name(e) == "article-id" and e.get("pub-id-type") == "doi"), None
    )
    return {
        "title": _first(root, "title-group", "article-title"),
        "authors": _authors(meta),
        "doi": normal_doi(doi) if doi else None,
        "year": years[0] if years else None,
        "publisher": _first(root, "journal-meta", "journal-title") or _first(root, "journal-meta", "publisher-name"),
        "licence": _licence(meta),
        "language": (root.get(_LANG) or "")[:2].lower() or None,
    }


def _found(element: Element, local: str, own: str | None = None) -> Iterator[Any]:
    """Yield the descendants of a name; with `own`, those alone whose parent has that name."""
    for inner in element.iterdescendants():
        if name(inner) == local and (own is None or name(inner.getparent()) == own):
            yield inner


def _first(root: Element, within: str, local: str) -> str | None:
    for outer in _found(root, within):
        for inner in _found(outer, local):
            return " ".join(words_of(inner).split()) or None
    return None


def _authors(meta: Element) -> str | None:
    names = []
    for one in _found(meta, "contrib"):
        if one.get("contrib-type", "author") != "author":
            continue
        for said in one.iterchildren():
            if name(said) == "name":
                parts = {name(part): words_of(part) for part in said.iterchildren()}
                names.append(" ".join(p for p in (parts.get("given-names"), parts.get("surname")) if p))
            elif name(said) in ("collab", "string-name"):
                names.append(" ".join(words_of(said).split()))
    if len(names) > _MOST_AUTHORS:
        names = [*names[:_MOST_AUTHORS], "et al."]
    return "; ".join(names) or None


def _licence(meta: Element) -> str | None:
    """Return the address of the licence, else its words."""
    for licence in _found(meta, "license"):
        for element in (licence, *_found(licence, "license_ref"), *_found(licence, "ext-link")):
            address = element.get(_HREF) or (words_of(element) if name(element) == "license_ref" else "")
            if "creativecommons" in address:
                return address.strip()
        if words := " ".join(words_of(licence).split()):
            return words[:300]
    return None
