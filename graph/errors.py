"""What can go wrong that a person can mend, each with words that say how."""

from __future__ import annotations


class SoutherlyError(Exception):
    """Something failed and nothing was changed. The message says what to do next."""


class NoLedger(SoutherlyError):
    """The graph directory holds no ledger."""


class WrongUse(SoutherlyError):
    """An option's value fits nothing: no such country, term, date or revision."""


class NotFound(SoutherlyError):
    """A name or id is in no claim of this graph."""


class Ambiguous(SoutherlyError):
    """A name fits several things; `candidates` are (id, label) pairs."""

    def __init__(self, name: str, candidates: list[tuple[str, str]]) -> None:
        self.candidates = candidates
        listed = "; ".join(f"{label} ({id_})" for id_, label in candidates[:10])
        rest = f"; and {len(candidates) - 10} more" if len(candidates) > 10 else ""
        super().__init__(f"“{name}” fits {len(candidates)} things: {listed}{rest}. Give the id, or more of the name.")
