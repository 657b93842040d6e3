"""What the spread tree shows: one row an origin or adopter, below the one that it learned from.

A source that is named only as a country is the first adopter there, and the other way round, as routes join their hops;
two sites of a country are never one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ..graph.network import BASES
from ..graph.reviewed import marks_of
from ..ontology.countries import country_label
from .content import Row
from .held import Held


@dataclass
class Node:
    """A row of the tree: an adoption, an origin, or a place that only taught."""

    id: str
    kind: str  # adoption | origin | source
    place: str  # id of the site or country
    country: str
    site: str | None = None
    earliest: date | None = None
    latest: date | None = None
    stage: str | None = None
    marks: tuple[str, ...] = ()
    reports: int = 0
    contested: bool = False
    depth: int = 0

    @property
    def label(self) -> str:
        """Name of the place."""
        country = country_label(self.country)
        return f"{country}: {self.site}" if self.site else country

    @property
    def dated(self) -> bool:
        """Whether any bound is known."""
        return self.earliest is not None or self.latest is not None

    @property
    def order(self) -> tuple[date, date, str]:
        """Earliest first, undated last, then by name."""
        first = self.earliest or self.latest or date.max
        return first, self.latest or date.max, self.id


@dataclass(frozen=True, slots=True)
class Edge:
    """A transfer between two rows."""

    source: str
    target: str
    basis: str


@dataclass
class TreeRows:
    """Rows from top to bottom, the transfers between them, and what there was no room for."""

    label: str
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    adopters: int = 0
    transfers: int = 0
    more_adopters: int = 0  # counted, not shown
    more_transfers: int = 0


def tree_rows(held: Held, most: int = 60) -> TreeRows:
    """Read an export of one innovation into rows, of at most so many adopters, the earliest."""
    adopters, origins = _nodes(held.places())
    transfers = held.transfers()
    shown = {node.id: node for node in sorted(adopters, key=lambda n: n.order)[:most]}
    rows = TreeRows(
        held.label, adopters=len(adopters), transfers=len(transfers), more_adopters=len(adopters) - len(shown)
    )
    nodes = {node.id: node for node in origins} | shown
    for row in transfers:
        if row["adoption"] not in shown:
            continue
        source = _source(row["from"], row["adoption"], nodes)
        nodes.setdefault(source.id, source)
        rows.edges.append(Edge(source.id, row["adoption"], row["basis"]))
    rows.more_transfers = len(transfers) - len(rows.edges)
    rows.edges.sort(key=lambda e: (BASES.index(e.basis), e.source, e.target))
    rows.nodes = _ordered(nodes, rows.edges)
    return rows


def _nodes(places: Iterable[Row]) -> tuple[list[Node], list[Node]]:
    adopters, origins = [], []
    for place in places:
        code, site = place["country"], place["label"] if place["class"] == "site" else None
        for row in place["adopted"]:
            marks = (
                *marks_of(row["review"]),
                *(["at home"] if row["domestic"] else []),
                *(["only considered"] if row["considered"] else []),
                *(["dates disagree"] if row["conflicts"] else []),
                *(["first observed"] if row["left_censored"] else []),
                *([] if row["certain"] else ["possible"]),
            )
            adopters.append(
                Node(
                    row["id"],
                    "adoption",
                    place["id"],
                    code,
                    site,
                    *_bounds(row),
                    row.get("stage"),
                    marks,
                    row["reports"],
                )
            )
        for row in place["originated"]:
            node = Node(f"origin:{code}", "origin", place["id"], code, row.get("site"), *_bounds(row))
            node.reports = row["reports"]
            node.contested = row["contested"]
            node.marks = tuple(marks_of(row["review"]))
            origins.append(node)
    return adopters, origins


def _bounds(row: Row) -> tuple[date | None, date | None]:
    first, last = (date.fromisoformat(row[name]) if name in row else None for name in ("earliest", "latest"))
    return first, last


def _source(place: str, adoption: str, nodes: dict[str, Node]) -> Node:
    """Return the row that stands for a source, given by the id of its place; a new one where there is none."""
    code = place.split(":", 2)[1]
    here = [n for n in nodes.values() if n.country == code and n.id != adoption and n.kind == "adoption"]
    same = [n for n in here if n.place == place]
    site = place.split(":", 2)[2] if place.startswith("site:") else None
    if not same and f"origin:{code}" in nodes:
        return nodes[f"origin:{code}"]
    joined = same or [n for n in here if not site or not n.site]
    if joined:
        return min(joined, key=lambda n: n.order)
    return Node(f"source:{place}", "source", place, code, site)


def _ordered(nodes: dict[str, Node], edges: list[Edge]) -> list[Node]:
    """Return the nodes from top to bottom, each below the one it surest learned from, and set their depth.

    Those that learned from one another in a ring hang from the earliest of them.
    """
    parent: dict[str, str] = {}
    for edge in edges:
        parent.setdefault(edge.target, edge.source)
    for node in nodes.values():  # what stayed at home stands below where it began
        if "at home" in node.marks and f"origin:{node.country}" in nodes:
            parent.setdefault(node.id, f"origin:{node.country}")
    children: dict[str, list[Node]] = defaultdict(list)
    for node in sorted(nodes.values(), key=lambda n: n.order):
        if node.id in parent:
            children[parent[node.id]].append(node)
    found: dict[str, Node] = {}
    kinds = ("origin", "source", "adoption")
    roots = sorted((n for n in nodes.values() if n.id not in parent), key=lambda n: (kinds.index(n.kind), n.order))
    leftover = sorted((n for n in nodes.values() if n.id in parent), key=lambda n: n.order)
    for root in [*roots, *leftover]:
        stack = [(root, 0)]
        while stack:
            node, depth = stack.pop()
            if node.id not in found:
                node.depth, found[node.id] = depth, node
                stack += [(child, depth + 1) for child in reversed(children[node.id])]
    return list(found.values())
