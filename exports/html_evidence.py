"""The evidence in the HTML report: every claim with its words and place, and the reports as a list of citations."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ..queries.why import saying
from .content import Row
from .html_parts import address_of, esc, link, pairs, said
from .picture import counted

_KINDS = {
    "origin": "Where it began",
    "adoption": "Who took it up",
    "exchange": "Exchanges that showed it",
    "outcome": "Outcomes",
    "name": "Names",
}


def anchor(claim: str) -> str:
    """Return the anchor of a claim on the page."""
    return claim.replace(":", "-")


def evidence(claims: list[dict[str, Any]], numbers: dict[str, int]) -> str:
    """Return the claims by kind, each to be opened; a report is known by its number in the list of reports."""
    order = list(_KINDS)
    listed = sorted(claims, key=lambda c: (order.index(c["kind"]), numbers[c["report"]["id"]], c["id"]))
    drawn = ['<p><button type="button" class="tool" hidden>Open all</button></p>\n']
    for kind, group in groupby(listed, key=lambda c: c["kind"]):
        members = list(group)
        drawn.append(f"<h3>{esc(_KINDS[kind])} ({counted(len(members), 'claim')})</h3>\n")
        drawn += [_claim(claim, numbers[claim["report"]["id"]]) for claim in members]
    return "".join(drawn)


def _claim(claim: dict[str, Any], number: int) -> str:
    report, content = claim["report"], claim["content"]
    year = f", {esc(report['year'])}" if report["year"] else ""
    quote = f'<blockquote dir="auto"><p>{esc(claim["quote"])}</p></blockquote>\n' if claim["quote"] else ""
    places = "<br>".join(said(" ".join(x for x in (p["carrier"], p["locator"]) if x)) for p in claim["places"])
    told = pairs(
        [
            ("Report", f'<a href="#report-{number}">[{number}]</a> {said(report["title"] or report["id"])}{year}'),
            ("Place in the file", places),
            ("Confidence", esc(claim["confidence"]) or "not given"),
            ("Status", esc(claim["status"])),
            ("Read by", esc(claim["method"])),
            ("Review", esc(claim["review"])),
            *((name.replace("_", " "), said(_plain(value))) for name, value in content.items()),
            ("Claim", f"<code>{esc(claim['id'])}</code>"),
        ]
    )
    summary = f'{said(saying(claim["kind"], content))} <span class="muted">[{number}]</span>'
    return (
        f'<details class="claim"><summary>{summary}</summary>\n<div id="{esc(anchor(claim["id"]))}">\n'
        f"{quote}{told}</div></details>\n"
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return value


def citations(reports: list[Row]) -> str:
    """Return the reports as a numbered list: authors, year, title, publisher, address, licence."""
    return f"<ol>\n{''.join(_citation(number, row) for number, row in enumerate(reports, 1))}</ol>\n"


def _citation(number: int, row: Row) -> str:
    address = address_of(row)
    title = link(address, said(row.get("title") or row["id"]))
    parts = [
        said(row["authors"]) if row.get("authors") else "",
        f"({esc(row['year'])})" if row.get("year") else "",
        f"<cite>{title}</cite>.",
        f"{said(row['publisher'])}." if row.get("publisher") else "",
        f'<span class="muted">{said(address)}</span>' if address else "",
        f'<span class="muted">Licence: {said(row.get("licence") or "not stated")}.</span>',
    ]
    return f'<li id="report-{number}">{" ".join(part for part in parts if part)}</li>\n'
