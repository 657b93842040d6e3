"""The bundled corpus: real reports, one readable file per source, with their citations."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def reports() -> Path:
    """Return the folder of the report files; every `*.yaml` in it is an exchange report."""
    return Path(str(files(__package__) / "reports"))
