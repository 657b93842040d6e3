"""`curve`: how many countries had an innovation by each year, what is unknown kept, and who was early."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from southerly.graph.ledger import Ledger
from southerly.queries.curve import curve

CUP = "Synthetic cup"


@pytest.fixture
def asked(graph_of: Callable[..., Ledger], known: Any) -> Callable[..., Any]:
    """Return the function that asks the curve of a graph of some claims."""
    return lambda *claims: curve(known(graph_of(list(claims))), CUP).data


def by_year(data: dict[str, Any]) -> dict[int, tuple[int, int, int, int]]:
    return {y["year"]: (y["new"], y["certain"], y["possible"], y["ended"]) for y in data["years"]}


def test_countries_count_once_by_their_first_year_and_every_year_has_a_row(asked: Any, say: Any) -> None:
    data = asked(
        say.adoption(CUP, "KEN", "2000"),
        say.adoption(CUP, "KEN", "2002", site="Alpha Hospital"),
        say.adoption(CUP, "UGA", "2003-05"),
        say.adoption(CUP, "TZA", "2003", stage="considered"),
    )
    assert by_year(data) == {2000: (1, 1, 1, 0), 2001: (0, 1, 1, 0), 2002: (0, 1, 1, 0), 2003: (1, 2, 2, 0)}
    assert [y["countries"] for y in data["years"]] == [["KEN"], [], [], ["UGA"]]
    assert (data["innovation"]["label"], data["undated"], data["categories"]) == (CUP, 0, [])


def test_what_is_unknown_is_possible_and_not_certain(asked: Any, say: Any) -> None:
    data = asked(
        say.adoption(CUP, "KEN", "2001-2003"),  # began between the two
        say.adoption(CUP, "UGA", "by 2002"),
        say.adoption(CUP, "TZA", None),
        say.adoption(CUP, "MWI", "2003", left_censored=True),
        say.adoption(CUP, "ZMB", "2000"),
    )
    assert by_year(data) == {
        2000: (1, 1, 4, 0),  # all but Kenya possibly
        2001: (0, 1, 5, 0),
        2002: (1, 2, 5, 0),  # Uganda
        2003: (2, 4, 5, 0),  # Kenya, Malawi; Tanzania never
    }
    assert data["undated"] == 1


def test_a_spell_with_a_stated_end_leaves_after_it(asked: Any, say: Any) -> None:
    data = asked(
        say.adoption(CUP, "KEN", "2000", end="2001"),
        say.adoption(CUP, "UGA", "2000", end="2001-2003"),  # ended between the two
        say.adoption(CUP, "TZA", "2000", end="2001", site="Alpha Hospital"),
        say.adoption(CUP, "TZA", "2003", site="Beta Hospital"),
        say.adoption(CUP, "ZMB", "2004"),
    )
    assert by_year(data) == {
        2000: (3, 3, 3, 0),
        2001: (0, 3, 3, 3),
        2002: (0, 0, 1, 0),  # Uganda perhaps
        2003: (0, 1, 2, 0),  # Tanzania again
        2004: (1, 2, 2, 0),
    }
    assert [y["returned"] for y in data["years"]] == [0, 0, 0, 1, 0]


def test_a_spell_whose_begin_may_lie_after_its_end_is_never_certain(
    graph_of: Callable[..., Ledger], known: Any, say: Any
) -> None:
    answer = curve(known(graph_of([say.adoption(CUP, "KEN", "2000-2005", end="2003")])), CUP)
    assert {y["certain"] for y in answer.data["years"]} == {0}
    assert answer.notes == ["Never certain in any one year: Kenya."]


def test_adopter_categories_by_mean_and_deviation(asked: Any, say: Any) -> None:
    # Years less 2000: 0, 9, six times 10, 11, 20. Mean 10; squares of distances 100 + 1 + 1 + 100 = 202 of 10
    # countries, so the deviation is the root of 20.2, 4.49, and the bounds are 1.01, 5.51, 10 and 14.49.
    years = dict(zip(("KEN", "UGA", "TZA", "MWI", "ZMB", "RWA", "BDI", "ETH", "SOM", "SDN"),
                     (2000, 2009, 2010, 2010, 2010, 2010, 2010, 2010, 2011, 2020), strict=True))  # fmt: skip
    data = asked(*(say.adoption(CUP, country, str(year)) for country, year in years.items()))
    found = {c["country"]: (c["year"], c["category"]) for c in data["categories"]}
    assert {c: y for c, (y, _) in found.items()} == years
    assert {found[c][1] for c in ("UGA", "TZA", "MWI", "ZMB", "RWA", "BDI", "ETH")} == {"early majority"}
    assert [found[c][1] for c in ("KEN", "SOM", "SDN")] == ["innovator", "late majority", "laggard"]


def test_a_year_on_the_bound_belongs_to_the_earlier_category(asked: Any, say: Any) -> None:
    # Mean 2000, deviation 2: every year is on a bound.
    years = {"KEN": "1998", "UGA": "1998", "TZA": "1998", "MWI": "2002", "ZMB": "2002", "RWA": "2002"}
    data = asked(*(say.adoption(CUP, country, year) for country, year in years.items()))
    assert [c["category"] for c in data["categories"]] == ["early adopter"] * 3 + ["late majority"] * 3


@pytest.mark.parametrize(
    "years",
    [
        ("2000", "2001", "2002", "2003", "2004-2005"),  # the fifth is not known
        ("2000", "2001", "2002", "2003", None),
        ("2000", "2000", "2000", "2000", "2000"),  # no deviation, so nobody was early
    ],
)
def test_no_categories_of_too_few_or_of_one_year(asked: Any, say: Any, years: tuple[str | None, ...]) -> None:
    countries = ("KEN", "UGA", "TZA", "MWI", "ZMB")
    assert asked(*(say.adoption(CUP, c, y) for c, y in zip(countries, years, strict=True)))["categories"] == []


def test_an_undated_innovation_has_no_curve_and_says_who(graph_of: Callable[..., Ledger], run: Any, say: Any) -> None:
    result = run(graph_of([say.adoption(CUP, "KEN"), say.adoption(CUP, "UGA")]), "curve", CUP, "--format", "json")
    assert result.exit_code == 4
    assert '"undated": 2' in result.stdout
    assert "Kenya, Uganda" in result.stderr


_when = st.sampled_from((None, "1990", "1992", "1990-1993", "by 1991", "1994-03"))
_claims = st.lists(
    st.tuples(st.sampled_from(("KEN", "UGA", "TZA")), _when, st.sampled_from((None, "1992", "1993-1995", "1996")),
              st.sampled_from((None, "Alpha Hospital"))),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(_claims)
def test_every_year_adds_up(asked: Any, say: Any, said: Any) -> None:
    data = asked(*(say.adoption(CUP, c, when, str(n), end=end, site=site)
                   for n, (c, when, end, site) in enumerate(said)))  # fmt: skip
    certain = ended = 0
    for year in data["years"]:
        assert year["certain"] == certain - ended + year["new"] + year["returned"]
        assert 0 <= year["certain"] <= year["possible"] <= 3
        certain, ended = year["certain"], year["ended"]
    assert sum(y["new"] for y in data["years"]) + data["undated"] <= len({c for c, *_ in said})
