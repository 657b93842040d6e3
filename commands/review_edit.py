"""Mending a claim's fields: all at once in the reader's editor, or one after the other at the prompt."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from typing import Any

import click

from ..graph.errors import SoutherlyError
from ..ingest.mending import fields_of, mended, words_of
from .review_screen import plain

_EDITORS = ("sensible-editor", "nano", "vim", "vi")  # that click looks for
_HEAD = "Mend what is wrong, save and close. Lists have semicolons; a blank value says nothing."


def mend(claim: dict[str, Any], *, terminal: bool) -> dict[str, Any] | None:
    """Return the content of a claim as somebody mended it, with its status and confidence; null if nothing changed.

    Raises:
        SoutherlyError: if the editor failed.

    """
    said = {**claim["content"], "status": claim["status"], "confidence": claim["confidence"]}
    if not (terminal and _has_editor()):
        return _prompted(claim["kind"], said)
    text = _as_text(claim, said)
    while True:
        try:
            written = click.edit(text, extension=".yaml")
        except click.ClickException as error:
            raise SoutherlyError(f"{error.message} Set $EDITOR to an editor that works here.") from None
        if written is None or written == text:
            return None
        try:
            fields = _read(written)
        except SoutherlyError as error:
            text = _with_remarks(written, [str(error)])
            continue
        result, wrong = mended(claim["kind"], said, fields)
        if not wrong:
            return result if result != said else None
        text = _with_remarks(written, [f"{field}: {problem}" for field, problem in wrong.items()])


def _has_editor() -> bool:
    told = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    return bool(told) or any(shutil.which(name) for name in _EDITORS)


def _prompted(kind: str, said: dict[str, Any]) -> dict[str, Any] | None:
    """Ask for a field and its words until nothing is asked for."""
    fields, now = fields_of(kind), dict(said)
    click.echo(f"Fields: {', '.join(fields)}.")
    while field := plain(_ask("Field (Enter when done)")):
        if field not in fields:
            click.echo(f"There is no field {field} in a claim of kind {kind}.")
            continue
        words = _ask(f"{field}, now “{plain(words_of(now, field))}” (- for nothing)")
        changed, wrong = (
            mended(kind, now, {field: "" if words.strip() == "-" else words}) if words.strip() else (now, {})
        )
        for problem in wrong.values():
            click.echo(plain(str(problem)))
        now = now if wrong else changed
    return now if now != said else None


def _ask(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False))


def _as_text(claim: dict[str, Any], said: Mapping[str, Any]) -> str:
    """Return the fields as lines of YAML, those that say something first, below the words that they rest on."""
    words = {field: words_of(said, field) for field in fields_of(claim["kind"])}
    head = [_HEAD, "", claim["kind"], plain(claim["quote"] or "(no quote)")]
    filled = [f"{field}: {_scalar(text)}" for field, text in words.items() if text]
    blank = [f"{field}:" for field, text in words.items() if not text]
    return "\n".join([*(f"# {line}".rstrip() for line in head), "", *filled, "", *blank, ""])


def _scalar(text: str) -> str:
    """Return a text as YAML reads it back: bare where that is possible."""
    import yaml

    try:
        bare = yaml.load(f"x: {text}", yaml.BaseLoader) == {"x": text}  # noqa: S506 # builds texts alone
    except yaml.YAMLError:
        bare = False
    return text if bare else json.dumps(text, ensure_ascii=False)


def _read(text: str) -> dict[str, str]:
    """Return the words by field. Every scalar stays text, so that NO is Norway.

    Raises:
        SoutherlyError: if it is no list of fields and words.

    """
    import yaml

    try:
        tree = yaml.load(text, yaml.BaseLoader)  # noqa: S506 # builds texts, lists and mappings alone
    except yaml.YAMLError as error:
        raise SoutherlyError(f"Found no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(tree, dict):
        raise SoutherlyError("Found no fields; expected lines such as `country: Kenya`.")
    words = {}
    for field, value in tree.items():
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) for item in items):
            raise SoutherlyError(f"Found fields inside {field}; expected words, or a list with semicolons.")
        words[str(field)] = "; ".join(items)
    return words


def _with_remarks(text: str, remarks: list[str]) -> str:
    """Return a text with what is wrong above it, in place of earlier remarks."""
    body = [line for line in text.splitlines() if not line.startswith("#!")]
    return "\n".join([*(f"#! {plain(remark)}" for remark in remarks), *body, ""])
