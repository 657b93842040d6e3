"""What every reader yields: batches of claims, the reports they quote, and the records it had to set aside.

A reader is a function `read(carrier) -> Iterator[Batch]`. It opens one file, knows nothing of the ledger, and never
raises for what the file says: bad records become problems, the good ones still come out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from ..graph.claims import claims_from, report_table


@dataclass(frozen=True, slots=True)
class Carrier:
    """A file that reports are read from."""

    path: Path
    name: str  # how the carrier is known from run to run: `--carrier`, else the path as given, else the content hash


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that was set aside, in four parts: where, what was found, what was expected, what to do next."""

    locator: str
    found: str
    expected: str
    hint: str
    field: str | None = None
    report: str | None = None
    record: int | None = None  # null: the carrier as a whole could not be read


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell that set nothing aside: a date kept in words, a column that no field carries."""

    text: str
    count: int = 1


def _no_claims() -> pa.Table:
    return claims_from([])


def _no_reports() -> pa.Table:
    return report_table({"record": [], "report": []}, 0)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of a carrier, by column.

    `records` numbers every record read, also those without claims and those in `problems`; `unplaced` is the subset
    that names no country or site that could be drawn on a map. Record numbers are unique within the carrier.
    """

    ingester: str  # name and version: "reverse-innovations/1"
    records: pa.Array  # int64
    claims: pa.Table = field(default_factory=_no_claims)  # schema CLAIM
    reports: pa.Table = field(default_factory=_no_reports)  # schema REPORT
    unplaced: pa.Array = field(default_factory=lambda: pa.array([], pa.int64()))
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
