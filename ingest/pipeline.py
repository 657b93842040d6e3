"""The one module that commits what readers yield: find files, read, stage, commit, account for every record."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from ..graph.errors import SoutherlyError, WrongUse
from ..graph.ledger import Ledger
from ..graph.staging import Staging
from ..graph.view import View
from .formats import READABLE, reader_for
from .mapping import Mapping, load_mapping
from .reading import Batch, Carrier, Problem

_STDIN_LIMIT = 1 << 30


@dataclass(frozen=True, slots=True)
class Options:
    """What a person asked of an ingest."""

    mapping: Path | None = None
    carrier: str | None = None  # a name for the one carrier, kept from run to run
    candidate: bool = False  # claims await review
    strict: bool = False  # any rejected record: commit nothing
    dry_run: bool = False
    workers: int = 1
    table: dict[str, str] = field(default_factory=dict)  # encoding, delimiter, sheet: what a table does not tell itself


@dataclass
class Summary:
    """What went in, what came out, what was set aside and why; `records["read"]` is the sum of its other parts."""

    records: dict[str, int]
    claims: dict[str, int]
    reports: dict[str, int]
    rejected: list[dict[str, Any]]
    revision: int
    committed: bool
    notes: list[str] = field(default_factory=list)
    retracted: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape of the command-line contract."""
        return {
            "records": self.records,
            "claims": self.claims,
            "reports": self.reports,
            "rejected": self.rejected,
            "revision": self.revision,
        }


