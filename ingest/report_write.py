"""Candidate claims as a filled exchange report: what the form of `report_sections` holds, for an analyst to mend.

Each claim becomes an item with its quote. Sentences about one exchange become one item where that is certain: same
type, same hosts, same visitors, and nothing said that differs; so do an innovation's name and its kind. The further
sentences stand in `note`. What the form has no place for, or would not read back, is handed over apart: nothing is
dropped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..graph.names import name_key
from ..ontology.countries import country_label
from . import report_sections as form_of
from .fields import FieldProblem, read_place, read_when
from .report_fields import Form, Problems, read_fields

if TYPE_CHECKING:
    from .extract.candidates import Candidate
    from .prose.blocks import Place, Prose

_HEADING = 80  # characters of a heading in a comment
#: The columns that a date of the form stands for.
_DATES = {
    "when": ("when", "when_said", "earliest", "latest"),
    "end": ("end", "end_said", "end_earliest", "end_latest"),
}

#: Of each kind of claim: which field of the form takes which column. Sides, teachers and names: see `_fields`.
_FIELDS: dict[str, dict[str, str]] = {
    "name": {"innovation": "name", "innovation_kind": "kind", "theme": "practice_area"},
    "origin": {"innovation": "innovation", "country": "country", "site": "site", "when": "when"},
    "adoption": {
        **{name: name for name in ("innovation", "country", "site", "when", "end", "stage", "channel", "exchange")},
        **{name: name for name in ("partners", "adaptation", "outcome", "outcome_level")},
        **{name: name for name in ("mechanisms", "enablers", "barriers")},
    },
    "exchange": {
        **{"title": "title", "exchange_type": "exchange_type", "direction": "direction"},
        **{"when": "start_date", "end": "end_date", "funders": "funder", "facilitators": "facilitator"},
        **{"mission": "mission_statement", "shown": "practices", "participants": "participants_n"},
        **{"cadre": "participants_cadre", "debrief": "debrief"},
    },
    "outcome": {
        **{"innovation": "practice", "theme": "practice_area", "exchange": "exchange", "countries": "adopter_country"},
        **{"site": "adopter_site", "outcome": "outcome", "outcome_level": "level", "stage": "stage"},
        **{"metric": "metric", "value": "value", "unit": "unit", "when": "date_observed"},
        **{"mechanisms": "mechanism", "enablers": "enabler", "barriers": "barrier", "adaptation": "adaptation_made"},
    },
}
_SECTIONS = {
    "name": form_of.INNOVATIONS,
    "origin": form_of.ORIGINS,
    "adoption": form_of.ADOPTIONS,
    "exchange": form_of.EXCHANGES,
    "outcome": form_of.OUTCOMES,
}
_SIDES = {"host": "host", "visiting": "visitors"}


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the form: its fields as they are written, its quote, and what to say beside it."""

    section: str
    fields: dict[str, Any]
    quote: str
    place: str  # in words, for a comment
    page: str | None = None
    start: int = 0
    remarks: dict[str, str] = field(default_factory=dict)  # by field, for a comment after it
    beside: bool = False  # made beside another item, which carries the sentence


@dataclass(frozen=True, slots=True)
class Aside:
    """What a report said that the form has no place for."""

    what: str
    why: str
    quote: str
    place: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A report as a filled form."""

    items: tuple[Item, ...]
    aside: tuple[Aside, ...]
    claims: int  # that it was filled from


def fill(prose: Prose, found: Iterable[Candidate], name: str) -> Filled:
    """Return the form filled from the candidates of a report. Its exchanges are keyed by `name`, the report's own."""
    items: list[Item] = []
    aside: list[Aside] = []
    claims = 0
    for candidate in found:
        claims += 1
        for made in _items(prose, candidate):
            if isinstance(made, Aside):
                aside.append(made)
            else:
                kept, refused = _readable(made)
                aside += refused
                items += [kept] if kept else []
    order = [section.key for section in form_of.SECTIONS]
    joined = sorted(_joined(items), key=lambda item: (order.index(item.section), item.start))
    return Filled(tuple(_numbered(joined, name)), tuple(aside), claims)


