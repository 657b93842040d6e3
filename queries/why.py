"""`why ID`: the claims behind anything, with their reports, places and words."""

from __future__ import annotations

from typing import Any

from ..graph.content import content_of
from ..graph.diffusion import Diffusion
from ..graph.errors import NotFound
from ..graph.identity import Identity
from ..graph.lookup import find
from ..graph.reviewed import marks_of, review_of
from ..graph.verdicts import SKIP
from .answer import Answer, read_as

_CONFIDENCE = "CASE confidence WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'low' THEN 1 ELSE 0 END"


def why(known: Identity, name: str) -> Answer:
    """Return the claims behind a claim, adoption, conflict, report, innovation, country, site or exchange.

    Raises:
        NotFound: if nothing of that id or name is in the graph.

    """
    subject, ids, notes = claims_behind(known, name)
    claims = claims_by_id(known, ids)
    return Answer(
        {"subject": subject, "claims": claims, "judgements": _judgements(known, {subject["id"], *ids})},
        [_row(claim) for claim in claims],
        ("report", "says", "where", "confidence", "marks", "quote", "url", "id"),
        known.view.notes + notes,
        f"Why {subject['label']}",
    )


def claims_by_id(known: Identity, ids: list[str]) -> list[dict[str, Any]]:
    """Return claims in full, one entry a claim with all the places where it stands; ordered by report and id."""
    known.view.reach.places(ids)
    known.view.make_report_table()
    known.view.register("asked_claim", {"claim_id": ids})
    rows = known.view.rows(
        f"""
        SELECT v.*, r.title AS report_title, r.url, r.year, r.doi, r.publisher, r.licence, r.note, e.places, e.quotes,
            e.method, e.confidence, {review_of(known.view, "v.claim_id")} AS review
        FROM visible v JOIN (SELECT DISTINCT claim_id FROM asked_claim) a USING (claim_id)
        LEFT JOIN report_info r ON r.report = v.report
        LEFT JOIN (
            SELECT claim_id, list({{'carrier': carrier, 'locator': locator}} ORDER BY carrier, locator) AS places,
                list(DISTINCT quote ORDER BY quote) FILTER (quote IS NOT NULL) AS quotes,
                min(method) AS method, arg_max(confidence, {_CONFIDENCE}) AS confidence
            FROM evidence_at GROUP BY claim_id
        ) e ON e.claim_id = v.claim_id
        ORDER BY v.kind, v.report, v.claim_id
        """
    )
    return [
        {
            "id": row["claim_id"],
            "kind": row["kind"],
            "report": {
                "id": row["report"],
                "title": row["report_title"],
                "url": row["url"],
                "year": row["year"],
                "publisher": row["publisher"],
                "licence": row["licence"],
                "note": row["note"],
            },
            "carrier": row["places"][0]["carrier"] if row["places"] else None,
            "locator": row["places"][0]["locator"] if row["places"] else None,
            "places": row["places"] or [],
            "quote": (row["quotes"] or [None])[0],
            "method": row["method"],
            "status": row["status"],
            "review": row["review"],
            "confidence": row["confidence"],
            "content": content_of(row),
        }
        for row in rows
    ]


