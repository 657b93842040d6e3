"""Labelled data: what reviewers decided on candidate claims, a line of JSON a decision, to train and to test with.

A line has the quote and, where the report's file can still be read, the sentences before and after it; what was
proposed, what the reviewer decided, and what a mended claim says instead. Two reviewers of one claim make two lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, TextIO

from ..graph.content import content_of
from ..graph.errors import WrongUse
from ..graph.names import name_key
from ..graph.review import Wish, claims_for, make_decisions
from ..graph.verdicts import ACCEPT, SKIP
from ..graph.view import CONFIDENCES, View
from ..ingest.context import Contexts
from ..queries.filters import CERTAIN, POSSIBLE
from .cells import clean, json_text
from .content import Content, Row, Stamp

if TYPE_CHECKING:
    from ..ingest.context import Context

_PLACES = ("country", "source_country", "countries", "host_countries", "visiting_countries")


def write_labels(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write the decisions that the filters let through, report by report and in the order of each.

    Raises:
        WrongUse: if a filter concerns adoptions, which a candidate is not yet.

    """
    filters = content.filters
    if filters.origin_groups or filters.adopted_groups or filters.min_reports:
        raise WrongUse(
            "labels holds decisions on single claims, of which income and the number of reports say nothing; expected "
            "--innovation, --country, --since, --until or --status. Leave the others out."
        )
    view = content.known.view
    make_decisions(view)
    claims = claims_for(view, Wish("", "decided"))
    kept = [claim for claim in claims if claim["status"] in view.scope.statuses]
    if others := len(claims) - len(kept):
        content.notes.append(
            f"{others} decided claims of another status were left out; --status planned, hypothetical or negated has "
            "them."
        )
    wanted = [claim for claim in kept if _fits(content, claim)]
    for line in content.counted("labels", _lines(view, wanted)):
        out.write(line)


def _fits(content: Content, claim: Row) -> bool:
    """Say whether a claim lies within the filters."""
    said, filters, scope = claim["content"], content.filters, content.known.view.scope
    if filters.innovations:
        names = [said.get("innovation"), *said.get("shown", [])]
        if not {content.known.by_key.get(name_key(name)) for name in names if name} & {*filters.innovations}:
            return False
    if filters.countries:
        found = [said.get(field) for field in _PLACES]
        named = {code for value in found for code in (value if isinstance(value, list) else [value])}
        if not named & {*filters.countries}:
            return False
    if scope.min_confidence:
        given = claim["confidence"]
        if given is None and not scope.possible:
            return False
        if given and CONFIDENCES.index(given) < CONFIDENCES.index(scope.min_confidence):
            return False
    match = filters.window.match(*(said.get(x) and date.fromisoformat(said[x]) for x in ("earliest", "latest")))
    return match == CERTAIN or (match == POSSIBLE and scope.possible)


def _lines(view: View, claims: list[Row]) -> Iterator[str]:
    contexts = Contexts()
    instead = _mended(view, [d["instead"] for claim in claims for d in claim["decisions"] if d["instead"]])
    for claim in claims:
        around = contexts.of(claim["carrier"], claim["locator"], claim["quote"])
        for decision in claim["decisions"]:
            if decision["verdict"] != SKIP:
                yield json_text(clean(_label(claim, around, decision, instead.get(decision["instead"])))) + "\n"


def _label(claim: Row, around: Context, decision: Row, corrected: Row | None) -> Row:
    return {
        "claim": claim["id"],
        "text": claim["quote"],
        "context": None if around.missing else {"before": around.before, "after": around.after},
        "report": claim["report"]["id"],
        "carrier": claim["carrier"],
        "locator": claim["locator"],
        "kind": claim["kind"],
        "status": claim["status"],
        "method": claim["method"],
        "proposed": claim["content"],
        "decision": "edit" if decision["instead"] else "accept" if decision["verdict"] == ACCEPT else "refuse",
        "corrected": corrected,
        "reviewer": decision["by"],
        "reason": decision["reason"],
        "final": decision["final"],
        "date": decision["at"][:10],
    }


def _mended(view: View, ids: list[str]) -> dict[str | None, Row]:
    """Return what mended claims say, by id, also of those that were withdrawn since."""
    rows = view.rows(
        "SELECT DISTINCT ON (claim_id) * FROM ledger.claim WHERE claim_id IN (SELECT unnest($1::VARCHAR[])) "
        "ORDER BY claim_id, since DESC",
        [ids],
    )
    return {row["claim_id"]: {"status": row["status"], "content": content_of(row)} for row in rows}
