"""Writers of what analysts take away: the diffusion network and its sources, one file per format.

What is written is a pure function of the live claims, the judgements and the filters: the same graph gives the same
bytes, whenever and in whatever order it was fed. A digest of the content and the filters stand inside; revision, date
and version go to `FILE.provenance.json` beside it, and inside only with a stamp. An existing target is replaced as a
whole, and stays as it was if anything fails. Characters that XML 1.0 forbids, NUL among them, become U+FFFD.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypedDict, Unpack

from ..graph.errors import WrongUse
from .neo4j_files import NAMES as NEO4J_FILES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from ..graph.identity import Identity
    from ..queries.filters import Window
    from .content import Content, Stamp

_MEMORY = "1GB"  # what DuckDB may hold of an export; what is more goes to a temporary folder


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be written: its writer is `write_x(content, out, stamp)`, imported when it is wanted.

    `out` is a text file; with `binary` a binary one; with `files` a mapping of these names to such files, for the
    format is then a folder.
    """

    name: str  # default name of the file or folder
    what: str
    writer: str  # module here, and function in it: "graphml.write_graphml"
    files: tuple[str, ...] = ()  # names of the files, if it is a folder
    binary: bool = False
    everything: bool = False  # also the claims that make no adoption, transfer or origin
    network: bool = True  # says who learned from whom
    one: bool = False  # shows one innovation, which has to be given
    stamped: bool = False  # a record of one run: always with revision, date and version
    hint: str = ""  # module and function that says, of the path, what to do with it

    def hints(self, path: Path) -> list[str]:
        """Return what the reader should do with what was written."""
        if not self.hint:
            return []
        module, function = self.hint.rsplit(".", 1)
        return [getattr(import_module(f".{module}", __name__), function)(path)]

    def write(self, content: Content, out: Any, stamp: Stamp | None) -> None:
        """Write the content to what was opened for this format."""
        module, function = self.writer.rsplit(".", 1)
        getattr(import_module(f".{module}", __name__), function)(content, out, stamp)


