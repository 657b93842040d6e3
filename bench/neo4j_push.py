"""Push of 100,000 claims against a bare driver loop that sends the same nodes and relationships to the same server.

Usage: python bench/neo4j_push.py [ROWS] [RUNS]. Makes a synthetic table of ROWS rows (2.5 claims each; default 40,000),
reads it once, and then empties and fills the database of a Neo4j of its own RUNS times (default 3) both ways, in turn.
The bare loop is what one would write by hand: a constraint per label, UNWIND with CREATE for nodes with the same
properties, UNWIND with two MATCHes and a CREATE for relationships, the same batch. Its rows are in memory before the
clock starts; the push reads the ledger, compares, locks and makes indexes within it. Prints JSON.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from southerly.bench.ingest import write_table
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.neo4j_model import CLASSES, SHORTCUT, SHORTCUT_PROPERTIES, schema_statements
from southerly.graph.neo4j_push import BATCH, push
from southerly.graph.neo4j_server import Address, connect
from southerly.graph.neo4j_tables import make_tables, rows_of
from southerly.graph.view import View
from southerly.tests.neo4j.server import Server


def everything(known: Identity) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return statements and their rows: what the bare loop sends."""
    make_tables(known)
    sent: list[tuple[str, list[dict[str, Any]]]] = []
    for cls in CLASSES:
        query = f"UNWIND $rows AS row CREATE (n:{':'.join(('Southerly', *cls.labels))}) SET n = row"
        sent += [(query, rows) for rows in rows_of(known, cls.table, BATCH)]
    for cls in CLASSES:
        for link in cls.links:
            target = f"unnest(list_distinct({link.sql}))" if link.many else link.sql
            pairs = f"(SELECT t.id AS a, {target} AS b FROM {cls.table} t) WHERE b IS NOT NULL"
            query = (
                f"UNWIND $rows AS row MATCH (a:{cls.keyed} {{id: row.a}}) MATCH (b:{link.target} {{id: row.b}}) "
                f"CREATE (a)-[:{link.type}]->(b)"
            )
            sent += [(query, rows) for rows in rows_of(known, pairs, BATCH)]
    said = ", ".join(f'"{name}"' for name in SHORTCUT_PROPERTIES)
    shortcuts = f"(SELECT 'country:' || to_country AS a, 'country:' || from_country AS b, {said} FROM neo_transfer)"
    query = (
        "UNWIND $rows AS row MATCH (a:Country {id: row.a}) MATCH (b:Country {id: row.b}) "
        f"CREATE (a)-[r:{SHORTCUT}]->(b) SET r = row"
    )
    sent += [(query, rows) for rows in rows_of(known, shortcuts, BATCH)]
    return sent


def bare(server: Server, sent: list[tuple[str, list[dict[str, Any]]]]) -> float:
    """Send everything in a plain loop; return the seconds."""
    start = time.perf_counter()
    with server.driver() as driver, driver.session() as session:
        for statement in schema_statements():
            if "CONSTRAINT" in statement:
                session.run(statement).consume()
        for query, rows in sent:
            session.execute_write(lambda tx, query=query, rows=rows: tx.run(query, rows=rows).consume())
    return time.perf_counter() - start


def pushed(server: Server, ledger: Ledger) -> float:
    """Push; return the seconds."""
    start = time.perf_counter()
    with connect(Address(server.uri, *server.auth)) as there:
        push(Identity(View(ledger)), there)
    return time.perf_counter() - start


def counted(server: Server) -> Iterator[int]:
    """Yield the numbers of nodes and relationships."""
    with server.driver() as driver:
        for pattern in ("(n:Southerly)", "()-[n]->()"):
            yield driver.execute_query(f"MATCH {pattern} RETURN count(n) AS n").records[0]["n"]


def main() -> None:
    """Run the benchmark and print one JSON object."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        table, ledger = Path(folder) / "synthetic.csv", Ledger(Path(folder) / "graph")
        write_table(table, rows)
        southerly = (sys.executable, "-m", "southerly", "--graph", str(ledger.folder))
        subprocess.run((*southerly, "ingest", "--quiet", str(table)), check=True, capture_output=True)
        sent = everything(Identity(View(ledger)))
        server = Server(Path(folder) / "neo4j", quick=False)
        server.start()
        taken: dict[str, list[float]] = {"push": [], "bare": []}
        sizes = set()
        try:
            for _ in range(runs):
                for name in taken:
                    server.clear()
                    taken[name].append(pushed(server, ledger) if name == "push" else bare(server, sent))
                    sizes.add(tuple(counted(server)))
        finally:
            server.kill()
    if len(sizes) != 1:
        sys.exit(f"the two ways made graphs of different sizes: {sizes}")
    ((nodes, links),) = sizes
    medians = {name: statistics.median(values) for name, values in taken.items()}
    report = {
        "rows": rows,
        "claims": rows * 5 // 2,
        "nodes": nodes,
        "relationships": links,
        "median_seconds": {name: round(value, 1) for name, value in medians.items()},
        "per_second": {name: round((nodes + links) / value) for name, value in medians.items()},
        "push_rate_to_bare_rate": round(medians["bare"] / medians["push"], 2),
        "seconds": {name: [round(v, 1) for v in values] for name, values in taken.items()},
    }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
