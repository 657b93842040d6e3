"""`verify`: whether what was computed from the ledger and kept still says what the ledger says."""

from __future__ import annotations

from ..graph.fused import verify as verify_fused
from ..graph.ledger import Ledger
from .answer import Answer

#: Each returns the checks of one projection.
CHECKS = (verify_fused,)


def verify(ledger: Ledger) -> Answer:
    """Return the parts of every kept projection beside the same computed now, those that differ first.

    Raises:
        NoLedger: if there is no graph.

    """
    checks = sorted(
        (check for checks in CHECKS for check in checks(ledger)), key=lambda c: (c.same, c.projection, c.part)
    )
    rows = [
        {"projection": c.projection, "part": c.part, "ledger": c.ledger, "found": c.found, "same": c.same}
        for c in checks
    ]
    return Answer(
        {"revision": ledger.revision(), "differences": sum(not c.same for c in checks), "checks": rows},
        [row | {"same": "yes" if row["same"] else "NO"} for row in rows],
        ("projection", "part", "ledger", "found", "same"),
        [],
        "Projections against the ledger",
    )
