"""The pages of messages: letters, calls, problems, and the safe contact."""

import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from tests.personas import actor_of, client_of
from tragnetz.clients.commands import add_contact
from tragnetz.clients.models import Contact
from tragnetz.clients.recipients import recipient_of
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now
from tragnetz.messaging.commands import notify
from tragnetz.messaging.enums import Channel, Reason, State
from tragnetz.messaging.models import Message

PAGES = "/de/arbeit/nachrichten/"


@pytest.fixture
def owner(herne):
    return actor_of(herne, "counsellor")


def tell(owner, key="booking:1:x", template="moved", language="de", **ways):
    details = ContactDetails(
        name="Rosa Geheimrat", phone="0170 1234567", language=language, **({"may_call": False} | ways)
    )
    contact = add_contact(actor=owner, organisation_id=owner.organisation_id, details=details)
    at = now()
    notify(
        actor=owner, recipient=recipient_of(contact), key=key, template=template, code="K7M4-9XQ2-PD3A", due_at=at,
        params={"starts_at": (at + timedelta(days=9)).isoformat(), "phone": "02323 16-9167", "link": ""},
    )  # fmt: skip
    return Message.objects.get(key=key), contact


def page_of(persona, path=""):
    return client_of(persona).get(PAGES + path).content.decode()


def test_each_list_shows_its_own_and_only_to_the_organisation(owner):
    tell(owner, "a", may_text=True)
    tell(owner, "b", may_letter=True, address="Weg 1\n44623 Herne")
    tell(owner, "c", may_call=True)
    tell(owner, "d")
    for path in ("", "briefe/", "anrufe/", "probleme/"):
        assert page_of("counsellor", path).count("Rosa Geheimrat") >= 1, path
        assert "Rosa" not in page_of("foreign", path), path
        assert client_of("dpo").get(PAGES + path).status_code == 403
    assert "Diese Person darf nicht angeschrieben werden." in page_of("counsellor", "probleme/")


def test_letters_are_printed_in_one_file_and_then_posted(owner, tmp_path):
    first, _contact = tell(owner, "a", may_letter=True, address="Weg 1\n44623 Herne", language="tr")
    second, _contact = tell(owner, "b", may_letter=True, address="Weg 2\n44649 Herne")
    client = client_of("colleague")
    chosen = {"letter": [str(first.pk), str(second.pk)]}

    made = client.post(PAGES + "briefe/", chosen | {"print": "1"})

    assert made["Content-Type"] == "application/pdf"
    assert made["Cache-Control"] == "no-store"
    (tmp_path / "letters.pdf").write_bytes(made.content)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "letters.pdf").pages]
    assert len(pages) == 2
    assert "Rosa Geheimrat\nWeg 1\n44623 Herne" in pages[0]
    assert "Yeni randevunuz" in pages[0]
    assert "Ihr neuer Termin" in pages[0]
    assert "Caritas" not in "".join(pages)
    assert "gedruckt von David Schulte" in page_of("counsellor", "briefe/")
    client.post(PAGES + "briefe/", chosen | {"posted": "1"})
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}
    assert "Kein Brief ist zu schreiben." in page_of("counsellor", "briefe/")


def test_nothing_chosen_and_nonsense_are_answered(owner):
    client = client_of("counsellor")

    assert "mindestens einen Brief" in client.post(PAGES + "briefe/", {"print": "1"}, follow=True).content.decode()
    assert client.post(PAGES + "briefe/", {"letter": "x", "print": "1"}).status_code == 404


