"""Pages of papers: several files at once, saved and never run, read as a letter, new from the person."""

import re
import uuid
from datetime import timedelta
from itertools import batched

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.casework.files.clamd import EICAR, scanner
from tests.casework.files.samples import HOSTILE, PDF, POLYGLOTS, TAKEN, TEXT
from tests.personas import actor_of, client_of
from tests.workspace.test_deadlines import letter_of
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.models import CaseFile, Deadline
from tragnetz.core.clock import now, today

SANDBOX = "default-src 'none'; sandbox"


@pytest.fixture
def client():
    return client_of("counsellor")


@pytest.fixture
def address(case):
    return f"/de/arbeit/faelle/{case.pk}/unterlagen/"


def send(client, address, *files, **given):
    papers = [SimpleUploadedFile(name, content) for name, content in files]
    asked = {"key": uuid.uuid4().hex, "paper": "letter", "note": "Bescheid vom Amt", "keep_for": "case"} | given
    return client.post(address, asked | {"papers": papers})


def text(answer):
    return " ".join(answer.content.decode().split())


def test_several_files_are_kept_at_once_and_saved_as_they_came(client, address):
    answer = send(client, address, ("Bescheid.pdf", PDF), ("notiz.txt", TEXT))

    assert answer.status_code == 302
    page = text(client.get(address))
    assert "2 Dateien sind abgelegt." in page
    assert "Bescheid vom Amt" in page
    row = CaseFile.objects.get(type="pdf")
    saved = client.get(f"{address}{row.pk}/datei/")
    assert saved.content == PDF
    assert saved["Content-Disposition"] == 'attachment; filename="Bescheid.pdf"'
    assert saved["Content-Type"] == "application/pdf"


def test_one_refused_file_holds_up_none_of_the_others_and_nothing_typed_is_lost(client, address):
    answer = send(client, address, ("gut.pdf", PDF), ("boese.svg", HOSTILE["svg"]), note="Sehr wichtig")

    assert answer.status_code == 422
    assert "boese.svg: Diese Art von Datei nehmen wir nicht an" in text(answer)
    assert 'value="Sehr wichtig"' in text(answer)
    assert CaseFile.objects.get().type == "pdf"


def test_a_file_that_is_too_large_is_dropped_on_the_way_and_told(client, address, settings):
    settings.TRAGNETZ_UPLOAD_MOST = 200_000
    answer = send(client, address, ("riesig.pdf", PDF + bytes(200_000)), ("klein.txt", TEXT), note="Bleibt stehen")

    assert answer.status_code == 422
    assert "riesig.pdf: Die Datei ist zu groß" in text(answer)
    assert 'value="Bleibt stehen"' in text(answer)
    assert CaseFile.objects.get().type == "txt"


def test_a_request_that_says_it_is_huge_is_refused_before_it_is_read(client, address, settings):
    settings.TRAGNETZ_REQUEST_MOST = 1000

    answer = send(client, address, ("riesig.pdf", PDF))

    assert answer.status_code == 413
    assert "Das war zu groß" in text(answer)
    assert CaseFile.objects.count() == 0


def test_no_more_than_five_at_once_and_not_none(client, address):
    assert "Bitte höchstens 5 Dateien" in text(send(client, address, *[("a.txt", TEXT)] * 6))
    assert "Bitte wählen Sie eine Datei" in text(send(client, address))
    assert CaseFile.objects.count() == 0


def test_hostile_files_are_refused_or_saved_and_never_run(client, address):
    samples = HOSTILE | POLYGLOTS | TAKEN
    names = [
        "{}.pdf",
        "{}.html",
        "{}.svg",
        "{}.exe",
        "x\r\nContent-Type: text/html\r\n\r\n{}.htm",
        '"><script>{}</script>.txt',
    ]
    for wrong in names:
        for five in batched(samples.items(), 5):  # as many as a form takes
            send(client, address, *((wrong.format(name), content) for name, content in five))
    rows = list(CaseFile.objects.all())
    assert len(samples) * len(names) >= 150
    assert len(rows) >= 4 * len(POLYGLOTS | TAKEN)  # one name breaks the form itself: most of those arrive as no file

    for row in rows:
        saved = client.get(f"{address}{row.pk}/datei/")
        assert saved["Content-Disposition"].startswith("attachment")
        assert saved["X-Content-Type-Options"] == "nosniff"
        assert saved["Content-Security-Policy"] == SANDBOX
        assert saved["Cache-Control"] == "no-store"
        assert "html" not in saved["Content-Type"]
        assert "svg" not in saved["Content-Type"]
    assert "<script>" not in client.get(address).content.decode().replace("<script src", "")


