"""A misspelled word may mean words that share its trigrams: of the directory in scope alone, and after an edit the new ones."""

from tests.factories import make_service
from tragnetz.directory.kept import kept_now
from tragnetz.directory.misspelled import may_mean
from tragnetz.directory.models import Service
from tragnetz.network.scope import scope


def test_words_that_share_most_come_first(network):
    make_service(network, "wohngeld", "Wohngeld, Wohnheim (Kaffee)")

    assert list(may_mean("wohngelt", kept_now())) == ["wohngeld", "wohnheim"]
    assert may_mean("xylophon", kept_now()) == {}


def test_words_are_those_of_now_and_of_this_network(network, other_network):
    row = make_service(network, "tee", "Wohngeld")
    assert list(may_mean("wohngelt", kept_now())) == ["wohngeld"]
    with scope(other_network):
        assert may_mean("wohngelt", kept_now()) == {}

    Service.objects.filter(pk=row.pk).update(search_words="kaffee")

    assert may_mean("wohngelt", kept_now()) == {}
