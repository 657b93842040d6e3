"""The people in a report are stored nowhere and answer no question.

Every input here is synthetic.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .bad_input_files import GOOD, URL, csv_text, good_row, held, report_yaml, workbook
from .bad_input_run import Run, ingest, running


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command line on a graph of its own, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return running


# People


PEOPLE = ("Xanthia Synthetica", "Quillon Synthetic", "Zebulina Synthetic", "Wolfrun Synthetic", "Yorrick Synthetic")
_VISIT = f"""\
  completed_by: {PEOPLE[0]}
exchange:
  exchange_id: synthetic-visit
  title: A synthetic visit
  exchange_type: study tour
  start_date: 2019-05
  host:
    - {{country: IND, organisation: [Synthetic host], focal_person: {PEOPLE[1]}}}
  visitors:
    - {{country: KEN, organisation: [Synthetic visitor]}}
  practices: [{GOOD}]
participants:
  - {{name: {PEOPLE[2]}, role: nurse, country: KEN, count: 1}}
programme:
  - {{date: 2019-05-02, activity: a synthetic tour, met_with: {PEOPLE[3]}}}
action_plan:
  - {{practice: {GOOD}, action: take it up, responsible: {PEOPLE[4]}}}
adoptions:
  - {{innovation: {GOOD}, country: KEN, when: 2020, exchange: synthetic-visit}}
outcomes:
  - {{practice: {GOOD}, exchange: synthetic-visit, adopter_country: [KEN], outcome: a synthetic change}}
"""
QUESTIONS = (
    ("search", "synthetic"),
    ("show", GOOD),
    ("show", "Kenya"),
    ("show", "A synthetic visit"),
    ("why", GOOD),
    ("why", "A synthetic visit"),
    ("origins", GOOD),
    ("spread", GOOD),
    ("trace", GOOD),
    ("discover",),
    ("flows",),
    ("reciprocity",),
    ("outcomes",),
    ("conflicts",),
    ("stats",),
    ("log",),
    ("diff", "1", "2"),
)


def assert_nobody_is_named(content: str) -> None:
    """Check that no name is in a text, nor the key that a name would have."""
    for person in PEOPLE:
        for name in (person, person.replace(" ", "-"), person.split()[0]):
            assert name.casefold() not in content.casefold()


def test_participants_are_not_stored_from_a_report(run: Run) -> None:
    Path("visit.yaml").write_text(report_yaml(_VISIT, url=f"{URL}visit"))
    Path("good.csv").write_text(csv_text([good_row()]))
    ingest(run, "good.csv")
    told = ingest(run, "visit.yaml")
    assert told["claims"]["new"] >= 4
    content = held(Path("graph"))
    for question in QUESTIONS:
        answer = run(*question, "--format", "json")
        assert answer.exit_code in (0, 4), answer.output
        content += answer.output
    for form in ("turtle", "json", "bibtex"):
        content += run("export", form, "-o", "-").output
    assert content.casefold().count("a synthetic visit") > 5
    assert_nobody_is_named(content)


def test_participants_are_not_stored_from_a_workbook(run: Run) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "Source": [["title", "url", "completed_by"], ["Synthetic", f"{URL}visit", PEOPLE[0]]],
        "Exchange": [
            [
                "exchange_id",
                "title",
                "exchange_type",
                "host_country",
                "host_focal_person",
                "visitors_country",
                "practice",
            ],
            ["synthetic-visit", "A synthetic visit", "study tour", "IND", PEOPLE[1], "KEN", GOOD],
        ],
        "Participants": [["name", "role", "country", "count"], [PEOPLE[2], "nurse", "KEN", 1]],
        "Programme": [["activity", "met_with"], ["a synthetic tour", PEOPLE[3]]],
        "Action plan": [["practice", "action", "responsible"], [GOOD, "take it up", PEOPLE[4]]],
    }
    Path("visit.xlsx").write_bytes(workbook(sheets))
    told = ingest(run, "visit.xlsx")
    assert told["claims"]["new"] >= 1
    content = held(Path("graph")) + run("why", "A synthetic visit", "--format", "json").output
    assert content.casefold().count("a synthetic visit") > 1
    assert_nobody_is_named(content)


def test_participants_are_not_stored_from_a_bad_report(run: Run) -> None:
    body = _VISIT.replace("role: nurse, country: KEN", "role: nurse, country: Zamunda")
    Path("visit.yaml").write_text(report_yaml(body, url=f"{URL}visit"))
    ingest(run, "visit.yaml", code=3)
    assert_nobody_is_named(held(Path("graph")))


def test_participants_are_not_stored_from_a_table(run: Run) -> None:
    header = ("exchange_id", "title", "exchange_type", "host_countries", "visiting_countries", "source_url")
    people = ("participant_names", "participants", "focal_person", "completed_by", "responsible")
    cells = ("synthetic-visit", "A synthetic visit", "study tour", "IND", "KEN", f"{URL}visit")
    row = dict(zip((*header, *people), (*cells, *PEOPLE), strict=True))
    Path("exchanges.csv").write_text(csv_text([row], header=(*header, *people)))
    ingest(run, "exchanges.csv")
    content = held(Path("graph"))
    assert "a synthetic visit" in content
    assert_nobody_is_named(content)
