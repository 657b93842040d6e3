"""How fast a big IATI file streams through its reader, and in how much memory, beside a peer that only parses it.

    SOUTHERLY_DATA=… python bench/iati.py [MEGABYTES]

The file is the real activities of `data/iati` written again and again under one root, until it is as big as asked
(1000 MB): a synthetic size of real content, since no publisher's file of that size is at hand. Identifiers repeat with
it. The peer is lxml's iterparse of the same file, every activity cleared, nothing read. Each runs in a process of its
own, so that peaks of memory can be told apart. Seconds of the processor tell more than those of the clock where other
work goes on beside.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

READER = """
import pathlib, resource, sys, time
from southerly.ingest.iati import read_iati
from southerly.ingest.reading import Carrier
path = pathlib.Path(sys.argv[1])
start, activities, claims, problems = time.perf_counter(), 0, 0, 0
for batch in read_iati(Carrier(path, "synthetic")):
    activities += len(batch.records)
    claims += batch.claims.num_rows
    problems += len(batch.problems)
"""
PEER = """
import resource, sys, time
from lxml import etree
start, activities, claims, problems = time.perf_counter(), 0, 0, 0
for _, element in etree.iterparse(sys.argv[1], tag="iati-activity"):
    activities += 1
    element.clear(keep_tail=True)
    while element.getprevious() is not None:
        del element.getparent()[0]
"""
REPORT = """
import json
print(json.dumps({"seconds": time.perf_counter() - start, "cpu_seconds": time.process_time(),
    "activities": activities, "claims": claims, "problems": problems,
    "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}))
"""


def real_activities(folder: Path) -> list[bytes]:
    """Return every activity of the real files as octets of UTF-8."""
    from lxml import etree

    found = []
    for path in sorted(folder.glob("activities*/*.xml")):
        if path.name != "broken.xml":
            root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
            found += [
                etree.tostring(a, encoding="utf-8", with_tail=False) + b"\n" for a in root.iterchildren("iati-activity")
            ]
    return found


def write_repeated(path: Path, activities: list[bytes], size: int) -> int:
    """Write the activities again and again until the file has a size; return how many were written."""
    written = 0
    with path.open("wb") as file:
        file.write(b'<iati-activities version="2.03">\n')
        while file.tell() < size:
            for activity in activities:
                file.write(activity)
            written += len(activities)
        file.write(b"</iati-activities>\n")
    return written


def measured(script: str, path: Path) -> dict[str, float]:
    """Return what a script says of itself, run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", script + REPORT, str(path)], check=True, capture_output=True, text=True
    )
    told: dict[str, float] = json.loads(done.stdout)
    for name in ("seconds", "cpu_seconds"):
        told[f"mb_per_{name.removesuffix('s')}"] = round(path.stat().st_size / 1e6 / told[name], 1)
        told[name] = round(told[name], 1)
    return told


def main() -> None:
    """Run the benchmark and print one JSON object."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    activities = real_activities(Path(os.environ["SOUTHERLY_DATA"]) / "data" / "iati")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.xml"
        written = write_repeated(path, activities, size * 1_000_000)
        reader, peer = measured(READER, path), measured(PEER, path)
        if not reader["activities"] == peer["activities"] == written:
            raise SystemExit(f"counts differ: {reader['activities']}, {peer['activities']}, {written} written")
        report = {
            "file_mb": round(path.stat().st_size / 1e6),
            "written": written,
            "reader": reader,
            "lxml_iterparse": peer,
            "cpu_ratio_to_parse": round(reader["cpu_seconds"] / peer["cpu_seconds"], 1),
        }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
