"""Callbacks, telephone plan and waiting list at the desk."""

import re
from datetime import timedelta

import pytest

from tests.personas import actor_of, booked_enquiry, client_of, first_free
from tragnetz.appointments.calls.commands import promise_callback
from tragnetz.appointments.models import Booking, Callback, LineDuty, LinePresence, WaitingEntry
from tragnetz.appointments.waiting.commands import put_on_list
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.casework.models import Enquiry
from tragnetz.clients.commands import add_contact
from tragnetz.clients.models import Contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now, today

DESK = "/de/arbeit/telefon/"
LIST = "/de/arbeit/rueckrufe/"


@pytest.fixture
def actor(herne):
    return actor_of(herne, "intake")


def contact_of(actor):
    details = ContactDetails(
        name="Frau Yilmaz", phone="0170 1234567", language="tr", interpreter=True, safe_note="nur vormittags"
    )
    return add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)


@pytest.fixture
def callback(actor):
    return promise_callback(
        actor=actor, organisation_id=actor.organisation_id, contact=contact_of(actor), district=None, topic="money",
        urgency="week", now=now(),
    )  # fmt: skip


def test_a_call_is_taken_tried_and_given_up_after_three_times(callback):
    desk, colleague = client_of("intake"), client_of("intake")
    address = f"{LIST}{callback.pk}/"
    desk.post(address, {"state": "take"})
    page = desk.get(LIST).content.decode()

    assert "Sie rufen an" in page
    assert "nur vormittags" in page
    for _ in range(3):
        said = colleague.post(address, {"state": "no_answer"}, follow=True).content.decode()
    assert "Notiert: nicht erreicht." in said
    assert "Noch einmal versuchen" in said
    assert colleague.post(address, {"state": "sing"}).status_code == 404


def test_the_list_says_whose_voicemail_is_not_to_be_spoken_on(callback):
    page = client_of("intake").get(LIST).content.decode()
    assert "Nicht auf die Mailbox sprechen. nur vormittags" in page

    Contact.objects.update(may_voicemail=True)

    page = client_of("intake").get(LIST).content.decode()
    assert "Nicht auf die Mailbox" not in page
    assert "nur vormittags" in page


def test_what_somebody_else_calls_shows_their_name_and_no_button(callback, herne):
    from tragnetz.network.models import Membership, User

    other = User.objects.create_user("x@x.example", "a long enough password", first_name="Ina", last_name="Voss")
    Membership(network=herne, user=other, organisation_id=callback.organisation_id, roles=["intake"]).save()
    client_of("intake").post(f"{LIST}{callback.pk}/", {"state": "take"})
    from django.test import Client

    client = Client()
    client.force_login(other, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(LIST).content.decode()

    assert "ruft gerade an" in page
    assert "Ich rufe an" not in page


def test_a_broken_promise_is_told_to_the_lead_on_their_day(herne):
    lead = actor_of(herne, "counsellor")
    callback = promise_callback(
        actor=lead, organisation_id=lead.organisation_id, contact=contact_of(lead), district=None, topic="",
        urgency="today", now=now(),
    )  # fmt: skip
    Callback.objects.filter(pk=callback.pk).update(promised_until=now() - timedelta(hours=1))

    assert "1 Rückruf ist überfällig" in client_of("counsellor").get("/de/arbeit/").content.decode()
    assert "ist überfällig" not in client_of("colleague").get("/de/arbeit/").content.decode()
    assert "ist überfällig" not in client_of("foreign").get("/de/arbeit/").content.decode()


def test_the_sheet_begins_with_what_is_known_and_keeps_the_promise(callback):
    desk = client_of("intake")
    page = desk.get(f"{DESK}?rueckruf={callback.pk}").content.decode()

    assert 'value="Frau Yilmaz"' in page
    assert 'value="0170 1234567"' in page
    assert '<option value="tr" selected' in page
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page)[1]
    desk.post(DESK, {"key": key, "promise": callback.pk, "language": "tr", "information": "1"})
    callback.refresh_from_db()
    assert callback.state == "done"
    assert callback.attempts.get().result == "reached"


