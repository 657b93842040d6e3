"""Who came to whom, and who took up what from whom, where only several sentences together tell it; all synthetic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from southerly.ingest.extract.candidates import candidates

PASSAGES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "told.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("passage", PASSAGES, ids=[" ".join(p["text"].split()[:6]) for p in PASSAGES])
def test_a_passage_gives_its_hosts_visitors_and_adoptions_and_nothing_else(passage: dict[str, Any]) -> None:
    found = list(candidates(passage["text"]))
    exchanges = [c.content for c in found if c.kind == "exchange" and c.status != "negated"]
    adoptions = [c for c in found if c.kind == "adoption"]
    assert {c for e in exchanges for c in e.get("host_countries", ())} == set(passage["hosts"])
    assert {c for e in exchanges for c in e.get("visiting_countries", ())} == set(passage["visitors"])
    assert {(c.content.get("country"), c.content.get("source_country"), c.status) for c in adoptions} == {
        _adoption(said) for said in passage["adoptions"]
    }


def _adoption(said: str) -> tuple[str, str | None, str]:
    who, _, status = said.partition(" ")
    adopter, _, source = who.partition("<")
    return adopter, source or None, status or "actual"


def test_what_was_taken_up_is_named_in_the_text_s_own_words_and_its_sentence_is_the_quote() -> None:
    text = "A Togolese team visited Benin. Back in Togo, the nurses set up a peer-review group. It meets weekly."
    (found,) = [c for c in candidates(text) if c.kind == "adoption"]
    assert found.content["innovation"] == "peer-review group"
    assert text[found.start : found.end] == "Back in Togo, the nurses set up a peer-review group."


def test_a_site_keeps_the_country_that_another_sentence_gives_it() -> None:
    text = (
        "Kitale Ridge Hospital, Kenya, has a partner in Wales. In 2014 the Welsh nurses visited Kitale Ridge. "
        "Since then Kitale Ridge has adopted the surgical safety checklist from Wales."
    )
    assert {(c.content["country"], c.content.get("site")) for c in candidates(text) if c.kind == "adoption"} == {
        ("KEN", "Kitale Ridge Hospital")
    }


def test_a_study_of_one_country_tells_of_no_exchange_and_no_adoption() -> None:
    text = (
        "Methods. In 2015 we conducted interviews in rural Malawi with nurses who use a questionnaire. Women started "
        "treatment late. The intervention was tested in two districts and treatment was introduced in all clinics. "
        "In Malawi, 12% of women adopted the recommended behaviours."
    )
    assert [c.kind for c in candidates(text) if c.kind == "adoption" or c.content.get("host_countries")] == []


@pytest.mark.parametrize(
    "unit",
    ["the team of the ", "Kenya and Ghana, ", "which was then adopted and ", "((", "the visit to the ", "- : ; "],
)
def test_what_follows_a_sentence_that_hardly_ends_is_still_read(unit: str) -> None:
    text = "Kenya visited Ghana. " + unit * 20_000 + ".\n\nTogo adopted the Friendship Bench in 2012."
    assert "TGO" in {c.content.get("country") for c in candidates(text) if c.kind == "adoption"}
