"""The rows of the property graph: a table for each class of nodes, made in SQL from the fused tables of a view.

A row's columns are the node's properties; `hash` is a number made from all of them and from what leaves the node, the
same on every machine. Claims are all that are live, whatever their status and review; what is fused, and `visible`,
is of the view's scope.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from ..ontology.countries import all_countries
from ..ontology.income import income
from .claims import CONTENT, KINDS
from .dates import edtf_of_bounds
from .diffusion import Diffusion
from .identity import Identity
from .ledger_schema import KEYS, SAYING
from .neo4j_model import CLASSES, MODEL_VERSION
from .network import direction_of
from .reviewed import reviewed
from .verdicts import JUDGED, SKIP, STANDS_FOR
from .view import CONFIDENCES

_DATES = "nullif({a}.earliest, '-infinity'::DATE) AS earliest, nullif({a}.latest, 'infinity'::DATE) AS latest"
_RANKS = " ".join(f"WHEN '{c}' THEN {i}" for i, c in enumerate(CONFIDENCES))
_PLACE = "coalesce(':' || {site}, '')"


def make_tables(known: Identity) -> None:
    """Make the table of every class of nodes in the connection of the view. Cost: linear in the live claims."""
    Diffusion(known)
    view = known.view
    _register_innovations(known)
    view.con.execute(_CLAIMS)
    for kind in KINDS:
        # A column that no claim of a kind fills would only be sent as null.
        columns = ", ".join(f'"{name}"' for name in _CLAIM_COLUMNS)
        _make(known, f"neo_{kind}_claim", f"SELECT {columns} FROM live WHERE kind = '{kind}'")
    _register_countries(known)
    view.con.execute(_SPANS)
    for table in ("adoption", "origin", "learned", "transfer"):
        view.con.execute(f"CREATE OR REPLACE TEMP VIEW reviewed_{table} AS FROM {reviewed(view, table)}")
    _register_spans(known)
    for table, sql in _TABLES.items():
        _make(known, table, sql)


def rows_of(known: Identity, table: str, batch: int) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a table, or of a query, as properties without nulls and empty lists, some at a time."""
    for part in known.view.con.sql(f"SELECT * FROM {table}").to_arrow_reader(batch):
        # Most columns of most claims are null throughout; they are dropped once, not row by row.
        filled = [name for name, c in zip(part.schema.names, part.columns, strict=True) if c.null_count < len(c)]
        columns = [(name, _values(part.column(name))) for name in filled]
        names = [name for name, _ in columns]
        yield [
            {name: value for name, value in zip(names, values, strict=True) if value is not None}
            for values in zip(*(column for _, column in columns), strict=True)
        ]


def _values(column: pa.Array) -> list[Any]:
    """Return the values of a column. The bulk importer cannot bring an empty list, so nobody does."""
    values: list[Any] = column.to_pylist()
    return [value or None for value in values] if pa.types.is_list(column.type) else values


def _make(known: Identity, table: str, sql: str) -> None:
    links = next(c.links for c in CLASSES if c.table == table)
    seed = f"{MODEL_VERSION}:{';'.join(f'{k.type}>{k.target}={k.sql}' for k in links)}".replace("'", "''")
    known.view.con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS "
        f"SELECT t.*, (md5_number_lower('{seed}' || to_json(t)::VARCHAR) >> 1)::BIGINT AS hash FROM ({sql}) t"
    )


def _register_innovations(known: Identity) -> None:
    found = list(known.innovations.values())
    keys: dict[str, list[str]] = {innovation.id: [] for innovation in found}
    for key, id_ in known.by_key.items():
        keys[id_].append(key)
    lists = ("names", "keys", "kinds", "themes")
    known.view.register(
        "innovation_told",
        {
            "id": [i.id for i in found],
            "label": [i.label for i in found],
            "names": [list(i.aliases) for i in found],
            "keys": [sorted(keys[i.id]) for i in found],
            "kinds": [list(i.kinds) for i in found],
            "themes": [list(i.themes) for i in found],
        },
        {name: pa.list_(pa.string()) for name in lists},
    )


