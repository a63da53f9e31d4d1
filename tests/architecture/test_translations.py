"""The portal's catalogues: one for each language, and nothing that a text is filled with gets lost in one."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

FOLDER = Path(settings.LOCALE_PATHS[0])
FILLED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w[^>]*>")
# gettext writes the variant of a language in capitals.
SPOKEN = [code.replace("-simple", "_SIMPLE") for code, _name in settings.LANGUAGES if code != "de"]


def catalogue(locale: str):
    with (FOLDER / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale="de" if locale == "de_SIMPLE" else locale)


def filled(text: str) -> list[str]:
    return sorted(FILLED.findall(text))


def faults(message) -> list[str]:
    """Return the forms that lack a place to fill, or have one too many."""
    if isinstance(message.id, str):
        return [] if filled(message.id) == filled(message.string) else [message.string]
    # A form for one thing alone may leave its number out, as the German one does.
    allowed = [filled(one) for one in message.id]
    return [form for form in message.string if filled(form) not in allowed]


def test_each_language_of_the_portal_has_its_catalogue():
    assert {path.name for path in FOLDER.iterdir()} == set(SPOKEN)


@pytest.mark.parametrize("locale", SPOKEN)
def test_no_translation_is_marked_as_a_guess(locale):
    """A text marked fuzzy is not compiled: people would read German."""
    assert [message.id for message in catalogue(locale) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("locale", SPOKEN)
def test_each_translation_keeps_what_its_text_is_filled_with(locale):
    found = catalogue(locale)

    assert [fault for message in found if message.id for fault in faults(message)] == []
    assert {len(message.string) for message in found if message.pluralizable and message.id} == {found.num_plurals}
