"""The registry of known innovations: a name means one innovation of one kind, and a text that gives it names that."""

from __future__ import annotations

from collections import defaultdict

from southerly.ingest.extract.innovations import fold_words, innovation_mentions
from southerly.ontology.normal import rows
from southerly.ontology.vocabulary import terms


def test_no_name_stands_for_two_innovations() -> None:
    meant = defaultdict(set)
    for row in rows("innovations.csv"):
        meant[fold_words(row["name"])].add(row["innovation"])
    assert {name: found for name, found in meant.items() if len(found) > 1} == {}


def test_every_innovation_is_of_one_kind_of_the_scheme() -> None:
    kinds = defaultdict(set)
    for row in rows("innovations.csv"):
        kinds[row["innovation"]].add(row["kind"])
    allowed = {term.label for term in terms("innovation-kind")}
    assert {name: found for name, found in kinds.items() if len(found) != 1 or not found <= allowed} == {}


def test_what_a_name_alone_tells_is_said_in_the_words_of_the_registry() -> None:
    assert {row["short"] for row in rows("innovations.csv")} == {"", "yes"}
    assert {row["known"] for row in rows("innovations.csv")} == {"", "alone", "no"}


def test_a_text_that_gives_a_listed_name_names_its_innovation() -> None:
    wrong = {}
    for row in rows("innovations.csv"):
        if row["short"] or "." in row["name"]:
            continue
        found = innovation_mentions(f"We saw {row['name']} there.")
        if not any(m.known != (row["known"] == "no") and m.name == row["innovation"] for m in found):
            wrong[row["name"]] = [m.name for m in found]
    assert wrong == {}
