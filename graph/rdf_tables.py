"""The tables that the fused view in RDF is written from, one row a thing.

What needs Python (dates as EDTF, income groups, directions) is computed once a distinct combination and joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from ..ontology.countries import all_countries
from ..ontology.income import income
from .dates import edtf_of_bounds
from .fusion import most_said
from .identity import Identity
from .network import direction_of
from .rdf_terms import thing_of

if TYPE_CHECKING:
    from .rdf_write import Relations

_BOUNDS = {"earliest": pa.date32(), "latest": pa.date32()}
_LIST = pa.list_(pa.string())


def make_rdf_tables(known: Identity, chosen: Relations) -> None:
    """Make the tables that `fused_lines` reads, each with one row a thing: `rdf_adoption`, `rdf_transfer` and so on."""
    con = known.view.con
    _make_innovations(known, chosen)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE rdf_adoption AS
        SELECT * EXCLUDE (end_earliest, end_latest) REPLACE ({_finite("earliest")}, {_finite("latest")}),
            CASE WHEN ended THEN nullif(end_earliest, '-infinity'::DATE) END AS end_earliest,
            CASE WHEN ended THEN nullif(end_latest, 'infinity'::DATE) END AS end_latest
        FROM {chosen.adoption};

        CREATE OR REPLACE TEMP TABLE rdf_origin AS
        SELECT * REPLACE ({_finite("earliest")}, {_finite("latest")}) FROM {chosen.origin} WHERE country IS NOT NULL;

        CREATE OR REPLACE TEMP TABLE rdf_transfer AS
        SELECT * REPLACE ({_finite("earliest")}, {_finite("latest")}),
            concat(substr(adoption, 10), ':from:', from_country, ':' || from_site_key, ':', coalesce(rule, basis))
                AS name
        FROM {chosen.transfer};

        CREATE OR REPLACE TEMP VIEW rdf_claim AS
        SELECT * FROM visible WHERE claim_id IN (SELECT claim_id FROM {chosen.claim});
        """
    )
    _make_times(known)
    _make_places(known)
    _make_links(known)


def _finite(bound: str) -> str:
    infinity = "-infinity" if bound == "earliest" else "infinity"
    return f"nullif({bound}, '{infinity}'::DATE) AS {bound}"


def _make_innovations(known: Identity, chosen: Relations) -> None:
    ids = [row[0] for row in known.view.con.execute(f"SELECT id FROM {chosen.innovation} ORDER BY id").fetchall()]
    found = [known.innovations[id_] for id_ in ids]
    known.view.register(
        "rdf_innovation",
        {
            "id": ids,
            "label": [each.label for each in found],
            "aliases": [each.aliases for each in found],
            "kinds": [each.kinds for each in found],
            "themes": [each.themes for each in found],
        },
        {"aliases": _LIST, "kinds": _LIST, "themes": _LIST},
    )


def _make_times(known: Identity) -> None:
    """Make `rdf_when`, `rdf_income` and `rdf_direction`: what dates mean, alone, for a country and for two."""
    view = known.view
    bounds = view.con.execute(
        "SELECT DISTINCT earliest, latest FROM rdf_adoption UNION SELECT earliest, latest FROM rdf_origin "
        "UNION SELECT end_earliest, end_latest FROM rdf_adoption"
    ).fetchall()
    view.register(
        "rdf_when",
        {
            "earliest": [first for first, _ in bounds],
            "latest": [last for _, last in bounds],
            "when": [edtf_of_bounds(*each) for each in bounds],
        },
        _BOUNDS,
    )
    spells = view.con.execute(
        "SELECT DISTINCT country, earliest, latest FROM rdf_adoption "
        "UNION SELECT from_country, earliest, latest FROM rdf_transfer "
        "UNION SELECT to_country, earliest, latest FROM rdf_transfer"
    ).fetchall()
    groups = [income(*each) for each in spells]
    view.register(
        "rdf_income",
        {
            "country": [each[0] for each in spells],
            "earliest": [each[1] for each in spells],
            "latest": [each[2] for each in spells],
            "income": [each.group for each in groups],
            "extrapolated": [each.extrapolated for each in groups],
        },
        {**_BOUNDS, "extrapolated": pa.bool_()},
    )
    hops = view.con.execute("SELECT DISTINCT from_country, to_country, earliest, latest FROM rdf_transfer").fetchall()
    view.register(
        "rdf_direction",
        {
            "from_country": [each[0] for each in hops],
            "to_country": [each[1] for each in hops],
            "earliest": [each[2] for each in hops],
            "latest": [each[3] for each in hops],
            "direction": [direction_of(*each) for each in hops],
        },
        _BOUNDS,
    )


