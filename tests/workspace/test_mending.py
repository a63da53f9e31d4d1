"""Each finding of the checks has one click that leads to the very field or mends it, and then it is gone."""

import re
from datetime import timedelta

import pytest

from tests.personas import actor_of, client_of
from tests.reporting.conftest import make_case, take_in
from tests.workspace.conftest import ENTRY
from tragnetz.casework.models import CaseContact
from tragnetz.core.clock import today
from tragnetz.network.models import Programme
from tragnetz.reporting.enums import Check
from tragnetz.reporting.models import Answers, Participation
from tragnetz.reporting.participation.commands import derive_again
from tragnetz.reporting.participation.queries import shown
from tragnetz.workspace.participation.mending import mends_of


@pytest.fixture
def client():
    return client_of("counsellor")


@pytest.fixture
def filou(herne, day):
    Programme.objects.filter(key="filou").update(starts=day - timedelta(days=500), ends=day + timedelta(days=200))
    return Programme.objects.get(key="filou")


@pytest.fixture
def row(herne, filou, day):
    entered = day - timedelta(days=10)
    age = entered.year - 1988
    case = make_case(actor_of(herne, "counsellor"), ("Rosa Linde", "self", 1988))
    return take_in(actor_of(herne, "counsellor"), case, filou, entered_on=entered, third_country="no", age=age)


def broken(row, days=(10, None), told_after=None, *, entry=None, **moments):
    """Make of a good record one that is as no form would make it: days ago of entry and exit, answers of moments."""
    day = today(row.network.zone)
    entered, left = (None if one is None else day - timedelta(days=one) for one in days)
    Participation.objects.filter(pk=row.pk).update(
        entered_on=entered, left_on=left, leaving="regular" if left else ""
    )  # fmt: skip
    answers = {**row.moments.get(moment="entry").answers, **(entry or {})}
    row.moments.filter(moment="entry").update(answers={key: one for key, one in answers.items() if one is not None})
    for moment, told in moments.items():
        Answers(
            network=row.network, participation=row, moment=moment, answers=told, author=row.author,
            answered_on=(left or day) + timedelta(days=told_after or 0),
        ).save()  # fmt: skip
    fresh = Participation.objects.get(pk=row.pk)
    derive_again(fresh)
    fresh.save()


def found(row):
    (one,) = shown(Participation.objects.filter(pk=row.pk), today(row.network.zone))
    return one


