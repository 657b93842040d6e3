"""Somebody else's table, read by a mapping file. All rows here are synthetic."""

import pickle
from pathlib import Path
from typing import Any

import pytest
from southerly.ingest.mapping import MappingError, load_mapping, read_mapped
from southerly.ingest.reading import Batch, Carrier

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"

MAPPING = """
southerly-mapping: 1
report: {title: Synthetic list, url: https://synthetic.example.org/list, year: 2021}
confidence: low
claims:
  - kind: adoption
    innovation: {column: Tool}
    country:
      column: Where
      values: {Heartland: KEN, nowhere: ~}
    when: {column: First seen}
    left_censored: {column: Censored}
    stage: adopted
    where: {column: Role, equals: [user, pilot user]}
    keep: [Remark]
  - kind: origin
    innovation: {column: Tool}
    country: {column: Where}
    where:
      - {column: Role, equals: maker}
      - {column: Where, filled: yes}
"""
TABLE = """Tool;Where;First seen;Censored;Role;Remark;Code
Abacus;Heartland;1994;True;user;old;1
Abacus;UGA;2003.0;False;pilot user;;2
Abacus;nowhere;;;user;;3
Abacus;China;;;maker;;4
Abacus;;;;maker;;5
Abacus;Zamunda;;;user;;6
Abacus;Zamunda;;;reader;;7
"""


def load(folder: Path, text: str) -> Any:
    path = folder / "mapping-synthetic.yaml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path)


def read(folder: Path, mapping: str = MAPPING, table: str = TABLE) -> Batch:
    path = folder / "a.csv"
    path.write_text(table, encoding="utf-8")
    (batch,) = read_mapped(Carrier(path, "a"), load(folder, mapping))
    return batch


def test_rows_become_the_claims_that_the_mapping_says(tmp_path: Path) -> None:
    batch = read(tmp_path)
    assert batch.ingester.startswith("mapping:mapping-synthetic/")
    columns = ("record", "kind", "country", "when", "left_censored", "stage", "confidence", "extra")
    assert [tuple(row[c] for c in columns) for row in batch.claims.to_pylist()] == [
        (0, "adoption", "KEN", "[..1994]", True, "adopted", "low", '{"Remark": "old"}'),
        (1, "adoption", "UGA", "2003", False, "adopted", "low", None),
        (2, "adoption", None, None, None, "adopted", "low", None),
        (3, "origin", "CHN", None, None, None, "low", None),
    ]
    assert batch.unplaced.to_pylist() == [2]
    assert set(batch.reports["title"].to_pylist()) == {"Synthetic list"}
    assert set(batch.reports["report"].to_pylist()) == {"url:synthetic.example.org/list"}


def test_every_row_is_claimed_set_aside_or_told_of(tmp_path: Path) -> None:
    batch = read(tmp_path)
    assert batch.records.to_pylist() == [0, 1, 2, 3, 4, 5, 6]
    # The row whose role no claim asks for is not at fault for its country.
    assert [(p.record, p.field, p.found) for p in batch.problems] == [(5, "Where", "Zamunda")]
    told = {note.text: note.count for note in batch.notes}
    assert told["rows of which no claim is made"] == 2
    assert any("Code" in text for text in told)


def test_the_report_may_stand_in_the_rows(tmp_path: Path) -> None:
    mapping = MAPPING.replace("url: https://synthetic.example.org/list", "url: {column: Remark}")
    batch = read(tmp_path, mapping, TABLE.replace(";old;", ";https://synthetic.example.org/old;"))
    assert batch.claims["report"].to_pylist() == ["url:synthetic.example.org/old"]
    assert [p.field for p in batch.problems].count("Remark") == 6


