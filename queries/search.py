"""`search TEXT`: find innovations, countries, sites, exchanges, reports and quoted words."""

from __future__ import annotations

from ..graph import lookup
from ..graph.identity import Identity
from .answer import Answer, cut

_WORDS = 0.5  # a text found inside a claim's own words ranks below every match of a name


def search(known: Identity, text: str, *, limit: int | None = 20) -> Answer:
    """Return what matches a text, best first; then claims whose quote or outcome holds it."""
    found = [
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
    notes = known.view.notes + cutting
    return Answer(shown, shown, ("label", "class", "matched", "score", "id"), notes, f"Matches of “{text}”", hidden)
