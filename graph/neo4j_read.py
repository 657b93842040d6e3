"""Reading a graph that was pushed to a Neo4j server: what a question needs is fetched, and asked as if it lay here.

For the usual scope the server knows which claims count and what each is about, so one innovation is fetched by itself.
Any other scope may join other names and count other claims, so for it all live claims are fetched and fused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pyarrow as pa

from .errors import WrongUse
from .neo4j_aggregates import ServerAggregates
from .neo4j_fetch import Fetched
from .neo4j_server import Address, connect
from .reach import Named
from .view import Scope, View

_DAYS = dict.fromkeys(("earliest", "latest"), pa.date32())
_FLAGS = ("dated", "ended", "considered", "domestic", "left_censored", "sourced", "conflicted", "contested")
_KINDS = {
    **_DAYS,
    "end_earliest": pa.date32(),
    "end_latest": pa.date32(),
    **dict.fromkeys(_FLAGS, pa.bool_()),
    **dict.fromkeys(("reports", "publishers"), pa.int64()),
    **dict.fromkeys(("claims", "conflicts", "channels"), pa.list_(pa.string())),
}
#: Columns of the fused tables that are as the properties of the nodes, by label.
_FUSED = {
    "Origin": (
        "origin",
        ("innovation", "country", "site", "claims", "reports", "dated", "conflict", "conflicted", "earliest", "latest",
         "contested"),
    ),
    "Adoption": (
        "adoption",
        ("id", "innovation", "country", "site_key", "site", "claims", "reports", "publishers", "dated", "left_censored",
         "sourced", "earliest", "latest", "stage", "considered", "end_earliest", "end_latest", "ended", "conflicts",
         "domestic"),
    ),
    "Transfer": (
        "transfer",
        ("innovation", "adoption", "from_country", "from_site_key", "from_site", "to_country", "to_site_key", "to_site",
         "basis", "rule", "claims", "earliest", "latest", "dated", "channels"),
    ),
}  # fmt: skip
_ASCII = re.compile(r"[\x00-\x7f]+")
#: The one capital letter of which only some lower cases begin with an ASCII letter.
_ODD = "\u0130"


@contextmanager
def reading(address: Address, scope: Scope | None = None) -> Iterator[View]:
    """Open a server's graph as a view.

    Raises:
        WrongUse: if the scope is of an earlier revision, of which a server knows nothing.
        SoutherlyError: if the server holds no graph of ours, or not the whole of one that this version can read.

    """
    scope = scope or Scope()
    if scope.as_of is not None:
        raise WrongUse(
            f"{address}: a Neo4j server holds the graph as it was pushed last, without its history; expected no "
            "--as-of. Ask the ledger instead: --graph with its folder."
        )
    with connect(address) as server:
        fetched = Fetched(server)
        whole = replace(scope, possible=False) != Scope()
        if whole:
            fetched.bring_all()
        view = View(fetched, scope)
        if not whole:
            view.reach = _OnServer(view, fetched)
            view.aggregates = ServerAggregates(fetched.ask)
        with closing(view.con):
            yield view


def parted(place: str) -> tuple[str, str | None]:
    """Return the server and the database of an address such as neo4j://host:7687/database; null is the default one."""
    scheme, _, rest = place.partition("://")
    host, _, database = rest.partition("/")
    return f"{scheme}://{host}", database or None


