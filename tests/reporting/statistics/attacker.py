"""Somebody who has only what is published and wants the rest: linear algebra, and bounds that tighten each other.

Written apart from the code it attacks: it knows cells by their keys and sums, no cubes and no moves.
"""

from itertools import product

import numpy as np

TOTAL = "*"
EXACT = 1e-7


def base_cells(values):
    return list(product(*values))


def covers(cell, base):
    """Whether a cell sums over this cell of the finest table."""
    return all(name in (TOTAL, value) for name, value in zip(cell, base, strict=True))


def computable(values, published, groups):
    """Return which groups are a linear combination of published cells: projected on them, nothing is left over.

    A group is a set of cells of the finest table.
    """
    finest = base_cells(values)
    known = np.array([[covers(cell, one) for one in finest] for cell in published], dtype=float)
    if not len(known):
        return []
    _left, sizes, right = np.linalg.svd(known, full_matrices=False)
    basis = right[sizes > EXACT]
    targets = np.array([[one in group for one in finest] for group in groups], dtype=float).reshape(-1, len(finest))
    over = np.abs(targets - targets @ basis.T @ basis).max(axis=1)
    return [group for group, rest in zip(groups, over, strict=True) if rest < EXACT]


def recovered(values, published, wanted):
    """Return the wanted cells that can be computed."""
    groups = {cell: frozenset(one for one in base_cells(values) if covers(cell, one)) for cell in wanted}
    found = set(computable(values, published, list(groups.values())))
    return [cell for cell in wanted if groups[cell] in found]


def intervals(values, published, rounds=50):
    """Return lower and upper bounds of each cell, from: a sum is the sum of its parts, and nobody is fewer than none."""
    everything = list(product(*[(*names, TOTAL) for names in values]))
    most = published.get((TOTAL,) * len(values), 10**6)
    low = {cell: published.get(cell, 0) for cell in everything}
    high = {cell: published.get(cell, most) for cell in everything}
    equations = []
    for cell in everything:
        for axis, names in enumerate(values):
            if cell[axis] == TOTAL:
                equations.append((cell, [(*cell[:axis], name, *cell[axis + 1 :]) for name in names]))
    for _ in range(rounds):
        before = (dict(low), dict(high))
        for total, parts in equations:
            lows, highs = sum(low[one] for one in parts), sum(high[one] for one in parts)
            low[total], high[total] = max(low[total], lows), min(high[total], highs)
            for one in parts:
                high[one] = min(high[one], high[total] - (lows - low[one]))
                low[one] = max(low[one], low[total] - (highs - high[one]))
        if before == (low, high):
            break
    return {cell: (low[cell], high[cell]) for cell in everything}