def test_a_call_shows_what_may_be_said_and_is_finished(owner):
    message, contact = tell(owner, may_call=True, safe_note="Nur vormittags", language="uk")
    client = client_of("counsellor")
    page = client.get(PAGES + "anrufe/").content.decode()
    for words in ("Ihr neuer Termin", "Ваша нова зустріч", "Nicht auf die Mailbox sprechen.", "Nur vormittags"):
        assert words in page
    assert "Auf die Mailbox nur das" not in page

    client.post(f"{PAGES}{message.pk}/", {"do": "claim"})
    assert "ruft gerade an" in page_of("colleague", "anrufe/")
    assert 'value="voicemail"' not in client.get(PAGES + "anrufe/").content.decode()
    assert client.post(f"{PAGES}{message.pk}/", {"do": "voicemail"}).status_code == 404
    Contact.objects.filter(pk=contact.pk).update(may_voicemail=True)
    assert "Bitte rufen Sie" not in client.get(PAGES + "anrufe/").content.decode()  # the voicemail hears Ukrainian
    assert 'value="voicemail"' in client.get(PAGES + "anrufe/").content.decode()
    client.post(f"{PAGES}{message.pk}/", {"do": "reached"})

    assert Message.objects.get().state == State.SENT
    assert "Rosa Geheimrat" in page_of("counsellor", "gesendet/")


def test_problems_are_solved_one_by_one(owner):
    keys = {}
    for name in ("arrived", "again", "aside"):
        message, _contact = tell(owner, name, may_text=True)
        keys[name] = message.pk
    Message.objects.update(state=State.UNCERTAIN, error="unanswered:504")
    client = client_of("counsellor")
    assert client.get(PAGES + "probleme/").content.decode().count("Der Versand hat nicht geantwortet") == 3

    for name, key in keys.items():
        client.post(f"{PAGES}{key}/", {"do": name})

    states = dict(Message.objects.values_list("key", "state"))
    assert states == {"arrived": State.SENT, "again": State.QUEUED, "aside": State.UNCERTAIN}
    assert "Alles ist angekommen." in page_of("counsellor", "probleme/")


def test_a_deed_that_came_too_late_says_so(owner):
    message, _contact = tell(owner, may_text=True)
    client = client_of("counsellor")
    client.post(f"{PAGES}{message.pk}/", {"do": "back"})

    answer = client.post(f"{PAGES}{message.pk}/", {"do": "back", "page": "messages"}, follow=True)

    assert "schon erledigt oder zurückgezogen" in answer.content.decode()
    assert client.post(f"{PAGES}{message.pk}/", {"do": "nonsense"}).status_code == 404
    assert client_of("foreign").post(f"{PAGES}{message.pk}/", {"do": "back"}).status_code == 404


def test_a_changed_contact_moves_what_waits(owner):
    message, contact = tell(owner, may_text=True)
    client = client_of("counsellor")
    address = f"{PAGES}kontakt/{contact.pk}/"
    assert 'value="0170 1234567"' in client.get(address).content.decode()

    wrong = client.post(address, {"name": "Rosa", "language": "de", "may_email": "on", "email": ""})
    assert wrong.status_code == 422
    assert "brauchen wir eine E-Mail-Adresse" in wrong.content.decode()
    done = client.post(
        address, {"name": "Rosa", "language": "de", "may_email": "on", "email": "r@example.org"}, follow=True
    )

    assert "1 wartende Nachricht nimmt jetzt einen anderen Weg" in done.content.decode()
    message.refresh_from_db()
    assert (message.channel, message.address) == (Channel.EMAIL, "r@example.org")
    nothing = client.post(address, {"name": "Rosa", "language": "de"}, follow=True).content.decode()
    assert "Diese Person darf nicht angeschrieben werden." in nothing
    assert Message.objects.get().error == Reason.NO_WAY
    assert client_of("foreign").get(address).status_code == 404


def test_the_desk_takes_mail_and_postal_address(herne):
    client = client_of("intake")
    page = client.get("/de/arbeit/telefon/").content.decode()
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page)[1]
    typed = {
        "key": key, "language": "de", "urgency": "normal", "name": "Herr K.", "phone": "0170 1234567",
        "email": "k@example.org", "may_email": "on", "postal": "Weg 1\n44623 Herne", "may_letter": "on",
        "may_call": "on", "callback": "1",
    }  # fmt: skip
    assert client.post("/de/arbeit/telefon/", typed | {"email": "k@"}).status_code == 422
    client.post("/de/arbeit/telefon/", typed)

    contact = Contact.objects.get()
    assert (contact.email, contact.address, contact.may_email, contact.may_letter) == (
        "k@example.org", "Weg 1\n44623 Herne", True, True,
    )  # fmt: skip
