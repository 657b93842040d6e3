"""The columns of each sheet of a workbook, in order, and what they mean."""

from __future__ import annotations

from .columns import NODE, TRANSFER

_BEGAN = "when it began, in EDTF (ISO 8601-2); empty: unknown"
_FIRST = "first day on which it can have begun; empty: open"
_LAST = "last day on which it can have begun; empty: open"
_CERTAIN = "TRUE: certainly matches the filters; FALSE: possibly"
_REVIEW = "candidate: it rests on claims alone that nobody has reviewed; accepted: it does not"
_REPORTS = "how many reports say so"
_PUBLISHERS = "how many independent publishers say so"
_CLAIMS = "ids of the claims behind it"
_INCOME = "World Bank group (L, LM, UM, H) of the country at that time; empty: unknown"

_MEANING = {
    "Places": {
        "id": "id of the country or site",
        "class": "country or site",
        "label": "its name",
        "country": "ISO 3166-1 alpha-3 code",
        "region": "UN M49 region",
        "income_group": "World Bank group (L, LM, UM, H) when it first adopted something; empty: unknown",
        "lat": "latitude of the country",
        "lon": "longitude of the country",
        "adopted": "how many adoptions the sheet Adoptions lists of it",
        "originated": "what began there, as JSON",
    },
    "Transfers": {
        "from": "id of the place that it was learned from",
        "to": "id of the adopter",
        "innovation": "id of the innovation",
        "innovation_label": "its name",
        "when": f"{_BEGAN} (the adoption)",
        "earliest": _FIRST,
        "latest": _LAST,
        "basis": "stated by a report, inferred by a rule, or assumed as only the origin is known",
        "rule": "rule of inference",
        "direction": "reverse: from a low- or middle-income to a high-income country, by the groups of that time",
        "from_income": f"{_INCOME} (whence)",
        "to_income": f"{_INCOME} (the adopter's)",
        "stage": "stage of the adoption",
        "channels": "how it was learned, as JSON",
        "certain": _CERTAIN,
        "review": _REVIEW,
        "reports": _REPORTS,
        "publishers": _PUBLISHERS,
        "adoption": "id of the adoption that it explains",
        "claims": f"{_CLAIMS}, as JSON",
        "report_keys": "keys of these reports, as JSON",
        "id": "id of the transfer",
    },
    "Adoptions": {
        "id": "id of the adoption",
        "innovation": "id of the innovation",
        "innovation_label": "its name",
        "place": "id of the adopter",
        "place_label": "its name",
        "country": "ISO 3166-1 alpha-3 code",
        "when": _BEGAN,
        "earliest": _FIRST,
        "latest": _LAST,
        "end": "when it ended, in EDTF; empty: no report says that it did",
        "stage": "latest stage that is known",
        "domestic": "TRUE: it began in this country",
        "considered": "TRUE: only considered, not adopted",
        "left_censored": "TRUE: first observed then, so it may have begun earlier",
        "income_group": _INCOME,
        "extrapolated": "TRUE: the group is that of the nearest year that the World Bank has published",
        "certain": _CERTAIN,
        "review": _REVIEW,
        "reports": _REPORTS,
        "publishers": _PUBLISHERS,
        "claims": f"{_CLAIMS}, as JSON",
        "conflicts": "ids of the conflicts on its date, as JSON",
    },
    "Reports": {
        "id": "key of the report",
        "title": "its title",
        "authors": "its authors",
        "year": "year of publication",
        "publisher": "its publisher",
        "url": "its address",
        "doi": "its DOI",
        "licence": "its licence; empty: not stated",
    },
}

_ORDER = {"Places": tuple(NODE), "Transfers": tuple(TRANSFER)}

#: Sheet to its columns, each with its meaning. Places and transfers have the columns of the other formats.
SHEETS: dict[str, dict[str, str]] = {
    sheet: {column: meaning[column] for column in _ORDER.get(sheet, tuple(meaning))}
    for sheet, meaning in _MEANING.items()
}
