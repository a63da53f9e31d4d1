"""How often an address may do what everybody may: every point counts, the right address, and what one reads then."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from tests.architecture.test_matrix import MATRIX, names
from tragnetz.config.limits import LIMITS, limit_of
from tragnetz.core.uploads import TooLarge
from tragnetz.staff.enums import Counted
from tragnetz.staff.models import Bucket
from tragnetz.staff.rules import RATES

BARRIER = "/de/barrierefreiheit/melden/"
TOLD = {"text": "Der Knopf ist zu klein", "page": "", "reply_to": ""}
# Public pages that take a POST and count by a mechanism of their own, or start nothing.
ELSEWHERE = {
    "account_login",  # staff.throttle, by account, device and address: docs/login.md
    "account_reset_password",  # as above, by mail
    "mfa_login_webauthn",  # a signature, no guess
    "portal:own",  # OWN_ADDRESS and OWN_ALL
    "demo:enter",  # no page of a production
    "demo:close",  # as above
    "health",  # says ok
    "security",  # a file
    "api:openapi-json",  # a description, the same for all
    "api:api-root",
}


def taking_posts(client) -> set[str]:
    """Return the names of all public pages that do not refuse a POST."""
    found = set()
    for name, (_method, path, _status) in MATRIX.items():
        address = path if path.startswith("/") else f"/de/{path}"
        if client.post(address.split("?")[0]).status_code not in {405, 404} or limit_of(name):
            found.add(name)
    return found


def test_every_public_page_that_takes_something_is_limited(client, herne):
    for name in taking_posts(client):
        assert limit_of(name) or name in ELSEWHERE or name.startswith(("openid_", "account_reset")), name


PRINTED = sorted(
    name for name, (method, path, _status) in MATRIX.items() if method == "get" and path.endswith((".pdf", ".docx"))
)


@pytest.mark.parametrize("name", PRINTED)
def test_every_public_page_that_is_printed_when_it_is_read_is_limited(name):
    """V2.4.1, V15.2.2: a sheet costs some twenty times a page, and an address with another question after it is new."""
    assert {"GET", "HEAD"} <= limit_of(name).methods


def test_who_lets_sheets_be_printed_without_end_waits_and_others_do_not(client, herne):
    until_slowed(lambda: client.head("/de/angebote/wohngeld/blatt.pdf"), 200)

    assert client.get("/de/angebote/wohngeld/blatt.pdf?x=1").status_code == 429
    assert client.get("/de/angebote/wohngeld/").status_code == 200
    assert client.get("/de/angebote/wohngeld/blatt.pdf", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_every_limit_is_of_a_page_that_exists():
    assert set(LIMITS) <= names(get_resolver().url_patterns)
    assert limit_of("hsds:services").what == Counted.SEARCH


def test_nobody_waits_longer_than_the_page_says():
    """The page says two minutes: after so long one more request is let through, in every bucket of these pages."""
    for limit in [*LIMITS.values(), limit_of("hsds:services")]:
        assert RATES[limit.what].every <= timedelta(minutes=2)


def until_slowed(send, most: int):
    for _ in range(most):
        response = send()
        if response.status_code == 429:
            return response
    pytest.fail("nobody was slowed down")


@pytest.mark.parametrize(("language", "words"), [("de", "Bitte kurz warten"), ("tr", "Lütfen biraz bekleyin")])
def test_who_must_wait_reads_why_in_the_own_language_with_the_number_and_what_was_typed(client, herne, language, words):
    path = f"/{language}/barrierefreiheit/melden/"

    response = until_slowed(lambda: client.post(path, TOLD), 60)

    page = unescape(response.content.decode())
    assert words in page
    assert "02323 16-9167" in page
    assert 0 < int(response.headers["Retry-After"]) <= 120
    assert response.headers["Cache-Control"] == "no-store"
    assert re.search(r'type="hidden" name="text" value="Der Knopf ist zu klein"', page)
    assert "captcha" not in page.lower()


@pytest.mark.parametrize("path", ["/de/rueckmeldung/", "/de/arbeit/telefon/", "/de/meine-begleitung/brief/"])
def test_no_file_of_somebody_unknown_is_kept_while_a_form_is_read(client, herne, settings, path):
    """Its token is looked for in the form, before anybody asks who sent it: a few at once would fill the memory."""
    client.cookies["own"] = "forged"
    file = SimpleUploadedFile("a.pdf", bytes(settings.TRAGNETZ_UPLOAD_MOST // 2))

    response = client.post(path, {"text": "Bleibt stehen", "file": file})

    sent = response.wsgi_request
    assert sent.POST["text"] == "Bleibt stehen"
    assert type(sent.FILES["file"]) is TooLarge  # for anybody whose files are taken it is small enough


def test_a_slowed_form_sets_nothing_and_other_pages_go_on(client, herne):
    from tragnetz.staff.models import Remark

    until_slowed(lambda: client.post(BARRIER, TOLD), 60)
    before = Remark.objects.count()

    assert client.post(BARRIER, TOLD).status_code == 429
    assert Remark.objects.count() == before
    assert client.get(BARRIER).status_code == 200
    assert client.get("/de/termin/").status_code == 200


def test_a_right_code_is_no_guess(herne):
    from tests.personas import booked_enquiry

    code, client = booked_enquiry(herne).booked.code, Client()

    statuses = {client.post("/de/mein-termin/", {"code": code}).status_code for _ in range(30)}

    assert statuses == {200}


def test_wrong_codes_are_slowed(client, herne):
    statuses = [client.post("/de/mein-termin/", {"code": f"AAAA-BBBB-{number:04}"}).status_code for number in range(14)]

    assert statuses[:10] == [422] * 10
    assert 429 in statuses[10:]


def test_machines_are_told_in_json(client, herne):
    response = until_slowed(lambda: client.post("/api/check", {}, content_type="application/json"), 400)

    assert response.json() == {"detail": "Too many requests."}
    assert response.headers["Retry-After"] == "1"


def test_a_header_of_ones_own_opens_no_second_bucket(client, herne):
    """Without a proxy nobody's word about the address counts; ninja's own throttle believed it."""
    sent = (
        client.post(
            "/api/check", {}, content_type="application/json", headers={"X-Forwarded-For": f"203.0.113.{number}"}
        )
        for number in range(250)
    )

    assert any(response.status_code == 429 for response in sent)
    assert Bucket.objects.count() == 1


def test_behind_a_proxy_the_last_address_counts_and_what_a_visitor_wrote_before_it_does_not(client, herne, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def send(forged: str, real: str):
        return client.post(BARRIER, TOLD, headers={"X-Forwarded-For": f"{forged}, {real}"})

    numbers = iter(range(60))
    until_slowed(lambda: send(f"198.51.100.{next(numbers)}", "203.0.113.7"), 60)

    assert send("198.51.100.99", "203.0.113.7").status_code == 429
    assert send("203.0.113.7", "203.0.113.8").status_code == 200


def test_a_bucket_keeps_no_address(client, herne):
    client.post(BARRIER, TOLD)

    assert "127.0.0.1" not in str(list(Bucket.objects.values()))


def test_neighbours_in_one_ipv6_net_count_together(client, herne):
    for number in range(3):
        client.post(BARRIER, TOLD, REMOTE_ADDR=f"2001:db8::{number + 1}")

    assert Bucket.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["/de/termin/x.css", "/de/arbeit/x.js", "/de/meine-begleitung/a.png", "/static/../settings.py"]
)
def test_a_page_with_a_file_name_behind_it_does_not_exist(client, herne, path):
    assert client.get(path).status_code == 404
