"""Analysts' work: judge, retract, undo; and its history: log, diff."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import answering, mending, printing, tell

if TYPE_CHECKING:
    from ..queries.answer import Answer

_BY = click.option("--by", metavar="WHO", help="Who decides. Default: the account's name.")
_REASON = click.option("--reason", metavar="WHY", required=True, help="Why; kept with the decision.")
_MAY_REASON = click.option("--reason", metavar="WHY", help="Why; kept with the decision.")


def who(by: str | None) -> str:
    """Return who decides: as said, else the account's name."""
    return by or getpass.getuser()


@click.group()
def judge() -> None:
    """Decide on names, claims and conflicts. Every decision is dated, signed, and can be undone."""


def _names(verdict: str, folder: Path, a: str, b: str, by: str | None, reason: str) -> None:
    from ..graph.judgements import judge_names
    from ..graph.ledger import Ledger

    revision, first, second = judge_names(
        Ledger(folder), verdict, a, b, by=who(by), reason=reason, now=datetime.now(UTC)
    )
    tell(f"Revision {revision}: “{first.label}” and “{second.label}” are judged {verdict}.")


@judge.command("same")
@click.argument("a")
@click.argument("b")
@_BY
@_REASON
@click.pass_obj
@mending
def judge_same(folder: Path, a: str, b: str, by: str | None, reason: str) -> None:
    """Two names mean one innovation or site."""
    _names("same", folder, a, b, by, reason)


@judge.command("different")
@click.argument("a")
@click.argument("b")
@_BY
@_REASON
@click.pass_obj
@mending
def judge_different(folder: Path, a: str, b: str, by: str | None, reason: str) -> None:
    """Two names mean different things, whatever aliases say."""
    _names("different", folder, a, b, by, reason)


def _claim(verdict: str, folder: Path, claim: str, by: str | None, reason: str, final: bool) -> None:
    from ..graph.judgements import judge_claim
    from ..graph.ledger import Ledger
    from ..graph.review import come_to

    ledger = Ledger(folder)
    revision = judge_claim(ledger, verdict, claim, by=who(by), reason=reason, final=final, now=datetime.now(UTC))
    tell(f"Revision {revision}: {claim} is {verdict}ed{' finally' if final else f' by {who(by)}'}.")
    if come_to(ledger, claim) != verdict:
        tell(
            "Others decided otherwise, so it stays what it was. `southerly review --disagreed` lists such claims; "
            "--final settles one."
        )


_FINAL = click.option("--final", is_flag=True, help="Settle it for all reviewers, whatever they decided.")


@judge.command("accept")
@click.argument("claim")
@_FINAL
@_BY
@_REASON
@click.pass_obj
@mending
def judge_accept(folder: Path, claim: str, by: str | None, reason: str, final: bool) -> None:
    """A candidate claim counts."""
    _claim("accept", folder, claim, by, reason, final)


@judge.command("reject")
@click.argument("claim")
@_FINAL
@_BY
@_REASON
@click.pass_obj
@mending
def judge_reject(folder: Path, claim: str, by: str | None, reason: str, final: bool) -> None:
    """A claim counts nowhere, whoever makes it."""
    _claim("reject", folder, claim, by, reason, final)


@judge.command("settle")
@click.argument("conflict")
@click.argument("claim")
@_BY
@_REASON
@click.pass_obj
@mending
def judge_settle(folder: Path, conflict: str, claim: str, by: str | None, reason: str) -> None:
    """A conflict is settled by one of its claims; the others stay listed."""
    from ..graph.judgements import settle
    from ..graph.ledger import Ledger

    revision = settle(Ledger(folder), conflict, claim, by=who(by), reason=reason, now=datetime.now(UTC))
    tell(f"Revision {revision}: {conflict} is settled by {claim}.")


@click.command()
@click.argument("report")
@_BY
@_MAY_REASON
@click.pass_obj
@mending
def retract(folder: Path, report: str, by: str | None, reason: str | None) -> None:
    """Withdraw a report, named by address, DOI or title, and all that it alone supports.

    It stays withdrawn when it is ingested again, until `southerly undo`.
    """
    from ..graph.judgements import retract as withdraw
    from ..graph.ledger import Ledger

    revision, key, claims = withdraw(Ledger(folder), report, by=who(by), reason=reason, now=datetime.now(UTC))
    counted = "1 claim no longer counts" if claims == 1 else f"{claims} claims no longer count"
    tell(f"Revision {revision}: {key} is retracted; {counted}.")
    tell(f"`southerly diff {revision - 1} {revision}` lists them; `southerly undo {revision}` brings them back.")


@click.command()
@click.argument("revision", type=click.IntRange(1))
@_BY
@_MAY_REASON
@click.pass_obj
@mending
def undo(folder: Path, revision: int, by: str | None, reason: str | None) -> None:
    """Undo a judgement, a retraction, an ingest or an undo, as a new revision."""
    from ..graph.judgements import undo as take_back
    from ..graph.ledger import Ledger

    made = take_back(Ledger(folder), revision, by=who(by), reason=reason, now=datetime.now(UTC))
    tell(f"Revision {made}: revision {revision} is undone.")


@click.command()
@click.option("--limit", type=click.IntRange(0), help="At most this many.")
@printing
@click.pass_obj
@answering([])
def log(folder: Path, limit: int | None, **_options: Any) -> Answer:
    """Show what was done to the graph, newest first."""
    from ..graph.ledger import Ledger
    from ..queries.history import log as ask

    return ask(Ledger(folder), limit=limit)


@click.command()
@click.argument("a", metavar="REVISION|DATE")
@click.argument("b", metavar="REVISION|DATE")
@printing
@click.pass_obj
@answering({"added": [], "withdrawn": [], "changed": []})
def diff(folder: Path, a: str, b: str, **_options: Any) -> Answer:
    """Show which claims revision B has and A has not, and the other way round."""
    from ..graph.ledger import Ledger
    from ..queries.history import diff as ask

    return ask(Ledger(folder), a, b)
