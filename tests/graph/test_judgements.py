"""Analysts' work by hand-worked examples: review, retraction, judgements on names, and taking each of them back.

All claims are synthetic.
"""

import pytest
from southerly.graph.errors import NotFound, SoutherlyError
from southerly.graph.judgements import judge_claim, judge_names, retract, settle, undo

A, B = "url:synthetic.example/a", "url:synthetic.example/b"


def adoption(report=A, innovation="Synthetic practice A", country="KEN", **more):
    return {"kind": "adoption", "report": report, "innovation": innovation, "country": country, **more}


def origin(report=A, innovation="Synthetic practice A", country="ZWE", **more):
    return {"kind": "origin", "report": report, "innovation": innovation, "country": country, **more}


# Review and confidence


def test_candidates_wait_until_an_analyst_accepts_them(ledger, commit, visible):
    commit(ledger, {"draft.txt": [adoption(review="candidate"), origin()]})
    assert [c["kind"] for c in visible(ledger).values()] == ["origin"]
    (candidate,) = visible(ledger, candidates=True).keys() - visible(ledger).keys()
    accepted = judge_claim(ledger, "accept", candidate, by="tester", reason="read it")
    assert candidate in visible(ledger)
    undo(ledger, accepted, by="tester", reason="misread")
    assert candidate not in visible(ledger)
    judge_claim(ledger, "reject", candidate, by="tester", reason="wrong")
    assert candidate not in visible(ledger, candidates=True)
    judge_claim(ledger, "accept", candidate, by="tester", reason="right after all")
    assert candidate in visible(ledger)


def test_an_accepted_place_of_a_claim_outweighs_a_candidate_one(ledger, commit, visible):
    commit(ledger, {"draft.txt": [adoption(review="candidate")]})
    assert not visible(ledger)
    commit(ledger, {"table.csv": [adoption()]})
    assert len(visible(ledger)) == 1
    commit(ledger, {"table.csv": []})
    assert not visible(ledger)


@pytest.mark.parametrize("said", [adoption, origin])
@pytest.mark.parametrize("order", [1, -1])
def test_the_best_of_equal_rows_decides_in_whatever_order_they_stand(ledger, commit, visible, said, order):
    rows = [said(review="candidate", confidence="low"), said(review="accepted", confidence="high")][::order]
    commit(ledger, {"one.csv": rows})
    assert visible(ledger)
    assert visible(ledger, min_confidence="high")


def test_refused_claims_show_to_nobody_who_did_not_accept_them(ledger, commit, visible):
    commit(ledger, {"draft.txt": [adoption(review="refused")]})
    assert not visible(ledger, candidates=True)


def test_a_rejected_claim_counts_nowhere_and_stays_rejected_when_ingested_again(ledger, commit, fused, visible):
    commit(ledger, {"one.csv": [adoption(), adoption(country="IND")]})
    (claim,) = [id_ for id_, c in visible(ledger).items() if c["content"]["country"] == "KEN"]
    judge_claim(ledger, "reject", claim, by="tester", reason="synthetic")
    expected = fused(ledger)
    assert [a.country for a in expected["adoptions"]] == ["IND"]
    commit(ledger, {"two.csv": [adoption()]})
    commit(ledger, {"one.csv": [adoption(country="IND")]})
    commit(ledger, {"one.csv": [adoption(), adoption(country="IND")], "two.csv": []})
    assert {c["content"]["country"] for c in visible(ledger).values()} == {"IND"}


def test_judging_a_claim_that_is_none_is_said(ledger, commit):
    commit(ledger, {"one.csv": [adoption()]})
    with pytest.raises(NotFound):
        judge_claim(ledger, "accept", "claim:0", by="tester", reason="synthetic")
    assert ledger.revision() == 1


