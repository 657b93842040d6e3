"""Exports for maps, timelines and other network programs, opened by programs that are not ours."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from math import isclose
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from southerly.exports.geojson import cut
from southerly.graph.ledger import Ledger

from .dot_reader import parse_dot

STATED = "transfer:synthetic-cup:KEN:alpha-hospital:from:COL:stated"
ASSUMED = "transfer:synthetic-cup:UGA:from:COL:origin"
GEXF, KML = "{http://gexf.net/1.3}", "{http://www.opengis.net/kml/2.2}"

#: Across the antimeridian both ways, to a place that no map knows, and dates that are open on one side.
FAR: list[dict[str, str | None]] = [
    {"country": "FJI", "source_country": "WSM", "when": "by 1996"},
    {"country": "TON", "source_country": "NZL", "when": "[1990..]"},
    {"country": "UMI", "source_country": "FJI", "when": None},
]


@pytest.fixture(scope="module")
def exported(exported: Any) -> Any:
    """Return the function that exports, each graph but once in the same way."""
    made: dict[str, Any] = {}

    def export(ledger: Ledger, form: str, **wanted: Any) -> Any:
        key = f"{ledger.folder} {form} {wanted}"
        if key not in made:
            made[key] = exported(ledger, form, **wanted)
        return made[key]

    return export


@pytest.fixture(scope="module")
def far(new_ledger: Any, commit: Any) -> Ledger:
    """Return a graph of the Pacific."""
    ledger = new_ledger()
    said = {"kind": "adoption", "report": "url:example.org/a", "innovation": "Synthetic cup"}
    commit(ledger, {"synthetic": [{**said, **one} for one in FAR]})
    return ledger


def as_json(exported: Any, ledger: Ledger, **wanted: Any) -> dict[str, Any]:
    """Return the node-link export, which the others must agree with."""
    document: dict[str, Any] = json.loads(exported(ledger, "json", **wanted)[0].read_text("utf-8"))
    return document


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return a row without some of its fields."""
    return {name: value for name, value in row.items() if name not in names}


def unpacked(attributes: dict[str, Any], *lists: str) -> dict[str, Any]:
    """Return attributes with their JSON arrays read."""
    return {name: json.loads(value) if name in lists else value for name, value in attributes.items()}


LISTS = ("adopted", "originated", "channels", "claims", "report_keys")


def about_in(form: str, path: Path) -> dict[str, Any]:
    """Return the metadata that stand inside an export."""
    if form == "geojson":
        told = json.dumps(json.loads(path.read_text("utf-8"))["metadata"])
    elif form == "gexf":
        told = _root(path).findtext(f"{GEXF}meta/{GEXF}description", "")
    elif form == "kml":
        told = _data(_root(path)[0][-1])["metadata"]
    elif form == "dot":
        told = parse_dot(path.read_text("utf-8")).comment
    else:
        told = path.read_text("utf-8").partition("\n")[0].removeprefix("% ")
    found: dict[str, Any] = json.loads(told)
    return found


def _root(path: Path) -> ET.Element:
    return ET.parse(path).getroot()  # noqa: S314 - our own file


def _data(element: ET.Element) -> dict[str, str]:
    """Return the extended data of a KML feature."""
    return {item.get("name", ""): item.findtext(f"{KML}value", "") for item in element.iter(f"{KML}Data")}


@pytest.mark.parametrize("form", ["gexf", "geojson", "dot", "pajek", "kml"])
def test_the_metadata_are_those_of_json_and_a_stamp_is_written_if_asked(
    graph: Ledger, exported: Any, form: str
) -> None:
    wanted = {"innovation": "S-cup", "bases": ("stated",), "now": datetime(2026, 1, 2, tzinfo=UTC)}
    for stamp in (False, True):
        path, written = exported(graph, form, stamp=stamp, **wanted)
        about = about_in(form, path)
        assert about == as_json(exported, graph, stamp=stamp, **wanted)["graph"]["metadata"]
        assert (about["digest"], about["counts"]) == (written.digest, {"places": 4, "transfers": 1})
        assert ("2026-01-02" in path.read_text("utf-8")) is stamp


def test_gexf_says_the_same_as_json_with_typed_attributes(graph: Ledger, exported: Any) -> None:
    net = nx.read_gexf(exported(graph, "gexf")[0])
    document = as_json(exported, graph)
    assert net.is_directed()
    assert {id_: unpacked(data, *LISTS) for id_, data in net.nodes(data=True)} == {
        node["id"]: without(node, "id") for node in document["nodes"]
    }
    edges = {data["id"]: (source, target, data) for source, target, data in net.edges(data=True)}
    assert len(edges) == len(document["edges"])
    for said in document["edges"]:
        source, target, data = edges[said["key"]]
        assert (source, target, data["weight"], data["label"]) == (
            said["source"],
            said["target"],
            said["reports"],
            said["innovation_label"],
        )
        assert unpacked(without(data, "id", "weight", "label", "kind", "start"), *LISTS) == without(
            said, "source", "target", "key"
        )


