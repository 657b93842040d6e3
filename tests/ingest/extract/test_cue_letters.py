"""The letters without which a pattern of cues is not looked for: whatever it matches must have some of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.ingest.extract import exchange_cues, status, uptake_cues
from southerly.ingest.extract.sentences import Cues, cues, has_any, lowered

_LISTS = {
    name: value
    for module in (exchange_cues, status, uptake_cues)
    for name, value in vars(module).items()
    if isinstance(value, Cues)
}


@pytest.mark.parametrize("name", sorted(_LISTS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_a_pattern_matches_has_the_letters_that_it_needs(name: str, data: st.DataObject) -> None:
    text = lowered(data.draw(st.from_regex(_LISTS[name].pattern)))
    assert has_any(text, _LISTS[name].letters) or not _LISTS[name].pattern.search(text)


def test_cues_are_found_in_any_letters_and_at_their_place() -> None:
    found = cues("learn|taught", r"\b(?:learned|taught) (?P<what>\w+)").search("They Taught Triage")
    assert found
    assert found.span("what") == (12, 18)