def test_least_confidence_takes_the_best_place_and_possible_adds_the_unrated(ledger, commit, visible):
    rows = {c: adoption(country=c, confidence=level) for c, level in (("KEN", "low"), ("IND", "medium"), ("GBR", None))}
    commit(ledger, {"one.csv": [*rows.values(), adoption(country="USA", confidence="low")]})
    commit(ledger, {"two.csv": [adoption(country="USA", confidence="high")]})

    def countries(**scope):
        return {c["content"]["country"] for c in visible(ledger, **scope).values()}

    assert countries() == {"KEN", "IND", "GBR", "USA"}
    assert countries(min_confidence="low") == {"KEN", "IND", "USA"}
    assert countries(min_confidence="medium") == {"IND", "USA"}
    assert countries(min_confidence="high") == {"USA"}
    assert countries(min_confidence="high", possible=True) == {"USA", "GBR"}


def test_only_what_did_happen_counts_unless_asked(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption(country="KEN"), adoption(country="IND", status="planned")]})
    assert {c["status"] for c in visible(ledger).values()} == {"actual"}
    assert {c["status"] for c in visible(ledger, statuses=("planned",)).values()} == {"planned"}


# Retraction


def test_a_report_is_retracted_under_every_key_it_is_known_by(ledger, commit, visible, fused):
    doi = "doi:10.5555/synthetic.a"
    commit(ledger, {"zero.csv": [adoption(report=B, country="GBR")]})
    before = fused(ledger)
    commit(ledger, {"one.csv": [adoption()]}, sayings={"one.csv": [{"report": A, "same_as": doi}]})
    commit(ledger, {"two.csv": [adoption(report=doi, country="IND")]})
    revision, key, claims = retract(ledger, "https://doi.org/10.5555/SYNTHETIC.A", by="tester", reason="withdrawn")
    assert (key, claims) == (doi, 2)
    assert fused(ledger) == before
    # the file that ties the two keys together goes, the retraction of both stays
    commit(ledger, {"one.csv": []})
    counts, after = commit(ledger, {"three.csv": [adoption(country="USA"), adoption(report=doi, country="PER")]})
    assert (counts.retracted, after) == ((doi, A), 4 + 1)
    assert fused(ledger) == before
    undo(ledger, revision, by="tester", reason="a mistake")
    assert {c["content"]["country"] for c in visible(ledger).values()} == {"GBR", "IND"}


def test_a_report_said_to_be_one_with_a_retracted_report_is_retracted_whenever_that_is_learned(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption(report=A)], "two.csv": [adoption(report=B, country="IND")]})
    retract(ledger, A, by="tester", reason="synthetic")
    commit(ledger, {"three.csv": []}, sayings={"three.csv": [{"report": B, "same_as": A}]})
    assert not visible(ledger)


def test_retracting_what_nobody_cites_is_said(ledger, commit):
    commit(ledger, {"one.csv": [adoption()]})
    with pytest.raises(NotFound):
        retract(ledger, "https://synthetic.example/none", by="tester", reason="synthetic")


def test_a_report_is_found_by_its_address_doi_or_title(ledger, commit, visible):
    doi = "doi:10.5555/synthetic.a"
    commit(
        ledger,
        {"one.csv": [adoption(), adoption(report=doi)]},
        sayings={"one.csv": [{"report": A, "title": "Synthetic report"}]},
    )
    for words, key in (
        ("http://www.synthetic.example/a/", A),
        (A, A),
        ("synthetic REPORT", A),
        ("10.5555/Synthetic.A", doi),
        ("https://doi.org/10.5555/synthetic.a", doi),
        (doi, doi),
    ):
        revision, found, claims = retract(ledger, words, by="tester", reason="synthetic")
        assert (found, claims) == (key, 1), words
        undo(ledger, revision, by="tester", reason="synthetic")
    assert len(visible(ledger)) == 2


# Judgements


