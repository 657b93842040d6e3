"""A report in parts small enough for a model: whole blocks, together as many as fit; a longer one at its sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.sentences import sentence_spans
from ..prose.blocks import Prose

MAX_PART = 6000  # characters: room for the answer in a context of 8,000 tokens


def parts_of(prose: Prose, longest: int = MAX_PART) -> list[tuple[int, int]]:
    """Return where the parts of a report begin and end. They hold all of its words, each once."""
    parts: list[tuple[int, int]] = []
    for start, end in _pieces(prose, longest):
        if parts and end - parts[-1][0] <= longest:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts


def _pieces(prose: Prose, longest: int) -> Iterator[tuple[int, int]]:
    """Yield the blocks, those that are too long by sentences, and sentences that are too long cut."""
    for block in prose.blocks:
        if len(block.text) <= longest:
            yield block.start, block.end
            continue
        for start, end in sentence_spans(block.text):
            for cut in range(start, end, longest):
                yield block.start + cut, block.start + min(cut + longest, end)
