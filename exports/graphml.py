"""GraphML (graphml.graphdrawing.org), for Gephi, yEd, igraph and networkx, written as it is read from the graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO
from xml.sax.saxutils import quoteattr

from .cells import json_text, xml_text
from .columns import NODE, TRANSFER
from .content import Content, Row, Stamp

_NODE = {name: type_ for name, type_ in NODE.items() if name != "id"}
_EDGE = {name: type_ for name, type_ in TRANSFER.items() if name not in {"id", "from", "to"}}
_GRAPH = {"metadata": "string", "digest": "string"}


def write_graphml(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write a directed graph; lists are JSON in a string, the metadata are data of the graph itself."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for domain, types in (("node", _NODE), ("edge", _EDGE), ("graph", _GRAPH)):
        for name, type_ in types.items():
            out.write(f'<key id="{domain}.{name}" for="{domain}" attr.name="{name}" attr.type="{type_}"/>\n')
    out.write('<graph id="southerly" edgedefault="directed">\n')
    for row in content.places():
        _write(out, f"<node id={_quoted(row['id'])}>", "node", _NODE, row)
    for row in content.transfers():
        ends = f"source={_quoted(row['from'])} target={_quoted(row['to'])}"
        _write(out, f"<edge id={_quoted(row['id'])} {ends}>", "edge", _EDGE, row)
    about = content.about(stamp)
    out.writelines(_data("graph", _GRAPH, {"metadata": json_text(about), "digest": about["digest"]}))
    out.write("</graph>\n</graphml>\n")


def _write(out: TextIO, opening: str, domain: str, names: Iterable[str], row: Row) -> None:
    out.write(opening)
    out.writelines(_data(domain, names, row))
    out.write(f"</{domain}>\n")


def _data(domain: str, names: Iterable[str], row: Row) -> Iterable[str]:
    for name in names:
        if name in row:
            yield f'<data key="{domain}.{name}">{xml_text(row[name])}</data>'


def _quoted(text: str) -> str:
    return quoteattr(text)
