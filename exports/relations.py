"""The rows of an export as SQL: what every format says, made by column from what `selection` has chosen.

What needs Python (dates in EDTF, income groups, directions) is asked once for each distinct case and joined. A query
here gives some rows with their place in the order of all (`number`), texts cleaned, an open bound or an unknown value
null, lists as JSON. They come in parts that are sorted in memory: DuckDB keeps an order only if it is asked for last,
when rows are as long as they will be.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from ..graph.dates import edtf_of_bounds
from ..graph.identity import Identity
from ..graph.network import direction_of
from ..graph.sql import first
from ..ontology.countries import all_countries
from ..ontology.income import income
from .cells import clean
from .sql_text import cleaned, json_bare, json_ids, json_list, json_object, json_text, plain

_PART = 245_760  # rows that are made at a time: two row groups of DuckDB, for two threads
_DAYS = {"earliest": pa.date32(), "latest": pa.date32()}
_YEARS = {"first_year": pa.int32(), "last_year": pa.int32()}
_BOUNDS = """
    SELECT earliest, latest FROM chosen_adoption UNION SELECT earliest, latest FROM chosen_transfer
    UNION SELECT earliest, latest FROM chosen_origin
    UNION SELECT nullif(end_earliest, '-infinity'::DATE), nullif(end_latest, 'infinity'::DATE) FROM chosen_adoption
