"""What a crowd saw, page by page."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

LOST = 500  # from this status on, or with 0, nobody got what they came for


def is_bad(row: Mapping[str, Any]) -> bool:
    return row["status"] == 0 or row["status"] >= LOST


def pages(answers: Iterable[Mapping[str, Any]]) -> str:
    """Return pages with number, median, 95th percentile, the slowest, and what was not a plain answer."""
    by_name: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in answers:
        by_name[row["name"]].append(row)
    lines = [
        "| page | n | p50 ms | p95 ms | p99 ms | most | errors | other answers |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, found in sorted(by_name.items(), key=lambda item: -len(item[1])):
        took = [row["ms"] for row in found]
        many = statistics.quantiles(took, n=100, method="inclusive") if len(took) > 1 else [took[0]] * 99
        others = Counter(row["status"] for row in found if row["status"] >= 400)
        told = ", ".join(f"{number} x {status}" for status, number in sorted(others.items()))
        lines.append(
            f"| {name} | {len(took)} | {many[49]:.0f} | {many[94]:.0f} | {many[98]:.0f} | {max(took):.0f} | "
            f"{sum(map(is_bad, found))} | {told} |"
        )
    return "\n".join(lines)
