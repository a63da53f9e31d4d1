"""Days on pages: in the words and the order of the page's language, and of its time zone."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from tragnetz.core.days import written_day

PAGE = "{% load tragnetz %}{{ day|full_day }}|{{ day|month_day }}|{{ day|long_day }}"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("de", "Montag, 30. November|30. November|30. November 2026"),
        ("en", "Monday, 30 November|30 November|30 November 2026"),
        ("ru", "понедельник, 30 ноября|30 ноября|30 ноября 2026\u202fгода"),
        ("bg", "понеделник, 30 ноември|30 ноември|30 ноември 2026\u202fгодина"),
        ("uk", "понеділок, 30 листопада|30 листопада|30 листопада 2026\u202fроку"),
        ("pl", "poniedziałek, 30 listopada|30 listopada|30 listopada 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language, shown):
    evening = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)  # already the next day in Berlin

    with override(language):
        found = {Template(PAGE).render(Context({"day": day})) for day in (evening, date(2026, 11, 30))}

    assert found == {shown}


@pytest.mark.parametrize("language", ["ar", "bg", "de", "en", "pl", "ro", "ru", "tr", "uk"])
def test_a_day_does_not_end_with_a_dot(language):
    """At a sentence's end two dots would stand."""
    assert not written_day(date(2026, 11, 30), language).endswith(".")


def test_a_day_that_is_not_known_is_nothing():
    assert Template("{% load tragnetz %}{{ day|long_day }}").render(Context({"day": None})) == ""


@pytest.mark.parametrize(
    ("language", "at", "shown"),
    [
        ("de", datetime(2026, 11, 30, 7, tzinfo=UTC), "heute"),
        ("tr", datetime(2026, 11, 30, 7, tzinfo=UTC), "bugün"),
        ("de", datetime(2026, 11, 30, 22, 59, tzinfo=UTC), "heute"),
        ("de", datetime(2026, 11, 30, 23, tzinfo=UTC), "Dienstag, 1. Dezember"),  # already the next day in Berlin
        ("de", datetime(2026, 12, 7, 7, tzinfo=UTC), "Montag, 7. Dezember"),
    ],
)
def test_what_comes_today_is_said_to_be_today(monkeypatch, language, at, shown):
    monkeypatch.setattr("tragnetz.core.templatetags.tragnetz.now", lambda: datetime(2026, 11, 30, 6, tzinfo=UTC))

    with override(language):
        assert Template("{% load tragnetz %}{{ at|coming_day }}").render(Context({"at": at})) == shown
