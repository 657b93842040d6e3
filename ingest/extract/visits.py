"""Visits that a text has told of: who came to whom, or one side of it, for the sentences that follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Exchange(Protocol):
    """What the memory of a text keeps of an exchange."""

    type: str | None
    hosts: list[str]
    visitors: list[str]
    host_organisations: list[str]
    visiting_organisations: list[str]
    mutual: bool
    status: str


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came to whom, as sentences before have told; both sides alike where it went both ways."""

    visitors: tuple[str, ...]
    hosts: tuple[str, ...]
    mutual: bool = False
    teaching: bool = False  # the visitors came to teach

    def host_of(self, visitor: str | None) -> str | None:
        """Return whom a country went to see; null if it went to several or did not go."""
        if visitor not in self.visitors:
            return None
        others = [h for h in self.hosts if h != visitor]
        return others[0] if len(others) == 1 and (self.mutual or visitor not in self.hosts) else None


@dataclass(frozen=True, slots=True)
class Half:
    """One side of an exchange, of whose other side the text has yet to tell."""

    hosts: tuple[str, ...]
    visitors: tuple[str, ...]
    type: str | None
