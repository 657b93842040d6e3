"""`flows` and `reciprocity`: who learns from whom across all innovations, and how far it goes both ways."""

from __future__ import annotations

from typing import Any

from ..graph.diffusion import Diffusion
from ..graph.identity import Identity
from ..graph.network import BASES, Transfer, to_networkx
from ..ontology.countries import country_label
from .aggregates import aggregates_of
from .answer import Answer, cut
from .filters import Tally, Window

GROUPINGS = ("country", "region", "income")


def flows(
    known: Identity,
    *,
    by: str = "country",
    window: Window | None = None,
    bases: tuple[str, ...] = BASES,
    limit: int | None = None,
) -> Answer:
    """Return the transfers between countries, regions or income groups (of each transfer's time), most first.

    A transfer is an adoption and one country that it learned from; several sites of that country count once.
    """
    window, tally = window or Window(), Tally(known.view.scope.possible)
    counted, tally.left_out = aggregates_of(known).flows(
        by, bases, window.since, window.until, possible=tally.include_possible
    )
    found = [
        {
            "from": flow.source,
            "to": flow.target,
            "transfers": flow.transfers,
            "innovations": flow.innovations,
            "stated": flow.stated,
        }
        for flow in counted
    ]
    found.sort(key=lambda f: (-int(str(f["transfers"])), str(f["from"]), str(f["to"])))
    shown, hidden, cutting = cut(found, limit, "flows")
    notes = known.view.notes + tally.note("transfers") + cutting
    named = country_label if by == "country" else str
    rows = [f | {"from": named(str(f["from"])), "to": named(str(f["to"]))} for f in shown]
    return Answer(
        shown,
        rows,
        ("from", "to", "transfers", "innovations", "stated"),
        notes,
        f"Who learns from whom, by {by}",
        hidden,
        lambda: to_networkx(_transfers(known, window, bases)),
    )


def reciprocity(known: Identity, *, bases: tuple[str, ...] = BASES, limit: int | None = None) -> Answer:
    """Return pairs of countries with the transfers each way; `index` is the smaller number over the larger.

    1 is fully two-way, 0 one-way, null where neither learned from the other.
    """
    counts: dict[tuple[str, str], int] = {
        (f["from"], f["to"]): f["transfers"] for f in flows(known, bases=bases).to_dict()
    }
    pairs = sorted({tuple(sorted(pair)) for pair in counts})
    found: list[dict[str, Any]] = []
    for a, b in pairs:
        there, back = counts.get((a, b), 0), counts.get((b, a), 0)
        index = round(min(there, back) / max(there, back), 4) if max(there, back) else None
        found.append({"a": a, "b": b, "a_to_b": there, "b_to_a": back, "index": index})
    found.sort(key=lambda r: (-(r["index"] or 0), -(r["a_to_b"] + r["b_to_a"]), r["a"], r["b"]))
    shown, hidden, cutting = cut(found, limit, "pairs")
    notes = known.view.notes + cutting
    rows = [r | {"a": country_label(r["a"]), "b": country_label(r["b"])} for r in shown]
    return Answer(
        shown, rows, ("a", "b", "a_to_b", "b_to_a", "index"), notes, "How far learning goes both ways", hidden
    )


def _transfers(known: Identity, window: Window, bases: tuple[str, ...]) -> list[Transfer]:
    tally = Tally(known.view.scope.possible)
    return [t for t in Diffusion(known).transfers(bases) if tally.keep(window.match(t.earliest, t.latest))]
