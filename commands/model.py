"""How a command reaches a language model: from the environment or a private file; and what is said before it does."""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..graph.errors import SoutherlyError, WrongUse
from .common import tell

if TYPE_CHECKING:
    from ..ingest.model.endpoint import Endpoint
    from ..ingest.model.run import Plan


@dataclass(frozen=True, slots=True)
class Settings:
    """A model, and what a million tokens of it cost, where that is known."""

    endpoint: Endpoint
    price_in: float | None
    price_out: float | None


def settings_of(price_in: float | None, price_out: float | None) -> Settings:
    """Gather which model is asked, where. Nothing is configured unless somebody did it.

    Raises:
        WrongUse: if no model is configured, or it makes no sense.
        SoutherlyError: if others may read the file that holds the key.

    """
    from ..ingest.model.endpoint import Endpoint

    kept = _config()
    url = os.environ.get("SOUTHERLY_MODEL_URL") or kept.get("url")
    model = os.environ.get("SOUTHERLY_MODEL") or kept.get("model")
    if not url or not model:
        raise WrongUse(
            f"No model is configured; expected $SOUTHERLY_MODEL_URL and $SOUTHERLY_MODEL, or `url` and `model` in "
            f"{_config_file()}. Without --model, rules read the report on this machine"
        )
    # A key in the file is for the server in the file, and goes nowhere else.
    key = os.environ.get("SOUTHERLY_MODEL_KEY") or (kept.get("key") if url == kept.get("url") else None)
    endpoint = Endpoint(str(url), str(model), str(key).strip() if key else None, _number(kept, "timeout") or 180.0)
    return Settings(
        endpoint,
        price_in if price_in is not None else _number(kept, "price_in"),
        price_out if price_out is not None else _number(kept, "price_out"),
    )


def agree(plan: Plan, settings: Settings, *, yes: bool) -> None:
    """Say what is about to leave this machine and what it may cost; ask, unless the person has said yes.

    Raises:
        WrongUse: if nobody can be asked.

    """
    if not plan.missing:
        tell(f"All {_count(plan.parts, 'part')} were answered before: nothing is sent.")
        return
    reports = ", ".join(report.path.name for report, _ in plan.reports[:3])
    more = f" and {len(plan.reports) - 3} more" if len(plan.reports) > 3 else ""
    before = plan.parts - len(plan.missing)
    where = "on this machine" if settings.endpoint.at_home else f"to {settings.endpoint.host}, away from this machine"
    tell(
        f"The words of {reports}{more} go to the model {plan.model} {where}: {_count(len(plan.missing), 'part')}"
        + (f" ({before} more were answered before)." if before > 0 else ".")
    )
    price = plan.price(settings.price_in, settings.price_out)
    tell(
        f"About {plan.tokens_in:,} tokens in (a token for every 3 characters), at most {plan.tokens_out:,} out"
        + (
            f": at most {price:,.2f} by your prices."
            if price is not None
            else "; --price-in and --price-out tell the cost."
        )
    )
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise WrongUse("Nothing was sent: there is no terminal to ask whether it may be. Say --yes if it may")
    if not click.confirm("Send it?", default=False, err=True):
        raise SoutherlyError("Nothing was sent and nothing written.")


def cache_folder() -> Path:
    """Return where answers of models are kept (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "southerly" / "model"


def _config_file() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "southerly" / "model.toml"


def _config() -> dict[str, Any]:
    path = _config_file()
    try:
        private = not stat.S_IMODE(path.stat().st_mode) & 0o077
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SoutherlyError(
            f"{path}: {error}; expected TOML with url, model, key, price_in, price_out, timeout. Mend the file."
        ) from error
    if "key" in found and not private:
        raise SoutherlyError(
            f"{path}: others may read this file, and it holds a key; expected that only you may. Run: chmod 600 {path}"
        )
    return found


def _number(kept: dict[str, Any], name: str) -> float | None:
    value = kept.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
        raise SoutherlyError(f"{_config_file()}: {name} = {value!r}; expected a number of 0 or more. Mend the file.")
    return float(value)


def _count(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"
