"""The wheel: the same bytes from each build, whole, and running outside of any checkout."""

import os
import re
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import psycopg
import pytest

from tests import templates
from tests.owner import owner_conninfo
from tests.processes import PATIENCE, free_port, running
from tests.release import ROOT, build_wheel, copy_of_checkout
from tests.server import owner_url, wait_until_it_answers
from tragnetz.config.database import as_reader

UV = ROOT / "var" / "tools" / "bin" / "uv"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build_wheel(copy_of_checkout(tmp_path_factory.mktemp("one")))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment with the locked packages of a server and the wheel, and an empty folder to work in."""
    if not UV.exists():
        pytest.skip(f"No uv in {UV}: `make setup` installs it.")
    place = tmp_path_factory.mktemp("installed")
    environment = clean_environment() | {"VIRTUAL_ENV": str(place / "venv")}
    for command in (
        ["venv", "--quiet", "--python", sys.executable, place / "venv"],
        ["pip", "sync", "--quiet", "--require-hashes", ROOT / "requirements" / "base.txt"],
        ["pip", "install", "--quiet", "--no-deps", wheel],
    ):
        subprocess.run([UV, *command], env=environment, check=True, cwd=place)
    (place / "work").mkdir()
    return place


def clean_environment() -> dict[str, str]:
    """Return the environment without what points at the checkout."""
    ours = ("TRAGNETZ_", "DJANGO_", "PYTHON", "DATABASE_URL", "VIRTUAL_ENV", "COV_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def test_the_same_tree_gives_the_same_bytes_in_another_folder_at_another_time(wheel, tmp_path):
    elsewhere = copy_of_checkout(tmp_path / "a" / "longer" / "way")
    for file in elsewhere.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    os.utime(elsewhere / "pyproject.toml")

    again = build_wheel(elsewhere)
    other_epoch = build_wheel(copy_of_checkout(tmp_path / "other"), epoch="1764460800")

    assert again.read_bytes() == wheel.read_bytes()
    assert other_epoch.read_bytes() != wheel.read_bytes()  # the day is the only thing that counts
    with zipfile.ZipFile(wheel) as packed:
        catalogues = [packed.read(name) for name in packed.namelist() if name.endswith("django.mo")]
    assert {re.search(rb"POT-Creation-Date: (.*)", one)[1] for one in catalogues} == {b"2026-01-01 00:00+0000"}


def test_a_wheel_holds_all_that_the_program_reads(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    kept = {file for folder in ("src/tragnetz", "cities") for file in files_below(ROOT / folder)}

    assert {name for name in kept if name not in names} == set()
    assert {name for name in names if "/migrations/" in name} != set()
    languages = {path.name for path in (ROOT / "src" / "tragnetz" / "locale").iterdir() if path.is_dir()}
    assert {name.split("/")[2] for name in names if name.endswith("django.mo")} == languages
    assert "tragnetz/benefits/engine/law.txt" in names
    assert not [name for name in names if name.startswith(("tests", "tools", "docs")) or "__pycache__" in name]


def files_below(folder: Path) -> set[str]:
    """Return the names that the files of a folder have in a wheel."""
    kept = subprocess.run(["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return {
        name.removeprefix("src/") if name.startswith("src/") else f"tragnetz/{name}"
        for name in kept.split("\0")
        if name and (ROOT / name).exists()
    }


@pytest.mark.long
def test_an_installed_wheel_migrates_loads_a_city_and_serves(installed, db):
    name, work = "tragnetz_of_the_wheel", installed / "work"
    tragnetz, port = installed / "venv" / "bin" / "tragnetz", free_port()
    environment = clean_environment() | {
        "DATABASE_URL": as_reader(owner_url(name)),
        "TRAGNETZ_OWNER_URL": owner_url(name),
        "HOME": str(work),
    }

    def run(*words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [tragnetz, *words], env=environment, cwd=work, capture_output=True, text=True, check=False
        )

    with psycopg.connect(owner_conninfo("postgres"), autocommit=True) as server:
        templates._drop(server, name)
        templates._create(server, name, "template1")
        try:
            before = run("migrate", "--check")
            unserved = run("serve", "--port", str(port))
            steps = [["migrate"], ["migrate", "--check"], ["city", "load", "herne"], ["static"], ["law", "list"]]
            done = [(run(*step), step) for step in steps]
            with running([tragnetz, "serve", "--port", str(port)], env=environment, cwd=work) as site:
                wait_until_it_answers(f"http://127.0.0.1:{port}/-/ready", site)
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/uk/", timeout=PATIENCE) as answer:
                    page = answer.read().decode()
        finally:
            templates._drop(server, name)

    assert (before.returncode, "Not yet: network.0001_initial" in before.stderr) == (1, True)
    assert (unserved.returncode, "run `tragnetz static` once" in unserved.stderr) == (1, True)
    assert [(step, one.stderr) for one, step in done if one.returncode] == []
    assert "Турбує робота чи гроші? Зателефонуйте." in page
    assert sorted(path.name for path in work.iterdir()) == ["var"]
