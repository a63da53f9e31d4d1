"""Pages of deadlines: count, confirm, settle; the calculator and the letter store nothing."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.personas import client_of
from tragnetz.audit.models import Event
from tragnetz.casework.models import Deadline
from tragnetz.core.clock import today

START = date(2026, 11, 2)
SUM = {"rule": "objection", "start_on": "2026-11-02", "arrival": "post", "matter": "Jobcenter will Geld zurück"}
LETTER = """Jobcenter Musterstadt
Datum: {day}
Aufhebungs- und Erstattungsbescheid
Sehr geehrte Frau Linde, Sie müssen 412,00 Euro erstatten.
Rechtsbehelfsbelehrung: Gegen diesen Bescheid kann innerhalb eines Monats Widerspruch erhoben werden."""


@pytest.fixture
def client():
    return client_of("counsellor")


@pytest.fixture
def address(case):
    return f"/de/arbeit/faelle/{case.pk}/fristen/"


def letter_of(on):
    """Return a letter of a day."""
    return LETTER.format(day=f"{on:%d.%m.%Y}")


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_sum_is_shown_with_its_steps_and_nothing_is_kept(client, address):
    answer = client.post(f"{address}neu/", SUM | {"look": "1"})

    assert answer.status_code == 200
    assert "Letzter Tag: Montag, 7. Dezember 2026" in text(answer)
    assert "§ 64 Abs. 3 SGG" in text(answer)
    assert Deadline.objects.count() == 0


def test_a_last_day_on_which_offices_are_closed_is_said(client, address, herne):
    herne.closing_days = {"12-24": "Heiligabend"}
    herne.save()
    handed = SUM | {"start_on": "2026-11-24", "arrival": "handed", "look": "1"}

    closed = text(client.post(f"{address}neu/", handed))
    open_day = text(client.post(f"{address}neu/", handed | {"start_on": "2026-11-23"}))

    assert "Letzter Tag: Donnerstag, 24. Dezember 2026" in closed
    assert "haben Ämter meist geschlossen (Heiligabend)" in closed
    assert "geschlossen" not in open_day.split("Letzter Tag")[1].split("</section>")[0]


def test_only_what_a_rule_needs_is_asked(client, address):
    page = text(client.post(f"{address}neu/", {"rule": "job_seeking"}))

    assert "Letzter Tag der Arbeit" in page
    assert "Wie kam der Brief?" not in page
    assert "Bitte wählen Sie ein Datum" not in page


def test_a_deadline_is_kept_only_when_its_day_was_confirmed(client, address):
    refused = client.post(f"{address}neu/", SUM | {"save": "1"})
    stale = client.post(f"{address}neu/", SUM | {"save": "1", "confirmed": "2026-12-06"})
    assert (refused.status_code, stale.status_code, Deadline.objects.count()) == (422, 422, 0)
    assert "bestätigen Sie den Tag" in text(refused)

    kept = client.post(f"{address}neu/", SUM | {"save": "1", "confirmed": "2026-12-07"}, follow=True)

    assert Deadline.objects.get().due_on == date(2026, 12, 7)
    assert "Jobcenter will Geld zurück" in text(kept)
    assert "Widerspruch gegen einen Bescheid" in text(client.get(address))


def test_another_day_needs_a_reason_when_it_is_later(client, address):
    asked = SUM | {"save": "1", "other_day": "2026-12-09"}
    assert "warum" in text(client.post(f"{address}neu/", asked))

    client.post(f"{address}neu/", asked | {"reason": "Brief kam am 5. November"})

    assert Deadline.objects.get().due_on == date(2026, 12, 9)


def test_a_letter_that_never_came_needs_a_day_by_hand(client, address):
    asked = SUM | {"arrival": "never", "save": "1"}
    assert "Die Frist hat nicht begonnen" in text(client.post(f"{address}neu/", asked))

    client.post(f"{address}neu/", asked | {"other_day": "2026-12-01"})

    assert (Deadline.objects.get().computed_on, Deadline.objects.get().due_on) == (None, date(2026, 12, 1))


def test_an_own_deadline_is_kept_without_a_sum(client, address):
    asked = {"rule": "own", "save": "1", "other_day": "2026-12-01", "matter": "Zeugnis abgeben"}
    client.post(f"{address}neu/", asked)

    assert Deadline.objects.get().rule == ""
    assert "Zeugnis abgeben" in text(client.get(address))


def test_a_deadline_is_settled_changed_and_opened_again(client, address):
    client.post(f"{address}neu/", SUM | {"save": "1", "confirmed": "2026-12-07"})
    page = f"{address}{Deadline.objects.get().pk}/"

    assert "Anderer Tag gilt" in text(client.get(f"{page}?aendern=1"))
    client.post(page, SUM | {"start_on": "2026-11-03", "save": "1", "other_day": "2026-12-04"})
    assert Deadline.objects.get().due_on == date(2026, 12, 4)
    client.post(page, {"state": "met"})
    assert Deadline.objects.get().state == "met"
    assert "erledigt" in text(client.post(page, SUM | {"save": "1", "confirmed": "2026-12-07"}))
    client.post(page, {"state": "open"})
    assert Deadline.objects.get().state == "open"


def test_deadlines_stand_on_the_day_page_and_on_the_first_page_of_the_case(client, address, case, herne):
    soon = today(herne.zone) + timedelta(days=3)
    client.post(f"{address}neu/", {"rule": "own", "save": "1", "other_day": soon.isoformat(), "matter": "Zeugnis"})

    assert "Zeugnis" in text(client.get("/de/arbeit/"))
    assert "1 Frist in den nächsten sieben Tagen" in text(client.get(f"/de/arbeit/faelle/{case.pk}/"))


def test_the_calculator_counts_for_the_desk_and_stores_nothing(herne):
    client = client_of("intake")
    before = Event.objects.count()

    answer = client.post("/de/arbeit/fristen/", {"rule": "dismissal", "start_on": "2026-11-02", "look": "1"})

    assert "Montag, 23. November 2026" in text(answer)
    assert Event.objects.count() == before


def test_a_rule_that_nobody_could_compare_says_why(herne):
    """A rule that was read shows the day of its text instead."""
    client = client_of("intake")
    ask = {"start_on": "2026-11-02", "look": "1"}

    waiting = text(client.post("/de/arbeit/fristen/", ask | {"rule": "basic_income"}))
    read = text(client.post("/de/arbeit/fristen/", ask | {"rule": "payment_order"}))

    assert "noch nicht mit dem heutigen Gesetzestext verglichen" in waiting
    assert "§ 37 hat darin noch niemand gelesen" in waiting
    assert "Stand 17.4.2026" in read
    assert "noch nicht mit dem heutigen Gesetzestext verglichen" not in read


def test_a_letter_becomes_a_proposal_and_no_deadline(client, address, herne):
    day = today(herne.zone) - timedelta(days=13)

    answer = client.post(f"{address}brief/", {"text": letter_of(day)})

    assert "Vorschlag: Bescheid" in text(answer)
    assert '<option value="objection" selected' in text(answer)
    assert f'value="{day}"' in text(answer)
    assert f"{day:%d.%m.%Y}<span" in text(answer)
    assert Deadline.objects.count() == 0


@pytest.mark.parametrize("persona", ["counsellor", "intake"])
def test_a_pdf_is_read_and_kept_nowhere(herne, persona):
    import typst

    pdf = typst.compile(letter_of(today(herne.zone)).replace("\n", "\n\n").encode(), format="pdf")

    answer = client_of(persona).post("/de/arbeit/fristen/brief/", {"file": SimpleUploadedFile("a.pdf", pdf)})

    assert "Vorschlag: Bescheid" in text(answer)


@pytest.mark.parametrize("sent", [{}, {"text": "   "}])
def test_nothing_to_read_is_told(client, herne, sent):
    answer = client.post("/de/arbeit/fristen/brief/", sent)

    assert answer.status_code == 422
    assert "Bitte fügen Sie den Text ein" in text(answer)


def test_what_a_letter_says_is_shown_and_never_run(client, herne):
    answer = client.post("/de/arbeit/fristen/brief/", {"text": "<script>alert(1)</script> Datum: 16.11.2026"})

    assert "<script>alert(1)" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode()
