"""Template filters shared by all sites."""

import pytest
from django.utils.translation import override

from tragnetz.core.templatetags.tragnetz import german


@pytest.mark.parametrize("language", ["de", "de-simple"])
def test_german_words_in_a_german_page_stand_as_they_are(language):
    with override(language):
        assert german("Rathaus Wanne") == "Rathaus Wanne"


def test_german_words_in_another_page_say_what_they_are():
    with override("ar"):
        assert german("Rathausstraße 6, Herne") == '<span lang="de" dir="ltr">Rathausstraße 6, Herne</span>'


def test_german_words_are_escaped_and_nothing_is_marked_as_nothing():
    with override("tr"):
        assert german("<b>A & B</b>") == '<span lang="de" dir="ltr">&lt;b&gt;A &amp; B&lt;/b&gt;</span>'
        assert german("") == german(None) == ""
