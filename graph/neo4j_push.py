"""Bringing a Neo4j database to what the ledger says: only what differs is sent, and nothing is sent twice for good.

A node and all that leaves it are one unit with one hash. What the server has is compared by sums first, and node by
node only for classes whose sums differ. Each batch is one transaction that does nothing if it was done already, so a
push that was cut off anywhere is finished by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import neo4j
import pyarrow as pa

from .errors import SoutherlyError
from .identity import Identity
from .neo4j_cypher import degree, of_no_class, remove_query, write_query
from .neo4j_model import CLASSES, MARKER, MODEL_VERSION, NodeClass, is_early, schema_statements
from .neo4j_server import Server
from .neo4j_state import Lock, read_state, require_ours, write_state
from .neo4j_tables import make_tables, rows_of
from .sql import first

BATCH = 2000  # nodes in a transaction; see bench/neo4j_push.py
_LONGEST_ID = 8000  # bytes; Neo4j cannot index more
#: Hashes are summed in two halves, for Cypher's integers do not wrap around.
HALF = 1 << 31

Progress = Callable[[int, int, str], None]  # done, total, what of


@dataclass
class Change:
    """What has to be done to one class of nodes."""

    cls: NodeClass
    write: list[str] = field(default_factory=list)
    mend: list[str] = field(default_factory=list)  # of those to write: their hash is right, what leaves them is not
    remove: list[str] = field(default_factory=list)
    total: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape."""
        return {
            "label": self.cls.label,
            "written": len(self.write),
            "removed": len(self.remove),
            "unchanged": self.total - len(self.write),
        }


@dataclass
class Pushed:
    """What a push did."""

    revision: int
    changes: list[Change]
    strays: int = 0  # nodes of ours of a class that this version does not know
    fresh: bool = False  # nothing of ours was there

    @property
    def nothing(self) -> bool:
        """Whether the server had it all."""
        return not self.strays and not any(change.write or change.remove for change in self.changes)


def push(
    known: Identity,
    server: Server,
    *,
    into_existing: bool = False,
    replace: bool = False,
    batch: int = BATCH,
    lock: Lock | None = None,
    on_wait: Callable[[str], None] = lambda _: None,
    on_progress: Progress = lambda _done, _total, _what: None,
) -> Pushed:
    """Bring the server to the revision of a view of the default scope.

    Args:
        known: the view.
        server: where to.
        into_existing: write although the database holds nodes of others.
        replace: write although the database holds the graph of another ledger, which then goes.
        batch: nodes in a transaction.
        lock: the right to write; null is a new one.
        on_wait: told why we wait.
        on_progress: told after each batch.

    Raises:
        SoutherlyError: if it cannot be done; what was begun is finished by the next push.

    """
    state = read_state(server)
    ledger = _ledger_id(known)
    if state.get("ledger") not in (None, ledger) and not replace:
        raise SoutherlyError(
            f"{server.address}: the database holds the graph of another ledger (revision {state.get('revision')}); "
            "expected the graph of this one. Nothing was changed. Give a database of its own with --database, or add "
            "--replace to put this one in its place."
        )
    require_ours(server, into_existing=into_existing, known=bool(state))
    make_tables(known)
    _require_short_ids(known)
    told = {"ledger": ledger, "revision": known.view.revision, "model": MODEL_VERSION}
    if state.get("state") == "complete" and all(state.get(k) == v for k, v in told.items()):
        planned = _plan(known, server)
        if planned.nothing:
            return planned
    statements = schema_statements()
    early = [s for s in statements if is_early(s)]
    for statement in early:
        server.arrange(statement)
    lock = lock or Lock(server)
    lock.take(on_wait)
    try:
        write_state(lock, {"state": "pushing", "ledger": ledger, "model": MODEL_VERSION})
        planned = _plan(known, server)
        _carry_out(known, lock, planned, batch, on_progress)
        # An index that is filled afterwards costs less than one that follows every batch.
        for statement in statements:
            if statement not in early:
                server.arrange(statement)
        server.arrange("CALL db.awaitIndexes(600)")
        write_state(lock, {"state": "complete", **told})
    finally:
        lock.release()
    return planned


def server_sums(server: Server, cls: NodeClass) -> tuple[int, ...]:
    """Return of a class on the server: the number of nodes, sums of the halves of their hashes, number of links."""
    row = server.read(
        f"MATCH (n:{MARKER}:{cls.label}) WITH n, coalesce(n.hash, 0) AS hash "
        f"RETURN count(n) AS nodes, sum(hash % {HALF}) AS low, sum(hash / {HALF}) AS high, sum({degree(cls)}) AS links"
    )[0]
    return row["nodes"], row["low"], row["high"], row["links"]


