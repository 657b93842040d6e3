"""An exchange of a filled report as one claim, with its participants, programme and debriefing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .report_values import Row, codes, extra, timed, words

#: Rows of the sections that are parts of an exchange, by section.
Parts = dict[str, list[dict[str, Any]]]


def exchange_claim(values: Row, parts: Parts, source: Row) -> Row:
    """Return the columns of an exchange claim. People are counted and described, never named."""
    people = parts["participants"]
    debrief = parts["debrief"][0] if parts["debrief"] else {}
    practices = values.get("practices", [])
    start, end = values.get("start_date", {}), values.get("end_date", {})
    expected = values.get("learning_expected", {})
    hosts, visitors = _side(values.get("host", [])), _side(values.get("visitors", []))
    return {
        "kind": "exchange",
        "status": values.get("status", "actual"),
        "exchange": values.get("exchange_id", values["title"]),
        "title": values["title"],
        "exchange_type": values.get("exchange_type"),
        "direction": values.get("direction"),
        **timed(start.get("when")),
        **timed(end.get("when"), "end"),
        **{f"host_{name}": found for name, found in hosts.items() if name != "said"},
        **{f"visiting_{name}": found for name, found in visitors.items() if name != "said"},
        "funders": values.get("funder"),
        "facilitators": values.get("facilitator"),
        "shown": list(dict.fromkeys(p["practice"] for p in practices)) or None,
        "theme": next((p["practice_area"] for p in practices if "practice_area" in p), None),
        "participants": _head_count(people) or values.get("participants_n"),
        "cadre": _common(people, "cadre", "mixed") or values.get("participants_cadre"),
        "decision_power": _common(people, "decision_power", "some"),
        "debrief": debrief.get("held") or values.get("debrief"),
        "mission": values.get("mission_statement"),
        "learning_level": "; ".join(expected.get("level", [])) or None,
        "extra": extra(
            values,
            "language_of_exchange",
            "learning_questions",
            "needs_assessment",
            "agreement",
            practices=practices if any(len(p) > 1 for p in practices) else None,
            host_said=hosts["said"],
            visitors_said=visitors["said"],
            end_status=end.get("status"),
            learning_for=expected.get("for"),
            participants=[_without_link(p) for p in people],
            programme=[_without_link(p) for p in parts["programme"]],
            debriefing={k: v for k, v in _without_link(debrief).items() if k != "held"},
            report_date=source.get("date"),
            completed_on=source.get("completed_on"),
        ),
    }


def _side(parties: Sequence[Row]) -> dict[str, Any]:
    """Return the countries, organisations and sites of the hosts or of the visitors, each once."""
    places = [party["country"] for party in parties if "country" in party]

    def gathered(name: str) -> list[str] | None:
        return list(dict.fromkeys(item for party in parties for item in party.get(name, []))) or None

    return {
        "countries": codes(places),
        "organisations": gathered("organisation"),
        "sites": gathered("sites"),
        "said": words(places),
    }


def _head_count(people: Sequence[Row]) -> str | None:
    """Return the number of people in the rows; null if a row has no count, for the sum would be too low."""
    counts = [row["count"] for row in people if "count" in row]
    return str(sum(counts)) if counts and len(counts) == len(people) else None


def _common(people: Sequence[Row], name: str, several: str) -> str | None:
    """Return what the rows that say it agree on, else the word for several."""
    said = {row[name] for row in people if name in row}
    return None if not said else said.pop() if len(said) == 1 else several


def _without_link(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "exchange"}
