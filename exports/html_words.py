"""The words of the HTML report: what was found, how to read it, and what the file is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ..graph.network import BASES
from ..ontology.countries import country_label
from .content import Row
from .html_parts import esc, pairs, paragraph, said
from .map_rows import MapRows
from .picture import MEANING, counted, filters_in_words


def summary_part(
    rows: MapRows,
    places: list[Row],
    transfers: list[Row],
    claims: list[dict[str, Any]],
    reports: int,
    conflicts: int,
    notes: Iterable[str],
) -> str:
    """Return what there is in numbers and sentences, and what is not shown."""
    adoptions = sum(len(place["adopted"]) for place in places)
    considered = [c.label for c in rows.countries.values() if c.adoptions and not c.innovations]
    bases = Counter(row["basis"] for row in transfers)
    unplaced = [c for c in claims if c["kind"] == "adoption" and "country" not in c["content"]]
    numbers = (
        (len(rows.adopters), "adopting country", "adopting countries"),
        (adoptions, "adoption", "adoptions"),
        (len(transfers), "transfer", "transfers"),
        (reports, "report", "reports"),
        (len(claims), "claim", "claims"),
        (conflicts, "conflict", "conflicts"),
    )
    listed = "".join(f"<li><b>{n:,}</b> {one if n == 1 else many}</li>" for n, one, many in numbers)
    told = [
        _origin(rows),
        f"It was taken up in {counted(len(rows.adopters), 'country', 'countries')}"
        + (f"; only considered in {', '.join(considered)}" if considered else "")
        + ".",
    ]
    if transfers:
        shares = ", ".join(f"{bases[basis]} {basis} ({MEANING[basis]})" for basis in BASES if bases[basis])
        told.append(f"Transfers across borders: {shares}.")
    sourceless = adoptions - len({row["adoption"] for row in transfers}) - _at_home(places)
    if sourceless:
        told.append(f"Of {counted(sourceless, 'adoption')} nobody says from where it was learned.")
    if unplaced:
        example = unplaced[0]["content"]
        words = example.get("country_said") or example.get("site") or "(nowhere named)"
        more = counted(len(unplaced), "claim of an adoption", "claims of adoptions")
        told.append(f"In the evidence alone: {more} that cannot be put in any one country, for example “{words}”.")
    left = "".join(paragraph(esc(note), "note") for note in notes)
    return f'<ul class="numbers">{listed}</ul>\n' + paragraph(said(" ".join(told))) + left


def _origin(rows: MapRows) -> str:
    began = [c for c in rows.countries.values() if c.origins]
    if not began:
        return "No report names the country where it began."
    names = " or ".join(country_label(c.code) for c in began)
    return f"It began in {names}" + (" (contested: reports disagree)." if any(c.contested for c in began) else ".")


def _at_home(places: list[Row]) -> int:
    return sum(1 for place in places for row in place["adopted"] if row["domestic"])


def reading_part() -> str:
    """Return what the words on the page mean."""
    bases = [(f"{basis} transfer", f"{esc(meaning)}.") for basis, meaning in MEANING.items()]
    return pairs(
        [
            ("claim", "What one report says at one place. All else here is computed from claims."),
            *bases,
            ("not stated", "No report here gives it. Unknown is not “no”, and no adoption here is no proof of none."),
            ("1990s, by 1996", "It began within these bounds. No date is made surer than reports make it."),
            ("candidate", "It rests on claims alone that nobody has reviewed yet."),
            ("at home", "Taken up in a country where it began; no transfer."),
            ("only considered", "Talked about or planned there. Such countries are not counted as adopters."),
            ("first observed", "Seen by a report in that year; it may have begun at any time before."),
            ("dates disagree", "Reports give dates that cannot all be true; see where reports disagree."),
            ("possible", "May or may not match the filters."),
            ("income group then", "World Bank group of the country in that year: L low, LM lower middle, UM upper "
             "middle, H high; * where the Bank has not published that year and the nearest was used."),
            ("reverse", "A transfer from a low- or middle-income country to a high-income one, by the groups of the "
             "time."),
            ("confidence", "As the report's reader gave it. It is no probability."),
        ]
    )  # fmt: skip


def about_part(about: Row) -> str:
    """Return the filters, the digest, and whose licences the content is under."""
    licences = "<br>".join(
        f"{said(row['licence'])}: {counted(row['reports'], 'report')}" for row in about["source_licences"]
    )
    data = "<br>".join(f"{esc(row['origin'])}: {esc(row['licence'])}" for row in about["reference_data"])
    outlines = "Outlines of countries: Natural Earth, public domain. Borders on the map are no opinion on their status."
    stamp = [(name, esc(about.get(name))) for name in ("revision", "written", "software")]
    return pairs(
        [
            ("Filters", esc(filters_in_words(about).removeprefix("Filters: "))),
            ("Digest of the rows", f"<code>{esc(about['digest'])}</code>"),
            ("Licences of the reports", licences),
            ("Reference data", f"{data}<br>{esc(outlines)}" if data else esc(outlines)),
            *stamp,
        ]
    ) + paragraph(
        "Made by Southerly. The same claims, judgements and filters give the same file. Cite the reports, not it."
    )
