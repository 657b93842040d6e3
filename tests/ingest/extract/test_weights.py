"""How traits are weighed, and what the weights that come with Southerly make of plain sentences; all synthetic."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from southerly.ingest.extract import weights
from southerly.ingest.extract.candidates import candidates, readings
from southerly.ingest.extract.effects import FACTORS
from southerly.ingest.extract.judge import judged, verdicts_on
from southerly.ingest.extract.passage import passages
from southerly.ingest.extract.weights import BIAS, EACH, ONE, Table, read_tables, tables
from southerly.ontology.vocabulary import terms

TRAITS = st.lists(st.sampled_from(["a", "b", "c", "unheard of"]))


def test_a_chance_is_the_logistic_of_the_weights_of_the_traits_that_are_there() -> None:
    table = Table(("yes",), one=False, weights={BIAS: (-100,), "a": (200,), "b": (50,)})
    assert table.chance([]) == pytest.approx(1 / (1 + math.e))
    assert table.chance(["a"]) == pytest.approx(math.e / (1 + math.e))
    assert table.chance(["a", "a", "nobody knows this"]) == table.chance(["a"])


def test_of_several_outcomes_one_is_so() -> None:
    table = Table(("x", "y"), one=True, weights={BIAS: (0, 0), "a": (110, 0)})
    assert table.chances(["a"]) == pytest.approx((math.exp(1.1) / (math.exp(1.1) + 1), 1 / (math.exp(1.1) + 1)))


@given(TRAITS, st.dictionaries(st.sampled_from("abc"), st.tuples(*[st.integers(-20_000, 20_000)] * 3)), st.booleans())
def test_chances_are_chances_in_whatever_order_the_traits_come(
    traits: list[str], known: dict[str, tuple[int, ...]], one: bool
) -> None:
    table = Table(("x", "y", "z"), one=one, weights={BIAS: (0, 0, 0), **known})
    found = table.chances(traits)
    assert all(0 <= chance <= 1 for chance in found)
    assert found == table.chances(list(reversed(traits)))
    assert not one or sum(found) == pytest.approx(1)


def test_tables_are_read_as_they_are_written() -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["t", EACH, "p", "q"], ["t", "", "1.5", "-2"], ["u", ONE, "m"], ["u", "x,y", "0.25"]])
    found = read_tables(out.getvalue().splitlines())
    assert (found["t"].outcomes, found["t"].one, found["t"].weights) == (("p", "q"), False, {"": (150, -200)})
    assert (found["u"].outcomes, found["u"].one, found["u"].weights) == (("m",), True, {"x,y": (25,)})


def test_the_weights_that_come_along_answer_every_question() -> None:
    by = tables()
    for factor in FACTORS:
        assert set(by[factor].outcomes) <= {term.label for term in terms(factor)}
    assert {name: table.outcomes for name, table in by.items() if name not in FACTORS} == {
        "travel": ("host", "visitor", "origin"),
        "part": ("host", "visitor"),
        "kind": (
            "bidirectional staff exchange",
            "community of practice",
            "conference",
            "health partnership",
            "online exchange",
            "other",
            "south-south learning exchange",
            "study tour",
            "technical assistance",
            "training",
            "triangular cooperation",
            "twinning",
            "volunteer placement",
        ),
        "uptake": ("actual", "hypothetical", "negated", "none", "planned"),
        "adopter": ("yes",),
        "source": ("yes",),
        "thing": ("yes",),
        "site": ("yes",),
        "date": ("yes",),
        "stage": ("abandoned", "adapted", "adopted", "pilot", "scaled", "sustained"),
        "direction": ("yes",),
        "sure": ("yes",),
        "effect": ("outcome", "mechanism", "enabler", "barrier"),
        "level": ("individual", "policy", "service", "system"),
    }
    assert all(BIAS in table.weights for table in by.values())
    path = Path(str(weights.__file__)).with_name("weights.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert max(len(line) for line in lines if f",{ONE}," not in line and f",{EACH}," not in line) < 250


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2016 Rwanda adopted the community scorecard after a study visit to Malawi.", ("RWA", "MWI", "actual")),
        ("Inspired by the Zimbabwean Friendship Bench, Zanzibar started one of its own.", ("TZA", "ZWE", "actual")),
        (
            "A delegation from Mozambique visited Brazil in 2012. Two years later Mozambique opened its first human "
            "milk bank on the Brazilian model.",
            ("MOZ", "BRA", "actual"),
        ),
        ("Bolivia plans to introduce the Cuban literacy method next year.", ("BOL", "CUB", "planned")),
        (
            "Officials from Nepal saw the clubs in Sri Lanka in 2014. The ministry decided not to introduce them "
            "in Nepal.",
            ("NPL", None, "negated"),
        ),
    ],
)
def test_a_plain_sentence_tells_who_learned_from_whom(text: str, expected: tuple[str, str | None, str]) -> None:
    found = [c for c in candidates(text) if c.kind == "adoption"]
    assert (expected) in [(c.content["country"], c.content.get("source_country"), c.status) for c in found]


@pytest.mark.parametrize(
    "text",
    [
        "Maternal mortality fell faster in Nepal than in Pakistan between 2000 and 2015.",
        "The authors work in Kenya, Norway and Canada. The study was funded by the Government of Sweden.",
        "Malaria is endemic in Ghana. Dengue is spreading in Brazil and in Thailand.",
    ],
)
def test_countries_that_are_only_named_did_nothing(text: str) -> None:
    told = [v for v in judged([r.seen for r in readings(text)]) if v.hosts or v.visitors or v.uptakes]
    assert told == []


def test_where_something_began_may_be_told_without_a_word_for_it() -> None:
    text = "Buurtzorg is a Dutch model of neighbourhood care that nurses in Scotland are testing."
    assert [c.content.get("country") for c in candidates(text) if c.kind == "origin"] == ["NLD"]
    text = "Kangaroo care is used in Kenya and in Ghana."
    assert [c.content.get("country") for c in candidates(text) if c.kind == "origin"] == [None]


def test_the_two_halves_of_a_visit_make_one_exchange() -> None:
    text = "The study tour went to Ethiopia in May 2017. The visitors were four senior officials from Sierra Leone."
    found = [c.content for c in candidates(text) if c.kind == "exchange"]
    assert (["ETH"], ["SLE"]) in [(e.get("host_countries"), e.get("visiting_countries")) for e in found]


@given(st.integers(0, 70), st.integers(1, 30))
def test_every_sentence_is_in_one_passage(sentences: int, most: int) -> None:
    (reading,) = readings("Kenya visited Ghana.")
    seen = [reading.seen] * sentences
    found = list(passages(seen, most=most))
    assert sum(len(p.seen) for p in found) == sentences
    assert all(0 < len(p.seen) <= most for p in found)


def test_what_a_sentence_seems_to_say_is_proposed_by_what_else_the_passage_says() -> None:
    def says(*odds: int) -> dict[str, tuple[int, ...]]:
        return {BIAS: odds}

    yes, no = (Table(("yes",), one=False, weights=says(odds)) for odds in (700, -700))
    sides = Table(("host", "visitor", "origin"), one=False, weights=says(-700, -700, -700))
    by = {
        **dict.fromkeys(("adopter", "thing", "site", "date"), yes),
        **{"travel": sides, "part": Table(("host", "visitor"), one=False, weights=says(-700, -700)), "source": no},
        **{"kind": Table(("study tour",), one=True, weights=says(0)), "direction": no},
        "stage": Table(("adopted",), one=True, weights=says(0)),
        "uptake": Table(("negated", "none"), one=True, weights=says(-40, 0)),
        "sure": Table(("yes",), one=False, weights={BIAS: (10,), "again0": (-90,)}),
    }

    def proposed(text: str) -> set[str]:
        (passage,) = passages(reading.seen for reading in readings(text))
        return {u.country for verdict in verdicts_on(passage, by) for u in verdict.uptakes}

    assert proposed("Togo refused the Friendship Bench.") == set()
    assert proposed("Togo refused the Friendship Bench. Nurses in Togo dropped the Friendship Bench.") == {"TGO"}


@pytest.mark.parametrize(("weight", "sources"), [(900, []), (-900, ["ZWE"])])
def test_who_by_all_that_is_said_of_both_taught_the_other_did_not_learn_from_it(
    weight: int, sources: list[str]
) -> None:
    (passage,) = passages(r.seen for r in readings("In 2014 Togo adopted the Friendship Bench from Zimbabwe."))
    assert "b1=from" in passage.ever("ZWE") - passage.ever("TGO")
    taught = {BIAS: (100,), "direction-8": (-1000,)}
    by = tables() | {
        "direction": Table(("yes",), one=False, weights={BIAS: (0,), "b1=from": (weight,)}),
        "sure": Table(("yes",), one=False, weights=taught),
    }
    likely = [u for verdict in verdicts_on(passage, by) for u in verdict.uptakes]
    assert [u.source for u in likely if u.country == "TGO"] == sources
