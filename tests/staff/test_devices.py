"""The cookie of a known device: signed, for this purpose alone, and for a year."""

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory

from tragnetz.staff.devices import COOKIE, LIFE_SECONDS, device_of, remember

EMAIL = "hanna@alpha.example"


def request_with(cookie):
    request = RequestFactory().get("/")
    if cookie is not None:
        request.COOKIES[COOKIE] = cookie
    return request


def given() -> str:
    response = HttpResponse()
    remember(request_with(None), response, EMAIL)
    return response.cookies[COOKIE].value


def test_who_signed_in_is_known_and_nobody_else():
    device = device_of(request_with(given()))

    assert device.knows("Hanna@Alpha.example ")
    assert not device.knows("david@alpha.example")
    assert EMAIL not in given()


@pytest.mark.parametrize(
    "forged",
    [
        None,
        "",
        "x",
        lambda cookie: cookie[:-1] + ("A" if cookie[-1] != "A" else "B"),
        lambda cookie: f"x{cookie}",
        lambda cookie: signing.dumps(signing.loads(cookie, salt="tragnetz.staff.device"), salt="another.purpose"),
        lambda _cookie: signing.dumps({"no": "list"}, salt="tragnetz.staff.device", key="another key"),
        lambda _cookie: signing.dumps(5, salt="tragnetz.staff.device"),
    ],
)
def test_what_is_not_ours_or_of_another_purpose_is_an_unknown_device(forged):
    cookie = forged(given()) if callable(forged) else forged

    assert device_of(request_with(cookie)) is None


@pytest.mark.parametrize(("later", "known"), [(LIFE_SECONDS - 60, True), (LIFE_SECONDS + 60, False)])
def test_a_device_is_known_for_a_year(monkeypatch, later, known):
    cookie = given()
    begun = signing.time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: begun + later)

    assert (device_of(request_with(cookie)) is not None) == known


def shared_by(*emails: str) -> str:
    """The cookie of a desk at which some people signed in, one after the other."""
    cookie = None
    for email in emails:
        response = HttpResponse()
        remember(request_with(cookie), response, email)
        cookie = response.cookies[COOKIE].value
    return cookie


def test_a_shared_desk_knows_all_of_them_and_stays_one_device():
    first = device_of(request_with(shared_by(EMAIL)))
    both = device_of(request_with(shared_by(EMAIL, "david@alpha.example", EMAIL)))

    assert both.knows(EMAIL)
    assert both.knows("david@alpha.example")
    assert len(both.people) == 2  # nobody stands there twice
    assert both.people[-1] == first.people[0]  # who came last goes last
    response = HttpResponse()
    remember(request_with(shared_by(EMAIL)), response, "david@alpha.example")
    assert len(first.key) > 15


def test_who_signed_in_longest_ago_goes_first():
    emails = [f"person{number}@alpha.example" for number in range(13)]
    device = device_of(request_with(shared_by(*emails)))

    assert [device.knows(email) for email in emails] == [False, *[True] * 12]


def test_a_device_keeps_its_key():
    cookie = shared_by(EMAIL)
    response = HttpResponse()
    remember(request_with(cookie), response, "david@alpha.example")

    assert device_of(request_with(response.cookies[COOKIE].value)).key == device_of(request_with(cookie)).key


def test_no_script_reads_the_cookie_and_it_lives_a_year():
    response = HttpResponse()
    remember(request_with(None), response, EMAIL)
    cookie = response.cookies[COOKIE]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 31_536_000)
