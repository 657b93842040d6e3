"""`show NAME`: all that is known of an innovation, country, site, exchange or report, by section."""

from __future__ import annotations

from typing import Any

from ..graph.identity import Identity
from ..graph.lookup import Hit, find
from ..graph.reviewed import marks_of
from ..ontology.countries import all_countries, region_of, subregion_of, who_region_of
from .answer import Answer, read_as
from .conflicts import conflicts
from .spread import spread
from .why import saying, why

_SECTIONS = {
    "origin": "origins",
    "adoption": "adoptions",
    "exchange": "exchanges",
    "outcome": "outcomes",
    "name": "names",
}


def show(known: Identity, name: str) -> Answer:
    """Return everything the claims say of one thing; each entry names its report and claim."""
    hit, near = find(known, name)
    claims = why(known, hit.id).to_dict()["claims"]
    data: dict[str, Any] = {"subject": _subject(known, hit)}
    if hit.cls == "innovation":
        data |= _innovation(known, hit)
    if hit.cls == "country":
        data |= _country(hit)
    kinds = ("exchange", "outcome", "name") if hit.cls == "innovation" else tuple(_SECTIONS)
    for kind in kinds:
        if hit.cls == "innovation" and kind == "name":
            continue
        data[_SECTIONS[kind]] = [_entry(c) for c in claims if c["kind"] == kind]
    data["reports"] = _reports(claims)
    rows = [
        {"section": "name", "what": hit.label, "report": None, "marks": "", "id": hit.id},
        *_described(data),
        *(
            {
                "section": _SECTIONS[c["kind"]],
                "what": saying(c["kind"], c["content"]),
                "report": _title(c),
                "marks": ", ".join(marks_of(c["review"])),
                "id": c["id"],
            }
            for c in claims
            if not (hit.cls == "innovation" and c["kind"] == "name")
        ),
    ]
    notes = known.view.notes + read_as(name, hit.label, near)
    return Answer(data, rows, ("section", "what", "report", "marks", "id"), notes, hit.label)


def _subject(known: Identity, hit: Hit) -> dict[str, Any]:
    aliases: list[str] = []
    if hit.cls == "innovation":
        aliases = list(known.innovations[hit.id].aliases)
    if hit.cls == "country":
        aliases = [n for c in all_countries() if f"country:{c.iso3}" == hit.id for n in c.names]
    return {"id": hit.id, "class": hit.cls, "label": hit.label, "aliases": aliases}


def _innovation(known: Identity, hit: Hit) -> dict[str, Any]:
    innovation = known.innovations[hit.id]
    answer = spread(known, hit.id).to_dict()
    return {
        "kinds": list(innovation.kinds),
        "themes": list(innovation.themes),
        "origins": answer["origins"],
        "adoptions": answer["adoptions"],
        "countries": answer["countries"],
        "unplaced": answer["unplaced"],
        "conflicts": conflicts(known, hit.id).to_dict(),
    }


def _country(hit: Hit) -> dict[str, Any]:
    code = hit.id.removeprefix("country:")
    return {
        "code": code,
        "region": region_of(code),
        "subregion": subregion_of(code),
        "who_region": who_region_of(code),
    }


def _entry(claim: dict[str, Any]) -> dict[str, Any]:
    return {
        "claim": claim["id"],
        "report": claim["report"]["id"],
        "says": saying(claim["kind"], claim["content"]),
    } | {
        "content": claim["content"],
        "quote": claim["quote"],
        "review": claim["review"],
    }


def _title(claim: dict[str, Any]) -> str:
    return str(claim["report"]["title"] or claim["report"]["id"])


def _reports(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = {c["report"]["id"]: c["report"] for c in claims}
    return [found[key] for key in sorted(found)]


def _described(data: dict[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for section in ("kinds", "themes", "code", "region", "subregion", "who_region"):
        value = data.get(section)
        if value:
            text = "; ".join(value) if isinstance(value, list) else value
            rows.append({"section": section.replace("_", " "), "what": text, "report": None, "marks": "", "id": None})
    aliases = data["subject"]["aliases"]
    if aliases:
        rows.insert(0, {"section": "also called", "what": "; ".join(aliases), "report": None, "marks": "", "id": None})
    if data.get("countries"):
        countries = ", ".join(data["countries"])
        rows.append({"section": "adopted in", "what": countries, "report": None, "marks": "", "id": None})
    return rows
