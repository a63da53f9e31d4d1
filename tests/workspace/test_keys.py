"""The pages on keys: what is closed says so, a password opens it, two people make a recovery."""

import re

import pytest
from django.test import Client

from tests.notes import write_note
from tests.personas import PASSWORD, actor_of, booked_enquiry, client_of
from tragnetz.casework.commands import open_case
from tragnetz.core.clock import today
from tragnetz.network.models import Membership, User
from tragnetz.vault.models import KeyPair, WrappedKey
from tragnetz.vault.sessions import COOKIE

PAGE, ORGANISATION = "/de/arbeit/schluessel/", "/de/arbeit/schluessel/organisation/"
SECRET = "Zitronenfalter im Hausflur"


@pytest.fixture
def case(herne):
    owner = actor_of(herne, "counsellor")
    made = open_case(actor=owner, enquiry=booked_enquiry(herne).enquiry, today=today(herne.zone))
    write_note(actor=owner, case=made, kind="facts", text=SECRET)
    return f"/de/arbeit/faelle/{made.pk}/"


def closed(persona: str) -> Client:
    """Logged in without the keys being open, as after single sign-on."""
    client = client_of(persona)
    del client.cookies[COOKIE]
    return client


def test_without_keys_a_case_is_closed_and_a_password_opens_it(case):
    client = closed("counsellor")
    page = client.get(case).content.decode()
    assert SECRET not in page
    assert "verschlossen" in page

    assert client.post(PAGE, {"do": "open", "secret": "falsch"}).status_code == 422
    assert client.post(PAGE, {"do": "open", "secret": PASSWORD}).status_code == 302

    assert SECRET in client.get(case).content.decode()


def test_the_cookie_of_one_session_opens_no_other(case):
    client, other = client_of("counsellor"), closed("counsellor")
    assert SECRET in client.get(case).content.decode()

    other.cookies[COOKIE] = client.cookies[COOKIE].value

    assert SECRET not in other.get(case).content.decode()


def test_new_keys_after_a_reset_need_the_present_password(case):
    user = User.objects.get(email="hanna.reuter@demo.tragnetz.example")
    user.set_password("ein ganz neues Passwort")
    user.save()
    client = closed("counsellor")

    assert client.post(PAGE, {"do": "open", "secret": "ein ganz neues Passwort"}).status_code == 422
    assert client.post(PAGE, {"do": "renew", "secret": PASSWORD}).status_code == 422
    assert client.post(PAGE, {"do": "renew", "secret": "ein ganz neues Passwort"}).status_code == 302
    assert "Ihre Schlüssel sind offen" in client.get(PAGE).content.decode()


def test_two_people_make_a_recovery_and_use_it(herne, case):
    lead, second = client_of("counsellor"), client_of("colleague")
    member = actor_of(herne, "colleague").membership_id
    sheet_a = _sheet(lead.post(ORGANISATION, {"do": "begin", "second": str(member)}).content.decode())
    assert "Für Sie liegt ein Blatt bereit" in second.get(PAGE).content.decode()
    assert "Für Sie liegt ein Blatt bereit" not in lead.get(PAGE).content.decode()
    sheet_b = _sheet(second.post(PAGE, {"do": "sheet"}).content.decode())
    assert second.post(PAGE, {"do": "sheet"}).status_code == 302  # shown once

    recovery = KeyPair.objects.get(kind="recovery")
    client_of("counsellor").get("/de/arbeit/")
    lead.post(PAGE, {"do": "open", "secret": PASSWORD})  # settles what is owed to the recovery
    WrappedKey.objects.exclude(holder=recovery).exclude(data_key=None).delete()
    assert SECRET not in lead.get(case).content.decode()
    typed = {"do": "use", "reason": "Alle haben ihr Passwort vergessen"}
    assert lead.post(ORGANISATION, typed | {"sheet": sheet_a}).status_code == 302
    answer = lead.post(ORGANISATION, typed | {"sheet": sheet_b})
    assert answer.status_code == 422
    assert "eine andere Person" in answer.content.decode()

    Membership.objects.filter(pk=member).update(roles=["counsellor", "lead"])
    assert second.post(ORGANISATION, typed | {"sheet": sheet_b}).status_code == 302
    assert SECRET in lead.get(case).content.decode()


def test_the_lead_renews_the_keys_of_a_role(case):
    lead = client_of("counsellor")
    before = KeyPair.objects.get(kind="role", role="lead", organisation__key="caritas")

    assert lead.post(ORGANISATION, {"do": "renew", "role": "lead"}).status_code == 302

    before.refresh_from_db()
    assert before.ended_at is not None
    assert not WrappedKey.objects.filter(holder=before).exists()
    assert SECRET in lead.get(case).content.decode()


def _sheet(page: str) -> str:
    return re.search(r'class="sheet-code"><bdi dir="ltr">([^<]+)<', page)[1]
