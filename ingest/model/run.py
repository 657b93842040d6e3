"""Reports read by a model: what would be sent and what it may cost, then the questions, the answers and their checks.

Planning sends nothing. A part that gets no usable answer is set aside with its reason; the others are kept, and their
answers too, so that another run asks only for what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..extract.candidates import Candidate
from ..prose.blocks import quote_at
from ..report_extract import Extract, Report, filled_from
from ..report_write import Aside, in_words
from .cache import Cache
from .checks import Checker, proposals
from .endpoint import MAX_OUT, Client, Failed
from .parts import parts_of
from .prompt import SYSTEM, VERSION, key_of, schema_text

#: Characters of a token, on the low side: most tokenizers have about four in English, fewer in other languages.
_TOKEN = 3
_IN_A_ROW = 3  # failures after which the server is left alone


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report, and the key of the answer about it."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be asked about some reports."""

    model: str
    reports: tuple[tuple[Report, tuple[Part, ...]], ...]
    missing: frozenset[str]  # keys of the answers that the cache does not have
    tokens_in: int
    tokens_out: int  # at most

    @property
    def parts(self) -> int:
        """How many parts the reports have."""
        return sum(len(parts) for _, parts in self.reports)

    def price(self, price_in: float | None, price_out: float | None) -> float | None:
        """Return what it may cost at most, by prices of a million tokens; null without them."""
        if price_in is None or price_out is None:
            return None
        return (self.tokens_in * price_in + self.tokens_out * price_out) / 1e6


@dataclass(slots=True)
class Reading:
    """What became of one report: the form, what was refused, and the parts without an answer."""

    extract: Extract
    refused: Counter[str]
    failed: list[tuple[str, str]] = field(default_factory=list)  # place, reason
    answered: int = 0


@dataclass(slots=True)
class Spent:
    """What the server counted in a run."""

    questions: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


def plan(model: str, reports: Iterable[Report], cache: Cache) -> Plan:
    """Return what would have to be asked about some reports. Sends nothing."""
    planned = []
    missing: dict[str, int] = {}
    for report in reports:
        text = report.prose.text
        parts = tuple(Part(a, b, key_of(model, text[a:b])) for a, b in parts_of(report.prose))
        planned.append((report, parts))
        missing |= {part.key: part.end - part.start for part in parts if cache.get(part.key) is None}
    every = len(SYSTEM) + len(schema_text())
    tokens = sum((every + size) // _TOKEN + 1 for size in missing.values())
    return Plan(model, tuple(planned), frozenset(missing), tokens, len(missing) * MAX_OUT)


def read(
    report: Report,
    parts: Sequence[Part],
    client: Client,
    cache: Cache,
    spent: Spent,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Ask about the parts of a report, and fill the form from what stands up to the checks.

    Raises:
        SoutherlyError: if the server will answer no question at all.

    """
    checker = Checker(report.prose, report.language)
    found: list[Candidate] = []
    rejected: list[Aside] = []
    failed: list[tuple[str, str]] = []
    in_a_row = 0
    for number, part in enumerate(parts):
        place = in_words(quote_at(report.prose, part.start, part.end))
        try:
            if in_a_row >= _IN_A_ROW and cache.get(part.key) is None:
                raise Failed(f"not sent: {_IN_A_ROW} parts before it failed")
            told = _told(report, part, client, cache, spent)
        except Failed as reason:
            failed.append((place, str(reason)))
            in_a_row += 1
            continue
        in_a_row = 0
        for proposal in told:
            checked = checker.check(proposal, part.start, part.end)
            if isinstance(checked, Aside):
                rejected.append(checked)
            else:
                found.append(checked)
        if progress:
            progress(number + 1)
    rejected += [Aside("this part was not read", reason, "", place) for place, reason in failed]
    reader = f"{client.endpoint.model}/{VERSION}"
    extract = filled_from(report, found, "model", reader, (), rejected)
    refused = Counter(each.why for each in rejected if each.what != "this part was not read")
    return Reading(extract, refused, failed, len(parts) - len(failed))


def _told(report: Report, part: Part, client: Client, cache: Cache, spent: Spent) -> list[object]:
    """Return what a model proposes about a part: from the cache, else from the server, whose answer is then kept."""
    kept = cache.get(part.key)
    if kept is not None:
        return proposals(kept)
    answer = client.ask(report.prose.text[part.start : part.end])
    spent.questions += 1
    spent.tokens_in += answer.tokens_in
    spent.tokens_out += answer.tokens_out
    told = proposals(answer.text)  # only what can be used is kept
    cache.put(part.key, answer.text)
    return told
