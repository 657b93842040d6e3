"""Maps and trees show what the ledger holds, count what they leave out, and are the same picture every time."""

from __future__ import annotations

import math
import re
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from southerly.exports import Written
from southerly.exports.map_projection import arc, equal_earth, frame_of
from southerly.exports.picture import fitted, span_in_words, text_width
from southerly.graph.diffusion import Diffusion
from southerly.graph.errors import WrongUse
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import View
from southerly.queries.filters import window
from southerly.queries.spread import spread

from .picture_claims import EVIL, EVIL_CLAIMS, EVIL_SAYINGS, LAMP, LAMP_CLAIMS, SAYINGS, SONG, SONG_CLAIMS

SVG = "{http://www.w3.org/2000/svg}"
Exported = Callable[..., tuple[Path, Written]]


@pytest.fixture(scope="module")
def lamps(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    """Return a graph of three innovations."""
    ledger = new_ledger()
    carriers = {"lamp": LAMP_CLAIMS, "song": SONG_CLAIMS, "evil": EVIL_CLAIMS}
    commit(ledger, carriers, sayings={"lamp": SAYINGS, "evil": EVIL_SAYINGS})
    return ledger


@pytest.fixture(scope="module")
def known(lamps: Ledger) -> Any:
    """Return its answers to what spread where, and its transfers, by innovation."""
    with closing((view := View(lamps)).con):
        identity = Identity(view)
        told = {name: spread(identity, name).data for name in (LAMP, SONG)}
        whole = Diffusion(identity)
        return told, whole.transfers(), whole.adoptions()


@pytest.fixture(scope="module")
def drawn(lamps: Ledger, exported: Exported) -> Callable[..., Any]:
    """Return the function that draws an innovation, or all, and parses the picture; each once."""

    @cache
    def draw(form: str, innovation: str | None) -> Any:
        return read(exported(lamps, form, innovation=innovation)[0])

    return draw


def read(path: Path) -> Any:
    """Parse an SVG picture, and see that it holds nothing from outside, no script, and no id twice."""
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(no_network=True, resolve_entities=False))
    assert root.tag == f"{SVG}svg"
    names = {etree.QName(node).localname for node in root.iter()}
    assert names <= {
        *("svg", "title", "desc", "metadata", "g", "path", "rect", "circle", "polygon", "text"),
        *("defs", "clipPath", "pattern"),
    }
    attributes = [(name, value) for node in root.iter() for name, value in node.attrib.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or "href" in name or name == "style"]
    assert all(value.startswith("url(#") for _, value in attributes if "url(" in value)
    ids = [value for name, value in attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    return root


def marked(root: Any, kind: str) -> list[Any]:
    """Return the elements of a class."""
    found: list[Any] = root.findall(f".//*[@class='{kind}']")
    return found


def words(root: Any) -> str:
    """Return all that is written in a picture."""
    return " ".join(node.text or "" for node in root.iter(f"{SVG}text"))


def test_the_map_has_the_adopters_arcs_and_origins_of_the_ledger(drawn: Callable[..., Any], known: Any) -> None:
    root = drawn("svg-map", LAMP)
    told, transfers, _ = known
    adopters = {adoption["country"] for adoption in told[LAMP]["adoptions"]}
    assert {node.get("data-country") for node in marked(root, "adopter") + marked(root, "small")} == adopters
    expected = Counter(
        (t.from_country, t.to_country, t.basis) for t in transfers if t.innovation == "innovation:synthetic-lamp"
    )
    arcs = {
        (node.get("data-from"), node.get("data-to"), node.get("data-basis")): int(node.get("data-transfers"))
        for node in marked(root, "arc")
    }
    assert arcs == expected
    assert {basis for _, _, basis in arcs} == {"stated", "inferred", "assumed"}
    origins = {node.get("data-country"): node.findtext(f"{SVG}title") for node in marked(root, "origin")}
    assert origins == {"COL": "Colombia: contested origin", "ZWE": "Zimbabwe: contested origin"}
    assert f"{len(told[LAMP]['countries'])} adopting countries, {sum(expected.values())} transfers" in words(root)


def test_small_islands_are_dots_and_the_unknown_stays_so(drawn: Callable[..., Any]) -> None:
    root = drawn("svg-map", LAMP)
    assert {node.get("data-country") for node in marked(root, "small")} >= {"MDV", "TUV"}
    titles = {node.get("data-country"): node.findtext(f"{SVG}title") for node in marked(root, "small")}
    assert titles["TUV"] == "Tuvalu: taken up, first not stated"
    assert titles["MDV"] == "Maldives: taken up, first by 1996"
    (considered,) = (n for n in marked(root, "adopter") if n.get("data-country") == "GBR")
    assert considered.findtext(f"{SVG}title") == "United Kingdom: only considered"
    assert "in a year not stated, or open (1)" in words(root)
    assert "only considered (1)" in words(root)


def test_the_map_of_all_weighs_its_arcs_and_counts_those_left_out(drawn: Callable[..., Any], known: Any) -> None:
    root = drawn("svg-map", None)
    _, transfers, adoptions = known
    shown = sum(int(node.get("data-transfers")) for node in marked(root, "arc"))
    found = re.search(r"And (\d+) more transfers", words(root))
    assert found
    # None of the song's countries lacks a point; Antarctica is off the map.
    (off,) = re.findall(r"(\d+) transfers? from or to there", words(root))
    assert shown + int(found[1]) + int(off) == len(transfers)
    assert f"{len({a.country for a in adoptions if not a.considered})} adopting countries" in words(root)
    assert "3 innovations" in words(root)


def test_filters_narrow_the_map_and_are_told(lamps: Ledger, exported: Exported) -> None:
    path, written = exported(lamps, "svg-map", innovation=LAMP, bases=("stated",), window=window("1990", None))
    root = read(path)
    assert {node.get("data-to") for node in marked(root, "arc")} == {"ZAF", "FJI"}
    assert "since 1990-01-01" in words(root)
    assert "basis stated" in words(root)
    assert written.digest in (root.findtext(f"{SVG}metadata") or "")
    assert written.digest in words(root)


def test_the_tree_has_a_row_an_adoption_and_an_edge_a_transfer(drawn: Callable[..., Any], known: Any) -> None:
    root = drawn("svg-tree", LAMP)
    told = known[0][LAMP]
    rows = {node.get("data-id"): node.findtext(f"{SVG}title") for node in marked(root, "adoption")}
    assert rows.keys() == {adoption["id"] for adoption in told["adoptions"]}
    edges = Counter(node.get("data-basis") for node in marked(root, "edge"))
    expected = Counter(s["basis"] for a in told["adoptions"] if not a["domestic"] for s in a["learned_from"])
    assert edges == expected
    assert sorted(node.get("data-id") for node in marked(root, "origin")) == ["origin:COL", "origin:ZWE"]
    assert rows["adoption:synthetic-lamp:ZAF"] == "South Africa: 1995–2000, scaled; 1 report"
    assert rows["adoption:synthetic-lamp:TUV"] == "Tuvalu: not stated; 1 report"


def test_the_tree_hangs_each_adopter_below_its_source_further_to_the_right(drawn: Callable[..., Any]) -> None:
    root = drawn("svg-tree", LAMP)
    at = {
        node.get("data-id").rsplit("lamp:", 1)[-1]: (float(text.get("x")), float(text.get("y")))
        for kind in ("origin", "adoption")
        for node in marked(root, kind)
        for text in [node.find(f"{SVG}text")]
    }
    chain = [at["origin:COL"], at["ZWE:synthetic-mission"], at["ZAF"]]
    assert chain == sorted(chain)
    assert len({x for x, _ in chain}) == 3
    assert at["UGA"][1] - at["KEN"][1] == pytest.approx(26)
    assert at["UGA"][0] > at["KEN"][0]
    assert at["GBR"][0] == at["origin:COL"][0]  # nobody says whom it heard from


def test_a_crowded_tree_counts_what_it_has_no_room_for(drawn: Callable[..., Any]) -> None:
    root = drawn("svg-tree", SONG)
    assert len(marked(root, "adoption")) == len(marked(root, "edge")) == 60
    assert "130 adopters (60 shown), 130 transfers" in words(root)
    assert "And 70 more adopters" in words(root)
    assert "70 transfers to them" in words(root)


@pytest.mark.parametrize("form", ["svg-map", "svg-tree"])
def test_hostile_names_are_drawn_as_they_are(drawn: Callable[..., Any], form: str) -> None:
    root = drawn(form, f"Synthetic {EVIL}")
    assert (root.findtext(f"{SVG}title") or "").startswith(f"Synthetic {EVIL}")
    assert "<script>window" in words(root)


@pytest.mark.parametrize("form", ["svg-tree", "png-tree", "html"])
def test_what_shows_one_innovation_asks_for_it(lamps: Ledger, run: Any, tmp_path: Path, form: str) -> None:
    done = run(lamps, "export", form, "-o", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert "--innovation NAME" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["svg-map", "png-tree"])
def test_the_same_content_gives_the_same_bytes(graph: Ledger, turned: Ledger, exported: Exported, form: str) -> None:
    once, one = exported(graph, form, innovation="Synthetic cup", now=datetime(2026, 1, 2, tzinfo=UTC))
    again, two = exported(turned, form, innovation="Synthetic cup", now=datetime(2027, 3, 4, tzinfo=UTC))
    assert once.read_bytes() == again.read_bytes()
    assert one.digest == two.digest
    stamped, _ = exported(graph, form, innovation="Synthetic cup", now=datetime(2026, 1, 2, tzinfo=UTC), stamp=True)
    assert b"2026-01-02T" in stamped.read_bytes()


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the chunks of a PNG file, each with a right checksum (ISO/IEC 15948, 5.3)."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = [], 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size]) == (zlib.crc32(kind + body),)
        found.append((kind, body))
        at += 12 + size
    return found


@pytest.mark.parametrize("form", ["png-map", "png-tree"])
def test_a_png_is_the_svg_twice_as_large_and_says_what_it_is(
    lamps: Ledger, exported: Exported, form: str, drawn: Callable[..., Any]
) -> None:
    path, written = exported(lamps, form, innovation=LAMP)
    found = chunks(path.read_bytes())
    assert [kind for kind, _ in found][:2] == [b"IHDR", b"iTXt"]
    assert found[-1][0] == b"IEND"
    wide, high = struct.unpack(">II", found[0][1][:8])
    svg = drawn(form.replace("png", "svg"), LAMP)
    assert (wide, high) == (2400, math.ceil(float(svg.get("height")) * 2))
    pixels = zlib.decompress(b"".join(body for kind, body in found if kind == b"IDAT"))
    assert len(set(pixels)) > 50  # not blank
    assert found[1][1].startswith(b"Description\0")
    assert written.digest.encode() in found[1][1]


def test_without_its_drawer_or_a_font_a_png_says_what_to_do(
    lamps: Ledger, exported: Exported, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resvg_py

    draw = resvg_py.svg_to_bytes
    with monkeypatch.context() as patch:
        patch.setattr(resvg_py, "svg_to_bytes", lambda **wanted: draw(**wanted, skip_system_fonts=True))
        with pytest.raises(WrongUse, match=r"No font was found.*as SVG"):
            exported(lamps, "png-map", innovation=LAMP)
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(WrongUse, match=r"pip install 'southerly\[pictures\]'.*as SVG"):
        exported(lamps, "png-map", innovation=LAMP)


def test_the_projection_is_that_of_its_paper() -> None:
    # The corners of the map, as PROJ has them for the unit sphere (`proj +proj=eqearth +R=1`).
    assert equal_earth(180, 0) == pytest.approx((2.7066299837, 0))
    assert equal_earth(0, 90) == pytest.approx((0, 1.3173627592))


@given(st.floats(-179, 178), st.floats(-88, 87))
def test_the_projection_keeps_areas(lon: float, lat: float) -> None:
    step = 1e-3
    (x0, y0), (x1, y1), (x2, y2) = (equal_earth(*p) for p in ((lon, lat), (lon + step, lat), (lon, lat + step)))
    area = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))
    assert area == pytest.approx(math.radians(step) ** 2 * math.cos(math.radians(lat + step / 2)), rel=1e-3)


