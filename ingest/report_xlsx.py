"""The workbook exchange report: its sheets to the same tree of words as the YAML form, its cells the places.

A sheet is a section, its first row the fields. Lists are semicolon lists; a field with parts has a column for
each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from ..graph.names import name_key
from .reading import Batch, Carrier, Note, Problem
from .report_claims import claims_of
from .report_columns import flat
from .report_fields import Form, Tree, pointer
from .report_sections import EXCHANGES, INGESTER, SECTIONS, SOURCE, VERSION, Field, Section
from .table import TableBatch, locate, read_table

_GUIDE = {"read-me", "lists"}  # sheets of the template that explain it


@dataclass
class _Workbook:
    """A workbook on its way to a form."""

    tree: dict[str, Any] = field(default_factory=lambda: {"southerly-report": VERSION})
    rows: dict[str, str] = field(default_factory=dict)  # JSON Pointer of a row to its locator
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # JSON Pointer of a section to its columns
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def locator(self, path: str) -> str:
        """Return the row that a JSON Pointer is in."""
        at = path
        while at and at not in self.rows:
            at = at.rpartition("/")[0]
        return self.rows.get(at, SOURCE.sheet)

    def place(self, path: str) -> str:
        """Return the cell that a JSON Pointer is in, else its row."""
        row = next((at for at in _upwards(path) if at in self.rows), None)
        if row is None:
            return SOURCE.sheet
        section = next((at for at in _upwards(row) if at in self.headers), "")
        header, said = self.headers.get(section, ()), [p for p in path[len(row) :].split("/") if p]
        wanted = ("_".join(s for s in said if not s.isdigit()), *reversed(said))
        names = (name for want in wanted for name in header if _column(name) == want)
        return locate(self.rows[row], next(names, ""), header)


def is_report_workbook(headers: Sequence[tuple[str | None, tuple[str, ...]]]) -> bool:
    """Tell whether a workbook is an exchange report: a sheet Source with its columns, and a section."""
    sections = {section.key for name, _ in headers if (section := _section(name))}
    source = next((columns for name, columns in headers if _section(name) is SOURCE), ())
    return len(sections) > 1 and not {"title", "url", "doi"}.isdisjoint(_column(name) for name in source)


def read_report_xlsx(carrier: Carrier) -> Iterator[Batch]:
    """Read a workbook as one report."""
    book = _Workbook()
    for batch in read_table(carrier):
        _add(book, batch)
    if all(problem.record is None for problem in book.problems) and book.problems and not book.rows:
        import pyarrow as pa

        yield Batch(INGESTER, pa.array([], pa.int64()), problems=tuple(book.problems))
        return
    cited = book.tree.get(SOURCE.key)
    if cited and len(cited) == 1:  # more rows than one stay a list, which no citation is
        book.tree[SOURCE.key] = cited[0]
        book.rows["/source"] = book.rows["/source/0"]
    with carrier.path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    yield _with_table_problems(claims_of(Form(book.tree, content, book.locator, book.place), INGESTER, 0), book)


def _add(book: _Workbook, batch: TableBatch) -> None:
    """Add some rows of a sheet to the tree."""
    section = _section(batch.sheet)
    if batch.sheet is None:  # the workbook as a whole could not be read
        book.problems += batch.problems
        return
    if section is None:
        if len(batch.records) and name_key(batch.sheet) not in _GUIDE:
            told = ", ".join(each.sheet for each in SECTIONS)
            book.notes.append(Note(f"sheet “{batch.sheet}” was not read; a report's sheets are {told}"))
        return
    book.problems += batch.problems
    if not len(batch.records):
        return
    book.notes += batch.notes
    path = pointer("", section.key)
    book.headers[path] = batch.header
    kept: list[Tree] = book.tree.setdefault(section.key, [])
    for values, locator in zip(_rows(batch), batch.locators.to_pylist(), strict=True):
        book.rows[pointer(path, len(kept))] = locator
        kept.append(_nested(section, values))


def _rows(batch: TableBatch) -> Iterable[dict[str, str]]:
    """Yield the filled cells of each row by column."""
    names, columns = list(batch.columns), [column.to_pylist() for column in batch.columns.values()]
    for cells in zip(*columns, strict=True):
        yield {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}


def _nested(section: Section, values: dict[str, str]) -> dict[str, Tree]:
    """Return a row as the YAML form has it: parts inside their fields, parallel semicolon lists as rows."""
    known = {header: (spec, part) for header, spec, part in flat(section.fields)}
    row: dict[str, Tree] = {}
    lists: dict[str, tuple[Field, dict[str, str]]] = {}
    for name, value in values.items():
        spec, part = known.get(_column(name), (None, None))
        if spec is None:
            row[name] = value
        elif part is None:
            row[spec.name] = value
        elif spec.kind == "rows":
            lists.setdefault(spec.name, (spec, {}))[1][part.name] = value
        else:
            row.setdefault(spec.name, {})[part.name] = value
    return row | {name: list(_paired(spec, parts)) for name, (spec, parts) in lists.items()}


def _paired(spec: Field, parts: dict[str, str]) -> Iterator[dict[str, Tree]]:
    """Yield the rows that semicolon lists side by side stand for.

    Lists of the length of the first belong together item by item, and a single value to all, where the first
    is needed. Elsewhere nothing says which item belongs to which: then each is a row of its own.
    """
    lists = {name: [item.strip() for item in value.split(";")] for name, value in parts.items()}
    first = lists.get(spec.parts[0].name, [])
    if len(first) == 1:
        yield {name: items[0] if len(items) == 1 else items for name, items in lists.items()}
    elif all(len(items) in (1, len(first)) for items in lists.values()) and spec.parts[0].required:
        columns = [items * (len(first) if len(items) == 1 else 1) for items in lists.values()]
        for cells in zip_longest(*columns):
            yield dict(zip(lists, cells, strict=True))
    elif spec.parts[0].required:
        yield dict(lists)  # a list where one value belongs: set aside with a reason
    else:
        for name, items in lists.items():
            yield from ({name: item} for item in items)


def _with_table_problems(batch: Batch, book: _Workbook) -> Batch:
    """Add what the table's reader set aside, each row of it a record of its own."""
    import pyarrow as pa

    following = max(batch.records.to_pylist(), default=-1) + 1
    lost = [problem for problem in book.problems if problem.record is not None]
    numbered = {old: following + n for n, old in enumerate(dict.fromkeys(p.record for p in lost))}
    told = [replace(p, record=numbered[p.record]) if p.record is not None else p for p in book.problems]
    records = pa.array([*batch.records.to_pylist(), *numbered.values()], pa.int64())
    return replace(batch, records=records, problems=(*batch.problems, *told), notes=(*batch.notes, *book.notes))


def _section(sheet: str | None) -> Section | None:
    """Return the section that a sheet's name means, be it written `Outcomes`, `outcomes` or `Exchanges`."""
    key = name_key(sheet or "").replace("-", "_")
    names = {_column(s.sheet): s for s in SECTIONS} | {s.key: s for s in SECTIONS} | {"exchange": EXCHANGES}
    return names.get(key)


def _column(header: str) -> str:
    """Return a column's name as the form has it: case, spaces and the star of a needed one do not matter."""
    return name_key(header).replace("-", "_") if header else ""


def _upwards(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]
