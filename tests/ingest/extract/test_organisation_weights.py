"""The weights that tell names of organisations are learned from labelled passages, and learned alike each time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from southerly.ingest.extract.organisations import likely_spans
from southerly.ingest.extract.weights import read_tables

BENCH = Path(__file__).parents[3] / "bench"
TEXT = "In May nurses of Synthetic Hill Hospital visited Kenya. Mothers came on Friday."


def test_a_few_passages_teach_what_a_name_is_and_teach_it_alike_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    for name in ("learn", "learn_organisations", "extraction"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import learn_organisations as learning

    paths = [tmp_path / "first.csv", tmp_path / "second.csv"]
    for path in paths:
        monkeypatch.setattr(sys, "argv", ["learn", str(BENCH / "passages" / "long-01.yaml"), "-o", str(path)])
        learning.main()
    assert paths[0].read_bytes() == paths[1].read_bytes()
    table = read_tables(paths[0].read_text(encoding="utf-8").split("\n"))["organisation"]
    assert [TEXT[a:b] for a, b in likely_spans(TEXT, table)] == ["Synthetic Hill Hospital"]
