"""From visible claims to origins, adoptions, transfers and conflicts: everything that a question may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from .dates import edtf_of_bounds
from .fused import make_fused
from .identity import Identity
from .network import BASES, Transfer, transfers_of
from .reviewed import reviewed

#: Infinite bounds stay inside SQL; outside, an open bound is null.
_OPEN = "nullif(earliest, '-infinity'::DATE) AS earliest, nullif(latest, 'infinity'::DATE) AS latest"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an innovation began, as far as reports say; country null where none names one."""

    innovation: str
    country: str | None
    site: str | None
    earliest: date | None
    latest: date | None
    dated: bool
    claims: tuple[str, ...]
    reports: int
    conflict: str | None  # id of the conflict on its date, if there is one
    contested: bool
    review: str  # accepted, or candidate: it rests on unreviewed claims alone

    @property
    def when(self) -> str | None:
        """EDTF of the bounds."""
        return edtf_of_bounds(self.earliest, self.latest)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape."""
        return {
            "country": self.country,
            "site": self.site,
            "when": self.when,
            "earliest": iso(self.earliest),
            "latest": iso(self.latest),
            "claims": list(self.claims),
            "reports": self.reports,
            "review": self.review,
        }


@dataclass(frozen=True, slots=True)
class Adoption:
    """An innovation taken up by a site or country, as its claims together say."""

    id: str
    innovation: str
    country: str
    site_key: str | None
    site: str | None
    earliest: date | None
    latest: date | None
    dated: bool
    end: str | None
    stage: str | None
    considered: bool
    domestic: bool
    left_censored: bool
    claims: tuple[str, ...]
    reports: int
    publishers: int
    conflicts: tuple[str, ...]
    review: str

    @property
    def when(self) -> str | None:
        """EDTF of the bounds."""
        return edtf_of_bounds(self.earliest, self.latest)


@dataclass(frozen=True, slots=True)
class Source:
    """Whom an adoption learned from, and on what basis."""

    adoption: str
    country: str
    site: str | None
    basis: str
    rule: str | None
    claims: tuple[str, ...]
    review: str


@dataclass
class Diffusion:
    """The fused tables of one innovation or of all, in the connection of a view. See `fused` for how they get there."""

    known: Identity
    only: str | None = None

    def __post_init__(self) -> None:
        make_fused(self.known, self.only)

    def origins(self) -> list[Origin]:
        """Return origins, most reports first within an innovation, an unnamed country last."""
        rows = self.known.view.rows(
            f"SELECT innovation, country, site, {_OPEN}, dated, claims, reports, "
            "CASE WHEN conflicted THEN conflict END AS conflict, contested, review "
            f"FROM {reviewed(self.known.view, 'origin')} ORDER BY innovation, country IS NULL, reports DESC, country"
        )
        return [Origin(**{**row, "claims": tuple(row["claims"])}) for row in rows]

    def adoptions(self) -> list[Adoption]:
        """Return adoptions in a total order: by innovation, then when they began, then place."""
        rows = self.known.view.rows(
            f"""
            SELECT id, innovation, country, site_key, CASE WHEN site_key IS NOT NULL THEN site END AS site, {_OPEN},
                dated, ended, nullif(end_earliest, '-infinity'::DATE) AS end_earliest,
                nullif(end_latest, 'infinity'::DATE) AS end_latest, stage, considered, domestic, left_censored, claims,
                reports, publishers, conflicts, review
            FROM {reviewed(self.known.view, "adoption")} adoption
            ORDER BY innovation, coalesce(nullif(adoption.earliest, '-infinity'::DATE), adoption.latest,
                'infinity'::DATE), adoption.latest, country, site_key, id
            """
        )
        adoptions = []
        for row in rows:
            first, last = row.pop("end_earliest"), row.pop("end_latest")
            row["end"] = edtf_of_bounds(first, last) if row.pop("ended") else None
            adoptions.append(Adoption(**{**row, "claims": tuple(row["claims"]), "conflicts": tuple(row["conflicts"])}))
        return adoptions

    def sources(self) -> dict[str, list[Source]]:
        """Return whom each adoption learned from, surest first."""
        rows = self.known.view.rows(
            "SELECT id AS adoption, from_country AS country, from_site AS site, basis, rule, claims, review "
            f"FROM {reviewed(self.known.view, 'learned')}"
        )
        found: dict[str, list[Source]] = {}
        for row in rows:
            source = Source(**{**row, "claims": tuple(row["claims"])})
            found.setdefault(source.adoption, []).append(source)
        for listed in found.values():
            listed.sort(key=lambda s: (BASES.index(s.basis), s.country, s.site or "", s.rule or ""))
        return found

    def transfers(self, bases: tuple[str, ...] = BASES) -> list[Transfer]:
        """Return the transfers across borders on some bases."""
        return transfers_of(self.known.view, bases)


def iso(day: date | None) -> str | None:
    """Return a day as ISO 8601 text, null if open."""
    return day.isoformat() if day else None
