"""The content of a claim as people and JSON see it: only what was said, dates as text, extra columns unpacked."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pyarrow as pa

from .claims import CONTENT


def content_of(row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a claim row that its report filled."""
    content: dict[str, Any] = {}
    for name in CONTENT:
        value = row.get(name)
        if value is None or value == [] or name == "extra":
            continue
        content[name] = value.isoformat() if isinstance(value, date) else value
    if row.get("extra"):
        content["extra"] = json.loads(row["extra"])
    return content


def columns_of(content: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a claim with some content: what `content_of` returns, packed again."""
    columns = {
        name: date.fromisoformat(value) if CONTENT[name] == pa.date32() and isinstance(value, str) else value
        for name, value in content.items()
        if name in CONTENT
    }
    if isinstance(content.get("extra"), dict):
        columns["extra"] = json.dumps(content["extra"], ensure_ascii=False, sort_keys=True)
    return columns
