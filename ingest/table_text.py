"""The octets of a delimited file as UTF-8, block by block: unpacked within limits, decoded, nothing dropped.

What cannot be decoded stays in the stream as octets that are not UTF-8, so that whoever cuts it into rows can
set aside the rows that hold them and keep the others.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from .reading import Note, Problem
from .table_batch import unreadable

BLOCK = 16 * 2**20  # octets read at a time
MAX_UNPACKED = 4 * 2**30  # octets that a compressed file may hold
MAX_RATIO, RATIO_FROM = (
    200,
    50 * 2**20,
)  # text packs 5-20 fold; a file past this ratio, once it is big, is a trap

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_UNREADABLE = "southerly.unreadable"
# A lone surrogate has no UTF-8 form; written all the same (`surrogatepass`) it marks what was not decoded.
codecs.register_error(_UNREADABLE, lambda error: ("\udfff", getattr(error, "end", 0)))


class Text:
    """A file as blocks of UTF-8. After (or during) `blocks()`, `notes` and `problem` say how that went."""

    def __init__(self, path: Path, encoding: str | None, block: int | None = None) -> None:
        self.notes: list[Note] = []
        self.problem: Problem | None = None
        self._path, self._encoding, self._size = path, encoding, block or BLOCK

    def blocks(self) -> Iterator[bytes]:
        """Yield the text as UTF-8, without a byte order mark. What stops it early is told in `problem`."""
        if self._encoding and not _is_codec(self._encoding):
            self.problem = unreadable(
                f"an unknown encoding “{self._encoding}”",
                "an encoding such as utf-8, cp1252 or utf-16",
                "correct --encoding, or leave it out",
            )
            return
        raw = self._raw()
        first = next(raw, b"")
        mark = next((m for m in _MARKS if first.startswith(m)), b"")
        marked = _MARKS.get(mark)
        first = first[len(mark) :]
        if self._encoding is None:
            if marked is None:
                plain = self._guessed(first, raw)
            else:
                plain = chain([first], raw) if marked == "utf-8" else _recoded(first, raw, marked)
        elif marked and _same_family(self._encoding, marked):
            plain = _recoded(first, raw, marked)
        else:
            plain = _recoded(mark + first, raw, self._encoding)
        yield from plain

    def _guessed(self, block: bytes, raw: Iterator[bytes]) -> Iterator[bytes]:
        """Yield UTF-8 as it is; from the first block that shows otherwise, read Windows-1252."""
        held = b""
        while block:
            block = held + block
            votes = _votes(block)
            if votes > 0:
                yield block
                yield from raw
                return
            if votes < 0:
                yield from self._windows(block, raw)
                return
            # Only ASCII so far, but for a character that the block may have cut in two.
            whole = len(block) - (0 if block.isascii() else 3)
            held = block[max(whole, 0) :]
            yield block[: len(block) - len(held)]
            block = next(raw, b"")
        if held and _decodes(held, final=True):
            yield held
        elif held:
            yield from self._windows(held, raw)

    def _windows(self, block: bytes, raw: Iterator[bytes]) -> Iterator[bytes]:
        told = "read as Windows-1252 (cp1252), since it is not UTF-8; if names look wrong, give --encoding"
        self.notes.append(Note(told))
        return _recoded(block, raw, "cp1252")

    def _raw(self) -> Iterator[bytes]:
        try:
            with self._path.open("rb") as file:
                if file.read(2) == b"\x1f\x8b":
                    file.seek(0)
                    yield from self._unpacked(file)
                else:
                    file.seek(0)
                    while block := file.read(self._size):
                        yield block
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self.problem = unreadable(
                f"a compressed file that is damaged ({error})",
                "a whole gzip file",
                "copy or download it again; rows before the damage were read",
            )
        except OSError as error:
            self.problem = unreadable(
                f"no access to the file ({error.strerror or error})",
                "a file that can be read",
                "check the path and its permissions",
            )

    def _unpacked(self, file: BinaryIO) -> Iterator[bytes]:
        total = 0
        with gzip.GzipFile(fileobj=file) as packed:
            while block := packed.read(self._size):
                total += len(block)
                if total > MAX_UNPACKED or (total > RATIO_FROM and total > MAX_RATIO * file.tell()):
                    self.problem = unreadable(
                        f"a compressed file that unpacks to more than {total >> 20:,} MB",
                        f"at most {MAX_UNPACKED >> 20:,} MB, and at most {MAX_RATIO} times the packed size",
                        "unpack it yourself and split it, if you trust it",
                    )
                    return
                yield block


def _is_codec(name: str) -> bool:
    try:
        b"".decode(name)  # refuses codecs that are not of text, such as zip
        codecs.getincrementaldecoder(name)(errors=_UNREADABLE).decode(b"a,b\n", True)
    except (LookupError, ValueError):
        return False
    return True


def _same_family(encoding: str, marked: str) -> bool:
    """Return whether a byte order mark goes with the encoding asked for: "utf-16" with "utf-16-le"."""
    plain = codecs.lookup(encoding).name.removesuffix("-sig")
    return marked.startswith(plain)


def _recoded(block: bytes, raw: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)(errors=_UNREADABLE)
    while block:
        yield decoder.decode(block).encode("utf-8", "surrogatepass")
        block = next(raw, b"")
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def _votes(block: bytes) -> int:
    """Return how many lines speak for UTF-8, less those that speak against; ASCII lines have no vote.

    By lines and not by the whole, so that one damaged row makes no mojibake of every name in a UTF-8 file.
    Negative only if it is not UTF-8; a tie goes against, since chance seldom makes UTF-8.
    """
    if block.isascii():
        return 0
    *lines, last = block.split(b"\n")
    good = bad = 0
    for line in lines:
        if not line.isascii():
            if _decodes(line, final=True):
                good += 1
            else:
                bad += 1
    if not last.isascii():
        if not _decodes(last, final=False):
            bad += 1
        elif not last[:-3].isascii():
            good += 1
    return good - bad or -bad


def _decodes(line: bytes, *, final: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(line, final)
    except UnicodeDecodeError:
        return False
    return True
