"""A misspelled word finds services with words that share its trigrams: in the directory in scope, as it stands now."""

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import make_service
from tests.owner import as_owner
from tragnetz.directory.kept import kept_now
from tragnetz.directory.misspelled import alike, forget_words
from tragnetz.directory.models import Service, Word
from tragnetz.network.scope import scope


def test_services_with_the_likest_word_come_first(network):
    home = make_service(network, "wohnheim", "Wohnheimplatz")
    money = make_service(network, "wohngeld", "Wohngeld")
    make_service(network, "tee", "Kaffee")

    assert list(alike(["wohngelt"], kept_now())) == [money.pk]
    assert list(alike(["wohnhaimplatz"], kept_now())) == [home.pk]
    assert alike(["xylophon"], kept_now()) == {}


def test_halves_of_a_compound_count_together(network):
    both = make_service(network, "both", "Kinder Kranken")
    make_service(network, "half", "Kinder Massage")

    assert alike(["kinderkrankn"], kept_now()) == {both.pk: 9 / 13}


def test_words_are_those_of_now_and_of_this_network(network, other_network):
    row = make_service(network, "tee", "Wohngeld")
    assert list(alike(["wohngelt"], kept_now())) == [row.pk]
    with scope(other_network):
        assert alike(["wohngelt"], kept_now()) == {}

    Service.objects.filter(pk=row.pk).update(search_words="kaffee")

    assert alike(["wohngelt"], kept_now()) == {}


def test_each_word_is_kept_once_until_no_service_has_it(network):
    make_service(network, "one", "Wohngeld Hilfe")
    row = make_service(network, "two", "Wohngeld Kaffee")
    assert sorted(Word.objects.values_list("word", flat=True)) == ["hilfe", "kaffee", "wohngeld"]

    Service.objects.filter(pk=row.pk).update(search_words="tee haus")

    assert forget_words() == 1
    assert sorted(Word.objects.values_list("word", flat=True)) == ["haus", "hilfe", "tee", "wohngeld"]


def test_a_word_in_other_letters_is_found(network):
    home = make_service(network, "home", "помощь с жильём")

    assert list(alike(["жилььём"], kept_now())) == [home.pk]


def test_a_part_of_what_is_written_with_a_stroke_is_found(network):
    row = make_service(network, "both", "Wohngeld/Heizung")

    assert list(alike(["wohngelt"], kept_now())) == [row.pk]


def test_services_with_a_word_are_looked_up_in_an_index_below_the_policies(network):
    for number in range(300):
        make_service(network, f"wort-{number}", f"wort{number}")
    make_service(network, "wohngeld", "Wohngeld")
    with as_owner() as cursor:
        cursor.execute("ANALYZE directory_service")
    with CaptureQueriesContext(connection) as asked:
        alike(["wohngelt"], kept_now())

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {asked[-1]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Bitmap Index Scan on service_has_word" in plan