def ledger_sums(known: Identity, cls: NodeClass) -> tuple[int, ...]:
    """Return the same of the ledger's table."""
    row = first(
        known.view.con,
        f"SELECT count(*), coalesce(sum(hash % {HALF}), 0), coalesce(sum(hash // {HALF}), 0), "
        f"coalesce(sum({_links(cls)}), 0) FROM {cls.table} t",
    )
    return tuple(int(value) for value in row)


def compare(known: Identity, server: Server, cls: NodeClass) -> Change:
    """Compare a class node by node; ids in order."""
    ids, hashes, links = server.columns(
        f"MATCH (n:{MARKER}:{cls.label}) RETURN n.id, coalesce(n.hash, -1), {degree(cls)}"
    )
    known.view.register(
        "server_node", {"id": ids, "hash": hashes, "links": links}, {"hash": pa.int64(), "links": pa.int64()}
    )
    rows = known.view.con.execute(
        f"""
        SELECT coalesce(t.id, s.id) AS id,
            CASE WHEN t.id IS NULL THEN 'remove' WHEN s.id IS NULL OR s.hash <> t.hash THEN 'write'
                WHEN s.links <> {_links(cls)} THEN 'mend' END AS what
        FROM {cls.table} t FULL JOIN server_node s ON s.id = t.id WHERE what IS NOT NULL ORDER BY id
        """
    ).fetchall()
    change = Change(cls, total=ledger_sums(known, cls)[0])
    for id_, what in rows:
        if what == "remove":
            change.remove.append(id_)
            continue
        change.write.append(id_)
        if what == "mend":
            change.mend.append(id_)
    return change


def _plan(known: Identity, server: Server) -> Pushed:
    fresh = not server.read(f"MATCH (n:{MARKER}) RETURN n.id LIMIT 1")
    changes = []
    for cls in CLASSES:
        here = ledger_sums(known, cls)
        same = server_sums(server, cls) == here
        changes.append(Change(cls, total=here[0]) if same else compare(known, server, cls))
    strays = server.read(f"MATCH (n:{MARKER}) WHERE {of_no_class()} RETURN count(n) AS strays")
    return Pushed(known.view.revision, changes, strays[0]["strays"], fresh)


def _carry_out(known: Identity, lock: Lock, planned: Pushed, batch: int, on_progress: Progress) -> None:
    total = sum(len(change.write) + len(change.remove) for change in planned.changes)
    done = 0
    for change in planned.changes:
        for ids in _parts(change.mend, batch):
            _run(lock, f"UNWIND $rows AS id MATCH (n:{change.cls.keyed} {{id: id}}) REMOVE n.hash", ids)
        if change.write:
            known.view.register("wanted", {"id": change.write})
            query = write_query(change.cls, fresh=planned.fresh)
            for rows in rows_of(known, f"{change.cls.table} SEMI JOIN wanted USING (id)", batch):
                _run(lock, query, rows)
                done += len(rows)
                on_progress(done, total, change.cls.label)
    for change in reversed(planned.changes):
        for ids in _parts(change.remove, batch):
            _run(lock, remove_query(change.cls), ids)
            done += len(ids)
            on_progress(done, total, change.cls.label)
    if planned.strays:
        lock.server.arrange(
            f"MATCH (n:{MARKER}) WHERE {of_no_class()} CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF {batch} ROWS"
        )


def _run(lock: Lock, query: str, rows: list[Any]) -> None:
    def work(tx: neo4j.ManagedTransaction) -> None:
        lock.renew(tx)
        tx.run(query, rows=rows).consume()

    lock.server.write(work)


def _links(cls: NodeClass) -> str:
    """Return SQL for the same of a row `t` of the ledger's table."""
    counts = [
        f"len(list_distinct(coalesce({link.sql}, [])))" if link.many else f"({link.sql} IS NOT NULL)::INT"
        for link in cls.links
    ]
    return " + ".join([*counts, *(["1"] if cls.label == "Transfer" else [])]) or "0"


def _parts(ids: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _ledger_id(known: Identity) -> str:
    """Return what tells this ledger from others: its first revision."""
    found = first(known.view.con, "SELECT md5(to_json(r)::VARCHAR) FROM ledger.revision r WHERE revision = 1")
    return str(found[0])


def _require_short_ids(known: Identity) -> None:
    union = " UNION ALL ".join(f"SELECT id FROM {c.table}" for c in CLASSES)
    found = known.view.con.execute(
        f"SELECT left(id, 60) FROM ({union}) WHERE strlen(id) > {_LONGEST_ID} LIMIT 1"
    ).fetchall()
    if found:
        raise SoutherlyError(
            f"{found[0][0]}…: a name of more than {_LONGEST_ID} bytes; expected one that Neo4j can index. Nothing was "
            "changed. Mend the name in the report and ingest it again."
        )
