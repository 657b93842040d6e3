"""What decisions of several reviewers come to, how mended claims lie in the ledger, and how far reviewers agree.

All claims are synthetic.
"""

from __future__ import annotations

from contextlib import closing
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from southerly.graph.errors import NotFound
from southerly.graph.identity import Identity
from southerly.graph.judgements import Decision, judge_claim, judge_claims, mend_claim, retract, undo
from southerly.graph.ledger import Ledger
from southerly.graph.neo4j_tables import make_tables
from southerly.graph.review import Wish, agreement, claims_for, make_decisions, news, tally
from southerly.graph.view import Scope, View

REPORT = "url:synthetic.example/a"
EVERYTHING = Scope(statuses=("actual", "planned", "hypothetical", "negated"), candidates=True)
_few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def candidate(country: str = "KEN", **more: Any) -> dict[str, Any]:
    said = {"kind": "adoption", "report": REPORT, "innovation": "Synthetic cup", "country": country}
    return {**said, "review": "candidate", "method": "rule", "quote": f"{country} adopted it.", **more}


def wanted(ledger: Ledger, by: str = "ann", which: str = "open", **more: Any) -> list[dict[str, Any]]:
    view = View(ledger, EVERYTHING)
    with closing(view.con):
        make_decisions(view)
        return claims_for(view, Wish(by, which, **more))


def ids(ledger: Ledger, by: str = "ann", which: str = "open", **more: Any) -> list[str]:
    return [claim["id"] for claim in wanted(ledger, by, which, **more)]


@pytest.fixture
def one(ledger: Ledger, commit: Any) -> tuple[Ledger, str]:
    """Return a ledger with one candidate, and its id."""
    commit(ledger, {"synthetic.txt": [candidate()]})
    return ledger, ids(ledger)[0]


# The rule


def test_what_all_reviewers_agree_on_is_what_the_claim_is(one: Any, visible: Any) -> None:
    ledger, claim = one
    judge_claim(ledger, "accept", claim, by="ann", reason="synthetic")
    judge_claim(ledger, "accept", claim, by="bo", reason="synthetic")
    assert claim in visible(ledger)
    judge_claim(ledger, "reject", claim, by="bo", reason="synthetic")
    assert claim not in visible(ledger)
    assert claim in visible(ledger, candidates=True), "who disagree leave a candidate a candidate"
    assert ids(ledger, which="disagreed") == [claim]
    judge_claim(ledger, "reject", claim, by="ann", reason="synthetic")
    assert claim not in visible(ledger, candidates=True)
    assert ids(ledger, which="disagreed") == []


def test_disagreement_leaves_a_claim_of_a_table_counting(ledger: Ledger, commit: Any, visible: Any) -> None:
    commit(ledger, {"table.csv": [candidate(review="accepted", method="table")]})
    (claim,) = visible(ledger)
    judge_claim(ledger, "reject", claim, by="ann", reason="synthetic")
    assert claim not in visible(ledger)
    judge_claim(ledger, "accept", claim, by="bo", reason="synthetic")
    assert claim in visible(ledger)
    assert ids(ledger, which="disagreed") == [claim]


def test_a_final_decision_settles_a_claim_until_it_is_undone(one: Any, visible: Any) -> None:
    ledger, claim = one
    judge_claim(ledger, "accept", claim, by="ann", reason="synthetic")
    judge_claim(ledger, "reject", claim, by="bo", reason="synthetic")
    settled = judge_claim(ledger, "accept", claim, by="cy", reason="synthetic", final=True)
    judge_claim(ledger, "reject", claim, by="di", reason="synthetic")
    assert claim in visible(ledger)
    assert ids(ledger, which="disagreed") == []
    again = judge_claim(ledger, "reject", claim, by="ann", reason="synthetic", final=True)
    assert claim not in visible(ledger, candidates=True), "a later final decision takes the place of the earlier"
    undo(ledger, again, by="ann", reason="synthetic")
    assert claim in visible(ledger)
    undo(ledger, settled, by="cy", reason="synthetic")
    assert ids(ledger, which="disagreed") == [claim]


def test_undoing_one_reviewers_decision_leaves_the_others(one: Any, visible: Any) -> None:
    ledger, claim = one
    first = judge_claim(ledger, "accept", claim, by="ann", reason="synthetic")
    second = judge_claim(ledger, "accept", claim, by="bo", reason="synthetic")
    taken = undo(ledger, first, by="ann", reason="synthetic")
    undo(ledger, taken, by="ann", reason="synthetic")
    undo(ledger, second, by="bo", reason="synthetic")
    (found,) = wanted(ledger, "cy", "decided")
    assert [(d["by"], d["verdict"]) for d in found["decisions"]] == [("ann", "accept")]
    assert claim in visible(ledger)


_decided = st.lists(
    st.tuples(st.sampled_from(["ann", "bo", "cy"]), st.sampled_from(["accept", "reject", "skip"]), st.booleans()),
    max_size=5,
)


