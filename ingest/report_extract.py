"""A report in prose to a filled exchange report: its blocks, what the rules find in them, the form as YAML."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..graph.errors import SoutherlyError
from ..graph.reports import normal_url
from .extract.candidates import Candidate, candidates
from .prose.blocks import Prose, Refused
from .prose.forms import form_of, parse
from .prose.reader import INGESTER, language_read, notes_on, rules_for
from .report_text import Told, report_text
from .report_write import Aside, Filled, fill
from .report_yaml import MAX_BYTES

_MAX_ITEMS = 4_000  # of a form: each has some twenty values, and its reader takes 100,000


@dataclass(frozen=True, slots=True)
class Report:
    """A report of prose that has been read, and nothing been found in it yet."""

    path: Path
    prose: Prose
    sha256: str
    language: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What became of a report: the file's text, and the account of it."""

    text: str
    filled: Filled
    notes: tuple[str, ...]


def read_report(path: Path) -> Report:
    """Read a report of prose.

    Raises:
        SoutherlyError: if it is none, or cannot be read; the message has four parts.

    """
    if not path.is_file():
        raise SoutherlyError(f"{path}: no such file; expected a report in prose. Check the spelling and the folder.")
    if form_of(path) is None:
        raise SoutherlyError(
            f"{path}: no report in prose; expected PDF, Word, HTML, JATS, Markdown or plain text. "
            "Tables, forms and IATI need no extraction: hand them to `southerly ingest`."
        )
    try:
        prose = parse(path)
    except Refused as refused:
        problem = refused.problem
        where = f"{path}, {problem.locator}" if problem.locator else str(path)
        raise SoutherlyError(f"{where}: {problem.found}; expected {problem.expected}; {problem.hint}") from None
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Report(path, prose, digest, language_read(prose))


def by_rules(report: Report) -> Extract:
    """Return the form filled by the rules of extraction."""
    found = list(candidates(report.prose.text, rules_for(report.language)))
    notes = tuple(note.text for note in notes_on(report.prose, report.language, len(found)))
    return filled_from(report, found, "rule", INGESTER, notes)


def filled_from(
    report: Report,
    found: Iterable[Candidate],
    method: str,
    reader: str,
    notes: tuple[str, ...] = (),
    rejected: Iterable[Aside] = (),
) -> Extract:
    """Return the form filled from candidates, whoever found them.

    Raises:
        SoutherlyError: if the file would be larger than a form may be.

    """
    filled = fill(report.prose, found, report.sha256[:8])
    text = report_text(filled, Told(report.path.name, _source(report), method, reader, notes), rejected)
    if len(text.encode()) > MAX_BYTES or len(filled.items) > _MAX_ITEMS:
        raise SoutherlyError(
            f"{report.path}: {len(filled.items):,} items, which make a form of {len(text):,} characters; expected one "
            f"report, of at most {_MAX_ITEMS:,} items and {MAX_BYTES:,} bytes. Split the file into its reports."
        )
    return Extract(text, filled, notes)


def _source(report: Report) -> dict[str, str | None]:
    """Return what the file tells of the report; its own hash where nothing else would identify it."""
    prose = report.prose
    url = prose.url if prose.url and normal_url(prose.url) else None
    return {
        "title": prose.title,
        "url": url,
        "doi": prose.doi,
        "sha256": None if prose.doi or url else report.sha256,
        "year": prose.year,
        "authors": prose.authors,
        "publisher": prose.publisher,
        "licence": prose.licence,
    }
