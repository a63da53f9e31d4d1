"""Signing in through an organisation's own log-in, against a provider of our own: real HTTP, signed tokens."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.config.provider import CLIENT_ID, CLIENT_SECRET, provider
from tests.factories import make_actor
from tragnetz.config.settings import single_sign_on
from tragnetz.core.clock import today
from tragnetz.network.models import Membership, Organisation, User

BEGIN, BACK = "/de/konto/anmelden/organisation/", "/de/konto/anmelden/organisation/zurueck/"
EMAIL = "hanna@alpha.example"


@pytest.fixture
def organisation(settings):
    with provider() as running:
        oidc = {"issuer": running.issuer, "client_id": CLIENT_ID, "secret": CLIENT_SECRET, "name": "Caritas"}
        settings.TRAGNETZ_OIDC, settings.TRAGNETZ_OIDC_ORGANISATIONS = oidc, ["alpha"]
        settings.SOCIALACCOUNT_PROVIDERS = single_sign_on(oidc)
        running.claims = {"sub": "42", "email": EMAIL, "email_verified": True}
        yield running


@pytest.fixture
def hanna(network):
    return make_actor(network, "alpha", "counsellor", name="Hanna")


def sign_in(client, organisation, begin=BEGIN):
    leaves = client.get(begin)
    assert leaves["Location"].startswith(f"{organisation.issuer}/authorize?")
    return client.get(BACK + organisation.authorize(leaves["Location"]), follow=True)


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_without_an_issuer_there_is_no_such_log_in(client, network):
    assert BEGIN not in client.get("/de/konto/anmelden/").content.decode()
    assert client.get(BEGIN).status_code == 404
    assert client.get(BACK).status_code == 404


def test_the_button_names_the_organisation(client, network, organisation):
    assert "Mit Caritas anmelden" in words(client.get("/de/konto/anmelden/"))


def test_an_invited_person_gets_in_and_is_known_from_then_on(client, hanna, organisation):
    sign_in(client, organisation, f"{BEGIN}?next=/de/arbeit/faelle/")
    assert client.get("/de/arbeit/").status_code == 200
    assert User.objects.get(pk=hanna.user_id).check_password("a long enough password")
    client.post("/de/konto/abmelden/")
    organisation.claims["email"] = "renamed@alpha.example"

    sign_in(client, organisation)

    assert client.get("/de/arbeit/").status_code == 200
    kept = SocialAccount.objects.get()
    assert kept.user_id == hanna.user_id
    assert set(kept.extra_data["userinfo"]) == {"sub", "email", "email_verified"}


def test_nobody_is_signed_up(client, hanna, organisation):
    organisation.claims["email"] = "stranger@alpha.example"

    response = sign_in(client, organisation)

    assert "gibt es hier kein Konto" in words(response)
    assert client.get("/de/arbeit/").status_code == 302
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("verified", [False, None, "false"])
def test_an_address_that_is_not_verified_opens_nothing(client, hanna, organisation, verified):
    organisation.claims["email_verified"] = verified

    response = sign_in(client, organisation)

    assert client.get("/de/arbeit/").status_code == 302
    assert "nicht bestätigt" in words(response)


def test_a_provider_opens_no_account_of_another_organisation(client, hanna, network, organisation):
    """Whoever runs it could say of any address that it is theirs."""
    make_actor(network, "beta", "lead", name="Bea")
    organisation.claims |= {"sub": "43", "email": "bea@beta.example"}

    assert "gilt nicht für Ihre Organisation" in words(sign_in(client, organisation))
    assert client.get("/de/arbeit/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_who_went_to_another_organisation_comes_by_the_former_ones_log_in_no_more(client, hanna, network, organisation):
    sign_in(client, organisation)
    assert client.get("/de/arbeit/").status_code == 200
    client.post("/de/konto/abmelden/")
    Membership.objects.update(organisation=Organisation.objects.get(key="beta"))

    assert "gilt nicht für Ihre Organisation" in words(sign_in(client, organisation))
    assert client.get("/de/arbeit/").status_code == 302


def test_who_has_left_does_not_get_in(client, hanna, organisation, network):
    sign_in(client, organisation)
    client.post("/de/konto/abmelden/")
    Membership.objects.update(ended_on=today(network.zone))

    assert "Ihr Zugang ist beendet." in words(sign_in(client, organisation))
    assert client.get("/de/arbeit/").status_code == 302


@pytest.mark.parametrize("lie", ["signature", "issuer", "audience", "time", "none", "shared", "userinfo"])
def test_a_token_that_does_not_hold_opens_nothing(client, hanna, organisation, lie):
    if lie == "signature":
        organisation.signs_with = "another key"
    elif lie == "issuer":
        organisation.told_issuer = "http://127.0.0.1:1"
    elif lie == "audience":
        organisation.told_audience = "another-client"
    elif lie == "time":
        organisation.lives = -60
    elif lie == "none":
        organisation.algorithm = "none"
    elif lie == "shared":
        organisation.algorithm, organisation.shared = "HS256", "the public key, which everybody knows, as a secret"
    else:
        organisation.claims = {"sub": "41"}
        organisation.userinfo = {"sub": "42", "email": EMAIL, "email_verified": True}

    response = sign_in(client, organisation)

    assert "hat nicht geklappt" in words(response)
    assert client.get("/de/arbeit/").status_code == 302


def test_userinfo_of_the_same_person_tells_the_address(client, hanna, organisation):
    organisation.claims = {"sub": "42"}
    organisation.userinfo = {"sub": "42", "email": EMAIL.upper(), "email_verified": True, "address": "private"}

    sign_in(client, organisation)

    assert client.get("/de/arbeit/").status_code == 200
    assert "private" not in str(SocialAccount.objects.get().extra_data)


def test_a_code_from_another_browser_opens_nothing(client, hanna, organisation):
    leaves = Client().get(BEGIN)

    response = client.get(BACK + organisation.authorize(leaves["Location"]), follow=True)

    assert "hat nicht geklappt" in words(response)
    assert client.get("/de/arbeit/").status_code == 302


@pytest.mark.parametrize(
    "said", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Referer": "https://evil.example/"}]
)
def test_a_page_of_another_site_leads_to_the_button_and_signs_nobody_in(client, hanna, organisation, said):
    """Whoever is signed in at the organisation would be signed in here too, without having asked for it."""
    begin = f"{BEGIN}?next=/de/arbeit/faelle/"
    assert client.get(begin, headers={"Sec-Fetch-Site": "same-origin"})["Location"].startswith(organisation.issuer)

    response = client.get(begin, headers=said)

    assert response["Location"] == "/de/konto/anmelden/?next=%2Fde%2Farbeit%2Ffaelle%2F"
    assert "Mit Caritas anmelden" in words(client.get(response["Location"]))


def test_a_provider_of_another_issuer_is_refused(client, hanna, organisation, settings):
    settings.TRAGNETZ_OIDC = settings.TRAGNETZ_OIDC | {"issuer": "https://somebody-else.example"}

    response = client.get(BEGIN, follow=True)

    assert "hat nicht geklappt" in words(response)


def test_a_provider_that_does_not_answer_is_told(client, hanna, organisation, settings):
    oidc = settings.TRAGNETZ_OIDC | {"issuer": "http://127.0.0.1:1"}
    settings.TRAGNETZ_OIDC, settings.SOCIALACCOUNT_PROVIDERS = oidc, single_sign_on(oidc)

    response = client.get(BEGIN, follow=True)

    assert "hat nicht geklappt" in words(response)


def test_ones_own_second_factor_is_asked_for_too(client, hanna, organisation):
    TOTP.activate(User.objects.get(pk=hanna.user_id), "JBSWY3DPEHPK3PXP")

    response = sign_in(client, organisation)

    assert response.redirect_chain[-1][0].endswith("/sicherheit/code/")
    assert client.get("/de/arbeit/").status_code == 302


@pytest.mark.parametrize(("amr", "status"), [(["pwd", "mfa"], 200), (["pwd"], 302), (None, 302)])
def test_a_second_factor_at_the_organisation_counts(client, hanna, organisation, settings, amr, status):
    settings.TRAGNETZ_SECOND_FACTOR = "required"
    organisation.claims["amr"] = amr

    sign_in(client, organisation)

    assert client.get("/de/arbeit/").status_code == status


def test_the_second_factor_at_the_organisation_does_not_count_for_a_password(client, hanna, organisation, settings):
    settings.TRAGNETZ_SECOND_FACTOR = "required"
    organisation.claims["amr"] = ["mfa"]
    sign_in(client, organisation)
    client.post("/de/konto/abmelden/")

    client.post("/de/konto/anmelden/", {"login": EMAIL, "password": "a long enough password"})

    assert client.get("/de/arbeit/").status_code == 302
