"""How values stand in text: characters that no format may carry, lists in a cell, and cells that are no formula."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.sax.saxutils import escape

# What XML 1.0 §2.2 forbids. NUL also ends a text early in many programs that read CSV.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(value: Any) -> Any:
    """Return a value with the characters that XML 1.0 forbids replaced by U+FFFD, inside lists and objects too.

    Every format gets the same text, so that none says more than another and all share one digest.
    """
    if isinstance(value, str):
        return _FORBIDDEN.sub("\ufffd", value)
    if isinstance(value, (list, tuple)):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    return value


def json_text(value: Any) -> str:
    """Return JSON on one line, in the characters themselves."""
    return json.dumps(value, ensure_ascii=False)


def xml_text(value: Any) -> str:
    """Return a value as the text of an XML element."""
    # A parser would turn a bare CR into LF (XML 1.0 §2.11).
    return escape(str(cell(value)), {"\r": "&#13;"})


def cell(value: Any) -> Any:
    """Return a value for one cell or attribute: lists and objects as JSON, flags as true and false, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json_text(value) if isinstance(value, (list, dict)) else value


def safe_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value