def claims_behind(known: Identity, name: str) -> tuple[dict[str, str], list[str], list[str]]:
    """Return what a name or id means, the ids of the claims behind it, and notes.

    Raises:
        NotFound: if nothing of that id or name is in the graph.

    """
    con = known.view.con
    prefix = name.split(":", 1)[0]
    if prefix == "claim":
        known.view.reach.about("claim", name)
        found = con.execute("SELECT claim_id FROM visible WHERE claim_id = ?", [name]).fetchall()
        if not found:
            raise NotFound(f"No claim {name} in this revision. `southerly log` lists what was withdrawn when.")
        return {"id": name, "class": "claim", "label": name}, [name], []
    if prefix in {"adoption", "conflict"}:
        return _of_fused(known, name, prefix)
    hit, near = find(known, name)
    if hit.cls == "innovation":
        known.view.reach.innovation(hit.id)
    else:
        known.view.reach.about(hit.cls, hit.id)
    condition, values = {
        "innovation": (
            "innovation_key IN (SELECT key FROM asked_key) OR "
            "list_has_any(shown_keys, (SELECT list(key) FROM asked_key))",
            [],
        ),
        "country": (
            "country = $1 OR source_country = $1 OR list_contains(countries, $1) OR list_contains(host_countries, $1) "
            "OR list_contains(visiting_countries, $1)",
            [hit.id.removeprefix("country:")],
        ),
        "site": ("country = $1 AND site_key = $2", hit.id.split(":", 2)[1:]),
        "exchange": ("exchange_key = $1", [hit.id.removeprefix("exchange:")]),
        "report": ("report = $1", [hit.id]),
    }[hit.cls]
    keys = [key for key, id_ in known.by_key.items() if id_ == hit.id]
    known.view.register("asked_key", {"key": keys})
    ids = [row[0] for row in con.execute(f"SELECT claim_id FROM visible WHERE {condition}", values).fetchall()]
    notes = read_as(name, hit.label, near)
    return {"id": hit.id, "class": hit.cls, "label": hit.label}, sorted(ids), notes


def _of_fused(known: Identity, name: str, prefix: str) -> tuple[dict[str, str], list[str], list[str]]:
    """Find the claims of an adoption or a conflict; its id holds the innovation's."""
    part = name.split(":")[1] if prefix == "adoption" else [*name.split(":"), "", ""][2]
    innovation = f"innovation:{part.split('@')[0]}"
    if innovation in known.innovations:
        Diffusion(known, innovation)
        column = {"adoption": "id", "conflict": "conflict"}[prefix]
        ids: list[str] = []
        for table in ("adoption_claim", "origin_claim") if prefix == "conflict" else ("adoption_claim",):
            where = f"{column} = $1" + (" OR country_conflict = $1" if table == "origin_claim" else "")
            ids += [
                r[0] for r in known.view.con.execute(f"SELECT claim_id FROM {table} WHERE {where}", [name]).fetchall()
            ]
        if prefix == "adoption":
            ids += [
                claim
                for row in known.view.con.execute("SELECT claims FROM learned WHERE id = $1", [name]).fetchall()
                for claim in row[0]
            ]
        if ids:
            label = f"{known.innovations[innovation].label} ({name.split(':', 2)[-1]})"
            return {"id": name, "class": prefix, "label": label}, sorted(set(ids)), []
    raise NotFound(
        f"No {prefix} {name} in this revision. Ids stand in the last column of `southerly spread` and `conflicts`."
    )


def _judgements(known: Identity, ids: set[str]) -> list[dict[str, Any]]:
    rows = known.view.rows("SELECT * FROM judgement_at WHERE verdict <> ? ORDER BY ALL", [SKIP])
    return [row for row in rows if ids & {row["subject"], row["object"]}]


def _row(claim: dict[str, Any]) -> dict[str, Any]:
    report, content = claim["report"], claim["content"]
    return {
        "report": " ".join(
            str(x) for x in (report["title"] or report["id"], f"({report['year']})" if report["year"] else "") if x
        ),
        "says": f"{claim['kind']}: {saying(claim['kind'], content)}",
        "where": f"{claim['carrier']} {claim['locator'] or ''}".strip(),
        "confidence": claim["confidence"],
        "marks": ", ".join(marks_of(claim["review"])),
        "quote": claim["quote"],
        "url": report["url"],
        "id": claim["id"],
    }


def saying(kind: str, content: dict[str, Any]) -> str:
    """Return a claim in a few words, for people."""
    get = content.get
    place = ", ".join(x for x in (get("site"), get("country") or get("country_said")) if x)
    when = get("when_said") or get("when")
    parts = {
        "origin": [get("innovation"), "began", place and f"in {place}", when],
        "adoption": [
            place or "somewhere",
            get("stage"),
            get("innovation"),
            when,
            get("source_country") and f"from {get('source_country')}",
        ],
        "exchange": [get("title") or get("exchange"), get("exchange_type"), when],
        "outcome": [get("outcome"), get("stage") and f"({get('stage')})", when],
        "name": [get("innovation"), "is also called", get("name")],
    }[kind]
    return " ".join(str(p) for p in parts if p)
