"""What a filled exchange report claims: each row of its sections is one record, claimed or set aside whole.

Participants, programme and debriefing are parts of their exchange's record. No person's name is kept.

What a program filled in (`found_by`) waits for review: it counts once an item, or the whole file, says `accepted`.
Until then it may lack what a claim needs, and it stands as found by rule or model, not by a curator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..graph.claims import claims_from, report_table
from ..graph.names import name_key
from . import report_sections as form_of
from .fields import FieldProblem, read_report
from .reading import Batch, Note, Problem
from .report_exchange import exchange_claim
from .report_fields import Form, Problems, Tree, check_keys, is_blank, pointer, read_fields
from .report_items import CLAIMS
from .report_sections import Section
from .report_values import Row, evidence

_KEYS = ("url", "doi", "iati")
_PARTS = (form_of.PARTICIPANTS, form_of.PROGRAMME, form_of.DEBRIEF)


@dataclass(slots=True)
class _Item:
    section: Section
    path: str
    tree: Tree
    parts: dict[str, list[tuple[str, Tree]]] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Return what an exchange may be called in the rows that belong to it, its key first."""
        found = [self.tree.get(k) for k in ("exchange_id", "title")] if isinstance(self.tree, dict) else []
        return [name for name in found if isinstance(name, str) and name.strip()]


@dataclass(frozen=True, slots=True)
class _Citation:
    source: dict[str, Any]
    report: str
    same_as: str | None


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the items of a report stand that do not say it themselves."""

    review: str = "accepted"
    method: str = "curated"  # of what nobody has accepted
    reader: str | None = None


def claims_of(form: Form, ingester: str, first_record: int) -> Batch:
    """Return the claims of one report, its records numbered from `first_record`.

    A report that cannot be cited, or says nothing, is one record that is set aside.
    """
    heading = Problems(form, first_record)
    cited = _citation(form, heading)
    standing = _standing(form, heading)
    items = list(_items(form.tree)) if isinstance(form.tree, dict) else []
    if not heading.found and not items and standing.method != "curated":
        return _nothing_found(standing.reader or ingester, first_record)
    if not heading.found and not items:
        expected = "at least one innovation, adoption, exchange or outcome"
        heading.add("", "a report that says nothing", expected, "fill in a section")
    if not heading.found:
        return _Reading(form, cited, standing, first_record).batch(items, standing.reader or ingester)
    if items:
        expected = "a report that can be cited"
        heading.add("", f"{len(items)} rows below", expected, "they go in once the source is mended")
    import pyarrow as pa

    return Batch(ingester, pa.array([first_record], pa.int64()), problems=tuple(heading.found))


def _nothing_found(ingester: str, record: int) -> Batch:
    """Return what a form says that a program filled in, and found nothing to fill in."""
    import pyarrow as pa

    return Batch(ingester, pa.array([record], pa.int64()), notes=(Note("no items: nothing was found in the report"),))


def _citation(form: Form, problems: Problems) -> _Citation:
    """Check the version and read what is cited."""
    tree = form.tree
    if not isinstance(tree, dict):
        expected = "`southerly-report: 1`, `source:` and sections"
        problems.add("", "no fields", expected, "start from the blank template")
        return _Citation({}, "", None)
    version = tree.get("southerly-report")
    if version != form_of.VERSION:
        expected, hint = f"southerly-report: {form_of.VERSION}", "write this as the first line"
        problems.add("/southerly-report", f"version “{version or ''}”", expected, hint, "southerly-report")
    written = tree.get("source")
    source = {} if is_blank(written) else read_fields(form_of.SOURCE.fields, written, "/source", problems)
    if any(source.get(name) for name in _KEYS):
        try:
            return _Citation(source, *read_report(*(source.get(name) for name in _KEYS)))
        except FieldProblem as wrong:
            problems.add("/source", wrong.found, wrong.expected, wrong.hint, "source")
    elif not source.keys() & {"title", "sha256"}:
        expected, hint = "a title, url, doi or iati of the report", "fill in `source`: no claim without its source"
        problems.add("/source", "no citation", expected, hint, "source")
    return _Citation(source, f"sha256:{_content(form, source, problems)}", None)


def _content(form: Form, source: dict[str, Any], problems: Problems) -> str:
    """Return the hash of the report's own file, else that of the form."""
    said = source.get("sha256")
    if said is None:
        return form.content
    if not re.fullmatch(r"[0-9a-fA-F]{64}", said):
        expected, hint = "64 hexadecimal digits", "remove it, or run sha256sum on the report's file"
        problems.add("/source/sha256", said, expected, hint, "sha256")
    return str(said).lower()


