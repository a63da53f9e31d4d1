"""How somebody is reached: what is typed is checked, what is not allowed is not kept as allowed."""

import pytest

from tests.factories import make_actor
from tests.messaging.test_outbox import NOW, PARAMS
from tragnetz.audit.models import Event
from tragnetz.clients.commands import add_contact, change_contact
from tragnetz.clients.errors import ContactError, EmailError, PhoneError
from tragnetz.clients.models import Contact
from tragnetz.clients.recipients import recipient_of
from tragnetz.clients.rules import ContactDetails
from tragnetz.messaging.commands import notify
from tragnetz.messaging.enums import Channel, Reason
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import way_to


@pytest.fixture
def ada(network):
    return make_actor(network, "alpha", "intake")


def keep(actor, **known):
    return add_contact(actor=actor, organisation_id=actor.organisation_id, details=ContactDetails(name="Rosa", **known))


def test_all_ways_are_kept_sealed_and_cleaned(ada):
    keep(ada, email=" rosa@example.org ", may_email=True, address=" Weg 1 \n\n 44623 Herne ", may_letter=True)

    contact = Contact.objects.get()
    assert (contact.email, contact.address) == ("rosa@example.org", "Weg 1\n44623 Herne")
    assert (contact.may_email, contact.may_letter) == (True, True)


@pytest.mark.parametrize(
    ("allowed", "way"),
    [
        ("may_text", (Channel.SMS, "+49 170 1")), ("may_email", (Channel.EMAIL, "r@example.org")),
        ("may_letter", (Channel.LETTER, "Weg 1")), ("may_call", (Channel.CALL, "+49 170 1")),
    ],
)  # fmt: skip
def test_what_somebody_allowed_opens_that_way_and_no_other(allowed, way):
    """A call instead of a letter, or a letter instead of an e-mail: who reads along at home learns of it."""
    ways = dict.fromkeys(("may_text", "may_email", "may_letter", "may_call"), False) | {allowed: True}
    known = Contact(name="Rosa", phone="+49 170 1", email="r@example.org", address="Weg 1", language="tr", **ways)
    recipient = recipient_of(known)

    assert [way_to(recipient, [channel]) for channel in Channel] == [
        way if channel == way[0] else None for channel in Channel
    ]
    assert (recipient.name, recipient.language, recipient.person_id) == ("Rosa", "tr", known.pk)


def test_a_way_without_its_address_is_not_allowed(ada):
    contact = keep(ada, may_email=True, may_letter=True, may_text=True)

    assert not any((contact.may_email, contact.may_letter, contact.may_text, contact.may_call))


@pytest.mark.parametrize("typed", ["rosa", "rosa@", "rosa@example", "a b@example.org", "a@example.org\nBcc: x@y.de"])
def test_a_wrong_mail_address_is_said(ada, typed):
    with pytest.raises(EmailError):
        keep(ada, email=typed)


def test_waiting_messages_follow_a_change(ada):
    contact = keep(ada, phone="0170 1234567", may_text=True)
    notify(
        actor=ada, recipient=recipient_of(contact), key="booking:1:x", template="reminder", params=PARAMS, code="C",
        due_at=NOW,
    )  # fmt: skip

    moved = change_contact(
        actor=ada, contact=contact, details=ContactDetails(name="Rosa K.", email="r@example.org", may_email=True)
    )

    message = Message.objects.get()
    assert (moved, message.channel, message.address, message.name) == (1, Channel.EMAIL, "r@example.org", "Rosa K.")
    change_contact(actor=ada, contact=contact, details=ContactDetails(name="Rosa K."))
    assert Message.objects.get().error == Reason.NO_WAY
    assert Event.objects.filter(verb="contact:change").count() == 2


def test_a_wrong_number_changes_nothing(ada):
    contact = keep(ada, phone="0170 1234567")

    with pytest.raises(PhoneError):
        change_contact(actor=ada, contact=contact, details=ContactDetails(name="Other", phone="12"))
    assert Contact.objects.get().name == "Rosa"


@pytest.mark.parametrize(("organisation", "role"), [("beta", "lead"), ("alpha", "admin")])
def test_others_cannot_change_it(ada, network, organisation, role):
    contact = keep(ada, phone="0170 1234567")

    with pytest.raises(ContactError):
        change_contact(
            actor=make_actor(network, organisation, role, name="Cleo"),
            contact=contact,
            details=ContactDetails(name="x"),
        )
    assert change_contact(actor=ada, contact=contact, details=ContactDetails(name="Rosa B.")) == 0
