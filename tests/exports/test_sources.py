"""BibTeX and RIS, read by small parsers written from the formats' own rules, not by what wrote them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from southerly.exports.bibtex import citation_key
from southerly.graph.errors import WrongUse
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.queries.filters import window
from southerly.queries.stats import stats


def bib_entries(text: str) -> list[tuple[str, str]]:
    """Return the kind and the body of each entry as BibTeX finds them: an @, a word, then to the balancing brace."""
    found, at = [], 0
    while opening := re.compile(r"@(\w+)\s*\{").search(text, at):
        depth, at = 1, opening.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        found.append((opening[1], text[opening.end() : at - 1]))
    return found


def ris_records(text: str) -> list[list[tuple[str, str]]]:
    """Return the tags of each record: lines `XX  - value`, from TY to ER."""
    records: list[list[tuple[str, str]]] = []
    for line in text.split("\r\n"):
        if not line:
            continue
        tag, value = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line, re.DOTALL).groups()  # type: ignore[union-attr] # a line that is none fails the test
        if tag == "TY":
            records.append([])
        records[-1].append((tag, value))
    assert all(record[-1] == ("ER", "") for record in records)
    return records


def test_bibtex_has_an_entry_a_report(graph: Ledger, known: Identity, exported: Any) -> None:
    path, written = exported(graph, "bibtex")
    *entries, (comment, about) = bib_entries(path.read_text("utf-8"))
    assert len(entries) == stats(known).data["reports"] == 3
    kind, body = entries[0]
    assert kind == "article"
    assert body == (
        f"{citation_key('doi:10.9999/b')},\n"
        "  title = {{Synthetic report B}},\n"
        "  author = {Alpha, A. and {Synthetic Ministry}},\n"
        "  year = {2004},\n"
        "  journal = {Synthetic Press},\n"
        "  doi = {10.9999/b},\n"
        "  note = {Licence: CC BY 4.0}\n"
    )
    assert entries[2][0] == "misc"
    assert comment == "comment"
    assert written.digest in about


def test_ris_has_a_record_a_report(graph: Ledger, exported: Any) -> None:
    records = ris_records(exported(graph, "ris")[0].read_bytes().decode())
    assert records[0] == [
        ("TY", "JOUR"),
        ("ID", "doi:10.9999/b"),
        ("TI", "Synthetic report B"),
        ("AU", "Alpha, A."),
        ("AU", "Synthetic Ministry"),
        ("PY", "2004"),
        ("PB", "Synthetic Press"),
        ("DO", "10.9999/b"),
        ("N1", "Licence: CC BY 4.0"),
        ("ER", ""),
    ]
    assert [dict(record)["TY"] for record in records] == ["JOUR", "ELEC", "ELEC"]


def test_sources_of_one_innovation_or_time_are_those_behind_it(graph: Ledger, exported: Any) -> None:
    def keys(**wanted: Any) -> list[str]:
        return [dict(r)["ID"] for r in ris_records(exported(graph, "ris", **wanted)[0].read_bytes().decode())]

    assert keys() == ["doi:10.9999/b", "doi:10.9999/c", "url:example.org/a"]
    assert keys(innovation="Synthetic net") == ["doi:10.9999/b"]
    assert keys(window=window("2002", "2004")) == ["doi:10.9999/c"]  # an outcome, by its own date


def test_citation_keys_depend_on_the_report_alone_and_suit_latex() -> None:
    key = citation_key("url:example.org/a?b={c}%20~d")
    assert key == citation_key("url:example.org/a?b={c}%20~d") != citation_key("url:example.org/a?b=c")
    assert re.fullmatch(r"[A-Za-z0-9-]+", key)


def test_a_basis_narrows_transfers_and_is_refused_for_sources(graph: Ledger, exported: Any) -> None:
    with pytest.raises(WrongUse, match="has none"):
        exported(graph, "ris", bases=("stated",))
