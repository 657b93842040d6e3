"""Income groups of a country over the years in which something can have begun."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from southerly.ontology.countries import all_countries
from southerly.ontology.income import FIRST_YEAR, LAST_YEAR, LMIC, Income, group_filter, group_in_year, income

CODES = st.sampled_from([one.iso3 for one in all_countries()] + ["CHI", "ZZZ"])
DAYS = st.none() | st.dates(date(1950, 1, 1), date(2040, 12, 31))


def test_the_published_groups() -> None:
    assert group_in_year("IND", 2006) == "L"
    assert group_in_year("IND", 2007) == "LM"
    assert group_in_year("CSK", 1991) == "UM"
    assert group_in_year("SCG", 1992) == "LM"
    assert group_in_year("YUG", 1991) == "UM"
    assert group_in_year("YEM", 1987) == "LM"  # published with a note
    assert group_in_year("SRB", 1987) is None  # not yet a state
    assert group_in_year("VEN", 2022) is None  # unclassified
    assert group_in_year("IND", 1986) is None
    assert group_in_year("IND", 2025) is None
    assert group_in_year("ZZZ", 2000) is None


def test_a_range_that_crosses_groups_has_none() -> None:
    assert income("IND", date(2006, 6, 1), date(2007, 6, 1)) == Income(None, frozenset({"L", "LM"}), False)
    assert income("IND", date(2007, 1, 1), date(2007, 12, 31)) == Income("LM", frozenset({"LM"}), False)


def test_years_outside_the_published_ones_take_the_nearest_and_say_so() -> None:
    assert income("COL", date(1979, 1, 1), date(1979, 12, 31)) == Income("LM", frozenset({"LM"}), True)
    assert income("USA", date(2030, 1, 1), None) == Income("H", frozenset({"H"}), True)


def test_an_open_bound_is_not_an_extrapolation() -> None:
    assert income("USA", None, None) == Income("H", frozenset({"H"}), False)
    assert income("USA", None, date(1987, 5, 1)) == Income("H", frozenset({"H"}), False)


def test_unclassified_years_are_ignored_where_the_others_agree() -> None:
    assert income("VEN", date(2019, 1, 1), date(2024, 12, 31)).group == "UM"
    assert income("VEN", date(2022, 1, 1), date(2022, 12, 31)) == Income(None, frozenset(), False)


@given(CODES, DAYS, DAYS)
def test_a_range_agrees_with_its_years(iso3: str, earliest: date | None, latest: date | None) -> None:
    first = earliest.year if earliest else FIRST_YEAR
    last = latest.year if latest else LAST_YEAR
    stated = [bound.year for bound in (earliest, latest) if bound]
    nearest = {min(max(year, FIRST_YEAR), LAST_YEAR) for year in range(first, last + 1)}
    groups = {group for year in nearest if (group := group_in_year(iso3, year))}
    found = income(iso3, earliest, latest)
    if first <= last:
        assert found.possible == groups
        assert found.group == (groups.pop() if len(groups) == 1 else None)
    assert found.extrapolated == any(not FIRST_YEAR <= year <= LAST_YEAR for year in stated)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("LMIC", LMIC),
        ("lmic", LMIC),
        ("H", {"H"}),
        ("HIC", {"H"}),
        ("high", {"H"}),
        ("High-income", {"H"}),
        ("low", {"L"}),
        ("lower middle", {"LM"}),
        ("upper-middle", {"UM"}),
        ("L, LM", {"L", "LM"}),
    ],
)
def test_filters(text: str, groups: set[str]) -> None:
    assert group_filter(text) == groups


@pytest.mark.parametrize("text", ["rich", "", "L,,H"])
def test_a_filter_that_is_no_group_says_what_is_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected LMIC, L, LM, UM, H"):
        group_filter(text)
