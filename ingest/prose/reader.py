"""The reader of prose: a report's words into candidate claims, each with its sentence and the sentence's place.

One file is one report and one record. What it claims is a candidate until somebody has reviewed it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...graph.claims import claims_from, report_table
from ...graph.reports import normal_url, report_key
from ..extract.candidates import candidates
from ..extract.organisations import organisation_mentions
from ..extract.places import country_mentions
from ..extract.when import date_mentions
from ..reading import Batch, Carrier, Note
from .blocks import Prose, Refused, quote_at
from .forms import parse
from .language import NAMES, language_of

INGESTER = "prose/1"
_SHOWN = 8  # countries named in a note
_PLACES = ("country", "site", "countries", "host_countries", "visiting_countries", "host_sites", "visiting_sites")


def read_prose(carrier: Carrier) -> Iterator[Batch]:
    """Yield the candidate claims of a report in one batch; a file that cannot be read becomes one problem."""
    import pyarrow as pa

    try:
        prose = parse(carrier.path)
    except Refused as refused:
        yield Batch(INGESTER, pa.array([], pa.int64()), problems=(refused.problem,))
        return
    language = language_read(prose)
    report = _key(prose, carrier.path)
    rows = list(_claims(prose, report, language))
    placed = any(row.get(name) for row in rows for name in _PLACES)
    yield Batch(
        INGESTER,
        pa.array([0], pa.int64()),
        claims_from(rows),
        _saying(prose, report),
        pa.array([] if placed or not rows else [0], pa.int64()),
        notes=tuple(notes_on(prose, language, len(rows))),
    )


def _key(prose: Prose, path: Path) -> str:
    """Return how the report is known: what is on it, else the content of the file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    key = report_key(doi=prose.doi, url=prose.url, content=digest)
    assert key is not None, "a digest is always a key"  # noqa: S101 # tells the type checker
    return key


def language_read(prose: Prose) -> str:
    """Return the language of a report: of its words, else as it declares it."""
    found = language_of(prose.text)
    return found if found != "other" or prose.language not in NAMES else str(prose.language)


def rules_for(language: str) -> str:
    """Return the language whose rules read a text in some language."""
    return language if language in NAMES else "en"


def _claims(prose: Prose, report: str, language: str) -> Iterator[dict[str, Any]]:
    for candidate in candidates(prose.text, rules_for(language)):
        place = quote_at(prose, candidate.start, candidate.end)
        known = {
            "record": 0,
            "report": report,
            "kind": candidate.kind,
            "status": candidate.status,
            "review": "candidate",
            "method": "rule",
            "locator": place.locator,
            "quote": " ".join(place.quote.split()),
        }
        yield known | candidate.content


def _saying(prose: Prose, report: str) -> Any:
    said = {
        "record": [0],
        "report": report,
        "title": prose.title,
        "doi": prose.doi,
        "url": prose.url if prose.url and normal_url(prose.url) else None,
        "year": prose.year,
        "authors": prose.authors,
        "publisher": prose.publisher,
        "licence": prose.licence,
    }
    return report_table(said, 1)


def notes_on(prose: Prose, language: str, claimed: int) -> Iterator[Note]:
    """Yield the account of a file, and what was not attempted in its language."""
    account = prose.account
    pages = f"{_count(account.pages, 'page')}, " if account.pages is not None else ""
    aside = ", ".join(f"{count:,} {reason}" for reason, count in account.dropped.items() if count)
    yield Note(
        f"{pages}{_count(account.blocks, 'block')} read, {account.words:,} words"
        + (f"; set aside: {aside}" if aside else "")
        + f"; {_count(claimed, 'candidate')}"
    )
    if language == "en":
        return
    if language == "other":
        yield Note("no English, French, Spanish or Portuguese, or too short to tell: read by the rules for English")
        return
    countries = list(dict.fromkeys(m.iso3 for m in country_mentions(prose.text, language)))
    more = f" and {len(countries) - _SHOWN} more" if len(countries) > _SHOWN else ""
    yield Note(
        f"{NAMES[language]}: countries, dates and organisations; of who hosted, visited and adopted less is found than "
        f"in English; outcomes, mechanisms, enablers and barriers were not attempted. "
        f"It names {_count(len(countries), 'country', 'countries')}"
        + (f" ({', '.join(countries[:_SHOWN])}{more})" if countries else "")
        + f", {_count(len(date_mentions(prose.text)), 'date')}"
        + f" and {_count(len({m.name for m in organisation_mentions(prose.text)}), 'organisation')}"
    )


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
