"""What goes wrong with a server: it is killed, cut off, full, read-only, too old, or no Neo4j at all."""

from __future__ import annotations

import http.server
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from click.testing import CliRunner
from neo4j.exceptions import Neo4jError
from southerly.cli import main
from southerly.graph.errors import SoutherlyError
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.neo4j_push import push
from southerly.graph.neo4j_server import Address, connect
from southerly.graph.view import View

from .conftest import claims_of, differences, pushed
from .server import Server

Commit = Callable[..., Any]
_ROUNDS = 3


@pytest.fixture
def filled(ledger: Ledger, commit: Commit) -> Ledger:
    """Return a ledger with enough for a push of many batches."""
    commit(ledger, {f"synthetic-{n}.csv": claims_of(f"Synthetic practice {n}", f"Site {n}") for n in range(12)})
    return ledger


def test_a_server_killed_three_times_in_a_push_ends_with_all(filled: Ledger, ours: Server) -> None:
    moments = iter(sorted(random.Random().sample(range(5, 200), _ROUNDS)))  # noqa: S311 - when to kill is no secret
    killed = 0
    moment = next(moments)

    def kill(done: int, _total: int, _what: str) -> None:
        nonlocal moment, killed
        if done >= moment and killed < _ROUNDS:
            killed += 1
            moment = next(moments, 10**9)
            # The next batch is on its way when the server goes.
            threading.Timer(0.02, restart).start()

    def restart() -> None:
        ours.kill()
        ours.start()

    pushed(filled, ours, batch=4, on_progress=kill)
    assert killed == _ROUNDS
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join()
    assert differences(filled, ours) == []


@contextmanager
def cutting_proxy(port: int, every: int) -> Iterator[int]:
    """Pass on what goes to a port, and cut each connection after some bytes."""
    left = [every, every * 2, every * 3, every * 5]  # then it stays up

    def carry(source: socket.socket, target: socket.socket, budget: int) -> None:
        with suppress(OSError):
            while budget > 0 and (data := source.recv(min(65536, budget))):
                budget -= len(data)
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def serve(listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                server = socket.create_connection(("127.0.0.1", port))
                budget = left.pop(0) if left else 1 << 40
                threading.Thread(target=carry, args=(client, server, budget), daemon=True).start()
                threading.Thread(target=carry, args=(server, client, 1 << 40), daemon=True).start()

    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1]


def test_a_connection_cut_again_and_again_ends_with_all(filled: Ledger, ours: Server) -> None:
    told: list[str] = []
    view = View(filled)
    with cutting_proxy(ours.ports[0], 40_000) as port, closing(view.con):
        address = Address(f"bolt://127.0.0.1:{port}", *ours.auth)
        with connect(address, told.append) as server:
            push(Identity(view), server, batch=10)
    assert differences(filled, ours) == []


def wait_until_read_only(server: Server) -> None:
    """Wait until a server refuses writes: one that has just started takes a moment to learn that it should."""
    with server.driver() as driver:
        for _ in range(300):
            try:
                driver.execute_query("CREATE (n:SyntheticProbe) DELETE n")
            except Neo4jError:
                return
            time.sleep(0.1)
    pytest.fail("the server took writes although it was told not to")


def overfill(ledger: Ledger, server: Server) -> None:
    """Write until a file would grow beyond the limit, then push."""
    view = View(ledger)
    with closing(view.con), connect(Address(server.uri, *server.auth)) as there:
        there.patience = 5
        for _ in range(400):
            there.write(lambda tx: tx.run("CREATE (:Southerly {text: $text})", text="x" * 100_000).consume())
        push(Identity(view), there)


def test_a_server_that_may_not_or_cannot_write_says_so_and_the_next_push_mends(filled: Ledger, ours: Server) -> None:
    try:
        ours.stop()
        ours.start(server__databases__default_to_read_only="true")
        wait_until_read_only(ours)
        with pytest.raises(SoutherlyError, match="may read here but not write"):
            pushed(filled, ours)
        ours.stop()
        # A file that cannot grow is what a full disk looks like to the server.
        ours.start(largest_file=2_000_000, db__tx_log__rotation__size="1m")
        with pytest.raises(SoutherlyError, match="push"):
            overfill(filled, ours)
    finally:
        ours.kill()
        ours.start()
    ours.clear()
    pushed(filled, ours)
    assert differences(filled, ours) == []


