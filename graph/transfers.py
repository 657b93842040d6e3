"""Transfers: who learned an innovation from whom, and on what basis.

stated    a report names the source
inferred  rule `exchange`: the adopter visited an exchange that showed the innovation, it had one host country, and it
          began no later than the adoption's latest day; rule `partner`: an adoption elsewhere that was over with its
          beginning before this one could begin shares a partner
assumed   only the origin is known: the country that most reports name, if it began there in time; a tie gives none

An adoption that is only considered, or domestic, learned nothing across a border. Inference looks only at adoptions
for which no report names a source, and assumption only at those that inference cannot explain.
"""

from __future__ import annotations

from .view import View

_LOW, _HIGH = "'-infinity'::DATE", "'infinity'::DATE"


def make_exchanges(view: View) -> None:
    """Make `exchange_seen` (hosts, visitors and beginning of each) and `exchange_shown` (which innovations it showed).

    The latter of the innovations in the table `innov`.
    """
    view.con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE exchange_seen AS
        SELECT exchange_key, list_sort(list_distinct(flatten(list(coalesce(host_countries, []))))) AS hosts,
            list_sort(list_distinct(flatten(list(coalesce(visiting_countries, []))))) AS visitors,
            min(coalesce(earliest, {_LOW})) FILTER ("when" IS NOT NULL) AS began,
            list(DISTINCT claim_id ORDER BY claim_id) AS claims
        FROM visible WHERE kind = 'exchange' AND exchange_key IS NOT NULL GROUP BY exchange_key;

        CREATE OR REPLACE TEMP TABLE exchange_shown AS
        SELECT DISTINCT s.exchange_key, i.id AS innovation
        FROM (SELECT exchange_key, unnest(shown_keys) AS key FROM visible WHERE kind = 'exchange') s
        JOIN innov i ON i.key = s.key
        """
    )


def make_transfers(view: View) -> None:
    """Make `learned` (every source of every adoption) and `transfer` (those across a border) from the fused tables.

    Needs the exchanges (see `make_exchanges`). Partner inference compares adoptions with the first adoption of each
    country and partner, so its cost grows with adoptions times countries, not with adoptions squared.
    """
    view.con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE stated AS
        SELECT id, source_country AS from_country, source_site_key AS from_site_key, min(source_site) AS from_site,
            'stated' AS basis, NULL::VARCHAR AS rule, list(claim_id ORDER BY claim_id) AS claims,
            list_sort(list(DISTINCT channel) FILTER (channel IS NOT NULL)) AS channels
        FROM adoption_claim WHERE source_country IS NOT NULL GROUP BY id, source_country, source_site_key;

        CREATE OR REPLACE TEMP TABLE unexplained AS
        SELECT * FROM adoption WHERE NOT considered AND NOT domestic AND NOT sourced;

        CREATE OR REPLACE TEMP TABLE by_exchange AS
        SELECT u.id, x.hosts[1] AS from_country, NULL::VARCHAR AS from_site_key, NULL::VARCHAR AS from_site,
            'inferred' AS basis, 'exchange' AS rule,
            list_sort(list_distinct(flatten(list(x.claims || u.claims)))) AS claims
        FROM unexplained u
        JOIN (
            SELECT s.innovation, NULL AS id, s.exchange_key FROM exchange_shown s
            UNION ALL
            SELECT DISTINCT innovation, id, exchange_key FROM adoption_claim WHERE exchange_key IS NOT NULL
        ) s ON s.innovation = u.innovation AND (s.id IS NULL OR s.id = u.id)
        JOIN exchange_seen x ON x.exchange_key = s.exchange_key
        WHERE len(x.hosts) = 1 AND x.hosts[1] <> u.country AND list_contains(x.visitors, u.country)
            AND x.began <= coalesce(u.latest, {_HIGH})
        GROUP BY u.id, x.hosts[1];

        CREATE OR REPLACE TEMP TABLE by_partner AS
        WITH partner AS (
            SELECT DISTINCT innovation, id, unnest(partner_keys) AS partner FROM adoption_claim
            WHERE innovation IN (SELECT innovation FROM unexplained)
        ), known AS (
            SELECT a.innovation, p.partner, a.country, min(a.latest) AS over,
                arg_min(a.claims, (a.latest, a.id)) AS claims
            FROM adoption a JOIN partner p USING (id)
            WHERE NOT a.considered AND a.latest IS NOT NULL GROUP BY ALL
        )
        SELECT u.id, k.country AS from_country, NULL::VARCHAR AS from_site_key, NULL::VARCHAR AS from_site,
            'inferred' AS basis, 'partner' AS rule,
            list_sort(list_distinct(flatten(list(k.claims || u.claims)))) AS claims
        FROM unexplained u JOIN partner p USING (id)
        JOIN known k ON k.innovation = u.innovation AND k.partner = p.partner AND k.country <> u.country
        WHERE k.over < u.earliest AND k.over < {_HIGH}
        GROUP BY u.id, k.country;

        CREATE OR REPLACE TEMP TABLE by_origin AS
        WITH most AS (
            SELECT innovation, max(reports) AS reports FROM origin WHERE country IS NOT NULL GROUP BY innovation
        ), top AS (
            SELECT o.innovation, min(o.country) AS country, any_value(o.claims) AS claims,
                any_value(o.earliest) AS earliest
            FROM origin o JOIN most m ON m.innovation = o.innovation AND m.reports = o.reports
            WHERE o.country IS NOT NULL GROUP BY o.innovation HAVING count(*) = 1
        )
        SELECT u.id, t.country AS from_country, NULL::VARCHAR AS from_site_key, NULL::VARCHAR AS from_site,
            'assumed' AS basis, 'origin' AS rule, list_sort(list_distinct(t.claims || u.claims)) AS claims
        FROM unexplained u JOIN top t ON t.innovation = u.innovation
        WHERE t.country <> u.country AND coalesce(u.latest, {_HIGH}) >= coalesce(t.earliest, {_LOW})
            AND u.id NOT IN (SELECT id FROM by_exchange UNION ALL SELECT id FROM by_partner);

        CREATE OR REPLACE TEMP TABLE explained AS
        FROM by_exchange UNION ALL FROM by_partner UNION ALL FROM by_origin;

        CREATE OR REPLACE TEMP TABLE learned AS
        SELECT * EXCLUDE (channels) FROM stated UNION ALL FROM explained;

        -- What explains an adoption stands on all its claims, so it has all their channels.
        CREATE OR REPLACE TEMP TABLE transfer AS
        WITH spoken AS (
            SELECT id, list_sort(list(DISTINCT channel)) AS channels FROM adoption_claim
            WHERE channel IS NOT NULL AND id IN (SELECT id FROM explained) GROUP BY id
        ), channelled AS (
            FROM stated UNION ALL SELECT e.*, s.channels FROM explained e LEFT JOIN spoken s USING (id)
        )
        SELECT a.innovation, a.id AS adoption, l.from_country, l.from_site_key, l.from_site,
            a.country AS to_country, a.site_key AS to_site_key, a.site AS to_site, l.basis, l.rule, l.claims,
            a.earliest, a.latest, a.dated, coalesce(l.channels, []) AS channels
        FROM channelled l JOIN adoption a USING (id)
        WHERE NOT a.considered AND NOT a.domestic AND l.from_country <> a.country
        """
    )