def test_same_is_transitive_and_can_be_taken_back(ledger, commit, fused):
    names = [f"Synthetic practice {letter}" for letter in "ABC"]
    commit(
        ledger,
        {
            "one.csv": [
                adoption(innovation=name, country=c) for name, c in zip(names, ("KEN", "IND", "GBR"), strict=True)
            ]
        },
    )
    before = fused(ledger)
    judge_names(ledger, "same", names[0], names[1], by="tester", reason="synthetic")
    second, _, _ = judge_names(ledger, "same", names[1], names[2], by="tester", reason="synthetic")
    one = fused(ledger)
    assert len(one["innovations"]) == 1
    (innovation,) = one["innovations"]
    assert {innovation.label, *innovation.aliases} == set(names)
    assert {a.country for a in one["adoptions"]} == {"GBR", "IND", "KEN"}
    undo(ledger, second, by="tester", reason="synthetic")
    assert len(fused(ledger)["innovations"]) == 2
    undo(ledger, 2, by="tester", reason="synthetic")
    assert fused(ledger) == before


def test_different_parts_what_an_alias_joined(ledger, commit, fused):
    alias = {"kind": "name", "report": A, "innovation": "Synthetic practice A", "name": "Synthetic practice B"}
    commit(ledger, {"one.csv": [adoption(), adoption(innovation="Synthetic practice B", country="IND"), alias]})
    before = fused(ledger)
    assert len(before["innovations"]) == 1
    revision, _, _ = judge_names(
        ledger, "different", "Synthetic practice A", "Synthetic practice B", by="tester", reason="synthetic"
    )
    assert len(fused(ledger)["innovations"]) == 2
    undo(ledger, revision, by="tester", reason="synthetic")
    assert fused(ledger) == before


def test_the_later_judgement_of_the_same_pair_holds(ledger, commit, fused):
    a, b = "Synthetic practice A", "Synthetic practice B"
    commit(ledger, {"one.csv": [adoption(innovation=a), adoption(innovation=b)]})
    apart = fused(ledger)
    judge_names(ledger, "same", a, b, by="tester", reason="synthetic")
    together = fused(ledger)
    revision, _, _ = judge_names(ledger, "different", b, a, by="tester", reason="synthetic")
    assert fused(ledger) == apart
    undo(ledger, revision, by="tester", reason="synthetic")
    assert fused(ledger) == together


@pytest.mark.parametrize("last", ["different", "same"])
def test_a_judgement_against_what_others_together_say_is_refused(ledger, commit, last):
    a, b, c = (f"Synthetic practice {letter}" for letter in "ABC")
    commit(ledger, {"one.csv": [adoption(innovation=name) for name in (a, b, c)]})
    judge_names(ledger, "same", a, b, by="tester", reason="synthetic")
    judge_names(ledger, "same" if last == "different" else "different", b, c, by="tester", reason="synthetic")
    with pytest.raises(SoutherlyError):
        judge_names(ledger, last, a, c, by="tester", reason="synthetic")
    assert ledger.revision() == 3


def test_sites_join_by_judgement_within_a_country_only(ledger, commit, fused):
    one, other = "Synthetic clinic 1", "First synthetic clinic"
    rows = [adoption(site=one), adoption(site=other), adoption(site="Synthetic clinic abroad", country="IND")]
    commit(ledger, {"one.csv": rows})
    before = fused(ledger)
    revision, _, _ = judge_names(ledger, "same", one, other, by="tester", reason="synthetic")
    assert len(fused(ledger)["adoptions"]) == len(before["adoptions"]) - 1
    with pytest.raises(SoutherlyError):
        judge_names(ledger, "same", one, "Synthetic clinic abroad", by="tester", reason="synthetic")
    undo(ledger, revision, by="tester", reason="synthetic")
    assert fused(ledger) == before


