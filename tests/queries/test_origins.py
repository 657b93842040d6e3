"""`origins`: where an innovation began, and who says so."""

from __future__ import annotations

from typing import Any

from southerly.queries.origins import origins

CUP = "Synthetic cup"


def test_the_country_of_most_reports_comes_first_and_the_unnamed_last(graph_of: Any, say: Any, known: Any) -> None:
    rows = [
        say.origin(CUP, None, "1960", "d"),
        say.origin(CUP, "BRA", "1970"),
        say.origin(CUP, "COL", "1978", "b"),
        say.origin(CUP, "COL", "1970s", "c", site="Alpha Hospital"),
    ]
    answer = origins(known(graph_of(rows)), CUP)
    assert answer.data["contested"]
    found = [
        (o["country"], o["site"], o["when"], o["earliest"], o["latest"], len(o["claims"]))
        for o in answer.data["origins"]
    ]
    assert found == [
        ("COL", "Alpha Hospital", "1978", "1978-01-01", "1978-12-31", 2),
        ("BRA", None, "1970", "1970-01-01", "1970-12-31", 1),
        (None, None, "1960", "1960-01-01", "1960-12-31", 1),
    ]


def test_an_unnamed_country_contests_nothing(graph_of: Any, say: Any, known: Any) -> None:
    rows = [say.origin(CUP, None, "1960", "d"), say.origin(CUP, "COL", None)]
    answer = origins(known(graph_of(rows)), CUP)
    assert not answer.data["contested"]
    assert answer.data["origins"][0]["when"] is None


def test_an_innovation_without_a_claimed_origin_has_the_empty_shape(graph_of: Any, say: Any, run: Any) -> None:
    result = run(graph_of([say.adoption(CUP, "KEN")]), "origins", CUP, "--format", "json")
    assert result.exit_code == 4
    assert '"origins": []' in result.stdout
    assert '"contested": false' in result.stdout