def test_after_a_call_that_was_promised_the_next_one_is_one_click_away(callback):
    desk = client_of("intake")
    sheet = {"key": "4" * 32, "promise": callback.pk, "language": "tr", "information": "1"}

    assert "Nächster Rückruf" in desk.post(DESK, sheet).content.decode()
    assert "Nächster Rückruf" not in desk.post(DESK, {"key": "5" * 32, "information": "1"}).content.decode()


def called_back(desk, asked, **typed):
    """Send the sheet that is opened from a promise, with what it was filled with."""
    page = desk.get(f"{DESK}?rueckruf={asked.callback_id}").content.decode()
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page)[1]
    sheet = {"key": key, "promise": asked.callback_id, "name": "Herr K.", "phone": "0170 1234567", "may_call": "on",
             "language": "tr", "urgency": "week", "email": "k@example.org", "may_email": "on"} | typed  # fmt: skip
    return page, sheet, desk.post(DESK, sheet).content.decode()


@pytest.fixture
def asked(herne):
    """Somebody who asked for a call, with an address that is blocked."""
    typed = {"key": "6" * 32, "name": "Herr K.", "phone": "0170 1234567", "may_call": "on", "language": "tr",
             "email": "k@example.org", "may_email": "on", "concern": "Brief vom Amt", "callback": "1"}  # fmt: skip
    client_of("counsellor").post(DESK, typed)
    found = Enquiry.objects.get()
    Contact.objects.update(address_blocked=True)
    return found


def slot_with(herne, persona):
    """Return the token of a free time with somebody."""
    wanted = first_free(herne, actor_of(herne, persona))
    return f"{wanted.membership_id.hex}.{wanted.start}.{wanted.length}.{wanted.kind}"


def test_a_sheet_begun_from_a_promise_books_for_the_same_contact_and_enquiry(asked, herne):
    desk = client_of("counsellor")
    page, sheet, done = called_back(desk, asked, phone="0170 7654321", topic="money", concern="Brief vom Jobcenter",
                                    slot=slot_with(herne, "counsellor"), book="1")  # fmt: skip

    assert 'value="k@example.org"' in page
    assert "Brief vom Amt" in page
    assert "Termin gebucht" in done
    assert "Termin gebucht" in desk.post(DESK, sheet).content.decode()
    found, contact = Enquiry.objects.get(), Contact.objects.get()
    assert (found.pk, found.outcome, found.topic) == (asked.pk, "appointment", "money")
    assert (found.concern, found.booking) == ("Brief vom Jobcenter", Booking.objects.get())
    assert (contact.pk, contact.spoken_phone) == (asked.contact_id, "0170 7654321")
    assert (contact.address_blocked, contact.may_email) == (True, True)
    assert found.callback.state == "done"


def test_a_sheet_that_books_elsewhere_leaves_our_contact_and_gives_theirs(asked, herne):
    _page, _sheet, done = called_back(
        client_of("counsellor"), asked, phone="0170 7654321", slot=slot_with(herne, "foreign"), book="1"
    )

    assert "Termin gebucht" in done
    theirs = Enquiry.objects.exclude(pk=asked.pk).get()
    assert theirs.organisation_id == theirs.contact.organisation_id == actor_of(herne, "foreign").organisation_id
    asked.refresh_from_db()
    assert (asked.outcome, asked.contact.spoken_phone, asked.callback.state) == ("callback", "0170 1234567", "done")


def test_a_promise_that_is_put_off_or_answered_makes_no_second_enquiry(asked):
    desk = client_of("counsellor")
    _page, sheet, done = called_back(desk, asked, callback="1")
    again = desk.post(DESK, sheet).content.decode()

    found = Enquiry.objects.get()
    assert "Rückruf versprochen" in done
    assert "Rückruf versprochen" in again
    assert [row.state for row in Callback.objects.order_by("created_at")] == ["done", "open"]
    assert (found.pk, found.outcome, found.callback.state) == (asked.pk, "callback", "open")

    _page, sheet, done = called_back(desk, found, information="1")
    again = desk.post(DESK, sheet).content.decode()

    assert "Anfrage ergänzt" in done
    assert "Anfrage ergänzt" in again
    found = Enquiry.objects.get()
    assert (found.outcome, found.callback.state, found.concern) == ("callback", "done", "Brief vom Amt")
    assert Contact.objects.count() == 1


