"""Groups for staff: plan with a preview, register by phone, the list, the paper."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.factories import make_actor
from tests.personas import group_with_people
from tragnetz.appointments.models import Attendance, Booking, Group, Registration, Session
from tragnetz.core.clock import today
from tragnetz.directory.models import Topic
from tragnetz.network.models import Organisation, Programme, Site, User

PAGE = "/de/arbeit/gruppen/"
GROUP = {"title": "Lohnabrechnung", "description": "Zeile für Zeile", "language": "de", "places": "8", "is_public": "on",
         "topic": "work", "materials": "Blatt | https://beispiel.example/blatt.pdf", "title_tr": "Bordro"}  # fmt: skip


@pytest.fixture
def owner(network):
    Topic(network=network, key="work", name={"de": "Arbeit"}).save()
    return make_actor(network, "alpha", "counsellor", name="Hanna")


@pytest.fixture
def client(owner):
    return log_in(owner)


@pytest.fixture
def session(network, owner):
    return group_with_people(network, owner)


def log_in(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), "allauth.account.auth_backends.AuthenticationBackend")
    return client


def new_dates(network, owner, **given):
    alpha = Organisation.objects.get(key="alpha")
    site, _made = Site.objects.get_or_create(network=network, key="haus", organisation=alpha, name="Haus", street="Weg")
    day = today(network.zone) + timedelta(days=7)
    return {
        "day": day.isoformat(), "starts": "20:00", "ends": "21:30", "count": "3", "every": "1",
        "leader": str(owner.membership_id), "site": str(site.pk), "room": "1", **given,
    }  # fmt: skip


def text_of(response) -> str:
    assert response.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_a_group_is_made_planned_with_a_preview_and_opened(network, owner, client):
    client.post(f"{PAGE}neu/", GROUP)
    group = Group.objects.get()
    assert (group.title, group.materials[0]["url"]) == (
        {"de": "Lohnabrechnung", "tr": "Bordro"}, "https://beispiel.example/blatt.pdf",
    )  # fmt: skip

    preview = client.post(f"{PAGE}{group.pk}/termine/", new_dates(network, owner) | {"preview": "1"})
    assert "Das wären 3 Termine" in preview.content.decode()
    assert Session.objects.count() == 0
    client.post(f"{PAGE}{group.pk}/termine/", new_dates(network, owner) | {"make": "1"})
    client.post(f"{PAGE}{group.pk}/stand/", {"open": "1"})

    assert Session.objects.count() == Booking.objects.count() == 3
    assert Group.objects.get().state == "open"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ""}, "Bitte füllen Sie dieses Feld aus"),
        ({"places": "0"}, "1"),
        ({"materials": "ohne Adresse"}, "Titel | https://"),
        ({"materials": "x | javascript:alert(1)"}, "Titel | https://"),
    ],
)
def test_bad_details_are_said(client, change, message):
    response = client.post(f"{PAGE}neu/", GROUP | change)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert Group.objects.count() == 0


def test_a_taken_time_tells_three_others(network, owner, client, session):
    starts = session.starts_at.astimezone(network.zone)
    typed = new_dates(network, owner, day=starts.date().isoformat(), starts="21:30", ends="22:30", count="1") | {
        "make": "1"
    }
    response = client.post(f"{PAGE}{session.group_id}/termine/", typed)

    assert response.status_code == 422
    assert response.content.decode().count("22:30") >= 3
    assert "Möglich wäre" in response.content.decode()
    assert Session.objects.count() == 2


def test_a_date_is_moved_and_called_off(network, owner, client, session):
    path = f"{PAGE}termin/{session.pk}/"
    starts = session.starts_at.astimezone(network.zone)
    typed = new_dates(network, owner, day=starts.date().isoformat(), starts="20:30", ends="21:30")
    assert client.post(path, typed | {"move": "1"}).status_code == 302
    assert Session.objects.get(pk=session.pk).starts_at == session.starts_at - timedelta(minutes=30)

    client.post(path, {"cancel": "1"})

    assert Booking.objects.get(session=session).state == "cancelled"
    assert "vorbei oder abgesagt" in client.get(path).content.decode()


def test_the_desk_of_another_organisation_registers_but_sees_nobody(network, session):
    desk = log_in(make_actor(network, "beta", "intake", name="Ina"))
    page = desk.get(f"{PAGE}{session.group_id}/").content.decode()
    assert "Rosa" not in page
    typed = {"key": "3" * 32, "name": "Frau Neu", "phone": "0170 7654321", "may_call": "on", "language": "tr"}

    response = desk.post(f"{PAGE}{session.group_id}/anmelden/", typed)

    assert re.search(r'class="code"><bdi>[0-9A-Z-]{14}<', response.content.decode())
    found = Registration.objects.get(idempotency_key="3" * 32)
    assert (found.contact.organisation_id, found.contact.language) == (session.group.organisation_id, "tr")
    assert "Frau Neu" not in desk.get(f"{PAGE}{session.group_id}/").content.decode()


def test_people_are_deregistered(client, session):
    registration = session.group.registrations.first()

    client.post(f"{PAGE}abmelden/{registration.pk}/")

    assert Registration.objects.get(pk=registration.pk).state == "cancelled"


def test_a_group_without_a_free_place_is_called_full(client, session):
    assert "voll" not in client.get(PAGE).content.decode()
    taken = Registration.objects.filter(group=session.group, state="registered").count()
    Group.objects.filter(pk=session.group_id).update(places=taken)

    assert "voll, Warteliste offen" in client.get(PAGE).content.decode()


def test_the_list_is_kept_and_all_others_are_there_with_one_button(client, session):
    first, second = session.group.registrations.order_by("seat")
    path = f"{PAGE}termin/{session.pk}/liste/"

    client.post(path, {first.pk.hex: "excused", second.pk.hex: "", "all": "1"})

    assert dict(Attendance.objects.values_list("registration", "presence")) == {first.pk: "excused", second.pk: "came"}
    client.post(path, {first.pk.hex: "quatsch", second.pk.hex: "came"})
    assert list(Attendance.objects.values_list("registration", flat=True)) == [second.pk]


def test_somebody_without_registration_is_taken_in_until_the_group_is_full(client, session):
    path = f"{PAGE}termin/{session.pk}/dazu/"
    typed = {"name": "Herr Neu", "may_call": "on"}

    assert client.post(path, typed | {"key": "4" * 32}).status_code == 302
    full = client.post(path, typed | {"key": "5" * 32})

    assert full.status_code == 422
    assert "Alle Plätze sind vergeben" in full.content.decode()
    assert Attendance.objects.filter(presence="came").count() == 2


def test_certificate_names_person_dates_hours_and_leader(client, session):
    text = text_of(client.get(f"{PAGE}{session.group_id}/bescheinigungen.pdf"))

    for words in (
        "Bescheinigung",
        "Rosa 0",
        "Bewerbung mit Plan",
        "1 von 2 Terminen",
        "1 Stunde",
        "Hanna Test",
        "Alpha e. V.",
    ):
        assert words in text
    assert "Rosa 1" not in text


def test_certificate_does_not_tell_what_could_hurt(network, owner, client):
    session = group_with_people(network, owner, topic="debt", title={"de": "Schulden ordnen"})

    text = text_of(client.get(f"{PAGE}{session.group_id}/bescheinigungen.pdf"))

    assert "Schulden" not in text
    assert "Kurs zur persönlichen und beruflichen Entwicklung" in text


def test_there_is_no_certificate_for_who_has_not_earned_it(client, session):
    second = session.group.registrations.get(seat=2)

    assert client.get(f"{PAGE}{session.group_id}/bescheinigungen.pdf", {"wer": str(second.pk)}).status_code == 404


def test_the_sheet_for_the_door_names_no_group(client, session):
    text = text_of(client.get(f"{PAGE}termin/{session.pk}/aushang.pdf"))

    assert "Ich bin da" in text
    assert "Bewerbung" not in text


def test_copying_and_calling_off(client, session):
    client.post(f"{PAGE}{session.group_id}/stand/", {"copy": "1"})
    client.post(f"{PAGE}{session.group_id}/stand/", {"call_off": "1"})

    assert sorted(Group.objects.values_list("state", flat=True)) == ["cancelled", "draft"]
    for shown, count in (("kommende", 1), ("eigene", 1), ("vorbei", 1), ("quatsch", 1)):
        page = client.get(PAGE, {"zeige": shown}).content.decode()
        assert page.count("Bewerbung mit Plan") == count


def test_fewer_places_than_people_are_refused(client, session):
    response = client.post(f"{PAGE}{session.group_id}/bearbeiten/", GROUP | {"places": "1"})

    assert response.status_code == 422
    assert "schon 2 Plätze vergeben" in response.content.decode()


def test_a_group_stays_with_a_project_that_is_over(network, client, session):
    day = today(network.zone)
    over = Programme(
        network=network, key="damals", name="Damals", short_name="Damals", funder={}, starts=day - timedelta(days=900),
        ends=day - timedelta(days=1),
    )  # fmt: skip
    over.save()
    Group.objects.update(programme=over)
    address = f"{PAGE}{session.group_id}/bearbeiten/"

    shown = client.get(address).content.decode()
    client.post(address, GROUP | {"title": "Neu", "programme": str(over.pk)})

    assert re.search(rf'value="{over.pk}" selected[^>]*>\s*Damals', shown)
    assert Group.objects.values_list("title__de", "programme").get() == ("Neu", over.pk)
    assert str(over.pk) not in client.get(f"{PAGE}neu/").content.decode()


def test_reading_who_comes_leaves_an_event(client, session):
    from tragnetz.audit.models import Event

    client.get(f"{PAGE}{session.group_id}/")

    assert Event.objects.filter(verb="group:read", object_id=session.group_id).count() == 1


def test_the_day_leads_its_leader_straight_to_the_list(client, network, session):
    day = session.starts_at.astimezone(network.zone).date()
    page = client.get(f"/de/arbeit/?tag={day.isoformat()}").content.decode()

    assert f'href="{PAGE}termin/{session.pk}/liste/"' in page