def _register_countries(known: Identity) -> None:
    """Make `country_told`: the countries that live claims name, with what is known of them."""
    used = {
        row[0]
        for row in known.view.con.execute(
            "SELECT unnest([country, source_country] || coalesce(host_countries, []) || "
            "coalesce(visiting_countries, []) || coalesce(countries, [])) FROM live"
        ).fetchall()
    } - {None}
    told = {country.iso3: country for country in all_countries()}
    codes = sorted(used)
    found = [told.get(code) for code in codes]
    known.view.register(
        "country_told",
        {
            "id": [f"country:{code}" for code in codes],
            "iso3": codes,
            "label": [c.label if c else code for c, code in zip(found, codes, strict=True)],
            "names": [list(c.names) if c else [] for c in found],
            "region": [c.region if c else None for c in found],
            # Text that is turned to a number in SQL: a registered column is of a type that a ledger has.
            "lat": [str(c.lat) if c and c.lat is not None else None for c in found],
            "lon": [str(c.lon) if c and c.lon is not None else None for c in found],
        },
        {"names": pa.list_(pa.string())},
    )


def _register_spans(known: Identity) -> None:
    """Make `span_told` and `crossing_told`: words for bounds, income groups and directions, once a distinct case."""
    con = known.view.con
    spans = con.execute("SELECT DISTINCT country, earliest, latest FROM span_asked ORDER BY ALL").fetchall()
    groups = [income(*span) if span[0] else None for span in spans]
    columns: dict[str, list[Any]] = {
        "country": [s[0] for s in spans],
        "earliest": [s[1] for s in spans],
        "latest": [s[2] for s in spans],
        "when": [edtf_of_bounds(*s[1:]) for s in spans],
        "income_group": [g.group if g else None for g in groups],
        "extrapolated": [g.extrapolated if g else None for g in groups],
    }
    dates = {"earliest": pa.date32(), "latest": pa.date32()}
    known.view.register("span_told", columns, {**dates, "extrapolated": pa.bool_()})
    ways = con.execute(
        f"SELECT DISTINCT from_country, to_country, {_DATES.format(a='t')} FROM transfer t ORDER BY ALL"
    ).fetchall()
    known.view.register(
        "crossing_told",
        {
            "from_country": [w[0] for w in ways],
            "to_country": [w[1] for w in ways],
            "earliest": [w[2] for w in ways],
            "latest": [w[3] for w in ways],
            "direction": [direction_of(*w) for w in ways],
        },
        dates,
    )


_OWN = {"exchange_key": "coalesce(x.own, c.exchange_key) AS exchange_key"}
_SAID = ", ".join(_OWN.get(name, f'c."{name}"') for name in (*CONTENT, *KEYS))

