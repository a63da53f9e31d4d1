"""Searches without an answer are counted, and say nothing about who asked."""

from datetime import date, timedelta

import pytest

from tests.factories import make_actor
from tragnetz.audit.models import Event
from tragnetz.directory.errors import NotAllowedError
from tragnetz.directory.gaps import FORGOTTEN_AFTER, forget_gaps, gap_words, gaps, note_gap, settle_gap
from tragnetz.directory.models import SearchGap
from tragnetz.network.actors import resident

DAY = date(2026, 11, 24)


def ask(network, typed, times=1, on=DAY):
    for _number in range(times):
        note_gap(actor=resident(network), typed=typed, language="de", on=on)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Tauchkurs für Anfänger", "tauchkurs für anfänger"),
        ("Hund entlaufen 0177 1234567", "hund entlaufen"),
        ("schreibt mir anna@example.org Tauchkurs", "schreibt mir tauchkurs"),
        ("ich wohne Nordstr. 5 und suche Tauchkurs", "ich wohne und suche tauchkurs"),
        ("x" * 31 + " Tauchkurs", "tauchkurs"),
        ("eins zwei drei vier fünf sechs sieben", "eins zwei drei vier fünf sechs"),
        ("12345 !!", ""),
        ("wort\x00 Tauchkurs", "tauchkurs"),
    ],
)
def test_gap_keeps_only_words_that_point_to_nobody(network, typed, kept):
    assert gap_words(typed) == kept


def test_gap_is_counted_and_shown_from_the_third_time_on(network):
    ask(network, "Tauchkurs", times=2)
    before = gaps()
    ask(network, " tauchkurs! ", on=DAY + timedelta(days=1))

    assert before == []
    assert [(row.words, row.times, row.first_on, row.last_on) for row in gaps()] == [
        ("tauchkurs", 3, DAY, DAY + timedelta(days=1))
    ]
    assert not Event.objects.exists()


def test_gap_without_words_is_not_kept(network):
    ask(network, "0177 1234567")

    assert not SearchGap.objects.exists()


def test_gap_asked_once_is_forgotten_after_a_month(network):
    ask(network, "Tauchkurs")
    ask(network, "Segelschein", times=2)
    kept = forget_gaps(on=DAY + FORGOTTEN_AFTER)
    gone = forget_gaps(on=DAY + FORGOTTEN_AFTER + timedelta(days=1))

    assert (kept, gone) == (0, 1)
    assert [row.words for row in SearchGap.objects.all()] == ["segelschein"]


def test_gap_is_settled_by_editors_alone(network):
    ask(network, "Tauchkurs", times=3)
    gap = gaps()[0]
    counsellor, editor = make_actor(network, "alpha", "counsellor"), make_actor(network, "beta", "catalogue")

    with pytest.raises(NotAllowedError):
        settle_gap(actor=counsellor, gap_id=gap.pk)
    settle_gap(actor=editor, gap_id=gap.pk)
    settle_gap(actor=editor, gap_id=gap.pk)

    assert gaps() == []
    assert [event.verb for event in Event.objects.all()] == ["gap:settle"]
