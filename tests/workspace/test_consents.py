"""Pages of what people allow: taken down in steps, shown, withdrawn in two clicks, printed."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.allowed import ROSA, client_as, consent, make_case, person_of, release, travel
from tests.factories import make_actor
from tragnetz.audit.models import Event
from tragnetz.clients.models import Contact, Person
from tragnetz.consent.models import Consent, Notice, Release
from tragnetz.consent.queries import speaker_names
from tragnetz.consent.shapes import LANGUAGES
from tragnetz.consent.wording import word
from tragnetz.core.clock import today
from tragnetz.network.models import Organisation


@pytest.fixture
def ada(network):
    return make_actor(network, "alpha", "counsellor", "lead")


@pytest.fixture
def case(network, ada):
    return make_case(network, ada, ROSA)


@pytest.fixture
def client(ada):
    return client_as(ada)


def address(case, rest: str = "") -> str:
    return f"/de/arbeit/faelle/{case.pk}/einwilligungen/{rest}"


def new(case, kind: str = "freigabe", rest: str = "") -> str:
    return address(case, f"neu/{person_of(case).pk}/{kind}/{rest}")


def typed(case, **given) -> dict[str, object]:
    day = today(case.network.zone)
    known = {
        "key": "5" * 32, "purpose": "cooperation", "groups": ["goals", "contact"], "topic": "Antrag auf Wohngeld",
        "speakers": [str(case.organisation_id)], "to_organisation": str(Organisation.objects.get(key="beta").pk),
        "until": (day + timedelta(days=100)).isoformat(), "ends_with_case": "on", "form": "written",
        "given_on": day.isoformat(), "signed_on": day.isoformat(), "signer": "self", "language": "de",
    }  # fmt: skip
    return known | given


def pdf_text(response) -> str:
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(response.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # tagged: a screen reader can read it
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_sentence_is_shown_before_anything_is_kept(client, case):
    shown = client.post(new(case), typed(case))
    page = shown.content.decode().replace("\u00a0", " ")

    assert shown.status_code == 200
    assert (
        "Rosa Geheimrat erlaubt: Alpha e. V. darf mit Beta e. V. über das Thema „Antrag auf Wohngeld“ sprechen und "
        "diese Angaben weitergeben: Name und Kontakt; Ziele und vereinbarte Schritte."
    ) in page
    assert not Release.objects.exists()

    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)) | {"groups": ["goals", "contact"]}
    done = client.post(new(case), sent | {"confirm": "1"}, follow=True).content.decode()
    row = Release.objects.get()
    assert "Geben Sie der Person jetzt die Quittung mit" in done
    assert (row.to_organisation.key, sorted(row.groups), row.topic) == (
        "beta", ["contact", "goals"], "Antrag auf Wohngeld",
    )  # fmt: skip
    assert speaker_names(row) == ["Alpha e. V."]


def test_confirming_twice_keeps_one(client, case):
    for _twice in range(2):
        client.post(new(case), typed(case, confirm="1"))

    assert Release.objects.count() == 1


def test_going_back_loses_nothing(client, case):
    page = client.post(new(case), typed(case, edit="1", proof="Ordner 3", topic="Miete & Strom")).content.decode()

    assert 'value="Ordner 3"' in page
    assert 'value="Miete &amp; Strom"' in page
    assert re.search(r'value="goals" id="groups_goals" checked', page)
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"groups": []}, "um welche Angaben es geht"),
        ({"topic": " "}, "Worüber darf gesprochen werden?"),
        ({"to_organisation": ""}, "Eine Stelle muss genannt sein"),
        ({"to_outside": "Dr. Meier"}, "Nur eine Stelle je Freigabe"),
        ({"to_organisation": "", "to_outside": "alle Partner"}, "„Alle“ gilt nicht"),
        ({"speakers": []}, "wer sprechen darf"),
        ({"until": "2001-01-01"}, "in der Vergangenheit"),
        ({"until": "2099-01-01"}, "Höchstens 36 Monate"),
        ({"until": "bald"}, "Bitte ein Datum"),
        ({"signed_on": ""}, "Wann wurde unterschrieben?"),
        ({"form": "oral"}, "Ohne Zeugin oder Zeugen"),
        ({"form": "electronic", "proof": ""}, "Wie lässt es sich nachweisen?"),
        ({"signer": "guardian"}, "wer für die Person entscheidet"),
        ({"form": "magic"}, "magic"),
        ({"to_organisation": "no-id"}, "no-id"),
    ],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(client, case, given, message):
    for again in ({}, {"confirm": "1"}):
        response = client.post(new(case), typed(case, **{"proof": "Ordner 3"} | given | again))
        page = response.content.decode()

        assert response.status_code == 422
        assert message in page
        assert ('value="Ordner 3"' in page) == ("proof" not in given)
    assert not Release.objects.exists()


def test_an_oral_one_ignores_the_signature_of_another_form(client, case):
    client.post(new(case), typed(case, form="oral", witness="Frau Kurz", confirm="1"))

    row = Release.objects.get()
    assert (row.form, row.witness, row.signed_on, row.signature_due_at) == ("oral", "Frau Kurz", None, None)


def test_under_kdg_the_page_says_that_written_is_the_rule(client, case):
    assert "KDG" not in client.get(new(case)).content.decode()
    Organisation.objects.filter(key="alpha").update(regime="kdg")

    page = client.get(new(case)).content.decode()
    assert "in der Regel schriftlich (§ 8 KDG, zu prüfen)" in page
    refused = client.post(new(case), typed(case, form="oral", witness="Frau Kurz"))
    assert refused.status_code == 422
    assert "Bis wann kommt die Unterschrift?" in refused.content.decode()


def test_a_machine_translation_says_so_and_german_stands_beside(client, case):
    page = client.post(new(case), typed(case, language="ar")).content.decode()

    assert 'lang="ar" dir="rtl"' in page
    assert "maschinell übersetzt, zu prüfen" in page
    assert "Rosa Geheimrat erlaubt:" in page


def test_a_minor_is_asked_what_they_understand(client, case):
    Person.objects.update(birth_year=2011)

    assert "versteht, was sie erlaubt" in client.get(new(case)).content.decode()
    assert client.post(new(case), typed(case)).status_code == 422
    client.post(new(case), typed(case, capacity_noted="on", confirm="1"))
    assert Release.objects.get().capacity_noted


def test_a_consent_is_taken_down(client, case):
    beta = str(Organisation.objects.get(key="beta").pk)
    given = typed(case, purpose="special", groups=["health"], recipients=[beta], outside="AWO Herne", confirm="1")
    response = client.post(new(case, "einwilligung"), given)

    row = Consent.objects.get()
    assert response["Location"] == address(case, f"{row.pk}/")
    assert "Beta e. V. und AWO Herne" in row.german
    page = client.get(address(case, f"{row.pk}/")).content.decode()
    assert "Rosa Geheimrat ist einverstanden" in page
    assert "special-1-dsgvo-1-words-2" in page


def test_the_list_shows_what_holds_and_what_is_over(client, ada, case):
    day = today(case.network.zone)
    rosa = person_of(case)
    release(ada, rosa)
    release(ada, rosa, until=day + timedelta(days=5))
    release(ada, rosa, form="oral", witness="X", signed_on=None, signature_due=day + timedelta(days=5))
    travel(release(ada, rosa), given_at=timedelta(days=-500), ends_at=timedelta(days=-500))
    consent(ada, rosa)
    page = client.get(address(case)).content.decode()

    assert [page.count(words) for words in (">gilt<", "endet bald", "Unterschrift fehlt", ">beendet<")] == [2, 1, 1, 1]
    assert page.count(">Widerrufen<") == 4
    assert "Noch nicht ausgehändigt" in page


def test_an_empty_list_says_that_nothing_is_allowed(client, case):
    page = client.get(address(case)).content.decode()

    assert "Zurzeit ist nichts erlaubt." in page
    assert "Freigabe aufnehmen" in page


def test_withdrawing_takes_two_clicks(client, ada, case):
    row = release(ada, person_of(case))
    link = re.search(r'href="([^"]+/widerrufen/)"', client.get(address(case)).content.decode())[1]
    asked = client.get(link).content.decode()
    assert "Ab sofort sieht Beta e. V. nichts mehr" in asked

    done = client.post(link, {"form": "oral"}, follow=True).content.decode()

    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert "Es gilt ab sofort nicht mehr" in done
    assert ">widerrufen<" in done
    assert "<form" not in client.get(link).content.decode().split("<main", 1)[1].split("</main>")[0]


def test_withdrawing_in_no_form_is_refused(client, ada, case):
    row = release(ada, person_of(case))

    assert client.post(address(case, f"{row.pk}/widerrufen/"), {"form": "x"}).status_code == 422
    assert Release.objects.get().withdrawn_at is None


def test_a_signature_is_added_later(client, ada, case):
    row = release(ada, person_of(case), form="oral", witness="Frau Kurz", signed_on=None)
    day = today(case.network.zone)
    assert "Die Unterschrift ist da" in client.get(address(case, f"{row.pk}/")).content.decode()
    wrong = client.post(address(case, f"{row.pk}/unterschrift/"), {"signed_on": "2001-01-01"})
    assert wrong.status_code == 422
    assert "zwischen dem Tag der Zusage und heute" in wrong.content.decode()
    assert 'value="2001-01-01"' in wrong.content.decode()

    client.post(address(case, f"{row.pk}/unterschrift/"), {"signed_on": day.isoformat()})

    row.refresh_from_db()
    assert row.signed_on == day
    assert "Die Unterschrift ist da" not in client.get(address(case, f"{row.pk}/")).content.decode()


def test_the_receipt_speaks_two_languages_and_leaves_an_event(client, ada, case):
    row = release(ada, person_of(case), language="tr", form="oral", witness="Frau Kurz", signed_on=None)
    text = pdf_text(client.get(address(case, f"{row.pk}/quittung.pdf")))

    assert "Rosa Geheimrat şuna izin veriyor" in text
    assert "Rosa Geheimrat erlaubt: Alpha e. V." in text
    assert "vor Frau Kurz" in text
    assert "Bu çeviri makine tarafından" in text
    assert "§ 203 StGB" in text
    assert "(zu prüfen)" in text
    assert "Unterschrift" in text
    assert Event.objects.get(verb="receipt:print").object_id == row.pk


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_receipts_are_printed_in_every_language(client, ada, case, language):
    row = release(ada, person_of(case), language=language)
    printed = client.get(address(case, f"{row.pk}/quittung.pdf"))
    text = pdf_text(printed)

    assert "Jede" not in text
    if language != "ar":  # the reader gives Arabic signs in the shapes that are drawn
        assert word("receipt", language) in text
    assert "§ 203 StGB" in text
    spoken = "de" if language == "simple" else language
    assert PdfReader(BytesIO(printed.content)).trailer["/Root"]["/Lang"] == spoken


def test_the_receipt_of_what_was_withdrawn_says_so(client, ada, case):
    row = release(ada, person_of(case))
    client.post(address(case, f"{row.pk}/widerrufen/"), {"form": "written"})

    assert "Zurückgenommen am" in pdf_text(client.get(address(case, f"{row.pk}/quittung.pdf")))


def test_the_form_to_sign_has_the_text_that_is_kept(client, case):
    text = pdf_text(client.post(new(case, rest="vordruck.pdf"), typed(case)))
    client.post(new(case), typed(case, confirm="1"))

    kept = " ".join(Release.objects.get().german.replace("\u00a0", " ").split())
    assert kept.split(" sprechen", maxsplit=1)[0] in text.replace("\u00a0", " ")
    assert "Ort, Datum" in text
    assert client.post(new(case, rest="vordruck.pdf"), typed(case, topic="")).status_code == 422


def test_the_information_is_printed_and_written_down(client, case):
    sheet = client.get(address(case, "datenschutz.pdf"), {"purpose": "counselling", "language": "tr"})
    assert "Verantwortlich für Ihre Angaben ist: Alpha e. V." in pdf_text(sheet)
    page = address(case, f"hinweise/{person_of(case).pk}/")
    given = {
        "purpose": "counselling",
        "language": "tr",
        "how": "paper",
        "handed_on": today(case.network.zone).isoformat(),
    }
    wrong = client.post(page, given | {"handed_on": "2099-01-01"})
    assert (wrong.status_code, "liegt in der Zukunft" in wrong.content.decode()) == (422, True)

    done = client.post(page, given, follow=True).content.decode()

    assert Notice.objects.get().language == "tr"
    assert "auf Papier gegeben" in done


@pytest.mark.parametrize("asked", [{"purpose": "x"}, {"purpose": "counselling", "language": "xx"}])
def test_information_that_does_not_exist_is_not_found(client, case, asked):
    assert client.get(address(case, "datenschutz.pdf"), asked).status_code == 404


def test_a_kind_or_person_that_does_not_exist_is_not_found(client, ada, case):
    stranger = person_of(make_case(case.network, ada, ROSA))

    assert client.get(new(case, "vollmacht")).status_code == 404
    assert client.get(address(case, f"neu/{stranger.pk}/freigabe/")).status_code == 404
    foreign = release(ada, stranger)
    assert client.get(address(case, f"{foreign.pk}/")).status_code == 404


def test_the_lead_sees_what_is_due_with_a_link(client, ada, case):
    assert "Nichts zu tun" in client.get("/de/arbeit/einwilligungen/").content.decode()
    row = release(ada, person_of(case), until=today(case.network.zone) + timedelta(days=5))

    page = client.get("/de/arbeit/einwilligungen/").content.decode()

    assert address(case, f"{row.pk}/") in page
    assert "endet bald" in page


def test_the_household_page_keeps_people(client, ada, case):
    rosa = person_of(case)
    release(ada, rosa)
    page = client.get(f"/de/arbeit/faelle/{case.pk}/haushalt/").content.decode()
    assert f'value="{rosa.pk}"' in page

    sent = {"person_0": str(rosa.pk), "name_0": "Rosa Neumann", "relation_0": "self", "birth_0": "1985"}
    client.post(f"/de/arbeit/faelle/{case.pk}/haushalt/", sent)

    assert Release.objects.get().person.name == "Rosa Neumann"
    assert Person.objects.filter(household=case.household).count() == 1


def test_a_block_on_the_address_is_set_on_the_contacts_page(client, case):
    page = f"/de/arbeit/nachrichten/kontakt/{case.contact_id}/"
    assert "Auskunftssperre" in client.get(page).content.decode()

    client.post(page, {"name": "Rosa Geheimrat", "language": "de", "address_blocked": "on"})

    assert Contact.objects.get(pk=case.contact_id).address_blocked


def test_a_consent_for_the_time_after_the_case_does_not_end_with_it(client, case):
    answer = client.post(new(case, "einwilligung"), typed(case, purpose="follow_up", groups=["contact"], confirm="1"))

    assert answer.status_code == 302
    assert Consent.objects.get().ends_with_case is False
