"""The YAML exchange report: what it claims, what it sets aside, and what it refuses. All reports here are synthetic."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from southerly.ingest.reading import Batch, Carrier
from southerly.ingest.report_sections import SECTIONS
from southerly.ingest.report_yaml import is_report_yaml, read_report_yaml

HEAD = "southerly-report: 1\nsource: {title: Synthetic report, url: https://example.org/a}\n"


def read(folder: Path, text: str) -> list[Batch]:
    path = folder / "synthetic.yaml"
    path.write_text(text, encoding="utf-8")
    return list(read_report_yaml(Carrier(path, "synthetic.yaml")))


def one(folder: Path, text: str) -> Batch:
    (batch,) = read(folder, HEAD + text)
    return batch


def claims(batch: Batch, kind: str) -> list[dict[str, Any]]:
    return [row for row in batch.claims.to_pylist() if row["kind"] == kind]


def test_an_adoption_keeps_every_field(tmp_path: Path) -> None:
    batch = one(
        tmp_path,
        """\
adoptions:
  - innovation: Synthetic bench
    country: Scotland
    site: Clinic A
    when: by 1996
    end: 2001
    stage: adopted
    learned_from: {country: Zimbabwe, site: Clinic Z}
    channel: study tour
    partners: [Body one, Body two]
    adaptation: shorter
    outcome: fewer visits
    outcome_level: service
    enablers: money; time
    first_observed: no
    quote: the very words
    page: 12
    confidence: high
    note: a remark
""",
    )
    (claim,) = claims(batch, "adoption")
    said = {k: v for k, v in claim.items() if v is not None}
    assert said == {
        "record": 0,
        "report": "url:example.org/a",
        "kind": "adoption",
        "status": "actual",
        "review": "accepted",
        "innovation": "Synthetic bench",
        "country": "GBR",
        "country_said": "Scotland",
        "subdivision": "GB-SCT",
        "site": "Clinic A",
        "when_said": "by 1996",
        "when": "[..1996]",
        "latest": datetime.date(1996, 12, 31),
        "end_said": "2001",
        "end": "2001",
        "end_earliest": datetime.date(2001, 1, 1),
        "end_latest": datetime.date(2001, 12, 31),
        "stage": "adopted",
        "source_country": "ZWE",
        "source_site": "Clinic Z",
        "channel": "learning exchange",
        "partners": ["Body one", "Body two"],
        "adaptation": "shorter",
        "outcome": "fewer visits",
        "outcome_level": "service",
        "enablers": ["money", "time"],
        "extra": '{"note": "a remark", "page": "12"}',
        "locator": "/adoptions/0",
        "quote": "the very words",
        "method": "curated",
        "confidence": "high",
    }
    assert not batch.problems
    assert batch.reports.to_pylist()[0]["title"] == "Synthetic report"


def test_norway_stays_norway_and_a_year_stays_text(tmp_path: Path) -> None:
    batch = one(tmp_path, "adoptions:\n  - {innovation: X, country: NO, when: 1995}\n")
    (claim,) = claims(batch, "adoption")
    assert (claim["country"], claim["when"]) == ("NOR", "1995")


def test_names_carry_kind_and_practice_area_with_or_without_aliases(tmp_path: Path) -> None:
    batch = one(
        tmp_path,
        """\
innovations:
  - {name: Alpha care, aliases: [First care], acronym: AC, kind: care process, practice_area: KMC}
  - {name: Beta, kind: device}
