"""A Neo4j server: how it is reached, how work on it is retried, and what its errors mean to a person.

Every piece of writing given to `Server.write` must come out the same if it runs twice: a connection that drops while
a transaction commits leaves open whether it did, and it is then run again.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from .errors import SoutherlyError, WrongUse

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_OLDEST = (5, 23)  # the first with CALL (n) { … }
_PAUSE = 1.0  # seconds between attempts to reach a server that went away

_Result = TypeVar("_Result")
Work = Callable[[neo4j.ManagedTransaction], _Result]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is and who asks; the password never shows in a message or a representation."""

    uri: str
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str | None = None  # null is the server's own default

    def __post_init__(self) -> None:
        scheme = self.uri.split("://")[0]
        if "://" not in self.uri or scheme not in SCHEMES:
            raise WrongUse(
                f"“{without_secret(self.uri)}” is no address of a Neo4j server; expected one such as "
                f"neo4j://localhost:7687 (schemes: {', '.join(SCHEMES)})"
            )
        if "@" in self.uri:
            raise WrongUse(
                f"{without_secret(self.uri)}: an address holds no user or password, for others can read it. Give "
                "--user or $NEO4J_USERNAME, and the password in $NEO4J_PASSWORD"
            )

    def __str__(self) -> str:
        return f"{self.uri}/{self.database}" if self.database else self.uri


