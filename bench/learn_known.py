"""Set which names of innovations are taken for known ones, by what the writers of passages call known.

    python bench/learn_known.py [-o innovations.csv]

An everyday phrase ("home visits", "quality circle") may be a known innovation or a new one. A name counts as known if
the labels of enough passages that it stands in call its innovation known: of those where nothing else is named nearby
and of those where something is. If only the former do, it counts there (`alone`); else it is found and suggested, but
not claimed (`no`). Few passages tell little: the share of a name is drawn to that of the innovation's names of its
manner, and that to the share of all names that are marked as it is now. Innovations whose spread the corpus tells are
known, alone at least. Run it, twice, before `learn.py` when passages or names have been added.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path

import yaml
from labelled import sets_of
from southerly.ingest.extract.innovations import InnovationMention, is_beside_another, named_innovations, stems_of
from southerly.ontology import normal
from southerly.ontology.normal import fold

_CORPUS = Path(str(normal.__file__)).parent.parent / "corpus" / "reports"
_LEARNED = ("long", "retold", "report", "told", "rules", "seen")
_ENOUGH = 0.45  # the share from which a name is claimed; half of the F1 that is reached, at which F1 is at its best
_DRAWN = (1, 2, 3)  # what the share of a wider group counts in that of the next narrower one, in passages


class Shares:
    """In which part of the passages that a name stands in its innovation is called known."""

    def __init__(self) -> None:
        self._tally: dict[Hashable, list[int]] = defaultdict(lambda: [0, 0])

    def add(self, name: list[str], *, known: bool) -> None:
        """Count a passage that a name stands in."""
        for group in _groups(name):
            self._tally[group][0] += known
            self._tally[group][1] += 1

    def of(self, name: list[str]) -> float:
        """Return the share of a name."""
        share = 0.5
        for group, drawn in zip(_groups(name), _DRAWN, strict=True):
            known, passages = self._tally[group]
            share = (known + drawn * share) / (passages + drawn)
        return share


def _groups(name: list[str]) -> tuple[Hashable, ...]:
    """Return the groups of names that a row of the list is of, the widest first."""
    written, innovation, _, _, mark = name
    everyday = written == written.lower()
    return (mark, everyday), (innovation, everyday), written


def main() -> None:
    """Read the passages, and write the names with their marks."""
    shipped = Path(str(normal.__file__)).with_name("innovations.csv")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", dest="path", type=Path, help="where the names go; where they are if not given")
    path = parser.parse_args().path or shipped
    with shipped.open(encoding="utf-8", newline="") as file:
        head, *names = list(csv.reader(file))
    alone, beside = counted(names, sets_of(_LEARNED))
    corpus = corpus_names()
    marks = [mark(alone.of(name), beside.of(name), in_corpus=fold(name[0]) in corpus) for name in names]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = ([*name[:-1], new] for name, new in zip(names, marks, strict=True))
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def mark(alone: float, beside: float, *, in_corpus: bool) -> str:
    """Return the mark of a name, given its share of passages with nothing else named nearby, and of the others."""
    if alone < _ENOUGH and not in_corpus:
        return "no"
    return "" if min(alone, beside) >= _ENOUGH else "alone"


def corpus_names() -> set[str]:
    """Return the names of the innovations whose spread the corpus tells: they are known, whatever writers think."""
    reports = (yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in sorted(_CORPUS.glob("*.yaml")))
    told = (one for report in reports for one in report.get("innovations") or ())
    return {fold(str(name)) for one in told for name in (one["name"], *one.get("aliases", ()), *one.get("acronym", ()))}


def counted(names: Iterable[list[str]], sets: Iterable[Path]) -> tuple[Shares, Shares]:
    """Return the shares of names where nothing else is named near one of their mentions, and where something is."""
    by_stems = defaultdict(list)
    for name in names:
        by_stems[stems_of(name[0])].append(name)
    alone, beside = Shares(), Shares()
    for text, known in _passages(sets):
        mentions = named_innovations(text)
        apart = {stems_of(m.said) for m in mentions if not is_beside_another(m, mentions)}
        for stems, innovation in {(stems_of(m.said), m.name) for m in mentions}:
            for name in by_stems[stems]:
                (alone if stems in apart else beside).add(name, known=innovation in known)
    return alone, beside


def _passages(sets: Iterable[Path]) -> Iterator[tuple[str, set[str]]]:
    """Yield each text whose labels tell of innovations, with those listed that they call known."""
    for path in sets:
        for told in yaml.load_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
            labels = told["labels"].get("innovations")
            if labels is not None:
                yield told["text"], {m.name for one in labels if one.get("known") for m in _meant(one["name"])}


def _meant(name: str) -> list[InnovationMention]:
    """Return the listed innovation that a label names, one that counts before one that does not; none if none is."""
    return sorted((m for m in named_innovations(name) if m.kind), key=lambda m: not m.known)[:1]


if __name__ == "__main__":
    main()
