"""Pages of claims and papers: from the kept check to a decision; each state asks only what it needs."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from tests.casework.files.samples import PDF
from tests.personas import actor_of, client_of
from tragnetz.audit.models import Event
from tragnetz.casework.claims.models import Claim, ClaimMove
from tragnetz.casework.models import CaseFile, CasePaper, Deadline
from tragnetz.core.clock import today
from tragnetz.directory.models import Authority, Paper
from tragnetz.screening.models import Record


@pytest.fixture
def client():
    return client_of("counsellor")


@pytest.fixture
def address(case):
    return f"/de/arbeit/faelle/{case.pk}/antraege/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def plan(client, address, benefit="wohngeld", **more):
    client.post(f"{address}neu/", {"key": f"k{Claim.objects.count()}", "benefit": benefit} | more)
    return f"{address}{Claim.objects.latest('created_at').pk}/"


def move(client, page, state, day, **more):
    key = f"m{ClaimMove.objects.count()}"
    return client.post(page, {"to": state, "key": key, "happened_on": day.isoformat()} | more, follow=True)


def keep_check(herne, case):
    content = json.dumps({"household": {}, "disposable_m": 1900, "paid": {"wohngeld": 312.4, "kinderzuschlag": 205}})
    owner = actor_of(herne, "counsellor")
    Record(
        network=herne, household=case.household, kept_by_id=owner.membership_id, on=today(herne.zone),
        law_of=today(herne.zone), content=content,
    ).save()  # fmt: skip


def test_what_the_check_found_becomes_claims_in_one_click(client, address, herne, case):
    assert "noch keine Prüfung behalten" in text(client.get(f"{address}neu/"))
    keep_check(herne, case)
    page = text(client.get(f"{address}neu/"))
    assert "Wohngeld etwa 312 Euro im Monat" in page

    sent = {"ticks": "1", "t-key": "abc", "t-benefits": ["wohngeld", "kinderzuschlag"]}
    client.post(f"{address}neu/", sent)
    answer = client.post(f"{address}neu/", sent | {"t-key": "abc"}, follow=True)

    assert sorted(Claim.objects.values_list("benefit", flat=True)) == ["kinderzuschlag", "wohngeld"]
    assert "Antrag stellen" in text(answer)
    assert Claim.objects.filter(office=None).count() < 2  # where it is certain, the office is named
    assert "schon beantragt oder geplant" in text(client.get(f"{address}neu/"))


def test_nothing_chosen_and_nothing_written_is_told(client, address, herne, case):
    keep_check(herne, case)

    ticks = client.post(f"{address}neu/", {"ticks": "1", "t-key": "abc"})
    by_hand = client.post(f"{address}neu/", {"key": "k", "reference": "BG 4711"})

    assert (ticks.status_code, by_hand.status_code) == (422, 422)
    assert "mindestens eine Leistung" in text(ticks)
    assert "schreiben Sie, worum es geht" in text(by_hand)
    assert b"BG 4711" in by_hand.content


def test_a_claim_goes_from_plan_to_grant_with_what_each_state_needs(client, address, day):
    page = plan(client, address)
    asked = client.get(f"{page}?schritt=sent")
    assert "Wann abgegeben?" in text(asked)
    assert b'name="amount"' not in asked.content

    move(client, page, "sent", day - timedelta(days=20), note="Mit Eingangsstempel")
    wrong = move(client, page, "granted", day, rhythm="month", amount="viel", from_on=day.isoformat())
    assert (wrong.status_code, Claim.objects.get().state) == (422, "sent")
    assert "zum Beispiel 240,50" in text(wrong)
    until = day + timedelta(days=30)
    first = day.replace(day=1)
    done = move(
        client, page, "granted", day, rhythm="month", amount="1.240,50", from_on=first.isoformat(),
        until_on=until.isoformat(),
    )  # fmt: skip

    assert "1.240,50 Euro jeden Monat" in text(done)
    assert "Jetzt weiter beantragen" in text(done)
    assert "Mit Eingangsstempel" in text(done)
    assert "1.240,50 Euro" in text(client.get(address))
    assert "weiter beantragen" in text(client.get("/de/arbeit/"))
    assert "1 Leistung weiter beantragen" in text(client.get(address.removesuffix("antraege/")))


def test_a_step_that_is_not_allowed_or_to_come_changes_nothing(client, address, day):
    page = plan(client, address)

    assert "nicht mehr" in text(move(client, page, "granted", day))
    assert "Zukunft" in text(move(client, page, "sent", day + timedelta(days=3)))
    assert b"Wann abgegeben" not in client.get(f"{page}?schritt=granted").content
    assert Claim.objects.get().state == "planned"


def test_a_mistake_is_taken_back_and_money_goes_on(client, address, day):
    page = plan(client, address)
    move(client, page, "sent", day)
    assert "zurückgenommen" in text(client.post(page, {"undo": "1"}, follow=True))
    assert Claim.objects.get().state == "planned"
    assert "nichts zurückzunehmen" in text(client.post(page, {"undo": "1"}, follow=True))

    move(client, page, "sent", day)
    move(client, page, "granted", day, rhythm="", from_on=day.isoformat())
    renewed = client.post(page, {"renew": "1"}, follow=True)

    assert "voriger Antrag" in text(renewed)
    assert sorted(Claim.objects.values_list("state", flat=True)) == ["planned", "renewed"]
    assert "Beendet (1)" in text(client.get(address))


def test_office_and_reference_are_written_and_never_stand_in_an_address(client, address, day):
    page = plan(client, address, "", title="Härtefonds der Stadt")
    assert b"H\xc3\xa4rtefonds" in client.get(f"{page}?aendern=1").content

    answer = client.post(
        page, {"change": "1", "title": "Härtefonds", "office_words": "Sozialamt", "reference": "H 77"}, follow=True
    )

    assert "Sozialamt" in text(answer)
    assert "H 77" in text(answer)
    assert client.post(page, {"change": "1", "title": ""}).status_code == 422
    assert not any("H 77" in str(event.details) for event in Event.objects.all())


def hidden(answer, name):
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', answer.content.decode())
    return found[1] if found else None


def test_a_plan_and_a_refusal_lead_to_their_deadline_in_one_click(client, address, day, case):
    page = plan(client, address, "kinderzuschlag", reference="KG 5")
    first = client.get(page)
    assert (hidden(first, "rule"), hidden(first, "start_on")) == ("child_supplement", day.isoformat())
    move(client, page, "sent", day - timedelta(days=9))
    move(client, page, "refused", day - timedelta(days=2), note="Einkommen zu hoch")

    refused = client.get(page)
    sent = {name: hidden(refused, name) for name in ("rule", "start_on", "arrival", "look", "matter", "letter", "part")}
    shown = client.post(f"/de/arbeit/faelle/{case.pk}/fristen/neu/", sent)

    assert sent["rule"] == "objection"
    assert "Letzter Tag:" in text(shown)
    confirmed = re.search(r'name="confirmed" value="([^"]+)"', shown.content.decode())[1]
    client.post(f"/de/arbeit/faelle/{case.pk}/fristen/neu/", sent | {"save": "1", "confirmed": confirmed})
    assert (Deadline.objects.get().matter, "KG 5" in Deadline.objects.get().letter) == ("Kinderzuschlag", True)
    assert hidden(client.get(page), "rule") is None  # it is kept: the page leads to it


def test_after_a_refusal_the_deadlines_of_another_claim_are_offered(client, address, day, case):
    page = plan(client, address, "wohngeld")
    move(client, page, "sent", day - timedelta(days=9))
    assert "Stattdessen" not in text(client.get(page))
    move(client, page, "refused", day - timedelta(days=2), note="Zu wenig Einkommen")

    refused = client.get(page).content.decode()
    offered = re.findall(r'<button[^>]+name="rule" value="(\w+)"', refused)
    asked = client.post(f"/de/arbeit/faelle/{case.pk}/fristen/neu/", {"rule": "again_soon", "matter": "Wohngeld"})

    assert offered == ["again_soon", "again"]  # instead of Wohngeld comes no Wohngeld
    assert "Tag, an dem die Ablehnung bindend wurde" in text(asked)
    assert "Wohngeld" in text(asked)


def test_a_question_of_an_office_stands_on_the_day_page_with_the_papers_it_wants(client, address, day):
    page = plan(client, address)
    move(client, page, "sent", day)
    assert b'value="geburtsurkunde"' in client.get(f"{page}?schritt=asked_back").content

    done = move(client, page, "asked_back", day, papers=["geburtsurkunde"])

    assert "Geburtsurkunde des Kindes" in text(done)
    assert "Rückfrage der Stelle" in text(client.get("/de/arbeit/"))
    assert hidden(done, "rule") == "cooperate"


def test_an_open_claim_is_named_before_the_end_but_forbids_nothing(client, address, case):
    plan(client, address)

    page = text(client.get(f"/de/arbeit/faelle/{case.pk}/abschluss/"))

    assert "1 Antrag ist noch nicht entschieden" in page
    client.post(f"/de/arbeit/faelle/{case.pk}/abschluss/", {"close": "1", "reason": "done", "result": "better"})
    case.refresh_from_db()
    assert case.state == "closed"


@pytest.fixture
def sheet(address):
    return f"{address}unterlagen/"


def test_papers_are_marked_once_for_all_claims(client, address, sheet, day):
    assert "wartet kein Antrag" in text(client.get(sheet))
    plan(client, address, "wohngeld")
    plan(client, address, "kinderzuschlag")
    first = client.get(sheet)
    part = Claim.objects.first().compartment_id.hex
    assert "Das als Nächstes besorgen" in text(first)
    assert text(first).count("Mietvertrag") >= 2

    states = {
        f"{part}-{key}-state": "seen"
        for key in re.findall(rf'name="{part}-([a-z-]+)-state"', first.content.decode())
    }  # fmt: skip
    client.post(sheet, states | {f"{part}-einkommensnachweise-issued": day.isoformat()})

    assert CasePaper.objects.filter(state="seen", seen_on=day).count() == len(states)
    assert "Vollständig:" in text(client.get(sheet))
    wrong = client.post(sheet, {f"{part}-einkommensnachweise-issued": (day + timedelta(days=2)).isoformat()})
    assert wrong.status_code == 422
    assert "nicht in der Zukunft" in text(wrong)


def test_each_missing_paper_says_where_the_household_gets_it(client, address, sheet):
    Paper.objects.filter(key="mietvertrag").update(authority=Authority.objects.get(key="wohngeldstelle"), where={})
    plan(client, address)

    page = text(client.get(sheet))
    pdf = PdfReader(BytesIO(client.get(f"{sheet}liste.pdf?sprache=tr").content))
    words = " ".join(pdf.pages[0].extract_text().split())

    assert "Gibt es bei: Wohngeldstelle im Rathaus Wanne, Rathausstraße 6" in page
    assert "Gibt es bei: Arbeitgeber" in page
    assert "Wohngeldstelle im Rathaus Wanne Rathausstraße 6" in words
    assert "Ev sahibiniz" in words


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Diese Unterlagen fehlen noch"), ("simple", "Diese Papiere fehlen noch"), ("en", "These papers"),
        ("tr", "Bu belgeler"), ("uk", "Цих документів"), ("ru", "Этих документов"), ("ro", "Aceste acte"),
        ("bg", "Тези документи"), ("pl", "Tych dokumentów"), ("ar", ""),
    ],
)  # fmt: skip
def test_the_list_is_an_accessible_pdf_in_german_and_the_language_of_the_person(
    client, address, sheet, language, title
):
    plan(client, address)

    answer = client.get(f"{sheet}liste.pdf?sprache={language}")
    pdf = PdfReader(BytesIO(answer.content))
    words = " ".join(pdf.pages[0].extract_text().split())

    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith({"simple": "de"}.get(language, language))
    assert pdf.trailer["/Root"]["/StructTreeRoot"]
    assert title in words
    assert "Mietvertrag" in words
    assert answer["Cache-Control"] == "no-store"


def test_the_list_of_one_adult_is_for_those_who_live_there(client, address, sheet):
    plan(client, address)

    assert client.get(f"{sheet}liste.pdf?wer=01890000-0000-7000-8000-000000000000").status_code == 404
    assert Event.objects.filter(verb="papers:print").count() == 0
    assert client.get(f"{sheet}liste.pdf?sprache=klingonisch").status_code == 200
    assert Event.objects.get(verb="papers:print").details["language"] == "de"


def test_a_copy_stands_with_its_paper_until_it_is_deleted(client, address, sheet, case, day):
    plan(client, address, "wohngeld")
    files = f"/de/arbeit/faelle/{case.pk}/unterlagen/"
    assert f"{files}?unterlage=mietvertrag" in client.get(sheet).content.decode()
    assert "Mietvertrag (fehlt für einen Antrag)" in text(client.get(f"{files}?unterlage=mietvertrag"))

    asked = {"key": "k" * 32, "paper": "mietvertrag", "keep_for": "case", "papers": SimpleUploadedFile("a.pdf", PDF)}
    client.post(files, asked)

    row = CaseFile.objects.get()
    assert "Kopie liegt hier" in text(client.get(sheet))
    assert f'href="{files}{row.pk}/"' in client.get(sheet).content.decode()
    assert "zählt als da für: Wohngeld" in text(client.get(f"{files}{row.pk}/"))
    gone = client.post(f"{files}{row.pk}/", {"do": "drop", "reason": "wrong"}, follow=True)
    assert "Für diese Anträge zählt sie nicht mehr: Wohngeld." in text(gone)
    assert "Kopie liegt hier" not in text(client.get(sheet))


def test_a_page_that_was_open_while_a_file_came_does_not_say_that_it_is_missing(client, address, sheet, case):
    plan(client, address, "wohngeld")
    page = client.get(sheet).content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(initial-[^"]+)" value="([^"]*)"', page))
    shown = {name.removeprefix("initial-"): value for name, value in sent.items()}
    assert set(shown.values()) >= {"missing", "person"}
    files = f"/de/arbeit/faelle/{case.pk}/unterlagen/"
    asked = {"key": "k" * 32, "paper": "mietvertrag", "keep_for": "case", "papers": SimpleUploadedFile("a.pdf", PDF)}
    client.post(files, asked)

    part = Claim.objects.get().compartment_id.hex
    client.post(sheet, sent | shown | {f"{part}-personalausweis-state": "there"})

    assert [row.paper for row in CasePaper.objects.all()] == ["personalausweis"]
    assert "Kopie liegt hier" in text(client.get(sheet))