""",
    )
    got = [(c["innovation"], c["name"], c["name_type"], c["theme"]) for c in claims(batch, "name")]
    area = "newborn care and kangaroo mother care"
    assert got == [
        ("Alpha care", "First care", "alias", area),
        ("Alpha care", "AC", "acronym", area),
        ("Beta", "Beta", "alias", None),
    ]


def test_first_observed_means_then_or_before(tmp_path: Path) -> None:
    batch = one(tmp_path, "adoptions:\n  - {innovation: X, country: KEN, when: 2010, first_observed: yes}\n")
    (claim,) = claims(batch, "adoption")
    assert (claim["when"], claim["earliest"], claim["left_censored"]) == ("[..2010]", None, True)


EXCHANGE = """\
exchange:
  exchange_id: synthetic-visit
  title: Synthetic visit
  exchange_type: learning visit
  direction: south-south
  start_date: {value: 2008-02-18, precision: month}
  end_date: {status: ongoing}
  host: [{country: Uganda, sites: [Hospital H], organisation: Host body, focal_person: Jane Synthetic}]
  visitors: [Kenya, {country: Malawi, organisation: Guest body}]
  funder: Fund A; Fund B
  mission_statement: To learn both ways
  learning_expected: {level: [service, system], for: both}
  practices: [{practice: Alpha care, practice_area: KMC, shown_at_site: Ward 1}, Beta]
  needs_assessment: {done: yes, summary: asked beforehand}
participants:
  - {name: John Synthetic, role: director, cadre: senior, decision_power: y, count: 2}
  - {name: Mary Synthetic, role: nurse, cadre: mid, count: 3}
programme:
  - {date: 2008-02-19, activity: ward round, met_with: Peter Synthetic}
debrief: {held: yes, worked_well: [seeing it], did_not_work: late buses}
action_plan:
  - {practice: Alpha care, adopter_country: KEN, responsible: Paul Synthetic, due: 2009}
source: {title: Synthetic report, completed_by: Anna Synthetic}
southerly-report: 1
"""


def test_an_exchange_is_one_claim_with_its_people_counted(tmp_path: Path) -> None:
    (batch,) = read(tmp_path, EXCHANGE)
    (claim,) = claims(batch, "exchange")
    assert {k: claim[k] for k in ("exchange", "exchange_type", "when", "end", "theme", "shown")} == {
        "exchange": "synthetic-visit",
        "exchange_type": "south-south learning exchange",
        "when": "2008-02",
        "end": None,
        "theme": "newborn care and kangaroo mother care",
        "shown": ["Alpha care", "Beta"],
    }
    assert (claim["host_countries"], claim["host_sites"]) == (["UGA"], ["Hospital H"])
    assert (claim["visiting_countries"], claim["visiting_organisations"]) == (["KEN", "MWI"], ["Guest body"])
    assert (claim["participants"], claim["cadre"], claim["decision_power"]) == ("5", "mixed", "yes")
    assert (claim["debrief"], claim["mission"]) == ("yes", "To learn both ways")
    assert (claim["learning_level"], claim["funders"]) == ("service; system", ["Fund A", "Fund B"])
    extra = json.loads(claim["extra"])
    assert extra["debriefing"] == {"worked_well": ["seeing it"], "did_not_work": ["late buses"]}
    assert extra["end_status"] == "ongoing"
    assert extra["needs_assessment"] == {"done": "yes", "summary": "asked beforehand"}
    assert not batch.problems


def test_no_name_of_a_person_is_kept(tmp_path: Path) -> None:
    (batch,) = read(tmp_path, EXCHANGE)
    kept = json.dumps([batch.claims.to_pylist(), batch.reports.to_pylist()], default=str)
    people = [name for name in ("Jane", "John", "Mary", "Peter", "Paul", "Anna") if name in kept]
    assert people == []
    assert "director" in kept


def test_participants_without_a_count_leave_the_number_unknown(tmp_path: Path) -> None:
    batch = one(tmp_path, "exchange: {title: Visit}\nparticipants:\n  - {role: a, count: 3}\n  - {role: b}\n")
    assert claims(batch, "exchange")[0]["participants"] is None


def test_an_outcome_taken_up_is_an_adoption_in_each_country(tmp_path: Path) -> None:
    batch = one(
        tmp_path,
        """\
