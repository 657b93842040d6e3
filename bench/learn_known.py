"""Set which names of innovations are taken for known ones, by what the writers of passages call known.

    python bench/learn_known.py [-o innovations.csv]

An everyday phrase ("home visits", "quality circle") may be a known innovation or a new one. Where the writers of
labelled passages mostly call an innovation new, its names are marked `no`: they are found, and suggested, but not
claimed as known. Where they mostly call known what was marked so, its names count where nothing else is named nearby
(`alone`). What they hardly speak of stays as it is, and so do proper names. Run it before `learn.py` when passages or
names have been added.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import yaml
from labelled import sets_of
from southerly.ingest.extract.innovations import innovation_mentions
from southerly.ontology import normal

_LEARNED = ("long", "retold", "told", "rules", "seen")
_MOST_OF = 0.6  # of a label's letters that the name must cover to be what the label means
_FEWEST_NEW, _FEWEST_KNOWN = 2, 4  # labels that say so; more to say that it is known, for that is claimed
_CLEARLY = 2  # times as many as say otherwise


def main() -> None:
    """Read the passages, and write the names with their marks."""
    shipped = Path(str(normal.__file__)).with_name("innovations.csv")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", dest="path", type=Path, help="where the names go; where they are if not given")
    path = parser.parse_args().path or shipped
    known, new = counted(sets_of(_LEARNED))
    with shipped.open(encoding="utf-8", newline="") as file:
        head, *names = list(csv.reader(file))
    for name in names:
        name[4] = mark(name[0], name[4], known[name[1]], new[name[1]])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *names])


def mark(name: str, now: str, known: int, new: int) -> str:
    """Return the mark of a name, given how many labels call its innovation known and how many call it new."""
    if now == "no":
        return "alone" if known >= max(_FEWEST_KNOWN, _CLEARLY * new) else "no"
    everyday = name == name.lower()
    return "no" if everyday and new >= max(_FEWEST_NEW, _CLEARLY * known + 1) else now


def counted(sets: Iterable[Path]) -> tuple[Counter[str], Counter[str]]:
    """Return how many labels call each innovation known, and how many call it new."""
    known: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for path in sets:
        for told in yaml.load_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
            for label in told["labels"].get("innovations") or []:
                name = str(label.get("name") or "")
                for mention in innovation_mentions(name)[:1]:
                    if mention.kind and mention.end - mention.start >= _MOST_OF * len(name):
                        (known if label.get("known") else new)[mention.name] += 1
    return known, new


if __name__ == "__main__":
    main()
