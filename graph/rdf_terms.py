"""How the graph is spelt in RDF: namespaces, addresses of things, properties of what claims say, and SQL for terms.

Statements are made in SQL by column. `install` gives a connection the macros that make a term of a value, and `lines`
the expression that makes N-Quads of the terms of one subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

import duckdb

from ..ontology.countries import all_countries
from ..ontology.vocabulary import SCHEMES, concept_iri, terms

NAMESPACE = "https://w3id.org/southerly/ontology#"
THINGS = "https://w3id.org/southerly/id/"
GRAPHS = "https://w3id.org/southerly/graph/"
FUSED, PROVENANCE = f"{GRAPHS}fused", f"{GRAPHS}provenance"
REPORT_GRAPHS = f"{GRAPHS}report/"
INNOVATIONS = "https://w3id.org/southerly/scheme/innovations"

#: Prefixes of the namespaces that our statements use, for the syntaxes that shorten addresses.
PREFIXES = {
    "sou": NAMESPACE,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Kind = Literal["text", "concept", "stage", "country", "edtf", "date", "flag", "json"]


@dataclass(frozen=True, slots=True)
class Property:
    """What a column of a claim's content is in RDF."""

    name: str  # prefix and local name
    kind: Kind = "text"
    scheme: str = ""  # of a concept

    @property
    def iri(self) -> str:
        """The address."""
        return full(self.name)


def _concept(scheme: str, name: str) -> Property:
    return Property(name, "concept", scheme)


#: Column of `claims.CONTENT` to property, in the order in which a claim's statements stand. A list has a statement an
#: item. A concept or country that no scheme or code list has stays the text that it is.
PROPERTIES: dict[str, Property] = {
    "innovation": Property("sou:innovationSaid"),
    "innovation_kind": _concept("innovation-kind", "sou:kind"),
    "theme": _concept("practice-area", "dcterms:subject"),
    "country": Property("sou:country", "country"),
    "country_said": Property("sou:countrySaid"),
    "subdivision": Property("sou:subdivision"),
    "site": Property("sou:siteSaid"),
    "when_said": Property("sou:whenSaid"),
    "when": Property("sou:when", "edtf"),
    "earliest": Property("sou:earliest", "date"),
    "latest": Property("sou:latest", "date"),
    "end_said": Property("sou:endSaid"),
    "end": Property("sou:end", "edtf"),
    "end_earliest": Property("sou:endEarliest", "date"),
    "end_latest": Property("sou:endLatest", "date"),
    "left_censored": Property("sou:leftCensored", "flag"),
    "stage": Property("sou:stage", "stage"),
    "domestic": Property("sou:domestic", "flag"),
    "source_country": Property("sou:sourceCountry", "country"),
    "source_country_said": Property("sou:sourceCountrySaid"),
    "source_site": Property("sou:sourceSiteSaid"),
    "source_adoption": Property("sou:sourceAdoptionSaid"),
    "channel": _concept("channel", "sou:channel"),
    "exchange": Property("sou:exchangeSaid"),
    "partners": Property("sou:partnerSaid"),
    "adaptation": Property("sou:adaptation"),
    "outcome": Property("sou:outcomeText"),
    "outcome_level": _concept("outcome-level", "sou:outcomeLevel"),
    "metric": Property("sou:metric"),
    "value": Property("sou:value"),
    "unit": Property("sou:unit"),
    "mechanisms": _concept("mechanism", "sou:mechanism"),
    "enablers": _concept("enabler", "sou:enabler"),
    "barriers": _concept("barrier", "sou:barrier"),
    "countries": Property("sou:adopterCountry", "country"),
    "title": Property("dcterms:title"),
    "exchange_type": _concept("exchange-type", "sou:exchangeType"),
    "direction": _concept("direction", "sou:direction"),
    "host_countries": Property("sou:hostCountry", "country"),
    "host_organisations": Property("sou:hostOrganisation"),
    "host_sites": Property("sou:hostSite"),
    "visiting_countries": Property("sou:visitingCountry", "country"),
    "visiting_organisations": Property("sou:visitingOrganisation"),
    "visiting_sites": Property("sou:visitingSite"),
    "funders": Property("sou:funder"),
    "facilitators": Property("sou:facilitator"),
    "shown": Property("sou:shown"),
    "participants": Property("sou:participants"),
    "cadre": _concept("cadre", "sou:cadre"),
    "decision_power": Property("sou:decisionPower"),
    "debrief": Property("sou:debrief"),
    "mission": Property("sou:mission"),
    "learning_level": Property("sou:learningLevel"),
    "name": Property("sou:nameSaid"),
    "name_type": Property("sou:nameType"),
    "extra": Property("sou:extra", "json"),
}

