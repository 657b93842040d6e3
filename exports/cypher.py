"""A Cypher script of the whole graph, for cypher-shell and Browser: what `southerly neo4j push` would have written.

It holds no parameters, so every text stands in it as a literal; what a text says is never read as Cypher. Running it
twice changes nothing. It removes nothing: keep a server in step with `southerly neo4j push`.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TextIO

from ..graph.neo4j_cypher import write_query
from ..graph.neo4j_model import CLASSES, is_early, schema_statements
from ..graph.neo4j_tables import make_tables, rows_of
from .content import Content, Stamp
from .whole import take_all

_BATCH = 200  # rows in a statement; Browser and cypher-shell read each as a whole
_HEAD = """\
// Southerly's graph for Neo4j 5.23 or newer: cypher-shell --file FILE, into a database of its own.
"""


def write_cypher(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write the whole graph of a view.

    Raises:
        WrongUse: if the filters leave anything out.

    """
    take_all(content, "cypher")
    make_tables(content.known)
    out.write(_HEAD)
    if stamp:
        out.write(f"// {stamp.software}, revision {stamp.revision}, {stamp.written}\n")
    statements = schema_statements()
    early = [s for s in statements if is_early(s)]
    out.writelines(f"{statement};\n" for statement in early)
    for cls in CLASSES:
        query = write_query(cls)
        for rows in rows_of(content.known, f"{cls.table} ORDER BY id", _BATCH):
            # The rows take the place of the one parameter; it stands first, before any text of ours.
            literal = ",\n".join(_literal(row) for row in rows)
            out.write(query.replace("$rows", f"[\n{literal}\n]", 1) + ";\n")
    out.writelines(f"{statement};\n" for statement in statements if statement not in early)


def _literal(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"`{name}`: {_literal(v)}" for name, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    return str(value).lower() if isinstance(value, bool) else repr(value)


_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _text(text: str) -> str:
    """Return a text as a literal.

    Cypher turns backslash-u into a character before it looks for the end of a literal, even where the backslash is
    itself escaped in some versions; so a u never follows a backslash of the text within one literal.
    """
    escaped = "".join(_ESCAPES.get(c) or (c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}") for c in text)
    return "'" + escaped.replace("\\\\u", "\\\\' + 'u") + "'"