#: `live`: every claim of a report that is not retracted, what review and confidence come to, what it is part of.
_CLAIMS = f"""
    CREATE OR REPLACE TEMP TABLE live AS
    WITH judged AS ({JUDGED}), rated AS (
        SELECT claim_id, bool_or(review = 'accepted') AS accepted, bool_and(review = 'refused') AS refused,
            arg_max(confidence, CASE confidence {_RANKS} END) AS confidence, min(method) AS method
        FROM evidence_at GROUP BY claim_id
    ), shown AS (
        SELECT s.claim_id, list(DISTINCT i.id ORDER BY i.id) AS shown_ids
        FROM (SELECT claim_id, unnest(shown_keys) AS key FROM claim_at) s JOIN innov i ON i.key = s.key GROUP BY ALL
    ), part AS (
        SELECT claim_id, id AS part_of, conflict, NULL::VARCHAR AS country_conflict, counted FROM adoption_claim
        UNION ALL
        SELECT claim_id, 'origin:' || substr(innovation, 12) || ':' || coalesce(country, ''), conflict,
            country_conflict, counted FROM origin_claim
    )
    SELECT c.claim_id AS id, c.kind, c.status, coalesce(m.canonical, c.report) AS report, c.report AS report_said,
        CASE WHEN j.verdict = 'reject' THEN 'refused' WHEN j.verdict = 'accept' OR r.accepted THEN 'accepted'
            WHEN r.refused THEN 'refused' ELSE 'candidate' END AS review,
        r.confidence, r.method, c.claim_id IN (SELECT claim_id FROM visible) AS visible,
        i.id AS innovation_id, shown.shown_ids, part.part_of, part.conflict, part.country_conflict, part.counted,
        {_SAID}
    FROM claim_at c LEFT JOIN report_map m ON m.report = c.report
    LEFT JOIN exchange_map x ON x.exchange_key = c.exchange_key AND x.report = coalesce(m.canonical, c.report)
    LEFT JOIN judged j ON j.claim_id = c.claim_id LEFT JOIN rated r ON r.claim_id = c.claim_id
    LEFT JOIN innov i ON i.key = c.innovation_key LEFT JOIN shown ON shown.claim_id = c.claim_id
    LEFT JOIN part ON part.claim_id = c.claim_id
    WHERE coalesce(NOT m.retracted, true)
"""
_CLAIM_COLUMNS = (
    *("id", "kind", "status", "report", "report_said", "review", "confidence", "method", "visible"),
    *("innovation_id", "shown_ids", "part_of", "conflict", "country_conflict", "counted", *CONTENT, *KEYS),
)

_SPANS = f"""
    CREATE OR REPLACE TEMP VIEW span_asked AS
    SELECT country, {_DATES.format(a="a")} FROM adoption a
    UNION ALL SELECT country, {_DATES.format(a="o")} FROM origin o
    UNION ALL SELECT from_country, {_DATES.format(a="t")} FROM transfer t
    UNION ALL SELECT to_country, {_DATES.format(a="t")} FROM transfer t
"""
_SPAN = (
    "span_told {s} ON {s}.country IS NOT DISTINCT FROM {country} "
    "AND {s}.earliest IS NOT DISTINCT FROM {a}.earliest AND {s}.latest IS NOT DISTINCT FROM {a}.latest"
)
_PRESENCE = "'presence:' || substr({a}.innovation, 12) || ':' || {a}.{country}"
_SOURCE_ID = (
    f"substr({{a}}.adoption, 10) || ':from:' || {{a}}.from_country || {_PLACE.format(site='{a}.from_site_key')} "
    "|| ':' || coalesce({a}.rule, {a}.basis)"
)