def _make_places(known: Identity) -> None:
    """Make `rdf_country`, every country that anything written speaks of, and `rdf_site`, where something went on."""
    con = known.view.con
    lists = " || ".join(f"coalesce({name}, [])" for name in ("countries", "host_countries", "visiting_countries"))
    said = (
        f"SELECT DISTINCT unnest([country, source_country] || {lists}) FROM rdf_claim "
        "UNION SELECT country FROM rdf_adoption UNION SELECT country FROM rdf_origin "
        "UNION SELECT from_country FROM rdf_transfer"
    )
    codes = {row[0] for row in con.execute(said).fetchall()}
    found = [country for country in all_countries() if country.iso3 in codes]
    known.view.register(
        "rdf_country",
        {
            "code": [each.iso3 for each in found],
            # Not of a former country, nor of Kosovo, whose code ISO has not assigned.
            "same": [None if each.until or each.iso3 == "XKX" else each.iso3 for each in found],
            "label": [each.label for each in found],
            "region": [each.region for each in found],
            "lat": [None if each.lat is None else str(each.lat) for each in found],
            "lon": [None if each.lon is None else str(each.lon) for each in found],
        },
    )
    source = thing_of("presence", "substr(innovation, 12) || ':' || from_country").sql
    con.execute(
        f"""
        CREATE OR REPLACE TEMP VIEW rdf_spelt AS
        SELECT s.country, coalesce(m.key, s.site_key) AS site_key, s.site, s.report FROM (
            SELECT country, site_key, site, report FROM visible WHERE kind = 'adoption'
            UNION ALL SELECT source_country, source_site_key, source_site, report FROM visible WHERE kind = 'adoption'
        ) s LEFT JOIN site_map m ON m.country = s.country AND m.site_key = s.site_key
        WHERE s.site_key IS NOT NULL;

        CREATE OR REPLACE TEMP TABLE rdf_site AS
        SELECT country, site_key, label FROM (
            SELECT country, site_key FROM rdf_adoption UNION SELECT from_country, from_site_key FROM rdf_transfer
        ) LEFT JOIN ({most_said("rdf_spelt", "country, site_key", "site")}) USING (country, site_key)
        WHERE site_key IS NOT NULL;

        CREATE OR REPLACE TEMP TABLE rdf_presence AS
        WITH place AS (
            SELECT innovation, country FROM rdf_adoption
            UNION SELECT innovation, country FROM rdf_origin
            UNION SELECT innovation, from_country FROM rdf_transfer
        ), learned AS (
            SELECT innovation, to_country AS country,
                list(DISTINCT {source} ORDER BY {source}) AS sources
            FROM rdf_transfer GROUP BY ALL
        )
        SELECT * FROM place LEFT JOIN learned USING (innovation, country)
        """
    )


def _make_links(known: Identity) -> None:
    """Make `rdf_exchange` and `rdf_link`, what each claim is about: innovations (also those shown), an exchange."""
    known.view.con.execute(
        """
        CREATE OR REPLACE TEMP TABLE rdf_exchange AS
        SELECT exchange_key AS key, coalesce(min(coalesce(title, exchange)) FILTER (kind = 'exchange'), min(exchange))
            AS label
        FROM rdf_claim WHERE exchange_key IS NOT NULL GROUP BY exchange_key;

        CREATE OR REPLACE TEMP VIEW rdf_link AS
        WITH about AS (
            SELECT claim_id, innovation_key AS key FROM rdf_claim
            UNION ALL SELECT claim_id, unnest(shown_keys) FROM rdf_claim WHERE shown_keys IS NOT NULL
        )
        SELECT DISTINCT claim_id, id AS innovation, NULL::VARCHAR AS exchange
        FROM about JOIN innov USING (key) WHERE id IN (SELECT id FROM rdf_innovation)
        UNION ALL SELECT claim_id, NULL, exchange_key FROM rdf_claim WHERE exchange_key IS NOT NULL
        """
    )
