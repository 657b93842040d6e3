"""Parquet files as columns of text, in the forms that the same values have in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .reading import Carrier, Note, Problem
from .table_batch import (
    MAX_CELL,
    TableBatch,
    batches,
    excerpt,
    filled,
    header_names,
    header_problem,
    nameless,
    no_rows,
    tidied,
    unreadable,
)

MAX_GROUP = 4 * 2**30  # octets of a row group, unpacked


def parquet_header(carrier: Carrier) -> tuple[str, ...] | None:
    """Return the column names of a Parquet file, or null if they cannot be read or used."""
    file = _opened(carrier)
    if isinstance(file, Problem):
        return None
    with file:
        header = header_names(file.schema_arrow.names)
    return None if header_problem(header, "schema") else header


def read_parquet(carrier: Carrier, *, batch_rows: int) -> Iterator[TableBatch]:
    """Yield a Parquet file in batches. It has no header row: its first row is `row=1`."""
    file = _opened(carrier)
    if isinstance(file, Problem):
        yield no_rows(problems=[file])
        return
    with file:
        header = header_names(file.schema_arrow.names)
        if wrong := header_problem(header, "schema"):
            yield no_rows(problems=[wrong])
            return
        text = {place: field for place, field in enumerate(file.schema_arrow) if _is_textual(field.type)}
        notes = [
            Note(f"column “{header[place] or nameless(place)}” holds {excerpt(str(field.type))}; not read")
            for place, field in enumerate(file.schema_arrow)
            if place not in text
        ]
        if not file.metadata.num_rows:
            yield no_rows(header, notes=[*notes, Note("a header and no rows")])
            return
        first = 1
        try:
            for batch in file.iter_batches(batch_size=batch_rows):
                columns, rows, problems = _as_text(batch, text, header, first)
                first += len(batch)
                yield from batches(
                    header,
                    columns,
                    rows,
                    first_row=1,
                    first_record=0,
                    prefix="row=",
                    sheet=None,
                    size=batch_rows,
                    problems=problems,
                    notes=notes,
                )
                notes = []
        except (pa.ArrowException, OSError) as error:
            yield no_rows(header, problems=[_damaged(error, f"row={first}")], notes=notes)


def _opened(carrier: Carrier) -> pq.ParquetFile | Problem:
    try:
        file = pq.ParquetFile(carrier.path, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        return _damaged(error, "whole file")
    groups = [file.metadata.row_group(at).total_byte_size for at in range(file.metadata.num_row_groups)]
    if max(groups, default=0) > MAX_GROUP:
        return unreadable(
            f"a row group of {max(groups):,} octets",
            f"at most {MAX_GROUP:,}",
            "write the file again in smaller row groups",
        )
    return file


def _damaged(error: Exception, locator: str) -> Problem:
    return unreadable(
        f"a Parquet file that cannot be read ({excerpt(str(error))})",
        "a whole Parquet file",
        "copy or write it again; rows before this place were read",
        locator,
    )


def _is_textual(kind: pa.DataType) -> bool:
    """Return whether values of a type can be written as text, lists as "a; b"."""
    if pa.types.is_dictionary(kind):
        return _is_textual(kind.value_type)
    if _is_list(kind):
        return not pa.types.is_nested(kind.value_type) and _is_textual(kind.value_type)
    return bool(
        (pa.types.is_primitive(kind) and not (pa.types.is_duration(kind) or pa.types.is_interval(kind)))
        or pa.types.is_decimal(kind)
        or pa.types.is_null(kind)
        or _is_text(kind)
    )


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _is_text(kind: pa.DataType) -> bool:
    shapes = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    octets = (
        pa.types.is_binary,
        pa.types.is_large_binary,
        pa.types.is_binary_view,
        pa.types.is_fixed_size_binary,
    )
    return any(shape(kind) for shape in (*shapes, *octets))


def _as_text(
    batch: pa.RecordBatch, places: dict[int, pa.Field], header: tuple[str, ...], first: int
) -> tuple[dict[int, pa.Array], pa.Array, list[Problem]]:
    """Return the columns as tidied text, the row numbers from `first`, and the rows set aside."""
    faults: dict[int, Problem] = {}
    columns = {}
    for place in places:
        column, undecoded = _written(batch.column(place))
        nul = pc.indices_nonzero(pc.match_substring(column, "\0")).to_pylist()
        over = pc.indices_nonzero(pc.greater(pc.utf8_length(column), MAX_CELL)).to_pylist()
        for at, found in (
            *((at, "octets that are not UTF-8") for at in undecoded),
            *((at, "a NUL character") for at in nul),
            *((at, f"a cell of more than {MAX_CELL:,} characters") for at in over),
        ):
            name = header[place] or nameless(place)
            faults[at] = Problem(
                f"row={first + at}",
                found,
                f"text in UTF-8 of at most {MAX_CELL:,} characters",
                "correct the value and write the file again",
                field=name,
                record=first + at - 1,
            )
        columns[place] = tidied(column)
    mask = filled(list(columns.values()))
    rows = pa.array(range(first, first + len(batch)), pa.int64())
    if faults:
        sound = pc.invert(pc.is_in(rows, value_set=pa.array([first + at for at in faults], pa.int64())))
        mask = sound if mask is None else pc.and_(mask, sound)
    if mask is not None:
        columns, rows = {place: column.filter(mask) for place, column in columns.items()}, rows.filter(mask)
    return columns, rows, [faults[at] for at in sorted(faults)]


def _written(column: pa.Array) -> tuple[pa.Array, list[int]]:
    """Return a column as text, and where octets could not be decoded (null there)."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if _is_list(kind):
        return _joined(column)
    if _is_text(kind):
        return _decoded(column.cast(pa.binary()))
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, kind), column)  # how pandas writes a blank cell
    text = column.cast(pa.string())
    if pa.types.is_temporal(kind):
        text = pc.replace_substring_regex(text, pattern=r"\.0+(Z|[+-]\d{4})?$", replacement=r"\1")
        text = pc.replace_substring_regex(text, pattern=r" 00:00:00$", replacement="")
        text = pc.replace_substring(text, pattern=" ", replacement="T", max_replacements=1)
    return text, []


def _joined(column: pa.Array) -> tuple[pa.Array, list[int]]:
    items, undecoded = _written(column.flatten())
    owners = pc.list_parent_indices(column)
    # A null item says nothing; joined as it is, it would make the whole list null.
    lists = pa.ListArray.from_arrays(_offsets(column), pc.fill_null(items, ""))
    text = pc.if_else(column.is_valid(), pc.binary_join(lists, "; "), pa.scalar(None, pa.string()))
    return text, sorted({owners[at].as_py() for at in undecoded})


def _offsets(column: pa.Array) -> pa.Array:
    """Return where each list begins in the flattened items, and where the last one ends."""
    lengths = pc.fill_null(pc.list_value_length(column), 0).cast(pa.int32())
    return pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths)])


def _decoded(column: pa.Array) -> tuple[pa.Array, list[int]]:
    try:
        return column.cast(pa.string()), []
    except pa.ArrowInvalid:
        cells: list[str | None] = []
        undecoded = []
        for at, octets in enumerate(column.to_pylist()):
            try:
                cells.append(None if octets is None else octets.decode())
            except UnicodeDecodeError:
                cells.append(None)
                undecoded.append(at)
        return pa.array(cells, pa.string()), undecoded
