"""The rows that every format writes, made once: places, transfers, innovations, claims, reports; and what they are.

Rows come in a total order, null fields left out, and depend on nothing but the live claims, the judgements and the
filters. So do the digest and the metadata, unless a stamp is asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from itertools import groupby
from typing import Any

from ..graph.dates import edtf_of_bounds
from ..graph.diffusion import iso
from ..graph.identity import Identity
from ..graph.network import direction_of, place_id
from ..ontology.countries import all_countries
from ..ontology.income import income
from .cells import clean
from .selection import Filters, select

Row = dict[str, Any]

_FETCHED = 1000  # rows held at a time
# Whence names, regions, coordinates and income groups are, by the beginning of their entry in attribution.json.
_REFERENCE = ("datasets/country-codes", "Natural Earth", "World Bank")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which revision was written, when and by what: in the provenance file, and inside only if asked for."""

    revision: int
    written: str  # ISO 8601
    software: str

    def to_dict(self) -> Row:
        """Return the JSON shape."""
        return {"revision": self.revision, "written": self.written, "software": self.software}


@dataclass
class Content:
    """What one export says. Read one kind of rows to its end before the next: they share a connection."""

    known: Identity
    filters: Filters
    everything: bool = False  # also the claims that make no adoption, transfer or origin
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.notes = select(self.known, self.filters, everything=self.everything)
        self._labels = {id_: found.label for id_, found in self.known.innovations.items()}
        self._hash = hashlib.sha256()

    def innovations(self) -> Iterator[Row]:
        """Yield innovations by id."""
        for row in self._rows("SELECT id FROM chosen_innovation ORDER BY id"):
            found = self.known.innovations[row["id"]]
            yield self._told(
                "innovations",
                {
                    **found.brief(),
                    "kinds": list(found.kinds),
                    "themes": list(found.themes),
                },
            )

    def places(self) -> Iterator[Row]:
        """Yield the countries and sites where something was adopted, learned or begun, by country and site.

        Each lists what was adopted there, with or without a known source, and what began there.
        """
        countries = {country.iso3: country for country in all_countries()}
        rows = self._rows(
            """
            WITH said AS (
                SELECT country, site_key, site, report FROM visible WHERE kind = 'adoption'
                UNION ALL
                SELECT source_country, source_site_key, source_site, report FROM visible WHERE kind = 'adoption'
            ), spelt AS (
                SELECT s.country, coalesce(m.key, s.site_key) AS site_key, s.site, count(DISTINCT s.report) AS reports
                FROM said s LEFT JOIN site_map m ON m.country = s.country AND m.site_key = s.site_key
                WHERE s.site_key IS NOT NULL GROUP BY 1, 2, 3
            ), labelled AS (
                SELECT country, site_key, arg_min(site, (-reports, site)) AS label FROM spelt GROUP BY 1, 2
            ), part AS (
                SELECT country, site_key, 'adopted' AS part, innovation, id, earliest, latest, ended, stage,
                    nullif(end_earliest, '-infinity'::DATE) AS end_earliest,
                    nullif(end_latest, 'infinity'::DATE) AS end_latest, domestic, considered, left_censored, certain,
                    reports, publishers, claims, conflicts
                FROM chosen_adoption
                UNION ALL BY NAME
                SELECT country, site, 'originated' AS part, innovation, earliest, latest, contested, reports, claims
                FROM chosen_origin WHERE country IS NOT NULL
                UNION ALL BY NAME
                SELECT DISTINCT from_country AS country, from_site_key AS site_key, 'taught' AS part
                FROM chosen_transfer
            )
            SELECT p.*, l.label FROM part p
            LEFT JOIN labelled l ON l.country = p.country AND l.site_key = p.site_key
            ORDER BY p.country, p.site_key NULLS FIRST, p.part, p.innovation, p.id
            """
        )
        for (code, key), group in groupby(rows, key=lambda row: (row["country"], row["site_key"])):
            members = list(group)
            adopted = [self._adopted(row) for row in members if row["part"] == "adopted"]
            originated = [self._originated(row) for row in members if row["part"] == "originated"]
            country = countries[code]
            yield self._told(
                "places",
                {
                    "id": place_id(code, key),
                    "class": "site" if key else "country",
                    "label": members[0]["label"] if key else country.label,
                    "country": code,
                    "region": country.region,
                    "income_group": _first_income(code, members),
                    "lat": None if key else country.lat,
                    "lon": None if key else country.lon,
                    "adopted": adopted,
                    "originated": originated,
                },
            )

    def transfers(self) -> Iterator[Row]:
        """Yield the transfers by innovation, adoption, basis, rule and source."""
        rows = self._rows(
            """
            WITH t AS (
                SELECT *, row_number() OVER (
                    ORDER BY innovation, adoption, basis, rule, from_country, from_site_key
                ) AS number FROM chosen_transfer
            ), said AS (
                SELECT u.number, list(DISTINCT v.report ORDER BY v.report) AS report_keys,
                    count(DISTINCT coalesce(r.publisher_known_as, v.report)) AS publishers
                FROM (SELECT number, unnest(claims) AS claim_id FROM t) u JOIN visible v USING (claim_id)
                LEFT JOIN report_info r ON r.report = v.report GROUP BY u.number
            )
            SELECT t.*, said.report_keys, said.publishers FROM t JOIN said USING (number) ORDER BY number
            """
        )
        for row in rows:
            source = place_id(row["from_country"], row["from_site_key"])
            bounds = row["earliest"], row["latest"]
            hop = (row["adoption"].split(":", 1)[1], "from", source.split(":", 1)[1], row["rule"] or row["basis"])
            yield self._told(
                "transfers",
                {
                    "id": ":".join(("transfer", *hop)),
                    "from": source,
                    "to": place_id(row["to_country"], row["to_site_key"]),
                    "innovation": row["innovation"],
                    "innovation_label": self._labels[row["innovation"]],
                    **_when(*bounds),
                    "basis": row["basis"],
                    "rule": row["rule"],
                    "direction": direction_of(row["from_country"], row["to_country"], *bounds),
                    "from_income": income(row["from_country"], *bounds).group,
                    "to_income": income(row["to_country"], *bounds).group,
                    "stage": row["stage"],
                    "channels": row["channels"],
                    "certain": row["certain"],
                    "reports": len(row["report_keys"]),
                    "publishers": row["publishers"],
                    "adoption": row["adoption"],
                    "claims": row["claims"],
                    "report_keys": row["report_keys"],
                },
            )

    def claims(self) -> Iterator[Row]:
        """Yield the claims that the export stands on, by id."""
        rows = self._rows(
            "SELECT claim_id AS id, kind, status, report FROM visible "
            "WHERE claim_id IN (SELECT claim_id FROM chosen_claim) ORDER BY claim_id"
        )
        return (self._told("claims", row) for row in rows)

    def reports(self) -> Iterator[Row]:
        """Yield the reports of these claims, by key."""
        rows = self._rows(
            f"""
            SELECT c.report AS id, r.title, r.authors, r.year, r.publisher, r.url, r.doi, r.licence
            FROM ({_CITED}) c LEFT JOIN report_info r ON r.report = c.report ORDER BY c.report
            """
        )
        return (self._told("reports", row) for row in rows)

    @property
    def digest(self) -> str:
        """SHA-256 of the rows read so far, each as a line of canonical JSON with the kind of row before it."""
        return f"sha256:{self._hash.hexdigest()}"

    def about(self, stamp: Stamp | None = None) -> Row:
        """Return the metadata of the rows read so far: digest, counts, filters, and whose licences they are under."""
        scope = self.known.view.scope
        licences = self._rows(
            f"SELECT coalesce(licence, 'not stated') AS licence, count(*) AS reports FROM ({_CITED}) c "
            "LEFT JOIN report_info r ON r.report = c.report GROUP BY 1 ORDER BY reports DESC, 1"
        )
        return {
            "title": "How health innovations travelled between countries, as reports claim",
            "digest": self.digest,
            "counts": dict(self.counts),
            "filters": {
                "innovation": self.filters.innovation,
                "since": iso(self.filters.window.since),
                "until": iso(self.filters.window.until),
                "basis": list(self.filters.bases),
                "status": list(scope.statuses),
                "min_confidence": scope.min_confidence,
                "candidates": scope.candidates,
                "possible": scope.possible,
            },
            "source_licences": clean(list(licences)),
            "reference_data": _reference_data() if "places" in self.counts else [],
            **(stamp.to_dict() if stamp else {}),
        }

    def _adopted(self, row: Row) -> Row:
        group = income(row["country"], row["earliest"], row["latest"])
        return _told_only(
            {
                "id": row["id"],
                "innovation": row["innovation"],
                "innovation_label": self._labels[row["innovation"]],
                **_when(row["earliest"], row["latest"]),
                "end": edtf_of_bounds(row["end_earliest"], row["end_latest"]) if row["ended"] else None,
                "stage": row["stage"],
                "domestic": row["domestic"],
                "considered": row["considered"],
                "left_censored": row["left_censored"],
                "income_group": group.group,
                "extrapolated": group.extrapolated,
                "certain": row["certain"],
                "reports": row["reports"],
                "publishers": row["publishers"],
                "claims": row["claims"],
                "conflicts": row["conflicts"],
            }
        )

    def _originated(self, row: Row) -> Row:
        return _told_only(
            {
                "innovation": row["innovation"],
                "innovation_label": self._labels[row["innovation"]],
                "site": row["site"],
                **_when(row["earliest"], row["latest"]),
                "contested": row["contested"],
                "reports": row["reports"],
                "claims": row["claims"],
            }
        )

    def _told(self, kind: str, row: Row) -> Row:
        """Return a row as it is written, counted and added to the digest."""
        told = _told_only(row)
        line = json.dumps([kind, told], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self._hash.update(line.encode() + b"\n")
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return told

    def _rows(self, sql: str) -> Iterator[Row]:
        """Yield the rows of a query, some at a time."""
        result = self.known.view.con.execute(sql)
        names = [column[0] for column in result.description or []]
        while fetched := result.fetchmany(_FETCHED):
            for row in fetched:
                yield dict(zip(names, row, strict=True))


_CITED = "SELECT DISTINCT report FROM visible WHERE claim_id IN (SELECT claim_id FROM chosen_claim)"


def _told_only(row: Row) -> Row:
    told: Row = clean({name: value for name, value in row.items() if value is not None})
    return told


def _when(earliest: date | None, latest: date | None) -> Row:
    return {"when": edtf_of_bounds(earliest, latest), "earliest": iso(earliest), "latest": iso(latest)}


def _first_income(code: str, members: list[Row]) -> str | None:
    """Return the country's income group when the place first adopted something; null if it is not known."""
    began = [
        (row["earliest"] or row["latest"] or date.max, row["latest"] or date.max, row["earliest"], row["latest"])
        for row in members
        if row["part"] == "adopted" and not row["considered"]
    ]
    if not began:
        return None
    _, _, earliest, latest = min(began, key=lambda bounds: bounds[:2])
    return income(code, earliest, latest).group


def _reference_data() -> list[Row]:
    known = json.loads((files("southerly.ontology") / "attribution.json").read_text("utf-8"))
    return [
        {"origin": entry["origin"], "licence": entry["licence"]}
        for entry in known
        if entry["origin"].startswith(_REFERENCE)
    ]