def test_a_gexf_edge_starts_when_it_may_have_begun_and_is_open_where_nothing_is_known(
    graph: Ledger, far: Ledger, exported: Any
) -> None:
    def lives(ledger: Ledger) -> dict[str | None, tuple[str | None, str | None]]:
        root = _root(exported(ledger, "gexf")[0])
        (net,) = root.findall(f"{GEXF}graph")
        assert (net.get("mode"), net.get("timeformat"), root.get("version")) == ("dynamic", "date", "1.3")
        return {edge.get("id"): (edge.get("start"), edge.get("end")) for edge in net.iter(f"{GEXF}edge")}

    assert lives(graph) == {STATED: ("1995-01-01", None), ASSUMED: (None, None)}
    assert [life for _, life in sorted(lives(far).items())] == [
        ("1996-12-31", None),  # Fiji: by 1996
        ("1990-01-01", None),  # Tonga: from 1990
        (None, None),
    ]


def test_gexf_edges_of_one_kind_between_two_places_are_one(graph: Ledger, exported: Any) -> None:
    root = _root(exported(graph, "gexf")[0])
    keys = [tuple(edge.get(name) for name in ("source", "target", "kind")) for edge in root.iter(f"{GEXF}edge")]
    assert len(keys) == len(set(keys)) == 2


def positions(geometry: dict[str, Any]) -> list[list[float]]:
    """Return every position of a geometry."""
    match geometry["type"]:
        case "Point":
            return [geometry["coordinates"]]
        case "LineString":
            return list(geometry["coordinates"])
        case "MultiLineString":
            return [position for part in geometry["coordinates"] for position in part]
    raise ValueError(geometry["type"])


def test_geojson_has_a_feature_for_every_place_and_transfer(graph: Ledger, far: Ledger, exported: Any) -> None:
    for ledger in (graph, far):
        collection = json.loads(exported(ledger, "geojson")[0].read_text("utf-8"))
        document = as_json(exported, ledger)
        features = collection["features"]
        assert collection["type"] == "FeatureCollection"
        assert all(set(f) == {"type", "id", "geometry", "properties"} and f["type"] == "Feature" for f in features)
        told = [(f["properties"]["feature"], f["id"]) for f in features]
        assert told == [
            *(("place", node["id"]) for node in document["nodes"]),
            *(("transfer", edge["key"]) for edge in document["edges"]),
        ]
        for feature in features:
            for lon, lat in positions(feature["geometry"]) if feature["geometry"] else []:
                assert -180 <= lon <= 180
                assert -90 <= lat <= 90


def test_geojson_puts_longitude_first_and_sites_at_their_country(graph: Ledger, exported: Any) -> None:
    collection = json.loads(exported(graph, "geojson")[0].read_text("utf-8"))
    features = {f["id"]: f for f in collection["features"]}
    nodes = {node["id"]: node for node in as_json(exported, graph)["nodes"]}
    colombia, site = features["country:COL"], features["site:KEN:alpha-hospital"]
    assert colombia["geometry"] == {"type": "Point", "coordinates": [-73.1, 3.9]}
    lon, lat = site["geometry"]["coordinates"]
    assert 33 < lon < 42  # Kenya lies here
    assert -5 < lat < 5
    assert site["properties"]["located_at"] == "country"
    assert without(site["properties"], "feature", "located_at") == without(nodes[site["id"]], "id")
    assert features[STATED]["geometry"] == {"type": "LineString", "coordinates": [[-73.1, 3.9], [lon, lat]]}
    assert (features[STATED]["properties"]["from"], features[STATED]["properties"]["reports"]) == ("country:COL", 2)


def test_geojson_cuts_at_the_antimeridian_and_keeps_what_no_map_knows(far: Ledger, exported: Any) -> None:
    features = {f["id"]: f for f in json.loads(exported(far, "geojson")[0].read_text("utf-8"))["features"]}
    line = features["transfer:synthetic-cup:FJI:from:WSM:stated"]["geometry"]
    (_, leaves), (returns, _) = line["coordinates"]
    assert line["type"] == "MultiLineString"
    assert (leaves[0], returns[0]) == (-180, 180)  # westwards, from Samoa
    assert leaves[1] == returns[1]
    for id_ in ("country:UMI", "transfer:synthetic-cup:UMI:from:FJI:stated"):
        assert features[id_]["geometry"] is None
        assert "located_at" not in features[id_]["properties"]


_POINT = st.tuples(st.floats(-179.9, 179.9), st.floats(-90, 90))


@given(_POINT, _POINT)
def test_a_cut_line_goes_the_shorter_way_and_never_round_the_world(start: Any, end: Any) -> None:
    parts = cut(start, end)
    assert (parts[0][0], parts[-1][-1]) == (start, end)
    assert sum(abs(b[0] - a[0]) for a, b in parts) <= 180 + 1e-9
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in parts if abs(b[0] - a[0]) > 1]
    assert all(isclose(slope, slopes[0], abs_tol=1e-5) for slope in slopes)
    assert all(abs(lon) <= 180 and abs(lat) <= 90 for part in parts for lon, lat in part)


