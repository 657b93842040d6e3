"""`stats`: how much there is of everything, at one revision."""

from __future__ import annotations

from typing import Any

from ..graph.claims import KINDS
from ..graph.diffusion import Diffusion
from ..graph.identity import Identity
from ..graph.network import BASES
from ..graph.sql import first
from .answer import Answer


def stats(known: Identity) -> Answer:
    """Return counts: reports, claims by kind, innovations, adoptions, transfers by basis, places, conflicts."""
    Diffusion(known)
    con = known.view.con
    kinds = dict(con.execute("SELECT kind, count(*) FROM visible GROUP BY kind").fetchall())
    pairs = con.execute(
        "SELECT basis, count(*) FROM (SELECT DISTINCT adoption, from_country, basis FROM transfer) GROUP BY basis"
    )
    bases = dict(pairs.fetchall())
    data: dict[str, Any] = {
        "revision": known.view.revision,
        "reports": _one(known, "SELECT count(DISTINCT report) FROM visible"),
        "claims": {kind: kinds.get(kind, 0) for kind in KINDS},
        "innovations": len(known.innovations),
        "adoptions": _one(known, "SELECT count(*) FROM adoption"),
        "transfers": {basis: bases.get(basis, 0) for basis in BASES},
        "countries": _one(known, "SELECT count(DISTINCT country) FROM adoption WHERE NOT considered"),
        "sites": _one(
            known,
            "SELECT count(*) FROM (SELECT DISTINCT country, site_key FROM adoption WHERE site_key IS NOT NULL)",
        ),
        "conflicts": _one(
            known,
            "SELECT (SELECT count(*) FROM stage_spell WHERE conflicted) + "
            "(SELECT count(*) FROM origin_all WHERE conflicted) + (SELECT count(*) FROM (SELECT innovation "
            "FROM origin_all WHERE country IS NOT NULL GROUP BY innovation HAVING count(*) > 1))",
        ),
    }
    rows = []
    for name, value in data.items():
        if isinstance(value, dict):
            rows += [{"what": f"{name}: {part}", "number": n} for part, n in value.items()]
        else:
            rows.append({"what": name, "number": value})
    return Answer(data, rows, ("what", "number"), known.view.notes, "What this graph holds")


def _one(known: Identity, sql: str) -> int:
    return int(first(known.view.con, sql)[0])
