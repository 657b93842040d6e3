"""Answers of models, kept by what was asked, so that the same question is sent and paid for once.

A file that was cut short or changed is no answer, and is asked for again. Answers quote reports, so only their owner
may read them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

_LARGEST = 16_000_000  # octets


@dataclass(slots=True)
class Cache:
    """A folder of answers."""

    folder: Path
    failed: str | None = None  # why answers could not be kept, if they could not

    def get(self, key: str) -> str | None:
        """Return the answer that was kept; null if there is none, or it is damaged."""
        path = self._path(key)
        try:
            if path.stat().st_size > _LARGEST:
                return None
            kept = json.loads(path.read_text(encoding="utf-8"))
            answer = kept["answer"]
            whole = isinstance(answer, str) and kept["sha256"] == _digest(answer)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return answer if whole else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer: written beside, then renamed. Where nothing can be kept, `failed` says why."""
        path = self._path(key)
        draft = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
                json.dump({"sha256": _digest(answer), "answer": answer}, out)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            self.failed = f"{self.folder}: {error.strerror or error}"

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def _digest(answer: str) -> str:
    return hashlib.sha256(answer.encode("utf-8", "surrogatepass")).hexdigest()
