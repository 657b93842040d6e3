"""How a command reaches a Neo4j server: from options, the environment, the config file, or a terminal that can ask."""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..graph.errors import SoutherlyError, WrongUse

if TYPE_CHECKING:
    from ..graph.neo4j_server import Address


def address_of(uri: str | None, database: str | None, user: str | None) -> Address:
    """Gather where the server is and who asks: from options, the environment, the config file, the terminal."""
    from ..graph.neo4j_server import Address

    found = uri or os.environ.get("NEO4J_URI")
    if not found:
        raise WrongUse(
            "No server is named; expected an address, e.g. `southerly neo4j push neo4j://localhost:7687`, or $NEO4J_URI"
        )
    # Made without a password first, so that an address that makes no sense is told before anybody is asked.
    address = Address(found, database=database)
    kept = _config().get(found, {})
    name = user or os.environ.get("NEO4J_USERNAME") or str(kept.get("user", "neo4j"))
    password = os.environ.get("NEO4J_PASSWORD") or kept.get("password")
    if password is None and sys.stdin.isatty():
        password = click.prompt(f"Password of {name} at {found}", hide_input=True, err=True)
    if password is None:
        raise WrongUse(
            f"{address}: no password for user “{name}”; expected it in $NEO4J_PASSWORD, in {_config_file()}, or from a "
            "terminal that can ask for it"
        )
    return Address(found, name, str(password), database)


def _config_file() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "southerly" / "neo4j.toml"


def _config() -> dict[str, dict[str, Any]]:
    path = _config_file()
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SoutherlyError(
                f"{path}: others may read this file, and it holds passwords; expected that only you may. "
                f"Run: chmod 600 {path}"
            )
        found: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SoutherlyError(f"{path}: {error}; expected TOML, see `southerly neo4j --help`. Mend the file.") from error
    return found
