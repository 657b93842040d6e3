"""Staging: what readers yielded, gathered beside the ledger and given its claim ids, before anything is written.

`claim_id` = hash of report, kind, status, normalised content and an ordinal among equals of the same carrier. Carrier,
locator, ingester and confidence are evidence and take no part, so that moving a row renews nothing. Columns that are
null take no part either, so that a new column renews nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .claims import CLAIM, CONTENT
from .columns import first_of_each, map_distinct, map_list_items, map_pairs
from .ledger_schema import KEYS, SAYING
from .names import name_key
from .sites import site_key

_MEMORY = "2GB"  # what a staging keeps in memory before it spills

_FLUSH = 100_000  # rows that wait before they are staged together

#: Kinds that a report says once, however many rows of it repeat them: naming and beginning are not countable events.
_SAID_ONCE = ("name", "origin")

#: A staged claim as it lies on disk.
_STAGED = pa.schema(
    [
        *CLAIM,
        *(pa.field(name, kind) for name, kind in KEYS.items()),
        *(pa.field(name, pa.string()) for name in ("carrier", "ingester")),
        pa.field("place", pa.int64()),
    ]
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
    """Batches of one run, beside the ledger: the claims in Parquet files, their hashes in a database of its own.

    Parquet, since most columns of most claims are null and cost nothing there. `close` removes the files.
    """

    carriers: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # not read whole, so what they said before is not withdrawn
    con: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)
    _placed: int = field(default=0, init=False)  # claims staged so far; numbers their places
    _files: int = field(default=0, init=False)
    _rows: int = field(default=0, init=False)  # rows waiting to be staged

    def __post_init__(self) -> None:
        self._waiting: dict[str, list[pa.Table]] = {"record": [], "claim": [], "saying": []}
        self._folder = tempfile.TemporaryDirectory(prefix="southerly-")
        self.con.execute("SET temp_directory = ?", [self._folder.name])
        self.con.execute(f"SET memory_limit = '{_MEMORY}'")
        self.con.execute("SET preserve_insertion_order = false")
        self.con.execute("SET TimeZone = 'UTC'")
        self.con.execute(
            "CREATE TABLE staged_hash (carrier VARCHAR, record BIGINT, report VARCHAR, kind VARCHAR, place BIGINT, "
            "rank TINYINT, content_hash VARCHAR)"
        )
        self.con.execute(f"CREATE TABLE staged_saying ({_STAGED_SAYING})")
        self.con.execute("CREATE TABLE record (carrier VARCHAR, record BIGINT, rejected BOOLEAN, unplaced BOOLEAN)")
        self._write(_STAGED.empty_table())  # so that the files have all columns, whatever else is staged

    def close(self) -> None:
        """Remove what was staged."""
        self.con.close()
        self._folder.cleanup()

    def add_carrier(self, carrier: str) -> None:
        """Name a carrier that was read, even if it yielded nothing: what it said before is then withdrawn."""
        if carrier not in self.carriers:
            self.carriers.append(carrier)

    def add(self, carrier: str, batch: ReadBatch) -> None:
        """Stage one batch of a carrier. A carrier with a problem of its own was not read whole."""
        self.add_carrier(carrier)
        # A carrier that could not be read at all counts as one record, set aside.
        whole = sum(1 for p in batch.problems if p.record is None)
        if whole and carrier not in self.unread:
            self.unread.append(carrier)
        rejected = {p.record for p in batch.problems if p.record is not None}
        self._wait("record", _records(carrier, batch.records, rejected, batch.unplaced, whole))
        self._wait("claim", _marked(batch.claims, carrier=carrier, ingester=batch.ingester))
        self._wait("saying", _marked(batch.reports, carrier=carrier))
        if self._rows > _FLUSH:
            self._flush()

    def _wait(self, table: str, rows: pa.Table) -> None:
        """Keep rows back until there are enough: many small files cost no more than one large one."""
        self._waiting[table].append(rows)
        self._rows += rows.num_rows

    def _flush(self) -> None:
        waiting = {name: pa.concat_tables(tables) for name, tables in self._waiting.items() if tables}
        self._waiting, self._rows = {"record": [], "claim": [], "saying": []}, 0
        for name, table in (("record", "record"), ("saying", "staged_saying")):
            if name in waiting:
                self.con.register("batch", waiting[name])
                self.con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM batch")
                self.con.unregister("batch")
        if "claim" in waiting:
            kinds = waiting["claim"]["kind"]
            for kind in pc.unique(kinds).to_pylist():
                self._insert_claims(waiting["claim"].filter(pc.equal(kinds, kind)))

    def _insert_claims(self, claims: pa.Table) -> None:
        """Stage claims of one kind: their rows to a file, their content hashes to the database."""
        keyed = _with_keys(_once(claims))
        used = [n for n in keyed.column_names if keyed[n].null_count < keyed.num_rows]
        parts = "".join(f", '{n}=' || {_as_text(n, CONTENT[n])}" for n in CONTENT if n in used)
        places = pa.array(range(self._placed, self._placed + keyed.num_rows), pa.int64())
        self._placed += keyed.num_rows
        staged = keyed.select(used).append_column("place", places)
        self._write(staged)
        self.con.register("batch", staged)
        self.con.execute(
            f"INSERT INTO staged_hash SELECT carrier, record, report, kind, place, {self._rank(used)}, "
            f"sha256(concat_ws(chr(31), report, kind, status{parts})) FROM batch"
        )
        self.con.unregister("batch")

    def _rank(self, used: list[str]) -> str:
        """Return SQL for how well a claim stands among its equals: accepted first, then the surest."""
        sure = "CASE confidence WHEN 'high' THEN 0 WHEN 'medium' THEN 1 WHEN 'low' THEN 2 ELSE 3 END"
        return f"(review <> 'accepted')::TINYINT * 4 + {sure if 'confidence' in used else 3}"

    def _write(self, claims: pa.Table) -> None:
        pq.write_table(claims, Path(self._folder.name) / f"claims-{self._files:06d}.parquet", compression="zstd")
        self._files += 1

    def finish(self) -> None:
        """Give every staged claim its id. Cost: one partitioned sort of hashes; the claims themselves are not moved."""
        self._flush()
        once = ", ".join(f"'{kind}'" for kind in _SAID_ONCE)
        self.con.execute(
            f"""
            CREATE TABLE claim_staged AS
            WITH counted AS (
                SELECT *, row_number() OVER (
                    PARTITION BY carrier, content_hash ORDER BY CASE WHEN kind IN ({once}) THEN rank ELSE 0 END, place
                ) AS ordinal FROM staged_hash
            )
            SELECT carrier, record, report, place, 'claim:' || left(
                CASE WHEN ordinal = 1 THEN content_hash ELSE sha256(content_hash || ':' || ordinal) END, 20
            ) AS claim_id
            FROM counted WHERE ordinal = 1 OR kind NOT IN ({once})
            """
        )
        files = str(Path(self._folder.name) / "claims-*.parquet").replace("'", "''")
        self.con.execute(f"CREATE VIEW staged AS SELECT * FROM read_parquet('{files}', union_by_name = true)")
        columns = ", ".join(SAYING)
        self.con.execute(f"CREATE TABLE saying_staged AS SELECT DISTINCT carrier, report, {columns} FROM staged_saying")


def _marked(rows: pa.Table, **marks: str) -> pa.Table:
    """Append a column of one value for each mark."""
    for name, value in marks.items():
        rows = rows.append_column(name, pa.repeat(pa.scalar(value), rows.num_rows))
    return rows


def _records(carrier: str, read: pa.Array, rejected: set[int], unplaced: pa.Array, whole: int) -> pa.Table:
    """Return one row a record that was read, also those that were set aside and those of a carrier as a whole."""
    bad = pa.array(sorted(rejected), pa.int64())
    read = pa.array(read, pa.int64())
    extra = pa.array([*bad.filter(pc.invert(pc.is_in(bad, read))).to_pylist(), *range(-whole, 0)], pa.int64())
    records = pa.concat_arrays([read.combine_chunks() if isinstance(read, pa.ChunkedArray) else read, extra])
    set_aside = pc.or_(pc.is_in(records, bad), pc.less(records, 0))
    table = pa.table(
        {"record": records, "rejected": set_aside, "unplaced": pc.is_in(records, pa.array(unplaced, pa.int64()))}
    )
    return _marked(table, carrier=carrier)


def _as_text(name: str, kind: pa.DataType) -> str:
    """Return SQL for a value as text that no other value can be mistaken for, null for null."""
    if pa.types.is_list(kind):
        return f'to_json("{name}")::VARCHAR'
    return f"""length("{name}") || ':' || "{name}\"""" if kind == pa.string() else f'"{name}"::VARCHAR'


