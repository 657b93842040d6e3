"""Hostile and awkward files, made byte by byte, and what a graph's folder holds. All content is synthetic."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

COLUMNS = ("innovation", "origin_country", "adopter_country", "adoption_year", "stage", "source_url", "confidence")
GOOD = "Synthetic cup"
#: The innovation of every bad record: nothing called so, or from its report, may reach a graph.
BAD = "Synthetic lantern"
URL = "https://example.org/synthetic/"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PAGE = b"<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><table></table></body></html>"


def good_row(**changed: str) -> dict[str, str]:
    """Return a row that goes in: Kenya adopted the synthetic cup from India in 2000."""
    said = (GOOD, "IND", "KEN", "2000", "adopted", f"{URL}good", "high")
    return dict(zip(COLUMNS, said, strict=True)) | changed


def bad_row(**changed: str) -> dict[str, str]:
    """Return a row of the synthetic lantern, which goes in unless a change makes it bad."""
    return good_row(innovation=BAD, adopter_country="UGA", source_url=f"{URL}bad") | changed


def csv_text(rows: Iterable[Mapping[str, str]], delimiter: str = ",", header: Sequence[str] = COLUMNS) -> str:
    """Return rows as delimited text; cells are written as they are, quotes and all."""
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    return "".join(delimiter.join(line) + "\n" for line in lines)


def workbook(sheets: Mapping[str, Iterable[Iterable[Any]]]) -> bytes:
    """Return an Excel workbook."""
    book = openpyxl.Workbook()
    if book.active is not None:
        book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table_workbook(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as a workbook with one sheet, Data."""
    return workbook({"Data": [COLUMNS, *([row[name] for name in COLUMNS] for row in rows)]})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def repacked(book: bytes, part: str, content: bytes) -> bytes:
    """Return a workbook with one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return packed(parts | {part: content})


def report_yaml(body: str, *, title: str = "A synthetic report", url: str = f"{URL}bad") -> str:
    """Return an exchange report in YAML with a source and a body."""
    return f"southerly-report: 1\nsource:\n  title: {title}\n  url: {url}\n{body}"


def adoption_yaml(name: str = BAD, country: str = "UGA", more: str = "") -> str:
    """Return one row of a report's adoptions."""
    return f"  - innovation: {name}\n    country: {country}\n{more}"


_HEADER = csv_text([])
_WORKBOOK = table_workbook([bad_row()])
_ADOPTIONS = "adoptions:\n" + adoption_yaml()
_LAUGHS = "a: &a [ha, ha]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n"
_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)

