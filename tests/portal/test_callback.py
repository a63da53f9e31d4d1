"""A call asked for online; the waiting list; what the lines say of themselves."""

import re
from datetime import timedelta

import pytest

from tests.personas import actor_of
from tragnetz.appointments.models import Callback, LinePresence, WaitingEntry
from tragnetz.casework.models import Enquiry
from tragnetz.core.clock import now
from tragnetz.network.models import Hotline

PAGE = "/de/rueckruf/"
LIST = "/de/warteliste/"
ALWAYS = [
    {"days": ["mo", "tu", "we", "th", "fr", "sa", "su"], "opens": "00:00", "closes": "23:59", "on_holidays": True}
]
TYPED = {"key": "1" * 32, "name": "Frau Y.", "phone": "0170 1234567", "language": "de"}


def test_the_page_says_when_we_call_before_anything_is_typed(client, herne):
    assert re.search(r"zwischen \d\d:\d\d und \d\d:\d\d Uhr", client.get(PAGE).content.decode())


def test_asking_promises_a_call_once_with_what_must_be_minded(client, herne):
    typed = TYPED | {
        "suits": "morning",
        "safe_note": "Nicht sagen, wer anruft.",
        "district": "wanne",
        "concern": "Miete",
    }
    first, second = client.post(PAGE, typed), client.post(PAGE, typed)

    assert first.status_code == 200
    assert re.search(r"zwischen \d\d:\d\d und \d\d:\d\d Uhr", first.content.decode())
    assert second.status_code == 200
    callback = Callback.objects.get()
    assert callback.contact.safe_note == "Am besten vormittags anrufen. Nicht sagen, wer anruft."
    assert (callback.district.key, callback.urgency) == ("wanne", "normal")
    enquiry = Enquiry.objects.get()
    assert (enquiry.channel, enquiry.outcome, enquiry.concern) == ("web", "callback", "Miete")
    assert "sessionid" not in first.cookies


def test_urgent_is_called_sooner(client, herne):
    client.post(PAGE, TYPED)
    client.post(PAGE, TYPED | {"key": "2" * 32, "urgent": "on"})

    urgent, normal = Callback.objects.get(urgency="today"), Callback.objects.get(urgency="normal")
    # Where all can be called at once both are promised the same wait, from when they asked.
    assert urgent.promised_until <= normal.promised_until + timedelta(minutes=1)


def test_a_full_day_is_said(client, herne):
    Hotline.objects.update(hours=ALWAYS)
    client.post(PAGE, TYPED)
    row = Callback.objects.get()
    Callback.objects.bulk_create(
        Callback(
            network=herne, organisation_id=row.organisation_id, contact=row.contact, promised_until=now(),
        )
        for _ in range(60)
    )  # fmt: skip

    assert "Schon alles vergeben" in client.get(PAGE).content.decode()


def test_nobody_there_for_weeks_offers_an_appointment_instead(client, herne):
    Hotline.objects.update(hours=[])

    assert "können wir nicht zurückrufen" in client.get(PAGE).content.decode()
    assert client.post(PAGE, TYPED).status_code == 422


@pytest.mark.parametrize("page", [PAGE, LIST])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Ein Vorname genügt"),
        ({"phone": ""}, "Wir brauchen Ihre Nummer"),
        ({"phone": "abc"}, "Diese Nummer stimmt nicht"),
        ({"concern": "x" * 5000}, "höchstens"),
    ],
)
def test_bad_input_is_said_and_nothing_is_lost(client, herne, page, change, message):
    response = client.post(page, TYPED | {"safe_note": "Bitte leise", "may_voicemail": "on"} | change)
    shown = response.content.decode()

    assert response.status_code == 422
    assert message in shown
    assert 'value="Bitte leise"' in shown
    assert re.search(r'name="may_voicemail"[^>]* checked', shown)
    assert not Callback.objects.exists()
    assert not WaitingEntry.objects.exists()


def code_of(response) -> str:
    return re.search(r'class="code"><bdi>([0-9A-Z-]{14})<', response.content.decode())[1]


def test_waiting_online_shows_place_and_wishes_and_is_left_by_code(client, herne):
    typed = TYPED | {"weekdays": ["0", "2"], "hours": "afternoon", "gender": "f", "may_text": "on"}
    first = client.post(LIST, typed)
    other = client.post(LIST, typed | {"key": "2" * 32})
    code = code_of(other)
    seen = client.post("/de/mein-platz/", {"code": code.lower()}).content.decode()

    assert "Platz 1" in first.content.decode()
    assert "Platz 2" in seen
    assert "ab 12:00 Uhr" in seen
    asked = client.post("/de/mein-platz/", {"code": code, "ask": "1"}).content.decode()
    assert "Möchten Sie die Warteliste verlassen?" in asked
    assert "Platz 2" in asked
    left = client.post("/de/mein-platz/", {"code": code, "leave": "1"}).content.decode()
    assert "nicht mehr auf der Warteliste" in left
    assert client.post("/de/mein-platz/", {"code": "<b>"}).status_code == 422
    assert code_of(client.post(LIST, typed)) == code_of(first)


def test_the_booking_page_leads_to_list_and_call(client, herne):
    page = client.get("/de/termin/").content.decode()

    assert 'href="/de/warteliste/"' in page
    assert 'href="/de/rueckruf/"' in page


def test_a_closed_line_tells_what_is_heard_and_offers_a_call(client, herne):
    Hotline.objects.update(hours=[])
    page = client.get("/de/").content.decode()

    assert "Was Sie jetzt am Telefon hören" in page
    assert "wählen Sie 112" in page
    assert "{web}" not in page


def test_an_open_line_at_which_nobody_is_says_so(client, herne):
    Hotline.objects.update(hours=ALWAYS)
    assert "Jetzt ist jemand da" in client.get("/de/").content.decode()
    actor = actor_of(herne, "intake")
    for line in Hotline.objects.all():
        LinePresence(
            network=herne,
            hotline=line,
            membership_id=actor.membership_id,
            since=now() - timedelta(hours=2),
            until=now(),
        ).save()
    from django.core.cache import cache

    cache.clear()
    for address in ("/de/", "/de/zustaendig/?ort=Crange"):
        page = client.get(address).content.decode()
        assert "Gerade ist niemand am Telefon" in page
        assert "Jetzt ist jemand da" not in page
