"""An export of one innovation: which it is, and its rows read once, for a page that shows them more than once."""

from __future__ import annotations

from dataclasses import dataclass

from ..graph.errors import WrongUse
from .cells import clean
from .content import Content, Row
from .selection import Filters


def the_one(content: Content) -> tuple[str, str]:
    """Return the id and the label of the innovation that an export is narrowed to.

    Raises:
        WrongUse: if it is narrowed to none, or to several.

    """
    chosen = content.filters.innovations
    if len(chosen) != 1:
        raise WrongUse(
            f"this format shows one innovation, and {len(chosen) or 'none'} was given; give --innovation NAME once. "
            "`southerly search WORD` finds names; svg-map and png-map show all innovations."
        )
    return chosen[0], str(clean(content.known.innovations[chosen[0]].label))


def label_of(content: Content) -> str | None:
    """Return the label of the innovation that an export is narrowed to; null if it is narrowed to none, or several."""
    return the_one(content)[1] if len(content.filters.innovations) == 1 else None


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of a small export, under the names that `Content` gives them."""

    label: str
    filters: Filters
    kept_places: list[Row]
    kept_transfers: list[Row]

    def places(self) -> list[Row]:
        """Return the places."""
        return self.kept_places

    def transfers(self) -> list[Row]:
        """Return the transfers."""
        return self.kept_transfers


def held(content: Content) -> Held:
    """Read the places and transfers of an export; errors are those of `the_one`."""
    return Held(the_one(content)[1], content.filters, list(content.places()), list(content.transfers()))
