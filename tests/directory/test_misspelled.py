"""A misspelled word finds services with words that share its trigrams: in the directory in scope, as it stands now."""

from tests.factories import make_service
from tragnetz.directory.kept import kept_now
from tragnetz.directory.misspelled import alike, forget_words
from tragnetz.directory.models import Service, Word
from tragnetz.network.scope import scope


def test_services_with_the_likest_word_come_first(network):
    home = make_service(network, "wohnheim", "Wohnheimplatz")
    money = make_service(network, "wohngeld", "Wohngeld")
    make_service(network, "tee", "Kaffee")

    assert alike(["wohngelt"], kept_now()) == [money.pk]
    assert alike(["wohnhaimplatz"], kept_now()) == [home.pk]
    assert alike(["xylophon"], kept_now()) == []


def test_halves_of_a_compound_count_together(network):
    both = make_service(network, "both", "Kinder Kranken")
    make_service(network, "half", "Kinder Massage")

    assert alike(["kinderkrankn"], kept_now()) == [both.pk]


def test_words_are_those_of_now_and_of_this_network(network, other_network):
    row = make_service(network, "tee", "Wohngeld")
    assert alike(["wohngelt"], kept_now()) == [row.pk]
    with scope(other_network):
        assert alike(["wohngelt"], kept_now()) == []

    Service.objects.filter(pk=row.pk).update(search_words="kaffee")

    assert alike(["wohngelt"], kept_now()) == []


def test_each_word_is_kept_once_until_no_service_has_it(network):
    make_service(network, "one", "Wohngeld Hilfe")
    row = make_service(network, "two", "Wohngeld Kaffee")
    assert sorted(Word.objects.values_list("word", flat=True)) == ["hilfe", "kaffee", "wohngeld"]

    Service.objects.filter(pk=row.pk).update(search_words="tee haus")

    assert forget_words() == 1
    assert sorted(Word.objects.values_list("word", flat=True)) == ["haus", "hilfe", "tee", "wohngeld"]


def test_a_word_in_other_letters_is_found(network):
    home = make_service(network, "home", "помощь с жильём")

    assert alike(["жилььём"], kept_now()) == [home.pk]
