"""Analysts' work on claims and names: judge, mend, settle, retract, undo. Each is one revision, dated and signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa

from .claims import claims_from, report_table
from .diffusion import Diffusion
from .errors import NotFound, SoutherlyError
from .identity import Identity
from .ledger import Draft, Ledger, add_claims, close_rows, revert
from .lookup import Hit, find
from .names import name_key
from .reports import report_key
from .sql import first
from .staging import Staging
from .union import UnionFind
from .verdicts import ACCEPT, FINAL, OWN, REJECT, SETTLED
from .view import Scope, View

_EVERYTHING = Scope(statuses=("actual", "planned", "hypothetical", "negated"), candidates=True)


def judge_names(
    ledger: Ledger, verdict: str, a: str, b: str, *, by: str, reason: str, now: datetime | None = None
) -> tuple[int, Hit, Hit]:
    """Judge that two names mean the same innovation or site, or different ones; return the revision and both things.

    Raises:
        SoutherlyError: if they are of two classes, in two countries, or one thing already bound the other way.

    """
    view = View(ledger, _EVERYTHING)
    with closing(view.con):
        known = Identity(view)
        first, second = (find(known, name, ("innovation", "site"))[0] for name in (a, b))
        nodes = sorted(_node(known, hit, name) for hit, name in ((first, a), (second, b)))
    if first.cls != second.cls:
        raise SoutherlyError(
            f"{first.label} is an {first.cls}, {second.label} a {second.cls}; they cannot be compared."
        )
    if nodes[0] == nodes[1]:
        raise SoutherlyError(f"“{a}” and “{b}” are the same name: {nodes[0]}.")
    if first.cls == "site" and nodes[0].split(":")[1] != nodes[1].split(":")[1]:
        raise SoutherlyError(f"{nodes[0]} and {nodes[1]} are in two countries; sites never join across a border.")
    with ledger.write(what=f"judge {verdict}: {nodes[0]} and {nodes[1]}", by=by, reason=reason, now=now) as draft:
        _require_consistent(draft, verdict, nodes)
        close_rows(draft, "judgement", "verdict IN ('same', 'different') AND subject = ? AND object = ?", nodes)
        _record(draft, verdict, nodes[0], nodes[1], by, reason)
    return draft.revision, first, second


@dataclass(frozen=True, slots=True)
class Decision:
    """What one reviewer decides on one claim. It takes the place of what the same reviewer decided before."""

    claim: str
    verdict: str  # accept | reject | skip
    by: str
    reason: str | None = None
    final: bool = False  # settles the claim for all reviewers
    instead: str | None = None  # the mended claim that a rejected one gives way to


def judge_claim(
    ledger: Ledger,
    verdict: str,
    claim: str,
    *,
    by: str,
    reason: str | None,
    final: bool = False,
    now: datetime | None = None,
) -> int:
    """Accept a candidate claim, or reject any claim, which then counts nowhere, unless another reviewer disagrees."""
    decision = Decision(claim, verdict, by, reason, final)
    what = f"judge {verdict}{' finally' if final else ''}: {claim}"
    return judge_claims(ledger, [decision], what=what, by=by, reason=reason, now=now)


def judge_claims(
    ledger: Ledger,
    decisions: Sequence[Decision],
    *,
    what: str,
    by: str | None,
    reason: str | None = None,
    now: datetime | None = None,
) -> int:
    """Keep decisions on claims as one revision, each beside those of other reviewers; return the revision.

    Raises:
        NotFound: if a claim is none, and then nothing is kept.

    """
    _require_claims(ledger, [decision.claim for decision in decisions])
    with ledger.write(what=what, by=by, reason=reason, now=now) as draft:
        for decision in decisions:
            _decide(draft, decision)
    return draft.revision


def mend_claim(
    ledger: Ledger,
    claim: str,
    said: Mapping[str, Any],
    *,
    by: str,
    reason: str | None = None,
    final: bool = False,
    now: datetime | None = None,
) -> tuple[int, str]:
    """Have a mended claim stand for a claim, at the same places of the same report; return the revision and its id.

    The mended one is accepted, the other rejected, both by who mended it. Its carriers are the reviewer's reading of
    those of the other, so that no later ingest of these files withdraws it.

    Args:
        ledger: where the claim is.
        claim: the id of what is mended.
        said: kind, status and content of the mended claim, and its confidence if it has one.
        by: who mended it.
        reason: why.
        final: whether this settles both claims for all reviewers.
        now: when; null is the clock's time.

    Raises:
        NotFound: if there is no such claim.

    """
    _require_claims(ledger, [claim])
    with closing(ledger.open()) as con:
        (report,) = first(con, "SELECT report FROM ledger.claim WHERE claim_id = ? AND until IS NULL", [claim])
        places = con.execute(
            "SELECT carrier, locator, quote FROM ledger.evidence WHERE claim_id = ? AND until IS NULL ORDER BY ALL",
            [claim],
        ).fetchall()
    with closing(Staging()) as staging:
        for carrier, locator, quote in places:
            row = {**said, "report": report, "record": 0, "method": "curated", "locator": locator, "quote": quote}
            staging.add(reading_of(carrier, by), _Mended(claims_from([row])))
        with ledger.write(what=f"mend {claim}", by=by, reason=reason, now=now) as draft:
            (made,) = add_claims(draft, staging)
            why = f"replaced by {made}" + (f": {reason}" if reason else "")
            _decide(draft, Decision(claim, REJECT, by, why, final, instead=made))
            _decide(draft, Decision(made, ACCEPT, by, f"in place of {claim}", final))
    return draft.revision, made


def reading_of(carrier: str, by: str) -> str:
    """Return the carrier of what a reviewer read in a carrier, and mended."""
    return f"review:{by}:{carrier.removeprefix(f'review:{by}:')}"


@dataclass(frozen=True, slots=True)
class _Mended:
    """One mended claim as a staging takes it."""

    claims: pa.Table
    ingester: str = "review/1"
    records: pa.Array = field(default_factory=lambda: pa.array([0], pa.int64()))
    reports: pa.Table = field(default_factory=lambda: report_table({"record": [], "report": []}, 0))
    unplaced: pa.Array = field(default_factory=lambda: pa.array([], pa.int64()))
    problems: tuple[()] = ()


def settle(ledger: Ledger, conflict: str, claim: str, *, by: str, reason: str, now: datetime | None = None) -> int:
    """Settle a conflict by the claim that holds; the others stay listed.

    Raises:
        NotFound: if the conflict is none, or the claim takes no part in it.

    """
    view = View(ledger)
    with closing(view.con):
        Diffusion(Identity(view))
        parties = {
            row[0]
            for row in view.con.execute(
                "SELECT claim_id FROM adoption_claim WHERE conflict = $1 AND dated UNION "
                "SELECT claim_id FROM origin_claim "
                "WHERE (conflict = $1 AND dated) OR (country_conflict = $1 AND country IS NOT NULL)",
                [conflict],
            ).fetchall()
        }
    if not parties:
        raise NotFound(f"No conflict {conflict}. `southerly conflicts` lists them with their ids.")
    if claim not in parties:
        raise NotFound(f"{claim} takes no part in {conflict}. Its claims: {', '.join(sorted(parties))}.")
    with ledger.write(what=f"judge settle: {conflict} by {claim}", by=by, reason=reason, now=now) as draft:
        close_rows(draft, "judgement", "verdict = 'settle' AND subject = ?", [conflict])
        _record(draft, "settle", conflict, claim, by, reason)
    return draft.revision


def retract(
    ledger: Ledger, report: str, *, by: str, reason: str | None = None, now: datetime | None = None
) -> tuple[int, str, int]:
    """Withdraw a report and all that it alone supports, until undone; return revision, report key, number of claims.

    Raises:
        NotFound: if no claim or saying is of that report.

    """
    view = View(ledger, _EVERYTHING)
    with closing(view.con):
        key, keys, claims = report_of(view, report)
    with ledger.write(what=f"retract {key}", by=by, reason=reason, now=now) as draft:
        for one in keys:
            draft.con.execute(
                "INSERT INTO ledger.retraction VALUES (?, ?, ?, ?, NULL)", [one, by, reason, draft.revision]
            )
    return draft.revision, key, claims


def undo(ledger: Ledger, revision: int, *, by: str, reason: str | None, now: datetime | None = None) -> int:
    """Undo what a revision did, as a revision of its own; what later revisions changed again is left alone.

    Raises:
        NotFound: if there is no such revision.
        SoutherlyError: if nothing of it still holds.

    """
    with closing(ledger.open()) as con:
        (what,) = first(con, "SELECT what FROM ledger.revision WHERE revision = ?", [revision])
    if what is None:
        raise NotFound(f"There is no revision {revision}. See `southerly log` for those that there are.")
    with ledger.write(what=f"undo {revision}: {what}", by=by, reason=reason, undoes=revision, now=now) as draft:
        if not revert(draft, revision):
            raise SoutherlyError(f"Revision {revision} ({what}) no longer holds anything to undo.")
    return draft.revision


def _require_consistent(draft: Draft, verdict: str, nodes: list[str]) -> None:
    """Refuse a judgement that others, taken together, contradict."""
    rows = draft.con.execute(
        "SELECT verdict, subject, object FROM ledger.judgement "
        "WHERE until IS NULL AND verdict IN ('same', 'different') AND NOT (subject = ? AND object = ?) ORDER BY ALL",
        nodes,
    ).fetchall()
    union = UnionFind()
    apart = [(a, b) for kind, a, b in rows if kind == "different"] + ([tuple(nodes)] if verdict == "different" else [])
    for a, b in [(a, b) for kind, a, b in rows if kind == "same"] + ([tuple(nodes)] if verdict == "same" else []):
        union.join(a, b)
    for a, b in apart:
        if union.find(a) == union.find(b):
            raise SoutherlyError(
                f"This contradicts earlier judgements: {a} and {b} would be both the same and different. "
                "`southerly log` lists them; undo the one that is wrong first."
            )


def _decide(draft: Draft, decision: Decision) -> None:
    """Close the decision that this one takes the place of, and record it."""
    if decision.final:
        close_rows(draft, "judgement", f"verdict IN ({SETTLED}) AND subject = ?", [decision.claim])
    # Who settles a claim has decided on it; what the same reviewer thought of it before is history.
    own = f'verdict IN ({OWN}) AND subject = ? AND "by" IS NOT DISTINCT FROM ?'
    close_rows(draft, "judgement", own, [decision.claim, decision.by])
    verdict = FINAL[decision.verdict] if decision.final else decision.verdict
    _record(draft, verdict, decision.claim, decision.instead, decision.by, decision.reason)


def _record(draft: Draft, verdict: str, subject: str, other: str | None, by: str, reason: str | None) -> None:
    draft.con.execute(
        "INSERT INTO ledger.judgement VALUES (?, ?, ?, ?, ?, ?, NULL)",
        [verdict, subject, other, by, reason, draft.revision],
    )


def _node(known: Identity, hit: Hit, name: str) -> str:
    """Return what a judgement is about: the very name that was given where it is one, else the thing found by it."""
    key = name_key(name)
    if hit.cls == "innovation" and known.by_key.get(key) == hit.id:
        return f"innovation:{key}"
    return hit.id


def _require_claims(ledger: Ledger, claims: Sequence[str]) -> None:
    with closing(ledger.open()) as con:
        found = con.execute(
            "SELECT claim_id FROM ledger.claim WHERE until IS NULL AND claim_id IN (SELECT unnest($1::VARCHAR[]))",
            [list(claims)],
        ).fetchall()
    if missing := sorted({*claims} - {row[0] for row in found}):
        raise NotFound(
            f"No claim {missing[0]} in the current revision. `southerly why NAME` lists claims with their ids."
        )


def report_of(view: View, text: str) -> tuple[str, list[str], int]:
    """Return the canonical key of a report, all its keys, and its number of claims, by its address, DOI or title.

    Raises:
        NotFound: if no claim or saying is of that report.

    """
    wanted = {text, report_key(doi=text, url=text) or text, f"doi:{text.lower()}"}
    known = [
        row[0]
        for row in view.con.execute(
            "SELECT report FROM claim_at UNION SELECT report FROM saying_at ORDER BY 1"
        ).fetchall()
    ]
    found = [key for key in known if key in wanted]
    if not found:
        titled = view.con.execute(
            "SELECT DISTINCT report FROM saying_at WHERE lower(title) = lower(?)", [text]
        ).fetchall()
        found = sorted(row[0] for row in titled)
        if len({*found}) > 1:
            raise NotFound(f"{len(found)} reports have that title: {', '.join(found)}. Give the address or DOI.")
    if not found:
        raise NotFound(f"No report “{text}” here. Give its web address, DOI or title, as in `southerly why`.")
    mapped = dict(view.con.execute("SELECT report, canonical FROM report_map").fetchall())
    canonical = mapped.get(found[0], found[0])
    keys = sorted({k for k, c in mapped.items() if c == canonical} | {canonical})
    (claims,) = first(view.con, "SELECT count(*) FROM visible WHERE report = ?", [canonical])
    return canonical, keys, int(claims)
