"""The words of a JATS element as a reader sees them: numbers of citations and what is no prose left out."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Any, TypeAlias

Element: TypeAlias = Any  # lxml publishes no types

#: What stands in a paragraph as a block of its own.
BLOCKS = frozenset(
    """
    fig fig-group table-wrap table-wrap-group table list def-list boxed-text disp-formula disp-formula-group
    disp-quote supplementary-material media graphic fn fn-group code preformat verse-group speech statement
    """.split()  # noqa: SIM905 # words read better as words
)
_LEFT_OUT = BLOCKS | {"tex-math", "math", "inline-graphic", "alternatives", "object-id", "label"}
_CITED = frozenset({"bibr", "fn", "table-fn", "aff", "corresp", "author-notes"})  # values of ref-type
_EMPTIED = re.compile(r"\s*[\[(](?:see|e\.g\.|cf\.|[\s,;–—−-])*[\])]")
_AFTER_WORD = re.compile(r"(?<=\w)\s*(?:[,–-]\s*){2,}(?=[\s.])")
_LINE = frozenset({"break", "p", "title", "list-item", "term", "def", "td", "th"})  # ends a word where it ends


def name(element: Element) -> str:
    """Return the local name of an element; "" for what is none, such as an entity."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def words_of(element: Element) -> str:
    """Return the words of an element without citation numbers, footnote marks, formulas, and blocks inside it."""
    parts: list[str] = []
    cited = _gather(element, parts)
    text = "".join(parts)
    if cited:  # brackets and commas that held numbers hold nothing now
        text = _EMPTIED.sub("", text)
        text = _AFTER_WORD.sub("", text)
    return text


def _gather(element: Element, parts: list[str]) -> bool:
    """Add the words of an element to `parts`; say whether a citation was left out."""
    cited = False
    if element.text and not isinstance(element.tag, str):
        parts.append(html.unescape(element.text))  # an entity: &nbsp; says what it is by its name
        return False
    if element.text:
        parts.append(element.text)
    for inner in element.iterchildren():
        kind = name(inner)
        if (kind == "xref" and inner.get("ref-type") in _CITED) or (kind in ("sup", "sub") and _only_citations(inner)):
            cited = True
        elif kind not in _LEFT_OUT:
            cited |= _gather(inner, parts)
        if kind in _LINE:
            parts.append(" ")
        if inner.tail:
            parts.append(inner.tail)
    return cited


def _only_citations(element: Element) -> bool:
    """Say whether superscript holds citations and nothing but the commas between them."""
    inner = list(element.iterchildren())
    if not inner or any(name(e) != "xref" or e.get("ref-type") not in _CITED for e in inner):
        return False
    between = (element.text or "") + "".join(e.tail or "" for e in inner)
    return not between.strip(" ,;–—−-[]()\n\t")
