"""Phrases that a passage uses in several sentences: what it speaks of, where it has no name for it.

"The coloured-disc stock chart was painted on the wall" is about the chart that was told of before. Cost: linear in the
words of the passage, and in the square of the few phrases that come again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .sentences import lowered

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\S")
_LONGEST = 4  # words
_FREQUENT = 2  # sentences
_MOST = 200  # phrases that are looked at: a passage of prose has some ten
_LETTERS = 3
#: Words that no name begins or ends with.
_LOOSE = frozenset(
    """
    the and for with from that this these those their its his her our your was were are has have had been will would could
    can may might not but who which what when where how all any some each both two three four five six seven eight nine ten
    first second last next new other same such more most many few into onto over after before since until during about than
    then there here they them she him you one also only very own per out off because while between among under said told
    saw seen went came made make took take began begun used use using visit visited team teams delegation ministry health
    hospital hospitals clinic clinics country countries district districts nurses doctors staff officials year years month
    months week weeks day days
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


def repeated_phrases(sentences: Iterable[str]) -> list[tuple[str, int]]:
    """Return the phrases of two to four words that stand in several tagged sentences, with how many, the most first."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(set(_phrases(_WORD.findall(lowered(sentence)))))
    often = {phrase: n for phrase, n in counts.most_common(_MOST) if n >= _FREQUENT}
    whole = [(p, n) for p, n in often.items() if not any(p != q and p in q and often[q] == n for q in often)]
    return sorted(whole, key=lambda found: (-found[1], -len(found[0]), found[0]))


def _phrases(words: list[str]) -> Iterator[str]:
    """Yield the phrases of some words: no mark stands in them, and no loose or short word at either end."""
    ends = [len(word) >= _LETTERS and word not in _LOOSE and word[0].isalpha() for word in words]
    for first in (at for at, begins in enumerate(ends) if begins):
        for last in range(first + 1, min(first + _LONGEST, len(words))):
            if not words[last][0].isalpha():
                break
            if ends[last]:
                yield " ".join(words[first : last + 1])
