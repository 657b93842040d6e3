"""What a model proposes, held against the report: kept as a candidate only if the report's own words bear it out.

The quote stands in the part that the model was shown (but for case, space, quotes and dashes). Each country is named in
the sentences that the quote is from. The status is the one that the words show: no plan, hypothesis or negation passes
for a fact. Innovation, organisations and sites are named in the report; numbers and dates in those sentences.
A text that gives a model orders can therefore bring about no more than a claim that it also makes itself.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..extract.candidates import Candidate
from ..extract.places import CountryMention, country_mentions
from ..extract.sentences import clause_spans, sentence_spans
from ..extract.status import status_of
from ..fields import FieldProblem, known, read_place, read_when
from ..prose.blocks import Prose, quote_at
from ..prose.fold import folded
from ..prose.reader import rules_for
from ..report_write import Aside, in_words
from .endpoint import Failed
from .prompt import MAX_CLAIMS, misfits

_SHORTEST = 15  # characters of a quote: less proves nothing
_SENTENCE = 600  # characters up to which a quote is shown with the whole of its sentences
_FENCE = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL)
_COUNTRIES = ("country", "learned_from_country")
_COUNTRY_LISTS = ("host_countries", "visiting_countries")
_IN_REPORT = ("innovation", "site", "learned_from_site", "host_organisations", "visiting_organisations")
_IN_SENTENCE = ("other_name", "when", "participants", "value")
_FACTORS = ("mechanisms", "enablers", "barriers")


class _Refused(Exception):
    """Why a proposal is no candidate."""


def proposals(answer: str) -> list[Any]:
    """Return the claims of an answer, whatever they are. Raises Failed for an answer that holds none."""
    fenced = _FENCE.fullmatch(answer)
    try:
        told = json.loads(fenced.group(1) if fenced else answer)
    except (ValueError, RecursionError):
        raise Failed("the model's answer is no JSON, or was cut off") from None
    if not isinstance(told, dict) or set(told) != {"claims"} or not isinstance(told["claims"], list):
        raise Failed("the model's answer does not fit the schema: expected {“claims”: […]}")
    if len(told["claims"]) > MAX_CLAIMS:
        raise Failed(f"the model's answer holds {len(told['claims']):,} claims; expected at most {MAX_CLAIMS}")
    return told["claims"]


@dataclass(frozen=True)
class Checker:
    """A report that proposals are checked against."""

    prose: Prose
    language: str

    def check(self, proposal: Any, start: int, end: int) -> Candidate | Aside:
        """Return a candidate, or why a proposal about characters `start` to `end` of the report is none."""
        place = in_words(quote_at(self.prose, start, end))
        quote = proposal.get("quote") if isinstance(proposal, dict) else None
        shown = quote if isinstance(quote, str) else ""
        if wrong := next(misfits(proposal), None):
            return Aside("a claim of the wrong shape", f"does not fit the schema: {wrong}", shown, place)
        said = {name: value for name, value in proposal.items() if value not in (None, "", [])}
        try:
            found = self._quote(said, start, end)
            place = in_words(quote_at(self.prose, *found))
            return self._candidate(said, *found)
        except _Refused as refused:
            told = "; ".join(f"{k}: {v}" for k, v in said.items() if k not in ("quote", "kind", "status"))
            return Aside(f"{said['kind']}, {said['status']}: {told}", str(refused), shown, place)

    def _quote(self, said: dict[str, Any], start: int, end: int) -> tuple[int, int]:
        """Return where the quote stands in a part of the report."""
        quote = str(said.get("quote", "")).strip()
        if len(quote) < _SHORTEST:
            raise _Refused(f"quote of fewer than {_SHORTEST} characters")
        at = self.prose.text.find(quote, start, end)
        if at >= 0:
            return at, at + len(quote)
        text, offsets = self._folded
        wanted = _alike(quote)[0].strip()
        at = text.find(wanted, bisect_left(offsets, start), bisect_left(offsets, end)) if wanted else -1
        if at < 0:
            raise _Refused("quote not found in the report")
        return offsets[at], offsets[at + len(wanted) - 1] + 1

    def _candidate(self, said: dict[str, Any], start: int, end: int) -> Candidate:
        first, last = self._widened(self._sentences, start, end)
        sentence = _alike(self.prose.text[first:last])[0]
        self._check_status(said["status"], start, end, first, last)
        for name in (*_COUNTRIES, *_COUNTRY_LISTS):
            self._check_countries(said, name, first, last)
        for name, within, where in (
            *((name, self._folded[0], "the report") for name in _IN_REPORT),
            *((name, sentence, "the sentence of the quote") for name in _IN_SENTENCE),
        ):
            for words in said.get(name, ()) if isinstance(said.get(name), list) else [said.get(name)]:
                if words and not _stands_in(words, within):
                    raise _Refused(f"{name} not found in {where}")
        content = dict(_content(said, " ".join(self.prose.text[first:last].split())))
        _require(said["kind"], content)
        if last - first > _SENTENCE:
            first, last = start, end
        return Candidate(said["kind"], said["status"], content, first, last)

    def _check_status(self, status: str, start: int, end: int, first: int, last: int) -> None:
        """Refuse a status that the clauses of the quote do not show. A quote that was cut short is read on."""
        clauses = [span for at, to in self._within(first, last) for span in clause_spans(self.prose.text, at, to)]
        shown = {status_of(self.prose.text[at:to]) for at, to in clauses if at < end and to > start}
        if status == "actual":
            if other := sorted(shown - {"actual"}):
                raise _Refused(f"status actual, where the words say {' and '.join(other)}")
        elif status not in shown:
            raise _Refused(f"status {status}, which the words do not show")

    def _check_countries(self, said: dict[str, Any], name: str, first: int, last: int) -> None:
        """Make codes of countries. Refuse one that the sentences of the quote do not name."""
        if name not in said:
            return
        codes = []
        for words in said[name] if isinstance(said[name], list) else [said[name]]:
            try:
                code, as_said, part = read_place(words)
            except FieldProblem:
                code, as_said, part = None, None, None
            if code is None:
                raise _Refused(f"{name}: no country that is known")
            if not any(m.iso3 == code and first <= m.start and m.end <= last for m in self._countries):
                raise _Refused(f"{name} not named in the quote")
            codes.append(code)
            if part and name in _COUNTRIES:
                said[f"{name}_said"] = as_said
        said[name] = list(dict.fromkeys(codes)) if name in _COUNTRY_LISTS else codes[0]

    def _widened(self, spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the spans that some characters touch."""
        touched = [(a, b) for a, b in spans if a < end and b > start]
        return min([start, *(a for a, _ in touched)]), max([end, *(b for _, b in touched)])

    def _within(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        yield from ((a, b) for a, b in self._sentences if first <= a and b <= last)

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return _alike(self.prose.text)

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return sentence_spans(self.prose.text)

    @cached_property
    def _countries(self) -> list[CountryMention]:
        return country_mentions(self.prose.text, rules_for(self.language))


def _content(said: dict[str, Any], sentence: str) -> Iterator[tuple[str, Any]]:
    """Yield the columns of a claim: those that a kind has, from the fields of the answer."""
    kind = said["kind"]
    columns = {
        "name": {"innovation": "innovation", "other_name": "name"},
        "origin": {name: name for name in ("innovation", "country", "country_said", "site")},
        "adoption": {
            **{name: name for name in ("innovation", "country", "country_said", "site", "stage", *_FACTORS)},
            **{f"learned_from_{name}": f"source_{name}" for name in ("country", "country_said", "site")},
        },
        "exchange": {
            **{name: name for name in ("exchange_type", "participants", "cadre", *_COUNTRY_LISTS)},
            **{name: name for name in ("host_organisations", "visiting_organisations")},
        },
        "outcome": {
            **{name: name for name in ("innovation", "site", "outcome_level", "metric", "value", *_FACTORS)},
        },
    }[kind]
    yield from ((column, said[name]) for name, column in columns.items() if name in said)
    if kind == "exchange" and (innovation := said.get("innovation")):
        yield "shown", [innovation]
    if kind == "outcome":
        if "country" in said:
            yield "countries", [said["country"]]
        if not any(name in said for name in _FACTORS) or "outcome_level" in said:
            yield "outcome", sentence  # the report's words, not the model's
    if kind == "name":
        short = str(said.get("other_name", ""))
        yield "name_type", "acronym" if short.upper() == short and len(short) <= 10 else "alias"
    if "when" in said and kind != "name":
        try:
            when = read_when(said["when"])
        except FieldProblem:
            raise _Refused("when: a date that no calendar has") from None
        if when:
            yield from (("when_said", when.said), ("when", when.edtf))
            yield from (("earliest", when.earliest), ("latest", when.latest))


def _require(kind: str, content: dict[str, Any]) -> None:
    """Refuse a claim without what its kind cannot do without."""
    needs: dict[str, list[tuple[str, ...]]] = {
        "name": [("innovation",), ("name",)],
        "origin": [("innovation",)],
        "adoption": [("innovation",), ("country", "site")],
        "exchange": [tuple(content) or ("exchange_type",)],
        "outcome": [("outcome", *_FACTORS)],
    }
    for any_of in needs[kind]:
        if not any(known(str(content[name])) for name in any_of if name in content):
            raise _Refused(f"no {' or '.join(any_of)}, which such a claim cannot do without")


def _stands_in(words: str, text: str) -> bool:
    """Tell whether whole words stand in a folded text."""
    wanted = re.escape(_alike(words)[0].strip())
    return bool(wanted) and re.search(rf"(?<!\w){wanted}(?!\w)", text) is not None


def _alike(text: str) -> tuple[str, list[int]]:
    """Return a text folded for comparing, capitals too, and where each character comes from."""
    plain, offsets = folded(text)
    lower = plain.lower()
    # A few capitals have more than one small letter (Unicode SpecialCasing): they keep their place and their size.
    return lower if len(lower) == len(plain) else "".join(
        c if len(c.lower()) > 1 else c.lower() for c in plain
    ), offsets
