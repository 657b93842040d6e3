"""The rows of a table while they are read into claims: their words, their reports, and what is wrong.

A row with anything wrong is set aside whole. So claims are made for every row first, and those of bad rows
dropped when the batch is complete and all that is wrong is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..graph.claims import report_table
from ..graph.columns import map_distinct
from ..graph.names import name_key
from . import field_columns, fields
from .field_columns import Fault
from .reading import Batch, Note, Problem
from .table import TableBatch, locate

#: A row makes several claims of many columns each: batches of rows stay small, so that memory does.
BATCH_ROWS = 32_768

_SEPARATOR = "\x1f"  # ASCII unit separator: stands in no address and no DOI
_EXAMPLES = 3

Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a field's words come from: a column of the table, or the same words in every row."""

    column: str | None = None
    constant: str | None = None
    values: tuple[tuple[str, str | None], ...] = ()  # what words of the column stand for; others stay


#: Columns that name people, who are not stored: what a report says of an exchange needs no names.
_PEOPLE = frozenset(
    """
    attendees completed_by contact contact_email contact_name contact_person contacts email e_mail facilitator_name
    focal_person focal_persons met_with names participant participant_list participant_name participant_names
    participants participants_list participants_name participants_names persons_contacted phone responsible telephone
    traveler travelers traveller travellers
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


def names_people(header: str) -> bool:
    """Say whether a column names people by its title."""
    return column_key(header) in _PEOPLE


def column_key(header: str) -> str:
    """Return the form in which column names are compared: neither case nor spaces matter.

    >>> column_key("Adopter  Country")
    'adopter_country'
    """
    return name_key(header).replace("-", "_")


class Rows:
    """One batch of a table's rows."""

    def __init__(self, batch: TableBatch) -> None:
        self.batch = batch
        self.count = len(batch.records)
        self.report: pa.Array = pa.nulls(self.count, pa.string())
        self._named = {column_key(name): name for name in reversed(list(batch.columns))}
        self._said: pa.Table = report_table({"record": [], "report": []}, 0)
        self._faults: dict[tuple[str, Fault], None] = {}
        self._notes: list[Note] = []

    def column_of(self, cell: Cell) -> str | None:
        """Return the name that a cell's column has in this table; null if it has none such."""
        return self._named.get(column_key(cell.column)) if cell.column else None

    def words(self, cell: Cell) -> pa.Array:
        """Return a cell's words in every row, null where the table has no such column."""
        if cell.column is None:
            return pa.repeat(pa.scalar(cell.constant, pa.string()), self.count)
        name = self.column_of(cell)
        if name is None:
            return pa.nulls(self.count, pa.string())
        column = self.batch.columns[name]
        if not cell.values:
            return column
        meaning = {fields.known(words): means for words, means in cell.values}
        return map_distinct(column, lambda text: meaning.get(fields.known(text), text), pa.string())

    def label(self, cell: Cell, field: str) -> str:
        """Return what to call a cell in a problem: its column, else the field it fills."""
        return self.column_of(cell) or cell.column or field

    def check(self, faults: Iterable[Fault], label: str, where: Mask | None = None) -> None:
        """Set aside the rows of some faults, of those that `where` chooses. The same fault counts once."""
        for fault in faults:
            if where is None or where[fault.row]:
                self._faults[label, fault] = None

    def require(self, filled: pa.Array, label: str, expected: str, where: Mask | None = None) -> None:
        """Set aside the rows in which a needed field says nothing."""
        empty = np.flatnonzero(~filled.to_numpy(zero_copy_only=False))
        hint = "Fill the cell in, or delete the row if it says nothing."
        self.check((Fault(int(row), "(blank)", expected, hint) for row in empty), label, where)

    def note(self, text: str, count: int = 1) -> None:
        """Keep something to tell that sets nothing aside."""
        told = Note(text, count)
        if told not in self._notes:
            self._notes.append(told)

    def note_unread(self, unread: Mapping[str, int], label: str) -> None:
        """Tell of dates in words that name no time."""
        if unread:
            some = ", ".join(f"“{words}”" for words in sorted(unread)[:_EXAMPLES])
            more = "…" if len(unread) > _EXAMPLES else ""
            total = sum(unread.values())
            self.note(f"{label}: dates in words that could not be read are kept as said: {some}{more}", total)

    def cite(self, cells: Mapping[str, Cell]) -> None:
        """Read which report each row quotes, and what the row says of that report.

        `cells` are by column of the report schema (url, doi, title, year …), and `iati`.
        """
        columns = {name: field_columns.text_column(self.words(cell)) for name, cell in cells.items()}
        if "doi" in columns:
            columns["doi"], faults = field_columns.value_column(columns["doi"], fields.read_doi, pa.string())
            self.check(faults, self.label(cells["doi"], "doi"))
        none = pa.repeat(pa.scalar(""), self.count)
        keys = [pc.fill_null(columns.get(name, none), "") for name in ("url", "doi", "iati")]
        joined = pc.binary_join_element_wise(*keys, _SEPARATOR)
        values, codes, faults = field_columns.distinct(joined, lambda text: fields.read_report(*text.split(_SEPARATOR)))
        name = next(name for name in ("url", "doi", "iati", "source") if name in cells or name == "source")
        self.check(faults, self.label(cells.get(name, Cell()), name))
        pairs = [value or (None, None) for value in values]
        self.report = pa.array([key for key, _ in pairs], pa.string()).take(codes)
        same_as = pa.array([same for _, same in pairs], pa.string()).take(codes)
        dois = [next((k.removeprefix("doi:") for k in pair if k and k.startswith("doi:")), None) for pair in pairs]
        said = {name: column for name, column in columns.items() if name not in {"doi", "iati"}}
        said |= {"same_as": same_as, "doi": pa.array(dois, pa.string()).take(codes)}
        self._said = report_table(said | {"record": self.batch.records, "report": self.report}, self.count)

    def carried(self, names: Sequence[str], more: Mapping[str, pa.Array]) -> pa.Array:
        """Return the words of some columns as a JSON object a row, null where all are blank.

        `more` adds words to the columns named, such as the countries of a list as the report puts them.
        """
        columns = {name: self.batch.columns[name] for name in names} | dict(more)
        # Each part brings the comma before it: Arrow's joining with null_handling="skip" loses rows of nulls.
        parts = [
            pc.binary_join_element_wise(f", {_json(name)}: ", map_distinct(column, _json, pa.string()), "").fill_null(
                ""
            )
            for name, column in sorted(columns.items())
            if column.null_count < self.count
        ]
        if not parts:
            return pa.nulls(self.count, pa.string())
        inner = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*parts, ""), 2)
        whole = pc.binary_join_element_wise("{", inner, "}", "")
        return pc.if_else(pc.equal(inner, ""), pa.scalar(None, pa.string()), whole)

    def finish(self, ingester: str, claims: Sequence[pa.Table]) -> Batch:
        """Return the batch of some claims, those of bad rows dropped."""
        records, said = self.batch.records, self._said
        table = pa.concat_tables(claims) if claims else Batch(ingester, records).claims
        bad = records.take(pa.array(sorted({fault.row for _, fault in self._faults}), pa.int64()))
        if len(bad):
            table = table.filter(pc.invert(pc.is_in(table["record"], bad)))
            said = said.filter(pc.invert(pc.is_in(said["record"], bad)))
        idle = self.count - len(bad) - pc.count_distinct(table["record"]).as_py()
        if claims and idle:
            self.note("rows of which no claim is made", idle)
        return Batch(
            ingester,
            _every_record(records, self.batch.problems),
            table.combine_chunks(),
            said,
            _unplaced(table),
            (*self.batch.problems, *self._problems()),
            (*self.batch.notes, *self._notes),
        )

    def _problems(self) -> list[Problem]:
        batch = self.batch
        return [
            Problem(
                locate(batch.locators[fault.row].as_py(), label, batch.header),
                fault.found,
                fault.expected,
                fault.hint,
                field=label,
                report=self.report[fault.row].as_py(),
                record=batch.records[fault.row].as_py(),
            )
            for label, fault in sorted(self._faults, key=lambda each: (each[1].row, each[0]))
        ]


