"""What a cell means: the one place where words become countries, dates, terms, lists and report keys.

Blank, and words such as "unknown", mean not said. Words that a field cannot take raise `FieldProblem`.

>>> read_place("Scotland")
PlaceSaid(country='GBR', said='Scotland', subdivision='GB-SCT')
>>> read_list("KMC; skin-to-skin care;; KMC")
['KMC', 'skin-to-skin care']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from ..graph import dates
from ..graph.dates import ImpossibleDate, When
from ..graph.names import tidy
from ..graph.reports import normal_doi, report_key
from ..ontology.countries import ambiguous, find_place, place_key
from ..ontology.countries import suggest as near_places
from ..ontology.vocabulary import find_term, terms
from ..ontology.vocabulary import suggest as near_terms
from .table_batch import excerpt

MAX_PLACES = 300  # in one cell; there are fewer countries
CONFIDENCE = ("low", "medium", "high")
#: Words by which a table says that it does not know. "NA" is not among them: it is Namibia.
_UNKNOWN = {"unknown", "not known", "not stated", "unstated", "n/a", "?", "-", "–", "—"}
_LONGEST_UNKNOWN = max(len(word) for word in _UNKNOWN)
_LONGEST_NAME = 200  # characters: longer words are prose and name no place and no term
_REGION = "region:"
_PLAIN_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_FLAGS = {
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "no": False,
    "n": False,
    "false": False,
    "0": False,
}
_BARE_DOI = re.compile(r"(doi:\s*)?10\.\d{4,9}/\S+", re.IGNORECASE)


class FieldProblem(ValueError):
    """A cell's words are not what its field takes: what was found, what was expected, what to do."""

    def __init__(
        self, found: str, expected: str, advice: str, near: Callable[[str], Sequence[str]] | None = None
    ) -> None:
        super().__init__(found, expected, advice, near)
        self.found, self.expected, self.advice = excerpt(found), expected, advice
        # Likeness is slow to judge, so it is judged only if somebody asks for the hint.
        self._near = partial(near, found) if near and len(found) <= _LONGEST_NAME else None

    @property
    def hint(self) -> str:
        """What to do: the words that may have been meant, and the advice."""
        near = self._near() if self._near else ()
        return f"Did you mean {' or '.join(near)}? {self.advice}" if near else self.advice

    def __str__(self) -> str:
        return f"found {self.found}; expected {self.expected}. {self.hint}"


class PlaceSaid(NamedTuple):
    """A country as a claim has it; `said` holds the report's words where they say more than its name."""

    country: str | None
    said: str | None
    subdivision: str | None


NOWHERE = PlaceSaid(None, None, None)


def known(text: str | None) -> str | None:
    """Return the words of a cell, tidied; null if it is blank or says that it is unknown."""
    words = tidy(text or "")
    if not words or (len(words) <= _LONGEST_UNKNOWN and words.casefold() in _UNKNOWN):
        return None
    return words


def read_place(text: str | None) -> PlaceSaid:
    """Return the country that a cell names. A region, or "region: …", is kept as said with no country.

    Raises FieldProblem for a name that is no country, or is shared by several.
    """
    words = known(text)
    if words is None:
        return NOWHERE
    if words.casefold().startswith(_REGION):
        return PlaceSaid(None, known(words[len(_REGION) :]), None)
    place = find_place(words) if len(words) <= _LONGEST_NAME else None
    if place is None:
        raise _no_country(words)
    if place.country is None:
        return PlaceSaid(None, words, None)
    code = len(words) <= 3 and words.isupper()  # "GBR", "UK": a code says no more than the country
    more = place.subdivision is not None or not (code or place_key(words) == place_key(place.label))
    return PlaceSaid(place.country, words if more else None, place.subdivision)


def read_places(text: str | None) -> list[PlaceSaid]:
    """Return the countries of a semicolon list, each once. Raises FieldProblem with all that are none."""
    items = read_list(text) or []
    if len(items) > MAX_PLACES:
        hint = "Write one row for each, or a region if that is what the report says."
        raise FieldProblem(f"a list of {len(items):,}", f"at most {MAX_PLACES} countries in a cell", hint)
    found: list[PlaceSaid] = []
    wrong: list[FieldProblem] = []
    for item in items:
        try:
            found.append(read_place(item))
        except FieldProblem as error:
            wrong.append(error)
    if len(wrong) > 1:
        names = [error.found for error in wrong]
        advice = " ".join(dict.fromkeys(error.advice for error in wrong[:3]))
        raise FieldProblem("; ".join(names), wrong[0].expected, advice)
    if wrong:
        raise wrong[0]
    return [place for place in dict.fromkeys(found) if place != NOWHERE]


