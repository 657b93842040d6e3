"""What the decisions on a claim come to: one rule, for everybody who reads judgements.

Each reviewer's decision on a claim stands beside those of the others. A final decision settles the claim for all. Where
there is none, the claim is what all its reviewers agree on; where they disagree, it is what its carriers say, as if
nobody had decided: a candidate stays a candidate, until a final decision.
"""

from __future__ import annotations

ACCEPT, REJECT, SKIP = "accept", "reject", "skip"
FINAL = {ACCEPT: "accept-final", REJECT: "reject-final"}

_FINAL = ", ".join(f"'{verdict}'" for verdict in FINAL.values())
#: SQL list of the verdicts of which a reviewer has one at most on a claim.
OWN = f"'{ACCEPT}', '{REJECT}', '{SKIP}'"
#: SQL list of the verdicts that settle a claim, of which it has one at most.
SETTLED = _FINAL

#: SQL for what makes two judgements two states of one thing, of which one at most stands.
STANDS_FOR = (
    "concat_ws('|', subject, CASE WHEN verdict IN ('same', 'different') THEN object "
    f"WHEN verdict IN ({OWN}) THEN 'by ' || coalesce(\"by\", '') WHEN verdict IN ({_FINAL}) THEN 'final' END)"
)

#: SQL for each claim that somebody decided on: `verdict` is accept or reject, or null where reviewers disagree.
JUDGED = f"""
    SELECT subject AS claim_id, coalesce(
        min(replace(verdict, '-final', '')) FILTER (verdict IN ({_FINAL})),
        CASE WHEN count(DISTINCT verdict) = 1 THEN min(verdict) END
    ) AS verdict
    FROM judgement_at WHERE verdict IN ('{ACCEPT}', '{REJECT}', {_FINAL}) GROUP BY subject
"""
