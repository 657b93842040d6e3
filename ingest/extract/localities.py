"""Districts, regions and towns that a text speaks of, where it also names the country that they lie in.

"In Leribe" means Lesotho in a text about Lesotho and Uganda, for neither has another Leribe; where the text names no
country that has such a place, or two, the word stays a word. Names are those of `ontology/localities.csv` (GeoNames).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .places import countries_with
from .scene import Scene

_CAPITALS = r"[A-ZÀ-Þ][\w’'-]{3,}(?: (?:[a-z]{2,3} )?[A-ZÀ-Þ][\w’'-]{2,}){0,2}"
#: Words of place, and the names that they lead: "in Leribe and Mafeteng", "from Khatlon".
_LED = re.compile(
    r"\b(?:in|at|from|to|of|near|around|for|visited|visiting|and|both|between|across|the|In|At|From|To|Near|Both|Since|by|with)"
    rf" (?P<names>{_CAPITALS}(?:,? (?:and |or )?{_CAPITALS})*)"
)
_BETWEEN = re.compile(r",? (?:and|or) |, ")


def told_localities(scenes: Sequence[Scene]) -> dict[str, str]:
    """Return the places of a text, as it spells them, with the one country that it names and that has them.

    Cost: linear in the text.
    """
    named = {m.iso3 for scene in scenes for m in scene.countries}
    named |= {country for scene in scenes for country in scene.seats.values()}
    found: dict[str, str] = {}
    for name in {name for scene in scenes for name in _led_names(scene.tagged)}:
        here = named.intersection(countries_with(name))
        if len(here) == 1:
            found[name] = here.pop()
    return found


def _led_names(tagged: str) -> Iterator[str]:
    """Yield the names that words of place lead, and the first word of longer ones."""
    for m in _LED.finditer(tagged):
        for name in _BETWEEN.split(m["names"]):
            yield from {name, name.split(" ", 1)[0]}
