"""Fusion: many claims of the same thing become one origin or one adoption, with what the reports disagree on kept.

An adoption is innovation + country + site; an origin is innovation + country. Within one stage of an adoption dates
that overlap narrow to what they share; dates that do not are a conflict, and the bounds then span them all until an
analyst settles it. Stages are progression: the adoption began with the earliest of them. All in SQL over `visible`,
one pass a step, so the cost is linear in the claims looked at.
"""

from __future__ import annotations

from typing import Any

from ..ontology.vocabulary import ADOPTION_STAGES
from .union import clusters_of
from .view import View

_LOW, _HIGH = "'-infinity'::DATE", "'infinity'::DATE"
_RANK = "CASE stage " + " ".join(f"WHEN '{s}' THEN {i}" for i, s in enumerate(ADOPTION_STAGES)) + " ELSE -1 END"

#: Bounds of a group of dated claims: what they share, or all that they span where they share nothing.
_BOUNDS = f"""
    max(coalesce(earliest, {_LOW})) FILTER (dated) AS lo, min(coalesce(latest, {_HIGH})) FILTER (dated) AS hi,
    max(coalesce(earliest, {_LOW})) FILTER (counted) AS in_lo, min(coalesce(latest, {_HIGH})) FILTER (counted) AS in_hi,
    min(coalesce(earliest, {_LOW})) FILTER (counted) AS all_lo,
    max(coalesce(latest, {_HIGH})) FILTER (counted) AS all_hi
"""
_VARIOUS = "FROM adoption_claim WHERE id IN (SELECT id FROM said WHERE spelt_variously)"
_NARROWED = (
    "CASE WHEN in_lo > in_hi THEN all_lo ELSE in_lo END AS first_day, "
    "CASE WHEN in_lo > in_hi THEN all_hi ELSE in_hi END AS last_day"
)


def make_said(view: View) -> None:
    """Make what fusion starts from: `said`, the origin and adoption claims of the innovations in the table `innov`.

    Also `report_info`, `site_map` and `settled`, which it needs beside them.
    """
    view.make_report_table()
    _make_site_map(view)
    _make_settled(view)
    view.con.execute(
        """
        CREATE OR REPLACE TEMP TABLE said AS
        SELECT i.id AS innovation, substr(i.id, 12) AS name, v.kind, v.country, coalesce(s.key, v.site_key) AS site_key,
            v.site, v.claim_id, v.report, v."when", v.earliest, v.latest, v."end", v.end_earliest, v.end_latest,
            v.stage, v.source_country, coalesce(t.key, v.source_site_key) AS source_site_key, v.source_site, v.channel,
            v.partner_keys, v.exchange_key, v.domestic, v.left_censored
        FROM visible v JOIN innov i ON i.key = v.innovation_key
        LEFT JOIN site_map s ON s.country = v.country AND s.site_key = v.site_key
        LEFT JOIN site_map t ON t.country = v.source_country AND t.site_key = v.source_site_key
        WHERE v.kind IN ('origin', 'adoption')
        """
    )


