"""Pieces of the HTML report: escaped text, links that can only be web addresses, tables, figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any
from urllib.parse import quote, urlsplit

from .cells import cell, clean


def esc(value: Any) -> str:
    """Return a value as text or as an attribute in double quotes; null is empty."""
    return escape(str(cell(clean(value))), quote=True)


def said(value: Any) -> str:
    """Return words of others, whose direction of writing may be another than the page's."""
    return f"<bdi>{esc(value)}</bdi>"


def link(url: str | None, words: str) -> str:
    """Return a link to a web address, its words already HTML; the words alone where it is no such address."""
    if url is None or not _is_web(url):
        return words
    return f'<a href="{esc(url)}" rel="noopener noreferrer">{words}</a>'


def _is_web(url: str) -> bool:
    if any(char.isspace() or ord(char) < 32 for char in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def address_of(report: dict[str, Any]) -> str | None:
    """Return where a report is on the web: by its DOI, else its URL; null if it has neither."""
    if report.get("doi"):
        return f"https://doi.org/{quote(report['doi'], safe='/:;()._-')}"
    url: str | None = report.get("url")
    return url


def section(id_: str, title: str, *inside: str) -> str:
    """Return a section with its heading."""
    return f'<section aria-labelledby="{id_}">\n<h2 id="{id_}">{esc(title)}</h2>\n{"".join(inside)}</section>\n'


def paragraph(words: str, kind: str = "") -> str:
    """Return a paragraph of HTML, with a class perhaps."""
    return f'<p class="{kind}">{words}</p>\n' if kind else f"<p>{words}</p>\n"


def figure(svg: str, caption: str, name: str) -> str:
    """Return a picture that scrolls sideways where the window is narrow, with its caption."""
    return (
        f'<figure><div class="scroll" tabindex="0" role="region" aria-label="{esc(name)}">\n{svg}</div>\n'
        f"<figcaption>{esc(caption)}</figcaption></figure>\n"
    )


class Cell:
    """A cell of a table: HTML, what it is sorted by, and a class perhaps."""

    def __init__(self, inside: str, by: Any = None, kind: str = "") -> None:
        self.inside, self.by, self.kind = inside, by, kind

    def html(self, tag: str) -> str:
        """Return the cell."""
        by = "" if self.by is None else f' data-sort="{esc(self.by)}"'
        kind = f' class="{self.kind}"' if self.kind else ""
        scope = ' scope="row"' if tag == "th" else ""
        return f"<{tag}{scope}{kind}{by}>{self.inside}</{tag}>"


def table(id_: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, sortable: bool = True) -> str:
    """Return a table that scrolls sideways where the window is narrow; the first cell of a row is its head."""
    head = "".join(f'<th scope="col">{esc(h)}</th>' for h in heads)
    body = "".join(f"<tr>{first.html('th')}{''.join(c.html('td') for c in rest)}</tr>\n" for first, *rest in rows)
    kind = ' class="sortable"' if sortable else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{esc(name)}">\n<table id="{id_}"{kind}>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n"
    )


def pairs(items: Iterable[tuple[str, str]]) -> str:
    """Return a list of names and their values, which are HTML; empty values are left out."""
    return f"<dl>{''.join(f'<dt>{esc(name)}</dt><dd>{value}</dd>' for name, value in items if value)}</dl>\n"
