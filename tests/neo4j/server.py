"""A real Neo4j for development and tests: fetched once from Maven Central, started on loopback ports of its own.

`make neo4j` runs this file. The password is made up, stands in a file that only its owner can read, and never on a
command line. `Server` starts, kills and restarts one in a folder of its own.
"""

from __future__ import annotations

import os
import re
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

POM = Path(__file__).with_name("pom.xml")
USER = "neo4j"
_FIRST = "neo4j"  # the password of a fresh Neo4j, changed before anybody is told where it listens
_OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")  # Neo4j's own list for Java 17
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")  # a start costs less than it saves later
_SECONDS = 300


def missing() -> str | None:
    """Return what this machine lacks to run the server, null if nothing."""
    absent = [tool for tool in ("java", "mvn") if not shutil.which(tool)]
    lack = bool(absent) and not os.environ.get("NEO4J_URI")
    return f"no {' and no '.join(absent)} here, and no $NEO4J_URI" if lack else None


def libraries() -> Path:
    """Return the folder of the server's jars, fetched if this is the first time."""
    found = re.search(r"<neo4j.version>([^<]+)<", POM.read_text(encoding="utf-8"))
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "southerly"
    folder = cache / f"neo4j-{found[1] if found else 'unknown'}"
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        # Copied beside and renamed: whoever is interrupted, or comes second, leaves a whole folder.
        draft = Path(tempfile.mkdtemp(dir=cache))
        subprocess.run(
            ["mvn", "-B", "-q", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime",
             f"-DoutputDirectory={draft}"],
            check=True,
        )  # fmt: skip
        try:
            draft.rename(folder)
        except OSError:
            shutil.rmtree(draft)
    return folder


def java(main: str, *args: str, quick: bool = True) -> list[str]:
    """Return the command that runs a class of the server's jars."""
    opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENS]
    heap = "-Xmx512m" if quick else "-Xmx2g"
    return ["java", heap, *(_QUICK if quick else ()), *opens, "-cp", f"{libraries()}/*", main, *args]


def run_admin(home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run `neo4j-admin` over the files of a server that is not running."""
    env = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    return subprocess.run(
        java("org.neo4j.cli.AdminTool", *args), env=env, capture_output=True, text=True, check=False, cwd=home
    )


@dataclass
class Server:
    """One server and its files."""

    home: Path
    http: bool = False
    quick: bool = True  # starts sooner, and is slower once it is warm
    password: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    ports: tuple[int, int] = field(default_factory=lambda: _free_ports())
    process: subprocess.Popen[bytes] | None = None
    scheme: str = "bolt"

    @property
    def uri(self) -> str:
        """Where it listens."""
        return f"{self.scheme}://127.0.0.1:{self.ports[0]}"

    @property
    def auth(self) -> tuple[str, str]:
        """Who may come in."""
        return USER, self.password

    def start(self, *, largest_file: int | None = None, **settings: str) -> None:
        """Start and wait until it answers; `largest_file` makes writes fail beyond that many bytes."""
        conf = self.home / "conf"
        conf.mkdir(parents=True, exist_ok=True)
        bolt, http = self.ports
        lines = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{bolt}",
            "server.http.listen_address": f"127.0.0.1:{http}",
            "server.http.enabled": str(self.http).lower(),
            "server.memory.pagecache.size": "512m",
            "dbms.usage_report.enabled": "false",
            "db.tx_log.preallocate": "false",
            # Tests empty and fill the database all the time; plans made for either will do.
            **({"dbms.cypher.min_replan_interval": "1h"} if self.quick else {}),
            **{name.replace("__", "."): value for name, value in settings.items()},
        }
        (conf / "neo4j.conf").write_text("".join(f"{k}={v}\n" for k, v in lines.items()), encoding="utf-8")
        command = java(
            "org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.home}", f"--config-dir={conf}", quick=self.quick
        )
        with (self.home / "console.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, preexec_fn=_limit(largest_file)
            )
        self._wait()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in good order."""
        self._end(signal.SIGTERM)

    def driver(self) -> neo4j.Driver:
        """Return a driver of one's own."""
        return neo4j.GraphDatabase.driver(self.uri, auth=self.auth, notifications_min_severity="OFF")

    def clear(self) -> None:
        """Empty the database; constraints and indexes stay, for with them go all query plans."""
        with self.driver() as driver, driver.session() as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()

    def _wait(self) -> None:
        end = time.monotonic() + _SECONDS
        mark = self.home / "password-is-set"
        while True:
            try:
                if not mark.exists():
                    with (
                        neo4j.GraphDatabase.driver(self.uri, auth=(USER, _FIRST)) as driver,
                        driver.session(database="system") as session,
                    ):
                        change = "ALTER CURRENT USER SET PASSWORD FROM $before TO $after"
                        session.run(change, before=_FIRST, after=self.password).consume()
                    mark.touch()
                with self.driver() as driver:
                    driver.verify_connectivity()
                return
            except (DriverError, Neo4jError, OSError):
                dead = self.process is None or self.process.poll() is not None
                if dead or time.monotonic() > end:
                    told = (self.home / "console.log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"Neo4j did not start: {told}") from None
                time.sleep(0.1)

    def _end(self, how: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None


class Running(Server):
    """A server that somebody else runs, at $NEO4J_URI: never started or ended here, and used only if it is empty."""

    @property
    def uri(self) -> str:
        """Where it listens."""
        return os.environ["NEO4J_URI"]

    @property
    def auth(self) -> tuple[str, str]:
        """Who may come in."""
        return os.environ.get("NEO4J_USERNAME", USER), os.environ["NEO4J_PASSWORD"]

    def start(self, *, largest_file: int | None = None, **settings: str) -> None:
        """Do not start it, but see that tests would destroy nothing.

        Raises:
            RuntimeError: if there is anything in its database.

        """
        with self.driver() as driver:
            if driver.execute_query("MATCH (n) RETURN n LIMIT 1").records:
                raise RuntimeError(f"{self.uri} holds data, which these tests would remove; give an empty database")


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def _limit(largest_file: int | None) -> Callable[[], None] | None:
    if largest_file is None:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))


def main() -> None:
    """Run a server in the foreground until it is interrupted; its data stay in build/neo4j."""
    if uri := os.environ.get("NEO4J_URI"):
        sys.exit(f"$NEO4J_URI names one already: {uri}. Unset it to run one here.")
    if lack := missing():
        sys.exit(f"{lack}. Install Java 17 and Maven, or run the official image: docker run -p 7687:7687 neo4j:5.26")
    home = Path("build/neo4j").resolve()
    home.mkdir(parents=True, exist_ok=True)
    secret = home / "password"
    if not secret.exists():
        with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(18))
    server = Server(home, http=True, quick=False, password=secret.read_text())
    server.start()
    sys.stdout.write(
        f"Neo4j answers at {server.uri} (Browser: http://127.0.0.1:{server.ports[1]}), user {USER}, password in "
        f"{secret}\n\n  export NEO4J_URI={server.uri} NEO4J_PASSWORD=\"$(cat '{secret}')\"\n"
        "  southerly neo4j push\n\nCtrl-C ends it.\n"
    )
    sys.stdout.flush()
    try:
        signal.pause()
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