def make_adoptions(view: View) -> None:
    """Make `adoption_claim`, `stage_spell` and `adoption` of what was said (see `make_said`).

    Makes `origin` first, which says what is domestic. A claim is in `said` once, so its id needs no DISTINCT; most
    adoptions are said by one report with one spelling, so only the others are counted and put to the vote.
    """
    _make_origins(view)
    view.con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE adoption_claim AS
        WITH placed AS (
            SELECT v.*, v."when" IS NOT NULL AS dated, v."end" IS NOT NULL AS ended,
                coalesce(v.domestic, false) AS said_domestic, coalesce(v.left_censored, false) AS first_observed,
                coalesce(r.publisher_known_as, v.report) AS publisher, {_RANK} AS rank
            FROM said v LEFT JOIN report_info r ON r.report = v.report
            WHERE v.kind = 'adoption' AND v.country IS NOT NULL
        ), named AS (
            SELECT *, name || ':' || country || coalesce(':' || site_key, '') AS place FROM placed
        ), identified AS (
            SELECT * EXCLUDE (place), 'adoption:' || place AS id,
                'conflict:adoption.when:' || place || coalesce('@' || stage, '') AS conflict FROM named
        )
        SELECT i.*, dated AND (t.claim_id IS NULL OR t.claim_id = i.claim_id) AS counted
        FROM identified i LEFT JOIN settled t USING (conflict)
        """
    )
    view.con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE stage_spell AS
        WITH g AS (
            SELECT id, innovation, country, site_key, stage, max(rank) AS rank, conflict, {_BOUNDS}
            FROM adoption_claim GROUP BY ALL
        )
        SELECT *, coalesce(lo > hi, false) AS conflicted, {_NARROWED} FROM g;

        CREATE OR REPLACE TEMP TABLE adoption AS
        WITH alone AS (
            SELECT id, bool_and(stage IS NOT DISTINCT FROM 'considered') AS considered FROM stage_spell GROUP BY id
        ), spell AS (
            SELECT s.* FROM stage_spell s JOIN alone a USING (id)
            WHERE a.considered OR s.stage IS DISTINCT FROM 'considered'
        ), began AS (
            SELECT id, min(first_day) AS earliest, min(last_day) AS latest,
                arg_max(stage, (last_day IS NOT NULL, coalesce(last_day, {_LOW}), coalesce(first_day, {_LOW}), rank))
                    AS stage
            FROM spell GROUP BY id
        ), said AS (
            SELECT id, innovation, country, site_key, list(claim_id ORDER BY claim_id) AS claims,
                min(site) AS site, min(site) <> max(site) AS spelt_variously,
                min(report) <> max(report) AS said_variously,
                bool_or(dated) AS dated, bool_or(first_observed) AS left_censored,
                bool_or(said_domestic) AS said_domestic,
                bool_or(source_country IS NOT NULL AND source_country <> country) AS foreign_source,
                bool_or(source_country IS NOT NULL) AS sourced,
                max(coalesce(end_earliest, {_LOW})) FILTER (ended) AS end_lo,
                min(coalesce(end_latest, {_HIGH})) FILTER (ended) AS end_hi,
                min(coalesce(end_earliest, {_LOW})) FILTER (ended) AS end_all_lo,
                max(coalesce(end_latest, {_HIGH})) FILTER (ended) AS end_all_hi
            FROM adoption_claim GROUP BY id, innovation, country, site_key
        ), counted AS (
            SELECT id, count(DISTINCT report) AS reports, count(DISTINCT publisher) AS publishers FROM adoption_claim
            WHERE id IN (SELECT id FROM said WHERE said_variously) GROUP BY id
        ), troubled AS (
            SELECT id, list(conflict ORDER BY conflict) AS conflicts FROM stage_spell WHERE conflicted GROUP BY id
        )
        SELECT s.id, s.innovation, s.country, s.site_key, coalesce(l.label, s.site) AS site, s.claims,
            coalesce(c.reports, 1) AS reports, coalesce(c.publishers, 1) AS publishers, s.dated, s.left_censored,
            s.sourced, b.earliest, b.latest, b.stage, a.considered,
            CASE WHEN s.end_lo > s.end_hi THEN s.end_all_lo ELSE s.end_lo END AS end_earliest,
            CASE WHEN s.end_lo > s.end_hi THEN s.end_all_hi ELSE s.end_hi END AS end_latest,
            s.end_lo IS NOT NULL AS ended,
            coalesce(t.conflicts, []) AS conflicts,
            NOT s.foreign_source AND (s.said_domestic OR coalesce(o.reports >= m.most, false)) AS domestic
        FROM said s JOIN began b USING (id) JOIN alone a USING (id) LEFT JOIN troubled t USING (id)
        LEFT JOIN counted c USING (id)
        LEFT JOIN ({most_said(f"({_VARIOUS})", "id", "site")}) l USING (id)
        LEFT JOIN origin o ON o.innovation = s.innovation AND o.country = s.country
        LEFT JOIN (SELECT innovation, max(reports) AS most FROM origin WHERE country IS NOT NULL GROUP BY 1) m
            ON m.innovation = s.innovation
        """
    )


