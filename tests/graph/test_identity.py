"""Which names are one innovation: exact names, aliases, acronyms, judgements, whatever the order of reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.graph.errors import SoutherlyError
from southerly.graph.identity import Identity, Innovation, Suggestion
from southerly.graph.judgements import judge_names, undo
from southerly.graph.ledger import Ledger
from southerly.graph.names import name_key
from southerly.graph.view import View

Claim = dict[str, Any]
WHO: dict[str, Any] = {"by": "synthetic analyst", "reason": "synthetic"}


def adoption(innovation: str, report: str = "report:a", country: str = "KEN", **more: Any) -> Claim:
    return {"kind": "adoption", "innovation": innovation, "country": country, "report": report, **more}


def origin(innovation: str, country: str | None, report: str = "report:a", **more: Any) -> Claim:
    return {"kind": "origin", "innovation": innovation, "country": country, "report": report, **more}


def named(innovation: str, name: str, kind: str = "alias", report: str = "report:a", **more: Any) -> Claim:
    return {"kind": "name", "innovation": innovation, "name": name, "name_type": kind, "report": report, **more}


def innovations(ledger: Ledger) -> list[Innovation]:
    view = View(ledger)
    with closing(view.con):
        return list(Identity(view).innovations.values())


def suggestions(ledger: Ledger) -> list[Suggestion]:
    view = View(ledger)
    with closing(view.con):
        known = Identity(view)
        known.innovations  # noqa: B018 - finding the innovations finds the doubts
        return known.suggestions


def labels(ledger: Ledger) -> list[str]:
    return [i.label for i in innovations(ledger)]


def test_spellings_of_one_normal_form_are_one(ledger: Ledger, commit: Any) -> None:
    spellings = ["Método  Canguro", "metodo canguro", "METODO-CANGURO", "Me\u0301todo Canguro"]
    commit(ledger, {"a": [adoption(s) for s in spellings]})
    (found,) = innovations(ledger)
    assert found.id == "innovation:metodo-canguro"


def test_likeness_is_no_identity(ledger: Ledger, commit: Any) -> None:
    commit(ledger, {"a": [adoption("Synthetic bench"), adoption("Synthetic benches"), adoption("Synthetic bench 2")]})
    assert len(innovations(ledger)) == 3


def test_a_declared_alias_joins_across_reports_and_may_be_declared_on_either_side(ledger: Ledger, commit: Any) -> None:
    rows = [
        named("Synthetic bench", "Bench of grandmothers"),
        adoption("bench of Grandmothers", "report:b"),
        named("Banco", "Synthetic bench", "translation", "report:c"),
    ]
    commit(ledger, {"a": rows})
    (found,) = innovations(ledger)
    assert found.id == "innovation:banco"
    assert sorted(map(name_key, (found.label, *found.aliases))) == ["banco", "bench-of-grandmothers", "synthetic-bench"]


def test_an_alias_that_nobody_speaks_of_still_joins_those_who_declare_it(ledger: Ledger, commit: Any) -> None:
    commit(
        ledger,
        {"a": [named("Synthetic bench", "Elder seat"), named("Synthetic stool", "elder seat", report="report:b")]},
    )
    (found,) = innovations(ledger)
    assert found.id == "innovation:synthetic-bench"  # the least name that a claim speaks of, so not elder-seat


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ({}, {}, True),
        ({"innovation_kind": "device"}, {"innovation_kind": "device"}, True),
        ({"innovation_kind": "device"}, {}, True),
        ({"innovation_kind": "device"}, {"innovation_kind": "policy"}, False),
    ],
)
def test_an_acronym_joins_unless_the_kinds_differ(
    ledger: Ledger, commit: Any, left: Claim, right: Claim, joined: bool
) -> None:
    rows = [named("Alpha care", "AC", "acronym", **left), named("Active clinics", "AC", "acronym", "report:b", **right)]
    commit(ledger, {"a": rows})
    assert (len(innovations(ledger)) == 1) is joined
    assert bool(suggestions(ledger)) is not joined


def test_an_acronym_does_not_join_innovations_of_two_origins_but_is_suggested(ledger: Ledger, commit: Any) -> None:
    rows = [
        named("Alpha care", "AC", "acronym"),
        origin("Alpha care", "KEN"),
        named("Active clinics", "AC", "acronym", "report:b"),
        origin("Active clinics", "BRA", "report:b"),
    ]
    commit(ledger, {"a": rows})
    assert len(innovations(ledger)) == 2
    (doubt,) = suggestions(ledger)
    assert {doubt.a, doubt.b} == {"alpha-care", "active-clinics"}


def test_an_acronym_looks_at_all_that_is_known_of_an_innovation_not_at_one_spelling(
    ledger: Ledger, commit: Any
) -> None:
    rows = [
        named("Alpha care", "Alpha care programme"),
        named("Alpha care", "AC", "acronym"),
        origin("Alpha care programme", "KEN"),
        named("Active clinics", "AC", "acronym", "report:b"),
        origin("Active clinics", "BRA", "report:b"),
    ]
    commit(ledger, {"a": rows})
    assert len(innovations(ledger)) == 2


def test_acronyms_do_not_chain_innovations_that_contradict_each_other(ledger: Ledger, commit: Any) -> None:
    """A says nothing of its origin, so it may be either of the others, but not both."""
    rows = [
        named("Alpha care", "AC", "acronym"),
        named("Alpha care", "ZZ", "acronym"),
        named("Active clinics", "AC", "acronym", "report:b"),
        origin("Active clinics", "BRA", "report:b"),
        named("Zone zero", "ZZ", "acronym", "report:c"),
        origin("Zone zero", "KEN", "report:c"),
    ]
    commit(ledger, {"a": rows})
    view = View(ledger)
    with closing(view.con):
        by_key = Identity(view).by_key
    assert by_key["active-clinics"] != by_key["zone-zero"]


def test_an_acronym_that_joins_nobody_names_nobody(ledger: Ledger, commit: Any) -> None:
    rows = [
        named("Alpha care", "AC", "acronym", innovation_kind="device"),
        named("Active clinics", "AC", "acronym", innovation_kind="policy"),
    ]
    commit(ledger, {"a": rows})
    view = View(ledger)
    with closing(view.con):
        assert "ac" not in Identity(view).by_key


def test_the_label_is_the_spelling_of_most_reports_and_ties_go_by_code_point(ledger: Ledger, commit: Any) -> None:
    rows = [
        *(
            adoption("SYNTHETIC BENCH", country=c) for c in ("KEN", "UGA", "TZA")
        ),  # one report, however often it says it
        adoption("Synthetic bench", "report:b"),
        adoption("Synthetic bench", "report:c"),
        adoption("synthetic cup", "report:b"),
        adoption("Synthetic cup", "report:c"),
    ]
    commit(ledger, {"a": rows})
    assert labels(ledger) == ["Synthetic bench", "Synthetic cup"]


def test_an_exchange_names_the_innovations_that_it_showed(ledger: Ledger, commit: Any) -> None:
    commit(
        ledger,
        {
            "a": [
                {
                    "kind": "exchange",
                    "exchange": "tour",
                    "shown": ["Synthetic bench", "Synthetic cup"],
                    "report": "report:a",
                }
            ]
        },
    )
    assert labels(ledger) == ["Synthetic bench", "Synthetic cup"]


def test_judgements_are_transitive_and_undone_one_by_one(ledger: Ledger, commit: Any) -> None:
    commit(ledger, {"a": [adoption(n) for n in ("Synthetic alpha", "Synthetic beta", "Synthetic gamma")]})
    judge_names(ledger, "same", "Synthetic beta", "Synthetic gamma", **WHO)
    revision, _, _ = judge_names(ledger, "same", "Synthetic gamma", "Synthetic alpha", **WHO)
    assert [i.id for i in innovations(ledger)] == ["innovation:synthetic-alpha"]
    undo(ledger, revision, **WHO)
    assert [i.id for i in innovations(ledger)] == ["innovation:synthetic-alpha", "innovation:synthetic-beta"]


def test_a_judgement_outlives_the_order_of_reading(ledger: Ledger, commit: Any) -> None:
    commit(ledger, {"a": [adoption("Synthetic beta"), adoption("Synthetic gamma")]})
    judge_names(ledger, "same", "Synthetic beta", "Synthetic gamma", **WHO)
    commit(
        ledger,
        {
            "b": [
                adoption("Synthetic alpha", "report:b"),
                named("Synthetic gamma", "Synthetic alpha", report="report:b"),
            ]
        },
    )
    assert [i.id for i in innovations(ledger)] == ["innovation:synthetic-alpha"]


def test_a_judgement_of_difference_comes_before_an_alias(ledger: Ledger, commit: Any) -> None:
    commit(ledger, {"a": [named("Synthetic bench", "Synthetic stool"), adoption("Synthetic cup")]})
    commit(ledger, {"b": [adoption("Synthetic stool", "report:b")]})
    assert len(innovations(ledger)) == 2
    judge_names(ledger, "different", "innovation:synthetic-bench", "Synthetic stool", **WHO)
    assert labels(ledger) == ["Synthetic bench", "Synthetic cup", "Synthetic stool"]


@pytest.mark.parametrize("first", ["same", "different"])
def test_a_judgement_that_contradicts_earlier_ones_is_refused(ledger: Ledger, commit: Any, first: str) -> None:
    a, b, c = "Synthetic alpha", "Synthetic beta", "Synthetic gamma"
    commit(ledger, {"a": [adoption(n) for n in (a, b, c)]})
    orders = {"same": [("same", a, b), ("same", b, c), ("different", a, c)]}
    orders["different"] = [("different", a, c), ("same", a, b), ("same", b, c)]
    *agreeing, last = orders[first]
    for judgement in agreeing:
        judge_names(ledger, *judgement, **WHO)
    before = labels(ledger)
    with pytest.raises(SoutherlyError):
        judge_names(ledger, *last, **WHO)
    assert labels(ledger) == before


def test_the_same_two_names_may_be_judged_again(ledger: Ledger, commit: Any) -> None:
    commit(ledger, {"a": [adoption("Synthetic alpha"), adoption("Synthetic beta")]})
    for verdict, many in (("same", 1), ("different", 2), ("same", 1)):
        judge_names(ledger, verdict, "Synthetic beta", "Synthetic alpha", **WHO)
        assert len(innovations(ledger)) == many


def test_sites_never_join_across_a_border_nor_a_site_an_innovation(ledger: Ledger, commit: Any) -> None:
    rows = [adoption("Synthetic cup", country=c, site="Ministry of Health") for c in ("KEN", "UGA")]
    commit(ledger, {"a": rows})
    with pytest.raises(SoutherlyError, match="border"):
        judge_names(ledger, "same", "site:KEN:ministry-of-health", "site:UGA:ministry-of-health", **WHO)
    with pytest.raises(SoutherlyError):
        judge_names(ledger, "same", "site:KEN:ministry-of-health", "Synthetic cup", **WHO)


SPELLINGS = st.sampled_from(["Alpha care", "ALPHA CARE", "Beta care", "Beta-Care", "Gamma care", "AC", "BC", "Delta"])
ANY = st.lists(
    st.one_of(
        st.builds(adoption, SPELLINGS, st.sampled_from(["report:a", "report:b", "report:c"])),
        st.builds(origin, SPELLINGS, st.sampled_from([None, "BRA", "KEN"])),
        st.builds(
            lambda innovation, name, kind, of: named(innovation, name, kind, innovation_kind=of),
            SPELLINGS,
            SPELLINGS,
            st.sampled_from(["alias", "acronym", "acronym"]),
            st.sampled_from([None, "device", "policy"]),
        ),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=12, deadline=None)
@given(rows=ANY, cut=st.integers(0, 14), random=st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_nothing(
    new_ledger: Callable[[], Ledger], commit: Callable[..., Any], rows: list[Claim], cut: int, random: Any
) -> None:
    parts = [rows[:cut], rows[cut:]]
    forward, backward = new_ledger(), new_ledger()
    for index in (0, 1):
        commit(forward, {f"part {index}": parts[index]})
    for index in (1, 0):
        shuffled = list(parts[index])
        random.shuffle(shuffled)
        commit(backward, {f"part {index}": shuffled})
    assert innovations(forward) == innovations(backward)
    assert set(suggestions(forward)) == set(suggestions(backward))


@settings(max_examples=12, deadline=None)
@given(rows=ANY.map(lambda rows: [r | {"name_type": "alias"} if r["kind"] == "name" else r for r in rows]))
def test_exact_names_and_aliases_join_and_nothing_else(
    new_ledger: Callable[[], Ledger], commit: Callable[..., Any], rows: list[Claim]
) -> None:
    ledger = new_ledger()
    commit(ledger, {"synthetic.csv": rows})
    joined: dict[str, set[str]] = {}
    for row in rows:
        keys = {name_key(row["innovation"])} | ({name_key(row["name"])} if row["kind"] == "name" else set())
        whole = keys.union(*(joined.get(k, set()) for k in keys))
        joined |= dict.fromkeys(whole, whole)
    spoken: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        cluster = joined[name_key(row["innovation"])]
        spoken[min(cluster)][row["innovation"]].add(row["report"])
    expected = {
        "innovation:" + min(name_key(s) for s in said): min(said, key=lambda s: (-len(said[s]), s))
        for said in spoken.values()
    }
    assert {i.id: i.label for i in innovations(ledger)} == expected
