"""`southerly extract`: prose to a form that reads back, that counts for nothing until somebody has accepted it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from southerly.cli import main
from southerly.graph.names import tidy
from southerly.ingest.extract.candidates import Candidate, candidates
from southerly.ingest.prose.blocks import Builder, Prose
from southerly.ingest.prose.forms import parse
from southerly.ingest.reading import Batch, Carrier
from southerly.ingest.report_text import Told, report_text
from southerly.ingest.report_write import fill
from southerly.ingest.report_yaml import read_report_yaml

REPORT = """# Synthetic visit report: the Friendship Bench

https://doi.org/10.5555/synthetic.1 Published 12 March 2016

In 2014, a delegation from Uganda visited Kenya on a study tour of the Friendship Bench.

Zambia adopted kangaroo mother care (KMC) from Colombia in 2001. Malawi plans to adopt kangaroo mother care.

Barriers were the lack of funding and heavy workloads. Mutual learning and empowerment helped.
"""


def run(*words: str | Path, graph: Path | None = None) -> Result:
    place = ["--graph", str(graph)] if graph else []
    return CliRunner().invoke(main, [*place, *map(str, words)])


def read(path: Path) -> Batch:
    (batch,) = read_report_yaml(Carrier(path, path.name))
    return batch


def told(batch: Batch) -> set[str]:
    """Return the sentences that some claims carry."""
    rows = batch.claims.to_pylist()
    return {r["quote"] for r in rows} | {json.loads(r["extra"]).get("note", "") for r in rows if r["extra"]}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "visit.md"
    path.write_text(REPORT)
    return path


@pytest.fixture
def form(report: Path) -> Path:
    path = report.with_suffix(".yaml")
    done = run("extract", report, "-o", path)
    assert done.exit_code == 0, done.output
    return path


def test_a_form_that_nobody_has_touched_goes_in_whole_and_counts_for_nothing(form: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    done = run("ingest", form, graph=graph)
    assert done.exit_code == 0, done.output
    claims = json.loads(run("stats", "--format", "json", graph=graph).stdout)["claims"]
    assert set(claims.values()) == {0}
    shown = run("stats", "--include-candidates", "--format", "json", graph=graph)
    assert json.loads(shown.stdout)["claims"]["adoption"] >= 1


def test_the_claims_carry_the_sentences_and_the_report(report: Path, form: Path) -> None:
    prose, batch = parse(report), read(form)
    sentences = {" ".join(prose.text[c.start : c.end].split()) for c in candidates(prose.text)}
    carried = told(batch)
    assert sentences
    assert all(any(sentence in words for words in carried) for sentence in sentences)
    (said,) = batch.reports.to_pylist()
    assert (said["report"], said["year"]) == ("doi:10.5555/synthetic.1", "2016")
    assert "Synthetic visit report" in said["title"]
    assert {(c["review"], c["method"]) for c in batch.claims.to_pylist()} == {("candidate", "rule")}
    assert batch.ingester == "prose/1"


def test_what_an_analyst_accepts_counts_and_the_rest_waits(form: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    run("ingest", form, graph=graph)
    lines = form.read_text().splitlines()
    at = next(n for n, line in enumerate(lines) if "country: Zambia" in line)
    at += lines[at:].index("    review:")
    lines[at] = "    review: accepted"
    form.write_text("\n".join(lines))
    reviews = {(c["kind"], c["country"], c["review"], c["method"]) for c in read(form).claims.to_pylist()}
    assert ("adoption", "ZMB", "accepted", "curated") in reviews
    assert {review for kind, country, review, _ in reviews if country != "ZMB"} == {"candidate"}
    again = run("ingest", form, graph=graph)
    assert "0 new" in again.stdout
    stats = json.loads(run("stats", "--format", "json", graph=graph).stdout)["claims"]
    assert (stats["adoption"], stats["exchange"], stats["outcome"]) == (1, 0, 0)


def test_what_is_refused_stays_so_when_all_are_to_wait(form: Path, tmp_path: Path) -> None:
    form.write_text(form.read_text().replace("review: candidate", "review: refused", 1))
    assert {c["review"] for c in read(form).claims.to_pylist()} == {"refused"}
    graph = tmp_path / "graph"
    assert run("ingest", form, "--as", "candidate", graph=graph).exit_code == 0
    shown = run("stats", "--include-candidates", "--format", "json", graph=graph)
    assert set(json.loads(shown.stdout)["claims"].values()) == {0}


def test_the_line_at_the_top_speaks_for_every_item_and_its_loss_accepts_none(form: Path) -> None:
    text = form.read_text()
    (top,) = (line for line in text.splitlines() if line.startswith("review:"))
    form.write_text(text.replace(top, "review: accepted"))
    rows = read(form).claims.to_pylist()
    assert {(c["review"], c["method"]) for c in rows} == {("accepted", "curated")} or read(form).problems
    form.write_text(text.replace(top, ""))
    assert {c["review"] for c in read(form).claims.to_pylist()} == {"candidate"}


def test_a_word_for_review_that_is_none_lets_nothing_in(form: Path) -> None:
    text = form.read_text()
    form.write_text(text.replace("review: candidate", "review: looks fine", 1))
    batch = read(form)
    assert batch.claims.num_rows == 0
    problem = batch.problems[0]
    assert (problem.found, problem.field) == ("looks fine", "review")
    assert "candidate, accepted, refused" in problem.expected


def test_an_accepted_outcome_needs_what_every_outcome_needs(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    text = "southerly-report: 1\nreview: {}\nsource: {{title: Synthetic}}\noutcomes:\n  - barrier: [no money]\n"
    path.write_text(text.format("candidate"))
    assert [c["barriers"] for c in read(path).claims.to_pylist()] == [["no money"]]
    path.write_text(text.format("accepted"))
    (problem,) = read(path).problems
    assert problem.expected == "the practice or the exchange"


def test_a_report_without_an_address_is_known_by_its_own_file_however_the_form_is_mended(tmp_path: Path) -> None:
    report, form = tmp_path / "notes.txt", tmp_path / "notes.yaml"
    report.write_text("Zambia adopted kangaroo mother care from Colombia in 2001.\n")
    assert run("extract", report, "-o", form).exit_code == 0
    before = read(form).claims.to_pylist()[0]["report"]
    form.write_text(form.read_text().replace("title:", "title: Synthetic notes #"))
    batch = read(form)
    assert batch.claims.to_pylist()[0]["report"] == before
    assert batch.reports.to_pylist()[0]["title"] == "Synthetic notes"
    form.write_text(form.read_text().replace("sha256: ", "sha256: 12"))
    assert read(form).problems[0].expected == "64 hexadecimal digits"


def test_a_report_and_its_form_are_one_report(report: Path, form: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    assert run("ingest", report, form, graph=graph).exit_code == 0
    stats = json.loads(run("stats", "--include-candidates", "--format", "json", graph=graph).stdout)
    assert stats["reports"] == 1


def test_nothing_that_is_there_is_overwritten_unless_it_is_said(report: Path, form: Path) -> None:
    form.write_text("an afternoon's work")
    done = run("extract", report, "-o", form)
    assert done.exit_code == 1
    assert f"{form} is there already" in done.stderr
    assert form.read_text() == "an afternoon's work"
    assert run("extract", report, "-o", form, "--force").exit_code == 0
    assert "southerly-report: 1" in form.read_text()
    assert run("extract", report, "-o", report, "--force").exit_code == 2
    assert report.read_text() == REPORT


def test_several_reports_go_to_a_folder_one_form_each(report: Path, tmp_path: Path) -> None:
    (tmp_path / "visit.txt").write_text("Uganda adopted kangaroo mother care from Kenya in 2010.\n")
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    out = tmp_path / "forms"
    assert run("extract", tmp_path).exit_code == 2
    done = run("extract", tmp_path, "-o", out)
    assert done.exit_code == 0, done.output
    assert sorted(p.name for p in out.iterdir()) == ["visit.md.yaml", "visit.txt.yaml"]


def test_a_report_that_cannot_be_read_costs_one_message_and_the_others_come_out(report: Path, tmp_path: Path) -> None:
    table, empty, out = tmp_path / "table.csv", tmp_path / "empty.pdf", tmp_path / "forms"
    table.write_text("a,b\n1,2\n")
    empty.write_bytes(b"%PDF-1.7\n")
    done = run("extract", report, table, empty, tmp_path / "nowhere.txt", "-o", out)
    assert done.exit_code == 3
    assert [p.name for p in out.iterdir()] == ["visit.yaml"]
    for words in ("table.csv: no report in prose; expected PDF", "nowhere.txt: no such file", "empty.pdf, "):
        assert words in done.stderr
    assert run("extract", table).exit_code == 1


def test_a_report_in_which_nothing_is_found_says_so_and_is_no_mistake_to_ingest(tmp_path: Path) -> None:
    report, form = tmp_path / "dull.txt", tmp_path / "dull.yaml"
    report.write_text("These words are synthetic and say little.\n")
    done = run("extract", report, "-o", form)
    assert done.exit_code == 4
    assert "Nothing was found" in done.stderr
    ingested = run("ingest", form, graph=tmp_path / "graph")
    assert ingested.exit_code == 0, ingested.output
    assert "nothing was found in the report" in ingested.stderr


def test_to_standard_output_goes_the_form_alone(report: Path) -> None:
    done = run("extract", report)
    assert done.stdout.startswith("# visit.md: ")
    assert "candidates in" in done.stderr
    assert run("extract", report, "--quiet").stderr == ""


def test_the_rules_load_no_network(report: Path) -> None:
    code = "import sys; from southerly.cli import main; main(['extract', sys.argv[1]], standalone_mode=False); "
    done = subprocess.run(
        [sys.executable, "-c", code + "print('httpx' in sys.modules)", str(report)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "False"


# What the form is filled with, whoever found it.


def prose_of(*paragraphs: str) -> Prose:
    builder = Builder()
    for number, words in enumerate(paragraphs, start=1):
        builder.add(words, "paragraph", f"paragraph={number}")
    return builder.finish(title="Synthetic")


def claim(prose: Prose, number: int, kind: str, status: str = "actual", **content: Any) -> Candidate:
    block = prose.blocks[number]
    return Candidate(kind, status, content, block.start, block.end)


def written(prose: Prose, found: list[Candidate], folder: Path) -> tuple[str, Batch]:
    text = report_text(fill(prose, found, "abc"), Told("synthetic.txt", {"title": "Synthetic"}, "rule", "prose/1"))
    path = folder / "form.yaml"
    path.write_text(text, encoding="utf-8")
    return text, read(path)


TOUR = {"exchange_type": "study tour", "host_countries": ["KEN"], "visiting_countries": ["UGA"]}


def test_sentences_about_one_exchange_become_one_and_both_are_carried(tmp_path: Path) -> None:
    prose = prose_of("Ugandans visited Kenya.", "Twelve Ugandans toured Kenya.", "They were debriefed.")
    found = [
        claim(prose, 0, "exchange", **TOUR, when_said="2014", when="2014"),
        claim(prose, 1, "exchange", **TOUR, participants="12"),
        claim(prose, 2, "exchange", debrief="yes"),
    ]
    _, batch = written(prose, found, tmp_path)
    tour, other = batch.claims.to_pylist()
    assert (tour["participants"], tour["when"], tour["quote"]) == ("12", "2014", "Ugandans visited Kenya.")
    assert "“Twelve Ugandans toured Kenya.”" in json.loads(tour["extra"])["note"]
    assert (other["debrief"], other["host_countries"]) == ("yes", None)


@pytest.mark.parametrize(
    "other",
    [
        {"host_countries": ["ZMB"]},
        {"exchange_type": "twinning"},
        {"participants": "13"},
        {"visiting_countries": None},
    ],
    ids=str,
)
def test_exchanges_that_differ_stay_two(other: dict[str, Any], tmp_path: Path) -> None:
    prose = prose_of("One.", "Two.")
    found = [
        claim(prose, 0, "exchange", **TOUR, participants="12"),
        claim(prose, 1, "exchange", **TOUR | {"participants": "12"} | other),
    ]
    _, batch = written(prose, found, tmp_path)
    assert batch.claims.num_rows == 2
    assert len({c["exchange"] for c in batch.claims.to_pylist()}) == 2


def test_exchanges_of_two_reports_never_share_a_key(tmp_path: Path) -> None:
    keys = set()
    for name in ("a", "b"):
        report = tmp_path / f"{name}.txt"
        report.write_text(f"In 2014 a delegation from Uganda visited Kenya on a study tour {name}.\n")
        assert run("extract", report, "-o", report.with_suffix(".yaml")).exit_code == 0
        found = read(report.with_suffix(".yaml")).claims.to_pylist()
        keys |= {c["exchange"] for c in found if c["kind"] == "exchange"}
    assert len(keys) == 2


def test_an_outcome_is_not_tied_to_the_only_exchange_by_being_in_one_file(tmp_path: Path) -> None:
    prose = prose_of("Ugandans visited Kenya.", "Waiting times fell.")
    found = [claim(prose, 0, "exchange", **TOUR), claim(prose, 1, "outcome", outcome="Waiting times fell.")]
    _, batch = written(prose, found, tmp_path)
    assert [c["exchange"] for c in batch.claims.to_pylist() if c["kind"] == "outcome"] == [None]


def test_an_outcome_without_an_exchange_says_of_which_the_text_last_told(tmp_path: Path) -> None:
    prose = prose_of("Deaths fell.", "Ugandans visited Kenya.", "Togo did not go.", "Waiting times fell.")
    found = [
        claim(prose, 0, "outcome", outcome="Deaths fell."),
        claim(prose, 1, "exchange", **TOUR),
        claim(prose, 2, "exchange", "negated", **TOUR | {"visiting_countries": ["TGO"]}),
        claim(prose, 3, "outcome", outcome="Waiting times fell."),
    ]
    text, _ = written(prose, found, tmp_path)
    first, second = [line for line in text.splitlines() if "exchange: none" in line]
    assert "exchange-abc-" not in first
    assert "the text last told of exchange-abc-1" in second


@pytest.mark.parametrize("status", ["planned", "hypothetical", "negated"])
def test_what_did_not_happen_stays_so_in_every_section(status: str, tmp_path: Path) -> None:
    prose = prose_of("One.", "Two.", "Three.", "Four.")
    found = [
        claim(prose, 0, "exchange", status, **TOUR),
        claim(prose, 1, "adoption", status, innovation="Synthetic cup", country="KEN"),
        claim(prose, 2, "outcome", status, outcome="fewer visits", stage="adopted", innovation="Synthetic cup"),
        claim(prose, 3, "origin", status, innovation="Synthetic cup", country="IND"),
    ]
    text, batch = written(prose, found, tmp_path)
    assert {c["status"] for c in batch.claims.to_pylist()} == {status}
    assert {c["kind"] for c in batch.claims.to_pylist()} == {"exchange", "adoption", "outcome"}
    assert f"# - paragraph 4, characters 20-25: origin, {status}: innovation: Synthetic cup" in text


def test_what_the_form_has_no_field_for_is_listed_at_the_end(tmp_path: Path) -> None:
    prose = prose_of("It came by post.")
    text, batch = written(prose, [claim(prose, 0, "origin", innovation="Cup", country="KEN", unit="kg")], tmp_path)
    assert batch.claims.num_rows == 1
    assert "origin: unit: kg (the form's origins have no field for it)" in text.splitlines()[-2]


WORDS = st.text(min_size=1, max_size=90).map(lambda t: " ".join(t.encode("utf-8", "ignore").decode().split()))
TEXT = WORDS.filter(lambda t: bool(t) and "\0" not in t)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("adoption"), st.fixed_dictionaries({"innovation": TEXT, "country": st.just("NOR")})),
            st.tuples(st.just("adoption"), st.fixed_dictionaries({"innovation": TEXT, "site": TEXT})),
            st.tuples(st.just("origin"), st.fixed_dictionaries({"innovation": TEXT, "when_said": TEXT})),
            st.tuples(st.just("name"), st.fixed_dictionaries({"innovation": TEXT, "name": TEXT})),
            st.tuples(st.just("outcome"), st.fixed_dictionaries({"outcome": TEXT, "barriers": st.lists(TEXT)})),
            st.tuples(
                st.just("exchange"), st.fixed_dictionaries({"host_organisations": st.lists(TEXT), "participants": TEXT})
            ),
        ),
        min_size=1,
        max_size=6,
    ),
    st.lists(TEXT, min_size=6, max_size=6),
)
def test_whatever_a_report_says_the_form_reads_back_and_nothing_vanishes(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, dict[str, Any]]], paragraphs: list[str]
) -> None:
    prose = prose_of(*(f"{words} {number}." for number, words in enumerate(paragraphs)))
    found = [claim(prose, number, kind, **content) for number, (kind, content) in enumerate(said)]
    filled = fill(prose, found, "abc")
    text, batch = written(prose, found, tmp_path_factory.mktemp("forms"))
    assert batch.problems == ()
    assert all(line.isprintable() for line in text.split("\n"))
    carried = told(batch) | {each.quote for each in filled.aside}
    for candidate in found:
        assert any(tidy(prose.text[candidate.start : candidate.end]) in tidy(words) for words in carried)
    assert {c["review"] for c in batch.claims.to_pylist()} <= {"candidate"}
