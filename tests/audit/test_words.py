"""Every verb that the code records has words: found in the code, so that a new one cannot be forgotten."""

import ast
import re
from pathlib import Path

import pytest

from tragnetz.audit.words import SENTENCES, is_read, sentence

SOURCES = Path(__file__).resolve().parents[2] / "src" / "tragnetz"


def recorded_verbs() -> tuple[set[str], set[str]]:
    """Return the verbs in calls of `audit.commands.record`, and the beginnings of those that are put together."""
    verbs, beginnings = set[str](), set[str]()
    for path in SOURCES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "tragnetz.audit.commands"
            for alias in node.names
            if alias.name == "record"
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                for part in ast.walk(node.args[1]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        (verbs if re.fullmatch(r"[\w-]+:[\w-]+", part.value) else beginnings).add(part.value)
    return verbs, beginnings


def test_every_recorded_verb_has_words():
    verbs, beginnings = recorded_verbs()
    pieced = {
        f"plan:{verb}"
        for verb in re.findall(
            r'verb: Literal\["([\w-]+)"\]', (SOURCES / "appointments" / "planning" / "changes.py").read_text()
        )
    }

    assert len(verbs) > 70  # the search finds them at all
    assert beginnings == {"plan:"}
    assert len(pieced) > 5
    assert sorted((verbs | pieced) - set(SENTENCES)) == []


@pytest.mark.parametrize("verb", sorted(SENTENCES))
def test_words_go_on_after_a_name(verb):
    assert re.match(r"(hat|ist) ", str(SENTENCES[verb]))


def test_a_look_is_told_from_a_deed():
    assert is_read("case:read")
    assert is_read("trail:print")
    assert not is_read("note:write")
    assert sentence("frame:new") == "frame:new"
