"""Gaps of a CV, months as they are typed, the wording of a letter and what to look at again: pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.casework.career.checks import check, gap_words, misspelt
from tragnetz.casework.career.composing import Answers, Job, Strength, compose, in_a_row, salutation, subject
from tragnetz.casework.career.enums import Hours, Situation, Source, Tone
from tragnetz.casework.career.rules import LEAST_GAP, first_day, gaps, month_number, read_month, span_words

TODAY = date(2026, 11, 29)
months = st.integers(month_number(date(2015, 1, 1)), month_number(date(2027, 6, 1)))
stretches = st.lists(st.tuples(months, st.none() | months), max_size=6)


@given(stretches)
def test_gaps_are_all_runs_of_uncovered_months(found):
    pairs = [(min(a, b), max(a, b)) if b is not None else (a, None) for a, b in found]
    now = month_number(TODAY)
    covered = {month for first, last in pairs for month in range(first, (now if last is None else last) + 1)}
    free = [month for month in range(min((a for a, _b in pairs), default=now), now) if month not in covered]
    runs = [
        [month for month in free if month - free.index(month) == start]
        for start in dict.fromkeys(m - i for i, m in enumerate(free))
    ]
    expected = [(run[0], run[-1]) for run in runs if len(run) >= LEAST_GAP]

    told = gaps([(first_day(a), first_day(b) if b is not None else None) for a, b in pairs], TODAY)

    assert [(month_number(gap.first), month_number(gap.last)) for gap in told] == expected
    assert all(gap.months >= LEAST_GAP for gap in told)


def test_two_months_are_no_gap_and_three_are():
    work = (date(2020, 1, 1), date(2022, 6, 1))

    assert gaps([work, (date(2022, 9, 1), None)], TODAY) == []
    assert [gap.months for gap in gaps([work, (date(2022, 10, 1), None)], TODAY)] == [3]


@pytest.mark.parametrize(
    ("typed", "month", "only_year"),
    [
        ("03/2019", date(2019, 3, 1), False), ("3.2019", date(2019, 3, 1), False), (" 3 / 2019 ", date(2019, 3, 1), False),
        ("2019-03", date(2019, 3, 1), False), ("2019", date(2019, 1, 1), True),
    ],
)  # fmt: skip
def test_months_are_read_as_people_type_them(typed, month, only_year):
    assert read_month(typed) == (month, only_year)


@pytest.mark.parametrize("typed", ["", "13/2019", "März 2019", "03/19", "0000"])
def test_other_texts_are_no_months(typed):
    assert read_month(typed) is None


def test_a_year_alone_ends_in_december():
    assert read_month("2019", at_end=True) == (date(2019, 12, 1), True)


def test_spans_are_written_as_in_a_cv():
    first, last = date(2019, 3, 1), date(2020, 12, 1)

    assert span_words(first, last, years_only=False) == "03/2019 – 12/2020"
    assert span_words(first, last, years_only=True) == "2019 – 2020"
    assert span_words(first, None, years_only=False) == "seit 03/2019"
    assert span_words(first, date(2019, 12, 1), years_only=True) == "2019"


@pytest.mark.parametrize("situation", Situation)
@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("tone", Tone)
def test_every_answer_has_its_words(situation, source, tone):
    answers = Answers("Verkäuferin", "Korn", source, situation, tone, "ich mag Brot", hours=Hours.PART, start="sofort")

    text = compose(answers)

    assert "Verkäuferin" in text
    assert "Ich mag Brot." in text
    assert "{" not in text + subject(answers)
    assert text[0] == text[0].lower() or text.startswith("Ihr ")  # it goes on after the salutation


def test_a_letter_says_only_what_was_answered():
    bare = compose(Answers("Koch", "Korn", Source.PHONE, Situation.WORKING))
    full = compose(
        Answers(
            "Koch", "Korn", Source.PHONE, Situation.WORKING, strengths=[Strength("Ruhe", "auch wenn es brennt"), Strength("Ordnung")],
            last=Job("Beikoch", "Kantine", is_current=True),
        )
    )  # fmt: skip

    assert "Stärken" not in bare
    assert "anfangen" not in bare
    assert "Zurzeit arbeite ich als Beikoch (Kantine)." in full
    assert "Meine Stärken: Ruhe und Ordnung. Auch wenn es brennt." in full


def test_names_in_a_row():
    assert [in_a_row(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a und b", "a, b und c"]


def test_salutations():
    assert salutation("ms", "Kranz") == "Sehr geehrte Frau Kranz,"
    assert salutation("mr", "Kranz") == "Sehr geehrter Herr Kranz,"
    assert salutation("neutral", "Kim Kranz") == "Guten Tag Kim Kranz,"
    assert salutation("ms", " ") == "Sehr geehrte Damen und Herren,"


def hints(text, **given):
    asked = {"employer": "Bäckerei Korn", "contact_name": "Kranz", "pages": 1, "has_sender": True, **given}
    return [hint.text for hint in check(text=text, **asked)]


GOOD = compose(
    Answers("Verkäuferin", "Bäckerei Korn", Source.WEBSITE, Situation.FAMILY, Tone.WARM, "Ich mag den Duft von Brot.")
)


def test_a_good_letter_has_no_hints():
    assert hints(GOOD) == []


def test_hints_name_what_to_look_at():
    assert "Damen und Herren" in hints(GOOD, contact_name="")[0]
    assert "länger als eine Seite" in hints(GOOD, pages=2)[0]
    assert "Adresse" in hints(GOOD, has_sender=False)[0]
    assert "Platzhalter" in hints(f"{GOOD} [Name]")[0]
    assert "Beispiel" in hints(f"{GOOD} Ich bin hochmotiviert.")[0]
    assert "Gesundheit" in hints(f"{GOOD} Ich war lange krank.")[0]
    assert "sehr kurz" in hints("Guten Tag.")[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bei der Bäckerei Kron arbeiten", ["Bäckerei Kron"]), ("bei der Bäckerei Korn arbeiten", []),
        ("in der Bäckrei Korn, in der Bäckrei Korn", ["Bäckrei Korn"]), ("bei Ihnen backen", []),
    ],
)  # fmt: skip
def test_a_misspelt_employer_is_found_once(text, found):
    assert misspelt(text, "Bäckerei Korn") == found


def test_there_are_words_for_gaps():
    assert {"family", "care", "pause"} <= gap_words().keys()
