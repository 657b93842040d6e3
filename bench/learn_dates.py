"""Learn the weights by which dates of events are told from those of publications and from numbers.

    python bench/learn_dates.py [SET ...] [-o date_weights.csv]

One logistic regression over traits (ingest/extract/when_traits.py) with a penalty on the squared weights. A date is an
example for if a label names it, wherever the text does. Each sentence is learned from once more by itself, since people
read excerpts too. It takes a minute. Learn again when the traits, or what is read
as a date, have changed. To ask how well text by somebody new is read, learn without a set, as for `bench/learn.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml
from extraction import days, named
from fitting import fit_alike, write
from labelled import asked, sets_of, weight_of
from southerly.ingest.extract.sentences import sentence_spans
from southerly.ingest.extract.when import NAMED, DateMention, named_dates, told_dates
from southerly.ingest.extract.when_traits import Dated

_LEARNED = ("dated", "long", "retold", "plain-", "rules", "seen")  # the sets whose labels tell of dates
_WEIGHS = {"retold": 4.0, "dated": 4.0}  # what examples weigh of real pages, and of dates in many forms
_FAINT = 0.05  # weights nearer to nothing are left out
_ALONE = 0.5  # what a sentence by itself weighs
_PENALTY = 0.1  # the less, the smaller weights

Example = tuple[set[str], bool, float]  # traits, whether they are an event's, what it weighs


def main() -> None:
    """Learn, and write the weights."""
    sets, path = asked(__doc__, "date_weights.csv")
    found = [example for each in sets or sets_of(_LEARNED) for example in read_set(each)]
    write({"date": fit_alike(found, _PENALTY, _FAINT)}, path)


def read_set(path: Path) -> Iterable[Example]:
    """Yield the examples of a file of labelled texts."""
    weight = weight_of(path, _WEIGHS)
    for told in yaml.load_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
        labels = told["labels"].get("dates")
        if labels is not None:
            text, told_days = told["text"], {days(named(str(label))) for label in labels}
            yield from examples(text, told_days, weight)
            for start, end in sentence_spans(text):
                if end - start < len(text.strip()):
                    yield from examples(text[start:end], told_days, _ALONE * weight)


def examples(text: str, labels: set[tuple[object, ...]], weight: float) -> Iterable[Example]:
    """Yield the dates that a text may name with whether they are labelled, those that lean on others among them."""
    found = named_dates(text)
    dated = Dated(text, found)
    events = [mention for mention in found if _days(mention) in labels]
    for mention, way in [*((m, NAMED) for m in found), *told_dates(text, events, found)]:
        yield dated.traits(mention, way), _days(mention) in labels, weight


def _days(mention: DateMention) -> tuple[object, ...]:
    return days(mention.as_spell if mention.spell else mention.named)


if __name__ == "__main__":
    main()
