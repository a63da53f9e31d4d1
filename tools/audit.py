"""Ask the vulnerability service about every locked package.

Exit status 0: all were asked about, none is affected. 1: some are, named with the version that mends it. 2: not all
could be asked about, because the service cannot be reached or does not know them; that is no clean bill.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
AUDIT = ROOT / "var" / "release" / "venv" / "bin" / "pip-audit"
LOCKS = ("base", "law", "dev", "release")
CLEAN, AFFECTED, UNKNOWN = 0, 1, 2


class Answer(NamedTuple):
    """What the service said of one lock file."""

    affected: list[str]
    unasked: list[str]


def read(told: str, why: str) -> Answer:
    """Read pip-audit's JSON; without any, `why` says what went wrong."""
    try:
        packages = json.loads(told)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        return Answer([], [(why.strip().splitlines() or ["no answer"])[-1]])
    affected = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none yet'}"
        for one in packages
        for fault in one.get("vulns", [])
    ]
    return Answer(affected, [f"{one['name']}: {one['skip_reason']}" for one in packages if "skip_reason" in one])


def status_of(answers: list[Answer]) -> int:
    """Return the exit status: what is affected counts more than what could not be asked about."""
    if any(one.affected for one in answers):
        return AFFECTED
    return UNKNOWN if any(one.unasked for one in answers) else CLEAN


def main() -> int:
    """Ask about all lock files and print what is to be done."""
    answers = []
    for lock in LOCKS:
        done = subprocess.run(
            [AUDIT, "--require-hashes", "--disable-pip", "--progress-spinner", "off", "--timeout", "15",
             "--format", "json", "-r", f"requirements/{lock}.txt"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        answer = read(done.stdout, done.stderr)
        answers.append(answer)
        for one in answer.affected:
            print(f"{lock}: {one}")
        if answer.unasked:
            print(f"{lock}: not asked about {len(answer.unasked)}, for example {answer.unasked[0]}", file=sys.stderr)
    status = status_of(answers)
    print({
        CLEAN: "All locked packages were asked about; none is affected.",
        AFFECTED: "Renew what is affected (`make lock`), run the tests, release.",
        UNKNOWN: "THIS IS NO CLEAN BILL: not all could be asked about. Try again where the service is reached.",
    }[status])  # fmt: skip
    return status


if __name__ == "__main__":
    sys.exit(main())
