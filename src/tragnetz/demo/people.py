"""Invented names and stories, from stories.yaml beside this file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Story:
    """What a household comes with: topic, facts, and what is written down over time."""

    topic: str
    share: int
    facts: dict[str, Any]
    concern: str
    notes: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """First and last names of people who speak a language at home, and how many of a hundred they are."""

    share: int
    first: tuple[str, ...]
    last: tuple[str, ...]


def read_people() -> tuple[dict[str, Names], list[Story]]:
    """Return names by language, and stories."""
    data = yaml.safe_load(Path(__file__).with_name("stories.yaml").read_text(encoding="utf-8"))
    names = {key: Names(row["share"], tuple(row["first"]), tuple(row["last"])) for key, row in data["names"].items()}
    stories = [
        Story(
            topic=row["topic"],
            share=row["share"],
            facts=row["facts"],
            concern=row["concern"],
            notes=tuple((note["kind"], note["text"]) for note in row["notes"]),
            steps=tuple((step["text"], step["owner"]) for step in row["steps"]),
        )
        for row in data["stories"]
    ]
    return names, stories
