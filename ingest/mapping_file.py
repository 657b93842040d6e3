"""A mapping file, read and checked: which claims the rows of somebody else's table make of which columns.

Every scalar stays the text that was written, so that `NO` is Norway. Keys that mean nothing here and repeated
keys are refused, and constants are read at once, so that a mistake in a mapping shows before a row is met.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ..graph.claims import KINDS
from ..graph.errors import WrongUse
from ..graph.names import tidy
from .assemble import FIELDS, NEEDS, scalar_of
from .fields import FieldProblem, read_report
from .rows import Cell

if TYPE_CHECKING:
    from yaml import Node

MAX_BYTES = 1_000_000

_MARK = "southerly-mapping"
_VERSION = "1"
_KEYS = (_MARK, "report", "confidence", "sheet", "claims")
_REPORT = ("title", "url", "doi", "iati", "year", "publisher", "licence", "authors")
_KNOWN_BY = ("url", "doi", "iati")
_NULLS = {"", "~", "null"}  # plain words for nothing (YAML 1.2 core schema §10.3.2)
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


class MappingError(WrongUse):
    """A mapping file cannot be used: where, what was found, what was expected, what to do."""

    def __init__(self, where: str, found: str, expected: str, hint: str) -> None:
        super().__init__(where, found, expected, hint)  # all four, so that it can be pickled
        self.where, self.found, self.expected, self.hint = where, found, expected, hint

    def __str__(self) -> str:
        return f"{self.where}: found {self.found}; expected {self.expected}. {self.hint}"


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a row's column: that it has one of some words, or that it says anything at all."""

    column: str
    equals: tuple[str, ...] = ()
    filled: bool = True


