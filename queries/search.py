"""`search TEXT`: find innovations, countries, sites, exchanges, reports and quoted words."""

from __future__ import annotations

from typing import Any

from ..graph import lookup
from ..graph.identity import Identity
from ..graph.reviewed import ACCEPTED, CANDIDATE, marks_of
from .answer import Answer, cut

_WORDS = 0.5  # a text found inside a claim's own words ranks below every match of a name


def search(known: Identity, text: str, *, limit: int | None = 20) -> Answer:
    """Return what matches a text, best first; then claims whose quote or outcome holds it."""
    found: list[dict[str, Any]] = [
        {"id": h.id, "class": h.cls, "label": h.label, "matched": h.matched, "score": h.score}
        for h in lookup.search(known, text)
    ]
    if text.strip():
        known.view.reach.words(text)
    found += (
        []
        if not text.strip()
        else [
            {"id": claim, "class": "claim", "label": innovation or kind, "matched": words, "score": _WORDS}
            for claim, innovation, kind, words in known.view.con.execute(
                """
            WITH said AS (
                SELECT claim_id, min(quote) AS quote FROM evidence_at
                WHERE quote IS NOT NULL AND contains(lower(quote), lower($1)) GROUP BY claim_id
            )
            SELECT v.claim_id, coalesce(v.innovation, v.title), v.kind, coalesce(s.quote, v.outcome)
            FROM visible v LEFT JOIN said s USING (claim_id)
            WHERE s.claim_id IS NOT NULL OR contains(lower(coalesce(v.outcome, '')), lower($1))
            ORDER BY v.claim_id
            """,
                [text],
            ).fetchall()
        ]
    )
    shown, hidden, cutting = cut(found, limit, "matches")
    unreviewed = _unreviewed(known, [hit["id"] for hit in shown])
    shown = [hit | {"review": CANDIDATE if hit["id"] in unreviewed else ACCEPTED} for hit in shown]
    rows = [hit | {"marks": ", ".join(marks_of(hit["review"]))} for hit in shown]
    notes = known.view.notes + cutting
    columns = ("label", "class", "matched", "score", "marks", "id")
    return Answer(shown, rows, columns, notes, f"Matches of “{text}”", hidden)


def _unreviewed(known: Identity, ids: list[str]) -> set[str]:
    """Return those of some things, and claims, of which no accepted claim speaks."""
    view = known.view
    if not view.scope.candidates:
        return set()
    known.make_table()
    view.register("asked_thing", {"id": ids})
    found = view.con.execute(
        """
        WITH accepted AS (
            SELECT * FROM visible WHERE claim_id NOT IN (SELECT claim_id FROM candidate_claim)
        ), spoken AS (
            SELECT innovation_key AS key FROM accepted UNION SELECT unnest(shown_keys) FROM accepted
        ), placed AS (
            SELECT unnest([country, source_country] || coalesce(host_countries, []) || coalesce(visiting_countries, [])
                || coalesce(countries, [])) AS code FROM accepted
        )
        SELECT id FROM asked_thing EXCEPT (
            SELECT claim_id FROM accepted UNION ALL SELECT i.id FROM spoken JOIN innov i USING (key)
            UNION ALL SELECT 'country:' || code FROM placed
            UNION ALL SELECT 'site:' || country || ':' || site_key FROM accepted
            UNION ALL SELECT 'exchange:' || exchange_key FROM accepted UNION ALL SELECT report FROM accepted
        )
        """
    ).fetchall()
    return {id_ for (id_,) in found}
