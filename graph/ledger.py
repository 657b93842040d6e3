"""The ledger: every claim and judgement there ever was, by revision. Only this module writes to it.

Invariant: a revision is published whole or not at all; readers open published files only (see `ledger_files`).
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from .claims import CONTENT
from .errors import SoutherlyError
from .ledger_files import current_file, has_ledger, publish, start_draft, writer_lock
from .ledger_schema import KEYS, SAYING, SCHEMA_VERSION, TABLES
from .plan import Counts, plan
from .sql import first
from .staging import Staging
from .verdicts import STANDS_FOR

_ATTACHED = "ledger"
_EVIDENCE = ("record", "review", "locator", "quote", "method", "confidence", "ingester")


@dataclass(frozen=True, slots=True)
class Draft:
    """An unpublished copy of the ledger, open for writing, and the number that it will have."""

    con: duckdb.DuckDBPyConnection
    revision: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one graph directory."""

    folder: Path

    def exists(self) -> bool:
        """Say whether anything was ever published here."""
        return has_ledger(self.folder)

    def open(self) -> duckdb.DuckDBPyConnection:
        """Return a private connection with the current revision attached, read-only, as `ledger`.

        The file never changes under it, whatever writers publish meanwhile.

        Raises:
            NoLedger: if there is none.

        """
        con = duckdb.connect()
        con.execute("SET TimeZone='UTC'")
        for attempt in range(10):
            path = current_file(self.folder)
            try:
                con.execute(f"ATTACH '{_quoted(path)}' AS {_ATTACHED} (READ_ONLY)")
                break
            except duckdb.IOException:
                # The pointer moved on twice between reading it and opening the file; read it again.
                if attempt == 9 or path == current_file(self.folder):
                    raise
        version = first(con, f"SELECT value FROM {_ATTACHED}.meta WHERE key = 'schema'")
        if version[0] != str(SCHEMA_VERSION):
            raise SoutherlyError(
                f"{self.folder}: this graph is in ledger format {version[0]}, and this Southerly reads format "
                f"{SCHEMA_VERSION}. Upgrade Southerly if it is older, else ingest the reports into a new folder."
            )
        return con

    def revision(self) -> int:
        """Return the number of the published revision, 0 if there is none."""
        if not self.exists():
            return 0
        with contextlib.closing(self.open()) as con:
            return _last_revision(con)

    def commit(
        self,
        staging: Staging,
        *,
        what: str,
        now: datetime | None = None,
        dry_run: bool = False,
        on_wait: Callable[[], None] | None = None,
    ) -> tuple[Counts, int]:
        """Commit what readers yielded, all or nothing; return the counts and the revision that now holds.

        Nothing is published when nothing changed. `dry_run` only counts.
        """
        staging.finish()
        con = staging.con
        with contextlib.nullcontext() if dry_run else writer_lock(self.folder, on_wait):
            before = 0
            if self.exists():
                con.execute(f"ATTACH '{_quoted(current_file(self.folder))}' AS published (READ_ONLY)")
                before = _last_revision(con, "published")
            counts = plan(staging, "published" if before else None)
            if before:
                con.execute("DETACH published")
            if dry_run or not counts.changes:
                return counts, before
            with self._draft(con, what=what, now=now, detail=counts.records | counts.claims) as draft:
                _apply(draft)
        return counts, before + 1

    @contextlib.contextmanager
    def write(
        self,
        *,
        what: str,
        by: str | None = None,
        reason: str | None = None,
        undoes: int | None = None,
        now: datetime | None = None,
        on_wait: Callable[[], None] | None = None,
    ) -> Iterator[Draft]:
        """Open a draft for a judgement, retraction or undo; it is published when the block ends without an error."""
        current_file(self.folder)  # raises NoLedger before a lock file is made
        with (
            contextlib.closing(duckdb.connect()) as con,
            writer_lock(self.folder, on_wait),
            self._draft(con, what=what, by=by, reason=reason, undoes=undoes, now=now) as draft,
        ):
            yield draft

    @contextlib.contextmanager
    def _draft(
        self,
        con: duckdb.DuckDBPyConnection,
        *,
        what: str,
        by: str | None = None,
        reason: str | None = None,
        undoes: int | None = None,
        now: datetime | None = None,
        detail: dict[str, int] | None = None,
    ) -> Iterator[Draft]:
        path = start_draft(self.folder)
        fresh = not path.exists()
        try:
            con.execute("SET TimeZone='UTC'")
            con.execute(f"ATTACH '{_quoted(path)}' AS {_ATTACHED}")
            if fresh:
                for name, columns in TABLES.items():
                    con.execute(f"CREATE TABLE {_ATTACHED}.{name} ({columns})")
                con.execute(f"INSERT INTO {_ATTACHED}.meta VALUES ('schema', ?)", [str(SCHEMA_VERSION)])
            revision = _last_revision(con) + 1
            yield Draft(con, revision)
            con.execute(
                f"INSERT INTO {_ATTACHED}.revision VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    revision,
                    (now or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None),
                    what,
                    by,
                    reason,
                    undoes,
                    json.dumps(detail, sort_keys=True) if detail else None,
                ],
            )
            con.execute(f"CHECKPOINT {_ATTACHED}")
            con.execute(f"DETACH {_ATTACHED}")
            publish(self.folder, path, revision)
        except BaseException:
            with contextlib.suppress(duckdb.Error):
                con.execute(f"DETACH {_ATTACHED}")
            path.unlink(missing_ok=True)
            raise


