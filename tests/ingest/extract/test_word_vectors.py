"""What words mean: taken from a model of which everything is known, and held in bytes."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper
from sklearn.decomposition import PCA
from southerly.ingest.extract.candidates import readings
from southerly.ingest.extract.passage import Passage, passages
from southerly.ingest.extract.word_vectors import packed, shipped_word_vectors, unpacked
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

BENCH = Path(__file__).parents[3] / "bench"
WORDS = ["?", "nurses", "midwives", "saw", "the", "wards", ".", "Kenya", "Uganda"]
#: What the model makes of each word, wherever it stands: nurses and midwives are one to it.
MEANT = [[0, 0, 0], [4, 1, 0], [4, 1, 0], [-3, 2, 1], [0, -2, 2], [1, 3, -2], [-2, -2, -1], [0, 1, 3], [1, 0, 3]]
TOLD = ["Nurses saw the wards.", "Midwives saw Kenya.", "Nurses saw Uganda.", "The nurses saw the midwives."] * 2


@pytest.fixture
def taker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    for name in ("word_vectors", "labelled"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import word_vectors

    return word_vectors


@pytest.fixture
def model(taker: ModuleType, tmp_path: Path) -> object:
    """Return a model that looks each part of a word up, and a tokenizer that knows a few words."""
    asked = [
        helper.make_tensor_value_info(name, onnx.TensorProto.INT64, ["texts", "parts"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    table = np.zeros((200, 3), np.float32)
    table[: len(MEANT)] = table[50 : 50 + len(MEANT)] = MEANT
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], [taker._LAYER]),
        helper.make_node("Neg", [taker._LAYER], ["last_hidden_state"]),  # a later layer, not to be looked at
    ]
    last = helper.make_tensor_value_info("last_hidden_state", onnx.TensorProto.FLOAT, ["texts", "parts", 3])
    graph = helper.make_graph(nodes, "looks up", asked, [last], [numpy_helper.from_array(table, "table")])
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), tmp_path / "model.onnx"
    )
    known = {word: number for number, word in enumerate(WORDS)}
    known |= {word.capitalize(): 50 + number for word, number in known.items() if word.capitalize() not in known}
    tokenizer = Tokenizer(WordLevel(known, unk_token="?"))  # noqa: S106 - no password: what unknown words are
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return taker.Model(tmp_path / "model.onnx", tmp_path / "tokenizer.json")


def read() -> list[Passage]:
    return [passage for text in TOLD for passage in passages(reading.seen for reading in readings(text))]


def test_vectors_are_what_principal_components_say_of_a_model_s_states(taker: ModuleType, model: object) -> None:
    vectors = taker.vectors_of(read(), model)
    said = [word for text in TOLD for word in text.replace(".", " .").lower().split()]
    states = np.array([MEANT[[w.lower() for w in WORDS].index(word)] for word in said], dtype=float)
    oracle = PCA(n_components=3).fit(states)
    spread = oracle.transform(states).std(axis=0)
    for word in ("nurses", "midwives", "saw", "the", "."):
        (state,) = oracle.transform([MEANT[WORDS.index(word)]])
        mine = vectors.at[vectors.rows[word]]
        assert np.abs(mine) == pytest.approx(np.abs(state) / np.sqrt(spread * spread[0]), abs=1e-5)


def test_words_of_one_meaning_have_one_vector_and_seldom_words_none(taker: ModuleType, model: object) -> None:
    vectors = taker.vectors_of(read(), model)
    assert vectors.at[vectors.rows["nurses"]] == pytest.approx(vectors.at[vectors.rows["midwives"]])
    assert "wards" not in vectors.rows  # stands in two places
    assert vectors.rows_of(["nurses", "wards"]).tolist() == [vectors.rows["nurses"], 0]
    assert not vectors.at[0].any()


def test_a_long_passage_is_read_in_pieces_as_if_it_were_whole(
    taker: ModuleType, model: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = taker.vectors_of(read(), model)
    monkeypatch.setattr(taker, "_PIECES", 3)
    monkeypatch.setattr(taker, "_BATCH", 12)
    monkeypatch.setattr(taker, "_AT_ONCE", 3)
    pieces = taker.vectors_of(read(), model)
    assert pieces.rows == whole.rows
    assert np.abs(pieces.at) == pytest.approx(np.abs(whole.at), abs=1e-5)


def test_of_long_sentences_no_more_is_read_than_the_model_has_places_for(taker: ModuleType, model: object) -> None:
    text = f"Nurses saw {'wards, ' * 100}wards. Nurses saw {'wards, ' * 200}wards."
    (passage,) = passages(reading.seen for reading in readings(text))
    (piece,) = taker._pieces(passage, model)
    assert sum(len(seen.tokens.said) for seen in passage.seen) > 512
    assert 480 < len(piece[0]) <= 510


def test_words_of_like_meaning_have_vectors_near_each_other() -> None:
    words = shipped_word_vectors()
    for word, like, unlike in (
        ("visited", "toured", "vaccine"),
        ("declined", "refused", "bicycle"),
        ("adopted", "introduced", "malaria"),
        ("enfermeras", "infirmières", "roads"),
    ):
        mine, near, far = (vector / np.linalg.norm(vector) for vector in words.at[words.rows_of([word, like, unlike])])
        assert mine @ near > mine @ far + 0.2, word


def test_vectors_are_held_in_bytes_and_read_nearly_as_they_were() -> None:
    words = shipped_word_vectors()
    assert not words.at[0].any()
    again = unpacked(packed(words))
    assert again.rows == words.rows
    assert np.abs(again.at - words.at).max() <= np.abs(words.at).max() / 127
