"""What makes two spellings one name, in every script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from southerly.graph.names import name_key, tidy

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("Friendship Bench", "friendship-bench"),
        ("  friendship\u00a0 \n BENCH ", "friendship-bench"),
        ("Friendship–Bench!", "friendship-bench"),
        ("snake_case name", "snake-case-name"),
        ("Método Madre Canguro", "metodo-madre-canguro"),
        ("Me\u0301todo Madre Canguro", "metodo-madre-canguro"),  # decomposed
        ("ＡＢＣ　１２", "abc-12"),  # full width
        ("ﬁstula", "fistula"),  # ligature
        ("Straße", "strasse"),  # casefold, not lower
        ("ΔΊΑΙΤΑ", "διαιτα"),
        ("Скорая помощь", "скорая-помощь"),
        ("北京 模式", "北京-模式"),
        ("2nd-line ART", "2nd-line-art"),
        ("m²", "m2"),
        ("+", "u2b"),
        ("++", "u2b-u2b"),
        ("  + ", "u2b"),
        ("", ""),
        (" \t", ""),
    ],
)
def test_the_normal_form(spelling, key):
    assert name_key(spelling) == key


@pytest.mark.parametrize("script", ["हिन्दी", "தமிழ்", "ไทย", "العربية", "עברית", "한국어", "አማርኛ"])
def test_no_script_is_lost(script):
    assert name_key(script)
    assert not name_key(script).startswith("u")
    assert name_key(f" {script} ") == name_key(script)


@given(words)
def test_a_normal_form_is_its_own_normal_form_unless_it_is_symbols(text):
    key = name_key(text)
    assert name_key(key) == key


@given(words)
def test_unicode_composition_case_and_outer_space_do_not_matter(text):
    key = name_key(text)
    for form in ("NFC", "NFD"):
        assert name_key(unicodedata.normalize(form, text)) == key
    assert name_key(f"  {text}\t") == key
    assert name_key(text.casefold()) == key


@given(words.filter(str.strip))
def test_no_name_becomes_empty(text):
    assert name_key(text)


@given(words)
def test_tidying_keeps_the_words_and_is_done_once(text):
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    assert tidied.split() == unicodedata.normalize("NFC", " ".join(text.split())).split()
    assert tidied == tidied.strip()
