"""What the writer says and what the ontology declares are the same, on the bundled corpus and where it is silent."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import owlrl
import pyarrow as pa
import pyoxigraph
import pytest
from pyshacl import validate
from rdflib import OWL, PROV, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, Node, URIRef
from southerly.corpus import reports
from southerly.graph.claims import CONTENT, KINDS
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.rdf_write import write_nquads
from southerly.graph.view import Scope, View
from southerly.ingest.pipeline import ingest_corpus
from southerly.ontology.ontology_files import NAMESPACE, ontology_text

from .pitfalls import PROPERTY_TYPES, members, ours
from .test_owl import ERROR

#: Declared and never written, with the reason. A reasoner infers them.
INFERRED = {
    "Place": "countries and sites are written as what they are",
    "factor": "mechanisms, enablers and barriers are written as what they are",
    "taught": "the other way round, sou:learnedFrom is written",
}

Commit = Callable[..., Any]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return the graph of the bundled corpus, all its graphs in one."""
    ledger = Ledger(tmp_path_factory.mktemp("corpus") / "graph")
    ingest_corpus(ledger, reports())
    return written(ledger)


@pytest.fixture(scope="module")
def filled(commit: Commit, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return the graph of synthetic claims that fill what the corpus leaves out."""
    ledger = Ledger(tmp_path_factory.mktemp("filled") / "graph")
    usual: dict[str, Any] = {name: f"synthetic {name}" for name, type_ in CONTENT.items() if type_ == pa.string()}
    usual |= {name: [f"z {name}", f"a {name}"] for name, type_ in CONTENT.items() if pa.types.is_list(type_)}
    usual |= {name: True for name, type_ in CONTENT.items() if type_ == pa.bool_()}
    usual |= {"report": "url:example.org", "extra": '{"a": 1}', "when": "1995", "end": "1999", "country": "GBR"}
    usual |= {"countries": ["KEN"], "host_countries": ["KEN", "COL"], "visiting_countries": ["GBR"], "debrief": "yes"}
    usual |= {"source_country": "COL", "quote": "words", "confidence": "low", "name_type": "alias"}
    usual |= {"source_site": "Synthetic teacher", "domestic": False}
    claims = [usual | {"kind": kind, "locator": place} for kind, place in zip(KINDS, PLACES, strict=True)]
    commit(ledger, {"synthetic.xlsx": claims}, sayings={"synthetic.xlsx": [SAYING]})
    return written(ledger, {"title": "Synthetic", "digest": f"sha256:{'0' * 64}", "source_licences": [LICENCE]})


#: A locator of each shape. Synthetic, as are these.
PLACES = ("row=2", "Sheet!B2", "/a/b[3]", "page=3;char=1,9", "elsewhere")
SAYING = {
    "report": "url:example.org",
    "same_as": "doi:10.5555/synthetic",
    "title": "Synthetic report",
    "doi": "10.5555/synthetic",
    "url": "https://example.org",
    "year": "2001",
    "publisher": "Synthetic press",
    "licence": "CC0",
    "authors": "Nobody",
    "note": "for a test",
}
LICENCE = {"reports": 1, "licence": "CC0"}


def written(ledger: Ledger, about: dict[str, Any] | None = None) -> Graph:
    """Return what is written of a ledger, read by Oxigraph since it is the faster, as rdflib has it."""
    view = View(ledger, Scope())
    out = io.BytesIO()
    with closing(view.con):
        write_nquads(Identity(view), out, dataset=(lambda: about) if about else None)
    out.seek(0)
    graph = Graph()
    for quad in pyoxigraph.parse(out, format=pyoxigraph.RdfFormat.N_QUADS):
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: Any) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    assert isinstance(term, pyoxigraph.Literal)  # nothing is anonymous
    plain = term.datatype.value == str(XSD.string)
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(data=ontology_text("southerly.ttl"), format="turtle")


@pytest.fixture(scope="module", params=["corpus", "filled"])
def graph(request: pytest.FixtureRequest) -> Graph:
    found: Graph = request.getfixturevalue(request.param)
    return found


def test_every_term_written_is_declared(graph: Graph, vocabulary: Graph) -> None:
    used = set(graph.predicates()) | set(graph.objects(None, RDF.type))
    built_in = {RDF.type, RDF.value, RDFS.label, RDFS.comment}
    assert {each for each in used if (each, RDF.type, None) not in vocabulary} == used & built_in


def test_every_term_declared_is_written(corpus: Graph, filled: Graph, vocabulary: Graph) -> None:
    used = {*corpus.predicates(), *filled.predicates()}
    used |= {kind for each in (corpus, filled) for kind in each.objects(None, RDF.type)}
    silent = {each for each in ours(vocabulary, OWL.Class, *PROPERTY_TYPES) if each not in used}
    assert {str(each).removeprefix(NAMESPACE) for each in silent} == INFERRED.keys()


def test_who_has_a_property_and_what_values_it_has_is_as_declared(graph: Graph, vocabulary: Graph) -> None:
    """Stricter than a reasoner: types are those written, and what classes they imply; none is inferred from use."""
    types = _types(graph, vocabulary)
    for term in ours(vocabulary, *PROPERTY_TYPES):
        domain = set(members(vocabulary, next(vocabulary.objects(term, RDFS.domain))))
        ranges = set(vocabulary.objects(term, RDFS.range))
        for subject, value in graph.subject_objects(term):
            assert types[subject] & domain, f"{subject} has {term}"
            assert not ranges or _within(value, ranges, types), f"{subject} has {term} {value}"
            if not ranges:  # a concept or words
                scheme = isinstance(value, URIRef) and any(
                    str(value).startswith(f"{each}/") for each in vocabulary.objects(term, RDFS.seeAlso)
                )
                assert scheme or isinstance(value, Literal), f"{subject} has {term} {value}"


def _types(graph: Graph, vocabulary: Graph) -> dict[Node, set[Node]]:
    above: dict[Node, set[Node]] = {
        each: {above for above in vocabulary.transitive_objects(each, RDFS.subClassOf) if above is not None}
        for each in set(graph.objects(None, RDF.type))
    }
    place = URIRef(NAMESPACE + "Place")
    for each in ("Country", "Site"):
        above.setdefault(URIRef(NAMESPACE + each), set()).add(place)
    types: dict[Node, set[Node]] = defaultdict(set)
    for thing, kind in graph.subject_objects(RDF.type):
        types[thing] |= above[kind]
    return types


def _within(value: Node, ranges: set[Node], types: dict[Node, set[Node]]) -> bool:
    if isinstance(value, Literal):
        return (value.datatype or XSD.string) in ranges
    if ranges == {SKOS.Concept}:
        return "/scheme/" in str(value)
    return bool(types[value] & ranges)


def test_examples_are_of_the_corpus(corpus: Graph, vocabulary: Graph) -> None:
    for term in ours(vocabulary, *PROPERTY_TYPES):
        name = str(term).removeprefix(NAMESPACE)
        only_the_form = (term, SKOS.editorialNote, None) in vocabulary
        assert only_the_form == ((None, term, None) not in corpus and name not in INFERRED), name
        for example in vocabulary.objects(term, SKOS.example):
            kinds = [*vocabulary.subjects(RDFS.subPropertyOf, term), *vocabulary.subjects(OWL.inverseOf, term), term]
            said = any((None, each, example) in corpus or (example, each, None) in corpus for each in kinds)
            assert said or only_the_form, f"{name}: {example}"


def test_the_corpus_follows_the_shapes(graph: Graph) -> None:
    shapes = Graph().parse(data=ontology_text("shapes.ttl"), format="turtle")
    conforms, report, text = validate(graph, shacl_graph=shapes, inplace=True, allow_warnings=True)
    assert conforms, text[:2000]
    assert isinstance(report, Graph)
    warned = {str(each) for each in report.objects(None, SH.resultMessage)}
    assert all(each.startswith("A report should have a title") for each in warned), warned


def test_owl_rl_finds_no_contradiction_in_what_is_written(filled: Graph, corpus: Graph, vocabulary: Graph) -> None:
    """A reasoner takes hours over all of the corpus; all its sorts of statements are in these few things of it."""
    sample = vocabulary + filled
    for thing in _one_of_each(corpus):
        sample += corpus.triples((thing, None, None))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(sample)
    assert list(sample.objects(None, ERROR)) == []
    assert (None, PROV.wasInfluencedBy, None) in sample  # it did reason


def _one_of_each(corpus: Graph) -> Iterator[Node]:
    for kind in sorted(set(corpus.objects(None, RDF.type)), key=str):
        yield min(corpus.subjects(RDF.type, kind), key=str)
