"""The pages of hours: from the draft to the approved sheet, on paper and as a table."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from tests.personas import actor_of, client_of
from tragnetz.network.models import Membership, Programme
from tragnetz.reporting.timesheets.models import TimeLine, TimeSheet
from tragnetz.reporting.timesheets.sharing import ShareDetails, agree_share

LIST = "/de/arbeit/stunden/"


@pytest.fixture
def sheet(herne):
    """A sheet of January of David's, whom Filou pays for half of his position."""
    lead, member = actor_of(herne, "counsellor"), actor_of(herne, "colleague")
    details = ShareDetails(Programme.objects.get(key="filou"), 50, 2340, date(2026, 1, 1), keeps_sheet=True)
    agree_share(actor=lead, membership=Membership.objects.get(pk=member.membership_id), details=details)
    client_of("colleague").post(f"{LIST}2026-1/")
    return TimeSheet.objects.get()


def page(sheet):
    return f"{LIST}{sheet.pk}/"


def add(sheet, **given):
    typed = {"add": "1", "day": "2026-01-13", "programme": "filou", "activity": "admin", "minutes": "1,5"} | given
    return client_of("colleague").post(page(sheet), typed)


def test_a_month_goes_from_draft_to_approval(sheet, monkeypatch):
    member, lead = client_of("colleague"), client_of("counsellor")
    assert "Januar 2026" in member.get(LIST).content.decode()
    assert add(sheet).status_code == 302
    assert member.post(page(sheet), {"sign": "1"}, follow=True).status_code == 200

    assert "David Schulte, Januar 2026" in lead.get(LIST).content.decode()
    lead.post(page(sheet), {"approve": "1"})
    sheet.refresh_from_db()
    assert sheet.state == "approved"
    monkeypatch.setattr("tragnetz.workspace.timesheets.views.today", lambda _zone: date(2026, 12, 1))
    assert "1:30" in client_of("programme").get(LIST).content.decode()
    monkeypatch.setattr("tragnetz.workspace.timesheets.views.today", lambda _zone: date(2027, 2, 1))
    assert "1:30" not in client_of("programme").get(LIST).content.decode()  # of a year ago, no more


def test_what_was_typed_wrong_stays_and_is_explained(sheet):
    answer = add(sheet, minutes="halb zwei")
    text = answer.content.decode()

    assert answer.status_code == 422
    assert 'value="halb zwei"' in text
    assert "zum Beispiel 1:30 oder 1,5" in text
    assert not TimeLine.objects.filter(sheet=sheet, origin="own").exists()


def test_a_line_is_mended_and_dropped_in_its_place(sheet):
    add(sheet)
    line = TimeLine.objects.get(sheet=sheet, origin="own")
    client = client_of("colleague")
    client.post(page(sheet), {"line": line.pk, "minutes": "2:15"})
    line.refresh_from_db()
    assert line.minutes == 135
    assert "keine Zeit" in client.post(page(sheet), {"line": line.pk, "minutes": "x"}, follow=True).content.decode()
    client.post(page(sheet), {"line": line.pk, "minutes": "2:15", "drop": "1"})
    assert not TimeLine.objects.filter(pk=line.pk).exists()


def test_a_return_without_a_word_is_asked_for_one(sheet):
    add(sheet)
    client_of("colleague").post(page(sheet), {"sign": "1"})
    lead = client_of("counsellor")
    assert lead.post(page(sheet), {"return": "1", "reason": ""}).status_code == 422
    lead.post(page(sheet), {"return": "1", "reason": "Der 14. fehlt"})
    assert "Der 14. fehlt" in client_of("colleague").get(page(sheet)).content.decode()


def test_paper_and_table_hold_the_same_hours(sheet):
    add(sheet)
    client = client_of("colleague")
    paper = PdfReader(io.BytesIO(client.get(f"{page(sheet)}stundennachweis.pdf").content))
    text = "".join(one.extract_text() for one in paper.pages)
    table = client.get(f"{page(sheet)}stundennachweis.csv").content.decode("utf-8-sig").splitlines()

    assert "David Schulte" in text
    assert "1:30" in text
    assert "13.01.2026;Filou;Dokumentation und Verwaltung;1,50" in table
    assert table[0] == "Tag;Projekt;Tätigkeit;Stunden"


def test_a_lead_agrees_on_shares_up_to_a_whole_position(sheet, filou):
    lead, member = client_of("counsellor"), Membership.objects.get(user__email__startswith="david.")
    typed = {
        "member": member.pk, "programme": "filou", "percent": "60", "weekly": "39",
        "starts": "2026-02-01",
    }  # fmt: skip
    refused = lead.post(f"{LIST}anteile/", typed)
    assert refused.status_code == 422
    assert "mehr als 100 Prozent" in refused.content.decode()
    assert lead.post(f"{LIST}anteile/", typed | {"percent": "20"}).status_code == 302
    assert member.project_shares.count() == 2
    share = member.project_shares.get(percent=50)
    lead.post(f"{LIST}anteile/{share.pk}/", {"ends": "2026-01-31"})
    share.refresh_from_db()
    assert share.ends == date(2026, 1, 31)


def test_who_keeps_no_hours_is_told_so(herne):
    assert "müssen hier nichts tun" in client_of("colleague").get(LIST).content.decode()
    assert client_of("colleague").post(f"{LIST}2026-13/").status_code == 404
