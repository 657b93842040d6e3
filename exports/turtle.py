"""RDF as Turtle, a statement a line: PROV-O, SKOS, DCTERMS and schema.org, and our own terms where they have none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TextIO
from urllib.parse import quote

from ..ontology.vocabulary import concept_iri, find_term
from .cells import json_text
from .content import Content, Row, Stamp

NAMESPACE = "https://w3id.org/southerly/ontology#"
THINGS = "https://w3id.org/southerly/id/"

_PREFIXES = {
    "": NAMESPACE,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_YEAR = re.compile(r"\d{4}", re.ASCII)

_Statements = Iterator[tuple[str, str | None]]


def write_turtle(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write innovations, places with their adoptions and origins, transfers, claims and reports; then the dataset."""
    for prefix, namespace in _PREFIXES.items():
        out.write(f"@prefix {prefix}: <{namespace}> .\n")
    for innovation in content.innovations():
        _write(out, thing(innovation["id"]), _innovation(innovation))
    for place in content.places():
        subject = thing(place["id"])
        _write(out, subject, _place(place))
        for adoption in place["adopted"]:
            _write(out, thing(adoption["id"]), _adoption(adoption, subject))
        for origin in place["originated"]:
            id_ = f"{origin['innovation'].replace('innovation:', 'origin:', 1)}:{place['country']}"
            _write(out, thing(id_), _origin(origin, subject))
    for transfer in content.transfers():
        _write(out, thing(transfer["id"]), _transfer(transfer))
    for claim in content.claims():
        _write(out, thing(claim["id"]), _claim(claim))
    for report in content.reports():
        _write(out, _report_iri(report["id"]), _report(report))
    about = content.about(stamp)
    _write(out, thing(about["digest"].replace("sha256", "dataset")), _dataset(about))


def thing(id_: str) -> str:
    """Return the address of something that the graph knows by an id, in Turtle.

    >>> thing("site:KEN:kitui")
    '<https://w3id.org/southerly/id/site/KEN:kitui>'
    """
    cls, _, rest = id_.partition(":")
    return f"<{THINGS}{cls}/{quote(rest, safe=':')}>"


def _report_iri(key: str) -> str:
    return thing(f"report:{key}")


def _innovation(row: Row) -> _Statements:
    yield "a", ":Innovation"
    yield "a", "skos:Concept"
    yield "skos:prefLabel", _text(row["label"])
    for alias in row["aliases"]:
        yield "skos:altLabel", _text(alias)
    for kind in row["kinds"]:
        yield ":kind", _term("innovation-kind", kind)
    for theme in row["themes"]:
        yield "dcterms:subject", _term("practice-area", theme)


def _place(row: Row) -> _Statements:
    country = row["class"] == "country"
    yield "a", ":Country" if country else ":Site"
    yield "a", "schema:Country" if country else "schema:Place"
    yield "rdfs:label", _text(row["label"])
    if not country:
        yield "schema:containedInPlace", thing(f"country:{row['country']}")
        return
    yield "skos:notation", _text(row["country"])
    for name, property_ in (("lat", "schema:latitude"), ("lon", "schema:longitude")):
        if name in row:
            yield property_, f'"{row[name]}"^^xsd:decimal'


def _adoption(row: Row, place: str) -> _Statements:
    yield "a", ":Adoption"
    yield "a", "prov:Entity"
    yield ":innovation", thing(row["innovation"])
    yield ":place", place
    yield from _dates(row)
    yield ":end", _edtf(row.get("end"))
    yield ":stage", _term("adoption-stage", row["stage"]) if "stage" in row else None
    yield ":domestic", _flag(row["domestic"])
    yield ":considered", _flag(row["considered"])
    yield ":leftCensored", _flag(row["left_censored"])
    yield ":certain", _flag(row["certain"])
    yield from _derived(row)


def _origin(row: Row, place: str) -> _Statements:
    yield "a", ":Origin"
    yield "a", "prov:Entity"
    yield ":innovation", thing(row["innovation"])
    yield ":place", place
    yield ":siteSaid", _text(row["site"]) if "site" in row else None
    yield from _dates(row)
    yield ":contested", _flag(row["contested"])
    yield from _derived(row)


def _transfer(row: Row) -> _Statements:
    yield "a", ":Transfer"
    yield "a", "prov:Entity"
    yield ":innovation", thing(row["innovation"])
    yield ":from", thing(row["from"])
    yield ":to", thing(row["to"])
    yield ":adoption", thing(row["adoption"])
    yield from _dates(row)
    yield ":basis", _term("basis", row["basis"])
    yield ":rule", _text(row["rule"]) if "rule" in row else None
    yield ":direction", _term("direction", row["direction"])
    for channel in row["channels"]:
        yield ":channel", _term("channel", channel)
    yield ":certain", _flag(row["certain"])
    yield from _derived(row)


def _claim(row: Row) -> _Statements:
    yield "a", ":Claim"
    yield "a", "prov:Entity"
    yield ":claimKind", _text(row["kind"])
    yield ":status", _term("claim-status", row["status"])
    yield "prov:wasDerivedFrom", _report_iri(row["report"])


def _report(row: Row) -> _Statements:
    yield "a", "dcterms:BibliographicResource"
    yield "a", "prov:Entity"
    yield "dcterms:identifier", _text(row["id"])
    # DCTERMS wants things where reports give only names: hence the older elements.
    for name, property_ in (
        ("title", "dcterms:title"),
        ("authors", "dc:creator"),
        ("publisher", "dc:publisher"),
        ("licence", "dc:rights"),
        ("doi", ":doi"),
    ):
        yield property_, _text(row[name]) if name in row else None
    if "url" in row:
        yield "schema:url", f"{_text(row['url'])}^^xsd:anyURI"
    if "year" in row:
        yield "dcterms:date", _text(row["year"]) + ("^^xsd:gYear" if _YEAR.fullmatch(row["year"]) else "")


def _dataset(about: Row) -> _Statements:
    yield "a", "void:Dataset"
    yield "dcterms:title", _text(about["title"])
    yield ":digest", _text(about["digest"])
    yield "void:vocabulary", f"<{NAMESPACE}>"
    yield ":metadata", _text(json_text(about))
    for licence in about["source_licences"]:
        yield "dc:rights", _text(f"{licence['reports']} reports: {licence['licence']}")


def _dates(row: Row) -> _Statements:
    yield ":when", _edtf(row.get("when"))
    for name in ("earliest", "latest"):
        yield f":{name}", f'"{row[name]}"^^xsd:date' if name in row else None


def _derived(row: Row) -> _Statements:
    for claim in row["claims"]:
        yield "prov:wasDerivedFrom", thing(claim)


def _term(scheme: str, phrase: str) -> str:
    """Return the concept that a phrase means, or the phrase itself where the vocabulary has none."""
    found = find_term(scheme, phrase)
    return f"<{concept_iri(scheme, found)}>" if found else _text(phrase)


def _edtf(when: str | None) -> str | None:
    return f'"{when}"^^edtf:EDTF' if when else None


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _text(value: Any) -> str:
    return f'"{str(value).translate(_ESCAPES)}"'


def _write(out: TextIO, subject: str, statements: _Statements) -> None:
    out.writelines(f"{subject} {name} {value} .\n" for name, value in statements if value is not None)
