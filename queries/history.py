"""`log` and `diff`: what was done to the graph, when, by whom and why; what two revisions say differently."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from ..graph.content import content_of
from ..graph.ledger import Ledger
from ..graph.view import Scope, View
from .answer import Answer, cut
from .why import saying


def log(ledger: Ledger, *, limit: int | None = None) -> Answer:
    """Return the revisions, newest first."""
    with closing(ledger.open()) as con:
        rows = con.execute(
            'SELECT revision, "at", what, "by", reason, undoes FROM ledger.revision ORDER BY revision DESC'
        ).fetchall()
    names = ("revision", "at", "what", "by", "reason", "undoes")
    found = [dict(zip(names, row, strict=True)) | {"at": row[1].isoformat(sep=" ", timespec="seconds")} for row in rows]
    shown, hidden, cutting = cut(found, limit, "revisions")
    return Answer(shown, shown, names, cutting, "History of this graph", hidden)


def diff(ledger: Ledger, before: str, after: str) -> Answer:
    """Return the claims that one revision has and the other has not; a claim that took another's place is `changed`.

    Two claims are one changed claim when the same report makes them of the same innovation, place and exchange.
    """
    old, new = _claims(ledger, before), _claims(ledger, after)
    withdrawn = {id_: row for id_, row in old.items() if id_ not in new}
    added = {id_: row for id_, row in new.items() if id_ not in old}
    changed = []
    by_subject: dict[tuple[Any, ...], list[str]] = {}
    for id_ in sorted(added):
        by_subject.setdefault(_subject(added[id_]), []).append(id_)
    for id_ in sorted(withdrawn):
        waiting = by_subject.get(_subject(withdrawn[id_]))
        if waiting:
            successor = waiting.pop(0)
            changed.append({"from": _shape(withdrawn.pop(id_)), "to": _shape(added.pop(successor))})
    shape = {
        "added": [_shape(added[i]) for i in sorted(added)],
        "withdrawn": [_shape(withdrawn[i]) for i in sorted(withdrawn)],
        "changed": changed,
    }
    rows = [
        *({"change": "added", **_line(c)} for c in shape["added"]),
        *({"change": "withdrawn", **_line(c)} for c in shape["withdrawn"]),
        *({"change": "changed", **_line(c["to"]), "before": _line(c["from"])["says"]} for c in changed),
    ]
    return Answer(
        shape,
        [{"before": None, **r} for r in rows],
        ("change", "says", "before", "report", "id"),
        [],
        f"{before} → {after}",
    )


def _claims(ledger: Ledger, revision: str) -> dict[str, dict[str, Any]]:
    view = View(
        ledger,
        Scope(as_of=revision, statuses=("actual", "planned", "hypothetical", "negated"), candidates=True),
    )
    with closing(view.con):
        return {row["claim_id"]: row for row in view.rows("SELECT * FROM visible")}


def _subject(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        row[c] for c in ("report", "kind", "innovation_key", "country", "site_key", "exchange_key", "name_key")
    )


def _shape(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["claim_id"], "kind": row["kind"], "report": row["report"], "content": content_of(row)}


def _line(claim: dict[str, Any]) -> dict[str, Any]:
    return {
        "says": f"{claim['kind']}: {saying(claim['kind'], claim['content'])}",
        "report": claim["report"],
        "id": claim["id"],
    }
