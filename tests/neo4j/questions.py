"""Every question a graph can be asked, and the same put to a ledger and to a server: data, rows and notes as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from typing import Any

from southerly.graph.errors import SoutherlyError
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.neo4j_read import reading
from southerly.graph.neo4j_server import Address
from southerly.graph.view import Scope, View
from southerly.queries.answer import Answer
from southerly.queries.conflicts import conflicts
from southerly.queries.curve import curve
from southerly.queries.discover import Wanted, discover
from southerly.queries.filters import bases_of, window
from southerly.queries.flows import GROUPINGS, flows, reciprocity
from southerly.queries.gaps import gaps
from southerly.queries.origins import origins
from southerly.queries.outcomes import DIMENSIONS, outcomes
from southerly.queries.search import search
from southerly.queries.show import show
from southerly.queries.spread import spread
from southerly.queries.stats import stats
from southerly.queries.trace import trace
from southerly.queries.why import why

Question = Callable[[Identity], Answer]
BASES = (None, "stated", "inferred", "assumed")
Window = tuple[str | None, str | None]


def about_innovation(name: str, spans: Iterable[Window] = ((None, None),)) -> dict[str, Question]:
    """Return the questions about one innovation."""
    asked: dict[str, Question] = {
        f"show {name}": lambda k: show(k, name),
        f"why {name}": lambda k: why(k, name),
        f"origins {name}": lambda k: origins(k, name),
        f"curve {name}": lambda k: curve(k, name),
        f"conflicts {name}": lambda k: conflicts(k, name),
        f"search {name}": lambda k: search(k, name),
        f"outcomes of {name}": lambda k: outcomes(k, by="stage", innovation=name),
        f"trace {name} against time": lambda k: trace(k, name, ignore_time=True, limit=3),
        f"trace {name} to the USA": lambda k: trace(k, name, source="Kenya", target="USA"),
    }
    for number, span in enumerate(spans):
        for basis in BASES[: 1 if number else None]:
            kept = {"window": window(*span), "bases": bases_of(basis)}
            asked[f"spread {name} {span} {basis}"] = lambda k, kept=kept: spread(k, name, **kept)
            asked[f"trace {name} {span} {basis}"] = lambda k, kept=kept: trace(k, name, **kept)
    return asked


def about_all(spans: Iterable[Window] = ((None, None),)) -> dict[str, Question]:
    """Return the questions about the whole graph."""
    asked: dict[str, Question] = {"stats": stats, "conflicts": conflicts, "gaps": lambda k: gaps(k, "Kenya")}
    asked["gaps USA"] = lambda k: gaps(k, "USA", limit=2)
    for basis in BASES:
        asked[f"reciprocity {basis}"] = lambda k, basis=basis: reciprocity(k, bases=bases_of(basis))
    for span in spans:
        within = window(*span)
        for by in GROUPINGS:
            for basis in (None, "stated"):
                kept = {"by": by, "window": within, "bases": bases_of(basis)}
                asked[f"flows {by} {span} {basis}"] = lambda k, kept=kept: flows(k, **kept)
        for by in (None, *DIMENSIONS):
            asked[f"outcomes {by} {span}"] = lambda k, by=by, within=within: outcomes(k, by=by, window=within)
        asked[f"outcomes USA {span}"] = lambda k, within=within: outcomes(
            k, by="country", country="USA", window=within, limit=2
        )
        for number, wanted in enumerate(WANTED):
            asked[f"discover {wanted} {span}"] = lambda k, wanted=wanted, within=within, number=number: discover(
                k, Wanted(**wanted, window=within), limit=number or None
            )
    return asked


WANTED: tuple[dict[str, str], ...] = (
    {},
    {"origin_income": "LMIC", "adopted_income": "H"},
    {"origin_income": "LM"},
    {"adopted_income": "UM"},
    {"origin": "Kenya"},
    {"adopter": "USA"},
    {"not_in": "USA"},
    {"origin": "KEN", "adopter": "United Kingdom", "not_in": "Brazil"},
    {"kind": "device"},
    {"theme": "maternal and newborn health", "adopted_income": "H"},
)


def told(known: Identity, question: Question, *, network: bool = True) -> str:
    """Return an answer as text, all of it, with its network if it has one, or the error that it ends in."""
    try:
        answer = question(known)
    except SoutherlyError as error:
        return f"{type(error).__name__}: {error}"
    rest: Any = [answer.rows, answer.columns, answer.notes, answer.title, answer.hidden]
    edges = sorted(map(str, answer.to_networkx().edges(data=True))) if network and answer.graph else None
    return json.dumps(answer.to_dict(), ensure_ascii=False, indent=2) + json.dumps([rest, edges], default=str)


def ask_ledger(ledger: Ledger, questions: dict[str, Question], scope: Scope | None = None) -> dict[str, str]:
    """Return what a ledger answers."""
    view = View(ledger, scope)
    with closing(view.con):
        known = Identity(view)
        return {name: told(known, question, network=_networked(name)) for name, question in questions.items()}


def ask_server(address: Address, questions: dict[str, Question], scope: Scope | None = None) -> dict[str, str]:
    """Return what a server answers; each question by itself, so that none profits from what another fetched.

    For scopes of which all is fetched anyway they are asked together.
    """
    items = list(questions.items())
    together = len(items) if replace(scope or Scope(), possible=False) != Scope() else 1
    found = {}
    for start in range(0, len(items), together):
        with reading(address, scope) as view:
            known = Identity(view)
            for name, question in items[start : start + together]:
                found[name] = told(known, question, network=_networked(name))
    return found


def _networked(name: str) -> bool:
    """Say whether to look at the network too: those of all flows are much the same."""
    return not name.startswith("flows") or name.startswith("flows country")
