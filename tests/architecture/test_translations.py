"""The portal's catalogues: one for each language, and nothing that a text is filled with gets lost in one."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django import forms
from django.conf import settings
from django.utils.translation import gettext, override, to_locale

FOLDER = Path(settings.LOCALE_PATHS[0])
FILLED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w[^>]*>")
# Where Django looks: a folder of another name would be found by nobody, and nobody would be told.
SPOKEN = [to_locale(code) for code, _name in settings.LANGUAGES if code != "de"]


def catalogue(locale: str):
    with (FOLDER / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=locale.split("_", maxsplit=1)[0])


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
    assert {path.name for path in FOLDER.iterdir()} == {*SPOKEN, "de"}


@pytest.mark.parametrize("language", ["de", "de-simple"])
def test_words_of_django_beside_a_field_are_plain_ones(language):
    field = forms.CharField(max_length=3)

    with override(language), pytest.raises(forms.ValidationError) as refused:
        field.clean("zu lang")
    with override(language), pytest.raises(forms.ValidationError) as missing:
        field.clean("")

    assert refused.value.messages == ["Das ist zu lang: höchstens 3 Zeichen, es sind 7."]
    assert missing.value.messages == ["Bitte füllen Sie dieses Feld aus."]


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != "de"])
def test_each_catalogue_is_found_and_spoken(code):
    plain = [one for one in catalogue(to_locale(code)) if one.id and isinstance(one.id, str) and not one.context]

    with override(code):
        assert [one.id for one in plain if gettext(one.id) != one.string] == []


@pytest.mark.parametrize("locale", SPOKEN)
def test_no_translation_is_marked_as_a_guess(locale):
    """A text marked fuzzy is not compiled: people would read German."""
    assert [message.id for message in catalogue(locale) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("locale", SPOKEN)
def test_each_translation_keeps_what_its_text_is_filled_with(locale):
    found = catalogue(locale)

    assert [fault for message in found if message.id for fault in faults(message)] == []
    assert {len(message.string) for message in found if message.pluralizable and message.id} == {found.num_plurals}


@pytest.mark.parametrize("locale", SPOKEN)
def test_no_translation_is_left_as_a_guess(locale):
    """What a tool only guessed is not compiled: the page would show German."""
    assert [message.id for message in catalogue(locale) if message.id and message.fuzzy] == []


# How a page speaks to people: one way in a language. What is found here is the other way, in the middle of a sentence.
OTHER_ADDRESS = {
    "ru": r"(?<=[а-яё0-9,] )(Вы|Вас|Вам|Ваш\w*)\b",
    "uk": r"(?<=[а-яіїєґ0-9,] )(Ви|Вас|Вам|Ваш\w*)\b",
    "bg": r"(?<=[а-я0-9,] )(Вие|Вас|Ви|Ваш\w*)\b",
    "pl": r"\bPan(a|u|em)?/Pan\w+|\bProsimy\b",
    "tr": r"\b(sen|senin|sana)\b",
    "ro": r"\b(tău|tine|ție)\b",
}
# Whoever stands in an office needs the word that is on the letter there.
ON_THE_LETTER = (
    "Arbeitslosengeld", "Berufsausbildungsbeihilfe", "Elterngeld", "Grundsicherung im Alter", "Grundsicherungsgeld",
    "Kindergeld", "Kinderzuschlag", "Krankengeld", "Pflegegeld", "Unterhaltsvorschuss", "Wohngeld",
)  # fmt: skip
FOREIGN = [locale for locale in SPOKEN if locale != "de_Simple"]


@pytest.mark.parametrize("locale", sorted(OTHER_ADDRESS))
def test_a_language_speaks_to_people_in_one_way(locale):
    texts = [text for message in catalogue(locale) if message.id for text in forms_of(message)]

    assert [text for text in texts if re.search(OTHER_ADDRESS[locale], text)] == []


@pytest.mark.parametrize("locale", FOREIGN)
def test_a_benefit_keeps_its_german_name_beside_the_translated_one(locale):
    found = {message.id: message.string for message in catalogue(locale)}

    assert [name for name in ON_THE_LETTER if name not in found[name]] == []


def test_arabic_counts_eleven_in_another_form_than_three():
    """Three to ten take the plural, from eleven on the noun is in the singular: one form for all is a mistake."""
    counted = [
        one for one in catalogue("ar") if one.pluralizable and one.id and not one.id[0].startswith("Ihre Angabe")
    ]

    assert [one.string[3] for one in counted if one.string[3] == one.string[5]] == []


def forms_of(message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)
