"""A table of reviewers' decisions: columns claim, decision, by, reason. Bad lines are set aside, good ones kept.

The list that `review --list` gives will do, with a column for the decision beside; other columns are not read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from ..graph.errors import SoutherlyError
from ..graph.judgements import Decision
from ..graph.verdicts import ACCEPT, REJECT, SKIP
from .fields import known
from .reading import Problem
from .table_batch import excerpt

_WORDS = {
    **dict.fromkeys(("accept", "accepted", "a"), ACCEPT),
    **dict.fromkeys(("refuse", "refused", "reject", "rejected", "r"), REJECT),
    **dict.fromkeys(("skip", "skipped", "s"), SKIP),
}
_START = "Begin the file with the line `claim,decision,by,reason`; `southerly review --list --format csv` has the ids."


@dataclass
class Decisions:
    """What a table decides: the last decision of each reviewer on each claim, and the lines set aside."""

    read: int = 0
    blank: int = 0  # lines that decide nothing yet
    good: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_decisions(raw: bytes, live: Callable[[list[str]], Collection[str]], by: str) -> Decisions:
    """Read a CSV file of decisions.

    Args:
        raw: the file's bytes.
        live: tells which of some ids are claims.
        by: who decides where a line names nobody.

    Raises:
        SoutherlyError: if it is no such table at all.

    """
    lines = list(_lines(raw))
    claims = live([cells.get("claim") or "" for _, cells in lines])
    found = Decisions(len(lines))
    last: dict[tuple[str, str], Decision] = {}
    for number, cells in lines:
        read = _decision(cells, claims, by, number)
        if read is None:
            found.blank += 1
        elif isinstance(read, Problem):
            found.problems.append(read)
        else:
            last[read.claim, read.by] = read
    found.good = list(last.values())
    return found


def _lines(raw: bytes) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Yield the number of each line that says anything, and its cells by column."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SoutherlyError(
            f"byte {error.start}: found what is not UTF-8; expected a CSV file in UTF-8. Save it as “CSV UTF-8”."
        ) from None
    rows = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""))
    try:
        header = [name.strip().casefold() for name in next(rows, [])]
        if "claim" not in header:  # as `review --list` calls it
            header = ["claim" if name == "id" else name for name in header]
        if not {"claim", "decision"} <= set(header):
            heard = excerpt(", ".join(header)) if any(header) else "no line at all"
            raise SoutherlyError(f"line 1: found {heard}; expected the columns claim and decision. {_START}")
        for row in rows:
            if any(cell.strip() for cell in row):
                yield rows.line_num, {name: known(cell) for name, cell in zip(header, row, strict=False)}
    except csv.Error as error:
        where = f"line {rows.line_num}"
        raise SoutherlyError(f"{where}: found {error}; expected CSV. Save it again as CSV.") from None


def _decision(cells: dict[str, str | None], claims: Collection[str], by: str, line: int) -> Decision | Problem | None:
    """Return the decision of a line, or what is wrong with it; null if it names a claim and decides nothing yet."""
    at, claim, decision = f"line {line}", cells.get("claim"), cells.get("decision")
    if claim not in claims:
        hint = "take the id from `southerly review --list --format csv`; it may have been withdrawn since"
        return Problem(at, excerpt(claim or "(blank)"), "the id of a claim in this graph", hint, "claim")
    if decision is None:
        return None
    verdict = _WORDS.get(decision.casefold())
    if verdict is None:
        return Problem(at, excerpt(decision), "accept, refuse or skip", "write one of these", "decision")
    assert claim is not None, "no claim has a blank id"  # noqa: S101 # tells the type checker
    return Decision(claim, verdict, cells.get("by") or by, cells.get("reason"))
