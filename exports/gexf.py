"""GEXF 1.3 (gexf.net) for Gephi, whose timeline plays it: an edge appears on the first day that it may have begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO
from xml.sax.saxutils import quoteattr

from .cells import cell, json_text, xml_text
from .columns import NODE, TRANSFER
from .content import Content, Row, Stamp

_TYPES = {"int": "integer"}
_NODE = {name: type_ for name, type_ in NODE.items() if name not in {"id", "label"}}
_EDGE = {name: type_ for name, type_ in TRANSFER.items() if name not in {"id", "from", "to"}}


def write_gexf(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write a dynamic, directed graph; lists are JSON in a string, the metadata stand in `meta`.

    An edge starts at its earliest day, else at its latest; with neither, and at the end always, it is open. Places are
    there throughout. Gephi merges parallel edges of one `kind`, so a kind is an innovation with a basis or rule.
    """
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
    modified = f' lastmodifieddate="{stamp.written[:10]}"' if stamp else ""
    about = xml_text(json_text(content.about(stamp)))  # the schema wants it before the graph
    out.write(f"<meta{modified}>\n<creator>southerly</creator>\n<description>{about}</description>\n</meta>\n")
    out.write('<graph mode="dynamic" timeformat="date" defaultedgetype="directed" idtype="string">\n')
    for domain, types in (("node", _NODE), ("edge", _EDGE)):
        out.write(f'<attributes class="{domain}" mode="static">\n')
        for name, type_ in types.items():
            out.write(f'<attribute id="{domain}.{name}" title="{name}" type="{_TYPES.get(type_, type_)}"/>\n')
        out.write("</attributes>\n")
    _write(out, "node", _NODE, (({"id": row["id"], "label": row["label"]}, row) for row in content.places()))
    _write(out, "edge", _EDGE, ((_edge(row), row) for row in content.transfers()))
    out.write("</graph>\n</gexf>\n")


def _edge(row: Row) -> dict[str, str]:
    start = row.get("earliest") or row.get("latest")
    return {
        "id": row["id"],
        "source": row["from"],
        "target": row["to"],
        "label": row["innovation_label"],
        "kind": f"{row['innovation']} {row.get('rule', row['basis'])}",
        "weight": str(row["reports"]),
        **({"start": start} if start else {}),
    }


def _write(out: TextIO, domain: str, names: Iterable[str], items: Iterator[tuple[Mapping[str, str], Row]]) -> None:
    out.write(f"<{domain}s>\n")
    for attributes, row in items:
        out.write(f"<{domain}{''.join(f' {name}={quoteattr(value)}' for name, value in attributes.items())}>")
        values = (f'<attvalue for="{domain}.{n}" value={quoteattr(str(cell(row[n])))}/>' for n in names if n in row)
        out.write(f"<attvalues>{''.join(values)}</attvalues></{domain}>\n")
    out.write(f"</{domain}s>\n")
