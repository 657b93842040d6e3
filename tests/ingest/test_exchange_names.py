"""Exchanges that forms call alike are kept apart, and a person is told; the corpus shares its names on purpose."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from southerly.corpus import reports
from southerly.graph.ledger import Ledger
from southerly.graph.view import View
from southerly.ingest.pipeline import Options, ingest, ingest_corpus


def form(report: str, host: str, visitor: str) -> str:
    return f"""\
southerly-report: 1
source: {{title: Synthetic report, url: "https://synthetic.example/{report}"}}
exchange:
  exchange_id: E1
  title: Synthetic visit to {host}
  host: [{{country: {host}}}]
  visitors: [{{country: {visitor}}}]
"""


def hosts(ledger: Ledger) -> list[list[str]]:
    view = View(ledger)
    with closing(view.con):
        rows = view.rows(
            "SELECT list_sort(list_distinct(flatten(list(host_countries)))) AS hosts FROM visible "
            "WHERE kind = 'exchange' GROUP BY exchange_key ORDER BY 1"
        )
    return [row["hosts"] for row in rows]


def test_two_forms_that_say_e1_are_told_apart_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(form("a", "Kenya", "Uganda"))
    (tmp_path / "b.yaml").write_text(form("b", "Brazil", "Peru"))
    ledger = Ledger(tmp_path / "graph")
    assert ingest(ledger, [str(tmp_path / "a.yaml")]).notes == []
    (note,) = ingest(ledger, [str(tmp_path / "b.yaml")]).notes
    assert "“e1”" in note
    assert "exchange:e1@url:synthetic.example/a, exchange:e1@url:synthetic.example/b" in note
    assert hosts(ledger) == [["BRA"], ["KEN"]]


@pytest.mark.parametrize("host", ["Kenya", "Brazil"])
def test_forms_in_one_file_have_names_of_their_own_as_well(tmp_path: Path, host: str) -> None:
    both = form("a", "Kenya", "Uganda") + "---\n" + form("b", host, "Uganda" if host == "Kenya" else "Peru")
    (tmp_path / "both.yaml").write_text(both)
    ledger = Ledger(tmp_path / "graph")
    notes = ingest(ledger, [str(tmp_path / "both.yaml")]).notes
    assert (len(notes), hosts(ledger)) == ((0, [["KEN"]]) if host == "Kenya" else (1, [["BRA"], ["KEN"]]))


def test_nothing_is_said_of_what_was_not_read_now(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "graph")
    for name, text in (("a", form("a", "Kenya", "Uganda")), ("b", form("b", "Brazil", "Peru"))):
        (tmp_path / f"{name}.yaml").write_text(text)
        ingest(ledger, [str(tmp_path / f"{name}.yaml")])
    (tmp_path / "c.yaml").write_text(form("c", "Chile", "Peru").replace("E1", "E2"))
    assert ingest(ledger, [str(tmp_path / "c.yaml")]).notes == []
    (tmp_path / "d.yaml").write_text(form("d", "Chile", "Peru"))
    assert ingest(ledger, [str(tmp_path / "d.yaml")], Options(dry_run=True)).notes == []


def test_reports_of_the_corpus_still_share_the_exchanges_that_one_of_them_describes(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "graph")
    ingest_corpus(ledger, reports())
    view = View(ledger)
    with closing(view.con):
        assert view.rows("FROM exchange_map") == []
        shared = view.rows(
            "SELECT exchange_key FROM visible WHERE exchange_key IS NOT NULL "
            "GROUP BY exchange_key HAVING count(DISTINCT report) > 1"
        )
    assert {"butabika-east-london", "china-tanzania-malaria-phase2", "kings-sierra-leone"} <= {
        row["exchange_key"] for row in shared
    }
