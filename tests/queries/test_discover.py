"""`discover`: by where innovations began and who took them up, in the income groups of that very time.

The adopters here are synthetic, the income groups those that the World Bank published.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.errors import WrongUse
from southerly.graph.ledger import Ledger
from southerly.queries.discover import Wanted, discover
from southerly.queries.filters import window
from southerly.queries.spread import spread

# Country, when it adopted, its group then (null where unclassified or the years disagree), whether extrapolated, and
# whether it was high-income: certainly, possibly or not.
WORKED = [
    ("CHL", "2011", "UM", False, "no"),
    ("CHL", "2012", "H", False, "certain"),
    ("CHL", "2011-2012", None, False, "possible"),
    ("CHL", "2010s", None, False, "possible"),
    ("CHL", "by 2011", None, False, "no"),  # LM or UM, never H
    ("CHL", "[2012..]", "H", False, "certain"),
    ("POL", "2008", "UM", False, "no"),
    ("POL", "2009", "H", False, "certain"),
    ("KOR", "1994", "UM", False, "no"),
    ("KOR", "1995", "H", False, "certain"),
    ("KOR", "1998", "UM", False, "no"),
    ("KOR", "2000", "UM", False, "no"),
    ("KOR", "2001", "H", False, "certain"),
    ("KOR", "1997-1998", None, False, "possible"),
    ("KOR", "1965", "UM", True, "no"),
    ("URY", "2011", "UM", False, "no"),
    ("URY", "2012", "H", False, "certain"),
    ("MUS", "2018", "UM", False, "no"),
    ("MUS", "2019", "H", False, "certain"),
    ("MUS", "2020", "UM", False, "no"),
    ("GBR", "1965", "H", True, "certain"),
    ("GBR", None, "H", False, "certain"),
    ("GBR", "by 1965", "H", True, "certain"),
    ("KEN", "1965", "L", True, "no"),
    ("CSK", "1990", "UM", False, "no"),
    ("VEN", "2014", "H", False, "certain"),
    ("VEN", "2021", None, False, "possible"),  # unclassified is not "no"
    ("VEN", "2019-2022", "UM", False, "no"),  # unclassified years are ignored where the others agree
    ("VEN", "2013-2021", None, False, "possible"),
    ("USA", "2030", "H", True, "certain"),
]


def name(number: int) -> str:
    return f"Synthetic case {number:02d}"


@pytest.fixture(scope="module")
def table(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph with an innovation a worked case, all of them begun in Kenya in 1990."""
    rows = []
    for number, (country, when, *_) in enumerate(WORKED):
        rows += [
            say.origin(name(number), "KEN" if country != "KEN" else "UGA", "1990"),
            say.adoption(name(number), country, when),
        ]
    return graph_of(rows)


def found(answer: Any) -> dict[str, Any]:
    return {d["innovation"]["label"]: d for d in answer.data}


def test_the_worked_groups_of_adopters(table: Ledger, known: Any) -> None:
    opened = known(table)
    every = found(discover(opened, Wanted()))
    for number, (country, when, group, extrapolated, _) in enumerate(WORKED):
        (adopter,) = every[name(number)]["adopters"]
        assert (adopter["country"], adopter["income_group"]) == (country, group), (country, when)
        taken = spread(opened, name(number)).data["adoptions"][0]
        assert (taken["income_group"], taken["extrapolated"]) == (group, extrapolated), (country, when)


def test_certain_and_possible_adopters_differ_and_both_are_right(table: Ledger, known: Any) -> None:
    certain = discover(known(table), Wanted("LMIC", "H"))
    possible = discover(known(table, possible=True), Wanted("LMIC", "H"))
    by_match = {
        match: {name(i) for i, case in enumerate(WORKED) if case[-1] == match} for match in ("certain", "possible")
    }
    assert set(found(certain)) == by_match["certain"]
    assert set(found(possible)) == by_match["certain"] | by_match["possible"]
    assert certain.notes[0].startswith(f"{len(by_match['possible'])} more innovations possibly match")
    marks = {label: [a["certain"] for a in d["adopters"]] for label, d in found(possible).items()}
    assert marks == {label: [label in by_match["certain"]] for label in marks}


def test_a_crossing_is_certain(table: Ledger, known: Any) -> None:
    possible = found(discover(known(table, possible=True), Wanted("LMIC", "H")))
    for number, (country, _, _, _, match) in enumerate(WORKED):
        if match == "certain":
            assert possible[name(number)]["first_crossing"]["country"] == country
        if match == "possible":
            assert possible[name(number)]["first_crossing"] is None


CUP, BAND, BENCH, BELL, BOWL = (f"Synthetic {w}" for w in ("cup", "band", "bench", "bell", "bowl"))


