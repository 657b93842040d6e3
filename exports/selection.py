"""What an export takes along: the adoptions, transfers, origins and claims that the filters let through, as tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pyarrow as pa

from ..graph.diffusion import Diffusion
from ..graph.errors import WrongUse
from ..graph.identity import Identity
from ..graph.network import BASES
from ..graph.reviewed import reviewed
from ..graph.sql import first
from ..ontology.income import group_filter
from ..queries.filters import CERTAIN, NO, POSSIBLE, Tally, Window, match_income

_RANK = {CERTAIN: 0, POSSIBLE: 1, NO: 2}  # the greatest of several is what all of them together come to
_OPEN = "nullif(earliest, '-infinity'::DATE) AS earliest, nullif(latest, 'infinity'::DATE) AS latest"
_SAME_SPAN = "s.earliest IS NOT DISTINCT FROM a.earliest AND s.latest IS NOT DISTINCT FROM a.latest"

#: What tells a transfer from others, and the order of those of one innovation.
_WAY = "adoption, basis, rule, from_country, from_site_key"


@dataclass(frozen=True)
class Filters:
    """What was asked for, beside the scope of the view. Nothing given lets everything through.

    Raises:
        WrongUse: if an income group or a number of reports is none.

    """

    innovations: tuple[str, ...] = ()  # ids
    window: Window = field(default_factory=Window)
    bases: tuple[str, ...] = BASES
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-3
    origin_income: str | None = None  # in the words of `ontology.income.group_filter`
    adopted_income: str | None = None
    min_reports: int | None = None

    def __post_init__(self) -> None:
        if self.min_reports is not None and self.min_reports < 1:
            raise WrongUse(f"{self.min_reports} is no least number of reports; expected 1 or more")
        _ = self.origin_groups, self.adopted_groups

    @property
    def innovation(self) -> str | None:
        """The only innovation that was asked for; null where it is none or several."""
        return self.innovations[0] if len(self.innovations) == 1 else None

    @cached_property
    def origin_groups(self) -> frozenset[str] | None:
        """The income groups in which an innovation is asked to have begun."""
        return _groups(self.origin_income)

    @cached_property
    def adopted_groups(self) -> frozenset[str] | None:
        """The income groups in which it is asked to have been adopted."""
        return _groups(self.adopted_income)

    @property
    def narrow(self) -> bool:
        """Whether adoptions are narrowed otherwise than by innovation and time."""
        return bool(self.countries or self.origin_groups or self.adopted_groups or (self.min_reports or 1) > 1)


def _groups(words: str | None) -> frozenset[str] | None:
    try:
        return group_filter(words) if words else None
    except ValueError as error:
        raise WrongUse(str(error)) from error


def select(known: Identity, filters: Filters, *, everything: bool) -> list[str]:
    """Make `chosen_innovation`, `_adoption`, `_transfer`, `_origin` and `_claim`; return notes on what was left out.

    An adoption, and the transfers that explain it, is kept by when it began, by the income group of its country then,
    by that of its innovation's origin (any that is claimed; where none is, it possibly matches) and by its number of
    reports, which a transfer too must have. Countries keep the adoptions there, and the transfers from or to there. An
    innovation of which the filters keep nothing is left out with its origins, unless it was asked for by name.
    `chosen_claim` holds what these stand on; with `everything` also the claims that make none of them: names with their
    innovation, exchanges and outcomes by their own dates unless adoptions are narrowed otherwise.
    """
    Diffusion(known, filters.innovation)
    known.view.make_report_table()
    con = known.view.con
    con.execute(
        "".join(
            f"CREATE OR REPLACE TEMP VIEW dated_{table} AS "
            f"SELECT * REPLACE ({_OPEN}) FROM {reviewed(known.view, table)};"
            for table in ("adoption", "origin")
        )
    )
    _make_matches(known, filters)
    possible = known.view.scope.possible
    worst = _RANK[POSSIBLE if possible else CERTAIN]
    here = _any_in(filters.countries, "country")
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE chosen_adoption AS
        SELECT a.* EXCLUDE (rank), rank = 0 AS certain FROM matched a WHERE rank <= {worst} AND {here};

        CREATE OR REPLACE TEMP TABLE chosen_transfer AS
        WITH kept AS NOT MATERIALIZED (
            SELECT t.* REPLACE (a.earliest AS earliest, a.latest AS latest), a.stage, a.rank = 0 AS certain
            FROM {reviewed(known.view, "transfer")} t JOIN matched a ON a.id = t.adoption
            WHERE a.rank <= {worst} AND {_kept("t", filters)}
        ), cited AS (
            SELECT DISTINCT {_WAY}, v.report FROM (
                SELECT {_WAY}, unnest(claims) AS claim_id FROM kept WHERE len(claims) > 1
            ) u JOIN visible v USING (claim_id)
        ), counted AS (
            SELECT {_WAY}, list(c.report ORDER BY c.report) AS report_keys, count(*) AS reports,
                count(DISTINCT coalesce(r.publisher_known_as, c.report)) AS publishers
            FROM cited c LEFT JOIN report_info r ON r.report = c.report GROUP BY {_WAY}
        ), said AS (
            SELECT t.*, c.report_keys, c.reports, c.publishers
            FROM (FROM kept WHERE len(claims) > 1) t JOIN counted c ON {_same_way("c", "t")}
            UNION ALL -- most stand on one claim, and need no counting
            SELECT t.*, [v.report], 1, 1
            FROM (FROM kept WHERE len(claims) = 1) t JOIN visible v ON v.claim_id = t.claims[1]
        )
        FROM said WHERE reports >= {filters.min_reports or 0} ORDER BY innovation, {_WAY};
        """
    )
    _make_innovations(known, filters)
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE chosen_origin AS
        SELECT * FROM dated_origin WHERE innovation IN (SELECT id FROM chosen_innovation);

        CREATE OR REPLACE TEMP TABLE chosen_claim AS
        SELECT unnest(claims) AS claim_id FROM chosen_adoption
        UNION SELECT unnest(claims) FROM chosen_transfer
        UNION SELECT unnest(claims) FROM chosen_origin;
        """
    )
    if everything:
        _add_other_claims(known, filters, worst)
    if possible:
        return []
    adoptions, transfers = first(
        con,
        f"SELECT (SELECT count(*) FROM matched WHERE rank = 1 AND {here}), (SELECT count(*) FROM transfer t "
        f"JOIN matched a ON a.id = t.adoption WHERE a.rank = 1 AND {_kept('t', filters)})",
    )
    return [*Tally(False, adoptions).note("adoptions"), *Tally(False, transfers).note("transfers")]


def _same_way(a: str, b: str) -> str:
    """Return SQL that says whether two rows are of one transfer."""
    return " AND ".join(f"{a}.{name} IS NOT DISTINCT FROM {b}.{name}" for name in _WAY.split(", "))


def _any_in(codes: Iterable[str], *columns: str) -> str:
    """Return SQL that says whether one of some columns is one of some ISO codes; no code asks nothing."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return f"({' OR '.join(f'{column} IN ({listed})' for column in columns)})" if listed else "true"


