"""The docs say what is so: the reference is as the code has it, examples print what is shown, commands exist."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
import southerly
from southerly.cli import COMMANDS, main
from southerly.graph.claims import CONTENT, EVIDENCE
from southerly.ingest.mapping_file import load_mapping

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`(southerly [^`\n]+)`")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@cache
def builder(name: str) -> ModuleType:
    """Load a script of docs/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands_of(page: str) -> Iterator[str]:
    """Yield the command lines of ours that a page shows in shell blocks and in running text."""
    for kind, block in _FENCE.findall(page):
        if kind in ("sh", "console"):
            for line in block.splitlines():
                if line.removeprefix("$ ").startswith("southerly "):
                    yield line.removeprefix("$ ")
    yield from _INLINE.findall(_FENCE.sub("", page))


def parse(line: str) -> None:
    """Parse a command line as click does, without running it; raises UsageError if it is wrong."""
    words = shlex.split(line, comments=True)[1:]
    context = click.Context(main, info_name="southerly")
    command: click.Command = main
    while words:
        values, words, _ = command.make_parser(context).parse_args(words)
        flags = {"help", "version"} & {name for name, value in values.items() if value is True}
        if flags or not isinstance(command, click.Group):
            check_values(command, context, values, words, complete=not flags)
            return
        if words:
            found = command.get_command(context, words[0])
            if found is None:
                raise click.UsageError(f"no command {words[0]}")
            context, command, words = click.Context(found, parent=context, info_name=words[0]), found, words[1:]
    missing = [p.name for p in command.params if p.required]
    if missing and " " in line.removeprefix("southerly "):
        raise click.UsageError(f"{line}: lacks {missing}")


def check_values(
    command: click.Command, context: click.Context, values: dict[str, Any], left: list[str], *, complete: bool
) -> None:
    if left:
        raise click.UsageError(f"too many arguments: {left}")
    for parameter in command.params:
        value = values.get(parameter.name or "")
        given = [v for v in (value if isinstance(value, (list, tuple)) else [value]) if isinstance(v, str)]
        if complete and parameter.required and not given:
            raise click.UsageError(f"lacks {parameter.name}")
        if isinstance(parameter.type, click.Choice):
            for word in given:
                parameter.type.convert(word, parameter, context)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_that_a_page_shows_can_be_typed(page: Path) -> None:
    for line in commands_of(page.read_text(encoding="utf-8")):
        try:
            parse(line)
        except click.UsageError as error:
            pytest.fail(f"{page.name} shows `{line}`: {error.format_message()}")


@pytest.mark.parametrize(
    "line",
    ["southerly sprad X", "southerly spread X --form json", "southerly outcomes --by mood", "southerly judge same A B"],
)
def test_a_wrong_command_would_be_noticed(line: str) -> None:
    with pytest.raises(click.UsageError):
        parse(line)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        if link.startswith(("http://", "https://")):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), f"{page.name} links to {link}, which is not there"
        if anchor:
            headings = _HEADING.findall(_FENCE.sub("", target.read_text(encoding="utf-8")))
            assert anchor in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, link


def test_every_command_is_documented_and_has_help() -> None:
    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    context = click.Context(main, info_name="southerly")
    for name, (_, line) in COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None
        assert command.help, name
        assert line.endswith("."), name
        assert f"\n## southerly {name}\n" in page
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{name} {option.name}"


def test_generated_pages_are_not_stale() -> None:
    reference = builder("build_reference")
    named = {path.name for path in reference.pages()}
    assert named >= {"cli.md", "graph.md", "tables.md", "read-any-table.md", "ontology.md"}
    script = ROOT / "docs" / "build_reference.py"
    checked = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_every_column_of_a_claim_is_explained() -> None:
    assert builder("build_reference").MEANINGS.keys() == (CONTENT | EVIDENCE).keys()


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_examples_print_what_is_shown(page: str) -> None:
    tutorial = builder("build_tutorial")
    text = (ROOT / page).read_text(encoding="utf-8")
    with tutorial.workplace():
        assert tutorial.filled(text) == text, f"{page} is stale; run `make docs` and read what changed"


def test_the_mapping_file_that_is_explained_can_be_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "read-any-table.md").read_text(encoding="utf-8")
    (block,) = (block for kind, block in _FENCE.findall(page) if kind == "yaml")
    (tmp_path / "mapping.yaml").write_text(block, encoding="utf-8")
    mapping = load_mapping(tmp_path / "mapping.yaml")
    assert mapping.columns() == {"vaccine", "nation", "first_year", "remarks"}


def keys_of(value: Any) -> set[str]:
    """Return the keys of an answer at every depth, but for those that are data."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if not isinstance(value, dict):
        return set()
    data = {"content", "levels", "stages", "group"}
    return set(value).union(*(keys_of(v) for k, v in value.items() if k not in data))


def test_the_json_reference_has_every_key() -> None:
    page = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## ([\w ]+)\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE))
    shared = page.split("\n## ", 1)[0]
    with builder("build_tutorial").workplace():
        kg = southerly.open("southerly-graph")
        answers = {
            "search": kg.search("milk bank"),
            "show": kg.show("Friendship Bench"),
            "why": kg.why("Friendship Bench"),
            "origins": kg.origins("Friendship Bench"),
            "spread": kg.spread("kangaroo care"),
            "trace": kg.trace("Community-oriented primary care", source="China", target="USA"),
            "discover": kg.discover(origin_income="LMIC", adopted_income="H"),
            "flows": kg.flows(),
            "reciprocity": kg.reciprocity(),
            "outcomes": kg.outcomes("mechanism"),
            "conflicts": kg.conflicts(),
            "stats": kg.stats(),
            "log and diff": kg.log(),
        }
        for name, answer in answers.items():
            told = shared + sections[name] + (sections["spread"] + sections["conflicts"] if name == "show" else "")
            keys = keys_of(json.loads(json.dumps(answer.to_dict())))
            missing = sorted(key for key in keys if f'"{key}"' not in told)
            assert not missing, f"json.md says nothing of {missing} in {name}"
