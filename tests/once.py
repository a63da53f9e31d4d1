"""What is worked out once in a run of the tests: by the worker that asks first, read by all the others."""

import fcntl
import os
import pickle
from collections.abc import Callable

import pytest


def once[Made](factory: pytest.TempPathFactory, what: str, make: Callable[[str], Made]) -> Callable[[str], Made]:
    """Return a function that makes something by its name, or takes what any worker of this run has made.

    Who asks while another worker is at it waits. What is made goes from process to process (`pickle`), so it is the
    same for all, and nobody may change it.
    """
    own = factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "once"
    place.mkdir(exist_ok=True)
    known: dict[str, Made] = {}

    def of(name: str) -> Made:
        if name not in known:
            file = place / f"{what}-{name}"
            with file.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not file.exists():
                    new = file.with_suffix(".new")
                    new.write_bytes(pickle.dumps(make(name)))
                    new.rename(file)
                known[name] = pickle.loads(file.read_bytes())  # noqa: S301 -- our own, of this run
        return known[name]

    return of