@settings(max_examples=40)
@given(*(st.tuples(st.floats(-180, 179.9), st.floats(-60, 80)) for _ in "ab"))
def test_an_arc_stays_on_the_map_and_leaves_it_only_at_the_antimeridian(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    frame = frame_of([], 0, 0, 1000, 500)
    lines = arc(frame, start, end)
    assert 0 <= len(lines) <= 3
    for line in lines:
        assert all(-1e-6 <= x <= 1000 + 1e-6 for x, _ in line)
        assert max((math.dist(a, b) for a, b in pairwise(line)), default=0) < 120
    if lines:
        assert lines[0][0] == pytest.approx(frame.place(start))
        assert lines[-1][-1] == pytest.approx(frame.place(end), abs=1e-6)


def test_there_and_back_are_two_arcs_and_over_the_antimeridian_is_two_lines() -> None:
    frame = frame_of([], 0, 0, 1000, 500)
    (there,), (back,) = arc(frame, (0, 0), (40, 0)), arc(frame, (40, 0), (0, 0))
    assert there[20][1] < back[20][1]
    assert [len(part) > 1 for part in arc(frame, (170, -10), (-170, -15))] == [True, True]


@pytest.mark.parametrize(
    ("earliest", "latest", "said"),
    [
        ("1995-01-01", "1995-12-31", "1995"),
        ("1995-05-01", "1995-05-31", "1995-05"),
        ("1995-05-02", "1995-05-02", "1995-05-02"),
        ("1995-01-01", "2000-12-31", "1995–2000"),
        ("1990-01-01", "1999-12-31", "1990s"),
        (None, "1996-12-31", "by 1996"),
        ("1996-01-01", None, "1996 or later"),
        (None, None, "not stated"),
    ],
)
def test_spans_in_words(earliest: str | None, latest: str | None, said: str) -> None:
    assert span_in_words(earliest, latest) == said


@given(st.text(max_size=600), st.floats(20, 400))
def test_a_fitted_text_is_no_wider_than_its_room(words: str, room: float) -> None:
    assert text_width(fitted(words, 12, room), 12) <= room or fitted(words, 12, room) == "…"
