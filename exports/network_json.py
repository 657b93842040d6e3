"""JSON for networks: node-link as networkx reads it (`edges="edges"`), and Cytoscape's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from .cells import json_text
from .content import Content, Row, Stamp


def write_node_link(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write a directed multigraph; the metadata stand in `graph`, where networkx keeps what is said of a graph."""
    out.write('{"directed": true, "multigraph": true, "nodes": [')
    _write_items(out, content.places())
    out.write('], "edges": [')
    _write_items(out, (_link(row) for row in content.transfers()))
    out.write(f'], "graph": {{"metadata": {json_text(content.about(stamp))}}}}}\n')


def write_cytoscape(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write Cytoscape JSON; the metadata stand in `data`, the network's own attributes.

    Cytoscape's tables hold lists of texts but not of objects, so what a place adopted is JSON in a text.
    """
    out.write('{"format_version": "1.0", "generated_by": "southerly", "elements": {"nodes": [')
    _write_items(out, ({"data": _node(row)} for row in content.places()))
    out.write('], "edges": [')
    _write_items(out, ({"data": _edge(row)} for row in content.transfers()))
    about = content.about(stamp)
    data = {"name": about["title"], "digest": about["digest"], "metadata": json_text(about)}
    out.write(f']}}, "data": {json_text(data)}}}\n')


def _link(row: Row) -> Row:
    others = {name: value for name, value in row.items() if name not in {"id", "from", "to"}}
    return {"source": row["from"], "target": row["to"], "key": row["id"], **others}


def _node(row: Row) -> Row:
    listed = {name: json_text(row[name]) for name in ("adopted", "originated")}
    return {**row, "name": row["label"], **listed}


def _edge(row: Row) -> Row:
    others = {name: value for name, value in row.items() if name not in {"from", "to"}}
    return {"source": row["from"], "target": row["to"], "name": row["innovation_label"], **others}


def _write_items(out: TextIO, items: Iterable[Row]) -> None:
    for number, item in enumerate(items):
        out.write(f"{',' if number else ''}\n{json_text(item)}")