"""


def make_lookups(known: Identity) -> None:
    """Make what the queries join: `told_innovation`, `told_country`, `_span`, `_income`, `_direction`, `_place`."""
    view = known.view
    chosen = [row[0] for row in view.con.execute("SELECT id FROM chosen_innovation ORDER BY id").fetchall()]
    labels = [clean(known.innovations[id_].label) for id_ in chosen]
    view.register("told_innovation", {"innovation": chosen, "innovation_label": labels})
    countries = all_countries()
    view.register(
        "told_country",
        {
            "country": [c.iso3 for c in countries],
            "label": [c.label for c in countries],
            "region": [c.region for c in countries],
            "lat": [c.lat for c in countries],
            "lon": [c.lon for c in countries],
        },
        {"lat": pa.float64(), "lon": pa.float64()},
    )
    spans = view.con.execute(f"{_BOUNDS} ORDER BY ALL").fetchall()
    edtf = [edtf_of_bounds(*span) for span in spans]
    view.register("told_span", {**_columns(_DAYS, spans), "edtf": edtf}, _DAYS)
    _make_incomes(known)
    view.con.execute(_PLACES)
    ways = view.con.execute(
        "SELECT DISTINCT from_country, to_country, year(earliest), year(latest) FROM chosen_transfer ORDER BY ALL"
    ).fetchall()
    view.register(
        "told_direction",
        {
            **_columns(("from_country", "to_country", *_YEARS), ways),
            "direction": [direction_of(a, b, *_bounds(*years)) for a, b, *years in ways],
        },
        _YEARS,
    )


def _make_incomes(known: Identity) -> None:
    found = known.view.con.execute(
        """
        SELECT country, year(earliest), year(latest) FROM chosen_adoption
        UNION SELECT from_country, year(earliest), year(latest) FROM chosen_transfer
        UNION SELECT to_country, year(earliest), year(latest) FROM chosen_transfer ORDER BY ALL
        """
    ).fetchall()
    groups = [income(country, *_bounds(*years)) for country, *years in found]
    known.view.register(
        "told_income",
        {
            **_columns(("country", *_YEARS), found),
            "income_group": [group.group for group in groups],
            "extrapolated": [group.extrapolated for group in groups],
        },
        {**_YEARS, "extrapolated": pa.bool_()},
    )


def _columns(names: Any, rows: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def _bounds(since: int | None, until: int | None) -> tuple[date | None, date | None]:
    """Return days in these years: groups are those of a year."""
    return (None if since is None else date(since, 1, 1)), (None if until is None else date(until, 12, 31))


def _place(country: str, key: str) -> str:
    """Return SQL for the id of a place, see `graph.network.place_id`."""
    return f"CASE WHEN {key} IS NULL THEN 'country:' || {country} ELSE 'site:' || {country} || ':' || {key} END"


def _same(table: str, *, country: str | None = None) -> str:
    """Return SQL that joins a row `x` with a lookup by its years, or by its days."""
    if country is None:
        return f"{table}.earliest IS NOT DISTINCT FROM x.earliest AND {table}.latest IS NOT DISTINCT FROM x.latest"
    return (
        f"{table}.country = {country} AND {table}.first_year IS NOT DISTINCT FROM year(x.earliest) "
        f"AND {table}.last_year IS NOT DISTINCT FROM year(x.latest)"
    )


_WHEN = {
    "when": plain("w.edtf"),
    "earliest": plain("x.earliest"),
    "latest": plain("x.latest"),
}
_ADOPTED = json_object(
    {
        "id": plain("x.id"),
        "innovation": plain("x.innovation"),
        "innovation_label": json_text("i.innovation_label"),
        **_WHEN,
        "end": plain("CASE WHEN x.ended THEN e.edtf END"),
        "stage": json_text(cleaned("x.stage")),
        "domestic": json_bare("x.domestic"),
        "considered": json_bare("x.considered"),
        "left_censored": json_bare("x.left_censored"),
        "income_group": plain("g.income_group"),
        "extrapolated": json_bare("g.extrapolated"),
        "certain": json_bare("x.certain"),
        "review": plain("x.review"),
        "reports": json_bare("x.reports"),
        "publishers": json_bare("x.publishers"),
        "claims": json_bare(json_ids("x.claims")),
        "conflicts": json_bare(json_list("x.conflicts")),
    }
)
_ORIGINATED = json_object(
    {
        "innovation": plain("x.innovation"),
        "innovation_label": json_text("i.innovation_label"),
        "site": json_text(cleaned("x.site")),
        **_WHEN,
        "contested": json_bare("x.contested"),
        "review": plain("x.review"),
        "reports": json_bare("x.reports"),
        "claims": json_bare(json_ids("x.claims")),
    }
)

# Places where something was adopted, learned or begun, by country and site. A site is called as most reports of the
# whole graph spell it.
_PLACES = """
    CREATE OR REPLACE TEMP TABLE told_place AS
    WITH place AS (
        SELECT country, site_key FROM chosen_adoption
        UNION SELECT country, NULL FROM chosen_origin WHERE country IS NOT NULL
        UNION SELECT from_country, from_site_key FROM chosen_transfer
        UNION SELECT to_country, to_site_key FROM chosen_transfer
    ), said AS (
        SELECT country, site_key, site, report FROM visible WHERE kind = 'adoption' AND site_key IS NOT NULL
        UNION ALL
        SELECT source_country, source_site_key, source_site, report FROM visible
        WHERE kind = 'adoption' AND source_site_key IS NOT NULL
    ), spelt AS NOT MATERIALIZED (
        SELECT s.country, coalesce(m.key, s.site_key) AS site_key, s.site, s.report
        FROM said s LEFT JOIN site_map m ON m.country = s.country AND m.site_key = s.site_key
    ), known AS (
        SELECT country, site_key, min(site) AS one, max(site) AS other FROM spelt GROUP BY ALL
    ), counted AS (
        SELECT country, site_key, site, count(DISTINCT report) AS reports
        FROM spelt SEMI JOIN (FROM known WHERE one <> other) USING (country, site_key) GROUP BY ALL
    ), labelled AS (
        SELECT country, site_key, one AS label FROM known WHERE one = other -- as most are
        UNION ALL
        SELECT country, site_key, arg_min(site, (-reports, site)) FROM counted GROUP BY ALL
    )
    SELECT p.country, p.site_key, l.label
    FROM place p LEFT JOIN labelled l ON l.country = p.country AND l.site_key = p.site_key
    ORDER BY p.country, p.site_key NULLS FIRST;

    CREATE OR REPLACE TEMP TABLE told_adopter AS
    SELECT p.rowid AS number, x.rowid AS adoption, count(*) OVER (PARTITION BY p.rowid) = 1 AS alone
    FROM chosen_adoption x
    JOIN told_place p ON p.country = x.country AND p.site_key IS NOT DISTINCT FROM x.site_key ORDER BY number
