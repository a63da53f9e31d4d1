"""What may be a password: long, not from the list, not our own names; and taken as it was typed."""

from html.parser import HTMLParser

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests.factories import make_actor
from tragnetz.core.clock import now
from tragnetz.network.enums import Role
from tragnetz.network.models import User
from tragnetz.staff.commands import invite

LOGIN = "/de/konto/anmelden/"


def refused(password: str) -> list[str]:
    try:
        validate_password(password)
    except ValidationError as error:
        return [one.code for one in error.error_list]
    return []


@pytest.mark.parametrize(
    "password",
    [
        "korb lampe fluss wand",
        "ganzegalwasfuerzeichen",
        "日本語のパスワードです長い長い",
        "ganz-neu-2026!",
        "473829104857",
        "!§$%&/()=?abcdefgh",
    ],
)
def test_any_signs_will_do(network, password):
    assert refused(password) == []


@pytest.mark.parametrize(
    "password",
    [
        "1q2w3e4r5t6y",  # of Django's list
        "Sebastian123",
        "manchesterunited",
        "Sonnenschein2026",
        "iloveyou!!!!",
        "qwertyqwerty",
        "Fussball-1904",
        "abcabcabcabcabc",
        "zzzzzzzzzzzzzzzz",
        "123456789123456789",
        "SchalkeSchalke04",
        "x7x7x7x7x7x7x7",  # two signs, again and again
        "dragon!?#+*",  # five signs beside a common word are one piece
    ],
)
def test_what_is_put_together_of_common_ones_is_refused(network, password):
    assert "password_too_common" in refused(password)


@pytest.mark.parametrize("password", ["sebastian mag 3 kekse", "sonnenschein im keller", "dragon monkey korb"])
def test_three_words_and_more_will_do(network, password):
    assert refused(password) == []


def test_twelve_signs_are_enough_and_eleven_are_not(network):
    assert refused("korb lampe!!") == []
    assert refused("korb lampe!") == ["password_too_short"]


@pytest.mark.parametrize("password", ["Tragnetz2026!", "BeratungAlpha2026", "Sommer-Alpha-2026", "Passwort12345678"])
def test_names_of_the_network_are_no_password(network, password):
    make_actor(network, "alpha", "counsellor")

    assert "own_words" in refused(password)


def test_one_own_word_among_others_is_no_harm(network):
    assert refused("tragnetz korb lampe fluss") == []


def test_the_password_of_a_demo_is_known_to_all_and_not_judged(network):
    network.is_demo = True
    network.save()

    assert refused("tragnetz-demo-2026") == []


@pytest.mark.parametrize("password", ["  spaces around it  ", "GROSS und klein 12", "x" * 200, "ß" * 64])
def test_a_password_is_taken_sign_by_sign(network, password):
    user = User.objects.get(pk=make_actor(network, "alpha", "counsellor").user_id)
    user.set_password(password)
    user.save()
    other = (
        password.strip()
        if password != password.strip()
        else password[:-1]
        if len(set(password)) == 1
        else password.lower()
    )

    assert Client().post(LOGIN, {"login": user.email, "password": other}).status_code == 422
    assert Client().post(LOGIN, {"login": user.email, "password": password}).status_code == 302


ASKING = {  # page -> its fields for passwords, with what lets a manager fill them
    LOGIN: {"password": "current-password"},
    "/de/konto/passwort/": {
        "oldpassword": "current-password",
        "password1": "new-password",
        "password2": "new-password",
    },
    "/de/konto/bestaetigen/": {"password": "current-password"},
}


class Fields(HTMLParser):
    """Collects the fields of a page whose names speak of a password, or whose type does."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}

    def handle_starttag(self, tag, attrs):
        field = dict(attrs)
        if tag == "input" and (field.get("type") == "password" or "password" in (field.get("name") or "")):
            self.found[field["name"]] = field


def asked_on(page: str) -> dict[str, dict[str, str | None]]:
    reader = Fields()
    reader.feed(page)
    return reader.found


def must_be_masked(page: str, expected: dict[str, str]) -> None:
    found = asked_on(page)
    assert {name: field.get("autocomplete") for name, field in found.items()} == expected
    assert {field["type"] for field in found.values()} == {"password"}
    for field in found.values():
        assert not {"maxlength", "onpaste", "readonly", "pattern"} & set(field)


@pytest.mark.parametrize("path", ASKING)
def test_fields_are_masked_and_let_a_manager_fill_them(network, path):
    client, actor = Client(), make_actor(network, "alpha", "counsellor")
    if path != LOGIN:
        client.force_login(User.objects.get(pk=actor.user_id), "allauth.account.auth_backends.AuthenticationBackend")

    must_be_masked(client.get(path).content.decode(), ASKING[path])


def test_fields_of_an_invitation_and_of_a_link_are_masked_too(client, network):
    admin = make_actor(network, "alpha", "admin")
    user = User.objects.get(pk=admin.user_id)
    addresses: list[str] = []
    invite(
        actor=admin, email="neu@alpha.example", roles=[Role.COUNSELLOR], languages=["de"], now=now(),
        address=lambda secret: addresses.append(secret) or "https://x.example",
    )  # fmt: skip
    key = f"{user_pk_to_url_str(user)}/{default_token_generator.make_token(user)}"
    link = client.get(f"/de/konto/passwort/neu/{key}/", follow=True)

    must_be_masked(link.content.decode(), {"password1": "new-password", "password2": "new-password"})
    invited = client.get(f"/de/konto/einladung/{addresses[0]}/").content.decode()
    assert {field["type"] for field in asked_on(invited).values()} == {"password"}
    assert {field["autocomplete"] for field in asked_on(invited).values()} == {"new-password"}


def test_so_many_letters_of_ones_own_are_enough_beside_a_name(network):
    make_actor(network, "alpha", "counsellor")

    assert "own_words" in refused("alpha-2026-gkvtxzw")  # seven
    assert "own_words" not in refused("alpha-2026-gkvtxzwr")  # eight


def test_what_is_repeated_is_looked_at_without_its_repetition(network):
    assert "password_too_common" in refused("gkvtxzwgkvtxzw")  # seven signs, twice
    assert "password_too_common" not in refused("gkvtxzwrgkvtxzwr")  # eight


def test_letters_are_no_piece_by_being_few(network):
    assert "password_too_common" not in refused("dragonmonkeyzkvt")
