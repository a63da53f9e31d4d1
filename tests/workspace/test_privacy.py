"""The pages of privacy: the log, who read what, requests, deletions."""

import io
import json
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.factories import make_actor
from tests.personas import client_for
from tests.privacy.people import NOW, make_family, make_team
from tragnetz.audit.commands import chain_events, record
from tragnetz.audit.heads import sign_head
from tragnetz.audit.models import Event
from tragnetz.casework.models import Case, Note
from tragnetz.clients.models import Contact
from tragnetz.core.clock import today
from tragnetz.privacy.models import Deletion, Hold, Request, RetentionRule
from tragnetz.privacy.trail import case_number

ROOT = "/de/arbeit/datenschutz"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path


@pytest.fixture
def team(network):
    return make_team(network)


@pytest.fixture
def family(network, team):
    return make_family(network, team)


def page_of(actor) -> Client:
    return client_for(actor)


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def demand(client, case, right="access", **given):
    typed = {"right": right, "way": "visit", "received_on": today(case.network.zone), "identity": "known", **given}
    return client.post(f"{ROOT}/antraege/neu/{case.pk}/", typed)


# --- The log ---


def test_the_officer_reads_in_plain_words_who_did_what_and_no_content(team, family):
    record(team["counsellor"], "case:read", family.case)

    shown = text(page_of(team["dpo"]).get(f"{ROOT}/protokoll/"))

    assert "Hanna Test (Alpha) hat den Fall gelesen" in re.sub(r"\s+", " ", shown)
    assert f"Fall {case_number(family.case.pk)}" in shown
    for secret in ("Rosa", "Zitronenfalter", "Mietschulden"):
        assert secret not in shown
    assert Event.objects.filter(verb="audit:read", user_id=team["dpo"].user_id).exists()


def test_the_log_is_of_ones_own_organisation(network, team, family):
    record(make_actor(network, "beta", "counsellor", name="Bea"), "cases:read")

    assert "Bea Test" not in text(page_of(team["dpo"]).get(f"{ROOT}/protokoll/"))
    foreign = page_of(make_actor(network, "beta", "dpo", name="Doro"))
    assert "Bea Test" in text(foreign.get(f"{ROOT}/protokoll/"))
    assert "Hanna Test" not in text(foreign.get(f"{ROOT}/protokoll/"))


@pytest.mark.parametrize(
    ("query", "there", "away"),
    [
        ({"was": "contact:keep"}, "hat einen Kontakt mit der Person eingetragen", "hat einen Schritt vereinbart"),
        ({"von": "2020-01-01", "bis": "2020-01-02"}, "Hier ist nichts aufgezeichnet", "hat den Fall geöffnet"),
    ],
)
def test_the_log_is_filtered(team, family, query, there, away):
    shown = page_of(team["dpo"]).get(f"{ROOT}/protokoll/", query).content.decode()
    body = shown[shown.index("<section><h2") :]

    assert there in body
    assert away not in body


def test_the_log_of_one_case_holds_what_others_did(network, team, family):
    record(make_actor(network, "beta", "counsellor", name="Bea"), "case:read", family.case)
    client = page_of(team["dpo"])

    shown = text(client.get(f"{ROOT}/protokoll/", {"fall": case_number(family.case.pk).lower()}))
    wrong = client.get(f"{ROOT}/protokoll/", {"fall": "0000-0000"})

    assert "Bea Test (Beta) hat den Fall gelesen" in shown
    assert wrong.status_code == 422
    assert "Diesen Fall gibt es in Ihrer Organisation nicht" in text(wrong)


def test_one_member_is_picked_out(network, team, family):
    record(team["lead"], "cases:read")

    shown = page_of(team["dpo"]).get(f"{ROOT}/protokoll/", {"wer": team["lead"].membership_id}).content.decode()
    table = shown[shown.index("<tbody") :]

    assert "Leo Test" in table
    assert "Hanna Test" not in table


def test_the_log_comes_as_a_table_without_formulas(network, team):
    evil = make_actor(network, "alpha", "counsellor", name="=cmd")
    record(evil, "cases:read")

    got = page_of(team["dpo"]).get(f"{ROOT}/protokoll.csv")

    lines = got.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Zeit;Wer;Was;Woran;Angaben"
    assert any("'=cmd Test (Alpha);hat die Liste der Fälle gelesen" in line for line in lines)
    assert Event.objects.filter(verb="audit:export").exists()


def test_a_long_log_is_paged_with_a_constant_number_of_queries(team, django_assert_max_num_queries):
    client = page_of(team["dpo"])
    for _ in range(230):
        record(team["counsellor"], "cases:read")

    with django_assert_max_num_queries(22):
        first = client.get(f"{ROOT}/protokoll/")

    assert "Seite 1 von 3" in text(first)
    assert "Seite 3 von 3" in text(client.get(f"{ROOT}/protokoll/", {"seite": "3"}))
    assert client.get(f"{ROOT}/protokoll/", {"seite": "999999999999"}).status_code == 200


