"""Whether a text tells a name that its reader may not know."""

import pytest

from tragnetz.clients.names.mentions import mentioned


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Frau Müller sucht Hilfe", "Anna Müller", "Müller"),
        ("frau müller sucht hilfe", "Anna Müller", "müller"),
        ("FRAU MÜLLER", "Anna Müller", "MÜLLER"),
        ("Frau Mueller", "Anna Müller", "Mueller"),
        ("Frau Müller", "Anna Mueller", "Müller"),
        ("Frau Muller", "Anna Müller", "Muller"),
        ("Herr STRAUSS", "Otto Strauß", "STRAUSS"),
        ("Herr Strauß", "Otto Strauss", "Strauß"),
        ("Rosas Miete", "Rosa Linde", "Rosas"),
        ("die Müllers", "Anna Müller", "Müllers"),
        ("für Lüdenscheidt", "Anna Müller-Lüdenscheidt", "Lüdenscheidt"),
        ("Familie Müller-Lüdenscheidt", "Anna Lüdenscheidt", "Lüdenscheidt"),
        ("Annalena fragt", "Anna-Lena Gut", "Annalena"),
        ("Anna-Lena fragt", "Annalena Gut", "Anna-Lena"),
        ("O'Brien", "Pat OBrien", "O'Brien"),
        ("OBrien", "Pat O’Brien", "OBrien"),
        ("Isik ruft an", "Deniz Işık", "Isik"),
        ("IŞIK ruft an", "Deniz Işık", "IŞIK"),
        ("Herr Schewtschenko", "Андрій Шевченко", "Schewtschenko"),
        ("Шевченко", "Andrij Schewtschenko", "Шевченко"),
        ("مع محمد", "محمد علي", "محمد"),
        ("Herr Weiß", "Otto Weiß", "Weiß"),
        ("Familie Klein", "Otto Klein", "Klein"),
    ],
)
def test_a_name_is_found_however_it_is_written(text, name, told):
    assert mentioned(text, [name]) == told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sie weiß nicht, wie es weitergeht", "Otto Weiß"),
        ("ein klein wenig Hilfe, seit langem", "Otto Klein-Lang"),
        ("Post von der Stadt", "Kim von der Heide"),
        ("Es geht um Al", "Al Geheimrat"),
        ("Die kimono-Frage, geheimrätlich", "Kim Geheimrat"),
        ("Linden blühen", "Rosa Linde"),
        ("", "Rosa Linde"),
        ("3 Kinder, 780 Euro -- bitte bald!", "Rosa Linde"),
    ],
)
def test_other_words_are_no_names(text, name):
    assert mentioned(text, [name]) == ""


def test_nobody_is_named_where_nobody_is_known():
    assert mentioned("Frau Müller", []) == ""
    assert mentioned("Frau Müller", ["", "-"]) == ""
