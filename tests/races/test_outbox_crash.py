"""Workers killed in the middle of sending: each message once or marked uncertain. And that the test can tell."""

import pytest

from tests.factories import make_network
from tests.messaging.crashes import crash
from tragnetz.network.scope import scope


@pytest.mark.django_db(transaction=True)
def test_workers_killed_while_sending_send_nothing_twice_and_lose_nothing():
    network = make_network()
    with scope(network):
        found = crash(network, messages=150, kills=2)

    assert (found.twice, found.lost, found.sent_without_arriving, found.after_taking_back) == (0, 0, 0, 0)
    assert found.sent + found.uncertain + found.taken_back == 150
    assert found.sent > 100
    assert found.taken_back > 0
    assert found.uncertain > 0


@pytest.mark.django_db(transaction=True)
def test_a_gateway_wrongly_trusted_with_ids_sends_twice():
    """The negative control: trust in a gateway that does not know ids is seen as double messages."""
    network = make_network()
    with scope(network):
        found = crash(network, messages=20, kills=0, moods=[200, "drop"], idempotent="1")

    assert found.twice > 0
