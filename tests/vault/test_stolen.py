"""Whoever steals the database's files, its write-ahead log, its sessions, our folder and a back-up finds nothing told.

The negative control plants one secret unsealed: the search must find that one.
"""

import secrets
from contextlib import suppress
from itertools import chain
from pathlib import Path

import pytest

from tests.notes import write_note
from tests.owner import as_owner, owner_conninfo
from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.audit.commands import chain_events
from tragnetz.audit.heads import sign_daily
from tragnetz.casework.commands import open_case
from tragnetz.casework.files.commands import FileDetails, keep_file
from tragnetz.casework.goals.commands import add_step
from tragnetz.clients.commands import PersonDetails, add_contact, set_household
from tragnetz.clients.rules import ContactDetails
from tragnetz.config.backup.keys import new_secret
from tragnetz.config.backup.write import write_backup
from tragnetz.core.clock import now, today
from tragnetz.network.models import District
from tragnetz.network.scope import scope


def _plant(network, names: list[str]) -> None:
    owner = actor_of(network, "counsellor")
    case = open_case(actor=owner, enquiry=booked_enquiry(network).enquiry, today=today(network.zone))
    write_note(actor=owner, case=case, kind="facts", text=names[0])
    write_note(actor=owner, case=case, kind="assessment", text=names[1])
    add_step(actor=owner, case=case, text=names[2], owner="person", due_on=None)
    set_household(
        actor=owner, household=case.household, people=[PersonDetails(names[3], "self", 1980)],
    )  # fmt: skip
    details = ContactDetails(
        name=names[4], phone="0170 9876543", address=f"{names[5]} 1\n44623 Herne", safe_note=names[6]
    )
    add_contact(actor=owner, organisation_id=owner.organisation_id, details=details)
    client = client_of("counsellor")
    write_note(actor=owner, case=case, kind="agreement", text=names[7])
    keep_file(
        actor=owner, case=case, name=f"{names[8]}.txt", content=f"Inhalt {names[9]}".encode() * 200_000,
        details=FileDetails(note=names[10]), request_key="f" * 32, now=now(),
    )  # fmt: skip
    assert names[0] in client.get(f"/de/arbeit/faelle/{case.pk}/").content.decode()


def _found(names: list[str], *besides: Path) -> set[str]:
    with as_owner() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    found = set()
    places = [folder, *(place.resolve() for place in (folder / "pg_tblspc").iterdir()), *besides]
    for path in chain.from_iterable(place.rglob("*") for place in places):
        with suppress(FileNotFoundError):  # gone: of a database of another test
            content = path.read_bytes() if path.is_file() else b""
            found |= {name for name in names if name.encode() in content or name.encode().hex().encode() in content}
    return found


@pytest.mark.django_db(transaction=True)
def test_stolen_files_of_the_database_show_no_secret(committed_herne, tmp_path, settings):
    names = [f"Geheim{secrets.token_hex(6)}" for _ in range(11)]
    open_one = f"Offen{secrets.token_hex(6)}"
    settings.TRAGNETZ_VAR = tmp_path / "var"
    settings.TRAGNETZ_VAR.mkdir()
    (tmp_path / "backups").mkdir()
    with scope(committed_herne):
        _plant(committed_herne, names)
        District.objects.filter(key=District.objects.first().key).update(name=open_one)
        chain_events(committed_herne)
        sign_daily(network=committed_herne, now=now())
    written = write_backup(
        tmp_path / "backups" / "one.backup", new_secret().public, conninfo=owner_conninfo(), var=settings.TRAGNETZ_VAR,
        version="0.1.0", now=now(),
    )  # fmt: skip
    assert list(settings.TRAGNETZ_VAR.rglob("heads-*.jsonl"))
    assert written.path.stat().st_size > 100_000

    assert _found([*names, open_one], tmp_path) == {open_one}
