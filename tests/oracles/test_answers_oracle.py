"""Answers from real reports, against what a person reads in the table and what the csv module counts in it."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.names import name_key
from southerly.graph.reports import report_key
from southerly.graph.sites import site_key
from southerly.graph.staging import Staging
from southerly.graph.view import View
from southerly.ingest.native import read_native
from southerly.ingest.reading import Carrier
from southerly.queries.conflicts import conflicts
from southerly.queries.discover import Wanted, discover
from southerly.queries.outcomes import DIMENSIONS, outcomes
from southerly.queries.spread import spread
from southerly.queries.stats import stats
from southerly.queries.trace import trace
from southerly.queries.why import why

pytestmark = pytest.mark.oracle

TABLES = ("reverse_innovations.csv", "reverse_innovations_sources.csv", "exchanges.csv", "exchange_outcomes.csv")


def facts() -> Path:
    return Path(os.environ["SOUTHERLY_DATA"]) / "facts"


def read(tmp: Path, tables: tuple[str, ...]) -> Identity:
    staging = Staging()
    for table in tables:
        staging.add_carrier(table)
        for batch in read_native(Carrier(facts() / table, table)):
            staging.add(table, batch)
    ledger = Ledger(tmp / "graph")
    ledger.commit(staging, what="ingest")
    staging.con.close()
    return Identity(View(ledger))


@pytest.fixture(scope="module")
def known(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Identity]:
    """Return a graph of the innovations table alone."""
    opened = read(tmp_path_factory.mktemp("innovations"), TABLES[:1])
    yield opened
    opened.view.con.close()


@pytest.fixture(scope="module")
def whole(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Identity]:
    """Return a graph of all four tables."""
    opened = read(tmp_path_factory.mktemp("whole"), TABLES)
    yield opened
    opened.view.con.close()


def table(name: str) -> list[dict[str, str]]:
    with (facts() / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def listed(cell: str) -> set[str]:
    return {part.strip() for part in cell.split(";") if part.strip()}


def by_country(answer: Any) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for adoption in answer.data["adoptions"]:
        found[adoption["country"]].append(adoption)
    return found


def test_kangaroo_care(known: Identity) -> None:
    answer = spread(known, "kangaroo care")
    assert answer.data["innovation"]["label"] == "Kangaroo mother care"
    found = by_country(answer)
    abroad = {"BRA", "VNM", "ZWE", "ZAF", "IDN", "IND", "PHL", "ETH", "MEX", "USA"}
    assert set(answer.data["countries"]) == abroad | {"COL"}
    assert not any(a["domestic"] for c in abroad for a in found[c])
    assert all(a["domestic"] and {s["country"] for s in a["learned_from"]} <= {"COL"} for a in found["COL"])
    assert {a["stage"] for a in found["GBR"]} == {"considered"}
    assert {(s["country"], s["basis"]) for a in found["ZAF"] for s in a["learned_from"]} == {("ZWE", "stated")}
    # More reports say Colombia than Zimbabwe, so Zimbabwe's own adoption came from abroad.
    assert {(s["country"], s["basis"]) for a in found["ZWE"] for s in a["learned_from"]} == {("COL", "assumed")}
    assert {a["when"] for a in found["ETH"]} == {"[..1996]"}
    assert {a["when"] for a in found["IDN"]} == {"199X"}


def test_each_adoption_of_kangaroo_care_leads_to_its_report(known: Identity) -> None:
    rows = [r for r in table(TABLES[0]) if r["innovation"] == "Kangaroo mother care"]
    for adoption in spread(known, "kangaroo care").data["adoptions"]:
        told = [c for c in why(known, adoption["id"]).data["claims"] if c["id"] in adoption["claims"]]
        key = site_key(adoption["site"], adoption["country"])
        wanted = {
            report_key(url=r["source_url"])
            for r in rows
            if r["adopter_country"] == adoption["country"] and site_key(r["adopter_site"], r["adopter_country"]) == key
        }
        assert wanted
        assert {c["report"]["id"] for c in told} == wanted
        assert all(c["locator"] and c["carrier"] == TABLES[0] for c in told)


def test_one_route_from_china_to_the_united_states(known: Identity) -> None:
    answer = trace(known, "Community-oriented primary care", source="China", target="USA")
    (route,) = answer.data["routes"]
    assert route["countries"] == ["CHN", "ZAF", "USA"]
    assert [h["basis"] for h in route["hops"]] == ["stated", "stated"]
    assert (answer.data["more"], route["time_respecting"]) == (0, True)
    for hop in route["hops"]:
        for claim in hop["claims"]:
            assert why(known, claim).data["claims"][0]["report"]["url"].startswith("http")


def test_no_report_states_a_way_of_dhis2_from_south_africa_to_norway(known: Identity) -> None:
    assert trace(known, "DHIS2", source="ZAF", target="NOR", bases=("stated",)).data["routes"] == []


def test_reports_disagree_on_when_the_friendship_bench_began(known: Identity) -> None:
    (conflict,) = [c for c in conflicts(known, "Friendship Bench").data if c["field"] == "origin.when"]
    rows = [r for r in table(TABLES[0]) if r["innovation"] == "Friendship Bench" and r["origin_year"]]
    wanted = defaultdict(set)
    for row in rows:
        wanted[row["origin_year"]].add(report_key(url=row["source_url"]))
    assert {v["value"]: {r["id"] for r in v["reports"]} for v in conflict["values"]} == wanted
    assert set(wanted) == {"2006", "2007", "2019"}
    assert all(r["url"] and r["title"] for v in conflict["values"] for r in v["reports"])


def test_the_spread_of_every_innovation_is_what_the_csv_module_counts(known: Identity) -> None:
    groups = defaultdict(list)
    for row in table(TABLES[0]):
        groups[known.by_key[name_key(row["innovation"])]].append(row)
    assert set(groups) == set(known.innovations)
    for id_, rows in groups.items():
        adopted, reports = defaultdict(set), defaultdict(set)
        for row in rows:
            if row["adopter_country"]:
                place = row["adopter_country"], site_key(row["adopter_site"], row["adopter_country"])
                adopted[place].add(row["stage"])
                reports[place].add(report_key(url=row["source_url"]))
        answer = spread(known, id_)
        assert answer.data["countries"] == sorted({c for (c, _), stages in adopted.items() if stages != {"considered"}})
        assert {(a["country"], site_key(a["site"], a["country"])): a["reports"] for a in answer.data["adoptions"]} == {
            place: len(found) for place, found in reports.items()
        }
        for a in answer.data["adoptions"]:
            stages = adopted[a["country"], site_key(a["site"], a["country"])]
            assert a["stage"] in (stages - {"considered"} or stages)
        origins = defaultdict(set)
        for row in rows:
            if row["origin_country"]:
                origins[row["origin_country"]].add(report_key(url=row["source_url"]))
        assert {o["country"]: o["reports"] for o in answer.data["origins"] if o["country"]} == {
            c: len(found) for c, found in origins.items()
        }


def test_stated_transfers_are_the_rows_that_name_a_source_abroad(known: Identity) -> None:
    stated, considered = set(), defaultdict(set)
    for row in table(TABLES[0]):
        place = (
            known.by_key[name_key(row["innovation"])],
            row["adopter_country"],
            site_key(row["adopter_site"], row["adopter_country"]),
        )
        considered[place].add(row["stage"] == "considered")
        if row["source_country"] and row["adopter_country"] not in ("", row["source_country"]):
            stated.add((*place, row["source_country"]))
    counted = {s for s in stated if considered[s[:3]] != {True}}
    assert stats(known).data["transfers"]["stated"] == len(counted)


def test_what_crossed_to_rich_countries_is_among_what_the_table_says(known: Identity) -> None:
    rows = table(TABLES[0])
    for found in discover(known, Wanted("LMIC", "H")).data:
        assert {o["income_group"] for o in found["origins"]} != {"H"}  # null where it was one of several poor groups
        own = [r for r in rows if known.by_key[name_key(r["innovation"])] == found["innovation"]["id"]]
        assert {a["country"] for a in found["adopters"]} <= {r["adopter_country"] for r in own}
        assert {a["income_group"] for a in found["adopters"]} == {"H"}
        assert found["reports"] == len({report_key(url=r["source_url"]) for r in own})


@pytest.mark.parametrize("by", [None, *DIMENSIONS])
def test_outcomes_are_the_rows_of_the_table_however_they_are_grouped(whole: Identity, by: str | None) -> None:
    rows = table(TABLES[3])
    answer = outcomes(whole, by=by)
    assert any(note.startswith(f"In all {len(rows)} distinct outcomes") for note in answer.notes)
    assert sum(g["outcomes"] for g in answer.data) >= len(rows)


def test_outcomes_by_country_are_what_the_csv_module_counts(whole: Identity) -> None:
    wanted: dict[str | None, int] = defaultdict(int)
    for row in table(TABLES[3]):
        for country in listed(row["adopter_country"]) or [None]:
            wanted[country] += 1
    found = {g["group"] and g["group"]["country"]: g["outcomes"] for g in outcomes(whole, by="country").data}
    assert found == wanted


def test_counts_of_the_whole(whole: Identity) -> None:
    data = stats(whole).data
    assert data["claims"]["exchange"] == len(table(TABLES[2]))
    assert data["claims"]["outcome"] == len(table(TABLES[3]))
    assert data["conflicts"] == len(conflicts(whole).data)
