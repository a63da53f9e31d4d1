"""Events cannot be changed, and the chain shows it when somebody gets around that."""

import pytest
from django.db import InternalError, connection, transaction

from tests.factories import make_actor
from tragnetz.audit.commands import chain_events, record, verify_chain
from tragnetz.audit.models import Event


@pytest.fixture
def events(network):
    actor = make_actor(network, "alpha", "counsellor")
    made = [record(actor, "case:read", network, reason=f"r{n}") for n in range(12)]
    assert chain_events(network) == 12
    return made


def tamper(statement: str, parameters: list[object]) -> None:
    """Change the table as somebody could who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(statement, parameters)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


def test_chain_holds_and_grows(network, events):
    record(make_actor(network, "beta", "lead", name="Bea"), "case:open")

    assert chain_events(network) == 1
    assert list(verify_chain(network)) == []
    assert Event.objects.filter(position=None).count() == 0


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET verb = 'x' WHERE id = %s", "DELETE FROM audit_event WHERE id = %s"]
)
def test_database_refuses_to_change_an_event(network, events, statement):
    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [events[3].pk])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET verb = 'case:write' WHERE id = %s",
        "UPDATE audit_event SET user_id = NULL WHERE id = %s",
        "UPDATE audit_event SET at = at + interval '1 second' WHERE id = %s",
        "UPDATE audit_event SET details = '{}' WHERE id = %s",
        "DELETE FROM audit_event WHERE id = %s",
    ],
)
def test_chain_breaks_when_an_event_is_changed(network, events, statement):
    assert list(verify_chain(network)) == []

    tamper(statement, [events[5].pk])

    assert list(verify_chain(network)) != []
