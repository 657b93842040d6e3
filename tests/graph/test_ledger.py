"""The ledger by hand-worked examples: what commits count, what carriers withdraw, what review and confidence hide.

All claims are synthetic.
"""

from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from southerly.graph import ledger as ledger_module
from southerly.graph.errors import NoLedger, NotFound, SoutherlyError, WrongUse
from southerly.graph.judgements import judge_claim, judge_names, retract, settle, undo
from southerly.graph.ledger import Ledger
from southerly.ingest.reading import Problem

A, B = "url:synthetic.example/a", "url:synthetic.example/b"


def adoption(report=A, innovation="Synthetic practice A", country="KEN", **more):
    return {"kind": "adoption", "report": report, "innovation": innovation, "country": country, **more}


def origin(report=A, innovation="Synthetic practice A", country="ZWE", **more):
    return {"kind": "origin", "report": report, "innovation": innovation, "country": country, **more}


def moved(counts):
    return counts.claims["new"], counts.claims["unchanged"], counts.claims["withdrawn"]


def problem(record):
    return Problem("row=2", "Atlantis", "a country", "correct it", "adopter_country", record=record)


# Carriers


def test_a_carrier_withdraws_only_what_nobody_says_any_more(ledger, commit, visible):
    kept, dropped, shared = adoption(country="KEN"), adoption(country="IND"), adoption(country="GBR")
    commit(ledger, {"one.csv": [kept, dropped, shared], "two.csv": [shared]})
    counts, _ = commit(ledger, {"one.csv": [kept]})
    assert moved(counts) == (0, 1, 1)
    assert {c["content"]["country"] for c in visible(ledger).values()} == {"KEN", "GBR"}
    (held,) = [c for c in visible(ledger).values() if c["content"]["country"] == "GBR"]
    assert [place["carrier"] for place in held["places"]] == ["two.csv"]

    counts, _ = commit(ledger, {"two.csv": []})
    assert moved(counts) == (0, 0, 1)
    assert {c["content"]["country"] for c in visible(ledger).values()} == {"KEN"}


def test_two_carriers_that_say_the_same_make_one_claim_with_two_places(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption(locator="row=7")]})
    counts, _ = commit(ledger, {"two.csv": [adoption(locator="row=3")]})
    assert moved(counts) == (0, 1, 0)
    (claim,) = visible(ledger).values()
    assert claim["places"] == [{"carrier": "one.csv", "locator": "row=7"}, {"carrier": "two.csv", "locator": "row=3"}]


def test_a_withdrawn_claim_that_is_said_again_is_the_same_claim(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption(), origin()]})
    before = visible(ledger)
    commit(ledger, {"one.csv": [origin()]})
    counts, _ = commit(ledger, {"one.csv": [adoption(), origin()]})
    assert moved(counts) == (1, 1, 0)
    assert visible(ledger) == before


def test_a_claim_that_moves_to_another_carrier_in_one_run_is_neither_new_nor_withdrawn(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption(), origin()], "two.csv": []})
    counts, _ = commit(ledger, {"one.csv": [origin()], "two.csv": [adoption()]})
    assert moved(counts) == (0, 2, 0)
    assert len(visible(ledger)) == 2


def test_a_row_inserted_at_the_top_renews_nothing(ledger, commit, visible):
    rows = [adoption(country=c) for c in ("KEN", "IND", "GBR")]
    commit(ledger, {"one.csv": rows})
    before = visible(ledger)
    counts, _ = commit(ledger, {"one.csv": [adoption(country="BRA"), *rows]})
    assert moved(counts) == (1, 3, 0)
    after = visible(ledger)
    assert before.keys() < after.keys()
    assert [after[id_]["locator"] for id_ in before] != [before[id_]["locator"] for id_ in before]
    assert {after[id_]["content"]["country"]: after[id_]["locator"] for id_ in before} == {
        "KEN": "row=3",
        "IND": "row=4",
        "GBR": "row=5",
    }


