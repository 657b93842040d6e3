"""The bundled corpus is readable whole, cited throughout, and holds what the project promises of it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from southerly.corpus import reports
from southerly.graph.names import name_key
from southerly.ingest.reading import Batch, Carrier
from southerly.ingest.report_yaml import is_report_yaml, read_report_yaml
from southerly.ontology.vocabulary import terms

AREAS = {term.label for term in terms("practice-area")}


@pytest.fixture(scope="module")
def batches() -> dict[str, Batch]:
    found = {}
    for path in sorted(reports().glob("*.yaml")):
        (found[path.name],) = read_report_yaml(Carrier(path, path.name))
    return found


def rows(batches: dict[str, Batch], kind: str) -> Iterator[dict[str, Any]]:
    return (row for batch in batches.values() for row in batch.claims.to_pylist() if row["kind"] == kind)


def test_every_file_is_read_without_a_problem(batches: dict[str, Batch]) -> None:
    assert {name: batch.problems for name, batch in batches.items() if batch.problems} == {}
    assert all(is_report_yaml(reports() / name) for name in batches)


def test_every_file_is_one_report_with_a_citation(batches: dict[str, Batch]) -> None:
    said = [report for batch in batches.values() for report in batch.reports.to_pylist()]
    assert len(said) == len({report["report"] for report in said}) == 357
    assert [report for report in said if not (report["url"] or report["doi"])] == []
    assert sum(report["title"] is not None for report in said) == 315  # the others are pages cited by address


def test_it_holds_the_records_that_were_collected(batches: dict[str, Batch]) -> None:
    locators = Counter(
        (row["kind"], row["locator"].split("/")[1]) for batch in batches.values() for row in batch.claims.to_pylist()
    )
    assert locators["adoption", "adoptions"] == 304
    # 119 exchanges: 116 collected as a table and 3 from one paper's text.
    assert locators["exchange", "exchange"] + locators["exchange", "exchanges"] == 119
    # 246 outcomes: 234 collected as a table and 12 from the texts of three papers.
    assert locators["outcome", "outcomes"] == 246
    # 62 of the outcomes are staged adopted, scaled or sustained; they name 88 countries, or a site alone.
    taken_up = [r for r in rows(batches, "outcome") if r["stage"] in ("adopted", "scaled", "sustained")]
    assert len(taken_up) == 62
    assert locators["adoption", "outcomes"] == 88


def test_every_innovation_has_a_kind_and_a_practice_area(batches: dict[str, Batch]) -> None:
    areas = {row["innovation"]: row["theme"] for row in rows(batches, "name")}
    kinds = {row["innovation"]: row["innovation_kind"] for row in rows(batches, "name")}
    adopted = {row["innovation"] for row in rows(batches, "adoption") if row["locator"].startswith("/adoptions/")}
    assert len(adopted) == 48
    assert adopted <= set(areas)
    assert set(areas.values()) <= AREAS
    assert None not in kinds.values()


def test_every_exchange_that_shows_something_has_a_practice_area(batches: dict[str, Batch]) -> None:
    shown = [row for row in rows(batches, "exchange") if row["shown"]]
    assert len(shown) == 116
    assert {row["theme"] for row in shown} <= AREAS


@pytest.mark.parametrize(
    "name", ["THET", "FK Norway", "WISH", "Solar Ear", "South-South learning exchange", "community of practice"]
)
def test_what_the_founding_papers_speak_of_is_found_by_name(batches: dict[str, Batch], name: str) -> None:
    key = name_key(name)
    names = (row["name"] for row in rows(batches, "name"))
    titles = (row["title"] for row in rows(batches, "exchange"))
    assert any(key in name_key(text) for text in (*names, *titles))


def test_no_adoption_is_read_into_a_caption(batches: dict[str, Batch]) -> None:
    batch = batches["jrsm-shared-learning-health-partnerships-2017.yaml"]
    assert set(batch.claims["kind"].to_pylist()) == {"name", "exchange", "outcome"}


def test_the_founding_papers_speak_in_their_own_words(batches: dict[str, Batch]) -> None:
    quotes = [row["quote"] for kind in ("exchange", "outcome") for row in rows(batches, kind) if row["quote"]]
    assert any("bi-directional flow of human capital" in quote for quote in quotes)
    assert any("peer-to-peer “mind change”" in quote for quote in quotes)
    assert any("differing organizational mandates and heavy workloads" in quote for quote in quotes)
    assert max(len(quote.split()) for quote in quotes) <= 35


def test_what_the_founding_papers_ask_for_is_among_the_factors(batches: dict[str, Batch]) -> None:
    founding = [
        row
        for name in (
            "jrsm-shared-learning-health-partnerships-2017.yaml",
            "ssle-experts-study-2023.yaml",
            "south-africa-child-wellbeing-community-of-practice-2023.yaml",
        )
        for row in batches[name].claims.to_pylist()
    ]
    said = {
        column: {f for row in founding for f in row[column] or ()} for column in ("mechanisms", "enablers", "barriers")
    }
    assert {"empowerment", "peer-to-peer mind change", "hands-on learning"} <= said["mechanisms"]
    assert {"senior staff involvement", "well-delivered debriefing", "actionable mission statement"} <= said["enablers"]
    assert {"shared goal", "supportive and mutually beneficial relationships"} <= said["enablers"]
    assert {"junior cadre", "overseas placements are costly", "resource heavy", "participant reluctance"} <= said[
        "barriers"
    ]
    assert {"absence of validated methodology", "heavy workloads", "differing organisational mandates"} <= said[
        "barriers"
    ]
