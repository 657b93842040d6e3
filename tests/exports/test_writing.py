"""How exports are written: the same bytes from the same graph, whole or not at all, with their provenance."""

from __future__ import annotations

import json
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import southerly
from southerly.exports import FORMATS, write
from southerly.exports.content import Content
from southerly.graph.errors import SoutherlyError, WrongUse
from southerly.graph.identity import Identity
from southerly.graph.judgements import judge_names, retract
from southerly.graph.ledger import Ledger
from southerly.graph.view import Scope, View

#: Those that hold the network alone; a workbook lists its reports too.
NETWORKS = [
    name for name, form in FORMATS.items() if form.network and not form.everything and not form.one and name != "xlsx"
]

#: Those that can show the whole graph; test_pictures and test_html hold the others to the same.
WHOLE = [name for name, form in FORMATS.items() if not form.one and not form.stamped]


def contents(path: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of each file of a folder."""
    return {p.name: p.read_bytes() for p in path.iterdir()} if path.is_dir() else {"": path.read_bytes()}


def names(folder: Path) -> list[str]:
    """Return the names of all that is in a folder."""
    return sorted(p.name for p in folder.iterdir())


@pytest.mark.parametrize("form", WHOLE)
def test_the_order_of_feeding_the_revision_and_the_day_leave_no_trace(
    graph: Ledger, turned: Ledger, rejoined: Ledger, exported: Any, form: str
) -> None:
    # Formats with evidence say in which row a claim stands, so there the rows of a carrier keep their order.
    again = rejoined if FORMATS[form].everything and FORMATS[form].network else turned
    assert (graph.revision(), again.revision()) == (1, 2)
    first, one = exported(graph, form, now=datetime(2026, 1, 2, tzinfo=UTC))
    second, other = exported(again, form, now=datetime(2027, 3, 4, tzinfo=UTC))
    assert contents(first) == contents(second)
    assert one.digest == other.digest
    assert not any(b"2026-01-02" in data or b'"revision"' in data for data in contents(first).values())


def test_the_formats_of_a_network_share_one_digest_which_a_claim_changes(
    graph: Ledger, exported: Any, new_ledger: Any, commit: Any
) -> None:
    digests = {exported(graph, form)[1].digest for form in NETWORKS}
    other = new_ledger()
    commit(other, {"synthetic": [{"kind": "adoption", "report": "url:x", "innovation": "I", "country": "KEN"}]})
    assert len(digests) == 1
    assert exported(other, "json")[1].digest not in digests


def test_judgements_and_retractions_change_what_is_exported(new_ledger: Any, commit: Any, exported: Any) -> None:
    ledger = new_ledger()
    claims = [
        {
            "kind": "adoption",
            "report": f"url:{n}",
            "innovation": n,
            "country": "KEN",
            "source_country": "UGA",
        }
        for n in ("Cup A", "Cup B")
    ]
    commit(ledger, {"synthetic": claims})
    assert exported(ledger, "json")[1].counts["transfers"] == 2
    judge_names(ledger, "same", "Cup A", "Cup B", by="x", reason="synthetic", now=datetime(2026, 1, 2, tzinfo=UTC))
    assert exported(ledger, "json")[1].counts["transfers"] == 1
    retract(ledger, "url:Cup A", by="x", reason="synthetic", now=datetime(2026, 1, 2, tzinfo=UTC))
    path, _ = exported(ledger, "json")
    (edge,) = json.loads(path.read_text("utf-8"))["edges"]
    assert edge["report_keys"] == ["url:Cup B"]


def test_provenance_stands_beside_and_with_a_stamp_inside(graph: Ledger, exported: Any) -> None:
    now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    path, written = exported(graph, "json", now=now, stamp=True)
    beside = json.loads(path.with_name(f"{path.name}.provenance.json").read_text("utf-8"))
    inside = json.loads(path.read_text("utf-8"))["graph"]["metadata"]
    assert {**inside, "file": path.name, "format": "json"} == beside
    assert (beside["revision"], beside["written"], beside["digest"]) == (1, "2026-01-02T03:04:05+00:00", written.digest)
    assert beside["software"].startswith("southerly ")
    assert exported(graph, "json")[1].digest == written.digest


def test_metadata_say_filters_and_licences(graph: Ledger, exported: Any) -> None:
    path, _ = exported(graph, "json", innovation="S-cup", bases=("stated",))
    about = json.loads(path.read_text("utf-8"))["graph"]["metadata"]
    assert about["filters"]["innovation"] == ["innovation:synthetic-cup"]
    assert about["filters"]["basis"] == ["stated"]
    assert about["source_licences"] == [{"licence": "CC BY 4.0", "reports": 1}, {"licence": "not stated", "reports": 1}]
    assert [r["licence"] for r in about["reference_data"]][-1] == "CC-BY-4.0"  # World Bank


@pytest.mark.parametrize("error", [RuntimeError("no"), KeyboardInterrupt()])
@pytest.mark.parametrize("form", WHOLE)
def test_a_failure_leaves_the_earlier_export_whole_and_nothing_else(
    known: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, error: BaseException
) -> None:
    path = tmp_path / "out"
    write(known, form, path)
    before, listed = contents(path), names(tmp_path)

    def fail(*_: Any) -> Any:
        raise error

    monkeypatch.setattr(Content, "about", fail)
    monkeypatch.setattr(Content, "reports", fail)
    with pytest.raises(type(error)):
        write(known, form, path)
    assert (contents(path), names(tmp_path)) == (before, listed)


# The graph for Neo4j is that of today, whole: it cannot be asked for as of an earlier revision. There are no labels.
@pytest.mark.parametrize("form", [form for form in WHOLE if form not in {"neo4j-csv", "cypher", "labels"}])
def test_an_earlier_export_is_replaced_as_a_whole(known: Identity, turned: Ledger, tmp_path: Path, form: str) -> None:
    path = tmp_path / "out"
    assert write(known, form, path).replaced is False
    before = contents(path)
    with closing((view := View(turned, Scope(as_of="1"))).con):  # less was known then
        assert write(Identity(view), form, path).replaced is True
    assert contents(path) != before
    assert names(tmp_path) == ["out", "out.provenance.json"]


def test_a_folder_with_other_things_in_it_is_refused_and_kept(known: Identity, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("synthetic")
    with pytest.raises(WrongUse, match=r"thesis\.tex"):
        write(known, "csv", tmp_path)
    with pytest.raises(WrongUse, match="is a file"):
        write(known, "csv", tmp_path / "thesis.tex")
    with pytest.raises(WrongUse, match="is a folder"):
        write(known, "json", tmp_path)
    assert names(tmp_path) == ["thesis.tex"]


def test_a_place_that_cannot_be_written_is_named(known: Identity, tmp_path: Path) -> None:
    with pytest.raises(SoutherlyError, match="No such file or directory"):
        write(known, "json", tmp_path / "none" / "out.json")


def test_a_link_is_followed_and_a_device_stays_one(known: Identity, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    write(known, "json", tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text("utf-8"))["directed"] is True
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(known, "ris", pipe)
        assert os.read(reader, 6) == b"TY  - "
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert not (tmp_path / "pipe.provenance.json").exists()


def test_an_unknown_format_or_basis_is_wrong_use(known: Identity, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"shapefile.*expected one of csv"):
        write(known, "shapefile", tmp_path / "out")
    with pytest.raises(WrongUse, match=r"said.*expected one of stated"):
        write(known, "json", tmp_path / "out", bases=("said",))


def test_the_command_line_writes_to_a_file_or_to_standard_output(graph: Ledger, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    done = run(graph, "export", "json", "-o", str(path), "--basis", "stated")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "5 places, 1 transfers" in done.stderr
    piped = run(graph, "export", "json", "-o", "-", "--basis", "stated")
    assert piped.stdout == path.read_text("utf-8")
    assert "in place of an earlier one" in run(graph, "export", "json", "-o", str(path)).stderr


def test_the_command_line_tells_wrong_use_from_nothing_found(graph: Ledger, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    assert run(graph, "export", "csv", "-o", "-").exit_code == 2
    assert run(graph, "export", "ris", "-o", str(path), "--basis", "stated").exit_code == 2
    assert run(graph, "export", "json", "-o", str(path), "--innovation", "no such thing").exit_code == 4
    assert not path.exists()
    empty = run(graph, "export", "json", "-o", str(path), "--since", "2090")
    assert empty.exit_code == 4
    assert json.loads(path.read_text("utf-8"))["edges"] == []


def test_the_default_name_is_here(graph: Ledger, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for form in FORMATS:
        only = ("--innovation", "Synthetic cup") if FORMATS[form].one else ()
        # Nobody has reviewed anything in this graph, so there are no labels in it.
        assert run(graph, "export", form, "-q", *only).exit_code == (4 if form == "labels" else 0)
    assert {p.name for p in tmp_path.iterdir() if "provenance" not in p.name} == {f.name for f in FORMATS.values()}


def test_a_notebook_exports_too(graph: Ledger, tmp_path: Path) -> None:
    southerly.open(graph.folder).export("graphml", tmp_path / "out.graphml", innovation="Synthetic cup")
    assert (tmp_path / "out.graphml").stat().st_size > 1000


def test_as_of_exports_what_was_known_then(turned: Ledger, exported: Any) -> None:
    assert exported(turned, "json", Scope(as_of="1"))[1].counts == {"places": 3, "transfers": 1}
    assert exported(turned, "json")[1].counts == {"places": 5, "transfers": 2}
