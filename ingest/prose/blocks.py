"""The words of a report as blocks: each knows its place in the file, and every character its offset in the whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from ..reading import Problem
from .fold import folded

MAX_TEXT = 20_000_000  # characters of a report; a longer one is a library, and is split before it is read
KINDS = ("title", "heading", "paragraph", "list", "table", "caption")
GAP = "\n\n"
_CONTROLS = dict.fromkeys((*range(0x20), 0x7F, *range(0x80, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF), " ")
_PAGES = re.compile(r"page=(\d+)(?:-(\d+))?")


class Refused(Exception):
    """A file that cannot be read as prose; it holds the problem to tell."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.found)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table or caption; the offset of its first character in the whole is `start`."""

    text: str
    kind: str  # of KINDS
    locator: str  # "page=3" or "page=3-4", "paragraph=12", or an XPath
    start: int
    page: int | None = None  # the first one
    section: str | None = None  # the heading above it

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a file: nothing of it is left out in silence."""

    blocks: int  # read
    dropped: dict[str, int]  # what was set aside, by reason
    words: int
    pages: int | None = None  # null for files that have none


@dataclass(frozen=True, slots=True)
class Prose:
    """A report as it is read. `text` is the texts of its blocks with a blank line between them."""

    blocks: tuple[Block, ...]
    text: str
    account: Account
    title: str | None = None
    authors: str | None = None
    doi: str | None = None
    year: str | None = None
    publisher: str | None = None  # the journal, else who published it
    licence: str | None = None
    url: str | None = None
    language: str | None = None  # as the file declares it: two letters


@dataclass(frozen=True, slots=True)
class Place:
    """Where some words stand: characters `start` to `end` of the whole text."""

    locator: str  # the block's, then `;char=` with the offsets (RFC 5147 §2.2.1)
    start: int
    end: int
    quote: str
    page: int | None
    section: str | None


@dataclass
class Builder:
    """Gathers blocks into a report."""

    pages: int | None = None
    blocks: list[Block] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    section: str | None = None
    _at: int = 0

    def add(self, words: str, kind: str, locator: str, page: int | None = None) -> None:
        """Add a block; one that says nothing is counted. Raises Refused when the report grows beyond MAX_TEXT."""
        text = tidied(words, keep_lines=kind == "table")
        if not text:
            self.drop("empty")
            return
        if kind == "heading":
            self.section = text
        self.blocks.append(Block(text, kind, locator, self._at, page, self.section))
        self._at += len(text) + len(GAP)
        if self._at > MAX_TEXT:
            found = f"a text of more than {MAX_TEXT:,} characters"
            raise Refused(Problem(locator, found, f"at most {MAX_TEXT:,}", "split it into the reports that it is of"))

    def drop(self, reason: str, count: int = 1) -> None:
        """Count what is set aside."""
        if count:
            self.dropped[reason] += count

    def finish(self, **known: str | None) -> Prose:
        """Return the report, with what is known of it."""
        text = GAP.join(block.text for block in self.blocks)
        words = sum(1 + block.text.count(" ") + block.text.count("\n") for block in self.blocks)  # one between two
        account = Account(len(self.blocks), dict(self.dropped), words, self.pages)
        said = {name: (tidied(value) or None) if value else None for name, value in known.items()}
        return Prose(tuple(self.blocks), text, account, **said)


def tidied(words: str, *, keep_lines: bool = False) -> str:
    """Return words without control characters, and with one space where there was any white space."""
    if keep_lines:
        lines = (tidied(line) for line in words.splitlines())
        return "\n".join(line for line in lines if line)
    if not words.isprintable():
        words = words.translate(_CONTROLS)
        # A lone surrogate, as damaged files hold, has no UTF-8 form.
        words = words.encode("utf-8", "replace").decode("utf-8")
    elif "  " not in words:  # most: of all white space only the space is printable
        return words.strip()
    return " ".join(words.split())


def quote_at(prose: Prose, start: int, end: int) -> Place:
    """Return the place of characters `start` to `end` of a report. Raises ValueError for what lies outside it."""
    if not 0 <= start < end <= len(prose.text):
        raise ValueError(f"characters {start} to {end} of a text of {len(prose.text)}")
    first = _block(prose, start)
    last = _block(prose, end - 1)
    locator = first.locator if first is last else _joined(first.locator, last.locator)
    return Place(f"{locator};char={start},{end}", start, end, prose.text[start:end], first.page, first.section)


def find(prose: Prose, quote: str) -> Place | None:
    """Return where a report says some words: to the letter, else but for quotes, dashes, space and soft hyphens.

    Case counts, and nothing may be left out or put in: a quote that is merely alike is none.
    """
    at = prose.text.find(quote) if quote else -1
    if at >= 0:
        return quote_at(prose, at, at + len(quote))
    wanted = folded(quote)[0].strip()
    if not wanted:
        return None
    text, offsets = folded(prose.text)
    at = text.find(wanted)
    return quote_at(prose, offsets[at], offsets[at + len(wanted) - 1] + 1) if at >= 0 else None


def _block(prose: Prose, at: int) -> Block:
    return prose.blocks[bisect_right(prose.blocks, at, key=lambda block: block.start) - 1]


def _joined(first: str, last: str) -> str:
    """Return the locator of words that run from one block into another; of two paths the first is kept."""
    begin, end = _PAGES.fullmatch(first), _PAGES.fullmatch(last)
    if not begin or not end:
        return first
    low, high = begin.group(1), end.group(2) or end.group(1)
    return f"page={low}" if low == high else f"page={low}-{high}"
