"""The HTML report on one innovation: a page that needs no network, for browsers, paper and the archive.

It holds the map, the tree, the curve, all adopters and transfers, the evidence down to the words of the reports, and
where these disagree. Nothing is fetched and nothing is sent: its policy forbids both. It says everything without its
script, which sorts tables and opens what a link points at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TextIO

from ..graph.identity import Identity
from ..ontology.countries import country_label
from ..queries.conflicts import conflicts
from ..queries.curve import curve
from ..queries.filters import Window
from ..queries.origins import origins
from ..queries.why import claims_by_id
from .cells import clean
from .content import Content, Row, Stamp
from .held import Held, held
from .html_evidence import anchor, citations, evidence
from .html_look import SCRIPT, STYLE, policy
from .html_parts import Cell, esc, figure, paragraph, said, section, table
from .html_rows import adopters_table, conflicts_part, origins_part, transfers_table
from .html_words import about_part, reading_part, summary_part
from .map_rows import MapRows, map_rows
from .picture_curve import draw_curve
from .picture_map import draw_map
from .picture_tree import draw_tree
from .tree_rows import tree_rows

#: The parts of the page by their anchors, in order; each is a method of `_Page`.
_PARTS = {
    "summary": "In short",
    "map": "Map",
    "tree": "Who learned from whom",
    "curve": "Over the years",
    "adopters": "Adopters",
    "transfers": "Transfers",
    "origins": "Where it began",
    "conflicts": "Where reports disagree",
    "evidence": "Evidence",
    "reports": "Reports",
    "reading": "How to read this",
    "about": "About this file",
}


def write_html(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write the report on the innovation that the export is narrowed to."""
    rows = held(content)
    (innovation,) = content.innovations()
    claims = [row["id"] for row in content.claims()]
    reports = list(content.reports())
    about = content.about(stamp)
    page = _Page(
        content.known, rows, innovation, clean(claims_by_id(content.known, claims)), reports, about, content.notes
    )
    links = "".join(f'<li><a href="#{part}">{esc(name)}</a></li>' for part, name in _PARTS.items())
    aliases = ", ".join(said(alias) for alias in innovation["aliases"])
    out.write(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="southerly-about" content="{esc(about)}">\n'
        f"<title>{esc(innovation['label'])}: how it spread</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the report</a>\n<div class="page">\n<header>\n'
        f"<h1>{said(innovation['label'])}</h1>\n"
        f"{paragraph('How it spread between countries, as reports claim.', 'lead')}"
        f"{paragraph(f'Also called {aliases}.') if aliases else ''}</header>\n"
        f'<nav aria-label="Contents"><ul>{links}</ul></nav>\n<main id="main">\n'
    )
    for part, name in _PARTS.items():
        out.write(section(part, name, getattr(page, part)()))
    out.write(f"</main>\n</div>\n<script>{SCRIPT}</script>\n</body>\n</html>\n")


@dataclass(frozen=True)
class _Page:
    """The parts of the page, each by the name of its anchor."""

    known: Identity
    held: Held
    row: Row  # of the innovation
    claims: list[dict[str, Any]]
    listed: list[Row]  # reports
    metadata: Row
    notes: list[str]

    @cached_property
    def _map(self) -> MapRows:
        return map_rows(self.held, self.held.label)

    @cached_property
    def _conflicts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = clean(conflicts(self.known, self.row["id"]).data)
        return found

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {row["id"]: number for number, row in enumerate(self.listed, 1)}

    @cached_property
    def _said_by(self) -> dict[str, int]:
        return {claim["id"]: self._numbers[claim["report"]["id"]] for claim in self.claims}

    def _cite(self, claims: Iterable[str]) -> str:
        """Return links to claims, under the numbers of their reports."""
        known = sorted((self._said_by[claim], claim) for claim in claims if claim in self._said_by)
        return " ".join(f'<a href="#{esc(anchor(claim))}">[{number}]</a>' for number, claim in known)

    def summary(self) -> str:
        return summary_part(
            self._map,
            self.held.places(),
            self.held.transfers(),
            self.claims,
            len(self.listed),
            len(self._conflicts),
            [*self.known.view.notes, *self.notes],
        )

    def map(self) -> str:
        svg = draw_map(self._map, self.metadata, part="map-")
        return figure(svg, "Every arc is in the table of transfers, with its evidence.", "Map, may scroll sideways")

    def tree(self) -> str:
        svg = draw_tree(tree_rows(self.held), self.metadata, part="tree-")
        return figure(svg, "Each row is an adoption, below the one it was learned from.", "Tree, may scroll sideways")

    def curve(self) -> str:
        years = curve(self.known, self.row["id"]).data["years"]
        svg = draw_curve(self.row["label"], years, self.metadata, part="curve-")
        if not svg:
            return paragraph("No report gives a year, so there is no curve.")
        told = table(
            "curve-table",
            "Countries by year",
            ("Year", "Certainly had it", "Possibly had it", "New for certain"),
            (
                (
                    Cell(str(y["year"])),
                    *(Cell(str(y[name]), y[name], "number") for name in ("certain", "possible")),
                    Cell(esc(", ".join(country_label(code) for code in y["countries"]))),
                )
                for y in years
            ),
        )
        note = ""
        if self.held.filters.window != Window():
            note = paragraph("The curve counts adoptions of all years, also outside those asked for.", "note")
        return (
            note
            + figure(svg, "Unknown years widen the band; they do not move the line.", "Curve, may scroll sideways")
            + f"<details><summary>Year by year</summary>\n{told}</details>\n"
        )

    def adopters(self) -> str:
        return adopters_table(self.held.places(), self.held.transfers(), self._cite)

    def transfers(self) -> str:
        return transfers_table(self.held.places(), self.held.transfers(), self._cite)

    def origins(self) -> str:
        found = clean(origins(self.known, self.row["id"]).data)
        return origins_part(found["origins"], contested=found["contested"], cite=self._cite)

    def conflicts(self) -> str:
        return conflicts_part(self._conflicts, self._numbers, self._cite)

    def evidence(self) -> str:
        return evidence(self.claims, self._numbers)

    def reports(self) -> str:
        return citations(self.listed)

    def reading(self) -> str:
        return reading_part()

    def about(self) -> str:
        return about_part(self.metadata)