def _make_origins(view: View) -> None:
    """Make `origin_claim` and `origin`: one row an innovation and country, the country null where none is claimed."""
    view.con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE origin_claim AS
        WITH begun AS (
            SELECT innovation, country, site, claim_id, report, earliest, latest, "when" IS NOT NULL AS dated,
                'conflict:origin.country:' || name AS country_conflict,
                'conflict:origin.when:' || name || ':' || coalesce(country, '') AS conflict
            FROM said WHERE kind = 'origin'
        )
        SELECT s.*, dated AND (w.claim_id IS NULL OR w.claim_id = s.claim_id) AS counted, c.claim_id AS settled_by
        FROM begun s LEFT JOIN settled w ON w.conflict = s.conflict
        LEFT JOIN settled c ON c.conflict = s.country_conflict;

        CREATE OR REPLACE TEMP TABLE origin_all AS
        WITH g AS (
            SELECT innovation, country, conflict, any_value(country_conflict) AS country_conflict,
                list(claim_id ORDER BY claim_id) AS claims, count(DISTINCT report) AS reports,
                bool_or(dated) AS dated, any_value(settled_by) AS settled_by, {_BOUNDS}
            FROM origin_claim GROUP BY innovation, country, conflict
        )
        SELECT g.*, l.label AS site, coalesce(lo > hi, false) AND country IS NOT NULL AS conflicted, {_NARROWED}
        FROM g LEFT JOIN ({most_said("origin_claim", "conflict", "site")}) l USING (conflict);

        CREATE OR REPLACE TEMP TABLE origin AS
        SELECT innovation, country, site, claims, reports, dated, conflict, conflicted,
            first_day AS earliest, last_day AS latest,
            (SELECT count(*) FROM origin_all b WHERE b.innovation = a.innovation AND b.country IS NOT NULL) > 1
                AND settled_by IS NULL AS contested
        FROM origin_all a
        WHERE settled_by IS NULL OR list_contains(claims, settled_by)
            OR settled_by NOT IN (SELECT claim_id FROM origin_claim)
        """
    )


def most_said(table: str, thing: str, words: str) -> str:
    """Return SQL for the spelling (`label`) that most reports use of each thing, ties by code point."""
    return (
        f"SELECT {thing}, {words} AS label FROM {table} WHERE {words} IS NOT NULL GROUP BY {thing}, {words} "
        f"QUALIFY row_number() OVER (PARTITION BY {thing} ORDER BY count(DISTINCT report) DESC, {words}) = 1"
    )


def _make_site_map(view: View) -> None:
    """Make `site_map` from judgements that two sites are the same: country and key to the least key of the cluster."""
    pairs = view.con.execute(
        "SELECT subject, object FROM judgement_at WHERE verdict = 'same' AND subject LIKE 'site:%' ORDER BY ALL"
    ).fetchall()
    columns: dict[str, list[Any]] = {"country": [], "site_key": [], "key": []}
    for cluster in clusters_of(pairs):
        least = min(cluster).split(":", 2)[2]
        for site in sorted(cluster):
            _, country, key = site.split(":", 2)
            columns["country"].append(country)
            columns["site_key"].append(key)
            columns["key"].append(least)
    view.register("site_map", columns)


def _make_settled(view: View) -> None:
    """Make `settled`: conflict to the claim that an analyst chose, where that claim still counts."""
    view.con.execute(
        "CREATE OR REPLACE TEMP TABLE settled AS SELECT subject AS conflict, object AS claim_id FROM judgement_at "
        "WHERE verdict = 'settle' AND object IN (SELECT claim_id FROM visible)"
    )
