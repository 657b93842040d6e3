"""What one export says: places, transfers, innovations, claims, reports; and what they are.

Rows come in a total order, null fields left out, and depend on nothing but the live claims, the judgements and the
filters. So do the digest and the metadata, unless a stamp is asked for. Rows are made by column in SQL and read some at
a time, as dictionaries or as a format's own text, whatever their number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import pyarrow as pa

from ..graph.diffusion import iso
from ..graph.identity import Identity
from . import relations
from .cells import clean
from .columns import FREE, JSON, NODE, TRANSFER
from .selection import Filters, select
from .sql_text import json_bare, json_object, json_text, plain

Row = dict[str, Any]

_BATCH = 2048  # rows held at a time: one vector of DuckDB
# Whence names, regions, coordinates and income groups are, by the beginning of their entry in attribution.json.
_REFERENCE = ("datasets/country-codes", "Natural Earth", "World Bank")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which revision was written, when and by what: in the provenance file, and inside only if asked for."""

    revision: int
    written: str  # ISO 8601
    software: str

    def to_dict(self) -> Row:
        """Return the JSON shape."""
        return {"revision": self.revision, "written": self.written, "software": self.software}


@dataclass
class Content:
    """What one export says. Read one kind of rows to its end before the next: they share a connection."""

    known: Identity
    filters: Filters
    network: bool = True  # says who learned from whom
    everything: bool = False  # also the claims that make no adoption, transfer or origin

    def __post_init__(self) -> None:
        self.notes = select(self.known, self.filters, everything=self.everything)
        if self.network:
            relations.make_lookups(self.known)
        self._read: dict[str, tuple[int, str]] = {}  # kind of row to their number and their own digest

    def innovations(self) -> Iterator[Row]:
        """Yield innovations by id."""
        tally = _Tally()
        chosen = self.known.view.con.execute("SELECT id FROM chosen_innovation ORDER BY id").fetchall()
        for (id_,) in chosen:
            found = self.known.innovations[id_]
            row: Row = clean({**found.brief(), "kinds": list(found.kinds), "themes": list(found.themes)})
            tally.add(1, (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
            yield row
        self._read["innovations"] = tally.told()

    def places(self) -> Iterator[Row]:
        """Yield the countries and sites where something was adopted, learned or begun, by country and site.

        Each lists what was adopted there, with or without a known source, and what began there.
        """
        return self._rows("places")

    def transfers(self) -> Iterator[Row]:
        """Yield the transfers by innovation, adoption, basis, rule and source."""
        return self._rows("transfers")

    def claims(self) -> Iterator[Row]:
        """Yield the claims that the export stands on, by id."""
        return self._rows("claims")

    def reports(self) -> Iterator[Row]:
        """Yield the reports of these claims, by key."""
        return self._rows("reports")

    def texts(self, kind: str, text: str) -> Iterator[memoryview]:
        """Yield places or transfers as UTF-8 text, many rows at a time.

        Args:
            kind: places or transfers.
            text: SQL for the text of one row, over the columns of `columns`.

        """
        return (_joined(batch.column("text")) for batch in self.batches(kind, {"text": text}))

    def batches(self, kind: str, columns: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
        """Yield places or transfers as Arrow batches of some columns, each given as SQL over those of `columns`."""
        wanted = "".join(f", {sql} AS {_quoted(name)}" for name, sql in columns.items())
        tally = _Tally()
        for query in relations.queries(self.known, kind):
            rows = self.known.view.con.sql(
                f"SELECT {_LINES[kind]} || chr(10) AS line{wanted} FROM ({query}) ORDER BY number"
            )
            for batch in rows.to_arrow_reader(_BATCH):
                tally.add(batch.num_rows, _joined(batch.column("line")))
                yield batch
        self._read[kind] = tally.told()

    def counted(self, kind: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines of a format that has rows of its own; its digest and its counts are theirs."""
        tally = _Tally()
        for line in lines:
            tally.add(1, line.encode())
            yield line
        self._read[kind] = tally.told()

    def _rows(self, kind: str) -> Iterator[Row]:
        for batch in self.batches(kind, {}):
            yield from map(json.loads, batch.column("line").to_pylist())

    @property
    def digest(self) -> str:
        """SHA-256 of the digests of each kind of rows, which are those of their lines of JSON.

        Places and transfers count in every format of a network, innovations, claims and reports where they are written.
        """
        self._read_all()
        whole = hashlib.sha256()
        for kind, (_, digest) in self._in_order():
            whole.update(f"{kind} {digest}\n".encode())
        return f"sha256:{whole.hexdigest()}"

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of rows by kind, of those kinds that are there."""
        self._read_all()
        return {kind: count for kind, (count, _) in self._in_order() if count}

    def about(self, stamp: Stamp | None = None) -> Row:
        """Return the metadata: digest, counts, filters, and whose licences it is under."""
        licences = self.known.view.rows(
            f"SELECT coalesce(licence, 'not stated') AS licence, count(*) AS reports FROM ({relations.CITED}) c "
            "LEFT JOIN report_info r ON r.report = c.report GROUP BY 1 ORDER BY reports DESC, 1"
        )
        counts = self.counts
        return {
            "title": "How health innovations travelled between countries, as reports claim",
            "digest": self.digest,
            "counts": counts,
            "filters": self._asked(),
            "source_licences": clean(licences),
            "reference_data": _reference_data() if "places" in counts else [],
            **(stamp.to_dict() if stamp else {}),
        }

    def _asked(self) -> Row:
        scope = self.known.view.scope
        return {
            "innovation": list(self.filters.innovations) or None,
            "country": list(self.filters.countries) or None,
            "since": iso(self.filters.window.since),
            "until": iso(self.filters.window.until),
            "basis": list(self.filters.bases),
            "origin_income": self.filters.origin_income,
            "adopted_income": self.filters.adopted_income,
            "min_reports": self.filters.min_reports,
            "status": list(scope.statuses),
            "min_confidence": scope.min_confidence,
            "candidates": scope.candidates,
            "possible": scope.possible,
        }

    def _read_all(self) -> None:
        """Read what belongs to the digest and its writer had no need to read."""
        whole = _KINDS if self.everything else ("places", "transfers")
        for kind in whole if self.network else ():
            if kind == "innovations" and kind not in self._read:
                for _ in self.innovations():
                    pass
            elif kind not in self._read:
                for _ in self.batches(kind, {}):
                    pass

    def _in_order(self) -> list[tuple[str, tuple[int, str]]]:
        return [(kind, self._read[kind]) for kind in (*_KINDS, *(self._read.keys() - {*_KINDS})) if kind in self._read]


class _Tally:
    """Counts rows and digests their lines."""

    def __init__(self) -> None:
        self.count = 0
        self._hash = hashlib.sha256()

    def add(self, count: int, lines: bytes | memoryview) -> None:
        self.count += count
        self._hash.update(lines)

    def told(self) -> tuple[int, str]:
        return self.count, self._hash.hexdigest()


def _line(fields: Mapping[str, str]) -> str:
    """Return SQL for a row as JSON, its id first."""
    said = {}
    for name in ("id", *(name for name in fields if name != "id")):
        column = _quoted(name)
        if name in JSON or fields[name] in {"double", "boolean", "int"}:
            said[name] = json_bare(column)
        elif name in FREE or fields[name] == "free":
            said[name] = json_text(column)
        else:
            said[name] = plain(column)
    return json_object(said)


def _quoted(name: str) -> str:
    return f'"{name}"'


_KINDS = ("innovations", "places", "transfers", "claims", "reports")
_CLAIM = {"id": "string", "kind": "string", "status": "string", "report": "free"}
_REPORT = dict.fromkeys(("id", "title", "authors", "year", "publisher", "url", "doi", "licence"), "free")
#: A row of each kind as a line of JSON, in SQL.
_LINES = {
    "places": _line(NODE),
    "transfers": _line(TRANSFER),
    "claims": _line(_CLAIM),
    "reports": _line(_REPORT),
}


def _joined(column: pa.Array) -> memoryview:
    """Return the texts of a column without nulls as one piece: they lie side by side in Arrow."""
    texts = column.cast(pa.large_string())
    _, ends, data = texts.buffers()
    if data is None or not len(texts):
        return memoryview(b"")
    offsets = memoryview(ends).cast("B").cast("q")
    return memoryview(data)[offsets[texts.offset] : offsets[texts.offset + len(texts)]]


def _reference_data() -> list[Row]:
    known = json.loads((files("southerly.ontology") / "attribution.json").read_text("utf-8"))
    return [
        {"origin": entry["origin"], "licence": entry["licence"]}
        for entry in known
        if entry["origin"].startswith(_REFERENCE)
    ]
