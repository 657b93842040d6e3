"""The command line. This file only names the commands; each group of them lives in `commands/` and loads when used."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

import click

#: Command to (module in `commands/`, one line of help). The order is the order of `southerly --help`.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("build", "Build the bundled corpus and show the first answers."),
    "ingest": ("build", "Read reports: files, folders, patterns or - for standard input."),
    "extract": ("extract", "Read a report in prose and fill in an exchange report to mend."),
    "template": ("build", "Print or save an empty exchange report to fill in."),
    "search": ("ask", "Find innovations, countries, sites, exchanges and reports."),
    "show": ("ask", "All that is known of one thing."),
    "why": ("ask", "The claims behind anything, with quotes and places."),
    "origins": ("ask", "Where an innovation began."),
    "spread": ("ask", "Who took an innovation up, where, when, from whom."),
    "trace": ("ask", "By which routes an innovation travelled."),
    "curve": ("ask", "How many countries had taken an innovation up by each year."),
    "discover": ("survey", "Innovations by where they began and who adopted them."),
    "flows": ("survey", "Who learns from whom."),
    "reciprocity": ("survey", "How far learning goes both ways."),
    "outcomes": ("survey", "What exchanges led to, and why."),
    "conflicts": ("survey", "Where reports disagree."),
    "gaps": ("survey", "What a country has not yet taken up and countries alike have."),
    "stats": ("survey", "How much there is of everything."),
    "verify": ("survey", "Whether what is kept beside the ledger says what it says."),
    "judge": ("work", "Decide on names, claims and conflicts."),
    "review": ("review", "Go through candidate claims: accept, mend or refuse."),
    "retract": ("work", "Withdraw a report and what it alone supports."),
    "undo": ("work", "Undo a revision."),
    "log": ("work", "The history of this graph."),
    "diff": ("work", "What two revisions say differently."),
    "export": ("take", "Write diffusion networks and sources for other tools."),
    "neo4j": ("neo4j", "Keep the same graph in a Neo4j server: push, verify."),
    "sparql": ("rdf", "Ask the graph in SPARQL."),
    "validate": ("rdf", "Check the graph, or other RDF, against the shapes of the model."),
    "serve": ("rdf", "Serve the graph to other programs by SPARQL."),
}


#: Commands that also answer from a server. What writes, and what needs the history, needs the ledger itself.
READS = (
    *("search", "show", "why", "origins", "spread", "trace", "curve"),
    *("discover", "flows", "reciprocity", "outcomes", "conflicts", "gaps", "stats"),
)


class Place(click.Path):
    """Where a graph is: a folder, or the address of a Neo4j server (text with `://`)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Tell the two apart; a folder must not be a file."""
        return value if "://" in str(value) else super().convert(value, param, ctx)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, so that `--help` stays instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order that people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f".commands.{COMMANDS[cmd_name][0]}", __package__)
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one gets the nearest as a hint."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, 1, 0.6)
            hint = f" Did you mean “{near[0]}”?" if near else " `southerly --help` lists them all."
            ctx.fail(f"There is no command “{name}”.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--graph",
    "folder",
    metavar="DIR|URI",
    type=Place(path_type=Path, file_okay=False),
    help="The graph's folder, or neo4j://HOST:PORT[/DATABASE] for a graph that was pushed to a server. "
    "Default: $SOUTHERLY_GRAPH, else ./southerly-graph.",
)
@click.version_option(package_name="southerly", prog_name="southerly")
@click.pass_context
def main(ctx: click.Context, folder: Path | str | None) -> None:
    """Southerly: how health innovations travel between countries, and how we know.

    \b
      southerly demo                           a first look, with real reports
      southerly ingest reports/                read your own
      southerly spread "kangaroo care"         who took it up, when, from whom
      southerly trace DHIS2 --to Norway        by which route
      southerly discover --origin-income LMIC --adopted-income H

    Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 failed and nothing changed,
    2 wrong usage, 3 done but some records were set aside, 4 nothing found.
    """
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        ctx.color = False
    found = folder or os.environ.get("SOUTHERLY_GRAPH") or "southerly-graph"
    ctx.obj = found if "://" in str(found) else Path(found)
    if isinstance(ctx.obj, str) and ctx.invoked_subcommand not in READS:
        ctx.fail(
            f"`{ctx.invoked_subcommand}` does not run on a server: it writes, or needs what only the ledger has. "
            "Give --graph the graph's folder (or set $SOUTHERLY_GRAPH to it), and push again after writing."
        )
