"""RO-Crate 1.1: one zip for a paper, with the network, its sources, the question asked and the revision answering it.

A crate is a record of one run, so unlike other exports it always holds revision, date and version (in
`provenance.json` and in its metadata); its data files are the same bytes as those of the formats that they are in.
Source: RO-Crate Metadata Specification 1.1 (https://w3id.org/ro/crate/1.1).
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from importlib import import_module
from typing import Any, BinaryIO

from .content import Content, Row, Stamp

_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the zip's own times say nothing: provenance.json does

#: Name in the crate, writer, media type, what it is.
_FILES = (
    ("network/nodes.csv", "csv", "text/csv", "Places with what was adopted and what began there"),
    ("network/edges.csv", "csv", "text/csv", "Transfers: who learned what from whom, when and how it is known"),
    ("network/network.graphml", "graphml", "application/graphml+xml", "The same network for Gephi, yEd and igraph"),
    ("claims.ttl", "turtle", "text/turtle", "The same in RDF, with every claim, report and place of evidence"),
    ("citations.bib", "bibtex", "application/x-bibtex", "The reports that the network stands on"),
    ("citations.ris", "ris", "application/x-research-info-systems", "The same for reference managers"),
)


def write_ro_crate(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write the crate. Each file is spooled to disk in its turn, so memory stays that of the largest writer."""
    entities: list[Row] = []
    parts: list[Row] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as crate:
        for name, data in _data(content):
            crate.writestr(_entry(name), data)
            _, _, media, what = next(file for file in _FILES if file[0] == name)
            parts.append(_file(name, media, what, data))
        about = content.about(stamp)
        question = {"filters": about["filters"], "digest": about["digest"], "counts": about["counts"]}
        for name, what, told in (
            ("query.json", "What was asked for: the filters, and the digest and counts of the answer", question),
            ("provenance.json", "Which revision of the graph answered, when, and by which software", about),
        ):
            data = (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
            crate.writestr(_entry(name), data)
            parts.append(_file(name, "application/json", what, data))
        entities = _metadata(content, about, parts, stamp)
        document = {"@context": f"{_SPECIFICATION}/context", "@graph": entities}
        crate.writestr(_entry("ro-crate-metadata.json"), json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _data(content: Content) -> list[tuple[str, bytes]]:
    """Return the data files. Each format reads the content for itself, with the claims that it takes."""
    from . import FORMATS

    made: dict[str, bytes] = {}
    for form in dict.fromkeys(file[1] for file in _FILES):
        how = FORMATS[form]
        module, function = how.writer.rsplit(".", 1)
        write: Any = getattr(import_module(f".{module}", __package__), function)
        own = replace(content, network=how.network, everything=how.everything)
        if how.files:
            outs = {name: io.BytesIO() for name in how.files}
            write(own, outs, None)
            made |= {f"network/{name}": out.getvalue() for name, out in outs.items()}
        else:
            binary = io.BytesIO()
            text = io.TextIOWrapper(binary, encoding="utf-8", newline="")
            write(own, binary if how.binary else text, None)
            text.flush()
            made[next(file[0] for file in _FILES if file[1] == form)] = binary.getvalue()
    return [(name, made[name]) for name, *_ in _FILES]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _file(name: str, media: str, what: str, data: bytes) -> Row:
    return {
        "@id": name,
        "@type": "File",
        "name": name.rsplit("/", 1)[-1],
        "description": what,
        "encodingFormat": media,
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _metadata(content: Content, about: Row, parts: list[Row], stamp: Stamp | None) -> list[Row]:
    """Return the entities: the descriptor, the dataset, its files, the software's run, and the reports it cites."""
    reports = [_report(row) for row in content.reports()]
    licences = "; ".join(f"{row['reports']} reports: {row['licence']}" for row in about["source_licences"])
    dataset: Row = {
        "@id": "./",
        "@type": "Dataset",
        "name": about["title"],
        "description": f"Diffusion network with its evidence. Content digest {about['digest']}.",
        "identifier": about["digest"],
        "license": {"@id": "#licences"},
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "citation": [{"@id": report["@id"]} for report in reports],
        "mentions": [{"@id": "#run"}],
    }
    if stamp:
        dataset |= {"datePublished": stamp.written, "version": f"revision {stamp.revision}"}
    run: Row = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": "Export from a Southerly graph",
        "instrument": {"@id": "#southerly"},
        "result": {"@id": "./"},
        "description": json.dumps(about["filters"], ensure_ascii=False),
    }
    software: Row = {"@id": "#southerly", "@type": "SoftwareApplication", "name": "Southerly"}
    if stamp:
        run["endTime"] = stamp.written
        software["softwareVersion"] = stamp.software
    return [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": _SPECIFICATION},
            "about": {"@id": "./"},
        },
        dataset,
        *parts,
        {
            "@id": "#licences",
            "@type": "CreativeWork",
            "name": "Licences of the reports",
            "description": licences or "not stated",
        },
        run,
        software,
        *reports,
    ]


def _report(row: Row) -> Row:
    """Return a cited report, at its own address where it has one."""
    address = f"https://doi.org/{row['doi']}" if "doi" in row else row.get("url")
    known = {
        "name": row.get("title") or row["id"],
        "author": row.get("authors"),
        "datePublished": row.get("year"),
        "publisher": row.get("publisher"),
        "license": row.get("licence"),
        "identifier": row["id"],
    }
    told = {name: value for name, value in known.items() if value is not None}
    return {
        "@id": address or f"#report-{hashlib.sha256(row['id'].encode()).hexdigest()[:12]}",
        "@type": "CreativeWork",
    } | told
