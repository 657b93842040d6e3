"""How well extraction reads: precision, recall and F1 a field on labelled passages, with bootstrap intervals.

    python bench/extraction.py [FOLDER] [--set blind] [--misses]

The passages of `bench/passages` were written for this purpose, a file a set (see the README there). What counts are
the sets `blind`: written and labelled by people who had never seen how the reader works, and never learned from.
Facts are compared as sets, passage by passage; an exchange that the text says did not take place counts on neither
side. A date is the one that is named, whatever is said of it: "by 2016" names 2016, for the bound is told by the
claim that has it. Known innovations are those that a label calls known; listed ones those that it names by a name
that Southerly knows, so that names that it does not know count as missed among the known alone. The intervals
resample passages (2,000 times, 95%).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from southerly.graph.dates import parse_edtf, read_when
from southerly.ingest.extract.candidates import Candidate, candidates
from southerly.ingest.extract.innovations import innovation_mentions
from southerly.ingest.extract.organisations import organisation_mentions
from southerly.ingest.extract.places import country_mentions
from southerly.ingest.extract.when import date_mentions
from southerly.ontology.normal import fold
from southerly.ontology.vocabulary import find_term

#: What is compared, and the part of the labels that tells of it.
FIELDS = {
    "countries": "countries",
    "dates": "dates",
    "organisations": "organisations",
    "exchange hosts and visitors": "exchanges",
    "exchange types": "exchanges",
    "known innovations": "innovations",
    "listed innovations": "innovations",
    "origins": "innovations",
    "adoptions with source and status": "adoptions",
    "adoptions, country alone": "adoptions",
    "outcome levels": "outcomes",
    "mechanisms": "mechanisms",
    "enablers and barriers": "enablers",
}
_AGAIN, _SEED = 2000, 20231


def main() -> None:
    """Print a table a set of passages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent / "passages")
    parser.add_argument("--set", dest="only", help="the sets whose names begin so")
    parser.add_argument("--misses", action="store_true", help="list what was missed and what was wrongly found")
    asked = parser.parse_args()
    for path in sorted(asked.folder.glob("*.yaml")):
        if path.stem.startswith(asked.only or ""):
            passages = list(yaml.load_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
            report(path.stem, passages, misses=asked.misses)


def report(name: str, passages: list[dict[str, Any]], *, misses: bool = False) -> dict[str, tuple[float, float, float]]:
    """Print and return precision, recall and F1 of each field over some passages."""
    told_of = {part for passage in passages for part in passage["labels"]}
    tallies: dict[str, list[tuple[int, int, int]]] = {field: [] for field, part in FIELDS.items() if part in told_of}
    reversed_, emitted = 0, 0
    for passage in passages:
        wanted, found = labelled(passage["labels"], passage), read(passage["text"], passage.get("language", "en"))
        for field in tallies:
            w, f = wanted[field], found[field]
            tallies[field].append((len(w & f), len(f - w), len(w - f)))
            if misses and (w ^ f):
                out(f"  {passage['id']} {field}: missed {sorted(map(str, w - f))} wrong {sorted(map(str, f - w))}")
        directed = {(a[1], a[2]) for a in found["adoptions with source and status"] if a[2]}
        told = {(a[1], a[2]) for a in wanted["adoptions with source and status"] if a[2]}
        emitted += len(directed)
        reversed_ += sum((s, c) in told and (c, s) not in told for c, s in directed)
    out(f"\n{name}: {len(passages)} passages")
    out(f"{'field':36} {'facts':>5} {'P':>5} {'R':>5} {'F1':>5}  95% interval of F1")
    scores = {}
    for field, tally in tallies.items():
        p, r, f1 = score(tally)
        low, high = interval(tally)
        facts = sum(t + m for t, _, m in tally)
        scores[field] = (p, r, f1)
        out(f"{field:36} {facts:5} {p:5.2f} {r:5.2f} {f1:5.2f}  [{low:.2f}, {high:.2f}]")
    if "adoptions" in told_of:
        out(f"direction reversed in {reversed_} of {emitted} transfers with a source")
    return scores


def labelled(labels: dict[str, Any], passage: dict[str, Any]) -> dict[str, set[Any]]:
    """Return the facts of a passage's labels, by field."""
    exchanges = labels.get("exchanges") or []
    adoptions = labels.get("adoptions") or []
    innovations = labels.get("innovations") or []
    return {
        "countries": set(labels.get("countries") or ()),
        "dates": {days(named(str(d))) for d in labels.get("dates") or ()},
        "organisations": {name(o) for o in labels.get("organisations") or ()},
        "exchange hosts and visitors": {("host", c) for e in exchanges for c in e.get("hosts") or ()}
        | {("visitor", c) for e in exchanges for c in e.get("visitors") or ()},
        "exchange types": {find_term("exchange-type", e["type"]) or e["type"] for e in exchanges if e.get("type")},
        "known innovations": {known(i["name"]) for i in innovations if i.get("known")},
        "listed innovations": {one for i in innovations if (one := listed(i["name"]))},
        "origins": {i["origin"] for i in innovations if i.get("origin")},
        "adoptions with source and status": {
            ("adoption", a.get("country"), a.get("learned_from"), a.get("status", "actual")) for a in adoptions
        },
        "adoptions, country alone": {a.get("country") for a in adoptions if a.get("status", "actual") == "actual"},
        "outcome levels": {o["level"] for o in labels.get("outcomes") or () if o.get("level")},
        "mechanisms": factors(labels, "mechanism"),
        "enablers and barriers": {("enabler", t) for t in factors(labels, "enabler")}
        | {("barrier", t) for t in factors(labels, "barrier")},
    }


def factors(labels: dict[str, Any], factor: str) -> set[str]:
    """Return the terms of a kind of factor that labels name; the writer's own words where they mean none."""
    named = (told["term"] if isinstance(told, dict) else told for told in labels.get(f"{factor}s") or ())
    return {find_term(factor, phrase) or phrase for phrase in named}


def read(text: str, language: str) -> dict[str, set[Any]]:
    """Return what the rules find in a text, by field."""
    found = list(candidates(text, language))
    spoken_of = {m.name for m in innovation_mentions(text) if m.known} & {c.content.get("innovation") for c in found}
    return {
        "countries": {m.iso3 for m in country_mentions(text, language)},
        "dates": {days(m.as_spell if m.spell else m.named) for m in date_mentions(text)},
        "organisations": {name(m.name) for m in organisation_mentions(text)},
        "exchange hosts and visitors": {
            ("host", c) for e in _of(found, "exchange") for c in e.get("host_countries", ())
        }
        | {("visitor", c) for e in _of(found, "exchange") for c in e.get("visiting_countries", ())},
        "exchange types": {e["exchange_type"] for e in _of(found, "exchange") if e.get("exchange_type")},
        "known innovations": spoken_of,
        "listed innovations": spoken_of,
        "origins": {o["country"] for o in _of(found, "origin") if o.get("country")},
        "adoptions with source and status": {
            ("adoption", c.content.get("country"), c.content.get("source_country"), c.status)
            for c in found
            if c.kind == "adoption"
        },
        "adoptions, country alone": {
            c.content.get("country") for c in found if c.kind == "adoption" and c.status == "actual"
        },
        "outcome levels": {o["outcome_level"] for o in _of(found, "outcome") if o.get("outcome_level")},
        "mechanisms": {t for o in _of(found, "outcome") for t in o.get("mechanisms", ())},
        "enablers and barriers": {("enabler", t) for o in _of(found, "outcome") for t in o.get("enablers", ())}
        | {("barrier", t) for o in _of(found, "outcome") for t in o.get("barriers", ())},
    }


def _of(found: list[Candidate], kind: str) -> Iterable[dict[str, Any]]:
    return (c.content for c in found if c.kind == kind and not (kind == "exchange" and c.status == "negated"))


def days(edtf: str) -> tuple[Any, ...]:
    """Return the bounds of an EDTF date or interval, so that two spellings of the same days are one."""
    parts = edtf.split("/")
    try:
        ends = [parse_edtf(part) if part and part != ".." else None for part in parts]
    except ValueError:
        ends = [read_when(edtf)]
    first, last = ends[0], ends[-1]
    return (first.earliest if first else None, last.latest if last else None)


def named(edtf: str) -> str:
    """Return the date that a bound names: 2016 of `[..2016]`."""
    return edtf.strip("[]").strip(".") if edtf.startswith("[..") or edtf.endswith("..]") else edtf


def name(organisation: str) -> str:
    """Return an organisation's name as it is compared."""
    folded = fold(organisation)
    return folded.removeprefix("the ")


def known(innovation: str) -> str:
    """Return the known innovation that a label means; the label itself where none is known."""
    return listed(innovation) or innovation


def listed(innovation: str) -> str | None:
    """Return the known innovation that a label means; null where Southerly knows no such name."""
    return next((m.name for m in innovation_mentions(innovation) if m.known), None)


def score(tallies: list[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of tallies of right, wrong and missed; 1 where there is nothing to find."""
    right, wrong, missed = (sum(column) for column in zip(*tallies, strict=True)) if tallies else (0, 0, 0)
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    return precision, recall, 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0


def interval(tallies: list[tuple[int, int, int]]) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of F1 over passages drawn again with replacement."""
    draw = random.Random(_SEED)  # noqa: S311 - a fixed seed, so that a run can be repeated
    values = sorted(score(draw.choices(tallies, k=len(tallies)))[2] for _ in range(_AGAIN)) if tallies else [1.0]
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - (len(values) > 1)]


def out(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