def set_aside(ingester: str, batch: TableBatch, problems: Sequence[Problem] = ()) -> Batch:
    """Return a batch without claims: what the table's own reader had to say, and further problems."""
    none = pa.array([], pa.int64())
    told = (*batch.problems, *problems)
    return Batch(ingester, _every_record(none, batch.problems), problems=told, notes=batch.notes)


def _every_record(records: pa.Array, problems: Iterable[Problem]) -> pa.Array:
    """Add the records that the table's reader set aside."""
    aside = {problem.record for problem in problems if problem.record is not None}
    if not aside:
        return records
    return pc.unique(pa.concat_arrays([records, pa.array(sorted(aside), pa.int64())]))


def _unplaced(claims: pa.Table) -> pa.Array:
    """Return the records that adopt somewhere, or began somewhere, but in no country that is named."""
    kinds = claims["kind"]
    adoptions = claims.filter(pc.equal(kinds, "adoption"))
    origins = claims.filter(pc.equal(kinds, "origin"))
    only = origins.filter(pc.invert(pc.is_in(origins["record"], adoptions["record"].combine_chunks())))
    moves = pa.concat_tables([adoptions.select(["record", "country"]), only.select(["record", "country"])])
    placed = moves.filter(moves["country"].is_valid())["record"].combine_chunks()
    loose = moves.filter(moves["country"].is_null())["record"].combine_chunks()
    return pc.unique(loose.filter(pc.invert(pc.is_in(loose, placed))))


def _json(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
