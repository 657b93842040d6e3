"""The page of queries: each runs on the bundled corpus, finds something, and answers as shown."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_sparql", ROOT / "docs" / "build_sparql.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_query_answers_as_the_page_shows(builder: ModuleType) -> None:
    text = builder.PAGE.read_text(encoding="utf-8")
    assert len(builder.EXAMPLE.findall(text)) >= 10
    # A query that finds nothing ends the build, by the command's exit code.
    assert builder.filled(text) == text, "stale; run docs/build_sparql.py and read what changed"
