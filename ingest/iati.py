"""The reader of IATI activity files, versions 1.01 to 2.03: each activity is a report and one record.

An activity is claimed or set aside whole, and every one is counted, also where the file breaks off after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from ..graph.claims import claim_table, report_table
from .iati_claims import ActivityClaims, claims_of, identity
from .iati_text import ActivityProblem, spoken, xpath
from .iati_xml import Activities, Element, locator_of, read_head
from .reading import Batch, Carrier, Note, Problem
from .report_values import Row

INGESTER = "iati/1"
_BATCH_ACTIVITIES = 1_000
_BATCH_OCTETS = 16 << 20  # of XML, so that a batch of giants is small too
_ROOTS = {"iati-activities", "iati-activity", "iati-organisations"}


class Narrative(NamedTuple):
    """Prose of an activity, for extraction."""

    report: str
    locator: str  # XPath of the words
    lang: str | None
    words: str


def is_iati(path: Path) -> bool:
    """Say whether a file is IATI by its root element, whatever its name. Organisation files are, and are refused."""
    head = read_head(path)
    return head is not None and head.root in _ROOTS


def read_iati(carrier: Carrier) -> Iterator[Batch]:
    """Yield the claims of a file's activities in batches, and a problem for each activity that cannot be used."""
    activities = Activities(carrier.path)
    batch, begun = _Gathered(0), 0
    met: set[int] = set()  # hashes of the reports so far: a set of numbers stays small in a file of a gigabyte
    for number, activity in enumerate(activities, 1):
        batch.add(activity, number, met)
        if len(batch.records) >= _BATCH_ACTIVITIES or activities.octets - begun >= _BATCH_OCTETS:
            yield batch.finished()
            batch, begun = _Gathered(number), activities.octets
    if activities.problem:
        batch.problems.append(activities.problem)
    elif activities.count == 0:
        batch.told["the file has no activity in it"] = 1
    if batch.records or batch.problems or batch.told:
        yield batch.finished()


def narratives(path: Path) -> Iterator[Narrative]:
    """Yield the prose of every activity in every language: what is described of it, its results and indicators."""
    for number, activity in enumerate(Activities(path), 1):
        try:
            key, _ = identity(activity)
        except ActivityProblem:
            continue  # `read_iati` says what is wrong with it
        at = locator_of(number)
        for holder in ("", "result/", "result/indicator/"):
            for element in activity.iterfind(f"{holder}description"):
                try:
                    said = spoken([element])
                except ActivityProblem:
                    continue
                yield from (Narrative(key, xpath(s.element, at), s.lang, s.words) for s in said)


class _Gathered:
    """The activities of one batch."""

    def __init__(self, before: int) -> None:
        self.records: list[int] = []
        self.claims: list[Row] = []
        self.reports: list[Row] = []
        self.unplaced: list[int] = []
        self.problems: list[Problem] = []
        self.told: dict[str, int] = {}

    def add(self, activity: Element, number: int, met: set[int]) -> None:
        """Read one activity, or set it aside."""
        record = number - 1
        self.records.append(record)
        try:
            read = claims_of(activity, number)
        except ActivityProblem as wrong:
            self.problems.append(_problem(wrong, activity, number))
            return
        self._keep(read, record)
        known_as = hash(read.report["report"])
        if known_as in met:
            self._tell("activities share an iati-identifier with an earlier one: one report, several claims")
        met.add(known_as)

    def _keep(self, read: ActivityClaims, record: int) -> None:
        self.claims += ({"record": record} | claim for claim in read.claims)
        self.reports.append({"record": record} | read.report)
        if not read.placed:
            self.unplaced.append(record)
        for text in read.told:
            self._tell(text)

    def _tell(self, text: str) -> None:
        self.told[text] = self.told.get(text, 0) + 1

    def finished(self) -> Batch:
        """Return the batch by column."""
        return Batch(
            INGESTER,
            pa.array(self.records, pa.int64()),
            claim_table(_columns(self.claims), len(self.claims)),
            report_table(_columns(self.reports), len(self.reports)),
            pa.array(self.unplaced, pa.int64()),
            tuple(self.problems),
            tuple(Note(text, count) for text, count in self.told.items()),
        )


def _columns(rows: list[Row]) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def _problem(wrong: ActivityProblem, activity: Element, number: int) -> Problem:
    try:
        report, identifier = identity(activity)
    except ActivityProblem:
        report, identifier = "", None
    line = wrong.element.sourceline
    return Problem(
        f"{xpath(wrong.element, locator_of(number))} (line {line})",
        wrong.found,
        wrong.expected,
        wrong.hint,
        wrong.field,
        report if identifier else None,
        number - 1,
    )
