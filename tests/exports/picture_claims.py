"""Synthetic claims to draw: an innovation that travelled in every way, and one that went almost everywhere."""

from __future__ import annotations

from typing import Any

from southerly.ontology.countries import all_countries

LAMP, SONG = "Synthetic lamp", "Synthetic song"
#: Text that would run, or break out, if anything wrote it as it is.
EVIL = "<script>window.hit=1</script>\"'><img src=x onerror=window.hit=2>&amp;]]>"

A, B = "url:example.org/lamp-a", "doi:10.9999/lamp-b"


def adopted(country: str, when: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a claim that a country took the lamp up."""
    return {"kind": "adoption", "report": A, "innovation": LAMP, "country": country, "when": when, **more}


#: Contested in its origin; with a chain, every basis, an open date, an unknown one, small islands and both sides of the
#: antimeridian.
LAMP_CLAIMS: list[dict[str, Any]] = [
    {"kind": "origin", "report": A, "innovation": LAMP, "country": "COL", "when": "1978"},
    {"kind": "origin", "report": B, "innovation": LAMP, "country": "COL", "when": "1978"},
    {"kind": "origin", "report": B, "innovation": LAMP, "country": "ZWE", "when": "1980s"},
    adopted("ZWE", "1988", site="Synthetic Mission", source_country="COL", stage="adapted"),
    adopted("ZAF", "1995-2000", source_country="ZWE", source_site="Synthetic Mission", stage="scaled"),
    adopted("FJI", "2001", source_country="COL", channel="study tour"),
    adopted("MDV", "by 1996"),
    adopted("TUV"),
    adopted("GBR", stage="considered"),
    adopted("KEN", "1990", partners=["Synthetic Trust"]),
    adopted("UGA", "1999", partners=["Synthetic Trust"], report=B),
    adopted("COL", "1979", site="Synthetic Home"),
    {"kind": "outcome", "report": B, "innovation": LAMP, "outcome": "a synthetic outcome", "when": "2003"},
    {"kind": "adoption", "report": B, "innovation": LAMP, "country_said": "Africa", "stage": "pilot"},
]

#: One that a hundred and thirty countries learned from India, a year apart or undated.
SONG_CLAIMS: list[dict[str, Any]] = [
    {"kind": "origin", "report": A, "innovation": SONG, "country": "IND", "when": "1900"},
    *(
        {
            "kind": "adoption",
            "report": A,
            "innovation": SONG,
            "country": country.iso3,
            "when": str(1901 + n) if n < 100 else None,
            "source_country": "IND",
        }
        for n, country in enumerate(
            [c for c in all_countries() if c.until is None and c.lat is not None and c.iso3 != "IND"][:130]
        )
    ),
]

SAYINGS: list[dict[str, Any]] = [
    {"report": A, "title": "Synthetic report on lamps", "url": "https://example.org/lamp", "licence": "CC BY 4.0"},
    {"report": B, "title": "Synthetic review", "doi": "10.9999/lamp-b", "year": "2004", "authors": "Alpha, A."},
]

#: Every text hostile, and an address that is no web page.
EVIL_CLAIMS: list[dict[str, Any]] = [
    {
        "kind": "adoption",
        "report": f"url:example.org/{EVIL}",
        "innovation": f"Synthetic {EVIL}",
        "country": "KEN",
        "site": f"Site {EVIL}",
        "when": "1990",
        "source_country": "UGA",
        "source_site": f"Source {EVIL}",
        "channel": EVIL,
        "quote": f"words {EVIL}",
    },
    {
        "kind": "adoption",
        "report": "url:example.org/other",
        "innovation": f"Synthetic {EVIL}",
        "country": "KEN",
        "site": f"Site {EVIL}",
        "when": "1995",
    },
]
EVIL_SAYINGS: list[dict[str, Any]] = [
    {
        "report": f"url:example.org/{EVIL}",
        "title": f"Report {EVIL}",
        "url": "javascript:window.hit=3",
        "authors": EVIL,
        "publisher": EVIL,
        "licence": EVIL,
    }
]