def test_a_promise_that_waits_now_keeps_its_enquiry(asked):
    _page, _sheet, done = called_back(client_of("counsellor"), asked, waiting="1")

    assert "Auf der Warteliste" in done
    found = Enquiry.objects.get()
    assert (found.pk, found.outcome, found.waiting.contact_id) == (asked.pk, "waiting", asked.contact_id)


def test_who_phones_while_a_colleague_calls_is_taken_down_and_the_promise_stays(asked, herne):
    Callback.objects.update(taken_by=actor_of(herne, "colleague").membership_id, taken_at=now())
    _page, _sheet, done = called_back(client_of("counsellor"), asked, waiting="1")

    assert "Auf der Warteliste" in done
    assert Callback.objects.get().state == "open"


def test_a_foreign_promise_continues_nothing(asked):
    _page, _sheet, done = called_back(client_of("foreign"), asked, waiting="1")

    assert "Auf der Warteliste" in done
    asked.refresh_from_db()
    assert (asked.outcome, asked.callback.state) == ("callback", "open")
    assert Enquiry.objects.count() == 2


def test_the_sheet_of_a_foreign_promise_begins_empty(callback):
    page = client_of("foreign").get(f"{DESK}?rueckruf={callback.pk}").content.decode()

    assert "Frau Yilmaz" not in page
    assert client_of("foreign").get(f"{DESK}?rueckruf=x").status_code == 200


def test_the_desk_puts_somebody_on_the_waiting_list_once(herne):
    desk = client_of("intake")
    typed = {"key": "3" * 32, "name": "Herr K.", "phone": "0170 1234567", "may_call": "on", "may_text": "on",
             "language": "tr", "urgency": "week", "topic": "money", "address": "Crange", "waiting": "1"}  # fmt: skip
    first, second = desk.post(DESK, typed).content.decode(), desk.post(DESK, typed).content.decode()

    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", first)[0]
    assert "Platz 1" in first
    assert code in second
    entry = WaitingEntry.objects.get()
    assert (entry.language, entry.topic, entry.urgency, entry.district.key) == ("tr", "money", "week", "wanne")
    assert Enquiry.objects.get().outcome == "waiting"


def test_the_desk_is_told_when_no_offer_could_reach_somebody(herne):
    typed = {"key": "3" * 32, "name": "Herr K.", "language": "de", "waiting": "1"}

    assert "Bitte einen Weg vereinbaren" in client_of("intake").post(DESK, typed).content.decode()


def test_wishes_are_changed_and_the_waiting_ended(actor, herne):
    listed = put_on_list(
        actor=actor, organisation_id=actor.organisation_id, contact=contact_of(actor), wishes=Wishes(),
        urgency="normal", idempotency_key="k", now=now() - timedelta(days=3),
    )  # fmt: skip
    desk, address = client_of("intake"), f"/de/arbeit/warteliste/{listed.entry.pk}/"
    typed = {"urgency": "today", "kind": "phone", "weekdays": ["1", "3"], "earliest": "09:00", "latest": "12:00",
             "language": "tr", "gender": "f"}  # fmt: skip
    wrong = desk.post(address, typed | {"latest": "08:00"})
    desk.post(address, typed)
    page = desk.get("/de/arbeit/warteliste/").content.decode()

    assert wrong.status_code == 422
    assert "Das Ende liegt vor dem Anfang" in wrong.content.decode()
    for words in ("wartet 3 Tage", "ab 09:00 Uhr", "bei einer Frau", "am Telefon", "nur vormittags"):
        assert words in page, words
    desk.post(f"{address}beenden/")
    assert "Niemand wartet" in desk.get("/de/arbeit/warteliste/").content.decode()


