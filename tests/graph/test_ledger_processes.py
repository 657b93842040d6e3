"""Readers, writers and kill -9, with real processes: the last revision is always there, whole, and open to all.

The rows are synthetic.
"""

import contextlib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from southerly.graph.view import View

A = "url:synthetic.example/a"

#: Arguments: graph, file that stops it. Prints the revision and the number of claims of everything it opens.
READER = """
import sys, time
from pathlib import Path
from southerly.graph.ledger import Ledger
from southerly.graph.view import View
ledger, stop = Ledger(Path(sys.argv[1])), Path(sys.argv[2])
while True:
    last = stop.exists()
    view = View(ledger)
    (count,) = view.con.execute("SELECT count(*) FROM visible").fetchone()
    print(view.revision, count, flush=True)
    view.con.close()
    if last:
        break
    time.sleep(0.02)
"""

#: Arguments: graph, folder to write in, name, first and last number. Publishes one more row at a time.
WRITER = """
import sys
from pathlib import Path
from southerly.graph.ledger import Ledger
from southerly.ingest.pipeline import Options, ingest
graph, folder, name, first, last = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:6])
print("ready", flush=True)
sys.stdin.readline()
for number in range(first, last + 1):
    path = folder / f"{name}-{number}.csv"
    path.write_text(
        "innovation,adopter_country,adoption_year,source_url\\n"
        f"Synthetic practice {name} {number},KEN,1995,https://synthetic.example/{name}/{number}\\n"
    )
    summary = ingest(Ledger(graph), [str(path)], on_wait=lambda: print("waits", flush=True))
    assert summary.claims["new"] == 1 and not summary.rejected, summary
    print(summary.revision, flush=True)
"""

#: Argument: graph. Holds the writer's lock, with a draft half written, until it reads a line.
HOLDER = """
import sys
from pathlib import Path
from southerly.graph.ledger import Ledger
with Ledger(Path(sys.argv[1])).write(what="synthetic", by="tester", reason="synthetic") as draft:
    draft.con.execute("UPDATE ledger.claim SET until = ?", [draft.revision])
    print("holds", flush=True)
    sys.stdin.readline()
print(draft.revision, flush=True)
"""

#: Arguments: graph, number of the sync or rename at which the process kills itself.
MORTAL = """
import os, signal, sys
from pathlib import Path
from southerly.graph.ledger import Ledger, close_rows
left = int(sys.argv[2])
def dying(function):
    def step(*args):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args)
    return step
os.fsync, Path.rename = dying(os.fsync), dying(Path.rename)
with Ledger(Path(sys.argv[1])).write(what="synthetic", by="tester", reason="synthetic") as draft:
    close_rows(draft, "claim", "innovation = ?", ["Synthetic practice B"])
print("survived", left)
"""


