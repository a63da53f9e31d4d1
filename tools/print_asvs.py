"""Print what holds of OWASP ASVS 5.0.0 into docs/compliance: `python tools/print_asvs.py`; `--check` compares."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "compliance"
ROWS, PAGE = FOLDER / "asvs.yaml", FOLDER / "asvs.md"
# Levels of the requirements of each section of version 5.0.0, in order: 345, of them 70 of level 1, 183 of level 2.
SECTIONS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123", "2.1": "122", "2.2": "112",
    "2.3": "12223", "2.4": "23", "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333",
    "3.6": "3", "3.7": "22333", "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222", "5.1": "2",
    "5.2": "112333", "5.3": "113", "5.4": "222", "6.1": "122", "6.2": "111111112222", "6.3": "11223333",
    "6.4": "112233", "6.5": "22222333", "6.6": "2223", "6.7": "33", "6.8": "2222", "7.1": "222", "7.2": "1111",
    "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22", "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222", "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333",
    "10.5": "22222", "10.6": "22", "10.7": "222", "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222",
    "11.5": "23", "11.6": "23", "11.7": "33", "12.1": "12233", "12.2": "11", "12.3": "22223", "13.1": "2333",
    "13.2": "222223", "13.3": "2233", "13.4": "1222233", "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333", "16.1": "2", "16.2": "22222",
    "16.3": "2222", "16.4": "222", "16.5": "2223", "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
CHAPTERS = (
    "Encoding and sanitisation", "Validation and business logic", "Web front end", "API and web service", "Files",
    "Authentication", "Sessions", "Authorisation", "Self-contained tokens", "OAuth and OIDC", "Cryptography",
    "Secure communication", "Configuration", "Data protection", "Coding and architecture", "Logging and errors",
    "WebRTC",
)  # fmt: skip
WITH_LEVEL_3 = {"8", "11", "14", "16"}  # health and social data: authorisation, cryptography, data, logs
STATUSES = ("test", "code", "not-applicable", "deviation")
LEVEL_2 = 2


def required() -> dict[str, int]:
    """Return the ids that have to be answered, each with its level: all of 1 and 2, and 3 of the chapters above."""
    found = {}
    for section, levels in SECTIONS.items():
        for number, level in enumerate(levels, start=1):
            if int(level) <= LEVEL_2 or section.split(".")[0] in WITH_LEVEL_3:
                found[f"V{section}.{number}"] = int(level)
    return found


def rows() -> list[dict[str, Any]]:
    """Return the answers as they stand in the YAML file."""
    found: list[dict[str, Any]] = yaml.safe_load(ROWS.read_text(encoding="utf-8"))
    return found


def printed() -> str:
    """Return the page."""
    answers = rows()
    basic = [row for row in answers if row["level"] <= LEVEL_2]
    lines = [
        "# OWASP ASVS 5.0.0",
        "",
        "What of the Application Security Verification Standard holds here: all of level 2, and level 3 of V8, V11,",
        "V14 and V16. Ids are the standard's, titles ours. Printed by `tools/print_asvs.py` from",
        "`docs/compliance/asvs.yaml`; a test holds ids, named tests and files to each other. Checked by ourselves;",
        "nobody from outside has looked at it.",
        "",
        f"Level 1 and 2: {len(basic)} requirements, " + ", ".join(_counts(basic)) + ".",
        "",
        "| chapter | test | code | not applicable | deviation |",
        "|---|---|---|---|---|",
    ]
    for number, name in enumerate(CHAPTERS, start=1):
        count = Counter(row["status"] for row in answers if row["id"].startswith(f"V{number}."))
        lines.append(f"| V{number} {name} | " + " | ".join(str(count[status]) for status in STATUSES) + " |")
    total = Counter(row["status"] for row in answers)
    lines += ["| **all** | " + " | ".join(f"**{total[status]}**" for status in STATUSES) + " |", ""]
    lines += ["## Deviations", ""]
    lines += [f"- **{row['id']} {row['title']}**: {row['why']}" for row in answers if row["status"] == "deviation"]
    for number, name in enumerate(CHAPTERS, start=1):
        lines += [
            "",
            f"## V{number} {name}",
            "",
            "| id | level | | status | why | proof |",
            "|---|---|---|---|---|---|",
        ]
        for row in answers:
            if row["id"].startswith(f"V{number}."):
                proof = ", ".join(f"`{one}`" for one in row.get("proof", []))
                lines.append(
                    f"| {row['id']} | {row['level']} | {row['title']} | {row['status']} | {row['why']} | {proof} |"
                )
    return "\n".join(lines) + "\n"


def _counts(answers: list[dict[str, Any]]) -> list[str]:
    count = Counter(row["status"] for row in answers)
    words = {
        "test": "proven by a test",
        "code": "shown by a file",
        "not-applicable": "not applicable",
        "deviation": "deviations",
    }
    return [f"{count[status]} {words[status]}" for status in STATUSES]


def main() -> int:
    """Write the page, or tell with `--check` whether it is the same."""
    if "--check" in sys.argv:
        return int(printed() != PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(printed(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
