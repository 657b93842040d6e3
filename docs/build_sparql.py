"""Runs the queries in docs/how-to/sparql.md on the bundled corpus and writes what they answer below them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "how-to" / "sparql.md"

#: A query, and the answer below it if there is one yet.
EXAMPLE = re.compile(r"```sparql\n(.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)


def _tutorial() -> ModuleType:
    """Load the script beside this one: it makes the graph that examples are run on."""
    spec = importlib.util.spec_from_file_location("build_tutorial", Path(__file__).with_name("build_tutorial.py"))
    if spec is None or spec.loader is None:
        raise ImportError("build_tutorial.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(query: str) -> str:
    """Return what the command prints for a query; call it in a workplace."""
    from click.testing import CliRunner
    from southerly.cli import main

    graph = query.startswith("CONSTRUCT")
    options = ["--format", "ntriples"] if graph else []
    done = CliRunner().invoke(main, ["sparql", "--quiet", *options, query], catch_exceptions=False)
    if done.exit_code:
        raise ValueError(f"exit {done.exit_code}: {done.output}\n{query}")
    lines = done.stdout.rstrip("\n").splitlines()
    return "\n".join(sorted(lines) if graph else lines)  # a graph has no order


def filled(text: str) -> str:
    """Return the page with the answers that its queries have now."""
    with _tutorial().workplace():
        return EXAMPLE.sub(lambda found: f"```sparql\n{found[1]}```\n\n```text\n{answer(found[1])}\n```\n", text)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
