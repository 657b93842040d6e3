"""The tables of the HTML report: who took it up, the transfers, where it began, and where reports disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..graph.network import BASES
from ..graph.reviewed import CANDIDATE, marks_of
from ..ontology.countries import country_label
from .content import Row
from .html_parts import Cell, esc, paragraph, said, table
from .picture import counted, span_in_words

#: Gives the links to some claims, by their ids.
Cite = Callable[[Iterable[str]], str]


def adopters_table(places: list[Row], transfers: list[Row], cite: Cite) -> str:
    """Return the adopters, earliest first, one row an adoption."""
    sources: dict[str, list[Row]] = {}
    for row in sorted(transfers, key=lambda t: BASES.index(t["basis"])):
        sources.setdefault(row["adoption"], []).append(row)
    labels = {place["id"]: place["label"] for place in places}
    told = [(place, row) for place in places for row in place["adopted"]]
    told.sort(key=lambda item: (_order(item[1]), item[0]["country"], item[1]["id"]))
    rows = []
    for place, row in told:
        learned = "; ".join(
            dict.fromkeys(f"{_place(t['from'], labels)} ({esc(_basis(t))})" for t in sources.get(row["id"], []))
        )
        group = row.get("income_group") or ""
        rows.append(
            (
                Cell(esc(country_label(place["country"]))),
                Cell(said(place["label"]) if place["class"] == "site" else ""),
                Cell(esc(span_in_words(row.get("earliest"), row.get("latest"))), _order(row)),
                Cell(esc(row.get("stage"))),
                Cell(learned),
                Cell(esc(group) + ("*" if group and row["extrapolated"] else "")),
                Cell(str(row["reports"]), row["reports"], "number"),
                Cell(esc(", ".join(_marks(row)))),
                Cell(cite(row["claims"])),
            )
        )
    heads = ("Country", "Site", "Began", "Stage", "Learned from", "Income group then", "Reports", "Marks", "Evidence")
    return table("adopters-table", "Adopters", heads, rows)


def _order(row: Row) -> str:
    return f"{row.get('earliest') or row.get('latest') or '9999'} {row.get('latest') or '9999'}"


def _marks(row: Row) -> list[str]:
    marks = {
        CANDIDATE: row["review"] == CANDIDATE,
        "at home": row["domestic"],
        "only considered": row["considered"],
        "dates disagree": row["conflicts"],
        "first observed": row["left_censored"],
        f"ended {row.get('end')}": row.get("end"),
        "possible": not row["certain"],
    }
    return [mark for mark, holds in marks.items() if holds]


def _basis(transfer: Row) -> str:
    """Return the basis of a transfer, and whether it rests on candidates alone."""
    return ", ".join([transfer["basis"], *marks_of(transfer["review"])])


def _place(place: str, labels: dict[str, str]) -> str:
    kind, code = place.split(":", 2)[:2]
    country = country_label(code)
    return esc(country) if kind == "country" else f"{esc(country)}, {said(labels.get(place, place.split(':', 2)[2]))}"


def transfers_table(places: list[Row], transfers: list[Row], cite: Cite) -> str:
    """Return the transfers, by when they arrived."""
    if not transfers:
        return paragraph("No report tells of a transfer across a border, and none could be inferred.")
    labels = {place["id"]: place["label"] for place in places}
    rows = [
        (
            Cell(_place(row["from"], labels)),
            Cell(_place(row["to"], labels)),
            Cell(esc(span_in_words(row.get("earliest"), row.get("latest"))), _order(row)),
            Cell(esc(_basis(row)) + (f" (rule: {esc(row['rule'])})" if row.get("rule") else "")),
            Cell(esc(row["direction"])),
            Cell(said("; ".join(row["channels"]))),
            Cell(str(row["reports"]), row["reports"], "number"),
            Cell(cite(row["claims"])),
        )
        for row in sorted(transfers, key=lambda t: (_order(t), t["id"]))
    ]
    heads = ("From", "To", "Began", "Basis", "Direction", "Channels", "Reports", "Evidence")
    return table("transfers-table", "Transfers", heads, rows)


def origins_part(origins: list[dict[str, Any]], *, contested: bool, cite: Cite) -> str:
    """Return where it began, and a note where reports disagree on the country."""
    if not origins:
        return paragraph("No report here says where it began.")
    rows = [
        (
            Cell(esc(country_label(o["country"])) if o["country"] else "not named"),
            Cell(said(o["site"])),
            Cell(esc(span_in_words(o["earliest"], o["latest"])), _order(o)),
            Cell(str(o["reports"]), o["reports"], "number"),
            Cell(", ".join(marks_of(o["review"]))),
            Cell(cite(o["claims"])),
        )
        for o in origins
    ]
    note = "Contested: reports name more than one country. None of them is preferred here; those most named come first."
    return (paragraph(note, "note") if contested else "") + table(
        "origins-table", "Origins", ("Country", "Site", "Began", "Reports", "Marks", "Evidence"), rows
    )


def conflicts_part(conflicts: list[dict[str, Any]], numbers: dict[str, int], cite: Cite) -> str:
    """Return each conflict with its values side by side, and who says them."""
    if not conflicts:
        return paragraph("Reports do not disagree on where it began, or when it began anywhere.")
    fields = {
        "origin.country": "where it began",
        "origin.when": "when it began at its origin",
        "adoption.when": "when it was taken up",
    }
    drawn = []
    for number, conflict in enumerate(conflicts, 1):
        settled = conflict["settled"]
        rows = [
            (
                Cell("".join([said(value["label"]), *(f" ({mark})" for mark in marks_of(value["review"]))])),
                Cell("<br>".join(_report(report, numbers) for report in value["reports"])),
                Cell(cite(value["claims"])),
                Cell("settled on this" if settled in value["claims"] else ""),
            )
            for value in conflict["values"]
        ]
        title = f"{said(conflict['subject']['label'])}: {fields[conflict['field']]}"
        drawn.append(
            f"<h3>{title}</h3>\n"
            + table(
                f"conflict-{number}",
                f"Conflict {number}",
                ("Value", "Said by", "Evidence", "Judgement"),
                rows,
                sortable=False,
            )
        )
    return paragraph(f"{counted(len(conflicts), 'conflict')}, with all values that reports give.") + "".join(drawn)


def _report(report: dict[str, Any], numbers: dict[str, int]) -> str:
    year = f" ({esc(report['year'])})" if report["year"] else ""
    number = numbers.get(report["id"])
    mark = f' <a href="#report-{number}">[{number}]</a>' if number else ""
    return f"{said(report['title'] or report['id'])}{year}{mark}"
