"""Prose end to end: from a file to candidates with their sentences and places. All words here are synthetic."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from southerly.cli import main
from southerly.ingest.formats import READABLE, reader_for
from southerly.ingest.prose.forms import form_of
from southerly.ingest.prose.reader import read_prose
from southerly.ingest.reading import Batch, Carrier

WORDS = "In 2015 Kenya adopted kangaroo mother care, which it had learned from Colombia.\n\nNothing else was seen.\n"


def batch(path: Path) -> Batch:
    (read,) = list(reader_for(Carrier(path, path.name))(Carrier(path, path.name)))
    return read


def test_a_sentence_becomes_a_candidate_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS, encoding="utf-8")
    read = batch(path)
    adoption = next(row for row in read.claims.to_pylist() if row["kind"] == "adoption")
    assert (adoption["country"], adoption["source_country"], adoption["when"]) == ("KEN", "COL", "2015")
    assert (adoption["review"], adoption["method"], adoption["record"]) == ("candidate", "rule", 0)
    sentence = WORDS.split("\n")[0]
    assert adoption["quote"] == sentence
    assert adoption["locator"] == f"paragraph=1;char=0,{len(sentence)}"
    assert adoption["report"].startswith("sha256:")
    (note,) = read.notes
    assert (
        note.text
        == f"2 blocks read, 17 words; {read.claims.num_rows} candidate{'s' if read.claims.num_rows > 1 else ''}"
    )


def test_a_report_is_known_by_what_is_on_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitle: A synthetic visit\ndoi: 10.5555/Synthetic.11\n---\n{WORDS}", encoding="utf-8")
    (report,) = batch(path).reports.to_pylist()
    assert (report["report"], report["title"]) == ("doi:10.5555/synthetic.11", "A synthetic visit")


def test_other_languages_say_what_was_not_attempted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Les infirmières du Sénégal sont venues en 2015 pour voir comment les équipes du Maroc travaillent.",
        encoding="utf-8",
    )
    told = [note.text for note in read_prose_notes(path)]
    assert any(
        text.startswith("French: ") and "were not attempted" in text and "SEN" in text and "MAR" in text
        for text in told
    )


def read_prose_notes(path: Path) -> list[object]:
    return [note for one in read_prose(Carrier(path, "a")) for note in one.notes]


def test_a_file_is_known_by_what_is_in_it_not_by_its_name(tmp_path: Path, write_pdf: Callable[..., Path]) -> None:
    pdf = write_pdf(tmp_path / "named.docx", [[(50, 700, 10, "Words of a page.")]])
    assert form_of(pdf) == "pdf"
    assert (
        "Words" in {b for one in read_prose(Carrier(pdf, "a")) for b in str(one.notes).split()}
        or batch(pdf).problems == ()
    )
    for name, content, form in (
        ("a.xml", b"<article><body/></article>", "jats"),
        ("a.xml", b"<iati-activities/>", None),
        ("a.dat", b"<!DOCTYPE html><html></html>", "html"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
        ("a.csv", b"a,b\n1,2\n", None),
        ("a.pdf", b"no pdf", "pdf"),
    ):
        (tmp_path / name).write_bytes(content)
        assert form_of(tmp_path / name) == form
    assert {".pdf", ".docx", ".html", ".htm", ".md", ".txt", ".xml"} <= READABLE


def test_what_cannot_be_read_is_one_problem_in_four_parts(tmp_path: Path) -> None:
    for name, content in (
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.pdf", b"no"),
        ("a.docx", b"no"),
        ("a.txt", b"\0"),
    ):
        (tmp_path / name).write_bytes(content)
        (problem,) = batch(tmp_path / name).problems
        assert all((problem.locator, problem.found, problem.expected, problem.hint))
        assert problem.record is None


def test_the_command_line_takes_a_pdf_and_why_shows_its_words(
    tmp_path: Path, write_pdf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = ("In 2015 Kenya adopted kangaroo mother care, which", "it had learned from Colombia.")
    write_pdf(tmp_path / "report.pdf", [[(50, 700 - 12 * n, 10, line) for n, line in enumerate(lines)]])
    run = CliRunner().invoke(main, ["ingest", "report.pdf"])
    assert run.exit_code == 0, run.output
    assert "1 page, 1 block read" in run.stderr
    run = CliRunner().invoke(main, ["why", "kangaroo mother care", "--include-candidates", "--format", "json"])
    claim = next(c for c in json.loads(run.stdout)["claims"] if c["kind"] == "adoption")
    assert claim["quote"] == " ".join(lines)
    assert claim["locator"] == f"page=1;char=0,{len(' '.join(lines))}"
    assert claim["review"] == "candidate"
    run = CliRunner().invoke(main, ["spread", "kangaroo mother care"])
    assert "Kenya" not in run.stdout
