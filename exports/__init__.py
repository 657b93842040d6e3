"""Writers of what analysts take away: the diffusion network and its sources, one file per format.

What is written is a pure function of the live claims, the judgements and the filters: the same graph gives the same
bytes, whenever and in whatever order it was fed. A digest of the content and the filters stand inside; revision, date
and version go to `FILE.provenance.json` beside it, and inside only with a stamp. An existing target is replaced as a
whole, and stays as it was if anything fails. Characters that XML 1.0 forbids, NUL among them, become U+FFFD.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ..graph.errors import WrongUse

if TYPE_CHECKING:
    from datetime import datetime

    from ..graph.identity import Identity
    from ..queries.filters import Window
    from .content import Content, Stamp


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be written."""

    name: str  # default name of the file or folder
    what: str
    everything: bool = False  # also the claims that make no adoption, transfer or origin
    network: bool = True  # says who learned from whom


FORMATS: dict[str, Format] = {
    "csv": Format("southerly-csv", "a folder with nodes.csv, edges.csv and about.json"),
    "json": Format("southerly.json", "node-link JSON, for networkx and D3"),
    "cyjs": Format("southerly.cyjs", "Cytoscape JSON, for Cytoscape and Cytoscape.js"),
    "parquet": Format(
        "southerly-parquet", "a folder with nodes.parquet and edges.parquet, for pandas, DuckDB and Spark"
    ),
    "xlsx": Format("southerly.xlsx", "a workbook, for Excel and LibreOffice"),
    "graphml": Format("southerly.graphml", "GraphML, for Gephi, yEd, igraph and networkx"),
    "gexf": Format("southerly.gexf", "GEXF, for the timeline of Gephi"),
    "geojson": Format("southerly.geojson", "GeoJSON, for QGIS, Leaflet and other maps"),
    "dot": Format("southerly.dot", "DOT, for Graphviz"),
    "pajek": Format("southerly.net", "Pajek's .net, for Pajek and igraph; labels and weights alone"),
    "kml": Format("southerly.kml", "KML, for Google Earth"),
    "turtle": Format("southerly.ttl", "RDF, with claims and reports", everything=True),
    "bibtex": Format("southerly.bib", "the reports, for LaTeX and Zotero", everything=True, network=False),
    "ris": Format("southerly.ris", "the reports, for EndNote and Mendeley", everything=True, network=False),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What an export holds, and what its reader should know."""

    counts: dict[str, int]
    digest: str
    notes: list[str] = field(default_factory=list)
    replaced: bool = False


def write(
    known: Identity,
    form: str,
    path: Path,
    *,
    innovation: str | None = None,
    window: Window | None = None,
    bases: tuple[str, ...] | None = None,
    stamp: bool = False,
    now: datetime | None = None,
) -> Written:
    """Write an export to a file (for csv and parquet a folder) and its provenance beside it.

    Args:
        known: the view of the graph whose scope says which claims count.
        form: one of `FORMATS`.
        path: where to; an earlier export there is replaced as a whole.
        innovation: a name or id; null is the whole graph.
        window: when things began; null is any time.
        bases: which transfers; null is all.
        stamp: also write revision, date and version inside, where the format has a place for them.
        now: the date of the provenance; null is the clock's.

    Raises:
        WrongUse: if the format is unknown, the path is taken by something else, or `bases` is given for sources.
        NotFound: if there is no such innovation.
        SoutherlyError: if the path cannot be written; nothing there was changed.

    """
    from .target import new_file, new_folder

    content, notes = _content(known, form, innovation, window, bases)
    mark = _stamp(known, now)
    inside = mark if stamp else None
    replaced = path.is_file() or path.is_dir()
    if folder := _folder_writer(form):
        names, write_into = folder
        with new_folder(path, names) as outs:
            write_into(content, outs, inside)
    else:
        with new_file(path) as out:
            _writer(form)(content, out, inside)
    if path.is_file() or path.is_dir():  # a device or a pipe has nothing beside it
        with new_file(path.with_name(f"{path.name}.provenance.json")) as out:
            said = {"file": path.name, "format": form, **content.about(mark)}
            out.write(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    return Written(content.counts, content.digest, notes, replaced)


def write_stream(
    known: Identity,
    form: str,
    out: TextIO,
    *,
    innovation: str | None = None,
    window: Window | None = None,
    bases: tuple[str, ...] | None = None,
    stamp: bool = False,
    now: datetime | None = None,
) -> Written:
    """Write an export to an open text stream, without provenance; arguments and errors are those of `write`."""
    if folder := _folder_writer(form):
        raise WrongUse(f"{form} is a folder of {len(folder[0])} files; give one with -o FOLDER")
    content, notes = _content(known, form, innovation, window, bases)
    _writer(form)(content, out, _stamp(known, now) if stamp else None)
    return Written(content.counts, content.digest, notes)


def _content(
    known: Identity, form: str, innovation: str | None, window: Window | None, bases: tuple[str, ...] | None
) -> tuple[Content, list[str]]:
    from ..graph.lookup import find
    from ..graph.network import BASES
    from ..queries.filters import Window
    from .content import Content
    from .selection import Filters

    if form not in FORMATS:
        raise WrongUse(f"“{form}” is no export format; expected one of {', '.join(FORMATS)}")
    if unknown := sorted(set(bases or ()) - set(BASES)):
        raise WrongUse(f"“{unknown[0]}” is no basis of a transfer; expected one of {', '.join(BASES)}")
    if bases and bases != BASES and not FORMATS[form].network:
        raise WrongUse(f"a basis narrows transfers, and {form} lists reports; leave it out, or export a network")
    id_, notes = None, []
    if innovation is not None:
        hit, near = find(known, innovation, ("innovation",))
        id_ = hit.id
        notes = [f"“{innovation}” was read as {hit.label}."] if near else []
    filters = Filters(id_, window or Window(), tuple(b for b in BASES if b in (bases or BASES)))
    content = Content(known, filters, FORMATS[form].everything)
    return content, notes + content.notes


def _folder_writer(
    form: str,
) -> tuple[tuple[str, ...], Callable[[Content, Mapping[str, TextIO], Stamp | None], None]] | None:
    """Return the names of the files and the writer of a format that is a folder."""
    from . import csv_folder, parquet

    return {
        "csv": (csv_folder.NAMES, csv_folder.write_csv),
        "parquet": (parquet.NAMES, parquet.write_parquet),
    }.get(form)


def _writer(form: str) -> Callable[[Content, TextIO, Stamp | None], None]:
    from .bibtex import write_bibtex
    from .dot import write_dot
    from .geojson import write_geojson
    from .gexf import write_gexf
    from .graphml import write_graphml
    from .kml import write_kml
    from .network_json import write_cytoscape, write_node_link
    from .pajek import write_pajek
    from .ris import write_ris
    from .turtle import write_turtle
    from .workbook import write_xlsx

    return {
        "json": write_node_link,
        "cyjs": write_cytoscape,
        "xlsx": write_xlsx,
        "graphml": write_graphml,
        "gexf": write_gexf,
        "geojson": write_geojson,
        "dot": write_dot,
        "pajek": write_pajek,
        "kml": write_kml,
        "turtle": write_turtle,
        "bibtex": write_bibtex,
        "ris": write_ris,
    }[form]


def _stamp(known: Identity, now: datetime | None) -> Stamp:
    from datetime import UTC, datetime
    from importlib.metadata import version

    from .content import Stamp

    written = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    return Stamp(known.view.revision, written, f"southerly {version('southerly')}")
