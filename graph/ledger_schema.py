"""The tables of a ledger file: claims, their evidence, what is said of reports, judgements and revisions.

Every row is bitemporal in one direction: `since` is the revision that brought it, `until` the one that ended it (null
while it holds). Nothing is deleted, so any earlier revision can be asked for, and undo closes and reopens rows.
"""

from __future__ import annotations

import pyarrow as pa

from .claims import CONTENT, EVIDENCE

SCHEMA_VERSION = 1

SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.list_(pa.string()): "VARCHAR[]",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.int32(): "INTEGER",
    pa.int8(): "TINYINT",
}

#: Normal forms of names, kept beside the claim so that joining needs no text work. Computed, not part of identity.
KEYS: dict[str, pa.DataType] = {
    "innovation_key": pa.string(),
    "site_key": pa.string(),  # null where the site is blank or generic, which means the country
    "source_site_key": pa.string(),
    "exchange_key": pa.string(),
    "name_key": pa.string(),
    "partner_keys": pa.list_(pa.string()),
    "shown_keys": pa.list_(pa.string()),
}

SAYING = ("same_as", "title", "url", "doi", "year", "publisher", "licence", "authors", "note")


def columns_sql(columns: dict[str, pa.DataType]) -> str:
    """Return column definitions for CREATE TABLE."""
    return ", ".join(f'"{name}" {SQL_TYPES[kind]}' for name, kind in columns.items())


_SPELL = "since INTEGER NOT NULL, until INTEGER"

#: Table name to definition. Tables with a spell can be closed and reopened by `undo`.
TABLES: dict[str, str] = {
    "meta": "key VARCHAR NOT NULL, value VARCHAR NOT NULL",
    "revision": (
        'revision INTEGER NOT NULL, "at" TIMESTAMP NOT NULL, what VARCHAR NOT NULL, "by" VARCHAR, reason VARCHAR, '
        "undoes INTEGER, detail VARCHAR"
    ),
    "claim": (
        "claim_id VARCHAR NOT NULL, report VARCHAR NOT NULL, kind VARCHAR NOT NULL, status VARCHAR NOT NULL, "
        f"{columns_sql(CONTENT)}, {columns_sql(KEYS)}, {_SPELL}"
    ),
    "evidence": (
        "claim_id VARCHAR NOT NULL, carrier VARCHAR NOT NULL, record BIGINT NOT NULL, review VARCHAR NOT NULL, "
        f"{columns_sql(EVIDENCE)}, ingester VARCHAR NOT NULL, {_SPELL}"
    ),
    "saying": (
        "carrier VARCHAR NOT NULL, report VARCHAR NOT NULL, "
        + ", ".join(f"{c} VARCHAR" for c in SAYING)
        + f", {_SPELL}"
    ),
    "judgement": (
        'verdict VARCHAR NOT NULL, subject VARCHAR NOT NULL, object VARCHAR, "by" VARCHAR, reason VARCHAR, ' + _SPELL
    ),
    "retraction": f'report VARCHAR NOT NULL, "by" VARCHAR, reason VARCHAR, {_SPELL}',
}

SPELLED = ("claim", "evidence", "saying", "judgement", "retraction")