def test_a_lead_plans_ends_and_is_told_what_is_wrong(herne):
    lead, address = client_of("counsellor"), "/de/arbeit/telefonplan/"
    actor, on = actor_of(herne, "counsellor"), today(herne.zone)
    from tragnetz.network.models import Hotline

    typed = {"hotline": Hotline.objects.get(key="line-herne").pk, "membership": actor.membership_id,
             "weekdays": ["0", "1", "2", "3", "4"], "starts": "08:00", "ends": "13:00", "valid_from": on.isoformat()}  # fmt: skip
    monday = on - timedelta(days=on.weekday()) + timedelta(days=14)

    assert lead.post(address, typed | {"weekdays": []}).status_code == 422
    assert lead.post(address, typed | {"ends": "07:00"}).status_code == 422
    assert client_of("colleague").post(address, typed).status_code == 422
    assert not LineDuty.objects.exists()
    assert lead.post(address, typed | {"woche": monday.isoformat()}).status_code == 302
    assert "schon eingeteilt" in lead.post(address, typed).content.decode()
    page = lead.get(f"{address}?woche={monday}").content.decode()
    assert "13:00–15:00" in page
    assert "Hanna Reuter" in page
    assert "Da ist niemand am Telefon" in page
    for duty in LineDuty.objects.all():
        lead.post(f"{address}{duty.pk}/", {})
    assert not LineDuty.objects.filter(valid_until=None).exists()


def test_an_odd_week_shows_this_one(herne):
    for week in ("", "bald", "1900-01-01", "9999-12-31"):
        assert client_of("intake").get(f"/de/arbeit/telefonplan/?woche={week}").status_code == 200


def test_signing_on_is_one_click_and_out_of_hours_is_told(herne):
    from tragnetz.network.models import Hotline

    hours = [
        {"days": ["mo", "tu", "we", "th", "fr", "sa", "su"], "opens": "00:00", "closes": "23:59", "on_holidays": True}
    ]
    Hotline.objects.filter(key="line-herne").update(hours=hours)
    Hotline.objects.filter(key="line-wanne").update(hours=[])
    desk = client_of("intake")

    assert "Ich bin weg" in desk.post("/de/arbeit/telefonplan/line-herne/", {"an": "1"}, follow=True).content.decode()
    desk.post("/de/arbeit/telefonplan/line-herne/", {"an": "0"})
    assert LinePresence.objects.get().until is not None
    assert "geschlossen" in desk.post("/de/arbeit/telefonplan/line-wanne/", {"an": "1"}, follow=True).content.decode()
    assert desk.post("/de/arbeit/telefonplan/line-nowhere/", {"an": "1"}).status_code == 404


def test_the_script_says_how_long_it_takes(herne, settings):
    settings.TRAGNETZ_PUBLIC_URL = "https://hilfe.example"
    page = client_of("intake").get("/de/arbeit/telefonplan/ansage/").content.decode()

    assert page.count("announcement__words") == 20
    assert 'dir="rtl"' in page
    assert "auf hilfe.example." in page
    assert "Sekunden" in page


def test_how_somebody_is_reached_is_changed_from_wherever_they_are_shown(herne):
    """Callback, waiting list and its form, booking and enquiry lead to the page of the contact."""
    desk = client_of("intake")
    listed = {"key": "4" * 32, "name": "Herr L.", "phone": "0170 1234567", "language": "tr", "waiting": "1"}
    called = {
        "key": "5" * 32,
        "name": "Frau M.",
        "phone": "0170 1234568",
        "language": "de",
        "may_call": "on",
        "callback": "1",
    }
    desk.post(DESK, listed)
    desk.post(DESK, called)
    waits, asked = Enquiry.objects.get(idempotency_key="4" * 32), Enquiry.objects.get(idempotency_key="5" * 32)
    booked = booked_enquiry(herne).enquiry
    for path, contact in (
        (LIST, asked.contact_id),
        ("/de/arbeit/warteliste/", waits.contact_id),
        (f"/de/arbeit/warteliste/{waits.waiting_id}/", waits.contact_id),
        (f"/de/arbeit/anfragen/{asked.pk}/", asked.contact_id),
    ):
        link = f'href="/de/arbeit/nachrichten/kontakt/{contact}/"'
        assert link in desk.get(path).content.decode(), path
    page = client_of("counsellor").get(f"/de/arbeit/termine/{booked.booking_id}/").content.decode()
    Callback.objects.update(state="not_reached", settled_at=now())

    assert f"kontakt/{booked.contact_id}/" in page
    assert f"kontakt/{asked.contact_id}/" in desk.get(LIST).content.decode()
