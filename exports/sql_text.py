"""How values stand in text, as SQL: the same rules as in `cells`, for writers that stream by column.

A `Text` is kept in pieces until a whole row is put together by one `concat`, so that DuckDB copies each piece once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_FORBIDDEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"  # of `cells.clean`; UTF-8 holds no surrogates
_ESCAPED_IN_JSON = r'[\x00-\x1f"\\]'


@dataclass(frozen=True, slots=True)
class Text:
    """SQL for a value as text, or for nothing where it is null."""

    given: str  # null where the value is
    value: str
    before: str = ""  # constants around the value
    after: str = ""


def row(texts: Iterable[Text | str]) -> str:
    """Return SQL for texts and constants one after the other; a null leaves nothing, not even what is around it."""
    pieces: list[str] = []
    constant = ""
    for each in texts:
        if isinstance(each, str):
            constant += each
            continue
        if constant:
            pieces.append(_quoted(constant))
            constant = ""
        pieces += [_if_given(each, each.before), each.value, _if_given(each, each.after)]
    pieces += [_quoted(constant)] if constant else []
    return f"concat({', '.join(piece for piece in pieces if piece)})"


def _if_given(text: Text, constant: str) -> str:
    return f"CASE WHEN {text.given} IS NOT NULL THEN {_quoted(constant)} END" if constant else ""


def _quoted(constant: str) -> str:
    return "'" + constant.replace("'", "''") + "'"


def cleaned(text: str) -> str:
    """Return a text without the characters that XML 1.0 forbids."""
    return f"regexp_replace({text}, '{_FORBIDDEN}', chr(65533), 'g')"


def cleaned_list(texts: str) -> str:
    """Return a list of texts without these characters."""
    return f"list_transform({texts}, lambda x: {cleaned('x')})"


def json_text(text: str) -> Text:
    """Return a text as JSON."""
    escaped = f"regexp_matches({text}, '{_ESCAPED_IN_JSON}')"
    return Text(text, f"CASE WHEN {escaped} THEN to_json({text})::VARCHAR ELSE '\"' || {text} || '\"' END")


def plain(value: str) -> Text:
    """Return in quotes what is known to have nothing to escape, an id, a code or a day: in JSON as in CSV."""
    return Text(value, f"{value}::VARCHAR", '"', '"')


def json_bare(value: str) -> Text:
    """Return a number, a flag or JSON itself as JSON."""
    return Text(value, f"{value}::VARCHAR")


def json_list(texts: str) -> str:
    """Return a list of texts as JSON, cleaned."""
    escaped = f"regexp_matches(array_to_string({texts}, ''), '{_ESCAPED_IN_JSON[:-1]}\\x{{fffe}}\\x{{ffff}}]')"
    return (
        f"CASE WHEN len({texts}) = 0 THEN '[]' WHEN {escaped} THEN to_json({cleaned_list(texts)})::VARCHAR "
        f"ELSE {json_ids(texts)} END"
    )


def json_ids(texts: str) -> str:
    """Return a list of texts as JSON of which there is at least one, and that have nothing to escape."""
    return f"concat('[\"', array_to_string({texts}, '\",\"'), '\"]')"


def json_object(fields: Mapping[str, Text]) -> str:
    """Return the JSON object of some fields, whose values are JSON; those that are null are left out.

    The first may not be null.
    """
    (first, value), *others = fields.items()
    framed = [_framed(text, f',"{name}":', "") for name, text in others]
    return row([f'{{"{first}":', value, *framed, "}"])


def _framed(text: Text, before: str, after: str) -> Text:
    return Text(text.given, text.value, before + text.before, text.after + after)


def xml_text(text: str) -> str:
    """Return a text as the text of an XML element; a bare CR would come back as LF (XML 1.0 §2.11)."""
    for found, instead in (("'&'", "'&amp;'"), ("'<'", "'&lt;'"), ("'>'", "'&gt;'"), ("chr(13)", "'&#13;'")):
        text = f"replace({text}, {found}, {instead})"
    return text


def csv_text(text: str) -> Text:
    """Return a text as a quoted cell (RFC 4180) that no spreadsheet takes for a formula; null is an empty cell."""
    guard = f"CASE WHEN ascii({text}) IN (61, 43, 45, 64, 9, 13) THEN '''' ELSE '' END"  # = + - @ tab CR
    return Text(text, f"""{guard} || replace({text}, '"', '""')""", '"', '"')


def csv_json(text: str) -> Text:
    """Return JSON as a quoted cell."""
    return Text(text, f"""replace({text}, '"', '""')""", '"', '"')