def test_a_corrected_cell_replaces_one_claim(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption(country="KEN", when="1995"), adoption(country="IND", when="1997")]})
    counts, _ = commit(ledger, {"one.csv": [adoption(country="KEN", when="1995"), adoption(country="IND", when="1996")]})
    assert moved(counts) == (1, 1, 1)
    assert {c["content"]["when"] for c in visible(ledger).values()} == {"1995", "1996"}


def test_confidence_and_quote_are_evidence_and_renew_no_claim(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption(confidence="low")]})
    (before,) = visible(ledger)
    counts, revision = commit(ledger, {"one.csv": [adoption(confidence="high", quote="synthetic words")]})
    assert (moved(counts), revision) == ((0, 1, 0), 2)
    (after,) = visible(ledger).values()
    assert (after["id"], after["confidence"], after["quote"]) == (before, "high", "synthetic words")


def test_equal_rows_are_as_many_claims(ledger, commit, visible):
    counts, _ = commit(ledger, {"one.csv": [adoption(), adoption()]})
    assert moved(counts) == (2, 0, 0)
    before = visible(ledger)
    assert len(before) == 2
    counts, _ = commit(ledger, {"one.csv": [adoption()]})
    assert moved(counts) == (0, 1, 1)
    assert visible(ledger).keys() < before.keys()


def test_differences_that_matter_make_different_claims(ledger, commit):
    rows = [
        adoption(),
        adoption(report=B),
        adoption(status="planned"),
        adoption(when="1995"),
        adoption(site="Synthetic clinic 1"),
        adoption(source_site="Synthetic clinic 1"),
        adoption(partners=["x", "y"]),
        adoption(partners=["x y"]),
        adoption(domestic=True),
        adoption(domestic=False),
        origin(country="KEN"),
    ]
    counts, _ = commit(ledger, {f"{number}.csv": [row] for number, row in enumerate(rows)})
    assert moved(counts) == (len(rows), 0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"innovation": "Synthetic\x1fcountry=KEN"}, {"innovation": "Synthetic", "country": "KEN"}),
        ({"innovation": "Synthetic", "partners": ["x\x1ey"]}, {"innovation": "Synthetic", "partners": ["x", "y"]}),
    ],
)
def test_words_never_run_into_the_next_field(ledger, commit, one, other):
    said = [{"kind": "origin", "report": A, **content} for content in (one, other)]
    counts, _ = commit(ledger, {"one.csv": said[:1], "two.csv": said[1:]})
    assert counts.claims["new"] == 2


# Counting


def test_what_was_read_is_the_sum_of_what_became_of_it(ledger, commit):
    commit(ledger, {"old.csv": [adoption(report=B)]})
    retract(ledger, B, by="tester", reason="synthetic")
    commit(ledger, {"one.csv": [adoption(country="IND")]})
    counts, _ = commit(
        ledger,
        {
            "one.csv": [
                adoption(country="IND"),  # unchanged
                adoption(country="GBR"),  # claimed
                adoption(country=None, country_said="Africa"),  # unplaced
                adoption(report=B, country="USA"),  # retracted
            ]
        },
        problems={"one.csv": [problem(5), problem(5), problem(6)]},
        unplaced={"one.csv": [3]},
    )
    parts = {"claimed": 1, "unchanged": 1, "rejected": 2, "unplaced": 1, "retracted": 1}
    assert counts.records == {"read": 6, **parts}
    assert counts.retracted == (B,)


def test_unplaced_stays_unplaced_on_every_run(ledger, commit):
    rows = {"one.csv": [adoption(country=None, country_said="Africa")]}
    for new in (1, 0):
        counts, _ = commit(ledger, rows, unplaced={"one.csv": [1]})
        assert (counts.records["unplaced"], counts.records["read"], counts.claims["new"]) == (1, 1, new)


def test_a_carrier_that_holds_only_problems_is_counted_and_commits_nothing(ledger, commit):
    counts, revision = commit(ledger, {"bad.csv": []}, problems={"bad.csv": [problem(1), problem(2)]})
    assert (counts.records["read"], counts.records["rejected"], revision) == (2, 2, 0)
    assert not ledger.exists()


