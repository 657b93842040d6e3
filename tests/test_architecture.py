"""The rooms of the house: who may import whom, who may speak to which engine. Each failure says the reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("ontology", "graph", "ingest", "queries", "exports", "web", "commands", "corpus")

#: Room to the rooms that it may import: ontology ← graph ← {ingest, queries} ← exports ← command line.
MAY = {
    "ontology": set(),
    "graph": {"ontology"},
    "ingest": {"ontology", "graph"},
    "queries": {"ontology", "graph"},
    "exports": {"ontology", "graph", "ingest", "queries"},
    "web": {"ontology", "graph", "queries", "exports"},
    "corpus": set(),
}

#: Package to the files that may import it, and why.
ENGINES = {
    "click": (("cli.py", "commands/"), "the library raises, only the command line prints"),
    "neo4j": (("graph/neo4j",), "one module knows the driver"),
    "pyoxigraph": (("graph/rdf",), "one module knows the store"),
    "pyshacl": (("graph/rdf_shapes",), "one module knows the validator"),
    "starlette": (("web/",), "the rest works without a server, which is an extra"),
    "uvicorn": (("web/",), "the rest works without a server, which is an extra"),
    "requests": ((), "nothing here reaches for the network"),
    "httpx": (("ingest/model/endpoint",), "only the model that a person configured is reached, and only there"),
    "pickle": ((), "data is never trusted"),
}


def modules() -> list[Path]:
    return sorted([*ROOT.glob("*.py"), *(f for room in ROOMS for f in (ROOT / room).rglob("*.py"))])


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (module, level) of every import, also those inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = [node.module] if node.module else [alias.name for alias in node.names]
            yield from ((name, node.level) for name in names)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_what_lies_below_it(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    if room not in MAY:
        return  # the root and the command line may use everything
    depth = len(path.relative_to(ROOT).parts) - 1  # a room may have rooms inside: ingest/extract
    for name, level in imports(path):
        if level == depth + 1:
            other = name.split(".")[0]
            assert other in MAY[room], f"{path}: {room} may not import {other}: the rooms build on each other one way"
        assert level <= depth + 1, f"{path}: an import that leaves the package"
        assert not (level == 0 and name.split(".")[0] == "southerly"), f"{path}: imports inside are relative"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_an_engine_is_known_to_its_own_module_only(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for name, level in imports(path):
        where, why = ENGINES.get(name.split(".")[0], ((place,), ""))
        assert level or place.startswith(tuple(where)), f"{place} imports {name}: {why}"


def test_only_the_ledger_writes_to_it() -> None:
    """`ledger.` tables are written by the ledger and by judgements, which open its drafts."""
    writers = set()
    for path in modules():
        text = path.read_text(encoding="utf-8")
        if any(f"{verb} ledger." in text or f"{verb} {{_ATTACHED}}." in text for verb in ("INSERT INTO", "UPDATE")):
            writers.add(path.name)
    assert writers <= {"ledger.py", "judgements.py"}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_says_what_it_means_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{path}: the first line says what the module means"
    assert text.count("\n") <= 400, f"{path}: split it; a module has one reason to change"


def test_importing_the_package_reads_no_clock_environment_or_network() -> None:
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                continue
            text = ast.unparse(node)
            for forbidden in ("datetime.now(", "time.time(", "os.environ", "getenv(", "urlopen("):
                assert forbidden not in text, f"{path}: {forbidden} at import, so tests and as-of answers could differ"
