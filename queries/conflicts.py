"""`conflicts [NAME]`: where reports disagree, who says what, and what an analyst settled."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

from ..graph.dates import edtf_of_bounds
from ..graph.diffusion import Diffusion
from ..graph.identity import Identity
from ..graph.lookup import find
from ..ontology.countries import country_label
from .answer import Answer, cut, read_as


def conflicts(known: Identity, name: str | None = None, *, limit: int | None = None) -> Answer:
    """Return the conflicts of an innovation or of all, those with most reports first."""
    hit, near = find(known, name, ("innovation",)) if name else (None, False)
    Diffusion(known, hit.id if hit else None)
    found = [_shape(known, list(group)) for _, group in groupby(_rows(known), key=itemgetter("id"))]
    found.sort(key=lambda c: (-sum(len(v["reports"]) for v in c["values"]), c["id"]))
    shown, hidden, cutting = cut(found, limit, "conflicts")
    notes = known.view.notes + (read_as(name or "", hit.label, near) if hit else []) + cutting
    rows = [
        {
            "about": conflict["subject"]["label"],
            "field": conflict["field"],
            "value": value["label"] if "label" in value else value["value"],
            "said by": "; ".join(r["title"] or r["id"] for r in value["reports"]),
            "settled": "yes" if conflict["settled"] in value["claims"] else "",
            "id": conflict["id"],
        }
        for conflict in shown
        for value in conflict["values"]
    ]
    return Answer(
        shown, rows, ("about", "field", "value", "said by", "settled", "id"), notes, "Where reports disagree", hidden
    )


def _rows(known: Identity) -> list[dict[str, Any]]:
    """Return one row a conflict and claim, of the three fields that can disagree."""
    return known.view.rows(
        """
        WITH disagreed AS (
            SELECT c.conflict AS id, 'adoption.when' AS field, c.innovation, c.country, c.site, c.claim_id
            FROM adoption_claim c JOIN stage_spell s ON s.conflict = c.conflict WHERE s.conflicted AND c.dated
            UNION ALL
            SELECT c.conflict, 'origin.when', c.innovation, c.country, NULL, c.claim_id
            FROM origin_claim c JOIN origin_all o ON o.conflict = c.conflict WHERE o.conflicted AND c.dated
            UNION ALL
            SELECT c.country_conflict, 'origin.country', c.innovation, NULL, NULL, c.claim_id
            FROM origin_claim c WHERE c.country IS NOT NULL AND c.innovation IN (
                SELECT innovation FROM origin_all WHERE country IS NOT NULL GROUP BY innovation HAVING count(*) > 1)
        )
        SELECT d.*, v.country AS claimed, v."when", v.earliest, v.latest, v.when_said, v.report,
            r.title, r.url, r.year, (SELECT claim_id FROM settled s WHERE s.conflict = d.id) AS settled
        FROM disagreed d JOIN visible v ON v.claim_id = d.claim_id LEFT JOIN report_info r ON r.report = v.report
        ORDER BY d.id, d.claim_id
        """
    )


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
        entry = values.setdefault(value, {"value": value, "label": shown, "claims": [], "reports": []})
        entry["claims"].append(row["claim_id"])
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
