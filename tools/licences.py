"""Which licence each locked package has, as an SPDX expression: from its own data or, if those are vague, from ours."""

import importlib.metadata
import re
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[1]
KNOWN = yaml.safe_load((ROOT / "requirements" / "licences.yaml").read_text(encoding="utf-8"))
# The lock files, and the environments in which their packages lie.
LOCKS = {"base": ".venv", "dev": ".venv", "law": "var/law/venv", "release": "var/release/venv"}
# Classifiers that mean one licence and no other; "BSD License" is not among them.
CLASSIFIERS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


class Package(NamedTuple):
    """A line of a lock file."""

    name: str
    version: str
    hashes: tuple[str, ...]  # SHA-256 of each of its files


def packages(lock: str) -> list[Package]:
    """Return what a lock file names (base, dev, law or release)."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    found = []
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text):
        if named := re.match(r"([A-Za-z0-9._-]+)(?:\[.*?\])?==([^ \\;]+)", entry):
            name = re.sub(r"[-_.]+", "-", named[1]).lower()
            found.append(Package(name, named[2], tuple(re.findall(r"sha256:([0-9a-f]{64})", entry))))
    return found


def installed(lock: str) -> dict[str, importlib.metadata.Distribution]:
    """Return the packages of the environment that belongs to a lock file, by their name."""
    folders = [str(one) for one in (ROOT / LOCKS[lock]).glob("lib/python3*/site-packages")]
    found = importlib.metadata.distributions(path=folders)
    return {re.sub(r"[-_.]+", "-", one.name).lower(): one for one in found}


def licence_of(name: str, distribution: importlib.metadata.Distribution | None) -> str:
    """Return the licence of a package; empty if nothing says it clearly."""
    if name in KNOWN["said"]:
        return str(KNOWN["said"][name])
    if distribution is None:
        return ""
    told = distribution.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    if is_allowed(told.get("License") or ""):
        return str(told["License"])
    lines = {one.split(" :: ")[-1] for one in told.get_all("Classifier", []) if one.startswith("License ::")}
    named = lines - {"OSI Approved"}
    return CLASSIFIERS.get(named.pop(), "") if len(named) == 1 else ""


def is_allowed(expression: str) -> bool:
    """Whether a program under AGPL-3.0-or-later may come with it.

    An expression with brackets is none of those that the list names, so it is not allowed.
    """
    return all(any(choice in KNOWN["allowed"] for choice in part.split(" OR ")) for part in expression.split(" AND "))


def vendored_files(part: dict[str, object]) -> list[Path]:
    """Return the files of a part that lies in the program's own folder."""
    source = ROOT / "src" / "tragnetz"
    return sorted(file for pattern in part["files"] for file in source.glob(str(pattern)))
