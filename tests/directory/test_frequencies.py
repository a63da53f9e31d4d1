"""Terms are counted once, and again when the directory has changed."""

from tragnetz.directory.frequencies import COUNTED, Asked, Frequency, frequencies
from tragnetz.directory.kept import kept_now
from tragnetz.directory.models import Service

WORD = Asked("plainto_tsquery('german', %s)", ("wohngeld",), "wohngeld")
FILLER = Asked("plainto_tsquery('german', %s)", ("nicht",), "nicht")


def test_terms_are_counted_once(herne, django_assert_num_queries):
    kept = kept_now()
    first = frequencies([WORD, FILLER], kept)
    assert 0 < first[0].count <= COUNTED
    assert first[1] == Frequency(0, is_filler=True)

    with django_assert_num_queries(0):
        assert frequencies([FILLER, WORD, WORD], kept) == [first[1], first[0], first[0]]


def test_terms_are_counted_anew_when_a_service_changed(herne):
    before = frequencies([WORD], kept_now())[0].count

    Service.objects.filter(key="wohngeld").update(search_vector=None)

    assert frequencies([WORD], kept_now())[0].count == before - 1
