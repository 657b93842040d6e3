"""`review`: go through candidate claims, one after the other, or decide on them from a table."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import NOTHING_FOUND, SOME_REJECTED, mending, print_answer, printing, stop, tell
from .work import who

if TYPE_CHECKING:
    from ..graph.ledger import Ledger
    from ..graph.review import Wish
    from ..graph.view import View
    from ..queries.answer import Answer

_KINDS = ("origin", "adoption", "exchange", "outcome", "name")
_STATUSES = ("actual", "planned", "hypothetical", "negated")
_SHOWN = 20  # lines set aside that are printed one by one


@click.command()
@click.argument("name", metavar="[REPORT|NAME]", required=False)
@click.option("--by", metavar="WHO", help="Who reviews. Default: the account's name.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only this kind. May be given again.")
@click.option(
    "--status", "statuses", multiple=True, type=click.Choice(_STATUSES), help="Only this status. May be given again."
)
@click.option("--report", metavar="REPORT", help="Only this report: its address, DOI or title.")
@click.option("--limit", type=click.IntRange(0), help="At most this many.")
@click.option("--again", "which", flag_value="skipped", help="What you skipped before.")
@click.option("--others", "which", flag_value="others", help="Also what others decided, unseen, as a second opinion.")
@click.option(
    "--disagreed", "which", flag_value="disagreed", help="Where reviewers disagree; your decision settles it."
)
@click.option("--list", "listing", is_flag=True, help="List them with the decisions so far, and ask nothing.")
@click.option("--agreement", is_flag=True, help="How far each two reviewers agree (Cohen's kappa).")
@click.option(
    "--decisions",
    "table",
    metavar="FILE",
    type=click.File("rb"),
    help="Take decisions from a CSV file, or - for standard input: columns claim (or id), decision, by, reason.",
)
@printing
@click.pass_obj
@mending
def review(
    folder: Path,
    name: str | None,
    by: str | None,
    which: str | None,
    listing: bool,
    agreement: bool,
    table: Any,
    report: str | None,
    limit: int | None,
    kinds: tuple[str, ...],
    statuses: tuple[str, ...],
    form: str,
    quiet: bool,
) -> None:
    """Go through the claims that nobody has accepted or refused yet: each with its words, one key a decision.

    Every decision is kept before the next claim is shown; what you decided or skipped is not shown again. Decisions of
    several reviewers stand side by side: where all agree, that is what the claim is; where they disagree, it stays what
    it was until somebody settles it (--disagreed, or `southerly judge accept --final`).

    \b
    southerly review
    southerly review "kangaroo care" --kind adoption --by "A. Analyst"
    southerly review --list --format csv > to-review.csv
    southerly review --decisions decided.csv
    """
    from ..graph.ledger import Ledger
    from ..graph.review import Wish
    from ..graph.view import View
    from ..queries.review import agreed
    from .review_loop import EVERYTHING

    ledger, reviewer = Ledger(folder), who(by)
    if sum((bool(table), listing, agreement)) > 1:
        raise click.UsageError("--list, --agreement and --decisions are three different things; give one of them.")
    view = View(ledger, EVERYTHING)
    with closing(view.con):
        if table:
            _take(ledger, view, table.read(), reviewer, form, quiet)
            return
        if agreement:
            _print(agreed(view), form, quiet)
            return
        wish = _narrowed(view, Wish(reviewer, which or "open", kinds, statuses), name, report)
        if listing:
            from ..queries.review import WRITTEN
            from ..queries.review import review as ask

            answer = ask(view, wish, limit)
            answer.columns = WRITTEN if form == "csv" else answer.columns  # a table on a screen has less room
            _print(answer, form, quiet)
            return
        claims, notes = _found(view, wish, limit)
    _sit(ledger, wish, claims, [] if quiet else notes)


def _narrowed(view: View, wish: Wish, name: str | None, report: str | None) -> Wish:
    """Return a wish for the claims behind a name, and of a report."""
    from dataclasses import replace

    from ..queries.review import behind, report_called

    if name:
        key, ids, notes = behind(view, name)
        wish = replace(wish, report=key, ids=ids)
        for note in notes:
            tell(note)
    return replace(wish, report=report_called(view, report)) if report else wish


def _found(view: View, wish: Wish, limit: int | None) -> tuple[list[dict[str, Any]], list[str]]:
    from ..queries.answer import cut
    from ..queries.review import counted, wished

    claims, _, notes = cut(wished(view, wish), limit, "claims")
    return claims, [*counted(view, wish.by), *notes]


def _sit(ledger: Ledger, wish: Wish, claims: list[dict[str, Any]], notes: list[str]) -> None:
    from .review_loop import Sitting, summed

    if not claims:
        for note in notes:
            tell(note)
        stop("There is nothing to review here.", NOTHING_FOUND)
    summed(Sitting(ledger, wish.by, claims, final=wish.which == "disagreed").run())


def _take(ledger: Ledger, view: View, raw: bytes, by: str, form: str, quiet: bool) -> None:
    """Keep the decisions of a table as one revision, and say which lines were set aside."""
    from dataclasses import asdict

    from ..graph.judgements import judge_claims
    from ..graph.review import live, make_decisions, news
    from ..graph.verdicts import ACCEPT, REJECT, SKIP
    from ..ingest.decisions import read_decisions
    from ..queries.answer import Answer

    make_decisions(view)
    found = read_decisions(raw, lambda ids: live(view, ids), by)
    fresh = news(view, found.good)
    revision = view.revision
    if fresh:
        words = [decision.verdict for decision in fresh]
        told = ((ACCEPT, "accepted"), (REJECT, "refused"), (SKIP, "skipped"))
        what = ", ".join(f"{words.count(verdict)} {word}" for verdict, word in told if verdict in words)
        signed = {decision.by for decision in fresh}
        revision = judge_claims(
            ledger,
            fresh,
            what=f"review: {what}",
            by=signed.pop() if len(signed) == 1 else None,
            now=datetime.now(UTC),
        )
    counts = {
        "read": found.read,
        "new": len(fresh),
        "unchanged": found.read - found.blank - len(found.problems) - len(fresh),
        "blank": found.blank,
        "set_aside": len(found.problems),
    }
    aside = [{k: v for k, v in asdict(p).items() if k not in ("report", "record")} for p in found.problems]
    data = {"decisions": counts, "set_aside": aside, "revision": revision}
    row = {**counts, "revision": revision}
    print_answer(Answer(data, [row], tuple(row)), form, quiet)
    for problem in found.problems[:_SHOWN]:
        tell(f"set aside: {problem.locator} ({problem.field}): {problem.found}")
        tell(f"  expected {problem.expected}; {problem.hint}")
    if len(found.problems) > _SHOWN:
        tell(f"… and {len(found.problems) - _SHOWN} more; --format json lists them all.")
    if found.problems:
        raise SystemExit(SOME_REJECTED)


def _print(answer: Answer, form: str, quiet: bool) -> None:
    print_answer(answer, form, quiet)
    if not answer.found:
        raise SystemExit(NOTHING_FOUND)
