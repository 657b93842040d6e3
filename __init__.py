"""Southerly: how health and social-care innovations travel between countries, and how we know.

>>> import southerly
>>> kg = southerly.open("southerly-graph")                # doctest: +SKIP
>>> kg.trace("Friendship Bench").to_pandas()              # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from .knowledge_graph import KnowledgeGraph

__all__ = ["KnowledgeGraph", "open"]


def open(folder: str | Path = "southerly-graph", **scope: Any) -> KnowledgeGraph:
    """Open a graph for questions; see `KnowledgeGraph` for what can be asked and which scope may be given.

    `folder` may be the address of a Neo4j server that the graph was pushed to.

    Raises:
        NoLedger: if the folder holds no graph.

    """
    from .knowledge_graph import KnowledgeGraph

    return KnowledgeGraph(folder, **scope)


def __getattr__(name: str) -> Any:
    if name == "KnowledgeGraph":
        from .knowledge_graph import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