@dataclass
class Server:
    """An open connection to one database of a server."""

    address: Address
    driver: neo4j.Driver
    patience: float = 120.0  # seconds for which a server that went away is waited for
    on_trouble: Callable[[str], None] = lambda _: None

    def read(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """Return the rows of a query."""

        def work(tx: neo4j.ManagedTransaction) -> list[dict[str, Any]]:
            return [record.data() for record in tx.run(query, values)]

        return self._run(lambda session: session.execute_read(work))

    def columns(self, query: str, **values: Any) -> list[list[Any]]:
        """Return the rows of a long answer as columns."""

        def work(tx: neo4j.ManagedTransaction) -> list[list[Any]]:
            result = tx.run(query, values)
            names = result.keys()
            found = [record.values() for record in result]
            return [list(column) for column in zip(*found, strict=True)] or [[] for _ in names]

        return self._run(lambda session: session.execute_read(work))

    def write(self, work: Work[_Result]) -> _Result:
        """Run a transaction, again if it failed for a reason that passes."""
        return self._run(lambda session: session.execute_write(work))

    def arrange(self, statement: str) -> None:
        """Run a statement on the schema, which has a transaction of its own."""
        self._run(lambda session: session.run(statement).consume())

    def _run(self, work: Callable[[neo4j.Session], _Result]) -> _Result:
        end = time.monotonic() + self.patience
        while True:
            try:
                with self.driver.session(
                    database=self.address.database,
                    # In a cluster, what was written in one session is there to be read in the next.
                    bookmark_manager=self.driver.execute_query_bookmark_manager,
                ) as session:
                    return work(session)
            except (IncompleteCommit, ServiceUnavailable, SessionExpired) as error:
                # The driver retries what it knows to have failed; whether this was committed nobody knows.
                if time.monotonic() > end:
                    raise explained(error, self.address) from error
                self.on_trouble(f"{self.address.uri} went away; waiting for it to come back.")
                time.sleep(_PAUSE)
            except (DriverError, Neo4jError) as error:
                raise explained(error, self.address) from error


@contextmanager
def connect(address: Address, on_trouble: Callable[[str], None] | None = None) -> Iterator[Server]:
    """Open a server.

    Raises:
        WrongUse: if the address makes no sense.
        SoutherlyError: if nobody answers there, it is no Neo4j 5 or newer, or it does not let us in.

    """
    # What the driver would print of each retry is said once, by `on_trouble`, in words for people.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    try:
        driver = neo4j.GraphDatabase.driver(
            address.uri,
            auth=(address.user, address.password),
            connection_timeout=10,
            connection_acquisition_timeout=15,  # what takes our words and says nothing is no Neo4j
            max_transaction_retry_time=30,
            user_agent="southerly",
            # A new database has none of the labels that we ask for, and that is no news.
            notifications_min_severity="OFF",
        )
    except (ConfigurationError, ValueError) as error:
        raise WrongUse(f"{address.uri} is no address of a Neo4j server: {error}") from error
    with driver:
        try:
            # No retry here: a wrong port or password is told at once.
            with driver.session(database=address.database) as session:
                _require_version(str(session.run("RETURN 1").consume().server.agent), address)
        except (DriverError, Neo4jError, OSError) as error:
            raise explained(error, address) from error
        yield Server(address, driver, on_trouble=on_trouble or (lambda _: None))


def without_secret(uri: str) -> str:
    """Return an address without the user and password that somebody may have put into it."""
    return re.sub(r"//[^/]*@", "//…@", uri)


def _require_version(agent: str, address: Address) -> None:
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if found and (int(found[1]), int(found[2])) < _OLDEST:
        raise SoutherlyError(
            f"{address}: the server is {agent.replace('/', ' ')}; expected Neo4j {_OLDEST[0]}.{_OLDEST[1]} or newer, "
            "such as the long-term release 5.26. Nothing was changed. Upgrade the server, or name another one."
        )


def explained(error: Exception, address: Address) -> SoutherlyError:
    """Return what an error of the driver or the server means: where, what was found, what was expected, what to do."""
    told = error.message if isinstance(error, Neo4jError) else None  # the driver's own errors have a vaguer one
    said = " ".join(str(told or error).split())[:300]
    code = getattr(error, "code", None) or ""
    for fits, found in _MEANINGS:
        if fits(error, code, said):
            return SoutherlyError(f"{address}: {found.format(user=address.user, said=said, database=address.database)}")
    return SoutherlyError(
        f"{address}: the server failed: {said or type(error).__name__}. A push that was under way is finished by the "
        "next one. See the server's log."
    )


def _no_room(_error: Exception, code: str, said: str) -> bool:
    words = ("no space left", "disk", "file too large", "outofdisk", "commit", "log", "panic", "unable to", "i/o")
    return "DatabaseError" in code and any(word in f"{code} {said}".lower() for word in words)


_MEANINGS: tuple[tuple[Callable[[Exception, str, str], bool], str], ...] = (
    (
        # What `connect` asks of the driver has been there since 5.7, so this comes before the version is known.
        lambda e, _c, said: isinstance(e, ConfigurationError) and "Notification filtering" in said,
        "the server is too old for what is asked of it; expected Neo4j 5.23 or newer, such as the long-term release "
        "5.26. Nothing was changed. Upgrade the server, or name another one.",
    ),
    (
        lambda _e, code, _s: code.endswith("AuthenticationRateLimit"),
        "too many wrong passwords for user “{user}”, so the server lets nobody in for some seconds; expected the right "
        "one. Wait, set $NEO4J_PASSWORD, and try again.",
    ),
    (
        lambda e, code, _s: isinstance(e, AuthError) or code.endswith("CredentialsExpired"),
        "user “{user}” was not let in ({said}); expected the user and password of this server. Set $NEO4J_USERNAME or "
        "--user, and $NEO4J_PASSWORD. Nothing was changed.",
    ),
    (
        lambda _e, code, _s: code.endswith("DatabaseNotFound"),
        "the server has no database “{database}”; expected one that exists. Create it (CREATE DATABASE, Enterprise "
        "edition), or leave --database out for the default one. Nothing was changed.",
    ),
    (
        lambda _e, code, said: (
            code.endswith((".Forbidden", "ForbiddenOnReadOnlyDatabase", "NotALeader"))
            or "read-only" in said.lower()
            or "read only" in said.lower()
        ),
        "user “{user}” may read here but not write ({said}); expected the right to write and to make indexes. Ask for "
        "the role `architect` or `admin`, or for a database that is not read-only; then push again.",
    ),
    (
        lambda e, _c, said: (
            isinstance(e, (ServiceUnavailable, DriverError)) and ("HTTP" in said or "handshake" in said.lower())
        ),
        "what answers there does not speak Bolt, as if this were the port of Browser, which speaks HTTP; expected "
        "Bolt, usually on port 7687. Give the address that begins with bolt:// or neo4j:// and has the Bolt port, with "
        "+s if the server wants TLS.",
    ),
    (
        lambda e, _c, said: (
            isinstance(e, (ServiceUnavailable, DriverError, OSError))
            and any(word in said.lower() for word in ("ssl", "tls", "certificate"))
        ),
        "the connection could not be made safe ({said}); expected a certificate that this machine trusts. Use +s with "
        "a certificate of a known authority, +ssc with one that the server signed itself, neither without TLS.",
    ),
    (
        lambda e, _c, _s: isinstance(e, (ServiceUnavailable, SessionExpired, OSError)),
        "no Neo4j answers there ({said}); expected a running server. Start it, or correct host and port. A push that "
        "was under way is finished by the next one.",
    ),
    (
        _no_room,
        "the server could not store what it was sent ({said}); expected room on its disk. Make room, restart it, and "
        "push again: the next push finishes this one.",
    ),
    (
        lambda e, code, _s: isinstance(e, ClientError) and "ConstraintValidationFailed" in code,
        "a node that Southerly did not write has the label and id of one of ours ({said}); expected none. Give a "
        "database of its own with --database. What others wrote was not changed.",
    ),
)