def test_the_officer_lets_the_log_be_verified(network, team):
    record(team["counsellor"], "cases:read")
    chain_events(network)
    sign_head(network=network, now=NOW)
    client = page_of(team["dpo"])

    shown = text(client.post(f"{ROOT}/protokoll/pruefen/", follow=True))

    assert "Das Protokoll ist unverändert." in shown
    assert "Zuletzt besiegelt am 26.11.2026" in shown


# --- Who read my record ---


@pytest.mark.parametrize("role", ["counsellor", "lead", "dpo"])
def test_who_read_a_record_is_told_without_names_of_staff(team, family, role):
    record(team["lead"], "case:read", family.case)
    client = page_of(team[role])

    shown = text(client.get(f"{ROOT}/zugriffe/{family.case.pk}/"))

    assert "Leitung, Alpha e. V. hat den Fall gelesen" in shown
    assert "Beratung, Alpha e. V. hat einen Termin vereinbart" in shown
    assert "Leo" not in shown.replace("Leo Test", "", 1) if role == "lead" else "Leo" not in shown
    only = text(client.get(f"{ROOT}/zugriffe/{family.case.pk}/", {"nur": "gelesen"}))
    assert "hat einen Termin vereinbart" not in only


def test_who_read_a_record_is_printed_for_the_person(team, family):
    record(team["lead"], "case:read", family.case)

    got = page_of(team["counsellor"]).get(f"{ROOT}/zugriffe/{family.case.pk}/blatt.pdf")

    pdf = PdfReader(io.BytesIO(got.content))
    paper = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    assert "Wer hat meine Akte gelesen?" in paper
    assert "Leitung, Alpha e. V." in paper
    assert "hat gedruckt, wer die Akte gelesen hat" in paper
    assert "Leo" not in paper


def test_a_colleague_does_not_see_who_read_a_foreign_record(network, team, family):
    colleague = make_actor(network, "alpha", "counsellor", name="Kim")

    assert page_of(colleague).get(f"{ROOT}/zugriffe/{family.case.pk}/").status_code == 404


# --- Requests ---


