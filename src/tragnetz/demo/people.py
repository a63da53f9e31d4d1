"""Invented names and stories, from stories.yaml beside this file."""

from dataclasses import dataclass
from functools import cache
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
    event: str
    goal: dict[str, str]
    domains: dict[str, int]
    strength: str


@dataclass(frozen=True, slots=True)
class Names:
    """First and last names of people who speak a language at home, and how many of a hundred they are."""

    share: int
    first: tuple[str, ...]
    last: tuple[str, ...]


def read_texts() -> list[dict[str, str]]:
    """Return the short texts of every organisation: kind, title, text."""
    found: list[dict[str, str]] = _read()["texts"]
    return found


def read_tasks() -> list[str]:
    """Return what colleagues ask of each other."""
    found: list[str] = _read()["tasks"]
    return found


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("stories.yaml").read_text(encoding="utf-8"))
    return found


def read_people() -> tuple[dict[str, Names], list[Story]]:
    """Return names by language, and stories."""
    data = _read()
    names = {key: Names(row["share"], tuple(row["first"]), tuple(row["last"])) for key, row in data["names"].items()}
    stories = [
        Story(
            topic=row["topic"],
            share=row["share"],
            facts=row["facts"],
            concern=row["concern"],
            notes=tuple((note["kind"], note["text"]) for note in row["notes"]),
            steps=tuple((step["text"], step["owner"]) for step in row["steps"]),
            event=row["event"],
            goal=row["goal"],
            domains=row["domains"],
            strength=row["strength"],
        )
        for row in data["stories"]
    ]
    return names, stories
