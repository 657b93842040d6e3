"""What the graph says in RDF, statement by statement. All claims here are synthetic and called so."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
import southerly
from southerly.corpus import reports
from southerly.graph.identity import Identity
from southerly.graph.judgements import retract
from southerly.graph.ledger import Ledger
from southerly.graph.rdf_terms import GRAPHS, PROVENANCE, THINGS, full, thing
from southerly.graph.rdf_write import nquads, write_nquads
from southerly.graph.sql import first
from southerly.graph.view import Scope, View
from southerly.ingest.pipeline import ingest
from southerly.ontology.vocabulary import concept_iri

from .rdf_readers import STRING, Quad, by_oxigraph, quad_of

A, B, DOI = "url:example.org/a", "url:example.org/b", "doi:10.9999/b"
CUP = "Synthetic cup"

ADOPTION = {
    "kind": "adoption",
    "report": A,
    "innovation": CUP,
    "country": "KEN",
    "site": "Synthetic Hospital",
    "when": "1995",
    "stage": "adopted",
    "source_country": "COL",
    "channel": "learning exchange",
    "partners": ["Synthetic Trust", "Alpha"],
    "mechanisms": ["telepathy", "hands-on learning"],
    "quote": "a “synthetic” quote",
    "locator": "page=3;char=10,90",
    "confidence": "high",
    "left_censored": True,
    "extra": '{"cost": 3}',
}
CARRIERS: dict[str, list[dict[str, Any]]] = {
    "first.csv": [
        {"kind": "origin", "report": A, "innovation": CUP, "country": "COL", "when": "1978"},
        ADOPTION,
        {"kind": "name", "report": A, "innovation": CUP, "name": "S-cup", "theme": "immunisation"},
        {
            "kind": "exchange",
            "report": A,
            "exchange": "X1",
            "title": "Synthetic tour",
            "host_countries": ["COL"],
            "visiting_countries": ["UGA", "KEN"],
            "shown": [CUP],
            "exchange_type": "study tour",
        },
    ],
    "second.csv": [
        ADOPTION | {"locator": "Sheet one!B12", "quote": None, "confidence": None},
        {"kind": "outcome", "report": B, "exchange": "X1", "outcome": "synthetic", "stage": "output"},
        {"kind": "adoption", "report": B, "innovation": CUP, "country": "UGA", "when": "2003", "source_country": "KEN"},
    ],
}
SAYINGS: dict[str, list[dict[str, Any]]] = {
    "first.csv": [{"report": A, "title": "Synthetic report A", "year": "2001", "url": "https://example.org/a"}],
    "second.csv": [
        {"report": B, "title": "Synthetic report B", "year": "n.d.", "same_as": DOI},
        {"report": A, "title": "Another title"},
    ],
}


def written(ledger: Ledger, **scope: Any) -> bytes:
    """Write the whole graph."""
    view = View(ledger, Scope(**scope))
    with closing(view.con):
        out = io.BytesIO()
        write_nquads(Identity(view), out)
        return out.getvalue()


def said(quads: list[Quad], subject: str, name: str) -> list[str]:
    """Return what the statements say of a subject by a property, as text or address."""
    return sorted(quad[2][1] for quad in quads if quad[0] == subject and quad[1] == full(name))


def one_of(quads: list[Quad], cls: str) -> list[str]:
    """Return the things of a class."""
    return sorted(quad[0] for quad in quads if quad[1:3] == (full("rdf:type"), ("iri", full(cls), "")))


@pytest.fixture(scope="module")
def ledger(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    ledger = new_ledger()
    commit(ledger, CARRIERS, sayings=SAYINGS)
    return ledger


@pytest.fixture(scope="module")
def quads(ledger: Ledger) -> list[Quad]:
    return by_oxigraph(written(ledger))


@pytest.fixture(scope="module")
def claim(quads: list[Quad]) -> str:
    """Return the adoption that both carriers claim."""
    (found,) = [c for c in one_of(quads, "sou:AdoptionClaim") if said(quads, c, "sou:partnerSaid")]
    return found


def test_the_order_of_carriers_leaves_no_trace(ledger: Ledger, new_ledger: Any, commit: Any) -> None:
    turned = new_ledger()
    for name in reversed(CARRIERS):
        commit(turned, {name: CARRIERS[name]}, sayings={name: SAYINGS[name]})
    assert written(turned) == written(ledger) == written(ledger)


def test_no_statement_stands_twice_and_each_graph_in_one_place(quads: list[Quad]) -> None:
    assert len(set(quads)) == len(quads)
    graphs = [quad[3] for quad in quads]
    assert len(dict.fromkeys(graphs)) == 1 + sum(a != b for a, b in pairwise(graphs))
    reports_ = [f"{GRAPHS}report/{key}" for key in ("doi:10.9999%2Fb", "url:example.org%2Fa", "url:example.org%2Fb")]
    assert list(dict.fromkeys(graphs)) == [*reports_, f"{GRAPHS}fused", PROVENANCE, ""]


def test_a_claim_says_what_its_row_says_terms_as_concepts_and_other_words_as_text(
    quads: list[Quad], claim: str
) -> None:
    told = {
        name: said(quads, claim, name)
        for name in (
            "sou:status", "sou:country", "sou:sourceCountry", "sou:siteSaid", "sou:when", "sou:earliest", "sou:stage",
            "sou:channel", "sou:mechanism", "sou:leftCensored", "sou:extra", "sou:domestic",
        )
    }  # fmt: skip
    assert told == {
        "sou:status": [concept_iri("claim-status", "actual")],
        "sou:country": [f"{THINGS}country/KEN"],
        "sou:sourceCountry": [f"{THINGS}country/COL"],
        "sou:siteSaid": ["Synthetic Hospital"],
        "sou:when": ["1995"],
        "sou:earliest": ["1995-01-01"],
        "sou:stage": [concept_iri("adoption-stage", "adopted")],
        "sou:channel": [concept_iri("channel", "learning exchange")],
        "sou:mechanism": [concept_iri("mechanism", "hands-on learning"), "telepathy"],
        "sou:leftCensored": ["true"],
        "sou:extra": ['{"cost": 3}'],
        "sou:domestic": [],
    }
    kinds = {quad[1]: quad[2][2] for quad in quads if quad[0] == claim and quad[2][0] == "text"}
    assert kinds[full("sou:when")] == full("edtf:EDTF")
    assert kinds[full("sou:earliest")] == full("xsd:date")
    assert kinds[full("sou:leftCensored")] == full("xsd:boolean")
    assert kinds[full("sou:extra")] == full("rdf:JSON")
    assert kinds[full("sou:siteSaid")] == STRING


def test_the_stage_of_an_outcome_is_of_another_scheme(quads: list[Quad]) -> None:
    (outcome,) = one_of(quads, "sou:OutcomeClaim")
    assert said(quads, outcome, "sou:stage") == [concept_iri("outcome-stage", "output")]


def test_lists_that_are_no_sorted_sets_keep_their_order(quads: list[Quad], claim: str) -> None:
    (order,) = said(quads, claim, "sou:listOrder")
    assert json.loads(order) == {
        "partners": ["Synthetic Trust", "Alpha"],
        "mechanisms": ["telepathy", "hands-on learning"],
    }
    (exchange,) = one_of(quads, "sou:ExchangeClaim")
    assert json.loads(said(quads, exchange, "sou:listOrder")[0]) == {"visiting_countries": ["UGA", "KEN"]}


def test_evidence_leads_from_a_claim_to_each_carrier_place_and_words(quads: list[Quad], claim: str) -> None:
    found = {quad[0] for quad in quads if quad[1:3] == (full("oa:hasBody"), ("iri", claim, ""))}
    places = {}
    for evidence in found:
        (target,) = said(quads, evidence, "oa:hasTarget")
        (carrier,) = said(quads, target, "oa:hasSource")
        (name,) = said(quads, carrier, "dcterms:title")
        selectors = said(quads, target, "oa:hasSelector")
        places[name] = sorted(
            (said(quads, s, "rdf:type")[0].rsplit("#")[-1], *said(quads, s, "rdf:value"), *said(quads, s, "oa:exact"))
            for s in selectors
        )
        (reading,) = said(quads, evidence, "prov:wasGeneratedBy")
        assert said(quads, reading, "prov:used") == [carrier]
        assert said(quads, reading, "prov:wasAssociatedWith") == [f"{THINGS}ingester/synthetic/1"]
        assert said(quads, evidence, "sou:review") == [concept_iri("review-state", "accepted")]
    assert places == {
        "first.csv": [
            ("FragmentSelector", "page=3;char=10,90"),
            ("TextQuoteSelector", "a “synthetic” quote"),
        ],
        "second.csv": [("CellSelector", "Sheet one!B12")],
    }
    carrier = f"{THINGS}carrier/{hashlib.sha256(b'first.csv').hexdigest()[:12]}"
    assert said(quads, carrier, "dcterms:title") == ["first.csv"]


@pytest.mark.parametrize(
    ("locator", "cls", "standard"),
    [
        ("row=12", "oa:FragmentSelector", "rfc7111"),
        ("page=3", "oa:FragmentSelector", "rfc8118"),
        ("char=4,9", "oa:FragmentSelector", "rfc5147"),
        ("/outcomes/3", "oa:FragmentSelector", "rfc6901"),
        ("/iati-activities/iati-activity[3]/title", "oa:XPathSelector", None),
        ("Outcomes!12", "sou:CellSelector", None),
        ("somewhere", "oa:Selector", None),
    ],
)
def test_a_selector_is_of_the_shape_of_its_locator(
    new_ledger: Any, commit: Any, locator: str, cls: str, standard: str | None
) -> None:
    ledger = new_ledger()
    commit(ledger, {"synthetic": [{"kind": "adoption", "report": A, "innovation": CUP, "locator": locator}]})
    quads = by_oxigraph(written(ledger))
    (place,) = {quad[0] for quad in quads if quad[1] == full("rdf:value")}
    assert said(quads, place, "rdf:type") == [full(cls)]
    assert said(quads, place, "rdf:value") == [locator]
    assert said(quads, place, "dcterms:conformsTo") == ([f"http://tools.ietf.org/rfc/{standard}"] if standard else [])


def test_a_report_says_what_is_said_of_its_own_key(quads: list[Quad]) -> None:
    report = thing(f"report:{A}")
    assert said(quads, report, "dcterms:title") == ["Another title"]  # as many say it, and it is the lesser
    assert said(quads, report, "dcterms:date") == ["2001"]
    other = thing(f"report:{B}")
    assert said(quads, other, "dcterms:title") == ["Synthetic report B"]
    assert said(quads, other, "schema:sameAs") == [thing(f"report:{DOI}")]
    assert said(quads, f"{GRAPHS}report/url:example.org%2Fb", "prov:hadPrimarySource") == [other]
    dates = {quad[0]: quad[2][2] for quad in quads if quad[1] == full("dcterms:date")}
    assert dates == {report: full("xsd:gYear"), other: STRING}


def test_presences_lead_along_the_diffusion_of_an_innovation(quads: list[Quad]) -> None:
    learned = {quad[0].rsplit(":")[-1]: quad[2][1].rsplit(":")[-1] for quad in quads if "learnedFrom" in quad[1]}
    assert learned == {"KEN": "COL", "UGA": "KEN"}
    assert one_of(quads, "sou:Presence") == [f"{THINGS}presence/synthetic-cup:{c}" for c in ("COL", "KEN", "UGA")]
    origin = f"{THINGS}origin/synthetic-cup:COL"
    assert said(quads, origin, "sou:presence") == [f"{THINGS}presence/synthetic-cup:COL"]


def test_an_adoption_and_its_transfer_carry_the_income_groups_of_their_time(quads: list[Quad]) -> None:
    adoption = f"{THINGS}adoption/synthetic-cup:KEN:synthetic-hospital"
    assert said(quads, adoption, "sou:incomeGroup") == ["L"]
    assert said(quads, adoption, "sou:extrapolated") == ["false"]
    assert said(quads, adoption, "sou:reports") == ["1"]
    transfer = f"{THINGS}transfer/synthetic-cup:KEN:synthetic-hospital:from:COL:stated"
    told = {n: said(quads, transfer, f"sou:{n}") for n in ("fromIncome", "toIncome", "basis", "direction", "when")}
    assert told == {
        "fromIncome": ["LM"],
        "toIncome": ["L"],
        "basis": [concept_iri("basis", "stated")],
        "direction": [concept_iri("direction", "south-south")],
        "when": ["1995"],
    }


def test_claims_lead_to_innovations_also_shown_and_to_exchanges(quads: list[Quad]) -> None:
    about = {
        quad[0] for quad in quads if quad[1:3] == (full("sou:about"), ("iri", f"{THINGS}innovation/synthetic-cup", ""))
    }
    assert about == set(one_of(quads, "sou:Claim")) - set(one_of(quads, "sou:OutcomeClaim"))
    exchange = {quad[0] for quad in quads if quad[1] == full("sou:aboutExchange")}
    assert exchange == set(one_of(quads, "sou:OutcomeClaim") + one_of(quads, "sou:ExchangeClaim"))
    assert said(quads, f"{THINGS}exchange/x1", "rdfs:label") == ["Synthetic tour"]


def test_a_retracted_report_leaves_no_trace(new_ledger: Any, commit: Any) -> None:
    whole, never = new_ledger(), new_ledger()
    commit(whole, CARRIERS, sayings=SAYINGS)
    kept = {name: [c for c in claims if c["report"] != B] for name, claims in CARRIERS.items()}
    commit(never, kept, sayings={name: [s for s in told if s["report"] != B] for name, told in SAYINGS.items()})
    retract(whole, B, by="tester", reason="synthetic")
    assert written(whole) == written(never)


def test_an_empty_graph_says_nothing(new_ledger: Any, commit: Any) -> None:
    ledger = new_ledger()
    commit(ledger, {"synthetic": [{"kind": "origin", "report": A, "innovation": CUP, "status": "planned"}]})
    assert written(ledger) == b""
    assert written(ledger, statuses=("planned",))


def test_the_dataset_of_python_holds_the_same_and_its_queries_see_all_graphs(ledger: Ledger, quads: list[Quad]) -> None:
    dataset = southerly.open(ledger.folder).rdf()
    assert {quad_of(quad) for quad in dataset.quads()} == set(quads)
    (row,) = dataset.query(
        "SELECT (COUNT(*) AS ?n) { ?claim a sou:Claim ; prov:wasDerivedFrom ?report . ?report dcterms:title ?title }"
    )
    assert int(row[0]) == 6


@pytest.fixture(scope="module")
def corpus(new_ledger: Callable[[], Ledger]) -> Ledger:
    ledger = new_ledger()
    ingest(ledger, [str(reports())], now=datetime(2026, 1, 1, tzinfo=UTC))
    return ledger


def test_the_counts_of_the_corpus_are_those_of_the_ledger(corpus: Ledger) -> None:
    view = View(corpus)
    with closing(view.con) as con:
        data = b"".join(nquads(Identity(view)))
        kinds = dict(con.execute("SELECT kind, count(*) FROM visible GROUP BY kind").fetchall())
        numbers = first(
            con,
            "SELECT (SELECT count(*) FROM adoption), (SELECT count(*) FROM transfer), "
            "(SELECT count(*) FROM evidence_at WHERE claim_id IN (SELECT claim_id FROM visible)), "
            "(SELECT count(*) FROM origin WHERE country IS NOT NULL)",
        )
    quads = by_oxigraph(data)
    classes = {"sou:Adoption", "sou:Transfer", "sou:Evidence", "sou:Origin", "sou:Claim"}
    found = {cls: len(one_of(quads, cls)) for cls in classes}
    assert found == dict(zip(("sou:Adoption", "sou:Transfer", "sou:Evidence", "sou:Origin"), numbers, strict=True)) | {
        "sou:Claim": sum(kinds.values())
    }
    assert {kind: len(one_of(quads, f"sou:{kind.title()}Claim")) for kind in kinds} == kinds
    described = {quad[0] for quad in quads}
    dangling = {q[2][1] for q in quads if q[2][0] == "iri" and q[2][1].startswith(THINGS)} - described
    assert not dangling
