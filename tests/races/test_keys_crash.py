"""Workers killed in the middle of work on keys: every case opens for who may, and for nobody else.

`TRAGNETZ_KILLS=500` for the long run.
"""

import os
import random
import subprocess
import sys

import pytest

from tests.casework import key_work
from tests.casework.conftest import make_case
from tests.casework.key_work import PASSWORDS, log_in, password_of
from tests.factories import make_actor, make_network
from tests.notes import write_note
from tests.processes import running
from tests.server import database_url
from tragnetz.casework.keys import settle, settle_roles, take_back_left, take_back_roles
from tragnetz.casework.models import Note
from tragnetz.network.models import Membership, Network
from tragnetz.network.scope import scope
from tragnetz.vault.keyring import Keyring, using
from tragnetz.vault.pairs import open_pair, pair_of_user, reseal_pair

KILLS = int(os.environ.get("TRAGNETZ_KILLS", "6"))
SECRET = "Zitronenfalter im Hausflur"
READERS = ("lead", "counsellor")


def cast(network: Network) -> None:
    """A lead, two counsellors with a case each, a desk, an administrator; and a lead of another organisation."""
    make_actor(network, "alpha", "lead", name="Lea")
    for name in ("Cem", "Cora"):
        actor = make_actor(network, "alpha", "counsellor", name=name)
        write_note(actor=actor, case=make_case(actor), kind="facts", text=SECRET)
    make_actor(network, "alpha", "intake", name="Ina")
    make_actor(network, "alpha", "admin", name="Ada")
    make_actor(network, "beta", "lead", "counsellor", name="Fee")


def readable(ring: Keyring) -> int:
    with using(ring):
        return sum(note.text == SECRET for note in Note.objects.all())


def staff() -> list[Membership]:
    rows = Membership.objects.filter(organisation__key="alpha", ended_on=None, roles__overlap=list(READERS))
    return list(rows.select_related("user").order_by("pk"))


def ring_alone(member: Membership) -> Keyring:
    """Return what somebody opens with the password of their log-in, without anybody settling anything."""
    pair = pair_of_user(member.user_id)
    return Keyring({pair.pk: open_pair(pair, password_of(member.user))}) if pair else Keyring()


def check(network: Network) -> None:
    """Assert that nothing is lost at once, and that after everybody's next log-in all is as it shall be."""
    notes = Note.objects.count()
    with using(Keyring()) as ring:
        for member in staff():
            pair = pair_of_user(member.user_id)
            if pair is not None:
                ring.add_private(pair.pk, open_pair(pair, password_of(member.user)))
        assert readable(ring) == notes, "a case is lost"
    take_back_roles(network)
    take_back_left(network)
    for _again in range(2):  # whoever comes first may have to wait for whoever comes last
        for member in staff():
            actor, ring = log_in(network, member)
            with using(ring):
                settle_roles(actor)
                settle(actor)
    take_back_left(network)
    assert {str(row.user.email): readable(ring_alone(row)) for row in staff()} == {
        row.user.email: notes for row in staff()
    }
    others = Membership.objects.exclude(pk__in=[row.pk for row in staff()]).select_related("user").order_by("-pk")
    for row in others[:6]:
        assert readable(ring_alone(row)) == 0, f"{row.user.email} {row.roles} {row.ended_on}"


@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_any_point_of_key_work_lock_nobody_out_and_let_nobody_in(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    network = make_network()
    rng = random.Random(4)  # noqa: S311 -- chance for a test, no secret
    with scope(network):
        cast(network)
        check(network)
        with running(
            [sys.executable, "-m", "tests.casework.key_work", network.key], text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env=os.environ | {"DATABASE_URL": database_url()},
        ) as worker:  # fmt: skip
            assert worker.stdout.readline() == "ready\n"
            for number in range(KILLS):
                worker.stdin.write(f"{number} {rng.randrange(400)}\n")
                worker.stdin.flush()
                assert worker.stdout.readline() == "killed\n", number
                check(network)


def test_a_log_in_and_keys_that_part_are_noticed(network):
    """The negative control: what a kill between the two would leave."""
    cast(network)
    check(network)
    member = staff()[0]
    pair = pair_of_user(member.user_id)

    reseal_pair(pair, open_pair(pair, PASSWORDS[0]), "a third long password")

    with pytest.raises(Exception, match="Passwort"):
        check(network)


def test_the_worker_does_what_it_says(network):
    """Each deed once, by itself: a kill in the middle of nothing would prove nothing."""
    cast(network)
    rng = random.Random(1)  # noqa: S311 -- as above
    for deed in key_work.WORKS:
        deed(network, rng)

    check(network)
    assert Membership.objects.exclude(ended_on=None).count() == 1
