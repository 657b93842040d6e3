"""PNG pictures (ISO/IEC 15948): the SVG ones, drawn by resvg, which needs no other program.

resvg-py is MIT, resvg Apache-2.0 or MIT. It draws with the fonts of this computer, so that two computers may differ
by their letters; on one the same content gives the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO

from ..graph.errors import WrongUse
from .cells import json_text
from .content import Content, Row, Stamp
from .held import held, label_of
from .map_rows import map_rows
from .picture_map import draw_map
from .picture_tree import draw_tree
from .tree_rows import tree_rows

ZOOM = 2  # 2,400 pixels wide: some 200 dots per inch across a page
_HEAD = 8 + 25  # bytes of the signature and of IHDR, after which text may stand
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="1" y="15" font-family="sans-serif">{}'


def write_png_map(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write the map as PNG; errors are those of `png_of`."""
    rows = map_rows(content, label_of(content))
    about = content.about(stamp)
    out.write(png_of(draw_map(rows, about), about))


def write_png_tree(content: Content, out: BinaryIO, stamp: Stamp | None) -> None:
    """Write the spread tree as PNG; errors are those of `png_of` and `held.the_one`."""
    rows = tree_rows(held(content))
    about = content.about(stamp)
    out.write(png_of(draw_tree(rows, about), about))


def png_of(svg: str, about: Row) -> bytes:
    """Return an SVG picture as PNG, with its metadata as a text (§11.3.3.4).

    Raises:
        WrongUse: if resvg-py is not installed, or there is no font to write with.

    """
    try:
        import resvg_py
    except ImportError:
        raise WrongUse(
            "PNG pictures are drawn by resvg-py, which is not installed. Install it with "
            "`pip install 'southerly[pictures]'`, or export the same picture as SVG, which browsers show."
        ) from None

    def drawn(source: str, zoom: float) -> bytes:
        return bytes(resvg_py.svg_to_bytes(svg_string=source, zoom=zoom, background="white"))

    if drawn(_PROBE.format("Ag</text></svg>"), 1) == drawn(_PROBE.format("</text></svg>"), 1):
        raise WrongUse(
            "No font was found on this computer, so a PNG picture would have no words. Install one (on Debian and "
            "Ubuntu: `apt-get install fonts-dejavu-core`), or export the same picture as SVG."
        )
    body = drawn(svg, ZOOM)
    told = b"Description\0\0\0en\0\0" + json_text(about).encode()
    chunk = struct.pack(">I", len(told)) + b"iTXt" + told + struct.pack(">I", zlib.crc32(b"iTXt" + told))
    return body[:_HEAD] + chunk + body[_HEAD:]
