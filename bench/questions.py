"""How fast questions are answered, with the fused view kept and without: medians of several runs, ours only.

    python bench/questions.py [ROWS] [RUNS]

The table is that of `bench/ingest.py`, synthetic: hardly a value repeats, so that every row is an adoption of its own.
`first` are the seconds of the first question about all innovations, which keeps the fused view for those after it, and
its greatest resident memory; the questions are timed inside a process that has the library loaded, each with a new
connection, and `spread_command` with the start of the program.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from ingest import timed, write_table

NAME = "Synthetic practice 7"

#: Arguments: graph. Asks of all innovations and prints seconds and the greatest resident memory in MB.
FIRST = """
import resource, sys, time
from pathlib import Path
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import View
from southerly.queries.stats import stats
start = time.perf_counter()
stats(Identity(View(Ledger(Path(sys.argv[1])))))
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
"""


def ask(graph: Path, question: Callable[..., object], *, fresh: bool) -> float:
    """Return the seconds that a question takes with a connection of its own."""
    from southerly.graph.identity import Identity
    from southerly.graph.ledger import Ledger
    from southerly.graph.view import View

    start = time.perf_counter()
    view = View(Ledger(graph), fresh=fresh)
    with closing(view.con):
        question(Identity(view))
    return time.perf_counter() - start


def main() -> None:
    """Run the benchmark and print one JSON object."""
    from southerly.queries.discover import Wanted, discover
    from southerly.queries.flows import flows
    from southerly.queries.origins import origins
    from southerly.queries.spread import spread
    from southerly.queries.stats import stats
    from southerly.queries.trace import trace

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    one: dict[str, Callable[..., object]] = {
        "spread": lambda known: spread(known, NAME),
        "trace": lambda known: trace(known, NAME),
        "origins": lambda known: origins(known, NAME),
    }
    all_: dict[str, Callable[..., object]] = {
        "stats": stats,
        "discover": lambda known: discover(known, Wanted("LMIC", "H")),
        "flows": flows,
    }
    with tempfile.TemporaryDirectory() as folder:
        table, graph = Path(folder) / "synthetic.csv", Path(folder) / "graph"
        write_table(table, rows)
        southerly = (sys.executable, "-m", "southerly", "--graph", str(graph))
        timed(*southerly, "ingest", "--quiet", str(table))
        computed = {name: median(runs, partial(ask, graph, q, fresh=True)) for name, q in one.items()}
        told = subprocess.run((sys.executable, "-c", FIRST, str(graph)), check=True, capture_output=True, text=True)
        seconds, memory = map(float, told.stdout.split()[-2:])  # DuckDB may draw its progress before them
        kept = {name: median(runs, partial(ask, graph, q, fresh=False)) for name, q in (one | all_).items()}
        report = {
            "rows": rows,
            "ledger_mb": size(graph, "ledger-*"),
            "kept_mb": size(graph, "fused-*"),
            "first": {"seconds": round(seconds, 2), "peak_rss_mb": round(memory)},
            "computed_median_seconds": computed,
            "kept_median_seconds": kept,
            "spread_command_seconds": median(
                runs, lambda: timed(*southerly, "spread", "--quiet", "--limit", "5", NAME)
            ),
            "peak_rss_mb_of_questions": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
        }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


def median(runs: int, measure: Callable[[], float]) -> float:
    """Return the median of several measurements."""
    return round(statistics.median(measure() for _ in range(runs)), 3)


def size(graph: Path, pattern: str) -> int:
    """Return the megabytes of some files of a graph."""
    return round(sum(file.stat().st_size for file in graph.glob(pattern)) / 1e6)


if __name__ == "__main__":
    main()
