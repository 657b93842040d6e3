"""The one country that a report's heading speaks for: "Country visited: Jordan", "Country office: Port-au-Prince".

What such a report says of a site or a programme without naming a country is said of that one.
"""

from __future__ import annotations

import re

from .scene import Scene

_FIRST = 12  # sentences in which a heading may stand
_FOR = re.compile(
    r"\b(?:(?:country|countries|place) visited|country office|(?:project|programme|program|recipient|beneficiary|implementing) countr(?:y|ies)|country(?: of (?:work|implementation|operation))?|country programme)\s*:\s*(?P<c><C\d+>)(?!,| and| \(| \||<| &|/)",
    re.IGNORECASE,
)


def country_of_heading(scenes: list[Scene]) -> str | None:
    """Return the country that the first lines of a text say it is about; null if they name none or several."""
    found = {scene.country_of(m["c"]) for scene in scenes[:_FIRST] for m in _FOR.finditer(scene.tagged)}
    return found.pop() if len(found) == 1 else None