def test_dot_says_the_same_as_json(graph: Ledger, exported: Any) -> None:
    read = parse_dot(exported(graph, "dot")[0].read_text("utf-8"))
    document = as_json(exported, graph)
    assert list(read.nodes) == [node["id"] for node in document["nodes"]]
    for node in document["nodes"]:
        assert unpacked(read.nodes[node["id"]], *LISTS, "lat", "lon") == without(node, "id")
    assert [(source, target) for source, target, _ in read.edges] == [
        (edge["source"], edge["target"]) for edge in document["edges"]
    ]
    for said, (_, _, data) in zip(document["edges"], read.edges, strict=True):
        assert (data["id"], data["label"]) == (said["key"], said["innovation_label"])
        numbers = ("reports", "publishers", "certain")
        assert unpacked(without(data, "id", "label"), *LISTS, *numbers) == without(said, "source", "target", "key")


@pytest.mark.parametrize("name", ["graph", "far"])
def test_pajek_has_the_places_and_weighs_arcs_by_reports(
    request: pytest.FixtureRequest, exported: Any, name: str
) -> None:
    ledger = request.getfixturevalue(name)
    net = nx.read_pajek(exported(ledger, "pajek")[0])
    document = as_json(exported, ledger)
    labels = {
        node["id"]: f"{node['label']} [{node['id']}]" if node["class"] == "site" else node["label"]
        for node in document["nodes"]
    }
    assert list(net) == list(labels.values())
    assert sorted((a, b, data["weight"], data["l"]) for a, b, data in net.edges(data=True)) == sorted(
        (labels[edge["source"]], labels[edge["target"]], edge["reports"], edge["innovation_label"])
        for edge in document["edges"]
    )


def test_pajek_labels_are_unique_where_sites_share_a_name(new_ledger: Any, commit: Any, exported: Any) -> None:
    ledger = new_ledger()
    said = {"kind": "adoption", "report": "url:a", "innovation": "I", "site": "Synthetic Hospital"}
    commit(ledger, {"synthetic": [said | {"country": country} for country in ("KEN", "UGA")]})
    net = nx.read_pajek(exported(ledger, "pajek")[0])
    assert list(net) == [f"Synthetic Hospital [site:{country}:synthetic-hospital]" for country in ("KEN", "UGA")]


def test_kml_says_the_same_as_json_in_the_order_of_its_schema(graph: Ledger, far: Ledger, exported: Any) -> None:
    order = ["name", "TimeSpan", "ExtendedData", "Point", "LineString"]
    for ledger in (graph, far):
        document = as_json(exported, ledger)
        places, transfers, _ = _root(exported(ledger, "kml")[0])[0].findall(f"{KML}Folder")
        for mark in (*places.iter(f"{KML}Placemark"), *transfers.iter(f"{KML}Placemark")):
            tags = [child.tag.removeprefix(KML) for child in mark]
            assert tags == sorted(tags, key=order.index)
            assert ("located_at" in _data(mark)) is (tags[-1] in {"Point", "LineString"})
        for said, mark in zip(document["nodes"], places.iter(f"{KML}Placemark"), strict=True):
            assert mark.findtext(f"{KML}name") == said["label"]
            assert unpacked(without(_data(mark), "located_at"), *LISTS) == without(said, "label", "lat", "lon")
            if "lat" in said:
                assert mark.findtext(f"{KML}Point/{KML}coordinates") == f"{said['lon']},{said['lat']}"
        for said, mark in zip(document["edges"], transfers.iter(f"{KML}Placemark"), strict=True):
            told = unpacked(without(_data(mark), "located_at"), *LISTS, "reports", "publishers", "certain")
            ends = {"id": said["key"], "from": said["source"], "to": said["target"]}
            assert told == without(said, "key", "source", "target") | ends


def test_a_kml_span_has_the_bounds_that_are_known(graph: Ledger, far: Ledger, exported: Any) -> None:
    spans = {
        _data(mark)["id"]: {child.tag.removeprefix(KML): child.text for child in mark.findall(f"{KML}TimeSpan/*")}
        for ledger in (graph, far)
        for mark in _root(exported(ledger, "kml")[0]).iter(f"{KML}Placemark")
        if _data(mark)["id"].startswith("transfer:")
    }
    assert spans == {
        STATED: {"begin": "1995-01-01", "end": "1995-12-31"},
        ASSUMED: {},
        "transfer:synthetic-cup:FJI:from:WSM:stated": {"end": "1996-12-31"},
        "transfer:synthetic-cup:TON:from:NZL:stated": {"begin": "1990-01-01"},
        "transfer:synthetic-cup:UMI:from:FJI:stated": {},
    }
