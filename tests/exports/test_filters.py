"""What filters let through, worked by hand on a synthetic graph: what certainly fits is kept, the rest is counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import southerly
from click.testing import Result
from southerly.exports import FORMATS
from southerly.graph.errors import WrongUse
from southerly.graph.ledger import Ledger
from southerly.graph.view import Scope
from southerly.queries.filters import window

CUP, NET, LAMP = "Synthetic cup", "Synthetic net", "Synthetic lamp"
A, B, C, D = (f"url:synthetic.example/{name}" for name in "abcd")

#: The cup began in Colombia (LM) and went to Kenya (L in 1995, by two reports), from there to Britain (H) and to Uganda
#: (L, by two reports, of which one names the source). The net began in Britain and went to India (LM in 2010). Nobody
#: says where the lamp began; India learned it from Kenya, nobody says when.
CLAIMS: list[dict[str, Any]] = [
    {"kind": "origin", "report": A, "innovation": CUP, "country": "COL", "when": "1978"},
    *(
        {"kind": "adoption", "report": report, "innovation": CUP, "country": "KEN", "site": "Alpha Hospital"}
        | {"when": "1995", "source_country": "COL"}
        for report in (A, B)
    ),
    {"kind": "adoption", "report": A, "innovation": CUP, "country": "GBR", "when": "2005", "source_country": "KEN"},
    {"kind": "adoption", "report": A, "innovation": CUP, "country": "UGA", "when": "2000"},
    {"kind": "adoption", "report": C, "innovation": CUP, "country": "UGA", "when": "2000", "source_country": "KEN"},
    {"kind": "origin", "report": B, "innovation": NET, "country": "GBR", "when": "1990"},
    {"kind": "adoption", "report": B, "innovation": NET, "country": "IND", "when": "2010", "source_country": "GBR"},
    {"kind": "adoption", "report": C, "innovation": LAMP, "country": "IND", "source_country": "KEN"},
    {"kind": "outcome", "report": D, "outcome": "a synthetic outcome", "when": "2003"},
]

ALPHA, BRITAIN, UGANDA = ("cup", "KEN", "alpha-hospital"), ("cup", "GBR"), ("cup", "UGA")
NETS, LAMPS = ("net", "IND"), ("lamp", "IND")


@pytest.fixture(scope="module")
def graph(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    """Return the graph of these claims."""
    ledger = new_ledger()
    commit(ledger, {"synthetic": CLAIMS})
    return ledger


def chosen(path: Path) -> tuple[set[tuple[str, ...]], set[tuple[str, str, str]], set[str]]:
    """Return the adoptions, the transfers (what, from, to) and the innovations whose origin a JSON export tells."""
    document = json.loads(path.read_text("utf-8"))
    adoptions = {
        tuple(adopted["id"].removeprefix("adoption:synthetic-").split(":"))
        for node in document["nodes"]
        for adopted in node["adopted"]
    }
    transfers = {
        (
            edge["innovation"].removeprefix("innovation:synthetic-"),
            *(edge[end].split(":")[1] for end in ("source", "target")),
        )
        for edge in document["edges"]
    }
    begun = {origin["innovation"] for node in document["nodes"] for origin in node["originated"]}
    return adoptions, transfers, {id_.removeprefix("innovation:synthetic-") for id_ in begun}


TO_KENYA, TO_BRITAIN, TO_UGANDA = ("cup", "COL", "KEN"), ("cup", "KEN", "GBR"), ("cup", "KEN", "UGA")
NET_HOP, LAMP_HOP = ("net", "GBR", "IND"), ("lamp", "KEN", "IND")


@pytest.mark.parametrize(
    ("wanted", "adoptions", "transfers", "begun"),
    [
        (
            {},
            {ALPHA, BRITAIN, UGANDA, NETS, LAMPS},
            {TO_KENYA, TO_BRITAIN, TO_UGANDA, NET_HOP, LAMP_HOP},
            {"cup", "net"},
        ),
        ({"innovation": [NET, LAMP]}, {NETS, LAMPS}, {NET_HOP, LAMP_HOP}, {"net"}),
        ({"countries": ["Kenya"]}, {ALPHA}, {TO_KENYA, TO_BRITAIN, TO_UGANDA, LAMP_HOP}, {"cup"}),
        ({"countries": ["GBR", "UG"]}, {BRITAIN, UGANDA}, {TO_BRITAIN, TO_UGANDA, NET_HOP}, {"cup", "net"}),
        ({"countries": ["Peru"]}, set(), set(), set()),
        # The lamp may have begun anywhere.
        ({"origin_income": "LMIC"}, {ALPHA, BRITAIN, UGANDA}, {TO_KENYA, TO_BRITAIN, TO_UGANDA}, {"cup"}),
        ({"origin_income": "high income"}, {NETS}, {NET_HOP}, {"net"}),
        ({"adopted_income": "H"}, {BRITAIN}, {TO_BRITAIN}, {"cup"}),
        # India was L or LM while nobody knows when.
        ({"adopted_income": "L"}, {ALPHA, UGANDA}, {TO_KENYA, TO_UGANDA}, {"cup"}),
        (
            {"adopted_income": "L,LM"},
            {ALPHA, UGANDA, NETS, LAMPS},
            {TO_KENYA, TO_UGANDA, NET_HOP, LAMP_HOP},
            {"cup", "net"},
        ),
        ({"origin_income": "LMIC", "adopted_income": "HIC"}, {BRITAIN}, {TO_BRITAIN}, {"cup"}),
        # One report alone says whence Uganda had it.
        ({"min_reports": 2}, {ALPHA, UGANDA}, {TO_KENYA}, {"cup"}),
        ({"min_reports": 3}, set(), set(), set()),
        (
            {"countries": ["KEN"], "window": window("2001", None), "bases": ("stated",), "min_reports": 1},
            set(),
            {TO_BRITAIN},
            {"cup"},
        ),
    ],
    ids=str,
)
def test_filters_keep_what_fits(
    graph: Ledger, exported: Any, wanted: dict[str, Any], adoptions: Any, transfers: Any, begun: Any
) -> None:
    assert chosen(exported(graph, "json", **wanted)[0]) == (adoptions, transfers, begun)


@pytest.mark.parametrize(
    ("wanted", "adoption", "transfer"),
    [({"origin_income": "H"}, LAMPS, LAMP_HOP), ({"adopted_income": "L"}, LAMPS, LAMP_HOP)],
    ids=str,
)
def test_what_possibly_fits_is_counted_or_with_possible_marked(
    graph: Ledger, exported: Any, wanted: dict[str, Any], adoption: Any, transfer: Any
) -> None:
    path, written = exported(graph, "json", **wanted)
    assert written.notes == [
        f"1 more {things} possibly match; --possible shows them, marked." for things in ("adoptions", "transfers")
    ]
    before = chosen(path)
    path, written = exported(graph, "json", Scope(possible=True), **wanted)
    assert written.notes == []
    after = chosen(path)
    assert (after[0] - before[0], after[1] - before[1]) == ({adoption}, {transfer})
    for edge in json.loads(path.read_text("utf-8"))["edges"]:
        assert edge["certain"] is (edge["innovation_label"] != LAMP)


def test_a_country_keeps_the_other_end_of_its_transfers_as_a_bare_place(graph: Ledger, exported: Any) -> None:
    document = json.loads(exported(graph, "json", countries=["KEN"])[0].read_text("utf-8"))
    places = {node["id"]: node for node in document["nodes"]}
    assert list(places) == [
        "country:COL",
        "country:GBR",
        "country:IND",
        "country:KEN",
        "site:KEN:alpha-hospital",
        "country:UGA",
    ]
    assert (places["country:GBR"]["adopted"], "income_group" in places["country:GBR"]) == ([], False)


def test_sources_are_those_of_what_fits(graph: Ledger, exported: Any) -> None:
    def keys(**wanted: Any) -> set[str]:
        return {
            key
            for key in "abcd"
            if f"synthetic.example/{key}" in exported(graph, "ris", **wanted)[0].read_text("utf-8")
        }

    assert keys() == {"a", "b", "c", "d"}
    assert keys(countries=["GBR"]) == {"a", "b"}  # the outcome of report d is of no country
    assert keys(min_reports=2) == {"a", "b", "c"}
    assert keys(origin_income="H") == {"b"}


@pytest.mark.parametrize(
    "form", [name for name, form in FORMATS.items() if form.network and not form.everything and not form.one]
)
def test_every_network_format_honours_the_filters_and_says_so(graph: Ledger, exported: Any, form: str) -> None:
    path, written = exported(graph, form, countries=["KEN"], origin_income="LMIC", min_reports=2)
    assert {kind: written.counts[kind] for kind in ("places", "transfers")} == {"places": 2, "transfers": 1}
    beside = json.loads(path.with_name(f"{path.name}.provenance.json").read_text("utf-8"))
    asked = {"country": ["KEN"], "origin_income": "LMIC", "adopted_income": None, "min_reports": 2, "innovation": None}
    assert {name: beside["filters"][name] for name in asked} == asked


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"countries": ["Kenyya"]}, "Kenya"),
        ({"origin_income": "poor"}, "expected LMIC"),
        ({"adopted_income": "rich"}, "expected LMIC"),
        ({"min_reports": 0}, "expected 1 or more"),
    ],
)
def test_a_filter_that_means_nothing_is_wrong_use(
    graph: Ledger, exported: Any, wanted: dict[str, Any], said: str
) -> None:
    with pytest.raises(WrongUse, match=said):
        exported(graph, "json", **wanted)


def test_the_command_line_and_notebooks_take_the_filters(
    graph: Ledger, run: Callable[..., Result], tmp_path: Path
) -> None:
    path, again = tmp_path / "out.json", tmp_path / "again.json"
    options = ("--innovation", CUP, "--innovation", NET, "--country", "Kenya", "--country", "GBR", "--since", "1990")
    more = ("--origin-income", "LMIC", "--adopted-income", "H,L", "--min-reports", "1", "--basis", "stated")
    assert run(graph, "export", "json", "-o", str(path), *options, *more).exit_code == 0
    assert chosen(path)[:2] == ({ALPHA, BRITAIN}, {TO_KENYA, TO_BRITAIN, TO_UGANDA})
    southerly.open(graph.folder).export(
        "json",
        again,
        innovation=[CUP, NET],
        countries=["KEN", "United Kingdom"],
        since="1990",
        basis="stated",
        origin_income="LMIC",
        adopted_income="H,L",
        min_reports=1,
    )
    assert again.read_bytes() == path.read_bytes()
    wrong = run(graph, "export", "json", "-o", str(tmp_path / "no.json"), "--country", "Kenyya")
    assert (wrong.exit_code, "Kenya" in wrong.stderr) == (2, True)
    nothing = run(graph, "export", "json", "-o", str(tmp_path / "no.json"), "--min-reports", "9")
    assert (nothing.exit_code, "Nothing fits" in nothing.stderr) == (4, True)