def test_a_judgement_waits_for_a_name_that_is_withdrawn_and_comes_back(ledger, commit, fused):
    a, b = adoption(), adoption(innovation="Synthetic practice B", country="IND")
    commit(ledger, {"one.csv": [a], "two.csv": [b]})
    judge_names(ledger, "same", a["innovation"], b["innovation"], by="tester", reason="synthetic")
    together = fused(ledger)
    commit(ledger, {"two.csv": []})
    assert len(fused(ledger)["innovations"]) == 1
    commit(ledger, {"two.csv": [b]})
    assert fused(ledger) == together


def test_settling_a_conflict_narrows_to_the_chosen_claim_and_can_be_undone(ledger, commit, answers, visible):
    commit(
        ledger, {"one.csv": [adoption(when="1995", stage="adopted"), adoption(report=B, when="2003", stage="adopted")]}
    )
    before = answers(ledger)
    (conflict,) = before["conflicts"]
    (claim,) = [id_ for id_, c in visible(ledger).items() if c["content"]["when"] == "2003"]
    revision = settle(ledger, conflict["id"], claim, by="tester", reason="synthetic")
    (spell,) = answers(ledger)["innovation:synthetic-practice-a"]["spread"]["adoptions"]
    assert (spell["when"], answers(ledger)["conflicts"][0]["settled"]) == ("2003", claim)
    undo(ledger, revision, by="tester", reason="synthetic")
    assert answers(ledger) == before
    with pytest.raises(NotFound):
        settle(ledger, conflict["id"], "claim:0", by="tester", reason="synthetic")


# Undo


def test_what_an_undo_brought_back_can_be_undone_by_its_own_number(ledger, commit, fused):
    a, b = "Synthetic practice A", "Synthetic practice B"
    commit(ledger, {"one.csv": [adoption(innovation=a), adoption(innovation=b)]})
    apart = fused(ledger)
    first, _, _ = judge_names(ledger, "same", a, b, by="tester", reason="synthetic")
    second, _, _ = judge_names(ledger, "different", a, b, by="tester", reason="synthetic")
    undo(ledger, second, by="tester", reason="synthetic")
    undo(ledger, first, by="tester", reason="synthetic")
    assert fused(ledger) == apart


def test_undoing_an_undo_does_it_again(ledger, commit, fused):
    commit(ledger, {"one.csv": [adoption(), origin(report=B)]})
    before = fused(ledger)
    retract(ledger, A, by="tester", reason="synthetic")
    after = fused(ledger)
    undo(ledger, 2, by="tester", reason="synthetic")
    assert fused(ledger) == before
    undo(ledger, 3, by="tester", reason="synthetic")
    assert fused(ledger) == after


def test_undoing_an_ingest_brings_back_what_it_withdrew(ledger, commit, fused):
    commit(ledger, {"one.csv": [adoption(), origin()]})
    before = fused(ledger)
    commit(ledger, {"one.csv": [adoption(country="IND")]})
    undo(ledger, 2, by="tester", reason="the wrong file")
    assert fused(ledger) == before


def test_undo_keeps_what_another_carrier_says_too(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption()]})
    commit(ledger, {"two.csv": [adoption()]})
    undo(ledger, 1, by="tester", reason="the wrong file")
    (claim,) = visible(ledger).values()
    assert [place["carrier"] for place in claim["places"]] == ["two.csv"]


def test_undo_leaves_alone_what_a_later_revision_changed_again(ledger, commit, visible):
    row = adoption()
    for locator in ("row=2", "row=3", "row=4"):
        commit(ledger, {"one.csv": [{**row, "locator": locator}]})
    with pytest.raises(SoutherlyError, match="no longer holds"):
        undo(ledger, 2, by="tester", reason="synthetic")
    (claim,) = visible(ledger).values()
    assert claim["places"] == [{"carrier": "one.csv", "locator": "row=4"}]


def test_undoing_a_revision_that_never_was_is_said(ledger, commit):
    commit(ledger, {"one.csv": [adoption()]})
    with pytest.raises(NotFound):
        undo(ledger, 9, by="tester", reason="synthetic")
    assert ledger.revision() == 1
