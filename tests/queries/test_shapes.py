"""The JSON shapes of the contract: every key there, with the right kind of value, also where nothing was found."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.ledger import Ledger

CUP = "Synthetic cup"


class Maybe:
    """A value or null."""

    def __init__(self, shape: Any) -> None:
        self.shape = shape


INNOVATION = {"id": str, "label": str, "aliases": [str]}
GROUP = Maybe({"L", "LM", "UM", "H"})
DAY = Maybe(str)
ORIGIN = {
    "country": Maybe(str),
    "site": Maybe(str),
    "when": Maybe(str),
    "earliest": DAY,
    "latest": DAY,
    "claims": [str],
}
SOURCE = {"country": str, "site": Maybe(str), "basis": {"stated", "inferred", "assumed"}}
PLACES = {"country": str, "sites": [str]}
DIRECTIONS = {"reverse", "south-south", "north-south", "north-north", "unknown"}
HOP = {
    "from": PLACES,
    "to": PLACES,
    "when": Maybe(str),
    "earliest": DAY,
    "latest": DAY,
    "basis": {"stated", "inferred", "assumed"},
    "direction": DIRECTIONS,
    "channels": [str],
    "claims": [str],
}
CLAIM = {"id": str, "kind": {"origin", "adoption", "exchange", "outcome", "name"}}
SHAPES: dict[str, Any] = {
    "search": [{"id": str, "class": str, "label": str, "matched": str, "score": float}],
    "show": {"subject": {"id": str, "class": str, "label": str, "aliases": [str]}},
    "origins": {"innovation": INNOVATION, "origins": [ORIGIN], "contested": bool},
    "spread": {
        "innovation": INNOVATION,
        "origins": [ORIGIN],
        "adoptions": [
            {
                **{"id": str, "country": str, "site": Maybe(str), "when": Maybe(str), "earliest": DAY, "latest": DAY},
                **{
                    "end": Maybe(str),
                    "stage": Maybe(str),
                    "domestic": bool,
                    "income_group": GROUP,
                    "extrapolated": bool,
                },
                **{"learned_from": [SOURCE], "claims": [str], "reports": int, "publishers": int, "conflicts": [str]},
            }
        ],
        "countries": [str],
    },
    "trace": {
        "innovation": INNOVATION,
        "routes": [{"hops": [HOP], "countries": [str], "years": Maybe(int), "time_respecting": bool}],
        "more": int,
    },
    "curve": {
        "innovation": INNOVATION,
        "years": [
            {
                **{"year": int, "new": int, "certain": int, "possible": int, "ended": int, "returned": int},
                "countries": [str],
            }
        ],
        "undated": int,
        "categories": [{"country": str, "year": int, "category": str}],
    },
    "discover": [
        {
            "innovation": INNOVATION,
            "origins": [{"country": str, "income_group": GROUP, "year": Maybe(int), "extrapolated": bool}],
            "contested": bool,
            "adopters": [{"country": str, "income_group": GROUP, "first": Maybe(str), "certain": bool}],
            "first_crossing": Maybe({"country": str, "earliest": DAY, "latest": DAY}),
            "claims": int,
            "reports": int,
        }
    ],
    "flows": [{"from": str, "to": str, "transfers": int, "innovations": int, "stated": int}],
    "reciprocity": [{"a": str, "b": str, "a_to_b": int, "b_to_a": int, "index": Maybe(float)}],
    "outcomes": [{"group": Maybe({}), "outcomes": int, "exchanges": int, "levels": {}, "stages": {}}],
    "conflicts": [
        {
            "id": str,
            "subject": {"id": str},
            "field": {"origin.country", "origin.when", "adoption.when"},
            "values": [{"value": str, "claims": [str], "reports": [{}]}],
            "settled": Maybe(str),
        }
    ],
    "gaps": [
        {
            "innovation": INNOVATION,
            "adopters_alike": [str],
            "score": float,
            "ask": [{"site": Maybe(str), "country": str, "exchange": Maybe(str)}],
            "here": Maybe({"considered", "abandoned"}),
        }
    ],
    "log": [{"revision": int, "at": str, "what": str, "by": Maybe(str), "reason": Maybe(str), "undoes": Maybe(int)}],
    "diff": {"added": [{}], "withdrawn": [{}], "changed": [{}]},
    "stats": {
        "revision": int,
        "reports": int,
        "claims": {"origin": int, "adoption": int, "exchange": int, "outcome": int, "name": int},
        **{"innovations": int, "adoptions": int, "countries": int, "sites": int, "conflicts": int},
        "transfers": {"stated": int, "inferred": int, "assumed": int},
    },
    "why": {
        "subject": {"id": str},
        "claims": [
            {
                **CLAIM,
                "report": {"id": str, "title": Maybe(str), "url": Maybe(str), "year": Maybe(str)},
                **{"carrier": str, "locator": Maybe(str), "quote": Maybe(str), "method": str, "status": str},
                **{"review": str, "confidence": Maybe({"low", "medium", "high"}), "content": {}},
            }
        ],
        "judgements": [{}],
    },
}


def fits(value: Any, shape: Any, at: str, *, filled: bool = True) -> None:
    """Fail where a value lacks a key of a shape or is of another kind; `filled` also wants an entry in every list."""
    if isinstance(shape, Maybe):
        if value is not None:
            fits(value, shape.shape, at, filled=filled)
    elif isinstance(shape, dict):
        assert isinstance(value, dict), at
        for key, inner in shape.items():
            assert key in value, f"{at} has no {key!r}"
            fits(value[key], inner, f"{at}.{key}", filled=filled)
    elif isinstance(shape, list):
        assert isinstance(value, list), at
        for item in value:
            fits(item, shape[0], f"{at}[]", filled=filled)
    elif isinstance(shape, set):
        assert value in shape, f"{at}: {value!r}"
    elif shape is float:
        assert isinstance(value, int | float), f"{at}: {value!r}"
        assert not isinstance(value, bool), at
    else:
        assert type(value) is shape, f"{at}: {value!r}"


@pytest.fixture(scope="module")
def graph(graph_of: Callable[..., Ledger], say: Any, commit: Any) -> Ledger:
    """Return a graph with something to answer every question with."""
    ledger = graph_of(
        [
            say.origin(CUP, "IND", "1980"),
            say.origin(CUP, "IND", "1985", "b"),
            say.origin(CUP, None, "1970", "c"),
            say.adoption(CUP, "KEN", "1990", "a", stage="pilot", source_country="IND", channel="exchange visit"),
            say.adoption(CUP, "KEN", "1995", "b", stage="pilot", source_country="IND"),
            say.adoption(CUP, "USA", None, "b", source_country="KEN", site="Alpha Hospital"),
            say.adoption(CUP, "CHL", "2011-2012", "b", end="2015"),
            say.named(CUP, "Synthetic beaker"),
            say.exchange("tour", ["IND"], ["UGA"], "2000", shown=[CUP]),
            say.outcome("tour", "Synthetic outcome", mechanisms=["hands-on learning"]),
            say.outcome("tour", "Synthetic outcome 2", "b"),
        ]
    )
    commit(ledger, {"more.csv": [say.adoption("Synthetic band", "KEN", "2000", "d", source_country="USA")]})
    return ledger


QUESTIONS = [
    ("search", "synthetic"),
    ("show", CUP),
    ("show", "Kenya"),
    ("show", "Alpha Hospital"),
    ("show", "exchange:tour"),
    ("origins", CUP),
    ("spread", CUP),
    ("trace", CUP),
    ("curve", CUP),
    ("discover", "--possible"),
    ("discover", "--origin-income", "LMIC", "--adopted-income", "H"),
    ("flows",),
    ("flows", "--by", "income"),
    ("flows", "--by", "region"),
    ("reciprocity",),
    ("outcomes",),
    ("outcomes", "--by", "mechanism"),
    ("conflicts",),
    ("gaps", "Uganda"),
    ("log",),
    ("diff", "1", "2"),
    ("stats",),
    ("why", CUP),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_an_answer_has_the_shape_of_the_contract(graph: Ledger, run: Any, question: tuple[str, ...]) -> None:
    result = run(graph, *question, "--format", "json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert data
    fits(data, SHAPES[question[0]], question[0])


EMPTY: dict[tuple[str, ...], Any] = {
    ("search", "qqqqqqqq"): [],
    ("show", "qqqqqqqq"): {"subject": {"id": None, "class": None, "label": None, "aliases": []}},
    ("origins", "qqqqqqqq"): {
        "innovation": {"id": None, "label": None, "aliases": []},
        "origins": [],
        "contested": False,
    },
    ("spread", "qqqqqqqq"): {
        "innovation": {"id": None, "label": None, "aliases": []},
        "origins": [],
        "adoptions": [],
        "countries": [],
    },
    ("trace", "qqqqqqqq"): {"innovation": {"id": None, "label": None, "aliases": []}, "routes": [], "more": 0},
    ("curve", "qqqqqqqq"): {
        "innovation": {"id": None, "label": None, "aliases": []},
        "years": [],
        "undated": 0,
        "categories": [],
    },
    ("discover", "--adopter", "Iceland"): [],
    ("flows", "--since", "2090"): [],
    ("reciprocity", "--basis", "inferred"): [],
    ("outcomes", "--country", "Iceland"): [],
    ("outcomes", "--innovation", "qqqqqqqq"): [],
    ("conflicts", "Synthetic band"): [],
    ("conflicts", "qqqqqqqq"): [],
    ("gaps", "Kenya"): [],
    ("diff", "1", "1"): {"added": [], "withdrawn": [], "changed": []},
    ("why", "qqqqqqqq"): {"subject": {"id": None, "class": None, "label": None}, "claims": [], "judgements": []},
    ("why", "claim:0"): {"subject": {"id": None, "class": None, "label": None}, "claims": [], "judgements": []},
}


@pytest.mark.parametrize("question", EMPTY, ids=" ".join)
def test_nothing_found_is_exit_4_with_the_empty_shape(graph: Ledger, run: Any, question: tuple[str, ...]) -> None:
    result = run(graph, *question, "--format", "json")
    assert result.exit_code == 4, result.output
    assert json.loads(result.stdout) == EMPTY[question]


def test_a_route_that_is_not_there_keeps_the_innovation(graph: Ledger, run: Any) -> None:
    result = run(graph, "trace", CUP, "--to", "Norway", "--format", "json")
    assert result.exit_code == 4
    data = json.loads(result.stdout)
    assert (data["innovation"]["label"], data["routes"], data["more"]) == (CUP, [], 0)