class _OnServer:
    """Fetches what a question of the usual scope needs. Which claims count, the server knows (`visible`)."""

    def __init__(self, view: View, fetched: Fetched) -> None:
        self._view, self._fetched = view, fetched
        # A settlement counts while its claim does, even of a claim that is no longer about the same innovation.
        fetched.claims(
            "MATCH (j:Southerly:Judgement {verdict: 'settle'}) MATCH (n:Claim {id: j.object}) WHERE n.visible"
        )

    def names(self) -> Named:
        columns = self._fetched.ask(
            "MATCH (n:Southerly:Innovation) RETURN n.id, n.label, coalesce(n.names, []), coalesce(n.kinds, []), "
            "coalesce(n.themes, []), n.keys"
        )
        told = sorted(zip(*columns, strict=True))
        keys = [(key, row[0]) for row in told for key in row[5]]
        return Named(keys, [row[:5] for row in told], [])

    def innovation(self, id_: str) -> None:
        self._fetched.claims(
            "MATCH (:Innovation {id: $id})<-[:ABOUT|SHOWN]-(n:Southerly:Claim) WHERE n.visible", id=id_
        )
        # An exchange is what all its claims say of it, also those that do not speak of this innovation.
        keys = self._view.con.execute(
            "SELECT DISTINCT exchange_key FROM ledger.claim WHERE exchange_key IS NOT NULL"
        ).fetchall()
        if keys:
            self._fetched.claims(
                "UNWIND $ids AS id MATCH (:Exchange {id: id})<-[:ABOUT_EXCHANGE]-(n:Southerly:ExchangeClaim) "
                "WHERE n.visible",
                ids=[f"exchange:{key}" for (key,) in keys],
            )

    def about(self, cls: str, id_: str) -> None:
        where, values = {
            "claim": ("n.id = $a", [id_]),
            "country": (
                "n.country = $a OR n.source_country = $a OR $a IN n.countries OR $a IN n.host_countries "
                "OR $a IN n.visiting_countries",
                [id_.removeprefix("country:")],
            ),
            "site": ("n.country = $a AND n.site_key = $b", id_.split(":", 2)[1:]),
            "exchange": ("n.exchange_key = $a", [id_.removeprefix("exchange:")]),
            "report": ("n.report = $a", [id_]),
        }[cls]
        self._fetched.claims(
            f"MATCH (n:Southerly:Claim) WHERE n.visible AND ({where})", **dict(zip("ab", values, strict=False))
        )

    def places(self, claims: list[str]) -> None:
        self._fetched.evidence("UNWIND $ids AS id MATCH (n:Southerly:Evidence {claim_id: id})", ids=claims)

    def words(self, text: str) -> None:
        # The server offers candidates, and the question decides: two programs need not agree on lower case. So they
        # are sought by the longest part of the text about which there can be no doubt.
        part = max(_ASCII.findall(text), key=len, default="").lower()
        held = "(toLower({0}) CONTAINS $part OR {0} CONTAINS $odd)"
        values = {"part": part, "odd": _ODD}
        spoken = f"MATCH (e:Southerly:Evidence)-[:HAS_BODY]->(c:Claim) WHERE c.visible AND {held.format('e.quote')}"
        self._fetched.evidence(f"{spoken} WITH e AS n", **values)
        self._fetched.claims(f"{spoken} WITH c AS n", **values)
        self._fetched.claims(f"MATCH (n:Southerly:Claim) WHERE n.visible AND {held.format('n.outcome')}", **values)

    def fused(self) -> bool:
        for label, (table, columns) in _FUSED.items():
            found = self._fetched.ask(
                f"MATCH (n:Southerly:{label}) RETURN {', '.join(_told(column) for column in columns)}"
            )
            self._view.register(table, dict(zip(columns, found, strict=True)), _KINDS)
        self._fetched.claims("MATCH (n:Southerly:ExchangeClaim) WHERE n.visible AND n.exchange_key IS NOT NULL")
        return True

    def countries(self) -> set[str]:
        ((found, *_),) = self._fetched.ask(
            "MATCH (n:Southerly:Claim) WHERE n.visible UNWIND [n.country, n.source_country] + "
            "coalesce(n.host_countries, []) + coalesce(n.visiting_countries, []) + coalesce(n.countries, []) AS code "
            "RETURN collect(DISTINCT code)"
        )
        return set(found)

    def sites(self) -> list[tuple[str, str, str]]:
        columns = self._fetched.ask(
            "MATCH (n:Southerly:AdoptionClaim) WHERE n.visible AND n.country IS NOT NULL AND n.site_key IS NOT NULL "
            "RETURN n.country, n.site_key, n.site, count(DISTINCT n.report)"
        )
        best: dict[tuple[str, str], tuple[int, str]] = {}
        for country, key, site, reports in zip(*columns, strict=True):
            best[country, key] = min(best.get((country, key), (0, "")), (-reports, site))
        return [(*place, best[place][1]) for place in sorted(best)]

    def exchanges(self) -> list[tuple[str, str, str, list[str]]]:
        columns = self._fetched.ask(
            "MATCH (n:Southerly:ExchangeClaim) WHERE n.visible AND n.exchange_key IS NOT NULL "
            "RETURN n.exchange_key, collect(DISTINCT coalesce(n.title, n.exchange)), collect(DISTINCT n.exchange), "
            "collect(coalesce(n.facilitators, []) + coalesce(n.funders, []) + coalesce(n.host_organisations, []) "
            "+ coalesce(n.visiting_organisations, []))"
        )
        return sorted(
            (key, min(titles), min(said), sorted({name for names in others for name in names}))
            for key, titles, said, others in zip(*columns, strict=True)
        )

    def reports(self) -> list[tuple[str, str]]:
        columns = self._fetched.ask(
            "MATCH (n:Southerly:Report) "
            "WHERE EXISTS { (n)<-[:WAS_DERIVED_FROM]-(c:Claim) WHERE c.visible } RETURN n.id, coalesce(n.title, n.id)"
        )
        return sorted(zip(*columns, strict=True))


def _told(column: str) -> str:
    """Return Cypher for a property of `n`; an empty list is none on the server."""
    return f"coalesce(n.`{column}`, [])" if _KINDS.get(column) == pa.list_(pa.string()) else f"n.`{column}`"
