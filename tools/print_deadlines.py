"""Print the deadlines of the law with dated examples: `python tools/print_deadlines.py`, `--check` only compares.

The table stands in docs/deadlines-law.md; the examples are those that tests/deadlines/test_compute.py counts again.
"""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from printed_page import between, write_or_compare

from tragnetz.deadlines.book import Rule, by_group

ROOT = Path(__file__).resolve().parent.parent
PAGE, EXAMPLES = ROOT / "docs" / "deadlines-law.md", ROOT / "tests" / "deadlines" / "examples.yaml"
BEGIN, END = "<!-- the deadlines, printed by tools/print_deadlines.py -->\n", "<!-- end of the deadlines -->\n"


def tables() -> str:
    """Return the deadlines as Markdown, a table for each group."""
    examples = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    parts = []
    for words, found in by_group():
        parts += ["", f"## {words}", "", "| deadline | statute | read | begins | last day |", "|---|---|---|---|---|"]
        parts += [_row(rule, one, first=number == 0) for rule in found for number, one in enumerate(examples[rule.key])]
    return "\n".join(parts).strip() + "\n"


def _row(rule: Rule, one: dict[str, Any], *, first: bool) -> str:
    """Return an example; only the first of a rule names it."""
    name = f"{rule.name}<br>`{rule.key}`" if first else ""
    statute = f"[{rule.statute}]({rule.source.url})" if first else ""
    read = _read(rule) if first else ""
    end = f" ({rule.second}: {_day(one['end'])})" if "end" in one else ""
    why = f"<br>{one['why']}" if "why" in one else ""
    return f"| {name} | {statute} | {read} | {_day(one['start'])}{end} | {_day(one['last'])}{why} |"


def _read(rule: Rule) -> str:
    """Return the day of the text that was read, or why nobody has read it."""
    day = rule.source.as_of
    return f"zu prüfen: {rule.unread}" if rule.unread or day is None else _day(day)


def _day(day: date) -> str:
    return f"{day:%a} {day.day}.{day.month}.{day.year}"


def printed(page: str) -> str:
    """Return the page with the tables as they are now."""
    return between(page, BEGIN, END, tables())


def main() -> int:
    """Write the tables, or tell with `--check` whether they are the same."""
    return write_or_compare(PAGE, printed)


if __name__ == "__main__":
    raise SystemExit(main())
