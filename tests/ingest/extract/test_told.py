"""Who came to whom, and who took up what from whom, where only several sentences together tell it; all synthetic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from southerly.ingest.extract.candidates import candidates, readings

PASSAGES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "told.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("passage", PASSAGES, ids=[" ".join(p["text"].split()[:6]) for p in PASSAGES])
def test_the_rules_find_no_hosts_and_visitors_but_those_of_the_passage(passage: dict[str, Any]) -> None:
    seen = [reading.seen for reading in readings(passage["text"])]
    assert {c for s in seen for c in s.hosts} <= set(passage["hosts"])
    assert {c for s in seen for c in s.visitors} <= set(passage["visitors"])


def test_weighing_keeps_most_of_what_the_rules_find_and_adds_little() -> None:
    right = wrong = missed = 0
    for passage in PASSAGES:
        found = list(candidates(passage["text"]))
        sides = {
            (side, c)
            for e in found
            if e.kind == "exchange" and e.status != "negated"
            for side in ("host", "visiting")
            for c in e.content.get(f"{side}_countries", ())
        }
        told = {("host", c) for c in passage["hosts"]} | {("visiting", c) for c in passage["visitors"]}
        said = {
            (a.content["country"], a.content.get("source_country"), a.status) for a in found if a.kind == "adoption"
        }
        wanted = {_adoption(a) for a in passage["adoptions"]}
        right += len(sides & told) + len(said & wanted)
        wrong += len(sides - told) + len(said - wanted)
        missed += len(told - sides) + len(wanted - said)
    assert right / (right + wrong) > 0.9
    assert right / (right + missed) > 0.85


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
    assert any(text[c.start : c.end].startswith("Togo adopted") for c in candidates(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("In May 2016 nine officials from Zambia went on a study tour to Rwanda.", "study tour"),
        ("Two surgeons from Leeds taught a three-week course for theatre nurses in Malawi in 2014.", "training"),
        ("The hospital in Gulu has been twinned with one in Cardiff, Wales, since 2009.", "twinning"),
        ("Delegates from Kenya, Ghana and Nepal met at a conference in Bangkok in 2018.", "conference"),
        (
            "Norwegian and Malawian hospitals exchange nurses: two a year go from Bergen to Lilongwe, two come back.",
            "bidirectional staff exchange",
        ),
    ],
)
def test_the_kind_of_an_exchange_is_a_term_of_the_vocabulary(text: str, kind: str) -> None:
    (found,) = [c for c in candidates(text) if c.kind == "exchange"]
    assert found.content["exchange_type"] == kind


def test_words_that_stand_together_are_traits_and_places_among_them_are_not_named() -> None:
    (reading,) = readings("Kenya has not yet printed it.")
    pairs = reading.seen.tokens.pairs
    assert {"W=^ <C", "W=<C has", "W=has not", "W=has . yet", "W=has .. print", "W=. $"} <= set(pairs)
    assert not any("kenya" in pair for pair in pairs)