@pytest.fixture
def start(tmp_path):
    """Return a function that starts a Python process in the temporary folder; all end with the test."""
    with contextlib.ExitStack() as stack:

        def starting(*arguments):
            process = subprocess.Popen(
                [sys.executable, *map(str, arguments)],
                cwd=tmp_path,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        yield starting


def finish(process):
    """Wait for a process that has to succeed; return its lines."""
    out, err = process.communicate("go\n", timeout=120)
    assert process.returncode == 0, err
    return out.splitlines()


def claims(*innovations):
    return [{"kind": "adoption", "report": A, "innovation": name, "country": "KEN"} for name in innovations]


def rows(ledger):
    """Return every row of the published claims."""
    with contextlib.closing(ledger.open()) as con:
        return con.execute("SELECT * FROM ledger.claim ORDER BY ALL").fetchall()


def test_a_reader_keeps_its_revision_while_others_are_published_and_pruned(ledger, commit, start, tmp_path):
    commit(ledger, {"one.csv": claims("Synthetic practice A", "Synthetic practice B")})
    with contextlib.closing(View(ledger).con) as con:
        before = con.execute("SELECT * FROM ledger.claim ORDER BY ALL").fetchall()
        opened = ledger.folder / "ledger-000001.duckdb"
        assert opened.exists()
        lines = finish(start("-c", WRITER, ledger.folder, tmp_path, "x", 1, 3))
        assert lines == ["ready", "2", "3", "4"]
        assert not opened.exists()
        assert con.execute("SELECT * FROM ledger.claim ORDER BY ALL").fetchall() == before
        assert con.execute("SELECT count(*) FROM visible").fetchone() == (2,)
        assert con.execute("SELECT max(revision) FROM ledger.revision").fetchone() == (1,)
    with contextlib.closing(View(ledger).con) as con:
        assert con.execute("SELECT count(*) FROM visible").fetchone() == (5,)


def test_readers_that_open_during_ten_publishes_always_see_a_whole_revision(ledger, commit, start, tmp_path):
    commit(ledger, {"one.csv": claims("Synthetic practice A")})
    stop = tmp_path / "stop"
    readers = [start("-c", READER, ledger.folder, stop) for _ in range(2)]
    for reader in readers:
        assert reader.stdout.readline() == "1 1\n"
    assert len(finish(start("-c", WRITER, ledger.folder, tmp_path, "x", 1, 10))) == 11
    stop.touch()
    for reader in readers:
        seen = [tuple(map(int, line.split())) for line in finish(reader)]
        assert seen == sorted(seen)
        assert all(revision == number for revision, number in seen)
        assert seen[-1] == (11, 11)


def test_two_writers_at_once_lose_nothing(ledger, start, tmp_path):
    writers = [start("-c", WRITER, ledger.folder, tmp_path, name, 1, 4) for name in ("x", "y")]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    revisions = sorted(int(line) for writer in writers for line in finish(writer) if line != "waits")
    assert revisions == list(range(1, 9))
    with contextlib.closing(View(ledger).con) as con:
        assert con.execute("SELECT count(*), count(DISTINCT innovation) FROM visible").fetchone() == (8, 8)
        assert con.execute("SELECT count(*) FROM ledger.revision").fetchone() == (8,)


def test_a_second_writer_says_that_it_waits_and_then_lands(ledger, commit, start, tmp_path):
    commit(ledger, {"one.csv": claims("Synthetic practice A")})
    holder = start("-c", HOLDER, ledger.folder)
    assert holder.stdout.readline() == "holds\n"
    writer = start("-c", WRITER, ledger.folder, tmp_path, "x", 1, 1)
    writer.stdin.write("go\n")
    writer.stdin.flush()
    assert [writer.stdout.readline() for _ in range(2)] == ["ready\n", "waits\n"]
    assert ledger.revision() == 1  # readers do not wait
    assert finish(holder) == ["2"]
    assert finish(writer) == ["3"]
    with contextlib.closing(View(ledger).con) as con:
        # the holder ended the claim of revision 1, the writer built on that
        assert con.execute("SELECT innovation FROM visible").fetchall() == [("Synthetic practice x 1",)]


def test_a_writer_killed_in_its_write_leaves_the_lock_free_and_no_trace(ledger, commit, start):
    commit(ledger, {"one.csv": claims("Synthetic practice A")})
    before = rows(ledger)
    holder = start("-c", HOLDER, ledger.folder)
    assert holder.stdout.readline() == "holds\n"
    assert list(ledger.folder.glob("*.draft*"))
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert rows(ledger) == before
    assert commit(ledger, {"two.csv": claims("Synthetic practice B")})[1] == 2
    assert not list(ledger.folder.glob("*.draft*"))


def test_a_writer_killed_at_any_step_of_publishing_leaves_a_whole_revision(ledger, commit, start):
    commit(ledger, {"one.csv": claims("Synthetic practice A", "Synthetic practice B")})
    before = rows(ledger)
    moments = 0
    while True:
        moments += 1
        mortal = start("-c", MORTAL, ledger.folder, moments)
        out, err = mortal.communicate(timeout=60)
        if mortal.returncode == 0:
            break
        assert mortal.returncode == -signal.SIGKILL, err
        if ledger.revision() == 2:  # killed after the pointer was swapped: what it wrote holds
            break
        assert rows(ledger) == before
    assert out.startswith("survived") or mortal.returncode == -signal.SIGKILL
    assert moments >= 5  # file, folder and pointer are synced, file and pointer renamed
    with contextlib.closing(View(ledger).con) as con:
        assert con.execute("SELECT innovation FROM visible").fetchall() == [("Synthetic practice A",)]
    commit(ledger, {"two.csv": claims("Synthetic practice C")})
    assert not list(ledger.folder.glob("*.draft*"))
    assert len(list(ledger.folder.glob("ledger-*.duckdb"))) == 2


ROWS = 200_000


@pytest.fixture
def many_rows(tmp_path):
    """Write a table of many synthetic rows in the layout of reverse-innovations."""
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("innovation,adopter_country,adopter_site,adoption_year,source_country,source_url,stage\n")
        out.writelines(
            f"Synthetic practice {n % 500},KEN,Synthetic clinic {n % 997},{1990 + n % 30},ZWE,"
            f"https://synthetic.example/{n % 2003},adopted\n"
            for n in range(ROWS)
        )
    return path


def wait_for_draft(folder: Path, process):
    """Wait until a process has begun to write; what killed ones left there before does not count."""
    stale = set(folder.glob("ledger-*.draft"))
    while process.poll() is None and not set(folder.glob("ledger-*.draft")) - stale:
        time.sleep(0.01)


def test_an_ingest_killed_at_any_moment_changes_nothing_and_the_next_completes_it(
    ledger, commit, start, many_rows, tmp_path
):
    commit(ledger, {"one.csv": claims("Synthetic practice A")})
    before = rows(ledger)
    ingest = ("-m", "southerly", "--graph", ledger.folder, "ingest", many_rows)
    stop = tmp_path / "stop"
    reader = start("-c", READER, ledger.folder, stop)
    moment = random.Random(20260301)  # noqa: S311 - the same moments in every run
    for drafting in (False, True, False):
        victim = start(*ingest)
        if drafting:  # its writing is short beside its reading, so wait for it
            wait_for_draft(ledger.folder, victim)
        with contextlib.suppress(subprocess.TimeoutExpired):
            victim.wait(moment.uniform(0.2, 3) if not drafting else moment.uniform(0, 0.3))
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        if ledger.revision() == 1:
            assert rows(ledger) == before
    done = start(*ingest)
    out, err = done.communicate(timeout=120)
    assert done.returncode == 0, err
    assert f"{ROWS:,} read" in out
    assert not list(ledger.folder.glob("*.draft*"))
    stop.touch()
    seen = {tuple(map(int, line.split())) for line in finish(reader)}
    assert seen == {(1, 1), (2, 1 + ROWS)}
    with contextlib.closing(View(ledger).con) as con:
        assert con.execute("SELECT count(*), count(DISTINCT claim_id) FROM visible").fetchone() == (ROWS + 1, ROWS + 1)
