"""Real IATI files, counted by XPath over the whole tree and compared with what the streaming reader makes of them."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from southerly.ingest.iati import narratives, read_iati
from southerly.ingest.reading import Batch, Carrier
from southerly.ontology.countries import all_countries

pytestmark = pytest.mark.oracle

ROOT = Path(__file__).parents[2]
ACTIVITIES = "/iati-activities/iati-activity"
SAID = "normalize-space(.) != '' and normalize-space(.) != 'n/a'"


def files(data: Path) -> list[Path]:
    found = sorted((data / "data" / "iati").glob("activities*/*.xml"))
    assert len(found) > 10
    return found


def whole(path: Path) -> Any:
    return etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def real(data: Path) -> Iterator[tuple[Path, Any, list[Batch]]]:
    """Yield every file that is well-formed, its tree, and its batches."""
    for path in files(data):
        if path.name != "broken.xml":
            yield path, whole(path), list(read_iati(Carrier(path, path.name)))


def rows(batches: list[Batch], kind: str, *columns: str) -> list[dict[str, Any]]:
    names = ["record", "locator", *columns]
    return [
        {name: row[name] for name in names}
        for batch in batches
        for row in batch.claims.select(["kind", *names]).to_pylist()
        if row["kind"] == kind
    ]


def tidied(values: list[str]) -> list[str | None]:
    """Return the values that say anything: N/A does not."""
    return [words for value in values if (words := " ".join(value.split())) not in ("", "N/A")]


def test_every_activity_indicator_and_result_is_accounted_for(data: Path) -> None:
    total = 0
    for path, tree, batches in real(data):
        count = int(tree.xpath(f"count({ACTIVITIES})"))
        total += count
        assert [n for b in batches for n in b.records.to_pylist()] == list(range(count)), path.name
        assert [p for b in batches for p in b.problems] == [], path.name
        assert [r["record"] for r in rows(batches, "exchange")] == list(range(count)), path.name
        worded = tree.xpath(f"{ACTIVITIES}/result/indicator[title//text()[{SAID}] or ../title//text()[{SAID}]]")
        alone = tree.xpath(f"{ACTIVITIES}/result[not(indicator)][title//text()[{SAID}]]")
        found = rows(batches, "outcome")
        assert len(found) == len(worded) + len(alone), path.name
        places = [tree.xpath(row["locator"]) for row in found]
        assert all(len(place) == 1 for place in places)
        assert {id(place[0]) for place in places} == {id(element) for element in (*worded, *alone)}
    assert total > 1_000


def test_activities_say_what_xpath_finds_in_them(data: Path) -> None:
    iso3 = {country.iso2: country.iso3 for country in all_countries()}
    for path, tree, batches in real(data):
        found = rows(batches, "exchange", "exchange", "title", "when", "countries", "funders", "status")
        unplaced = {n for b in batches for n in b.unplaced.to_pylist()}
        for claim in found:
            (element,) = tree.xpath(claim["locator"])
            identifier = element.xpath("normalize-space(iati-identifier)")
            assert claim["exchange"] == identifier or (not identifier and claim["exchange"].startswith("sha256:"))
            titles = [" ".join(t.split()) for t in element.xpath("title[not(*)]/text() | title/narrative/text()")]
            assert claim["title"] in titles or (claim["title"] is None and not any(titles)), path.name
            own = element.xpath("recipient-country/@code")
            if not own and not element.xpath("recipient-region"):
                own = element.xpath("transaction/recipient-country/@code")
            codes = {iso3[code] for code in own}
            assert set(claim["countries"] or ()) == codes
            assert (claim["record"] in unplaced) is (not codes)
            actual = element.xpath("activity-date[@type='2' or @type='start-actual']")
            if actual:
                assert claim["when"] == (actual[0].get("iso-date") or actual[0].text)[:10]
                assert claim["status"] == "actual"
            funders = element.xpath("participating-org[@role='1' or @role='Funding' or @role='funding']")
            assert len(claim["funders"] or ()) <= len(funders)
            assert bool(claim["funders"]) is bool(funders)


def test_values_of_indicators_are_values_of_the_file(data: Path) -> None:
    seen: Counter[str] = Counter()
    for _, tree, batches in real(data):
        for claim in rows(batches, "outcome", "value", "status", "extra"):
            (element,) = tree.xpath(claim["locator"])
            actual = tidied(element.xpath("period/actual/@value"))
            extra = json.loads(claim["extra"] or "{}")
            assert claim["value"] in actual or (claim["value"] is None and not actual)
            assert extra.get("target") in (tidied(element.xpath("period/target/@value")) or [None])
            baselines = tidied(element.xpath("baseline/@value"))
            assert (extra.get("baseline") or {}).get("value") in (baselines or [None])
            seen[claim["status"]] += 1
    assert seen["actual"] > 500
    assert seen["planned"] > 10


def test_prose_is_all_handed_on(data: Path) -> None:
    for path, tree, _ in real(data):
        described = tree.xpath(
            f"{ACTIVITIES}/description | {ACTIVITIES}/result/description | {ACTIVITIES}/result/indicator/description"
        )
        texts = [t for d in described for t in (d.findall("narrative") or [d])]
        expected = [t for t in texts if t.xpath(SAID)]
        found = list(narratives(path))
        assert len(found) == len(expected), path.name
        for narrative in found:
            (element,) = tree.xpath(narrative.locator)
            assert narrative.words == " ".join("".join(element.itertext()).split())


def test_a_file_that_was_cut_is_refused_clearly(data: Path) -> None:
    path = data / "data" / "iati" / "activities_v1" / "broken.xml"
    (batch,) = read_iati(Carrier(path, path.name))
    (problem,) = batch.problems
    assert problem.record is None
    assert "line 4" in problem.found
    assert len(batch.records) == 0


def test_code_lists_are_those_of_the_standard(data: Path) -> None:
    with (ROOT / "ontology" / "iati_codelists.csv").open(encoding="utf-8", newline="") as lines:
        ours = list(csv.DictReader(lines))
    names = {row["list"] for row in ours}
    theirs = []
    for path in sorted((data / "data" / "iati" / "codelists").glob("*/*.xml")):
        tree = etree.parse(str(path))
        if tree.getroot().get("name") in names:
            for item in tree.iterfind(".//codelist-item"):
                name = item.xpath("string(name/narrative[not(@xml:lang)])")
                withdrawn = "yes" if item.get("status") == "withdrawn" else ""
                theirs.append((tree.getroot().get("name"), item.findtext("code"), " ".join(name.split()), withdrawn))
    assert sorted(tuple(row.values()) for row in ours) == sorted(theirs)
