"""GraphML (graphml.graphdrawing.org), for Gephi, yEd, igraph and networkx, written as it is read from the graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from . import cells
from .columns import FREE, JSON, NODE, TRANSFER
from .content import Content, Stamp
from .sql_text import Text, row, xml_text

_NODE = {name: type_ for name, type_ in NODE.items() if name != "id"}
_EDGE = {name: type_ for name, type_ in TRANSFER.items() if name not in {"id", "from", "to"}}
_GRAPH = {"metadata": "string", "digest": "string"}


def write_graphml(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write a directed graph; lists are JSON in a string, the metadata are data of the graph itself."""
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for domain, types in (("node", _NODE), ("edge", _EDGE), ("graph", _GRAPH)):
        for name, type_ in types.items():
            key = f'<key id="{domain}.{name}" for="{domain}" attr.name="{name}" attr.type="{type_}"/>\n'
            out.write(key.encode())
    out.write(b'<graph id="southerly" edgedefault="directed">\n')
    # Ids are made of normal forms, codes and colons: nothing that an attribute would have to escape.
    out.writelines(content.texts("places", _element("'<node id=\"' || id || '\">'", "node", _NODE)))
    ends = """'<edge id="' || id || '" source="' || "from" || '" target="' || "to" || '">'"""
    out.writelines(content.texts("transfers", _element(ends, "edge", _EDGE)))
    about = content.about(stamp)
    for name, value in (("metadata", cells.json_text(about)), ("digest", about["digest"])):
        out.write(f'<data key="graph.{name}">{cells.xml_text(value)}</data>'.encode())
    out.write(b"</graph>\n</graphml>\n")


def _element(opening: str, domain: str, names: Mapping[str, str]) -> str:
    """Return SQL for an element with the data that a row has."""
    data = [Text(f'"{name}"', _text(name), f'<data key="{domain}.{name}">', "</data>") for name in names]
    return row([Text(opening, opening), *data, f"</{domain}>\n"])


def _text(name: str) -> str:
    text = f'"{name}"::VARCHAR'
    return xml_text(text) if name in FREE or name in JSON else text
