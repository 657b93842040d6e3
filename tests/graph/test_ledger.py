"""The ledger by hand-worked examples: what commits count, what carriers withdraw, what review and confidence hide.

All claims are synthetic.
"""

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import duckdb
import pytest
from southerly.graph import ledger as ledger_module
from southerly.graph.errors import NoLedger, SoutherlyError, WrongUse
from southerly.graph.judgements import retract, undo
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
    counts, _ = commit(
        ledger, {"one.csv": [adoption(country="KEN", when="1995"), adoption(country="IND", when="1996")]}
    )
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
    counts, revision = commit(
        ledger, {"sources.csv": []}, sayings={"sources.csv": [{"report": A, "title": "Synthetic"}]}
    )
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


def test_as_of_a_date_is_what_was_known_by_the_end_of_that_day(ledger, commit, visible, answers):
    commit(ledger, {"one.csv": [adoption()]}, now=datetime(2026, 3, 1, 9, tzinfo=UTC))
    first = visible(ledger)
    commit(ledger, {"one.csv": [adoption(), origin()]}, now=datetime(2026, 3, 1, 23, 59, tzinfo=UTC))
    second, everything = visible(ledger), answers(ledger)
    commit(ledger, {"one.csv": [origin()]}, now=datetime(2026, 3, 3, 0, 0, tzinfo=UTC))
    third = visible(ledger)
    assert visible(ledger, as_of="2026-03-01") == visible(ledger, as_of="2026-03-02") == second
    assert visible(ledger, as_of="2026-03-03") == third
    assert visible(ledger, as_of="1") == first
    assert not visible(ledger, as_of="2026-02-28")
    assert answers(ledger, as_of="2026-03-01") == answers(ledger, as_of="2") == everything


def test_times_are_kept_in_utc(ledger, commit, visible):
    evening_in_lima = datetime(2026, 3, 1, 22, tzinfo=timezone(timedelta(hours=-5)))  # 3 o'clock on the 2nd in UTC
    commit(ledger, {"one.csv": [adoption()]}, now=evening_in_lima)
    assert not visible(ledger, as_of="2026-03-01")
    assert visible(ledger, as_of="2026-03-02")


@pytest.mark.parametrize("as_of", ["7", "yesterday", "2026-13-01", "", "-1", "²"])
def test_a_revision_that_never_was_is_wrong_use(ledger, commit, visible, as_of):
    commit(ledger, {"one.csv": [adoption()]})
    with pytest.raises(WrongUse):
        visible(ledger, as_of=as_of)


def test_revision_0_is_before_anything_was_read(ledger, commit, visible):
    commit(ledger, {"one.csv": [adoption()]})
    assert not visible(ledger, as_of="0")


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


# Failure


def files_of(ledger):
    return {path.name: path.read_bytes() for path in sorted(ledger.folder.iterdir())}


def test_an_error_inside_a_write_publishes_nothing(ledger, commit, fused):
    commit(ledger, {"one.csv": [adoption()]})
    before, files = fused(ledger), files_of(ledger)
    with pytest.raises(duckdb.CatalogException), ledger.write(what="synthetic") as draft:
        draft.con.execute("DELETE FROM ledger.claim; DELETE FROM ledger.none")
    assert files_of(ledger) == files
    assert fused(ledger) == before


@pytest.mark.parametrize("broken", ["publish", "start_draft", "_apply"])
def test_an_error_in_a_commit_leaves_the_last_revision(ledger, commit, fused, monkeypatch, broken):
    commit(ledger, {"one.csv": [adoption()]})
    before, files = fused(ledger), files_of(ledger)

    def fail(*_args):
        raise OSError("synthetic: no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(ledger_module, broken, fail)
        with pytest.raises(OSError, match="synthetic"):
            commit(ledger, {"one.csv": [origin()]})
    assert files_of(ledger) == files
    assert fused(ledger) == before
    counts, revision = commit(ledger, {"one.csv": [origin()]})
    assert (moved(counts), revision) == ((1, 0, 1), 2)
    assert not list(ledger.folder.glob("*.draft*"))


@pytest.mark.parametrize("step", range(1, 5))
def test_a_disk_that_fails_at_any_sync_leaves_a_whole_revision(ledger, commit, fused, monkeypatch, step):
    commit(ledger, {"one.csv": [adoption()]})
    before = fused(ledger)
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
    then = fused(ledger)
    commit(ledger, {"one.csv": [origin()]})
    after = fused(ledger)
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