def test_a_carrier_that_cannot_be_read_counts_once_and_withdraws_nothing(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption()]})
    before = visible(ledger)
    unreadable = Problem("", "no such file", "a file", "check the spelling")
    counts, revision = commit(ledger, {"one.csv": []}, problems={"one.csv": [unreadable]})
    assert (counts.records["read"], counts.records["rejected"]) == (1, 1)
    assert (counts.claims["withdrawn"], revision) == (0, 1)
    assert visible(ledger) == before


def test_reports_are_new_once(ledger, commit):
    counts, _ = commit(ledger, {"one.csv": [adoption()]}, sayings={"one.csv": [{"report": B, "title": "Synthetic"}]})
    assert counts.reports == {"new": 2, "known": 0, "retracted": 0}
    counts, _ = commit(ledger, {"two.csv": [adoption(), adoption(report=B)]})
    assert counts.reports == {"new": 0, "known": 2, "retracted": 0}


def test_a_title_learned_later_is_a_revision_of_its_own(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption()]})
    counts, revision = commit(ledger, {"sources.csv": []}, sayings={"sources.csv": [{"report": A, "title": "Synthetic"}]})
    assert (revision, counts.records["claimed"]) == (2, 1)
    assert next(iter(visible(ledger).values()))["report"]["title"] == "Synthetic"
    assert next(iter(visible(ledger, as_of="1").values()))["report"]["title"] is None


def test_a_dry_run_counts_and_leaves_no_trace(ledger, commit, visible):
    counts, revision = commit(ledger, {"one.csv": [adoption()]}, dry_run=True)
    assert (moved(counts), revision) == ((1, 0, 0), 0)
    assert not ledger.folder.exists()
    commit(ledger, {"one.csv": [adoption()]})
    counts, revision = commit(ledger, {"one.csv": [origin()]}, dry_run=True)
    assert (moved(counts), revision) == ((1, 0, 1), 1)
    assert [c["kind"] for c in visible(ledger).values()] == ["adoption"]


# Time


def test_as_of_a_date_is_what_was_known_by_the_end_of_that_day(ledger, commit, answers):
    commit(ledger, {"one.csv": [adoption()]}, now=datetime(2026, 3, 1, 9, tzinfo=UTC))
    first = answers(ledger)
    commit(ledger, {"one.csv": [adoption(), origin()]}, now=datetime(2026, 3, 1, 23, 59, tzinfo=UTC))
    second = answers(ledger)
    commit(ledger, {"one.csv": [origin()]}, now=datetime(2026, 3, 3, 0, 0, tzinfo=UTC))
    third = answers(ledger)
    assert answers(ledger, as_of="2026-03-01") == second
    assert answers(ledger, as_of="2026-03-02") == second
    assert answers(ledger, as_of="2026-03-03") == third
    assert answers(ledger, as_of="1") == first
    assert not answers(ledger, as_of="2026-02-28")["claims"]


def test_times_are_kept_in_utc(ledger, commit, visible):
    evening_in_lima = datetime(2026, 3, 1, 22, tzinfo=timezone(timedelta(hours=-5)))  # 3 o'clock on the 2nd in UTC
    commit(ledger, {"one.csv": [adoption()]}, now=evening_in_lima)
    assert not visible(ledger, as_of="2026-03-01")
    assert visible(ledger, as_of="2026-03-02")


@pytest.mark.parametrize("as_of", ["0", "7", "yesterday", "2026-13-01", "", "-1", "²"])
def test_a_revision_that_never_was_is_wrong_use(ledger, commit, visible, as_of):
    commit(ledger, {"one.csv": [adoption()]})
    with pytest.raises(WrongUse):
        visible(ledger, as_of=as_of)


