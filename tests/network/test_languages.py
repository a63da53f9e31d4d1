"""Names of languages."""

import pytest
from django.utils.translation import override

from tragnetz.network.languages import language_choices, language_name
from tragnetz.network.rules import LANGUAGE_NAMES


@pytest.mark.parametrize(
    ("page", "code", "name"),
    [
        ("de", "tr", "Türkisch"),
        ("de-simple", "tr", "Türkisch"),
        ("de", "uk", "Ukrainisch"),
        ("en", "tr", "Turkish"),
        ("de", "simple", "Einfache Sprache"),
        ("de", "xx", "xx"),
    ],
)
def test_language_name_is_in_the_words_of_the_page(page: str, code: str, name: str) -> None:
    """Who works here reads German, not codes and not other scripts."""
    with override(page):
        assert language_name(code) == name


def test_language_choices_name_every_language_once() -> None:
    """No language is left as a code, and none looks like another."""
    with override("de"):
        names = [name for _code, name in language_choices()]
    assert not set(names) & set(LANGUAGE_NAMES)
    assert len(set(names)) == len(LANGUAGE_NAMES)