@_few
@given(_decided, st.sampled_from(["candidate", "accepted", "refused"]))
def test_every_reader_finds_the_same_one_state(
    new_ledger: Any, commit: Any, visible: Any, decided: list[tuple[str, str, bool]], said: str
) -> None:
    ledger = new_ledger()
    commit(ledger, {"synthetic.txt": [candidate(review=said)]})
    view = View(ledger)
    (claim,) = (row["claim_id"] for row in view.rows("SELECT claim_id FROM claim_at"))
    view.con.close()
    final, votes = None, {}
    for by, verdict, settles in decided:
        settles = settles and verdict != "skip"
        judge_claims(ledger, [Decision(claim, verdict, by, final=settles)], what="synthetic", by=by)
        votes[by] = "skip" if settles else verdict
        final = verdict if settles else final
    verdicts = set(votes.values()) - {"skip"}
    agreed = final or (verdicts.pop() if len(verdicts) == 1 else None)
    expected = {"accept": "accepted", "reject": "refused", None: said}[agreed]
    assert (claim in visible(ledger)) == (expected == "accepted")
    assert (claim in visible(ledger, candidates=True)) == (expected != "refused")
    view = View(ledger)
    with closing(view.con):
        make_tables(Identity(view))
        assert view.rows("SELECT review, visible FROM live") == [
            {"review": expected, "visible": expected == "accepted"}
        ]
        told = view.rows("SELECT id, verdict FROM neo_judgement")
        assert len({row["id"] for row in told}) == len(told), "each decision is a node of its own"
        assert "skip" not in {row["verdict"] for row in told}


@_few
@given(_decided)
def test_decisions_undone_in_reverse_leave_no_trace(
    new_ledger: Any, commit: Any, decided: list[tuple[str, str, bool]]
) -> None:
    ledger = new_ledger()
    commit(ledger, {"synthetic.txt": [candidate()]})
    before = wanted(ledger)
    made = [
        judge_claims(
            ledger, [Decision(before[0]["id"], verdict, by, final=final and verdict != "skip")], what="x", by=by
        )
        for by, verdict, final in decided
    ]
    for revision in reversed(made):
        undo(ledger, revision, by="ann", reason="synthetic")
    assert wanted(ledger) == before


# Whose turn it is


def test_what_a_reviewer_decided_or_skipped_is_not_shown_to_them_again(ledger: Ledger, commit: Any) -> None:
    commit(ledger, {"synthetic.txt": [candidate(c) for c in ("KEN", "UGA", "IND", "PER")]})
    accepted, refused, skipped, left = ids(ledger)
    judge_claim(ledger, "accept", accepted, by="ann", reason="synthetic")
    judge_claim(ledger, "reject", refused, by="ann", reason="synthetic")
    judge_claim(ledger, "skip", skipped, by="ann", reason=None)
    assert ids(ledger) == [left]
    assert ids(ledger, which="skipped") == [skipped]
    assert ids(ledger, "bo") == [skipped, left], "what somebody skipped still awaits the others"
    assert ids(ledger, "bo", "others") == [accepted, refused, skipped, left]
    judge_claim(ledger, "accept", skipped, by="ann", reason="synthetic")
    assert ids(ledger, which="skipped") == []
    view = View(ledger, EVERYTHING)
    with closing(view.con):
        make_decisions(view)
        assert tally(view, "ann") == {"open": 1, "skipped": 0, "disagreed": 0, "accepted": 2, "refused": 1}


def test_claims_come_report_by_report_in_the_order_of_the_text(ledger: Ledger, commit: Any) -> None:
    places = [("b", 900), ("b", 1000), ("b", 20), ("a", 5)]
    rows = [
        candidate(report=f"url:synthetic.example/{report}", locator=f"page=1;char={at},{at + 9}", when=str(1990 + i))
        for i, (report, at) in enumerate(places)
    ]
    commit(ledger, {f"{r['locator']}.txt": [{**r, "record": 0}] for r in rows[3:]})
    commit(ledger, {"b.txt": [{**r, "record": 0} for r in rows[:3]]})
    found = [(claim["report"]["id"][-1], claim["locator"]) for claim in wanted(ledger)]
    assert [(r, int(at.split("=")[2].split(",")[0])) for r, at in found] == [
        ("a", 5),
        ("b", 20),
        ("b", 900),
        ("b", 1000),
    ]


def test_retracted_and_curated_claims_are_not_reviewed(ledger: Ledger, commit: Any) -> None:
    commit(ledger, {"a.txt": [candidate()], "b.csv": [candidate("UGA", review="accepted")]})
    assert len(ids(ledger)) == 1
    retract(ledger, REPORT, by="ann", reason="synthetic")
    assert ids(ledger) == []


def test_the_same_decisions_again_are_no_news(one: Any) -> None:
    ledger, claim = one
    decision = Decision(claim, "accept", "ann", "synthetic")
    judge_claims(ledger, [decision], what="synthetic", by="ann")
    view = View(ledger, EVERYTHING)
    with closing(view.con):
        make_decisions(view)
        other = Decision(claim, "accept", "bo", "synthetic")
        assert news(view, [decision, other]) == [other]