def test_a_folder_without_a_graph_says_so(ledger, visible):
    assert ledger.revision() == 0
    with pytest.raises(NoLedger, match="southerly ingest"):
        visible(ledger)
    with pytest.raises(NoLedger):
        undo(ledger, 1, by="tester", reason="synthetic")
    assert not ledger.folder.exists()


def test_a_folder_whose_name_holds_a_quote_works(tmp_path, commit, visible):
    ledger = Ledger(tmp_path / "analyst's graph; x")
    commit(ledger, {"it's.csv": [adoption()]})
    commit(ledger, {"it's.csv": [adoption(), origin()]})
    assert len(visible(ledger)) == 2


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


def test_refused_claims_show_to_nobody_who_did_not_accept_them(ledger, commit, visible):
    commit(ledger, {"draft.txt": [adoption(review="refused")]})
    assert not visible(ledger, candidates=True)


def test_a_rejected_claim_counts_nowhere_and_stays_rejected_when_ingested_again(ledger, commit, answers, visible):
    commit(ledger, {"one.csv": [adoption(), adoption(country="IND")]})
    (claim,) = [id_ for id_, c in visible(ledger).items() if c["content"]["country"] == "KEN"]
    judge_claim(ledger, "reject", claim, by="tester", reason="synthetic")
    expected = answers(ledger)
    assert expected["innovation:synthetic-practice-a"]["spread"]["countries"] == ["IND"]
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


def test_a_report_is_retracted_under_every_key_it_is_known_by(ledger, commit, visible, answers):
    doi = "doi:10.5555/synthetic.a"
    commit(ledger, {"zero.csv": [adoption(report=B, country="GBR")]})
    before = answers(ledger)
    commit(ledger, {"one.csv": [adoption()]}, sayings={"one.csv": [{"report": A, "same_as": doi}]})
    commit(ledger, {"two.csv": [adoption(report=doi, country="IND")]})
    revision, key, claims = retract(ledger, "https://doi.org/10.5555/SYNTHETIC.A", by="tester", reason="withdrawn")
    assert (key, claims) == (doi, 2)
    assert answers(ledger) == before
    # the file that ties the two keys together goes, the retraction of both stays
    commit(ledger, {"one.csv": []})
    counts, after = commit(ledger, {"three.csv": [adoption(country="USA"), adoption(report=doi, country="PER")]})
    assert (counts.retracted, after) == ((doi, A), 4 + 1)
    assert answers(ledger) == before
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


def names_of(answered, id_):
    return {answered[id_]["spread"]["innovation"]["label"], *answered[id_]["spread"]["innovation"]["aliases"]}


def test_same_is_transitive_and_can_be_taken_back(ledger, commit, answers):
    names = [f"Synthetic practice {letter}" for letter in "ABC"]
    commit(ledger, {"one.csv": [adoption(innovation=name, country=c) for name, c in zip(names, ("KEN", "IND", "GBR"), strict=True)]})
    before = answers(ledger)
    judge_names(ledger, "same", names[0], names[1], by="tester", reason="synthetic")
    second, _, _ = judge_names(ledger, "same", names[1], names[2], by="tester", reason="synthetic")
    one = answers(ledger)
    assert one["stats"]["innovations"] == 1
    assert names_of(one, "innovation:synthetic-practice-a") == set(names)
    assert one["innovation:synthetic-practice-a"]["spread"]["countries"] == ["GBR", "IND", "KEN"]
    undo(ledger, second, by="tester", reason="synthetic")
    assert answers(ledger)["stats"]["innovations"] == 2
    undo(ledger, 2, by="tester", reason="synthetic")
    assert answers(ledger) == before


def test_different_parts_what_an_alias_joined(ledger, commit, answers):
    alias = {"kind": "name", "report": A, "innovation": "Synthetic practice A", "name": "Synthetic practice B"}
    commit(ledger, {"one.csv": [adoption(), adoption(innovation="Synthetic practice B", country="IND"), alias]})
    before = answers(ledger)
    assert before["stats"]["innovations"] == 1
    revision, _, _ = judge_names(ledger, "different", "Synthetic practice A", "Synthetic practice B", by="tester", reason="synthetic")
    assert answers(ledger)["stats"]["innovations"] == 2
    undo(ledger, revision, by="tester", reason="synthetic")
    assert answers(ledger) == before


