"""Small conveniences over DuckDB's connection."""

from __future__ import annotations

from typing import Any

import duckdb


def first(con: duckdb.DuckDBPyConnection, sql: str, values: Any = None) -> tuple[Any, ...]:
    """Return the only row of a query, read to its end: a connection with an unread result takes no other work."""
    result = con.execute(sql) if values is None else con.execute(sql, values)
    rows: list[tuple[Any, ...]] = result.fetchall()
    return rows[0] if rows else (None,)
