"""XLSX and Parquet: the same rows as the other formats, typed, as Excel's and Arrow's own readers see them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from southerly.exports import workbook, write
from southerly.graph.errors import SoutherlyError, WrongUse
from southerly.graph.ledger import Ledger
from southerly.queries.filters import window


@pytest.fixture(scope="module")
def network(graph: Ledger, exported: Any) -> dict[str, Any]:
    """Return the json export, to compare with."""
    found: dict[str, Any] = json.loads(exported(graph, "json")[0].read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def xlsx(graph: Ledger, exported: Any) -> Path:
    """Return the workbook; its name does not say so, as readers of a stream see it."""
    path: Path = exported(graph, "xlsx")[0]
    return path


def sheet(path: Path, name: str) -> list[dict[str, Any]]:
    frame = pd.read_excel(BytesIO(path.read_bytes()), sheet_name=name, engine="openpyxl", keep_default_na=False)
    return frame.to_dict("records")


def test_a_workbook_has_the_rows_of_the_json_export(xlsx: Path, network: dict[str, Any]) -> None:
    assert openpyxl.load_workbook(BytesIO(xlsx.read_bytes())).sheetnames == [
        "About", "Places", "Transfers", "Adoptions", "Reports",
    ]  # fmt: skip
    places, transfers = sheet(xlsx, "Places"), sheet(xlsx, "Transfers")
    assert [p["id"] for p in places] == [n["id"] for n in network["nodes"]]
    assert [t["id"] for t in transfers] == [e["key"] for e in network["edges"]]
    assert [p["adopted"] for p in places] == [len(n["adopted"]) for n in network["nodes"]]
    assert [json.loads(t["claims"]) for t in transfers] == [e["claims"] for e in network["edges"]]
    adopted = [(n["id"], a) for n in network["nodes"] for a in n["adopted"]]
    adoptions = sheet(xlsx, "Adoptions")
    assert [(a["place"], a["id"]) for a in adoptions] == [(place, a["id"]) for place, a in adopted]
    for row, (_, a) in zip(adoptions, adopted, strict=True):
        assert (row["when"], row["stage"]) == (a.get("when", ""), a.get("stage", ""))
        assert row["considered"] is a["considered"]  # a flag of Excel, not a word
    assert [r["title"] for r in sheet(xlsx, "Reports")] == ["Synthetic report B", "Synthetic report A"]


def test_the_first_sheet_says_what_the_others_hold(xlsx: Path, network: dict[str, Any]) -> None:
    lines = sheet(xlsx, "About")
    told = {(line["what"], line["which"]): line["value"] for line in lines}
    assert told["filter", "innovation"] == "none"
    assert told["count", "transfers"] == len(network["edges"])
    assert told["licence of reports", "CC BY 4.0"] == 1
    assert any(what == "licence of reference data" for what, _ in told)
    assert next(value for (what, _), value in told.items() if what == "digest").startswith("sha256:")
    for name in ("Places", "Transfers", "Adoptions", "Reports"):
        explained = [line["which"] for line in lines if line["what"] == f"column of {name}"]
        assert explained == list(sheet(xlsx, name)[0])


HOSTILE = (
    '=HYPERLINK("http://synthetic.example")',
    "+1",
    "-1",
    "@sum",
    "#N/A",
    "2001-01-01",
    "TRUE",
    "0012",
    " spaced ",
)


@pytest.fixture(scope="module")
def hostile(new_ledger: Callable[[], Ledger], commit: Any) -> Ledger:
    """Return a graph whose sites are called like formulas, errors, dates and numbers."""
    ledger = new_ledger()
    claims = [
        {"kind": "adoption", "report": "url:a", "innovation": "I", "country": "KEN", "site": f"{text} Clinic\x00"}
        for text in HOSTILE
    ]
    titles = [
        {"report": f"url:{n}", "title": text}
        for n, text in enumerate((*HOSTILE, "x" * 40_000, "\N{MICROSCOPE}" * 20_000, "a\rb\x0bc"))
    ]
    claims += [{"kind": "adoption", "report": said["report"], "innovation": "I", "country": "UGA"} for said in titles]
    commit(ledger, {"synthetic": claims}, sayings={"synthetic": titles})
    return ledger


def test_no_cell_is_a_formula_and_a_text_stays_what_it_was(hostile: Ledger, exported: Any) -> None:
    path, _ = exported(hostile, "xlsx")
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    for page in book:
        for row in page.iter_rows():
            assert {c.data_type for c in row} <= {"s", "inlineStr", "n", "b"}
    with ZipFile(path) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())
    titles = {r["id"]: r["title"] for r in sheet(path, "Reports")}
    assert [titles[f"url:{n}"] for n in range(len(HOSTILE))] == list(HOSTILE)
    labels = {p["label"] for p in sheet(path, "Places")}
    assert '=HYPERLINK("http://synthetic.example") Clinic\ufffd' in labels


def test_what_is_too_long_for_a_cell_is_cut_with_a_mark_and_told(hostile: Ledger, exported: Any) -> None:
    path, _ = exported(hostile, "xlsx")
    titles = {r["id"]: r["title"] for r in sheet(path, "Reports")}
    long, wide = titles[f"url:{len(HOSTILE)}"], titles[f"url:{len(HOSTILE) + 1}"]
    assert (len(long), long[-9:]) == (32_767, "xx… [cut]")
    assert len(wide.encode("utf-16-le")) <= 2 * 32_767  # Excel counts a microscope twice
    assert wide.endswith("\N{MICROSCOPE}… [cut]")
    assert titles[f"url:{len(HOSTILE) + 2}"] == "a\nb\ufffdc"
    (cut,) = [line["value"] for line in sheet(path, "About") if line["what"] == "cells cut"]
    assert cut == 2


def test_more_rows_than_excel_opens_are_refused(
    graph: Ledger, exported: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    with pytest.raises(SoutherlyError, match="sheet Places would get more than 4 rows"):
        exported(graph, "xlsx")


def test_a_workbook_bears_no_time_and_comes_whole_through_a_pipe(graph: Ledger, xlsx: Path, run: Any) -> None:
    with ZipFile(xlsx) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml")
    assert core.count(b"1980-01-01T00:00:00Z") == 2  # created, modified
    assert run(graph, "export", "xlsx", "-o", "-").stdout_bytes == xlsx.read_bytes()


def test_a_stamp_stands_on_the_first_sheet(graph: Ledger, exported: Any) -> None:
    lines = sheet(exported(graph, "xlsx", stamp=True)[0], "About")
    assert [line["value"] for line in lines if line["what"] == "revision"] == [1]


def test_parquet_has_the_rows_of_the_json_export_in_their_own_types(
    graph: Ledger, exported: Any, network: dict[str, Any]
) -> None:
    path, written = exported(graph, "parquet")
    nodes, edges = pq.read_table(path / "nodes.parquet"), pq.read_table(path / "edges.parquet")
    assert nodes["id"].to_pylist() == [n["id"] for n in network["nodes"]]
    assert edges["id"].to_pylist() == [e["key"] for e in network["edges"]]
    assert edges["claims"].to_pylist() == [e["claims"] for e in network["edges"]]
    assert edges["channels"].to_pylist() == [e["channels"] for e in network["edges"]]
    plain = [[_without_nulls(a) for a in adopted] for adopted in nodes["adopted"].to_pylist()]
    assert plain == [n["adopted"] for n in network["nodes"]]
    began = [[_without_nulls(o) for o in originated] for originated in nodes["originated"].to_pylist()]
    assert began == [n["originated"] for n in network["nodes"]]
    first = edges["earliest"].to_pylist()
    assert first == [date.fromisoformat(e["earliest"]) if "earliest" in e else None for e in network["edges"]]
    assert len(pd.read_parquet(path / "edges.parquet")) == written.counts["transfers"]
    for table in (nodes, edges):
        assert json.loads(table.schema.metadata[b"southerly"]) == network["graph"]["metadata"]


def _without_nulls(row: dict[str, Any]) -> dict[str, Any]:
    """Return an object as JSON has it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if value is not None
    }


def test_parquet_of_nothing_has_its_columns(graph: Ledger, exported: Any) -> None:
    path, _ = exported(graph, "parquet", window=window("2090", None))
    assert pq.read_table(path / "edges.parquet").num_rows == 0
    assert "innovation_label" in pq.read_schema(path / "edges.parquet").names


def test_a_folder_goes_to_no_pipe(graph: Ledger, run: Any, known: Any, tmp_path: Path) -> None:
    result = run(graph, "export", "parquet", "-o", "-")
    assert result.exit_code == 2
    assert "parquet is a folder of 2 files" in result.stderr
    (tmp_path / "thesis.tex").write_text("synthetic")
    with pytest.raises(WrongUse, match=r"thesis\.tex"):
        write(known, "parquet", tmp_path)
