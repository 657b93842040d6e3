"""Which claims await review, what each reviewer has decided on them, and how far reviewers agree.

Everything is read at the revision of a view, of claims whose report is not retracted, whatever their status.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from .content import content_of
from .judgements import Decision
from .ledger import Ledger
from .sql import first
from .verdicts import ACCEPT, FINAL, JUDGED, REJECT, SKIP
from .view import View

_FINALS = ", ".join(f"'{verdict}'" for verdict in FINAL.values())

#: A claim's place in its carrier: the number of its first character, else the first number in its locator.
_AT = (
    "coalesce(try_cast(regexp_extract(locator, 'char=(\\d+)', 1) AS BIGINT), "
    "try_cast(regexp_extract(locator, '(\\d+)', 1) AS BIGINT))"
)

#: `review_claim`: live claims that somebody proposed or decided on; `open` ones nobody has accepted or refused.
_CLAIMS = f"""
    CREATE OR REPLACE TEMP TABLE decision AS
    SELECT j.subject AS claim_id, replace(j.verdict, '-final', '') AS verdict, j.verdict IN ({_FINALS}) AS final,
        j."by", j.reason, j.object AS instead, r."at"
    FROM ledger.judgement j LEFT JOIN ledger.revision r ON r.revision = j.since
    WHERE j.verdict IN ('{ACCEPT}', '{REJECT}', '{SKIP}', {_FINALS})
        AND j.since <= $revision AND (j.until IS NULL OR j.until > $revision);

    CREATE OR REPLACE TEMP TABLE review_claim AS
    WITH judged AS ({JUDGED}), place AS (
        SELECT claim_id, bool_or(review = 'candidate') AS proposed, bool_or(review = 'accepted') AS accepted,
            bool_and(review = 'refused') AS refused,
            arg_min({{'carrier': carrier, 'locator': locator, 'quote': quote, 'method': method, 'record': record,
                'confidence': confidence, 'at': {_AT}}}, (review <> 'candidate', carrier, locator)) AS at
        FROM evidence_at
        WHERE claim_id IN (
            SELECT claim_id FROM evidence_at WHERE review = 'candidate' UNION SELECT claim_id FROM judged)
        GROUP BY claim_id
    )
    SELECT c.claim_id, coalesce(m.canonical, c.report) AS report_id, p.proposed, j.verdict,
        j.claim_id IS NOT NULL AND j.verdict IS NULL AS disagreed,
        p.proposed AND NOT p.accepted AND j.verdict IS NULL AS open, p.at
    FROM claim_at c JOIN place p USING (claim_id) LEFT JOIN report_map m ON m.report = c.report
    LEFT JOIN judged j ON j.claim_id = c.claim_id
    WHERE coalesce(NOT m.retracted, true)
"""

#: What of the claims is wanted, as a condition on `review_claim r`; `$by` is the reviewer.
_MINE = 'SELECT claim_id FROM decision WHERE "by" = $by'
_WANTED = {
    "open": f"r.open AND NOT r.disagreed AND r.claim_id NOT IN ({_MINE})",
    "others": f"r.proposed AND r.claim_id NOT IN ({_MINE} OR final)",
    "skipped": f"r.claim_id IN ({_MINE} AND verdict = '{SKIP}')",
    "disagreed": "r.disagreed",
    "decided": f"r.proposed AND r.claim_id IN (SELECT claim_id FROM decision WHERE verdict <> '{SKIP}')",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which claims a reviewer wants to see."""

    by: str
    which: str = "open"  # open | others (have decided) | skipped | disagreed | decided
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    report: str | None = None  # canonical key
    ids: Collection[str] | None = None  # only these; null is all


def make_decisions(view: View) -> None:
    """Make the tables `decision` and `review_claim` in the connection of a view."""
    view.con.execute(_CLAIMS.replace("$revision", str(int(view.revision))))
    view.make_report_table()


def claims_for(view: View, wish: Wish) -> list[dict[str, Any]]:
    """Return the claims that a reviewer wants to see, report by report and in the order of each, with all decisions.

    `make_decisions` comes first.
    """
    conditions = [_WANTED[wish.which]]
    values: dict[str, Any] = {"by": wish.by} if "$by" in conditions[0] else {}
    for column, wanted in (("kind", wish.kinds), ("status", wish.statuses)):
        if wanted:
            conditions.append(f"list_contains(${column}, c.{column})")
            values[column] = list(wanted)
    if wish.report is not None:
        conditions.append("r.report_id = $report")
        values["report"] = wish.report
    if wish.ids is not None:
        view.register("wished", {"claim_id": sorted(wish.ids)})
        conditions.append("r.claim_id IN (FROM wished)")
    rows = view.rows(
        f"""
        SELECT c.*, r.report_id, r.verdict, r.disagreed, r.proposed, r.at.carrier AS carrier, r.at.locator AS locator,
            r.at.quote AS quote, r.at.method AS method, r.at.confidence AS confidence,
            i.title AS report_title, i.year, i.url
        FROM review_claim r JOIN claim_at c USING (claim_id) LEFT JOIN report_info i ON i.report = r.report_id
        WHERE {" AND ".join(f"({c})" for c in conditions)}
        ORDER BY r.report_id, r.at.carrier, r.at.record, r.at.at NULLS FIRST, r.at.locator, c.kind, c.claim_id
        """,
        values,
    )
    decided = decisions_on(view)
    return [_claim(row, decided.get(row["claim_id"], [])) for row in rows]


