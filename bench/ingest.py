"""How fast tables become a graph, beside a peer that only parses them: medians of several runs, as ratios.

    python bench/ingest.py [ROWS] [RUNS]

The table is synthetic (and says so): distinct sites, years and notes in the native layout of reverse innovations.
The peer is pandas.read_csv of the same file in the same run, every column as text: what any tool would have to pay
before it knows a single claim.
"""

from __future__ import annotations

import csv
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNTRIES = ("KEN", "UGA", "TZA", "ZMB", "BRA", "COL", "IND", "VNM", "GBR", "USA")
COLUMNS = (
    "innovation", "aliases", "kind", "origin_country", "origin_year", "source_country", "adopter_country",
    "adopter_site", "adoption_year", "stage", "channel", "partners", "outcome", "source_title", "source_url",
    "source_year", "confidence", "note",
)  # fmt: skip


def write_table(path: Path, rows: int) -> None:
    """Write a synthetic table in which hardly a value repeats."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for i in range(rows):
            practice, origin = i % 2000, COUNTRIES[i % 7]
            writer.writerow(
                [
                    f"Synthetic practice {practice}", f"SP{practice}; synthetic alias {practice}",
                    "care process", origin,
                    1950 + practice % 60, origin, COUNTRIES[(i * 3 + 1) % 10], f"Synthetic Hospital {i}",
                    1980 + i % 40, "adopted", "unknown", f"Synthetic partner {i % 997}", f"synthetic outcome {i}",
                    f"Synthetic report {i % 5000}", f"https://synthetic.example/{i % 5000}", 2000 + i % 20, "medium",
                    f"synthetic note {i}",
                ]
            )  # fmt: skip


def timed(*command: str) -> float:
    """Return the wall seconds of a command."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Run the benchmark and print one JSON object."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        table, graph = Path(folder) / "synthetic.csv", Path(folder) / "graph"
        write_table(table, rows)
        southerly = (sys.executable, "-m", "southerly", "--graph", str(graph))
        peer = (sys.executable, "-c", f"import pandas; pandas.read_csv({str(table)!r}, dtype=str)")
        taken: dict[str, list[float]] = {"ingest": [], "again": [], "pandas": [], "spread": []}
        for _ in range(runs):
            shutil.rmtree(graph, ignore_errors=True)
            taken["pandas"].append(timed(*peer))
            taken["ingest"].append(timed(*southerly, "ingest", "--quiet", str(table)))
            taken["again"].append(timed(*southerly, "ingest", "--quiet", str(table)))
            taken["spread"].append(timed(*southerly, "spread", "--quiet", "--limit", "5", "Synthetic practice 7"))
        size = sum(f.stat().st_size for f in graph.glob("ledger-*.duckdb"))
        medians = {name: statistics.median(values) for name, values in taken.items()}
        report = {
            "rows": rows,
            "table_mb": round(table.stat().st_size / 1e6),
            "ledger_mb": round(size / 1e6),
            "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3),
            "median_seconds": {name: round(value, 2) for name, value in medians.items()},
            "ratio_to_pandas_parse": round(medians["ingest"] / medians["pandas"], 1),
        }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
