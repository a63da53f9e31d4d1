"""Few people lead back to somebody: which counts may stand on a page for staff. Pure."""

from collections.abc import Iterable, Mapping

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


def shown_cells(rows: Mapping[str, Mapping[str, int]], least: int = LEAST) -> dict[str, dict[str, bool]]:
    """Return which cells of a table may be shown beside the sums of its rows and columns; every row has all columns.

    A row that is small as a whole is hidden as a whole, with another one if it is alone.
    """
    kept = shown((sum(row.values()) for row in rows.values()), least)
    cells = {
        name: {code: keep and (count == 0 or count >= least) for code, count in row.items()}
        for (name, row), keep in zip(rows.items(), kept, strict=True)
    }
    columns = [[(name, code) for name in rows] for code in next(iter(rows.values()), {})]
    lines = [[(name, code) for code in row] for (name, row), keep in zip(rows.items(), kept, strict=True) if keep]
    while any(_closed(line, rows, cells, least) for line in [*lines, *columns]):
        pass
    return cells


def _closed(
    line: list[tuple[str, str]], rows: Mapping[str, Mapping[str, int]], cells: dict[str, dict[str, bool]], least: int
) -> bool:
    """Hide one more cell of a row or column if its sum would tell a hidden one; returns whether it had to."""
    hidden = [rows[name][code] for name, code in line if not cells[name][code]]
    others = sorted((rows[name][code] == 0, rows[name][code], name, code) for name, code in line if cells[name][code])
    # Hidden cells that are none at all are hidden for another line's sake: they add nothing to what is unsure here.
    if not hidden or not others or (len(hidden) > 1 and sum(hidden) >= least):
        return False
    _is_none, _count, name, code = others[0]
    cells[name][code] = False
    return True
