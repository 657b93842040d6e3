"""Labelled data: a line for each decision, with what was proposed, what came of it, and the words around.

All reports here are synthetic.
"""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from southerly.exports import write
from southerly.graph.errors import WrongUse
from southerly.graph.identity import Identity
from southerly.graph.judgements import Decision, judge_claims, mend_claim
from southerly.graph.ledger import Ledger
from southerly.graph.review import Wish, claims_for, make_decisions
from southerly.graph.view import Scope, View
from southerly.ingest.pipeline import ingest
from southerly.queries.filters import window

TEXT = """Synthetic trip report

In 2003 Malawi adopted kangaroo mother care from Colombia. \
In 1998, South Africa adopted the human milk bank from Brazil.
"""
DAY = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def reviewed(ledger: Ledger, tmp_path: Path) -> tuple[Ledger, dict[str, str]]:
    """Return a ledger in which two reviewers have decided on two candidates, and the ids of these by country."""
    report = tmp_path / "trip.txt"
    report.write_text(TEXT, encoding="utf-8")
    ingest(ledger, [str(report)], now=DAY)
    view = View(ledger, Scope(candidates=True))
    with closing(view.con):
        make_decisions(view)
        claims = {claim["content"]["country"]: claim["id"] for claim in claims_for(view, Wish("ann"))}
    decisions = [Decision(claims["MWI"], "accept", "ann"), Decision(claims["MWI"], "reject", "bo", "not so")]
    judge_claims(ledger, [*decisions, Decision(claims["ZAF"], "skip", "bo")], what="synthetic", by=None, now=DAY)
    said = {"kind": "adoption", "status": "actual", "innovation": "human milk banking", "country": "LSO"}
    mend_claim(ledger, claims["ZAF"], said, by="ann", reason="misread", now=DAY)
    return ledger, claims


def labels(ledger: Ledger, path: Path, scope: Scope | None = None, **wanted: Any) -> list[dict[str, Any]]:
    view = View(ledger, scope)
    with closing(view.con):
        written = write(Identity(view), "labels", path, **wanted)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert written.counts.get("labels", 0) == len(lines)
    return lines


def test_each_decision_is_a_line_with_the_words_and_what_came_of_them(reviewed: Any, tmp_path: Path) -> None:
    ledger, claims = reviewed
    accepted, refused, mended = labels(ledger, tmp_path / "labels.jsonl")
    assert accepted["text"] == "In 2003 Malawi adopted kangaroo mother care from Colombia."
    assert accepted["context"] == {
        "before": "Synthetic trip report",
        "after": "In 1998, South Africa adopted the human milk bank from Brazil.",
    }
    assert (accepted["claim"], accepted["kind"], accepted["status"]) == (claims["MWI"], "adoption", "actual")
    assert accepted["proposed"]["source_country"] == "COL"
    assert accepted["locator"].startswith("paragraph=2;char=")
    assert [(x["decision"], x["reviewer"], x["reason"]) for x in (accepted, refused)] == [
        ("accept", "ann", None),
        ("refuse", "bo", "not so"),
    ]
    assert (mended["decision"], mended["corrected"]["content"]["country"]) == ("edit", "LSO")
    assert (mended["proposed"]["country"], mended["date"]) == ("ZAF", "2026-01-02")
    assert mended["reason"].endswith(": misread")


def test_the_same_decisions_give_the_same_bytes_and_the_provenance_says_how_many(reviewed: Any, tmp_path: Path) -> None:
    ledger, _ = reviewed
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    labels(ledger, first)
    labels(ledger, second)
    assert first.read_bytes() == second.read_bytes()
    about = json.loads((tmp_path / "a.jsonl.provenance.json").read_text("utf-8"))
    assert about["counts"] == {"labels": 3}


def test_filters_narrow_and_what_they_leave_out_is_said(reviewed: Any, tmp_path: Path) -> None:
    ledger, claims = reviewed
    out = tmp_path / "labels.jsonl"
    assert {x["claim"] for x in labels(ledger, out, countries=["Brazil"])} == {claims["ZAF"]}
    assert {x["claim"] for x in labels(ledger, out, window=window("2000", None))} == {claims["MWI"]}
    assert {x["claim"] for x in labels(ledger, out, innovation="human milk banking")} == {claims["ZAF"]}
    assert labels(ledger, out, Scope(as_of="1")) == []
    view = View(ledger, Scope(statuses=("planned",)))
    with closing(view.con):
        written = write(Identity(view), "labels", out)
    assert any("2 decided claims of another status" in note for note in written.notes)
    with pytest.raises(WrongUse, match="single claims"):
        labels(ledger, out, min_reports=2)


def test_without_the_file_the_quote_stands_alone(reviewed: Any, tmp_path: Path) -> None:
    ledger, _ = reviewed
    (tmp_path / "trip.txt").unlink()
    assert [x["context"] for x in labels(ledger, tmp_path / "labels.jsonl")] == [None, None, None]