def run(folder: Path, secret: str, *args: str, **env: str) -> tuple[int, str]:
    """Push from the command line with a password; return the exit code and what standard error says."""
    env = {"NEO4J_URI": "", "NEO4J_PASSWORD": secret, **env}
    found = CliRunner().invoke(main, ["--graph", str(folder), "neo4j", "push", *args], env=env)
    return found.exit_code, found.stderr


def test_wrong_passwords_ports_and_addresses_are_told(filled: Ledger, empty: Server) -> None:
    code, said = run(filled.folder, "s3cret-but-wrong", empty.uri)
    assert code == 1
    assert "was not let in" in said
    assert "s3cret" not in said

    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        free = taken.getsockname()[1]
    code, said = run(filled.folder, "x", f"bolt://127.0.0.1:{free}")
    assert code == 1
    assert "no Neo4j answers there" in said

    with http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        code, said = run(filled.folder, "x", f"bolt://127.0.0.1:{web.server_port}")
        web.shutdown()
    assert code == 1
    assert "does not speak Bolt" in said

    code, said = run(filled.folder, "x", "bolt://me:s3cret@localhost")
    assert code == 2
    assert "s3cret" not in said

    assert run(filled.folder, "x", "http://localhost:7474")[0] == 2
    code, said = run(filled.folder, empty.auth[1], empty.uri, "--database", "synthetic")
    assert code == 1
    assert "no database “synthetic”" in said


@contextmanager
def neo4j_4() -> Iterator[int]:
    """Answer as a Neo4j 4.4 does, as far as anybody gets who leaves at once (Bolt 4.4)."""

    def packed(*fields: bytes) -> bytes:
        message = b"\xb1\x70" + b"".join(fields)
        return len(message).to_bytes(2, "big") + message + b"\0\0"

    hello, run_query, reset, goodbye = 0x01, 0x10, 0x0F, 0x02
    answers = {
        hello: packed(b"\xa2\x86server\x8cNeo4j/4.4.30\x8dconnection_id\x81x"),
        run_query: packed(b"\xa1\x86fields\x90"),
        reset: packed(b"\xa0"),
    }

    def serve(listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                with client, client.makefile("rb") as sent:
                    sent.read(20)
                    client.sendall(b"\0\0\4\4")
                    while message := next_message(sent):
                        if message[1] == goodbye:
                            break
                        client.sendall(answers.get(message[1], packed(b"\xa0")))

    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1]


def next_message(sent: BinaryIO) -> bytes:
    """Return the next message of a Bolt client: chunks after their lengths, ended by an empty one."""
    message = b""
    while size := int.from_bytes(sent.read(2), "big"):
        message += sent.read(size)
    return message


def test_neo4j_4_is_told_to_be_too_old(filled: Ledger) -> None:
    with neo4j_4() as port:
        code, said = run(filled.folder, "x", f"bolt://127.0.0.1:{port}")
    assert code == 1
    assert "too old" in said
    assert "expected Neo4j 5.23 or newer" in said


def test_the_config_file_has_to_be_private(filled: Ledger, tmp_path: Path) -> None:
    config = tmp_path / "southerly" / "neo4j.toml"
    config.parent.mkdir()
    config.write_text('["bolt://127.0.0.1:1"]\npassword = "s3cret"\n')
    config.chmod(0o644)
    home = str(tmp_path)
    code, said = run(filled.folder, "", "bolt://127.0.0.1:1", XDG_CONFIG_HOME=home)
    assert code == 1
    assert "chmod 600" in said
    config.chmod(0o600)
    code, said = run(filled.folder, "", "bolt://127.0.0.1:1", XDG_CONFIG_HOME=home)
    assert code == 1
    assert "no Neo4j answers there" in said
    assert "s3cret" not in said
