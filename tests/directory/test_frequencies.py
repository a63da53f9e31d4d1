"""Terms are counted once, and again when the directory has changed."""

from tragnetz.core.clock import now
from tragnetz.directory.frequencies import COUNTED, Asked, Frequency, frequencies
from tragnetz.directory.models import Service

WORD = Asked("plainto_tsquery('german', %s)", ("wohngeld",), "wohngeld")
FILLER = Asked("plainto_tsquery('german', %s)", ("nicht",), "nicht")


def test_terms_are_counted_once(herne, django_assert_num_queries):
    first = frequencies([WORD, FILLER])
    assert 0 < first[0].count <= COUNTED
    assert first[1] == Frequency(0, is_filler=True)

    with django_assert_num_queries(1):
        assert frequencies([FILLER, WORD, WORD]) == [first[1], first[0], first[0]]


def test_terms_are_counted_anew_when_a_service_changed(herne):
    before = frequencies([WORD])[0].count
    gone = Service.objects.get(key="wohngeld")
    Service.objects.filter(pk=gone.pk).update(search_vector=None)
    assert frequencies([WORD])[0].count == before

    Service.objects.filter(pk=gone.pk).update(modified_at=now())

    assert frequencies([WORD])[0].count == before - 1