"""

# Some of these places with what was adopted and begun there. The income group is that of the time when the place first
# adopted something.
_SOME_PLACES = f"""
    WITH adoption AS (
        SELECT a.number, a.alone, {_ADOPTED} AS adopted, x.innovation, x.id, x.considered, g.income_group,
            coalesce(x.earliest, x.latest, 'infinity'::DATE) AS began, coalesce(x.latest, 'infinity'::DATE) AS began_by
        FROM some_place p JOIN told_adopter a ON a.number = p.number JOIN chosen_adoption x ON x.rowid = a.adoption
        JOIN told_innovation i USING (innovation)
        JOIN told_span w ON {_same("w")} JOIN told_income g ON {_same("g", country="x.country")}
        JOIN told_span e ON e.earliest IS NOT DISTINCT FROM nullif(x.end_earliest, '-infinity'::DATE)
            AND e.latest IS NOT DISTINCT FROM nullif(x.end_latest, 'infinity'::DATE)
    ), adopted AS (
        SELECT number, adopted, CASE WHEN NOT considered THEN income_group END AS income_group
        FROM adoption WHERE alone
        UNION ALL
        SELECT number, string_agg(adopted, ',' ORDER BY innovation, id), nullif(
            arg_min(coalesce(income_group, ''), (began, began_by, innovation, id)) FILTER (NOT considered), ''
        ) FROM adoption WHERE NOT alone GROUP BY number
    ), originated AS (
        SELECT p.number, string_agg({_ORIGINATED}, ',' ORDER BY x.innovation) AS originated
        FROM chosen_origin x JOIN some_place p ON p.country = x.country AND p.site_key IS NULL
        JOIN told_innovation i USING (innovation) JOIN told_span w ON {_same("w")} GROUP BY p.number
    )
    SELECT {_place("p.country", "p.site_key")} AS id,
        CASE WHEN p.site_key IS NULL THEN 'country' ELSE 'site' END AS class,
        CASE WHEN p.site_key IS NULL THEN c.label ELSE {cleaned("p.label")} END AS label, p.country, c.region,
        a.income_group, CASE WHEN p.site_key IS NULL THEN c.lat END AS lat,
        CASE WHEN p.site_key IS NULL THEN c.lon END AS lon, '[' || coalesce(a.adopted, '') || ']' AS adopted,
        '[' || coalesce(o.originated, '') || ']' AS originated, p.number
    FROM some_place p JOIN told_country c ON c.country = p.country LEFT JOIN adopted a ON a.number = p.number
    LEFT JOIN originated o ON o.number = p.number
"""

# Some of the transfers, which are in the order of innovation, adoption, basis, rule and source.
_SOME_TRANSFERS = f"""
    SELECT {_place("x.from_country", "x.from_site_key")} AS "from", {_place("x.to_country", "x.to_site_key")} AS "to",
        x.innovation, i.innovation_label, w.edtf AS "when", x.earliest, x.latest, x.basis, x.rule, d.direction,
        f.income_group AS from_income, t.income_group AS to_income, {cleaned("x.stage")} AS stage,
        {json_list("x.channels")} AS channels, x.certain, x.review, x.reports, x.publishers,
        x.adoption,
        {json_ids("x.claims")} AS claims, {json_list("x.report_keys")} AS report_keys,
        'transfer' || substr(x.adoption, 9) || ':from:' || x.from_country || coalesce(':' || x.from_site_key, '')
            || ':' || coalesce(x.rule, x.basis) AS id, x.number
    FROM some_transfer x JOIN told_innovation i USING (innovation) JOIN told_span w ON {_same("w")}
    JOIN told_income f ON {_same("f", country="x.from_country")}
    JOIN told_income t ON {_same("t", country="x.to_country")}
    JOIN told_direction d ON d.from_country = x.from_country AND d.to_country = x.to_country
        AND d.first_year IS NOT DISTINCT FROM year(x.earliest) AND d.last_year IS NOT DISTINCT FROM year(x.latest)
"""

# The claims that the export stands on, by id.
_CLAIMS = f"""
    SELECT claim_id AS id, kind, status, {cleaned("report")} AS report, claim_id AS number FROM visible
    WHERE claim_id IN (SELECT claim_id FROM chosen_claim)
"""

#: The keys of the reports of these claims.
CITED = "SELECT DISTINCT report FROM visible WHERE claim_id IN (SELECT claim_id FROM chosen_claim)"

_REPORT = ("title", "authors", "year", "publisher", "url", "doi", "licence")

# These reports, by key.
_REPORTS = f"""
    SELECT {cleaned("c.report")} AS id, {", ".join(f"{cleaned(f'r.{name}')} AS {name}" for name in _REPORT)},
        c.report AS number
    FROM ({CITED}) c LEFT JOIN report_info r ON r.report = c.report
"""


def queries(known: Identity, kind: str) -> Iterator[str]:
    """Yield the queries that one after the other give all rows of a kind, each to be ordered by `number`."""
    if whole := {"claims": _CLAIMS, "reports": _REPORTS}.get(kind):
        yield whole
        return
    table, some, query = {
        "places": ("told_place", "some_place", _SOME_PLACES),
        "transfers": ("chosen_transfer", "some_transfer", _SOME_TRANSFERS),
    }[kind]
    # A table that was made in order has its rows numbered in order.
    (rows,) = first(known.view.con, f"SELECT count(*) FROM {table}")
    for start in range(0, rows, _PART):
        part = f"SELECT *, rowid AS number FROM {table} WHERE rowid >= {start} AND rowid < {start + _PART}"
        known.view.con.execute(f"CREATE OR REPLACE TEMP VIEW {some} AS {part}")
        yield query
