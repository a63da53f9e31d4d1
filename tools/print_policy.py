"""Print the policy as the table of docs/access.md: `python tools/print_policy.py`, with `--check` only compare."""

import sys
from pathlib import Path

from tragnetz.network.enums import Role
from tragnetz.network.policy import POLICY, Reach

PAGE = Path(__file__).resolve().parent.parent / "docs" / "access.md"
BEGIN, END = "<!-- the policy, printed by tools/print_policy.py -->\n", "<!-- end of the policy -->\n"
WORDS = {Reach.NONE: "", Reach.OWN: "own", Reach.ORGANISATION: "organisation", Reach.NETWORK: "network"}


def table() -> str:
    """Return the policy as a Markdown table: a row for each deed, a column for each role."""
    lines = [f"| deed | {' | '.join(Role)} |", "|---" * (len(Role) + 1) + "|"]
    for deed, row in POLICY.items():
        lines.append(f"| `{deed}` | {' | '.join(WORDS[row.get(role, Reach.NONE)] for role in Role)} |")
    return "\n".join(lines) + "\n"


def printed(page: str) -> str:
    """Return the page with the table as it is now."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END)[1]


def main() -> int:
    """Write the table, or tell with `--check` whether it is the same."""
    page = PAGE.read_text()
    if "--check" in sys.argv:
        return int(printed(page) != page)
    PAGE.write_text(printed(page))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
