"""`--include-candidates`: what rests on claims alone that nobody has reviewed is shown, and marked, in every answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from southerly.graph.judgements import judge_claim
from southerly.graph.ledger import Ledger

CUP, NET = "Synthetic cup", "Synthetic net"


def unreviewed(claim: dict[str, Any]) -> dict[str, Any]:
    """Return a claim as a rule would make it, for somebody to review."""
    return claim | {"review": "candidate", "method": "rule"}


@pytest.fixture(scope="module")
def graph(graph_of: Callable[..., Ledger], say: Any) -> Ledger:
    """Return a graph of one innovation with accepted claims of report a, and candidates of report b beside them."""
    return graph_of(
        [
            say.origin(CUP, "IND", "1990"),
            say.adoption(CUP, "KEN", "2000", source_country="IND"),
            say.adoption(CUP, "UGA", "2003"),
            say.outcome("x", "accepted outcome", countries=["KEN"]),
            unreviewed(say.origin(CUP, "IND", "1990", "b")),
            unreviewed(say.origin(CUP, "BGD", "1991", "b")),
            unreviewed(say.adoption(CUP, "KEN", "2001", "b", source_country="IND")),
            unreviewed(say.adoption(CUP, "UGA", "2003", "b", source_country="KEN")),
            unreviewed(say.adoption(CUP, "TZA", "2005", "b", source_country="KEN", site="Alpha Hospital")),
            unreviewed(say.adoption(CUP, None, "2005", "b", country_said="Africa")),
            unreviewed(say.outcome("x", "unreviewed outcome", "b", countries=["KEN", "TZA"])),
            unreviewed(say.adoption(NET, "MWI", "2007", "b")),
        ]
    )


@pytest.fixture(scope="module")
def asked(graph: Ledger, run: Any) -> Callable[..., Any]:
    """Return the function that asks the command line for JSON, candidates included."""

    def ask(*words: str) -> Any:
        result = run(graph, *words, "--include-candidates", "--format", "json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return ask


@pytest.fixture(scope="module")
def listed(graph: Ledger, run: Any) -> Callable[..., list[dict[str, str]]]:
    """Return the function that asks for the lines of the table, candidates included."""

    def ask(*words: str) -> list[dict[str, str]]:
        result = run(graph, *words, "--include-candidates", "--format", "csv")
        return list(csv.DictReader(io.StringIO(result.stdout)))

    return ask


def test_spread_marks_an_adoption_and_a_source_of_candidates_alone(asked: Any, listed: Any) -> None:
    told = asked("spread", CUP)
    assert {a["country"]: a["review"] for a in told["adoptions"]} == {
        "KEN": "accepted",  # one claim accepted, one not
        "UGA": "accepted",
        "TZA": "candidate",
    }
    assert {a["country"]: [s["review"] for s in a["learned_from"]] for a in told["adoptions"]} == {
        "KEN": ["accepted"],
        "UGA": ["candidate"],  # that it was taken up is accepted, from whom is not
        "TZA": ["candidate"],
    }
    assert {o["country"]: o["review"] for o in told["origins"]} == {"IND": "accepted", "BGD": "candidate"}
    assert [u["review"] for u in told["unplaced"]] == ["candidate"]
    lines = {line["country"]: line for line in listed("spread", CUP)}
    assert {country: "candidate" in line["marks"] for country, line in lines.items()} == {
        "Kenya": False,
        "Uganda": False,
        "Tanzania": True,
    }
    assert lines["Uganda"]["learned from"] == "Kenya (candidate)"


def test_trace_marks_the_hops(asked: Any, listed: Any) -> None:
    reviews = {
        (hop["from"]["country"], hop["to"]["country"]): hop["review"]
        for route in asked("trace", CUP)["routes"]
        for hop in route["hops"]
    }
    assert reviews == {("IND", "KEN"): "accepted", ("KEN", "UGA"): "candidate", ("KEN", "TZA"): "candidate"}
    assert {line["to"]: line["basis"] for line in listed("trace", CUP)} == {
        "Kenya": "stated",
        "Uganda": "stated (candidate)",
        "Tanzania": "stated (candidate)",
    }


def test_origins_and_conflicts_mark_who_nobody_has_reviewed(asked: Any, listed: Any) -> None:
    assert {o["country"]: o["review"] for o in asked("origins", CUP)["origins"]} == {
        "IND": "accepted",
        "BGD": "candidate",
    }
    assert {line["country"]: line["marks"] for line in listed("origins", CUP)} == {
        "India": "",
        "Bangladesh": "candidate",
    }
    values = {(c["field"], v["value"]): v["review"] for c in asked("conflicts", CUP) for v in c["values"]}
    assert values == {
        ("origin.country", "IND"): "accepted",
        ("origin.country", "BGD"): "candidate",
        ("adoption.when", "2000"): "accepted",
        ("adoption.when", "2001"): "candidate",
    }


def test_outcomes_mark_a_group_of_candidates_alone(asked: Any, listed: Any) -> None:
    groups = {g["group"]["country"]: (g["outcomes"], g["review"]) for g in asked("outcomes", "--by", "country")}
    assert groups == {"KEN": (2, "accepted"), "TZA": (1, "candidate")}
    assert {line["country"]: line["marks"] for line in listed("outcomes", "--by", "country")} == {
        "Kenya": "",
        "Tanzania": "candidate",
    }


@pytest.mark.parametrize("name", [CUP, "Tanzania"])
def test_show_and_why_mark_the_claims_alike(name: str, asked: Any, listed: Any) -> None:
    known = {claim["id"]: claim["review"] for claim in asked("why", name)["claims"]}
    assert "candidate" in known.values()
    told = asked("show", name)
    entries = [e for section in ("exchanges", "outcomes") for e in told[section]]
    entries += told["adoptions"] if name == "Tanzania" else []
    assert all(entry["review"] == known[entry["claim"]] for entry in entries)
    for question in ("show", "why"):
        marks = {line["id"]: line["marks"] for line in listed(question, name) if line["id"] in known}
        assert marks == {id_: "candidate" if review == "candidate" else "" for id_, review in known.items()}


def test_search_marks_what_no_accepted_claim_speaks_of(asked: Any, listed: Any) -> None:
    found = {
        hit["id"]: hit["review"]
        for text in ("Synthetic", "Kenya", "Tanzania", "Alpha")
        for hit in asked("search", text)
    }
    assert {id_: found[id_] for id_ in found if not id_.startswith("url:")} == {
        "innovation:synthetic-cup": "accepted",
        "innovation:synthetic-net": "candidate",
        "country:KEN": "accepted",
        "country:TZA": "candidate",
        "site:TZA:alpha-hospital": "candidate",
    }
    outcomes = {hit["matched"]: hit["review"] for hit in asked("search", "reviewed outcome")}
    assert outcomes == {"unreviewed outcome": "candidate"}
    assert [line["marks"] for line in listed("search", NET)] == ["candidate"]


@pytest.mark.parametrize(
    "words",
    [
        ("flows",), ("discover",), ("reciprocity",), ("curve", CUP), ("gaps", "Malawi"), ("stats",), ("spread", CUP),
        ("show", CUP), ("why", CUP), ("search", "Synthetic"),
    ],
)  # fmt: skip
def test_every_answer_says_once_how_many_unreviewed_claims_count(
    words: tuple[str, ...], graph: Ledger, run: Any
) -> None:
    told = run(graph, *words, "--include-candidates").stderr
    assert told.count("nobody has reviewed them: 8.") == 1
    assert "reviewed" not in run(graph, *words).stderr


@pytest.mark.parametrize("words", [("spread", CUP), ("trace", CUP), ("show", CUP), ("outcomes",), ("conflicts",)])
def test_by_default_there_are_no_candidates_and_all_is_accepted(
    words: tuple[str, ...], graph: Ledger, run: Any
) -> None:
    told = run(graph, *words, "--format", "json").stdout
    assert "candidate" not in told
    assert '"review": "accepted"' in told or words == ("conflicts",)


def test_what_a_reviewer_accepts_is_marked_no_more(graph_of: Any, say: Any, run: Any) -> None:
    ledger = graph_of([unreviewed(say.adoption(CUP, "TZA", "2005", source_country="KEN"))])
    asked = ("spread", CUP, "--include-candidates", "--format", "json")
    (adoption,) = json.loads(run(ledger, *asked).stdout)["adoptions"]
    assert adoption["review"] == "candidate"
    judge_claim(ledger, "accept", adoption["claims"][0], by="synthetic analyst", reason="synthetic")
    result = run(ledger, *asked)
    (adoption,) = json.loads(result.stdout)["adoptions"]
    assert (adoption["review"], adoption["learned_from"][0]["review"]) == ("accepted", "accepted")
    assert "reviewed" not in result.stderr
    (claim,) = json.loads(run(ledger, "why", CUP, "--format", "json").stdout)["claims"]
    assert claim["review"] == "accepted"


@pytest.mark.parametrize(
    ("exchange", "adoption", "expected"),
    [
        ("accepted", "accepted", "accepted"),
        ("candidate", "accepted", "candidate"),
        ("accepted", "candidate", "candidate"),
    ],
)
def test_an_inference_stands_on_the_adoption_and_on_what_explains_it(
    exchange: str, adoption: str, expected: str, graph_of: Any, say: Any, run: Any
) -> None:
    ledger = graph_of(
        [
            say.exchange("visit", ["IND"], ["KEN"], "1999", shown=[CUP]) | {"review": exchange},
            say.adoption(CUP, "KEN", "2000", "b") | {"review": adoption},
        ]
    )
    told = json.loads(run(ledger, "spread", CUP, "--include-candidates", "--format", "json").stdout)
    (source,) = told["adoptions"][0]["learned_from"]
    assert (source["basis"], source["review"]) == ("inferred", expected)
    assert told["adoptions"][0]["review"] == adoption
