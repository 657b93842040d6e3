"""Runs the examples in README.md and docs/tutorial.md on the bundled corpus and writes what they print below them.

A `python` block is a cell of one notebook: its output, if any, stands in the `text` block after it. A `console` block
holds commands after `$ ` and what each prints. Everything runs in a temporary folder; a test fails on stale output.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial.md")

_WIDTH = "110"  # columns of the terminal that the examples are shown in
_EXAMPLE = re.compile(r"```(python|console)\n(.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)  # of revision 1, so that no example depends on the day


@cache
def _built() -> tempfile.TemporaryDirectory[str]:
    """Return a folder with a graph of the bundled corpus, made once; it goes when Python ends."""
    from southerly.corpus import reports
    from southerly.graph.ledger import Ledger
    from southerly.ingest.pipeline import ingest_corpus

    folder = tempfile.TemporaryDirectory(prefix="southerly-docs-")
    ingest_corpus(Ledger(Path(folder.name) / "southerly-graph"), reports(), now=_WHEN)
    return folder


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """Work in a temporary folder that holds a graph of the bundled corpus, named as it is by default."""
    with tempfile.TemporaryDirectory(prefix="southerly-docs-") as folder, contextlib.chdir(folder):
        shutil.copytree(Path(_built().name) / "southerly-graph", "southerly-graph")
        before = {name: os.environ.get(name) for name in ("SOUTHERLY_GRAPH", "COLUMNS")}
        os.environ.pop("SOUTHERLY_GRAPH", None)
        os.environ["COLUMNS"] = _WIDTH
        try:
            yield Path(folder)
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value


def filled(text: str) -> str:
    """Return a page with the outputs that its examples have now; call it in a workplace."""
    names: dict[str, Any] = {"__name__": "__main__"}

    def rerun(found: re.Match[str]) -> str:
        kind, source = found.groups()
        if kind == "console":
            commands = [line for line in source.splitlines() if line.startswith("$ ")]
            return "```console\n" + "\n".join(f"{line}\n{run_command(line)}" for line in commands) + "```\n"
        output = run_cell(source, names)
        return f"```python\n{source}```\n" + (f"\n```text\n{output}\n```\n" if output else "")

    return _EXAMPLE.sub(rerun, text)


def run_cell(code: str, names: dict[str, Any]) -> str:
    """Run a cell as a notebook does: what it prints, then its last expression."""
    tree = ast.parse(code)
    last = tree.body[-1] if tree.body else None
    shows = last.value if isinstance(last, ast.Expr) else None
    if shows:
        tree.body.pop()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102 - the tutorial of this repository
        value = eval(compile(ast.Expression(shows), "<cell>", "eval"), names) if shows else None  # noqa: S307 - same
    if value is not None:
        shown = value.to_string(index=False, max_colwidth=48) if hasattr(value, "to_string") else repr(value)
        out.write(shown)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def run_command(line: str) -> str:
    """Run a command line of ours and return what it prints, notes included."""
    from click.testing import CliRunner
    from southerly.cli import main

    program, *arguments = shlex.split(line.removeprefix("$ "))
    if program != "southerly":
        raise ValueError(f"{line}: only our own commands are run")
    output = CliRunner().invoke(main, arguments, catch_exceptions=False).output
    return "".join(f"{shown.rstrip()}\n" for shown in output.splitlines())


def write_all() -> None:
    """Write the outputs into the pages."""
    for path in PAGES:
        with workplace():
            text = filled(path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    write_all()
