"""What committing a staging would change, worked out against the published ledger without writing to it.

A carrier that is read again withdraws only what it no longer says and no other carrier says. A retracted report stays
retracted: what a carrier says of it is counted and listed, and adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from .claims import EVIDENCE
from .ledger_schema import SAYING, TABLES
from .sql import first
from .staging import Staging
from .union import clusters_of

_EVIDENCE_COLUMNS = ("review", "ingester", "record", *EVIDENCE)


@dataclass(frozen=True, slots=True)
class Counts:
    """The parts of an ingest summary; `records["read"]` is the sum of the other records."""

    records: dict[str, int]
    claims: dict[str, int]
    reports: dict[str, int]
    retracted: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Say whether the ledger would differ afterwards."""
        return any(self.claims[k] for k in ("new", "withdrawn")) or bool(self.claims["evidence"])


def plan(staging: Staging, ledger: str | None) -> Counts:
    """Fill the `plan_*` tables of a staging and count them. `ledger` is the attached published ledger, or null."""
    con = staging.con
    if ledger is None:  # nothing published yet: plan against empty tables of the same shape
        con.execute("CREATE SCHEMA empty_ledger")
        for name, columns in TABLES.items():
            con.execute(f"CREATE TABLE empty_ledger.{name} ({columns})")
        ledger = "empty_ledger"
    con.register("read_carriers", pa.table({"carrier": pa.array(staging.carriers, pa.string())}))
    con.execute("CREATE OR REPLACE TABLE plan_carrier AS SELECT carrier FROM read_carriers")
    con.unregister("read_carriers")
    con.register("unread_carriers", pa.table({"carrier": pa.array(staging.unread, pa.string())}))
    con.execute("CREATE OR REPLACE TABLE plan_unread AS SELECT carrier FROM unread_carriers")
    con.unregister("unread_carriers")
    _plan_retracted(con, ledger)
    differs = " OR ".join(f"n.{c} IS DISTINCT FROM o.{c}" for c in _EVIDENCE_COLUMNS)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE plan_known AS SELECT claim_id FROM {ledger}.claim WHERE until IS NULL;
        CREATE OR REPLACE TABLE plan_old AS
            SELECT * FROM {ledger}.evidence WHERE until IS NULL AND carrier IN (FROM plan_carrier);
        CREATE OR REPLACE TABLE plan_keep AS
            SELECT * FROM claim_staged WHERE report NOT IN (FROM plan_retracted);
        CREATE OR REPLACE TABLE plan_close_evidence AS
            SELECT o.claim_id, o.carrier FROM plan_old o
            ANTI JOIN claim_staged s ON s.claim_id = o.claim_id AND s.carrier = o.carrier
            WHERE o.carrier NOT IN (FROM plan_unread)
            UNION ALL
            SELECT k.claim_id, k.carrier FROM plan_keep k
            JOIN plan_old o ON k.claim_id = o.claim_id AND k.carrier = o.carrier
            JOIN staged n ON n.place = k.place WHERE {differs};
        CREATE OR REPLACE TABLE plan_open_evidence AS
            SELECT k.claim_id, k.place FROM plan_keep k
            ANTI JOIN plan_old o ON k.claim_id = o.claim_id AND k.carrier = o.carrier
            UNION ALL
            SELECT k.claim_id, k.place FROM plan_keep k
            JOIN plan_old o ON k.claim_id = o.claim_id AND k.carrier = o.carrier
            JOIN staged n ON n.place = k.place WHERE {differs};
        CREATE OR REPLACE TABLE plan_close_claim AS
            SELECT DISTINCT claim_id FROM plan_close_evidence c
            WHERE claim_id NOT IN (SELECT claim_id FROM claim_staged) AND claim_id NOT IN (
                SELECT claim_id FROM {ledger}.evidence WHERE until IS NULL AND carrier NOT IN (FROM plan_carrier)
            );
        CREATE OR REPLACE TABLE plan_new_claim AS
            SELECT claim_id, min(place) AS place FROM plan_keep
            WHERE claim_id NOT IN (FROM plan_known) GROUP BY claim_id;
        """
    )
    same = " AND ".join(f"n.{c} IS NOT DISTINCT FROM o.{c}" for c in ("carrier", "report", *SAYING))
    con.execute(
        f"""
        CREATE OR REPLACE TABLE plan_old_saying AS
            SELECT * FROM {ledger}.saying WHERE until IS NULL AND carrier IN (FROM plan_carrier);
        CREATE OR REPLACE TABLE plan_open_saying AS
            SELECT * FROM saying_staged n WHERE (report NOT IN (FROM plan_retracted) OR same_as IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM plan_old_saying o WHERE {same});
        CREATE OR REPLACE TABLE plan_close_saying AS
            SELECT * EXCLUDE (since, until) FROM plan_old_saying o
            WHERE carrier NOT IN (FROM plan_unread) AND NOT EXISTS (SELECT 1 FROM saying_staged n WHERE {same});
        """
    )
    return _count(staging, ledger)


def _plan_retracted(con: Any, ledger: str) -> None:
    """List the reports that are retracted, under every key that the same report is known by."""
    pairs = con.execute(
        f"SELECT DISTINCT report, same_as FROM {ledger}.saying WHERE until IS NULL AND same_as IS NOT NULL "
        "UNION SELECT DISTINCT report, same_as FROM saying_staged WHERE same_as IS NOT NULL"
    ).fetchall()
    gone = {row[0] for row in con.execute(f"SELECT report FROM {ledger}.retraction WHERE until IS NULL").fetchall()}
    for cluster in clusters_of(pairs):
        if gone & cluster:
            gone |= cluster
    con.register("gone_reports", pa.table({"report": pa.array(sorted(gone), pa.string())}))
    con.execute("CREATE OR REPLACE TABLE plan_retracted AS SELECT report FROM gone_reports")
    con.unregister("gone_reports")


def _count(staging: Staging, ledger: str) -> Counts:
    con = staging.con
    states = dict(
        con.execute(
            """
            WITH said AS (
                SELECT carrier, record, bool_and(report IN (FROM plan_retracted)) AS gone,
                    bool_or(claim_id IN (SELECT claim_id FROM plan_new_claim)) AS fresh
                FROM claim_staged GROUP BY ALL
                UNION ALL
                SELECT s.carrier, s.record, s.report IN (FROM plan_retracted), n.report IS NOT NULL
                FROM staged_saying s
                LEFT JOIN plan_open_saying n ON n.carrier = s.carrier AND n.report = s.report
                WHERE NOT EXISTS (SELECT 1 FROM claim_staged c WHERE c.carrier = s.carrier AND c.record = s.record)
            ), folded AS (
                SELECT carrier, record, bool_and(gone) AS gone, bool_or(fresh) AS fresh FROM said GROUP BY ALL
            )
            SELECT CASE WHEN r.rejected THEN 'rejected' WHEN coalesce(f.gone, false) THEN 'retracted'
                WHEN r.unplaced THEN 'unplaced' WHEN coalesce(f.fresh, false) THEN 'claimed' ELSE 'unchanged' END,
                count(*)
            FROM record r LEFT JOIN folded f ON f.carrier = r.carrier AND f.record = r.record GROUP BY ALL
            """
        ).fetchall()
    )
    parts = {k: states.get(k, 0) for k in ("claimed", "unchanged", "rejected", "unplaced", "retracted")}
    new, kept = (
        _row(con, "SELECT count(*) FROM plan_new_claim"),
        _row(con, "SELECT count(DISTINCT claim_id) FROM plan_keep WHERE claim_id IN (FROM plan_known)"),
    )
    withdrawn = _row(con, "SELECT count(*) FROM plan_close_claim WHERE claim_id IN (FROM plan_known)")
    evidence = _row(
        con,
        "SELECT (SELECT count(*) FROM plan_open_evidence) + (SELECT count(*) FROM plan_close_evidence) + "
        "(SELECT count(*) FROM plan_open_saying) + (SELECT count(*) FROM plan_close_saying)",
    )
    fresh, known = first(
        con,
        f"""
        WITH said AS (SELECT report FROM plan_keep UNION SELECT report FROM saying_staged
                      WHERE report NOT IN (FROM plan_retracted)),
        seen AS (SELECT report FROM {ledger}.claim UNION SELECT report FROM {ledger}.saying)
        SELECT count(*) FILTER (report NOT IN (FROM seen)), count(*) FILTER (report IN (FROM seen)) FROM said
        """,
    )
    gone = tuple(
        row[0]
        for row in con.execute(
            "SELECT report FROM claim_staged WHERE report IN (FROM plan_retracted) UNION "
            "SELECT report FROM saying_staged WHERE report IN (FROM plan_retracted) ORDER BY 1"
        ).fetchall()
    )
    return Counts(
        records={"read": sum(parts.values()), **parts},
        claims={"new": new, "unchanged": kept, "withdrawn": withdrawn, "evidence": evidence},
        reports={"new": fresh, "known": known, "retracted": len(gone)},
        retracted=gone,
    )


def _row(con: Any, sql: str) -> int:
    return int(first(con, sql)[0])
