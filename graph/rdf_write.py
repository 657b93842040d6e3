"""The graph as N-Quads, streamed: reports with their claims, the fused view, provenance, the data set itself.

Lines come in a total order that depends on nothing but what counts. Memory is bounded: sorting spills to disk, and what
is made of it leaves in batches.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

import duckdb
import pyarrow as pa

from .diffusion import Diffusion
from .identity import Identity
from .rdf_claims import bundle_lines, claim_lines, make_claims, provenance_lines
from .rdf_fused import fused_lines
from .rdf_tables import make_rdf_tables
from .rdf_terms import NAMESPACE, full, install, thing
from .reviewed import reviewed
from .sql import bounded, first

_MEMORY = "2GB"  # what DuckDB keeps before it spills
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x7f": "\\u007F"})
_ROWS = 2048  # of text at a time, DuckDB's own vector


@dataclass(frozen=True, slots=True)
class Relations:
    """The names of the relations that say what goes in.

    Claims have `claim_id`, innovations `id`, the others the columns of the tables of their name and `review`; adoptions
    and transfers also `certain`, transfers `reports` and `publishers`. An open bound is infinite or null.
    """

    claim: str
    adoption: str
    transfer: str
    origin: str
    innovation: str


#: What an export has chosen, see `exports.selection`.
CHOSEN = Relations("chosen_claim", "chosen_adoption", "chosen_transfer", "chosen_origin", "chosen_innovation")


def whole(known: Identity) -> Relations:
    """Fuse the whole graph of a view and return the relations that hold all of it."""
    Diffusion(known)
    known.view.register("whole_innovation", {"id": list(known.innovations)})
    known.view.con.execute(
        f"""
        CREATE OR REPLACE TEMP VIEW whole_claim AS SELECT claim_id FROM visible;
        CREATE OR REPLACE TEMP VIEW whole_adoption AS SELECT *, true AS certain FROM {reviewed(known.view, "adoption")};
        CREATE OR REPLACE TEMP VIEW whole_origin AS FROM {reviewed(known.view, "origin")};

        CREATE OR REPLACE TEMP VIEW whole_transfer AS
        WITH t AS (
            SELECT *, true AS certain, row_number() OVER () AS number FROM {reviewed(known.view, "transfer")}
        ), said AS (
            SELECT number, count(DISTINCT v.report) AS reports,
                count(DISTINCT coalesce(r.publisher_known_as, v.report)) AS publishers
            FROM (SELECT number, unnest(claims) AS claim_id FROM t) JOIN visible v USING (claim_id)
            LEFT JOIN report_info r ON r.report = v.report GROUP BY number
        )
        SELECT t.* EXCLUDE (number), said.reports, said.publishers FROM t JOIN said USING (number);
        """
    )
    return Relations("whole_claim", "whole_adoption", "whole_transfer", "whole_origin", "whole_innovation")


def write_nquads(
    known: Identity,
    out: BinaryIO,
    *,
    relations: Relations | None = None,
    dataset: Callable[[], dict[str, Any]] | None = None,
) -> None:
    """Write the graph of a view as N-Quads.

    Args:
        known: the view, whose scope says which claims count.
        out: where to, opened for bytes.
        relations: what goes in; null is the whole graph of the view.
        dataset: gives the metadata of the data set, asked for when all else is written; null writes none.

    """
    with closing(nquads(known, relations=relations, dataset=dataset)) as chunks:
        for chunk in chunks:
            out.write(chunk)


def nquads(
    known: Identity,
    *,
    relations: Relations | None = None,
    dataset: Callable[[], dict[str, Any]] | None = None,
) -> Generator[bytes | memoryview]:
    """Yield the graph of a view as N-Quads, whole lines at a time; see `write_nquads`.

    The view's connection takes no other work until this is read to its end or closed.
    """
    con = known.view.con
    with bounded(con, _MEMORY):
        chosen = relations or whole(known)
        yield from report_graphs(con, chosen.claim)
        make_rdf_tables(known, chosen)
        for sql in (*fused_lines(), *provenance_lines(), bundle_lines()):
            yield from _texts(con, sql)
        if dataset:
            yield dataset_lines(dataset()).encode()


def report_graphs(con: duckdb.DuckDBPyConnection, claim: str) -> Generator[memoryview]:
    """Yield the reports' graphs alone, for the claims that a relation of a view's connection lists by `claim_id`."""
    install(con)
    make_claims(con, claim)
    return _texts(con, claim_lines(con, claim))


def _texts(con: duckdb.DuckDBPyConnection, sql: str) -> Generator[memoryview]:
    """Yield the text of a query's only column, the rows of a batch as one piece: they lie side by side in Arrow.

    By one thread: several take the rows of an ordered subquery in turns, so that its order would be lost.
    """
    (threads,) = first(con, "SELECT current_setting('threads')")
    con.execute("SET threads = 1")
    try:
        with con.sql(sql).to_arrow_reader(_ROWS) as batches:
            for batch in batches:
                column = batch.column(0).cast(pa.large_string())
                _, ends, data = column.buffers()
                if data is not None and len(column):
                    offsets = memoryview(ends).cast("B").cast("q")
                    yield memoryview(data)[offsets[column.offset] : offsets[column.offset + len(column)]]
    finally:
        with suppress(duckdb.Error):
            con.execute(f"SET threads = {threads}")


def dataset_lines(about: Mapping[str, Any]) -> str:
    """Return what the default graph says of the data set: title, digest, filters and the licences of its reports."""
    subject = f"<{thing(about['digest'].replace('sha256', 'dataset'))}>"
    statements = [
        ("rdf:type", f"<{full('void:Dataset')}>"),
        ("dcterms:title", _text(about["title"])),
        ("sou:digest", _text(about["digest"])),
        ("void:vocabulary", f"<{NAMESPACE}>"),
        ("sou:metadata", f"{_text(json.dumps(about, ensure_ascii=False))}^^<{full('rdf:JSON')}>"),
        *(("dc:rights", _text(f"{each['reports']} reports: {each['licence']}")) for each in about["source_licences"]),
    ]
    return "".join(f"{subject} <{full(name)}> {value} .\n" for name, value in statements)


def _text(value: str) -> str:
    return f'"{value.translate(_ESCAPES)}"'
