"""Headings: what a part of a report is about, and the one country that a report's heading speaks for.

"Recommendations: ..." and "5. Next steps." hold for the sentences under them, until another heading. What a report with
"Country visited: Jordan" says of a site or a programme without naming a country is said of that one.
"""

from __future__ import annotations

import re

from .scene import Scene
from .sentences import ITEM

_FIRST = 12  # sentences in which a heading may stand
_FOR = re.compile(
    r"\b(?:(?:country|countries|place) visited|country office|(?:project|programme|program|recipient|beneficiary|implementing) countr(?:y|ies)|country(?: of (?:work|implementation|operation))?|country programme)\s*:\s*(?P<c><C\d+>)(?!,| and| \(| \||<| &|/)",
    re.IGNORECASE,
)

#: "Party: the deputy minister of health of Sierra Leone", "Setting: three practices in Atlanta".
_FROM = re.compile(
    r"(?:^|[.;|] )(?:party|(?:members of the )?delegation|visitors|visiting (?:team|party)|travell?ers|team|participants|(?:grant )?recipient|grantee|beneficiary|applicant|sending (?:country|institution|hospital|organisation|organization)|home (?:country|institution|hospital)|setting)\s*:\s*(?P<rest>[^.;|]{0,160})",
    re.IGNORECASE,
)
_COUNTRY = re.compile(r"<C\d+>")
_ITEM = re.compile(rf"^(?:[-•*–]|\(?{ITEM}[.)])\s+")
_LABEL = re.compile(r"[A-ZÀ-Þ][\w ’'/()&,-]{2,50}?(?=\s?:(?:\s|$))")
_TITLE = re.compile(r"[A-ZÀ-Þ][\w’'/-]*(?: [\w’'/-]+){0,4}(?=\.?$)")


def is_item(tagged: str) -> bool:
    """Say whether a sentence is an item of a list: "- Rwanda: ...", "(ii) that ..."."""
    return bool(_ITEM.match(tagged))


def is_labelled(tagged: str) -> bool:
    """Say whether a sentence begins with a label: "Results: ten districts ..."."""
    item = _ITEM.match(tagged)
    return bool(_LABEL.match(tagged, item.end() if item else 0))


def heading_of(tagged: str) -> str | None:
    """Return the words that a sentence is headed by, or is: "Results" of "Results: Ten ..."; null if it has none."""
    item = _ITEM.match(tagged)
    at = item.end() if item else 0
    found = _LABEL.match(tagged, at) or _TITLE.match(tagged, at)
    return found.group() if found else None


def country_of_heading(scenes: list[Scene]) -> str | None:
    """Return the country that the first lines of a text say it is about; null if they name none or several."""
    top = [scene for scene in scenes[:_FIRST] if ":" in scene.tagged]
    found = {scene.country_of(m["c"]) for scene in top for m in _FOR.finditer(scene.tagged)}
    if not found:
        found = {
            scene.country_of(c)
            for scene in top
            for m in _FROM.finditer(scene.tagged)
            for c in _COUNTRY.findall(m["rest"])
        }
    return found.pop() if len(found) == 1 else None
