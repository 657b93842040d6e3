"""The node that says what a Neo4j database holds of ours, and who may write: one push at a time, for a lease.

Every transaction of a push renews the lease and fails if another has taken it, so two pushes never write at once,
even if one of them was only slow. A push on this machine whose process is gone is not waited for.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import neo4j

from .errors import SoutherlyError
from .neo4j_model import CLASSES, MARKER, STATE
from .neo4j_server import Server

LEASE = 30  # seconds
_PAUSE = 0.5
_ID = "southerly"


def _holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(8)}"


@dataclass
class Lock:
    """The right to write, held by one push."""

    server: Server
    lease: int = LEASE
    holder: str = field(default_factory=_holder)

    def take(self, on_wait: Callable[[str], None]) -> None:
        """Take the lock; wait for a lease that nobody renews.

        Raises:
            SoutherlyError: if another push is at work.

        """
        seen: str | None = None
        end = time.monotonic() + self.lease * 1.5
        while (other := self.server.write(self._try)) is not None:
            holder, lease = other
            if _is_dead(holder):
                self.server.write(partial(self._free, holder=holder))
                continue
            if seen is None:
                seen = lease
                on_wait(f"Another push ({_named(holder)}) has this graph; waiting to see whether it is still at work.")
            if lease != seen or time.monotonic() > end:
                raise SoutherlyError(
                    f"{self.server.address}: another push ({_named(holder)}) is writing to this graph; expected to be "
                    "the only one. Nothing was changed. Push again when it has finished."
                )
            time.sleep(_PAUSE)

    def renew(self, tx: neo4j.ManagedTransaction) -> None:
        """Renew the lease as part of a transaction, which is given up if the lock is no longer ours."""
        found = tx.run(
            f"MATCH (g:{STATE} {{id: $id}}) WHERE g.holder = $holder "
            "SET g.lease = datetime() + duration({seconds: $lease}) RETURN g.id",
            id=_ID, holder=self.holder, lease=self.lease,
        ).single()  # fmt: skip
        if found is None:
            raise SoutherlyError(
                f"{self.server.address}: another push has taken over, because this one was silent for more than "
                f"{self.lease} seconds; expected to be the only one. Push again: nothing is lost."
            )

    def release(self) -> None:
        """Let others write."""
        self.server.write(partial(self._free, holder=self.holder))

    def _try(self, tx: neo4j.ManagedTransaction) -> tuple[str, str] | None:
        # The assignment locks the node before its holder is read, so that of two that come at once one waits.
        found = tx.run(
            f"MERGE (g:{STATE} {{id: $id}}) ON CREATE SET g.state = 'pushing' SET g.asked = datetime() "
            "WITH g, g.holder IS NULL OR g.holder = $holder OR g.lease < datetime() AS free "
            "FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END | "
            "SET g.holder = $holder, g.lease = datetime() + duration({seconds: $lease})) "
            "REMOVE g.asked RETURN free, g.holder AS holder, toString(g.lease) AS lease",
            id=_ID, holder=self.holder, lease=self.lease,
        ).single(strict=True)  # fmt: skip
        return None if found["free"] else (found["holder"], found["lease"])

    def _free(self, tx: neo4j.ManagedTransaction, holder: str) -> None:
        tx.run(
            f"MATCH (g:{STATE} {{id: $id}}) WHERE g.holder = $holder REMOVE g.holder, g.lease", id=_ID, holder=holder
        ).consume()


def read_state(server: Server) -> dict[str, Any]:
    """Return what the database says of our graph; empty if we never wrote here."""
    found = server.read(f"MATCH (g:{STATE} {{id: $id}}) RETURN g {{.*}} AS state", id=_ID)
    return dict(found[0]["state"]) if found else {}


def write_state(lock: Lock, said: dict[str, Any]) -> None:
    """Say what the database holds."""

    def work(tx: neo4j.ManagedTransaction) -> None:
        lock.renew(tx)
        tx.run(f"MATCH (g:{STATE} {{id: $id}}) SET g += $said", id=_ID, said=said).consume()

    lock.server.write(work)


def require_ours(server: Server, *, into_existing: bool, known: bool) -> None:
    """Make sure that nothing which others wrote is in the way.

    Raises:
        SoutherlyError: if the database holds nodes of others and we have not written here before nor were told to,
            or if theirs have labels of ours.

    """
    counts = server.read(f"RETURN COUNT {{ (n) }} - COUNT {{ (m:{MARKER}) }} - COUNT {{ (g:{STATE}) }} AS foreign")
    if not (foreign := counts[0]["foreign"]):
        return
    if not (known or into_existing):
        raise SoutherlyError(
            f"{server.address}: the database holds {foreign} nodes that Southerly did not write; expected an empty "
            "one, or one of our own. Nothing was changed. Name another with --database, or add --into-existing to put "
            "the graph beside them."
        )
    labels = sorted({label for c in CLASSES for label in c.labels})
    clash = server.read(
        " UNION ".join(f"MATCH (n:{label}) WHERE NOT n:{MARKER} RETURN '{label}' AS label LIMIT 1" for label in labels)
    )
    if clash:
        named = ", ".join(row["label"] for row in clash)
        raise SoutherlyError(
            f"{server.address}: nodes that Southerly did not write have the label {named}; expected such labels to be "
            "ours alone, for their ids have to be unique. Nothing was changed. Give a database of its own with "
            "--database, or rename theirs."
        )


def _named(holder: str) -> str:
    host, pid, _ = [*holder.split(":"), "", ""][:3]
    return f"process {pid} on {host}"


def _is_dead(holder: str) -> bool:
    host, pid, _ = [*holder.split(":"), "", ""][:3]
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