def _standing(form: Form, problems: Problems) -> _Standing:
    """Read how far a report has been reviewed. Without a word on it, what a program filled in has not been."""
    if not isinstance(form.tree, dict):
        return _Standing()
    fields = tuple(f for f in form_of.INNOVATIONS.fields if f.name == "review")
    review = read_fields(fields, {"review": form.tree.get("review")}, "", problems).get("review")
    written = form.tree.get(form_of.FOUND_BY.key)
    if is_blank(written):
        return _Standing(review or "accepted")
    found = read_fields(form_of.FOUND_BY.fields, written, pointer("", form_of.FOUND_BY.key), problems)
    reader = found.get("reader")
    if reader and not re.fullmatch(r"[\w.:@+-]{1,80}(/[\w.:@+-]{1,80}){0,4}", reader):
        expected, hint = "a name and version such as prose/1", "write back what was there, or remove `found_by`"
        problems.add("/found_by/reader", reader, expected, hint, "reader")
    return _Standing(review or "candidate", found.get("method", "rule"), reader)


def _items(tree: dict[str, Any]) -> Iterator[_Item]:
    """Yield the rows of every section but the parts of an exchange; blank rows of a template are none."""
    for section in form_of.SECTIONS:
        if section is not form_of.SOURCE and section not in _PARTS:
            for key in ("exchange", section.key) if section is form_of.EXCHANGES else (section.key,):
                yield from (_Item(section, path, row) for path, row in _rows(tree, key))


def _rows(tree: dict[str, Any], key: str) -> Iterator[tuple[str, Tree]]:
    written, path = tree.get(key), pointer("", key)
    rows = enumerate(written) if isinstance(written, list) else [("", written)]
    for number, row in rows:
        if not is_blank(row):
            yield (pointer(path, number) if isinstance(number, int) else path), row


