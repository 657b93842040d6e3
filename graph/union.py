"""Connected components: which things are one when each pair given is the same."""

from __future__ import annotations

from collections.abc import Iterable


class UnionFind:
    """Disjoint sets of names, with path halving. The set of names joined does not depend on the order of joining."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        """Return the present representative of an item's set."""
        parent = self._parent.setdefault(item, item)
        while parent != self._parent[parent]:
            self._parent[item] = self._parent[parent]
            item, parent = parent, self._parent[parent]
        return parent

    def join(self, a: str, b: str) -> None:
        """Make two items one; the lesser name represents them, so that the result is the same in any order."""
        first, second = sorted((self.find(a), self.find(b)))
        self._parent[second] = first

    def clusters(self) -> list[set[str]]:
        """Return the sets, ordered by their least member."""
        sets: dict[str, set[str]] = {}
        for item in self._parent:
            sets.setdefault(self.find(item), set()).add(item)
        return [sets[root] for root in sorted(sets)]


def clusters_of(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Return the connected components of some pairs."""
    union = UnionFind()
    for a, b in pairs:
        union.join(a, b)
    return union.clusters()