def _kept(transfer: str, filters: Filters) -> str:
    bases = ", ".join(f"'{basis}'" for basis in filters.bases)
    ends = _any_in(filters.countries, f"{transfer}.from_country", f"{transfer}.to_country")
    return f"{transfer}.basis IN ({bases}) AND {ends}"


def _make_matches(known: Identity, filters: Filters) -> None:
    """Make the view `matched`: adoptions with the rank of how they lie to the filters, by distinct dates and places."""
    con = known.view.con
    _make_spans(known, filters.window)
    ranks, joins = ["s.rank"], [f"JOIN span s ON {_SAME_SPAN}"]
    if filters.adopted_groups:
        _make_incomes(known, "adopted_income", "dated_adoption", filters.adopted_groups)
        ranks.append("g.rank")
        joins.append(f"JOIN adopted_income g ON g.country = a.country AND {_SAME_SPAN.replace('s.', 'g.')}")
    if filters.origin_groups:
        _make_incomes(known, "origin_income", "dated_origin", filters.origin_groups)
        con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE begun AS
            SELECT a.innovation, min(g.rank) AS rank FROM dated_origin a
            JOIN origin_income g ON g.country = a.country AND {_SAME_SPAN.replace("s.", "g.")} GROUP BY a.innovation
            """
        )
        ranks.append(f"coalesce(b.rank, {_RANK[POSSIBLE]})")  # nobody says where it began, so it may have begun there
        joins.append("LEFT JOIN begun b ON b.innovation = a.innovation")
    known.view.register("asked_innovation", {"id": list(filters.innovations)})
    named = "a.innovation IN (SELECT id FROM asked_innovation)" if filters.innovations else "true"
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW matched AS SELECT a.*, greatest({', '.join(ranks)}) AS rank "
        f"FROM dated_adoption a {' '.join(joins)} WHERE {named} AND a.reports >= {filters.min_reports or 0}"
    )


def _make_spans(known: Identity, window: Window) -> None:
    """Make `span`: how each pair of bounds lies to the window. There are few of them, whatever the number of claims."""
    spans: list[tuple[date | None, date | None]] = known.view.con.execute(
        f"SELECT earliest, latest FROM dated_adoption UNION SELECT {_OPEN} FROM visible ORDER BY ALL"
    ).fetchall()
    known.view.register(
        "span",
        {
            "earliest": [first for first, _ in spans],
            "latest": [last for _, last in spans],
            "rank": [_RANK[window.match(*bounds)] for bounds in spans],
        },
        {"earliest": pa.date32(), "latest": pa.date32(), "rank": pa.int64()},
    )


def _make_incomes(known: Identity, name: str, table: str, groups: frozenset[str]) -> None:
    """Make a table of how each country at each time lies to some income groups."""
    found: list[tuple[str, date | None, date | None]] = known.view.con.execute(
        f"SELECT DISTINCT country, earliest, latest FROM {table} WHERE country IS NOT NULL ORDER BY ALL"
    ).fetchall()
    known.view.register(
        name,
        {
            "country": [country for country, _, _ in found],
            "earliest": [first for _, first, _ in found],
            "latest": [last for _, _, last in found],
            "rank": [_RANK[match_income(country, first, last, groups)] for country, first, last in found],
        },
        {"earliest": pa.date32(), "latest": pa.date32(), "rank": pa.int64()},
    )


def _make_innovations(known: Identity, filters: Filters) -> None:
    if filters.innovations:
        ids = sorted(filters.innovations)
    elif filters.window == Window() and not filters.narrow:
        ids = list(known.innovations)
    else:
        found = known.view.con.execute(
            "SELECT innovation FROM chosen_adoption UNION SELECT innovation FROM chosen_transfer ORDER BY ALL"
        ).fetchall()
        ids = [row[0] for row in found]
    known.view.register("chosen_innovation", {"id": ids})


def _add_other_claims(known: Identity, filters: Filters, worst: int) -> None:
    """Add the claims that no adoption, transfer or origin stands on.

    A claim that names no innovation (an exchange that says not what it showed) goes only with the whole graph.
    """
    about = "true"
    if filters.innovations:
        keys = "(SELECT list(key) FROM innov WHERE id IN (SELECT id FROM asked_innovation))"
        about = f"i.id IN (SELECT id FROM asked_innovation) OR list_has_any(a.shown_keys, {keys})"
    other = "false" if filters.narrow else f"s.rank <= {worst}"
    known.view.con.execute(
        f"""
        INSERT INTO chosen_claim
        SELECT a.claim_id FROM visible a LEFT JOIN innov i ON i.key = a.innovation_key
        LEFT JOIN span s ON {_SAME_SPAN}
        WHERE ({about}) AND a.claim_id NOT IN (
            SELECT unnest(claims) FROM adoption UNION ALL SELECT unnest(claims) FROM origin
            UNION ALL SELECT claim_id FROM chosen_claim
        ) AND CASE WHEN a.kind = 'name' THEN i.id IN (SELECT id FROM chosen_innovation) ELSE {other} END
        """
    )
