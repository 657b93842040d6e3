"""Counting over the whole graph from the fused tables in the connection: the ledger's side of `graph.aggregates`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..graph.aggregates import Aggregates, Began, Flow, Found, Outcomes, Sorting, Sought, Taken, Tallied
from ..graph.claims import KINDS
from ..graph.diffusion import Adoption, Diffusion, Origin
from ..graph.identity import Identity
from ..graph.network import BASES, Transfer
from ..graph.reviewed import pooled_review, review_of
from ..graph.sql import first
from ..ontology.countries import region_of
from ..ontology.income import income
from .filters import CERTAIN, Tally, Window

#: Dimension of outcomes to the column of the outcome, or of its exchange, that holds its values.
_COLUMNS = {
    "exchange_type": "exchange_types",
    "direction": "directions",
    "cadre": "cadres",
    "level": "outcome_level",
    "stage": "stage",
    "mechanism": "mechanisms",
    "enabler": "enablers",
    "barrier": "barriers",
    "country": "countries",
    "innovation": "innovation_id",
    "theme": "themes",
    "exchange": "exchange_key",
    "year": "year",
}


def aggregates_of(known: Identity) -> Aggregates:
    """Return who counts for a view: the server that it is of, else the fused tables here."""
    return known.view.aggregates or _Here(known)


class _Here:
    """Counts in the connection of a view."""

    def __init__(self, known: Identity) -> None:
        self._known = known

    def flows(
        self, by: str, bases: tuple[str, ...], since: date | None, until: date | None, *, possible: bool
    ) -> tuple[list[Flow], int]:
        window, tally = Window(since, until), Tally(possible)
        transfers = Diffusion(self._known).transfers(bases)
        pairs = {(t.adoption, t.from_country): t for t in transfers}
        wanted = {pair for pair, t in pairs.items() if tally.keep(window.match(t.earliest, t.latest))}
        grouped: dict[tuple[str, str], dict[tuple[str, str], Transfer]] = defaultdict(dict)
        for t in transfers:
            pair = (t.adoption, t.from_country)
            if pair in wanted:
                group = grouped[_end(by, t.from_country, t), _end(by, t.to_country, t)]
                held = group.setdefault(pair, t)
                if BASES.index(t.basis) < BASES.index(held.basis):
                    group[pair] = t
        return [
            Flow(
                *ends,
                transfers=len(items),
                innovations=len({t.innovation for t in items.values()}),
                stated=sum(t.basis == "stated" for t in items.values()),
            )
            for ends, items in grouped.items()
        ], tally.left_out

    def found(self, sought: Sought) -> Iterator[Found]:
        diffusion = Diffusion(self._known)
        origins: dict[str, list[Origin]] = defaultdict(list)
        for origin in diffusion.origins():
            origins[origin.innovation].append(origin)
        adoptions: dict[str, list[Adoption]] = defaultdict(list)
        for adoption in diffusion.adoptions():
            adoptions[adoption.innovation].append(adoption)
        naming = {
            id_: (claims, reports)
            for id_, claims, reports in self._known.view.con.execute(
                "SELECT i.id, count(DISTINCT v.claim_id), count(DISTINCT v.report) FROM visible v "
                "JOIN innov i ON i.key = v.innovation_key GROUP BY i.id"
            ).fetchall()
        }
        for id_, innovation in self._known.innovations.items():
            begun, taken = origins[id_], adoptions[id_]
            if (
                id_ not in naming
                or (sought.theme and sought.theme not in innovation.themes)
                or (sought.kind and sought.kind not in innovation.kinds)
                or (sought.not_in and any(a.country == sought.not_in and not a.considered for a in taken))
            ):
                continue
            named = [o for o in begun if o.country]
            if sought.origin and named and not any(sought.origin(o.country or "", o.earliest, o.latest) for o in named):
                continue
            fitting = [
                Taken(a.country, a.earliest, a.latest, a.dated)
                for a in taken
                if not (a.considered or a.domestic)
                and (sought.adopter is None or sought.adopter(a.country, a.earliest, a.latest))
            ]
            if sought.adopter and not fitting:
                continue
            yield Found(
                id_,
                [Began(o.country, o.earliest, o.latest, o.contested) for o in begun],
                fitting,
                *naming[id_],
            )

    def outcomes(
        self,
        sorting: Sorting,
        innovation: str | None,
        country: str | None,
        since: date | None,
        until: date | None,
        *,
        possible: bool,
    ) -> Outcomes:
        tally, window = Tally(possible), Window(since, until)
        rows = [
            row
            for row in self._outcomes(innovation, country)
            if tally.keep(window.match(row["earliest"], row["latest"]) if window != Window() else CERTAIN)
        ]
        grouped: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            for value in _values(row, sorting):
                grouped[value].append(row)
        groups = [
            Tallied(
                value,
                len(held),
                _exchanges(held),
                _tallied(held, "outcome_level"),
                _tallied(held, "stage"),
                pooled_review(row["review"] for row in held),
            )
            for value, held in grouped.items()
        ]
        return Outcomes(groups, len(rows), _exchanges(rows), tally.left_out)

    def _outcomes(self, innovation: str | None, country: str | None) -> list[dict[str, Any]]:
        """Return one row a distinct outcome, with what is known of its exchange."""
        self._known.make_table(innovation)
        rows = self._known.view.rows(
            f"""
            WITH exchange AS (
                SELECT exchange_key,
                    list(DISTINCT exchange_type ORDER BY exchange_type) FILTER (exchange_type IS NOT NULL) AS types,
                    list(DISTINCT direction ORDER BY direction) FILTER (direction IS NOT NULL) AS directions,
                    list(DISTINCT cadre ORDER BY cadre) FILTER (cadre IS NOT NULL) AS cadres
                FROM visible WHERE kind = 'exchange' AND exchange_key IS NOT NULL GROUP BY exchange_key
            )
            SELECT v.claim_id, v.exchange_key, v.outcome_level, v.stage, v.mechanisms, v.enablers, v.barriers,
                v.countries, v.earliest, v.latest, i.id AS innovation_id, x.types AS exchange_types, x.directions,
                x.cadres, v.theme AS said_theme, {review_of(self._known.view, "v.claim_id")} AS review
            FROM visible v LEFT JOIN exchange x USING (exchange_key) LEFT JOIN innov i ON i.key = v.innovation_key
            WHERE v.kind = 'outcome' {"AND i.id IS NOT NULL" if innovation else ""}
                {"AND list_contains(v.countries, $1)" if country else ""}
            ORDER BY v.claim_id
            """,
            [country] if country else [],
        )
        for row in rows:
            one_year = row["earliest"] and row["latest"] and row["earliest"].year == row["latest"].year
            row["year"] = str(row["earliest"].year) if one_year else None
            tags = self._known.innovations[row["innovation_id"]].themes if row["innovation_id"] else ()
            row["themes"] = [row["said_theme"]] if row["said_theme"] else list(tags)
        return rows

    def conflicts(self) -> list[dict[str, Any]]:
        Diffusion(self._known)
        return conflict_rows(self._known)

    def stats(self) -> dict[str, Any]:
        Diffusion(self._known)
        con = self._known.view.con
        kinds = dict(con.execute("SELECT kind, count(*) FROM visible GROUP BY kind").fetchall())
        pairs = con.execute(
            "SELECT basis, count(*) FROM (SELECT DISTINCT adoption, from_country, basis FROM transfer) GROUP BY basis"
        )
        bases = dict(pairs.fetchall())
        return {
            "reports": self._one("SELECT count(DISTINCT report) FROM visible"),
            "claims": {kind: kinds.get(kind, 0) for kind in KINDS},
            "innovations": len(self._known.innovations),
            "adoptions": self._one("SELECT count(*) FROM adoption"),
            "transfers": {basis: bases.get(basis, 0) for basis in BASES},
            "countries": self._one("SELECT count(DISTINCT country) FROM adoption WHERE NOT considered"),
            "sites": self._one(
                "SELECT count(*) FROM (SELECT DISTINCT country, site_key FROM adoption WHERE site_key IS NOT NULL)"
            ),
            "conflicts": self._one(
                "SELECT (SELECT count(*) FROM stage_spell WHERE conflicted) + "
                "(SELECT count(*) FROM origin_all WHERE conflicted) + (SELECT count(*) FROM (SELECT innovation "
                "FROM origin_all WHERE country IS NOT NULL GROUP BY innovation HAVING count(*) > 1))"
            ),
        }

    def _one(self, sql: str) -> int:
        return int(first(self._known.view.con, sql)[0])


def conflict_rows(known: Identity) -> list[dict[str, Any]]:
    """Return one row a conflict and claim, of the three fields that can disagree, from fused tables."""
    known.view.make_report_table()
    return known.view.rows(
        f"""
        WITH disagreed AS (
            SELECT c.conflict AS id, 'adoption.when' AS field, c.innovation, c.country, c.site, c.claim_id
            FROM adoption_claim c JOIN stage_spell s ON s.conflict = c.conflict WHERE s.conflicted AND c.dated
            UNION ALL
            SELECT c.conflict, 'origin.when', c.innovation, c.country, NULL, c.claim_id
            FROM origin_claim c JOIN origin_all o ON o.conflict = c.conflict WHERE o.conflicted AND c.dated
            UNION ALL
            SELECT c.country_conflict, 'origin.country', c.innovation, NULL, NULL, c.claim_id
            FROM origin_claim c WHERE c.country IS NOT NULL AND c.innovation IN (
                SELECT innovation FROM origin_all WHERE country IS NOT NULL GROUP BY innovation HAVING count(*) > 1)
        )
        SELECT d.*, v.country AS claimed, v."when", v.earliest, v.latest, v.when_said, v.report,
            r.title, r.url, r.year, (SELECT claim_id FROM settled s WHERE s.conflict = d.id) AS settled,
            {review_of(known.view, "v.claim_id")} AS review
        FROM disagreed d JOIN visible v ON v.claim_id = d.claim_id LEFT JOIN report_info r ON r.report = v.report
        ORDER BY d.id, d.claim_id
        """
    )


def _end(by: str, country: str, transfer: Transfer) -> str:
    if by == "region":
        return region_of(country) or "unknown"
    if by == "income":
        return income(country, transfer.earliest, transfer.latest).group or "unknown"
    return country


def _values(row: dict[str, Any], sorting: Sorting) -> list[str | None]:
    """Return the distinct groups that an outcome belongs to; null alone where nothing is stated."""
    if sorting.by is None:
        return [""]
    held = row[_COLUMNS[sorting.by]]
    said = held if isinstance(held, list) else [held] if held else []
    if sorting.term:
        said = [sorting.term(phrase) for phrase in said]
    return list(dict.fromkeys(said)) or [None]


def _exchanges(rows: list[dict[str, Any]]) -> int:
    return len({row["exchange_key"] for row in rows if row["exchange_key"]})


def _tallied(rows: list[dict[str, Any]], column: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        value = row[column] or "unstated"
        counts[value] = counts.get(value, 0) + 1
    return counts