class _Reading:
    """One report being turned into claims."""

    def __init__(self, form: Form, cited: _Citation, standing: _Standing, first_record: int) -> None:
        self.form, self.cited, self.standing, self.first = form, cited, standing, first_record
        self.exchanges: dict[str, str] = {}  # what an exchange may be called, and its key
        self.records: list[int] = []
        self.unplaced: list[int] = []
        self.claims: list[Row] = []
        self.problems: list[Problem] = []

    def batch(self, items: list[_Item], ingester: str) -> Batch:
        import pyarrow as pa

        exchanges = [item for item in items if item.section is form_of.EXCHANGES]
        self.exchanges = {name_key(n): item.names()[0] for item in exchanges for n in item.names()}
        self._unknown_sections()
        self._hand_out_parts(exchanges)
        for item in items:
            self._read(item)
        source, telling = self.cited.source, [row["record"] for row in self.claims[:1]]
        keys = (self.cited.report, self.cited.same_as)
        said = {name: source.get(name) for name in ("title", "url", "publisher", "licence", "authors")}
        said["doi"] = next((key.removeprefix("doi:") for key in keys if key and key.startswith("doi:")), None)
        known = {"record": telling, "report": keys[0], "same_as": keys[1]}
        return Batch(
            ingester,
            pa.array(self.records, pa.int64()),
            claims_from(self.claims),
            report_table(said | known | {"year": _year(source)}, len(telling)),
            pa.array(self.unplaced, pa.int64()),
            tuple(self.problems),
            tuple(self._notes()),
        )

    def _next(self) -> Problems:
        """Begin a record."""
        self.records.append(self.first + len(self.records))
        return Problems(self.form, self.records[-1], self.cited.report)

    def _unknown_sections(self) -> None:
        for key in self.form.tree:
            if key not in form_of.TOP_KEYS:
                problems = self._next()
                check_keys([key], form_of.TOP_KEYS, "", problems)
                self.problems += problems.found

    def _hand_out_parts(self, exchanges: list[_Item]) -> None:
        """Give each exchange its participants, programme and debriefing; set aside what belongs nowhere."""
        owners = {item.names()[0]: item for item in exchanges if item.names()}
        for section in _PARTS:
            for path, row in _rows(self.form.tree, section.key):
                said = row.get("exchange") if isinstance(row, dict) else None
                said = said if isinstance(said, str) and said.strip() else None
                if said is None:
                    owner = exchanges[0] if len(exchanges) == 1 else None
                else:
                    owner = owners.get(self.exchanges.get(name_key(said), ""))
                if owner and not (section is form_of.DEBRIEF and section.key in owner.parts):
                    owner.parts.setdefault(section.key, []).append((path, row))
                    continue
                found = said or f"{len(exchanges)} exchanges, and none named here"
                hint = "name its exchange_id or title in the field `exchange`"
                if owner:
                    found, hint = "a second debriefing of one exchange", "join the debriefings"
                problems = self._next()
                problems.add(path, found, "one exchange of this report", hint, "exchange")
                self.problems += problems.found

    def _read(self, item: _Item) -> None:
        problems = self._next()
        values = read_fields(item.section.fields, item.tree, item.path, problems)
        parts = {
            section.key: [read_fields(section.fields, row, at, problems) for at, row in item.parts.get(section.key, [])]
            for section in _PARTS
        }
        review = values.pop("review", self.standing.review)
        if review == "accepted":
            self._need(item, values, problems)
        if problems.found:
            self.problems += problems.found
            return
        if "page" in self.cited.source:
            values.setdefault("page", self.cited.source["page"])
        if item.section is form_of.EXCHANGES:
            rows = [exchange_claim(values, parts, self.cited.source)]
        else:
            rows = list(CLAIMS[item.section.key](values, self._exchange(values)))
        known = {"record": problems.record, "report": self.cited.report, "locator": self.form.locator(item.path)}
        method = "curated" if review == "accepted" else self.standing.method
        known |= {"review": review, "method": method} | evidence(values)
        self.claims += [known | row for row in rows]
        moves = [row for row in rows if row["kind"] in ("origin", "adoption")]
        if moves and not any(row["country"] for row in moves):
            self.unplaced.append(problems.record)

    def _need(self, item: _Item, values: dict[str, Any], problems: Problems) -> None:
        """Note a row without what its claim cannot do without, where any of several fields will do."""
        if item.section is form_of.ORIGINS:
            expected = "a country, a site or a date"
            enough = bool(values.keys() & {"country", "site", "when"})
        elif item.section is form_of.OUTCOMES and not values.keys() & {"outcome", "mechanism", "enabler", "barrier"}:
            expected, enough = "outcome: what the exchange led to, or what helped or hindered it", False
        elif item.section is form_of.OUTCOMES:
            expected = "the practice or the exchange"
            enough = "practice" in values or bool(self._exchange(values))
        else:
            return
        if not enough and not problems.found:
            problems.add(item.path, "none of what is needed", expected, "fill one in, or delete the row")

    def _exchange(self, values: dict[str, Any]) -> str | None:
        """Return the exchange that a row means: the one it names, else the only one of the report."""
        said = values.get("exchange")
        if said is None:
            keys = set(self.exchanges.values())
            return keys.pop() if len(keys) == 1 else None
        return None if name_key(said) == "none" else self.exchanges.get(name_key(said), said)

    def _notes(self) -> Iterator[Note]:
        """Tell which dates were kept in words because no time could be read from them."""
        said = [row["when_said"] for row in self.claims if row.get("when_said") and not row.get("when")]
        for words in dict.fromkeys(said):
            yield Note(f"date kept in words: “{words}”", said.count(words))


def _year(source: dict[str, Any]) -> str | None:
    """Return the year of publication, from the date if no year is given."""
    year = str(source.get("date", ""))[:4]
    return source.get("year") or (year if year.isdecimal() and len(year) == 4 else None)
