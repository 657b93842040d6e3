"""What a cell means, word by word."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.ingest import fields
from southerly.ingest.field_columns import country_list_column, distinct, places_column, when_column
from southerly.ingest.fields import FieldProblem, PlaceSaid


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("GBR", PlaceSaid("GBR", None, None)),
        ("UK", PlaceSaid("GBR", None, None)),
        ("United Kingdom", PlaceSaid("GBR", None, None)),
        ("united  kingdom", PlaceSaid("GBR", None, None)),
        ("Scotland", PlaceSaid("GBR", "Scotland", "GB-SCT")),
        ("Swaziland", PlaceSaid("SWZ", "Swaziland", None)),
        ("NA", PlaceSaid("NAM", None, None)),
        ("Africa", PlaceSaid(None, "Africa", None)),
        ("region: the Sahel belt", PlaceSaid(None, "the Sahel belt", None)),
        ("unknown", PlaceSaid(None, None, None)),
        ("", PlaceSaid(None, None, None)),
    ],
)
def test_place_keeps_words_that_say_more_than_the_country(words: str, place: PlaceSaid) -> None:
    assert fields.read_place(words) == place


def test_unknown_country_names_its_neighbours_and_the_way_to_say_region() -> None:
    with pytest.raises(FieldProblem) as told:
        fields.read_place("Zamunda")
    assert told.value.found == "Zamunda"
    assert "ISO 3166" in told.value.expected
    assert "region: Zamunda" in told.value.hint
    with pytest.raises(FieldProblem, match="Did you mean Zimbabwe"):
        fields.read_place("Zimbabbwe")
    with pytest.raises(FieldProblem, match="semicolons"):
        fields.read_place("Kenya, Uganda")
    with pytest.raises(FieldProblem, match="shared"):
        fields.read_place("Congo")


def test_a_list_of_countries_names_every_item_that_is_none() -> None:
    with pytest.raises(FieldProblem) as told:
        fields.read_places("KEN; Zamunda; UGA; Wadiya")
    assert told.value.found == "Zamunda; Wadiya"
    assert fields.read_places("KEN; Kenya;; unknown; Africa") == [
        PlaceSaid("KEN", None, None),
        PlaceSaid(None, "Africa", None),
    ]


def test_cells_of_prose_or_without_end_are_told_briefly() -> None:
    with pytest.raises(FieldProblem) as told:
        fields.read_place("(" * 200_000)
    assert len(str(told.value)) < 300
    with pytest.raises(FieldProblem) as told:
        fields.read_term("channel", "by word of mouth " * 50_000)
    assert len(told.value.found) < 100
    with pytest.raises(FieldProblem, match="at most 300 countries"):
        fields.read_places(";".join(f"region: {n}" for n in range(301)))


def test_dates_unknown_impossible_and_in_words() -> None:
    assert fields.read_when("unknown") is None
    kept = fields.read_when("five years before")
    assert kept is not None
    assert (kept.said, kept.edtf, kept.earliest, kept.latest) == ("five years before", None, None, None)
    with pytest.raises(FieldProblem) as told:
        fields.read_when("2023-02-30")
    assert told.value.found == "2023-02-30"


@pytest.mark.parametrize(
    ("said", "edtf", "latest"),
    [
        ("1994", "[..1994]", date(1994, 12, 31)),
        ("1994-05", "[..1994-05]", date(1994, 5, 31)),
        ("1990s", "[..1999-12-31]", date(1999, 12, 31)),
        ("by 1996", "[..1996]", date(1996, 12, 31)),
    ],
)
def test_first_observed_then_means_then_or_before(said: str, edtf: str, latest: date) -> None:
    when = fields.read_when(said)
    assert when is not None
    meant = fields.first_observed(when)
    assert (meant.said, meant.edtf, meant.earliest, meant.latest) == (said, edtf, None, latest)


def test_first_observed_at_a_time_without_an_end_says_nothing() -> None:
    when = fields.read_when("after 2006")
    assert when is not None
    assert fields.first_observed(when).edtf is None


def test_terms_by_other_labels_and_what_is_offered_for_a_misspelling() -> None:
    assert fields.read_term("direction", "south-north") == "reverse"
    assert fields.read_term("outcome-level", "none") == "none"
    assert fields.read_term("channel", "unknown") is None
    with pytest.raises(FieldProblem) as told:
        fields.read_term("adoption-stage", "adoptd")
    assert "considered, pilot, adopted" in told.value.expected
    assert "adopted" in told.value.hint


def test_flags_and_choices() -> None:
    assert [fields.read_flag(text) for text in ("Yes", "FALSE", "1", "unknown", None)] == [
        True,
        False,
        True,
        None,
        None,
    ]
    assert fields.read_choice(fields.CONFIDENCE, " High ") == "high"
    with pytest.raises(FieldProblem, match="low, medium, high"):
        fields.read_choice(fields.CONFIDENCE, "certain")
    with pytest.raises(FieldProblem, match="yes, no or unknown"):
        fields.read_flag("partly")


def test_report_is_known_by_address_with_its_doi_beside_it() -> None:
    address = "https://journal.example.org/a/1"
    assert fields.read_report(url=address) == ("url:journal.example.org/a/1", None)
    assert fields.read_report(url=address, doi="10.1000/ABC") == ("url:journal.example.org/a/1", "doi:10.1000/abc")
    assert fields.read_report(url="https://doi.org/10.1000/ABC", doi="10.1000/abc") == ("doi:10.1000/abc", None)
    assert fields.read_report(url="doi:10.1000/abc") == ("doi:10.1000/abc", None)
    assert fields.read_report(iati="XM-DAC-0-SYNTHETIC") == ("iati:XM-DAC-0-SYNTHETIC", None)


@pytest.mark.parametrize("url", [None, "", "see annex", "journal.example.org/a", "file:///etc/passwd"])
def test_nothing_goes_in_without_its_source(url: str | None) -> None:
    with pytest.raises(FieldProblem, match="No row without its source"):
        fields.read_report(url=url)


@settings(deadline=None)
@given(st.text())
def test_a_list_has_only_tidied_items_each_once(text: str) -> None:
    items = fields.read_list(text)
    if items is not None:
        assert items
        assert len(set(items)) == len(items)
        assert all(item == fields.known(item) and ";" not in item for item in items)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["KEN", "Zamunda", "Scotland; UGA", "", "unknown", "Africa", None])))
def test_a_column_reads_as_its_cells_do(cells: list[str | None]) -> None:
    def scalar(cell: str | None) -> list[PlaceSaid] | None:
        try:
            return fields.read_places(cell)
        except FieldProblem:
            return None

    values, codes, faults = distinct(pa.array(cells, pa.string()), fields.read_places)
    assert [values[code] or [] for code in codes] == [scalar(cell) or [] for cell in cells]
    assert [fault.row for fault in faults] == [row for row, cell in enumerate(cells) if cell == "Zamunda"]


def test_places_spread_over_lines() -> None:
    places, faults = places_column(pa.array(["KEN; Scotland", None, "Africa"]))
    parents, columns = places.spread(np.arange(3))
    assert not faults
    assert parents.tolist() == [0, 0, 1, 2]
    assert columns["country"].to_pylist() == ["KEN", "GBR", None, None]
    assert columns["country_said"].to_pylist() == [None, "Scotland", None, "Africa"]


def test_country_lists_keep_the_words_of_regions_and_parts() -> None:
    lists, words, _ = country_list_column(pa.array(["KEN;UGA", "Wales; KEN", "Africa", None]))
    assert lists.to_pylist() == [["KEN", "UGA"], ["GBR", "KEN"], None, None]
    assert words.to_pylist() == [None, "Wales; KEN", "Africa", None]


def test_dates_of_a_column_where_some_were_only_observed() -> None:
    dates, faults = when_column(
        pa.array(["1994", "1994", "two years ago", None, "2023-13-01"]), pa.array([True, False, None, True, True])
    )
    assert dates.edtf.to_pylist() == ["[..1994]", "1994", None, None, None]
    assert dates.earliest.to_pylist()[:2] == [None, date(1994, 1, 1)]
    assert dates.said.to_pylist() == ["1994", "1994", "two years ago", None, None]
    assert dates.unread == {"two years ago": 1}
    assert [fault.row for fault in faults] == [4]