def test_a_counsellor_takes_a_request_and_the_lead_hands_the_copy_out(team, family):
    taken = demand(page_of(team["counsellor"]), family.case, wish="Ich will alles sehen.")
    assert taken.status_code == 302
    asked = Request.objects.get()
    lead = page_of(team["lead"])
    assert "Ich will alles sehen." in text(lead.get(f"{ROOT}/antraege/{asked.pk}/"))
    refused = lead.get(f"{ROOT}/antraege/{asked.pk}/kopie.pdf", follow=True)
    assert "Bitte sehen Sie zuerst die Texte durch" in text(refused)

    review = lead.get(f"{ROOT}/antraege/{asked.pk}/durchsehen/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', review)[1]
    black = re.search(r'value="([^"]+)" id="[^"]+"><label[^>]*>Kemal sucht Arbeit', review)[1]
    assert "nennt: Kemal" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", review))
    done = lead.post(f"{ROOT}/antraege/{asked.pk}/durchsehen/", {"seen": seen, "black": [black]}, follow=True)
    pdf = lead.get(f"{ROOT}/antraege/{asked.pk}/kopie.pdf")
    data = lead.get(f"{ROOT}/antraege/{asked.pk}/kopie.json")

    assert "Kemal sucht Arbeit" not in text(done)
    assert "Mietschulden" in text(done)
    assert PdfReader(io.BytesIO(pdf.content)).metadata.title == "Ihre Daten bei uns"
    assert json.loads(data.content)["name"] == "Rosa Geheimrat"
    assert "Kemal sucht Arbeit" not in data.content.decode()
    assert data.headers["Cache-Control"] == "no-store"
    assert Event.objects.filter(verb="rights:copy", object_id=asked.pk).count() == 2


def test_the_officer_sees_deadline_and_state_but_neither_name_nor_words(team, family):
    demand(page_of(team["counsellor"]), family.case, wish="Ich will alles sehen.")
    asked = Request.objects.get()
    officer = page_of(team["dpo"])

    shown = text(officer.get(f"{ROOT}/antraege/{asked.pk}/")) + text(officer.get(f"{ROOT}/antraege/"))

    assert f"{asked.due_on:%d.%m.%Y}" in shown
    assert case_number(family.case.pk) in shown
    for secret in ("Rosa", "Ich will alles sehen"):
        assert secret not in shown
    assert officer.get(f"{ROOT}/antraege/{asked.pk}/durchsehen/").status_code == 403


def test_wrong_input_is_told_and_nothing_typed_is_lost(team, family):
    refused = demand(page_of(team["lead"]), family.case, received_on="2099-01-01", wish="Mein Wunsch")

    assert refused.status_code == 422
    assert "nicht in der Zukunft" in text(refused)
    assert "Mein Wunsch" in refused.content.decode()
    assert not Request.objects.exists()


def test_a_request_sent_twice_is_one(team, family):
    lead = page_of(team["lead"])
    for _ in range(2):
        demand(lead, family.case, key="a" * 32)

    assert Request.objects.count() == 1


def test_a_correction_is_written_on_the_page(team, family):
    lead = page_of(team["lead"])
    demand(lead, family.case, right="correction")
    asked = Request.objects.get()
    what = f"contact:{family.contact.pk}:phone"
    assert "+491701234567" in lead.get(f"{ROOT}/antraege/{asked.pk}/berichtigen/", {"was": what}).content.decode()

    wrong = lead.post(f"{ROOT}/antraege/{asked.pk}/berichtigen/", {"what": what, "value": "keine"})
    right = lead.post(f"{ROOT}/antraege/{asked.pk}/berichtigen/", {"what": what, "value": "0221 4710100"}, follow=True)

    assert wrong.status_code == 422
    assert "stimmt nicht" in text(wrong)
    assert ">keine</textarea>" in wrong.content.decode()
    assert "+492214710100" in text(right)
    assert Contact.objects.get(pk=family.contact.pk).phone == "+492214710100"


def test_a_restriction_hides_the_case_from_the_counsellor_and_can_be_lifted(team, family):
    lead, counsellor = page_of(team["lead"]), page_of(team["counsellor"])
    demand(lead, family.case, right="restriction")
    asked = Request.objects.get()
    assert "Rosa" in text(counsellor.get("/de/arbeit/faelle/"))

    lead.post(f"{ROOT}/antraege/{asked.pk}/restrict/", {"reason": "disputed"})

    assert "Rosa" not in text(counsellor.get("/de/arbeit/faelle/"))
    assert counsellor.get(f"/de/arbeit/faelle/{family.case.pk}/").status_code == 404
    assert "wird dieser Fall nur aufbewahrt" in text(lead.get(f"/de/arbeit/faelle/{family.case.pk}/"))
    lead.post(f"{ROOT}/antraege/{asked.pk}/lift/")
    assert "Rosa" in text(counsellor.get("/de/arbeit/faelle/"))


def test_erasing_asks_for_a_tick_and_then_leaves_nothing(network, team):
    family = make_family(network, team, own_part=False)
    lead = page_of(team["lead"])
    demand(lead, family.case, right="erasure")
    asked = Request.objects.get()

    without = lead.post(f"{ROOT}/antraege/{asked.pk}/erase/", {})
    assert without.status_code == 422
    assert Case.objects.exists()
    done = lead.post(f"{ROOT}/antraege/{asked.pk}/erase/", {"sure": "on"}, follow=True)

    assert "Die Daten dieser Person sind gelöscht." in text(done)
    assert not Case.objects.exists()
    assert not Note.objects.exists()


def test_an_answer_closes_a_request(team, family):
    lead = page_of(team["lead"])
    demand(lead, family.case, right="objection")
    asked = Request.objects.get()

    short = lead.post(f"{ROOT}/antraege/{asked.pk}/answer/", {"result": "refused", "text": ""})
    done = lead.post(f"{ROOT}/antraege/{asked.pk}/answer/", {"result": "refused", "text": "Weil es sein muss."})

    assert short.status_code == 422
    assert done.status_code == 302
    assert "abgelehnt" in text(lead.get(f"{ROOT}/antraege/", {"stand": "beantwortet"}))
    assert lead.get(f"{ROOT}/antraege/{asked.pk}/frames/").status_code == 405


# --- Deletions ---


@pytest.fixture
def old_case(family):
    Case.objects.update(state="closed", closed_on="2021-03-01")
    return family.case


def test_one_proposes_and_another_confirms(team, old_case):
    lead, officer = page_of(team["lead"]), page_of(team["dpo"])
    shown = text(officer.get(f"{ROOT}/loeschen/"))
    assert case_number(old_case.pk) in shown
    assert "Rosa" not in shown

    lead.post(f"{ROOT}/loeschen/", {"key": "case", "what": [old_case.pk]})
    proposed = Deletion.objects.get()
    own = lead.post(f"{ROOT}/loeschen/{proposed.pk}/", {"sure": "on"})
    without = officer.post(f"{ROOT}/loeschen/{proposed.pk}/", {})
    done = officer.post(f"{ROOT}/loeschen/{proposed.pk}/", {"sure": "on"}, follow=True)

    assert (own.status_code, without.status_code) == (422, 422)
    assert "Eine zweite Person muss es bestätigen" in text(own)
    assert "1 Eintrag ist gelöscht." in text(done)
    assert "Dora Test" in text(done)
    assert not Case.objects.exists()
    assert "Notizen der Beratung: 2" in text(officer.get(f"{ROOT}/loeschen/{proposed.pk}/"))


def test_nothing_ticked_is_told(team, old_case):
    refused = page_of(team["lead"]).post(f"{ROOT}/loeschen/", {"key": "case"})

    assert refused.status_code == 422
    assert "Bitte wählen Sie aus" in text(refused)


def test_a_deletion_is_put_off(team, old_case):
    lead = page_of(team["lead"])
    typed = {"key": "case", "what": old_case.pk, "reason": "claims", "until": "1999-01-01"}

    wrong = lead.post(f"{ROOT}/loeschen/aufschieben/", typed)
    right = lead.post(
        f"{ROOT}/loeschen/aufschieben/", typed | {"until": f"{today(old_case.network.zone).year + 1}-06-01"},
        follow=True,
    )  # fmt: skip

    assert wrong.status_code == 422
    assert "in den nächsten drei Jahren" in text(wrong)
    assert "Nichts ist fällig." in text(right)
    assert Hold.objects.get().reason == "claims"


def test_an_organisation_decides_how_long_it_keeps_what(team, network):
    lead = page_of(team["lead"])
    shown = text(lead.get(f"{ROOT}/loeschen/fristen/"))
    assert "Vorschlag, zu prüfen." in shown
    assert "Notizen der Beratung" in shown

    wrong = lead.post(f"{ROOT}/loeschen/fristen/", {"key": "case", "months": "3"})
    lead.post(f"{ROOT}/loeschen/fristen/", {"key": "case", "months": "60"})

    assert wrong.status_code == 422
    assert "von 12 bis 120 Monaten" in text(wrong)
    assert lead.post(f"{ROOT}/loeschen/fristen/", {"key": "%s%n", "months": "60"}).status_code == 404
    assert RetentionRule.objects.get().months == 60
    assert "60 Monate ab Ende des Falls" in text(lead.get(f"{ROOT}/loeschen/fristen/"))


def test_the_overview_says_what_is_open(team, family, old_case):
    lead, officer = page_of(team["lead"]), page_of(team["dpo"])
    demand(lead, family.case)

    shown = text(officer.get(f"{ROOT}/"))

    assert "Auskunft und Kopie (Art. 15)" in shown
    assert "Protokoll lesen" in shown
    assert "Protokoll lesen" not in text(lead.get(f"{ROOT}/"))


def test_other_contacts_of_the_same_person_are_found_and_go_along(network, team):
    family = make_family(network, team, own_part=False)
    organisation = family.case.organisation_id
    twin = Contact(network=network, organisation_id=organisation, name="R. Geheimrat", phone="+491701234567")
    twin.save()
    Contact(network=network, organisation_id=organisation, name="Fremd", phone="+491700000000").save()
    lead = page_of(team["lead"])
    demand(lead, family.case, right="erasure")
    asked = Request.objects.get()
    assert "R. Geheimrat" not in text(lead.get(f"{ROOT}/antraege/{asked.pk}/"))

    shown = text(lead.get(f"{ROOT}/antraege/{asked.pk}/", {"auch": "1"}))
    assert "R. Geheimrat" in shown
    assert "Fremd" not in shown
    assert lead.post(f"{ROOT}/antraege/{asked.pk}/join/", {}).status_code == 422
    lead.post(f"{ROOT}/antraege/{asked.pk}/join/", {"contact": [twin.pk]})
    lead.post(f"{ROOT}/antraege/{asked.pk}/erase/", {"sure": "on"})

    assert [contact.name for contact in Contact.objects.all()] == ["Fremd"]


def test_somebody_without_a_case_has_the_same_rights(network, team):
    contact = Contact(
        network=network, organisation_id=team["lead"].organisation_id, name="Ohne Fall", phone="+49221471"
    )
    contact.save()
    typed = {"right": "erasure", "way": "letter", "received_on": today(network.zone), "identity": "code"}
    counsellor, lead = page_of(team["counsellor"]), page_of(team["lead"])

    assert "Antrag zum Datenschutz" in text(lead.get(f"/de/arbeit/nachrichten/kontakt/{contact.pk}/"))
    assert counsellor.post(f"{ROOT}/antraege/kontakt/{contact.pk}/", typed).status_code == 302
    asked = Request.objects.get()
    lead.post(f"{ROOT}/antraege/{asked.pk}/erase/", {"sure": "on"})

    assert not Contact.objects.exists()
    assert (
        page_of(make_actor(network, "beta", "lead", name="Bea"))
        .get(f"{ROOT}/antraege/kontakt/{contact.pk}/")
        .status_code
        == 404
    )
