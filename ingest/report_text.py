"""A filled exchange report as YAML for people: the quote first, then what was made of it, then room for a decision.

Everything in it is text from a report, so values that YAML or a terminal could take for something else are quoted and
escaped, and comments stay on their line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from .report_sections import VERSION
from .report_write import Aside, Filled, Item

_WIDTH = 110
_LONG = 70  # a longer text goes on lines of its own
_REMARK = 28  # column that remarks begin in
_SHOWN = 200  # characters of a sentence in a comment
#: Text that YAML takes as it stands in any place: it begins with a letter, and nothing in it parts keys or items.
_PLAIN = re.compile(r"[^\W\d_][\w .()/'’%+–—-]*")


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of itself: which report it was filled from, by what."""

    name: str  # of the report's file
    source: Mapping[str, str | None]
    method: str
    reader: str
    notes: tuple[str, ...] = ()


def report_text(filled: Filled, told: Told, rejected: Iterable[Aside] = ()) -> str:
    """Return the file. `rejected` are proposals that were not taken as candidates at all."""
    lines = [*_head(filled, told), "", *_top(told)]
    section = None
    for item in filled.items:
        if item.section != section:
            section = item.section
            lines += ["", f"{section}:"]
        else:
            lines.append("")
        lines += _item(item)
    lines += _end("What the form has no place for", filled.aside)
    lines += _end("What was proposed and failed the checks, so is no candidate", tuple(rejected))
    if told.notes:
        lines += ["", *(f"# {line}" for note in told.notes for line in wrap(_comment(note), _WIDTH))]
    return "\n".join(lines) + "\n"


def _head(filled: Filled, told: Told) -> Iterator[str]:
    found, items = _count(filled.claims, "candidate"), _count(len(filled.items), "item")
    by = "a model" if told.method == "model" else "rules"
    yield f"# {_comment(told.name)}: {found} found by {by}, in {items}. Nobody has checked them: none counts yet."
    yield "# Compare each item with its quote, and mend or delete it. Then write `accepted` or `refused` after its"
    yield "# `review:`, and hand this file to `southerly ingest`, in place of the report."


def _top(told: Told) -> Iterator[str]:
    yield f"southerly-report: {VERSION}"
    yield _remarked("review: candidate", "of every item whose own `review:` is blank; `accepted` once all are checked")
    yield "found_by:"
    yield f"  method: {told.method}"
    yield f"  reader: {_scalar(told.reader)}"
    yield ""
    yield "source:"
    if not told.source.get("title"):
        yield _remarked("  title:", "the file does not say")
    for name, value in told.source.items():
        if value:
            yield from _field(name, value, "  ")


def _item(item: Item) -> Iterator[str]:
    yield f"  # {_comment(item.place)}"
    lines = list(_field("quote", item.quote, "    "))
    if item.page:
        lines += _field("page", item.page, "    ")
    for name, value in item.fields.items():
        lines += _field(name, value, "    ", item.remarks.get(name))
    lines.append("    review:")
    yield f"  - {lines[0].lstrip()}"
    yield from lines[1:]


def _field(name: str, value: Any, indent: str, remark: str | None = None) -> Iterator[str]:
    """Yield the lines of a field."""
    if value is None:
        yield _remarked(f"{indent}{name}:", remark)
    elif isinstance(value, dict):
        yield _remarked(f"{indent}{name}:", remark)
        for part, inner in value.items():
            yield from _field(part, inner, f"{indent}  ")
    elif isinstance(value, list):
        yield from _list(name, value, indent, remark)
    elif len(value) > _LONG and value.isprintable() and "  " not in value:
        # A folded block takes any words as they stand (YAML 1.2 §8.1.3).
        if remark:
            yield f"{indent}# {_comment(remark)}"
        yield f"{indent}{name}: >-"
        for line in wrap(value, _WIDTH - len(indent) - 2, break_long_words=False, break_on_hyphens=False):
            yield f"{indent}  {line}"
    else:
        yield _remarked(f"{indent}{name}: {_scalar(value)}", remark)


def _list(name: str, values: list[Any], indent: str, remark: str | None) -> Iterator[str]:
    line = f"{indent}{name}: [{', '.join(_scalar(v) for v in values if not isinstance(v, dict))}]"
    if len(line) <= _WIDTH and not any(isinstance(value, dict) for value in values):
        yield _remarked(line, remark)
        return
    yield _remarked(f"{indent}{name}:", remark)
    for value in values:
        if isinstance(value, dict):
            lines = [line for part, inner in value.items() for line in _field(part, inner, f"{indent}    ")]
            yield f"{indent}  - {lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield f"{indent}  - {_scalar(value)}"


def _scalar(text: str) -> str:
    """Return a value as it stands, else in double quotes with what cannot be seen escaped (YAML 1.2 §5.7)."""
    if _PLAIN.fullmatch(text) and text == text.strip() and text.lower() != "null":
        return text
    if re.fullmatch(r"\d{1,6}", text):
        return text
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _end(title: str, told: tuple[Aside, ...]) -> Iterator[str]:
    if not told:
        return
    yield ""
    yield f"# {title} ({len(told)}):"
    for each in told:
        yield f"# - {_comment(each.place)}: {_comment(each.what)} ({_comment(each.why)})"
        if each.quote:
            yield f"#   “{_comment(each.quote)}”"


def _remarked(line: str, remark: str | None) -> str:
    return f"{line.ljust(_REMARK)}  # {_comment(remark)}" if remark else line


def _comment(text: str) -> str:
    """Return text that stays on the line of its comment and moves no terminal."""
    words = " ".join(text.split())
    shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
    return "".join(c if c.isprintable() else "\ufffd" for c in shown)


def _count(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"