def test_the_later_judgement_of_the_same_pair_holds(ledger, commit, answers):
    a, b = "Synthetic practice A", "Synthetic practice B"
    commit(ledger, {"one.csv": [adoption(innovation=a), adoption(innovation=b)]})
    apart = answers(ledger)
    judge_names(ledger, "same", a, b, by="tester", reason="synthetic")
    together = answers(ledger)
    revision, _, _ = judge_names(ledger, "different", b, a, by="tester", reason="synthetic")
    assert answers(ledger) == apart
    undo(ledger, revision, by="tester", reason="synthetic")
    assert answers(ledger) == together


@pytest.mark.parametrize("last", ["different", "same"])
def test_a_judgement_against_what_others_together_say_is_refused(ledger, commit, last):
    a, b, c = (f"Synthetic practice {letter}" for letter in "ABC")
    commit(ledger, {"one.csv": [adoption(innovation=name) for name in (a, b, c)]})
    judge_names(ledger, "same", a, b, by="tester", reason="synthetic")
    judge_names(ledger, "same" if last == "different" else "different", b, c, by="tester", reason="synthetic")
    with pytest.raises(SoutherlyError):
        judge_names(ledger, last, a, c, by="tester", reason="synthetic")
    assert ledger.revision() == 3


def test_sites_join_by_judgement_within_a_country_only(ledger, commit, answers):
    one, other = "Synthetic clinic 1", "First synthetic clinic"
    rows = [adoption(site=one), adoption(site=other), adoption(site="Synthetic clinic abroad", country="IND")]
    commit(ledger, {"one.csv": rows})
    before = answers(ledger)
    revision, _, _ = judge_names(ledger, "same", one, other, by="tester", reason="synthetic")
    assert answers(ledger)["stats"]["sites"] == before["stats"]["sites"] - 1
    with pytest.raises(SoutherlyError):
        judge_names(ledger, "same", one, "Synthetic clinic abroad", by="tester", reason="synthetic")
    undo(ledger, revision, by="tester", reason="synthetic")
    assert answers(ledger) == before


def test_a_judgement_waits_for_a_name_that_is_withdrawn_and_comes_back(ledger, commit, answers):
    a, b = adoption(), adoption(innovation="Synthetic practice B", country="IND")
    commit(ledger, {"one.csv": [a], "two.csv": [b]})
    judge_names(ledger, "same", a["innovation"], b["innovation"], by="tester", reason="synthetic")
    together = answers(ledger)
    commit(ledger, {"two.csv": []})
    assert answers(ledger)["stats"]["innovations"] == 1
    commit(ledger, {"two.csv": [b]})
    assert answers(ledger) == together


def test_settling_a_conflict_narrows_to_the_chosen_claim_and_can_be_undone(ledger, commit, answers, visible):
    commit(ledger, {"one.csv": [adoption(when="1995", stage="adopted"), adoption(report=B, when="2003", stage="adopted")]})
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


def test_undoing_an_undo_does_it_again(ledger, commit, answers):
    commit(ledger, {"one.csv": [adoption(), origin(report=B)]})
    before = answers(ledger)
    retract(ledger, A, by="tester", reason="synthetic")
    after = answers(ledger)
    undo(ledger, 2, by="tester", reason="synthetic")
    assert answers(ledger) == before
    undo(ledger, 3, by="tester", reason="synthetic")
    assert answers(ledger) == after


def test_undoing_an_ingest_brings_back_what_it_withdrew(ledger, commit, answers):
    commit(ledger, {"one.csv": [adoption(), origin()]})
    before = answers(ledger)
    commit(ledger, {"one.csv": [adoption(country="IND")]})
    undo(ledger, 2, by="tester", reason="the wrong file")
    assert answers(ledger) == before


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