def close_rows(draft: Draft, table: str, condition: str, values: list[Any]) -> int:
    """End the open rows of a table that meet a condition; return how many."""
    found = draft.con.execute(
        f"UPDATE {_ATTACHED}.{table} SET until = ? WHERE until IS NULL AND ({condition}) RETURNING 1",
        [draft.revision, *values],
    ).fetchall()
    return len(found)


def add_claims(draft: Draft, staging: Staging) -> list[str]:
    """Add the claims of a staging and their evidence to a draft, and withdraw nothing; return the ids of the claims.

    What is there already stays as it is.
    """
    staging.finish()
    rows = staging.con.sql("SELECT s.*, c.claim_id FROM staged s JOIN claim_staged c USING (place)")
    draft.con.register("added", rows.to_arrow_table())
    said = ", ".join(f'"{c}"' for c in ("claim_id", "report", "kind", "status", *CONTENT, *KEYS))
    draft.con.execute(
        f"INSERT INTO {_ATTACHED}.claim ({said}, since) SELECT DISTINCT ON (claim_id) {said}, $r FROM added "
        f"WHERE claim_id NOT IN (SELECT claim_id FROM {_ATTACHED}.claim WHERE until IS NULL)",
        {"r": draft.revision},
    )
    known = ", ".join(("claim_id", "carrier", *_EVIDENCE))
    draft.con.execute(
        f"INSERT INTO {_ATTACHED}.evidence ({known}, since) SELECT {known}, $r FROM added a WHERE NOT EXISTS (FROM "
        f"{_ATTACHED}.evidence e WHERE e.until IS NULL AND e.claim_id = a.claim_id AND e.carrier = a.carrier)",
        {"r": draft.revision},
    )
    ids = draft.con.execute("SELECT DISTINCT claim_id FROM added ORDER BY 1").fetchall()
    draft.con.unregister("added")
    return [row[0] for row in ids]


#: Of each table: what makes two rows two states of one thing, of which one at most may be open; and what a row says.
_STATES = {
    "evidence": ("claim_id || '|' || carrier", "concat_ws('|', claim_id, carrier, record, locator)"),
    "saying": (_SAID := f"concat_ws('|', carrier, report, {', '.join(SAYING)})", _SAID),
    "judgement": (STANDS_FOR, "concat_ws('|', verdict, subject, object, \"by\")"),
    "retraction": ("report", "report"),
}


