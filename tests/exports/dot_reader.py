"""A reader of the part of DOT that an export may use, written from the language's page and not from our writer."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r'\s+|(?P<quoted>"(?:\\.|[^"\\])*")|(?P<word>[A-Za-z_]\w*)|(?P<sign>->|[{}\[\];,=])', re.DOTALL)


@dataclass
class Dot:
    """A directed graph as it was read."""

    comment: str = ""
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    edges: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


def parse_dot(text: str) -> Dot:
    """Return the graph of a text; anything but nodes, edges and one comment is a ValueError."""
    tokens = _tokens(text)
    if tokens[:3] != ["digraph", "southerly", "{"] or tokens[-1] != "}":
        raise ValueError("no digraph")
    found, at = Dot(), 3
    while at < len(tokens) - 1:
        end = tokens.index(";", at)
        match tokens[at:end]:
            case ["comment", "=", value]:
                found.comment = _text(value)
            case [node, "[", *attributes, "]"]:
                found.nodes[_text(node)] = _attributes(attributes)
            case [source, "->", target, "[", *attributes, "]"]:
                found.edges.append((_text(source), _text(target), _attributes(attributes)))
            case other:
                raise ValueError(f"no statement: {other}")
        at = end + 1
    return found


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise ValueError(f"no token at {text[at : at + 20]!r}")
        if not token[0].isspace():
            found.append(token[0])
        at = token.end()
    return found


def _text(token: str) -> str:
    if not token.startswith('"'):
        raise ValueError(f"{token} is not quoted")
    return re.sub(r'\\([\\"])', r"\1", token[1:-1], flags=re.DOTALL)


def _attributes(tokens: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at in range(0, len(tokens), 4):
        name, equals, value, *comma = tokens[at : at + 4]
        if equals != "=" or comma not in ([], [","]) or name in found:
            raise ValueError(f"no attribute: {tokens[at : at + 4]}")
        found[name] = html.unescape(_text(value)) if name == "label" else _text(value)
    return found
