"""Anybody may type anybody's number: nobody's phone rings all day because a program fills in our forms."""

import pytest

from tests.portal.test_booking import PAGE, code_of, key, slots
from tragnetz.appointments.models import Booking
from tragnetz.core.clock import now
from tragnetz.messaging.models import Message
from tragnetz.staff.enums import Counted
from tragnetz.staff.rules import RATES
from tragnetz.staff.throttle import take

LIST = "/de/warteliste/"
NUMBER, MOST = "+491701234567", RATES[Counted.TOLD].burst
TYPED = {"name": "Y.", "phone": "0170 1234567", "language": "de", "may_text": "on"}
TOLD = "Dorthin ging zuletzt schon viel von uns."


def sent(client, number: int, path: str = LIST, **given: str):
    """Send a form of its own, each from another internet address."""
    return client.post(path, TYPED | {"key": f"{number:032x}"} | given, REMOTE_ADDR=f"203.0.113.{number}")


def left() -> int:
    """Return how many messages would still go to the number; none is left then."""
    return sum(not take(Counted.TOLD, NUMBER, now()) for _ in range(MOST))


def test_a_number_is_written_to_some_times_whoever_asks_and_then_the_form_goes_on_without(client, herne):
    first = [sent(client, number).status_code for number in range(MOST)]

    one_more = sent(client, 90)
    other_spelling = sent(client, 91, phone="+49 (0)170 123 45 67")
    without, somebody_else = sent(client, 92, may_text=""), sent(client, 93, phone="0170 7654321")

    assert first == [200] * MOST
    assert (one_more.status_code, other_spelling.status_code) == (422, 422)
    assert TOLD in one_more.content.decode()
    assert 'value="Y."' in one_more.content.decode()
    assert (without.status_code, somebody_else.status_code) == (200, 200)
    assert [row.address for row in Message.objects.filter(template="waiting_kept")].count(NUMBER) == MOST


def test_an_address_of_e_mail_counts_by_itself(client, herne):
    for _ in range(MOST):
        take(Counted.TOLD, "y@example.org", now())
    typed = {"slot": slots(client)[-1], "email": "Y@example.org", "may_email": "on"}

    refused = sent(client, 1, PAGE, **typed)

    assert (refused.status_code, refused.content.decode().count(TOLD) > 0) == (422, True)
    assert not Booking.objects.exists()
    assert sent(client, 1, PAGE, **typed | {"may_email": ""}).status_code == 200


def test_a_time_that_was_gone_costs_nothing(client, herne):
    slot = slots(client)[-1]
    assert sent(client, 1, PAGE, slot=slot, may_text="").status_code == 200

    assert sent(client, 2, PAGE, slot=slot).status_code == 409
    assert left() == MOST


def test_who_moves_an_appointment_again_and_again_is_asked_to_call(client, herne):
    typed = TYPED | {"slot": slots(client)[-1], "key": key(client)}
    code = code_of(client.post(PAGE, typed))
    before = Booking.objects.get().starts_at
    left()

    response = client.post("/de/mein-termin/", {"code": code, "slot": slots(client)[-1]})

    assert response.status_code == 409
    assert "schon oft verschoben" in response.content.decode()
    assert Booking.objects.get().starts_at == before
    assert client.post("/de/mein-termin/", {"code": code, "cancel": "1"}).status_code == 200


@pytest.mark.parametrize("phone", ["0900 1234567", "0137 7123456", "+881 612345678", "+1 900 5551234"])
def test_a_number_that_earns_from_whoever_calls_it_is_nobodys(client, herne, phone):
    """We would call it back, or write to it, at our cost."""
    response = client.post("/de/rueckruf/", TYPED | {"key": "1" * 32, "phone": phone})

    assert response.status_code == 422
    assert "Diese Nummer stimmt nicht" in response.content.decode()
