"""Print the policy as the table of docs/access.md: `python tools/print_policy.py`, with `--check` only compare."""

from pathlib import Path

from printed_page import between, write_or_compare

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
    return between(page, BEGIN, END, table())


def main() -> int:
    """Write the table, or tell with `--check` whether it is the same."""
    return write_or_compare(PAGE, printed)


if __name__ == "__main__":
    raise SystemExit(main())
