"""The shapes at work: our own graph conforms, what breaks a shape is told at its report, file and place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from southerly.graph import rdf_shapes
from southerly.graph.errors import NotFound
from southerly.graph.ledger import Ledger
from southerly.graph.rdf_parse import NotRead
from southerly.graph.rdf_shapes import Violation, check_file, check_ledger

A, B = "url:example.org/a", "doi:10.9999/b"


@pytest.fixture(scope="module")
def graph(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    """Return a graph of two reports; one of them is surer than there is a word for."""
    ledger = new_ledger()
    good = {"kind": "adoption", "report": A, "innovation": "Synthetic cup", "country": "KEN", "when": "1995"}
    odd = {**good, "report": B, "confidence": "absolute", "country": "UGA"}
    sayings = {"trips.csv": [{"report": A, "title": "Synthetic A"}, {"report": B, "title": "Synthetic B"}]}
    commit(ledger, {"trips.csv": [good, odd]}, sayings=sayings)
    return ledger


def broken(found: Any) -> list[Violation]:
    return [each for each in found if each.severity == "violation"]


def test_a_violation_is_told_at_its_report_file_and_place(graph: Ledger) -> None:
    (told,) = broken(check_ledger(graph))
    assert (told.report, told.carrier, told.locator, told.field) == (B, "trips.csv", "row=3", "confidence")
    assert told.found == "“absolute”"
    where, what = str(told).splitlines()
    assert where == f"violation: {B}: trips.csv row=3 (confidence): found “absolute”"
    assert what.startswith("  expected: ")
    assert what.endswith("Correct it there and ingest it again.")


def test_one_report_may_be_checked_alone(graph: Ledger) -> None:
    assert broken(check_ledger(graph, A)) == []
    assert len(broken(check_ledger(graph, B))) == 1
    with pytest.raises(NotFound, match="no report"):
        list(check_ledger(graph, "url:example.org/c"))


def test_a_large_graph_is_checked_in_parts_with_the_same_result(graph: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = set(check_ledger(graph))
    monkeypatch.setattr(rdf_shapes, "_WHOLE", 5)
    monkeypatch.setattr(rdf_shapes, "TOGETHER", 5)
    assert set(check_ledger(graph)) == whole


HAND = """@prefix sou: <https://w3id.org/southerly/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix : <https://example.org/claims/> .

:one a sou:AdoptionClaim ;
    prov:wasDerivedFrom <https://w3id.org/southerly/id/report/url:example.org%2Fa> ;
    sou:innovationSaid "Synthetic cup" ; sou:country "Atlantis" .
"""


def test_somebody_elses_file_is_checked_with_the_line_of_the_node(tmp_path: Path) -> None:
    (tmp_path / "theirs.ttl").write_text(HAND)
    told = {each.field: each for each in broken(check_file(tmp_path / "theirs.ttl"))}
    country = told["country"]
    assert (country.carrier, country.found) == (str(tmp_path / "theirs.ttl"), "“Atlantis”")
    assert country.locator == "line 5 https://example.org/claims/one"
    (tmp_path / "theirs.ttl").write_text("no Turtle")
    with pytest.raises(NotRead, match="line 1"):
        list(check_file(tmp_path / "theirs.ttl"))
