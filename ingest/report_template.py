"""Blank exchange reports to fill in, made from the same tables that the readers follow.

They hold no examples: what a form shows, somebody hands in. A blank form is told apart by having no source.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from ..ontology.countries import all_countries
from ..ontology.vocabulary import terms
from .report_columns import flat
from .report_sections import CHOICES, EXCHANGES, SECTIONS, VERSION, Field, Section

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: Columns of the reverse-innovations table, the native table for many reports at once.
TABLE_COLUMNS = (
    *("innovation", "aliases", "kind", "origin_country", "origin_site", "origin_year"),
    *("source_country", "adopter_country", "adopter_site", "adoption_year", "stage", "channel", "partners"),
    *("outcome", "outcome_level", "enablers", "barriers"),
    *("source_title", "source_url", "source_year", "confidence", "note"),
)
_FLAGS = ("yes", "no", "unknown")
_LONG = 12  # a longer pick list is shown once
_STAGES = 7  # of an outcome; the terms after them are measures and adopter groups of other frameworks
_ROWS = 500  # rows of a sheet that offer pick lists
_WIDTH = 100

_YAML_HEAD = """\
# An exchange report for Southerly. One file is one report: what is cited, and all that it says.
# Fill in what the report says and leave the rest blank: blank means "not said", never "no".
# Repeat a block that starts with `- ` for each further row; delete sections that you do not need.
# Dates: 2008-02-18, 2008-02, 2008, 1990s, by 1996, 1995-2000, about 1960.
# Lists: [one, two], or one; two. Put quotes round text that holds a colon followed by a space.
# Fields marked * are needed. Names of participants are not stored.
"""

_READ_ME = (
    "An exchange report for Southerly. One workbook is one report: what is cited, and all that it says.",
    "Fill in what the report says and leave the rest blank: blank means “not said”, never “no”.",
    "Columns marked * are needed in every row that is used. Unused sheets may stay empty.",
    "Dates: 2008-02-18, 2008-02, 2008, 1990s, by 1996, 1995-2000, about 1960.",
    "Lists: separate with semicolons. Names of participants are not stored.",
)


def blank_yaml() -> str:
    """Return a blank report in YAML, every field explained in a comment."""
    lines = [_YAML_HEAD, f"southerly-report: {VERSION}"]
    shown: set[str | None] = set()
    for section in SECTIONS:
        key = "exchange" if section is EXCHANGES else section.key
        # A single exchange is the usual case; `exchanges:` with a list takes several.
        several = " (several: `exchanges:` and a list)" if section is EXCHANGES else ""
        lines += ["", f"# {section.says}{several}", f"{key}:"]
        as_list = section.many and section is not EXCHANGES
        lines += _yaml_fields(section.fields, "  ", shown, first="  - " if as_list else None)
    return "\n".join(lines) + "\n"


def blank_csv() -> str:
    """Return the header of the reverse-innovations table."""
    return ",".join(TABLE_COLUMNS) + "\n"


def blank_xlsx(path: Path) -> None:
    """Write a blank report as a workbook with pick lists."""
    from openpyxl import Workbook

    book = Workbook()
    guide, lists = book.active, book.create_sheet("Lists")
    if guide is None:  # a new workbook always has a sheet
        raise AssertionError
    guide.title = "Read me"
    ranges: dict[str, str] = {}
    for section in SECTIONS:
        _fill_sheet(book.create_sheet(section.sheet), section, lists, ranges)
    _fill_guide(guide)
    lists.sheet_state = "hidden"
    book.move_sheet(lists, len(SECTIONS))
    book.save(path)


def _yaml_fields(
    fields: tuple[Field, ...], indent: str, shown: set[str | None], first: str | None = None
) -> Iterator[str]:
    """Yield the lines of a mapping's fields; `first` begins the first where it is a row of a list.

    `shown` are the vocabularies whose long pick list is already in the form.
    """
    inner = " " * len(first or indent)
    for place, spec in enumerate(spec for spec in fields if spec.kind != "never"):
        start = first if first and place == 0 else inner
        yield f"{start}{spec.name}:".ljust(28) + f"  # {'* ' if spec.required else ''}{spec.says}"
        listed = _choices(spec)
        if listed and spec.scheme in shown:
            listed = ("the list is above",)
        elif len(listed) > _LONG:
            shown.add(spec.scheme)
        for line in wrap(" | ".join(listed), _WIDTH - 34, break_on_hyphens=False):
            yield " " * 28 + f"  #   {line}"
        if spec.kind == "rows":
            yield from _yaml_fields(spec.parts, inner, shown, first=f"{inner}  - ")
        elif spec.parts:
            yield from _yaml_fields(spec.parts, f"{inner}  ", shown)


def _choices(spec: Field) -> tuple[str, ...]:
    """Return the pick list of a field."""
    if spec.kind == "flag":
        return _FLAGS
    if spec.kind != "term" or spec.scheme is None:
        return ()
    if spec.scheme in CHOICES:
        return CHOICES[spec.scheme]
    labels = tuple(term.label for term in terms(spec.scheme) if term.broader is None and term.label != "unknown")
    return labels[:_STAGES] if spec.scheme == "outcome-stage" else labels


def _columns(section: Section) -> Iterator[tuple[str, Field, bool]]:
    """Yield the columns of a sheet: header, the field that says what to write, and whether it is needed."""
    for header, spec, part in flat(section.fields):
        if (part or spec).kind != "never":
            yield header, part or spec, spec.required and part is None


def _fill_sheet(sheet: Worksheet, section: Section, lists: Worksheet, ranges: dict[str, str]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, (header, spec, needed) in enumerate(_columns(section), start=1):
        cell = sheet.cell(1, number, f"{header} *" if needed else header)
        cell.font = Font(bold=True, color="9C0006" if needed else "1F3864")
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(14, len(header) + 4)
        for row in range(2, 12):
            sheet.cell(row, number).number_format = "@"  # text, so that no spreadsheet makes a date of “1995-03”
        if where := _list_range(spec, lists, ranges):
            pick = DataValidation(type="list", formula1=where, allow_blank=True, showErrorMessage=False)
            pick.promptTitle, pick.prompt, pick.showInputMessage = header[:32], spec.says[:255], True
            sheet.add_data_validation(pick)
            pick.add(f"{letter}2:{letter}{_ROWS if section.many else 2}")
    sheet.freeze_panes = "A2"


def _list_range(spec: Field, lists: Worksheet, ranges: dict[str, str]) -> str | None:
    """Return the cells that hold a field's pick list, written the first time that it is asked for."""
    from openpyxl.utils import get_column_letter

    scheme = spec.kind if spec.kind in ("flag", "country", "countries") else spec.scheme
    choices = _choices(spec)
    if spec.kind in ("country", "countries"):
        scheme, choices = "country", tuple(sorted(c.label for c in all_countries() if c.until is None))
    if scheme is None or not choices:
        return None
    if scheme not in ranges:
        column = len(ranges) + 1
        for row, choice in enumerate((scheme, *choices), start=1):
            lists.cell(row, column, choice)
        letter = get_column_letter(column)
        ranges[scheme] = f"Lists!${letter}$2:${letter}${len(choices) + 1}"
    return ranges[scheme]


def _fill_guide(sheet: Worksheet) -> None:
    from openpyxl.styles import Font

    for line in (*_READ_ME, ""):
        sheet.append([line])
    sheet.append(["sheet", "column", "what to write", "choices"])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for section in SECTIONS:
        sheet.append([section.sheet, "", section.says])
        for header, spec, needed in _columns(section):
            says = f"{spec.says} (needed)" if needed else spec.says
            sheet.append(["", header, says, " | ".join(_choices(spec))])
    for letter, width in zip("ABCD", (16, 26, 60, 90), strict=True):
        sheet.column_dimensions[letter].width = width