def read_when(text: str | None) -> When | None:
    """Return when a cell says that something began; words that name no time stay as said with no bounds.

    Raises FieldProblem for a date that no calendar has.
    """
    words = known(text)
    if words is None:
        return None
    try:
        return dates.read_when(words)
    except ImpossibleDate as error:
        raise FieldProblem(words, error.expected, "Correct the date, such as 2008, 2008-02 or by 1996.") from error


def first_observed(when: When) -> When:
    """Return what "first observed then" says of the beginning: then or before (EDTF: an open `[..x]` set)."""
    if when.earliest is None:
        return when  # open already, or unknown
    if when.latest is None:
        return replace(when, edtf=None, earliest=None)
    plain = when.edtf is not None and _PLAIN_DATE.fullmatch(when.edtf)
    return replace(when, edtf=f"[..{when.edtf if plain else when.latest.isoformat()}]", earliest=None)


def read_term(scheme: str, text: str | None) -> str | None:
    """Return the preferred label of a vocabulary's term; null if the cell is blank or unknown.

    Raises FieldProblem for a phrase that the vocabulary does not know.
    """
    words = known(text)
    if words is None:
        return None
    if found := find_term(scheme, words):
        return found
    labels = ", ".join(term.label for term in terms(scheme))
    advice = "Use one of these, or leave the cell blank."
    raise FieldProblem(words, f"one of: {labels}", advice, partial(near_terms, scheme))


def read_choice(choices: Sequence[str], text: str | None) -> str | None:
    """Return the one of some lower-case words that a cell holds; null if it is blank or unknown.

    Raises FieldProblem for anything else.
    """
    words = known(text)
    if words is None or words.casefold() in choices:
        return words and words.casefold()
    advice = "Use one of these, or leave the cell blank."
    raise FieldProblem(words, f"one of: {', '.join(choices)}", advice)


def read_flag(text: str | None) -> bool | None:
    """Return what a yes-or-no cell says; null if blank or unknown. Raises FieldProblem for anything else."""
    words = known(text)
    if words is None:
        return None
    if words.casefold() in _FLAGS:
        return _FLAGS[words.casefold()]
    raise FieldProblem(words, "yes, no or unknown", "Use one of these; further words belong in a note.")


def read_yes_no(text: str | None) -> str | None:
    """Return `read_flag` as the word that a claim keeps."""
    flag = read_flag(text)
    return None if flag is None else ("yes" if flag else "no")


def read_list(text: str | None) -> list[str] | None:
    """Return the items of a semicolon list, tidied, each once, in order; null if there are none."""
    items = [words for item in (text or "").split(";") if (words := known(item))]
    return list(dict.fromkeys(items)) or None


def read_doi(text: str | None) -> str | None:
    """Return a DOI in its bare form; null if the cell is blank. Raises FieldProblem for what is none."""
    words = known(text)
    if words is None:
        return None
    if number := normal_doi(words):
        return number
    raise FieldProblem(words, "a DOI, such as 10.1136/bmjgh-2022-008691", "Correct it, or leave the cell blank.")


def read_report(url: str | None = None, doi: str | None = None, iati: str | None = None) -> tuple[str, str | None]:
    """Return a report's key, and the key of its DOI where it has an address as well.

    Then the address is its key: tables cite mostly by address, and a row that also knows the DOI must still
    mean the same report as one that does not.
    Raises FieldProblem if nothing identifies the report.
    """
    address, number = known(url), read_doi(doi)
    if address and _BARE_DOI.fullmatch(address):
        address, number = None, number or address
    by_doi = report_key(doi=number)
    key = report_key(url=address) or (by_doi or report_key(iati=iati) if address is None else None)
    if key is None:
        raise FieldProblem(
            address or "(blank)",
            "a DOI or a web address that begins with http:// or https://",
            "No row without its source: cite the report that says this.",
        )
    return key, by_doi if by_doi != key else None


def _no_country(words: str) -> FieldProblem:
    expected = "a country's name or ISO 3166 code"
    if len(words) > _LONGEST_NAME:
        return FieldProblem(words, expected, "Put the country in a cell of its own.")
    if codes := ambiguous(words):
        return FieldProblem(words, expected, f"The name is shared: write {' or '.join(codes)}.")
    comma = "Separate countries with semicolons. " if "," in words else ""
    region = f"A region is written as `{_REGION} {words}` and stays as said."
    return FieldProblem(words, expected, comma + region, near_places)
