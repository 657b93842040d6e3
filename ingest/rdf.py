"""RDF that follows the model (`graph/rdf_terms`) comes back in as claims: what was exported is the same claims again.

A claim is a node of a class such as sou:AdoptionClaim. Its report is what it was derived from, else the report whose
graph it stands in. Evidence is optional. What claims come to (adoptions, transfers …) is not read, but worked out anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc

from ..graph.claims import claims_from, report_table
from ..graph.ledger_schema import SAYING
from ..graph.rdf_nodes import Node, Nodes, rest_of, term_of
from ..graph.rdf_parse import NotRead, loaded
from ..graph.rdf_terms import CLAIM_CLASSES, PROPERTIES, REPORT_GRAPHS, full
from ..graph.reports import normal_doi, normal_url, report_key
from ..ontology.vocabulary import terms
from .fields import CONFIDENCE
from .rdf_claims import Unfit, content_of, kind_of
from .reading import Batch, Carrier, Note, Problem
from .table_batch import MAX_CELL, WHOLE, excerpt

INGESTER = "rdf/1"
BATCH_CLAIMS = 5000

_TYPE, _DERIVED, _BODY, _RECORD = map(full, ("rdf:type", "prov:wasDerivedFrom", "oa:hasBody", "sou:record"))
_READ_ELSEWHERE = {
    *(said.iri for said in PROPERTIES.values()),
    *(full(f"sou:{name}") for name in ("status", "listOrder", "about", "aboutExchange", "presence")),
    *(full(f"sou:{name}") for name in ("review", "method", "confidence", "locator")),
    _TYPE,
    _DERIVED,
}
_REPORT_FIELDS = {
    "title": "dcterms:title",
    "authors": "dc:creator",
    "publisher": "dc:publisher",
    "licence": "dc:rights",
    "doi": "sou:doi",
    "url": "schema:url",
    "year": "dcterms:date",
    "note": "rdfs:comment",
}
_KEY = re.compile(r"(doi|url|iati|sha256):.")
_METHODS = ("curated", "table", "rule", "model")


def read_rdf(carrier: Carrier) -> Iterator[Batch]:
    """Read the claims of a file of RDF, some thousands a batch."""
    try:
        with loaded(carrier.path) as found:
            yield from _Reading(Nodes(found.store)).batches()
    except NotRead as refused:
        problem = Problem(refused.where or WHOLE, refused.found, refused.expected, refused.hint)
        yield Batch(INGESTER, pa.array([], pa.int64()), problems=(problem,))


@dataclass
class _Reading:
    """One file being read: its statements, and what is to be told of them."""

    nodes: Nodes
    notes: Counter[str] = field(default_factory=Counter)
    keys: dict[str, str | None] = field(default_factory=dict)  # of reports, by address

    def batches(self) -> Iterator[Batch]:
        """Yield the claims in the order of their records, then what is said of reports that claim nothing."""
        claims = self._claims()
        told: set[str] = set()
        for start in range(0, max(len(claims), 1), BATCH_CLAIMS):
            some = claims[start : start + BATCH_CLAIMS]
            last = start + BATCH_CLAIMS >= len(claims)
            yield self._batch(some, start, told, last)

    def _claims(self) -> list[str]:
        """Return the names of the claims. Equal claims keep the order of their records, so that their ids stay."""
        classes = [full(f"sou:{name}") for name in (*CLAIM_CLASSES.values(), "Claim")]
        names = {name for cls in classes for name in self.nodes.naming(_TYPE, cls)}
        return sorted(names, key=lambda name: (self._record(name), name))

    def _record(self, claim: str) -> int:
        told = [text for each in self.nodes.naming(_BODY, claim) for text in self.nodes.node(each).texts(_RECORD)]
        return min((int(text[:18]) for text in told if text.isascii() and text.isdecimal()), default=0)

    def _batch(self, claims: list[str], start: int, told: set[str], last: bool) -> Batch:
        rows, problems, sayings = [], [], []
        for record, name in enumerate(claims, start):
            node, key = self.nodes.node(name), None
            try:
                report, key = self._report(node)
                row = self._row(node, key)
            except Unfit as unfit:
                problems.append(Problem(name, unfit.found, unfit.expected, unfit.hint, unfit.name, key, record))
                continue
            rows.append({"record": record, **row})
            if report is not None and report not in told:
                told.add(report)
                sayings += [{"record": record, **saying} for saying in self._sayings(report, key)]
        records = list(range(start, start + len(claims)))
        if last:
            others = [saying for report in self._other_reports(told) for saying in report]
            sayings += [{"record": start + len(claims), **saying} for saying in others]
            records += [start + len(claims)] if others else []
        table = claims_from(rows)
        columns = {name: [row.get(name) for row in sayings] for name in ("record", "report", *SAYING)}
        notes = tuple(Note(text, count) for text, count in self.notes.items())
        self.notes.clear()
        return Batch(
            INGESTER,
            pa.array(records, pa.int64()),
            table,
            report_table(columns, len(sayings)),
            _unplaced(table),
            tuple(problems),
            notes,
        )

    def _row(self, node: Node, report: str) -> dict[str, Any]:
        kind = kind_of(node)
        left_out: list[str] = []
        content = content_of(node, kind, left_out)
        self.notes.update(left_out)
        self.notes.update(
            f"no field keeps <{excerpt(iri, 120)}>, so it was left out"
            for iri in node.said
            if iri not in _READ_ELSEWHERE
        )
        return {
            "report": report,
            "kind": kind,
            "status": _term(node, "sou:status", "claim-status") or "actual",
            **content,
            **self._evidence(node),
        }

    def _evidence(self, node: Node) -> dict[str, Any]:
        """Return how a claim is known: by its best evidence, else by what its own node says."""
        found = [self._told(self.nodes.node(name)) for name in set(self.nodes.naming(_BODY, node.name))]
        if not found:
            return {"locator": None if node.is_blank else node.name, "method": "curated"} | self._told(node)
        if len(found) > 1:
            self.notes["a claim has several pieces of evidence; the surest was kept"] += 1
        return min(found, key=_worth)

    def _told(self, node: Node) -> dict[str, Any]:
        """Return what a node says of how something is known: columns of evidence and the review."""
        told = {
            "review": _term(node, "sou:review", "review-state") or "accepted",
            "locator": node.text(full("sou:locator")),
            "method": _choice(node, "sou:method", _METHODS),
            "confidence": _choice(node, "sou:confidence", CONFIDENCE),
        }
        for target in node.texts(full("oa:hasTarget")):
            for selector in self.nodes.node(target).texts(full("oa:hasSelector")):
                quote = self.nodes.node(selector).text(full("oa:exact"))
                if quote and len(quote) <= MAX_CELL and "\0" not in quote:
                    told["quote"] = quote
        return {name: value for name, value in told.items() if value is not None}

    def _report(self, node: Node) -> tuple[str | None, str]:
        """Return the report of a claim, by the name of its node and by its key.

        Raises Unfit if it has none, or several.
        """
        keys: dict[str, str | None] = {}
        for value in node.said.get(_DERIVED, []):
            if value.is_node and (key := self._key(value.text)):
                keys[key] = value.text
        if not keys:
            graphs = [graph for graph in self.nodes.graphs(node.name, _TYPE) if graph.startswith(REPORT_GRAPHS)]
            keys = {unquote(graph[len(REPORT_GRAPHS) :]): None for graph in graphs}
        if len(keys) != 1:
            raise Unfit(
                "prov:wasDerivedFrom",
                f"{len(keys)} reports: {' and '.join(sorted(keys)[:3])}" if keys else "a claim without a report",
                "one report, known by its DOI, web address or dcterms:identifier",
                "make a claim of each" if keys else "say prov:wasDerivedFrom which report it is",
            )
        ((key, report),) = keys.items()
        return report, key

    def _key(self, name: str) -> str | None:
        """Return the key of a report: ours, else by what its node says, else by its address."""
        if name not in self.keys:
            node = self.nodes.node(name)
            told = [text for text in node.texts(full("dcterms:identifier")) if _KEY.match(text)]
            addresses = [text for text in (*node.texts(full("schema:url")), name) if normal_url(text)]
            said = (*node.texts(full("sou:doi")), *node.texts(full("dcterms:identifier")))
            number = next((text for text in said if normal_doi(text)), None)
            by_name = report_key(doi=number, url=next(iter(addresses), None))
            self.keys[name] = rest_of(name, "report") or next(iter(told), None) or by_name
        return self.keys[name]

    def _sayings(self, report: str, key: str) -> Iterator[dict[str, Any]]:
        """Yield what a file says of a report; one that is known by several other keys is said once for each."""
        node = self.nodes.node(report)
        said = {name: node.text(full(iri)) for name, iri in _REPORT_FIELDS.items()}
        said = {n: v for n, v in said.items() if v is not None and len(v) <= MAX_CELL and "\0" not in v}
        same = [other for text in node.texts(full("schema:sameAs")) if (other := self._key(text))]
        if said or same:
            yield {"report": key, **said, "same_as": same[0] if same else None}
        yield from ({"report": key, "same_as": other} for other in same[1:])

    def _other_reports(self, told: set[str]) -> Iterator[list[dict[str, Any]]]:
        """Yield what is said of reports that claim nothing, such as those that others are the same as."""
        for name in sorted(set(self.nodes.naming(_TYPE, full("sou:Report"))) - told):
            if (key := self._key(name)) and (said := list(self._sayings(name, key))):
                yield said


def _term(node: Node, name: str, scheme: str) -> str | None:
    """Return the term of a scheme that a node names by address or label.

    Raises Unfit if it is none.
    """
    text = node.text(full(name))
    if text is None:
        return None
    found = term_of(text, scheme) or next((term.label for term in terms(scheme) if term.label == text), None)
    if found is None:
        raise Unfit(name, f"“{excerpt(text)}”", f"a term of the scheme {scheme}", "correct it, or leave it out")
    return found


def _choice(node: Node, name: str, choices: tuple[str, ...]) -> str | None:
    text = node.text(full(name))
    if text is not None and text not in choices:
        raise Unfit(name, f"“{excerpt(text)}”", f"one of {', '.join(choices)}", "correct it, or leave it out")
    return text


def _worth(evidence: dict[str, Any]) -> tuple[bool, int, str]:
    sure = CONFIDENCE.index(evidence["confidence"]) if "confidence" in evidence else -1
    return evidence["review"] != "accepted", -sure, evidence.get("locator") or ""


def _unplaced(claims: pa.Table) -> pa.Array:
    """Return the records that adopt somewhere, or began somewhere, but in no country that is named."""
    moves = pc.is_in(claims["kind"], pa.array(["adoption", "origin"]))
    return claims.filter(pc.and_(moves, pc.is_null(claims["country"])))["record"].combine_chunks()
