"""What a resident takes along opens with the code alone, and ends."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_actor
from tragnetz.clients.commands import add_contact, forget_expired, forget_takeaway, keep_takeaway, open_takeaway
from tragnetz.clients.errors import PhoneError
from tragnetz.clients.models import Contact, Takeaway
from tragnetz.clients.rules import ContactDetails, clean_phone
from tragnetz.network.actors import resident

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FACTS = {"rent": 780, "children": 2, "benefits": frozenset({"kindergeld"})}


def test_the_code_opens_the_answers(network):
    kept = keep_takeaway(actor=resident(network), facts=FACTS, services=[], now=NOW)

    opened = open_takeaway(actor=resident(network), code=kept.code.lower(), now=NOW)

    assert opened["facts"] == {"rent": 780, "children": 2, "benefits": ["kindergeld"]}


def test_another_code_and_a_late_one_open_nothing(network):
    kept = keep_takeaway(actor=resident(network), facts=FACTS, services=[], now=NOW)

    assert open_takeaway(actor=resident(network), code="0000-0000-0000", now=NOW) is None
    assert open_takeaway(actor=resident(network), code="", now=NOW) is None
    assert open_takeaway(actor=resident(network), code=kept.code, now=NOW + timedelta(days=31)) is None


def test_forgotten_is_gone(network):
    kept = keep_takeaway(actor=resident(network), facts=FACTS, services=[], now=NOW)

    assert forget_takeaway(actor=resident(network), code=kept.code)
    assert not Takeaway.objects.exists()
    assert not forget_takeaway(actor=resident(network), code=kept.code)


def test_expired_ones_are_deleted(network):
    keep_takeaway(actor=resident(network), facts=FACTS, services=[], now=NOW)

    assert forget_expired(now=NOW) == 0
    assert forget_expired(now=NOW + timedelta(days=31)) == 1


def test_the_row_tells_nothing(network):
    kept = keep_takeaway(actor=resident(network), facts=FACTS, services=[], now=NOW)
    row = Takeaway.objects.get()

    assert b"rent" not in bytes(row.sealed)
    assert kept.code.replace("-", "") not in row.code_hash


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("02323 16-9167", "+492323169167"),
        ("+49 170 1234567", "+491701234567"),
        ("", ""),
        ("abc", ""),
        ("12", ""),
        ("0180 5 123456", "+491805123456"),
        ("0900 1234567", ""),
        ("+882 13123456", ""),
    ],
)
def test_phone_numbers(typed, clean):
    assert clean_phone(typed) == clean


@given(st.text(max_size=60))
def test_no_text_breaks_the_phone(text):
    clean_phone(text)


def test_a_wrong_number_is_said_and_a_missing_one_may_not_be_called(network):
    actor = make_actor(network)
    with pytest.raises(PhoneError):
        add_contact(actor=actor, organisation_id=actor.organisation_id, details=ContactDetails("A", "12"))
    contact = add_contact(actor=actor, organisation_id=actor.organisation_id, details=ContactDetails("A"))

    assert not contact.may_call
    assert Contact.objects.get().name == "A"
