"""Few people lead back to somebody: which counts may stand on a page for staff. Pure."""

from collections.abc import Iterable

LEAST = 3


def shown(counts: Iterable[int], least: int = LEAST) -> list[bool]:
    """Return which of some counts may be shown beside their sum. None at all gives nobody away.

    If what is hidden could be computed from the sum (one count, or few people together), the smallest other goes too.
    """
    sizes = list(counts)
    keeps = [size == 0 or size >= least for size in sizes]
    hidden = [size for size, keep in zip(sizes, keeps, strict=True) if not keep]
    others = sorted((size == 0, size, number) for number, size in enumerate(sizes) if keeps[number])
    while hidden and (len(hidden) == 1 or sum(hidden) < least) and others:
        _is_none, size, number = others.pop(0)
        keeps[number] = False
        hidden.append(size)
    return keeps
