"""One sitting of a reviewer: claim after claim, a key for each decision, every decision kept before the next claim."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import click

from ..graph.content import columns_of
from ..graph.errors import NotFound, SoutherlyError
from ..graph.identity import Identity
from ..graph.judgements import Decision, judge_claims, judge_names, mend_claim, undo
from ..graph.ledger import Ledger
from ..graph.lookup import Hit, search
from ..graph.names import name_key
from ..graph.sites import site_key
from ..graph.verdicts import ACCEPT, REJECT, SKIP
from ..graph.view import Scope, View
from ..ingest.context import Contexts
from ..queries.review import in_short
from .common import tell
from .review_edit import mend
from .review_screen import explained, keys, plain, screen

STATUSES = ("actual", "planned", "hypothetical", "negated")
EVERYTHING = Scope(statuses=STATUSES, candidates=True)
_CLEAR = "\033[2J\033[1;1H"  # ECMA-48 ED and CUP
_OFFERED = 6  # names that may be the same
_TOLD = 40  # characters of the claim that was decided last
_DONE = {ACCEPT: "accepted", REJECT: "refused", SKIP: "skipped"}


@dataclass
class Sitting:
    """The claims of one sitting, where the reviewer is in them, and what was done, for undo."""

    ledger: Ledger
    by: str
    claims: list[dict[str, Any]]
    final: bool = False  # decisions settle a claim on which reviewers disagree
    terminal: bool = field(default_factory=lambda: sys.stdin.isatty())
    at: int = 0
    said: str = ""  # what the last key did
    done: list[tuple[int, int, str]] = field(default_factory=list)  # place, revision, word
    _contexts: Contexts = field(default_factory=Contexts)

    def run(self) -> dict[str, int]:
        """Go through the claims until the last or until the reviewer has enough; return how many of each decision."""
        acts: dict[str, Callable[[], None]] = {
            "a": lambda: self._decide(ACCEPT),
            "r": lambda: self._decide(REJECT),
            "s": lambda: self._decide(SKIP),
            "A": lambda: self._decide(ACCEPT, self._why()),
            "R": lambda: self._decide(REJECT, self._why()),
            "e": self._mend,
            "m": self._join,
            "u": self._undo,
            "?": lambda: self._say("\n".join(explained())),
        }
        while True:
            self._show()
            key = self._key()
            if key in {"q", "Q", ""}:
                break
            act = acts.get(key) or acts.get(key.lower())
            if act is None or (self.at == len(self.claims) and key not in {"u", "?"}):
                self._say(f"{plain(key) or 'That'} is no key here; ? shows them.")
                continue
            try:
                act()
            except (click.Abort, KeyboardInterrupt):
                self._say("Nothing done.")
            except NotFound as error:
                self._say(f"{error} It may have been withdrawn meanwhile.")
            except SoutherlyError as error:
                self._say(str(error))
        words = [word for _, _, word in self.done]
        return {word: words.count(word) for word in dict.fromkeys(words)}

    def _show(self) -> None:
        if self.terminal and sys.stdout.isatty():
            click.echo(_CLEAR, nl=False, color=True)  # also where nobody wants colour
            click.secho(self.said or " ", fg="green")  # the claim stands at the same height, whatever is said
        elif self.said:
            click.echo(self.said)
        self.said = ""
        if self.at == len(self.claims):
            click.echo("That was the last one.  u undo  q quit")
            return
        claim = self.claims[self.at]
        context = self._contexts.of(claim["carrier"], claim["locator"], claim["quote"])
        for line in screen(claim, context, f"{self.at + 1} of {len(self.claims)}", decided=self.final):
            click.echo(line)
        click.echo(keys())

    def _key(self) -> str:
        """Return the next key; where no person sits, the first character of the next line. Nothing means the end."""
        try:
            if self.terminal:
                return click.getchar()[:1]  # what was typed ahead would decide on a claim that nobody has seen
            line = sys.stdin.readline()
        except (EOFError, KeyboardInterrupt):
            return ""
        return line.strip()[:1] or ("\n" if line else "")

    def _say(self, text: str) -> None:
        self.said = "\n".join("".join(c if c.isprintable() else " " for c in line) for line in text.splitlines())

    def _why(self) -> str | None:
        return str(click.prompt("Why", default="", show_default=False)).strip() or None

    def _decide(self, verdict: str, reason: str | None = None) -> None:
        claim = self.claims[self.at]["id"]
        final = self.final and verdict != SKIP
        revision = judge_claims(
            self.ledger,
            [Decision(claim, verdict, self.by, reason, final)],
            what=f"review: {_DONE[verdict]}{' finally' if final else ''} {claim}",
            by=self.by,
            reason=reason,
            now=datetime.now(UTC),
        )
        self._went_on(revision, _DONE[verdict], in_short(self.claims[self.at]))

    def _mend(self) -> None:
        claim = self.claims[self.at]
        content = mend(claim, terminal=self.terminal)
        if content is None:
            self._say("Nothing was changed.")
            return
        columns = columns_of(content) | {"confidence": content.get("confidence")}
        said = {**columns, "kind": claim["kind"], "status": content["status"]}
        revision, made = mend_claim(self.ledger, claim["id"], said, by=self.by, final=self.final, now=datetime.now(UTC))
        self._went_on(revision, "mended", f"as {made}")

    def _went_on(self, revision: int, word: str, told: str) -> None:
        self.done.append((self.at, revision, word))
        self.at += 1
        self._say(f"{word} {told if len(told) <= _TOLD else told[:_TOLD] + '…'} (revision {revision})")

    def _undo(self) -> None:
        if not self.done:
            self._say(
                "Nothing was decided in this sitting. `southerly log` lists earlier decisions for `southerly undo`."
            )
            return
        place, revision, word = self.done[-1]
        try:
            undo(self.ledger, revision, by=self.by, reason="taken back in review", now=datetime.now(UTC))
        finally:
            self.done.pop()
            self.at = place
        self._say(f"taken back: {word} (revision {revision})")

    def _join(self) -> None:
        """Judge that a name in the claim means the same as another."""
        view = View(self.ledger, EVERYTHING)
        with closing(view.con):
            known = Identity(view)
            names = _names(self.claims[self.at]["content"], known)
            if not names:
                self._say("This claim names no innovation and no site that could be the same as another.")
                return
            number = 1
            if len(names) > 1:
                for i, (_, name, _) in enumerate(names, 1):
                    click.echo(f"  {i}  {plain(name)}")
                number = click.prompt("Which name", type=click.IntRange(1, len(names)), default=1)
            cls, name, own = names[number - 1]
            offered = _alike(known, cls, name, own)
        for i, hit in enumerate(offered, 1):
            click.echo(f"  {i}  {plain(hit.label)}  {plain(hit.id)}")
        answer = str(
            click.prompt(
                f"“{plain(name)}” is the same as (number, name or id; Enter for none)", default="", show_default=False
            )
        ).strip()
        if not answer:
            self._say("Nothing was joined.")
            return
        if answer.isascii() and answer.isdecimal() and 0 < int(answer) <= len(offered):
            answer = offered[int(answer) - 1].id
        spelt = name if cls == "innovation" else own  # of an innovation the very name is judged, not all its cluster
        revision, first, second = judge_names(
            self.ledger, "same", spelt, answer, by=self.by, reason="seen in review", now=datetime.now(UTC)
        )
        self.done.append((self.at, revision, "joined"))
        self._say(f"“{first.label}” and “{second.label}” are the same (revision {revision})")


def _names(content: dict[str, Any], known: Identity) -> list[tuple[str, str, str]]:
    """Return the class, words and id of each name in a claim that can be the same as another."""
    found = [
        ("innovation", name, known.by_key[name_key(name)])
        for name in dict.fromkeys([content.get("innovation"), *content.get("shown", [])])
        if name and name_key(name) in known.by_key
    ]
    sites = {f"site:{country}:{key}" for country, key, _ in known.view.reach.sites()}
    country, site = content.get("country"), content.get("site")
    if country and site and (own := f"site:{country}:{site_key(site, country)}") in sites:
        found.append(("site", site, own))
    return found


def _alike(known: Identity, cls: str, name: str, own: str) -> list[Hit]:
    """Return things of a class whose names are like a name, or share its longest word; sites of its country alone."""
    longest = max(name.split(), key=len)
    hits = {hit.id: hit for text in (name, longest) for hit in search(known, text, (cls,))}
    border = own.rsplit(":", 1)[0] if cls == "site" else ""
    return [hit for hit in hits.values() if hit.id != own and hit.id.startswith(border)][:_OFFERED]


def summed(counts: dict[str, int]) -> None:
    """Say what a sitting came to."""
    told = ", ".join(f"{count} {word}" for word, count in counts.items())
    tell(f"{told}. Each is a revision: `southerly log`, `southerly undo N`." if told else "Nothing was decided.")
