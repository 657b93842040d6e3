"""Learn the weights by which spans of words are told to be names of organisations, from labelled passages.

    python bench/learn_organisations.py [SET ...] [-o organisation_weights.csv]

One logistic regression over traits (ingest/extract/organisation_traits.py) with a penalty on the squared
weights. A span is an example for if it spells a label, and one against if it does not; a label within a longer one is
neither. It takes a minute. Learn again when the traits, or the rules whose finds are among them, have changed. To
ask how well text by somebody new is read, learn without a set, as for `bench/learn.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml
from extraction import name
from fitting import fit_alike, write
from labelled import asked, sets_of
from southerly.ingest.extract.organisation_rules import ruled_spans
from southerly.ingest.extract.organisation_traits import candidates_of

_UNTUNED = ("long", "retold", "report", "plain")  # the sets that nobody who mended the rules had read
_LEARNED = (*_UNTUNED, "rules", "seen")
_FAINT = 0.145  # weights nearer to nothing are left out
_PENALTY = 1.0  # the less, the smaller weights

Example = tuple[list[str], bool, float]  # traits, whether they are a name's, what it weighs


def main() -> None:
    """Learn, and write the weights."""
    sets, path = asked(__doc__, "organisation_weights.csv")
    found = [example for each in sets or sets_of(_LEARNED) for example in read_set(each)]
    write({"organisation": fit_alike(found, _PENALTY, _FAINT)}, path)


def read_set(path: Path) -> Iterable[Example]:
    """Yield the examples of a file of labelled texts."""
    tuned = not path.stem.startswith(_UNTUNED)
    for told in yaml.load_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
        labels = told["labels"].get("organisations")
        if labels is not None:
            yield from examples(told["text"], {name(label) for label in labels}, tuned=tuned)


def examples(text: str, labels: set[str], *, tuned: bool = False) -> Iterable[Example]:
    """Yield the spans of a text with whether they name what is labelled; without the rules' finds where it is tuned."""
    candidates = candidates_of(text, ruled_spans(text))
    spelt = [name(text[slice(*candidates.words.span(*span))]) in labels for span in candidates.spans]
    names = [span for span, so in zip(candidates.spans, spelt, strict=True) if so]
    for (first, last), so in zip(candidates.spans, spelt, strict=True):
        inside = any(a <= first and last <= b and (a, b) != (first, last) for a, b in names)
        if not (so and inside):
            traits = candidates.traits(first, last)
            yield sorted(t for t in traits if not (tuned and "rule" in t)), so, 1.0


if __name__ == "__main__":
    main()
