"""The laws of an export, byte for byte, over random synthetic claims: it is a function of what counts alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from southerly.exports import write
from southerly.graph.identity import Identity
from southerly.graph.judgements import judge_names, retract, undo
from southerly.graph.ledger import Ledger
from southerly.graph.view import View

FORMS = ("json", "turtle", "bibtex")  # the other networks share the digest of json, see test_writing
REPORTS = tuple(f"url:synthetic.example/{n}" for n in "abc")
NAMES = ("Synthetic practice A", "Synthetic practice B")

_few = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))

_claims = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(("adoption", "origin")),
            "report": st.sampled_from(REPORTS),
            "innovation": st.sampled_from(NAMES),
            "country": st.sampled_from(("KEN", "GBR", "BRA")),
            "when": st.sampled_from((None, "1990", "2001", "by 2005")),
        },
        optional={"site": st.just("Synthetic Hospital"), "source_country": st.sampled_from(("IND", "KEN"))},
    ),
    min_size=1,
    max_size=8,
)


def bytes_of(ledger: Ledger, folder: Path) -> dict[str, bytes]:
    """Export in every format; return the bytes of each file, provenance apart."""
    view = View(ledger)
    found = {}
    for form in FORMS:
        path = folder / form
        write(Identity(view), form, path)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        found |= {f"{form}/{file.name}": file.read_bytes() for file in files}
    view.con.close()
    return found


@_few
@given(_claims, _claims)
def test_the_order_of_carriers_leaves_no_trace(
    new_ledger: Any, commit: Any, tmp_path_factory: Any, one: Any, two: Any
) -> None:
    first, second = new_ledger(), new_ledger()
    commit(first, {"one": one})
    commit(first, {"two": two})
    commit(second, {"two": two})
    commit(second, {"one": one})
    assert bytes_of(first, tmp_path_factory.mktemp("x")) == bytes_of(second, tmp_path_factory.mktemp("x"))


@_few
@given(_claims)
def test_a_retracted_report_leaves_no_trace(new_ledger: Any, commit: Any, tmp_path_factory: Any, said: Any) -> None:
    # Each claim stands at its row in either carrier, for RDF tells where that is.
    said = [claim | {"record": n, "locator": f"row={n}"} for n, claim in enumerate(said, 1)]
    others = [claim for claim in said if claim["report"] != REPORTS[0]]
    sayings = [{"report": report, "title": f"Synthetic report {report[-1]}"} for report in REPORTS]
    whole, never = new_ledger(), new_ledger()
    commit(whole, {"one": said}, sayings={"one": sayings})
    commit(never, {"one": others}, sayings={"one": sayings[1:]})
    before = bytes_of(whole, tmp_path_factory.mktemp("x"))
    revision, _, _ = retract(whole, REPORTS[0], by="tester", reason="synthetic")
    assert bytes_of(whole, tmp_path_factory.mktemp("x")) == bytes_of(never, tmp_path_factory.mktemp("x"))
    undo(whole, revision, by="tester", reason="synthetic")
    assert bytes_of(whole, tmp_path_factory.mktemp("x")) == before


@_few
@given(_claims)
def test_a_judgement_undone_leaves_no_trace(new_ledger: Any, commit: Any, tmp_path_factory: Any, said: Any) -> None:
    ledger = new_ledger()
    both = [{"kind": "adoption", "report": REPORTS[0], "innovation": name, "country": "KEN"} for name in NAMES]
    commit(ledger, {"one": said + both})
    before = bytes_of(ledger, tmp_path_factory.mktemp("x"))
    revision, _, _ = judge_names(ledger, "same", *NAMES, by="tester", reason="synthetic")
    assert bytes_of(ledger, tmp_path_factory.mktemp("x")) != before
    undo(ledger, revision, by="tester", reason="synthetic")
    assert bytes_of(ledger, tmp_path_factory.mktemp("x")) == before


@pytest.mark.parametrize("form", ["json", "graphml", "csv", "parquet"])
def test_the_parts_in_which_rows_are_made_leave_no_trace(
    graph: Ledger, exported: Any, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    whole, once = exported(graph, form)
    monkeypatch.setattr("southerly.exports.relations._PART", 1)
    parts, again = exported(graph, form)
    assert (once.digest, once.counts) == (again.digest, again.counts)
    files = [(whole, parts)] if whole.is_file() else zip(sorted(whole.iterdir()), sorted(parts.iterdir()), strict=True)
    assert all(a.read_bytes() == b.read_bytes() for a, b in files)
