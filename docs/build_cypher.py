"""Runs the queries in docs/how-to/neo4j-cookbook.md on a server and writes what they answer below them.

The server is that of $NEO4J_URI with $NEO4J_PASSWORD, to which the bundled corpus was pushed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "how-to" / "neo4j-cookbook.md"

#: A query, and the answer below it if there is one yet.
EXAMPLE = re.compile(r"```cypher\n(.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)
_WIDEST = 58  # letters of a cell

Run = Callable[[str], list[dict[str, Any]]]


def table(rows: list[dict[str, Any]]) -> str:
    """Return rows as columns of text; what is too long is cut."""
    if not rows:
        raise ValueError("found nothing")
    lines = [list(rows[0])] + [[_cell(v) for v in row.values()] for row in rows]
    lines = [[cell if len(cell) <= _WIDEST else cell[: _WIDEST - 1] + "…" for cell in line] for line in lines]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines)


def _cell(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def filled(text: str, run: Run) -> str:
    """Return the page with the answers that its queries have now."""
    return EXAMPLE.sub(lambda found: f"```cypher\n{found[1]}```\n\n```text\n{table(run(found[1]))}\n```\n", text)


def main() -> None:
    """Write the page."""
    from southerly.graph.neo4j_server import Address, connect

    with connect(Address(os.environ["NEO4J_URI"], password=os.environ["NEO4J_PASSWORD"])) as server:
        PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), server.read), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
