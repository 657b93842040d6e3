"""How a claim under review looks on a terminal: what it says, the words it rests on, where they stand, the keys."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..ontology.countries import country_label

if TYPE_CHECKING:
    from ..ingest.context import Context

_WIDEST = 100  # characters of a line; longer ones are slow to read
_NEIGHBOUR = 240  # characters of the sentence before or after that are shown

#: Fields in the order in which they are read, with what they are called here.
_LABELS = {
    "innovation": "innovation",
    "name": "also called",
    "innovation_kind": "kind",
    "theme": "area",
    "title": "title",
    "exchange": "exchange",
    "exchange_type": "type",
    "country": "country",
    "countries": "countries",
    "site": "site",
    "stage": "stage",
    "when": "when",
    "end": "until",
    "domestic": "domestic",
    "source_country": "learned from",
    "source_site": "learned from site",
    "source_adoption": "learned from",
    "channel": "channel",
    "direction": "direction",
    "visiting_countries": "visitors from",
    "visiting_organisations": "visiting",
    "visiting_sites": "visiting sites",
    "host_countries": "hosts in",
    "host_organisations": "hosted by",
    "host_sites": "host sites",
    "funders": "paid by",
    "facilitators": "facilitated by",
    "shown": "shown",
    "participants": "participants",
    "cadre": "cadre",
    "decision_power": "decision power",
    "debrief": "debriefing",
    "mission": "mission",
    "learning_level": "level of learning",
    "partners": "partners",
    "outcome": "outcome",
    "outcome_level": "level",
    "metric": "metric",
    "value": "value",
    "unit": "unit",
    "adaptation": "adaptation",
    "mechanisms": "mechanisms",
    "enablers": "enablers",
    "barriers": "barriers",
}
_VERDICTS = {"accept": "accepted", "reject": "refused", "skip": "skipped"}
KEYS = (
    ("a", "accept", "the claim is what the words say"),
    ("e", "edit", "mend its fields; the mended claim is accepted in its place"),
    ("r", "refuse", "the words do not say this"),
    ("s", "skip", "decide later; --again shows what was skipped"),
    ("m", "same as", "its innovation or site is the same as another"),
    ("u", "undo", "take back the last decision, then the one before it"),
    ("q", "quit", "everything that was decided is kept"),
)
_MORE = (("A, R", "accept or refuse, and say why"), ("?", "show this"))


def screen(claim: dict[str, Any], context: Context, place: str, *, decided: bool) -> Iterator[str]:
    """Yield the lines of a claim; `place` is “3 of 66”, `decided` shows how others decided."""
    wide = min(shutil.get_terminal_size((80, 24)).columns, _WIDEST) - 1
    status = claim["status"]
    kind = click.style(f"{claim['kind']}, {status}", bold=True, fg=None if status == "actual" else "yellow")
    head = f"{place}  {kind}"
    sure = f", {claim['confidence']} confidence" if claim["confidence"] else ""
    yield head + f"by {claim['method']}{sure}".rjust(wide - len(click.unstyle(head)))
    yield click.style("─" * wide, dim=True)
    yield from _fields(claim["content"], wide)
    yield ""
    yield from _words(context, wide)
    yield ""
    report = claim["report"]
    year = f" ({report['year']})" if report["year"] else ""
    title = report["title"] or ("a report without a title" if report["id"].startswith("sha256:") else report["id"])
    section = f", “{context.section}”" if context.section else ""
    yield click.style(_cut(title, wide - len(year)) + year, dim=True)
    yield click.style(_cut(f"{Path(claim['carrier']).name} {claim['locator'] or ''}{section}", wide), dim=True)
    for decision in claim["decisions"] if decided else ():
        why = f": {decision['reason']}" if decision["reason"] else ""
        yield from _wrapped(f"{decision['by']} {_VERDICTS[decision['verdict']]} it{why}", wide, fg="yellow")
    yield ""


def keys() -> str:
    """Return the line of keys."""
    return (
        "  ".join(f"{click.style(key, bold=True)} {word}" for key, word, _ in KEYS) + f"  {click.style('?', bold=True)}"
    )


def explained() -> Iterator[str]:
    """Yield what the keys do."""
    yield from (f"  {key}     {word:8} {what}" for key, word, what in KEYS)
    yield from (f"  {key:5} {'':8} {what}" for key, what in _MORE)


def plain(text: str) -> str:
    """Return a report's words fit for a terminal: they never move its cursor."""
    return " ".join("".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text).split())


def _fields(content: dict[str, Any], wide: int) -> Iterator[str]:
    rows = [(label, told) for field, label in _LABELS.items() if (told := _told(content, field))]
    rows += [(plain(str(name)), plain(str(value))) for name, value in content.get("extra", {}).items()]
    margin = max((len(label) for label, _ in rows), default=0) + 2
    for label, told in rows:
        first, *rest = textwrap.wrap(told, max(20, wide - margin)) or [""]
        yield click.style(label.ljust(margin), dim=True) + click.style(first, bold=True)
        yield from (" " * margin + click.style(line, bold=True) for line in rest)


def _told(content: dict[str, Any], field: str) -> str:
    """Return what a field holds, in plain words."""
    value = content.get(field)
    if field in ("when", "end"):
        said = content.get(f"{field}_said")
        return plain(f"{said} ({value})" if said and value and said != value else str(said or value or ""))
    if field in ("country", "source_country"):
        said = content.get(f"{field}_said")
        return plain(" ".join(x for x in (said, value and f"({country_label(value)})") if x) if said else _land(value))
    if field.endswith("countries"):
        return plain(", ".join(_land(code) for code in value or []))
    if isinstance(value, list):
        return plain("; ".join(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value.isoformat() if isinstance(value, date) else str(value or ""))


def _land(code: str | None) -> str:
    return f"{country_label(code)} ({code})" if code else ""


def _words(context: Context, wide: int) -> Iterator[str]:
    """Yield the quote between its neighbours, behind a bar."""
    before, after = plain(context.before), plain(context.after)
    yield from _wrapped(_cut(before[::-1], _NEIGHBOUR)[::-1], wide, indent="  ", dim=True)
    bar = click.style("│ ", fg="cyan")
    yield from (bar + line for line in textwrap.wrap(plain(context.quote), wide - 2))
    yield from _wrapped(_cut(after, _NEIGHBOUR), wide, indent="  ", dim=True)
    if context.missing:
        yield from _wrapped(f"No context: {context.missing}.", wide, fg="yellow")


def _cut(text: str, length: int) -> str:
    """Return the beginning of a text on one line, cut between words."""
    line = plain(text)
    return line if len(line) <= length else f"{line[: length - 2].rsplit(' ', 1)[0]} …"


def _wrapped(text: str, wide: int, indent: str = "", **look: Any) -> Iterator[str]:
    lines = textwrap.wrap(plain(text), wide, initial_indent=indent, subsequent_indent=indent)
    yield from (click.style(line, **look) for line in lines)
