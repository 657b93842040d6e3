"""Fusion of claims into origins and adoptions, worked by hand."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from southerly.graph.diffusion import Adoption, Diffusion, Origin
from southerly.graph.identity import Identity
from southerly.graph.judgements import judge_names, settle
from southerly.graph.ledger import Ledger
from southerly.graph.view import View

Claim = dict[str, Any]
BAND = "Synthetic band"


def adoption(country: str, when: str | None = None, report: str = "report:a", **more: Any) -> Claim:
    return {"kind": "adoption", "innovation": BAND, "country": country, "when": when, "report": report, **more}


def origin(country: str | None, when: str | None = None, report: str = "report:a", **more: Any) -> Claim:
    return {"kind": "origin", "innovation": BAND, "country": country, "when": when, "report": report, **more}


def fused(ledger: Ledger) -> tuple[list[Adoption], list[Origin]]:
    view = View(ledger)
    with closing(view.con):
        diffusion = Diffusion(Identity(view))
        return diffusion.adoptions(), diffusion.origins()


def only(ledger: Ledger) -> Adoption:
    (found,) = fused(ledger)[0]
    return found


def test_overlapping_dates_narrow(ledger: Ledger, commit: Any) -> None:
    commit(
        ledger,
        {"a": [adoption("KEN", "1990s"), adoption("KEN", "1995-2003", "report:b"), adoption("KEN", None, "report:c")]},
    )
    found = only(ledger)
    assert (found.when, found.conflicts, found.reports) == ("[1995..1999]", (), 3)


def test_one_shared_day_is_no_conflict_and_a_day_apart_is(ledger: Ledger, commit: Any) -> None:
    rows = [
        adoption("KEN", "1990s"),
        adoption("KEN", "1999-12-31", "report:b"),
        adoption("UGA", "1990s"),
        adoption("UGA", "2000-01-01"),
    ]
    commit(ledger, {"a": rows})
    found = {a.country: a for a in fused(ledger)[0]}
    kenya, uganda = found["KEN"], found["UGA"]
    assert (kenya.when, kenya.conflicts) == ("1999-12-31", ())
    assert (uganda.when, len(uganda.conflicts)) == ("[1990-01-01..2000-01-01]", 1)


def test_disjoint_dates_span_all_until_settled(ledger: Ledger, commit: Any) -> None:
    commit(
        ledger,
        {"a": [adoption("KEN", "1990"), adoption("KEN", "2000", "report:b"), adoption("KEN", "1985-2005", "report:c")]},
    )
    before = only(ledger)
    assert (before.when, len(before.conflicts)) == ("[1985..2005]", 1)
    claim = next(c for c in before.claims if claim_when(ledger, c) == "2000")
    settle(ledger, before.conflicts[0], claim, by="synthetic analyst", reason="synthetic")
    after = only(ledger)
    assert (after.when, after.conflicts, after.reports) == ("2000", before.conflicts, 3)


def claim_when(ledger: Ledger, claim: str) -> str:
    view = View(ledger)
    with closing(view.con):
        return str(view.rows('SELECT "when" FROM visible WHERE claim_id = ?', [claim])[0]["when"])


def test_a_conflict_is_settled_only_while_its_claim_counts(ledger: Ledger, commit: Any) -> None:
    commit(
        ledger,
        {
            "a": [adoption("KEN", "1990")],
            "b": [adoption("KEN", "2000", "report:b")],
            "c": [adoption("KEN", "2010", "report:c")],
        },
    )
    before = only(ledger)
    claim = next(c for c in before.claims if claim_when(ledger, c) == "2010")
    settle(ledger, before.conflicts[0], claim, by="synthetic analyst", reason="synthetic")
    assert only(ledger).when == "2010"
    commit(ledger, {"c": []})
    assert only(ledger).when == "[1990..2000]"


def test_stages_are_progression_and_the_latest_dated_is_shown(ledger: Ledger, commit: Any) -> None:
    rows = [
        adoption("KEN", "1990", stage="scaled"),
        adoption("KEN", "1995", "report:b", stage="pilot"),
        adoption("UGA", None, stage="pilot"),
        adoption("UGA", None, "report:b", stage="scaled"),
        adoption("TZA", "1990", stage="pilot"),
        adoption("TZA", None, "report:b", stage="scaled"),
    ]
    commit(ledger, {"a": rows})
    found = {a.country: a for a in fused(ledger)[0]}
    assert {c: (a.stage, a.when, a.conflicts) for c, a in found.items()} == {
        "KEN": ("pilot", "1990", ()),
        "UGA": ("scaled", None, ()),
        "TZA": ("pilot", "1990", ()),
    }


def test_considered_counts_only_alone(ledger: Ledger, commit: Any) -> None:
    rows = [
        adoption("KEN", "1990", stage="considered"),
        adoption("KEN", "2001", "report:b", stage="adopted"),
        adoption("UGA", "1990", stage="considered"),
        adoption("TZA", "2010", stage="considered"),
        adoption("TZA", None, stage=None),
    ]
    commit(ledger, {"a": rows})
    found = {a.country: (a.stage, a.when, a.considered) for a in fused(ledger)[0]}
    assert found == {
        "KEN": ("adopted", "2001", False),
        "UGA": ("considered", "1990", True),
        "TZA": (None, None, False),
    }


def test_generic_and_blank_sites_mean_the_country_and_sites_never_conflict(ledger: Ledger, commit: Any) -> None:
    rows = [
        adoption("KEN", "1990"),
        adoption("KEN", "1990s", "report:b", site="tertiary hospitals"),
        adoption("KEN", "2010", site="Alpha Hospital"),
        adoption("KEN", "2015", "report:b", site="Beta Hospital"),
        adoption("UGA", "2020", site="Alpha Hospital"),
    ]
    commit(ledger, {"a": rows})
    found = fused(ledger)[0]
    assert [(a.country, a.site, a.when, a.reports) for a in found] == [
        ("KEN", None, "1990", 2),
        ("KEN", "Alpha Hospital", "2010", 1),
        ("KEN", "Beta Hospital", "2015", 1),
        ("UGA", "Alpha Hospital", "2020", 1),
    ]
    assert not any(a.conflicts for a in found)


def test_sites_judged_the_same_fuse_and_then_may_conflict(ledger: Ledger, commit: Any) -> None:
    commit(
        ledger, {"a": [adoption("KEN", "1990", site="Alpha Hospital"), adoption("KEN", "2000", site="Alfa Hospital")]}
    )
    judge_names(
        ledger, "same", "site:KEN:alpha-hospital", "site:KEN:alfa-hospital", by="synthetic analyst", reason="one site"
    )
    found = only(ledger)
    assert (found.when, len(found.conflicts), found.reports) == ("[1990..2000]", 1, 1)


def test_a_site_is_called_what_most_reports_call_it(ledger: Ledger, commit: Any) -> None:
    thrice = [adoption("KEN", None, stage=s, site="ALPHA hospital") for s in ("pilot", "adopted", "scaled")]
    others = [adoption("KEN", None, report, site="Alpha Hospital") for report in ("report:b", "report:c")]
    commit(ledger, {"a": [*thrice, *others]})
    assert only(ledger).site == "Alpha Hospital"


def test_open_bounds_stay_open(ledger: Ledger, commit: Any) -> None:
    rows = [
        adoption("KEN", "by 1996"),
        adoption("UGA", "by 1996"),
        adoption("UGA", "[1990..]", "report:b"),
        adoption("TZA", "by 1996", stage="pilot"),
        adoption("TZA", "2001", stage="scaled"),
        adoption("ZMB", "[2000..]"),
        adoption("ZMB", "by 1996", "report:b"),
    ]
    commit(ledger, {"a": rows})
    found = {a.country: a for a in fused(ledger)[0]}
    assert {c: a.when for c, a in found.items()} == {
        "KEN": "[..1996]",
        "UGA": "[1990..1996]",
        "TZA": "[..1996]",
        "ZMB": None,
    }
    assert found["ZMB"].conflicts
    assert found["ZMB"].dated


def test_ends_that_agree_narrow_and_ends_that_do_not_span_both(ledger: Ledger, commit: Any) -> None:
    rows = [
        adoption("KEN", "1990", end="2000s"),
        adoption("KEN", "1990", "report:b", end="2005"),
        adoption("UGA", "1990", end="2000"),
        adoption("UGA", "1990", "report:b", end="2010"),
        adoption("TZA", "1990"),
    ]
    commit(ledger, {"a": rows})
    assert {a.country: a.end for a in fused(ledger)[0]} == {"KEN": "2005", "UGA": "[2000..2010]", "TZA": None}


def test_domestic_in_all_its_clauses(ledger: Ledger, commit: Any) -> None:
    def about(name: str, rows: list[Claim]) -> list[Claim]:
        return [row | {"innovation": name} for row in rows]

    cases = {
        "Synthetic plain": [origin("COL"), adoption("COL", "1990")],
        "Synthetic own source": [origin("COL"), adoption("COL", "1990", source_country="COL")],
        "Synthetic no origin": [adoption("COL", "1990")],
        "Synthetic other origin": [origin("BRA"), adoption("COL", "1990")],
        "Synthetic foreign source": [
            origin("COL"),
            adoption("COL", "1990", source_country="COL"),
            adoption("COL", "1990", "report:b", source_country="BRA"),
        ],
        "Synthetic tie": [origin("COL"), origin("BRA", report="report:b"), adoption("COL", "1990")],
        "Synthetic outnumbered": [
            origin("COL"),
            origin("BRA", report="report:b"),
            origin("BRA", report="report:c"),
            adoption("COL", "1990"),
        ],
        # Two claims of one report are one report.
        "Synthetic twice said": [
            origin("COL"),
            origin("BRA", "1990", "report:b"),
            origin("BRA", "1991", "report:b"),
            adoption("COL", "1990"),
        ],
        "Synthetic unnamed": [
            origin("COL"),
            origin(None, report="report:b"),
            origin(None, report="report:c"),
            adoption("COL"),
        ],
    }
    commit(ledger, {"a": [row for name, rows in cases.items() for row in about(name, rows)]})
    found = {a.innovation.removeprefix("innovation:synthetic-"): a.domestic for a in fused(ledger)[0]}
    assert found == {
        "plain": True,
        "own-source": True,
        "no-origin": False,
        "other-origin": False,
        "foreign-source": False,
        "tie": True,
        "outnumbered": False,
        "twice-said": True,
        "unnamed": True,
    }


def test_a_foreign_source_at_one_site_leaves_the_others_domestic(ledger: Ledger, commit: Any) -> None:
    rows = [
        origin("COL"),
        adoption("COL", "1990", site="Alpha Hospital"),
        adoption("COL", "1995", site="Beta Hospital", source_country="BRA"),
    ]
    commit(ledger, {"a": rows})
    assert {a.site: a.domestic for a in fused(ledger)[0]} == {"Alpha Hospital": True, "Beta Hospital": False}


def test_origins_fuse_by_country_and_a_null_country_contests_nothing(ledger: Ledger, commit: Any) -> None:
    rows = [
        origin("COL", "1978", site="Alpha Hospital"),
        origin("COL", "1979", "report:b", site="Beta Hospital"),
        origin("COL", "1970s", "report:b"),
        origin(None, "1960", "report:c"),
        origin(None, "1965", "report:d"),
    ]
    commit(ledger, {"a": rows})
    named, unnamed = fused(ledger)[1]
    assert (named.country, named.when, named.reports, bool(named.conflict)) == ("COL", "197X", 2, True)
    assert (unnamed.country, unnamed.conflict) == (None, None)
    assert not named.contested
    assert not unnamed.contested


def test_settling_the_country_of_origin_ends_the_contest_and_what_was_domestic_there(
    ledger: Ledger, commit: Any
) -> None:
    commit(ledger, {"a": [origin("COL"), origin("BRA", report="report:b"), adoption("COL", "1990")]})
    adoptions, origins = fused(ledger)
    assert adoptions[0].domestic
    assert all(o.contested for o in origins)
    (brazil,) = (o.claims[0] for o in origins if o.country == "BRA")
    settle(ledger, "conflict:origin.country:synthetic-band", brazil, by="synthetic analyst", reason="synthetic")
    adoptions, origins = fused(ledger)
    assert [(o.country, o.contested) for o in origins] == [("BRA", False)]
    assert not adoptions[0].domestic


def test_publishers_are_counted_by_name_else_by_host_else_by_report(ledger: Ledger, commit: Any) -> None:
    addresses = ["https://www.Example.org/x", "http://example.org?y=1", "https://example.org:443/z", None]
    rows = [adoption("KEN", "1990", f"report:{i}") for i in range(len(addresses))]
    sayings = [{"report": f"report:{i}", "url": url} for i, url in enumerate(addresses)]
    commit(ledger, {"a": rows}, sayings={"a": sayings})
    assert (only(ledger).reports, only(ledger).publishers) == (4, 2)


def test_two_keys_of_one_report_are_one_report(ledger: Ledger, commit: Any) -> None:
    rows = [adoption("KEN", "1990", "doi:10.1234/synthetic"), adoption("KEN", None, "url:example.org/a")]
    commit(ledger, {"a": rows}, sayings={"a": [{"report": "url:example.org/a", "same_as": "doi:10.1234/synthetic"}]})
    assert (only(ledger).reports, len(only(ledger).claims)) == (1, 2)


def test_planned_and_negated_claims_are_no_adoption(ledger: Ledger, commit: Any) -> None:
    rows = [adoption("KEN", "1990", status=s) for s in ("planned", "hypothetical", "negated")]
    commit(ledger, {"a": [*rows, adoption("UGA", "1990", review="candidate"), adoption("TZA", "1990")]})
    assert [a.country for a in fused(ledger)[0]] == ["TZA"]
