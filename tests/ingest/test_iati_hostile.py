"""Hostile IATI files cost one message each and little memory; real use goes by the command line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from southerly.cli import main
from southerly.ingest.iati import narratives, read_iati
from southerly.ingest.reading import Carrier, Problem

GOOD = "<iati-activity><iati-identifier>XX-SYN-1</iati-identifier><title>Synthetic</title></iati-activity>"
LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))

HOSTILE = {
    "billion laughs": (
        f"<!DOCTYPE iati-activities [<!ENTITY l0 'ha'>{LAUGHS}]>"
        "<iati-activities><iati-activity><title>&l9;</title></iati-activity></iati-activities>",
        "document type",
    ),
    "laughs in an attribute of the root": (
        f"<!DOCTYPE iati-activities [<!ENTITY l0 'ha'>{LAUGHS}]><iati-activities version='&l9;'/>",
        "document type",
    ),
    "an external entity": (
        "<!DOCTYPE iati-activities [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
        "<iati-activities><iati-activity><title>&x;</title></iati-activity></iati-activities>",
        "document type",
    ),
    "an external document type": (
        "<!DOCTYPE iati-activities SYSTEM 'http://127.0.0.1:9/x.dtd'><iati-activities/>",
        "document type",
    ),
    "deep nesting": (f"<iati-activities>{GOOD}<iati-activity>{'<a>' * 100_000}", "Excessive depth in document: 256"),
    "a huge attribute": (
        f"<iati-activities>{GOOD}<iati-activity a='{'x' * 12_000_000}'",
        "activities read before that: 1",
    ),
    "a huge text": (f"<iati-activities>{GOOD}<iati-activity><title>{'x' * 12_000_000}", "Text node too long"),
    "an endless activity": (
        f"<iati-activities>{GOOD}<iati-activity>{'<a/>' * 250_000}",
        " tags since the last activity's end",
    ),
    "endless other things": (f"<iati-activities>{GOOD}{'<a/>' * 250_000}", " tags since the last activity's end"),
    "an endless prologue": (f"<!--{'x' * 1_100_000}--><iati-activities/>", "no XML"),
}


def problems(path: Path) -> list[Problem]:
    return [problem for batch in read_iati(Carrier(path, path.name)) for problem in batch.problems]


@pytest.mark.parametrize(("content", "found"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_costs_one_message(
    content: str, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("southerly.ingest.iati_xml.MAX_TAGS", 100_000)  # a million takes a while to write and to read
    path = tmp_path / "synthetic.xml"
    path.write_text(content)
    batches = list(read_iati(Carrier(path, "synthetic.xml")))
    (problem,) = (p for batch in batches for p in batch.problems)
    assert found in problem.found
    assert problem.record is None
    assert len(problem.found) < 300
    kept = [title for batch in batches for title in batch.claims["title"].to_pylist()]
    assert kept == (["Synthetic"] if GOOD in content else [])
    assert list(narratives(path)) == []


def test_an_activity_of_a_megabyte_in_one_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.xml"
    transactions = "<transaction><recipient-country code='KE'/></transaction>" * 20_000
    path.write_text(
        f"<iati-activities>{GOOD.replace('</iati-activity>', transactions)}</iati-activity></iati-activities>"
    )
    (batch,) = read_iati(Carrier(path, "synthetic.xml"))
    assert batch.problems == ()
    assert batch.claims["countries"].to_pylist() == [["KEN"]]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Thirty megabytes in a process of its own: what it holds at its peak is far less than the parsed file would be."""
    path = tmp_path / "synthetic.xml"
    filler = "<description>" + "synthetic words " * 4_000 + "</description>"
    one = GOOD.replace("</iati-activity>", f"{filler}</iati-activity>\n")
    path.write_text(f"<iati-activities>{one * (30_000_000 // len(one))}</iati-activities>")
    script = (
        "import pathlib, resource, sys\n"
        "from southerly.ingest.iati import read_iati\n"
        "from southerly.ingest.reading import Carrier\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "before = peak()\n"
        "read = sum(len(b.records) for b in read_iati(Carrier(pathlib.Path(sys.argv[1]), 's')))\n"
        "print(read, peak() - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=True, capture_output=True, text=True)
    read, grown = done.stdout.split()
    assert int(read) == 30_000_000 // len(one)
    assert float(grown) < 90


def run(folder: Path, *words: str) -> Any:
    return CliRunner().invoke(main, ["--graph", str(folder / "graph"), *words])


def asked(folder: Path, *words: str) -> Any:
    return json.loads(run(folder, *words, "--format", "json").stdout)


def test_an_activity_file_is_ingested_and_its_claims_explained(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.xml"
    result = "<result type='1'><title>Wards</title><indicator><title>Wards opened</title></indicator></result>"
    bad = "<iati-activity><iati-identifier>XX-SYN-2</iati-identifier><recipient-country code='QQ'/></iati-activity>"
    whole = GOOD.replace("</iati-activity>", f"<recipient-country code='KE'/>{result}</iati-activity>")
    path.write_text(f"<iati-activities>{whole}{bad}{GOOD.replace('-1<', '-3<')}</iati-activities>")
    done = run(tmp_path, "ingest", str(path), "--format", "json")
    assert done.exit_code == 3
    summary = json.loads(done.stdout)
    assert summary["records"] == {
        "read": 3,
        "claimed": 1,
        "unchanged": 0,
        "rejected": 1,
        "unplaced": 1,
        "retracted": 0,
    }
    assert summary["claims"]["new"] == 3
    (rejected,) = summary["rejected"]
    assert rejected["report"] == "iati:XX-SYN-2"
    assert rejected["locator"] == "/iati-activities/iati-activity[2]/recipient-country[1] (line 1)"
    answer = asked(tmp_path, "why", "iati:XX-SYN-1")
    assert [(c["kind"], c["locator"], c["method"], c["review"]) for c in answer["claims"]] == [
        ("exchange", "/iati-activities/iati-activity[1]", "table", "accepted"),
        ("outcome", "/iati-activities/iati-activity[1]/result[1]/indicator[1]", "table", "accepted"),
    ]
    assert answer["claims"][0]["content"]["extra"]["recipients"] == [{"code": "KE", "country": "KEN"}]
    groups = asked(tmp_path, "outcomes", "--by", "exchange_type")
    assert [(g["group"], g["outcomes"]) for g in groups] == [(None, 1)]
    again = asked(tmp_path, "ingest", str(path))
    assert (again["records"]["unchanged"], again["claims"]["new"]) == (1, 0)


def test_a_file_that_breaks_off_withdraws_nothing(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.xml"
    whole = f"<iati-activities>{GOOD}{GOOD.replace('-1<', '-2<')}</iati-activities>"
    path.write_text(whole)
    assert asked(tmp_path, "ingest", str(path))["claims"]["new"] == 2
    path.write_text(whole[: whole.rindex("<title>")])
    cut = asked(tmp_path, "ingest", str(path))
    assert cut["claims"] == {"new": 0, "unchanged": 1, "withdrawn": 0}
    assert len(cut["rejected"]) == 1
    path.write_text(f"<iati-activities>{GOOD}</iati-activities>")
    assert asked(tmp_path, "ingest", str(path))["claims"]["withdrawn"] == 1


def test_candidates_stay_out_of_answers_until_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.xml"
    path.write_text(f"<iati-activities>{GOOD}</iati-activities>")
    assert run(tmp_path, "ingest", str(path), "--as", "candidate").exit_code == 0
    assert run(tmp_path, "why", "iati:XX-SYN-1").exit_code != 0
    assert run(tmp_path, "why", "iati:XX-SYN-1", "--include-candidates").exit_code == 0
