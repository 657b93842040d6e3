"""A disk that fills up, a place that is read-only, Ctrl-C: the earlier export stays whole, and the message says so."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from click.testing import Result
from southerly.exports import write
from southerly.graph.errors import SoutherlyError
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import View

#: A text, a binary file that is streamed by column, one that is built by a library, and folders of each.
FORMS = ("json", "graphml", "xlsx", "csv", "parquet")

#: Runs the command line; `about`, which every writer asks in the midst of its work, sends the process a signal.
INTERRUPTED = """
import os, signal, sys
from southerly.cli import main
from southerly.exports.content import Content
about = Content.about
def interrupted(self, *given):
    os.kill(os.getpid(), signal.SIGINT)
    return about(self, *given)
Content.about = interrupted
main(sys.argv[1:])
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file under a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(params=FORMS)
def earlier(request: pytest.FixtureRequest, known: Identity, tmp_path: Path) -> tuple[str, Path]:
    """Return a format and an earlier export in it."""
    path = tmp_path / "out"
    write(known, request.param, path, innovation="Synthetic net")
    return request.param, path


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as on a disk that is nearly full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_earlier_export(
    graph: Ledger, run: Callable[..., Result], earlier: tuple[str, Path]
) -> None:
    form, path = earlier
    before = contents(path.parent)
    with room_for(1000):
        done = run(graph, "export", form, "-o", str(path))
    assert done.exit_code == 1
    assert f"{path} could not be written: File too large. An earlier one is as it was." in done.stderr
    assert contents(path.parent) == before


@pytest.mark.parametrize("form", ["json", "graphml", "xlsx"])
def test_a_full_device_is_told(graph: Ledger, run: Callable[..., Result], form: str) -> None:
    done = run(graph, "export", form, "-o", "/dev/full")
    assert (done.exit_code, "/dev/full could not be written: No space left on device" in done.stderr) == (1, True)


@pytest.mark.parametrize("form", FORMS)
def test_a_read_only_place_is_told_and_left(graph: Ledger, form: str) -> None:
    folder = Path(mkdtemp())  # in the folder of all users, for root becomes another to be refused anything
    path = folder / "out"
    try:
        with closing((view := View(graph)).con):
            known = Identity(view)
            write(known, form, path, innovation="Synthetic net")
            before = contents(folder)
            folder.chmod(0o555)
            with nobody(), pytest.raises(SoutherlyError, match=r"Permission denied\. An earlier one is as it was"):
                write(known, form, path)
        assert contents(folder) == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@contextmanager
def nobody() -> Iterator[None]:
    """Be a user whom permissions bind; everyone but root is one."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_an_interruption_leaves_the_earlier_export(graph: Ledger, earlier: tuple[str, Path]) -> None:
    form, path = earlier
    before = contents(path.parent)
    command: list[Any] = [sys.executable, "-c", INTERRUPTED, "--graph", graph.folder, "export", form, "-o", path]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (130, f"southerly: Stopped. An earlier {path} is as it was.\n")
    assert contents(path.parent) == before


def test_an_interruption_in_a_query_is_told_as_any_other(
    graph: Ledger, run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> None:
        raise RuntimeError("Query interrupted")  # what DuckDB makes of the signal

    monkeypatch.setattr("southerly.exports.content.Content.about", interrupted)
    done = run(graph, "export", "json", "-o", str(tmp_path / "out"))
    assert (done.exit_code, "Stopped." in done.stderr, list(tmp_path.iterdir())) == (130, True, [])
