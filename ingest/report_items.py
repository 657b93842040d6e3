"""What each kind of row in a filled exchange report claims, one function for each section.

An outcome staged adopted, scaled or sustained is also an adoption in each adopter country. A follow-up that
finds a practice in use is an outcome staged sustained and an adoption that began by then; one that finds it
stopped is an adoption that had ended by then. An action is an adoption considered: planned, actual once
started, negated if dropped; and adopted when done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .fields import NOWHERE, PlaceSaid
from .report_values import Row, adopted_in, extra, learned_from, timed, where

_ALSO_ADOPTED = {"adopted", "scaled", "sustained"}
_ACTION = {  # status of an action: stage and status of the adoption that it stands for
    "planned": ("considered", "planned"),
    "started": ("considered", "actual"),
    "done": ("adopted", "actual"),
    "dropped": ("considered", "negated"),
}
_ADOPTION_AS_SAID = (
    *("stage", "channel", "partners", "adaptation", "outcome", "outcome_level"),
    *("mechanisms", "enablers", "barriers"),
)
_IN_USE = {"yes": "still in use", "partly": "partly in use"}


def _names(values: dict[str, Any], _exchange: str | None) -> Iterator[Row]:
    """Give each other name of an innovation; without one, the name itself, to carry its kind and area."""
    said = {
        "kind": "name",
        "innovation": values["name"],
        "innovation_kind": values.get("kind"),
        "theme": values.get("practice_area"),
        "extra": extra(values),
    }
    others = dict.fromkeys(values.get("aliases", ()), "alias")
    others |= dict.fromkeys(values.get("acronym", ()), "acronym")
    for name, kind in (others or {values["name"]: "alias"}).items():
        yield said | {"name": name, "name_type": kind}


def _origin(values: dict[str, Any], _exchange: str | None) -> Iterator[Row]:
    yield {
        "kind": "origin",
        "innovation": values["innovation"],
        **where(values.get("country"), values.get("site")),
        **timed(values.get("when")),
        "extra": extra(values),
    }


def _adoption(values: dict[str, Any], exchange: str | None) -> Iterator[Row]:
    observed = values.get("first_observed") == "yes"
    yield {
        "kind": "adoption",
        "status": values.get("status", "actual"),
        "innovation": values["innovation"],
        **where(values.get("country"), values.get("site")),
        **learned_from(values.get("learned_from", {})),
        **timed(values.get("when"), by=observed),
        **timed(values.get("end"), "end"),
        **{name: values.get(name) for name in _ADOPTION_AS_SAID},
        # The only exchange of a report need not explain every adoption in it: here it has to be named.
        "exchange": exchange if "exchange" in values else None,
        "left_censored": True if observed else None,
        "extra": extra(values),
    }


def _outcome(values: dict[str, Any], exchange: str | None) -> Iterator[Row]:
    places, site = values.get("adopter_country", []), values.get("adopter_site")
    said = {
        "innovation": values.get("practice"),
        "theme": values.get("practice_area"),
        "exchange": exchange,
        "stage": values.get("stage"),
        "status": values.get("status", "actual"),
        "adaptation": values.get("adaptation_made"),
        "mechanisms": values.get("mechanism"),
        "enablers": values.get("enabler"),
        "barriers": values.get("barrier"),
        **timed(values.get("date_observed")),
    }
    yield {
        **said,
        "kind": "outcome",
        "outcome_level": values.get("level"),
        **adopted_in(places, site),
        "outcome": values.get("outcome"),
        **{name: values.get(name) for name in ("metric", "value", "unit")},
        "extra": extra(values, "baseline", "fidelity", "attribution", "evidence", "source_ref"),
    }
    if said["stage"] in _ALSO_ADOPTED and said["innovation"]:
        yield from _adoptions(said, places, site)


def _adoptions(said: Row, places: Sequence[PlaceSaid], site: str | None) -> Iterator[Row]:
    """Yield an adoption for each country; a site is kept only where there is one country for it to be in."""
    for place in places or (NOWHERE,) * bool(site):
        yield said | {"kind": "adoption", **where(place, site if len(places) < 2 else None)}


def _action(values: dict[str, Any], exchange: str | None) -> Iterator[Row]:
    progress = values.get("status", "planned")
    stage, status = _ACTION[progress]
    began = {"planned": values.get("due"), "done": values.get("status_date")}.get(progress)
    yield {
        "kind": "adoption",
        "innovation": values["practice"],
        "stage": stage,
        "status": status,
        "exchange": exchange,
        **where(values.get("adopter_country"), values.get("adopter_site")),
        **timed(began),
        "extra": extra(values, "action", "due", "resources", "status_date"),
    }


def _follow_up(values: dict[str, Any], exchange: str | None) -> Iterator[Row]:
    in_use = values.get("still_in_use")
    places, site = values.get("adopter_country", []), values.get("adopter_site")
    said = {"innovation": values["practice"], "exchange": exchange}
    begun = said | {"left_censored": True, **timed(values["date"], by=True)}
    if in_use == "no":
        stopped = {"stage": "abandoned", "barriers": values.get("why_stopped"), "extra": extra(values)}
        stopped |= said | timed(values["date"], "end", by=True)
        yield from _adoptions(stopped, places or [NOWHERE], site)
    else:
        yield {
            **said,
            "kind": "outcome",
            **adopted_in(places, site),
            **timed(values["date"]),
            "stage": "sustained" if in_use else None,
            "outcome": _IN_USE.get(in_use or "", "use not known"),
            "metric": "sites" if "sites_now" in values else None,
            "value": values.get("sites_now"),
            "barriers": values.get("why_stopped"),
            "extra": extra(values),
        }
        if in_use:
            yield from _adoptions(begun | {"stage": "sustained"}, places, site)
    yield from _adoptions(begun | {"stage": "adopted"}, values.get("spread_to", []), None)


#: Section key to the function that turns a row's values, and the exchange that the row means, into claims.
CLAIMS: dict[str, Callable[[dict[str, Any], str | None], Iterator[Row]]] = {
    "innovations": _names,
    "origins": _origin,
    "adoptions": _adoption,
    "outcomes": _outcome,
    "action_plan": _action,
    "follow_up": _follow_up,
}
