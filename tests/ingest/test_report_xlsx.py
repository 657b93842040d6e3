"""The workbook exchange report says the same as the YAML one, from the cells that it names. All data is synthetic."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from southerly.ingest.reading import Batch, Carrier
from southerly.ingest.report_xlsx import is_report_workbook, read_report_xlsx
from southerly.ingest.report_yaml import read_report_yaml
from southerly.ingest.table import table_header

Sheets = dict[str, list[list[str]]]

SOURCE = [["title *", "url"], ["Synthetic report", "https://example.org/a"]]
SHEETS: Sheets = {
    "Source": SOURCE,
    "Exchange": [
        [
            "exchange_id",
            "title *",
            "start_date",
            "start_date_precision",
            "host_country",
            "host_sites",
            "visitors_country",
            "visitors_organisation",
            "practice",
            "practice_area",
            "funder",
        ],
        [
            "tour",
            "Synthetic tour",
            "2008-02-18",
            "month",
            "UGA",
            "Hospital H; Hospital I",
            "KEN; MWI",
            "Body A",
            "Alpha; Beta",
            "KMC; malaria",
            "Fund A; Fund B",
        ],
    ],
    "Participants": [
        ["name", "role", "cadre", "count"],
        ["Jane Synthetic", "director", "senior", "2"],
        ["John Synthetic", "nurse", "mid", "3"],
    ],
    "Adoptions": [
        ["innovation", "country", "learned_from_country", "learned_from_site", "when"],
        ["Alpha", "NO", "UGA", "Hospital H", "by 1996"],
    ],
    "Outcomes": [
        ["practice", "adopter_country", "outcome", "stage", "enabler"],
        ["Alpha", "KEN; MWI", "in use", "adopted", "money; time"],
    ],
}
YAML = """\
southerly-report: 1
source: {title: Synthetic report, url: https://example.org/a}
adoptions:
  - {innovation: Alpha, country: NO, learned_from: {country: UGA, site: Hospital H}, when: by 1996}
exchange:
  exchange_id: tour
  title: Synthetic tour
  start_date: {value: 2008-02-18, precision: month}
  host: [{country: UGA, sites: [Hospital H, Hospital I]}]
  visitors: [{country: KEN}, {country: MWI}, {organisation: Body A}]
  practices: [{practice: Alpha, practice_area: KMC}, {practice: Beta, practice_area: malaria}]
  funder: [Fund A, Fund B]
participants:
  - {role: director, cadre: senior, count: 2}
  - {role: nurse, cadre: mid, count: 3}
outcomes:
  - {practice: Alpha, adopter_country: [KEN, MWI], outcome: in use, stage: adopted, enabler: [money, time]}
"""


def workbook(folder: Path, sheets: Sheets) -> Carrier:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "synthetic.xlsx"
    book.save(path)
    return Carrier(path, "synthetic.xlsx")


def read(folder: Path, sheets: Sheets) -> Batch:
    (batch,) = read_report_xlsx(workbook(folder, sheets))
    return batch


def content(batch: Batch) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k not in ("record", "locator")} for row in batch.claims.to_pylist()]


def test_a_workbook_says_what_the_yaml_form_says(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.yaml"
    path.write_text(YAML, encoding="utf-8")
    (from_yaml,) = read_report_yaml(Carrier(path, "synthetic.yaml"))
    from_xlsx = read(tmp_path, SHEETS)
    assert from_xlsx.problems == from_yaml.problems == ()
    assert content(from_xlsx) == content(from_yaml)
    assert from_xlsx.reports.to_pylist() == from_yaml.reports.to_pylist()
    assert "Jane" not in str(from_xlsx.claims.to_pylist())


def test_claims_name_their_row(tmp_path: Path) -> None:
    got = read(tmp_path, SHEETS).claims
    places = sorted(set(zip(got["kind"].to_pylist(), got["locator"].to_pylist(), strict=True)))
    assert places == [
        ("adoption", "Adoptions!2"),
        ("adoption", "Outcomes!2"),
        ("exchange", "Exchange!2"),
        ("outcome", "Outcomes!2"),
    ]


def test_problems_name_their_cell_and_the_rest_goes_in(tmp_path: Path) -> None:
    rows = [["innovation", "when", "country", "sitee"], ["X", "2008-02-31", "KEN", ""], ["X", "2008", "KEN", ""]]
    rows += [["X", "2008", "Kenyya", ""], ["X", "", "KEN", "Ward"], ["", "", "KEN", ""]]
    batch = read(tmp_path, {"Source": SOURCE, "Adoptions": rows})
    got = [(p.locator, p.found) for p in batch.problems]
    assert got == [
        ("Adoptions!B2", "2008-02-31"),
        ("Adoptions!C4", "Kenyya"),
        ("Adoptions!D5", "the field `sitee`"),
        ("Adoptions!6", "nothing"),
    ]
    assert batch.claims["locator"].to_pylist() == ["Adoptions!3"]
    assert batch.records.to_pylist() == [0, 1, 2, 3, 4]


def test_practices_whose_lists_do_not_match_are_set_aside(tmp_path: Path) -> None:
    rows = [["title", "practice", "practice_area"], ["Tour", "A; B; C", "KMC; malaria"]]
    batch = read(tmp_path, {"Source": SOURCE, "Exchange": rows})
    assert batch.claims.num_rows == 0
    assert {p.locator for p in batch.problems} == {"Exchange!B2", "Exchange!C2"}


def test_one_area_serves_all_practices(tmp_path: Path) -> None:
    rows = [["title", "practice", "practice_area"], ["Tour", "A; B", "malaria"]]
    (claim,) = read(tmp_path, {"Source": SOURCE, "Exchange": rows}).claims.to_pylist()
    assert (claim["shown"], claim["theme"]) == (["A", "B"], "malaria")


def test_a_workbook_of_two_sources_is_set_aside(tmp_path: Path) -> None:
    sheets = {
        "Source": [*SOURCE, ["Another", "https://example.org/b"]],
        "Origins": [["innovation", "country"], ["X", "KEN"]],
    }
    batch = read(tmp_path, sheets)
    assert batch.claims.num_rows == 0
    assert batch.problems[0].found == "a list"


def test_a_sheet_that_is_no_section_is_told(tmp_path: Path) -> None:
    sheets: Sheets = {"Source": SOURCE, "Origins": [["innovation", "country"], ["X", "KEN"]], "Budget": [["a"], ["1"]]}
    batch = read(tmp_path, sheets)
    assert batch.problems == ()
    assert "Budget" in batch.notes[0].text


def test_a_report_workbook_is_told_by_its_sheets(tmp_path: Path) -> None:
    assert is_report_workbook(table_header(workbook(tmp_path, SHEETS)))
    assert not is_report_workbook(table_header(workbook(tmp_path, {"Sheet1": [["innovation", "title"], ["X", "Y"]]})))
    assert not is_report_workbook(table_header(workbook(tmp_path, {"Source": SOURCE})))


def test_a_file_that_is_no_workbook_is_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    (batch,) = read_report_xlsx(Carrier(path, "broken.xlsx"))
    assert [p.record for p in batch.problems] == [None]
