"""Spare Python's garbage collector what stays as long as the process: modules, pages, texts, rules.

A full collection walks through every object, some 400,000 in a web process: a quarter of a second in which none of its
threads answers, after every hundred or so pages. What was there once and is there still will not go any more, so it is
put aside (`gc.freeze`). Counting references frees as before; only what refers to itself in a circle would stay, and of
that no more than there is at a few moments.
"""

import gc

FULL = 2  # the oldest generation
FIRST = 5  # full collections after which what they left is put aside: by then a process has loaded what it loads late


class _Spared:
    """Counts full collections of this process."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == FULL:
            self.times += 1
            gc.freeze()
            if self.times >= FIRST:
                gc.callbacks.remove(self)


def spare_what_stays() -> None:
    """Put aside what is loaded now, and what the first full collections leave."""
    gc.freeze()
    gc.callbacks.append(_Spared())