exchange: {exchange_id: tour, title: Tour}
outcomes:
  - practice: X
    adopter_country: [KEN, UGA]
    adopter_site: Ward 1
    outcome: in use
    stage: scaled
    date_observed: 2010
  - {practice: X, adopter_country: KEN, adopter_site: Ward 1, outcome: learned, stage: short-term}
  - {practice: X, adopter_country: KEN, adopter_site: Ward 1, outcome: in use, stage: adopted, barrier: [no money]}
""",
    )
    outcomes, adoptions = claims(batch, "outcome"), claims(batch, "adoption")
    assert [o["countries"] for o in outcomes] == [["KEN", "UGA"], ["KEN"], ["KEN"]]
    assert {o["exchange"] for o in outcomes} == {"tour"}
    got = [(a["country"], a["site"], a["stage"], a["when"], a["exchange"]) for a in adoptions]
    assert got == [
        ("KEN", None, "scaled", "2010", "tour"),
        ("UGA", None, "scaled", "2010", "tour"),
        ("KEN", "Ward 1", "adopted", None, "tour"),
    ]
    assert adoptions[2]["barriers"] == ["no money"]


def test_an_outcome_of_no_exchange_and_one_named_by_its_title(tmp_path: Path) -> None:
    batch = one(
        tmp_path,
        """\
exchanges: [{exchange_id: a, title: Tour A}, {exchange_id: b, title: Tour B}]
outcomes:
  - {practice: X, exchange: none, outcome: one}
  - {practice: X, exchange: tour b, outcome: two}
  - {practice: X, outcome: three}
  - {outcome: of nothing}
""",
    )
    assert [o["exchange"] for o in claims(batch, "outcome")] == [None, "b", None]
    (problem,) = batch.problems
    assert problem.locator == "line 8 (/outcomes/3)"


@pytest.mark.parametrize(
    ("status", "stage", "told", "when"),
    [
        ("planned", "considered", "planned", "2026"),
        ("started", "considered", "actual", None),
        ("done", "adopted", "actual", "2025"),
        ("dropped", "considered", "negated", None),
        ("unknown", "considered", "planned", "2026"),
    ],
)
def test_an_action_is_an_adoption_considered_until_done(
    tmp_path: Path, status: str, stage: str, told: str, when: str | None
) -> None:
    row = f"{{practice: X, adopter_country: KEN, due: 2026, status: {status}, status_date: 2025}}"
    (claim,) = claims(one(tmp_path, f"action_plan: [{row}]\n"), "adoption")
    assert (claim["stage"], claim["status"], claim["when"]) == (stage, told, when)


def test_a_follow_up_that_finds_it_in_use(tmp_path: Path) -> None:
    row = "{date: 2012-06, practice: X, adopter_country: KEN, still_in_use: yes, sites_now: 7, spread_to: [UGA]}"
    batch = one(tmp_path, f"follow_up: [{row}]\n")
    (outcome,) = claims(batch, "outcome")
    assert (outcome["stage"], outcome["metric"], outcome["value"]) == ("sustained", "sites", "7")
    got = [(a["country"], a["stage"], a["when"], a["left_censored"]) for a in claims(batch, "adoption")]
    assert got == [("KEN", "sustained", "[..2012-06]", True), ("UGA", "adopted", "[..2012-06]", True)]


def test_a_follow_up_that_finds_it_stopped(tmp_path: Path) -> None:
    row = "{date: 2012, practice: X, adopter_country: KEN, still_in_use: no, why_stopped: no drugs}"
    batch = one(tmp_path, f"follow_up: [{row}]\n")
    (claim,) = claims(batch, "adoption")
    assert (claim["stage"], claim["end"], claim["when"]) == ("abandoned", "[..2012]", None)
    assert claim["barriers"] == ["no drugs"]
    assert claims(batch, "outcome") == []


def test_one_bad_row_is_set_aside_and_the_rest_goes_in(tmp_path: Path) -> None:
    batch = one(
        tmp_path,
        """\
adoptions:
  - {innovation: X, country: Kenyya}
  - {innovation: X, country: KEN}
  - innovation: X
    when: 2008-02-31
    inovation_site: Ward
