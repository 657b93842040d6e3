"""What a question brings within reach before it asks: the few primitives by which a graph elsewhere can be read.

A question runs in SQL over `visible` and `evidence_at` in the connection of its view. Where the claims lie in a ledger,
all are there already; where they lie on a server, only what the question says that it needs is fetched. Names are asked
for as such, so that nobody fetches claims to learn what things are called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from .view import View


@dataclass(frozen=True, slots=True)
class Named:
    """Innovations as they are kept somewhere, so that nobody has to find out again which names mean the same."""

    keys: list[tuple[str, str]]  # normal form of each name, id of its innovation
    innovations: list[tuple[str, str, list[str], list[str], list[str]]]  # id, label, aliases, kinds, themes; by id
    suggested: list[tuple[str, str, str]]


class Reach(Protocol):
    """How to get at claims and names."""

    def names(self) -> Named | None:
        """Return innovations and their names, or null if they have to be found from the claims."""

    def innovation(self, id_: str) -> None:
        """Bring the claims about an innovation, and all that its fusion and inference look at."""

    def about(self, cls: str, id_: str) -> None:
        """Bring the claims about a country, site, exchange or report, or one claim."""

    def places(self, claims: list[str]) -> None:
        """Bring where some claims stand."""

    def words(self, text: str) -> None:
        """Bring the claims whose quote or outcome may hold a text, with those quotes."""

    def fused(self) -> bool:
        """Bring the fused tables of all innovations; say false if they have to be made."""

    def countries(self) -> set[str]:
        """Return the codes of the countries that claims name."""

    def sites(self) -> list[tuple[str, str, str]]:
        """Return country, normal form and label of the sites of adoptions; the label is what most reports say."""

    def exchanges(self) -> list[tuple[str, str, str, list[str]]]:
        """Return normal form, title, own key and organisations of exchanges."""

    def reports(self) -> list[tuple[str, str]]:
        """Return key and title of reports."""


class Here:
    """Everything is here: the claims lie in the connection of the view."""

    def __init__(self, view: View) -> None:
        self._view = view

    def names(self) -> Named | None:
        """Return them if they are kept with the fused view."""
        kept = self._view.kept
        keys = kept.rows("SELECT key, id FROM kept.innov")
        innovations = kept.rows("SELECT id, label, aliases, kinds, themes FROM kept.named_innovation ORDER BY number")
        suggested = kept.rows("SELECT a, b, why FROM kept.suggested ORDER BY place")
        if keys is None or innovations is None or suggested is None:
            return None
        return Named(keys, innovations, suggested)

    def innovation(self, id_: str) -> None:
        """Do nothing."""

    def about(self, cls: str, id_: str) -> None:
        """Do nothing."""

    def places(self, claims: list[str]) -> None:
        """Do nothing."""

    def words(self, text: str) -> None:
        """Do nothing."""

    def fused(self) -> bool:
        """Leave it to be made."""
        return False

    def countries(self) -> set[str]:
        """Return the codes of the countries that visible claims name."""
        found = self._rows(
            "SELECT country FROM visible WHERE country IS NOT NULL UNION "
            "SELECT source_country FROM visible WHERE source_country IS NOT NULL UNION "
            "SELECT unnest(coalesce(host_countries, []) || coalesce(visiting_countries, []) || "
            "coalesce(countries, [])) FROM visible"
        )
        return {code for (code,) in found}

    def sites(self) -> list[tuple[str, str, str]]:
        """Return the sites at which visible claims say that something was adopted."""
        return self._rows(
            "SELECT country, site_key, site FROM visible WHERE kind = 'adoption' AND country IS NOT NULL AND "
            "site_key IS NOT NULL GROUP BY country, site_key, site "
            "QUALIFY row_number() OVER (PARTITION BY country, site_key "
            "ORDER BY count(DISTINCT report) DESC, site) = 1 ORDER BY ALL"
        )

    def exchanges(self) -> list[tuple[str, str, str, list[str]]]:
        """Return the exchanges that visible claims tell of."""
        return self._rows(
            "SELECT exchange_key, min(coalesce(title, exchange)), min(exchange), "
            "list_sort(list_distinct(flatten(list(coalesce(facilitators, []) || coalesce(funders, []) || "
            "coalesce(host_organisations, []) || coalesce(visiting_organisations, []))))) "
            "FROM visible WHERE kind = 'exchange' AND exchange_key IS NOT NULL GROUP BY ALL ORDER BY ALL"
        )

    def reports(self) -> list[tuple[str, str]]:
        """Return the reports of visible claims."""
        self._view.make_report_table()
        return self._rows(
            "SELECT v.report, coalesce(r.title, v.report) FROM (SELECT DISTINCT report FROM visible) v "
            "LEFT JOIN report_info r USING (report) ORDER BY ALL"
        )

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._view.con.execute(sql).fetchall()
