"""Which exchanges of one name are one: what two reports call the same need not be. All claims are synthetic."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.graph.diffusion import Diffusion
from southerly.graph.errors import Ambiguous
from southerly.graph.fused import verify
from southerly.graph.identity import Identity
from southerly.graph.judgements import retract, undo
from southerly.graph.ledger import Ledger
from southerly.graph.lookup import find
from southerly.graph.view import Scope, View

Claim = dict[str, Any]
A, B, C = "url:synthetic.example/a", "url:synthetic.example/b", "url:synthetic.example/c"
CUP = "Synthetic cup"


def exchange(report: str, countries: str = "", title: str | None = None, when: str | None = None, **more: Any) -> Claim:
    """Describe the exchange `E1`: the first of the countries was host."""
    codes = countries.split()
    said = {"host_countries": codes[:1], "visiting_countries": codes[1:], "title": title, "when": when}
    return {"kind": "exchange", "exchange": "E1", "report": report, "shown": [CUP], **said, **more}


def outcome(report: str, **more: Any) -> Claim:
    return {"kind": "outcome", "exchange": "E1", "outcome": "Synthetic outcome", "report": report, **more}


def keys(ledger: Ledger, **scope: Any) -> dict[tuple[str, str], str]:
    """Return the key of the exchange that each report means, by kind and report."""
    view = View(ledger, Scope(**scope))
    with closing(view.con):
        rows = view.rows("SELECT kind, report, exchange_key FROM visible WHERE exchange_key IS NOT NULL")
    return {(row["kind"], row["report"][-1]): row["exchange_key"] for row in rows}


def each_in_its_file(*claims: Claim) -> dict[str, list[Claim]]:
    return {f"{number}.yaml": [claim] for number, claim in enumerate(claims)}


@pytest.fixture
def together(ledger: Ledger, commit: Any) -> Callable[..., bool]:
    """Return a function: commit descriptions of two reports, each from its own file; say whether they are of one."""

    def ask(*claims: Claim) -> bool:
        commit(ledger, each_in_its_file(*claims))
        return len(set(keys(ledger).values())) == 1

    return ask


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        # The same title, and no country of one among those of the other.
        (("KEN UGA", "Visit"), ("BRA PER", "Visit"), False),
        (("KEN UGA", "Visit", "2015"), ("KEN PER", "VISIT ", "2018"), True),
        (("", "Visit"), ("BRA PER", "Visit"), True),
        # Other titles: the countries have to fit, and the times.
        (("KEN UGA", "Visit"), ("UGA KEN", "Tour"), True),
        (("KEN UGA", "Visit"), ("KEN UGA PER", "Tour"), True),
        (("KEN UGA", "Visit"), ("KEN PER", "Tour"), False),
        (("KEN UGA", "Visit", "2015"), ("KEN UGA", "Tour", "2018"), False),
        (("KEN UGA", "Visit", "2015"), ("KEN UGA", "Tour", "2010s"), True),
        (("KEN UGA", "Visit", "2015"), ("KEN UGA", "Tour"), True),
        # Nothing in common is no agreement.
        (("", "Visit"), ("BRA PER", "Tour"), False),
        ((), (), False),
    ],
)
def test_descriptions_of_one_name_are_of_one_exchange_if_they_agree(
    together: Callable[..., bool], a: tuple[str, ...], b: tuple[str, ...], one: bool
) -> None:
    assert together(exchange(A, *a), exchange(B, *b)) is one


def test_a_programme_lasts_from_its_beginning_to_its_end(together: Callable[..., bool]) -> None:
    assert together(exchange(A, "KEN UGA", "Programme", "2010", end="2020"), exchange(B, "KEN UGA", "Tour", "2015"))


def test_a_report_speaks_of_its_own_exchange_and_of_no_other(ledger: Ledger, commit: Any) -> None:
    commit(ledger, each_in_its_file(exchange(A, "KEN UGA"), exchange(B, "BRA PER"), outcome(A), outcome(B), outcome(C)))
    assert keys(ledger) == {
        ("exchange", "a"): f"e1@{A}",
        ("exchange", "b"): f"e1@{B}",
        ("outcome", "a"): f"e1@{A}",
        ("outcome", "b"): f"e1@{B}",
        ("outcome", "c"): "e1",  # which it means is not known
    }


def test_hosts_and_visitors_of_two_exchanges_are_not_pooled(ledger: Ledger, commit: Any) -> None:
    taken_up = [
        {"kind": "adoption", "innovation": CUP, "country": code, "when": "2019", "report": report, "exchange": "E1"}
        for code, report in (("UGA", A), ("PER", B))
    ]
    seen = exchange(A, "KEN UGA", when="2018"), exchange(B, "BRA PER", when="2018")
    commit(ledger, each_in_its_file(*seen, *taken_up))
    view = View(ledger)
    with closing(view.con):
        hops = {(hop.from_country, hop.to_country, hop.rule) for hop in Diffusion(Identity(view)).transfers()}
    assert hops == {
        ("KEN", "UGA", "exchange"),
        ("BRA", "PER", "exchange"),
    }


def test_one_report_describes_and_others_speak_of_it(ledger: Ledger, commit: Any) -> None:
    commit(ledger, each_in_its_file(exchange(A, "KEN UGA"), outcome(B), outcome(C)))
    assert set(keys(ledger).values()) == {"e1"}


def test_the_rows_of_a_table_share_its_ids(ledger: Ledger, commit: Any) -> None:
    commit(ledger, {"synthetic.csv": [exchange(A, "KEN UGA", "Visit"), exchange(B, "BRA PER", "Tour")]})
    assert set(keys(ledger).values()) == {"e1"}


@pytest.mark.parametrize(
    "name",
    [
        "https://synthetic.example/visit",
        "doi:10.1234/synthetic",
        "10.1234/synthetic",
        "XM-DAC-00000-SYNTHETIC",
        "GB-CHC-000000-1",
        "00000000-0000-4000-8000-000000000000",
    ],
)
def test_a_worldwide_name_is_of_one_exchange_whatever_is_said_of_it(together: Callable[..., bool], name: str) -> None:
    assert together(exchange(A, "KEN UGA", exchange=name), exchange(B, "BRA PER", exchange=name))


@pytest.mark.parametrize("name", ["E1", "exchange-1", "visit: Kenya", "UK-1", "2015"])
def test_a_name_of_a_report_is_its_own(together: Callable[..., bool], name: str) -> None:
    assert not together(exchange(A, "KEN UGA", exchange=name), exchange(B, "BRA PER", exchange=name))


def test_keys_of_one_report_are_one_report(ledger: Ledger, commit: Any) -> None:
    sayings = {"0.yaml": [{"report": A, "same_as": B}]}
    commit(ledger, each_in_its_file(exchange(A, "KEN UGA"), exchange(B, "BRA PER")), sayings=sayings)
    assert set(keys(ledger).values()) == {"e1"}


def test_it_is_as_it_was_before_when_a_report_is_withdrawn(ledger: Ledger, commit: Any) -> None:
    commit(ledger, each_in_its_file(exchange(A, "KEN UGA")))
    commit(ledger, {"other.yaml": [exchange(B, "BRA PER")]})
    apart = keys(ledger)
    assert len(set(apart.values())) == 2
    retract(ledger, B, by="tester", reason="synthetic")
    assert keys(ledger) == {("exchange", "a"): "e1"} == keys(ledger, as_of="1")
    undo(ledger, 3, by="tester", reason="synthetic")
    assert keys(ledger) == apart


def test_a_name_of_several_asks_which_is_meant(ledger: Ledger, commit: Any) -> None:
    commit(ledger, each_in_its_file(exchange(A, "KEN UGA", "Visit"), exchange(B, "BRA PER", "Tour")))
    view = View(ledger)
    with closing(view.con):
        known = Identity(view)
        for name in ("E1", "exchange:e1"):
            with pytest.raises(Ambiguous) as asked:
                find(known, name)
            assert sorted(asked.value.candidates) == [(f"exchange:e1@{A}", "Visit"), (f"exchange:e1@{B}", "Tour")]
        assert find(known, f"exchange:e1@{B}")[0].label == find(known, "Tour")[0].label == "Tour"


def test_the_kept_view_tells_them_apart_too(ledger: Ledger, commit: Any) -> None:
    origin = {"kind": "origin", "innovation": CUP, "country": "KEN", "report": A}
    commit(ledger, each_in_its_file(exchange(A, "KEN UGA"), exchange(B, "BRA PER"), origin))
    computed = keys(ledger)
    view = View(ledger)
    with closing(view.con):
        Diffusion(Identity(view)).transfers()
    checks = {check.part: check for check in verify(ledger)}
    assert checks["exchange_map"].same
    assert checks["exchange_map"].ledger is not None
    assert keys(ledger) == computed


described = st.builds(
    exchange,
    st.sampled_from([A, B, C]),
    st.sampled_from(["", "KEN UGA", "KEN", "BRA PER", "KEN UGA PER"]),
    st.sampled_from([None, "Visit", "Tour"]),
    st.sampled_from([None, "2015", "2018", "2010s"]),
)


@settings(max_examples=30, deadline=None)
@given(claims=st.lists(described, min_size=2, max_size=5), data=st.data())
def test_nothing_depends_on_what_came_in_first(
    new_ledger: Callable[[], Ledger], commit: Any, claims: list[Claim], data: st.DataObject
) -> None:
    at_once, one_by_one = new_ledger(), new_ledger()
    files = each_in_its_file(*claims)
    commit(at_once, files)
    for name in data.draw(st.permutations(sorted(files))):
        commit(one_by_one, {name: files[name]})
    assert keys(at_once) == keys(one_by_one)
    for (_, report), key in keys(at_once).items():
        # A key holds the least of the reports that mean it, so nobody else's.
        name, _, least = key.partition("@")
        assert name == "e1"
        assert not least or least[-1] <= report
