"""Claims in RDF: a named graph a report with what it says, where it says it and what is said of it; and provenance.

A line is made of a claim's columns once they lie in order, so that the sort carries values and no text of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pyarrow as pa

from .claims import CONTENT
from .ledger_schema import SAYING
from .rdf_terms import (
    CLAIM_CLASSES,
    PROPERTIES,
    PROVENANCE,
    REPORT_GRAPHS,
    THINGS,
    Statement,
    Term,
    concatenated,
    concept_of,
    each_of,
    lines,
    named,
    plain,
    text,
    thing_of,
    typed,
)
from .sql import first

_HASH = 12  # hexadecimal digits of a carrier's or reading's address
_MARK = "chr(31)"  # stands in no name of a carrier or ingester that people would use

#: Shape of a locator to the class of its selector and the standard that its value follows.
_SHAPES = (
    (r"(row|col|cell)=[0-9*,;-]+", "oa:FragmentSelector", "http://tools.ietf.org/rfc/rfc7111"),
    (r"page=[0-9]+(-[0-9]+)?(;char=[0-9,]+)?", "oa:FragmentSelector", "http://tools.ietf.org/rfc/rfc8118"),
    (r"(char|line)=[0-9,]+", "oa:FragmentSelector", "http://tools.ietf.org/rfc/rfc5147"),
    (r"(?s)/.*;char=[0-9,]+", "oa:Selector", None),  # characters of an element: no standard says how
    (r"(?s)/.*(\[|@|\(\)).*", "oa:XPathSelector", None),
    (r"(?s)/.*", "oa:FragmentSelector", "http://tools.ietf.org/rfc/rfc6901"),
    (r"(?s).+![A-Z]*[0-9]+", "sou:CellSelector", None),
)


def make_claims(con: duckdb.DuckDBPyConnection, claim: str) -> None:
    """Make the small tables that `claim_lines` and `provenance_lines` join, for the claims that a relation lists.

    `rdf_carrier` has each pair of carrier and ingester with the hashes in their addresses, `rdf_report` what most
    carriers say of each report, ties by code point, and `rdf_several` the first carrier of claims that have several.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE rdf_carrier AS
        SELECT carrier, ingester, left(sha256(carrier), {_HASH}) AS hash,
            left(sha256(carrier || {_MARK} || ingester), {_HASH}) AS reading
        FROM (SELECT DISTINCT carrier, ingester FROM evidence_at WHERE claim_id IN (SELECT claim_id FROM {claim}));

        CREATE OR REPLACE TEMP TABLE rdf_several AS
        SELECT claim_id, min(k.hash) AS hash FROM evidence_at e JOIN rdf_carrier k USING (carrier, ingester)
        WHERE claim_id IN (SELECT claim_id FROM {claim}) GROUP BY claim_id HAVING count(*) > 1;
        """
    )
    _make_reports(con, claim)


def _make_reports(con: duckdb.DuckDBPyConnection, claim: str) -> None:
    """Make `rdf_report`: reports that the claims are from, or that are said to be the same as such a report."""
    fields = [name for name in SAYING if name != "same_as"]
    most = ", ".join(f"first(value) FILTER (field = '{name}') AS {name}" for name in fields)
    votes = " UNION ALL ".join(
        f"SELECT report, '{name}' AS field, {name} AS value, carrier FROM said WHERE {name} IS NOT NULL"
        for name in fields
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE rdf_report AS
        WITH own AS (
            SELECT DISTINCT report FROM claim_at WHERE claim_id IN (SELECT claim_id FROM {claim})
        ), meant AS (
            SELECT DISTINCT coalesce(m.canonical, own.report) AS report FROM own LEFT JOIN report_map m USING (report)
        ), told AS (
            SELECT report FROM own
            UNION SELECT report FROM report_map WHERE canonical IN (FROM meant)
        ), said AS (
            SELECT * FROM saying_at WHERE report IN (FROM told)
        ), winner AS (
            SELECT report, field, value FROM ({votes}) GROUP BY report, field, value
            QUALIFY row_number() OVER (
                PARTITION BY report, field ORDER BY count(DISTINCT carrier) DESC, value) = 1
        ), chosen AS (
            SELECT report, {most} FROM winner GROUP BY report
        ), same AS (
            SELECT report, list(DISTINCT {_SAME} ORDER BY {_SAME}) AS same_as
            FROM said WHERE same_as IS NOT NULL GROUP BY report
        )
        SELECT * FROM told LEFT JOIN chosen USING (report) LEFT JOIN same USING (report)
        """
    )