#: Kind of claim to its class.
CLAIM_CLASSES = {
    "origin": "OriginClaim",
    "adoption": "AdoptionClaim",
    "exchange": "ExchangeClaim",
    "outcome": "OutcomeClaim",
    "name": "NameClaim",
}


def full(name: str) -> str:
    """Return the address that a prefix and a local name stand for.

    >>> full("prov:Entity")
    'http://www.w3.org/ns/prov#Entity'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def thing(id_: str) -> str:
    """Return the address of something that the graph knows by an id.

    >>> thing("site:KEN:kitui")
    'https://w3id.org/southerly/id/site/KEN:kitui'
    """
    cls, _, rest = id_.partition(":")
    return f"{THINGS}{cls}/{quote(rest, safe=':')}"


@dataclass(frozen=True, slots=True)
class Term:
    """SQL for a term: text that is the same in every row, what varies, and text again."""

    before: str = ""
    value: str = ""  # SQL; empty for nothing
    after: str = ""

    @property
    def sql(self) -> str:
        """The term as one expression."""
        return concatenated(arguments([("", self)]))


def named(name: str) -> Term:
    """Return the IRI that a prefix and a local name stand for."""
    return Term(f"<{full(name)}>")


def thing_of(cls: str, rest: str) -> Term:
    """Return the IRI of a thing of a class, by SQL for the rest of its id."""
    return Term(f"<{THINGS}{cls}/", f"rdf_iri({rest})", ">")


def text(value: str) -> Term:
    """Return a literal of SQL for its text."""
    return Term('"', f"rdf_escape({value})", '"')


def typed(value: str, name: str) -> Term:
    """Return a literal of a datatype, by its prefix and local name, of SQL for its text."""
    return Term('"', f"rdf_escape({value})", f'"^^<{full(name)}>')


def plain(value: str, name: str) -> Term:
    """Return a literal of a datatype of SQL for a number, date or flag, in which there is nothing to escape."""
    return Term('"', f"({value})::VARCHAR", f'"^^<{full(name)}>')


def concept_of(scheme: str, value: str) -> Term:
    """Return the concept whose label SQL gives, or a literal where the scheme has none."""
    return Term(value=f"rdf_concept_{scheme.replace('-', '_')}({value})")


def each_of(values: str, item: Term) -> Term:
    """Return the terms of a list, `item` being that of `i`; once each, for texts may differ in what none may carry."""
    return Term(value=f"list_sort(list_distinct(list_transform({values}, lambda i: {item.sql})))")


@dataclass(frozen=True, slots=True)
class Statement:
    """What SQL says of a subject."""

    name: str  # prefix and local name of the property
    value: Term  # the object; with `each` a list of objects
    given: str = ""  # SQL for what must not be null for it to be said; empty is always
    each: bool = False


def lines(subject: Term, tail: Term, statements: Sequence[Statement], between: Term | None = None) -> list[str]:
    """Return SQL for the N-Quads of one subject, a line a statement, as arguments of one `concat`.

    The first and the last statement must be given whenever any other is: the subject stands before the first, and
    between two lines. So DuckDB copies every piece once, and makes no line by itself.

    Args:
        subject: what is spoken of.
        tail: what ends a line: the graph and a full stop, or a full stop alone.
        statements: what is said, in this order.
        between: tail, subject and a space, where a column has them ready.

    """
    space = Term(" ")
    next_ = (between,) if between else (tail, subject, space)
    pieces: list[tuple[str, Term]] = [(statements[0].given, subject), (statements[0].given, space)]
    for said in statements:
        end = (tail,) if said is statements[-1] else next_
        start = Term(f"<{full(said.name)}> ")
        if said.each:
            line = concatenated(arguments([("", each) for each in (start, Term(value="o"), *end)]))
            pieces.append(
                ("", Term(value=f"array_to_string(list_transform({said.value.value}, lambda o: {line}), '')"))
            )
        else:
            pieces += [(said.given, each) for each in (start, said.value, *end)]
    return arguments(pieces)


def concatenated(parts: Sequence[str]) -> str:
    """Return SQL for texts one after the other, null being none."""
    return f"concat({', '.join(parts)})"


def arguments(pieces: Sequence[tuple[str, Term]]) -> list[str]:
    """Return what to hand to `concat` for terms, each with what it is given by; constants that meet become one."""
    flat: list[tuple[str, bool, str]] = []
    for given, each in pieces:
        for constant, part in ((True, each.before), (False, each.value), (True, each.after)):
            if constant and flat and flat[-1][:2] == (given, True):
                flat[-1] = (given, True, flat[-1][2] + part)
            elif part:
                flat.append((given, constant, part))
    said = [(given, _quoted(part) if constant else part) for given, constant, part in flat]
    return [f"CASE WHEN {given} IS NOT NULL THEN {part} END" if given else part for given, part in said]


def _quoted(constant: str) -> str:
    return "'" + constant.replace("'", "''") + "'"


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Make the macros of terms in a connection.

    `rdf_iri` percent-encodes (RFC 3986 §2.3), and keeps colons, which no relative reference can be mistaken for here.
    `rdf_escape` escapes as canonical N-Quads do (RDF 1.2 N-Quads §4) a text in which what XML 1.0 forbids has become
    U+FFFD, so that every syntax can say it; `rdf_plain` says that there is nothing to escape.
    """
    controls = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
    escaped = "replace(rdf_clean(x), chr(92), '\\\\')"
    for character, escape in (("chr(34)", '\\"'), ("chr(10)", "\\n"), ("chr(13)", "\\r"), ("chr(9)", "\\t")):
        escaped = f"replace({escaped}, {character}, '{escape}')"
    escaped = f"replace({escaped}, chr(127), '\\u007F')"
    codes = "|".join(country.iso3 for country in all_countries())
    macros = {
        "rdf_clean(x)": f"regexp_replace(x, '{controls}', chr(65533), 'g')",
        "rdf_plain(x)": r"NOT regexp_matches(x, '[\x00-\x1f\"\\\x7f\x{fffe}\x{ffff}]')",
        "rdf_escape(x)": f"CASE WHEN rdf_plain(x) THEN x ELSE {escaped} END",
        "rdf_iri(x)": "replace(url_encode(x), '%3A', ':')",
        "rdf_country(x)": f"CASE WHEN regexp_full_match(x, '{codes}') THEN concat('<{THINGS}country/', x, '>') "
        f"ELSE {text('x').sql} END",
        **{f"rdf_concept_{scheme.replace('-', '_')}(x)": _concept_sql(scheme) for scheme in SCHEMES},
    }
    for signature, body in macros.items():
        con.execute(f"CREATE OR REPLACE TEMP MACRO {signature} AS {body}")


def _concept_sql(scheme: str) -> str:
    whens = " ".join(f"WHEN {_quoted(each.label)} THEN '<{concept_iri(scheme, each.label)}>'" for each in terms(scheme))
    return f"CASE x {whens} ELSE {text('x').sql} END"
