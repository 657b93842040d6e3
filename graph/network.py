"""The diffusion network of one innovation: its transfers as objects, for algorithms and for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ..ontology.income import LMIC, income
from .dates import edtf_of_bounds
from .reviewed import ACCEPTED, reviewed
from .view import View

if TYPE_CHECKING:
    import networkx as nx

BASES = ("stated", "inferred", "assumed")  # surest first


@dataclass(frozen=True, slots=True)
class Transfer:
    """One hop: a country or site learned an innovation from another country or site."""

    innovation: str
    adoption: str
    from_country: str
    from_site_key: str | None
    from_site: str | None
    to_country: str
    to_site_key: str | None
    to_site: str | None
    basis: str
    rule: str | None
    claims: tuple[str, ...]
    earliest: date | None  # when the adoption began, null open
    latest: date | None
    dated: bool
    channels: tuple[str, ...]
    review: str = ACCEPTED

    @property
    def when(self) -> str | None:
        """EDTF of the bounds."""
        return edtf_of_bounds(self.earliest, self.latest)

    @property
    def direction(self) -> str:
        """Direction by the income groups of the transfer's own time."""
        return direction_of(self.from_country, self.to_country, self.earliest, self.latest)


def direction_of(source: str, adopter: str, earliest: date | None, latest: date | None) -> str:
    """Return reverse, south-south, north-south or north-north, or unknown where the possible years disagree.

    "South" is a low- or middle-income country, "north" a high-income one, by the groups of the years in which the
    transfer can have happened (World Bank; see `ontology.income`).
    """
    sides = [_side(country, earliest, latest) for country in (source, adopter)]
    if None in sides:
        return "unknown"
    return "reverse" if sides == ["south", "north"] else f"{sides[0]}-{sides[1]}"


def _side(country: str, earliest: date | None, latest: date | None) -> str | None:
    possible = income(country, earliest, latest).possible
    if not possible:
        return None
    if possible <= LMIC:
        return "south"
    return "north" if possible == {"H"} else None


def pooled_bounds(spells: list[tuple[date | None, date | None]]) -> tuple[date | None, date | None]:
    """Return the least earliest and the least latest of some dated spells, open bounds kept; both open if none."""
    if not spells:
        return None, None
    starts = [e for e, _ in spells]
    ends = [last for _, last in spells if last is not None]
    return (None if None in starts else min(e for e in starts if e)), (min(ends) if ends else None)


def transfers_of(view: View, bases: tuple[str, ...] = BASES) -> list[Transfer]:
    """Return the rows of `transfer` in a total order."""
    rows = view.rows(
        "SELECT * REPLACE (nullif(earliest, '-infinity'::DATE) AS earliest, "
        f"nullif(latest, 'infinity'::DATE) AS latest) FROM {reviewed(view, 'transfer')} "
        "ORDER BY innovation, adoption, basis, rule, from_country, from_site_key"
    )
    return [
        Transfer(**{**row, "claims": tuple(row["claims"]), "channels": tuple(row["channels"])})
        for row in rows
        if row["basis"] in bases
    ]


def to_networkx(transfers: list[Transfer]) -> nx.MultiDiGraph[Any]:
    """Return transfers as a networkx multigraph of countries and sites; every edge carries what it stands on."""
    import networkx as nx

    from ..ontology.countries import country_label

    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for t in transfers:
        ends = []
        for country, key, site in (
            (t.from_country, t.from_site_key, t.from_site),
            (t.to_country, t.to_site_key, t.to_site),
        ):
            node = place_id(country, key)
            graph.add_node(node, label=site if key and site else country_label(country), country=country)
            ends.append(node)
        graph.add_edge(
            *ends,
            innovation=t.innovation,
            when=t.when,
            earliest=t.earliest.isoformat() if t.earliest else None,
            latest=t.latest.isoformat() if t.latest else None,
            basis=t.basis,
            direction=t.direction,
            review=t.review,
            claims=list(t.claims),
        )
    return graph


def place_id(country: str, site_key: str | None) -> str:
    """Return the id of a site, or of its country where no site is meant."""
    return f"site:{country}:{site_key}" if site_key else f"country:{country}"
