"""The fused view of all innovations: made in parts that fit in memory, kept for the next reader, verified on demand.

Of the default scope it is kept in a file of its revision (see `fused_files`), in which an innovation has a number and
its rows lie together: a question about one reads little, one about all computes nothing. It is a projection: it can be
thrown away at any time, and whoever finds none that can be trusted computes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import duckdb

from .fused_files import building, publish, stamp
from .fusion import make_adoptions, make_said
from .identity import Identity
from .ledger import Ledger
from .ledger_files import quoted
from .sql import bounded, first
from .transfers import make_exchanges, make_transfers
from .view import View

_PART = 200_000  # claims of origin and adoption fused at a time; an innovation is never divided
_MEMORY = "1GB"  # what DuckDB may hold meanwhile; what is more goes to a temporary folder

#: Tables that are made part by part, and the order of an innovation's rows in them.
_PARTED = {
    "origin_claim": "claim_id",
    "origin_all": "country",
    "origin": "country",
    "adoption_claim": "id, claim_id",
    "stage_spell": "id, stage",
    "adoption": "id",
    "learned": "id, basis, rule, from_country, from_site_key",
    "transfer": "adoption, basis, rule, from_country, from_site_key",
}
#: Tables of which an innovation has rows.
_NUMBERED = {"innov": "key", **_PARTED, "exchange_shown": "exchange_key"}
#: Tables of which every reader takes the whole, and their order.
_SHARED = {"site_map": "country, site_key", "settled": "conflict", "exchange_seen": "exchange_key"}
_WHOLE = {
    "named_innovation": "number",
    "suggested": "place",
    "report_map": "report",
    "exchange_map": "exchange_key, report",
    "report_info": "report",
    "hidden_claim": "claim_id",
    **_SHARED,
}


def make_fused(known: Identity, only: str | None) -> None:
    """Make the fused tables of one innovation, or of all, in the connection of a view; from the kept file if it can be.

    The first to ask for all in the default scope keeps them for those who come after.
    """
    view = known.view
    if only is None:
        if view.reach.fused():
            known.make_table()
            make_exchanges(view)
        elif not (_show_all(view) or (_keep(known) and _show_all(view))):
            try:
                _make_all(known, _MEMORY)
            except duckdb.OutOfMemoryException:  # an innovation of that many claims takes what there is
                _make_all(known, first(view.con, "SELECT current_setting('memory_limit')")[0])
    elif not _copy_one(known, only):
        view.reach.innovation(only)
        _unshow(view)
        _start(known, only)
        make_adoptions(view)
        make_transfers(view)


@dataclass(frozen=True, slots=True)
class Check:
    """One part of a projection beside the same computed from the ledger now: the number of rows and a hash of them.

    Null for the ledger if there is nothing to compare.
    """

    projection: str
    part: str
    ledger: str | None
    found: str

    @property
    def same(self) -> bool:
        """Whether the projection shows what the ledger says."""
        return self.ledger in (None, self.found)


def verify(ledger: Ledger) -> list[Check]:
    """Return checks of the kept fused view. That none is kept of this revision, by this code, is no fault.

    Raises:
        NoLedger: if there is no graph.

    """
    view = View(ledger, fresh=True)
    with closing(view.con) as con:
        if not view.kept.open():
            return [Check("fused", "file", None, "not kept")]
        if not view.kept.sound():
            return [Check("fused", "file", "as published", "damaged")]
        _make_all(Identity(view), _MEMORY)
        checks = []
        for name in (*_WHOLE, *_NUMBERED):
            numberless = "* EXCLUDE (number)" if name in _NUMBERED else "*"
            expected, found = (
                first(con, f"SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM (SELECT {columns} FROM {t}) t")
                for columns, t in (("*", f"temp.{name}"), (numberless, f"kept.{name}"))
            )
            checks.append(Check("fused", name, _told(*expected), _told(*found)))
        return checks


def _told(rows: int, digest: int) -> str:
    return f"{rows} rows, {digest % (1 << 64):016x}"


def _show_all(view: View) -> bool:
    """Show the kept tables in the connection, uncopied; say whether they can be trusted."""
    if view.shows_kept:
        return True
    if not view.kept.sound() or not view.kept.take(*_SHARED, "report_info"):
        return False
    view.con.execute("CREATE OR REPLACE TEMP TABLE innov AS SELECT key, id FROM kept.innov")
    view.con.execute(
        "".join(
            f"DROP TABLE IF EXISTS temp.{name}; CREATE TEMP VIEW {name} AS SELECT * EXCLUDE (number) FROM kept.{name};"
            for name in _SHOWN
        )
    )
    view.shows_kept = True
    return True


_SHOWN = (*_PARTED, "exchange_shown")


def _unshow(view: View) -> None:
    if view.shows_kept:
        view.con.execute("".join(f"DROP VIEW temp.{name};" for name in _SHOWN))
        view.shows_kept = False


def _copy_one(known: Identity, only: str) -> bool:
    """Copy the kept rows of one innovation into the connection; say whether that was possible."""
    view = known.view
    number = known.numbers.get(only)
    if view.kept.path is None or number is None:
        return False
    _unshow(view)
    return view.kept.take(*_SHARED) and view.kept.run(
        "".join(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * EXCLUDE (number) FROM kept.{name} "
            f"WHERE number = {number};"
            for name in _NUMBERED
        )
    )


def _start(known: Identity, only: str | None) -> None:
    known.make_table(only)
    make_said(known.view)
    make_exchanges(known.view)


def _keep(known: Identity) -> bool:
    """Write the fused tables of all innovations into the kept file of the revision; say whether it is there now."""
    view = known.view
    folder = view.kept.folder
    if not view.keeps or folder is None:
        return False
    with building(folder) as draft:
        if draft is None:
            return False
        if view.kept.open() and view.kept.sound():  # another process was faster
            return True
        try:
            view.con.execute(f"ATTACH '{quoted(draft)}' AS draft")
            try:
                _fill(known)
            finally:
                view.con.execute("DETACH draft")
            publish(folder, draft, view.revision)
        except (duckdb.Error, OSError):  # the disk is full, say: then nothing is kept
            return False
        return view.kept.open()


def _fill(known: Identity) -> None:
    con = known.view.con
    with bounded(con, _MEMORY):
        for number, _ in enumerate(_parts(known)):
            for name, order in _PARTED.items():
                _insert(con, f"draft.{name}", _numbered(name, order), fresh=not number)
        for name in _NUMBERED.keys() - _PARTED.keys():
            _insert(con, f"draft.{name}", _numbered(name, _NUMBERED[name]), fresh=True)
        for name, order in _WHOLE.items():
            _insert(con, f"draft.{name}", f"FROM temp.{name} ORDER BY {order}", fresh=True)
        con.execute("CREATE TABLE draft.stamp AS SELECT ? AS value", [stamp(con)])
        con.execute("CHECKPOINT draft")


def _make_all(known: Identity, memory: str) -> None:
    """Make the fused tables of all innovations in the connection."""
    con = known.view.con
    _unshow(known.view)
    with bounded(con, memory):
        for number, _ in enumerate(_parts(known)):
            for name in _PARTED:
                _insert(con, f"pooled_{name}", f"FROM temp.{name}", fresh=not number)
        for name in _PARTED:
            con.execute(f"DROP TABLE temp.{name}; ALTER TABLE pooled_{name} RENAME TO {name}")


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: str, *, fresh: bool) -> None:
    temporary = "" if "." in table else "TEMP"
    con.execute(f"CREATE OR REPLACE {temporary} TABLE {table} AS {rows}" if fresh else f"INSERT INTO {table} {rows}")


def _numbered(name: str, order: str) -> str:
    """Return SQL for the rows of a table with the numbers of their innovations, in the order of these."""
    about = {"innov": "t.id", "learned": "a.innovation"}.get(name, "t.innovation")
    adoption = "JOIN temp.adoption a ON a.id = t.id" if name == "learned" else ""
    ordered = ", ".join(f"t.{column}" for column in order.split(", "))
    return (
        f"SELECT t.*, n.number FROM temp.{name} t {adoption} JOIN temp.named_innovation n ON n.id = {about} "
        f"ORDER BY n.number, {ordered}"
    )


def _parts(known: Identity) -> Iterator[None]:
    """Make the fused tables of some innovations after others, in the order of innovations."""
    view = known.view
    con = view.con
    _start(known, None)
    known.write()
    con.execute("DROP TABLE IF EXISTS said_of_all; ALTER TABLE said RENAME TO said_of_all")
    sizes = con.execute("SELECT innovation, count(*) FROM said_of_all GROUP BY 1 ORDER BY 1").fetchall()
    after, held = "", 0
    for place, (innovation, size) in enumerate(sizes or [("", 0)], 1):
        held += size
        if held < _PART and place < len(sizes):
            continue
        con.execute(
            "CREATE OR REPLACE TEMP TABLE said AS FROM said_of_all WHERE innovation > ? AND innovation <= ?",
            [after, innovation],
        )
        make_adoptions(view)
        make_transfers(view)
        yield
        after, held = innovation, 0
    con.execute("DROP TABLE said_of_all")
