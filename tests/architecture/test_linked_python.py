"""The environment's Python, linked to one piece where it was built in two."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BASE = Path(sys._base_executable)


@pytest.fixture
def environment(tmp_path):
    """An environment without packages, of the Python that ours was made of."""
    (tmp_path / "pyvenv.cfg").write_text(f"home = {BASE.parent}\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(BASE)
    return tmp_path


def link(environment, **variables) -> str:
    command = [environment / "bin" / "python", ROOT / "tools" / "link_python.py", environment]
    done = subprocess.run(command, env=variables or None, capture_output=True, text=True, check=True)
    return done.stdout.removeprefix(f"Python of {environment}: ").strip()


def of(environment) -> str:
    told = "import hashlib, sqlite3, sys; print(sys.version, sys.prefix, sys.path, sys.flags, sys.executable)"
    command = [environment / "bin" / "python", "-c", told]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_linked_python_is_the_same_and_is_linked_once(environment):
    before = of(environment)

    done = link(environment)

    assert of(environment) == before
    assert (done, (environment / "bin" / "python").is_symlink()) in {("linked", False), ("left as it is", True)}
    assert link(environment) == "left as it is"
    assert [path.name for path in (environment / "bin").iterdir()] == ["python"]


def test_a_machine_without_a_compiler_keeps_its_python(environment, tmp_path):
    done = link(environment, PATH=str(tmp_path))

    assert done in {"could not be linked", "left as it is"}
    assert (environment / "bin" / "python").is_symlink()
    assert [path.name for path in (environment / "bin").iterdir()] == ["python"]
