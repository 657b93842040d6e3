"""What is fetched from a Neo4j server: tables of a ledger in memory, filled by patterns, each claim once."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
from neo4j.time import Date

from .claims import CONTENT, EVIDENCE
from .errors import SoutherlyError
from .ledger_schema import KEYS, SAYING, SQL_TYPES, TABLES
from .neo4j_model import MODEL_VERSION
from .neo4j_server import Server
from .neo4j_state import read_state

_TEXT = pa.string()
_CLAIM = {**dict.fromkeys(("claim_id", "report", "kind", "status"), _TEXT), **CONTENT, **KEYS}
_EVIDENCE = {
    **dict.fromkeys(("claim_id", "carrier", "review", "ingester"), _TEXT),
    **EVIDENCE,
    "record": pa.int64(),
}
_JUDGEMENT = dict.fromkeys(("verdict", "subject", "object", "by", "reason"), _TEXT)
_REPORT = dict.fromkeys(("report", *(f for f in SAYING if f != "same_as"), "publisher_known_as"), _TEXT)
#: What the ledger's tables call otherwise than the nodes do.
_PROPERTY = {"claim": {"claim_id": "id"}, "report_info": {"report": "id"}}
_COPY = "ledger"  # as a view calls what it reads; this one is in memory


class Fetched:
    """Tables of a ledger in memory, filled from a server; each claim is fetched once.

    A push that began meanwhile would make half an answer from each of two graphs, so after every question to the server
    it has to hold what it held at first.

    Raises:
        SoutherlyError: if the server holds no whole graph that this version can read.

    """

    folder = None

    def __init__(self, server: Server) -> None:
        self._server = server
        self._held = _held(server)
        self.con = duckdb.connect()
        self.con.execute("SET TimeZone='UTC'")
        self.con.execute(f"ATTACH ':memory:' AS {_COPY}")
        for name, columns in TABLES.items():
            self.con.execute(f"CREATE TABLE {_COPY}.{name} ({columns})")
        told = ", ".join(f"{name} VARCHAR" for name in _REPORT)
        self.con.execute(f"CREATE TEMP TABLE report_info ({told})")  # settled already, not to be made of sayings
        self.con.execute(
            f"INSERT INTO {_COPY}.revision VALUES (?, '-infinity', 'pushed', NULL, NULL, NULL, NULL)",
            [self._held["revision"]],
        )
        self._bring("ledger.judgement", _JUDGEMENT, "MATCH (n:Southerly:Judgement)")

    def open(self) -> duckdb.DuckDBPyConnection:
        """Return the connection."""
        return self.con

    def ask(self, query: str, **values: Any) -> list[list[Any]]:
        """Return the columns of an answer of the server, its dates as ours."""
        columns = self._server.columns(query, **values)
        if _held(self._server) != self._held:
            raise SoutherlyError(
                f"{self._server.address}: another revision was pushed meanwhile; expected one graph throughout. Ask "
                "again."
            )
        return [[_native(value) for value in column] for column in columns]

    def claims(self, match: str, **values: Any) -> None:
        """Bring the claims `n` that a pattern matches, and what is known of their reports."""
        self._bring("ledger.claim", _CLAIM, match, **values)
        missing = self.con.execute(
            "SELECT DISTINCT report FROM ledger.claim WHERE report NOT IN (SELECT report FROM report_info)"
        ).fetchall()
        if missing:
            reports = [row[0] for row in missing]
            self._bring("report_info", _REPORT, "UNWIND $ids AS id MATCH (n:Report {id: id})", ids=reports)

    def evidence(self, match: str, **values: Any) -> None:
        """Bring the evidence `n` that a pattern matches."""
        self._bring("ledger.evidence", _EVIDENCE, match, **values)

    def bring_all(self) -> None:
        """Bring all live claims and their evidence."""
        self.claims("MATCH (n:Southerly:Claim)")
        self.evidence("MATCH (n:Southerly:Evidence)")

    def _bring(self, table: str, kinds: dict[str, pa.DataType], match: str, **values: Any) -> None:
        called = _PROPERTY.get(table.removeprefix("ledger."), {})
        (nodes,) = self.ask(f"{match} WITH DISTINCT n RETURN properties(n)", **values)
        filled = {}  # most columns are empty throughout; they are left out
        for column in kinds:
            name = called.get(column, column)
            found = [_native(node.get(name)) for node in nodes]
            if any(value is not None for value in found):
                filled[column] = found
        if not filled:
            return
        unnested = ", ".join(f'unnest(${i}::{SQL_TYPES[kinds[c]]}[]) AS "{c}"' for i, c in enumerate(filled, 1))
        listed = ", ".join(f'"{c}"' for c in filled)
        since = (", since", ", 0") if table.startswith("ledger.") else ("", "")
        self.con.execute(
            f"INSERT INTO {table} ({listed}{since[0]}) SELECT {listed}{since[1]} FROM (SELECT {unnested}) f "
            f"WHERE NOT EXISTS (FROM {table} h WHERE {_same(table)})",
            list(filled.values()),
        )


def _native(value: Any) -> Any:
    return value.to_native() if isinstance(value, Date) else value


def _same(table: str) -> str:
    """Return SQL for: a row `f` is here already, as `h`."""
    keys = {"claim": ("claim_id",), "evidence": ("claim_id", "carrier"), "report_info": ("report",)}
    found = keys.get(table.removeprefix("ledger."))
    return " AND ".join(f"h.{key} = f.{key}" for key in found) if found else "false"


def _held(server: Server) -> dict[str, Any]:
    """Return which graph a server holds.

    Raises:
        SoutherlyError: if there is none that can be read.

    """
    state = read_state(server)
    if not state:
        raise SoutherlyError(
            f"{server.address}: Southerly has written nothing here; expected a graph that was pushed. Push it with "
            "`southerly neo4j push`, or name another database, as in neo4j://host:7687/DATABASE."
        )
    if state.get("model") not in (None, MODEL_VERSION):
        raise SoutherlyError(
            f"{server.address}: the graph is of model {state['model']}; expected model {MODEL_VERSION}, which this "
            "Southerly reads. Push it again with this version, or upgrade Southerly if it is the older of the two."
        )
    if state.get("state") != "complete":
        raise SoutherlyError(
            f"{server.address}: a push is under way or was cut off; expected a whole graph. Ask again when it has "
            "finished, or finish it with `southerly neo4j push`."
        )
    return {name: state[name] for name in ("ledger", "revision")}