@dataclass(frozen=True, slots=True)
class ClaimMapping:
    """One claim that a row makes."""

    kind: str
    cells: dict[str, Cell]
    where: tuple[Condition, ...] = ()
    keep: tuple[str, ...] = ()  # columns that the claim carries along, in `extra`

    def columns(self) -> set[str]:
        """Return the columns that this names."""
        named = {cell.column for cell in self.cells.values() if cell.column}
        return named | {condition.column for condition in self.where} | set(self.keep)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, read and checked."""

    ingester: str  # "mapping-vaccines/1f2e3d4c": its name, and a hash of its text for a version
    report: dict[str, Cell]
    claims: tuple[ClaimMapping, ...]
    sheet: str | None = None

    def columns(self) -> set[str]:
        """Return every column that the mapping names."""
        named = {cell.column for cell in self.report.values() if cell.column}
        return named.union(*(claim.columns() for claim in self.claims))


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises MappingError if it cannot be used."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise MappingError(
            str(path),
            f"no access ({error.strerror or error})",
            "a mapping file",
            "Check the path and its permissions.",
        ) from error
    if len(raw) > MAX_BYTES:
        raise MappingError(
            str(path),
            "a file larger than 1 MB",
            "a mapping file, which is a page",
            "Give data as a PATH instead.",
        )
    name = f"mapping:{path.stem}/{hashlib.sha256(raw).hexdigest()[:8]}"
    return _Reader(str(path)).mapping(_compose(raw, str(path)), name)


def _compose(raw: bytes, file: str) -> Node:
    import yaml

    hint = "Mend the line or the one before it; put quotes round text that holds `: `."
    try:
        node = yaml.compose(raw, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise MappingError(f"{file} line {line}", error.problem or "text that is not YAML", "YAML", hint) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise MappingError(file, "text that is not YAML", "YAML in UTF-8", hint) from error
    if node is None:
        raise MappingError(
            file,
            "an empty file",
            f"a mapping that begins with `{_MARK}: {_VERSION}`",
            "See the examples in docs.",
        )
    return node


class _Reader:
    """Reads the nodes of one file; every refusal names the line."""

    def __init__(self, file: str) -> None:
        self.file = file

    def mapping(self, root: Node, ingester: str) -> Mapping:
        top = self.keys(root, _KEYS, "mapping")
        mark = top.get(_MARK)
        if mark is None or self.word(mark) != _VERSION:
            found = "no such line" if mark is None else f"`{self.word(mark)}`"
            self.refuse(mark or root, found, f"`{_MARK}: {_VERSION}`", "Write it as the first line.")
        for key in ("report", "claims"):
            if key not in top:
                self.refuse(root, f"no `{key}`", f"the keys {', '.join(_KEYS)}", f"Add `{key}:`.")
        report = {key: self.cell(node, key) for key, node in self.keys(top["report"], _REPORT, "report").items()}
        self.check_report(report, top["report"])
        usual = {"confidence": self.cell(top["confidence"], "confidence")} if "confidence" in top else {}
        claims = tuple(self.claim(node, usual) for node in self.items(top["claims"]))
        if not claims:
            self.refuse(
                top["claims"],
                "no claims",
                "at least one claim",
                "Say what a row claims: `- kind: adoption` …",
            )
        return Mapping(ingester, report, claims, self.word(top["sheet"]) if "sheet" in top else None)

    def claim(self, node: Node, usual: dict[str, Cell]) -> ClaimMapping:
        kind_node = self.keys(node, None, "claim").get("kind")
        kind = self.word(kind_node) if kind_node else None
        if kind not in KINDS:
            found = f"`{kind}`" if kind else "no kind"
            self.refuse(kind_node or node, found, f"`kind:` with one of {', '.join(KINDS)}", "Name one of them.")
        told = self.keys(node, ("kind", "where", "keep", *FIELDS[kind]), kind)
        cells = usual | {f: self.cell(told[f], f, kind) for f in told if f not in ("kind", "where", "keep")}
        for any_of, meaning in NEEDS[kind].items():
            if not any(name in cells for name in any_of):
                hint = f"Say which column has it, such as `{any_of[0]}: {{column: {any_of[0]}}}`."
                self.refuse(node, f"no {' or '.join(any_of)} in {kind}", meaning, hint)
        where = tuple(self.condition(one) for one in self.items(told["where"])) if "where" in told else ()
        keep = tuple(self.word(one) for one in self.items(told["keep"])) if "keep" in told else ()
        return ClaimMapping(kind, cells, where, keep)

    def cell(self, node: Node, field: str, kind: str | None = None) -> Cell:
        """Read where a field comes from: words, or {column: …, values: …}."""
        import yaml

        if not isinstance(node, yaml.MappingNode):
            words = self.word(node)
            self.check_words(node, field, kind, words)
            return Cell(constant=words)
        told = self.keys(node, ("column", "values"), field)
        if "column" not in told:
            self.refuse(
                node,
                "no `column`",
                "`{column: name of the column}`",
                "Name the column, or give the words plainly.",
            )
        pairs = []
        for key, value in self.keys(told["values"], None, "values").items() if "values" in told else ():
            words = self.word(value)
            self.check_words(value, field, kind, words)
            pairs.append((key, words or None))
        return Cell(self.word(told["column"]), values=tuple(pairs))

    def condition(self, node: Node) -> Condition:
        told = self.keys(node, ("column", "equals", "filled"), "where")
        if "column" not in told or len(told) != 2:
            self.refuse(
                node,
                f"the keys {', '.join(told)}",
                "`column` and one of `equals`, `filled`",
                "Write {column: role, equals: host} or {column: year, filled: yes}.",
            )
        column = self.word(told["column"])
        if "filled" in told:
            flag = _FLAGS.get(self.word(told["filled"]).casefold())
            if flag is None:
                self.refuse(told["filled"], f"`{self.word(told['filled'])}`", "yes or no", "Write `filled: yes`.")
            return Condition(column, filled=flag)
        return Condition(column, tuple(self.word(one) for one in self.items(told["equals"])))

    def check_words(self, node: Node, field: str, kind: str | None, words: str) -> None:
        """Refuse a constant that its field cannot take."""
        if kind is None and field != "confidence":
            return
        try:
            scalar_of(kind or "", field)(words)
        except FieldProblem as wrong:
            self.refuse(node, f"`{wrong.found}` for {field}", wrong.expected, wrong.hint)

    def check_report(self, report: dict[str, Cell], node: Node) -> None:
        by = {name: report[name] for name in _KNOWN_BY if name in report}
        if any(cell.column for cell in by.values()):
            return
        try:
            read_report(**{name: cell.constant for name, cell in by.items()})
        except FieldProblem as wrong:
            self.refuse(
                node,
                wrong.found,
                wrong.expected,
                "Name the report's url, doi or iati, or the column that has it.",
            )

    def keys(self, node: Node, known: Iterable[str] | None, what: str) -> dict[str, Node]:
        """Return a mapping's values by key; `known` are the keys that it may have, null for any."""
        import yaml

        if not isinstance(node, yaml.MappingNode):
            self.refuse(node, "a plain value or list", f"`key: value` lines for {what}", "Indent them under the key.")
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            key = self.word(key_node)
            if known is not None and key not in (allowed := list(known)):
                near = get_close_matches(key, allowed, 1)
                hint = f"Did you mean `{near[0]}`?" if near else "Remove it."
                self.refuse(key_node, f"`{key}` in {what}", f"one of {', '.join(sorted(allowed))}", hint)
            if key in found:
                self.refuse(key_node, f"`{key}` a second time", "each key once", "Remove or join one of them.")
            found[key] = value
        return found

    def items(self, node: Node) -> list[Node]:
        """Return the items of a list; one item may stand alone."""
        import yaml

        if not isinstance(node, yaml.SequenceNode):
            return [node]
        return list(node.value)

    def word(self, node: Node) -> str:
        import yaml

        if not isinstance(node, yaml.ScalarNode):
            self.refuse(node, "a list or mapping", "plain words", "Write the words on one line.")
        if node.tag != "tag:yaml.org,2002:str":
            self.refuse(
                node, f"the tag {node.tag}", "plain words without tags", "Remove what begins with `!`, or quote it."
            )
        words = tidy(node.value)
        return "" if words in _NULLS and not node.style else words

    def refuse(self, node: Node, found: str, expected: str, hint: str) -> NoReturn:
        raise MappingError(f"{self.file} line {node.start_mark.line + 1}", found, expected, hint)
