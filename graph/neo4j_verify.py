"""Whether a Neo4j database holds what the ledger says: numbers, ids and hashes of every label and relationship type.

Numbers and sums are worked out in the server; only where they differ are ids fetched, to say which.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .errors import SoutherlyError
from .identity import Identity
from .neo4j_model import CLASSES, MARKER, SHORTCUT, Link, NodeClass
from .neo4j_push import HALF, compare, ledger_sums, server_sums
from .neo4j_server import Server
from .neo4j_state import read_state
from .neo4j_tables import make_tables
from .sql import first

_SHOWN = 5  # ids named of what differs
#: Two primes below 2^31: a product of remainders fits Cypher's integers, and tells which node points to which.
_FROM, _TO = 2147483629, 1000003


@dataclass
class Compared:
    """One label, or one relationship type from a label to a label, in the ledger and on the server."""

    name: str
    ledger: int
    server: int
    same: bool
    missing: list[str] = field(default_factory=list)  # ids of which the server has not what the ledger says
    extra: list[str] = field(default_factory=list)  # ids that only the server has

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape."""
        return {
            "name": self.name,
            "ledger": self.ledger,
            "server": self.server,
            "same": self.same,
            "missing": self.missing,
            "extra": self.extra,
        }


@dataclass
class Verified:
    """What was compared, and which revision the server says it holds."""

    revision: int
    server_revision: int | None
    complete: bool
    compared: list[Compared]

    @property
    def same(self) -> bool:
        """Whether all is as the ledger says."""
        return self.complete and all(c.same for c in self.compared)


def verify(known: Identity, server: Server) -> Verified:
    """Compare a view of the default scope with what the server holds.

    Raises:
        SoutherlyError: if nothing was ever pushed there.

    """
    state = read_state(server)
    if not state:
        raise SoutherlyError(
            f"{server.address}: Southerly has written nothing here; expected a graph that was pushed. Push it with "
            "`southerly neo4j push`, or name another database."
        )
    make_tables(known)
    compared = [_nodes(known, server, cls) for cls in CLASSES]
    compared += [_links(known, server, cls, link) for cls in CLASSES for link in cls.links]
    compared += [_shortcuts(known, server), _total(known, server)]
    revision = state.get("revision")
    complete = state.get("state") == "complete" and revision == known.view.revision
    return Verified(known.view.revision, revision, complete, compared)


def _nodes(known: Identity, server: Server, cls: NodeClass) -> Compared:
    here, there = ledger_sums(known, cls), server_sums(server, cls)
    found = Compared(cls.label, here[0], there[0], here == there)
    if not found.same:
        change = compare(known, server, cls)
        found.missing, found.extra = change.write[:_SHOWN], change.remove[:_SHOWN]
    return found


def _links(known: Identity, server: Server, cls: NodeClass, link: Link) -> Compared:
    there = server.read(
        f"MATCH (a:{MARKER}:{cls.label})-[:{link.type}]->(b:{MARKER}:{link.target}) "
        f"RETURN count(*) AS links, sum((coalesce(a.hash, 0) % {_FROM}) * (coalesce(b.hash, 0) % {_TO}) % {HALF}) AS "
        "mixed"
    )[0]
    targets = " UNION ALL ".join(f"SELECT id, hash FROM {c.table}" for c in CLASSES if c.keyed == link.target)
    ids = f"unnest(list_distinct({link.sql}))" if link.many else link.sql
    here = first(
        known.view.con,
        f"""
        SELECT count(*), coalesce(sum((a.hash % {_FROM}) * (b.hash % {_TO}) % {HALF}), 0)
        FROM (SELECT t.hash, {ids} AS target FROM {cls.table} t) a JOIN ({targets}) b ON b.id = a.target
        """,
    )
    name = f"({cls.label})-[{link.type}]->({link.target})"
    return Compared(name, here[0], there["links"], (int(here[0]), int(here[1])) == (there["links"], there["mixed"]))


def _shortcuts(known: Identity, server: Server) -> Compared:
    there = server.read(
        f"MATCH (a:Country)-[r:{SHORTCUT}]->(b:Country) MATCH (t:Transfer {{id: r.transfer}}) "
        "WHERE a.iso3 = t.to_country AND b.iso3 = t.from_country AND r.innovation = t.innovation "
        "AND r.basis = t.basis RETURN count(DISTINCT r.transfer) AS right"
    )[0]["right"]
    total = server.read(f"MATCH (a:Country)-[r:{SHORTCUT}]->(b:Country) RETURN count(r) AS links")[0]["links"]
    here = int(first(known.view.con, "SELECT count(*) FROM neo_transfer")[0])
    return Compared(f"(Country)-[{SHORTCUT}]->(Country)", here, total, here == there == total)


def _total(known: Identity, server: Server) -> Compared:
    """Compare the number of all nodes of ours, so that none of an unknown class stays unseen."""
    there = server.read(f"MATCH (n:{MARKER}) RETURN count(n) AS nodes")[0]["nodes"]
    here = sum(ledger_sums(known, cls)[0] for cls in CLASSES)
    return Compared(f"all nodes marked {MARKER}", here, there, here == there)
