"""Who did what to whom: hosts and visitors, adopters and sources, and what did not happen; made-up sentences."""

from __future__ import annotations

from typing import Any

import pytest
from southerly.ingest.extract.candidates import candidates


def claims(text: str, kind: str) -> list[dict[str, Any]]:
    return [c.content | {"status": c.status} for c in candidates(text) if c.kind == kind]


@pytest.mark.parametrize(
    ("text", "hosts", "visitors"),
    [
        ("A Ugandan team of nine nurses visited East London NHS Foundation Trust.", ["GBR"], ["UGA"]),
        ("Lesotho sent senior officials on a study tour to Uganda.", ["UGA"], ["LSO"]),
        ("In 2010 Ethiopia hosted a delegation from Malawi and Rwanda.", ["ETH"], ["MWI", "RWA"]),
        ("Kenya was visited by a team from Sierra Leone.", ["KEN"], ["SLE"]),
        ("A study tour by Indonesian religious leaders was hosted by Bangladesh.", ["BGD"], ["IDN"]),
        ("The study tour took 12 parliamentarians from Zambia to Rwanda.", ["RWA"], ["ZMB"]),
        ("Delegates from Ghana, Togo and Benin joined a learning exchange in Nepal.", ["NPL"], ["GHA", "TGO", "BEN"]),
        ("Nurses from Angola spent three months in Brazil on a fellowship.", ["BRA"], ["AGO"]),
        ("Une délégation du Mali s'est rendue au Sénégal pour une visite d'étude.", ["SEN"], ["MLI"]),
        ("The link between Gulu Hospital in Uganda and Manchester began in 2007.", ["UGA", "GBR"], ["UGA", "GBR"]),
        ("Health partnerships have many benefits.", None, None),
    ],
)
def test_a_side_of_an_exchange_needs_a_cue(text: str, hosts: list[str] | None, visitors: list[str] | None) -> None:
    found = claims(text, "exchange")
    if hosts is None:
        assert found == []
    else:
        assert [(c.get("host_countries"), c.get("visiting_countries")) for c in found] == [(hosts, visitors)]


def test_an_exchange_says_how_many_how_senior_who_paid_and_how_long() -> None:
    (found,) = claims(
        "Twelve senior officials from Lesotho made a study tour to Uganda on 18-20 February 2008, funded by USAID.",
        "exchange",
    )
    assert found["exchange_type"] == "study tour"
    assert (found["participants"], found["cadre"], found["funders"]) == ("12", "senior", ["USAID"])
    assert (found["when"], found["end"]) == ("2008-02-18", "2008-02-20")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway adopted DHIS2 from South Africa in 2020.", [("NOR", "ZAF", "actual", "2020")]),
        (
            "Nurses from Malawi learned kangaroo care from Colombia and introduced it at home.",
            [("MWI", "COL", "actual", None)],
        ),
        ("Brazil taught midwives in Angola human milk banking.", [("AGO", "BRA", "actual", None)]),
        ("Angola was taught human milk banking by Brazil.", [("AGO", "BRA", "actual", None)]),
        ("Inspired by Brazil, the UK piloted community health workers.", [("GBR", "BRA", "actual", None)]),
        ("Zimbabwe's Friendship Bench inspired a scheme in Washington DC in 2023.", [("USA", "ZWE", "actual", "2023")]),
        (
            "After a study tour to Rwanda, Zambia introduced mutual health insurance in 2015.",
            [("ZMB", "RWA", "actual", "2015")],
        ),
        ("Cuban trainers brought Yo sí puedo to Bolivia.", [("BOL", "CUB", "actual", None)]),
        (
            "The South African Triage Scale was introduced in Botswana (2009), Norway (2012) and Pakistan (2013).",
            [("BWA", None, "actual", "2009"), ("NOR", None, "actual", "2012"), ("PAK", None, "actual", "2013")],
        ),
        ("Malawi could adopt the Friendship Bench.", [("MWI", None, "hypothetical", None)]),
        ("Kenya plans to introduce DHIS2 next year.", [("KEN", None, "planned", None)]),
        ("Ghana has not adopted the South African Triage Scale.", [("GHA", None, "negated", None)]),
        ("Community health workers visit every home in Ethiopia.", []),
        ("Kangaroo mother care is discussed in Kenya and Ghana.", []),
    ],
)
def test_an_adoption_has_the_source_status_and_date_that_its_sentence_says(
    text: str, expected: list[tuple[str, str | None, str, str | None]]
) -> None:
    found = claims(text, "adoption")
    assert [(c["country"], c.get("source_country"), c["status"], c.get("when")) for c in found] == expected


