"""RDF comes back in as the same claims, in every syntax; what others wrote goes in; what is bad is set aside."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from southerly.corpus import reports
from southerly.graph.claims import CONTENT
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.rdf_write import write_nquads
from southerly.graph.view import Scope, View
from southerly.ingest.pipeline import ingest, ingest_corpus
from southerly.ingest.rdf import read_rdf
from southerly.ingest.reading import Batch, Carrier
from southerly.ontology.vocabulary import terms

EVERY = Scope(statuses=("actual", "planned", "hypothetical", "negated"), candidates=True)
CUP = "Synthetic cup"


def exported(ledger: Ledger) -> bytes:
    out = io.BytesIO()
    with closing((view := View(ledger, EVERY)).con):
        write_nquads(Identity(view), out)
    return out.getvalue()


def told(ledger: Ledger) -> dict[str, list[Any]]:
    """Return what a ledger says, but for which file it was read from."""
    said = ", ".join(f'"{name}"' for name in ("claim_id", "report", "kind", "status", *CONTENT))
    with closing((view := View(ledger, EVERY)).con):
        con = view.con
        return {
            "claims": con.execute(f"SELECT {said} FROM claim_at ORDER BY claim_id").fetchall(),
            "evidence": con.execute(
                "SELECT claim_id, locator, quote, method, confidence, review FROM evidence_at ORDER BY ALL"
            ).fetchall(),
            "sayings": con.execute("SELECT DISTINCT * EXCLUDE (carrier) FROM saying_at ORDER BY ALL").fetchall(),
        }


def read(path: Path) -> list[Batch]:
    return list(read_rdf(Carrier(path, path.name)))


CLAIMS: list[dict[str, Any]] = [
    {"kind": "origin", "report": "url:example.org/a b", "innovation": CUP, "country": "COL", "when": "1978"},
    {
        "kind": "adoption",
        "report": "doi:10.9999/b",
        "innovation": 'a|b\t"c"\r\nd \\ 😀 שלום',
        "country": "KEN",
        "when": "by 1996",
        "end": "2001",
        "stage": "pilot",
        "channel": "words of no scheme",
        "partners": ["Zeta", "Alpha", "Zeta"],
        "left_censored": False,
        "confidence": "low",
        "quote": "the “words”\nthemselves",
        "extra": '{"a": 1}',
    },
    # two that are equal: which is the first is told by their place
    {"kind": "adoption", "report": "doi:10.9999/b", "innovation": CUP, "country": "UGA", "quote": "first"},
    {"kind": "adoption", "report": "doi:10.9999/b", "innovation": CUP, "country": "UGA", "quote": "second"},
    {
        "kind": "outcome",
        "report": "doi:10.9999/b",
        "outcome": "synthetic",
        "stage": "sustained",
        "countries": ["UGA", "KEN"],
        "mechanisms": [],
        "status": "planned",
        "review": "candidate",
    },
]
SAYINGS = [
    {"report": "doi:10.9999/b", "title": "Synthetic B", "year": "2004", "same_as": "url:example.org/b", "record": 2},
    {"report": "url:example.org/a b", "title": "Synthetic A", "year": "spring 2004", "url": "https://example.org/a b"},
]


@pytest.fixture(scope="module")
def graph(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    ledger = new_ledger()
    commit(ledger, {"synthetic.csv": CLAIMS}, sayings={"synthetic.csv": SAYINGS})
    return ledger


FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("ending", [*FORMATS, "nq.gz", "nq.zst"])
def test_what_was_exported_is_the_same_claims_again(graph: Ledger, ledger: Ledger, tmp_path: Path, ending: str) -> None:
    lines, path = exported(graph), tmp_path / f"out.{ending}"
    if ending == "nq.gz":
        path.write_bytes(gzip.compress(lines))
    elif ending == "nq.zst":
        path.write_bytes(pa.compress(lines, "zstd", asbytes=True))
    else:
        quads = ox.parse(lines, ox.RdfFormat.N_QUADS)
        whole = FORMATS[ending].supports_datasets
        said = quads if whole else (ox.Triple(q.subject, q.predicate, q.object) for q in quads)
        ox.serialize(said, path, FORMATS[ending])
    summary = ingest(ledger, [str(path)])
    assert (summary.rejected, summary.records["read"]) == ([], len(CLAIMS))
    assert told(ledger) == told(graph)
    assert ingest(ledger, [str(path)]).claims == {"new": 0, "unchanged": len(CLAIMS), "withdrawn": 0}


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(lambda s: s.strip())
COUNTRIES = st.sampled_from(["KEN", "UGA", "NAM", "SUN"])
SCHEMES = {"channel": "channel", "outcome_level": "outcome-level", "theme": "practice-area", "stage": "adoption-stage"}
LISTS = ("partners", "mechanisms", "funders", "shown")


def a_term(scheme: str) -> st.SearchStrategy[str]:
    return st.sampled_from([term.label for term in terms(scheme)]) | WORDS


CLAIM = st.fixed_dictionaries(
    {
        "kind": st.just("adoption"),
        "report": st.sampled_from(["url:example.org/a", "doi:10.9999/x%/é", "iati:XM-1 2", "sha256:ab"]),
        "status": st.sampled_from(["actual", "negated"]),
        "review": st.sampled_from(["accepted", "candidate"]),
        "innovation": WORDS,
    },
    optional={
        **dict.fromkeys(("site", "country_said", "adaptation", "quote", "exchange", "name"), WORDS),
        **dict.fromkeys(("country", "source_country"), COUNTRIES),
        **{name: st.lists(WORDS, max_size=3) for name in LISTS},
        **{name: a_term(scheme) for name, scheme in SCHEMES.items()},
        "countries": st.lists(COUNTRIES, max_size=3),
        "when": st.sampled_from(["1995", "by 1996", "1990s", "about 1960", "2004-02-29", "1995-2000"]),
        "domestic": st.booleans(),
        "confidence": st.sampled_from(["low", "medium", "high"]),
        "extra": st.dictionaries(WORDS, WORDS, max_size=2).map(json.dumps),
    },
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CLAIM, min_size=4, max_size=12))
def test_any_claims_come_back_as_they_were(
    new_ledger: Callable[[], Ledger], commit: Callable[..., Any], claims: list[dict[str, Any]]
) -> None:
    before, after = new_ledger(), new_ledger()
    commit(before, {"synthetic.csv": claims})
    path = before.folder / "out.nq"
    path.write_bytes(exported(before))
    assert ingest(after, [str(path)]).rejected == []
    assert told(after) == told(before)


def test_the_bundled_corpus_comes_back_as_it_was(new_ledger: Callable[[], Ledger], tmp_path: Path) -> None:
    before, after = new_ledger(), new_ledger()
    ingest_corpus(before, reports())
    (tmp_path / "corpus.nq").write_bytes(exported(before))
    assert ingest(after, [str(tmp_path / "corpus.nq")]).rejected == []
    assert told(after) == told(before)


BY_HAND = """
@prefix sou: <https://w3id.org/southerly/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://doi.org/10.9999/Hand> dcterms:title "Synthetic, by hand" .
[] a sou:AdoptionClaim ; prov:wasDerivedFrom <https://doi.org/10.9999/Hand> ;
    sou:innovationSaid "Synthetic cup" ; sou:country "Scotland" ; sou:siteSaid "Alpha Hospital" ;
    sou:when "by 1996" ; sou:stage "Pilot" ; sou:sourceCountry <https://w3id.org/southerly/id/country/COL> ;
    sou:partnerSaid "Zeta", "Alpha" ; sou:confidence "high" ; sou:mood "cheerful" .
