"""What may be a password: long, not from the list, not our own names; and taken as it was typed."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests.factories import make_actor
from tragnetz.network.models import User

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


def test_fields_are_masked_and_let_a_manager_fill_them(client, network):
    page = client.get(LOGIN).content.decode()
    field = page[page.index('name="password"') - 60 :].split(">")[0]

    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
    assert "maxlength" not in field
