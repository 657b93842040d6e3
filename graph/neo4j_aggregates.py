"""Counting over the whole graph in a Neo4j server, over the nodes that were fused before they were pushed.

What needs code of ours (income groups of a time, terms that phrases mean) is worked out here once a distinct case, and
given to the server as a parameter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Protocol

from ..ontology.countries import region_of
from .aggregates import Began, Fits, Flow, Found, Outcomes, Sorting, Sought, Taken, Tallied
from .claims import KINDS
from .network import BASES


class Ask(Protocol):
    """Puts a question to the server: returns the columns of the answer."""

    def __call__(self, query: str, **values: Any) -> list[list[Any]]:
        """Ask with parameters."""


#: 2 for bounds that lie within the window, 1 for those that may, 0 for others.
_MATCH = """CASE
    WHEN coalesce({0}.latest < $since, false) OR coalesce({0}.earliest > $until, false) THEN 0
    WHEN ($since IS NULL OR coalesce({0}.earliest >= $since, false))
        AND ($until IS NULL OR coalesce({0}.latest <= $until, false)) THEN 2
    ELSE 1 END"""
_SPAN = "{0}.country + '|' + coalesce(toString({0}.earliest), '') + '|' + coalesce(toString({0}.latest), '')"
_LEARNED = "NOT a.considered AND NOT a.domestic"
_ENDS = {
    "country": ("t.from_country", "t.to_country"),
    "region": ("coalesce($regions[t.from_country], 'unknown')", "coalesce($regions[t.to_country], 'unknown')"),
    "income": ("coalesce(t.from_income, 'unknown')", "coalesce(t.to_income, 'unknown')"),
}

#: Dimension of outcomes to the list of its values, of an outcome `v`.
_EXCHANGE = (
    "CASE WHEN v.exchange_key IS NULL THEN [] ELSE COLLECT {{ MATCH (x:Claim {{exchange_key: v.exchange_key}}) "
    "WHERE x:ExchangeClaim AND x.visible AND x.{0} IS NOT NULL RETURN DISTINCT x.{0} }} END"
)
_ONE = "CASE WHEN coalesce({0}, '') = '' THEN [] ELSE [{0}] END"
_VALUES = {
    "exchange_type": _EXCHANGE.format("exchange_type"),
    "direction": _EXCHANGE.format("direction"),
    "cadre": _EXCHANGE.format("cadre"),
    "level": _ONE.format("v.outcome_level"),
    "stage": _ONE.format("v.stage"),
    "mechanism": "coalesce(v.mechanisms, [])",
    "enabler": "coalesce(v.enablers, [])",
    "barrier": "coalesce(v.barriers, [])",
    "country": "coalesce(v.countries, [])",
    "innovation": "CASE WHEN v.innovation_id IS NULL THEN [] ELSE [v.innovation_id] END",
    "theme": "CASE WHEN coalesce(v.theme, '') <> '' THEN [v.theme] ELSE "
    "coalesce(head(COLLECT { MATCH (v)-[:ABOUT]->(i:Innovation) RETURN i.themes }), []) END",
    "exchange": _ONE.format("v.exchange_key"),
    "year": "CASE WHEN v.earliest.year = v.latest.year THEN [toString(v.earliest.year)] ELSE [] END",
}


class ServerAggregates:
    """Counts in a server that holds the fused view of the usual scope."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def flows(
        self, by: str, bases: tuple[str, ...], since: date | None, until: date | None, *, possible: bool
    ) -> tuple[list[Flow], int]:
        """Return flows by the transfers that the server has; a country's region is a parameter."""
        source, target = _ENDS[by]
        columns = self._ask(
            f"""
            MATCH (t:Southerly:Transfer) WHERE t.basis IN $bases
            WITH t.adoption AS adoption, t.from_country AS country, head(collect(t)) AS t,
                max(CASE t.basis WHEN 'stated' THEN 1 ELSE 0 END) AS stated
            WITH {source} AS source, {target} AS target, t.innovation AS innovation, stated,
                {_MATCH.format("t")} AS match
            WHERE match > 0
            RETURN source, target, sum(CASE WHEN match >= $least THEN 1 ELSE 0 END),
                count(DISTINCT CASE WHEN match >= $least THEN innovation END),
                sum(CASE WHEN match >= $least THEN stated ELSE 0 END),
                sum(CASE WHEN match < $least THEN 1 ELSE 0 END)
            """,
            bases=list(bases), since=since, until=until, least=1 if possible else 2,
            regions=self._regions() if by == "region" else {},
        )  # fmt: skip
        rows = list(zip(*columns, strict=True))
        return [Flow(*row[:5]) for row in rows if row[2]], sum(row[5] for row in rows)

    def _regions(self) -> dict[str, str]:
        ((codes, *_),) = self._ask("MATCH (n:Southerly:Country) RETURN collect(n.iso3)")
        return {code: region for code in codes if (region := region_of(code))}

    def found(self, sought: Sought) -> Iterator[Found]:
        """Yield what fits, found in two steps: which cases of country and bounds do, then which innovations."""
        values: dict[str, Any] = {"theme": sought.theme, "kind": sought.kind, "not_in": sought.not_in}
        values["origins"] = self._fitting("(n:Southerly:Origin) WHERE n.country IS NOT NULL", sought.origin)
        values["adopters"] = self._fitting(
            f"(a:Southerly:Adoption) WHERE {_LEARNED} WITH a AS n WHERE true", sought.adopter
        )
        fits = f"({_LEARNED} AND ($adopters IS NULL OR $adopters[{_SPAN.format('a')}]))"
        columns = self._ask(
            f"""
            MATCH (i:Southerly:Innovation)
            WHERE ($theme IS NULL OR $theme IN i.themes) AND ($kind IS NULL OR $kind IN i.kinds)
                AND ($not_in IS NULL OR NOT EXISTS {{
                    MATCH (i)<-[:INNOVATION]-(a:Adoption {{country: $not_in}}) WHERE NOT a.considered }})
                AND ($adopters IS NULL OR EXISTS {{ MATCH (i)<-[:INNOVATION]-(a:Adoption) WHERE {fits} }})
                AND ($origins IS NULL
                    OR NOT EXISTS {{ MATCH (i)<-[:INNOVATION]-(o:Origin) WHERE o.country IS NOT NULL }}
                    OR EXISTS {{ MATCH (i)<-[:INNOVATION]-(o:Origin)
                        WHERE o.country IS NOT NULL AND $origins[{_SPAN.format("o")}] }})
            CALL (i) {{ MATCH (i)<-[:ABOUT]-(c:Claim) WHERE c.visible
                RETURN count(c) AS claims, count(DISTINCT c.report) AS reports }}
            WITH i, claims, reports WHERE claims > 0
            RETURN i.id, claims, reports,
                COLLECT {{ MATCH (i)<-[:INNOVATION]-(o:Origin)
                    RETURN [o.country, toString(o.earliest), toString(o.latest), o.contested]
                    ORDER BY o.country IS NULL, o.reports DESC, o.country }},
                COLLECT {{ MATCH (i)<-[:INNOVATION]-(a:Adoption) WHERE {fits}
                    RETURN [a.country, toString(a.earliest), toString(a.latest), a.dated] }}
            """,
            **values,
        )
        for id_, claims, reports, origins, taken in zip(*columns, strict=True):
            yield Found(
                id_,
                [Began(country, _day(first), _day(last), contested) for country, first, last, contested in origins],
                [Taken(country, _day(first), _day(last), dated) for country, first, last, dated in taken],
                claims,
                reports,
            )

    def _fitting(self, match: str, fits: Fits | None) -> dict[str, bool] | None:
        """Return which cases of country and bounds fit, of those that there are; null if all do."""
        if fits is None:
            return None
        columns = self._ask(f"MATCH {match} RETURN DISTINCT {_SPAN.format('n')}, n.country, n.earliest, n.latest")
        return {name: True for name, *span in zip(*columns, strict=True) if fits(*span)}

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
        """Return outcomes, by the terms that the phrases there are mean."""
        match = _MATCH.format("v")
        start = f"""
            MATCH (v:Southerly:OutcomeClaim) WHERE v.visible AND ($innovation IS NULL OR v.innovation_id = $innovation)
                AND ($country IS NULL OR $country IN v.countries)
            WITH v, {match} AS match WHERE match > 0
        """
        values: dict[str, Any] = {"innovation": innovation, "country": country, "since": since, "until": until}
        values["least"] = 1 if possible else 2
        distinct = "count(DISTINCT CASE WHEN v.exchange_key <> '' THEN v.exchange_key END)"
        ((total, *_), (left_out, *_)) = self._ask(
            f"{start} RETURN sum(CASE WHEN match >= $least THEN 1 ELSE 0 END), "
            "sum(CASE WHEN match < $least THEN 1 ELSE 0 END)",
            **values,
        )
        start += " WITH v WHERE match >= $least"
        ((exchanges, *_),) = self._ask(f"{start} RETURN {distinct}", **values)
        listed = f"{_VALUES[sorting.by]}" if sorting.by else "['']"
        if sorting.term:
            phrases, *_ = self._ask(f"{start} UNWIND {listed} AS phrase RETURN DISTINCT phrase", **values)
            values["terms"] = {phrase: sorting.term(phrase) for phrase in phrases}
            listed = f"[phrase IN {listed} | $terms[phrase]]"
        start += (
            f" WITH v, {listed} AS listed UNWIND CASE WHEN listed = [] THEN [null] ELSE listed END AS value "
            "WITH DISTINCT v, value"
        )
        groups = {
            value: Tallied(value, outcomes, shown, {}, {})
            for value, outcomes, shown in zip(
                *self._ask(f"{start} RETURN value, count(v), {distinct}", **values), strict=True
            )
        }
        told = "CASE WHEN coalesce(v.{0}, '') = '' THEN 'unstated' ELSE v.{0} END"
        for column, part in (("outcome_level", "levels"), ("stage", "stages")):
            rows = self._ask(f"{start} RETURN value, {told.format(column)}, count(v)", **values)
            for value, said, number in zip(*rows, strict=True):
                getattr(groups[value], part)[said] = number
        return Outcomes(list(groups.values()), total, exchanges, left_out)

    def conflicts(self) -> list[dict[str, Any]]:
        """Return the claims of the conflicts that the server has."""
        names = ("id", "field", "innovation", "country", "site", "claim_id", "claimed", "when", "earliest", "latest",
                 "when_said", "report", "title", "url", "year", "settled", "review")  # fmt: skip
        columns = self._ask(
            """
            MATCH (k:Southerly:Conflict)-[:WAS_DERIVED_FROM]->(c:Claim)
            OPTIONAL MATCH (c)-[:WAS_DERIVED_FROM]->(r:Report)
            RETURN k.id, k.field, k.innovation, k.country, CASE k.field WHEN 'adoption.when' THEN c.site END, c.id,
                c.country, c.when, c.earliest, c.latest, c.when_said, c.report, r.title, r.url, r.year, k.settled,
                c.review
            """
        )
        rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        return sorted(rows, key=lambda row: (row["id"], row["claim_id"]))

    def stats(self) -> dict[str, Any]:
        """Count nodes."""
        kinds = dict(zip(*self._ask("MATCH (c:Southerly:Claim) WHERE c.visible RETURN c.kind, count(c)"), strict=True))
        bases = dict(
            zip(
                *self._ask(
                    "MATCH (t:Southerly:Transfer) WITH DISTINCT t.adoption AS adoption, t.from_country AS country, "
                    "t.basis AS basis RETURN basis, count(*)"
                ),
                strict=True,
            )
        )
        return {
            "reports": self._one("MATCH (c:Southerly:Claim) WHERE c.visible RETURN count(DISTINCT c.report)"),
            "claims": {kind: kinds.get(kind, 0) for kind in KINDS},
            "innovations": self._one("MATCH (n:Southerly:Innovation) RETURN count(n)"),
            "adoptions": self._one("MATCH (n:Southerly:Adoption) RETURN count(n)"),
            "transfers": {basis: bases.get(basis, 0) for basis in BASES},
            "countries": self._one(
                "MATCH (a:Southerly:Adoption) WHERE NOT a.considered RETURN count(DISTINCT a.country)"
            ),
            "sites": self._one(
                "MATCH (a:Southerly:Adoption) WHERE a.site_key IS NOT NULL "
                "WITH DISTINCT a.country AS country, a.site_key AS key RETURN count(*)"
            ),
            "conflicts": self._one("MATCH (n:Southerly:Conflict) RETURN count(n)"),
        }

    def _one(self, query: str) -> int:
        ((number, *_),) = self._ask(query)
        return int(number)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
