"""Headings and items of lists are known from sentences."""

from __future__ import annotations

import pytest
from southerly.ingest.extract.heading import heading_of, is_item


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("Results: Ten midwives came to <C0>.", "Results"),
        ("5. Next steps.", "Next steps"),
        ("Recommendations", "Recommendations"),
        ("- Commitments made on the last day: <C0> to print cards", "Commitments made on the last day"),
        ("(ii) Progress: <I0> is offered daily", "Progress"),
        ("<C0>: the plan was dropped.", None),  # a country heads no part of a report
        ("Ten midwives from three districts came to <C0> in <D0>.", None),
        ("the same: nothing", None),
    ],
)
def test_what_heads_a_sentence(tagged: str, expected: str | None) -> None:
    assert heading_of(tagged) == expected


@pytest.mark.parametrize(
    "tagged", ["- <C0>: <I0> in two towns", "• six sites", "(iv) that Cabinet note", "3) Weekend clinics", "2. Funds"]
)
def test_items_of_lists(tagged: str) -> None:
    assert is_item(tagged)


@pytest.mark.parametrize("tagged", ["In <C0> six sites", "2019 was a good year", "-based care", ""])
def test_other_sentences_are_no_items(tagged: str) -> None:
    assert not is_item(tagged)