# Failure


def files_of(ledger):
    return {path.name: path.read_bytes() for path in sorted(ledger.folder.iterdir())}


def test_an_error_inside_a_write_publishes_nothing(ledger, commit, answers):
    commit(ledger, {"one.csv": [adoption()]})
    before, files = answers(ledger), files_of(ledger)
    with pytest.raises(ZeroDivisionError), ledger.write(what="synthetic") as draft:
        draft.con.execute("DELETE FROM ledger.claim")
        raise ZeroDivisionError
    assert files_of(ledger) == files
    assert answers(ledger) == before


@pytest.mark.parametrize("broken", ["publish", "start_draft", "_apply"])
def test_an_error_in_a_commit_leaves_the_last_revision(ledger, commit, answers, monkeypatch, broken):
    commit(ledger, {"one.csv": [adoption()]})
    before, files = answers(ledger), files_of(ledger)

    def fail(*_args):
        raise OSError("synthetic: no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(ledger_module, broken, fail)
        with pytest.raises(OSError, match="synthetic"):
            commit(ledger, {"one.csv": [origin()]})
    assert files_of(ledger) == files
    assert answers(ledger) == before
    counts, revision = commit(ledger, {"one.csv": [origin()]})
    assert (moved(counts), revision) == ((1, 0, 1), 2)
    assert not list(ledger.folder.glob("*.draft*"))


@pytest.mark.parametrize("step", range(1, 5))
def test_a_disk_that_fails_at_any_sync_leaves_a_whole_revision(ledger, commit, answers, monkeypatch, step):
    import os

    commit(ledger, {"one.csv": [adoption()]})
    before = answers(ledger)
    after = None
    calls, sync = [], os.fsync

    def failing(handle):
        calls.append(handle)
        if len(calls) == step:
            raise OSError("synthetic: input/output error")
        sync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        with pytest.raises(OSError, match="synthetic"):
            commit(ledger, {"one.csv": [origin()]})
    then = answers(ledger)
    commit(ledger, {"one.csv": [origin()]})
    after = answers(ledger)
    assert then in (before, after)
    assert not list(ledger.folder.glob("*.draft*"))
    assert ledger.revision() == 2


def test_a_first_commit_that_fails_leaves_no_graph(ledger, commit, monkeypatch):
    def fail(*_args):
        raise OSError("synthetic")

    with monkeypatch.context() as patch:
        patch.setattr(ledger_module, "publish", fail)
        with pytest.raises(OSError, match="synthetic"):
            commit(ledger, {"one.csv": [adoption()]})
    assert not ledger.exists()
    assert commit(ledger, {"one.csv": [adoption()]})[1] == 1


def test_drafts_of_a_killed_writer_are_swept(ledger, commit):
    commit(ledger, {"one.csv": [adoption()]})
    for name in ("ledger-1.draft", "ledger-1.draft.wal", "ledger-99.draft"):
        (ledger.folder / name).write_bytes(b"half a file")
    commit(ledger, {"one.csv": [origin()]})
    assert not list(ledger.folder.glob("*.draft*"))


def test_old_files_are_pruned_and_history_stays(ledger, commit, visible):
    countries = ("KEN", "IND", "GBR", "USA", "BRA")
    for country in countries:
        commit(ledger, {"one.csv": [adoption(country=country)]})
    assert len(list(ledger.folder.glob("ledger-*.duckdb"))) == 2
    for revision, country in enumerate(countries, 1):
        assert [c["content"]["country"] for c in visible(ledger, as_of=str(revision)).values()] == [country]


def test_a_graph_of_a_newer_southerly_is_refused_with_advice(ledger, commit):
    commit(ledger, {"one.csv": [adoption()]})
    with ledger.write(what="synthetic") as draft:
        draft.con.execute("UPDATE ledger.meta SET value = '999' WHERE key = 'schema'")
    with pytest.raises(SoutherlyError, match="Upgrade"), closing(ledger.open()):
        pass
