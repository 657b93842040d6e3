"""IATI activity files: every trap that real ones have, in small synthetic files."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.ingest.formats import reader_for
from southerly.ingest.iati import is_iati, narratives, read_iati
from southerly.ingest.reading import Batch, Carrier

Claim = dict[str, Any]

#: One synthetic activity in the words of 2.03, with everything that claims take from one.
FULL = """
<iati-activity xml:lang="fr" last-updated-datetime="2021-05-06T07:08:09Z">
  <iati-identifier> XX-SYN-1 </iati-identifier>
  <reporting-org ref="XX-SYN" type="22"><narrative>Synthetic Reporter</narrative></reporting-org>
  <title>
    <narrative>Échange synthétique</narrative>
    <narrative xml:lang="en-GB">Synthetic exchange</narrative>
    <narrative xml:lang="pt">Intercâmbio sintético</narrative>
  </title>
  <description type="1"><narrative xml:lang="en">Nurses compare
      wards.</narrative><narrative>Des infirmières comparent.</narrative></description>
  <description type="2"><narrative>Apprendre ensemble.</narrative></description>
  <participating-org ref="BR-CNPJ-1" role="1" type="10"><narrative>Synthetic Funder</narrative></participating-org>
  <participating-org role="4" type="22"><narrative>Synthetic Doer</narrative></participating-org>
  <participating-org ref="MZ-NUIT-2" role="2"><narrative>Synthetic Overseer</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2019-01-01"/>
  <activity-date type="2" iso-date="2019-02-03Z"/>
  <activity-date type="3" iso-date="2022-12-31"/>
  <contact-info><person-name><narrative>Synthetic Person</narrative></person-name></contact-info>
  <activity-scope code="4"/>
  <recipient-country code="MZ" percentage="60"/>
  <recipient-country code="AO" percentage="40"><narrative>Angola</narrative></recipient-country>
  <sector vocabulary="1" code="12261" percentage="100"/>
  <sector vocabulary="99" code="S1"><narrative>Synthetic sector</narrative></sector>
  <collaboration-type code="1"/>
  <related-activity ref="XX-SYN-2" type="1"/>