def test_an_origin_is_where_something_was_developed() -> None:
    text = "Kangaroo mother care originated in Bogotá, Colombia in 1978 and spread to Vietnam."
    assert [(c["country"], c.get("when")) for c in claims(text, "origin")] == [("COL", None)]
    assert [c["country"] for c in claims(text, "adoption")] == ["VNM"]


def test_the_model_is_the_innovation_named_before() -> None:
    text = "The Friendship Bench began in Zimbabwe. In 2016 the model was introduced in Malawi."
    assert [(c["innovation"], c["country"], c["when"]) for c in claims(text, "adoption")] == [
        ("Friendship Bench", "MWI", "2016")
    ]


def test_an_innovation_that_is_only_named_claims_no_country() -> None:
    (found,) = claims("Source: Solar Ear.", "origin")
    assert "country" not in found
    assert found["innovation"].startswith("Solar Ear")


def test_mechanisms_enablers_and_barriers_are_terms_of_the_vocabulary() -> None:
    text = (
        "Having a shared goal and mutually beneficial relationships enabled the work, while differing mandates and "
        "heavy workloads constrained it."
    )
    (found,) = claims(text, "outcome")
    assert set(found["enablers"]) == {"clear shared goal or mission", "equality, trust and reciprocity"}
    assert set(found["barriers"]) == {"poor coordination and bureaucracy", "workload and staff release"}


def test_a_host_s_own_figures_are_no_outcome_and_a_change_after_a_visit_is() -> None:
    assert claims("Rwanda has a mortality rate of 32 per 1,000.", "outcome") == []
    text = "Nurses visited Uganda in 2009. After the visit waiting times fell from 90 to 45 minutes."
    (found,) = [c for c in claims(text, "outcome") if c.get("outcome")]
    assert (found["outcome_level"], found["value"]) == ("service", "45")


@pytest.mark.parametrize(
    ("said", "level", "metric", "value"),
    [
        ("Deaths fell from 19 to seven", "service", "Deaths", "seven"),
        ("missed appointments have gone down by a third", "service", "missed appointments", "a third"),
        ("the share seen within the hour doubled", "service", "share seen within the hour", "doubled"),
        ("wound infections: 12% before, 5% after", "service", None, "5%"),
        ("fourteen midwives passed the examination", "individual", None, None),
        ("most nurses said that they had gained confidence", "individual", None, None),
        ("the ministry wrote it into its 2017 quality policy", "policy", None, None),
        ("a register was set up and the curriculum revised", "system", None, None),
    ],
)
def test_an_outcome_has_its_level_and_what_was_measured(
    said: str, level: str, metric: str | None, value: str | None
) -> None:
    (found,) = [
        c for c in claims(f"Nurses visited Uganda in 2009. After the visit {said}.", "outcome") if "outcome" in c
    ]
    assert (found["outcome_level"], found.get("metric"), found.get("value")) == (level, metric, value)


@pytest.mark.parametrize(
    "said",
    [
        "Deaths are expected to fall from 19 to seven",
        "Uganda's maternal mortality fell from 524 to 336 per 100,000",
        "The visitors, aged from 19 to 57, stayed for a week",
    ],
)
def test_hopes_national_figures_and_spans_are_no_outcomes(said: str) -> None:
    assert [c for c in claims(f"Nurses visited Uganda in 2009. {said}.", "outcome") if "outcome" in c] == []
