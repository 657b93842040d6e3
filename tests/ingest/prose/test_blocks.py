"""Blocks know their places: offsets always hold, and a quote is found where it stands or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from southerly.ingest.prose.blocks import Builder, find, quote_at
from southerly.ingest.prose.language import language_of

WORDS = st.text(st.characters(codec=None), max_size=60)
BLOCKS = st.lists(st.tuples(WORDS, st.sampled_from(("paragraph", "heading", "table", "list"))), max_size=12)


def built(blocks: list[tuple[str, str]]) -> Builder:
    gathered = Builder()
    for number, (words, kind) in enumerate(blocks, 1):
        gathered.add(words, kind, f"paragraph={number}")
    return gathered


@given(BLOCKS)
def test_every_block_stands_in_the_text_at_its_offset(blocks: list[tuple[str, str]]) -> None:
    prose = built(blocks).finish()
    assert prose.text == "\n\n".join(block.text for block in prose.blocks)
    for block in prose.blocks:
        assert prose.text[block.start : block.end] == block.text
        assert "\n\n" not in block.text
    prose.text.encode()  # no lone surrogate is left
    assert prose.account.blocks + prose.account.dropped.get("empty", 0) == len(blocks)


@given(BLOCKS, st.data())
def test_any_words_of_a_report_are_found_in_it(blocks: list[tuple[str, str]], data: st.DataObject) -> None:
    prose = built(blocks).finish()
    if not prose.text:
        return
    start = data.draw(st.integers(0, len(prose.text) - 1))
    end = data.draw(st.integers(start + 1, len(prose.text)))
    place = quote_at(prose, start, end)
    assert place.locator.endswith(f";char={start},{end}")
    found = find(prose, place.quote)
    assert found is not None
    assert found.quote == place.quote


def test_what_a_typesetter_changes_is_still_found_and_what_a_writer_means_is_not() -> None:
    prose = built(
        [
            ("The ‘mother–baby’ unit\u00a0in Beta adop\u00adted the ﬁrst form.", "paragraph"),
            ("It was kept.", "paragraph"),
        ]
    ).finish()
    place = find(prose, "'mother-baby' unit in Beta adopted the first form. It was kept.")
    assert place is not None
    assert place.start == 4
    assert place.locator == f"paragraph=1;char=4,{len(prose.text)}"
    for other in ("the mother-baby unit", "unit in beta adopted", "unit in Beta … first form", "unit in Gamma", ""):
        assert find(prose, other) is None


def test_a_place_outside_the_text_is_an_error() -> None:
    prose = built([("words", "paragraph")]).finish()
    for start, end in ((0, 6), (3, 3), (-1, 2)):
        with pytest.raises(ValueError, match="characters"):
            quote_at(prose, start, end)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The nurses of the district came to see how it is done, and they were shown the wards by the team.", "en"),
        ("Les infirmières du district sont venues pour voir la salle, et elles ont été reçues par le personnel.", "fr"),
        ("Las enfermeras del distrito vinieron para ver cómo se hace, y fueron recibidas por el personal.", "es"),
        ("As enfermeiras do distrito vieram para ver como é feito, e foram recebidas pela equipe em uma sala.", "pt"),
        ("Die Pflegerinnen des Bezirks kamen, um zu sehen, wie es gemacht wird, und lernten viel.", "other"),
        ("Alpha 12, Beta 13", "other"),
        ("", "other"),
    ],
)  # fmt: skip
def test_the_language_is_told_by_small_words(text: str, language: str) -> None:
    assert language_of(text) == language
