"""What changes something changes all of it with its event, or nothing (ASVS V2.3.3, V16.5.3)."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.architecture import test_matrix
from tests.architecture.test_matrix import PERSONAS, WORK
from tests.architecture.walks import ODD, Writes, refuse_events
from tests.personas import client_of

records = test_matrix.records  # one of everything
TRACES = {"staff_session", "staff_bucket"}  # written beside each page, before it


def sent(client, path, writes=None):
    with connection.execute_wrapper(writes or Writes()):
        return client.post(path, ODD | ({"state": "attended"} if path.count("/termine/") else {})).status_code


def content_of(tables):
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(one::text, chr(10) ORDER BY one::text), '')) FROM \"{table}\" one"
            )
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("persona", ["counsellor", "catalogue", "dpo", "admin"])
def test_without_its_event_nothing_is_changed(records, persona):
    client, number = client_of(persona), PERSONAS.index(persona)
    client.raise_request_exception = False
    paths = {
        name: f"/de/{path.format(**records)}"
        for name, (method, path, statuses) in WORK.items()
        if method == "post" and statuses[number] in {200, 302}
    }
    changing = {}
    for name, path in paths.items():
        writes = Writes()
        with transaction.atomic():
            assert sent(client, path, writes) in {200, 302}, name
            transaction.set_rollback(True)
        if "audit_event" in writes.tables and writes.tables - TRACES - {"audit_event"}:
            changing[name] = writes.tables - TRACES - {"audit_event"}
    assert changing  # something to be undone
    refuse_events()

    left = {name: found for name, tables in changing.items() if (found := left_over(client, paths[name], tables))}

    assert left == {}


def left_over(client, path, tables):
    """Return what a request without its event has changed; it is taken back."""
    with transaction.atomic():
        before, writes = content_of(tables), Writes()
        status = sent(client, path, writes)
        try:
            changed = [table for table, content in content_of(tables).items() if content != before[table]]
        except (
            DatabaseError
        ):  # the event failed outside of a transaction of the command's own: what came before it stays
            changed = sorted(writes.tables - TRACES - {"audit_event"})
        transaction.set_rollback(True)
    return changed if changed or status == 500 else [f"answered {status}"]
