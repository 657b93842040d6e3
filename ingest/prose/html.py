"""Web pages as blocks: the article itself, by trafilatura; menus, banners and footers are set aside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ..reading import Problem
from ..table_batch import WHOLE
from .blocks import Builder, Prose, Refused
from .known import doi_in, licence_in
from .sections import closes_references, is_reference, opens_references

MAX_OCTETS = 20 << 20
MAX_TAGS = 200_000
MAX_DEPTH = 500  # browsers themselves stop at 512
_TAG = re.compile(
    rb"<(/?)(?:div|span|section|article|main|table|tbody|tr|td|ul|ol|li|b|i|em|strong|font|a|p|blockquote|center|h\d)\b[^>]{0,2000}>",
    re.IGNORECASE,
)
_META = re.compile(r"<meta\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_EXPECTED = "a web page with an article on it"


def read_html(path: Path) -> Prose:
    """Read a saved web page. Raises Refused for one that is too large, nested too deep, or without an article."""
    content = _content(path)
    from trafilatura import bare_extraction

    try:
        found: Any = bare_extraction(content, with_metadata=True, include_tables=True, include_comments=False)
    except (RecursionError, ValueError, AttributeError, TypeError) as error:  # it raises almost anything for odd markup
        told = f"a page that cannot be taken apart ({type(error).__name__})"
        raise Refused(Problem(WHOLE, told, _EXPECTED, "save it again, or print it to PDF and ingest that")) from None
    built = Builder()
    if found is not None and found.body is not None:
        _Walk(built).read(found.body)
    if not built.blocks:
        hint = "check that the page was saved whole; one that is filled in by scripts is saved as PDF"
        raise Refused(
            Problem(WHOLE, "a page without an article: no paragraph that is not menu or footer", _EXPECTED, hint)
        )
    built.drop("words outside the article", max(0, _words(content) - sum(len(b.text.split()) for b in built.blocks)))
    head = _meta(content)
    said = next((head[k] for k in ("citation_doi", "dc.identifier", "prism.doi") if k in head), "")
    return built.finish(
        title=found.title,
        authors=found.author,
        doi=doi_in(said) or doi_in(found.url or ""),
        year=(found.date or "")[:4],
        publisher=head.get("citation_journal_title") or found.sitename,
        licence=found.license or licence_in(content.decode("utf-8", "replace")),
        url=found.url,
        language=(found.language or "")[:2],
    )


def _content(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MAX_OCTETS:
        raise Refused(
            Problem(WHOLE, f"a page of {size >> 20} MB", f"at most {MAX_OCTETS >> 20} MB", "save its text alone")
        )
    content = path.read_bytes()
    if (tags := content.count(b"<")) > MAX_TAGS:
        raise Refused(Problem(WHOLE, f"a page of {tags:,} tags", f"at most {MAX_TAGS:,}", "save its text alone"))
    depth = deepest = 0
    for tag in _TAG.finditer(content):
        depth = max(0, depth - 1) if tag.group(1) else depth + 1
        deepest = max(deepest, depth)
    # Tags that nobody closes, such as <p> and <li>, count here too: a page may hold many before it is refused.
    if (deepest > MAX_DEPTH and content.count(b"</") * 4 < tags) or deepest > 20 * MAX_DEPTH:
        raise Refused(Problem(WHOLE, f"tags nested {deepest:,} deep", f"at most {MAX_DEPTH}", "save its text alone"))
    return content


class _Walk:
    """Goes through what trafilatura leaves of a page: its own few tags, in order."""

    def __init__(self, built: Builder) -> None:
        self.built, self.number, self.within = built, 0, False

    def read(self, element: Any) -> None:
        """Add what stands in an element."""
        for part in element.iterchildren():
            if part.tag == "head":
                self.add(part, "heading")
            elif part.tag in ("p", "quote", "code"):
                self.add(part, "paragraph")
            elif part.tag == "list":
                for item in part.iterchildren("item"):
                    self.add(item, "list")
            elif part.tag == "table":
                rows = (" | ".join(_text(cell) for cell in row.iter("cell")) for row in part.iter("row"))
                self.put("\n".join(rows), "table")
            elif len(part):
                self.read(part)
            else:
                self.add(part, "paragraph")

    def add(self, part: Any, kind: str) -> None:
        """Add an element's own words."""
        self.put(_text(part), kind)

    def put(self, words: str, kind: str) -> None:
        """Add words as a block, unless they are of the references."""
        self.number += 1
        if opens_references(words):
            self.within = True
        elif self.within and (kind == "heading" or closes_references(words)):
            self.within = False
        if self.within or is_reference(words):
            self.built.drop("references")
        else:
            self.built.add(words, kind, f"paragraph={self.number}")


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _words(content: bytes) -> int:
    """Return about how many words a page shows, its menus too."""
    shown = re.sub(rb"(?is)<(script|style|noscript)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", b" ", content)
    return len(shown.split())


def _meta(content: bytes) -> dict[str, str]:
    """Return the metadata of a page by name, lower case."""
    found: dict[str, str] = {}
    for tag in _META.findall(content[: 1 << 18].decode("utf-8", "replace")):
        values = {m[0].lower(): m[1] or m[2] or m[3] for m in _ATTRIBUTE.findall(tag)}
        if named := values.get("name") or values.get("property"):
            found.setdefault(named.lower(), values.get("content", ""))
    return found
