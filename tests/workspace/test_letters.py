"""Pages of letters: write with gaps, look, take as a file, say that it left; the words of an organisation."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from tests.personas import actor_of, client_of
from tragnetz.audit.models import Event
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.deadlines.sums import Asked
from tragnetz.casework.letters.book import kinds
from tragnetz.casework.models import Deadline, Letter, LetterSending, LetterVersion, LetterWording
from tragnetz.core.clock import now, today
from tragnetz.directory.models import Office

OBJECTION = kinds()["objection"]
WORDS = OBJECTION.wording("person")
TYPED = {
    "name": "Rosa Geheimrat", "address": "Weg 1\n44623 Herne", "to": "Familienkasse\nRing 2\n44623 Herne",
    "salutation": "Guten Tag,", "on": "2026-11-24", "subject": WORDS.subject, "text": WORDS.text, "enclosures": "",
    "v_zeichen": "FK 1", "v_bescheid_vom": "2026-11-02", "v_worum": "mit dem Sie Zitronen ablehnen", "key": "a" * 32,
}  # fmt: skip
TEMPLATES = "/de/arbeit/briefvorlagen/"


@pytest.fixture
def client():
    return client_of("counsellor")


@pytest.fixture
def address(case):
    return f"/de/arbeit/faelle/{case.pk}/briefe/"


@pytest.fixture
def letter(client, address):
    client.post(f"{address}neu/objection/", TYPED | {"save": "1"})
    return Letter.objects.get()


def text(answer):
    return " ".join(answer.content.decode().split())


def test_all_kinds_can_be_begun_and_a_look_keeps_nothing(client, address):
    for key, kind in kinds().items():
        assert client.get(f"{address}neu/{key}/").status_code == 200, key
        assert kind.name in text(client.get(address))

    page = text(client.post(f"{address}neu/objection/", TYPED | {"look": "1"}))

    assert "Widerspruch gegen Ihren Bescheid vom 2. November 2026" in page
    assert "mit dem Sie Zitronen ablehnen, lege ich hiermit Widerspruch ein" in page
    assert Letter.objects.count() == 0
    assert client.get(f"{address}neu/nichts/").status_code == 404


def test_a_letter_is_kept_once_and_shown_as_it_will_be_read(client, address, letter):
    client.post(f"{address}neu/objection/", TYPED | {"save": "1"})

    page = text(client.get(f"{address}{letter.pk}/"))

    assert Letter.objects.count() == 1
    assert "Guten Tag," in page
    assert "Eine Begründung reiche ich nach." in page
    assert "Familienkasse" in text(client.get(address))


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(client, address):
    answer = client.post(
        f"{address}neu/objection/",
        TYPED | {"text": "Bescheid {bescheid_von}", "v_bescheid_vom": "gestern", "save": "1"},
    )

    page = text(answer)
    assert answer.status_code == 422
    assert "Meinten Sie {bescheid_vom}?" in page
    assert "Bitte ein Datum" in page
    assert "Bescheid {bescheid_von}" in page
    assert "mit dem Sie Zitronen ablehnen" in page
    assert Letter.objects.count() == 0


def test_an_amount_is_asked_as_an_amount(client, address):
    answer = client.post(f"{address}neu/deferral/", {"v_betrag": "viel", "save": "1"})

    assert "Bitte einen Betrag in Euro" in text(answer)


def test_gaps_are_named_and_no_file_is_made_of_them(client, address):
    client.post(f"{address}neu/objection/", TYPED | {"to": "", "v_worum": "", "save": "1"})
    letter = Letter.objects.get()

    page = text(client.get(f"{address}{letter.pk}/brief.pdf", follow=True))

    assert "Es fehlt noch: Empfänger, Worum geht es in dem Bescheid?" in page
    assert "Versand eintragen" not in page
    assert not Event.objects.filter(verb="letter:print").exists()


def test_the_files_hold_the_same_letter_and_are_recorded(client, address, letter):
    pdf, docx = (client.get(f"{address}{letter.pk}/brief.{form}") for form in ("pdf", "docx"))

    printed = PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    written = "\n".join(one.text for one in Document(BytesIO(docx.content)).paragraphs)
    assert "Familienkasse\nRing 2\n44623 Herne" in printed
    assert "mit dem Sie Zitronen" in " ".join(printed.split())
    assert "mit dem Sie Zitronen" in written
    assert pdf["Cache-Control"] == docx["Cache-Control"] == "no-store"
    assert "Geheimrat" not in pdf["Content-Disposition"] + docx["Content-Disposition"]
    assert Event.objects.filter(verb="letter:print").count() == 2


def test_an_office_of_the_directory_gives_its_address(client, address, herne):
    office = Office.objects.get(authority__key="wohngeldstelle")

    page = text(client.post(f"{address}neu/objection/", TYPED | {"office": str(office.pk), "take": "1"}))

    assert "Stadt Herne" in page
    assert office.site.postcode in page
    assert "mit dem Sie Zitronen ablehnen" in page
    assert Letter.objects.count() == 0


def test_a_change_is_a_version_and_an_old_window_is_told(client, address, letter):
    page = f"{address}{letter.pk}/aendern/"
    changed = TYPED | {"salutation": "Liebes Amt,", "save": "1"}

    client.post(page, changed | {"based_on": "1"})
    late = client.post(page, changed | {"based_on": "1", "salutation": "Zu spät,"})

    assert late.status_code == 422
    assert "Jemand hat den Brief inzwischen geändert" in text(late)
    assert "Zu spät," in text(late)
    assert LetterVersion.objects.count() == 2
    assert "Guten Tag," in text(client.get(f"{address}{letter.pk}/?fassung=1"))
    assert client.get(f"{address}{letter.pk}/?fassung=9").status_code == 404


def test_a_deadline_is_answered_and_settled_by_its_letter(client, address, case, herne):
    details = DeadlineDetails(
        date(2027, 1, 4), Asked("objection", date(2026, 12, 1)), letter="Familienkasse, 345FK678901"
    )
    deadline = set_deadline(actor=actor_of(herne, "counsellor"), case=case, details=details, now=now())
    assert "Brief dazu schreiben" in text(client.get(f"/de/arbeit/faelle/{case.pk}/fristen/{deadline.pk}/"))
    assert "Zu einer offenen Frist" in text(client.get(address))
    begun = f"{address}neu/objection/?frist={deadline.pk}"
    assert "345FK678901" in text(client.get(begun))
    client.post(begun, TYPED | {"save": "1"})
    letter = Letter.objects.get()
    assert "Briefe zu dieser Frist" in text(client.get(f"/de/arbeit/faelle/{case.pk}/fristen/{deadline.pk}/"))
    sent = {"send": "1", "sent_on": today(herne.zone).isoformat(), "way": "fax", "settles": "on", "key": "b" * 32}

    answers = [client.post(f"{address}{letter.pk}/", sent, follow=True) for _twice in range(2)]

    assert "die Frist ist eingehalten" in text(answers[0])
    assert LetterSending.objects.count() == 1
    assert Deadline.objects.get().state == "met"
    assert "per Fax" in text(client.get(f"/de/arbeit/faelle/{case.pk}/verlauf/"))
    sending = LetterSending.objects.get()
    client.post(f"{address}{letter.pk}/", {"unsend": str(sending.pk)})
    assert Letter.objects.get().state == "draft"


def test_a_letter_for_one_adults_deadline_belongs_to_that_adult(client, address, case, herne):
    person = case.household.people.first()
    deadline = set_deadline(
        actor=actor_of(herne, "counsellor"), case=case, details=DeadlineDetails(date(2027, 1, 4), matter="Brief"), now=now(),
        person=person,
    )  # fmt: skip

    client.post(f"{address}neu/objection/?frist={deadline.pk}", TYPED | {"save": "1"})

    letter = Letter.objects.get()
    assert letter.compartment.person == person
    client.post(f"{address}neu/objection/?nach={letter.pk}", TYPED | {"save": "1", "key": "c" * 32})
    assert {row.compartment.person for row in Letter.objects.all()} == {person}


def test_the_office_of_a_deadline_gets_its_address_from_the_directory(client, address, case, herne):
    details = DeadlineDetails(date(2027, 1, 4), matter="Brief", letter="Wohngeldstelle, W 12")
    deadline = set_deadline(actor=actor_of(herne, "counsellor"), case=case, details=details, now=now())

    page = text(client.get(f"{address}neu/status/?frist={deadline.pk}"))

    assert "Wohngeldstelle im Rathaus Wanne" in page.split('name="to"')[1].split("</textarea>")[0]


def test_a_sending_in_the_future_is_refused_where_it_is_typed(client, address, letter):
    answer = client.post(f"{address}{letter.pk}/", {"send": "1", "sent_on": "2099-01-01", "way": "post"})

    assert answer.status_code == 422
    assert "heute oder früher" in text(answer)


def test_a_draft_is_put_aside_taken_up_and_copied(client, address, letter):
    page = f"{address}{letter.pk}/"
    client.post(page, {"drop": "1"})
    assert "Verworfene Entwürfe" in text(client.get(address))
    assert client.get(f"{page}aendern/").status_code == 302
    assert "mit dem Sie Zitronen" in text(client.get(f"{address}neu/objection/?nach={letter.pk}"))

    client.post(page, {"again": "1"})

    assert Letter.objects.get().state == "draft"
    for nonsense in ("x", "0" * 32):
        assert client.get(f"{address}neu/objection/?nach={nonsense}&frist={nonsense}").status_code == 200


@pytest.mark.parametrize("persona", ["colleague", "foreign"])
def test_a_foreign_letter_does_not_exist(client, address, letter, persona):
    pages = ["", f"{letter.pk}/", f"{letter.pk}/aendern/", f"{letter.pk}/brief.pdf", f"{letter.pk}/brief.docx"]
    assert {client.get(address + page).status_code for page in pages} == {200}

    other = client_of(persona)

    assert {other.get(address + page).status_code for page in pages} == {404}
    assert other.post(f"{address}{letter.pk}/", {"drop": "1"}).status_code == 404


def test_the_lead_changes_the_words_and_sees_them_with_invented_data(client, address):
    page = f"{TEMPLATES}objection/person/"
    wrong = client.post(page, {"subject": "Betreff", "text": "Zu {wroum}", "save": "1"})
    assert wrong.status_code == 422
    assert "Meinten Sie {worum}?" in text(wrong)
    seen = client.post(page, {"subject": "Unser Betreff", "text": "Wir schreiben zu: {worum}.", "look": "1"})
    assert "Wir schreiben zu: mit dem Sie meinen Antrag auf Kinderzuschlag abgelehnt haben." in text(seen)
    assert LetterWording.objects.count() == 0

    client.post(page, {"subject": "Unser Betreff", "text": "Wir schreiben zu: {worum}.", "save": "1"})

    assert "Unser Betreff" in text(client.get(f"{address}neu/objection/"))
    assert "eigener Wortlaut" in text(client.get(TEMPLATES))
    client.post(page, {"original": "1"})
    assert "Unser Betreff" not in text(client.get(page))
    assert "Unser Betreff" in text(client.get(f"{page}?fassung=1"))
    assert client.get(f"{TEMPLATES}objection/organisation/").status_code == 404


def test_words_are_kept_by_leads_alone(herne):
    assert client_of("colleague").get(TEMPLATES).status_code == 403
