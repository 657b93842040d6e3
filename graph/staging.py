"""Staging: what readers yielded, gathered beside the ledger and given its claim ids, before anything is written.

`claim_id` = hash of report, kind, status, normalised content and an ordinal among equals of the same carrier. Carrier,
locator, ingester and confidence are evidence and take no part, so that moving a row renews nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from .claims import CONTENT, EVIDENCE
from .columns import map_distinct, map_list_items, map_pairs
from .ledger_schema import KEYS, SAYING, columns_sql
from .names import name_key
from .sites import site_key

_STAGED_CLAIM = (
    "carrier VARCHAR, ingester VARCHAR, record BIGINT, report VARCHAR, kind VARCHAR, status VARCHAR, review VARCHAR, "
    f"{columns_sql(CONTENT)}, {columns_sql(EVIDENCE)}, {columns_sql(KEYS)}, place BIGINT"
)
_STAGED_SAYING = "carrier VARCHAR, record BIGINT, report VARCHAR, " + ", ".join(f"{c} VARCHAR" for c in SAYING)


class ReadBatch(Protocol):
    """What staging needs of a reader's batch; `ingest.reading.Batch` is one."""

    @property
    def ingester(self) -> str: ...  # noqa: D102 - described in ingest.reading
    @property
    def records(self) -> pa.Array: ...  # noqa: D102 - described in ingest.reading
    @property
    def claims(self) -> pa.Table: ...  # noqa: D102 - described in ingest.reading
    @property
    def reports(self) -> pa.Table: ...  # noqa: D102 - described in ingest.reading
    @property
    def unplaced(self) -> pa.Array: ...  # noqa: D102 - described in ingest.reading
    @property
    def problems(self) -> Iterable[Any]: ...  # noqa: D102 - described in ingest.reading


@dataclass
class Staging:
    """Batches of one run, in an embedded database of their own that may spill to disk."""

    spill: Path | None = None  # where to put what does not fit in memory
    con: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)
    carriers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.spill:
            self.con.execute("SET temp_directory = ?", [str(self.spill)])
        self.con.execute("SET TimeZone='UTC'")
        self.con.execute(f"CREATE TABLE staged ({_STAGED_CLAIM})")
        self.con.execute(f"CREATE TABLE staged_saying ({_STAGED_SAYING})")
        self.con.execute("CREATE TABLE record (carrier VARCHAR, record BIGINT, rejected BOOLEAN, unplaced BOOLEAN)")

    def add_carrier(self, carrier: str) -> None:
        """Name a carrier that was read, even if it yielded nothing: what it said before is then withdrawn."""
        if carrier not in self.carriers:
            self.carriers.append(carrier)

    def add(self, carrier: str, batch: ReadBatch) -> None:
        """Stage one batch of a carrier."""
        self.add_carrier(carrier)
        rejected = pa.array(sorted({p.record for p in batch.problems if p.record is not None}), pa.int64())
        # A carrier that could not be read at all counts as one record, set aside.
        whole = sum(1 for p in batch.problems if p.record is None)
        self._insert_records(carrier, batch.records, rejected, batch.unplaced, whole)
        claims = _with_keys(batch.claims)
        if claims.num_rows:
            self.con.register("batch", claims)
            names = ", ".join(f'"{n}"' for n in claims.column_names)
            self.con.execute(
                f"INSERT INTO staged (carrier, ingester, place, {names}) "
                f"SELECT ?, ?, (SELECT count(*) FROM staged) + row_number() OVER (), {names} FROM batch",
                [carrier, batch.ingester],
            )
            self.con.unregister("batch")
        if batch.reports.num_rows:
            self.con.register("batch", batch.reports)
            names = ", ".join(f'"{n}"' for n in batch.reports.column_names)
            self.con.execute(f"INSERT INTO staged_saying (carrier, {names}) SELECT ?, {names} FROM batch", [carrier])
            self.con.unregister("batch")

    def _insert_records(
        self, carrier: str, records: pa.Array, rejected: pa.Array, unplaced: pa.Array, whole: int
    ) -> None:
        self.con.register("read_record", pa.table({"record": pa.array(records, pa.int64())}))
        self.con.register("bad_record", pa.table({"record": rejected}))
        self.con.register("off_record", pa.table({"record": pa.array(unplaced, pa.int64())}))
        self.con.execute(
            "INSERT INTO record SELECT ?, r.record, r.record IN (SELECT record FROM bad_record), "
            "r.record IN (SELECT record FROM off_record) FROM "
            "(SELECT record FROM read_record UNION SELECT record FROM bad_record) r",
            [carrier],
        )
        if whole:
            self.con.execute("INSERT INTO record SELECT ?, -1 - range, true, false FROM range(?)", [carrier, whole])
        for name in ("read_record", "bad_record", "off_record"):
            self.con.unregister(name)

    def finish(self) -> None:
        """Give every staged claim its id. Cost: one hash and one partitioned sort of the staged claims."""
        parts = ", ".join(f"'{name}=' || {_as_text(name, kind)}" for name, kind in CONTENT.items())
        self.con.execute(
            f"""
            CREATE TABLE claim_staged AS
            WITH hashed AS (
                SELECT *, sha256(concat_ws(chr(31), report, kind, status, {parts})) AS content_hash FROM staged
            ), counted AS (
                SELECT *, row_number() OVER (PARTITION BY carrier, content_hash ORDER BY record, place) AS ordinal
                FROM hashed
            )
            SELECT * EXCLUDE (content_hash, ordinal, place), 'claim:' || left(
                CASE WHEN ordinal = 1 THEN content_hash ELSE sha256(content_hash || ':' || ordinal) END, 20
            ) AS claim_id
            FROM counted
            """
        )
        self.con.execute("DROP TABLE staged")
        columns = ", ".join(SAYING)
        self.con.execute(f"CREATE TABLE saying_staged AS SELECT DISTINCT carrier, report, {columns} FROM staged_saying")


def _as_text(name: str, kind: pa.DataType) -> str:
    return f"array_to_string(\"{name}\", chr(30))" if pa.types.is_list(kind) else f'"{name}"::VARCHAR'


def _with_keys(claims: pa.Table) -> pa.Table:
    """Add the columns of KEYS, each computed once a distinct value."""
    keyed = claims
    for column, key in (("innovation", "innovation_key"), ("exchange", "exchange_key"), ("name", "name_key")):
        keyed = keyed.append_column(key, map_distinct(claims[column], name_key, pa.string()))
    for column, key in (("partners", "partner_keys"), ("shown", "shown_keys")):
        keyed = keyed.append_column(key, map_list_items(claims[column], name_key))
    for site, country, key in (("site", "country", "site_key"), ("source_site", "source_country", "source_site_key")):
        keys = map_pairs(claims[site].combine_chunks(), claims[country].combine_chunks(), site_key, pa.string())
        keyed = keyed.append_column(key, keys)
    return keyed


