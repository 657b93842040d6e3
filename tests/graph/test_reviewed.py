"""The mark of candidates: whatever the claims, what is accepted is what there is without candidates."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from southerly.graph.diffusion import Diffusion
from southerly.graph.identity import Identity
from southerly.graph.judgements import judge_claim
from southerly.graph.ledger import Ledger
from southerly.graph.view import Scope, View

countries = st.sampled_from(["KEN", "UGA", "IND"])
claims = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["adoption", "adoption", "origin"]),
            "innovation": st.sampled_from(["Synthetic cup", "Synthetic net"]),
            "country": countries,
            "when": st.sampled_from([None, "1990", "2000"]),
            "source_country": st.none() | countries,
            "report": st.sampled_from(["url:example.org/a", "url:example.org/b"]),
            "review": st.sampled_from(["accepted", "candidate", "candidate", "refused"]),
        }
    ).map(lambda c: c if c["kind"] == "adoption" else {k: v for k, v in c.items() if k != "source_country"}),
    min_size=1,
    max_size=6,
)


def found(ledger: Ledger, *, candidates: bool) -> set[tuple[Any, ...]]:
    """Return what is fused and accepted: adoptions, origins, and the sources that reports state."""
    view = View(ledger, Scope(candidates=candidates))
    with closing(view.con):
        diffusion = Diffusion(Identity(view))
        told = [
            *((a.review, "adoption", a.id) for a in diffusion.adoptions()),
            *((o.review, "origin", o.innovation, o.country) for o in diffusion.origins()),
            *(
                (s.review, "source", s.adoption, s.country)
                for listed in diffusion.sources().values()
                for s in listed
                if s.basis == "stated"
            ),
        ]
        return {(kind, *rest) for review, kind, *rest in told if review == "accepted"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=claims, second=claims, verdicts=st.lists(st.sampled_from(["accept", "reject", None]), max_size=4))
def test_what_is_accepted_is_what_there_is_without_candidates(
    new_ledger: Callable[[], Ledger],
    commit: Callable[..., Any],
    first: list[dict[str, Any]],
    second: list[dict[str, Any]],
    verdicts: list[str | None],
) -> None:
    ledger = new_ledger()
    commit(ledger, {"synthetic-1.csv": first, "synthetic-2.csv": second})
    view = View(ledger, Scope(candidates=True))
    with closing(view.con):
        ids = [row[0] for row in view.con.execute("SELECT claim_id FROM visible ORDER BY 1").fetchall()]
    for claim, verdict in zip(ids, verdicts, strict=False):
        if verdict:
            judge_claim(ledger, verdict, claim, by="tester", reason="synthetic")
    assert found(ledger, candidates=True) == found(ledger, candidates=False)