"""


def test_what_somebody_wrote_by_hand_is_read_as_a_table_is(tmp_path: Path) -> None:
    (tmp_path / "hand.ttl").write_text(BY_HAND)
    (batch,) = read(tmp_path / "hand.ttl")
    assert batch.problems == ()
    (claim,) = batch.claims.to_pylist()
    said = {name: value for name, value in claim.items() if value is not None and name not in ("record", "latest")}
    assert said == {
        "report": "doi:10.9999/hand",
        "kind": "adoption",
        "status": "actual",
        "review": "accepted",
        "innovation": CUP,
        "country": "GBR",
        "country_said": "Scotland",
        "subdivision": "GB-SCT",
        "site": "Alpha Hospital",
        "when_said": "by 1996",
        "when": "[..1996]",
        "stage": "pilot",
        "source_country": "COL",
        "partners": ["Alpha", "Zeta"],
        "method": "curated",
        "confidence": "high",
    }
    (report,) = batch.reports.to_pylist()
    assert (report["report"], report["title"]) == ("doi:10.9999/hand", "Synthetic, by hand")
    assert [note.text for note in batch.notes] == [f"no field keeps <{SOU}mood>, so it was left out"]


SOU = "https://w3id.org/southerly/ontology#"
GOOD = 'prov:wasDerivedFrom <https://example.org/a> ; sou:innovationSaid "Synthetic cup" ; sou:country "Kenya"'


@pytest.mark.parametrize(
    ("said", "field", "found"),
    [
        ('a sou:AdoptionClaim ; sou:country "Kenya"', "prov:wasDerivedFrom", "a claim without a report"),
        (
            f"a sou:AdoptionClaim ; {GOOD} ; prov:wasDerivedFrom <https://example.org/b>",
            "prov:wasDerivedFrom",
            "2 reports",
        ),
        (f"a sou:Claim ; {GOOD}", "rdf:type", "a claim of no kind"),
        (f"a sou:AdoptionClaim, sou:OriginClaim ; {GOOD}", "rdf:type", "sou:OriginClaim and sou:AdoptionClaim"),
        (f'a sou:AdoptionClaim ; {GOOD} ; sou:when "1995-13-45"', "sou:when", "1995-13-45"),
        (f'a sou:AdoptionClaim ; {GOOD} ; sou:sourceCountry "Atlantis"', "sou:sourceCountry", "Atlantis"),
        (f"a sou:AdoptionClaim ; {GOOD} ; sou:sourceCountry <urn:x>", "sou:sourceCountry", "<urn:x>"),
        (f'a sou:AdoptionClaim ; {GOOD} ; sou:country "Uganda"', "sou:country", "2 values: “KEN” and “UGA”"),
        (f'a sou:AdoptionClaim ; {GOOD} ; sou:domestic "perhaps"', "sou:domestic", "perhaps"),
        (f'a sou:AdoptionClaim ; {GOOD} ; sou:confidence "0.9"', "sou:confidence", "“0.9”"),
        (f'a sou:AdoptionClaim ; {GOOD} ; sou:status "likely"', "sou:status", "“likely”"),
        (f'a sou:AdoptionClaim ; {GOOD} ; sou:extra "[]"', "sou:extra", "“[]”"),
        (f'a sou:AdoptionClaim ; {GOOD} ; sou:siteSaid "a\\u0000b"', "sou:siteSaid", "a NUL character"),
    ],
)
def test_a_claim_that_breaks_a_rule_is_set_aside_and_the_others_go_in(
    tmp_path: Path, said: str, field: str, found: str
) -> None:
    head = "".join(line for line in BY_HAND.splitlines(keepends=True) if line.startswith("@prefix"))
    (tmp_path / "a.ttl").write_text(f"{head}<urn:bad> {said} .\n<urn:good> a sou:AdoptionClaim ; {GOOD} .")
    (batch,) = read(tmp_path / "a.ttl")
    assert batch.claims.num_rows == 1
    (problem,) = batch.problems
    assert (problem.locator, problem.field) == ("urn:bad", field)
    assert found in problem.found
    assert problem.expected
    assert problem.hint
    assert len(batch.records) == 2


def test_a_term_that_no_scheme_has_is_left_out_with_a_note(tmp_path: Path) -> None:
    head = "".join(line for line in BY_HAND.splitlines(keepends=True) if line.startswith("@prefix"))
    channel = "https://w3id.org/southerly/scheme/channel/telepathy"
    (tmp_path / "a.ttl").write_text(f"{head}<urn:good> a sou:AdoptionClaim ; {GOOD} ; sou:channel <{channel}> .")
    (batch,) = read(tmp_path / "a.ttl")
    assert batch.claims["channel"].to_pylist() == [None]
    assert [note.text for note in batch.notes] == [
        f"sou:channel: <{channel}> is no term of the scheme channel; left out"
    ]


DEEP = b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * 300_000 + b"<urn:c>" + b")>>" * 300_000 + b" ."
CONTEXT = "https://w3id.org/southerly/context.jsonld"
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.ttl", b"<urn:a> <urn:b> .\n", "line 1"),
        ("a.nq", b'<urn:a> <urn:b> "c" .\n<urn:a> <urn:b> bad .\n', "line 2"),
        ("a.jsonld", b'{"@context": "http://127.0.0.1:9/c", "a": "b"}', "a context at an address"),
        ("a.jsonld", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "stack"),
        ("a.rdf", f'<!DOCTYPE r [<!ENTITY a "aa">]>{XML}</rdf:RDF>'.encode(), "a document type"),
        ("a.ttl", DEEP, "nested too deeply"),
        ("a.ttl", b"<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .", "a triple that speaks of a triple"),
        ("a.nq.gz", gzip.compress(b"<urn:a> <urn:b> <urn:c> .\n" * 200_000), "unpacks to more than 200 times its size"),
        ("a.nq.gz", gzip.compress(b"<urn:a> <urn:b> <urn:c> .\n" * 999)[:-20], "damaged"),
        ("a.ttl", "<urn:a> <urn:b> “c” .".encode("utf-16"), ""),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, found: str
) -> None:
    monkeypatch.setattr("southerly.graph.rdf_parse.RATIO_FROM", 1 << 20)
    (tmp_path / name).write_bytes(content)
    (batch,) = read(tmp_path / name)
    (problem,) = batch.problems
    assert problem.record is None  # so what it said before is not withdrawn
    assert found in f"{problem.locator} {problem.found}"
    assert problem.expected
    assert problem.hint
    assert batch.claims.num_rows == 0


def test_our_own_context_need_not_be_fetched(tmp_path: Path) -> None:
    claim = {
        "@context": CONTEXT,
        "@id": "urn:claim",
        "@type": f"{SOU}AdoptionClaim",
        "http://www.w3.org/ns/prov#wasDerivedFrom": {"@id": "https://example.org/a"},
        f"{SOU}country": "Kenya",
    }
    (tmp_path / "a.jsonld").write_text(json.dumps(claim, indent=1))
    (batch,) = read(tmp_path / "a.jsonld")
    assert batch.claims["country"].to_pylist() == ["KEN"]


def test_standard_input_is_known_by_how_it_begins(ledger: Ledger) -> None:
    summary = ingest(ledger, ["-"], stdin=io.BytesIO(BY_HAND.strip().encode()))
    assert (summary.claims["new"], summary.rejected) == (1, [])
