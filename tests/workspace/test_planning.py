"""The planning pages: the week, a change with its preview, settings."""

import re
from datetime import timedelta

import pytest

from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.appointments.links import secret_of
from tragnetz.appointments.models import Absence, Booking, Callback, Roster, TalkLength, Workload
from tragnetz.core.clock import today
from tragnetz.network.models import Membership

WEEK = "/de/arbeit/planung/"
CALLS = "/de/arbeit/rueckrufe/"


@pytest.fixture
def lead(herne):
    return client_of("counsellor")


def text(response) -> str:
    return response.content.decode()


def absent(client, herne, persona, day) -> str:
    """Ask what an absence would change; return the page."""
    typed = {"person": str(actor_of(herne, persona).membership_id), "kind": "vacation", "first": day.isoformat()}
    response = client.post(f"{WEEK}abwesend/", typed)
    assert response.status_code == 200, text(response)
    return text(response)


def hidden(page: str) -> str:
    return re.search(r'name="change" value="([^"]+)"', page)[1]


def test_the_week_shows_hours_and_talks_but_no_names(lead, herne):
    booking = booked_enquiry(herne).booked.booking
    day = booking.starts_at.astimezone(herne.zone)
    page = text(lead.get(f"{WEEK}?woche={day.date().isoformat()}"))

    assert "Hanna Reuter" in page
    assert "block--shift" in page
    assert f"{day:%H:%M}</bdi>" in page
    assert "Rosa Geheimrat" not in page


def test_other_organisations_show_busy_times_alone(lead, herne):
    booking = booked_enquiry(herne).booked.booking
    day = booking.starts_at.astimezone(herne.zone).date()
    page = text(client_of("foreign").get(f"{WEEK}?traeger=caritas&woche={day.isoformat()}"))

    assert "belegt" in page
    assert "data-shift" not in page
    assert "Dienst hinzufügen" not in page


def test_an_absence_shows_who_is_affected_before_it_is_kept(lead, herne):
    booking = booked_enquiry(herne).booked.booking
    page = absent(lead, herne, "counsellor", booking.starts_at.astimezone(herne.zone).date())

    assert "Rosa Geheimrat" in page
    assert "kein Vorschlag, wir rufen an" in page
    assert not Absence.objects.exists()
    chosen = re.search(r'<option value="([0-9a-f]{32}\.[^"]+)" selected', page)[1]
    done = lead.post(f"{WEEK}vorschau/", {"change": hidden(page), f"zeit-{booking.pk}": chosen}, follow=True)
    assert "1 Person bekommt einen neuen Vorschlag." in text(done)
    assert "Ein Vorschlag ist unterwegs" in text(done)
    assert Booking.objects.get(replaces=booking).state == "held"


def test_a_preview_that_is_outdated_is_shown_anew(lead, herne):
    booking = booked_enquiry(herne).booked.booking
    page = absent(lead, herne, "counsellor", booking.starts_at.astimezone(herne.zone).date())
    response = lead.post(f"{WEEK}vorschau/", {"change": hidden(page)})

    assert response.status_code == 409
    assert "Nichts ist gespeichert" in text(response)
    assert not Absence.objects.exists()


def test_a_shift_opens_where_it_was_dragged_to(lead, herne):
    row = Roster.objects.filter(membership=actor_of(herne, "counsellor").membership_id, weekday=0).first()
    monday = today(herne.zone) + timedelta(days=7 - today(herne.zone).weekday())
    tuesday = monday + timedelta(days=1)
    page = lead.get(f"{WEEK}dienst/{row.pk}/?tag={monday}&auf={tuesday}&von=09:00&bis=13:00")

    assert f'value="{tuesday.isoformat()}"' in text(page)
    assert 'value="09:00"' in text(page)
    typed = {
        "day": tuesday.isoformat(), "starts": "09:00", "ends": "13:00", "kinds": ["phone"], "site": "", "every": "1",
        "public_percent": "60", "desk_percent": "90", "how": "once",
    }  # fmt: skip
    address = f"{WEEK}dienst/{row.pk}/?tag={monday}"
    assert lead.post(address, typed | {"ends": "08:00"}).status_code == 422
    shown = lead.post(address, typed)
    assert lead.post(f"{WEEK}vorschau/", {"change": hidden(text(shown))}).status_code == 302
    new = Roster.objects.get(valid_from=tuesday, valid_until=tuesday)
    assert (new.weekday, new.public_percent) == (1, 60)


