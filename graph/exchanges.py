"""Which exchanges are one, and which are only called alike: what one report calls `E1` another may too.

An exchange is known by what its report calls it, so that others can speak of it by that name. Where several reports
describe an exchange of one name, those whose descriptions agree mean one:

- the same title and, where both name countries, one in common;
- under different titles, the countries of one among those of the other, and times that can overlap;
- whatever they say, rows of one table: there, an id is the table's.

If all agree, however indirectly, the name is the key. If not, there are several exchanges, and the key of each is
`name@report`, by the least of its reports, which is the same whatever came in first. What a report says of that name is
of its own exchange; what others say, that describe none, stays with the bare name, for it is not known which they mean.
A name that is the same the world over (an address, a DOI, an IATI identifier, a UUID) is one exchange.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from .names import name_key
from .union import UnionFind

if TYPE_CHECKING:
    from .view import View

#: RE2 for names that somebody gives out for the whole world.
_WORLDWIDE = (
    r"^\s*(\w[\w+.-]*://\S|(urn|doi|hdl|ark|iati):\S|10\.\d{4,9}/\S|[A-Z]{2}-[A-Z0-9_]{3,}-\S"
    r"|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\s*$)"
)
#: What reads forms and whole graphs: each form has names of its own, whatever file it stands in.
_NO_TABLES = ("exchange-report/", "rdf/")

#: The descriptions of the names that several reports use, one row a report.
_DESCRIBED = """
    CREATE OR REPLACE TEMP TABLE described AS
    WITH told AS (
        SELECT c.exchange_key AS name, coalesce(m.canonical, c.report) AS report, c.* EXCLUDE (report, name),
            CASE WHEN c."end" IS NULL THEN c.latest ELSE c.end_latest END AS over
        FROM claim_at c LEFT JOIN report_map m ON m.report = c.report
        WHERE c.kind = 'exchange' AND c.exchange_key IS NOT NULL AND coalesce(NOT m.retracted, true)
    ), shared AS (
        SELECT name FROM told SEMI JOIN (SELECT name FROM told GROUP BY name HAVING min(report) <> max(report))
            USING (name)
        GROUP BY name HAVING NOT bool_or(regexp_matches(exchange, $1))
    )
    SELECT name, report, list(DISTINCT title) FILTER (title IS NOT NULL) AS titles,
        list_distinct(flatten(list(coalesce(host_countries, []) || coalesce(visiting_countries, [])))) AS countries,
        CASE WHEN count(earliest) = count(*) THEN min(earliest) END AS earliest,
        CASE WHEN count(over) = count(*) THEN max(over) END AS latest,
        list(claim_id) AS claims
    FROM told SEMI JOIN shared USING (name) GROUP BY name, report
"""


@dataclass(frozen=True, slots=True)
class _Description:
    """What is said of an exchange, with the reports that say just that."""

    titles: frozenset[str]
    countries: frozenset[str]
    earliest: date | None
    latest: date | None
    reports: list[str] = field(compare=False)

    def agrees(self, other: _Description) -> bool:
        """Say whether two descriptions are of one exchange."""
        if self.titles & other.titles:
            return not (self.countries and other.countries) or bool(self.countries & other.countries)
        inside = self.countries <= other.countries or other.countries <= self.countries
        return bool(self.countries and other.countries) and inside and self._can_meet(other)

    def _can_meet(self, other: _Description) -> bool:
        return all(
            a.earliest is None or b.latest is None or a.earliest <= b.latest for a, b in ((self, other), (other, self))
        )


def map_exchanges(view: View) -> None:
    """Make `exchange_map`: the key of what a report calls by a name that means several exchanges.

    Its columns are `report` (canonical), `exchange_key` (the name) and `own` (the key). All live claims count, also
    those that a scope leaves out, so that an exchange has one key in every scope. Cost: a pass over the claims of
    exchanges (0.3 s for 250,000 among 5 million claims); names that one report describes, nearly all, cost no more.
    """
    view.con.execute(_DESCRIBED, [_WORLDWIDE])
    described = _described(view)
    tables = _tables(view) if described else {}
    view.con.execute("DROP TABLE described")
    rows: list[tuple[str, str, str]] = []
    for name, descriptions in described.items():
        clusters = _clusters(descriptions, tables.get(name, []))
        if len(clusters) > 1:
            rows += [(report, name, f"{name}@{min(reports)}") for reports in clusters for report in sorted(reports)]
    columns = ("report", "exchange_key", "own")
    view.register("exchange_map", {column: [row[i] for row in rows] for i, column in enumerate(columns)})


def _described(view: View) -> dict[str, list[_Description]]:
    """Return the names by which several reports describe an exchange, with what they say; equal words once."""
    found: dict[str, dict[_Description, _Description]] = defaultdict(dict)
    for name, report, titles, countries, earliest, latest in view.con.execute(
        "SELECT name, report, titles, countries, earliest, latest FROM described ORDER BY name, report"
    ).fetchall():
        alike = frozenset(map(name_key, titles or [])), frozenset(countries or [])
        said = _Description(*alike, earliest, latest, [])
        found[name].setdefault(said, said).reports.append(report)
    return {name: list(descriptions) for name, descriptions in found.items()}


def _tables(view: View) -> dict[str, list[list[str]]]:
    """Return by name the reports that each table quotes for it, where they are several."""
    forms = " OR ".join(f"starts_with(e.ingester, '{reader}')" for reader in _NO_TABLES)
    quoted: dict[str, list[list[str]]] = defaultdict(list)
    for name, reports in view.con.execute(
        f"""
        SELECT d.name, list(DISTINCT d.report ORDER BY d.report) AS reports
        FROM (SELECT name, report, unnest(claims) AS claim_id FROM described) d JOIN evidence_at e USING (claim_id)
        WHERE NOT ({forms}) GROUP BY d.name, e.carrier HAVING count(DISTINCT d.report) > 1
        """
    ).fetchall():
        quoted[name].append(reports)
    return quoted


def _clusters(descriptions: list[_Description], tables: list[list[str]]) -> list[set[str]]:
    """Return the reports that mean one exchange, by exchange."""
    union = UnionFind()
    alike: dict[str, list[_Description]] = defaultdict(list)  # only those that share something can agree
    for one in descriptions:
        for part in (*(f"title {title}" for title in one.titles), *(f"country {code}" for code in one.countries)):
            alike[part].append(one)
        # With no title or country to compare, equal silence is no agreement.
        for report in one.reports:
            union.join(one.reports[0] if one.titles or one.countries else report, report)
    for reports in tables:
        for report in reports:
            union.join(reports[0], report)
    for group in alike.values():
        for a, b in combinations(group, 2):
            if union.find(a.reports[0]) != union.find(b.reports[0]) and a.agrees(b):
                union.join(a.reports[0], b.reports[0])
    return union.clusters()
