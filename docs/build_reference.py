"""Writes the parts of these pages that the code itself knows: commands, tables, columns, vocabularies, examples.

A page says where: `<!-- generated: NAME -->` … `<!-- end -->`. `make docs` fills them all; a test fails on a stale one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click
from southerly.cli import COMMANDS, main
from southerly.exports import FORMATS
from southerly.graph.claims import CONTENT, EVIDENCE
from southerly.ingest.assemble import FIELDS, NEEDS
from southerly.ingest.layouts import LAYOUTS
from southerly.ingest.report_columns import flat
from southerly.ingest.report_sections import CHOICES, SECTIONS, Field
from southerly.ontology.vocabulary import SCHEMES, terms

DOCS = Path(__file__).parent
_PART = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_WIDTH = 100

#: What a column of a claim means. A test compares the keys with the columns that there are.
MEANINGS = {
    "innovation": "the innovation's name, as the report spells it",
    "innovation_kind": "kind of innovation, a term of `innovation-kind`",
    "theme": "field of care, a term of `practice-area`",
    "country": "country, ISO 3166-1 or 3166-3 alpha-3",
    "country_said": "the report's words, where they say more than the code (“Scotland”, “Africa”)",
    "subdivision": "part of a country, ISO 3166-2",
    "site": "hospital, ministry, district, organisation or city",
    "when_said": "when it began, in the report's words",
    "when": "when it began, as EDTF; null is unknown",
    "earliest": "first day on which it can have begun; null is open",
    "latest": "last such day; null is open",
    "end_said": "when it ended, in the report's words",
    "end": "when it ended, as EDTF",
    "end_earliest": "first day on which it can have ended",
    "end_latest": "last such day",
    "left_censored": "true if it was only first observed then, so it began then or before",
    "stage": "how far it got: a term of `adoption-stage`, or of `outcome-stage` in an outcome",
    "domestic": "true if the report says that the innovation began in the adopting country",
    "source_country": "country that it was learned from",
    "source_country_said": "that country in the report's words, where they say more",
    "source_site": "site that it was learned from",
    "source_adoption": "adoption that it was learned from, as the report keys it",
    "channel": "how it travelled, a term of `channel`",
    "exchange": "the report's own key or title of an exchange",
    "partners": "organisations that helped",
    "adaptation": "what was changed to fit",
    "outcome": "what came of it, in words",
    "outcome_level": "level of that outcome, a term of `outcome-level`",
    "metric": "what was measured",
    "value": "the value found, as said",
    "unit": "its unit",
    "mechanisms": "what made the learning work, as said",
    "enablers": "what helped, as said",
    "barriers": "what hindered, as said",
    "countries": "countries in which an outcome happened",
    "title": "name of an exchange",
    "exchange_type": "type of exchange, a term of `exchange-type`",
    "direction": "who learns from whom, a term of `direction`",
    "host_countries": "countries that show",
    "host_organisations": "organisations that show",
    "host_sites": "sites that show",
    "visiting_countries": "countries that come to learn",
    "visiting_organisations": "organisations that come to learn",
    "visiting_sites": "sites that come to learn",
    "funders": "who pays",
    "facilitators": "who brokers or coordinates",
    "shown": "innovations that an exchange showed",
    "participants": "number of participants, as said (“16”, “100+”)",
    "cadre": "their seniority, a term of `cadre`",
    "decision_power": "whether they can decide on change at home",
    "debrief": "whether a debriefing was held: yes or no; null is unknown",
    "mission": "the mission statement's own words, or yes",
    "learning_level": "level at which learning is expected",
    "name": "another name of the innovation",
    "name_type": "alias, acronym or translation",
    "extra": "columns of the table that no other field carries, as a JSON object",
    "locator": "the place: row, sheet and row, or path in a YAML file",
    "quote": "the report's own words",
    "method": "how the claim was got: curated, table, rule or model",
    "confidence": "low, medium or high, as given; null where nobody gave one",
}
#: What the columns of a table say, where that is not what the column of the claim means.
_IN_TABLES = {
    "country": "country name or ISO code, or several",
    "source_country": "country that it was learned from, by name or ISO code",
    "when": "when it began, in the report's words",
    "end": "when it ended, in the report's words",
    "left_censored": "yes if it was only first observed then and may have begun before",
    "status": "actual, planned, hypothetical or negated; blank is actual",
    "url": "web address of the report",
    "doi": "digital object identifier of the report",
    "year": "year of publication",
    "publisher": "journal, publisher or organisation",
    "licence": "licence of the report",
    "note": "anything that a reader of the report should know",
    "authors": "authors, as cited",
}


def commands() -> str:
    """Return the help of every command, as the command line prints it."""
    parts = []
    top = click.Context(
        main, info_name="southerly", help_option_names=main.context_settings["help_option_names"], **_wide()
    )
    for name in COMMANDS:
        command = main.get_command(top, name)
        if command is None:
            raise KeyError(name)
        parts += list(_help(command, name, top))
    return "\n".join([f"```text\n{top.get_help()}\n```\n", *parts])


def _wide() -> dict[str, int]:
    return {"terminal_width": _WIDTH, "max_content_width": _WIDTH}


def _help(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, **_wide())
    level = "##" if parent.parent is None else "###"
    text = "\n".join(line.rstrip() for line in context.get_help().splitlines())
    yield f"{level} {context.command_path}\n\n```text\n{text}\n```\n"
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found is not None:
                yield from _help(found, sub, context)


def columns() -> str:
    """Return the columns of a claim, with the kinds that take them from a table."""
    lines = ["| column | type | meaning | kinds |", "|---|---|---|---|"]
    for name, kind in (CONTENT | EVIDENCE).items():
        kinds = ", ".join(k for k, fields in FIELDS.items() if name in fields)
        lines.append(f"| `{name}` | {_type(str(kind))} | {MEANINGS[name]} | {kinds} |")
    return "\n".join(lines) + "\n"


def _type(arrow: str) -> str:
    plain = {"string": "text", "date32[day]": "day", "bool": "flag"}
    return plain.get(arrow, "list of texts" if arrow.startswith("list") else arrow)


def mapping_fields() -> str:
    """Return what each kind of claim takes from a mapping, and what it needs."""
    lines = ["| kind | needs | may also have |", "|---|---|---|"]
    for kind, fields in FIELDS.items():
        needs = " and ".join(" or ".join(f"`{n}`" for n in names) for names in NEEDS[kind])
        needed = {name for names in NEEDS[kind] for name in names}
        rest = ", ".join(f"`{name}`" for name in fields if name not in needed)
        lines.append(f"| {kind} | {needs} | {rest} |")
    return "\n".join(lines) + "\n"


def layouts() -> str:
    """Return the native tables: what a header needs, and what each column says."""
    parts = []
    for layout in LAYOUTS:
        needs = ", ".join(" or ".join(f"`{n}`" for n in need.split("|")) for need in layout.needs)
        parts += [
            f"### {layout.name}\n",
            f"Needs the columns {needs}.\n",
            "| column | says | claims |",
            "|---|---|---|",
        ]
        told: dict[str, tuple[str, list[str]]] = {}
        for kind, fields in {**layout.claims, "(the report)": layout.report}.items():
            for field, column in fields.items():
                meaning = "title of the report" if (kind, field) == ("(the report)", "title") else ""
                told.setdefault(column, (meaning or _IN_TABLES.get(field) or MEANINGS[field], []))[1].append(kind)
        for column, (meaning, kinds) in told.items():
            names = " or ".join(f"`{name}`" for name in column.split("|"))
            parts.append(f"| {names} | {meaning} | {', '.join(dict.fromkeys(kinds))} |")
        parts.append("")
    return "\n".join(parts)


def report_fields() -> str:
    """Return the sections and fields of an exchange report, as its readers know them."""
    parts = []
    for section in SECTIONS:
        shape = "a list of rows" if section.many else "one block"
        parts += [f"### {section.key}\n", f"Sheet “{section.sheet}”; {shape}: {section.says}.\n"]
        parts += ["| field | column of the sheet | takes | says |", "|---|---|---|---|"]
        for header, field, part in flat(section.fields):
            name = f"`{field.name}`" if part is None else f"`{field.name}` → `{part.name}`"
            one = part or field
            star = " \\*" if one.required else ""
            parts.append(f"| {name}{star} | `{header}` | {_takes(one)} | {one.says} |")
        parts.append("")
    return "\n".join(parts)


def _takes(field: Field) -> str:
    if field.kind == "term" and field.scheme:
        return ", ".join(CHOICES[field.scheme]) if field.scheme in CHOICES else f"term of `{field.scheme}`"
    words = {"flag": "yes, no or unknown", "never": "anything; not stored", "countries": "list of countries"}
    return words.get(field.kind, "date" if field.kind == "when" else field.kind)


def vocabularies() -> str:
    """Return the terms of every scheme with other words that are read as them."""
    parts = []
    for scheme in SCHEMES:
        parts += [f"### {scheme}\n", "| term | meaning | also read |", "|---|---|---|"]
        for term in terms(scheme):
            cells = (term.label, term.definition, "; ".join(term.alternatives))
            parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        parts.append("")
    return "\n".join(parts)


def formats() -> str:
    """Return the export formats."""
    lines = ["| format | default name | what |", "|---|---|---|"]
    lines += [f"| `{name}` | `{form.name}` | {form.what} |" for name, form in FORMATS.items()]
    return "\n".join(lines) + "\n"


def ontology(part: str) -> str:
    """Return a part of the reference of the ontology, which is read only for the page that has it."""
    import build_ontology

    text: str = getattr(build_ontology, part)()
    return text


PARTS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "columns": columns,
    "mapping-fields": mapping_fields,
    "layouts": layouts,
    "report-fields": report_fields,
    "vocabularies": vocabularies,
    "formats": formats,
    **{
        f"ontology-{part}": partial(ontology, part)
        for part in ("version", "classes", "properties", "reused", "schemes")
    },
}


def filled(text: str) -> str:
    """Return a page with its generated parts as the code has them now."""
    return _PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n{found[3]}", text)


def pages() -> list[Path]:
    """Return the pages with generated parts, each of which is written by nobody else."""
    return [path for path in sorted(DOCS.rglob("*.md")) if _PART.search(path.read_text(encoding="utf-8"))]


def write_all() -> None:
    """Fill every page, then run the examples in README and tutorial."""
    import build_tutorial

    for path in pages():
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"wrote {path}")
    build_tutorial.write_all()


def stale() -> list[str]:
    """Return the pages that do not say what the code says. In a process of its own, since click remembers its help."""
    texts = {path: path.read_text(encoding="utf-8") for path in pages()}
    return [path.name for path, text in texts.items() if filled(text) != text]


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(f"stale; run `make docs`: {', '.join(names)}" if (names := stale()) else 0)
    write_all()