FAULTS = {
    "entry-outside": (Check.TERM, {"days": (600, None)}, "entered_on"),
    "exit-outside": (Check.TERM, {"days": (10, -300)}, "left_on"),
    "work": (Check.WORK, {"entry": {"employment": "nonsense"}}, "q_employment"),
    "months": (Check.MONTHS, {"entry": {"employment": "inactive"}}, None),
    "age": (Check.AGE, {"entry": {"age": 70}}, "born"),
    "education": (Check.EDUCATION, {"entry": {"isced": "high"}}, None),
    "young": (Check.YOUNG_DEGREE, {"entry": {"age": 17, "vocational": "degree", "isced": "high"}}, "q_vocational"),
    "search": (Check.JOB_SEARCH, {"days": (10, 5), "exit": {"exit_job_search": "yes"}}, None),
    "job": (
        Check.JOB,
        {"days": (10, 5), "entry": {"employment": "employed"}, "exit": {"exit_employment": "yes"}},
        None,
    ),
    "better": (Check.BETTER_JOB, {"days": (10, 5), "six_months": {"later_improved": "yes"}}, None),
    "late": (Check.LATE_RESULT, {"days": (100, 60), "told_after": 40, "exit": {"exit_training": "no"}}, "told_on"),
    "no-exit": (Check.LATE_RESULT, {"exit": {"exit_training": "no"}}, "left_on"),
    "result-due": (Check.RESULT_DUE, {"days": (100, 30)}, "q_exit_training"),
    "background": (
        Check.BACKGROUND, {"entry": {"third_country": "yes", "foreign_background": "no"}}, "q_foreign_background",
    ),
    "entry-due": (Check.ENTRY_DUE, {"days": (40, None), "entry": {"school": None, "isced": None}}, "q_school"),
    "silent": (Check.SILENT, {"days": (120, None)}, "left_on"),
    "gender": (Check.GENDER, {"entry": {"gender": None}}, "q_gender"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_the_one_click_leads_to_the_field_and_the_finding_goes(client, row, day, name):
    check, given, field = FAULTS[name]
    broken(row, **given)
    before = found(row)
    assert check in before.checks
    mend = mends_of(before, "liste=")[before.checks.index(check)]
    address, _, fragment = mend.address.partition("#")

    page = client.get(mend.address.partition("?")[0].partition("#")[0] if mend.drops else address)
    assert page.status_code == 200
    assert fragment == (f"id_{field}" if field else "")
    assert field is None or f'id="{fragment}"' in page.content.decode()
    if mend.drops:
        answer = client.post(address, {"do": "tidy"})
    elif "/eintritt/" in address:
        entered = max(before.row.entered_on, day - timedelta(days=50))
        answer = client.post(address, ENTRY | {"entered_on": entered.isoformat(), "q_foreign_background": "yes"})
    else:
        left = day if field == "left_on" else before.row.left_on
        answer = client.post(
            address,
            {"left_on": left.isoformat(), "leaving": "regular", "q_exit_training": "no",
             "told_on": min(left + timedelta(days=7), day).isoformat()},
        )  # fmt: skip

    assert answer.status_code == 302
    assert answer.url == "/de/arbeit/projekte/fehlt/?zeigen="
    assert check not in found(row).checks


def test_the_same_person_twice_is_compared_and_withdrawn(herne, client, filou, row, day):
    owner = actor_of(herne, "counsellor")
    twin = take_in(owner, make_case(owner, ("Rosa Linde", "self", 1988)), filou, entered_on=day)
    (mend,) = [one for one in mends_of(found(twin)) if one.address.endswith("#doppelt")]
    page = client.get(mend.address.partition("#")[0]).content.decode()
    assert 'id="doppelt"' in page
    assert row.pseudonym in page

    client.post(mend.address.partition("#")[0], {"do": "withdraw", "instead": row.pseudonym})
    assert found(row).checks == []


def test_the_list_of_what_is_missing_has_the_way_at_each_finding(client, row):
    broken(row, days=(120, None), entry={"school": None, "isced": None})
    Participation.objects.filter(pk=row.pk).update(case=row.case)
    page = client.get("/de/arbeit/projekte/fehlt/?zeigen=still").content.decode()
    ways = re.findall(r'href="([^"]+liste=still[^"]*)"', page)

    case = f"/de/arbeit/faelle/{row.case_id}/projekt/{row.pk}"
    assert f"{case}/eintritt/?liste=still#id_q_school" in ways
    assert f"{case}/austritt/?liste=still#id_left_on" in ways
    assert f'href="/de/arbeit/faelle/{row.case_id}/#gespraech"' in page
    assert not CaseContact.objects.filter(case=row.case).exists()


@pytest.mark.parametrize(
    ("days", "entry", "words"),
    [
        ((40, None), {"school": None, "isced": None}, ["Die Angaben zum Eintritt fehlen noch"]),
        ((100, 30), {}, ["Offen, beim Eintritt", "Die Angaben zum Austritt fehlen noch"]),
        ((10, None), {"gender": None}, ["Offen, beim Eintritt"]),
    ],
)
def test_what_is_open_is_said_once_with_the_way_to_it(client, row, days, entry, words):
    broken(row, days=days, entry=entry)
    page = client.get("/de/arbeit/projekte/fehlt/").content.decode()
    said = re.findall(r"<p class=\"kern-body\">([^:<]+)(?::|</p>)", page)

    assert said == words
    assert page.count("liste=#id_q_") == len(words)


def test_a_participation_names_what_is_missing_at_the_entry_once(client, row):
    broken(row, days=(40, None), entry={"gender": None})
    page = client.get(f"/de/arbeit/faelle/{row.case_id}/projekt/{row.pk}/").content.decode()

    assert "Das fehlt, damit die Person zählt" in page
    assert "Bitte prüfen" not in page
    assert page.count("#id_q_gender") == 1


def test_the_day_of_a_result_cannot_lie_ahead(client, row, day):
    broken(row, days=(30, 10))
    address = f"/de/arbeit/faelle/{row.case_id}/projekt/{row.pk}/austritt/"
    sent = {"left_on": (day - timedelta(days=10)).isoformat(), "leaving": "regular", "q_exit_training": "no"}

    refused = client.post(address, sent | {"told_on": (day + timedelta(days=1)).isoformat()})
    assert refused.status_code == 422
    assert "Dieser Tag liegt in der Zukunft" in refused.content.decode()
    assert client.post(address, sent).status_code == 302
    assert row.moments.get(moment="exit").answered_on == day


def test_management_sees_findings_by_pseudonym_and_no_way_into_a_case(client, row):
    broken(row, entry={"gender": None})
    path = "/de/arbeit/projekte/filou/teilnahmen/?hinweis=P17"
    own, others = (one.get(path).content.decode() for one in (client, client_of("programme")))

    assert "#id_q_gender" in own
    assert row.pseudonym in others
    assert "#id_q_gender" not in others
    assert str(row.case_id) not in others
