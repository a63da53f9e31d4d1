"""The administration's pages, and the page that an invitation opens."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.factories import make_actor
from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.casework.commands import open_case
from tragnetz.casework.goals.commands import add_step
from tragnetz.casework.handover import OpenWork, open_work
from tragnetz.core.clock import now, today
from tragnetz.network.models import Membership, User
from tragnetz.staff.models import Invitation, Session

PAGE = "/de/arbeit/team/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
JOIN = {"first_name": "Nele", "last_name": "Neu", "password1": "vier zufaellige Worte hier"}
JOIN["password2"] = JOIN["password1"]


@pytest.fixture
def admin(network):
    return make_actor(network, "alpha", "admin", name="Asli")


@pytest.fixture
def hanna(network):
    return make_actor(network, "alpha", "counsellor", name="Hanna")


@pytest.fixture
def client(admin):
    return log_in(admin)


def log_in(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), BACKEND)
    return client


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def link_in_mail() -> str:
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)


def test_somebody_is_invited_joins_and_signs_in(client, network):
    response = client.post(f"{PAGE}einladen/", {"email": "Neu@Alpha.example", "roles": ["intake"], "languages": ["de"]})
    assert response.status_code == 302
    assert "neu@alpha.example" in words(client.get(PAGE))
    visitor, link = Client(), link_in_mail()
    assert "neu@alpha.example" in words(visitor.get(link))

    assert visitor.post(link, JOIN, follow=True).redirect_chain == [("/de/konto/anmelden/", 302)]
    visitor.post("/de/konto/anmelden/", {"login": "neu@alpha.example", "password": JOIN["password1"]})

    assert visitor.get("/de/arbeit/telefon/").status_code == 200
    assert visitor.get(PAGE).status_code == 403
    assert "gilt nicht mehr" in words(Client().get(link))


def test_an_account_that_is_there_accepts_without_a_password(client, network, hanna):
    Membership.objects.filter(pk=hanna.membership_id).update(ended_on=today(network.zone))
    client.post(f"{PAGE}einladen/", {"email": "hanna@alpha.example", "roles": ["intake"]})
    visitor, link = Client(), link_in_mail()

    assert "Sie haben schon ein Konto." in words(visitor.get(link))
    assert visitor.post(link).status_code == 302
    assert Membership.objects.get(pk=hanna.membership_id).roles == ["intake"]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"password2": "etwas anderes"}, "Die beiden Passwörter sind verschieden."),
        ({"password1": "kurz", "password2": "kurz"}, "zu kurz"),
        ({"first_name": ""}, "Bitte schreiben Sie Ihren Vornamen."),
        ({"password1": "administrator", "password2": "administrator"}, "zu üblich"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_told_and_the_name_stays(client, sent, told):
    client.post(f"{PAGE}einladen/", {"email": "neu@alpha.example", "roles": ["intake"]})

    response = Client().post(link_in_mail(), JOIN | sent)

    assert response.status_code == 422
    assert told in words(response)
    assert 'value="Neu"' in response.content.decode()
    assert "zufaellige" not in response.content.decode()


def test_an_invitation_without_role_or_address_is_refused(client):
    response = client.post(f"{PAGE}einladen/", {"email": "keine Adresse"})

    assert response.status_code == 422
    assert "Bitte wählen Sie mindestens eine Rolle." in words(response)
    assert "keine Adresse" in response.content.decode()
    assert mail.outbox == []


def test_an_invitation_is_sent_again_and_taken_back(client):
    client.post(f"{PAGE}einladen/", {"email": "neu@alpha.example", "roles": ["intake"]})
    first = link_in_mail()
    client.post(f"{PAGE}einladung/{Invitation.objects.get().pk}/", {"do": "again"})
    second = link_in_mail()
    assert [Client().get(link).status_code for link in (first, second)] == [404, 200]
    row = Invitation.objects.get(withdrawn_at=None)

    client.post(f"{PAGE}einladung/{row.pk}/", {"do": "withdraw"})

    assert Client().get(second).status_code == 404
    assert client.post(f"{PAGE}einladung/{row.pk}/", {"do": "again"}).status_code == 404


def test_an_old_invitation_is_shown_as_such(client):
    client.post(f"{PAGE}einladen/", {"email": "neu@alpha.example", "roles": ["intake"]})
    Invitation.objects.update(expires_at=now() - timedelta(days=1))

    assert "Der Link ist abgelaufen." in words(client.get(PAGE))


def test_roles_have_an_explanation_and_are_changed(client, hanna):
    page = f"{PAGE}{hanna.membership_id}/"
    assert "berät Menschen und führt die eigenen Fälle" in words(client.get(page))

    assert client.post(page, {"roles": ["intake", "catalogue"], "languages": ["de", "uk"]}).status_code == 302

    row = Membership.objects.get(pk=hanna.membership_id)
    assert (row.roles, row.languages) == (["intake", "catalogue"], ["de", "uk"])


def test_taking_the_last_administrator_warns_first(client, admin):
    page = f"{PAGE}{admin.membership_id}/"
    response = client.post(page, {"roles": ["catalogue"]})
    assert response.status_code == 422

    response = client.post(f"{page}ende/", {"when": "now"})
    assert response.status_code == 422
    assert "niemand mehr diese Rolle: Verwaltung." in words(response)
    assert Membership.objects.get(pk=admin.membership_id).ended_on is None

    assert client.post(f"{page}ende/", {"when": "now", "confirmed": "on"}).status_code == 302
    assert client.get(PAGE).status_code == 302


def test_access_ends_on_a_day_or_at_once(client, hanna, network):
    page = f"{PAGE}{hanna.membership_id}/"
    day = today(network.zone) + timedelta(days=20)
    assert client.post(f"{page}ende/", {"when": "later", "last_day": "2020-01-01"}).status_code == 422
    assert client.post(f"{page}ende/", {"when": "later", "last_day": ""}).status_code == 422
    assert client.post(f"{page}ende/", {"when": "later", "last_day": day.isoformat()}).status_code == 302
    assert Membership.objects.get(pk=hanna.membership_id).last_day == day
    client.post(f"{page}ende/", {"when": "never"})
    assert Membership.objects.get(pk=hanna.membership_id).last_day is None
    colleague = log_in(hanna)
    assert colleague.get("/de/arbeit/").status_code == 200

    client.post(f"{page}ende/", {"when": "now"})

    assert not Session.objects.filter(user=hanna.user_id).exists()
    assert colleague.get("/de/arbeit/").status_code == 302
    assert "laden Sie sie neu ein" in words(client.get(page))


def test_people_of_other_organisations_do_not_exist(client, network):
    other = make_actor(network, "beta", "admin", name="Bea")
    page = f"{PAGE}{other.membership_id}/"
    assert log_in(other).get(page).status_code == 200

    assert client.get(page).status_code == 404
    assert client.post(f"{page}ende/", {"when": "now", "confirmed": "on"}).status_code == 404
    assert client.post(f"{page}zweiter-faktor/").status_code == 404


def test_what_is_open_is_counted_without_names(herne):
    owner = actor_of(herne, "counsellor")
    before = open_work(actor_of(herne, "admin"), owner.membership_id, now())
    taken = booked_enquiry(herne)
    case = open_case(actor=owner, enquiry=taken.enquiry, today=today(herne.zone))
    add_step(actor=owner, case=case, text="Antrag stellen", owner="person", due_on=None)
    admin = actor_of(herne, "admin")
    Membership.objects.filter(pk=admin.membership_id).update(organisation=owner.organisation_id)
    admin = actor_of(herne, "admin")

    found = open_work(admin, owner.membership_id, now())
    response = client_of("admin").get(f"{PAGE}{owner.membership_id}/")

    assert before == OpenWork()  # of another organisation
    assert found.cases >= 1
    assert found.steps >= 1
    assert found.bookings >= 1
    assert "Erst übergeben" in words(response)
    assert "Rosa" not in response.content.decode()
    assert open_work(actor_of(herne, "colleague"), owner.membership_id, now()) == OpenWork()
