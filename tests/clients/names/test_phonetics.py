"""The digits of published examples, and what makes names sound alike."""

import pytest

from tragnetz.clients.names.phonetics import cologne


@pytest.mark.parametrize(
    ("word", "digits"),
    [
        # The examples that descriptions of the Kölner Phonetik share.
        ("Wikipedia", "3412"),
        ("Müller-Lüdenscheidt", "65752682"),
        ("Breschnew", "17863"),
        # Each rule of its table: P before H, D and T before C, S, Z, C by its neighbours, X after C, K, Q.
        ("Philipp", "351"),
        ("Schmidt", "862"),
        ("Heinz", "068"),
        ("Classen", "4586"),
        ("Caesar", "487"),
        ("Christen", "47826"),
        ("Axel", "0485"),
        ("Rockx", "748"),
        ("Mia", "6"),
        ("Ali", "05"),
        ("", ""),
        ("محمد", ""),
    ],
)
def test_cologne_of_known_words(word, digits):
    assert cologne(word) == digits


@pytest.mark.parametrize(
    "names", [("Meier", "Mayer", "Maier", "Meyer"), ("Müler", "Müller", "Mueller"), ("Schmidt", "Schmitt", "Schmid")]
)
def test_spellings_of_one_name_sound_alike(names):
    assert len({cologne(name) for name in names}) == 1
