"""The YAML exchange report: text to a plain tree of words. The loader builds nothing and follows nothing.

Every scalar stays the text that was written, so that `NO` is Norway and `1995-03` no arithmetic. Anchors,
aliases, tags and repeated keys are refused: no report needs them, and they are how YAML attacks and silent
losses are made. The claims' locators are JSON Pointers (RFC 6901), `2#/…` in the second document of a file;
problems name the line too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .reading import Batch, Carrier, Problem
from .report_claims import claims_of
from .report_fields import Form, Tree, pointer
from .report_sections import INGESTER
from .table_batch import excerpt

if TYPE_CHECKING:
    from yaml.events import Event

MAX_BYTES = 5_000_000
MAX_DEPTH = 50
MAX_VALUES = 100_000  # values of a file; the largest report filled in by hand has a few thousand
_MARK = "southerly-report"
_NULLS = {"", "~", "null", "Null", "NULL"}  # YAML 1.2 core schema §10.3.2, plain scalars alone


class _RefusedError(Exception):
    """The text is no report that can be read; carries the problem to hand on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.found)
        self.problem = problem


@dataclass
class _Open:
    """A mapping or list whose end has not been met yet."""

    path: str
    value: dict[str, Any] | list[Any]
    key: str | None = None
    key_line: int = 0


@dataclass
class _Document:
    tree: Tree = None
    lines: dict[str, int] = field(default_factory=dict)  # JSON Pointer to line, counted from 1


def is_report_yaml(path: Path) -> bool:
    """Tell whether a file is an exchange report, whatever its name: its mark stands at a line's start."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(65_536)
    return any(line.startswith(_MARK.encode()) for line in head.removeprefix(b"\xef\xbb\xbf").splitlines())


def read_report_yaml(carrier: Carrier) -> Iterator[Batch]:
    """Read the reports of a YAML file, a batch for each document."""
    import pyarrow as pa

    first = 0
    try:
        raw = _bytes(carrier.path)
        digest = hashlib.sha256(raw).hexdigest()
        for number, document in enumerate(_documents(raw), start=1):
            batch = claims_of(_form(document, number, digest), INGESTER, first)
            first += len(batch.records)
            yield batch
    except _RefusedError as refused:
        yield Batch(INGESTER, pa.array([], pa.int64()), problems=(refused.problem,))


def _form(document: _Document, number: int, digest: str) -> Form:
    before = "" if number == 1 else f"{number}#"
    content = digest if number == 1 else hashlib.sha256(f"{digest}#{number}".encode()).hexdigest()

    def place(path: str) -> str:
        """Name the line of the nearest thing that has one: a missing field is at its item."""
        at = path
        while at and at not in document.lines:
            at = at.rpartition("/")[0]
        return f"line {document.lines.get(at, 1)} ({before}{path or '/'})"

    return Form(document.tree, content, locator=lambda path: before + path, place=place)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        found = f"no access to the file ({error.strerror or error})"
        raise _refused(0, found, "a file that can be read", "check the path and its permissions") from None
    if size > MAX_BYTES:
        raise _too_large(f"a file of {size:,} bytes", f"at most {MAX_BYTES:,} bytes")
    return raw


def _documents(raw: bytes) -> Iterator[_Document]:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    stack: list[_Open] = []
    document = _Document()
    count = 0
    try:
        for number, event in enumerate(yaml.parse(raw, Loader=loader)):
            if number > MAX_VALUES:
                raise _too_large(f"more than {MAX_VALUES:,} keys and values", f"at most {MAX_VALUES:,}")
            if isinstance(event, yaml.DocumentStartEvent):
                document = _Document()
            elif isinstance(event, yaml.DocumentEndEvent):
                count += 1
                yield document
            else:
                _take(event, stack, document)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        if "nesting" in (error.problem or ""):  # the parser's own limit came first
            raise _too_deep(line) from None
        raise _refused(
            line,
            error.problem or "text that is not YAML",
            "YAML: `key: value`, lists with `- `, the same indent for things of one level",
            "mend the line or the one before it; put quotes round text that holds `: ` or begins with a sign",
        ) from None
    except yaml.YAMLError as error:
        raise _refused(
            0,
            str(error).splitlines()[0],
            "text in UTF-8 without control characters",
            "save the file as UTF-8",
        ) from None
    if not count:
        raise _refused(
            1,
            "an empty file",
            f"a report that begins with `{_MARK}: 1`",
            "start from `southerly template yaml`",
        )


def _too_deep(line: int) -> Exception:
    return _refused(line, f"values nested more than {MAX_DEPTH} deep", "a report's few levels", "flatten the value")


def _take(event: Event, stack: list[_Open], document: _Document) -> None:
    """Add one event of the parser to the tree that is being built."""
    import yaml

    line = event.start_mark.line + 1 if event.start_mark else 1
    if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
        stack.pop()
        return
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _refused(
            line,
            "an anchor or alias (& or *)",
            "every value written out",
            "write the value again, or put quotes round text that begins with & or *",
        )
    if "\0" in (getattr(event, "value", None) or ""):
        raise _refused(line, "a NUL character", "text", "remove it; it comes of a damaged copy")
    if tag := getattr(event, "tag", None):
        raise _refused(
            line,
            f"the tag {tag}",
            "plain values without tags",
            "remove what begins with `!`, or quote it",
        )
    if isinstance(event, yaml.ScalarEvent):
        plain = not event.style
        _place_value(None if plain and event.value in _NULLS else event.value, line, stack, document)
    elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
        if len(stack) >= MAX_DEPTH:
            raise _too_deep(line)
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        stack.append(_Open(_place_value(value, line, stack, document), value))


def _place_value(value: Tree, line: int, stack: list[_Open], document: _Document) -> str:
    """Put a value where it belongs and return its JSON Pointer."""
    if not stack:
        document.tree = value
        document.lines[""] = line
        return ""
    top = stack[-1]
    if isinstance(top.value, list):
        path = pointer(top.path, len(top.value))
        top.value.append(value)
    elif top.key is None:
        if isinstance(value, (dict, list)):
            raise _refused(
                line, "a key that is itself a list or mapping", "keys that are words", "write the key plainly"
            )
        top.key, top.key_line = value or "", line
        if top.key in top.value:
            raise _refused(
                line,
                f"the key `{excerpt(top.key)}` a second time",
                "each key once in a mapping",
                "join the two, or make a list with `- ` in front of each",
            )
        return top.path
    else:
        path = pointer(top.path, top.key)
        top.value[top.key] = value
        line, top.key = top.key_line, None
    document.lines[path] = line
    return path


def _too_large(found: str, expected: str) -> _RefusedError:
    hint = "split it into one file for each report, or hand in the rows as a table (southerly template csv)"
    return _refused(0, found, expected, hint)


def _refused(line: int, found: str, expected: str, hint: str) -> _RefusedError:
    return _RefusedError(Problem(f"line {line}" if line else "file", found, expected, hint))
