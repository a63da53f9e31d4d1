"""Tables on a phone: one that is wider than the screen is a list of cards, each value beside the name of its column."""

import re

import pytest

from tests.architecture.test_docs import ROOT

TEMPLATES = sorted((ROOT / "src/tragnetz/workspace/templates").rglob("*.html"))
TABLE = re.compile(r'<table class="(kern-table[^"]*)"[^>]*>(.*?)</table>', re.DOTALL)
HEAD = re.compile(r"<thead.*?</thead>", re.DOTALL)
COLUMN = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
LABEL = re.compile(r'data-label="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"')
FIT = 3  # columns that have room on a screen of 375 points
# What is read across and down and scrolls on its own, what has a shape of its own for a phone, what is narrow for all
# its columns (months with three short numbers).
OTHERS = {
    "kern-table duty", "kern-table truth", "kern-table kern-table--small hours-days",
    "kern-table kern-table--small waits figures-narrow",
}  # fmt: skip


def tables() -> list[tuple[str, str, str]]:
    """Return each table of the staff pages: file, classes, and what stands in it."""
    return [
        (path.relative_to(ROOT).as_posix(), classes, content)
        for path in TEMPLATES
        for classes, content in TABLE.findall(path.read_text(encoding="utf-8"))
    ]


def columns(content: str) -> list[str]:
    return [name.replace('"', "'") for name in COLUMN.findall(HEAD.findall(content)[0])]


def is_wide(content: str) -> bool:
    return len(columns(content)) > FIT or "{% for" in HEAD.findall(content)[0]


def wrong_labels(content: str) -> list[str]:
    """Return the labels that are no name of a column."""
    names = columns(content)
    said = [label.replace('"', "'") for label in LABEL.findall(content)]
    return [label for label in said if label not in names and "{% for" not in HEAD.findall(content)[0]]


def test_wide_tables_are_cards_on_a_phone():
    wide = {
        (name, classes) for name, classes, content in tables()
        if is_wide(content) and "as-cards" not in classes and classes not in OTHERS
    }  # fmt: skip

    assert wide == set()


def test_what_stands_beside_a_value_is_the_name_of_its_column():
    assert {name: found for name, _classes, content in tables() if (found := wrong_labels(content))} == {}


@pytest.mark.parametrize(
    ("head", "cell", "wide", "wrong"),
    [
        ("<th>A</th><th>B</th>", '<td data-label="B">', False, []),
        ("<th>A</th><th>B</th><th>C</th><th>D</th>", '<td data-label="B">', True, []),
        ("<th>A</th>{% for one in all %}<th>{{ one }}</th>{% endfor %}", '<td data-label="{{ two }}">', True, []),
        ("<th>A</th><th>B</th>", '<td data-label="C">', False, ["C"]),
    ],
)
def test_a_table_that_is_too_wide_or_says_another_name_is_told(head, cell, wide, wrong):
    """The negative control of both tests above."""
    content = f"<thead><tr>{head}</tr></thead><tbody><tr><th>1</th>{cell}2</td></tr></tbody>"

    assert (is_wide(content), wrong_labels(content)) == (wide, wrong)
