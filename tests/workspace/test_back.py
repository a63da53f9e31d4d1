"""After saving one is where one came from, and reads what was done."""

from datetime import timedelta

import pytest

from tests.personas import actor_of, client_of
from tragnetz.appointments.models import Booking
from tragnetz.casework.goals.commands import add_step
from tragnetz.casework.teamwork.commands import give_task
from tragnetz.core.clock import now
from tragnetz.staff.models import Remark
from tragnetz.workspace.back import page_of

HOST = "http://testserver"


@pytest.fixture
def client():
    return client_of("counsellor")


@pytest.fixture
def booking(case):
    """The talk of the case, an hour ago."""
    starts = now() - timedelta(hours=1)
    Booking.objects.filter(pk=case.enquiry.booking_id).update(starts_at=starts, ends_at=starts + timedelta(minutes=45))
    return Booking.objects.get(pk=case.enquiry.booking_id)


def told(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_who_came_is_marked_on_the_day_and_the_team_that_one_looks_at(client, herne, booking):
    seen = f"/de/arbeit/?tag={booking.starts_at.astimezone(herne.zone):%Y-%m-%d}&team=1"

    answer = client.post(f"/de/arbeit/termine/{booking.pk}/", {"state": "attended"}, headers={"Referer": HOST + seen})

    assert answer.url == seen
    assert "Rosa Geheimrat: hat stattgefunden" in told(client.get(answer.url))


def test_without_a_word_of_the_browser_the_day_of_the_appointment_is_shown(client, herne, booking):
    answer = client.post(f"/de/arbeit/termine/{booking.pk}/", {"state": "missed"})

    assert answer.url == f"/de/arbeit/?tag={booking.starts_at.astimezone(herne.zone):%Y-%m-%d}"


def test_a_task_that_is_done_says_so_on_the_day_one_looks_at(client, herne, case, day):
    owner = actor_of(herne, "counsellor")
    task = give_task(
        actor=owner, case=case, assignee_id=owner.membership_id, text="Anrufen", due_on=day, today=day,
    )  # fmt: skip

    answer = client.post(f"/de/arbeit/aufgaben/{task.pk}/", headers={"Referer": f"{HOST}/de/arbeit/?tag={day}"})

    assert answer.url == f"/de/arbeit/?tag={day}"
    assert "Die Aufgabe ist erledigt." in told(client.get(answer.url))


def test_a_step_that_is_done_says_so_and_can_be_open_again(client, herne, case):
    step = add_step(actor=actor_of(herne, "counsellor"), case=case, text="Brief", owner="person", due_on=None)
    address = f"/de/arbeit/faelle/{case.pk}/schritt/{step.pk}/"

    assert "Der Schritt ist erledigt." in told(client.post(address, follow=True))
    assert "Der Schritt ist wieder offen." in told(client.post(address, {"again": "1"}, follow=True))


def test_after_a_remark_one_is_back_on_the_page_and_nothing_of_its_address_is_kept(client, case):
    page = f"/de/arbeit/faelle/{case.pk}/ziele/"
    form = client.get("/de/arbeit/melden/?seite=workspace:goals", headers={"Referer": HOST + page})
    assert f'name="zurueck" value="{page}"' in told(form)
    assert "/de/arbeit/faelle/…/ziele/" in told(form)

    answer = client.post("/de/arbeit/melden/", {"text": "Zu klein", "seite": "workspace:goals", "zurueck": page})

    assert answer.url == page
    assert str(case.pk) not in "".join(str(value) for value in Remark.objects.values().get().values())


def test_a_contact_that_was_changed_in_a_case_leads_back_to_it(client, case):
    page, address = f"/de/arbeit/faelle/{case.pk}/", f"/de/arbeit/nachrichten/kontakt/{case.contact_id}/"
    form = told(client.get(address, headers={"Referer": HOST + page}))
    assert f'<a class="kern-link" href="{page}">Zurück</a>' in form

    typed = {"name": "Rosa Geheimrat", "phone": "0170 1234567", "language": "de", "zurueck": page}
    wrong, answer = client.post(address, typed | {"phone": "x"}), client.post(address, typed)

    assert (wrong.status_code, f'name="zurueck" value="{page}"' in told(wrong)) == (422, True)
    assert answer.url == page
    assert "Zurück</a>" not in told(client.get(address, headers={"Referer": HOST + address}))


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://anderswo.example/de/arbeit/?tag=2026-01-01", "/de/arbeit/?tag=2026-01-01"),  # path and query alone
        ("https://anderswo.example/boese/", ""),
        ("//anderswo.example", ""),
        ("javascript:alert(1)", ""),
        ("http://[kaputt", ""),
        ("/de/suche/", ""),
        ("/de/konto/sitzungen/", "/de/konto/sitzungen/"),
    ],
)
def test_back_leads_to_pages_of_the_own_work_alone(address, page):
    assert page_of(address) == page
