"""State of a record's texts in each language: checked by a person, still to be checked, or older than the German. Pure.

Einfache Sprache counts as a language of its own: it too grows old when the German text changes.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tragnetz.directory.truth.rules import Author
from tragnetz.network.shapes import LANGUAGES

TEXTS = ("name", "summary", "description", "exclusions_text", "cost")
NEEDED = ("name", "summary", "description")
OTHERS = tuple(language for language in LANGUAGES if language != "de")


class TranslationState(StrEnum):
    """How far a language's texts may be trusted."""

    HUMAN = "human"
    TO_CHECK = "to_check"
    OUTDATED = "outdated"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Translation:
    """The texts of one language: their state, since when, and by whom."""

    language: str
    state: TranslationState
    on: str = ""
    by: str = ""


def texts_of(record: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return all texts of a record in one language, by field."""
    found = {field: (record.get(field) or {}).get(language, "") for field in TEXTS}
    found["date_rule"] = ((record.get("date_rule") or {}).get("text") or {}).get(language, "")
    return {field: text for field, text in found.items() if text}


def _mark(texts: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:16]


def states_after(
    known: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    by: Author,
    today: date,
) -> dict[str, Any]:
    """Return the states of all languages after a change.

    What an editor or provider wrote was checked by a person; files and imports do not say who translated. A text that
    did not follow a change of the German one is outdated from that day.
    """
    german = _mark(texts_of(after, "de"))
    german_changed = before is not None and _mark(texts_of(before, "de")) != german
    found: dict[str, Any] = {}
    for language in OTHERS:
        texts = texts_of(after, language)
        if not texts:
            continue
        changed = before is None or texts_of(before, language) != texts
        state = dict(known.get(language, {}))
        if changed or not state:
            state = {"state": "human" if by.vouches else "to_check", "on": today.isoformat(), "by": by.name}
        elif german_changed and state.get("of") != german:
            state.setdefault("outdated", today.isoformat())
        if changed or state.get("of") == german:  # the German text came back to what was translated
            state["of"] = german
            state.pop("outdated", None)
        found[language] = {"of": german, **state}
    return found


def compared(
    known: Mapping[str, Any], record: Mapping[str, Any], language: str, by: Author, today: date, *, state: str
) -> dict[str, Any]:
    """Return the states after somebody wrote or checked one language beside the German text of today."""
    if not texts_of(record, language):
        return dict(known)
    told = {"state": state, "on": today.isoformat(), "by": by.name, "of": _mark(texts_of(record, "de"))}
    return {**known, language: told}


def translations_of(record: Mapping[str, Any], known: Mapping[str, Any]) -> list[Translation]:
    """Return the state of every language but German."""
    german = set(texts_of(record, "de"))
    found = []
    for language in OTHERS:
        texts = set(texts_of(record, language))
        state = known.get(language, {})
        if not texts & set(NEEDED):
            found.append(Translation(language, TranslationState.MISSING))
        elif state.get("outdated"):
            found.append(Translation(language, TranslationState.OUTDATED, state["outdated"], state.get("by", "")))
        elif german - texts:
            found.append(Translation(language, TranslationState.PARTLY, state.get("on", ""), state.get("by", "")))
        else:
            kind = TranslationState(state.get("state", "to_check"))
            found.append(Translation(language, kind, state.get("on", ""), state.get("by", "")))
    return found


def text_state(known: Mapping[str, Any], language: str) -> str:
    """Return `human`, `to_check` or `outdated` for the texts of a page's language; nothing where there are none."""
    state = known.get(language, {})
    return "outdated" if state.get("outdated") else str(state.get("state", ""))
