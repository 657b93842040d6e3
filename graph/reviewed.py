"""What rests on candidates alone: claims that nobody has accepted, and what is fused from such claims only.

A claim is a candidate if none of its places is accepted and no judgement accepts it (see `View`); what is fused is one
if all its claims are. What explains an adoption stands on two legs, the adoption's own claims and those that name its
source, and is a candidate if either leg is. Where candidates do not count at all, everything is accepted, unasked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .view import View

ACCEPTED, CANDIDATE = "accepted", "candidate"

#: What is fused from claims: the columns that tell its rows apart, and the table of its claims.
_FUSED = {
    "adoption": ("id", "adoption_claim"),
    "origin": ("innovation, country", "origin_claim"),
}
#: What explains an adoption, and the column that names it there.
_EXPLAINED = {"learned": "id", "transfer": "adoption"}


def marks_of(review: str) -> list[str]:
    """Return the mark of what rests on candidates alone, for people; what is accepted has none."""
    return [CANDIDATE] if review == CANDIDATE else []


def pooled_review(reviews: Iterable[str]) -> str:
    """Return what review comes to of several things together: one that is accepted is enough."""
    return ACCEPTED if ACCEPTED in reviews else CANDIDATE


def review_of(view: View, claim: str) -> str:
    """Return SQL for what review comes to of a visible claim, whose id is a column."""
    if not view.scope.candidates:
        return f"'{ACCEPTED}'"
    return f"CASE WHEN {claim} IN (SELECT claim_id FROM candidate_claim) THEN '{CANDIDATE}' ELSE '{ACCEPTED}' END"


def reviewed(view: View, table: str) -> str:
    """Return SQL for a fused table (adoption, origin, learned or transfer) with a column `review`."""
    if not view.scope.candidates:
        return f"(SELECT *, '{ACCEPTED}' AS review FROM {table})"
    if table in _FUSED:
        key, claims = _FUSED[table]
        alone = (
            f"SELECT {key}, bool_and(claim_id IN (SELECT claim_id FROM candidate_claim)) AS alone "
            f"FROM {claims} GROUP BY {key}"
        )
        same = " AND ".join(f"a.{column} IS NOT DISTINCT FROM t.{column}" for column in key.split(", "))
    else:
        alone, same = _legs(table), "a.number = t.rowid"
    return (
        f"(SELECT t.*, CASE WHEN a.alone THEN '{CANDIDATE}' ELSE '{ACCEPTED}' END AS review "
        f"FROM {table} t LEFT JOIN ({alone}) a ON {same})"
    )


def _legs(table: str) -> str:
    """Return SQL for the rows of an explanation by number, and whether one of its legs is of candidates alone."""
    adoption = _EXPLAINED[table]
    return f"""
        WITH leg AS (
            SELECT s.number, bool_and(s.claim_id IN (SELECT claim_id FROM candidate_claim)) AS alone
            FROM (SELECT rowid AS number, {adoption} AS id, unnest(claims) AS claim_id FROM {table}) s
            LEFT JOIN adoption_claim a ON a.claim_id = s.claim_id AND a.id = s.id
            GROUP BY s.number, a.claim_id IS NULL
        )
        SELECT number, bool_or(alone) AS alone FROM leg GROUP BY number
    """
