"""`conflicts [NAME]`: where reports disagree, who says what, and what an analyst settled."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

from ..graph.dates import edtf_of_bounds
from ..graph.diffusion import Diffusion
from ..graph.identity import Identity
from ..graph.lookup import find
from ..graph.reviewed import CANDIDATE, marks_of, pooled_review
from ..ontology.countries import country_label
from .aggregates import aggregates_of, conflict_rows
from .answer import Answer, cut, read_as


def conflicts(known: Identity, name: str | None = None, *, limit: int | None = None) -> Answer:
    """Return the conflicts of an innovation or of all, those with most reports first."""
    hit, near = find(known, name, ("innovation",)) if name else (None, False)
    rows = _rows(known, hit.id if hit else None)
    found = [_shape(known, list(group)) for _, group in groupby(rows, key=itemgetter("id"))]
    found.sort(key=lambda c: (-sum(len(v["reports"]) for v in c["values"]), c["id"]))
    shown, hidden, cutting = cut(found, limit, "conflicts")
    notes = known.view.notes + (read_as(name or "", hit.label, near) if hit else []) + cutting
    lines = [
        {
            "about": conflict["subject"]["label"],
            "field": conflict["field"],
            "value": value["label"] if "label" in value else value["value"],
            "said by": "; ".join(r["title"] or r["id"] for r in value["reports"]),
            "settled": "yes" if conflict["settled"] in value["claims"] else "",
            "marks": ", ".join(marks_of(value["review"])),
            "id": conflict["id"],
        }
        for conflict in shown
        for value in conflict["values"]
    ]
    return Answer(
        shown,
        lines,
        ("about", "field", "value", "said by", "settled", "marks", "id"),
        notes,
        "Where reports disagree",
        hidden,
    )


def _rows(known: Identity, innovation: str | None) -> list[dict[str, Any]]:
    if innovation is None:
        return aggregates_of(known).conflicts()
    Diffusion(known, innovation)
    return conflict_rows(known)


def _shape(known: Identity, rows: list[dict[str, Any]]) -> dict[str, Any]:
    first = rows[0]
    innovation = known.innovations[first["innovation"]]
    place = country_label(first["country"]) if first["country"] else None
    label = ", ".join(x for x in (innovation.label, first["site"], place) if x)
    values: dict[str, dict[str, Any]] = {}
    for row in rows:
        if first["field"] == "origin.country":
            value, shown = row["claimed"], country_label(row["claimed"])
        else:
            value = edtf_of_bounds(row["earliest"], row["latest"]) or row["when"]
            shown = value
        entry = values.setdefault(
            value, {"value": value, "label": shown, "claims": [], "reports": [], "review": CANDIDATE}
        )
        entry["claims"].append(row["claim_id"])
        entry["review"] = pooled_review([entry["review"], row["review"]])
        report = {"id": row["report"], "title": row["title"], "url": row["url"], "year": row["year"]}
        if report not in entry["reports"]:
            entry["reports"].append(report)
    return {
        "id": first["id"],
        "subject": {"id": innovation.id, "class": "innovation", "label": label},
        "field": first["field"],
        "values": [values[v] for v in sorted(values)],
        "settled": first["settled"],
    }