def test_settings_are_saved_part_by_part(lead, herne):
    address = f"{WEEK}einstellungen/"
    colleague = actor_of(herne, "colleague").membership_id
    sent = {"part": "length-phone", "length-phone-first": "75", "length-phone-follow": "45", "length-phone-rest": "15"}
    assert lead.post(address, sent).status_code == 302
    assert lead.post(address, sent | {"length-phone-first": "500"}).status_code == 422
    part = f"member-{colleague}"
    sent = {"part": part, f"{part}-percent": "50", f"{part}-most_a_day": "3"}
    assert lead.post(address, sent).status_code == 302
    assert lead.post(address, {"part": "nix"}).status_code == 404

    assert TalkLength.objects.get(kind="phone").first_minutes == 75
    assert Workload.objects.get(membership=colleague).most_a_day == 3


def test_a_talk_that_cannot_take_place_goes_to_the_calls(lead, herne):
    booking = booked_enquiry(herne).booked.booking
    Absence(
        network=herne, membership_id=booking.membership_id, starts_at=booking.starts_at, ends_at=booking.ends_at
    ).save()
    assert "Noch kein Vorschlag." in text(lead.get(WEEK))

    lead.post(f"{WEEK}anrufen/{booking.pk}/")
    assert Callback.objects.get().contact_id == booking.contact_id
    page = text(lead.get(WEEK))
    assert "Rückruf versprochen bis" in page
    assert "Zu den Rückrufen" not in page
    assert "Neue Zeit vorschlagen" in page


def test_a_talk_that_cannot_take_place_is_proposed_anew(lead, herne):
    booking = booked_enquiry(herne).booked.booking
    Absence(
        network=herne, membership_id=booking.membership_id, starts_at=booking.starts_at, ends_at=booking.ends_at
    ).save()
    sent = {"propose": "1"}
    page = text(lead.post(f"{WEEK}anrufen/{booking.pk}/", sent, follow=True))

    assert "Vorgeschlagen: " in page
    assert "Ein Vorschlag ist unterwegs, Antwort bis" in page
    assert booking.proposals.get().state == "held"
    assert "Ein Vorschlag ist schon unterwegs." in text(lead.post(f"{WEEK}anrufen/{booking.pk}/", sent, follow=True))


def test_a_call_that_a_new_time_spares_is_told_to_both_sides(lead, herne, client):
    booking = booked_enquiry(herne).booked.booking
    Absence(
        network=herne, membership_id=booking.membership_id, starts_at=booking.starts_at, ends_at=booking.ends_at
    ).save()
    lead.post(f"{WEEK}anrufen/{booking.pk}/")
    lead.post(f"{WEEK}anrufen/{booking.pk}/", {"propose": "1"})
    address = f"/de/termin/vorschlag/{secret_of(booking.proposals.get())}/"
    needless = "Wir wollten Sie anrufen, um eine Zeit zu finden. Das ist jetzt nicht mehr nötig."
    assert needless not in text(client.get(address))
    assert "Trotzdem anrufen" not in text(lead.get(CALLS))

    assert needless in text(client.post(address, {"accept": "1"}))

    page = text(lead.get(CALLS))
    assert "Nicht mehr nötig" in page
    assert "neue Zeit vereinbart am" in page
    call = Callback.objects.get()
    assert "wieder offen" in text(lead.post(f"{CALLS}{call.pk}/", {"state": "open"}, follow=True))
    assert needless not in text(client.get(address))


def test_who_leaves_keeps_their_access_until_the_administration_ends_it(lead, herne):
    """The lead is told who ends the access, and sees it when an end is planned."""
    colleague = Membership.objects.get(pk=actor_of(herne, "colleague").membership_id)
    path = f"{WEEK}geht/{colleague.pk}/"
    page = text(lead.get(path))
    assert "Hier enden die Dienste. Der Zugang zu Tragnetz bleibt." in page
    assert "beendet die Verwaltung" in page
    assert "Zugang bis" not in text(lead.get(WEEK))

    day = today(herne.zone) + timedelta(days=20)
    Membership.objects.filter(pk=colleague.pk).update(last_day=day)
    page = text(lead.get(path))

    assert "Der Zugang zu Tragnetz endet nach dem" in page
    assert f'value="{day.isoformat()}"' in page
    assert "Zugang bis" in text(lead.get(WEEK))
    assert "Zugang bis" not in text(client_of("foreign").get(f"{WEEK}?traeger=caritas"))
    Membership.objects.filter(pk=actor_of(herne, "counsellor").membership_id).update(
        roles=["lead", "counsellor", "admin"]
    )
    assert f'href="/de/arbeit/team/{colleague.pk}/"' in text(lead.get(path))
