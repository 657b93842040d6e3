"""Files that are compressed as they are written, by the ending of their name: .gz and .zst."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


@contextmanager
def compressed(out: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """Open what compresses into `out` as the ending of a name says (RFC 1952, RFC 8878); else `out` itself.

    The same content gives the same bytes: neither a name nor a time stands inside.
    """
    if name.endswith(".gz"):
        with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed:
            yield packed  # type: ignore[misc] # a GzipFile is as binary as a BinaryIO
    elif name.endswith(".zst"):
        import pyarrow as pa

        with pa.CompressedOutputStream(pa.PythonFile(_Kept(out), mode="w"), "zstd") as packed:
            yield packed
    else:
        yield out


class _Kept:
    """A file that its owner closes, and nobody else."""

    closed = False

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        """Pass on."""
        return self._out.write(data)

    def flush(self) -> None:
        """Pass on."""
        self._out.flush()

    def close(self) -> None:
        """Do nothing."""
