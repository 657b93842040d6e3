"""`origins NAME`: where an innovation began, and who says so."""

from __future__ import annotations

from ..graph.diffusion import Diffusion
from ..graph.identity import Identity
from ..graph.lookup import find
from ..graph.reviewed import marks_of
from ..ontology.countries import country_label
from .answer import Answer, read_as


def origins(known: Identity, name: str) -> Answer:
    """Return the claimed origins of an innovation, the one that most reports name first."""
    hit, near = find(known, name, ("innovation",))
    innovation = known.innovations[hit.id]
    found = Diffusion(known, hit.id).origins()
    rows = [
        {
            "country": country_label(o.country) if o.country else "(country not named)",
            "site": o.site,
            "when": o.when,
            "reports": o.reports,
            "disputed": "date" if o.conflict else "",
            "marks": ", ".join(marks_of(o.review)),
            "claims": " ".join(o.claims),
        }
        for o in found
    ]
    contested = any(o.contested for o in found)
    notes = known.view.notes + read_as(name, innovation.label, near)
    if contested:
        notes.append(
            f'Reports disagree on the country; `southerly conflicts "{innovation.label}"` lists who says what.'
        )
    return Answer(
        {"innovation": innovation.brief(), "origins": [o.to_dict() for o in found], "contested": contested},
        rows,
        ("country", "site", "when", "reports", "disputed", "marks", "claims"),
        notes,
        f"Where {innovation.label} began",
    )
