"""Signing in over HTTP: throttle, no oracle, sessions that end, passwords, the second factor that a network asks for."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import check_password, make_password
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.factories import make_actor
from tests.vault.line import full_line
from tragnetz.audit.models import Event
from tragnetz.core.clock import now, today
from tragnetz.network.models import Membership, User
from tragnetz.staff.devices import COOKIE
from tragnetz.staff.models import Bucket, Session
from tragnetz.staff.sessions import SessionStore, end_sessions

LOGIN = "/de/konto/anmelden/"
PASSWORD, OTHER = "a long enough password", "vier zufaellige Worte hier"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CODE = "/de/konto/sicherheit/code/"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def hanna(network):
    return make_actor(network, "alpha", "counsellor", name="Hanna")


@pytest.fixture
def email(hanna):
    return User.objects.get(pk=hanna.user_id).email


def try_in(client, email, password=PASSWORD, **given):
    return client.post(LOGIN, {"login": email, "password": password}, **given)


def signed_in(hanna) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=hanna.user_id), BACKEND)
    return client


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def test_the_right_password_signs_in_under_a_new_id(client, email):
    client.get(LOGIN)
    session = client.session
    session["kept"] = "from before"
    session.save()
    before = session.session_key

    response = try_in(client, email)

    assert response.status_code == 302
    assert client.session.session_key != before
    assert not SessionStore().exists(before)
    assert client.get("/de/arbeit/").status_code == 200


def test_a_wrong_password_tells_nothing_about_the_account(client, email):
    wrong, unknown = try_in(client, email, "wrong password"), try_in(client, "nobody@alpha.example", "wrong password")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert words(wrong) == words(unknown)
    assert "E-Mail-Adresse oder Passwort stimmen nicht." in words(wrong)
    assert email in wrong.content.decode()  # what was typed stays


def test_many_guesses_are_slowed_with_and_without_an_account(email):
    for address in (email, "nobody@alpha.example"):
        client = Client()
        statuses = [try_in(client, address, f"guess {number}").status_code for number in range(12)]

        assert statuses == [422] * 10 + [429] * 2
        assert "Bitte warten Sie etwa 6 Minuten" in words(try_in(client, address, "again"))


def test_the_right_password_is_not_looked_at_from_an_unknown_device_while_it_is_slowed(email):
    for number in range(10):
        try_in(Client(), email, f"guess {number}")

    assert try_in(Client(), email).status_code == 429


def test_strangers_do_not_lock_out_somebody_on_a_known_device(client, email):
    try_in(client, email)
    client.post("/de/konto/abmelden/")
    for number in range(30):
        try_in(Client(), email, f"guess {number}")

    assert try_in(client, email).status_code == 302


def test_a_device_is_known_for_the_person_who_signed_in_there_alone(client, network, email):
    other = make_actor(network, "alpha", "intake", name="Omar")
    address = User.objects.get(pk=other.user_id).email
    try_in(client, email)
    client.post("/de/konto/abmelden/")
    for number in range(10):
        try_in(Client(), address, f"guess {number}")

    assert try_in(client, address).status_code == 429


def test_a_forged_device_counts_as_unknown(email):
    for number in range(10):
        try_in(Client(), email, f"guess {number}")
    client = Client()
    client.cookies[COOKIE] = "W10:1abcde:forged"

    assert try_in(client, email).status_code == 429


def test_one_address_cannot_try_many_accounts(network):
    client = Client()
    statuses = [try_in(client, f"person{number}@alpha.example", "guess").status_code for number in range(102)]

    assert statuses == [422] * 100 + [429] * 2


def test_idle_time_ends_a_session_on_the_server(hanna):
    client = signed_in(hanna)
    assert client.get("/de/arbeit/").status_code == 200
    Session.objects.update(seen_at=now() - timedelta(minutes=29))
    assert client.get("/de/arbeit/").status_code == 200
    Session.objects.update(seen_at=now() - timedelta(minutes=31))

    response = client.get("/de/arbeit/", follow=True)

    assert response.redirect_chain[0][0].startswith(LOGIN)
    assert "Sie waren 30 Minuten nicht aktiv." in words(response)
    assert not Session.objects.filter(user=hanna.user_id).exists()


def test_a_page_every_half_hour_keeps_a_session(hanna):
    client = signed_in(hanna)
    client.get("/de/arbeit/")
    Session.objects.update(seen_at=now() - timedelta(minutes=20))

    client.get("/de/arbeit/")

    assert Session.objects.get().seen_at > now() - timedelta(minutes=1)


def test_a_day_ends_a_session_however_busy(hanna, settings):
    client = signed_in(hanna)
    session = client.session
    session["signed_in_at"] = (now() - timedelta(hours=12, minutes=1)).isoformat()
    session.save()

    response = client.get("/de/arbeit/", follow=True)

    assert "Nach 12 Stunden endet jede Anmeldung." in words(response)


def test_a_page_says_that_the_day_ends_without_script(hanna):
    client = signed_in(hanna)
    session = client.session
    session["signed_in_at"] = (now() - timedelta(hours=11, minutes=50)).isoformat()
    session.save()

    assert "Speichern Sie bitte und melden Sie sich dann neu an." in words(client.get("/de/arbeit/"))


def test_what_was_typed_is_kept_when_a_session_has_ended(hanna):
    client = signed_in(hanna)
    client.get("/de/arbeit/")
    Session.objects.update(seen_at=now() - timedelta(minutes=31))

    response = client.post("/de/arbeit/gruppen/neu/", {"title": "Lohnabrechnung verstehen"})

    assert response.status_code == 401
    assert "Lohnabrechnung verstehen" in response.content.decode()
    assert "Sie waren 30 Minuten nicht aktiv." in words(response)


def test_a_request_of_a_script_learns_that_the_session_has_ended(client, network):
    assert client.get("/de/arbeit/", headers={"HX-Request": "true"}).status_code == 401


def test_a_disabled_user_is_out_at_the_next_request_on_all_sessions(hanna):
    clients = [signed_in(hanna) for _ in range(3)]
    assert [client.get("/de/arbeit/").status_code for client in clients] == [200] * 3
    User.objects.filter(pk=hanna.user_id).update(is_active=False)

    assert [client.get("/de/arbeit/").status_code for client in clients] == [302] * 3


@pytest.mark.parametrize("field", ["ended_on", "last_day"])
def test_who_has_left_is_out_at_the_next_request(hanna, network, field):
    client = signed_in(hanna)
    assert client.get("/de/arbeit/").status_code == 200
    Membership.objects.update(**{field: today(network.zone) - timedelta(days=1)})

    response = client.get("/de/arbeit/", follow=True)

    assert "Ihr Zugang ist beendet." in words(response)


def test_who_has_left_cannot_sign_in_with_the_right_password(client, email, network):
    Membership.objects.update(ended_on=today(network.zone))

    response = client.post(LOGIN, {"login": email, "password": PASSWORD}, follow=True)

    assert "Ihr Zugang ist beendet." in words(response)
    assert client.get("/de/arbeit/").status_code == 302


def test_a_last_day_is_a_day_of_work(hanna, network):
    Membership.objects.update(last_day=today(network.zone))

    assert signed_in(hanna).get("/de/arbeit/").status_code == 200


def test_a_thousand_replayed_ids_open_nothing(hanna):
    user = User.objects.get(pk=hanna.user_id)
    data = {
        "_auth_user_id": str(user.pk),
        "_auth_user_backend": BACKEND,
        "_auth_user_hash": user.get_session_auth_hash(),
    }
    keys = []
    for _ in range(1000):
        store = SessionStore()
        store.update(data)
        store.create()
        keys.append(store.session_key)
    client = Client()
    client.cookies["sessionid"] = keys[0]
    assert client.get("/de/arbeit/start/").status_code == 302  # the owner gets in, and on to the first page
    assert client.get("/de/arbeit/").status_code == 200

    assert end_sessions(user.pk) == 1000

    assert [key for key in keys if SessionStore(key).load()] == []
    answers = set()
    for key in keys[::40]:
        client.cookies["sessionid"] = key
        answers.add(client.get("/de/konto/sitzungen/")["Location"].split("?")[0])
    assert answers == {LOGIN}


def test_a_lost_password_is_set_anew_by_a_link_that_works_once(client, hanna, email):
    elsewhere = signed_in(hanna)
    elsewhere.get("/de/arbeit/")
    response = client.post("/de/konto/passwort/vergessen/", {"email": email})
    assert response.status_code == 302
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)

    form = client.get(link)["Location"]
    assert client.get(form).status_code == 200
    client.post(form, {"password1": OTHER, "password2": OTHER})

    assert try_in(Client(), email).status_code == 422
    assert try_in(Client(), email, OTHER).status_code == 302
    assert elsewhere.get("/de/arbeit/").status_code == 302
    assert "gilt nicht mehr" in words(Client().get(link))
    assert Event.objects.filter(verb="password:set").count() == 1


def test_a_link_for_a_password_ends_after_an_hour(client, email, settings):
    client.post("/de/konto/passwort/vergessen/", {"email": email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert "gilt nicht mehr" in words(client.get(link))


def test_asking_for_a_password_tells_nothing_about_the_account(email):
    known, unknown = Client(), Client()
    answers = [
        client.post("/de/konto/passwort/vergessen/", {"email": address}, follow=True)
        for client, address in ((known, email), (unknown, "nobody@alpha.example"))
    ]

    assert words(answers[0]) == words(answers[1])
    assert len(mail.outbox) == 2  # one mail in any case, so that the time it takes is the same
    assert "gibt es aber kein Konto" in mail.outbox[1].body
    assert "http" not in mail.outbox[1].body


def test_nobody_is_flooded_with_mail(client, email):
    statuses = [client.post("/de/konto/passwort/vergessen/", {"email": email}).status_code for _ in range(5)]

    assert statuses == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3


def test_a_mail_server_that_is_down_is_told(client, email, settings):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1},
        }
    }

    response = client.post("/de/konto/passwort/vergessen/", {"email": email})

    assert response.status_code == 422
    assert "Die E-Mail ging nicht hinaus." in words(response)


def test_a_new_password_keeps_this_session_and_ends_the_others(hanna, email):
    here, there = signed_in(hanna), signed_in(hanna)
    there.get("/de/arbeit/")

    response = here.post(
        "/de/konto/passwort/", {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}, follow=True
    )

    assert "Ihr Passwort ist geändert." in words(response)
    assert here.get("/de/arbeit/").status_code == 200
    assert there.get("/de/arbeit/").status_code == 302
    assert "Ihr Passwort wurde geändert." in mail.outbox[0].body


@pytest.mark.parametrize("weak", ["administrator", "hanna@alpha.example", "kurz"])
def test_a_weak_password_is_refused_with_a_reason(hanna, weak):
    response = signed_in(hanna).post(
        "/de/konto/passwort/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )

    assert response.status_code == 422


def test_the_old_password_cannot_be_guessed_from_an_open_session(hanna):
    client = signed_in(hanna)
    sent = {"password1": OTHER, "password2": OTHER}
    statuses = [
        client.post("/de/konto/passwort/", sent | {"oldpassword": f"guess {number}"}).status_code
        for number in range(12)
    ]

    assert statuses == [422] * 10 + [429] * 2


def test_an_app_is_set_up_and_asked_for(client, email):
    try_in(client, email)
    page = client.get("/de/konto/sicherheit/app/ein/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page).group(1)
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    response = client.post("/de/konto/sicherheit/app/ein/", {"code": code}, follow=True)
    assert "Notfall-Codes" in words(response)
    recovery = re.findall(r"<li><code>(\w+)</code></li>", response.content.decode())
    assert len(recovery) == 10
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    client.post("/de/konto/abmelden/")

    assert try_in(client, email)["Location"].endswith(CODE)
    assert client.get("/de/arbeit/").status_code == 302
    assert client.post(CODE, {"code": "000000"}).status_code == 422
    assert client.post(CODE, {"code": recovery[0]}).status_code == 302
    assert client.get("/de/arbeit/").status_code == 200
    client.post("/de/konto/abmelden/")
    try_in(client, email)
    assert client.post(CODE, {"code": recovery[0]}).status_code == 422  # each works once


def test_codes_cannot_be_guessed(client, hanna, email):
    TOTP.activate(User.objects.get(pk=hanna.user_id), SECRET)
    try_in(client, email)
    statuses = [client.post(CODE, {"code": f"{number:06}"}).status_code for number in range(12)]

    assert statuses == [422] * 10 + [429] * 2
    assert client.post(CODE, {"code": code_now()}).status_code == 429


def test_a_code_of_an_app_works_once_in_all_processes(hanna, email):
    """The library remembers a used code in the memory of one process; another one knows nothing of it."""
    TOTP.activate(User.objects.get(pk=hanna.user_id), SECRET)
    code, thief = code_now(), Client()
    here = Client()
    try_in(here, email)
    try_in(thief, email)

    assert here.post(CODE, {"code": code}).status_code == 302
    cache.clear()  # what another process remembers: nothing

    assert thief.post(CODE, {"code": code}).status_code == 422
    assert thief.get("/de/arbeit/").status_code == 302


def test_a_network_that_requires_a_second_factor_asks_for_it_first(hanna, email, settings):
    settings.TRAGNETZ_SECOND_FACTOR = "required"
    client = Client()
    try_in(client, email)

    response = client.get("/de/arbeit/", follow=True)
    sent = client.post("/de/arbeit/gruppen/neu/", {"title": "Nichts verloren"})

    assert response.redirect_chain == [("/de/konto/sicherheit/", 302)]
    assert "Bitte richten Sie zuerst einen zweiten Faktor ein" in words(response)
    assert sent.status_code == 403
    assert "Nichts verloren" in sent.content.decode()
    assert client.get("/de/").status_code == 200
    TOTP.activate(User.objects.get(pk=hanna.user_id), SECRET)
    assert client.get("/de/arbeit/").status_code == 200


def test_delicate_pages_ask_once_more_later(hanna, email):
    client = Client()
    try_in(client, email)
    assert client.get("/de/konto/sicherheit/app/ein/").status_code == 200
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 1000
    session.save()

    response = client.get("/de/konto/sicherheit/app/ein/")
    assert response["Location"].startswith("/de/konto/bestaetigen/")
    assert client.post(response["Location"], {"password": "wrong"}).status_code == 422
    assert client.post(response["Location"], {"password": PASSWORD}).status_code == 302
    assert client.get("/de/konto/sicherheit/app/ein/").status_code == 200


def test_one_sees_and_ends_ones_own_sessions(hanna, network):
    here, there, third = signed_in(hanna), signed_in(hanna), signed_in(hanna)
    other = signed_in(make_actor(network, "alpha", "counsellor", name="Omar"))
    for client in (there, third, other):
        client.get("/de/arbeit/", headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    page = here.get("/de/konto/sitzungen/").content.decode()
    handles = re.findall(r'name="what" value="(\w{20})"', page)
    assert len(handles) == 2
    assert there.cookies["sessionid"].value not in page

    here.post("/de/konto/sitzungen/", {"what": handles[0]})
    assert sorted(client.get("/de/arbeit/").status_code for client in (there, third)) == [200, 302]
    here.post("/de/konto/sitzungen/", {"what": "others"})
    assert [client.get("/de/arbeit/").status_code for client in (here, there, third, other)] == [200, 302, 302, 200]
    here.post("/de/konto/sitzungen/", {"what": "all"})
    assert [client.get("/de/arbeit/").status_code for client in (here, other)] == [302, 200]


def test_staying_signed_in_is_for_those_who_are(hanna, client):
    assert signed_in(hanna).post("/de/konto/wach/").status_code == 204
    assert client.post("/de/konto/wach/").status_code == 401


def test_a_full_line_asks_to_send_again_and_counts_no_guess(client, email):
    with full_line():
        response = try_in(client, email)
    assert response.status_code == 429
    assert "Gerade melden sich sehr viele an." in words(response)
    assert email in response.content.decode()
    assert not Bucket.objects.exists()

    assert try_in(client, email).status_code == 302


def test_passwords_are_hashed_with_128_megabytes():
    encoded = make_password(PASSWORD, hasher="argon2")

    assert "argon2id" in encoded
    assert "m=131072" in encoded
    assert check_password(PASSWORD, encoded)


def test_a_guessable_password_is_told_at_the_log_in(client, hanna, email):
    user = User.objects.get(pk=hanna.user_id)
    user.set_password("administrator")
    user.save()

    response = client.post(LOGIN, {"login": email, "password": "administrator"}, follow=True)

    assert "Ihr Passwort ist leicht zu erraten." in words(response)


def test_a_full_line_is_told_elsewhere_too_and_nobody_waits(hanna, monkeypatch):
    with full_line():
        response = signed_in(hanna).post(
            "/de/konto/passwort/",
            {"oldpassword": PASSWORD, "password1": "ganz-neu-2026!", "password2": "ganz-neu-2026!"},
        )

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "Es ist nichts geändert worden." in words(response)
    assert User.objects.get(pk=hanna.user_id).check_password(PASSWORD)