def claim_lines(con: duckdb.DuckDBPyConnection, claim: str) -> str:
    """Return SQL that yields the report graphs as `lines`: by report, then claim, then carrier."""
    used = _used(con)
    columns = "".join(f', c."{name}"' for name in used)
    evidence = ("record", "review", "locator", "quote", "method", "confidence")
    texts = [*(f'"{name}"' for name in used if CONTENT[name] == pa.string()), *evidence[2:]]
    body = _evidence()
    return f"""
        WITH row AS (
            SELECT c.report, c.claim_id, c.kind, c.status{columns},
                k.hash, k.reading, {", ".join(f"e.{name}" for name in evidence)},
                s.hash IS NULL OR s.hash = k.hash AS leads
            FROM claim_at c JOIN {claim} USING (claim_id) JOIN evidence_at e ON e.claim_id = c.claim_id
            JOIN rdf_carrier k ON k.carrier = e.carrier AND k.ingester = e.ingester
            LEFT JOIN rdf_several s ON s.claim_id = c.claim_id
            UNION ALL BY NAME
            SELECT report, {concatenated(_report_lines())} AS report_lines FROM rdf_report
        ), ordered AS (
            SELECT * FROM row ORDER BY report, claim_id NULLS FIRST, hash
        ), quoted AS (
            SELECT *, rdf_iri(report) AS quoted_report,
                concat('<{THINGS}claim/', substr(claim_id, 7), '>') AS claim,
                concat('<{THINGS}evidence/', substr(claim_id, 7), '-', hash) AS evidence
            FROM ordered
        ), addressed AS (
            SELECT *, concat(' <{REPORT_GRAPHS}', quoted_report, '> .\n') AS tail,
                concat(' <{REPORT_GRAPHS}', quoted_report, '> .\n', claim, ' ') AS between,
                rdf_plain(concat_ws(' ', {", ".join(texts)})) AS is_plain,
                CASE {_shape()} END AS shape, {_list_order(used)} AS list_order
            FROM quoted
        )
        SELECT CASE WHEN claim_id IS NULL THEN report_lines
            WHEN leads THEN {concatenated([*_claim(used), *body])} ELSE {concatenated(body)} END AS lines
        FROM addressed
        """


