"""The claim, atom of the graph: what one report says at one place, as a row of an Arrow table.

Readers yield claims by column, so that a million of them need no Python object each. Every kind of claim shares one
wide schema; a column that a kind does not use is null, and null always means "not said", never "no".

kind       columns that carry its content
origin     innovation, country, site, when
adoption   innovation, country and/or site, when, end, stage, source_*, channel, exchange, partners, outcome, factors
exchange   exchange (its key in the report), title, exchange_type, when, end, hosts, visitors, shown, participants …
outcome    exchange and/or innovation, countries, site, outcome, level, stage, metric, value, when, factors
name       innovation, and `name`, another name that it has; kind and theme of the innovation may come along
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

_text, _list, _day, _flag = pa.string(), pa.list_(pa.string()), pa.date32(), pa.bool_()

#: What the claim says. These columns, normalised, are its identity (with report, kind and an ordinal among equals).
CONTENT: dict[str, pa.DataType] = {
    "innovation": _text,  # as the report spells it
    "innovation_kind": _text,  # term of the innovation-kind scheme
    "theme": _text,  # term of the practice-area scheme
    "country": _text,  # ISO 3166-1 or 3166-3 alpha-3
    "country_said": _text,  # the report's words, kept where they are more than the code ("Scotland", "Africa")
    "subdivision": _text,  # ISO 3166-2
    "site": _text,
    "when_said": _text,  # the report's words; the next three are what they mean
    "when": _text,  # EDTF (ISO 8601-2); null when unknown
    "earliest": _day,  # first day that it can have begun; null is open
    "latest": _day,  # last such day; null is open
    "end_said": _text,
    "end": _text,
    "end_earliest": _day,
    "end_latest": _day,
    "left_censored": _flag,  # true: "first observed", so it began then or before
    "stage": _text,  # adoption stage, or outcome stage in an outcome
    "domestic": _flag,
    "source_country": _text,
    "source_country_said": _text,
    "source_site": _text,
    "source_adoption": _text,
    "channel": _text,
    "exchange": _text,  # the report's own key or title of an exchange
    "partners": _list,
    "adaptation": _text,
    "outcome": _text,
    "outcome_level": _text,
    "metric": _text,
    "value": _text,
    "unit": _text,
    "mechanisms": _list,
    "enablers": _list,
    "barriers": _list,
    "countries": _list,  # adopters of an outcome; recipients of an IATI activity
    "title": _text,
    "exchange_type": _text,
    "direction": _text,
    "host_countries": _list,
    "host_organisations": _list,
    "host_sites": _list,
    "visiting_countries": _list,
    "visiting_organisations": _list,
    "visiting_sites": _list,
    "funders": _list,
    "facilitators": _list,
    "shown": _list,  # innovations that the exchange showed
    "participants": _text,  # as said: "16", "100+"
    "cadre": _text,
    "decision_power": _text,
    "debrief": _text,  # yes | no; null is unknown
    "mission": _text,  # yes, or the statement's own words
    "learning_level": _text,
    "name": _text,
    "name_type": _text,  # alias | acronym | translation
    "extra": _text,  # JSON object of the columns that no other field carries
}

#: How we know. Not part of identity: a claim that moves to another row is the same claim.
EVIDENCE: dict[str, pa.DataType] = {
    "locator": _text,  # "row=12" (RFC 7111), "Outcomes!12", "/outcomes/3" (RFC 6901), "page=3;char=10,90" (RFC 5147)
    "quote": _text,
    "method": _text,  # curated | table | rule | model
    "confidence": _text,  # low | medium | high, as given; null when not given
}

#: A table of claims as readers yield it.
CLAIM = pa.schema(
    [
        pa.field("record", pa.int64(), nullable=False),  # which record of the carrier it came from
        pa.field("report", _text, nullable=False),  # report key, see `reports.report_key`
        pa.field("kind", _text, nullable=False),
        pa.field("status", _text, nullable=False),  # actual | planned | hypothetical | negated
        pa.field("review", _text, nullable=False),  # accepted | candidate | refused
        *(pa.field(name, kind) for name, kind in CONTENT.items()),
        *(pa.field(name, kind) for name, kind in EVIDENCE.items()),
    ]
)

#: What a carrier says of the reports that it quotes. One row a saying; the ledger settles on the commonest.
REPORT = pa.schema(
    [
        pa.field("record", pa.int64(), nullable=False),
        pa.field("report", _text, nullable=False),
        *(
            pa.field(n, _text)
            for n in ("same_as", "title", "url", "doi", "year", "publisher", "licence", "authors", "note")
        ),
    ]
)

KINDS = ("origin", "adoption", "exchange", "outcome", "name")


def claim_table(columns: Mapping[str, Any], rows: int) -> pa.Table:
    """Build a claim table of `rows` rows from the columns given; the other columns are null.

    Values are Arrow arrays, lists, or one value to repeat. Required columns without a value get their usual one:
    status actual, review accepted, method table.
    """
    usual = {"status": "actual", "review": "accepted", "method": "table"}
    unknown = set(columns) - set(CLAIM.names)
    if unknown:
        raise KeyError(f"no such claim column: {', '.join(sorted(unknown))}")
    return _table(CLAIM, usual | dict(columns), rows)


def report_table(columns: Mapping[str, Any], rows: int) -> pa.Table:
    """Build a report table as `claim_table` does a claim table."""
    return _table(REPORT, columns, rows)


def claims_from(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Build a claim table from dictionaries, for readers of small hand-written reports."""
    usual = {"status": "actual", "review": "accepted", "method": "curated"}
    return pa.Table.from_pylist([usual | dict(row) for row in rows], schema=CLAIM)


def _table(schema: pa.Schema, columns: Mapping[str, Any], rows: int) -> pa.Table:
    arrays = []
    for field in schema:
        value = columns.get(field.name)
        if value is None or isinstance(value, (str, bool, int)):
            arrays.append(pa.repeat(pa.scalar(value, type=field.type), rows))
        elif isinstance(value, (pa.Array, pa.ChunkedArray)):
            arrays.append(value if value.type == field.type else value.cast(field.type))
        else:
            arrays.append(pa.array(value, type=field.type))
    return pa.Table.from_arrays(arrays, schema=schema)
