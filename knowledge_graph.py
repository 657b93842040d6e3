"""The Python face: one object a graph, one method a question, answers that become pandas and networkx objects."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .graph.errors import WrongUse
from .graph.identity import Identity
from .graph.ledger import Ledger
from .graph.view import Scope, View
from .queries.answer import Answer
from .queries.filters import bases_of, window

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

    from .ingest.pipeline import Summary


@dataclass
class KnowledgeGraph:
    """A graph opened at its current revision, or as of an earlier one.

    Every question returns an `Answer`: `.to_dict()` is the JSON of the command line, `.to_pandas()` its table,
    `.to_networkx()` the transfers behind it. The graph never changes under an open object; `refresh()` moves on to what
    was published since.

    Args:
        folder: the graph's folder; or the address of a Neo4j server that it was pushed to, such as
            neo4j://localhost:7687, with the user in $NEO4J_USERNAME and the password in $NEO4J_PASSWORD.
        as_of: a revision number or a date; null is now.
        statuses: which claims count; the default is what did happen.
        candidates: also claims that nobody has reviewed.
        min_confidence: low, medium or high.
        possible: also what only possibly matches a filter.

    Raises:
        NoLedger: if the folder holds no graph.
        WrongUse: if `as_of` names no revision.

    """

    folder: Path | str
    as_of: str | int | None = None
    statuses: tuple[str, ...] = ("actual",)
    candidates: bool = False
    min_confidence: str | None = None
    possible: bool = False
    _connection: ExitStack = field(default_factory=ExitStack, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if "://" not in str(self.folder):
            self.folder = Path(self.folder)
        self.refresh()

    def refresh(self) -> None:
        """See what was published since."""
        as_of = None if self.as_of is None else str(self.as_of)
        scope = Scope(as_of, self.statuses, self.candidates, self.min_confidence, self.possible)
        if isinstance(self.folder, str):
            from .graph.neo4j_read import parted, reading
            from .graph.neo4j_server import Address

            uri, database = parted(self.folder)
            user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
            self._connection.close()
            view = self._connection.enter_context(reading(Address(uri, user, password, database), scope))
        else:
            view = View(Ledger(self.folder), scope)
        self._known = Identity(view)

    def _require_ledger(self) -> Path:
        if isinstance(self.folder, str):
            raise WrongUse(f"{self.folder}: a server only answers questions; this needs the ledger. Open its folder.")
        return self.folder

    @property
    def revision(self) -> int:
        """The revision that answers come from."""
        return self._known.view.revision

    def search(self, text: str, *, limit: int | None = 20) -> Answer:
        """Find innovations, countries, sites, exchanges, reports and quoted words."""
        from .queries.search import search

        return search(self._known, text, limit=limit)

    def show(self, name: str) -> Answer:
        """All that is known of one thing."""
        from .queries.show import show

        return show(self._known, name)

    def why(self, name: str) -> Answer:
        """The claims behind an id or a name."""
        from .queries.why import why

        return why(self._known, name)

    def origins(self, name: str) -> Answer:
        """Where an innovation began."""
        from .queries.origins import origins

        return origins(self._known, name)

    def spread(
        self, name: str, *, since: str | None = None, until: str | None = None, basis: str | None = None
    ) -> Answer:
        """Who took an innovation up, where, when and from whom."""
        from .queries.spread import spread

        return spread(self._known, name, window=window(since, until), bases=bases_of(basis))

    def trace(
        self,
        name: str,
        *,
        source: str | None = None,
        target: str | None = None,
        since: str | None = None,
        until: str | None = None,
        basis: str | None = None,
        ignore_time: bool = False,
        limit: int = 20,
    ) -> Answer:
        """By which routes an innovation travelled, from `source` (else its origins) to `target` (else each adopter)."""
        from .queries.trace import trace

        return trace(
            self._known,
            name,
            source=source,
            target=target,
            window=window(since, until),
            bases=bases_of(basis),
            ignore_time=ignore_time,
            limit=limit,
        )

    def curve(self, name: str) -> Answer:
        """How many countries had taken an innovation up by each year, certainly and possibly."""
        from .queries.curve import curve

        return curve(self._known, name)

    def discover(self, *, since: str | None = None, until: str | None = None, **wanted: str | None) -> Answer:
        """Innovations by origin and adopters: origin_income, adopted_income, origin, adopter, not_in, theme, kind."""
        from .queries.discover import Wanted, discover

        return discover(self._known, Wanted(**wanted, window=window(since, until)))

    def flows(
        self,
        *,
        by: str = "country",
        since: str | None = None,
        until: str | None = None,
        basis: str | None = None,
    ) -> Answer:
        """Who learns from whom, by country, region or income."""
        from .queries.flows import flows

        return flows(self._known, by=by, window=window(since, until), bases=bases_of(basis))

    def reciprocity(self, *, basis: str | None = None) -> Answer:
        """How far learning goes both ways between two countries."""
        from .queries.flows import reciprocity

        return reciprocity(self._known, bases=bases_of(basis))

    def outcomes(
        self,
        by: str | None = None,
        *,
        innovation: str | None = None,
        country: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer:
        """What exchanges led to, counted by a dimension such as mechanism or exchange_type."""
        from .queries.outcomes import outcomes

        return outcomes(self._known, by=by, innovation=innovation, country=country, window=window(since, until))

    def conflicts(self, name: str | None = None) -> Answer:
        """Where reports disagree."""
        from .queries.conflicts import conflicts

        return conflicts(self._known, name)

    def gaps(self, country: str) -> Answer:
        """What a country has not yet taken up and countries alike have, and whom to ask."""
        from .queries.gaps import gaps

        return gaps(self._known, country)

    def stats(self) -> Answer:
        """How much there is of everything."""
        from .queries.stats import stats

        return stats(self._known)

    def log(self) -> Answer:
        """The history of the graph."""
        from .queries.history import log

        return log(Ledger(self._require_ledger()))

    def sql(self, query: str) -> pd.DataFrame:
        """Run a read-only query over this revision: `visible` has the claims that count, `evidence_at` their places."""
        with closing(View(Ledger(self._require_ledger()), self._known.view.scope).con) as con:
            con.execute("SET enable_external_access = false")
            frame: pd.DataFrame = con.execute(query).df()
            return frame

    def rdf(self) -> rdflib.Dataset:
        """Return the graph as an rdflib Dataset: a named graph for each report, the fused view, provenance.

        A query that names no graph sees the union of all (`default_union`), as `southerly sparql` does. It is held in
        memory, about 1 kB a statement; export N-Quads where that is too much.
        """
        from .graph.rdf_syntax import dataset_of

        self._require_ledger()
        return dataset_of(self._known)

    def export(
        self,
        form: str,
        path: str | Path,
        *,
        innovation: str | Sequence[str] | None = None,
        countries: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        basis: str | None = None,
        origin_income: str | None = None,
        adopted_income: str | None = None,
        min_reports: int | None = None,
        stamp: bool = False,
    ) -> None:
        """Write the diffusion network or the sources for another tool; see `southerly export --help`."""
        from .exports import write

        self._require_ledger()
        write(
            self._known,
            form,
            Path(path),
            stamp=stamp,
            innovation=innovation,
            countries=countries,
            window=window(since, until),
            bases=bases_of(basis),
            origin_income=origin_income,
            adopted_income=adopted_income,
            min_reports=min_reports,
        )

    def ingest(self, *paths: str | Path) -> Summary:
        """Read reports into the graph and refresh."""
        from .ingest.pipeline import ingest

        summary = ingest(Ledger(self._require_ledger()), [str(p) for p in paths], now=datetime.now(UTC))
        self.refresh()
        return summary
