"""Mending a claim's fields: words in, columns out, and what nobody touched as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from southerly.graph.dates import read_when
from southerly.ingest.mending import fields_of, mended, words_of
from southerly.ontology.countries import all_countries
from southerly.ontology.vocabulary import terms

ADOPTION: dict[str, Any] = {
    "status": "actual",
    "innovation": "Synthetic cup",
    "country": "GBR",
    "country_said": "Scotland",
    "subdivision": "GB-SCT",
    "when_said": "in the mid-nineties, or so",
    "when": "199X",
    "earliest": date(1994, 1, 1),
    "latest": date(1996, 12, 31),
    "left_censored": False,
    "partners": ["One; two", "Three"],
    "extra": {"note": "synthetic"},
}

_codes = st.sampled_from([country.iso3 for country in all_countries()])
_words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(str.strip)
_claims = st.fixed_dictionaries(
    {"innovation": st.just("Synthetic cup"), "status": st.sampled_from(["actual", "planned"])},
    optional={
        "country": _codes,
        "site": _words,
        "stage": st.sampled_from([term.label for term in terms("adoption-stage")]),
        "partners": st.lists(_words, min_size=1, max_size=3),
        "domestic": st.booleans(),
        "adaptation": _words,
    },
)


@given(_claims)
def test_words_that_nobody_changed_leave_a_claim_as_it_was(claim: dict[str, Any]) -> None:
    written = {field: f" {words_of(claim, field)} " for field in fields_of("adoption")}
    assert mended("adoption", claim, written) == (claim, {})


@given(_codes, st.sampled_from(["1995", "by 1996", "1990s", "about 1960", "2003-04"]))
def test_what_is_shown_of_a_country_or_a_date_is_read_back_as_the_same(code: str, when: str) -> None:
    shown = words_of({"country": code}, "country")
    found, wrong = mended("adoption", {"innovation": "Synthetic cup"}, {"country": shown, "when": when})
    assert not wrong
    assert found["country"] == code
    read = read_when(when)
    assert (found["when"], found.get("earliest"), found.get("latest")) == (read.edtf, read.earliest, read.latest)


def test_changing_one_field_leaves_the_others_to_the_last_bound() -> None:
    found, wrong = mended("adoption", ADOPTION, {"innovation": "Synthetic mug", "status": "planned"})
    assert (found, wrong) == ({**ADOPTION, "innovation": "Synthetic mug", "status": "planned"}, {})


def test_a_new_country_leaves_no_word_of_the_old_one_and_a_blank_says_nothing() -> None:
    found, _ = mended("adoption", ADOPTION, {"country": "Kenya", "when": "", "partners": "Four; Five"})
    assert found["country"] == "KEN"
    assert found["partners"] == ["Four", "Five"]
    assert not {"country_said", "subdivision", "when", "when_said", "earliest", "latest"} & found.keys()


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        ("adoption", "country", "Wakanda"),
        ("adoption", "country", "Kenya; Uganda"),
        ("adoption", "when", "2003-02-31"),
        ("adoption", "stage", "loved"),
        ("adoption", "status", "maybe"),
        ("adoption", "innovation", ""),
        ("adoption", "mood", "glad"),
        ("exchange", "host_countries", "region: Africa"),
    ],
)
def test_what_a_field_cannot_take_is_told_with_what_it_could(kind: str, field: str, words: str) -> None:
    _, wrong = mended(kind, ADOPTION, {field: words})
    assert list(wrong) == [field]
    assert wrong[field].expected
    assert wrong[field].hint
