"""The results of an activity as outcome claims: one for each indicator, and for a result that has none.

What was measured last is the claim's value; baselines, targets and all periods are kept in `extra`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..graph.dates import When, edtf_of_bounds
from ..ontology.iati_codelists import find_code
from .iati_dates import date_of
from .iati_parties import Tell
from .iati_text import ActivityProblem, Said, attribute, carried, child, name_of, one, preferred, spoken, translations
from .iati_xml import Element
from .report_values import Row, timed

_OUTPUT = "1"  # type of a result: what the activity itself made or did
_PERCENTAGE = "2"  # measure of an indicator
_NOTHING = {"0", "0.0", "0.00", "no"}


@dataclass(frozen=True, slots=True)
class _Period:
    """A stretch of time with what was aimed at and what was found in it."""

    when: When | None
    order: tuple[date, int]  # by its end, then as they stand
    given: dict[str, Any]
    target: str | None
    actual: str | None
    found: bool  # whether anything was found, be it in words alone
    comment: str | None


def outcome_claims(activity: Element, within: str, planned: bool, tell: Tell) -> Iterator[Row]:
    """Yield the outcomes of an activity. Those of an activity that is itself planned are planned."""
    for r, result in enumerate(activity.iterchildren("result"), 1):
        at = f"{within}/result[{r}]"
        indicators = list(result.iterchildren("indicator"))
        for i, indicator in enumerate(indicators, 1):
            yield _claim(result, indicator, f"{at}/indicator[{i}]", planned, tell)
        if not indicators:
            yield _claim(result, None, at, planned, tell)


def _claim(result: Element, indicator: Element | None, at: str, planned: bool, tell: Tell) -> Row:
    meant, measured = _title(result), _title(indicator)
    result_type = attribute(result, "type")
    listed = find_code("ResultType", result_type or "")
    said: Row = {"measured": None, "planned": planned}
    if indicator is not None:
        said = _measured(indicator, planned, tell)
    chosen: _Period | None = said["measured"]
    baselines = [] if indicator is None else [b for e in indicator.iterchildren("baseline") if (b := _baseline(e))]
    value = chosen.actual if chosen else None
    names = ": ".join(dict.fromkeys(best.words for best in (preferred(meant), preferred(measured)) if best))
    quote = (indicator is not None and one(indicator, "description")) or one(result, "description")
    quote = quote or (chosen.comment if chosen else None)
    return {
        "kind": "outcome",
        "status": "planned" if said["planned"] else "actual",
        "locator": at,
        "outcome": names or quote,
        "metric": said_words(measured),
        "value": value,
        "unit": said.get("unit"),
        "stage": _stage(result_type, said["planned"], value, baselines),
        "quote": quote,
        **timed(chosen.when if chosen else None),
        "extra": carried(
            result_type=listed.name.lower() if listed else result_type,
            measure=said.get("measure"),
            baseline=baselines[0] if len(baselines) == 1 else baselines,
            target=chosen.target if chosen else None,
            periods=said.get("periods"),
            references=said.get("references"),
            in_other_languages=translations(measured or meant),
        ),
    }


def _title(element: Element | None) -> list[Said]:
    return [] if element is None else spoken(element.iterchildren("title"))


def said_words(said: list[Said]) -> str | None:
    """Return the preferred words of what was said; null if nothing was."""
    best = preferred(said)
    return best.words if best else None


def _measured(indicator: Element, planned: bool, tell: Tell) -> Row:
    """Return what an indicator measures: the last period in which anything was found, else the last one."""
    periods = [_period(element, n, tell) for n, element in enumerate(indicator.iterchildren("period"))]
    periods.sort(key=lambda period: period.order)
    found = [period for period in periods if period.found]
    measure = attribute(indicator, "measure")
    listed = find_code("IndicatorMeasure", measure or "")
    references = (
        {name: ref.get(name) for name in ("vocabulary", "code") if ref.get(name)}
        for ref in indicator.iterchildren("reference")
    )
    return {
        "measured": next(reversed(found or periods), None),
        "planned": planned or bool(periods and not found),
        "measure": listed.name.lower() if listed else measure,
        "unit": "%" if measure == _PERCENTAGE else None,
        "periods": [period.given for period in periods if len(periods) > 1 or _says_more(period.given)],
        "references": [reference for reference in references if reference],
    }


def _period(element: Element, number: int, tell: Tell) -> _Period:
    start, end = _day(child(element, "period-start"), tell), _day(child(element, "period-end"), tell)
    targets, actuals = (
        [said for e in element.iterchildren(tag) if (said := _level(e))] for tag in ("target", "actual")
    )
    comment = next((level["comment"] for level in actuals if "comment" in level), None)
    actual = _whole(actuals)
    given = {"start": start and start.said, "end": end and end.said, "target": targets, "actual": actuals}
    return _Period(
        _between(start, end),
        ((end and end.latest) or (start and start.latest) or date.min, number),
        {name: value for name, value in given.items() if value},
        _whole(targets),
        actual,
        found=bool(actuals),
        comment=comment,
    )


def _day(element: Element | None, tell: Tell) -> When | None:
    """Return the day at an end of a period; words that are no date are kept, for the activity stands without them."""
    words = None if element is None else attribute(element, "iso-date") or name_of(element)
    if element is None or words is None:
        return None
    try:
        when = date_of(element, words)
    except ActivityProblem:
        when = When(words, None, None, None)
    if when.edtf is None:
        tell(f"period date kept in words: “{words[:60]}”")
    return when


def _between(start: When | None, end: When | None) -> When | None:
    """Return when something was found that was found in a period."""
    said = "/".join(when.said or "" for when in (start, end) if when)
    earliest, latest = start.earliest if start else None, end.latest if end else None
    if not said:
        return None
    if earliest and latest and earliest > latest:
        return When(said, None, None, None)
    return When(said, edtf_of_bounds(earliest, latest), earliest, latest)


def _level(element: Element) -> dict[str, Any]:
    """Return a target or an actual: value, comment, and the group or place that it is of."""
    groups = {
        d.get("name", ""): d.get("value", "")
        for d in element.iterchildren("dimension")
        if d.get("name") or d.get("value")
    }
    places = [ref for place in element.iterchildren("location") if (ref := attribute(place, "ref"))]
    # Versions before 1.03 wrote the value as the element's own text.
    value = attribute(element, "value") or (name_of(element) if len(element) == 0 else None)
    said = {"value": value, "comment": one(element, "comment"), "dimensions": groups, "locations": places}
    return {name: part for name, part in said.items() if part}


def _whole(levels: list[dict[str, Any]]) -> str | None:
    """Return the value for the whole: the one that is of no group, else the only one."""
    valued = [level for level in levels if "value" in level]
    whole = [level for level in valued if "dimensions" not in level]
    chosen = whole or (valued if len(valued) == 1 else [])
    return str(chosen[0]["value"]) if chosen else None


def _says_more(period: dict[str, Any]) -> bool:
    """Say whether a period has more than one target and one value, or more than their values."""
    sides = (period.get("target", ()), period.get("actual", ()))
    return any(len(side) > 1 or any(level.keys() > {"value"} for level in side) for side in sides)


def _baseline(element: Element) -> dict[str, Any]:
    year, day = attribute(element, "year"), attribute(element, "iso-date")
    return _level(element) | {name: words for name, words in (("year", year), ("date", day)) if words}


def _stage(result_type: str | None, planned: bool, value: str | None, baselines: list[dict[str, Any]]) -> str | None:
    """Return the stage of an outcome, where a result says it: a product is an output once there is any of it."""
    if planned:
        return "intended"
    nothing = value is not None and (value.casefold() in _NOTHING or any(b.get("value") == value for b in baselines))
    return "output" if result_type == _OUTPUT and not nothing else None