def _items(prose: Prose, candidate: Candidate) -> Iterator[Item | Aside]:
    """Yield the item of a candidate, the innovation's kind apart, and what of it has no field."""
    from .prose.blocks import quote_at

    place = quote_at(prose, candidate.start, candidate.end)
    quote, where = " ".join(place.quote.split()), in_words(place)
    content = {k: v for k, v in candidate.content.items() if v not in (None, "", [])}
    kind = candidate.kind
    if kind == "origin" and not content.keys() & {"country", "site", "when", "when_said"}:
        kind = "name"  # the report speaks of it, and that is all
    section = _SECTIONS[kind]
    blank = Item(section.key, {}, quote, where, _page(place), candidate.start)
    if kind in ("origin", "adoption") and "innovation_kind" in content:
        named = {"name": content["innovation"], "kind": content.pop("innovation_kind")}
        yield replace(blank, section=form_of.INNOVATIONS.key, fields=named, beside=True)
    fields, left = _fields(kind, content)
    if candidate.status != "actual":
        if section.field("status") is None:
            yield Aside(_told(candidate), f"the form has no `status` for its {section.key}", quote, where)
            return
        fields["status"] = candidate.status
    for column in left:
        told = f"{candidate.kind}: {column}: {_words(content[column])}"
        yield Aside(told, f"the form's {section.key} have no field for it", quote, where)
    if fields:
        yield replace(blank, fields=fields)
    elif not left:
        yield Aside(_told(candidate), "it says nothing that an item could hold", quote, where)


