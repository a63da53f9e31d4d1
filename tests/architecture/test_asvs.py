"""The answers to OWASP ASVS 5.0: each requirement once, each named test and file is there, the page is as the rows say."""

import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_SPEC = importlib.util.spec_from_file_location("print_asvs", ROOT / "tools" / "print_asvs.py")
tool = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(tool)
ROWS = tool.rows()


def test_the_standard_has_the_requirements_it_says():
    levels = Counter(int(level) for levels in tool.SECTIONS.values() for level in levels)

    assert levels == {1: 70, 2: 183, 3: 92}


def test_each_requirement_is_answered_once():
    assert [row["id"] for row in ROWS] == list(tool.required())
    assert {row["id"]: row["level"] for row in ROWS} == tool.required()
    assert sum(row["level"] <= 2 for row in ROWS) == 253


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_an_answer_has_its_reason_and_its_proof(row):
    proof = row.get("proof", [])

    assert row["status"] in tool.STATUSES
    assert row["title"]
    assert row["why"]
    assert proof or row["status"] in {"not-applicable", "deviation"}
    for one in proof:
        file, _, name = one.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        if row["status"] == "test":
            assert file.startswith("tests/"), one
            assert re.search(rf"^def {name}\(" if name else r"^def test_", text, flags=re.MULTILINE), one
        else:
            assert not name, one


def test_the_page_is_as_the_rows_say():
    assert tool.printed() == tool.PAGE.read_text(encoding="utf-8")
