"""The names of the files that the bulk importer of Neo4j reads: one for each class of nodes and each kind of link."""

from __future__ import annotations

from ..graph.neo4j_model import CLASSES, SHORTCUT, Link, NodeClass


def nodes_file(cls: NodeClass) -> str:
    """Return the file of a class of nodes."""
    return f"nodes-{cls.label}.csv"


def links_file(cls: NodeClass, link: Link) -> str:
    """Return the file of the links of one kind that leave a class of nodes."""
    return f"links-{cls.label}-{link.type}-{link.target}.csv"


SHORTCUTS_FILE = f"links-Country-{SHORTCUT}-Country.csv"
NAMES = (
    *(nodes_file(cls) for cls in CLASSES),
    *(links_file(cls, link) for cls in CLASSES for link in cls.links),
    SHORTCUTS_FILE,
)