def ingest(
    ledger: Ledger,
    paths: Iterable[str],
    options: Options | None = None,
    *,
    stdin: IO[bytes] | None = None,
    now: datetime | None = None,
    progress: Callable[[str], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Summary:
    """Read files, folders, globs, `file:` addresses or `-`, and commit their claims as one revision.

    Raises:
        SoutherlyError: if a mapping cannot be used or `carrier` names more than one file.

    """
    options = options or Options()
    mapping = load_mapping(options.mapping) if options.mapping else None
    with tempfile.TemporaryDirectory(prefix="southerly-") as folder:
        carriers, missing = _carriers(paths, stdin, Path(folder), options.carrier)
        summary = _commit(ledger, carriers, missing, options, mapping, now=now, progress=progress, on_wait=on_wait)
    summary.notes += [note for given in paths if given and (note := _left_out(Path(given), ledger.folder))]
    return summary


def _commit(
    ledger: Ledger,
    carriers: list[Carrier],
    missing: list[tuple[str, Problem]],
    options: Options,
    mapping: Mapping | None,
    *,
    now: datetime | None = None,
    progress: Callable[[str], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Summary:
    """Read the carriers into a staging and commit it, with an account of every record."""
    with closing(Staging()) as staging:
        rejected: list[dict[str, Any]] = []
        notes: dict[str, int] = {}
        for name, problem in missing:
            staging.add(name, Batch(ingester="none/1", records=pa.array([], pa.int64()), problems=(problem,)))
            rejected.append(_as_dict(name, problem))
        for carrier, batches in _read_all(carriers, mapping, options):
            staging.add_carrier(carrier.name)
            for batch in batches:
                staging.add(carrier.name, _as_candidate(batch) if options.candidate else batch)
                rejected += [_as_dict(carrier.name, p) for p in batch.problems]
                for note in batch.notes:
                    text = f"{carrier.name}: {note.text}"
                    notes[text] = notes.get(text, 0) + note.count
            if progress:
                progress(carrier.name)
        names = ", ".join(c.name for c in carriers[:3]) + (
            f" and {len(carriers) - 3} more" if len(carriers) > 3 else ""
        )
        notes |= {f"{name}: not read whole, so nothing that it said before was withdrawn": 1 for name in staging.unread}
        refuse = options.strict and bool(rejected)
        counts, revision = ledger.commit(
            staging, what=f"ingest {names}", now=now, dry_run=options.dry_run or refuse, on_wait=on_wait
        )
        notes |= {} if options.dry_run or refuse else dict.fromkeys(_kept_apart(ledger, staging), 1)
    return Summary(
        counts.records,
        {k: counts.claims[k] for k in ("new", "unchanged", "withdrawn")},
        counts.reports,
        rejected,
        revision,
        committed=not (options.dry_run or refuse),
        notes=list(notes),
        retracted=list(counts.retracted),
    )


def _kept_apart(ledger: Ledger, staging: Staging) -> Iterator[str]:
    """Tell which exchanges that were read have a name that another report gives to a different one."""
    names = set(staging.con.execute("SELECT DISTINCT exchange_key FROM staged WHERE kind = 'exchange'").fetchall())
    if not names:
        return
    view = View(ledger)
    with closing(view.con):
        apart = view.con.execute(
            "SELECT exchange_key, list(DISTINCT own ORDER BY own) FROM exchange_map GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    for name, keys in apart:
        if (name,) in names:
            shown = ", ".join(f"exchange:{key}" for key in keys[:3]) + (", …" if len(keys) > 3 else "")
            yield (
                f"exchange “{name}”: reports describe {len(keys)} different ones by this name, so they are kept apart "
                f"({shown}). If they are one, give them the same title, and countries that agree"
            )


def ingest_corpus(ledger: Ledger, folder: Path, now: datetime | None = None) -> Summary:
    """Ingest a folder of reports under names that are the same wherever it is installed."""
    carriers = [Carrier(path, f"corpus:{path.name}") for path in sorted(folder.glob("*.yaml"))]
    return _commit(ledger, carriers, [], Options(), None, now=now)


def _read_all(
    carriers: list[Carrier], mapping: Mapping | None, options: Options
) -> Iterator[tuple[Carrier, Iterable[Batch]]]:
    """Yield each carrier with its batches: streamed in this process, or gathered by several."""
    if options.workers < 2 or len(carriers) < 2:
        for carrier in carriers:
            yield carrier, read_carrier(carrier, mapping, options.table)
        return
    with ProcessPoolExecutor(max_workers=options.workers) as pool:
        gathered = pool.map(partial(_gather, mapping=mapping, table=options.table), carriers, chunksize=8)
        yield from zip(carriers, gathered, strict=True)


def _gather(carrier: Carrier, mapping: Mapping | None, table: dict[str, str]) -> list[Batch]:
    return list(read_carrier(carrier, mapping, table))


def read_carrier(
    carrier: Carrier, mapping: Mapping | None = None, table: dict[str, str] | None = None
) -> Iterator[Batch]:
    """Read one file with the reader for its content; what cannot be read at all becomes one problem."""
    try:
        yield from reader_for(carrier, mapping, table)(carrier)
    except OSError as error:
        yield Batch(
            ingester="none/1",
            records=pa.array([], pa.int64()),
            problems=(
                Problem(
                    locator="",
                    found=f"the file could not be opened: {error.strerror or error}",
                    expected="a file that this account may read",
                    hint="check its permissions, then ingest it again",
                ),
            ),
        )


def _carriers(
    paths: Iterable[str], stdin: IO[bytes] | None, scratch: Path, name: str | None
) -> tuple[list[Carrier], list[tuple[str, Problem]]]:
    """Turn what was typed into carriers, and into problems where it leads to no report."""
    found: dict[str, Carrier] = {}
    missing: list[tuple[str, Problem]] = []
    for given in paths:
        files = [_spool(stdin, scratch)] if given == "-" and stdin else list(_expand(given))
        if not files:
            missing.append((given, _nothing_there(given)))
        for path, known_as in files:
            # A file name need not be text; its other octets are shown as escapes.
            shown = os.fsencode(known_as).decode("utf-8", "backslashreplace")
            found.setdefault(shown, Carrier(path, shown))
    if name is not None:
        if len(found) != 1:
            raise WrongUse(
                f"--carrier {name!r} names one file, but {len(found)} were given. "
                "Ingest them one at a time, or without it."
            )
        found = {name: replace(next(iter(found.values())), name=name)}
    return list(found.values()), missing


def _expand(given: str) -> Iterator[tuple[Path, str]]:
    if not given:
        return
    parts = urlsplit(given)
    if parts.scheme == "file" and parts.netloc in {"", "localhost"}:
        given = unquote(parts.path)
    path = Path(given)
    if path.is_file():
        yield path, given
    elif path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and inner.suffix.lower() in READABLE and not _hidden(inner, path):
                yield inner, str(inner)
    elif any(c in given for c in "*?["):
        base = Path(path.anchor) if path.is_absolute() else Path()
        pattern = str(path.relative_to(path.anchor)) if path.is_absolute() else given
        for inner in sorted(base.glob(pattern)):
            if inner.is_file():
                yield inner, str(inner)


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)


def _left_out(folder: Path, graph: Path) -> str | None:
    """Return the line on files of a folder that no reader is for, the graph's own apart."""
    if not folder.is_dir():
        return None
    inside = (f for f in sorted(folder.rglob("*")) if f.is_file() and not _hidden(f, folder) and graph not in f.parents)
    others = [f.name for f in inside if f.suffix.lower() not in READABLE]
    named = ", ".join(others[:3]) + (", …" if len(others) > 3 else "")
    return f"{folder}: {len(others)} files of other kinds were not read: {named}" if others else None


def _nothing_there(given: str) -> Problem:
    formats = ", ".join(sorted(READABLE))
    if Path(given).is_dir():
        return Problem("", "a folder without reports", f"files ending in {formats}", "name the folder that holds them")
    return Problem("", "no such file", "a file, folder or pattern that exists", "check the spelling and the folder")


def _spool(stdin: IO[bytes], scratch: Path) -> tuple[Path, str]:
    path = scratch / "stdin"
    digest = hashlib.sha256()
    size = 0
    with path.open("wb") as out:
        while block := stdin.read(1 << 20):
            size += len(block)
            if size > _STDIN_LIMIT:
                raise SoutherlyError("standard input holds more than 1 GB. Save it to a file and ingest that.")
            digest.update(block)
            out.write(block)
    return path, f"sha256:{digest.hexdigest()}"


def _as_candidate(batch: Batch) -> Batch:
    """Return a batch whose accepted claims wait for review; what is refused stays so."""
    at = batch.claims.column_names.index("review")
    review = batch.claims["review"]
    waiting = pc.if_else(pc.equal(review, "accepted"), "candidate", review)
    return replace(batch, claims=batch.claims.set_column(at, batch.claims.schema.field("review"), waiting))


def _as_dict(carrier: str, problem: Problem) -> dict[str, Any]:
    return {
        "carrier": carrier,
        "report": problem.report,
        "locator": problem.locator,
        "field": problem.field,
        "found": problem.found,
        "expected": problem.expected,
        "hint": problem.hint,
    }