</iati-activity>
"""


def document(*activities: str, version: str = "2.03", attributes: str = "") -> str:
    return f'<iati-activities version="{version}"{attributes}>{"".join(activities)}</iati-activities>'


def activity(*parts: str, identifier: str = "XX-SYN-9", attributes: str = "") -> str:
    name = f"<iati-identifier>{identifier}</iati-identifier>" if identifier else ""
    return f"<iati-activity{attributes}>{name}{''.join(parts)}</iati-activity>"


def read(path: Path, content: str | bytes) -> Batch:
    path = path / "synthetic.xml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (batch,) = read_iati(Carrier(path, path.name))
    return batch


def claims(batch: Batch, kind: str = "exchange") -> list[Claim]:
    return [said(row) for row in batch.claims.to_pylist() if row["kind"] == kind]


def said(row: Claim) -> Claim:
    """Return the columns that say something, `extra` unpacked."""
    kept = {name: value for name, value in row.items() if value not in (None, [])}
    return kept | {"extra": json.loads(row["extra"] or "{}")}


def one(tmp_path: Path, *parts: str, version: str = "2.03") -> Claim:
    """Return the exchange claim of a file with one activity that has some parts."""
    batch = read(tmp_path, document(activity(*parts), version=version))
    assert batch.problems == ()
    (claim,) = claims(batch)
    return claim


def told(batch: Batch) -> list[str]:
    return [note.text for note in batch.notes]


def test_an_activity_is_an_exchange_claim(tmp_path: Path) -> None:
    batch = read(tmp_path, document(FULL))
    assert batch.problems == ()
    assert batch.unplaced.to_pylist() == []
    (claim,) = claims(batch)
    extra = claim.pop("extra")
    days = {name: str(claim.pop(name)) for name in ("earliest", "latest", "end_earliest", "end_latest")}
    assert claim == {
        "record": 0,
        "report": "iati:XX-SYN-1",
        "kind": "exchange",
        "status": "actual",
        "review": "accepted",
        "method": "table",
        "locator": "/iati-activities/iati-activity[1]",
        "exchange": "XX-SYN-1",
        "title": "Synthetic exchange",
        "quote": "Nurses compare wards.",
        "mission": "Apprendre ensemble.",
        "when_said": "2019-02-03Z",
        "when": "2019-02-03",
        "end_said": "2022-12-31",
        "end": "2022-12-31",
        "countries": ["MOZ", "AGO"],
        "funders": ["Synthetic Funder"],
        "facilitators": ["Synthetic Doer"],
        "direction": "south-south",
    }
    assert days == {
        "earliest": "2019-02-03",
        "latest": "2019-02-03",
        "end_earliest": "2022-12-31",
        "end_latest": "2022-12-31",
    }
    assert extra["title_in_other_languages"] == {"fr": "Échange synthétique", "pt": "Intercâmbio sintético"}
    assert extra["language"] == "en-gb"
    assert extra["activity_status"] == {"code": "2", "name": "Implementation"}
    assert "start_is" not in extra
    assert extra["end_is"] == "planned"
    assert extra["dates"]["start (planned)"] == "2019-01-01"
    assert extra["recipients"] == [
        {"country": "MOZ", "code": "MZ", "percentage": "60"},
        {"country": "AGO", "code": "AO", "name": "Angola", "percentage": "40"},
    ]
    assert extra["sectors"] == [
        {"code": "12261", "vocabulary": "1", "name": "Health education", "percentage": "100"},
        {"code": "S1", "vocabulary": "99", "name": "Synthetic sector"},
    ]
    assert extra["collaboration_type"] == {"code": "1", "name": "Bilateral"}
    assert extra["related"] == [{"ref": "XX-SYN-2", "type": "parent"}]
    assert extra["scope"] == {"code": "4", "name": "National"}
    assert [(o["name"], o["role"]) for o in extra["organisations"]] == [
        ("Synthetic Funder", "funding"),
        ("Synthetic Doer", "implementing"),
        ("Synthetic Overseer", "accountable"),
    ]
    assert "Person" not in json.dumps(batch.claims.to_pylist(), default=str)  # people are not stored
    (report,) = batch.reports.to_pylist()
    assert {k: v for k, v in report.items() if v} == {
        "report": "iati:XX-SYN-1",
        "title": "Synthetic exchange",
        "publisher": "Synthetic Reporter",
        "year": "2021",
        "note": "IATI activity",
    }


def test_version_1_says_it_in_texts_and_words(tmp_path: Path) -> None:
    claim = one(
        tmp_path,
        "<title>Synthetic link</title><title xml:lang='es'>Enlace</title>",
        "<description>What it is.</description>",
        "<participating-org role='Funding' ref='GB' type='10'>UNITED KINGDOM</participating-org>",
        "<participating-org role='implementing'>Synthetic Doer</participating-org>",
        "<participating-org role='Extending'>Synthetic Extender</participating-org>",
        "<participating-org role='un-synthetic' ref=''/>",
        "<activity-date type='start-planned'>2004-01-01</activity-date>",
        "<activity-date type='start-actual' iso-date='2005-02-02'>early 2005</activity-date>",
        "<activity-date type='end-actual'>2008</activity-date>",
        "<activity-status>Post-completion</activity-status>",
        "<recipient-country code='cd'>Congo, Dem Rep</recipient-country>",
        "<sector vocab='DAC' code='12220'>Basic health care</sector>",
        "<sector type='cluster' ref='1647'>CLUSTER</sector>",
        "<other-identifier owner-ref='X'>S-77</other-identifier>",
        version="1.01",
    )
    extra = claim["extra"]
    assert (claim["title"], claim["quote"]) == ("Synthetic link", "What it is.")
    assert (claim["funders"], claim["facilitators"]) == (["UNITED KINGDOM"], ["Synthetic Doer"])
    assert (claim["when"], claim["end"], claim["status"]) == ("2005-02-02", "2008", "actual")
    assert extra["activity_status"] == {"code": "4", "name": "Closed"}
    assert claim["countries"] == ["COD"]
    assert extra["sectors"] == [
        {"code": "12220", "vocabulary": "DAC", "name": "Basic health care"},
        {"code": "1647", "vocabulary": "cluster", "name": "CLUSTER"},
    ]
    assert extra["other_identifiers"] == ["S-77"]
    assert [o["role"] for o in extra["organisations"]] == ["funding", "implementing", "extending"]
    assert extra["title_in_other_languages"] == {"es": "Enlace"}


@pytest.mark.parametrize(
    ("status", "dates", "expected", "start_is"),
    [
        ("1", {"1": "2030-01-01"}, "planned", "planned"),
        ("1", {"1": "2019-01-01", "2": "2019-02-01"}, "actual", None),
        ("1", {}, "planned", None),
        ("2", {"1": "2019-01-01"}, "actual", "planned"),
        ("5", {"1": "2019-01-01"}, "negated", "planned"),
        ("5", {"2": "2019-01-01"}, "actual", None),
        ("6", {"1": "2019-01-01"}, "planned", "planned"),
        ("", {"1": "2019-01-01"}, "planned", "planned"),
        ("", {"start": "2019-01-01"}, "actual", "not said"),
        ("", {}, "actual", None),
        ("77", {}, "actual", None),
    ],
)
def test_what_was_only_planned_is_not_said_to_have_happened(
    status: str, dates: dict[str, str], expected: str, start_is: str | None, tmp_path: Path
) -> None:
    said_dates = (f"<activity-date type='{kind}' iso-date='{day}'/>" for kind, day in dates.items())
    claim = one(tmp_path, f"<activity-status code='{status}'/>" if status else "", *said_dates)
    assert claim["status"] == expected
    assert claim["extra"].get("start_is") == start_is


def test_countries_and_sectors_that_stand_on_transactions_alone_are_used(tmp_path: Path) -> None:
    transactions = [
        "<transaction><recipient-country code='KE'/><sector code='12220'/></transaction>",
        "<transaction><recipient-country code='UG'/><sector code='12220'/></transaction>",
        "<transaction><recipient-country code='KE'/></transaction>",
    ]
    claim = one(tmp_path, *transactions)
    assert claim["countries"] == ["KEN", "UGA"]
    assert [s["code"] for s in claim["extra"]["sectors"]] == ["12220"]
    assert claim["extra"]["stands_on_transactions"] == ["recipients", "sectors"]
    claim = one(tmp_path, "<recipient-country code='TZ'/>", *transactions)
    assert claim["countries"] == ["TZA"]
    assert claim["extra"]["stands_on_transactions"] == ["sectors"]


def test_a_region_is_kept_as_said_and_places_nothing(tmp_path: Path) -> None:
    regions = "<recipient-region code='298'/><recipient-region vocabulary='99' code='S'><narrative>Coast</narrative>"
    batch = read(tmp_path, document(activity(f"{regions}</recipient-region>"), activity("<title>None</title>")))
    first, second = claims(batch)
    assert first["country_said"] == "Africa, regional; Coast"
    assert "countries" not in first
    assert "country_said" not in second
    assert batch.unplaced.to_pylist() == [0, 1]


def org(role: str, ref: str = "", name: str = "Synthetic", kind: str = "10") -> str:
    return (
        f"<participating-org role='{role}' ref='{ref}' type='{kind}'><narrative>{name}</narrative></participating-org>"
    )


@pytest.mark.parametrize(
    ("parts", "direction"),
    [
        ([org("1", "BR-1"), "<recipient-country code='MZ'/>"], "south-south"),
        ([org("1", name="Brazil"), "<recipient-country code='MZ'/>"], "south-south"),
        ([org("1", "BR-1"), org("4", "MZ-2"), "<recipient-country code='MZ'/>"], "south-south"),
        ([org("1", "BR-1"), "<recipient-country code='BR'/>"], None),  # at home
        ([org("1", "GB-1"), "<recipient-country code='MZ'/>"], None),  # money from the North tells of no learning
        ([org("1", "BR-1"), org("4", "GB-2"), "<recipient-country code='MZ'/>"], None),
        ([org("1", "BR-1"), org("3", "XM-DAC-9", kind="40"), "<recipient-country code='MZ'/>"], None),
        ([org("1", "BR-1"), org("1"), "<recipient-country code='MZ'/>"], None),  # a funder of no known country
        ([org("1", "BR-1"), "<recipient-country code='MZ'/><recipient-region code='298'/>"], None),
        ([org("4", "BR-1"), "<recipient-country code='MZ'/>"], None),  # nobody says who pays
        ([org("1", "BR-1"), "<recipient-country code='JP'/>"], None),
        ([org("1", "BR-1")], None),
        (["<collaboration-type code='8'/>", "<recipient-country code='MZ'/>"], "triangular"),
    ],
)
def test_south_south_is_inferred_only_from_countries_that_are_certain(
    parts: list[str], direction: str | None, tmp_path: Path
) -> None:
    claim = one(tmp_path, *parts, "<activity-date type='2' iso-date='2015-01-01'/>")
    assert claim.get("direction") == direction
    assert claim.get("exchange_type") == ("triangular cooperation" if direction == "triangular" else None)
    inferred = claim["extra"].get("direction")
    assert (inferred or {}).get("basis") == ("inferred" if direction == "south-south" else None)


def test_income_groups_of_the_time_decide_what_is_the_south(tmp_path: Path) -> None:
    parts = [org("1", "KR-1"), "<recipient-country code='VN'/>"]
    assert one(tmp_path, *parts, "<activity-date type='2' iso-date='1989-01-01'/>")["direction"] == "south-south"
    assert "direction" not in one(tmp_path, *parts, "<activity-date type='2' iso-date='2015-01-01'/>")
    assert "direction" not in one(tmp_path, *parts)  # no date: Korea was both


RESULTS = """
<title><narrative>T</narrative></title><recipient-country code="MZ"/><activity-date type="2" iso-date="2019-01-01"/>
<result type="1"><title><narrative>Wards</narrative></title>
  <description><narrative>Of the district.</narrative></description>
  <indicator measure="2"><title><narrative>Wards that compare</narrative></title>
    <description><narrative>Counted yearly.</narrative></description>
    <reference vocabulary="99" code="S.1"/>
    <baseline year="2018" value="5"><comment><narrative>guess</narrative></comment></baseline>
    <period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
      <target value="20"/><actual value="18"/></period>
    <period><period-start iso-date="2019-01-01"/><period-end iso-date="2019-12-31"/>
      <target value="10"/><actual value="9"/></period>
    <period><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/><target value="30"/></period>
  </indicator>
  <indicator measure="1"><title><narrative>Wards opened</narrative></title>
    <period><period-start iso-date="2021-01-01"/><period-end iso-date="2020-12-31"/><target value="3"/></period>
  </indicator>
