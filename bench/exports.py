"""How fast a graph becomes files, beside peers that write the same graph: medians of several runs, as ratios.

    python bench/exports.py [ROWS] [RUNS] [FORMAT…]

The graph is synthetic (and says so): the table of bench/ingest.py, in which 920,000 rows are a million claims.
Southerly is timed as its users run it, a process that begins with the ledger on disk. The peers begin with the same
rows in memory, read before the clock starts: networkx builds its graph and writes GraphML (with lxml) or, by way of
pandas, CSV.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ingest import write_table

FORMATS = ("graphml", "csv", "parquet", "nquads")

PEER = """
import csv, sys, time
import networkx as nx, pandas as pd
folder, form, out = sys.argv[1:]
csv.field_size_limit(1 << 30)
def rows(name):
    with open(f"{folder}/{name}", newline="", encoding="utf-8") as file:
        return [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]
nodes, edges = rows("nodes.csv"), rows("edges.csv")
start = time.perf_counter()
graph = nx.MultiDiGraph()
graph.add_nodes_from((node["id"], node) for node in nodes)
graph.add_edges_from((edge["from"], edge["to"], edge["id"], edge) for edge in edges)
if form == "graphml":
    nx.write_graphml_lxml(graph, out)
else:
    nx.to_pandas_edgelist(graph).to_csv(out, index=False)
    pd.DataFrame.from_dict(dict(graph.nodes(data=True)), orient="index").to_csv(out + ".nodes", index=False)
print(time.perf_counter() - start)
"""


def run(*command: str) -> tuple[float, float, str]:
    """Return the wall seconds of a command, its peak memory in MB, and what it printed.

    Raises:
        RuntimeError: if it fails.

    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        printed = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:6])} exited with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1e3, printed


def medians(runs: list[tuple[float, float]]) -> dict[str, float]:
    """Return the median of the seconds and the highest of the memories of some runs."""
    return {
        "seconds": round(statistics.median(seconds for seconds, _ in runs), 2),
        "peak_rss_mb": round(max(memory for _, memory in runs)),
    }


def main() -> None:
    """Run the benchmark and print one JSON object."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 920_000
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        southerly = (sys.executable, "-m", "southerly", "--graph", str(folder / "graph"))
        write_table(folder / "synthetic.csv", rows)
        run(*southerly, "ingest", "--quiet", str(folder / "synthetic.csv"))
        counts = json.loads(run(*southerly, "stats", "--quiet", "--format", "json")[2])
        asked = dict.fromkeys(("csv", *sys.argv[3:])) if len(sys.argv) > 3 else FORMATS  # the peers read our CSV
        ours: dict[str, list[tuple[float, float]]] = {form: [] for form in asked}
        peers: dict[str, list[tuple[float, float]]] = {form: [] for form in ("graphml", "csv") if form in asked}
        for _ in range(times):
            for form, taken in ours.items():
                taken.append(run(*southerly, "export", "--quiet", form, "-o", str(folder / form))[:2])
            for form, taken in peers.items():
                _, memory, printed = run(sys.executable, "-c", PEER, str(folder / "csv"), form, str(folder / "peer"))
                taken.append((float(printed), memory))
        report: dict[str, Any] = {
            "claims": sum(counts["claims"].values()),
            "transfers": sum(counts["transfers"].values()),
            "southerly": {form: medians(taken) | {"mb": _size(folder / form)} for form, taken in ours.items()},
            "networkx": {form: medians(taken) for form, taken in peers.items()},
        }
        report["times_as_fast"] = {
            form: round(report["networkx"][form]["seconds"] / report["southerly"][form]["seconds"], 1) for form in peers
        }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


def _size(path: Path) -> int:
    files = path.iterdir() if path.is_dir() else [path]
    return round(sum(file.stat().st_size for file in files) / 1e6)


if __name__ == "__main__":
    main()
