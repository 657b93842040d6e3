"""An answer: the JSON shape of the contract, the same as flat rows for tables and notebooks, and what was left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

Item = TypeVar("Item")


if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


@dataclass
class Answer:
    """What a question got. `rows` have the most telling column first and share their keys."""

    data: Any
    rows: list[dict[str, Any]]
    columns: tuple[str, ...]
    notes: list[str] = field(default_factory=list)
    title: str = ""
    hidden: int = 0  # lines that a limit left out
    graph: Callable[[], nx.MultiDiGraph[Any]] | None = field(default=None, repr=False)

    @property
    def found(self) -> bool:
        """Say whether there is anything to show."""
        return bool(self.rows) or self.hidden > 0

    def to_dict(self) -> Any:
        """Return the JSON shape (DESIGN contract, documented in the reference)."""
        return self.data

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a data frame: one row a line of the table, columns as in the table, null where unknown."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns))

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """Return the transfers behind the answer as a networkx multigraph.

        Raises:
            TypeError: if the answer is not about transfers.

        """
        if self.graph is None:
            raise TypeError("this answer holds no network; ask trace, spread or flows")
        return self.graph()


def cut(found: list[Item], limit: int | None, things: str) -> tuple[list[Item], int, list[str]]:
    """Return what a limit lets through, how many it left out, and the line that says so."""
    shown = found if limit is None else found[:limit]
    hidden = len(found) - len(shown)
    return shown, hidden, [f"{hidden} more {things}; raise --limit to see them."] if hidden else []


def read_as(name: str, label: str, near: bool) -> list[str]:
    """Return the line that says how a name was read, if it was only near to one that there is."""
    return [f"“{name}” was read as {label}."] if near else []