#: The formats by name. A new one is a module here and a line in this table.
FORMATS: dict[str, Format] = {
    "csv": Format(
        "southerly-csv",
        "a folder with nodes.csv, edges.csv and about.json",
        "csv_folder.write_csv",
        files=("nodes.csv", "edges.csv", "about.json"),
        binary=True,
    ),
    "json": Format("southerly.json", "node-link JSON, for networkx and D3", "network_json.write_node_link"),
    "cyjs": Format("southerly.cyjs", "Cytoscape JSON, for Cytoscape and Cytoscape.js", "network_json.write_cytoscape"),
    "parquet": Format(
        "southerly-parquet",
        "a folder with nodes.parquet and edges.parquet, for pandas, DuckDB and Spark",
        "parquet.write_parquet",
        files=("nodes.parquet", "edges.parquet"),
        binary=True,
    ),
    "xlsx": Format("southerly.xlsx", "a workbook, for Excel and LibreOffice", "workbook.write_xlsx", binary=True),
    "graphml": Format(
        "southerly.graphml", "GraphML, for Gephi, yEd, igraph and networkx", "graphml.write_graphml", binary=True
    ),
    "gexf": Format("southerly.gexf", "GEXF, for the timeline of Gephi", "gexf.write_gexf"),
    "geojson": Format("southerly.geojson", "GeoJSON, for QGIS, Leaflet and other maps", "geojson.write_geojson"),
    "dot": Format("southerly.dot", "DOT, for Graphviz", "dot.write_dot"),
    "pajek": Format(
        "southerly.net", "Pajek's .net, for Pajek and igraph; labels and weights alone", "pajek.write_pajek"
    ),
    "kml": Format("southerly.kml", "KML, for Google Earth", "kml.write_kml"),
    "svg-map": Format(
        "southerly-map.svg", "a map with an arc for each way that it travelled, as SVG", "picture_map.write_svg_map"
    ),
    "png-map": Format("southerly-map.png", "the same map as PNG", "picture_png.write_png_map", binary=True),
    "svg-tree": Format(
        "southerly-tree.svg",
        "who learned one innovation from whom, by year, as SVG",
        "picture_tree.write_svg_tree",
        one=True,
    ),
    "png-tree": Format(
        "southerly-tree.png", "the same tree as PNG", "picture_png.write_png_tree", binary=True, one=True
    ),
    "html": Format(
        "southerly.html",
        "a report on one innovation that needs no network, for browsers and paper",
        "html.write_html",
        everything=True,
        one=True,
    ),
    "nquads": Format(
        "southerly.nq",
        "RDF with a named graph for each report, for triple stores",
        "rdf.write_nquads",
        binary=True,
        everything=True,
    ),
    "trig": Format("southerly.trig", "the same, to be read by people", "rdf.write_trig", binary=True, everything=True),
    "jsonld": Format("southerly.jsonld", "the same, as JSON-LD", "rdf.write_jsonld", binary=True, everything=True),
    "turtle": Format(
        "southerly.ttl", "RDF in one graph, with claims and reports", "rdf.write_turtle", binary=True, everything=True
    ),
    "ntriples": Format("southerly.nt", "the same, a line a triple", "rdf.write_ntriples", binary=True, everything=True),
    "rdfxml": Format("southerly.rdf", "the same, as RDF/XML", "rdf.write_rdfxml", binary=True, everything=True),
    "neo4j-csv": Format(
        "southerly-neo4j",
        "a folder of CSV for the bulk importer of Neo4j 5, and the command to run it",
        "neo4j_csv.write_neo4j_csv",
        files=NEO4J_FILES,
        everything=True,
        hint="neo4j_csv.how_to_import",
    ),
    "cypher": Format(
        "southerly.cypher",
        "the same graph as a script for cypher-shell and Browser",
        "cypher.write_cypher",
        everything=True,
    ),
    "netdiffuser": Format(
        "southerly-netdiffuser",
        "a folder with an edge list, times of adoption and the lines that read them, for netdiffuseR",
        "netdiffuser.write_netdiffuser",
        files=("edges.csv", "adoptions.csv", "read.R"),
    ),
    "ro-crate": Format(
        "southerly-crate.zip",
        "RO-Crate for a paper: network, RDF, citations, question and revision in one zip",
        "ro_crate.write_ro_crate",
        binary=True,
        everything=True,
        stamped=True,
    ),
    "labels": Format(
        "southerly-labels.jsonl",
        "what reviewers decided on candidate claims, as JSON Lines, to train and test extraction with",
        "labels.write_labels",
        network=False,
    ),
    "bibtex": Format(
        "southerly.bib", "the reports, for LaTeX and Zotero", "bibtex.write_bibtex", everything=True, network=False
    ),
    "ris": Format(
        "southerly.ris", "the reports, for EndNote and Mendeley", "ris.write_ris", everything=True, network=False
    ),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What an export holds, and what its reader should know."""

    counts: dict[str, int]
    digest: str
    notes: list[str] = field(default_factory=list)
    replaced: bool = False


class Wanted(TypedDict, total=False):
    """What goes into an export; what is left out narrows nothing."""

    innovation: str | Sequence[str] | None  # names or ids
    window: Window | None  # when things began
    bases: tuple[str, ...] | None  # how transfers are known
    countries: Sequence[str]  # names or ISO codes: adoptions there, transfers from or to there
    origin_income: str | None  # "LMIC", "H", …: where the innovation began, at that time
    adopted_income: str | None  # where it was adopted, at that time
    min_reports: int | None  # how many reports an adoption, and a transfer, needs at least


def write(
    known: Identity,
    form: str,
    path: Path,
    *,
    stamp: bool = False,
    now: datetime | None = None,
    **wanted: Unpack[Wanted],
) -> Written:
    """Write an export to a file (for some formats a folder) and its provenance beside it.

    Args:
        known: the view of the graph whose scope says which claims count.
        form: one of `FORMATS`.
        path: where to; an earlier export there is replaced as a whole.
        stamp: also write revision, date and version inside, where the format has a place for them.
        now: the date of the provenance; null is the clock's.
        wanted: what goes in, see `Wanted`.

    Raises:
        WrongUse: if the format, a country, a basis or an income group is unknown, the path is taken by something else,
            or a basis is given for sources.
        NotFound: if there is no such innovation.
        SoutherlyError: if the path cannot be written; nothing there was changed.

    """
    from ..graph.sql import bounded
    from .compress import compressed
    from .target import new_file, new_folder

    with bounded(known.view.con, _MEMORY):
        content, notes = _content(known, form, wanted)
        how = FORMATS[form]
        mark = _stamp(known, now)
        inside = mark if stamp or how.stamped else None
        replaced = path.is_file() or path.is_dir()
        opened: AbstractContextManager[Any] = (
            new_folder(path, how.files, binary=how.binary) if how.files else new_file(path, binary=how.binary)
        )
        with opened as out:
            if how.binary and not how.files:
                with compressed(out, path.name) as packed:
                    how.write(content, packed, inside)
            else:
                how.write(content, out, inside)
        if path.is_file() or path.is_dir():  # a device or a pipe has nothing beside it
            with new_file(path.with_name(f"{path.name}.provenance.json")) as out:
                said = {"file": path.name, "format": form, **content.about(mark)}
                out.write(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
        return Written(content.counts, content.digest, [*notes, *content.notes, *how.hints(path)], replaced)


def write_stream(
    known: Identity,
    form: str,
    out: BinaryIO,
    *,
    stamp: bool = False,
    now: datetime | None = None,
    **wanted: Unpack[Wanted],
) -> Written:
    """Write an export to an open binary stream, without provenance; arguments and errors are those of `write`."""
    from ..graph.sql import bounded

    with bounded(known.view.con, _MEMORY):
        content, notes = _content(known, form, wanted)
        how = FORMATS[form]
        if how.files:
            raise WrongUse(f"{form} is a folder of {len(how.files)} files; give one with -o FOLDER")
        inside = _stamp(known, now) if stamp or how.stamped else None
        if how.binary:
            how.write(content, out, inside)
        else:
            text = io.TextIOWrapper(out, encoding="utf-8", newline="")
            try:
                how.write(content, text, inside)
            finally:
                text.detach()
        return Written(content.counts, content.digest, [*notes, *content.notes])


def _content(known: Identity, form: str, wanted: Wanted) -> tuple[Content, list[str]]:
    from ..graph.lookup import find
    from ..graph.network import BASES
    from ..queries.filters import Window
    from ..queries.trace import country_code
    from .content import Content
    from .selection import Filters

    if form not in FORMATS:
        raise WrongUse(f"“{form}” is no export format; expected one of {', '.join(FORMATS)}")
    bases = wanted.get("bases") or BASES
    if unknown := sorted(set(bases) - set(BASES)):
        raise WrongUse(f"“{unknown[0]}” is no basis of a transfer; expected one of {', '.join(BASES)}")
    if bases != BASES and not FORMATS[form].network:
        raise WrongUse(f"a basis narrows transfers, and {form} has none; leave it out, or export a network")
    names = wanted.get("innovation") or ()
    hits = [(name, *find(known, name, ("innovation",))) for name in ([names] if isinstance(names, str) else names)]
    filters = Filters(
        innovations=tuple(sorted({hit.id for _, hit, _ in hits})),
        window=wanted.get("window") or Window(),
        bases=tuple(b for b in BASES if b in bases),
        countries=tuple(sorted({country_code(name) for name in wanted.get("countries", ())})),
        origin_income=wanted.get("origin_income"),
        adopted_income=wanted.get("adopted_income"),
        min_reports=wanted.get("min_reports"),
    )
    content = Content(known, filters, FORMATS[form].network, FORMATS[form].everything)
    read_as = [f"“{name}” was read as {hit.label}." for name, hit, near in hits if near]
    return content, [*read_as, *known.view.notes]


def _stamp(known: Identity, now: datetime | None) -> Stamp:
    from datetime import UTC, datetime
    from importlib.metadata import version

    from .content import Stamp

    written = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    return Stamp(known.view.revision, written, f"southerly {version('southerly')}")
