"""The real tables, counted by Python's csv module alone and compared with what the readers make of them."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from southerly.ingest.mapping import load_mapping, read_mapped
from southerly.ingest.native import read_native
from southerly.ingest.reading import Batch, Carrier

pytestmark = pytest.mark.oracle

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def read(path: Path) -> Batch:
    (batch,) = read_native(Carrier(path, path.name))
    return batch


def mapped(path: Path, example: str) -> Batch:
    (batch,) = read_mapped(Carrier(path, path.name), load_mapping(EXAMPLES / example))
    return batch


def of_kind(batch: Batch, kind: str) -> pa.Table:
    return batch.claims.filter(pc.equal(batch.claims["kind"], kind))


def items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


def plain(name: str) -> str:
    """A cruder normal form than the package's own: letters and digits of the names in this table."""
    return "".join(c for c in name.casefold() if c.isalnum())


def same(batch: Batch, kind: str, field: str, rows: list[Row], column: str, none: tuple[str, ...] = ("",)) -> None:
    """Compare a claim field with the column it comes from, row by row."""
    expected = [None if row[column] in none else row[column] for row in rows]
    assert of_kind(batch, kind)[field].to_pylist() == expected


@pytest.mark.parametrize(
    ("name", "records", "unplaced", "claims"),
    [
        ("reverse_innovations", 304, 26, {"adoption": 304, "origin": 248, "name": 984}),
        ("reverse_innovations_sources", 211, 0, {}),
        ("exchanges", 116, 0, {"exchange": 116}),
        ("exchange_outcomes", 234, 10, {"outcome": 234, "adoption": 92}),
    ],
)
def test_every_record_is_read_and_none_set_aside(
    name: str, records: int, unplaced: int, claims: dict[str, int], data: Path
) -> None:
    path = data / "facts" / f"{name}.csv"
    batch = read(path)
    assert batch.problems == ()
    assert batch.records.to_pylist() == list(range(records)) == list(range(len(rows_of(path))))
    assert len(batch.unplaced) == unplaced
    assert Counter(batch.claims["kind"].to_pylist()) == claims
    assert batch.reports["record"].to_pylist() == list(range(records))


def test_innovations_say_what_their_columns_say(data: Path) -> None:
    path = data / "facts" / "reverse_innovations.csv"
    rows, batch = rows_of(path), read(path)
    assert batch.unplaced.to_pylist() == [i for i, row in enumerate(rows) if not row["adopter_country"]]
    for field, column in {
        "innovation": "innovation",
        "innovation_kind": "kind",
        "country": "adopter_country",
        "site": "adopter_site",
        "when_said": "adoption_year",
        "stage": "stage",
        "source_country": "source_country",
        "outcome_level": "outcome_level",
        "confidence": "confidence",
    }.items():
        same(batch, "adoption", field, rows, column)
    same(batch, "adoption", "channel", rows, "channel", ("", "unknown"))
    began = [row for row in rows if row["origin_country"] or row["origin_site"] or row["origin_year"]]
    same(batch, "origin", "country", began, "origin_country")
    same(batch, "origin", "when_said", began, "origin_year")
    notes = [json.loads(extra or "{}").get("note", "") for extra in of_kind(batch, "adoption")["extra"].to_pylist()]
    assert notes == [row["note"] for row in rows]
    names = [n for row in rows for n in items(row["aliases"]) if plain(n) != plain(row["innovation"])]
    assert of_kind(batch, "name")["name"].to_pylist() == names
    assert len(set(batch.reports["report"].to_pylist())) == len({row["source_url"] for row in rows})


def test_plain_years_mean_that_year(data: Path) -> None:
    path = data / "facts" / "reverse_innovations.csv"
    adoptions = of_kind(read(path), "adoption").to_pylist()
    years = [(i, row["adoption_year"]) for i, row in enumerate(rows_of(path)) if row["adoption_year"].isdecimal()]
    assert len(years) > 60
    for i, year in years:
        assert adoptions[i]["when"] == year
        assert (adoptions[i]["earliest"], adoptions[i]["latest"]) == (date(int(year), 1, 1), date(int(year), 12, 31))
    by = [(i, row["adoption_year"]) for i, row in enumerate(rows_of(path)) if row["adoption_year"].startswith("by ")]
    assert by
    for i, said in by:
        assert adoptions[i]["when"] == f"[..{said.removeprefix('by ')}]"
        assert adoptions[i]["earliest"] is None


