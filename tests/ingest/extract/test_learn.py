"""Weights are learned from labelled passages, and read as they were learned."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from southerly.ingest.extract.candidates import readings
from southerly.ingest.extract.judge import verdicts_on
from southerly.ingest.extract.passage import passages
from southerly.ingest.extract.weights import read_tables

BENCH = Path(__file__).parents[3] / "bench"


def test_a_few_passages_teach_the_weights_to_read_a_plain_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    monkeypatch.delitem(sys.modules, "learn", raising=False)
    import learn
    import learn_passages

    monkeypatch.setattr(learn_passages, "_ROUNDS", 1)
    monkeypatch.setattr(learn_passages, "_LENGTHS", (256, 768))
    monkeypatch.setattr(learn_passages, "_COUNTRIES", (8, 16))

    path = tmp_path / "weights.csv"
    sets = [BENCH / "passages" / f"{name}.yaml" for name in ("plain", "short-03", "long-01")]
    tables, _ = learn.learn([one for each in sets for one in learn.read_set(each)])
    learn.write(tables, path)
    with path.open(encoding="utf-8", newline="") as lines:
        by = read_tables(lines)
    (passage,) = passages(r.seen for r in readings("In 2014 Togo adopted the Friendship Bench from Zimbabwe."))
    (verdict,) = verdicts_on(passage, by)
    assert [(u.country, u.source, u.status) for u in verdict.uptakes] == [("TGO", "ZWE", "actual")]
    (passage,) = passages(r.seen for r in readings("Malaria is endemic in Ghana."))
    assert [v.uptakes for v in verdicts_on(passage, by)] == [[]]
