"""Markdown as lines with their kinds: what CommonMark calls blocks, as far as reports use them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .blocks import Builder

_HEADING = re.compile(r" {0,3}#{1,6}(?:\s+(.*?))?\s*#*\s*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})\s*$")
_RULE = re.compile(r" {0,3}(?:\*\s*){3,}$| {0,3}(?:-\s*){3,}$| {0,3}(?:_\s*){3,}$")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_DASHES = re.compile(r"[\s|:-]+")
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,500})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,100}\])")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`{1,3})(?=\S)(.{1,1000}?)(?<=\S)\1(?!\w)")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_FIELD = re.compile(r"([A-Za-z_-]{2,20}):\s*(.+)")
_SAME = {"author": "authors", "date": "year", "license": "licence", "lang": "language"}
_NAMES = {
    name: _SAME.get(name, name) for name in (*_SAME, "title", "authors", "doi", "url", "year", "licence", "publisher")
}
_LONGEST_HEADING = 1000  # characters
_LONGEST_MARKED = 20_000  # characters of a paragraph; what is longer is data, and its marks are left in it


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return what the lines between `---` at the very beginning tell of the report, and the text after them."""
    found = re.match(r"---\s*\n((?:.*\n){1,40}?)(?:---|\.\.\.)\s*\n", text)
    if not found:
        return {}, text
    said = {}
    for line in found.group(1).splitlines():
        field = _FIELD.fullmatch(line.strip())
        if field and (name := _NAMES.get(field.group(1).lower())):
            said[name] = field.group(2).strip().strip("\"'")
    if year := re.match(r"(?:19|20)\d\d", said.get("year", "")):
        said["year"] = year.group()
    else:
        said.pop("year", None)
    return said, text[found.end() :]


def marked(text: str, built: Builder) -> Iterator[tuple[str, str]]:
    """Yield the blocks of Markdown as (words, kind); code and rules are counted with what is set aside."""
    held: list[str] = []
    kind, fence = "paragraph", ""
    for line in [*_uncommented(text).splitlines(), ""]:
        if fence:
            fence = "" if line.strip().startswith(fence) else fence
            continue
        opened, heading = _FENCE.match(line), _HEADING.match(line) if len(line) < _LONGEST_HEADING else None
        blank = not line.strip()
        row = _ROW.match(line) is not None
        underlined = bool(held) and kind == "paragraph" and len(held) == 1 and _UNDERLINE.match(line) is not None
        if underlined:
            yield held.pop(), "heading"
            continue
        if held and (blank or opened or heading or _ITEM.match(line) or row != (kind == "table")):
            yield ("\n" if kind == "table" else " ").join(held), kind
            held, kind = [], "paragraph"
        if opened:
            fence = opened.group(1)
            built.drop("code")
        elif heading:
            if heading.group(1):
                yield heading.group(1), "heading"
        elif blank or _RULE.match(line):
            continue
        elif row:
            kind = "table"
            if not _DASHES.fullmatch(line):
                held.append(" | ".join(cell.strip() for cell in line.strip().strip("|").split("|")))
        elif item := _ITEM.match(line):
            held, kind = [line[item.end() :].strip()], "list"
        else:
            held.append(line.strip().lstrip("> "))


def plain(words: str) -> str:
    """Return words without the marks of emphasis, links, images and tags."""
    if len(words) > _LONGEST_MARKED:
        return words
    words = _LINK.sub(r"\1", _IMAGE.sub(r"\1", words))
    return _TAG.sub("", _EMPHASIS.sub(r"\2", words))


def _uncommented(text: str) -> str:
    """Return a text without its comments; one that is never closed is none."""
    first, *parts = text.split("<!--")
    last = max((n for n, part in enumerate(parts) if "-->" in part), default=-1)
    kept = [first]
    for number, part in enumerate(parts):
        if number > last:
            kept += ("<!--", part)
        elif "-->" in part:
            kept.append(part.partition("-->")[2])
    return "".join(kept)
