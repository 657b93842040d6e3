"""`stats`: counts that agree with a count by hand and with the other questions."""

from __future__ import annotations

from typing import Any

from southerly.queries.flows import flows
from southerly.queries.stats import stats

CUP, BAND = "Synthetic cup", "Synthetic band"


def test_counts_by_hand(graph_of: Any, say: Any, known: Any) -> None:
    rows = [
        say.origin(CUP, "BRA", "1980", "a"),
        say.adoption(CUP, "BRA", "1980", "a"),  # domestic
        say.adoption(
            CUP, "KEN", "1990", "a", site="Alpha Hospital", source_country="BRA", source_site="Gamma Hospital"
        ),
        say.adoption(
            CUP, "KEN", "1990", "b", site="Alpha Hospital", source_country="BRA", source_site="Delta Hospital"
        ),
        say.adoption(CUP, "KEN", "1991", "b", site="tertiary hospitals"),
        say.adoption(CUP, "UGA", "2000", "b", stage="considered", site="Beta Hospital"),
        say.adoption(BAND, "ZAF", "2001", "b"),
        say.exchange("synthetic tour", ["IND"], ["ZAF"], "2000", shown=[BAND]),
        say.outcome("synthetic tour", "Synthetic outcome"),
        say.named(CUP, "Synthetic beaker"),
        say.adoption("Synthetic plan", "ZMB", "2001", "c", status="planned"),
        say.adoption(CUP, None, None, "d", country_said="Africa"),
    ]
    data = stats(known(graph_of(rows))).data
    assert data == {
        "revision": 1,
        "reports": 3,
        "claims": {"origin": 1, "adoption": 7, "exchange": 1, "outcome": 1, "name": 1},
        "innovations": 2,
        "adoptions": 5,
        "transfers": {"stated": 1, "inferred": 1, "assumed": 1},
        "countries": 3,
        "sites": 2,
        "conflicts": 0,
    }


def test_transfers_are_those_of_flows(graph_of: Any, say: Any, known: Any) -> None:
    rows = [
        say.origin(CUP, "BRA"),
        say.adoption(CUP, "KEN", source_country="IND", source_site="Alpha Hospital"),
        say.adoption(CUP, "KEN", report="b", source_country="IND", source_site="Beta Hospital"),
        say.adoption(CUP, "KEN", report="c", source_country="ZAF"),
        say.adoption(CUP, "UGA"),
    ]
    opened = known(graph_of(rows))
    counted = stats(opened).data["transfers"]
    found = flows(opened).data
    assert sum(f["transfers"] for f in found) == sum(counted.values()) == 3
    assert sum(f["stated"] for f in found) == counted["stated"] == 2
