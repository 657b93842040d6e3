"""`stats`: how much there is of everything, at one revision."""

from __future__ import annotations

from typing import Any

from ..graph.identity import Identity
from .aggregates import aggregates_of
from .answer import Answer


def stats(known: Identity) -> Answer:
    """Return counts: reports, claims by kind, innovations, adoptions, transfers by basis, places, conflicts."""
    data: dict[str, Any] = {"revision": known.view.revision, **aggregates_of(known).stats()}
    rows = []
    for name, value in data.items():
        if isinstance(value, dict):
            rows += [{"what": f"{name}: {part}", "number": n} for part, n in value.items()]
        else:
            rows.append({"what": name, "number": value})
    return Answer(data, rows, ("what", "number"), known.view.notes, "What this graph holds")