def _claim(row: dict[str, Any], decisions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": row["claim_id"],
        "kind": row["kind"],
        "status": row["status"],
        "review": {ACCEPT: "accepted", REJECT: "refused"}.get(row["verdict"], "candidate"),
        "disagreed": row["disagreed"],
        "report": {"id": row["report_id"], "title": row["report_title"], "year": row["year"], "url": row["url"]},
        "carrier": row["carrier"],
        "locator": row["locator"],
        "quote": row["quote"],
        "method": row["method"],
        "confidence": row["confidence"],
        "content": content_of(row),
        "decisions": decisions,
    }


def decisions_on(view: View) -> dict[str, list[dict[str, Any]]]:
    """Return the standing decisions by claim, in the order of their reviewers; skips are decisions too."""
    found: dict[str, list[dict[str, Any]]] = {}
    told = 'strftime("at", \'%Y-%m-%dT%H:%M:%SZ\') AS "at"'
    for row in view.rows(f'SELECT * REPLACE ({told}) FROM decision ORDER BY claim_id, "by", final'):
        found.setdefault(row.pop("claim_id"), []).append(row)
    return found


def come_to(ledger: Ledger, claim: str) -> str | None:
    """Return what the decisions on a claim come to now: accept, reject, or null where reviewers disagree."""
    view = View(ledger)
    with closing(view.con):
        found: str | None = first(view.con, f"SELECT verdict FROM ({JUDGED}) WHERE claim_id = ?", [claim])[0]
        return found


def live(view: View, ids: list[str]) -> set[str]:
    """Return those of some ids that are of claims."""
    found = view.con.execute(
        "SELECT claim_id FROM claim_at WHERE claim_id IN (SELECT unnest($1::VARCHAR[]))", [ids]
    ).fetchall()
    return {row[0] for row in found}


def news(view: View, decisions: Iterable[Decision]) -> list[Decision]:
    """Return those of some decisions that do not stand yet, so that the same ones again change nothing."""
    standing = decisions_on(view)
    return [
        new
        for new in decisions
        if not any(
            (old["by"], old["verdict"], old["reason"]) == (new.by, new.verdict, new.reason)
            for old in standing.get(new.claim, [])
        )
    ]


def tally(view: View, by: str) -> dict[str, int]:
    """Return how many claims await a reviewer, how many were skipped or disagreed on, and what came of the others."""
    row = first(
        view.con,
        f"""
        SELECT {", ".join(f"count(*) FILTER ({_WANTED[which]})" for which in ("open", "skipped", "disagreed"))},
            count(*) FILTER (proposed AND verdict = '{ACCEPT}'), count(*) FILTER (proposed AND verdict = '{REJECT}')
        FROM review_claim r
        """,
        {"by": by},
    )
    return dict(zip(("open", "skipped", "disagreed", "accepted", "refused"), row, strict=True))


def agreement(view: View) -> list[dict[str, Any]]:
    """Return for each two reviewers how often they decided alike, and Cohen's kappa.

    Kappa (Cohen 1960, Educational and Psychological Measurement 20, 37-46) is how far they agree beyond what two would
    who accept as often as they do, but at random. It is null where both always decide the same one thing: then chance
    explains all.
    """
    votes: dict[str, dict[str, str]] = {}
    for claim, who, verdict in view.con.execute(
        f'SELECT claim_id, "by", verdict FROM decision WHERE verdict <> \'{SKIP}\' AND "by" IS NOT NULL ORDER BY ALL'
    ).fetchall():
        votes.setdefault(who, {})[claim] = verdict
    pairs = []
    for a, b in combinations(sorted(votes), 2):
        both = sorted(votes[a].keys() & votes[b].keys())
        if both:
            alike = sum(votes[a][claim] == votes[b][claim] for claim in both)
            pairs.append({"a": a, "b": b, "both": len(both), "alike": alike, "kappa": _kappa(votes[a], votes[b], both)})
    return pairs


def _kappa(a: dict[str, str], b: dict[str, str], both: list[str]) -> float | None:
    n = len(both)
    observed = sum(a[claim] == b[claim] for claim in both) / n
    chance = sum(
        sum(a[claim] == verdict for claim in both) * sum(b[claim] == verdict for claim in both) / n**2
        for verdict in (ACCEPT, REJECT)
    )
    return None if chance == 1 else round((observed - chance) / (1 - chance), 3)
