"""Every row of the analysts' tables is in the corpus, under the report that it cites, with all that it says."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from southerly.corpus import reports
from southerly.graph.names import tidy
from southerly.graph.reports import report_key
from southerly.ingest.reading import Carrier
from southerly.ingest.report_yaml import read_report_yaml

pytestmark = pytest.mark.oracle

Row = dict[str, Any]


def table(data: Path, name: str) -> list[dict[str, str]]:
    with (data / "facts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def dois(data: Path) -> dict[str | None, str]:
    sources = table(data, "reverse_innovations_sources.csv")
    return {report_key(url=s["source_url"]): f"doi:{s['doi'].lower()}" for s in sources if s["doi"]}


@pytest.fixture(scope="module")
def claims() -> list[Row]:
    """Return every claim, with the report's DOI where it has one, and the note out of `extra`."""
    found = []
    for path in sorted(reports().glob("*.yaml")):
        for batch in read_report_yaml(Carrier(path, path.name)):
            same = {r["report"]: r["same_as"] or r["report"] for r in batch.reports.to_pylist()}
            for row in batch.claims.to_pylist():
                row["report"] = same[row["report"]]
                row["note"] = json.loads(row["extra"] or "{}").get("note")
                found.append(row)
    return found


def items(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tidy(item) for item in cell.split(";") if item.strip()))


def known(cell: str) -> str | None:
    return None if cell in ("", "unknown") else tidy(cell)


def picked(rows: Iterator[Row], *names: str) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(tuple(v) if isinstance(v := row[n], list) else (v or None) for n in names) for row in rows)


def missing(wanted: Counter[tuple[Any, ...]], got: Counter[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted((wanted - got).elements(), key=str)


def test_every_adoption_row(data: Path, claims: list[Row], dois: dict[str | None, str]) -> None:
    wanted = Counter(
        (
            dois.get(key := report_key(url=r["source_url"]), key),
            tidy(r["innovation"]),
            known(r["adopter_country"]),
            known(r["adopter_site"]),
            known(r["adoption_year"]),
            known(r["stage"]),
            known(r["source_country"]),
            known(r["channel"]),
            items(r["partners"]) or None,
            known(r["outcome"]),
            known(r["outcome_level"]),
            items(r["enablers"]) or None,
            items(r["barriers"]) or None,
            known(r["confidence"]),
            known(r["note"]),
        )
        for r in table(data, "reverse_innovations.csv")
    )
    got = picked(
        (c for c in claims if c["kind"] == "adoption"),
        *("report", "innovation", "country", "site", "when_said", "stage", "source_country", "channel", "partners"),
        *("outcome", "outcome_level", "enablers", "barriers", "confidence", "note"),
    )
    assert missing(wanted, got) == []


def test_every_origin_and_every_name(data: Path, claims: list[Row], dois: dict[str | None, str]) -> None:
    table_rows = table(data, "reverse_innovations.csv")
    origins = {
        (
            dois.get(key := report_key(url=r["source_url"]), key),
            tidy(r["innovation"]),
            *(known(r[f"origin_{name}"]) for name in ("country", "site", "year")),
        )
        for r in table_rows
        if r["origin_country"] or r["origin_site"] or r["origin_year"]
    }
    got = picked((c for c in claims if c["kind"] == "origin"), "report", "innovation", "country", "site", "when_said")
    assert missing(Counter(origins), got) == []
    names = {(tidy(r["innovation"]), name, r["kind"]) for r in table_rows for name in items(r["aliases"])}
    got = picked((c for c in claims if c["kind"] == "name"), "innovation", "name", "innovation_kind")
    assert names <= set(got)


def test_every_exchange_row(data: Path, claims: list[Row], dois: dict[str | None, str]) -> None:
    wanted = Counter(
        (
            dois.get(key := report_key(url=r["source_url"]), key),
            r["exchange_id"],
            tidy(r["title"].removesuffix(" (seed)")),
            r["exchange_type"],
            "reverse" if r["direction"] == "south-north" else r["direction"],
            known(r["start"]),
            known(r["end"]),
            *(items(r[n]) or None for n in ("host_countries", "visiting_countries", "host_sites", "visiting_sites")),
            *(items(r[n]) or None for n in ("funder", "facilitator", "theme_practices")),
            *(known(r[n]) for n in ("participants_n", "participants_cadre", "debrief", "mission_statement")),
            r["confidence"],
        )
        for r in table(data, "exchanges.csv")
    )
    got = picked(
        (c for c in claims if c["kind"] == "exchange"),
        *("report", "exchange", "title", "exchange_type", "direction", "when_said", "end_said"),
        *("host_countries", "visiting_countries", "host_sites", "visiting_sites", "funders", "facilitators", "shown"),
        *("participants", "cadre", "debrief", "mission", "confidence"),
    )
    assert missing(wanted, got) == []


def test_every_outcome_row(data: Path, claims: list[Row], dois: dict[str | None, str]) -> None:
    wanted = Counter(
        (
            dois.get(key := report_key(url=r["source_url"]), key),
            r["exchange_id"],
            tidy(r["practice"]),
            items(r["adopter_country"]) or None,
            known(r["adopter_site"]),
            known(r["outcome"]),
            known(r["outcome_level"]),
            known(r["outcome_stage"]),
            known(r["metric_value"]),
            known(r["year"]),
            *(items(r[n]) or None for n in ("mechanism", "enabler", "barrier")),
            r["confidence"],
        )
        for r in table(data, "exchange_outcomes.csv")
    )
    got = picked(
        (c for c in claims if c["kind"] == "outcome"),
        *("report", "exchange", "innovation", "countries", "site", "outcome", "outcome_level", "stage", "value"),
        *("when_said", "mechanisms", "enablers", "barriers", "confidence"),
    )
    assert missing(wanted, got) == []


def test_every_source_is_cited_with_its_title(data: Path) -> None:
    said: dict[str, Row] = {}
    for path in sorted(reports().glob("*.yaml")):
        for batch in read_report_yaml(Carrier(path, path.name)):
            for report in batch.reports.to_pylist():
                said |= {key: report for key in (report["report"], report["same_as"]) if key}
    for source in table(data, "reverse_innovations_sources.csv"):
        report = said[str(report_key(url=source["source_url"]))]
        assert report["title"] == tidy(source["title"])
        assert report["publisher"] == known(source["publisher_journal"])
        assert report["year"] in (known(source["year"]), report["year"] if not source["year"] else None)


def test_quotes_are_the_words_of_the_papers(data: Path, claims: list[Row]) -> None:
    words = " ".join(" ".join(p.read_text(encoding="utf-8").split()) for p in sorted((data / "seeds").iterdir()))
    quotes = {row["quote"] for row in claims if row["quote"]}
    assert len(quotes) > 20
    assert [quote for quote in sorted(quotes) if quote not in words] == []
