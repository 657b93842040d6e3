"""What a sentence says that an exchange led to, and what taught, helped or hindered; all synthetic."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from southerly.ingest.extract.candidates import candidates, readings
from southerly.ingest.extract.effects import EFFECTS, effect_traits

BENCH = Path(__file__).parents[3] / "bench"
LEADERS, FUNDS = "senior leadership and political commitment", "funding, equipment and supplies"
VISIT = "Nurses from Togo visited Uganda in 2009. "


def told(text: str) -> list[dict[str, Any]]:
    return [c.content for c in candidates(text) if c.kind == "outcome"]


@pytest.mark.parametrize(
    ("said", "field", "term"),
    [
        ("Visas came six weeks too late.", "barriers", "travel or pandemic disruption"),
        ("The ward could spare nobody, and two trips were called off.", "barriers", "workload and staff release"),
        ("The minister stood behind it, and that opened every door.", "enablers", LEADERS),
        ("What made it possible was a small grant for gloves.", "enablers", FUNDS),
        ("They learned most by doing it themselves beside the Ugandan nurses.", "mechanisms", "hands-on learning"),
        ("Those who had been trained went on to train forty others.", "mechanisms", "train-the-trainer and cascade"),
    ],
)
def test_a_factor_is_told_in_whatever_words(said: str, field: str, term: str) -> None:
    assert term in [t for content in told(VISIT + said) for t in content.get(field, [])]


@pytest.mark.parametrize(
    "said",
    [
        "The visit was funded by Norway.",
        "A memorandum was signed in 2008.",
        "They stayed for two weeks and met the district team.",
        "Togo plans to open two clinics next year.",
    ],
)
def test_what_is_only_mentioned_is_no_factor_and_no_outcome(said: str) -> None:
    assert told(VISIT + said) == []


def test_a_page_on_something_else_has_no_effects() -> None:
    sentence = "Cost and stigma were barriers, and {} women came late to antenatal care."
    page = " ".join(sentence.format(n) for n in range(20, 34))
    assert told(page) == []
    assert told(VISIT + "Cost and stigma were barriers.") != []


def test_effects_are_learned_sentence_by_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    monkeypatch.delitem(sys.modules, "learn", raising=False)
    import learn

    labelled = list(learn.read_set(BENCH / "passages" / "factors-10.yaml"))
    by = learn.learn_effects(labelled)
    assert by["effect"].outcomes == EFFECTS
    barrier, none = (
        dict(zip(EFFECTS, by["effect"].chances(effect_traits(reading.seen)), strict=True))["barrier"]
        for reading in readings("The budget ran out. The visit took place in May.")
    )
    assert barrier > 4 * none
