"""Which dates are of events is learned from labelled passages, and read as it was learned."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from southerly.ingest.extract.weights import read_tables
from southerly.ingest.extract.when import NAMED, named_dates
from southerly.ingest.extract.when_traits import Dated

BENCH = Path(__file__).parents[3] / "bench"


def test_a_few_texts_teach_which_dates_are_of_events_and_teach_it_alike_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    monkeypatch.delitem(sys.modules, "learn_dates", raising=False)
    import learn_dates

    paths = [tmp_path / "first.csv", tmp_path / "second.csv"]
    for path in paths:
        monkeypatch.setattr(sys, "argv", ["learn", str(BENCH / "passages" / "dated-01.yaml"), "-o", str(path)])
        learn_dates.main()
    assert paths[0].read_bytes() == paths[1].read_bytes()
    table = read_tables(paths[0].read_text(encoding="utf-8").split("\n"))["date"]
    text = "Nurses came in 2014 and set up a club (Example et al., 2015)."
    named = named_dates(text)
    came, cited = (table.chance(Dated(text, named).traits(mention, NAMED)) for mention in named)
    assert came > 0.8 > 0.4 > cited
