"""Nobody is led to another site by an address that somebody else has made."""

import re
from urllib.parse import quote, urljoin, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.config.test_login import BACKEND, PASSWORD, SECRET, code_now
from tests.factories import make_actor
from tragnetz.network.models import User

ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example", "https:evil.example",
    "\thttps://evil.example/", " //evil.example", "http://testserver@evil.example/", "http://testserver.evil.example/",
    "javascript:alert(1)", "data:text/html,x", "/%0d%0aLocation:https://evil.example", "//testserver:evil@evil.example",
    "ftp://testserver/", "http://[::1", "https://evil。example/",
)  # fmt: skip
ASKS = {
    "log in": ("/de/konto/anmelden/", {"password": PASSWORD}),
    "confirm": ("/de/konto/bestaetigen/", {"password": PASSWORD}),
    "code": ("/de/konto/sicherheit/bestaetigen/", {}),
    "log out": ("/de/konto/abmelden/", {}),
    "new password": ("/de/konto/passwort/", {"oldpassword": PASSWORD, "password1": "x", "password2": "x"}),
}


def leads_here(location: str) -> bool:
    """Whether a browser that is sent to a place stays on the site."""
    seen = re.sub(r"^//+", "//", location.strip().replace("\\", "/").replace("\t", ""))
    target = urlsplit(urljoin("http://testserver/", seen))
    return (target.scheme, target.netloc) == ("http", "testserver")


@pytest.mark.parametrize("way", ASKS)
@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_page_of_accounts_leads_elsewhere(network, way, target):
    user = User.objects.get(pk=make_actor(network, "alpha", "counsellor").user_id)
    path, sent = ASKS[way]
    client = Client()
    if way != "log in":
        client.force_login(user, BACKEND)
    if way == "code":
        TOTP.activate(user, SECRET)
        sent = {"code": code_now()}

    for response in (
        client.get(f"{path}?next={quote(target)}"),
        client.post(f"{path}?next={quote(target)}", sent | {"login": user.email, "next": target}),
    ):
        assert leads_here(response.headers.get("Location", "/")), response.headers["Location"]


@pytest.mark.parametrize(("target", "here"), [("/de/arbeit/faelle/", True), *((one, False) for one in ELSEWHERE[:4])])
def test_the_judge_of_places_knows_here_from_elsewhere(target, here):
    """The negative control."""
    assert leads_here(target) == here


def test_a_place_of_this_site_is_kept(network):
    user = User.objects.get(pk=make_actor(network, "alpha", "counsellor").user_id)
    sent = {"login": user.email, "password": PASSWORD, "next": "/de/arbeit/faelle/"}

    assert Client().post("/de/konto/anmelden/", sent)["Location"] == "/de/arbeit/faelle/"
