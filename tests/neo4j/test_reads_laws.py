"""Random small graphs, judged and retracted, pushed to a server: every question has the ledger's answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.graph.errors import SoutherlyError
from southerly.graph.identity import Identity
from southerly.graph.judgements import judge_claim, judge_names, retract, settle
from southerly.graph.ledger import Ledger
from southerly.graph.view import Scope, View
from southerly.queries.conflicts import conflicts
from southerly.queries.search import search
from southerly.queries.show import show
from southerly.queries.why import why

from .conftest import address_of, pushed
from .questions import Question, about_all, about_innovation, ask_ledger, ask_server
from .server import Server

HOSTILE = "Robert'); MATCH (n) DETACH DELETE n //"
NAMES = ("Synthetic bench", "Synthetic band (SB)", "SB", HOSTILE)
REPORTS = ("report:a", "report:b", "https://synthetic.example/c")
COUNTRIES = ("KEN", "USA", "GBR", "YUG")
SITES = (None, "hospitals", "Alpha Hospital", "Alpha hospital", f"Clinic {HOSTILE}")
WHEN = (None, None, "1990", "1990s", "by 1995", "1995-06", "[1992..]", "2001", "2030")
VISITS = (None, "Synthetic visit", "Visit İstanbul")

maybe = st.sampled_from
_COMMON = {
    "report": maybe(REPORTS),
    "innovation": maybe(NAMES),
    "when": maybe(WHEN),
    "status": maybe(("actual",) * 5 + ("planned",)),
    "review": maybe(("accepted",) * 5 + ("candidate", "refused")),
    "confidence": maybe((None, "low", "medium", "high")),
    "quote": maybe((None, f"said of {HOSTILE}", "İn Ankara", "ΣΟΦΟΣ said")),
    "innovation_kind": maybe((None, None, "device", "practice")),
    "theme": maybe((None, None, "maternal and newborn health")),
}
_PLACES = st.lists(maybe(COUNTRIES), max_size=2)


def _claim(kind: str, **columns: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), **_COMMON, **columns})


CLAIMS = st.lists(
    st.one_of(
        _claim("origin", country=maybe((None, *COUNTRIES)), site=maybe(SITES)),
        _claim(
            "adoption",
            country=maybe((*COUNTRIES, None)),
            site=maybe(SITES),
            stage=maybe((None, "considered", "pilot", "adopted", "abandoned")),
            source_country=maybe((None, None, *COUNTRIES)),
            source_site=maybe((None, "Alpha Hospital")),
            channel=maybe((None, "publication")),
            exchange=maybe(VISITS),
            partners=st.lists(maybe(("Synthetic partner", HOSTILE)), max_size=1),
            domestic=maybe((None, None, True)),
            left_censored=maybe((None, True)),
        ),
        _claim(
            "exchange",
            exchange=maybe(VISITS),
            title=maybe((None, "A synthetic title", "Other title")),
            exchange_type=maybe((None, "study tour", "no such type")),
            host_countries=_PLACES,
            visiting_countries=_PLACES,
            facilitators=st.lists(maybe(("Synthetic facilitator",)), max_size=1),
            shown=st.lists(maybe(NAMES), max_size=2),
            cadre=maybe((None, "nurses", "synthetic cadre")),
        ),
        _claim(
            "outcome",
            exchange=maybe(VISITS),
            countries=_PLACES,
            outcome=maybe(("synthetic outcome", f"outcome: {HOSTILE}")),
            outcome_level=maybe((None, "system", "service")),
            stage=maybe((None, "adopted", "idea")),
            mechanisms=st.lists(maybe(("peer learning", "hands-on learning", "synthetic phrase")), max_size=2),
        ),
        _claim("name", name=maybe((*NAMES, "Synthetic alias")), name_type=maybe(("alias", "acronym"))),
    ),
    min_size=1,
    max_size=25,
)
SAYINGS = [
    {"report": "report:a", "title": "Synthetic report", "publisher": "Synthetic Press", "year": "2001"},
    {"report": "report:b", "title": "Synthetic report", "same_as": "report:d"},
]
SPANS = st.tuples(maybe((None, "1991", "1995-06-15")), maybe((None, "1999", "2002")))
SCOPES = maybe(
    [Scope()] * 6
    + [Scope(possible=True)] * 3
    + [Scope(candidates=True), Scope(min_confidence="medium"), Scope(statuses=("planned",), possible=True)]
)


def _asked(span: tuple[str | None, str | None]) -> dict[str, Question]:
    asked = about_all([span])
    for name in NAMES:
        asked |= about_innovation(name, [span])
    for name in ("Kenya", "Alpha Hospital", "Synthetic visit", "synthetic report", "istanbul", "σοφοσ", HOSTILE[5:]):
        asked |= {
            f"search {name}": lambda k, name=name: search(k, name, limit=None),
            f"show {name}": lambda k, name=name: show(k, name),
            f"why {name}": lambda k, name=name: why(k, name),
        }
    return asked


def _work(ledger: Ledger, data: st.DataObject) -> None:
    """Let an analyst do a few things; what the ledger refuses is not done."""
    signed = {"by": "Synthetic analyst", "reason": "synthetic"}
    view = View(ledger)
    with closing(view.con) as con:
        disagreed = conflicts(Identity(view)).to_dict()
        claims = [row[0] for row in con.execute("SELECT claim_id FROM claim_at ORDER BY 1").fetchall()]
    settled = [(c["id"], claim) for c in disagreed for value in c["values"] for claim in value["claims"]]
    acts: list[Callable[[], Any]] = [
        lambda: judge_names(ledger, "same", NAMES[0], HOSTILE, **signed),
        lambda: judge_names(ledger, "different", NAMES[1], NAMES[2], **signed),
        lambda: judge_names(ledger, "same", "Alpha Hospital", f"Clinic {HOSTILE}", **signed),
        lambda: judge_claim(ledger, data.draw(maybe(("accept", "reject"))), data.draw(maybe(claims)), **signed),
        lambda: retract(ledger, data.draw(maybe(REPORTS)), **signed),
        *([lambda: settle(ledger, *data.draw(maybe(settled)), **signed)] if settled else []),
    ]
    for act in data.draw(st.lists(maybe(acts), max_size=3)):
        with suppress(SoutherlyError):
            act()


@pytest.fixture(scope="module")
def server(neo4j: Server) -> Server:
    """Return the server, emptied once: each example is pushed over the last."""
    neo4j.clear()
    return neo4j


@settings(max_examples=15, deadline=None)
@given(claims=CLAIMS, span=SPANS, data=st.data())
def test_a_server_answers_as_the_ledger_does(
    claims: list[dict[str, Any]],
    span: tuple[str | None, str | None],
    data: st.DataObject,
    new_ledger: Callable[[], Ledger],
    commit: Callable[..., Any],
    server: Server,
) -> None:
    ledger = new_ledger()
    half = len(claims) // 2
    commit(ledger, {"synthetic-a": claims[:half], "synthetic-b": claims[half:]}, sayings={"synthetic-b": SAYINGS})
    _work(ledger, data)
    pushed(ledger, server, replace=True)
    asked = _asked(span)
    # Some of the questions; another example asks others.
    some = data.draw(st.lists(maybe(sorted(asked)), min_size=12, max_size=12, unique=True))
    chosen = {name: asked[name] for name in some}
    scope = data.draw(SCOPES)
    expected = ask_ledger(ledger, chosen, scope)
    for name, found in ask_server(address_of(server), chosen, scope).items():
        assert found == expected[name], name
