"""The attributes of places and transfers, in order, with their types: for the formats that declare them."""

from __future__ import annotations

#: Types are those of GraphML's `attr.type`; a list is JSON in a string.
NODE = {
    "id": "string",
    "class": "string",
    "label": "string",
    "country": "string",
    "region": "string",
    "income_group": "string",
    "lat": "double",
    "lon": "double",
    "adopted": "string",
    "originated": "string",
}

TRANSFER = {
    "from": "string",
    "to": "string",
    "innovation": "string",
    "innovation_label": "string",
    "when": "string",
    "earliest": "string",
    "latest": "string",
    "basis": "string",
    "rule": "string",
    "direction": "string",
    "from_income": "string",
    "to_income": "string",
    "stage": "string",
    "channels": "string",
    "certain": "boolean",
    "review": "string",
    "reports": "int",
    "publishers": "int",
    "adoption": "string",
    "claims": "string",
    "report_keys": "string",
    "id": "string",
}

#: Those that are JSON in a string, and those that hold any text; the other strings are ids, codes, terms and days.
JSON = frozenset({"adopted", "originated", "channels", "claims", "report_keys"})
FREE = frozenset({"label", "region", "innovation_label", "stage"})
