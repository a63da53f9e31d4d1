"""The table of docs/data-protection.md names tests that are there: a renamed test may not leave a promise behind."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


def test_each_point_has_a_row():
    assert re.findall(r"^\| DS(\d+) ", PAGE, flags=re.MULTILINE) == [str(number) for number in range(1, 29)]


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_is_there(file, name):
    code = (ROOT / file).read_text(encoding="utf-8")

    assert f"def {name}(" in code if name else "def test_" in code
