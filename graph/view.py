"""A view: the claims that count, as of one revision and under one scope. Everything computed starts from it.

`visible` (a view in the connection) holds the claims that are live at the revision, whose report is not retracted, and
which review, status and confidence let through; `report` in it is the canonical key of the report, and `exchange_key`
that of the exchange that the report means (see `exchanges`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import pyarrow as pa

from .errors import WrongUse
from .exchanges import map_exchanges
from .fused_files import Kept
from .ledger_schema import SAYING, SPELLED, SQL_TYPES
from .reach import Here, Reach
from .sql import first
from .union import clusters_of
from .verdicts import JUDGED

if TYPE_CHECKING:
    from pathlib import Path

    from .aggregates import Aggregates

CONFIDENCES = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which claims count. The default is what a reader expects: accepted claims of what did happen, as known now."""

    as_of: str | None = None  # a revision number or a date (what was known by the end of that day)
    statuses: tuple[str, ...] = ("actual",)
    candidates: bool = False  # also claims that nobody has reviewed
    min_confidence: str | None = None
    possible: bool = False  # also what only possibly matches a filter


class Source(Protocol):
    """Where claims come from: a ledger, or what was fetched from a server."""

    @property
    def folder(self) -> Path | None:
        """Where the fused view may be kept; null is nowhere."""

    def open(self) -> duckdb.DuckDBPyConnection:
        """Return a private connection with the tables of a ledger attached as `ledger`."""


