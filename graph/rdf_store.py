"""The graph in an Oxigraph store on disk, one folder a revision of the ledger, made when it is first asked for.

Invariant: a folder `rdf-000012` is whole and never written to again. It is built beside and renamed; whoever is killed
leaves a draft that the next builder sweeps. Several processes may read it. It shows what counts by default: accepted
claims of what did happen, as known at its revision.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from .identity import Identity
from .ledger import Ledger
from .ledger_files import current_file
from .rdf_query import Asker, Damaged, Limits, Question, Reply
from .rdf_terms import CLAIM_CLASSES, full
from .rdf_write import nquads, whole
from .sql import first
from .view import View

if TYPE_CHECKING:
    import pyoxigraph as ox

_PREFIX = "rdf-"
_FORMAT = "1"  # of what the store says; another number is built again


@dataclass
class Projection:
    """The store of a ledger, and the processes that ask it. Safe to share between threads; `close` ends them."""

    ledger: Ledger
    limits: Limits = field(default_factory=Limits)
    on_build: Callable[[], None] | None = None  # told before a store is built, which takes a while

    def __post_init__(self) -> None:
        self._asker = Asker(self.limits)

    def close(self) -> None:
        """End the processes."""
        self._asker.close()

    def ask(self, question: Question) -> Reply:
        """Ask a query of the revision that is published now; a damaged store is built again first.

        Raises:
            NoLedger: if there is none.
            Refused, Unacceptable, TooCostly, Busy: see `Asker.ask`.

        """
        try:
            return self._asker.ask(self.path(), question)
        except Damaged:
            return self._asker.ask(self.path(again=True), question)

    def path(self, *, again: bool = False) -> Path:
        """Return the folder of the store that shows the published revision, built if there is none yet."""
        path = _place(self.ledger)
        if _is_whole(path) and not again:
            return path
        with _builder(self.ledger.folder):
            path = _place(self.ledger)
            if again or not _is_whole(path):
                if self.on_build:
                    self.on_build()
                path = _build(self.ledger)
        return path

    def store(self) -> ox.Store:
        """Open the store of the published revision in this process; a damaged one is built again first."""
        import pyoxigraph as ox

        try:
            return ox.Store.read_only(str(self.path()))
        except (OSError, RuntimeError):
            return ox.Store.read_only(str(self.path(again=True)))

    def counts(self) -> dict[str, int]:
        """Return how many things of each class the store has."""
        query = "SELECT ?class (COUNT(DISTINCT ?x) AS ?n) { ?x a ?class } GROUP BY ?class"
        found = self.store().query(query, use_default_graph_as_union=True)
        return {row["class"].value: int(row["n"].value) for row in cast("ox.QuerySolutions", found)}


def verify(ledger: Ledger) -> list[dict[str, str | int]]:
    """Compare the store with the ledger: each class of which they have another number, with both numbers."""
    with closing(Projection(ledger)) as projection:
        held = projection.counts()
    with closing((view := View(ledger)).con):
        known = Identity(view)
        whole(known)
        kinds = dict(view.con.execute("SELECT kind, count(*) FROM visible GROUP BY 1").fetchall())
        evidence, carriers = first(
            view.con,
            "SELECT count(*), count(DISTINCT carrier) FROM evidence_at "
            "WHERE claim_id IN (SELECT claim_id FROM visible)",
        )
        adoptions, transfers, origins = first(
            view.con,
            "SELECT (SELECT count(*) FROM adoption), (SELECT count(*) FROM transfer), "
            "(SELECT count(DISTINCT innovation || coalesce(country, '')) FROM origin WHERE country IS NOT NULL)",
        )
    wanted = {
        **{cls: kinds.get(kind, 0) for kind, cls in CLAIM_CLASSES.items()},
        "Claim": sum(kinds.values()),
        "Evidence": evidence,
        "Carrier": carriers,
        "Innovation": len(known.innovations),
        "Adoption": adoptions,
        "Transfer": transfers,
        "Origin": origins,
    }
    found = {cls: held.get(full(f"sou:{cls}"), 0) for cls in wanted}
    return [{"class": cls, "ledger": n, "rdf": found[cls]} for cls, n in wanted.items() if found[cls] != n]


def _place(ledger: Ledger) -> Path:
    """Return the folder for the published revision: it is called as the ledger's own file is."""
    number = current_file(ledger.folder).stem.rpartition("-")[2]
    return ledger.folder / f"{_PREFIX}{number}"


def _is_whole(path: Path) -> bool:
    try:
        return (path / "FORMAT").read_text(encoding="ascii") == _FORMAT
    except (OSError, UnicodeDecodeError):
        return False


@contextmanager
def _builder(folder: Path) -> Iterator[None]:
    """Be the one builder of a graph directory; others wait. The kernel frees the lock if we die."""
    with (folder / "rdf.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(ledger: Ledger) -> Path:
    """Build the store of the published revision, and remove those that nobody needs."""
    import pyoxigraph as ox

    for stale in ledger.folder.glob(f"{_PREFIX}*.draft"):
        shutil.rmtree(stale, ignore_errors=True)
    draft = ledger.folder / f"{_PREFIX}{secrets.token_hex(8)}.draft"
    try:
        with closing((view := View(ledger)).con):
            store = ox.Store(str(draft))
            # A reader by its methods: all that the loader needs is `read`.
            store.bulk_load(cast("IO[bytes]", _Reader(nquads(Identity(view)))), ox.RdfFormat.N_QUADS)
            store.flush()
            path = ledger.folder / f"{_PREFIX}{view.revision:06d}"
        del store  # closes it
        (draft / "FORMAT").write_text(_FORMAT, encoding="ascii")
        _sync(draft)
        if path.exists():  # damaged, or of another format
            path.rename(draft.with_name(f"{_PREFIX}{secrets.token_hex(8)}.draft"))
        draft.rename(path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    # The one before stays for those who have just asked for it.
    others = sorted(p for p in ledger.folder.glob(f"{_PREFIX}[0-9]*") if p.is_dir() and p.name < path.name)
    for old in others[:-1]:
        shutil.rmtree(old, ignore_errors=True)
    return path


class _Reader:
    """Chunks as a file to read from."""

    def __init__(self, chunks: Iterator[bytes | memoryview]) -> None:
        self._chunks, self._left = chunks, memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """Return some octets, none at the end."""
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._left = memoryview(chunk).cast("B")
        size = len(self._left) if size < 0 else size
        octets, self._left = self._left[:size], self._left[size:]
        return bytes(octets)


def _sync(folder: Path) -> None:
    for path in (*folder.iterdir(), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
