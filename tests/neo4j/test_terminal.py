"""What a person sees who pushes from a terminal: a question for the password, and a bar; and a server with TLS."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from southerly.graph.errors import SoutherlyError
from southerly.graph.ledger import Ledger
from southerly.graph.neo4j_server import Address, connect

from .conftest import claims_of, differences, pushed
from .server import Server


@pytest.fixture
def filled(ledger: Ledger, commit: Callable[..., Any]) -> Ledger:
    """Return a ledger with a few claims."""
    commit(ledger, {"synthetic.csv": claims_of("Synthetic practice")})
    return ledger


def test_a_terminal_is_asked_for_the_password_and_shows_how_far_it_is(
    filled: Ledger, empty: Server, tmp_path: Path
) -> None:
    ours, theirs = pty.openpty()
    env = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")} | {"XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "southerly", "--graph", str(filled.folder), "neo4j", "push", empty.uri]
    with subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=theirs, env=env) as running:
        os.close(theirs)
        shown = b""
        while b"Password of neo4j at" not in shown:
            shown += os.read(ours, 4096)
        os.write(ours, empty.auth[1].encode() + b"\n")
        rest: list[bytes] = []
        reader = threading.Thread(target=lambda: rest.extend(_until_closed(ours)))
        reader.start()
        running.wait()
        reader.join()
    shown += b"".join(rest)
    assert running.returncode == 0, shown
    assert b"100%" in shown
    assert empty.auth[1].encode() not in shown
    assert differences(filled, empty) == []


def _until_closed(end: int) -> Iterator[bytes]:
    try:
        while data := os.read(end, 4096):
            yield data
    except OSError:  # Linux's way to say that the other end is closed
        return


@pytest.fixture
def with_tls(ours: Server) -> Iterator[Server]:
    """Restart the server with a certificate that it signed itself."""
    ours.stop()
    folder = ours.home / "certificates" / "bolt"
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-keyout", folder / "private.key", "-out", folder / "public.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    policy = {"dbms__ssl__policy__bolt__enabled": "true", "dbms__ssl__policy__bolt__client_auth": "NONE"}
    try:
        ours.scheme = "bolt+ssc"
        ours.start(server__bolt__tls_level="REQUIRED", **policy)
        yield ours
    finally:
        ours.kill()
        ours.scheme = "bolt"
        ours.start()


def test_a_server_with_tls(filled: Ledger, with_tls: Server) -> None:
    pushed(filled, with_tls)
    assert differences(filled, with_tls) == []
    there = with_tls.uri.split("://")[1]
    with pytest.raises(SoutherlyError, match="expected a certificate that this machine trusts"):
        _open(Address(f"bolt+s://{there}", *with_tls.auth))
    with pytest.raises(SoutherlyError, match="if the server wants TLS"):
        _open(Address(f"bolt://{there}", *with_tls.auth))


def _open(address: Address) -> None:
    with connect(address):
        pass
