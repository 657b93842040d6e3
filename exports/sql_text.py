"""How values stand in text, as SQL: the same rules as in `cells`, for writers that stream by column.

Each function takes SQL expressions and returns one; null stays null, so that `concat_ws` leaves it out.
"""

from __future__ import annotations

from collections.abc import Mapping

_FORBIDDEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"  # of `cells.clean`; UTF-8 holds no surrogates


def cleaned(text: str) -> str:
    """Return a text without the characters that XML 1.0 forbids."""
    return f"regexp_replace({text}, '{_FORBIDDEN}', chr(65533), 'g')"


def cleaned_list(texts: str) -> str:
    """Return a list of texts without these characters."""
    return f"list_transform({texts}, lambda x: {cleaned('x')})"


def json_text(value: str) -> str:
    """Return a text or a list as JSON."""
    return f"to_json({value})::VARCHAR"


def json_plain(text: str) -> str:
    """Return a text as JSON that is known to have nothing to escape: an id, a code, a day."""
    return f"'\"' || {text} || '\"'"


def json_bare(value: str) -> str:
    """Return a number, a flag or JSON itself as JSON."""
    return f"{value}::VARCHAR"


def json_object(fields: Mapping[str, str]) -> str:
    """Return the JSON object of some fields, whose values are JSON; those that are null are left out."""
    parts = ", ".join(f"'\"{name}\":' || {value}" for name, value in fields.items())
    return f"'{{' || concat_ws(',', {parts}) || '}}'"


def xml_text(text: str) -> str:
    """Return a text as the text of an XML element; a bare CR would come back as LF (XML 1.0 §2.11)."""
    for found, instead in (("'&'", "'&amp;'"), ("'<'", "'&lt;'"), ("'>'", "'&gt;'"), ("chr(13)", "'&#13;'")):
        text = f"replace({text}, {found}, {instead})"
    return text


def csv_text(text: str) -> str:
    """Return a text as a quoted cell (RFC 4180) that no spreadsheet takes for a formula; null is an empty cell."""
    guard = f"CASE WHEN ascii({text}) IN (61, 43, 45, 64, 9, 13) THEN '''' ELSE '' END"  # = + - @ tab CR
    return f"""coalesce('"' || {guard} || replace({text}, '"', '""') || '"', '')"""
