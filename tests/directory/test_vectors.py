"""Vectors in one byte a number find what the exact ones find; after a change only what changed is read."""

import uuid

import numpy as np
import pytest

from tragnetz.directory import vectors
from tragnetz.directory.vectors import SIZE, Vectors


def packed(rows: np.ndarray) -> bytes:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32).tobytes()


@pytest.fixture
def given():
    """Three hundred services with two vectors each."""
    drawn = np.random.default_rng(7).standard_normal((300, 2, SIZE))
    return {uuid.UUID(int=number): packed(rows) for number, rows in enumerate(drawn)}


def reader(given, asked):
    def read(keys):
        asked.append(keys)
        return [(key, None, given[key]) for key in (given if keys is None else keys)]

    return read


def exact(given, wanted, limit):
    likeness = {
        key: float((np.frombuffer(row, np.float32).reshape(-1, SIZE) @ wanted).max()) for key, row in given.items()
    }
    return sorted(likeness.items(), key=lambda one: -one[1])[:limit]


def wanted_near(given, key):
    near = np.frombuffer(given[key], np.float32)[:SIZE] + np.random.default_rng(1).standard_normal(SIZE) / 30
    return (near / np.linalg.norm(near)).astype(np.float32)


@pytest.mark.parametrize("compared", [100, 2000])
def test_the_nearest_are_those_of_exact_vectors(given, monkeypatch, compared):
    monkeypatch.setattr(vectors, "COMPARED", compared)
    held = Vectors().renewed(dict.fromkeys(given), reader(given, []))
    wanted = wanted_near(given, uuid.UUID(int=42))

    found = held.nearest(wanted, 3)

    assert found[0][0] == uuid.UUID(int=42)
    assert found[0][1] == pytest.approx(exact(given, wanted, 1)[0][1], abs=0.005)
    if compared > len(given):
        assert [key for key, _likeness in found] == [key for key, _likeness in exact(given, wanted, 3)]


def test_only_what_was_made_anew_is_read_and_what_has_gone_is_forgotten(given):
    asked = []
    held = Vectors().renewed(dict.fromkeys(given), reader(given, asked))
    changed, gone = uuid.UUID(int=5), uuid.UUID(int=42)
    made = {key: None for key in given if key != gone} | {changed: 1}
    given[changed] = given[gone]

    renewed = held.renewed(made, reader(given, asked))

    assert asked == [None, [changed]]
    assert renewed.nearest(wanted_near(given, gone), 1)[0][0] == changed
    assert len(renewed.keys) == 299


def test_nothing_is_near_where_there_are_no_vectors():
    assert Vectors().nearest(np.ones(SIZE, np.float32), 5) == []
    assert Vectors().renewed({}, reader({}, [])).nearest(np.ones(SIZE, np.float32), 5) == []
