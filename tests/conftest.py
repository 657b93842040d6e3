"""Ledgers to test with: made in a temporary folder, filled claim by claim, asked everything at once.

All claims here are synthetic; their innovations, sites and reports are called so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from southerly.graph.claims import claims_from, report_table
from southerly.graph.dates import read_when
from southerly.graph.diffusion import Diffusion
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.plan import Counts
from southerly.graph.staging import Staging
from southerly.graph.view import Scope, View
from southerly.ingest.reading import Batch, Problem
from southerly.queries.conflicts import conflicts
from southerly.queries.discover import Wanted, discover
from southerly.queries.flows import flows, reciprocity
from southerly.queries.outcomes import outcomes
from southerly.queries.spread import spread
from southerly.queries.stats import stats
from southerly.queries.trace import trace
from southerly.queries.why import claims_by_id

Rows = Iterable[Mapping[str, Any]]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return an empty ledger."""
    return Ledger(tmp_path / "graph")


@pytest.fixture(scope="session")
def new_ledger(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Ledger]:
    """Return a function that makes an empty ledger, for property tests, which need one an example."""
    return lambda: Ledger(tmp_path_factory.mktemp("graph") / "graph")


@pytest.fixture(scope="session")
def commit() -> Callable[..., tuple[Counts, int]]:
    """Return the function that commits carriers; see `_commit`."""
    return _commit


@pytest.fixture(scope="session")
def answers() -> Callable[..., dict[str, Any]]:
    """Return the function that asks a ledger everything; see `_answers`."""
    return _answers


@pytest.fixture(scope="session")
def fused() -> Callable[..., dict[str, Any]]:
    """Return the function that fuses a ledger once, the common ground of all answers; see `_fused`."""
    return _fused


@pytest.fixture(scope="session")
def visible() -> Callable[..., dict[str, dict[str, Any]]]:
    """Return the function that lists the claims that count under a scope, by id."""
    return _visible


def _claim(number: int, said: Mapping[str, Any]) -> dict[str, Any]:
    """Complete a claim: record and locator from its place in the carrier, bounds from the words of its date."""
    row = {"record": number, "locator": f"row={number + 1}", **said}
    for words, prefix in (("when", ""), ("end", "end_")):
        if row.get(words):
            date = read_when(row[words])
            row |= {f"{words}_said": date.said, words: date.edtf}
            row |= {f"{prefix}earliest": date.earliest, f"{prefix}latest": date.latest}
    return row


def _batch(claims: Rows, sayings: Rows = (), problems: Iterable[Problem] = (), unplaced: Iterable[int] = ()) -> Batch:
    """Make the batch of a carrier. A saying without a record of its own belongs to the first."""
    rows = [_claim(number, said) for number, said in enumerate(claims, 1)]
    told = [{"record": 1, **said} for said in sayings]
    columns = {name: [said.get(name) for said in told] for name in {name for said in told for name in said}}
    records = sorted({r["record"] for r in [*rows, *told]} | {p.record for p in problems if p.record is not None})
    return Batch(
        ingester="synthetic/1",
        records=pa.array(records, pa.int64()),
        claims=claims_from(rows),
        reports=report_table(columns or {"record": [], "report": []}, len(told)),
        problems=tuple(problems),
        unplaced=pa.array(unplaced, pa.int64()),
    )


def _commit(
    ledger: Ledger,
    carriers: Mapping[str, Rows],
    *,
    sayings: Mapping[str, Rows] | None = None,
    problems: Mapping[str, Iterable[Problem]] | None = None,
    unplaced: Mapping[str, Iterable[int]] | None = None,
    now: datetime | None = None,
    dry_run: bool = False,
    on_wait: Callable[[], None] | None = None,
) -> tuple[Counts, int]:
    """Commit claims by carrier as one revision; return the counts and the revision.

    A claim needs `kind` and `report`; `when` and `end` are words, read as an ingester reads them.
    """
    staging = Staging()
    with closing(staging):
        for name, claims in carriers.items():
            batch = _batch(
                claims,
                (sayings or {}).get(name, ()),
                (problems or {}).get(name, ()),
                (unplaced or {}).get(name, ()),
            )
            staging.add_carrier(name)
            staging.add(name, batch)
        return ledger.commit(staging, what="synthetic", now=now, dry_run=dry_run, on_wait=on_wait)


def _visible(ledger: Ledger, **scope: Any) -> dict[str, dict[str, Any]]:
    view = View(ledger, Scope(**scope))
    with closing(view.con):
        ids = [row["claim_id"] for row in view.rows("SELECT claim_id FROM visible")]
        return {claim["id"]: claim for claim in claims_by_id(Identity(view), ids)}


def _fused(ledger: Ledger, **scope: Any) -> dict[str, Any]:
    """Return all that answers are made of, at the cost of one question; for property tests, which ask many ledgers."""
    view = View(ledger, Scope(**scope))
    with closing(view.con):
        known = Identity(view)
        diffusion = Diffusion(known)
        ids = [row["claim_id"] for row in view.rows("SELECT claim_id FROM visible")]
        return {
            "innovations": list(known.innovations.values()),
            "names": sorted(known.by_key.items()),
            "suggestions": known.suggestions,
            "origins": diffusion.origins(),
            "adoptions": diffusion.adoptions(),
            "sources": diffusion.sources(),
            "transfers": diffusion.transfers(),
            "reports": view.rows("SELECT * FROM report_info ORDER BY report"),
            "claims": {claim["id"]: claim for claim in claims_by_id(known, ids)},
        }


def _answers(ledger: Ledger, **scope: Any) -> dict[str, Any]:
    """Return everything that can be asked of a ledger, without the number of the revision that answers."""
    view = View(ledger, Scope(**scope))
    with closing(view.con):
        known = Identity(view)
        everything = {
            "conflicts": conflicts(known).data,
            "discover": discover(known, Wanted()).data,
            "crossings": discover(known, Wanted("LMIC", "H")).data,
            "flows": {by: flows(known, by=by).data for by in ("country", "region", "income")},
            "reciprocity": reciprocity(known).data,
            "outcomes": {str(by): outcomes(known, by=by).data for by in (None, "mechanism", "country", "innovation")},
            "stats": {k: v for k, v in stats(known).data.items() if k != "revision"},
            "suggestions": known.suggestions,
        }
        for id_ in known.innovations:
            everything[id_] = {"spread": spread(known, id_).data, "trace": trace(known, id_).data}
    return everything | {"claims": _visible(ledger, **scope)}