def test_a_virus_is_told_and_nothing_is_kept(client, address, settings):
    with scanner() as made:
        settings.TRAGNETZ_SCANNER = made.address
        answer = send(client, address, ("rechnung.txt", EICAR))

    assert "steckt ein Schadprogramm" in text(answer)
    assert CaseFile.objects.count() == 0


def test_a_file_that_waits_for_its_search_can_be_searched_by_hand(client, address, settings):
    settings.TRAGNETZ_SCANNER, settings.TRAGNETZ_SCANNER_AWAY = "tcp://127.0.0.1:9", "keep"
    send(client, address, ("brief.txt", TEXT))
    page = f"{address}{CaseFile.objects.get().pk}/"
    assert "Jetzt prüfen" in text(client.get(page))
    refused = client.get(f"{page}datei/", follow=True)
    assert "noch nicht auf Schadprogramme geprüft" in text(refused)
    assert "geht gerade nicht" in text(client.post(page, {"do": "check"}, follow=True))

    with scanner() as made:
        settings.TRAGNETZ_SCANNER = made.address
        assert "Sie können die Datei jetzt öffnen" in text(client.post(page, {"do": "check"}, follow=True))

    assert client.get(f"{page}datei/").content == TEXT


def test_a_paper_that_was_only_seen_is_noted(client, address, herne):
    asked = {"key": uuid.uuid4().hex, "paper": "personalausweis", "note": "Ausweis", "seen_on": f"{today(herne.zone)}"}
    assert "höchstens heute" in text(client.post(f"{address}gesehen/", asked | {"seen_on": "2099-01-01"}))

    answer = client.post(f"{address}gesehen/", asked, follow=True)

    assert "nicht behalten" in text(answer)
    assert CaseFile.objects.get().state == "seen"


def test_a_file_is_changed_linked_to_a_deadline_noted_and_deleted(client, address, case, herne):
    day = today(herne.zone) + timedelta(days=9)
    deadline = set_deadline(
        actor=actor_of(herne, "counsellor"), case=case, details=DeadlineDetails(day, matter="Zeugnis"), now=now()
    )
    send(client, address, ("brief.pdf", PDF))
    page = f"{address}{CaseFile.objects.get().pk}/"
    change = {
        "do": "change",
        "paper": "einkommensnachweise",
        "note": "Lohn",
        "keep_for": "decision",
        "deadline": f"{deadline.pk}",
    }

    wrong = client.post(page, change)
    assert wrong.status_code == 422
    assert "bis wann Sie die Unterlage brauchen" in text(wrong)
    client.post(page, change | {"keep_until": f"{day}"})
    row = CaseFile.objects.get()
    assert (row.paper, row.keep_until, row.deadline) == ("einkommensnachweise", day, deadline)
    assert "für die Frist am" in text(client.get(address))
    client.post(page, {"do": "note"})
    assert CaseFile.objects.get().state == "seen"
    assert "warum die Unterlage gelöscht wird" in text(client.post(page, {"do": "drop"}))
    client.post(page, {"do": "drop", "reason": "wrong"})
    assert CaseFile.objects.count() == 0
    assert client.get(page).status_code == 404


def test_a_kept_letter_is_read_in_one_click_and_becomes_no_deadline_by_itself(client, address, herne):
    import typst

    letter = letter_of(today(herne.zone) - timedelta(days=13)).replace("\n", "\n\n").encode()
    send(client, address, ("brief.pdf", typst.compile(letter, format="pdf")))
    page = f"{address}{CaseFile.objects.get().pk}/"

    answer = client.post(f"{page}brief/")

    assert "Vorschlag: Bescheid" in text(answer)
    assert Deadline.objects.count() == 0


def test_a_file_is_for_others_as_one_that_never_was(client, address):
    send(client, address, ("brief.txt", TEXT))
    row = CaseFile.objects.get()
    assert client.get(f"{address}{row.pk}/datei/").content == TEXT

    foreign = client_of("foreign")
    for path in (f"{address}{row.pk}/datei/", f"{address}{row.pk}/", f"{address}{uuid.uuid4()}/datei/"):
        assert foreign.get(path).status_code == 404
    there, gone = row.pk, uuid.uuid4()
    pages = [foreign.get(f"{address}{key}/datei/").content.decode().replace(str(key), "") for key in (there, gone)]
    first, second = (
        re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page) for page in pages
    )  # new on each page
    assert first == second
