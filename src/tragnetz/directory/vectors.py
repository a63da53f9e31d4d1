"""The vectors of a directory in the memory of a process, small and quickly compared.

Each number is kept as one byte, a quarter of what it was: a likeness changes by some thousandths. Each vector is also
kept by the signs of its numbers alone, 64 bytes. A search compares the signs of all, and by their numbers only those
most alike. In a directory with fewer vectors than `COMPARED` these are all of them.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

SIZE = 512  # numbers of a vector
COMPARED = 2000  # vectors by their numbers, for one search
_WORDS = SIZE // 64
_MOST = 127  # of a signed byte

type Moment = datetime | None
type Reader = Callable[[Sequence[uuid.UUID] | None], Iterable[tuple[uuid.UUID, Moment, bytes]]]


def _none() -> NDArray[np.int8]:
    return np.zeros((0, SIZE), np.int8)


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Vectors by service. `owners` gives the place in `keys` of whom each is; `made` when each service's were made.

    `signs` has a row for each 64 numbers, so that a search walks through memory in one direction.
    """

    keys: list[uuid.UUID] = field(default_factory=list)
    made: Mapping[uuid.UUID, Moment] = field(default_factory=dict)
    owners: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    numbers: NDArray[np.int8] = field(default_factory=_none)
    signs: NDArray[np.uint64] = field(default_factory=lambda: np.zeros((_WORDS, 0), np.uint64))

    def renewed(self, made: Mapping[uuid.UUID, Moment], read: Reader) -> "Vectors":
        """Return the vectors of the services in `made`; only those made at another time than ours are read."""
        if made == self.made:
            return self
        stay = {key for key, moment in self.made.items() if key in made and made[key] == moment}
        missing = [key for key in made if key not in stay]
        keys, owners, numbers = self._only(stay)
        moments = {key: self.made[key] for key in keys}
        for key, moment, packed in read(missing if stay else None):
            vectors = np.frombuffer(packed, dtype=np.float32).reshape(-1, SIZE)
            owners.append(np.full(len(vectors), len(keys), np.int32))
            numbers.append(_as_bytes(vectors))
            keys.append(key)
            moments[key] = moment
        whole = np.concatenate(numbers) if numbers else _none()
        return Vectors(keys, moments, np.concatenate(owners) if owners else self.owners[:0], whole, _signs(whole))

    def _only(self, stay: set[uuid.UUID]) -> tuple[list[uuid.UUID], list[NDArray[np.int32]], list[NDArray[np.int8]]]:
        stays = np.array([key in stay for key in self.keys], dtype=bool)
        place = (np.cumsum(stays) - 1).astype(np.int32)
        rows = stays[self.owners]
        keys = [key for key in self.keys if key in stay]
        return keys, [place[self.owners[rows]]] if keys else [], [self.numbers[rows]] if keys else []

    def nearest(self, wanted: NDArray[np.float32], limit: int) -> list[tuple[uuid.UUID, float]]:
        """Return the services with a vector most like a unit vector, and how like it is (cosine), nearest first."""
        rows = self._likely(wanted)
        numbers = self.numbers[rows].astype(np.float32)
        likeness = numbers @ wanted / np.maximum(np.sqrt(np.einsum("ij,ij->i", numbers, numbers)), 1)
        best: dict[int, float] = {}
        for row in np.argsort(-likeness):
            best.setdefault(int(self.owners[rows[row]]), float(likeness[row]))
            if len(best) == limit:
                break
        return [(self.keys[owner], found) for owner, found in best.items()]

    def _likely(self, wanted: NDArray[np.float32]) -> NDArray[np.intp]:
        """Return the numbers of the vectors that differ from a vector in the fewest signs, in no order."""
        count = len(self.owners)
        if count <= COMPARED:
            return np.arange(count)
        differ = np.zeros(count, np.uint16)
        for row, sign in zip(self.signs, _signs(wanted[np.newaxis]), strict=True):
            differ += np.bitwise_count(row ^ sign)
        return np.argpartition(differ, COMPARED)[:COMPARED]


def _as_bytes(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-9)
    return np.rint(vectors * (_MOST / largest)).astype(np.int8)


def _signs(numbers: NDArray[np.int8] | NDArray[np.float32]) -> NDArray[np.uint64]:
    return np.ascontiguousarray(np.packbits(numbers > 0, axis=1).view(np.uint64).T)