def _once(claims: pa.Table) -> pa.Table:
    """Drop what a report repeats of a kind that it says once, before it costs anything."""
    if claims["kind"][0].as_py() not in _SAID_ONCE:
        return claims
    told = [
        "carrier",
        "report",
        "status",
        "review",
        "confidence",
        *(n for n in CONTENT if claims[n].null_count < claims.num_rows),
    ]
    if any(pa.types.is_list(claims[n].type) for n in told):
        return claims
    return claims.take(first_of_each([claims[n] for n in told]))


def _with_keys(claims: pa.Table) -> pa.Table:
    """Add the columns of KEYS, each computed once a distinct value."""
    keyed = claims
    for column, key in (("innovation", "innovation_key"), ("exchange", "exchange_key"), ("name", "name_key")):
        keyed = keyed.append_column(key, map_distinct(claims[column], name_key, pa.string()))
    for column, key in (("partners", "partner_keys"), ("shown", "shown_keys")):
        keyed = keyed.append_column(key, map_list_items(claims[column], name_key))
    for site, country, key in (
        ("site", "country", "site_key"),
        ("source_site", "source_country", "source_site_key"),
    ):
        keys = map_pairs(claims[site].combine_chunks(), claims[country].combine_chunks(), site_key, pa.string())
        keyed = keyed.append_column(key, keys)
    return keyed
