"""What an export takes along: the adoptions, transfers, origins and claims that the filters let through, as tables."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from ..graph.diffusion import Diffusion
from ..graph.identity import Identity
from ..graph.sql import first
from ..queries.filters import CERTAIN, POSSIBLE, Tally, Window

_SAME_SPAN = "s.earliest IS NOT DISTINCT FROM a.earliest AND s.latest IS NOT DISTINCT FROM a.latest"
_OPEN = "nullif(earliest, '-infinity'::DATE) AS earliest, nullif(latest, 'infinity'::DATE) AS latest"


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for, beside the scope of the view."""

    innovation: str | None  # an id; null is all
    window: Window
    bases: tuple[str, ...]


def select(known: Identity, filters: Filters, *, everything: bool) -> list[str]:
    """Make `chosen_innovation`, `_adoption`, `_transfer`, `_origin` and `_claim`; return notes on what was left out.

    An adoption, and the transfers that explain it, is kept by when it began. An innovation of which a window keeps
    nothing is left out with its origins. `chosen_claim` holds what these stand on; with `everything` also the claims
    that make none of them: exchanges and outcomes by their own dates, names with their innovation.
    """
    Diffusion(known, filters.innovation)
    con = known.view.con
    _make_spans(known, filters.window)
    possible = known.view.scope.possible
    wanted = f"('{CERTAIN}', '{POSSIBLE}')" if possible else f"('{CERTAIN}')"
    bases = ", ".join(f"'{basis}'" for basis in filters.bases)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE matched AS
        SELECT a.*, s.match FROM (SELECT * REPLACE ({_OPEN}) FROM adoption) a JOIN span s ON {_SAME_SPAN};

        CREATE OR REPLACE TEMP TABLE chosen_adoption AS
        SELECT * EXCLUDE (match), match = '{CERTAIN}' AS certain FROM matched WHERE match IN {wanted};

        CREATE OR REPLACE TEMP TABLE chosen_transfer AS
        SELECT t.* REPLACE (a.earliest AS earliest, a.latest AS latest), a.stage, a.certain
        FROM transfer t JOIN chosen_adoption a ON a.id = t.adoption WHERE t.basis IN ({bases});
        """
    )
    _make_innovations(known, filters)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE chosen_origin AS
        SELECT * REPLACE ({_OPEN}) FROM origin WHERE innovation IN (SELECT id FROM chosen_innovation);

        CREATE OR REPLACE TEMP TABLE chosen_claim AS
        SELECT unnest(claims) AS claim_id FROM chosen_adoption
        UNION SELECT unnest(claims) FROM chosen_transfer
        UNION SELECT unnest(claims) FROM chosen_origin;
        """
    )
    if everything:
        _add_other_claims(known, wanted, one_innovation=filters.innovation is not None)
    left_out = _counts(known, f"(SELECT * FROM matched WHERE match = '{POSSIBLE}' AND NOT {possible})", bases)
    adoptions, transfers = (Tally(possible, left_out=count) for count in left_out)
    return [*adoptions.note("adoptions"), *transfers.note("transfers")]


def _make_spans(known: Identity, window: Window) -> None:
    """Make `span`: how each pair of bounds lies to the window. There are few of them, whatever the number of claims."""
    spans = known.view.con.execute(
        f"SELECT DISTINCT {_OPEN} FROM (SELECT earliest, latest FROM adoption UNION ALL "
        "SELECT earliest, latest FROM visible) ORDER BY ALL"
    ).fetchall()
    known.view.register(
        "span",
        {
            "earliest": [first for first, _ in spans],
            "latest": [last for _, last in spans],
            "match": [window.match(*bounds) for bounds in spans],
        },
        {"earliest": pa.date32(), "latest": pa.date32()},
    )


def _make_innovations(known: Identity, filters: Filters) -> None:
    if filters.innovation:
        ids = [filters.innovation]
    elif filters.window == Window():
        ids = list(known.innovations)
    else:
        found = known.view.con.execute("SELECT DISTINCT innovation FROM chosen_adoption ORDER BY ALL").fetchall()
        ids = [row[0] for row in found]
    known.view.register("chosen_innovation", {"id": ids})


def _add_other_claims(known: Identity, wanted: str, *, one_innovation: bool) -> None:
    """Add the claims that no adoption, transfer or origin stands on.

    A claim that names no innovation (an exchange that says not what it showed) goes only with the whole graph.
    """
    about = "true"
    if one_innovation:
        about = "i.id IS NOT NULL OR list_has_any(a.shown_keys, (SELECT list(key) FROM innov))"
    known.view.con.execute(
        f"""
        INSERT INTO chosen_claim
        SELECT a.claim_id FROM visible a LEFT JOIN innov i ON i.key = a.innovation_key
        LEFT JOIN span s ON {_SAME_SPAN}
        WHERE ({about}) AND a.claim_id NOT IN (
            SELECT unnest(claims) FROM adoption UNION ALL SELECT unnest(claims) FROM origin
            UNION ALL SELECT claim_id FROM chosen_claim
        ) AND CASE WHEN a.kind = 'name' THEN i.id IN (SELECT id FROM chosen_innovation) ELSE s.match IN {wanted} END
        """
    )


def _counts(known: Identity, adoptions: str, bases: str) -> tuple[int, int]:
    found = first(
        known.view.con,
        f"SELECT (SELECT count(*) FROM {adoptions}), (SELECT count(*) FROM transfer t JOIN {adoptions} a "
        f"ON a.id = t.adoption WHERE t.basis IN ({bases}))",
    )
    return int(found[0]), int(found[1])
