"""Learn the net that reads a passage as a whole (ingest/extract/passage_net.py) from labelled passages, with JAX.

AdamW (Loshchilov and Hutter, 2019) over a few rounds of all passages, those of about one length together, its rate
rising and then falling to nothing. So that the net does not learn passages by heart, places of each layer are left out
at random, and so are some words. Beside what is asked of it, it is asked which sentences tell of uptakes and exchanges:
what answers that is not kept, but what it reads for that serves the rest. The seed is fixed, but another processor may
add numbers up in another order, and then the parameters differ a little.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import jax
import jax.numpy as jnp
import numpy as np
import optax
from labelled import Labelled
from southerly.ingest.extract.net import UNHEARD, numbered
from southerly.ingest.extract.passage import STATUSES, Told
from southerly.ingest.extract.passage_net import (
    LONGEST,
    MOST,
    REACHES,
    STANDS,
    PassageNet,
    Read,
    head_of,
    packed,
    read,
    tail_of,
)
from southerly.ingest.extract.word_vectors import WordVectors, shipped_word_vectors

Arrays: TypeAlias = dict[str, Any]
jax.config.update("jax_default_prng_impl", "unsafe_rbg")  # several times sooner than the default

_DEPTH, _ASKED, _HIDDEN = 96, 64, 96
_FEWEST_HEADS, _FEWEST_TAILS = 4, 20  # times that a head or tail of words must be seen
_ROUNDS, _RATE, _WARM, _DECAY = 6, 2e-3, 0.05, 0.02
_TOKENS = 8192  # of a batch
_LENGTHS, _COUNTRIES = (64, 128, 192, 256, 384, LONGEST), (4, 8, MOST)  # to which passages are filled up
_SENTENCES = 24
_OUT, _LEFT, _UNREAD = 0.25, 0.15, 0.05  # shares of places of words and outcomes, of other places, and of words
_ASIDE = 0.5  # what sentences weigh beside countries
_SEED = 1


@dataclass(frozen=True)
class Example:
    """A passage and what is told of its countries, in their order, and of its sentences."""

    it: Read
    told: Arrays
    weighs: float


def example(one: Labelled) -> Example:
    """Return what there is to learn from a passage."""
    it = read(one.passage)
    names = list(it.places)
    told = np.zeros((len(names), len(Told._fields)), np.float32)
    asked = np.ones_like(told)
    asked[:, Told._fields.index("origin")] = one.origins is not None
    sources = np.zeros((len(names), len(names) + 1), np.float32)  # nobody is last
    for row, name in enumerate(names):
        told[row, 0] = any(name in (e.get("hosts") or ()) for e in one.exchanges)
        told[row, 1] = any(name in (e.get("visitors") or ()) for e in one.exchanges)
        told[row, 2] = name in (one.origins or ())
    for adoption in one.adoptions:
        name, source, status = adoption.get("country"), adoption.get("learned_from"), adoption.get("status", "actual")
        if name in it.places:
            row = names.index(name)
            told[row, Told._fields.index(status)] = 1
            if status != "negated" and source != name and (source is None or source in it.places):
                sources[row, len(names) if source is None else names.index(source)] = 1
    return Example(it, {"told": told, "asked": asked, "sources": sources, **_sentences(one)}, one.weighs)


def _sentences(one: Labelled) -> Arrays:
    """Return which status of an uptake each sentence tells of, none first, and whether it tells of an exchange."""
    uptakes = np.zeros((_SENTENCES, 1 + len(STATUSES)), np.float32)
    visits = np.zeros((_SENTENCES, 2), np.float32)
    for number in range(min(len(one.passage.seen), _SENTENCES)):
        statuses = {a.get("status", "actual") for a in one.adoptions if one.tells(number, a)}
        for status in statuses:
            uptakes[number, 1 + STATUSES.index(status)] = 1 / len(statuses)
        uptakes[number, 0] = not statuses
        visits[number] = any(one.tells(number, e) for e in one.exchanges), 1
    return {"uptakes": uptakes, "visits": visits}


def train(labelled: Iterable[Labelled], *, rounds: int | None = None) -> PassageNet:
    """Return a net learned from passages. Cost: linear in their words, some minutes a round for 25,000."""
    rounds = rounds or _ROUNDS
    examples = [example(one) for one in labelled]
    net = _untaught(examples, shipped_word_vectors())
    steps = rounds * len(list(_batches(examples, 0)))
    rate = optax.warmup_cosine_decay_schedule(0, _RATE, max(1, round(steps * _WARM)), steps, _RATE / 50)
    descent = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, b2=0.99, weight_decay=_DECAY))

    @jax.jit
    def step(at: Arrays, memory: Any, batch: Arrays, key: Any) -> tuple[Arrays, Any]:
        gradient = jax.grad(_loss)(at, batch, key)
        change, memory = descent.update(gradient, memory, at)
        return optax.apply_updates(at, change), memory

    at: Arrays = dict(net.at)
    memory = descent.init(at)
    key = jax.random.PRNGKey(_SEED)
    for number in range(rounds):
        for batch in _batches(examples, number):
            key, now = jax.random.split(key)
            at, memory = step(at, memory, filled(net, batch), now)
    kept = {name: np.asarray(each, np.float32) for name, each in at.items() if not name.startswith("aside")}
    return PassageNet(net.heads, net.tails, net.words, kept)


def _untaught(examples: Sequence[Example], words: WordVectors) -> PassageNet:
    """Return a net that knows the words of passages, and what words mean, and nothing else yet."""
    heads, tails = Counter[str](), Counter[str]()
    for word, times in Counter(token for one in examples for token in one.it.tokens).items():
        heads[head_of(word)] += times
        tails[tail_of(word)] += times
    known = sorted(head for head, times in heads.items() if times >= _FEWEST_HEADS)
    ends = sorted(tail for tail, times in tails.items() if times >= _FEWEST_TAILS)
    rng = np.random.default_rng(_SEED)

    def some(*shape: int, size: float = 0.0) -> Any:
        return rng.normal(size=shape, scale=size or 1 / np.sqrt(np.prod(shape[:-1]))).astype(np.float32)

    deep, hidden = _DEPTH, _HIDDEN
    at = {"heads": some(len(known) + UNHEARD + 1, deep, size=0.1), "tails": some(len(ends) + 1, deep, size=0.05)}
    wide = words.at.shape[1]
    at["meant"] = some(wide, deep, size=0.3 / np.sqrt(wide))
    for layer in range(len(REACHES)):
        at[f"wide{layer}"] = some(3, deep, 2 * deep)
        at[f"wide bias{layer}"] = np.zeros(2 * deep, np.float32)
        at[f"scale{layer}"] = np.ones(deep, np.float32)
    at |= {"scale": np.ones(deep, np.float32), "value": some(deep, deep), "back": some(deep, deep)}
    at |= {name: some(deep, _ASKED) for name in ("ask", "key", "country ask", "country key")}
    at |= {name: some(deep, _ASKED) for name in ("learner ask", "teacher ask", "pair key")}
    at |= {name: some(deep, hidden) for name in ("learner", "teacher", "pair seen", "pair whole", "aside in")}
    at |= {"between": some(STANDS, hidden, size=0.1), "pair out": some(hidden, 1), "nobody out": some(hidden, 1)}
    at |= {name: some(3 * deep, hidden) for name in ("told in", "nobody in")}
    at |= {"told out": some(hidden, len(Told._fields)), "told out bias": np.full(len(Told._fields), -1, np.float32)}
    at |= {"aside out": some(hidden, 2 + len(STATUSES)), "aside out bias": np.zeros(2 + len(STATUSES), np.float32)}
    at |= {name: np.zeros(hidden, np.float32) for name in ("told in bias", "pair bias", "aside in bias")}
    return PassageNet(numbered(known, first=UNHEARD + 1), numbered(ends, first=1), words, at)


Batch: TypeAlias = tuple[int, int, int, list[Example]]  # tokens, countries, passages to fill up to, and passages


def _batches(examples: Sequence[Example], seed: int) -> Iterator[Batch]:
    """Yield the passages once each, those of about one size together, in an order of chance."""
    alike: dict[tuple[int, int], list[Example]] = defaultdict(list)
    for one in examples:
        length = next(n for n in _LENGTHS if len(one.it.tokens) <= n)
        alike[length, next(n for n in _COUNTRIES if len(one.it.places) <= n)].append(one)
    chance = random.Random(seed)  # noqa: S311 - a fixed seed, so that learning can be repeated
    batches: list[Batch] = []
    for (length, countries), each in alike.items():
        chance.shuffle(each)
        many = _TOKENS // length
        batches += [(length, countries, many, each[at : at + many]) for at in range(0, len(each), many)]
    chance.shuffle(batches)
    yield from batches


def filled(net: PassageNet, batch: Batch) -> Arrays:
    """Return a batch as arrays, passages filled up with nothing to one size."""
    length, countries, many, each = batch
    shapes = {
        "there": (length,),
        "meant": (length, net.words.at.shape[1]),
        "named": (countries, length),
        "country": (countries,),
        "told": (countries, len(Told._fields)),
        "asked": (countries, len(Told._fields)),
        "sources": (countries, countries + 1),
        "uptakes": (_SENTENCES, 1 + len(STATUSES)),
        "visits": (_SENTENCES, 2),
        "weighs": (),
    }
    found: Arrays = {name: np.zeros((many, *shape), np.float32) for name, shape in shapes.items()}
    wholes = {"heads": (length,), "tails": (length,), "sentence": (length,), "between": (countries, countries)}
    found |= {name: np.zeros((many, *shape), np.int32) for name, shape in wholes.items()}
    for row, one in enumerate(each):
        n, c = len(one.it.tokens), len(one.it.places)
        found["heads"][row, :n], found["tails"][row, :n] = net.rows(one.it.tokens)
        found["meant"][row, :n] = net.words.at[net.words.rows_of(one.it.tokens)]
        found["sentence"][row, :n] = one.it.sentence
        found["there"][row, :n] = 1
        for number, places in enumerate(one.it.places.values()):
            found["named"][row, number, places] = 1
        found["country"][row, :c] = 1
        if c:
            found["between"][row, :c, :c] = one.it.stands
        for name in ("told", "asked"):
            found[name][row, :c] = one.told[name]
        found["sources"][row, :c, :c] = one.told["sources"][:, :c]
        found["sources"][row, :c, countries] = one.told["sources"][:, c]
        for name in ("uptakes", "visits"):
            found[name][row] = one.told[name]
        found["weighs"][row] = one.weighs
    return found


def _loss(at: Arrays, batch: Arrays, key: Any) -> Any:
    """Return how wrong the net is about a batch, a passage on average."""
    told, sources, uptakes, visits = forward(at, batch, key)
    weighs = batch["weighs"][:, None]
    wrong = optax.sigmoid_binary_cross_entropy(told, batch["told"]) * batch["asked"]
    of_countries = (wrong.sum(-1) * batch["country"] * weighs).sum()
    share = batch["sources"] / jnp.maximum(batch["sources"].sum(-1, keepdims=True), 1)
    of_sources = -(jnp.where(share > 0, share * sources, 0).sum(-1) * weighs).sum()
    of_uptakes = -(batch["uptakes"] * jax.nn.log_softmax(uptakes)).sum(-1)
    of_visits = optax.sigmoid_binary_cross_entropy(visits, batch["visits"][..., 0]) * batch["visits"][..., 1]
    aside = ((of_uptakes + of_visits) * weighs).sum() * _ASIDE
    return (of_countries + of_sources + aside) / jnp.maximum(weighs.sum(), 1)


def forward(at: Arrays, batch: Arrays, key: Any = None) -> tuple[Any, Any, Any, Any]:
    """Return sums of what is told of countries, logarithms of the chances of sources, and sums of what sentences tell.

    With a key, places are left out at random.
    """
    keys = iter(jax.random.split(key, 16)) if key is not None else None

    def some(states: Any, share: float) -> Any:
        if keys is None:
            return states
        return jnp.where(jax.random.bernoulli(next(keys), 1 - share, states.shape), states / (1 - share), 0)

    there = batch["there"][..., None]
    far = (batch["there"] - 1) * 1e9
    heads = batch["heads"]
    if keys is not None:
        heads = jnp.where(jax.random.bernoulli(next(keys), _UNREAD, heads.shape), UNHEARD, heads)
    words = at["heads"][heads] + at["tails"][batch["tails"]] + batch["meant"] @ at["meant"]
    states = some(words, _OUT) * there
    for layer, reach in enumerate(REACHES):
        normal = _normed(states) * at[f"scale{layer}"] * there
        padded = jnp.pad(normal, ((0, 0), (reach, reach), (0, 0)))
        before, here, behind = at[f"wide{layer}"]
        sums = (
            padded[:, : -2 * reach] @ before + normal @ here + padded[:, 2 * reach :] @ behind + at[f"wide bias{layer}"]
        )
        value, gate = jnp.split(sums, 2, -1)
        states = (states + some(value * jax.nn.sigmoid(gate), _LEFT)) * there
    normal = _normed(states) * at["scale"]
    heed = _heed(normal @ at["ask"], normal @ at["key"], far)
    states = _normed(states + some(heed @ (normal @ at["value"]) @ at["back"], _LEFT)) * there

    named = jnp.max(states[:, None] + ((batch["named"] - 1) * 1e9)[..., None], 2)
    named = jnp.where(batch["country"][..., None] > 0, named, 0)
    whole = jnp.max(states + far[..., None], 1)[:, None]
    heed = _heed(named @ at["country ask"], states @ at["country key"], far)
    each = some(jnp.concatenate([named, heed @ states, jnp.broadcast_to(whole, named.shape)], -1), _OUT)
    told = jax.nn.gelu(each @ at["told in"] + at["told in bias"]) @ at["told out"] + at["told out bias"]
    nobody = jax.nn.gelu(each @ at["nobody in"]) @ at["nobody out"]

    many = named.shape[1]
    asked = (named @ at["learner ask"])[:, :, None] + (named @ at["teacher ask"])[:, None]
    heed = _heed(asked.reshape(len(asked), many * many, -1), states @ at["pair key"], far)
    seen = (heed @ (states @ at["pair seen"])).reshape(len(asked), many, many, -1)
    sums = (
        (named @ at["learner"])[:, :, None] + (named @ at["teacher"])[:, None] + seen + at["between"][batch["between"]]
    )
    sums = jax.nn.gelu(sums + (whole @ at["pair whole"])[:, None] + at["pair bias"])
    pairs = (some(sums, _LEFT) @ at["pair out"])[..., 0]
    pairs = pairs + (batch["country"][:, None] - 1) * 1e9 - jnp.eye(many) * 1e9
    sources = jax.nn.log_softmax(jnp.concatenate([pairs, nobody], -1))

    of = jax.nn.one_hot(batch["sentence"], _SENTENCES) * there
    mean = jnp.einsum("bts,btd->bsd", of, states) / jnp.maximum(of.sum(1)[..., None], 1)
    aside = jax.nn.gelu(mean @ at["aside in"] + at["aside in bias"]) @ at["aside out"] + at["aside out bias"]
    return told, sources, aside[..., :-1], aside[..., -1]


def _normed(states: Any) -> Any:
    return states * jax.lax.rsqrt(jnp.mean(states * states, -1, keepdims=True) + 1e-5)


def _heed(asks: Any, keys: Any, far: Any) -> Any:
    """Return how much each that asks heeds each token: (passages, asking, tokens)."""
    return jax.nn.softmax(asks @ jnp.swapaxes(keys, 1, 2) / jnp.sqrt(asks.shape[-1]) + far[:, None])


def write(net: PassageNet, path: Path) -> None:
    """Write a net to a file, one byte a parameter."""
    np.savez_compressed(path, **packed(net))