def _fields(kind: str, content: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the fields that a claim's content fills, in the form's order, and the columns that fill none."""
    fields: dict[str, Any] = {}
    taken: set[str] = set()
    for column, name in _FIELDS[kind].items():
        if column in _DATES:
            said = _date(content, column)
            fields |= {name: said} if said else {}
            taken |= set(_DATES[column])
        elif column in content:
            fields[name] = _countries(column, content[column], content.get(f"{column}_said"))
            taken |= {column, f"{column}_said"} | ({"subdivision"} if column == "country" else set())
    if kind == "name" and (other := content.get("name")):
        fields["acronym" if content.get("name_type") == "acronym" else "aliases"] = [other]
        taken |= {"name", "name_type"}
    if kind == "adoption":
        teacher = {part: content.get(f"source_{part}") for part in ("country", "site")}
        if any(teacher.values()):
            said = content.get("source_country_said")
            fields["learned_from"] = {part: _countries(part, value, said) for part, value in teacher.items() if value}
        taken |= {"source_country", "source_country_said", "source_site"}
    if kind == "exchange":
        for side, name in _SIDES.items():
            if rows := list(_parties(content, side)):
                fields[name] = rows
            taken |= {f"{side}_{part}" for part in ("countries", "organisations", "sites")}
    order = [each.name for each in _SECTIONS[kind].fields]
    return {name: fields[name] for name in sorted(fields, key=order.index)}, [c for c in content if c not in taken]


def _parties(content: Mapping[str, Any], side: str) -> Iterator[Any]:
    """Yield one side of an exchange: which organisation is of which country the claim does not say."""
    yield from (_label(code) for code in content.get(f"{side}_countries", ()))
    for part, name in (("organisations", "organisation"), ("sites", "sites")):
        if found := content.get(f"{side}_{part}"):
            yield {name: list(found)}


def _countries(column: str, value: Any, said: str | None) -> Any:
    """Return a value as the form has it: countries by name, in the report's words where these say more."""
    if column == "country":
        return said if said and _read(said) == value else _label(value)
    return [_label(code) for code in value] if column == "countries" else value


def _label(code: str) -> str:
    """Return a country's name, where it reads back as the same country; else its code."""
    try:
        label = country_label(code)
    except KeyError:
        return code
    return label if _read(label) == code else code


def _read(words: str) -> str | None:
    try:
        return read_place(words).country
    except FieldProblem:
        return None


def _date(content: Mapping[str, Any], name: str) -> str | None:
    """Return the report's words for a date, where they read back as the same; else its EDTF."""
    said, edtf = content.get(f"{name}_said"), content.get(name)
    for words in (said, edtf):
        try:
            when = read_when(words) if words else None
        except FieldProblem:
            continue
        if when and when.edtf == edtf:
            return str(words)
    return str(edtf or said) if edtf or said else None


def _readable(item: Item) -> tuple[Item | None, list[Aside]]:
    """Return an item without the fields that the form's own reader would refuse, and those."""
    section = next(s for s in form_of.SECTIONS if s.key == item.section)
    fields = dict(item.fields)
    aside: list[Aside] = []
    for _ in range(len(fields)):
        problems = Problems(_BLANK, 0)
        titled = fields if section is not form_of.EXCHANGES else fields | {"title": "any"}
        read_fields(section.fields, titled, "", problems)
        wrong = next((p for p in problems.found if p.field in fields), None)
        if wrong is None:
            if not problems.found and fields:
                return replace(item, fields=fields), aside
            break
        value = fields.pop(str(wrong.field))
        told = f"{item.section}: {wrong.field}: {_words(value)}"
        aside.append(Aside(told, f"expected {wrong.expected}", item.quote, item.place))
    if fields:
        told = f"{item.section}: " + "; ".join(f"{name}: {_words(value)}" for name, value in fields.items())
        aside.append(Aside(told, "nothing that the form can hold is left of it", item.quote, item.place))
    return None, aside


_BLANK = Form(None, "", locator=str, place=str)


def _joined(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items, those that are certainly one made one; names with an acronym first, for their quotes."""
    by_key: dict[Any, list[Item]] = {}
    for item in sorted(items, key=lambda i: (i.beside, not i.fields.keys() & {"acronym", "aliases"}, i.start)):
        same = by_key.setdefault(_key(item), [])
        for number, other in enumerate(same):
            if (one := _one(other, item)) is not None:
                same[number] = one
                break
        else:
            same.append(item)
    for same in by_key.values():
        yield from same


def _key(item: Item) -> Any:
    """Return what items must have in common to be one."""
    fields = item.fields
    if item.section == form_of.INNOVATIONS.key:
        return item.section, name_key(str(fields["name"]))
    if item.section != form_of.EXCHANGES.key:
        return item.section, item.quote, _words(fields)
    told = [fields.get(name) for name in ("exchange_type", "host", "visitors", "status")]
    if not all(told[:3]):
        return item.section, item.start, id(item)  # whether it is the same exchange is not certain
    return item.section, *(_words(sorted(map(_words, part)) if isinstance(part, list) else part) for part in told)


def _one(a: Item, b: Item) -> Item | None:
    """Return two items as one; null if they say different things of the same."""
    merged, remarks = dict(a.fields), dict(a.remarks)
    if a.section == form_of.INNOVATIONS.key and a.quote != b.quote and b.fields.keys() & {"acronym", "aliases"}:
        return None  # each name with the sentence that gives it
    for name, value in b.fields.items():
        mine = merged.get(name)
        if mine is None:
            merged[name] = value
        elif isinstance(mine, list) and isinstance(value, list):
            merged[name] = mine + [each for each in value if each not in mine]
        elif mine != value and name_key(str(mine)) != name_key(str(value)):
            return None
        else:
            continue
        if merged[name] != mine and not b.beside:
            remarks[name] = f"by the sentence of {b.place}"
    section = next(s for s in form_of.SECTIONS if s.key == a.section)
    order = [each.name for each in section.fields]
    note = merged.get("note", "")
    if b.quote != a.quote and b.quote not in note and not b.beside:
        merged["note"] = f"{note} Also {b.place}: “{b.quote}”".strip()
    return replace(a, fields={name: merged[name] for name in sorted(merged, key=order.index)}, remarks=remarks)


def _numbered(items: list[Item], name: str) -> Iterator[Item]:
    """Yield the items with a key and a description for each exchange; what concerns none says so."""
    exchanges = [item for item in items if item.section == form_of.EXCHANGES.key]
    keys = {id(item): f"exchange-{name}-{number}" for number, item in enumerate(exchanges, start=1)}
    beside = {item.quote: keys[id(item)] for item in reversed(exchanges)}
    happened = [(item.start, keys[id(item)]) for item in exchanges if _took_place(item)]
    for item in items:
        if key := keys.get(id(item)):
            named = {"exchange_id": key, "title": item.fields.get("title") or _described(item)}
            remarks = {} if "title" in item.fields else {"title": "our words: the report gives no name"}
            yield replace(item, fields=named | item.fields, remarks=remarks | item.remarks)
        elif item.section == form_of.OUTCOMES.key and "exchange" not in item.fields:
            told = bisect_right(happened, item.start, key=itemgetter(0))
            last = happened[told - 1][1] if told else None
            yield _unlinked(item, bool(exchanges), beside.get(item.quote), last)
        else:
            yield item


def _took_place(exchange: Item) -> bool:
    """Say whether an exchange is one with both sides that happened, which later sentences may speak of."""
    return "status" not in exchange.fields and {"host", "visitors"} <= exchange.fields.keys()


def _unlinked(item: Item, exchanges: bool, near: str | None, last: str | None) -> Item:
    """Return an outcome that names no exchange as one that says so, with what an analyst may make of it.

    `near` is the exchange that its own sentence tells of, `last` the one that the text told of before.
    """
    missing = "practice" not in item.fields
    told = f" (the text last told of {last})" if last else ""
    need = f"to accept it, name one{told}, or fill in a `practice`" if missing else ""
    if exchanges:  # without a word, a form's only exchange would be meant
        remark = f"the same sentence tells of {near}" if near else need
        return replace(item, fields={"exchange": "none"} | item.fields, remarks={"exchange": remark} | item.remarks)
    if missing:
        remarks = {"practice": "to accept it, name the practice, or an `exchange`"}
        return replace(item, fields={"practice": None} | item.fields, remarks=remarks | item.remarks)
    return item


def _described(item: Item) -> str:
    """Return what an exchange without a name is, in words that claim nothing that its fields do not."""
    kind = str(item.fields.get("exchange_type", "exchange"))
    sides = [part for name in ("host", "visitors") for part in item.fields.get(name, [])]
    names = [p if isinstance(p, str) else "; ".join(next(iter(p.values()))) for p in sides]
    told = ", ".join(dict.fromkeys(names)) or item.place.split(", characters ")[0]
    return f"{kind[:1].upper()}{kind[1:]} ({told})"


def in_words(place: Place) -> str:
    """Return a place for a person: page, paragraph or path, characters, and the section that it is in."""
    locator = place.locator.partition(";")[0]
    name, _, number = locator.partition("=")
    where = f"{name} {number}" if number and "/" not in name else locator
    section = f", in “{_cut(place.section)}”" if place.section and place.section not in place.quote else ""
    return f"{where}, characters {place.start}-{place.end}{section}"


def _cut(heading: str) -> str:
    return heading if len(heading) <= _HEADING else f"{heading[: _HEADING - 1]}…"


def _page(place: Place) -> str | None:
    locator = place.locator.partition(";")[0]
    return locator.removeprefix("page=") if locator.startswith("page=") else None


def _told(candidate: Candidate) -> str:
    told = "; ".join(f"{name}: {_words(value)}" for name, value in candidate.content.items() if value)
    return f"{candidate.kind}, {candidate.status}: {told}"


_WORDS: dict[type, Callable[[Any], str]] = {
    list: lambda value: ", ".join(_words(each) for each in value),
    dict: lambda value: "; ".join(f"{name}: {_words(each)}" for name, each in value.items()),
}


def _words(value: Any) -> str:
    """Return a value in a line."""
    return _WORDS.get(type(value), str)(value)
