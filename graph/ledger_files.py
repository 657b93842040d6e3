"""The graph directory: immutable ledger files, a pointer to the current one, and the writer's lock.

Invariant: `CURRENT` names a complete, synced ledger file that nobody will ever write to again. A writer works on a
copy beside it and publishes by renaming the pointer; whoever is killed at whatever moment leaves the last revision.
DuckDB lets a process that writes a file shut out all readers, which is why writers and readers never share a file.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from .errors import NoLedger

_POINTER, _LOCK, _PREFIX, _SUFFIX = "CURRENT", "writer.lock", "ledger-", ".duckdb"
FUSED = "fused-"  # how the files of the fused view begin, see `fused_files`
_FICLONE = 0x40049409  # ioctl of Linux file systems that can share blocks between copies


def current_file(folder: Path) -> Path:
    """Return the published ledger file.

    Raises:
        NoLedger: if the folder holds none.

    """
    try:
        name = (folder / _POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise NoLedger(
            f"{folder}: no Southerly graph here. Build one with `southerly demo` or `southerly ingest FILE…`, "
            "or name its folder with --graph."
        ) from None
    return folder / name


def has_ledger(folder: Path) -> bool:
    """Say whether the folder holds a published ledger."""
    return (folder / _POINTER).exists()


@contextlib.contextmanager
def writer_lock(folder: Path, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the one writer's lock of a graph directory; wait for whoever has it. The kernel frees it if we die."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a") as lock:
        told = False
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if on_wait and not told:
                    on_wait()
                    told = True
                time.sleep(0.05)
        yield


def start_draft(folder: Path) -> Path:
    """Return a private copy of the current file to write to; a path that does not exist yet if there is none.

    Call with the lock held: drafts that a killed writer left are swept here.
    """
    for stale in folder.glob(f"{_PREFIX}*.draft*"):
        stale.unlink(missing_ok=True)
    draft = folder / f"{_PREFIX}{os.getpid()}.draft"
    if has_ledger(folder):
        _copy(current_file(folder), draft)
    return draft


def publish(folder: Path, draft: Path, revision: int) -> None:
    """Make a finished draft the current file: sync, rename, swap the pointer, prune what nobody reads."""
    before = current_file(folder) if has_ledger(folder) else None
    final = folder / f"{_PREFIX}{revision:06d}{_SUFFIX}"
    sync(draft)
    draft.rename(final)
    sync(folder)
    pointer = folder / f"{_POINTER}.draft"
    pointer.write_text(final.name + "\n", encoding="ascii")
    sync(pointer)
    pointer.rename(folder / _POINTER)
    sync(folder)
    # The file before stays one revision longer for readers that have read the pointer but not yet opened it.
    for old in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        if old not in (final, before):
            old.unlink(missing_ok=True)
    for kept in folder.glob(f"{FUSED}*{_SUFFIX}"):
        if kept.name < f"{FUSED}{revision - 1:06d}":
            kept.unlink(missing_ok=True)


def quoted(path: Path) -> str:
    """Return a path as it stands inside a string of SQL."""
    return str(path).replace("'", "''")


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as write:
        try:
            fcntl.ioctl(write, _FICLONE, read.fileno())
        except OSError:
            shutil.copyfileobj(read, write, 1 << 20)


def sync(path: Path) -> None:
    """Have a file, or the entries of a folder, on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
