"""`review --list` and `review --agreement`: what awaits review, what was decided, how reviewers agree."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ..graph.errors import NotFound
from ..graph.identity import Identity
from ..graph.judgements import report_of
from ..graph.lookup import find
from ..graph.review import Wish, agreement, claims_for, make_decisions, tally
from ..graph.verdicts import ACCEPT, REJECT, SKIP
from ..graph.view import View
from .answer import Answer, cut
from .why import claims_behind, saying

_COLUMNS = ("says", "kind", "status", "accepted", "refused", "skipped", "where", "id")
#: The columns of a list to decide on elsewhere.
WRITTEN = ("id", "kind", "status", "says", "quote", "report", "where", "accepted", "refused", "skipped")
FEW = 20  # decisions that two reviewers share: below it kappa says little


def wished(view: View, wish: Wish) -> list[dict[str, Any]]:
    """Return the claims that a reviewer wants to see, report by report."""
    make_decisions(view)
    return claims_for(view, wish)


def report_called(view: View, text: str) -> str:
    """Return the key of the report that an address, a DOI, or a title or its beginning means.

    Raises:
        NotFound: if there is none.
        Ambiguous: if several fit equally.

    """
    with suppress(NotFound):
        return report_of(view, text)[0]
    return find(Identity(view), text, ("report",))[0].id


def behind(view: View, name: str) -> tuple[str | None, set[str] | None, list[str]]:
    """Return the report that a name means, else the claims behind what it means, and notes.

    Raises:
        NotFound: if nothing of that name is in the graph.
        Ambiguous: if several things fit equally.

    """
    with suppress(NotFound):
        return report_of(view, name)[0], None, []
    subject, ids, notes = claims_behind(Identity(view), name)
    return (subject["id"], None, notes) if subject["class"] == "report" else (None, set(ids), notes)


def review(view: View, wish: Wish, limit: int | None = None) -> Answer:
    """Return the claims that a reviewer wants to see, and in the notes how much there is of everything."""
    claims, hidden, notes = cut(wished(view, wish), limit, "claims")
    return Answer(claims, [_row(claim) for claim in claims], _COLUMNS, [*counted(view, wish.by), *notes], hidden=hidden)


def counted(view: View, by: str) -> list[str]:
    """Return the lines that say what awaits a reviewer and what was decided so far."""
    told = tally(view, by)
    lines = [
        f"{told['open']} to review by {by}; decided so far: {told['accepted']} accepted, {told['refused']} refused."
    ]
    if told["skipped"]:
        lines.append(f"{told['skipped']} skipped by {by}; --again shows them.")
    if told["disagreed"]:
        lines.append(f"{told['disagreed']} on which reviewers disagree; --disagreed shows them, to be settled.")
    return lines


def agreed(view: View) -> Answer:
    """Return how far each two reviewers agree."""
    make_decisions(view)
    pairs = agreement(view)
    few = [pair for pair in pairs if pair["both"] < FEW]
    names = ", ".join(f"{pair['a']} and {pair['b']}" for pair in few)
    notes = [f"Fewer than {FEW} decisions in common say little: {names}."]
    return Answer(pairs, pairs, ("a", "b", "both", "alike", "kappa"), notes if few else [])


def in_short(claim: dict[str, Any]) -> str:
    """Return what a claim says in a few words: also one that names sides, or causes, and nothing else."""
    content = claim["content"]
    if claim["kind"] == "exchange":
        sides = (
            ("visiting_countries", "visiting_organisations", "visiting"),
            ("host_countries", "host_organisations", "hosted by"),
        )
        names = [
            f"{word} {', '.join(found)}"
            for *fields, word in sides
            if (found := [name for field in fields for name in content.get(field, [])])
        ]
        return " ".join([saying("exchange", content) or "an exchange", *names])
    if claim["kind"] == "outcome" and not content.get("outcome"):
        factors = ((field[:-1], content.get(field, [])) for field in ("mechanisms", "enablers", "barriers"))
        return "; ".join(f"{name}: {', '.join(found)}" for name, found in factors if found)
    return saying(claim["kind"], content)


def _row(claim: dict[str, Any]) -> dict[str, Any]:
    verdicts = [decision["verdict"] for decision in claim["decisions"]]
    return {
        "says": in_short(claim),
        "kind": claim["kind"],
        "status": claim["status"],
        "accepted": verdicts.count(ACCEPT),
        "refused": verdicts.count(REJECT),
        "skipped": verdicts.count(SKIP),
        "where": f"{claim['carrier']} {claim['locator'] or ''}".strip(),
        "id": claim["id"],
        "report": claim["report"]["title"] or claim["report"]["id"],
        "quote": claim["quote"],
    }