</result>
<result type="2"><title><narrative>Nurses are heard</narrative></title></result>
<result type="1"><title><narrative>Beds</narrative></title>
  <indicator measure="1"><title><narrative>Beds</narrative></title>
  <baseline value="0"/><period><actual value="0"/></period></indicator></result>
<result type="9"><indicator measure="5"><title><narrative>By sex</narrative></title>
  <period><actual value="4"><dimension name="sex" value="f"/></actual>
  <actual value="5"><dimension name="sex" value="m"/></actual></period></indicator></result>
<result><indicator/></result>
"""


def test_results_and_indicators_are_outcomes(tmp_path: Path) -> None:
    batch = read(tmp_path, document(activity(RESULTS)))
    assert batch.problems == ()
    measured, aimed, told_only, none, split = claims(batch, "outcome")
    within = "/iati-activities/iati-activity[1]"
    assert [c["locator"] for c in (measured, aimed, told_only)] == [
        f"{within}/result[1]/indicator[1]",
        f"{within}/result[1]/indicator[2]",
        f"{within}/result[2]",
    ]
    assert {c["exchange"] for c in (measured, aimed, told_only, none, split)} == {"XX-SYN-9"}
    assert measured["outcome"] == "Wards: Wards that compare"
    assert (measured["metric"], measured["value"], measured["unit"]) == ("Wards that compare", "18", "%")
    assert (measured["status"], measured["stage"], measured["quote"]) == ("actual", "output", "Counted yearly.")
    assert (measured["when_said"], measured["when"]) == ("2020-01-01/2020-12-31", "2020")
    assert measured["countries"] == ["MOZ"]
    assert measured["extra"]["baseline"] == {"value": "5", "comment": "guess", "year": "2018"}
    assert measured["extra"]["target"] == "20"
    assert [p["target"][0]["value"] for p in measured["extra"]["periods"]] == ["10", "20", "30"]
    assert measured["extra"]["references"] == [{"vocabulary": "99", "code": "S.1"}]
    # Aimed at and not found: planned, and what is aimed at is no value. Its period ends before it begins.
    assert (aimed["status"], aimed["stage"], aimed["extra"]["target"]) == ("planned", "intended", "3")
    assert "value" not in aimed
    assert (aimed["when_said"], aimed.get("when")) == ("2021-01-01/2020-12-31", None)
    assert aimed["quote"] == "Of the district."
    assert (told_only["outcome"], told_only["status"]) == ("Nurses are heard", "actual")
    assert "metric" not in told_only
    # Nothing of a product is no output yet.
    assert (none["outcome"], none["value"], none.get("stage")) == ("Beds", "0", None)
    assert "value" not in split
    assert [a["dimensions"] for a in split["extra"]["periods"][0]["actual"]] == [{"sex": "f"}, {"sex": "m"}]
    assert "results and indicators that have no words make no outcome" in told(batch)


def test_results_of_a_planned_activity_are_planned(tmp_path: Path) -> None:
    results = RESULTS.replace('type="2" iso-date="2019', 'type="1" iso-date="2019')
    batch = read(tmp_path, document(activity(results, "<activity-status code='1'/>")))
    assert {c["status"] for c in claims(batch, "outcome")} == {"planned"}


def test_one_identifier_twice_is_one_report_with_two_claims(tmp_path: Path) -> None:
    batch = read(tmp_path, document(activity("<title>A</title>"), activity("<title>B</title>")))
    assert [c["title"] for c in claims(batch)] == ["A", "B"]
    assert {c["report"] for c in claims(batch)} == {"iati:XX-SYN-9"}
    assert any("share an iati-identifier" in text for text in told(batch))


def test_an_activity_without_identifier_is_known_by_its_content(tmp_path: Path) -> None:
    bare = activity("<title a='1' b='2'>A</title>", identifier="")
    same = activity('<title  b="2" a="1">A</title>', identifier="")
    batch = read(tmp_path, document(bare, activity("<title>B</title>", identifier=" ")))
    again = read(tmp_path, document(activity("<title>C</title>"), same))
    first, second = (c["report"] for c in claims(batch))
    assert first.startswith("sha256:")
    assert first != second
    assert claims(again)[1]["report"] == first  # wherever it stands, however it is written
    assert any("known by a hash" in text and note.count == 2 for note in batch.notes for text in [note.text])


def test_foreign_elements_and_nested_ones_are_no_activities(tmp_path: Path) -> None:
    foreign = "<x:registry-record xmlns:x='urn:synthetic' title='n'/><x:iati-activity xmlns:x='urn:synthetic'/>"
    nested = activity("<title>A</title><x:z xmlns:x='urn:s'>", activity(identifier="IN"), "</x:z>")
    batch = read(tmp_path, document(foreign, nested, "<group>", activity(), "</group>", activity("<title>B</title>")))
    assert [(c["title"], c["locator"]) for c in claims(batch)] == [
        ("A", "/iati-activities/iati-activity[1]"),
        ("B", "/iati-activities/iati-activity[2]"),
    ]


def test_codes_that_are_withdrawn_or_unknown_are_kept_and_told(tmp_path: Path) -> None:
    parts = "<recipient-country code='AN'/><sector code='23010'/><sector code='1'/><collaboration-type code='5'/>"
    batch = read(tmp_path, document(activity(parts), activity(parts, identifier="XX-SYN-8")))
    claim = claims(batch)[0]
    assert claim["countries"] == ["ANT"]
    assert claim["extra"]["sectors"][0]["name"] == "Energy policy and administrative management"
    assert claim["extra"]["collaboration_type"] == {"code": "5"}
    assert sorted((n.text.split(" and")[0].split(" in ")[0], n.count) for n in batch.notes) == [
        ("collaboration-type 5 is not", 2),
        ("country AN is a state that is no more,", 2),
        ("sector 1 is not", 2),
        ("sector 23010 was withdrawn from its code list", 2),
    ]


def test_a_country_is_known_by_its_name_where_the_code_is_not(tmp_path: Path) -> None:
    assert one(tmp_path, "<recipient-country code='?'>Kenya</recipient-country>")["countries"] == ["KEN"]
    assert one(tmp_path, "<recipient-country code='KEN'/>")["countries"] == ["KEN"]
    assert "countries" not in one(tmp_path, "<recipient-country code='' />")


BAD = {
    "a country": ("\n<recipient-country code='MZ'/>\n<recipient-country code='QQ'/>", "recipient-country[2]", "QQ"),
    "a date": ("\n\n<activity-date type='2' iso-date='2010-02-30'/>", "activity-date[1]", "2010-02-30"),
    "a code": (f"\n\n<sector code='{'9' * 501}'/>", "sector[1]", "501 characters"),
    "a text": (f"\n\n<title><narrative>{'x' * 1_000_001}</narrative></title>", "narrative[1]", "1,000,001 characters"),
    "an identifier": (f"\n\n<iati-identifier>{'i' * 501}</iati-identifier>", "iati-identifier[1]", "501 characters"),
}


@pytest.mark.parametrize(("part", "place", "found"), BAD.values(), ids=BAD)
def test_a_bad_activity_is_set_aside_whole_with_its_place(part: str, place: str, found: str, tmp_path: Path) -> None:
    bad = activity(part, identifier="" if "identifier" in part else "XX-SYN-BAD")
    batch = read(tmp_path, document(activity("<title>A</title>"), bad, activity("<title>B</title>")))
    (problem,) = batch.problems
    assert problem.record == 1
    assert problem.locator.startswith("/iati-activities/iati-activity[2]/")
    assert problem.locator.endswith(f"{place} (line 3)")
    assert found in problem.found
    assert len(problem.found) < 200
    assert problem.expected
    assert problem.hint
    assert batch.records.to_pylist() == [0, 1, 2]
    assert [c["record"] for c in claims(batch)] == [0, 2]
    assert batch.reports["record"].to_pylist() == [0, 2]


def test_an_activity_that_says_nothing_is_set_aside(tmp_path: Path) -> None:
    batch = read(tmp_path, document("<iati-activity/>"))
    (problem,) = batch.problems
    assert (problem.record, problem.locator) == (0, "/iati-activities/iati-activity[1] (line 1)")


def test_a_period_that_has_no_date_is_kept_in_words(tmp_path: Path) -> None:
    result = "<result><title><narrative>R</narrative></title><indicator><title><narrative>I</narrative></title><period>"
    period = "<period-start iso-date='2010-99-99'/><period-end iso-date='2010-12-31'/><actual value='1'/></period>"
    batch = read(tmp_path, document(activity(f"{result}{period}</indicator></result>")))
    (claim,) = claims(batch, "outcome")
    assert (claim["when_said"], claim["when"]) == ("2010-99-99/2010-12-31", "[..2010]")
    assert told(batch) == ["period date kept in words: “2010-99-99”"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("declared", [True, False])
def test_encodings_are_found_out_or_declared(encoding: str, declared: bool, tmp_path: Path) -> None:
    name = encoding.removesuffix("-sig")
    text = document(activity("<title>Intercâmbio sintético</title>"))
    content = f'<?xml version="1.0" encoding="{name}"?>\n{text}' if declared else text
    batch = read(tmp_path, content.encode(encoding))
    if encoding == "windows-1252" and not declared:
        assert "declare the encoding" in batch.problems[0].found
    else:
        assert claims(batch)[0]["title"] == "Intercâmbio sintético"


def test_languages_are_inherited(tmp_path: Path) -> None:
    described = "<description><narrative>a</narrative><narrative xml:lang='EN'>b</narrative></description>"
    parts = (
        f"{described}<result xml:lang='es'><description><narrative>c</narrative></description>"
        "<indicator><description xml:lang=''><narrative>d</narrative></description></indicator></result>"
    )
    path = tmp_path / "synthetic.xml"
    path.write_text(document(activity(parts), activity("<description>e</description>", attributes=" xml:lang='pt'")))
    path.write_text(path.read_text().replace("<iati-activities", "<iati-activities xml:lang='fr'", 1))
    first = "/iati-activities/iati-activity[1]"
    assert [tuple(n) for n in narratives(path)] == [
        ("iati:XX-SYN-9", f"{first}/description[1]/narrative[1]", "fr", "a"),
        ("iati:XX-SYN-9", f"{first}/description[1]/narrative[2]", "en", "b"),
        ("iati:XX-SYN-9", f"{first}/result[1]/description[1]/narrative[1]", "es", "c"),
        ("iati:XX-SYN-9", f"{first}/result[1]/indicator[1]/description[1]/narrative[1]", None, "d"),
        ("iati:XX-SYN-9", "/iati-activities/iati-activity[2]/description[1]", "pt", "e"),
    ]


def test_what_came_before_a_break_is_kept_and_the_break_told(tmp_path: Path) -> None:
    whole = document(activity("<title>A</title>"), activity("<title>B</title>"), activity("<title>C</title>"))
    batch = read(tmp_path, whole[: whole.index("<title>C")])
    assert [c["title"] for c in claims(batch)] == ["A", "B"]
    (problem,) = batch.problems
    assert problem.record is None  # the carrier was not read whole, so nothing that it said before is withdrawn
    assert "activities read before that: 2" in problem.found


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<iati-activities>\n\t//>>>\n", "no activity could be read"),
        ("", "no XML"),
        ("not XML", "no XML"),
        ("<iati-organisations/>", "organisation file"),
        (activity("<title>A</title>"), "stands alone"),
        ("<article/>", "<article>"),
        ("<iati-activities xmlns='urn:synthetic'><iati-activity/></iati-activities>", "namespace urn:synthetic"),
        ("<!DOCTYPE iati-activities><iati-activities/>", "document type"),
        (document(activity("<title>a &nbsp; b</title>")), "nbsp"),
    ],
)
def test_a_file_that_is_none_costs_one_clear_message(content: str, found: str, tmp_path: Path) -> None:
    batch = read(tmp_path, content)
    (problem,) = batch.problems
    assert found in problem.found
    assert problem.record is None
    assert len(batch.records) == batch.claims.num_rows == 0


def test_a_file_without_activities_says_so(tmp_path: Path) -> None:
    batch = read(tmp_path, "<iati-activities/>")
    assert (batch.problems, told(batch)) == ((), ["the file has no activity in it"])


def test_content_decides_what_is_iati(tmp_path: Path) -> None:
    for name, content, expected in [
        ("a.csv", document().encode(), True),
        ("b.gz", gzip.compress(document().encode()), True),
        ("c.xml", b"<memo/>", False),
        ("d.html", b"<!doctype html><html/>", False),
        ("e.csv", b"a,b\n1,2\n", False),
        ("f.gz", gzip.compress(b"a,b\n1,2\n")[:-9], False),
    ]:
        path = tmp_path / name
        path.write_bytes(content)
        assert is_iati(path) is expected
        assert (reader_for(Carrier(path, name)) is read_iati) is (expected or name.endswith(".xml"))
    assert not is_iati(tmp_path / "missing.xml")


def test_packed_files_are_read_and_damaged_ones_up_to_the_damage(tmp_path: Path) -> None:
    packed = gzip.compress(document(activity("<title>A</title>")).encode())
    assert claims(read(tmp_path, packed))[0]["title"] == "A"
    (problem,) = read(tmp_path, packed[:-12]).problems
    assert problem.record is None
    assert "damaged" in problem.found or "no XML" in problem.found


def test_batches_are_small_and_number_on(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.xml"
    path.write_text(document(*(activity(identifier=f"XX-{n}") for n in range(2_500))))
    batches = list(read_iati(Carrier(path, "s")))
    assert [len(b.records) for b in batches] == [1_000, 1_000, 500]
    assert [n for b in batches for n in b.records.to_pylist()] == list(range(2_500))
    assert batches[2].claims["locator"][499].as_py() == "/iati-activities/iati-activity[2500]"


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


def escaped(text: str) -> str:
    kept = "".join(c for c in text if c not in "\ufffe\uffff")
    for char, written in {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;"}.items():
        kept = kept.replace(char, written)
    return kept


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=4))
def test_every_activity_is_claimed_or_set_aside_whatever_it_says(
    tmp_path_factory: pytest.TempPathFactory, said_in: Iterable[tuple[str, str, str, str]]
) -> None:
    activities = [
        activity(
            f"<title><narrative xml:lang='{escaped(date)}'>{escaped(title)}</narrative></title>",
            f"<activity-date type='2' iso-date='{escaped(date)}'/><recipient-country code='{escaped(code)}'/>",
            f"<participating-org role='{escaped(code)}' ref='{escaped(title)}'>{escaped(name)}</participating-org>",
            f"<result><title>{escaped(name)}</title><indicator><title>{escaped(date)}</title>",
            f"<period><period-end iso-date='{escaped(name)}'/><actual value='{escaped(code)}'/></period>",
            "</indicator></result>",
            identifier=escaped(name),
        )
        for title, name, code, date in said_in
    ]
    batch = read(tmp_path_factory.mktemp("iati"), document(*activities))
    aside = {problem.record for problem in batch.problems}
    assert None not in aside
    assert batch.records.to_pylist() == list(range(len(activities)))
    assert {c["record"] for c in claims(batch)} == set(range(len(activities))) - aside
    assert all(c["report"].startswith(("iati:", "sha256:")) for c in claims(batch))
    batch.claims.validate(full=True)