""",
    )
    assert [c["locator"] for c in claims(batch, "adoption")] == ["/adoptions/1"]
    assert batch.records.to_pylist() == [0, 1, 2]
    assert {p.record for p in batch.problems} == {0, 2}
    country, unknown, date = batch.problems
    assert country.locator == "line 4 (/adoptions/0/country)"
    assert country.found == "Kenyya"
    assert "Kenya" in country.hint
    assert (unknown.field, unknown.locator) == ("inovation_site", "line 8 (/adoptions/2/inovation_site)")
    assert "`innovation`" in unknown.hint
    assert date.locator == "line 7 (/adoptions/2/when)"


def test_an_unknown_section_is_set_aside_with_the_nearest(tmp_path: Path) -> None:
    batch = one(tmp_path, "adoption: []\norigins:\n  - {innovation: X, country: KEN}\n")
    (problem,) = batch.problems
    assert problem.found == "the field `adoption`"
    assert "adoptions" in problem.hint
    assert len(claims(batch, "origin")) == 1


def test_a_report_that_cannot_be_cited_gives_no_claim(tmp_path: Path) -> None:
    (batch,) = read(tmp_path, "southerly-report: 1\nsource: {year: 2001}\norigins: [{innovation: X, country: KEN}]\n")
    assert batch.claims.num_rows == 0
    assert [p.found for p in batch.problems] == ["no citation", "1 rows below"]
    assert batch.records.to_pylist() == [0]


def test_a_doi_beside_an_address_is_the_same_report(tmp_path: Path) -> None:
    source = "source: {doi: 'https://doi.org/10.1234/ABC', url: https://example.org/a}"
    (batch,) = read(tmp_path, f"southerly-report: 1\n{source}\norigins: [{{innovation: X, country: KEN}}]\n")
    (report,) = batch.reports.to_pylist()
    assert {report["report"], report["same_as"]} == {"doi:10.1234/abc", "url:example.org/a"}
    assert report["doi"] == "10.1234/abc"


def test_each_document_of_a_file_is_a_report(tmp_path: Path) -> None:
    document = "southerly-report: 1\nsource: {title: T}\norigins: [{innovation: X, country: KEN}]\n"
    first, second = read(tmp_path, f"{document}---\n{document}")
    assert [b.records.to_pylist() for b in (first, second)] == [[0], [1]]
    assert second.claims["locator"].to_pylist() == ["2#/origins/0"]
    assert first.claims["report"].to_pylist() != second.claims["report"].to_pylist()


def test_what_names_no_country_is_unplaced(tmp_path: Path) -> None:
    batch = one(tmp_path, "adoptions:\n  - {innovation: X, country: Africa}\n  - {innovation: X, country: KEN}\n")
    assert batch.unplaced.to_pylist() == [0]
    assert claims(batch, "adoption")[0]["country_said"] == "Africa"


def test_a_date_in_words_is_kept_and_told(tmp_path: Path) -> None:
    batch = one(tmp_path, "adoptions:\n  - {innovation: X, country: KEN, when: some time ago}\n")
    assert claims(batch, "adoption")[0]["when_said"] == "some time ago"
    assert "some time ago" in batch.notes[0].text


BOMB = "a: &a [x]\nb: &b [*a, *a]\n"


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (BOMB, "line 1", "an anchor or alias (& or *)"),
        ("a: 1\nb: *x\n", "line 2", "an anchor or alias (& or *)"),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "line 1",
            "the tag tag:yaml.org,2002:python/object/apply:os.system",
        ),
        ("source: {}\nsource: {}\n", "line 2", "the key `source` a second time"),
        ("a: [1\nb: 2\n", "line 2", "did not find expected ',' or ']'"),
        ("[" * 60, "line 1", "values nested more than 50 deep"),
        ("? [a]\n: b\n", "line 1", "a key that is itself a list or mapping"),
        ("", "line 1", "an empty file"),
    ],
)
def test_what_no_report_needs_is_refused(tmp_path: Path, text: str, line: str, found: str) -> None:
    (batch,) = read(tmp_path, text)
    (problem,) = batch.problems
    assert (problem.locator, problem.found, problem.record) == (line, found, None)
    assert problem.expected
    assert problem.hint


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(5_000_001)
    (batch,) = read_report_yaml(Carrier(path, "large.yaml"))
    assert batch.problems[0].found == "a file of 5,000,001 bytes"


def test_a_file_of_too_many_values_is_refused(tmp_path: Path) -> None:
    batches = read(tmp_path, HEAD + "adoptions: [" + "a," * 120_000 + "]")
    assert [p.found for batch in batches for p in batch.problems] == ["more than 100,000 keys and values"]


def test_many_unknown_fields_are_counted_and_not_all_named(tmp_path: Path) -> None:
    fields = "".join(f"    k{number}: 1\n" for number in range(1000))
    batch = one(tmp_path, f"adoptions:\n  - innovation: X\n{fields}")
    assert len(batch.problems) == 21
    assert batch.problems[-1].found == "980 further fields"


def test_latin_1_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes((HEAD + "origins: [{innovation: Método, country: COL}]\n").encode("latin-1"))
    (batch,) = read_report_yaml(Carrier(path, "latin.yaml"))
    assert batch.problems[0].hint == "save the file as UTF-8"


def test_a_report_is_told_by_its_mark(tmp_path: Path) -> None:
    report, other = tmp_path / "a.yaml", tmp_path / "b.yml"
    report.write_text("# a remark\nsoutherly-report: 1\n", encoding="utf-8-sig")
    other.write_text("name: not a report\n", encoding="utf-8")
    assert is_report_yaml(report)
    assert not is_report_yaml(other)
    assert not is_report_yaml(tmp_path / "a.csv")


@given(
    st.recursive(
        st.none() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
        max_leaves=12,
    ),
    st.sampled_from(["innovations", "origins", "adoptions", "exchange", "participants", "outcomes", "follow_up"]),
)
def test_whatever_a_section_holds_every_record_is_claimed_or_set_aside(
    tmp_path_factory: pytest.TempPathFactory, tree: Any, section: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    document = {"southerly-report": "1", "source": {"title": "T"}, section: tree}
    (batch,) = read(folder, json.dumps(document, ensure_ascii=False))
    claimed, rejected = set(batch.claims["record"].to_pylist()), {p.record for p in batch.problems}
    assert claimed | rejected == set(batch.records.to_pylist()) or None in rejected
    assert not claimed & rejected


WORDS = st.sampled_from(["unknown", "-", "KEN", "Africa", "2008", "yes", "no", "done", "x; y", "adopted", "KMC", ""])
FILLED = st.sampled_from(SECTIONS[1:]).flatmap(
    lambda section: st.tuples(
        st.just(section.key),
        st.lists(
            st.dictionaries(
                st.sampled_from([f.name for f in section.fields]),
                WORDS | st.lists(WORDS, max_size=2) | st.dictionaries(st.sampled_from(["country", "value"]), WORDS),
            ),
            max_size=3,
        ),
    )
)


@given(FILLED)
def test_however_a_section_is_filled_every_record_is_claimed_or_set_aside(
    tmp_path_factory: pytest.TempPathFactory, filled: tuple[str, list[dict[str, Any]]]
) -> None:
    section, items = filled
    document = {"southerly-report": "1", "source": {"title": "T"}, section: items}
    (batch,) = read(tmp_path_factory.mktemp("filled"), json.dumps(document))
    claimed, rejected = set(batch.claims["record"].to_pylist()), {p.record for p in batch.problems}
    assert claimed | rejected == set(batch.records.to_pylist())
    assert not claimed & rejected


def test_a_name_that_is_unknown_is_no_name(tmp_path: Path) -> None:
    batch = one(tmp_path, "adoptions: [{innovation: unknown, country: KEN}]\n")
    (problem,) = batch.problems
    assert (problem.found, problem.field) == ("unknown", "innovation")