def _used(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the columns of content that any claim fills, in the order of their properties: the others cost nothing."""
    counts = first(con, "SELECT " + ", ".join(f'count("{name}")' for name in PROPERTIES) + " FROM claim_at")
    return [name for name, count in zip(PROPERTIES, counts, strict=True) if count]


def _report_lines() -> list[str]:
    year = typed("year", "xsd:gYear").sql
    year = f"CASE WHEN regexp_full_match(year, '[0-9]{{4}}') THEN {year} ELSE {text('year').sql} END"
    statements = [
        Statement("rdf:type", named("sou:Report")),
        Statement("rdf:type", named("prov:Entity")),
        Statement("dcterms:title", text("title"), given="title"),
        # DCTERMS wants things where reports give only names: hence the older elements.
        Statement("dc:creator", text("authors"), given="authors"),
        Statement("dc:publisher", text("publisher"), given="publisher"),
        Statement("dc:rights", text("licence"), given="licence"),
        Statement("sou:doi", text("doi"), given="doi"),
        Statement("schema:url", typed("url", "xsd:anyURI"), given="url"),
        Statement("dcterms:date", Term(value=year), given="year"),
        Statement("rdfs:comment", text("note"), given="note"),
        Statement("schema:sameAs", Term(value="same_as"), given="same_as", each=True),
        Statement("dcterms:identifier", text("report")),
    ]
    return lines(_REPORT, Term(f" <{REPORT_GRAPHS}", "rdf_iri(report)", "> .\n"), statements)


def _claim(used: list[str]) -> list[str]:
    classes = " ".join(f"WHEN '{kind}' THEN {named('sou:' + name).sql}" for kind, name in CLAIM_CLASSES.items())
    statements = [
        Statement("rdf:type", Term(value=f"CASE kind {classes} END")),
        Statement("rdf:type", named("sou:Claim")),
        Statement("sou:status", concept_of("claim-status", "status")),
    ]
    for name in used:
        value, each = _object(name, f'"{name}"'), pa.types.is_list(CONTENT[name])
        value = each_of(f'"{name}"', _object(name, "i")) if each else value
        statements.append(Statement(PROPERTIES[name].name, value, given=f'"{name}"', each=each))
    statements += [
        Statement("sou:listOrder", typed("list_order", "rdf:JSON"), given="list_order"),
        Statement("prov:wasDerivedFrom", Term(f"<{THINGS}report/", "quoted_report", ">")),
    ]
    return lines(Term(value="claim"), Term(value="tail"), statements, between=Term(value="between"))


def _object(column: str, value: str) -> Term:
    """Return the term of a value of a column, or of an item of its list."""
    said = PROPERTIES[column]
    if said.kind == "concept":
        return concept_of(said.scheme, value)
    if said.kind == "stage":  # outcomes have stages of their own
        outcome, adoption = (concept_of(f"{which}-stage", value).sql for which in ("outcome", "adoption"))
        return Term(value=f"CASE kind WHEN 'outcome' THEN {outcome} ELSE {adoption} END")
    if said.kind == "country":
        return Term(value=f"rdf_country({value})")
    if said.kind == "date":
        return plain(value, "xsd:date")
    if said.kind == "flag":
        return plain(value, "xsd:boolean")
    if said.kind == "edtf":
        return _unless_plain(typed(value, "edtf:EDTF"))
    return _unless_plain(typed(value, "rdf:JSON")) if said.kind == "json" else _unless_plain(text(value))


def _unless_plain(literal: Term) -> Term:
    """Return a literal that is looked through for what to escape only where the row has any of it."""
    value = literal.value.removeprefix("rdf_escape(").removesuffix(")")
    return (
        literal if value == "i" else replace(literal, value=f"CASE WHEN is_plain THEN {value} ELSE {literal.value} END")
    )


def _list_order(used: list[str]) -> str:
    """Return SQL for the order of the lists whose sets of statements do not tell it: JSON, null where all do."""
    parts = ", ".join(
        f"""CASE WHEN "{name}" IS NOT NULL AND "{name}" IS DISTINCT FROM nullif(list_sort(list_distinct("{name}")), [])
            THEN '"{name}":' || to_json(list_transform("{name}", lambda i: rdf_clean(i)))::VARCHAR END"""
        for name in used
        if pa.types.is_list(CONTENT[name])
    )
    return f"'{{' || nullif(concat_ws(',', {parts}), '') || '}}'" if parts else "NULL::VARCHAR"


def _shape() -> str:
    return " ".join(f"WHEN regexp_full_match(locator, '{shape}') THEN {n}" for n, (shape, _, _) in enumerate(_SHAPES))


def _evidence() -> list[str]:
    cls = " ".join(f"WHEN {number} THEN {named(name).sql}" for number, (_, name, _) in enumerate(_SHAPES))
    standards = {number: standard for number, (_, _, standard) in enumerate(_SHAPES) if standard}
    follows = " ".join(f"WHEN {number} THEN '<{standard}>'" for number, standard in standards.items())
    evidence, target, place, quote = (Term(value="evidence", after=f"{part}>") for part in _PARTS)
    told = {
        evidence: [
            Statement("rdf:type", named("sou:Evidence")),
            Statement("rdf:type", named("oa:Annotation")),
            Statement("oa:hasBody", Term(value="claim")),
            Statement("oa:hasTarget", target),
            Statement("sou:method", _unless_plain(text("method"))),
            Statement("sou:confidence", _unless_plain(text("confidence")), given="confidence"),
            Statement("sou:review", concept_of("review-state", "review")),
            Statement("sou:record", plain("record", "xsd:integer")),
            Statement("sou:locator", _unless_plain(text("locator")), given="locator"),
            Statement("prov:wasGeneratedBy", _READING),
        ],
        target: [
            Statement("rdf:type", named("oa:SpecificResource")),
            Statement("oa:hasSelector", place, given="locator"),
            Statement("oa:hasSelector", quote, given="quote"),
            Statement("oa:hasSource", _CARRIER),
        ],
        place: [
            Statement("rdf:type", Term(value=f"CASE shape {cls} ELSE {named('oa:Selector').sql} END"), given="locator"),
            Statement(
                "dcterms:conformsTo",
                Term(value=f"CASE shape {follows} END"),
                given=f"CASE WHEN shape IN ({', '.join(map(str, standards))}) THEN 1 END",
            ),
            Statement("rdf:value", _unless_plain(text("locator")), given="locator"),
        ],
        quote: [
            Statement("rdf:type", named("oa:TextQuoteSelector"), given="quote"),
            Statement("oa:exact", _unless_plain(text("quote")), given="quote"),
        ],
    }
    return [part for subject, statements in told.items() for part in lines(subject, Term(value="tail"), statements)]


def provenance_lines() -> Iterator[str]:
    """Yield SQL that yields the graph of provenance as `lines`: carriers, readings, ingesters, each by address."""
    # An ingester is a name and a version, and so is its address.
    ingester = Term(f"<{THINGS}ingester/", "replace(rdf_iri(ingester), '%2F', '/')", ">")
    told = {
        "DISTINCT hash, carrier": (
            _CARRIER,
            [
                Statement("rdf:type", named("sou:Carrier")),
                Statement("rdf:type", named("prov:Entity")),
                Statement("dcterms:title", text("carrier")),
            ],
        ),
        "reading, hash, ingester": (
            _READING,
            [
                Statement("rdf:type", named("sou:Reading")),
                Statement("rdf:type", named("prov:Activity")),
                Statement("prov:used", _CARRIER),
                Statement("prov:wasAssociatedWith", ingester),
            ],
        ),
        "DISTINCT ingester": (
            ingester,
            [
                Statement("rdf:type", named("sou:Ingester")),
                Statement("rdf:type", named("prov:SoftwareAgent")),
                Statement("rdfs:label", text("ingester")),
            ],
        ),
    }
    tail = Term(f" <{PROVENANCE}> .\n")
    for columns, (subject, statements) in told.items():
        said = concatenated(lines(subject, tail, statements))
        yield f"SELECT {said} AS lines FROM (SELECT {columns} FROM rdf_carrier ORDER BY ALL)"


def bundle_lines() -> str:
    """Return SQL that yields what the default graph says of each report's graph."""
    statements = [
        Statement("rdf:type", named("prov:Bundle")),
        Statement("prov:hadPrimarySource", _REPORT),
    ]
    said = concatenated(lines(Term(f"<{REPORT_GRAPHS}", "rdf_iri(report)", ">"), Term(" .\n"), statements))
    return f"SELECT {said} AS lines FROM (SELECT report FROM rdf_report ORDER BY report)"


_PARTS = ("", "#target", "#place", "#quote")  # of a piece of evidence
_REPORT = thing_of("report", "report")
_SAME = thing_of("report", "same_as").sql
_CARRIER = Term(f"<{THINGS}carrier/", "hash", ">")
_READING = Term(f"<{THINGS}reading/", "reading", ">")
