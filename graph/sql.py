"""Small conveniences over DuckDB's connection."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb


def first(con: duckdb.DuckDBPyConnection, sql: str, values: Any = None) -> tuple[Any, ...]:
    """Return the only row of a query, read to its end: a connection with an unread result takes no other work."""
    result = con.execute(sql) if values is None else con.execute(sql, values)
    rows: list[tuple[Any, ...]] = result.fetchall()
    return rows[0] if rows else (None,)


@contextmanager
def bounded(con: duckdb.DuckDBPyConnection, memory: str) -> Iterator[None]:
    """Keep a connection within some memory for the block; what is more goes to a folder that closing it removes."""
    (limit,) = first(con, "SELECT current_setting('memory_limit')")
    if first(con, "SELECT current_setting('temp_directory')") == (".tmp",):  # not into the user's folder
        con.execute("SET temp_directory = ?", [str(Path(tempfile.gettempdir()) / f"southerly-{secrets.token_hex(8)}")])
    con.execute(f"SET memory_limit = '{memory}'")
    try:
        yield
    finally:
        with suppress(duckdb.Error):  # a writer that failed left a result half read; its own error is what counts
            con.execute(f"SET memory_limit = '{limit}'")
