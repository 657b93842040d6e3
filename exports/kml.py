"""KML 2.2 (OGC 07-147r2) for Google Earth: placemarks, with a time span where bounds are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from .cells import json_text, xml_text
from .columns import NODE, TRANSFER
from .content import Content, Row, Stamp
from .points import Point, line_between, point_of

_PLACE = tuple(name for name in NODE if name not in {"label", "lat", "lon"})


def write_kml(content: Content, out: TextIO, stamp: Stamp | None) -> None:
    """Write a folder of places and one of transfers; lists are JSON in a text.

    A transfer's span is the days between which it began, open where a bound is unknown. Sites stand at the point of
    their country; what has no point is a placemark without geometry. The metadata are data of a last, empty folder.
    """
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n')
    out.write("<Document><name>southerly</name>\n<Folder><name>Places</name>\n")
    for row in content.places():
        point = point_of(row["id"])
        shape = f"<Point>{_coordinates((point,))}</Point>" if point else ""
        _write(out, row["label"], "", _data(row, _PLACE, located=bool(point)), shape)
    out.write("</Folder>\n<Folder><name>Transfers</name>\n")
    for row in content.transfers():
        ends = line_between(row["from"], row["to"])
        # Without tessellation a long line would run through the earth.
        line = f"<LineString><tessellate>1</tessellate>{_coordinates(ends)}</LineString>" if ends else ""
        _write(out, row["innovation_label"], _span(row), _data(row, TRANSFER, located=bool(ends)), line)
    about = content.about(stamp)
    said = _item("digest", about["digest"]) + _item("metadata", json_text(about))
    out.write(f"</Folder>\n<Folder><name>About</name>\n<ExtendedData>{said}</ExtendedData>\n</Folder>\n")
    out.write("</Document>\n</kml>\n")


def _write(out: TextIO, name: str, span: str, data: str, shape: str) -> None:
    # In the order that the schema asks for.
    out.write(f"<Placemark><name>{xml_text(name)}</name>{span}{data}{shape}</Placemark>\n")


def _span(row: Row) -> str:
    bounds = (("begin", row.get("earliest")), ("end", row.get("latest")))
    told = "".join(f"<{tag}>{day}</{tag}>" for tag, day in bounds if day)
    return f"<TimeSpan>{told}</TimeSpan>" if told else ""


def _data(row: Row, names: Iterable[str], *, located: bool) -> str:
    told = "".join(_item(name, row[name]) for name in names if name in row)
    where = _item("located_at", "country") if located else ""
    return f"<ExtendedData>{told}{where}</ExtendedData>"


def _item(name: str, value: object) -> str:
    return f'<Data name="{name}"><value>{xml_text(value)}</value></Data>'


def _coordinates(points: Iterable[Point]) -> str:
    return f"<coordinates>{' '.join(f'{lon},{lat}' for lon, lat in points)}</coordinates>"
