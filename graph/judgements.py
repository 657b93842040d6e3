"""Analysts' work on claims and names: judge, settle, retract, undo. Each is one revision, dated, signed, reasoned."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from .diffusion import Diffusion
from .errors import NotFound, SoutherlyError
from .identity import Identity
from .ledger import Draft, Ledger, close_rows, revert
from .lookup import Hit, find
from .names import name_key
from .reports import report_key
from .sql import first
from .union import UnionFind
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


def judge_claim(ledger: Ledger, verdict: str, claim: str, *, by: str, reason: str, now: datetime | None = None) -> int:
    """Accept a candidate claim, or reject any claim, which then counts nowhere."""
    _require_claim(ledger, claim)
    with ledger.write(what=f"judge {verdict}: {claim}", by=by, reason=reason, now=now) as draft:
        close_rows(draft, "judgement", "verdict IN ('accept', 'reject') AND subject = ?", [claim])
        _record(draft, verdict, claim, None, by, reason)
    return draft.revision


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
        key, keys, claims = _report(view, report)
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


def _record(draft: Draft, verdict: str, subject: str, other: str | None, by: str, reason: str) -> None:
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


def _require_claim(ledger: Ledger, claim: str) -> None:
    with closing(ledger.open()) as con:
        if first(con, "SELECT 1 FROM ledger.claim WHERE claim_id = ? AND until IS NULL", [claim])[0] is None:
            raise NotFound(
                f"No claim {claim} in the current revision. `southerly why NAME` lists claims with their ids."
            )


def _report(view: View, text: str) -> tuple[str, list[str], int]:
    """Return the canonical key of a report, all its keys, and its number of claims."""
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
