"""Plain text and Markdown as blocks: paragraphs, headings, lists and tables; the chrome of web pages is set aside."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from ..reading import Problem
from ..table_batch import WHOLE
from ..table_text import Text
from .blocks import MAX_TEXT, Builder, Prose, Refused
from .known import doi_in, licence_in, year_in
from .markdown import front_matter, marked, plain
from .sections import closes_references, is_reference, opens_references

_MAX_OCTETS = 4 * MAX_TEXT
_HEAD = 8000  # characters in which a report tells of itself
_BULLET = re.compile(r"\s*(?:[-*+•●▪◦–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_CHROME = re.compile(
    r"skip to (?:main )?content.*|.*logoLink to.*|resources|copy|share|print|menu|search|log ?in|sign in|register"
    r"|cookies?\b.{0,80}|accept all.*|back to top|.{0,160}PMCID: PMC\d+.*"
    r"|IF [\d.]+ Q\d.*|Articles from .* are provided here.*"
    r"|figure \d+\.?|table \d+\.?|open in (?:a )?new (?:tab|window).*",
    re.IGNORECASE,
)
_CITATION = re.compile(r"[.\s]*(?:\d{4} [A-Z][a-z]{2}\b.*)?\bdoi:\s*10\.\d{4,9}/\S+\s*")
_NAMES = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w.’'-]*)(?: (?:[A-ZÀ-Þ][\w.’'-]*|de|da|van|von)){1,4}(?: ?\d+,*)?(?:, ?| and |$)){2,}"
)
_OTHER_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0600-\u06ff\u0400-\u04ff\u0900-\u097f]")
#: Labels of structured abstracts that copying glued to the words around them: "…thematically.FindingsFindings show".
_GLUED = re.compile(
    r"(?:^|(?<=[.!?]))(?:Purpose|Design/methodology/approach|Findings|Research limitations/implications"
    r"|Practical implications|Social implications|Originality/value|Limitation:)(?=\s?[A-Z])"
)


def read_text(path: Path) -> Prose:
    """Read plain text. Raises Refused for what is no text, or too much of it."""
    return _prose(_decoded(path), markdown=False)


def read_markdown(path: Path) -> Prose:
    """Read Markdown (CommonMark's headings, lists, quotes; pipe tables; front matter). Raises as `read_text`."""
    return _prose(_decoded(path), markdown=True)


def _decoded(path: Path) -> str:
    source = Text(path, None)
    octets, blocks = 0, []
    for block in source.blocks():
        octets += len(block)
        if octets > _MAX_OCTETS:
            found = f"a text of more than {_MAX_OCTETS >> 20} MB"
            raise Refused(Problem(WHOLE, found, f"at most {MAX_TEXT:,} characters", "split it, if it is prose"))
        if b"\0" in block:
            hint = "give the file the ending of what it is, or save it as text in UTF-8"
            raise Refused(Problem(WHOLE, "a NUL character", "text", hint))
        blocks.append(block)
    if source.problem:
        raise Refused(source.problem)
    return b"".join(blocks).decode("utf-8", "replace")


def _prose(text: str, *, markdown: bool) -> Prose:
    built = Builder()
    said: dict[str, str] = {}
    if markdown:
        said, text = front_matter(text)
        lines = marked(text, built)
    else:
        lines = _lines(text)
    if len(text) > MAX_TEXT:
        found = f"a text of {len(text):,} characters"
        raise Refused(Problem(WHOLE, found, f"at most {MAX_TEXT:,}", "split it into the reports that it is of"))
    foreign = len(_OTHER_SCRIPT.findall(text)) * 2 < len(text)
    title, authors, within = said.get("title"), said.get("authors"), False
    for number, (words, kind) in enumerate(lines, 1):
        if kind == "heading" or len(words) < 90:
            if opens_references(words):
                within = True
            elif within and (closes_references(words) or (kind == "heading" and markdown)):
                within = False
        if within or is_reference(words):
            built.drop("references")
        elif reason := _not_prose(words, foreign=foreign):
            built.drop(reason)
        elif authors is None and not built.blocks[1:] and len(words) < 600 and _NAMES.fullmatch(words):
            authors = re.sub(r"\s?\d+,*", "", words)
            built.drop("authors")
        else:
            if title is None and not built.blocks and _is_title(words, kind):
                title, kind = words, "title"
            for part in _unglued(words) if kind == "paragraph" else [words]:
                built.add(plain(part) if markdown else part, kind, f"paragraph={number}")
    head = text[:_HEAD]
    return built.finish(
        title=title,
        authors=authors,
        doi=said.get("doi") or doi_in(_before_references(head)),
        year=said.get("year") or year_in(head),
        licence=said.get("licence") or licence_in(head),
        url=said.get("url"),
        publisher=said.get("publisher"),
        language=said.get("language"),
    )


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of plain text with their kinds. Lines broken by hand are joined; others stand alone."""
    for chunk in re.split(r"\n[ \t\r]*\n", text):
        lines = [line.strip() for line in chunk.splitlines() if line.strip()]
        lengths = sorted(len(line) for line in lines[:-1])
        broken = len(lines) > 1 and lengths[-1] <= 120 and lengths[len(lengths) // 2] >= 45
        held: list[str] = []
        for line in lines:
            if held and (not broken or _BULLET.match(line)):
                yield _kind(" ".join(held), alone=False)
                held = []
            held.append(line)
        if held:
            yield _kind(" ".join(held), alone=len(lines) == 1)


def _kind(words: str, *, alone: bool) -> tuple[str, str]:
    if bullet := _BULLET.match(words):
        number = any(c.isdigit() for c in bullet.group())
        # A numbered heading stands alone and ends without a stop.
        if number and alone and len(words) < 90 and words[-1] not in ".;:,":
            return words, "heading"
        return (words if number else words[bullet.end() :]), "list"
    if len(words) < 90 and len(words.split()) <= 12 and words[-1] not in '.!?;,”"' and words[0].isupper():
        return words, "heading"
    return words, "paragraph"


def _not_prose(words: str, *, foreign: bool) -> str | None:
    """Return why a line is set aside; null if it is prose."""
    if len(words) < 2:
        return "navigation"
    if words.startswith(("{", "[{")) and words.endswith(("}", "]")) and '":' in words:
        return "markup"
    if foreign and len(_OTHER_SCRIPT.findall(words)) * 5 > len(words):
        return "another script"
    if len(words) < 200 and (_CHROME.fullmatch(words) or _CITATION.fullmatch(words)):
        return "navigation"
    return None


def _is_title(words: str, kind: str) -> bool:
    return (kind == "heading" and len(words.split()) > 3) or (
        kind == "paragraph" and 4 <= len(words.split()) <= 30 and words[-1] not in ".!?:;," and len(words) < 300
    )


def _unglued(words: str) -> list[str]:
    """Return a paragraph, cut where labels of a structured abstract are glued into it."""
    cuts = [m.start() for m in _GLUED.finditer(words)]
    if len(cuts) < 2:
        return [words]
    edges = [0, *(c for c in cuts if c), len(words)]
    parts = [words[a:b] for a, b in itertools.pairwise(edges)]
    return [_GLUED.sub("", part, count=1) if _GLUED.match(part) else part for part in parts]


def _before_references(text: str) -> str:
    at = re.search(r"^\s*(?:references|bibliography)\s*$", text, re.IGNORECASE | re.MULTILINE)
    return text[: at.start()] if at else text
