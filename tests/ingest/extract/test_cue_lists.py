"""The lists of words that people who write no code can add to: every line is read, and what it names is a term."""

from __future__ import annotations

import pytest
from southerly.ingest.extract.cues import cue
from southerly.ingest.extract.themes import themes_in
from southerly.ontology.normal import fold, rows
from southerly.ontology.vocabulary import terms

_LISTS = [*rows("cues.csv"), *rows("signs.csv")]


def test_every_cue_tells_of_a_term_of_its_scheme() -> None:
    known = {(scheme, term.label) for scheme in ("mechanism", "enabler", "barrier") for term in terms(scheme)}
    assert {(row["scheme"], row["term"]) for row in rows("cues.csv")} <= known
    assert {row["needs"] for row in rows("cues.csv")} <= {"", "sign"}


def test_every_phrase_finds_the_words_that_it_is_made_of() -> None:
    for row in _LISTS:
        for phrase in filter(str.strip, row["phrases"].split(";")):
            words = " ".join(
                part.strip("()").split("/")[0].removesuffix("*") for part in phrase.split() if "..." not in part
            )
            assert words == fold(words), f"{phrase}: words stand folded"
            assert cue(row["scheme"], "", phrase, needs=False).stands_at(f" {words} "), phrase


def test_the_notation() -> None:
    refused = cue("barrier", "", "refus* (of) visa/visas ... late", needs=False)
    assert refused.stands_at(" refusal of visas came much too late ")
    assert not refused.stands_at(" refusal of visas came two or three weeks late ")
    for wrong in ("", "(of)", "... late"):
        with pytest.raises(ValueError, match="“"):
            cue("barrier", "", wrong, needs=False)


@pytest.mark.parametrize(
    ("text", "mechanisms", "enablers", "barriers"),
    [
        ("Half of the trained nurses have since left the district.", [], [], ["workload and staff release"]),
        ("Visas were refused twice.", [], [], ["travel or pandemic disruption"]),
        ("The wards were hampered by a shortage of gloves.", [], [], ["scarce staff, supplies or infrastructure"]),
        ("Thanks to one matron who would not give up, it went on.", [], ["local champions"], []),
        ("It was seeing the ward for themselves that taught them.", ["seeing is believing (observation)"], [], []),
        ("A mentor is a member of staff.", [], [], []),
        ("There was no local champion.", [], [], []),
    ],
)
def test_what_reports_say_means_terms(
    text: str, mechanisms: list[str], enablers: list[str], barriers: list[str]
) -> None:
    found = themes_in(text)
    assert (found.mechanisms, found.enablers, found.barriers) == (mechanisms, enablers, barriers)
