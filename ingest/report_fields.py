"""The fields of a filled exchange report: words on a form become values, or problems.

It knows the tables of `report_sections`, and nothing of YAML or workbooks: both hand over the same
tree of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from typing import Any

from .fields import (
    NOWHERE,
    FieldProblem,
    known,
    read_choice,
    read_list,
    read_place,
    read_places,
    read_term,
    read_when,
    read_yes_no,
)
from .reading import Problem
from .report_sections import CHOICES, Field
from .table_batch import excerpt

#: Text, a list or a mapping of such; null where nothing is written.
Tree = Any

_LONGEST = 60  # characters of a key that are compared with those of the form
_TOLD = 20  # unknown keys that are named one by one


@dataclass(frozen=True, slots=True)
class Form:
    """A filled form: its tree of words, and where each JSON Pointer in it stands in the carrier."""

    tree: Tree
    content: str  # hash of the carrier, for a report that has no other key
    locator: Callable[[str], str]  # of a claim
    place: Callable[[str], str]  # of a problem


@dataclass(slots=True)
class Problems:
    """Collects the problems of one record."""

    form: Form
    record: int
    report: str | None = None
    found: list[Problem] = field(default_factory=list)

    def add(self, path: str, found: str, expected: str, hint: str, name: str | None = None) -> None:
        """Note what is wrong at a JSON Pointer of the form."""
        place = self.form.place(path)
        self.found.append(Problem(place, found, expected, hint, name, self.report, self.record))


def pointer(path: str, key: str | int) -> str:
    """Return the JSON Pointer of a member (RFC 6901 §3: `~` and `/` are escaped)."""
    return f"{path}/{str(key).replace('~', '~0').replace('/', '~1')}"


def is_blank(tree: Tree) -> bool:
    """Tell whether nothing is written in a part of a form: unused rows of a template count for nothing."""
    if isinstance(tree, dict):
        return all(is_blank(value) for value in tree.values())
    if isinstance(tree, list):
        return all(is_blank(value) for value in tree)
    return tree is None or not tree.strip()


def check_keys(keys: Iterable[str], known: Sequence[str], path: str, problems: Problems) -> None:
    """Note each key that the form does not have, with the nearest that it has."""
    unknown, expected = [key for key in keys if key not in known], f"one of {', '.join(known)}"
    for key in unknown[:_TOLD]:
        near = get_close_matches(key[:_LONGEST].casefold().replace(" ", "_"), known, 1)
        hint = f"did you mean `{near[0]}`?" if near else "remove it, or put what it says under `note`"
        problems.add(pointer(path, key), f"the field `{excerpt(key)}`", expected, hint, key)
    if (more := len(unknown) - _TOLD) > 0:
        problems.add(path, f"{more:,} further fields", expected, "see whether the file is a report at all")


def read_fields(fields: Sequence[Field], tree: Tree, path: str, problems: Problems) -> dict[str, Any]:
    """Return the values of a mapping's fields by name, those that say nothing left out.

    The type of a value follows the kind of its field: text, a list of text, a `PlaceSaid`, a `When`, a term,
    "yes" or "no", a mapping or a list of such.
    """
    if not isinstance(tree, dict):
        wanted = ", ".join(f.name for f in fields[:4])
        problems.add(
            path,
            _shape(tree),
            f"fields with values: {wanted}, …",
            "write `field: value` on lines of their own",
        )
        return {}
    check_keys(tree, [f.name for f in fields], path, problems)
    values: dict[str, Any] = {}
    for each in fields:
        written, wrong = tree.get(each.name), len(problems.found)
        value = None if is_blank(written) else _read(each, written, pointer(path, each.name), problems)
        if value not in (None, [], {}, NOWHERE):
            values[each.name] = value
        elif each.required and len(problems.found) == wrong:
            # “unknown” is nothing to go by either, but it is what was found.
            found = written if isinstance(written, str) and written.strip() else "nothing"
            problems.add(path, found, f"{each.name}: {each.says}", f"fill in `{each.name}`", each.name)
    return values


def _read(spec: Field, tree: Tree, path: str, problems: Problems) -> Any:
    match spec.kind:
        case "never":
            return None
        case "list" | "countries":
            texts = _texts(spec, tree, path, problems)
            return texts if spec.kind == "list" else _checked(read_places, "; ".join(texts), spec, path, problems)
        case "rows":
            items = tree if isinstance(tree, list) else [tree]
            paths = [pointer(path, i) for i in range(len(items))] if isinstance(tree, list) else [path]
            return [_parts(spec, t, p, problems) for t, p in zip(items, paths, strict=True) if not is_blank(t)]
        case "parts":
            return _parts(spec, tree, path, problems)
        case "date":
            return _date(spec, tree, path, problems)
    if not isinstance(tree, str):
        problems.add(path, _shape(tree), f"one value for `{spec.name}`", "write one value on the line", spec.name)
        return None
    return _checked(_scalar(spec), tree, spec, path, problems)


def _scalar(spec: Field) -> Callable[[str], Any]:
    match spec.kind:
        case "country":
            return read_place
        case "when":
            return read_when
        case "flag":
            return read_yes_no
        case "count":
            return _count
        case "term" if spec.scheme in CHOICES:
            return partial(read_choice, CHOICES[spec.scheme])
        case "term":
            return partial(read_term, spec.scheme or spec.name)
    return known


def _count(text: str) -> int:
    if re.fullmatch(r"\s*\d{1,9}\s*", text):
        return int(text)
    raise FieldProblem(text, "a whole number", "Write digits alone, or leave it blank.")


def _texts(spec: Field, tree: Tree, path: str, problems: Problems) -> list[str]:
    """Read a list, or a semicolon list in one value, without repeats."""
    if isinstance(tree, str):
        return read_list(tree) or []
    if isinstance(tree, list) and all(item is None or isinstance(item, str) for item in tree):
        return list(dict.fromkeys(words for item in tree if (words := known(item))))
    expected, hint = f"a plain list for `{spec.name}`", "write [one, two] or `one; two`"
    problems.add(path, _shape(tree), expected, hint, spec.name)
    return []


def _parts(spec: Field, tree: Tree, path: str, problems: Problems) -> dict[str, Any]:
    if spec.short and not isinstance(tree, dict):
        tree = {spec.short: tree}
    return read_fields(spec.parts, tree, path, problems)


def _date(spec: Field, tree: Tree, path: str, problems: Problems) -> dict[str, Any]:
    """Read a date that may say how exactly it is known and whether it is an end at all."""
    parts = _parts(spec, tree, path, problems)
    if said := parts.pop("value", None):
        parts["when"] = _checked(read_when, _cut(said, parts.pop("precision", None)), spec, path, problems)
    return parts


def _cut(date: str, precision: str | None) -> str:
    """Return a date cut to the precision that the report vouches for."""
    if not re.match(r"\d{4}(-|$)", date):
        return date
    match precision:
        case "decade":
            return f"{date[:3]}0s"
        case "year":
            return date[:4]
        case "month":
            return date[:7]
    return date


def _checked(read: Callable[[str], Any], text: str, spec: Field, path: str, problems: Problems) -> Any:
    try:
        return read(text)
    except FieldProblem as wrong:
        problems.add(path, wrong.found, wrong.expected, wrong.hint, spec.name)
        return None


def _shape(tree: Tree) -> str:
    if isinstance(tree, dict):
        return "fields inside a field"
    return "a list" if isinstance(tree, list) else f"“{tree}”"
