"""Work on keys until killed: `python -m tests.casework.key_work NETWORK`.

Each line on stdin is a seed and after how many milliseconds to kill. The process forks a worker that has its own
connection and does one deed after the other without a pause, and kills it (SIGKILL) at that moment.
"""

import os
import random
import signal
import sys
import time
from types import SimpleNamespace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
import django

django.setup()

from allauth.core import context  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402

from tragnetz.casework.enums import HandoverPoint  # noqa: E402
from tragnetz.casework.keeping import renew  # noqa: E402
from tragnetz.casework.keys import take_back  # noqa: E402
from tragnetz.casework.models import Case  # noqa: E402
from tragnetz.casework.teamwork.commands import hand_over  # noqa: E402
from tragnetz.casework.unlocking import open_keys  # noqa: E402
from tragnetz.config.accounts.forms import _NewPassword  # noqa: E402
from tragnetz.core.clock import now, today  # noqa: E402
from tragnetz.core.ids import new_id  # noqa: E402
from tragnetz.network.actors import Actor, of_membership  # noqa: E402
from tragnetz.network.models import Membership, Network, User  # noqa: E402
from tragnetz.network.scope import scope  # noqa: E402
from tragnetz.staff.commands import end_member  # noqa: E402
from tragnetz.vault.keyring import Keyring, using  # noqa: E402

PASSWORDS = ("a long enough password", "another long password")
MOST_NEW = 3


def password_of(user: User) -> str:
    """Return the password with which somebody logs in at present."""
    return next(one for one in PASSWORDS if user.check_password(one))


def members(network: Network, role: str) -> list[Membership]:
    """Return who works at Alpha in a role."""
    rows = Membership.objects.filter(organisation__key="alpha", roles__contains=[role], ended_on=None)
    return list(rows.select_related("user").order_by("pk"))


def request_of(network: Network) -> SimpleNamespace:
    return SimpleNamespace(session=SessionStore(), COOKIES={}, user=AnonymousUser(), network=network, META={})


def log_in(network: Network, member: Membership) -> tuple[Actor, Keyring]:
    actor, user = of_membership(member, network), member.user
    return actor, open_keys(request_of(network), actor=actor, user=user, secret=password_of(user))


def first_log_in(network: Network, rng: random.Random) -> None:
    if len([row for row in members(network, "counsellor") if row.user.email.startswith("neu")]) >= MOST_NEW:
        leave(network, rng)
        return
    user = User.objects.create_user(f"neu-{new_id().hex}@alpha.example", PASSWORDS[0], first_name="N", last_name="N")
    alpha = members(network, "lead")[0].organisation_id
    member = Membership(network=network, user=user, organisation_id=alpha, roles=["counsellor"])
    member.save()
    log_in(network, member)


def change_password(network: Network, rng: random.Random) -> None:
    user = rng.choice([*members(network, "counsellor"), *members(network, "lead")]).user
    old = password_of(user)
    with context.request_context(request_of(network)):
        _NewPassword().set_password(user, next(one for one in PASSWORDS if one != old), old)


def rotate(network: Network, rng: random.Random) -> None:
    actor, ring = log_in(network, rng.choice(members(network, "lead")))
    with using(ring):
        renew(actor=actor, role="lead", now=now())


def give_away(network: Network, rng: random.Random) -> None:
    actor, ring = log_in(network, members(network, "lead")[0])
    case = rng.choice(list(Case.objects.order_by("pk")))
    takers = [row for row in members(network, "counsellor") if row.pk != case.counsellor_id]
    with using(ring):
        hand_over(
            actor=actor, case=case, taker_id=rng.choice(takers).pk, points=HandoverPoint.values, text="",
            today=today(network.zone),
        )  # fmt: skip


def leave(network: Network, rng: random.Random) -> None:
    new = [row for row in members(network, "counsellor") if row.user.email.startswith("neu")]
    if not new:
        return
    gone = rng.choice(new)
    actor, ring = log_in(network, members(network, "lead")[0])
    stays = next(row for row in members(network, "counsellor") if not row.user.email.startswith("neu"))
    with using(ring):
        for case in Case.objects.filter(counsellor=gone):
            hand_over(
                actor=actor, case=case, taker_id=stays.pk, points=HandoverPoint.values, text="",
                today=today(network.zone),
            )  # fmt: skip
    admin = of_membership(members(network, "admin")[0], network)
    end_member(actor=admin, membership=gone, now=now(), confirmed=True)
    take_back(Membership.objects.get(pk=gone.pk))


WORKS = (first_log_in, change_password, rotate, give_away, leave)


def work(key: str, seed: int, ready: int) -> None:
    rng = random.Random(seed)  # noqa: S311 -- chance for a test, no secret
    network = Network.objects.get(key=key)
    with scope(network):
        os.write(ready, b".")
        while True:
            rng.choice(WORKS)(network, rng)


def main() -> None:
    settings.TRAGNETZ_KEY_MEMORY_KIB = 64
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    connection.close()  # each worker has a connection of its own
    print("ready", flush=True)
    for line in sys.stdin:
        seed, milliseconds = line.split()
        heard, said = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                work(sys.argv[1], int(seed), said)
            finally:
                os._exit(1)  # only a fault ends it by itself
        os.close(said)
        os.read(heard, 1)
        time.sleep(int(milliseconds) / 1000)  # the moment of the kill is what the test is about
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        os.close(heard)
        print("killed" if os.WIFSIGNALED(status) else "failed", flush=True)


if __name__ == "__main__":
    main()
