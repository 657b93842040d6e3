"""Labelled passages to learn from: what a set of `bench/passages` holds, as the reader sees it."""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from southerly.ingest.extract import weights as shipped
from southerly.ingest.extract.candidates import readings
from southerly.ingest.extract.effects import EFFECTS, OUTCOME
from southerly.ingest.extract.passage import Passage, passages
from southerly.ontology.normal import fold

UNTUNED = ("long", "short", "retold", "report", "twins")  # the sets that nobody who mended the rules had read
LEARNED = (*UNTUNED, "plain", "told", "rules", "seen")  # the sets from which who learned what from whom is learned
#: What examples weigh: more if they retell real pages or are like published reports, for such will be read, or if they
#: are plain, for those must be read rightly.
_WEIGHS = {"retold": 4.0, "report": 2.0, "plain": 3.0}  # "twins" count one each: a group of them says much alike
_SEED = 1
_VARIANTS = "abcdefgh"  # at the end of the names of texts that are variants of one


@dataclass
class Labelled:
    """A passage of the reader's, with the labels of the text that it is from."""

    passage: Passage
    text: str  # which text it is from; texts that were written as variants of one are one here
    weighs: float  # what its examples count
    tuned: bool  # the rules were tuned on it, so that what they find there is no sign of what they find elsewhere
    exchanges: list[dict[str, Any]]
    adoptions: list[dict[str, Any]]
    origins: dict[str, set[str]] | None  # by country, words of the names of what began there; null where nobody told
    effects: dict[str, list[dict[str, Any]]]  # outcomes, and factors by kind; empty where nobody told

    def shown(self, traits: Iterable[str]) -> list[str]:
        """Return the traits to learn from."""
        return [t for t in traits if not t.startswith("rule ")] if self.tuned else list(traits)

    def tells(self, number: int, label: dict[str, Any]) -> bool:
        """Say whether a sentence is, or is in, the quote of a label."""
        quote, sentence = _flat(label.get("quote") or ""), _flat(self.passage.seen[number].line.text)
        return bool(quote) and (sentence in quote or quote in sentence or _overlap(quote, sentence))

    def speaks_of_an_adoption(self, number: int) -> bool:
        """Say whether a sentence names the thing or the country of an adoption of the passage."""
        seen = self.passage.seen[number]
        words = words_of(seen.line.text)
        actual = (a for a in self.adoptions if a.get("status", "actual") == "actual")
        return any(a.get("country") in seen.present or words & words_of(a.get("innovation") or "") for a in actual)


def asked(doc: str | None, file: str) -> tuple[list[Path], Path]:
    """Return the sets that the command line names, none if it names none, and where what is learned goes."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path, help="files of passages; all there are to learn from if none")
    parser.add_argument("-o", dest="path", type=Path, help="where it goes; where Southerly reads it if not given")
    named = parser.parse_args()
    return named.sets, named.path or Path(str(shipped.__file__)).with_name(file)


def sets_of(kinds: Iterable[str]) -> list[Path]:
    """Return the files of passages whose names begin with one of some words."""
    folder = Path(__file__).parent / "passages"
    return [path for kind in kinds for path in sorted(folder.glob(f"{kind}*.yaml"))]


def weight_of(path: Path, weighs: Mapping[str, float]) -> float:
    """Return what the examples of a set count: what is given for sets of its kind, else one."""
    return weighs.get(path.stem.split("-")[0], 1.0)


def read_set(path: Path) -> Iterable[Labelled]:
    """Yield the passages of a file of labelled texts."""
    tuned = not path.stem.startswith(UNTUNED)
    weighs = weight_of(path, _WEIGHS)
    for told in yaml.load_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
        labels, text = told["labels"], told["id"].rstrip(_VARIANTS)
        seen = [reading.seen for reading in readings(told["text"], told.get("language", "en"))]
        exchanges, adoptions = labels.get("exchanges") or [], labels.get("adoptions") or []
        origins = origins_told(labels)
        effects = {e: labels[f"{e}s"] or [] for e in EFFECTS} if f"{OUTCOME}s" in labels else {}
        for passage in passages(seen):
            yield Labelled(passage, text, weighs, tuned, exchanges, adoptions, origins, effects)


def origins_told(labels: dict[str, Any]) -> dict[str, set[str]] | None:
    """Return the countries in which labels say that things began, with words of their names; null if nobody told."""
    if labels.get("innovations") is None:
        return None
    found: dict[str, set[str]] = defaultdict(set)
    for label in labels["innovations"]:
        if label.get("origin"):
            found[label["origin"]] |= words_of(label["name"])
    return found


def folds(labelled: Sequence[Labelled], parts: int) -> Iterable[tuple[list[Labelled], list[Labelled]]]:
    """Yield the passages parted in two so many times, so that each is held once, and those of a text together."""
    texts = list(dict.fromkeys(one.text for one in labelled))
    random.Random(_SEED).shuffle(texts)  # noqa: S311 - a fixed seed, so that learning can be repeated
    for part in range(parts):
        held = set(texts[part::parts])
        yield [one for one in labelled if one.text not in held], [one for one in labelled if one.text in held]


def words_of(name: str) -> set[str]:
    """Return the longer words of a name, cut so that "visits" and "visiting" are one."""
    return {word[:6] for word in fold(name).split() if len(word) > 2}


def _flat(text: str) -> str:
    return " ".join(text.split())


def _overlap(quote: str, sentence: str, *, run: int = 30) -> bool:
    """Say whether a quote and a sentence share a run of characters."""
    return any(quote[at : at + run] in sentence for at in range(0, max(1, len(quote) - run), 10))