class View:
    """A connection to one revision of a ledger with the claims of a scope made visible."""

    def __init__(self, ledger: Source, scope: Scope | None = None, *, fresh: bool = False) -> None:
        """Open the current revision of a ledger; `fresh` computes everything, whatever is kept."""
        self.scope = scope or Scope()
        self.con: duckdb.DuckDBPyConnection = ledger.open()
        self.revision = _revision_at(self.con, self.scope.as_of)
        for table in SPELLED:
            self.con.execute(
                f"CREATE TEMP VIEW {table}_at AS SELECT * EXCLUDE (since, until) FROM ledger.{table} "
                f"WHERE since <= {self.revision} AND (until IS NULL OR until > {self.revision})"
            )
        #: Whether the fused view may be kept: the scope is the default one, in which `possible` only concerns filters.
        self.keeps = not fresh and replace(self.scope, possible=False) == Scope()
        #: The kept fused view of this revision, if the scope is its scope.
        self.kept = Kept(self.con, ledger.folder, self.revision)
        if self.keeps:
            self.kept.open()
        #: How a question gets at what it needs; a view of a server has its own.
        self.reach: Reach = Here(self)
        #: Who counts over the whole graph; null is whoever has the fused tables here.
        self.aggregates: Aggregates | None = None
        self.shows_kept = False  # whether the fused tables are the kept ones, uncopied
        if not self.kept.take("report_map"):
            self._map_reports()
        if not self.kept.take("exchange_map"):
            map_exchanges(self)
        unrated = 0 if self.kept.take("hidden_claim") else self._hide_claims()
        statuses = ", ".join(f"'{s}'" for s in self.scope.statuses if s.isalpha())
        self.con.execute(
            f"""
            CREATE TEMP VIEW visible AS
            SELECT c.* EXCLUDE (report) REPLACE (coalesce(x.own, c.exchange_key) AS exchange_key),
                coalesce(m.canonical, c.report) AS report
            FROM claim_at c LEFT JOIN report_map m ON m.report = c.report
            LEFT JOIN exchange_map x
                ON x.exchange_key = c.exchange_key AND x.report = coalesce(m.canonical, c.report)
            WHERE c.status IN ({statuses or "'actual'"}) AND coalesce(NOT m.retracted, true)
                AND c.claim_id NOT IN (FROM hidden_claim)
            """
        )
        #: What a reader of any answer should be told of this view.
        self.notes = self._notes(unrated)

    def rows(self, sql: str, values: Any = None) -> list[dict[str, Any]]:
        """Return the rows of a query as dictionaries."""
        result = self.con.execute(sql, values) if values is not None else self.con.execute(sql)
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def register(self, name: str, columns: dict[str, list[Any]], types: dict[str, pa.DataType] | None = None) -> None:
        """Make a temporary table of some columns (text unless `types` says otherwise)."""
        # As parameters: making an Arrow array of a list would import pandas, which takes longer than most questions.
        kinds = {k: SQL_TYPES[(types or {}).get(k, pa.string())] for k in columns}
        chosen = ", ".join(f'unnest(${i}::{kind}[]) AS "{k}"' for i, (k, kind) in enumerate(kinds.items(), 1))
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {chosen}", list(columns.values()))

    def _map_reports(self) -> None:
        """Map every key of a report to its canonical one: the least key of all that are said to be the same."""
        pairs = self.con.execute("SELECT DISTINCT report, same_as FROM saying_at WHERE same_as IS NOT NULL").fetchall()
        gone = {row[0] for row in self.con.execute("SELECT report FROM retraction_at").fetchall()}
        keys: dict[str, tuple[str, bool]] = {key: (key, True) for key in gone}
        for cluster in clusters_of(pairs):
            retracted = bool(cluster & gone)
            keys.update({key: (min(cluster), retracted) for key in cluster})
        self.register(
            "report_map",
            {
                "report": list(keys),
                "canonical": [value[0] for value in keys.values()],
                "retracted": [value[1] for value in keys.values()],
            },
            {"retracted": pa.bool_()},
        )

    def _hide_claims(self) -> int:
        """List the claims that review or confidence keeps back; return how many had no confidence to judge by."""
        self.con.execute(
            f"""
            CREATE TEMP TABLE hidden_claim AS
            WITH said AS (
                SELECT claim_id, bool_or(review = 'accepted') AS accepted, bool_and(review = 'refused') AS refused
                FROM evidence_at
                WHERE claim_id IN (SELECT claim_id FROM evidence_at WHERE review <> 'accepted') GROUP BY claim_id
            ), judged AS ({JUDGED})
            SELECT s.claim_id FROM said s
            WHERE NOT s.accepted AND (s.refused OR NOT ?) AND s.claim_id NOT IN (
                SELECT claim_id FROM judged WHERE verdict = 'accept')
            UNION
            SELECT claim_id FROM judged WHERE verdict = 'reject'
            """,
            [self.scope.candidates],
        )
        if self.scope.candidates:
            self._list_candidates()
        if not self.scope.min_confidence:
            return 0
        least = CONFIDENCES.index(self.scope.min_confidence)
        ranked = " ".join(f"WHEN '{c}' THEN {i}" for i, c in enumerate(CONFIDENCES))
        self.con.execute(
            f"""
            CREATE TEMP TABLE rated AS
            SELECT claim_id, max(CASE confidence {ranked} END) AS rank FROM evidence_at GROUP BY claim_id
            """
        )
        self.con.execute(
            "INSERT INTO hidden_claim SELECT claim_id FROM rated WHERE rank < ? OR (rank IS NULL AND NOT ?)",
            [least, self.scope.possible],
        )
        return 0 if self.scope.possible else int(first(self.con, "SELECT count(*) FROM rated WHERE rank IS NULL")[0])

    def _list_candidates(self) -> None:
        """List the claims that nobody has accepted: neither a carrier nor a judgement."""
        self.con.execute(
            f"""
            CREATE TEMP TABLE candidate_claim AS
            WITH said AS (
                SELECT claim_id FROM evidence_at
                WHERE claim_id IN (SELECT claim_id FROM evidence_at WHERE review <> 'accepted')
                GROUP BY claim_id HAVING NOT bool_or(review = 'accepted')
            ), judged AS ({JUDGED})
            FROM said EXCEPT SELECT claim_id FROM judged WHERE verdict = 'accept'
            """
        )

    def _notes(self, unrated: int) -> list[str]:
        notes = []
        if unrated:
            notes.append(f"{unrated} more claims have no confidence and possibly match; --possible includes them.")
        if self.scope.candidates:
            counted = "SELECT count(*) FROM visible WHERE claim_id IN (SELECT claim_id FROM candidate_claim)"
            (unreviewed,) = first(self.con, counted)
            if unreviewed:
                notes.append(
                    f"Claims of this graph that are counted though nobody has reviewed them: {unreviewed:,}. What is "
                    "listed and rests on such claims alone is marked candidate."
                )
        return notes

    def make_report_table(self) -> None:
        """Make `report_info`: for each canonical report what most carriers say of it, ties by code point.

        A publisher that nobody names is known by the host of the address, or by the registrant in the DOI's prefix.
        """
        if _exists(self.con, "report_info") or self.kept.take("report_info"):
            return
        fields = [f for f in SAYING if f != "same_as"]
        chosen = ", ".join(
            f"(SELECT value FROM votes v WHERE v.report = r.report AND v.field = '{f}' "
            f"ORDER BY n DESC, value LIMIT 1) AS {f}"
            for f in fields
        )
        unpivoted = " UNION ALL ".join(
            f"SELECT report, '{f}' AS field, {f} AS value, carrier FROM said WHERE {f} IS NOT NULL" for f in fields
        )
        self.con.execute(
            f"""
            CREATE TEMP TABLE report_info AS
            WITH said AS (
                SELECT coalesce(m.canonical, s.report) AS report, s.* EXCLUDE (report)
                FROM saying_at s LEFT JOIN report_map m ON m.report = s.report WHERE coalesce(NOT m.retracted, true)
            ), votes AS (
                SELECT report, field, value, count(DISTINCT carrier) AS n FROM ({unpivoted}) GROUP BY ALL
            ), r AS (SELECT DISTINCT report FROM said), told AS (SELECT r.report, {chosen} FROM r)
            SELECT *, coalesce(
                publisher,
                nullif(regexp_extract(lower(url), '^https?://(www\\.|(dx\\.)?doi\\.org)?([^/:?#]*)', 3), ''),
                nullif(regexp_extract(report, '^doi:10\\.[0-9]+'), ''),
                report
            ) AS publisher_known_as FROM told
            """
        )


def _revision_at(con: duckdb.DuckDBPyConnection, as_of: str | None) -> int:
    if as_of is None:
        (found,) = first(con, "SELECT coalesce(max(revision), 0) FROM ledger.revision")
    elif as_of.isascii() and as_of.isdecimal():
        (found,) = first(con, "SELECT max(revision) FROM ledger.revision WHERE revision = ?", [int(as_of)])
        found = 0 if int(as_of) == 0 else found  # before anything was read
    else:
        try:
            moment = datetime.combine(date.fromisoformat(as_of), time.max)
        except ValueError:
            raise WrongUse(
                f"--as-of {as_of!r} is neither a revision number nor a date such as 2026-03-01. See `southerly log`."
            ) from None
        (found,) = first(con, 'SELECT coalesce(max(revision), 0) FROM ledger.revision WHERE "at" <= ?', [moment])
    if found is None:
        raise WrongUse(f"There is no revision {as_of}. See `southerly log` for those that there are.")
    return int(found)


def _exists(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    sql = "SELECT count(*) FROM information_schema.tables WHERE table_name = ? AND table_catalog = 'temp'"
    return bool(first(con, sql, [table])[0])
