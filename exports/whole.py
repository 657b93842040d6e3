"""What formats share that take the whole graph, as Neo4j holds it: they cannot leave anything out."""

from __future__ import annotations

from collections import deque

from ..graph.errors import WrongUse
from .content import Content
from .selection import Filters


def take_all(content: Content, form: str) -> None:
    """Count and digest all that the content holds, as other formats do by writing it.

    Raises:
        WrongUse: if the filters leave anything out: a part of the graph would look like a graph with holes.

    """
    if content.filters != Filters():
        raise WrongUse(f"{form} holds the whole graph; leave filters out, or take another format, such as graphml")
    for rows in (content.innovations(), content.places(), content.transfers(), content.claims(), content.reports()):
        deque(rows, maxlen=0)
