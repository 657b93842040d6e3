"""The reference data against the tables that it was made from, and the names that real tables use."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from southerly.ontology.countries import ambiguous, find_place
from southerly.ontology.income import group_in_year
from southerly.ontology.vocabulary import find_term, terms

pytestmark = pytest.mark.oracle

CODES = {"YUG": "SCG", "YUGf": "YUG"}
GROUPS = {"LM*": "LM", "..": None, "": None}
SCHEMES = {"adoption_stage": "outcome-stage"}


def table(path: Path) -> Iterator[dict[str, str]]:
    packed = path.suffix == ".gz"
    with gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8-sig") as lines:
        yield from csv.DictReader(lines)


def scheme(name: str) -> str:
    return SCHEMES.get(name, name.replace("_", "-"))


def test_every_published_country_year(data: Path) -> None:
    published = {
        (CODES.get(row["code"], row["code"]), int(row["data_year"])): GROUPS.get(row["class_raw"], row["class_raw"])
        for row in table(data / "data/wb_income/oghist_long_derived.csv.gz")
    }
    assert len(published) == 8512
    assert {key: group_in_year(*key) for key in published} == published


def test_every_world_bank_economy_has_a_place(data: Path) -> None:
    rows = list(table(data / "data/wb_income/oghist_long_derived.csv.gz"))
    for row in rows:
        place = find_place(row["economy"])
        assert place, row["economy"]
        expected = None if row["code"] == "CHI" else CODES.get(row["code"], row["code"])
        assert place.country == expected, row["economy"]


def test_every_iso_code_and_name_is_its_country(data: Path) -> None:
    rows = list(table(data / "data/countries/country-codes.csv"))
    assert len(rows) == 249
    shared = set()
    for row in rows:
        iso3 = row["ISO3166-1-Alpha-3"]
        said = [iso3, row["ISO3166-1-Alpha-2"], row["CLDR display name"], row["official_name_en"]]
        said += [row["UNTERM English Short"], row["UNTERM English Formal"]]
        for name in filter(None, (name.strip(" *\xa0") for name in said)):
            place = find_place(name)
            if place is None and ambiguous(name):
                shared.add(name)
            else:
                assert place, name
                assert place.country == iso3, name
    assert shared == {"Congo", "Congo (the)", "St. Martin"}


def test_names_of_real_tables_are_known(data: Path) -> None:
    files = [*(data / "data/vaccines").glob("*.csv"), data / "data/dpg/dpg_locations_derived.csv"]
    columns = ("Entity", "country_name", "COUNTRYNAME", "country_name_as_published")
    said = {row[column] for file in files for row in table(file) for column in columns if column in row}
    assert len(said) > 250
    assert {name for name in said if find_place(name) is None} == {"", "Congo"}  # two states are called Congo
    regions = {name for name in said if (place := find_place(name)) and place.country is None}
    assert regions == {
        "Africa",
        "Americas",
        "Eastern Mediterranean",
        "Europe",
        "South-East Asia",
        "Western Pacific",
        "World",
    }


def test_analysts_phrases_mean_the_terms_that_they_filed_them_under(data: Path) -> None:
    for row in table(data / "facts/theme_map.csv"):
        assert find_term(scheme(row["scheme"]), row["phrase"]) == row["term"], row
    for row in table(data / "facts/themes.csv"):
        held = {term.label: term for term in terms(scheme(row["scheme"]))}
        assert held[row["term"]].definition == row["definition"]
        assert held[row["term"]].source == row["source_url"]


def test_words_of_the_fact_tables_are_terms(data: Path) -> None:
    cells = [
        ("reverse_innovations.csv", "kind", "innovation-kind"),
        ("reverse_innovations.csv", "stage", "adoption-stage"),
        ("reverse_innovations.csv", "channel", "channel"),
        ("reverse_innovations.csv", "outcome_level", "outcome-level"),
        ("exchanges.csv", "exchange_type", "exchange-type"),
        ("exchanges.csv", "direction", "direction"),
        ("exchanges.csv", "participants_cadre", "cadre"),
        ("exchange_outcomes.csv", "outcome_level", "outcome-level"),
        ("exchange_outcomes.csv", "outcome_stage", "outcome-stage"),
        ("exchange_outcomes.csv", "mechanism", "mechanism"),
        ("exchange_outcomes.csv", "enabler", "enabler"),
        ("exchange_outcomes.csv", "barrier", "barrier"),
    ]
    for file, column, vocabulary in cells:
        for row in table(data / "facts" / file):
            for phrase in filter(None, (part.strip() for part in row[column].split(";"))):
                assert find_term(vocabulary, phrase), (file, column, phrase)
