"""The columns of the workbook form: a field with parts has one for each."""

from __future__ import annotations

from collections.abc import Iterator

from .report_sections import Field


def flat(fields: tuple[Field, ...]) -> Iterator[tuple[str, Field, Field | None]]:
    """Yield the workbook's columns: header, field, and the part of it that the column holds.

    A part is headed by its own name where the field's rows are one list of things (`practice`), else by both
    names (`host_country`, `start_date_precision`); the part that a bare value stands for is headed by the
    field's name (`start_date`).
    """
    for field in fields:
        if not field.parts:
            yield field.name, field, None
        for part in field.parts:
            yield _header(field, part), field, part


def _header(field: Field, part: Field) -> str:
    if field.name == "practices":
        return part.name
    if field.kind != "rows" and part.name == field.short:
        return field.name
    return f"{field.name}_{part.name}"
