"""The words of a SPARQL query, told from what stands in strings, comments and addresses (SPARQL 1.1 §19.8).

Oxigraph reads `<` as it makes sense, so where both a comparison and an address would, its reading might differ from
ours and hide a word in a comment; such a query is refused with a way to write it that can be read in one way only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .errors import WrongUse

_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<space>\s+)",
            r"(?P<comment>\#[^\n\r]*)",
            r'''(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*"""|\'\'\'(?:'{0,2}(?:[^'\\]|\\.))*\'\'\'|'''
            r""""(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')""",
            r"(?P<address><[^<>\"{}|^`\\\x00-\x20]*>)",
            r"(?P<variable>[?$]\w+)",
            r"(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)",
            r"(?P<name>_:[\w.-]+|(?:\w[\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)",
            r"(?P<word>\w+)",
            r"(?P<sign>.)",
        )
    ),
    re.DOTALL,
)
_VALUES = ("string", "address", "variable", "tag", "name", "word")


def keywords(query: str) -> list[str]:
    """Return the bare words of a query in capitals, the prefixes of names among them.

    A prefix counts since `GRAPH:x` may also be read as a keyword and a name.

    Raises:
        WrongUse: if a `<` can be read in two ways.

    """
    return list(_words(query))


def _words(query: str) -> Iterator[str]:
    depth, after_value = 0, False
    for found in _TOKEN.finditer(query):
        kind, text = found.lastgroup, found.group()
        if kind in ("space", "comment"):
            continue
        if kind == "address" and depth and after_value and ("#" in text or ")" in text):
            line = query.count("\n", 0, found.start()) + 1
            raise WrongUse(
                f"The query says “{text[:40]}” after a value in brackets on line {line}, which may be a comparison "
                "or an address; expected one reading. Put a space after “<”, or use a prefix for the address."
            )
        if kind == "word":
            yield text.upper()
        elif kind == "name":
            yield text.partition(":")[0].upper()
        elif text == "(":
            depth += 1
        elif text == ")":
            depth = max(depth - 1, 0)
        after_value = kind in _VALUES or text == ")"
