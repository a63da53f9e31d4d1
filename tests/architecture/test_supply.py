"""What Tragnetz is made of: every part is known, its licence may be combined with ours, and the list of parts is true."""

import importlib.util
import json
import os
import re
import subprocess

import pytest

from tests.release import ROOT, release_tools


def tool(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


licences, audit = tool("licences"), tool("audit")


@pytest.mark.parametrize("lock", licences.LOCKS)
def test_each_locked_package_has_a_licence_that_fits_ours(lock):
    if lock == "release":
        release_tools()
    there = licences.installed(lock)
    found = {one.name: licences.licence_of(one.name, there.get(one.name)) for one in licences.packages(lock)}

    # Packages that this platform does not install say nothing here: other platforms' runs see them.
    assert {name: told for name, told in found.items() if not licences.is_allowed(told) and name in there} == {}
    assert len(found) > 30


def test_a_licence_that_does_not_fit_is_refused():
    assert licences.is_allowed("MIT OR GPL-2.0-only")
    assert licences.is_allowed("Apache-2.0 AND MIT")
    for expression in ("GPL-2.0-only", "Apache-2.0 AND SSPL-1.0", "(MIT OR GPL-2.0-only) AND SSPL-1.0", ""):
        assert not licences.is_allowed(expression)


def test_what_is_said_by_hand_is_still_locked():
    locked = {one.name for lock in licences.LOCKS for one in licences.packages(lock)}

    assert set(licences.KNOWN["said"]) - locked == set()


def test_each_vendored_file_belongs_to_a_named_part():
    source = ROOT / "src" / "tragnetz"
    there = {file for folder in ("components/static/vendor", "printing/fonts") for file in (source / folder).rglob("*")}
    named = [file for part in licences.KNOWN["vendored"] for file in licences.vendored_files(part)]

    assert len(named) == len(set(named))
    assert {file for file in there if file.is_file()} - set(named) == {source / "printing" / "fonts" / "README.md"}
    htmx = (source / "components/static/vendor/htmx/htmx.min.js").read_text(encoding="utf-8")
    assert re.search(r'version:"([\d.]+)"', htmx)[1] == licences.KNOWN["vendored"][0]["version"]
    assert all(licences.is_allowed(part["licence"]) for part in licences.KNOWN["vendored"])


def test_the_list_of_parts_is_valid_whole_and_the_same_again(tmp_path):
    python = release_tools() / "python"
    for name, seed in (("one.json", "1"), ("two.json", "2")):
        subprocess.run(
            [python, ROOT / "tools" / "print_sbom.py", tmp_path / name],
            env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True,
        )  # fmt: skip
    parts = json.loads((tmp_path / "one.json").read_text())["components"]

    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    purls = {part.get("purl") for part in parts}
    for lock in ("base", "law"):
        assert {f"pkg:pypi/{one.name}@{one.version}" for one in licences.packages(lock)} - purls == set()
    assert [part["name"] for part in parts if not part.get("licenses")] == []
    assert {part["name"] for part in licences.KNOWN["vendored"]} <= {part["name"] for part in parts}


def test_an_audit_that_asked_nobody_is_no_clean_one():
    asked = audit.read('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', "")
    skipped = audit.read('{"dependencies": [{"name": "a", "skip_reason": "not found"}]}', "")
    away = audit.read("", "Traceback\nConnectionError: no such host")
    fault = '{"id": "PYSEC-1", "fix_versions": ["1.1"]}'
    affected = audit.read(f'{{"dependencies": [{{"name": "a", "version": "1", "vulns": [{fault}]}}]}}', "")

    assert audit.status_of([asked]) == 0
    assert audit.status_of([asked, skipped]) == audit.status_of([away]) == 2
    assert audit.status_of([affected, skipped]) == 1
    assert affected.affected == ["a 1: PYSEC-1, mended in 1.1"]
    assert away.unasked == ["ConnectionError: no such host"]


def test_no_lock_file_names_where_packages_come_from():
    for lock in licences.LOCKS:
        assert "://" not in (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