def test_a_decision_on_no_claim_keeps_none_of_them(one: Any) -> None:
    ledger, claim = one
    with pytest.raises(NotFound):
        judge_claims(
            ledger, [Decision(claim, "accept", "ann"), Decision("claim:0", "accept", "ann")], what="x", by="ann"
        )
    assert ids(ledger) == [claim]


# Mending


def mend(ledger: Ledger, claim: str, country: str = "UGA", by: str = "ann") -> tuple[int, str]:
    said = {"kind": "adoption", "status": "actual", "innovation": "Synthetic cup", "country": country}
    return mend_claim(ledger, claim, said, by=by)


def test_a_mended_claim_counts_with_the_same_words_and_the_other_does_not(one: Any, visible: Any) -> None:
    ledger, claim = one
    _, made = mend(ledger, claim)
    found = visible(ledger, candidates=True)
    assert list(found) == [made]
    new = found[made]
    assert (new["report"]["id"], new["quote"], new["locator"]) == (REPORT, "KEN adopted it.", "row=2")
    assert (new["method"], new["review"], new["content"]["country"]) == ("curated", "accepted", "UGA")
    (old,) = wanted(ledger, which="decided")
    assert [(d["verdict"], d["instead"], d["reason"]) for d in old["decisions"]] == [
        ("reject", made, f"replaced by {made}")
    ]


def test_reading_the_file_again_changes_nothing_and_undo_takes_a_mending_back(
    one: Any, commit: Any, visible: Any
) -> None:
    ledger, claim = one
    before = visible(ledger, candidates=True)
    revision, made = mend(ledger, claim)
    counts, after = commit(ledger, {"synthetic.txt": [candidate()]})
    assert (counts.claims["new"], counts.claims["withdrawn"], after) == (0, 0, revision)
    assert made in visible(ledger)
    assert visible(ledger, candidates=True, as_of=str(revision - 1)) == before
    undo(ledger, revision, by="ann", reason="synthetic")
    assert visible(ledger, candidates=True) == before
    assert ids(ledger) == [claim]


def test_a_mended_claim_outlives_its_file_and_goes_with_its_report(one: Any, commit: Any, visible: Any) -> None:
    ledger, claim = one
    _, made = mend(ledger, claim)
    commit(ledger, {"synthetic.txt": []})
    assert list(visible(ledger)) == [made]
    retract(ledger, REPORT, by="ann", reason="synthetic")
    assert not visible(ledger, candidates=True)


def test_a_mended_claim_is_the_claim_of_a_form_that_says_the_same(one: Any, commit: Any) -> None:
    ledger, claim = one
    mend(ledger, claim)
    counts, _ = commit(ledger, {"form.yaml": [candidate("UGA", review="accepted", method="curated")]})
    assert counts.claims["new"] == 0


def test_two_reviewers_may_mend_alike_and_one_take_it_back(one: Any, visible: Any) -> None:
    ledger, claim = one
    first, made = mend(ledger, claim, by="ann")
    _, again = mend(ledger, claim, by="bo")
    assert again == made
    undo(ledger, first, by="ann", reason="synthetic")
    assert list(visible(ledger)) == [made]


# Agreement


def pairs(ledger: Ledger) -> list[dict[str, Any]]:
    view = View(ledger, EVERYTHING)
    with closing(view.con):
        make_decisions(view)
        return agreement(view)


def test_kappa_is_that_of_a_worked_example(ledger: Ledger, commit: Any) -> None:
    """50 decisions: 20 accepted and 15 refused by both, 5 and 10 split; chance .5, observed .7, kappa .4 by hand."""
    commit(ledger, {"a.txt": [candidate(when=str(1900 + i)) for i in range(50)]})
    claims = ids(ledger)
    votes = [("accept", "accept")] * 20 + [("accept", "reject")] * 5 + [("reject", "accept")] * 10
    votes += [("reject", "reject")] * 15
    made = [Decision(c, v, by) for c, both in zip(claims, votes, strict=True) for v, by in zip(both, "ab", strict=True)]
    judge_claims(ledger, made, what="synthetic", by=None)
    assert pairs(ledger) == [{"a": "a", "b": "b", "both": 50, "alike": 35, "kappa": 0.4}]


def test_kappa_is_unknown_where_chance_explains_all(one: Any) -> None:
    ledger, claim = one
    for by in "ab":
        judge_claim(ledger, "accept", claim, by=by, reason="synthetic")
    judge_claim(ledger, "skip", claim, by="c", reason=None)
    assert pairs(ledger) == [{"a": "a", "b": "b", "both": 1, "alike": 1, "kappa": None}]


def test_the_order_of_reviewers_does_not_matter(new_ledger: Any, commit: Any, visible: Any) -> None:
    found = set()
    for order in permutations([("ann", "accept"), ("bo", "reject"), ("cy", "accept")]):
        ledger = new_ledger()
        commit(ledger, {"a.txt": [candidate()]})
        (claim,) = ids(ledger)
        for by, verdict in order:
            judge_claim(ledger, verdict, claim, by=by, reason="synthetic")
        found.add((claim in visible(ledger), claim in visible(ledger, candidates=True)))
    assert found == {(False, True)}