#: Files of which nothing can be read: name, content, and words that the message needs.
WHOLE: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "wrong columns": ("x.csv", f"name,where\n{BAD},UGA\n".encode(), ("name, where", "source_url", "--mapping")),
    "one column too few": (
        "x.csv",
        f"innovation,adopter_country\n{BAD},UGA\n".encode(),
        ("reverse-innovations", "source_url"),
    ),
    "empty": ("x.csv", b"", ("empty", "header")),
    "only blank lines": ("x.csv", b"\n \n\n", ("empty", "header")),
    "UTF-16 LE without a mark": ("x.csv", csv_text([bad_row()]).encode("utf-16-le"), ("UTF-8",)),
    "UTF-16 BE without a mark": ("x.csv", csv_text([bad_row()]).encode("utf-16-be"), ("UTF-8",)),
    "NUL in the header": ("x.csv", csv_text([bad_row()]).replace("stage", "sta\0ge").encode(), ("sta", "text")),
    "unclosed quote in the header": ("x.csv", csv_text([bad_row()]).replace("stage", '"stage').encode(), ("quote",)),
    "a column twice": (
        "x.csv",
        csv_text([bad_row()]).replace("confidence", "stage").encode(),
        ("stage", "more than once"),
    ),
    "a picture": ("x.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(32), ("column",)),
    "a PDF": ("x.csv", b"%PDF-1.7\n%synthetic\n", ("PDF",)),
    "damaged gzip": ("x.csv.gz", gzip.compress(csv_text([bad_row()] * 500).encode())[:40], ("damaged",)),
    "gzip bomb": ("x.csv.gz", gzip.compress(_HEADER.encode() + (b" " * 9_999 + b"\n") * 6_500), ("unpack",)),
    "password": ("x.xlsx", OLE, ("encrypted", "password", ".xlsx")),
    "old workbook": ("x.xls", OLE, (".xls", "save it")),
    "web page as xls": ("x.xls", PAGE, ("web page", "save it")),
    "web page as xlsx": ("x.xlsx", PAGE, ("web page", "save it")),
    "web page as csv": ("x.csv", b"\xef\xbb\xbf\r\n " + PAGE, ("web page", "save it")),
    "truncated xlsx": ("x.xlsx", _WORKBOOK[: len(_WORKBOOK) // 2], ("damaged", ".xlsx")),
    "junk after PK": ("x.xlsx", b"PK\x03\x04" + bytes(range(256)), ("damaged", ".xlsx")),
    "corrupt sheet": ("x.xlsx", repacked(_WORKBOOK, "xl/worksheets/sheet1.xml", b"<worksheet><she"), ("sheet",)),
    "other zip": ("x.xlsx", packed({"word/document.xml": b"<a/>"}), ("no Excel workbook",)),
    "entities": ("x.xlsx", repacked(_WORKBOOK, "xl/worksheets/sheet1.xml", _ENTITIES), ("document type",)),
    "zip bomb": ("x.xlsx", repacked(_WORKBOOK, "xl/worksheets/sheet1.xml", b" " * (60 << 20)), ("unpacks",)),
    "blank workbook": ("x.xlsx", workbook({"Data": []}), ("without any value",)),
    "no parquet": ("x.parquet", b"PAR1" + bytes(range(200)) + b"PAR1", ()),
    "truncated parquet": ("x.parquet", b"PAR1", ()),
    "aliases": ("x.yaml", report_yaml(_LAUGHS).encode(), ("line 5", "alias", "written out")),
    "python tag": (
        "x.yaml",
        report_yaml(_ADOPTIONS + "    note: !!python/object/apply:os.getcwd []\n").encode(),
        ("line 8", "tag", "python"),
    ),
    "custom tag": ("x.yaml", report_yaml(_ADOPTIONS + "    note: !secret 1\n").encode(), ("line 8", "!secret")),
    "a key twice": (
        "x.yaml",
        report_yaml(_ADOPTIONS + "    country: KEN\n").encode(),
        ("line 8", "country", "second time"),
    ),
    "60 levels": ("x.yaml", report_yaml("adoptions: " + "[" * 60 + "]" * 60).encode(), ("line 5", "50 deep")),
    "deep nesting": ("x.yaml", report_yaml("adoptions: " + "[" * 5000 + "]" * 5000).encode(), ("line 5", "nested")),
    "6 MB": ("x.yaml", (report_yaml(_ADOPTIONS) + "#" + "x" * 6_000_000).encode(), ("bytes", "split")),
    "many values": ("x.yaml", report_yaml("adoptions: [" + "a, " * 120_000 + "]").encode(), ("keys and values",)),
    "no YAML": ("x.yaml", report_yaml("adoptions: [unclosed\n").encode(), ("line", "YAML")),
    "tab indent": ("x.yaml", report_yaml("adoptions:\n\t- innovation: x\n").encode(), ("line 6", "indent")),
    "NUL in YAML": ("x.yaml", report_yaml(_ADOPTIONS + "    note: a\0b\n").encode(), ("control characters",)),
    "cp1252 YAML": ("x.yaml", report_yaml(_ADOPTIONS + "    note: M\u00e9todo\n").encode("cp1252"), ("UTF-8",)),
    "list for a report": ("x.yaml", b"- southerly-report: 1\nsoutherly-report: 1\n", ("line",)),
    "no source": ("x.yaml", b"southerly-report: 1\n" + _ADOPTIONS.encode(), ("source", "citation")),
    "later version": (
        "x.yaml",
        report_yaml(_ADOPTIONS).replace("report: 1", "report: 7").encode(),
        ("7", "southerly-report: 1"),
    ),
    "says nothing": ("x.yaml", report_yaml("").encode(), ("says nothing",)),
    "no report mark": ("x.yaml", f"innovation: {BAD}\ncountry: UGA\n".encode(), ("southerly-report",)),
    "empty YAML": ("x.yaml", b"", ("southerly-report",)),
}

#: A bad row among good ones: its cells, the field at fault, and words that the message needs.
ROWS: dict[str, tuple[dict[str, str], str | None, tuple[str, ...]]] = {
    "unknown country": ({"adopter_country": "Zamunda"}, "adopter_country", ("Zamunda", "ISO 3166", "region: Zamunda")),
    "misspelt country": ({"adopter_country": "Ugandaa"}, "adopter_country", ("Ugandaa", "Did you mean", "Uganda")),
    "unknown origin": ({"origin_country": "Zamunda"}, "origin_country", ("Zamunda", "region: Zamunda")),
    "one of several": ({"adopter_country": "UGA; Zamunda"}, "adopter_country", ("Zamunda",)),
    "shared name": ({"adopter_country": "Congo"}, "adopter_country", ("Congo", "COD", "COG")),
    "31 September": ({"adoption_year": "31 September 2012"}, "adoption_year", ("31 September 2012", "1 to 30")),
    "30 February": ({"adoption_year": "2012-02-30"}, "adoption_year", ("2012-02-30", "1 to 29")),
    "month 13": ({"adoption_year": "2012-13-01"}, "adoption_year", ("2012-13-01",)),
    "31/09": ({"adoption_year": "31/09/2012"}, "adoption_year", ("31/09/2012", "1 to 30")),
    "no name": ({"innovation": ""}, "innovation", ("blank", "name")),
    "no source": ({"source_url": ""}, "source_url", ("blank", "http")),
    "no address": ({"source_url": "see my shelf"}, "source_url", ("see my shelf", "http")),
    "script address": ({"source_url": "javascript:alert(1)"}, "source_url", ("javascript", "http")),
    "stage": ({"stage": "adopptd"}, "stage", ("adopptd", "Did you mean", "adopted")),
    "confidence": ({"confidence": "certain"}, "confidence", ("certain", "low", "high")),
    "NUL": ({"stage": "ado\0pted"}, "stage", ("NUL", "remove")),
    "10 MB cell": ({"stage": "x" * 10_000_000}, "stage", ("10,000,000", "1,000,000", "shorten")),
    "10 MB quoted": ({"stage": '"' + ("x" * 99 + "\n") * 100_000 + '"'}, "stage", ("10,000,000", "1,000,000")),
    "unclosed quote": ({"stage": '"adopted'}, None, ("quote", "not closed", "close")),
    "quote within": ({"stage": '"adop"ted'}, None, ("quotes", "pair")),
    "too many cells": ({"confidence": "high,extra"}, None, ("8 cells", "7 cells", "delimiter")),
}

_CELLS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "formula": ("=1+1999", ("formula", "values")),
    "external formula": ("=[other.xlsx]Data!A1", ("formula", "values")),
    "error": ("#REF!", ("error", "#REF!")),
}


def bad_cell_workbooks() -> dict[str, tuple[bytes, tuple[str, ...]]]:
    """Return workbooks with a bad cell at Data!D3 between two good rows, and words that the message needs."""
    books = {}
    for name, (cell, words) in _CELLS.items():
        rows = [good_row(), bad_row(adoption_year=cell), good_row(adopter_country="TZA")]
        books[name] = (table_workbook(rows), words)
    return books


#: The table of an analyst, in the native layout with all its columns. Synthetic.
TABLE_COLUMNS = (
    *("innovation", "aliases", "kind", "origin_country", "origin_site", "origin_year", "source_country"),
    *("adopter_country", "adopter_site", "adoption_year", "stage", "channel", "partners", "outcome"),
    *("outcome_level", "enablers", "barriers", "source_title", "source_url", "source_year", "confidence", "note"),
)


def table_row(report: str, country: str, year: str, **more: str) -> dict[str, str]:
    """Return a row of the analyst's table: one alias, one origin, one adoption."""
    return {
        "innovation": "Synthetic kettle",
        "aliases": "Synthetic boiler",
        "kind": "device",
        "origin_country": "COL",
        "origin_site": "Synthetic hospital",
        "origin_year": "1979",
        "source_country": "COL",
        "adopter_country": country,
        "adopter_site": "",
        "adoption_year": year,
        "stage": "adopted",
        "source_title": f"Synthetic report {report}",
        "source_url": f"{URL}{report}",
        "source_year": "2005",
        "confidence": "high",
        "note": "synthetic",
    } | more


def held(folder: Path) -> str:
    """Return all that a graph's folder holds, case folded: the octets of its files, and every cell of its tables.

    The tables too, since the ledger packs its texts and they need not stand in its octets as they are.
    """
    texts = [path.read_bytes().decode("latin-1") for path in sorted(folder.rglob("*")) if path.is_file()]
    pointer = folder / "CURRENT"
    if pointer.exists():
        with duckdb.connect(str(folder / pointer.read_text().strip()), read_only=True) as ledger:
            for (table,) in ledger.sql("SELECT table_name FROM duckdb_tables()").fetchall():
                texts += [repr(row) for row in ledger.sql(f'FROM "{table}"').fetchall()]
    return "\n".join(texts).casefold()
