"""Write what Tragnetz is made of as CycloneDX 1.6 JSON: locked packages with hashes and licence, and what is vendored.

The same commit gives the same bytes: the number of the list and its time come from SOURCE_DATE_EPOCH and the content.
Runs in the environment of requirements/release.txt: `make sbom`.
"""

import hashlib
import os
import sys
import tomllib
import uuid
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from licences import KNOWN, ROOT, installed, licence_of, packages, vendored_files
from packageurl import PackageURL

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PARTS = {
    "base": "the server",
    "law": "compiles the law, apart from the server",
}
DAY = 1764374400  # without SOURCE_DATE_EPOCH


def sbom() -> str:
    """Return the list of parts, valid by CycloneDX's own schema; raises ValueError if it were not."""
    root = Component(
        name=PROJECT["name"], version=PROJECT["version"], type=ComponentType.APPLICATION,
        bom_ref=f"pkg:pypi/tragnetz@{PROJECT['version']}", licenses=[LicenseExpression(PROJECT["license"])],
        purl=PackageURL("pypi", name=PROJECT["name"], version=PROJECT["version"]),
    )  # fmt: skip
    listed = Bom()
    listed.metadata.component = root
    listed.metadata.timestamp = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", DAY)), tz=UTC)
    parts = [*locked(), *vendored()]
    for part in parts:
        listed.components.add(part)
    listed.register_dependency(root, parts)
    listed.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, "|".join(sorted(part.bom_ref.value for part in parts)))
    text = make_outputter(listed, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(str(fault))
    return text


def locked() -> list[Component]:
    """Return the locked packages, each once, with the purpose it has."""
    seen, found = set(), []
    for lock, purpose in PARTS.items():
        there = installed(lock)
        for package in packages(lock):
            purl = PackageURL("pypi", name=package.name, version=package.version)
            if purl.to_string() in seen:
                continue
            seen.add(purl.to_string())
            licence = licence_of(package.name, there.get(package.name))
            found.append(
                Component(
                    name=package.name, version=package.version, type=ComponentType.LIBRARY, purl=purl,
                    bom_ref=purl.to_string(), licenses=[LicenseExpression(licence)] if licence else [],
                    scope=ComponentScope.REQUIRED if lock == "base" else ComponentScope.EXCLUDED,
                    hashes=[], properties=[
                        Property(name="tragnetz:for", value=purpose),
                        *(Property(name="tragnetz:sha256", value=one) for one in package.hashes),
                    ],
                )
            )  # fmt: skip
    return found


def vendored() -> list[Component]:
    """Return what lies in the program's own folder, each file with its SHA-256."""
    return [
        Component(
            name=part["name"], version=part.get("version"), type=ComponentType.LIBRARY,
            bom_ref=f"vendored:{part['name']}", licenses=[LicenseExpression(part["licence"])],
            purl=PackageURL.from_string(part["purl"]) if "purl" in part else None,
            components=[file_of(file) for file in vendored_files(part)],
        )
        for part in KNOWN["vendored"]
    ]  # fmt: skip


def file_of(file: Path) -> Component:
    """Return a file as a part."""
    name = str(file.relative_to(ROOT))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Component(
        name=name, type=ComponentType.FILE, bom_ref=f"file:{name}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
    )  # fmt: skip


def main(target: Path) -> None:
    """Write the list."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(sbom() + "\n", encoding="utf-8")
    print(f"Written: {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