_TABLES: dict[str, str] = {
    "neo_innovation": "SELECT * FROM innovation_told",
    "neo_country": "SELECT * REPLACE (lat::DOUBLE AS lat, lon::DOUBLE AS lon) FROM country_told",
    "neo_site": """
        WITH said AS (
            SELECT country, site_key AS key, site, report FROM live
            WHERE kind = 'adoption' AND country IS NOT NULL AND site_key IS NOT NULL
            UNION ALL
            SELECT source_country, source_site_key, source_site, report FROM live
            WHERE kind = 'adoption' AND source_country IS NOT NULL AND source_site_key IS NOT NULL
        ), known AS (
            SELECT s.country, coalesce(m.key, s.key) AS key, s.key AS own, s.site, s.report
            FROM said s LEFT JOIN site_map m ON m.country = s.country AND m.site_key = s.key
        ), spelt AS (
            SELECT country, key, site, count(DISTINCT report) AS reports FROM known GROUP BY ALL
        )
        SELECT 'site:' || country || ':' || key AS id, key, country,
            arg_min(site, (-reports, site)) AS label,
            list(DISTINCT site ORDER BY site) AS names,
            (SELECT list(DISTINCT k.own ORDER BY k.own) FROM known k
                WHERE k.country = spelt.country AND k.key = spelt.key) AS keys
        FROM spelt GROUP BY country, key
    """,
    "neo_exchange": """
        SELECT 'exchange:' || exchange_key AS id, exchange_key AS key,
            coalesce(min(coalesce(title, exchange)) FILTER (kind = 'exchange'), min(exchange), exchange_key) AS label,
            list_sort(list_distinct(list(title) FILTER (title IS NOT NULL AND kind = 'exchange')
                || list(exchange) FILTER (exchange IS NOT NULL))) AS names
        FROM live WHERE exchange_key IS NOT NULL GROUP BY exchange_key
    """,
    "neo_report": f"""
        WITH cited AS (
            SELECT DISTINCT report FROM live UNION SELECT report FROM report_info
        ), own AS (
            SELECT canonical AS report, list(DISTINCT report ORDER BY report) AS keys
            FROM report_map WHERE NOT retracted GROUP BY canonical
        )
        SELECT c.report AS id, coalesce(r.title, c.report) AS label,
            {", ".join(f"r.{name}" for name in SAYING if name != "same_as")}, r.publisher_known_as,
            coalesce(o.keys, [c.report]) AS keys
        FROM cited c LEFT JOIN report_info r ON r.report = c.report LEFT JOIN own o ON o.report = c.report
    """,
    "neo_carrier": """
        SELECT 'carrier:' || left(sha256(carrier), 12) AS id, carrier AS label,
            list(DISTINCT ingester ORDER BY ingester) AS ingesters
        FROM evidence_at WHERE claim_id IN (SELECT id FROM live) GROUP BY carrier
    """,
    "neo_judgement": f"""
        SELECT DISTINCT 'judgement:' || left(md5(concat_ws('|', verdict, {STANDS_FOR}, object)), 20) AS id,
            verdict, subject, object, "by", reason
        FROM judgement_at WHERE verdict <> '{SKIP}'
    """,
    "neo_evidence": """
        SELECT 'evidence:' || replace(claim_id, 'claim:', '') || '-' || left(sha256(carrier), 12) AS id, claim_id,
            carrier, 'carrier:' || left(sha256(carrier), 12) AS carrier_id, record, review, locator, quote, method,
            confidence, ingester
        FROM evidence_at WHERE claim_id IN (SELECT id FROM live)
    """,
    "neo_presence": f"""
        WITH pair AS (
            SELECT innovation, country FROM adoption
            UNION SELECT innovation, country FROM origin WHERE country IS NOT NULL
            UNION SELECT innovation, from_country FROM transfer
        ), taught AS (
            SELECT innovation, to_country AS country,
                list(DISTINCT {_PRESENCE.format(a="t", country="from_country")}
                    ORDER BY {_PRESENCE.format(a="t", country="from_country")}) AS learned_from
            FROM transfer t GROUP BY ALL
        )
        SELECT {_PRESENCE.format(a="p", country="country")} AS id, p.innovation, p.country, taught.learned_from
        FROM pair p LEFT JOIN taught ON taught.innovation = p.innovation AND taught.country = p.country
    """,
    "neo_origin": f"""
        SELECT 'origin:' || substr(o.innovation, 12) || ':' || coalesce(o.country, '') AS id, o.innovation, o.country,
            CASE WHEN o.country IS NOT NULL THEN {_PRESENCE.format(a="o", country="country")} END AS presence,
            o.site, o.earliest, o.latest, s."when", s.income_group, s.extrapolated, o.dated, o.claims, o.reports,
            o.conflict, o.conflicted, o.contested, o.review
        FROM (SELECT * REPLACE ({_DATES.format(a="origin")}) FROM reviewed_origin origin) o
        LEFT JOIN {_SPAN.format(s="s", country="o.country", a="o")}
    """,
    "neo_adoption": f"""
        SELECT a.id, a.innovation, a.country, a.site_key, CASE WHEN a.site_key IS NOT NULL THEN a.site END AS site,
            {_PRESENCE.format(a="a", country="country")} AS presence, a.earliest, a.latest, s."when",
            s.income_group, s.extrapolated, a.dated, a.ended, a.end_earliest, a.end_latest, a.stage, a.considered,
            a.domestic, a.left_censored, a.sourced, a.claims, a.reports, a.publishers, a.conflicts, a.review
        FROM (SELECT * REPLACE ({_DATES.format(a="adoption")},
                nullif(end_earliest, '-infinity'::DATE) AS end_earliest,
                nullif(end_latest, 'infinity'::DATE) AS end_latest) FROM reviewed_adoption adoption) a
        LEFT JOIN {_SPAN.format(s="s", country="a.country", a="a")}
    """,
    "neo_source": f"""
        SELECT 'source:' || {_SOURCE_ID.format(a="l")} AS id, l.* FROM (
            SELECT l.id AS adoption, l.from_country, l.from_site_key, l.from_site, l.basis, l.rule, l.claims, l.review
            FROM reviewed_learned l JOIN adoption a USING (id)
            WHERE a.considered OR a.domestic OR l.from_country = a.country
        ) l
    """,
    "neo_transfer": f"""
        WITH t AS (
            SELECT t.*, 'transfer:' || {_SOURCE_ID.format(a="t")} AS id
            FROM (SELECT * REPLACE ({_DATES.format(a="transfer")}) FROM reviewed_transfer transfer) t
        ), said AS (
            SELECT u.id, list(DISTINCT v.report ORDER BY v.report) AS report_keys,
                count(DISTINCT coalesce(r.publisher_known_as, v.report)) AS publishers
            FROM (SELECT id, unnest(claims) AS claim_id FROM t) u JOIN live v ON v.id = u.claim_id
            LEFT JOIN report_info r ON r.report = v.report GROUP BY u.id
        )
        SELECT t.id, t.innovation, i.label AS innovation_label, t.adoption, t.from_country, t.from_site_key,
            t.from_site, t.to_country, t.to_site_key, t.to_site, t.basis, t.rule, t.earliest, t.latest, f."when",
            t.dated, a.stage, c.direction, f.income_group AS from_income, g.income_group AS to_income, t.channels,
            t.claims, len(said.report_keys) AS reports, said.report_keys, said.publishers, t.review
        FROM t JOIN innovation_told i ON i.id = t.innovation JOIN said ON said.id = t.id
        JOIN adoption a ON a.id = t.adoption
        JOIN {_SPAN.format(s="f", country="t.from_country", a="t")}
        JOIN {_SPAN.format(s="g", country="t.to_country", a="t")}
        JOIN crossing_told c ON c.from_country = t.from_country AND c.to_country = t.to_country
            AND c.earliest IS NOT DISTINCT FROM t.earliest AND c.latest IS NOT DISTINCT FROM t.latest
    """,
    "neo_conflict": """
        WITH disagreed AS (
            SELECT c.conflict AS id, 'adoption.when' AS field, c.innovation, c.country, min(c.site) AS site,
                list(DISTINCT c.claim_id ORDER BY c.claim_id) AS claims
            FROM adoption_claim c JOIN stage_spell s ON s.conflict = c.conflict
            WHERE s.conflicted AND c.dated GROUP BY ALL
            UNION ALL
            SELECT c.conflict, 'origin.when', c.innovation, c.country, NULL,
                list(DISTINCT c.claim_id ORDER BY c.claim_id)
            FROM origin_claim c JOIN origin_all o ON o.conflict = c.conflict
            WHERE o.conflicted AND c.dated GROUP BY ALL
            UNION ALL
            SELECT c.country_conflict, 'origin.country', c.innovation, NULL, NULL,
                list(DISTINCT c.claim_id ORDER BY c.claim_id)
            FROM origin_claim c WHERE c.country IS NOT NULL AND c.innovation IN (
                SELECT innovation FROM origin_all WHERE country IS NOT NULL GROUP BY innovation HAVING count(*) > 1
            ) GROUP BY ALL
        )
        SELECT d.*, s.claim_id AS settled FROM disagreed d
        LEFT JOIN (SELECT conflict, min(claim_id) AS claim_id FROM settled GROUP BY conflict) s ON s.conflict = d.id
    """,
}
