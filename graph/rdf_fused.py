"""The fused view in RDF: innovations, places, exchanges, who took up what, where and from whom; links from claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .rdf_terms import (
    FUSED,
    INNOVATIONS,
    THINGS,
    Statement,
    Term,
    concatenated,
    concept_of,
    each_of,
    full,
    lines,
    named,
    plain,
    text,
    thing_of,
)
from .reviewed import ACCEPTED

#: The EU's authority table of countries, whose codes are those of ISO 3166-1 alpha-3 for all that has one.
_EU_COUNTRIES = "http://publications.europa.eu/resource/authority/country/"
_TAIL = Term(f" <{FUSED}> .\n")


def fused_lines() -> Iterator[str]:
    """Yield SQL that yields the fused graph as `lines`: classes in a fixed order, each by id."""
    yield from (_innovations(), _countries(), _sites(), _exchanges(), _presences())
    yield from (_adoptions(), _origins(), _transfers(), _links())


def _innovations() -> str:
    return _lines(
        thing_of("innovation", "substr(id, 12)"),
        "rdf_innovation ORDER BY id",
        Statement("rdf:type", named("sou:Innovation")),
        Statement("rdf:type", named("skos:Concept")),
        Statement("skos:inScheme", Term(f"<{INNOVATIONS}>")),
        Statement("skos:altLabel", each_of("aliases", text("i")), given="aliases", each=True),
        Statement("sou:kind", each_of("kinds", concept_of("innovation-kind", "i")), given="kinds", each=True),
        Statement("dcterms:subject", each_of("themes", concept_of("practice-area", "i")), given="themes", each=True),
        Statement("skos:prefLabel", text("label")),
    )


def _countries() -> str:
    country = Term(f"<{THINGS}country/", "rdf_iri(code)", ">")
    point = replace(country, after="#point>")
    wkt = Term('"POINT(', "concat(lon, ' ', lat)", f')"^^<{full("geo:wktLiteral")}>')
    return _lines(
        country,
        "rdf_country ORDER BY code",
        Statement("rdf:type", named("sou:Country")),
        Statement("rdf:type", named("schema:Country")),
        Statement("rdfs:label", text("label")),
        Statement("sou:region", text("region"), given="region"),
        Statement("schema:latitude", plain("lat", "xsd:decimal"), given="lat"),
        Statement("schema:longitude", plain("lon", "xsd:decimal"), given="lat"),
        Statement("geo:hasGeometry", point, given="lat"),
        Statement("schema:sameAs", Term(f"<{_EU_COUNTRIES}", "same", ">"), given="same"),
        Statement("skos:notation", text("code")),
        also=lines(
            point,
            _TAIL,
            (
                Statement("rdf:type", named("geo:Geometry"), given="lat"),
                Statement("geo:asWKT", wkt, given="lat"),
            ),
        ),
    )


def _sites() -> str:
    return _lines(
        thing_of("site", "country || ':' || site_key"),
        "rdf_site ORDER BY country, site_key",
        Statement("rdf:type", named("sou:Site")),
        Statement("rdfs:label", text("label"), given="label"),
        Statement("schema:containedInPlace", _country("country")),
    )


def _exchanges() -> str:
    return _lines(
        thing_of("exchange", "key"),
        "rdf_exchange ORDER BY key",
        Statement("rdf:type", named("sou:Exchange")),
        Statement("rdfs:label", text("label")),
    )


def _presences() -> str:
    return _lines(
        _presence("country"),
        "rdf_presence ORDER BY innovation, country",
        Statement("rdf:type", named("sou:Presence")),
        Statement("sou:innovation", _INNOVATION),
        Statement("sou:learnedFrom", Term(value="sources"), given="sources", each=True),
        Statement("sou:country", _country("country")),
    )


def _adoptions() -> str:
    return _lines(
        thing_of("adoption", "substr(id, 10)"),
        f"""(
            SELECT a.*, w."when", e."when" AS "end", g.income, g.extrapolated FROM rdf_adoption a
            JOIN rdf_when w ON {_same("w", "a", "earliest", "latest")}
            JOIN rdf_when e ON e.earliest IS NOT DISTINCT FROM a.end_earliest
                AND e.latest IS NOT DISTINCT FROM a.end_latest
            JOIN rdf_income g ON g.country = a.country AND {_same("g", "a", "earliest", "latest")}
        ) ORDER BY id""",
        Statement("rdf:type", named("sou:Adoption")),
        Statement("rdf:type", named("prov:Entity")),
        Statement("sou:innovation", _INNOVATION),
        Statement("sou:place", _place("country", "site_key")),
        Statement("sou:country", _country("country")),
        Statement("sou:presence", _presence("country")),
        *_DATES,
        Statement("sou:end", plain('"end"', "edtf:EDTF"), given='"end"'),
        Statement("sou:stage", concept_of("adoption-stage", "stage"), given="stage"),
        Statement("sou:domestic", plain("domestic", "xsd:boolean")),
        Statement("sou:considered", plain("considered", "xsd:boolean")),
        Statement("sou:leftCensored", plain("left_censored", "xsd:boolean")),
        Statement("sou:certain", plain("certain", "xsd:boolean")),
        Statement("sou:incomeGroup", text("income"), given="income"),
        Statement("sou:extrapolated", plain("extrapolated", "xsd:boolean")),
        *_SUPPORT,
    )


def _origins() -> str:
    return _lines(
        thing_of("origin", "substr(innovation, 12) || ':' || country"),
        f"""(
            SELECT o.*, w."when" FROM rdf_origin o JOIN rdf_when w ON {_same("w", "o", "earliest", "latest")}
        ) ORDER BY innovation, country""",
        Statement("rdf:type", named("sou:Origin")),
        Statement("rdf:type", named("prov:Entity")),
        Statement("sou:innovation", _INNOVATION),
        Statement("sou:place", _country("country")),
        Statement("sou:country", _country("country")),
        Statement("sou:presence", _presence("country")),
        Statement("sou:siteSaid", text("site"), given="site"),
        *_DATES,
        Statement("sou:contested", plain("contested", "xsd:boolean")),
        _DERIVED,
        _REVIEW,
        Statement("sou:reports", plain("reports", "xsd:integer")),
    )


def _transfers() -> str:
    return _lines(
        thing_of("transfer", "name"),
        f"""(
            SELECT t.*, w."when", f.income AS from_income, g.income AS to_income, d.direction FROM rdf_transfer t
            JOIN rdf_when w ON {_same("w", "t", "earliest", "latest")}
            JOIN rdf_income f ON f.country = t.from_country AND {_same("f", "t", "earliest", "latest")}
            JOIN rdf_income g ON g.country = t.to_country AND {_same("g", "t", "earliest", "latest")}
            JOIN rdf_direction d ON d.from_country = t.from_country AND d.to_country = t.to_country
                AND {_same("d", "t", "earliest", "latest")}
        ) ORDER BY name""",
        Statement("rdf:type", named("sou:Transfer")),
        Statement("rdf:type", named("prov:Entity")),
        Statement("sou:innovation", _INNOVATION),
        Statement("sou:from", _place("from_country", "from_site_key")),
        Statement("sou:to", _place("to_country", "to_site_key")),
        Statement("sou:fromCountry", _country("from_country")),
        Statement("sou:toCountry", _country("to_country")),
        Statement("sou:adoption", thing_of("adoption", "substr(adoption, 10)")),
        *_DATES,
        Statement("sou:basis", concept_of("basis", "basis")),
        Statement("sou:rule", text("rule"), given="rule"),
        Statement("sou:direction", concept_of("direction", "direction")),
        Statement("sou:fromIncome", text("from_income"), given="from_income"),
        Statement("sou:toIncome", text("to_income"), given="to_income"),
        Statement("sou:channel", each_of("channels", concept_of("channel", "i")), given="channels", each=True),
        Statement("sou:certain", plain("certain", "xsd:boolean")),
        *_SUPPORT,
    )


def _links() -> str:
    claim = Term(f"<{THINGS}claim/", "substr(claim_id, 7)", ">")
    about = Statement("sou:about", _INNOVATION, given="innovation")
    exchange = Statement("sou:aboutExchange", thing_of("exchange", "exchange"), given="exchange")
    relation = "rdf_link ORDER BY claim_id, innovation, exchange"
    return _lines(claim, relation, about, also=lines(claim, _TAIL, (exchange,)))


def _lines(subject: Term, relation: str, *statements: Statement, also: Sequence[str] = ()) -> str:
    """Return SQL for the lines of every row of a relation in order."""
    told = concatenated([*lines(subject, _TAIL, statements), *also])
    return f"SELECT {told} AS lines FROM (FROM {relation})"


def _country(code: str) -> Term:
    return thing_of("country", code)


def _place(country: str, site_key: str) -> Term:
    site = thing_of("site", f"{country} || ':' || {site_key}")
    return Term(value=f"CASE WHEN {site_key} IS NULL THEN {_country(country).sql} ELSE {site.sql} END")


def _presence(country: str) -> Term:
    return thing_of("presence", f"substr(innovation, 12) || ':' || {country}")


def _same(one: str, other: str, *columns: str) -> str:
    return " AND ".join(f"{one}.{name} IS NOT DISTINCT FROM {other}.{name}" for name in columns)


_INNOVATION = thing_of("innovation", "substr(innovation, 12)")
_DATES = (
    Statement("sou:when", plain('"when"', "edtf:EDTF"), given='"when"'),
    Statement("sou:earliest", plain("earliest", "xsd:date"), given="earliest"),
    Statement("sou:latest", plain("latest", "xsd:date"), given="latest"),
)
_DERIVED = Statement(
    "prov:wasDerivedFrom",
    Term(value=f"list_transform(claims, lambda i: concat('<{THINGS}claim/', substr(i, 7), '>'))"),
    each=True,
)
#: Only said of what rests on claims alone that nobody has reviewed.
_REVIEW = Statement("sou:review", concept_of("review-state", "review"), given=f"nullif(review, '{ACCEPTED}')")
_SUPPORT = (
    _DERIVED,
    _REVIEW,
    Statement("sou:reports", plain("reports", "xsd:integer")),
    Statement("sou:publishers", plain("publishers", "xsd:integer")),
)
