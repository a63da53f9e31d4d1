"""The state of all languages of the directory."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from tragnetz.directory.models import Service, ServiceStatus
from tragnetz.directory.translations import OTHERS, TranslationState, translations_of

STATES = {
    TranslationState.HUMAN: gettext_lazy("geprüft"),
    TranslationState.TO_CHECK: gettext_lazy("zu prüfen"),
    TranslationState.OUTDATED: gettext_lazy("veraltet"),
    TranslationState.PARTLY: gettext_lazy("unvollständig"),
    TranslationState.MISSING: gettext_lazy("fehlt"),
}
_FIELDS = ("name", "summary", "description", "exclusions_text", "cost", "date_rule")


def _records() -> Iterator[dict[str, Any]]:
    rows = Service.objects.exclude(status=ServiceStatus.ENDED).order_by("search_name")
    yield from rows.values("pk", "key", "translations", *_FIELDS).iterator(2000)


def states_of_languages() -> dict[str, Counter[TranslationState]]:
    """Return for each language how many entries are in which state."""
    found: dict[str, Counter[TranslationState]] = {language: Counter() for language in OTHERS}
    for record in _records():
        for one in translations_of(record, record["translations"]):
            found[one.language][one.state] += 1
    return found


def entries_in_state(language: str, state: TranslationState) -> list[dict[str, Any]]:
    """Return the entries whose texts of a language are in a state, by name."""
    return [
        record
        for record in _records()
        if any(
            one.language == language and one.state is state for one in translations_of(record, record["translations"])
        )
    ]
