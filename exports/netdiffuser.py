"""Tables for netdiffuseR: an edge list, times of adoption, and the lines of R that make a diffnet object of them.

netdiffuseR (Vega Yon, Valente and others) asks who looks to whom and when each adopted, in whole periods. So `ego` is
the adopter and `alter` the place that it learned from, `toa` is a year, and a place that did not adopt has none. A year
is given only where it is certain; `toa_earliest` and `toa_latest` hold the bounds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import TextIO

from .cells import cell, safe_cell
from .content import Content, Row, Stamp

_EDGES = (
    *("innovation", "ego", "alter", "time", "time_earliest", "time_latest"),
    *("basis", "direction", "review", "reports", "id"),
)
_TIMES = (
    *("innovation", "id", "label", "country", "toa", "toa_earliest", "toa_latest"),
    *("end", "stage", "origin", "domestic", "income_group", "review", "reports"),
)

_SCRIPT = """\
# Southerly, for netdiffuseR. Set the working directory to this folder first.
# Years that are not certain are NA here: decide yourself what to do with toa_earliest and toa_latest.
library(netdiffuseR)

edges <- read.csv("edges.csv", stringsAsFactors = FALSE, encoding = "UTF-8")
times <- read.csv("adoptions.csv", stringsAsFactors = FALSE, encoding = "UTF-8")

# One diffusion network is about one innovation; choose it here.
chosen <- unique(times$innovation)[1]
e <- edges[edges$innovation == chosen, ]
t <- times[times$innovation == chosen, ]

# A place that adopted and began it, or adopted at several stages, counts at its first year.
t <- t[order(t$id, t$toa), ]
t <- t[!duplicated(t$id), ]
t <- t[!is.na(t$toa), ]
e <- e[e$ego %in% t$id & e$alter %in% t$id, ]

number <- setNames(seq_len(nrow(t)), t$id)
graph <- edgelist_to_adjmat(
  cbind(number[e$ego], number[e$alter]),
  undirected = FALSE, keep.isolates = TRUE, multiple = FALSE, recode.ids = FALSE
)
diffnet <- new_diffnet(graph, toa = setNames(as.integer(t$toa), t$id), vertex.static.attrs = t[, c("label", "country")])
summary(diffnet)
"""


def write_netdiffuser(content: Content, outs: Mapping[str, TextIO], stamp: Stamp | None) -> None:
    """Write the edge list, the times of adoption with origins among them, and the script that reads both."""
    _write(outs["edges.csv"], _EDGES, (_edge(row) for row in content.transfers()))
    _write(outs["adoptions.csv"], _TIMES, (time for place in content.places() for time in _times(place)))
    about = content.about(stamp)
    outs["read.R"].write(f"# {about['title']}\n# digest {about['digest']}\n{_SCRIPT}")


def _edge(row: Row) -> Row:
    return {
        **row,
        "ego": row["to"],
        "alter": row["from"],
        "time": certain_year(row),
        "time_earliest": row.get("earliest"),
        "time_latest": row.get("latest"),
    }


def _times(place: Row) -> Iterator[Row]:
    shared = {name: place.get(name) for name in ("id", "label", "country")}
    for began in place["originated"]:
        yield shared | _time(began) | {"origin": True}
    for adoption in place["adopted"]:
        if not adoption["considered"]:
            told = {name: adoption.get(name) for name in ("end", "stage", "domestic", "income_group")}
            yield shared | told | _time(adoption) | {"origin": False}


def _time(row: Row) -> Row:
    return {
        "innovation": row["innovation"],
        "toa": certain_year(row),
        "toa_earliest": row.get("earliest"),
        "toa_latest": row.get("latest"),
        "reports": row["reports"],
        "review": row["review"],
    }


def certain_year(row: Row) -> int | None:
    """Return the year in which something certainly began, null where two are possible."""
    earliest, latest = row.get("earliest"), row.get("latest")
    return int(earliest[:4]) if earliest and latest and earliest[:4] == latest[:4] else None


def _write(out: TextIO, names: tuple[str, ...], rows: Iterator[Row]) -> None:
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    # R reads an empty cell of a number as NA; of a text it stays empty.
    writer.writerows([safe_cell(cell(row.get(name))) for name in names] for row in rows)
