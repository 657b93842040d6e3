"""The laws of the RDF projection over any text: two readers find what was said, and nothing else."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from southerly.exports.cells import clean
from southerly.graph.rdf_terms import full

from .rdf_readers import by_oxigraph, by_rdflib
from .test_rdf_write import one_of, said, written

HOSTILE = (
    'a|b\t"c"\r\nd',
    "\\u0041 \\n \\",
    '"@en',
    '"^^<http://www.w3.org/2001/XMLSchema#date> .\n<a> <b> <c> .',
    "<http://example.org/> { } # %41 _:b",
    "nul\x00bell\x07del\x7fnel\x85end\ufffe\uffff",
    "مستشفى \u202eالأمل\u202c 🏥 e\u0301 \U0001f468\u200d\u2695\ufe0f \u2028",
    "]]>&amp;<!-- '",
    " ",
    "Wörter " * 14_000,
)
_texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | st.sampled_from(HOSTILE[:-1])
#: Columns of text to the properties that carry them.
TEXTS = {
    "innovation": "sou:innovationSaid",
    "site": "sou:siteSaid",
    "when_said": "sou:whenSaid",
    "channel": "sou:channel",
    "exchange": "sou:exchangeSaid",
    "outcome": "sou:outcomeText",
    "value": "sou:value",
    "name_type": "sou:nameType",
}
SAYING = {"title": "dcterms:title", "licence": "dc:rights", "url": "schema:url", "year": "dcterms:date"}


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_texts, min_size=1, max_size=len(TEXTS)))
@example(list(HOSTILE))
def test_any_text_is_read_back_alike_by_two_readers(new_ledger: Any, commit: Any, texts: list[str]) -> None:
    ledger = new_ledger()
    row = {name: texts[n % len(texts)] for n, name in enumerate(TEXTS)}
    report = f"url:example.org/{texts[-1]}"
    told = {name: texts[n % len(texts)] for n, name in enumerate(SAYING)}
    claim = {"kind": "adoption", "report": report, "country": "KEN", "source_country": "UGA", "source_site": texts[0]}
    claim |= row | {"partners": texts, "quote": texts[0], "locator": texts[-1]}
    commit(ledger, {texts[0]: [claim]}, sayings={texts[0]: [{"report": report, **told}]})
    data = written(ledger)
    quads = by_oxigraph(data)
    assert len(set(quads)) == len(quads)
    assert set(by_rdflib(data)) == set(quads)
    (subject,) = one_of(quads, "sou:Claim")
    assert {name: said(quads, subject, name) for name in TEXTS.values()} == {
        TEXTS[column]: [clean(text)] for column, text in row.items()
    }
    assert said(quads, subject, "sou:partnerSaid") == sorted({clean(text) for text in texts})
    (key,) = said(quads, subject, "prov:wasDerivedFrom")
    assert said(quads, key, "dcterms:identifier") == [clean(report)]
    assert {name: said(quads, key, name) for name in SAYING.values()} == {
        SAYING[column]: [clean(text)] for column, text in told.items()
    }
    (evidence,) = one_of(quads, "sou:Evidence")
    assert said(quads, evidence, "sou:locator") == [clean(texts[-1])]
    assert [quad[2][1] for quad in quads if quad[1] == full("oa:exact")] == [clean(texts[0])]


def test_a_claim_with_nothing_to_escape_is_written_like_one_with_something(new_ledger: Any, commit: Any) -> None:
    ledger = new_ledger()
    claims = [
        {
            "kind": "adoption",
            "report": "url:example.org/a",
            "innovation": "Synthetic",
            "country": country,
            "outcome": text,
        }
        for country, text in (("KEN", "plain"), ("UGA", 'not "plain"'))
    ]
    commit(ledger, {"synthetic": claims})
    quads = by_oxigraph(written(ledger))
    assert sorted(q[2][1] for q in quads if q[1] == full("sou:outcomeText")) == ['not "plain"', "plain"]