def revert(draft: Draft, revision: int) -> int:
    """Close what a revision opened and reopen what it closed; return how many rows changed.

    What a later revision changed again is left alone; what was undone since and brought back is still the revision's.
    Claims follow their evidence.
    """
    changed = 0
    undone = f"SELECT revision FROM {_ATTACHED}.revision WHERE undoes IS NOT NULL"
    for table, (key, says) in _STATES.items():
        full = f"{_ATTACHED}.{table}"
        changed += close_rows(
            draft,
            table,
            f"since = ? OR (since IN ({undone}) AND {says} IN (SELECT {says} FROM {full} WHERE since = ?))",
            [revision, revision],
        )
        reopened = draft.con.execute(
            f"INSERT INTO {full} SELECT * EXCLUDE (since, until), ?, NULL FROM {full} "
            f"WHERE (until = ? OR (until IN ({undone}) AND {says} IN (SELECT {says} FROM {full} WHERE until = ?))) "
            f"AND {key} NOT IN (SELECT {key} FROM {full} WHERE until IS NULL) "
            f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY until DESC, since DESC) = 1 RETURNING 1",
            [draft.revision, revision, revision],
        ).fetchall()
        changed += len(reopened)
    return changed + _follow_evidence(draft)


def _follow_evidence(draft: Draft) -> int:
    """Make claims live exactly while some carrier says them; return how many began or ended."""
    held = f"SELECT claim_id FROM {_ATTACHED}.evidence WHERE until IS NULL"
    ended = close_rows(draft, "claim", f"claim_id NOT IN ({held})", [])
    began = draft.con.execute(
        f"INSERT INTO {_ATTACHED}.claim SELECT * EXCLUDE (since, until), ?, NULL FROM {_ATTACHED}.claim "
        f"WHERE claim_id IN ({held}) "
        f"AND claim_id NOT IN (SELECT claim_id FROM {_ATTACHED}.claim WHERE until IS NULL) "
        "QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY since DESC) = 1 RETURNING 1",
        [draft.revision],
    ).fetchall()
    return ended + len(began)


def _apply(draft: Draft) -> None:
    """Write the plan of a staging into the draft."""
    con, revision = draft.con, draft.revision
    content = ", ".join(f'"{c}"' for c in (*CONTENT, *KEYS))
    evidence = ", ".join(_EVIDENCE)
    saying = ", ".join(("carrier", "report", *SAYING))
    same = " AND ".join(f"s.{c} IS NOT DISTINCT FROM c.{c}" for c in ("carrier", "report", *SAYING))
    for sql in (
        f"UPDATE {_ATTACHED}.evidence e SET until = $r FROM plan_close_evidence c "
        "WHERE e.until IS NULL AND e.claim_id = c.claim_id AND e.carrier = c.carrier",
        f"UPDATE {_ATTACHED}.claim SET until = $r WHERE until IS NULL AND claim_id IN (FROM plan_close_claim)",
        f"UPDATE {_ATTACHED}.saying s SET until = $r FROM plan_close_saying c WHERE s.until IS NULL AND {same}",
        f"INSERT INTO {_ATTACHED}.claim (claim_id, report, kind, status, {content}, since) "
        f"SELECT n.claim_id, s.report, s.kind, s.status, {content}, $r "
        "FROM staged s JOIN plan_new_claim n USING (place)",
        f"INSERT INTO {_ATTACHED}.evidence (claim_id, carrier, {evidence}, since) "
        f"SELECT n.claim_id, s.carrier, {evidence}, $r FROM staged s JOIN plan_open_evidence n USING (place)",
        f"INSERT INTO {_ATTACHED}.saying ({saying}, since) SELECT {saying}, $r FROM plan_open_saying ORDER BY ALL",
    ):
        con.execute(sql, {"r": revision})


def _last_revision(con: duckdb.DuckDBPyConnection, ledger: str = _ATTACHED) -> int:
    return int(first(con, f"SELECT coalesce(max(revision), 0) FROM {ledger}.revision")[0])


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
