"""When an activity began and ended, and whether it did: its dates and its status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..graph.dates import When
from ..ontology.iati_codelists import code_named, find_code
from . import fields
from .iati_text import ActivityProblem, attribute, child, name_of
from .iati_xml import Element

#: Type of an activity's date, in IATI 2.x, 1.x and its trial versions: which end, and whether it came to pass.
_TYPES = {
    "1": ("start", "planned"),
    "2": ("start", "actual"),
    "3": ("end", "planned"),
    "4": ("end", "actual"),
    "start-planned": ("start", "planned"),
    "start-actual": ("start", "actual"),
    "end-planned": ("end", "planned"),
    "end-actual": ("end", "actual"),
    "start": ("start", "not said"),
    "end": ("end", "not said"),
    "completion": ("end", "not said"),
}
_SUREST = ("actual", "not said", "planned")
#: xsd:date may carry a time zone, and publishers write times: neither says more than the day.
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*|Z|[+-]\d\d:\d\d)", re.ASCII)
#: Names that versions 1.x have for a status.
_OLD_NAMES = {"completion": "3", "post completion": "4"}


@dataclass(frozen=True, slots=True)
class Spell:
    """The dates of an activity: the surest start and end, how sure they are, and all as given."""

    start: When | None = None
    end: When | None = None
    start_is: str | None = None  # actual | planned | not said
    end_is: str | None = None
    given: dict[str, str] = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether the file says that the activity took place."""
        return any(name.endswith(" (actual)") for name in self.given)

    @property
    def only_planned(self) -> bool:
        """Whether every date is one that was planned, and there is one."""
        return bool(self.given) and all(name.endswith(" (planned)") for name in self.given)


def spell(activity: Element) -> Spell:
    """Return the dates of an activity: actual ones before planned ones.

    Raises ActivityProblem for a date that no calendar has.
    """
    read: dict[str, dict[str, When]] = {"start": {}, "end": {}}
    given: dict[str, str] = {}
    for element in activity.iterchildren("activity-date"):
        words = attribute(element, "iso-date") or name_of(element)
        if words is None:
            continue
        kind = (attribute(element, "type") or "type not said").casefold()
        which, sure = _TYPES.get(kind, (kind, "not said"))
        given.setdefault(f"{which} ({sure})", words)
        if which in read and (when := date_of(element, words)).edtf:
            read[which].setdefault(sure, when)
    start, end = (_surest(read[which]) for which in ("start", "end"))
    return Spell(start[0], end[0], start[1], end[1], given)


def date_of(element: Element, words: str) -> When:
    """Return when some words say. Raises ActivityProblem for a date that no calendar has."""
    try:
        return _read(words)
    except fields.FieldProblem as wrong:
        raise ActivityProblem(element, wrong.found, wrong.expected, wrong.hint, "date") from wrong


@lru_cache(maxsize=1 << 15)
def _read(words: str) -> When:
    day = _DAY.fullmatch(words)
    when = fields.read_when(day[1] if day else words)
    return replace(when, said=words) if when else When(words, None, None, None)


def status(activity: Element, dates: Spell) -> tuple[str, dict[str, str] | None, Iterator[str]]:
    """Return the status of the claim, the activity's own status as given, and what is to be told of it.

    An activity that has an actual date took place. Else one in the pipeline, or suspended, is planned; one that was
    cancelled is negated; and one without a status is planned if all that it has are planned dates.
    """
    element = child(activity, "activity-status")
    code = None if element is None else attribute(element, "code")
    said = None if element is None else name_of(element)
    if code is None and said:
        code = _OLD_NAMES.get(said.casefold().replace("-", " ")) or code_named("ActivityStatus", said)
    known = find_code("ActivityStatus", code) if code else None
    given = {name: value for name, value in (("code", code), ("name", known.name if known else said)) if value}
    told = iter([f"activity status {code} is not in the code list and was kept as said"] if code and not known else [])
    return _claimed(code if known else None, dates), given or None, told


def _claimed(code: str | None, dates: Spell) -> str:
    if dates.begun:
        return "actual"
    if code in ("1", "6"):
        return "planned"
    if code == "5":
        return "negated"
    return "planned" if code is None and dates.only_planned else "actual"


def _surest(read: dict[str, When]) -> tuple[When | None, str | None]:
    return next(((read[sure], sure) for sure in _SUREST if sure in read), (None, None))