@pytest.fixture(scope="module")
def graph(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph of innovations that filters tell apart."""
    return graph_of(
        [
            say.origin(CUP, "KOR", "1990"),  # upper middle then, high since
            say.adoption(CUP, "GBR", "2005", site="Alpha Hospital"),
            say.adoption(CUP, "GBR", "2003-2009", site="Beta Clinic"),
            say.adoption(CUP, "GBR", None, site="Gamma Clinic"),
            say.adoption(CUP, "FRA", "2004-2006"),
            say.adoption(CUP, "KEN", "1999"),
            say.adoption(CUP, "NOR", "1995", stage="considered"),
            say.origin(BAND, "KOR", "1996", innovation_kind="device"),  # high then
            say.adoption(BAND, "USA", "2000", theme="mental health"),
            say.origin(BENCH, "KOR", None),  # either of two groups
            say.adoption(BENCH, "USA", "2000"),
            say.origin(BELL, "IND", "1980"),
            say.origin(BELL, "USA", "1980", "b"),
            say.adoption(BELL, "USA", "2000", "c"),
            say.adoption(BELL, "GBR", "2001", "c"),
            say.origin(BOWL, None, "1980"),
            say.adoption(BOWL, "USA", "2000"),
        ]
    )


def labels(answer: Any) -> set[str]:
    return {d["innovation"]["label"] for d in answer.data}


def test_an_origin_matches_by_the_group_of_its_own_time(graph: Ledger, known: Any) -> None:
    assert labels(discover(known(graph), Wanted("LMIC", "H"))) == {CUP, BELL}
    origin = found(discover(known(graph), Wanted("LMIC", "H")))[CUP]["origins"]
    assert origin == [{"country": "KOR", "income_group": "UM", "year": 1990, "extrapolated": False}]


def test_an_unknown_origin_is_possible_not_no(graph: Ledger, known: Any) -> None:
    asked = Wanted("LMIC", "H")
    assert labels(discover(known(graph, possible=True), asked)) == {CUP, BELL, BENCH, BOWL}
    assert discover(known(graph), asked).notes[0].startswith("2 more innovations possibly match")
    assert BOWL in labels(discover(known(graph, possible=True), Wanted(origin="India")))


def test_a_contested_origin_matches_by_any_claimed_one_and_is_flagged(graph: Ledger, known: Any) -> None:
    for wanted in (Wanted("LMIC", "H"), Wanted("H", "H"), Wanted(origin="India"), Wanted(origin="USA")):
        bell = found(discover(known(graph), wanted))[BELL]
        assert bell["contested"]
        assert {o["country"] for o in bell["origins"]} == {"IND", "USA"}
        assert {o["extrapolated"] for o in bell["origins"]} == {True}
    assert BELL not in labels(discover(known(graph), Wanted("H", "H", origin="India")))  # one origin has to be both


def test_a_domestic_adoption_is_no_adopter(graph: Ledger, known: Any) -> None:
    bell = found(discover(known(graph), Wanted("LMIC", "H")))[BELL]
    assert [a["country"] for a in bell["adopters"]] == ["GBR"]
    assert bell["first_crossing"] == {"country": "GBR", "earliest": "2001-01-01", "latest": "2001-12-31"}


def test_adopters_pool_their_sites_and_undated_ones_only_alone(graph: Ledger, known: Any) -> None:
    cup = found(discover(known(graph), Wanted("LMIC", "H")))[CUP]
    assert {a["country"]: a["first"] for a in cup["adopters"]} == {"GBR": "[2003..2005]", "FRA": "[2004..2006]"}
    assert cup["first_crossing"] == {"country": "GBR", "earliest": "2003-01-01", "latest": "2005-12-31"}
    assert (cup["claims"], cup["reports"]) == (7, 1)


def test_the_considered_adopted_nothing(graph: Ledger, known: Any) -> None:
    assert discover(known(graph), Wanted(adopter="Norway")).data == []
    assert CUP in labels(discover(known(graph), Wanted(not_in="Norway")))


def test_not_in_leaves_out_who_adopted_at_home_too(graph: Ledger, known: Any) -> None:
    assert labels(discover(known(graph), Wanted(not_in="USA"))) == {CUP}
    assert labels(discover(known(graph), Wanted(not_in="United Kingdom"))) == {BAND, BENCH, BOWL}


def test_kind_and_theme_are_terms_or_their_synonyms(graph: Ledger, known: Any) -> None:
    assert labels(discover(known(graph), Wanted(kind="Medical device"))) == {BAND}
    assert labels(discover(known(graph), Wanted(theme="mental health"))) == {BAND}
    assert labels(discover(known(graph), Wanted(kind="device", adopter="GBR"))) == set()
    for wrong in (
        Wanted(kind="no such kind"),
        Wanted(theme="no such theme"),
        Wanted("rich"),
        Wanted(origin="Atlantis"),
    ):
        with pytest.raises(WrongUse):
            discover(known(graph), wrong)


def test_a_window_asks_when_it_was_adopted(graph: Ledger, known: Any) -> None:
    asked = Wanted(adopted_income="H", window=window("2004", "2005"))
    certain = found(discover(known(graph), asked))
    assert {label: [a["country"] for a in d["adopters"]] for label, d in certain.items()} == {CUP: ["GBR"]}
    assert certain[CUP]["adopters"][0]["first"] == "2005"
    possible = found(discover(known(graph, possible=True), asked))
    assert {a["country"]: a["certain"] for a in possible[CUP]["adopters"]} == {"GBR": True, "FRA": False}


def test_an_adopter_and_its_income_have_to_be_of_one_adoption(graph: Ledger, known: Any) -> None:
    assert discover(known(graph), Wanted(adopter="Kenya", adopted_income="H")).data == []
    assert labels(discover(known(graph), Wanted(adopter="Kenya"))) == {CUP}
