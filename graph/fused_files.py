"""The file of the fused default view: where it lies beside the ledger, whether it may be trusted, how it is published.

Invariant: `fused-REVISION-DIGEST.duckdb` is complete and never written to again. Its digest is that of its bytes; a
stamp inside names the ledger's history and the code that computed it. A file that is missing, damaged or of other code
is no error: what it would have held is computed again.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from ..ontology.vocabulary import ADOPTION_STAGES
from .ledger_files import FUSED, quoted, sync
from .ledger_schema import SPELLED
from .sql import first

_LOCK = "fused.lock"
#: What decides what the file holds. Its text is in the stamp, so that other code never trusts an older file.
_CODE = ("exchanges", "fused", "fused_files", "fusion", "identity", "names", "transfers", "union", "verdicts", "view")


class Kept:
    """The kept file of one revision, attached to a connection as `kept`; or none that can be used."""

    def __init__(self, con: duckdb.DuckDBPyConnection, folder: Path | None, revision: int) -> None:
        self._con = con
        self.folder, self.revision = folder, revision
        self.path: Path | None = None

    def open(self) -> bool:
        """Attach the file of this revision, if there is one to be trusted; say whether."""
        if self.folder is None:
            return False
        for path in sorted(self.folder.glob(f"{FUSED}{self.revision:06d}-*.duckdb")):
            with contextlib.suppress(duckdb.Error):
                self._con.execute(f"ATTACH '{quoted(path)}' AS kept (READ_ONLY)")
                self.path = path
                if first(self._con, "SELECT value FROM kept.stamp") == (stamp(self._con),):
                    return True
            self.leave()
        return False

    def leave(self) -> None:
        """Detach the file and use it no more."""
        if self.path is not None:
            with contextlib.suppress(duckdb.Error):
                self._con.execute("DETACH kept")
        self.path = None

    def take(self, *tables: str) -> bool:
        """Copy whole tables into the connection; say whether that was possible. A damaged file is left for good."""
        return self.run("".join(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM kept.{name};" for name in tables))

    def run(self, sql: str) -> bool:
        """Run statements that read the file; say whether it could be read."""
        return self.rows(sql) is not None

    def rows(self, sql: str) -> list[tuple[Any, ...]] | None:
        """Return what is read from the file; null if it cannot be read."""
        if self.path is None:
            return None
        try:
            return self._con.execute(sql).fetchall()
        except duckdb.Error:
            self.leave()
            return None

    def sound(self) -> bool:
        """Say whether the bytes are those that were published; if not, leave the file."""
        if self.path is not None:
            with contextlib.suppress(OSError):
                if self.path.stem.endswith(f"-{_digest(self.path)}"):
                    return True
            self.leave()
        return False


@contextlib.contextmanager
def building(folder: Path) -> Iterator[Path | None]:
    """Hold the builders' lock and give the path of a draft; null if another process builds or nothing can be written.

    Nobody waits for it: who does not get it computes in memory. Drafts of killed builders are swept.
    """
    try:
        lock = (folder / _LOCK).open("a")
    except OSError:  # a folder that may only be read
        yield None
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield None
            return
        _sweep(folder)
        try:
            yield folder / f"{FUSED}{os.getpid()}.draft"
        finally:
            _sweep(folder)


def publish(folder: Path, draft: Path, revision: int) -> None:
    """Make a finished draft the kept file of its revision: sync, rename, prune what is older.

    Who has an older one open goes on reading it; who comes too late to open it computes.
    """
    sync(draft)
    final = folder / f"{FUSED}{revision:06d}-{_digest(draft)}.duckdb"
    draft.rename(final)
    sync(folder)
    for old in folder.glob(f"{FUSED}*.duckdb"):
        if old != final and old.name < f"{FUSED}{revision + 1:06d}":
            old.unlink(missing_ok=True)


def stamp(con: duckdb.DuckDBPyConnection) -> str:
    """Return what a kept file must say: the code that computes it, and the history of the ledger it was computed of."""
    counts = ", ".join(f"(SELECT count(*) FROM ledger.{table})" for table in SPELLED)
    history = first(
        con,
        f"SELECT (SELECT string_agg(concat_ws('|', revision, \"at\", what, detail), chr(10) ORDER BY revision) "
        f"FROM ledger.revision), {counts}",
    )
    return hashlib.sha256(repr((_code(), history)).encode()).hexdigest()


@functools.cache
def _code() -> str:
    """Return the digest of the code: cheaper to trust than a number that somebody has to remember to raise."""
    digest = hashlib.sha256(repr((duckdb.__version__, ADOPTION_STAGES)).encode())
    for name in _CODE:
        digest.update((files(__package__) / f"{name}.py").read_bytes())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _sweep(folder: Path) -> None:
    for stale in folder.glob(f"{FUSED}*.draft*"):
        stale.unlink(missing_ok=True)
