"""Where an export goes: beside its target, synced and renamed, so that readers see the old one whole or the new."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from ..graph.errors import SoutherlyError, WrongUse


@contextmanager
def new_file(path: Path, *, binary: bool = False) -> Iterator[Any]:
    """Open a text file, or a binary one, that takes the place of `path` when the block ends without an error.

    After any failure, an interruption too, an earlier file is as it was and nothing else is left. A link is followed;
    a device or a pipe is written to directly, for it cannot be replaced.

    Raises:
        WrongUse: if the path is a folder.
        SoutherlyError: if it cannot be written.

    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise WrongUse(f"{path} is a folder; expected the name of a file, e.g. -o {path / 'southerly'}")
    if target.exists() and not target.is_file():
        with _explained(path), _open(target, "w", binary=binary) as out:
            yield out
        return
    draft = _draft_of(target)
    try:
        with _explained(path):
            with _open(draft, "x", binary=binary) as out:
                yield out
                _sync(out)
            if target.exists():
                shutil.copymode(target, draft)
            draft.replace(target)
            _sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path, names: tuple[str, ...], *, binary: bool = False) -> Iterator[Mapping[str, Any]]:
    """Open text or binary files in a new folder that takes the place of `path` when the block ends without an error.

    Promises what `new_file` does, but for the instant between two renames, in which there is no such folder.

    Raises:
        WrongUse: if the path is a file, or a folder with anything else in it, which would be lost.
        SoutherlyError: if it cannot be written.

    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_dir():
        raise WrongUse(f"{path} is a file; expected a folder, which is new or holds an earlier export")
    others = sorted({p.name for p in target.iterdir()} - set(names)) if target.exists() else []
    if others:
        raise WrongUse(
            f"{path} holds other things ({', '.join(others[:3])}), which would be lost; "
            f"expected a folder of its own, e.g. {path / 'southerly-csv'}"
        )
    draft, earlier = _draft_of(target), _draft_of(target)
    try:
        with _explained(path):
            draft.mkdir()
            outs = {name: _open(draft / name, "x", binary=binary) for name in names}
            try:
                yield outs
                for out in outs.values():
                    _sync(out)
            finally:
                for out in outs.values():
                    out.close()
            _sync_folder(draft)
            if target.exists():
                target.rename(earlier)
            draft.rename(target)
            _sync_folder(target.parent)
    finally:
        if earlier.exists() and not target.exists():
            earlier.rename(target)
        for left in (draft, earlier):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SoutherlyError(
            f"{path} could not be written: {error.strerror or error}. An earlier one is as it was. "
            "Give a place that exists, has room and may be written to."
        ) from error


def _open(path: Path, mode: str, *, binary: bool) -> IO[Any]:
    return path.open(f"{mode}b") if binary else path.open(mode, encoding="utf-8", newline="")


def _draft_of(target: Path) -> Path:
    return target.with_name(f".southerly-{secrets.token_hex(8)}.part")


def _sync(out: IO[Any]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every file system can sync a folder; the rename itself was done
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
