"""How many characters of text a second Southerly reads into candidates, beside spaCy's small English pipeline.

    SOUTHERLY_DATA=… python bench/reading.py

The texts are the journal papers of the data folder (JATS) and one in three of the English passages `blind-*`, of which
nearly each sentence names countries. The peer parses them (tokens, tags, dependencies, entities) and proposes nothing;
it is left out where no English model of spaCy is installed, which Southerly does not need. Each round reads every text
once with each; the numbers are medians of rounds, in seconds of the processor, on one core (OMP_NUM_THREADS=1).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import yaml
from southerly.ingest.extract.candidates import candidates
from southerly.ingest.prose.jats import read_jats
from turns import rounds

_ROUNDS, _EVERY = 5, 3


def main() -> None:
    """Print a line a kind of text and reader."""
    readers: dict[str, Callable[[str], object]] = {"southerly": lambda text: list(candidates(text))}
    if parse := spacy_parser():
        readers["spaCy"] = parse
    for read in readers.values():
        read("Nurses from Kenya visited Malawi in 2019.")  # so that nothing is loaded while the clock runs
    for name, texts in (("papers", papers()), ("passages", passages())):
        characters = sum(map(len, texts))
        times = rounds(texts, readers, _ROUNDS)
        peer = median(times["spaCy"]) if "spaCy" in times else None
        print(f"{name}: {len(texts)}, {characters} characters, medians of {_ROUNDS} rounds")  # noqa: T201 # a benchmark prints
        for reader, seconds in times.items():
            each = median(seconds)
            ratio = f", {peer / each:.1f} times spaCy" if peer else ""
            print(f"  {reader:10} {characters / each:9,.0f} characters a second{ratio}")  # noqa: T201 # a benchmark prints


def papers() -> list[str]:
    """Return the texts of the journal papers of the data folder."""
    folder = Path(os.environ["SOUTHERLY_DATA"]) / "data" / "jats"
    return [read_jats(path).text for path in sorted(folder.glob("*.xml"))]


def passages() -> list[str]:
    """Return one in so many of the English passages that nothing is learned from."""
    folder = Path(__file__).parent / "passages"
    texts = [
        passage["text"]
        for path in sorted(folder.glob("blind-*.yaml"))
        for passage in yaml.load_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        if passage.get("language", "en") == "en"
    ]
    return texts[::_EVERY]


def spacy_parser() -> Callable[[str], object] | None:
    """Return spaCy's small English pipeline, if it is installed."""
    if find_spec("spacy") is None:
        return None
    import spacy

    model = next((name for name in spacy.util.get_installed_models() if name.startswith("en")), None)
    return spacy.load(model) if model else None


if __name__ == "__main__":
    main()