def test_outcomes_exchanges_and_names_can_be_mapped_too(tmp_path: Path) -> None:
    mapping = """
southerly-mapping: 1
report: {url: https://synthetic.example.org/list}
claims:
  - {kind: name, innovation: {column: Tool}, name: {column: Remark}}
  - {kind: exchange, title: Synthetic visit, host_countries: {column: Where}, debrief: no}
  - {kind: outcome, innovation: {column: Tool}, exchange: Synthetic visit, outcome: it is used,
     stage: {column: Role, values: {user: scaled}}, countries: {column: Where}}
"""
    batch = read(tmp_path, mapping, "Tool;Where;Role;Remark\nAbacus;NO;user;Counting frame; ABX\n".replace("; ABX", ""))
    found = {row["kind"]: row for row in batch.claims.to_pylist()}
    assert not batch.problems
    assert found["name"]["name"] == "Counting frame"
    assert (found["exchange"]["host_countries"], found["exchange"]["debrief"]) == (["NOR"], "no")
    assert (found["outcome"]["stage"], found["outcome"]["countries"]) == ("scaled", ["NOR"])
    assert (found["adoption"]["stage"], found["adoption"]["country"]) == ("scaled", "NOR")


def test_a_table_without_the_columns_is_one_problem(tmp_path: Path) -> None:
    batch = read(tmp_path, table="tool;Wher;Role\nAbacus;KEN;user\n")
    (problem,) = batch.problems
    assert problem.record is None
    assert "Where" in problem.expected
    assert batch.claims.num_rows == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "found", "hint"),
    [
        ("confidence: low", "confidance: low", 4, "`confidance`", "`confidence`"),
        ("stage: adopted", "stagee: adopted", 13, "`stagee`", "`stage`"),
        ("stage: adopted", "stage: adoptd", 13, "`adoptd`", "adopted"),
        ("stage: adopted", "stage: {colum: x}", 13, "`colum`", "`column`"),
        ("stage: adopted", "when: 1999", 13, "`when` a second time", "Remove"),
        ("Heartland: KEN", "Heartland: Zamunda", 10, "`Zamunda`", "region: Zamunda"),
        ("kind: origin", "kind: birth", 16, "`birth`", "Name one"),
        ("southerly-mapping: 1", "southerly-mapping: 2", 2, "`2`", "first line"),
        ("url: https://synthetic.example.org/list", "url: page 3", 3, "page 3", "url, doi or iati"),
        ("filled: yes", "filled: perhaps", 21, "`perhaps`", "filled: yes"),
        ("equals: maker", "equal: maker", 20, "`equal`", "`equals`"),
        ("innovation: {column: Tool}\n    country:\n", "country:\n", 6, "no innovation", "innovation"),
        ("claims:", "claims: [", 0, "expected", "Mend"),
    ],
)
def test_mistakes_are_refused_with_their_line(
    old: str, new: str, line: int, found: str, hint: str, tmp_path: Path
) -> None:
    assert old in MAPPING
    with pytest.raises(MappingError) as told:
        load(tmp_path, MAPPING.replace(old, new, 1))
    error = told.value
    assert (f" line {line}" if line else " line ") in error.where
    assert found in error.found
    assert hint in error.hint
    assert error.expected in str(pickle.loads(pickle.dumps(error)))  # noqa: S301 - our own error, made just above


def test_hostile_or_empty_files_are_refused(tmp_path: Path) -> None:
    for text in ("", "just words", "- a\n- b", "\x00", "[" * 5000, "southerly-mapping: 1", "x" * 1_000_001):
        with pytest.raises(MappingError):
            load(tmp_path, text)
    with pytest.raises(MappingError, match="!!python"):
        load(tmp_path, MAPPING.replace("stage: adopted", "'!!python/object': x"))
    with pytest.raises(MappingError, match="no access"):
        load_mapping(tmp_path / "missing.yaml")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("mapping-*.yaml")), ids=lambda path: path.stem)
def test_the_examples_in_the_documentation_can_be_used(path: Path) -> None:
    mapping = load_mapping(path)
    assert pickle.loads(pickle.dumps(mapping)) == mapping  # noqa: S301 - a worker process gets it this way