def test_exchanges_say_what_their_columns_say(data: Path) -> None:
    path = data / "facts" / "exchanges.csv"
    rows, batch = rows_of(path), read(path)
    unknown = ("", "unknown")
    for field, column in {
        "exchange": "exchange_id",
        "title": "title",
        "exchange_type": "exchange_type",
        "when_said": "start",
        "end_said": "end",
        "participants": "participants_n",
        "cadre": "participants_cadre",
        "debrief": "debrief",
        "mission": "mission_statement",
    }.items():
        same(batch, "exchange", field, rows, column, unknown)
    for field in ("host_countries", "visiting_countries", "host_sites", "visiting_sites"):
        expected = [list(dict.fromkeys(items(row[field]))) or None for row in rows]
        assert batch.claims[field].to_pylist() == expected
    directions = [row["direction"].replace("south-north", "reverse") for row in rows]
    assert batch.claims["direction"].to_pylist() == directions


def test_outcomes_that_were_taken_up_are_adoptions(data: Path) -> None:
    path = data / "facts" / "exchange_outcomes.csv"
    rows, batch = rows_of(path), read(path)
    same(batch, "outcome", "outcome", rows, "outcome")
    same(batch, "outcome", "stage", rows, "outcome_stage")
    same(batch, "outcome", "value", rows, "metric_value")
    expected = [
        (i, country, row["adopter_site"] or None if len(items(row["adopter_country"])) < 2 else None)
        for i, row in enumerate(rows)
        if row["outcome_stage"] in {"adopted", "scaled", "sustained"}
        for country in items(row["adopter_country"]) or [None]
    ]
    adoptions = of_kind(batch, "adoption")
    found = zip(*(adoptions[name].to_pylist() for name in ("record", "country", "site")), strict=True)
    assert list(found) == expected
    assert batch.unplaced.to_pylist() == [i for i, country, _ in expected if country is None]


def test_vaccine_schedules_are_never_read_as_adoption_in_their_first_year(data: Path) -> None:
    path = data / "data" / "vaccines" / "vaccine_first_year_derived.csv"
    rows, batch = rows_of(path), mapped(path, "mapping-vaccines.yaml")
    assert batch.problems == ()
    dated = [(i, row) for i, row in enumerate(rows) if row["first_year_any"]]
    assert batch.claims["record"].to_pylist() == [i for i, _ in dated]
    year = {i: row["first_year_any"].removesuffix(".0") for i, row in dated}
    censored = {i for i, row in dated if row["left_censored"] == "True"}
    assert len(censored) == 259
    for claim in batch.claims.to_pylist():
        record = claim["record"]
        expected = f"[..{year[record]}]" if record in censored else year[record]
        assert (claim["when"], claim["left_censored"]) == (expected, record in censored)
        assert (claim["earliest"] is None) == (record in censored)
        assert claim["country"]
    assert len(set(batch.claims["country"].to_pylist())) == len({row["country_name"] for _, row in dated})
    assert [note.count for note in batch.notes] == [len(rows) - len(dated)]


def test_digital_public_goods_began_and_were_adopted_where_their_role_says(data: Path) -> None:
    path = data / "data" / "dpg" / "dpg_locations_derived.csv"
    rows, batch = rows_of(path), mapped(path, "mapping-dpg.yaml")
    assert batch.problems == ()
    roles = Counter(row["role"] for row in rows)
    assert of_kind(batch, "adoption").num_rows == roles["deploymentCountries"] == 2356
    # An origin with no country says nothing.
    began = [row for row in rows if row["role"] == "developmentCountries" and row["country_name_as_published"]]
    assert of_kind(batch, "origin").num_rows == len(began)
    blank = [i for i, row in enumerate(rows) if not row["country_name_as_published"]]
    assert sorted(batch.unplaced.to_pylist()) == blank
    assert batch.claims["when"].null_count == batch.claims.num_rows


@pytest.mark.parametrize("order", [lambda rows: rows[::-1], lambda rows: sorted(rows, key=str)])
def test_the_order_of_real_rows_changes_nothing(
    order: Callable[[list[Row]], list[Row]], data: Path, tmp_path: Path
) -> None:
    path = data / "facts" / "reverse_innovations.csv"
    rows = order(rows_of(path))
    turned = tmp_path / "turned.csv"
    with turned.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(reversed(rows[0])))
        writer.writeheader()
        writer.writerows(rows)

    def content(batch: Batch) -> Counter[str]:
        return Counter(str(row) for row in batch.claims.drop_columns(["record", "locator"]).to_pylist())

    assert content(read(turned)) == content(read(path))
